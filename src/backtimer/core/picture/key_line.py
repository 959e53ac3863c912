"""The line of keys at the foot of a screen: where each key stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from backtimer.core.picture.rows import Look, Row, Span, cells, width_of
from backtimer.values import NamedTuple


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
    places = key_places(keys, close=False)
    taken = sum(
        place.end - place.begin if isinstance(place, KeyPlace) else cells(place.text) for place in places
    )
    return width < taken - 1  # the air at its end


def key_row(keys: Sequence[LineKey], width: int) -> Row:
    """The beginning of the line, as far as it fits."""
    spans: list[Span] = []
    for place in key_places(keys, stands_close(keys, width)):
        spans += place.spans if isinstance(place, KeyPlace) else (place,)
    return clipped(spans, width)


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
