"""The last weeks at a glance, on a day of rest, and what there is to say below them."""

from __future__ import annotations

from backtimer.core.picture.rows import EMPTY, Look, Row, Span, cells, cut, fit, row, wrapped_parts
from backtimer.values import NamedTuple


class WeekDay(NamedTuple):
    """A day of the week strip, or of the weeks of a rest day."""

    name: str
    """`Mon`."""
    letters: str
    """`Mo`, where there is hardly any room."""
    glyph: Span
    today: bool = False


class Weeks(NamedTuple):
    """The last weeks at a glance."""

    heading: str
    rows: tuple[tuple[str, tuple[WeekDay, ...]], ...]
    """What a week is called, and its days."""
    facts: tuple[tuple[str, str], ...] = ()
    """What there is to say below, with its name in front: the last session, tomorrow."""


def weeks_rows(weeks: Weeks, width: int, height: int) -> list[Row]:
    """Some weeks below each other, and what there is to say of them.

    Where there is little room the first weeks are left out, and all of them rather than what is to be said:
    this one stands below, too.
    """
    facts: list[Row] = []
    for title, text in weeks.facts:
        facts += [EMPTY] if facts else []
        facts += [row(Span(fit(title, width), Look.HEADING)), *wrapped_parts(text, width, Look.PLAIN, 0)]
    label = max((cells(name) for name, _days in weeks.rows), default=0) + 2
    cell = 4 if label + 7 * 4 <= width else 3
    room = height - len(facts) - (3 if facts else 2)
    shown = weeks.rows if room >= len(weeks.rows) else weeks.rows[-room - 1 :] if room >= 1 else ()
    rows: list[Row] = []
    if shown:
        first = weeks.rows[0][1]
        rows += [row(Span(fit(weeks.heading, width), Look.HEADING))] if shown is weeks.rows else []
        rows.append(row(Span(" " * label), *(Span(day.letters.ljust(cell), Look.QUIET) for day in first)))
    for name, days in shown:
        spans = [Span(name.ljust(label), Look.QUIET)]
        for day in days:
            text = f"{day.glyph.text}{'•' if day.today else ''}"
            spans.append(Span(text.ljust(cell), day.glyph.look))
        rows.append(tuple(spans))
    rows += [EMPTY, *facts] if rows and facts else facts
    return [cut(each, width) for each in rows]
