"""The keys of a screen: where each stands in the line at its foot, and all of them on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from backtimer.core.picture.rows import (
    EMPTY,
    Look,
    Row,
    Span,
    cells,
    padded,
    row,
    side_by_side,
    width_of,
    wrapped,
)
from backtimer.values import NamedTuple

HELP = "?"
"""The key that tells all others: it is in sight on every screen."""


class LineKey(NamedTuple):
    """A key as it is written."""

    shown: str
    label: str
    group: str = ""
    """Keys beside each other of one group stand close together, before the name that they share."""


class KeyPlace(NamedTuple):
    """A key in the line."""

    spans: Row
    begin: int
    """Its first cell."""
    end: int
    grouped: bool
    """It shares its label with the keys beside it."""


def key_places(keys: Iterable[LineKey], close: bool) -> Iterator[KeyPlace | Span]:
    """The keys from left to right, each with its place, and what stands between them.

    Args:
        keys: In their order.
        close: With no air between them.
    """
    air = "" if close else " "
    begin = 0
    for group, members in groupby(keys, lambda key: key.group):
        found = tuple(members)
        grouped = bool(group) and len(found) > 1
        if grouped:
            yield Span(" ", Look.KEY_LABEL)
            begin += 1
        for key in found:
            label = "" if grouped else key.label
            spans: Row = (Span(f" {key.shown} " if label else key.shown, Look.KEY),)
            if label:
                spans = (*spans, Span(f"{label}{air}", Look.KEY_LABEL))
            end = begin + width_of(spans)
            yield KeyPlace(spans, begin, end, grouped)
            begin = end
        if grouped:
            name = f" {group}{air}"
            yield Span(name, Look.KEY_LABEL)
            begin += cells(name)


def stands_close(keys: Sequence[LineKey], width: int) -> bool:
    """Whether the keys stand closer together, since otherwise they do not fit."""
    return width < _length(keys, close=False) - 1  # the air at its end


def in_sight(keys: Sequence[LineKey], width: int) -> tuple[list[int], int]:
    """What of the line is in sight where it is not moved: no key is cut in two, and help is among them.

    Returns:
        The order in which the keys stand, as their places in `keys`, and how many cells of the line are seen.
    """
    order = list(range(len(keys)))
    close = stands_close(keys, width)
    if _length(keys, close=close) <= width or not close:
        return order, width
    asked = [index for index in order if keys[index].shown == HELP]
    others = [index for index in order if index not in asked]
    fitting = [count for count in _whole(keys, others) if _taken(keys, others[:count] + asked) <= width]
    seen = max(fitting, default=0)
    order = [*others[:seen], *asked, *others[seen:]]
    return order, min(width, _taken(keys, others[:seen] + asked)) or width


def _whole(keys: Sequence[LineKey], order: Sequence[int]) -> Iterator[int]:
    """After how many keys the line may end: not between those of a group."""
    for count in range(1, len(order) + 1):
        group = keys[order[count - 1]].group
        if not group or count == len(order) or keys[order[count]].group != group:
            yield count


def _taken(keys: Sequence[LineKey], order: Sequence[int]) -> int:
    return _length([keys[index] for index in order], close=True)


def _length(keys: Sequence[LineKey], *, close: bool) -> int:
    places = key_places(keys, close)
    return sum(
        place.end - place.begin if isinstance(place, KeyPlace) else cells(place.text) for place in places
    )


def key_row(keys: Sequence[LineKey], width: int) -> Row:
    """The beginning of the line, as far as whole keys fit."""
    order, seen = in_sight(keys, width)
    spans: list[Span] = []
    for place in key_places([keys[index] for index in order], stands_close(keys, width)):
        spans += place.spans if isinstance(place, KeyPlace) else (place,)
    row = clipped(spans, seen)
    return (*row, Span(" " * (width - seen), Look.KEY_LABEL)) if seen < width else row


def clipped(spans: Iterable[Span], width: int) -> Row:
    """A row that ends where the screen does, filled up to there."""
    kept: list[Span] = []
    room = width
    for span in spans:
        text = span.text
        if cells(text) > room:
            short = ""
            for character in text:
                if cells(short + character) > room:
                    break
                short += character
            text = short
        kept.append(Span(text, span.look))
        room -= cells(text)
        if room <= 0:
            break
    kept.append(Span(" " * room, Look.KEY_LABEL))
    return tuple(kept)


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
