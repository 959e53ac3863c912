"""The keys of a screen on one page: what it is for, and a row for each key in the words of the key line."""

from __future__ import annotations

from collections.abc import Sequence

from backtimer.core.picture.rows import EMPTY, Look, Row, Span, cells, padded, row, side_by_side, wrapped
from backtimer.values import NamedTuple

TWO_COLUMNS = 104
"""From this width on the keys stand in two columns."""

GAP = 2

MOST_LABEL = 18


class KeyEntry(NamedTuple):
    """A key, or several that do the same."""

    key: str
    label: str
    """As it stands in the line of keys."""
    tells: str
    """A short sentence."""
    shown: bool
    """It stands in the line of keys."""


def key_page(text: str, entries: Sequence[KeyEntry], width: int) -> list[Row]:
    """The page.

    Args:
        text: What the screen is for, in paragraphs with an empty line between them; the keys among it may
            stand in asterisks or accents, which are left out.
        entries: The keys, in the order of the line.
        width: In cells.
    """
    rows: list[Row] = []
    plain = text.replace("**", "").replace("`", "")
    for paragraph in plain.split("\n\n"):
        if paragraph.strip():
            rows += [*wrapped(paragraph, width), EMPTY]
    first = [entry for entry in entries if entry.shown]
    others = [entry for entry in entries if not entry.shown]
    # One width for all keys and one for all names: both blocks are read as one table.
    keys = max((cells(entry.key) for entry in entries), default=0)
    labels = min(MOST_LABEL, max((cells(entry.label) for entry in entries), default=0))
    if width >= TWO_COLUMNS and first and others:
        half = (width - GAP) // 2
        left = _entries(first, keys, labels, half)
        right = _entries(others, keys, labels, width - GAP - half)
        return rows + side_by_side(left, right, half + GAP)
    return [*rows, *_entries([*first, *others], keys, labels, width)]


def _entries(entries: Sequence[KeyEntry], keys: int, labels: int, width: int) -> list[Row]:
    rows: list[Row] = []
    before = keys + GAP + labels + GAP
    for entry in entries:
        head = row(
            Span(padded(entry.key, keys), Look.STRONG), " " * GAP, padded(entry.label, labels), " " * GAP
        )
        if width - before < MOST_LABEL or entry.tells == entry.label:
            # No room beside it: the name says what it does.
            rows.append(row(Span(padded(entry.key, keys), Look.STRONG), " " * GAP, entry.label))
            continue
        first, *others = wrapped(entry.tells, width - before, Look.QUIET) or [EMPTY]
        rows.append((*head, *first))
        rows += [(Span(" " * before), *each) for each in others]
    return rows
