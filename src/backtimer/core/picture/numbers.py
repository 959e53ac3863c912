"""A few numbers in large digits beside each other, each with words below it."""

from __future__ import annotations

from collections.abc import Sequence

from backtimer.core.picture.letters import columns, draw, drawable, rows_at
from backtimer.core.picture.rows import Look, Row, Span, cells, cut, padded, row
from backtimer.values import NamedTuple

GAP = 5


class LargeNumber(NamedTuple):
    """A number and what it counts; without large digits for it the words say it all."""

    number: str
    words: str


def number_rows(numbers: Sequence[LargeNumber], width: int) -> list[Row]:
    """The numbers in large digits, and below them their words; none where there is no room for all of it."""
    numbers = [one for one in numbers if one.number or one.words]
    if not all(drawable(one.number) for one in numbers):
        return []
    widths = [max(columns(one.number), cells(one.words)) for one in numbers]
    if not numbers or sum(widths) + GAP * (len(widths) - 1) > width:
        return []
    drawn = [draw(one.number, 1) if one.number else ("",) * rows_at(1) for one in numbers]
    rows: list[Row] = []
    for lines in zip(*drawn, strict=True):
        parts = [Span(padded(line, room + GAP), Look.BAR) for line, room in zip(lines, widths, strict=True)]
        rows.append(cut(row(*parts), width))
    words = [padded(one.words, room + GAP) for one, room in zip(numbers, widths, strict=True)]
    return [*rows, cut(row(*(Span(each, Look.QUIET) for each in words)), width)]
