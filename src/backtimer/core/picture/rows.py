"""Rows of text with looks, for a terminal or a screen: what is said and where it stands, without any colour.

Widths are in cells. Everything that is shown in more than one place is laid out here once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from backtimer.values import NamedTuple

MOST_WIDTH = 160
"""Wider than this nothing is easier to read."""


class Look(StrEnum):
    """What a piece of text is; the front ends know how that looks."""

    PLAIN = ""
    TITLE = "title"
    HEADING = "heading"
    STRONG = "strong"
    QUIET = "quiet"
    RULE = "rule"
    """A line between two blocks."""
    BAR = "bar"
    ALERT = "alert"
    WARNING = "warning"
    DONE = "done"
    PART = "part"
    MISSED = "missed"
    DUE = "due"
    OPTIONAL = "optional"
    REST = "rest"
    OFF = "off"
    EXTRA = "extra"
    CHOSEN = "chosen"
    SHOWN = "shown"
    """What is looked at, where something else may be chosen."""
    BUTTON = "button"
    KEY = "key"
    KEY_LABEL = "key_label"
    BODY = "body"
    """From here on, what a figure is drawn with: the values are those of its shades."""
    NEAR = "near"
    FAR = "far"
    MOVER = "mover"
    MOVER_FAR = "mover-far"
    MOVER_TRUNK = "mover-trunk"
    HEAD = "head"
    HAIR = "hair"
    FLOOR = "floor"
    PROP = "prop"
    ARROW = "arrow"
    GHOST = "ghost"
    WORK = "work"
    HOLD = "hold"
    RESTING = "resting"
    READY = "ready"
    PAUSED = "paused"
    LEFT = "left"
    RIGHT = "right"
    RIGHT_FAR = "right-far"
    """What moves of the right side, farther away."""
    RIGHT_TRUNK = "right-trunk"
    """The trunk, where it moves with the right side."""
    TRACK = "track"
    """The part of a bar that is to come."""
    DIM = "dim"
    """What stands still."""


class Span(NamedTuple):
    """A piece of a row."""

    text: str
    look: Look = Look.PLAIN


Row = tuple[Span, ...]

EMPTY: Row = ()

_MOST_TEXTS = 4096
"""The widths of so many pieces are kept: a figure comes back to where it was."""

_MOST_CHARACTERS = 1024
"""The widths of so many are kept: a calendar is made of a few signs, each of them many times."""


def row(*parts: Span | str) -> Row:
    """A row of pieces; bare text is plain."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def text_of(a_row: Row) -> str:
    return "".join(span.text for span in a_row)


def cells(text: str) -> int:
    return len(text) if text.isascii() else _cells(text)


@lru_cache(_MOST_TEXTS)
def _cells(text: str) -> int:
    return sum(map(_width, text))


def width_of(a_row: Row) -> int:
    return sum(cells(span.text) for span in a_row)


def fit(text: str, width: int) -> str:
    """Text cut to a width, with an ellipsis where something is missing."""
    if cells(text) <= width:
        return text
    kept = ""
    for character in text:
        if cells(kept + character) > width - 1:
            break
        kept += character
    return f"{kept}…" if width > 0 else ""


def padded(text: str, width: int) -> str:
    """Text in a column of exactly this width."""
    text = fit(text, width)
    return text + " " * (width - cells(text))


def cut(a_row: Row, width: int) -> Row:
    """A row that takes at most this width."""
    if width_of(a_row) <= width:
        return a_row
    kept: list[Span] = []
    room = width
    for span in a_row:
        if cells(span.text) >= room:
            rest = fit(f"{span.text}…", room) if cells(span.text) == room else fit(span.text, room)
            return (*kept, Span(rest, span.look))
        kept.append(span)
        room -= cells(span.text)
    return tuple(kept)


def side_by_side(left: Sequence[Row], right: Sequence[Row], left_width: int) -> list[Row]:
    """Two blocks of rows next to each other."""
    rows: list[Row] = []
    for one, other in zip_longest(left, right, fillvalue=EMPTY):
        fitting = cut(one, left_width)
        gap = Span(" " * (left_width - width_of(fitting)))
        rows.append((*fitting, gap, *other) if other else fitting)
    return rows


def flowing(parts: Iterable[Row], width: int, gap: int = 3) -> list[Row]:
    """Short rows one after another, on as many rows as they take."""
    rows: list[Row] = []
    for part in parts:
        if rows and width_of(rows[-1]) + gap + width_of(part) <= width:
            rows[-1] = (*rows[-1], Span(" " * gap), *part)
        else:
            rows.append(cut(part, width))
    return rows


def wrapped(text: str, width: int, look: Look = Look.PLAIN, indent: int = 0) -> list[Row]:
    """Text in rows, broken between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and cells(lines[-1]) + 1 + cells(word) <= width - indent:
            lines[-1] += f" {word}"
        else:
            lines.append(fit(word, max(1, width - indent)))
    return [(Span(" " * indent + line, look),) for line in lines]


def wrapped_parts(text: str, width: int, look: Look, indent: int) -> list[Row]:
    """Text broken between its parts (` · `) if that is possible, otherwise between words."""
    rows: list[Row] = []
    line = ""
    for part in text.split(" · "):
        joined = f"{line} · {part}" if line else part
        if line and cells(joined) > width - indent:
            rows += wrapped(line, width, look, indent)
            line = part
        else:
            line = joined
    return [*rows, *wrapped(line, width, look, indent)] if line else rows


@lru_cache(_MOST_CHARACTERS)
def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def heading(text: str, aside: str, width: int) -> Row:
    """The heading of a block, with a word beside it where there is room for all of it."""
    beside_it = f"  {aside}" if aside and cells(text) + 2 + cells(aside) <= width else ""
    return cut(row(Span(text, Look.HEADING), Span(beside_it, Look.QUIET)), width)


def merged(spans: Sequence[Span]) -> Row:
    """The same row with as few pieces as it takes."""
    found: list[Span] = []
    for span in spans:
        blank = not span.text.strip() and span.look is not Look.CHOSEN
        if found and found[-1].look is not Look.CHOSEN and (found[-1].look is span.look or blank):
            found[-1] = Span(found[-1].text + span.text, found[-1].look)
        else:
            found.append(span)
    return tuple(found)
