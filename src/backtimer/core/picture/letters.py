"""Large letters and digits, drawn with half blocks.

Every sign is a bitmap of five rows; one pixel is one column wide and half a row high, which is about
square in most terminals. At scale 2 every pixel is two by two, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from backtimer.core.picture.rows import Look, Row, Span, cells, cut, padded, row
from backtimer.values import NamedTuple

ROWS = 5
"""The height of every sign, in pixels."""

_DRAWN = """
0 ### #.# #.# #.# ###
1 ##. .#. .#. .#. ###
2 ### ..# ### #.. ###
3 ### ..# .## ..# ###
4 #.# #.# ### ..# ..#
5 ### #.. ### ..# ###
6 ### #.. ### #.# ###
7 ### ..# ..# ..# ..#
8 ### #.# ### #.# ###
9 ### #.# ### ..# ###
A ### #.# ### #.# #.#
B ##. #.# ##. #.# ##.
C ### #.. #.. #.. ###
D ##. #.# #.# #.# ##.
E ### #.. ##. #.. ###
F ### #.. ##. #.. #..
G ### #.. #.# #.# ###
H #.# #.# ### #.# #.#
I # # # # #
J ..# ..# ..# #.# ###
K #.# #.# ##. #.# #.#
L #.. #.. #.. #.. ###
M #...# ##.## #.#.# #...# #...#
N #..# ##.# #.## #..# #..#
O ### #.# #.# #.# ###
P ### #.# ### #.. #..
Q ###. #.#. #.#. #.## ####
R ##. #.# ##. #.# #.#
S ### #.. ### ..# ###
T ### .#. .#. .#. .#.
U #.# #.# #.# #.# ###
V #.# #.# #.# #.# .#.
W #...# #...# #.#.# ##.## #...#
X #.# #.# .#. #.# #.#
Y #.# #.# ### .#. .#.
Z ### ..# .#. #.. ###
: . # . # .
. . . . . #
, .. .. .. .# #.
! # # # . #
? ### ..# .## ... .#.
- ... ... ### ... ...
+ ... .#. ### .#. ...
/ ..# ..# .#. #.. #..
( .# #. #. #. .#
) #. .# .# .# #.
' # # . . .
’ # # . . .
& ##.. ##.. #### #.#. ####
% #.# ..# .#. #.. #.#
· . . # . .
× ... #.# .#. #.# ...
"""


def _read(drawn: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in drawn.strip().splitlines():
        sign, *rows = line.split()
        yield sign, tuple(rows)


_SIGNS: dict[str, tuple[str, ...]] = dict(_read(_DRAWN))
_SIGNS[" "] = ("..",) * ROWS


def drawable(text: str) -> bool:
    """Whether there is a large sign for every character of the text."""
    return all(character in _SIGNS for character in text.upper())


def columns(text: str) -> int:
    """How wide the text is at scale 1, in columns; 0 when it is empty."""
    return max(0, sum(len(_SIGNS[character][0]) + 1 for character in text.upper()) - 1)


def rows_at(scale: int) -> int:
    """How many terminal rows a line of text takes at this scale."""
    return (ROWS * scale + 1) // 2


def gap(scale: int) -> int:
    """How many rows to leave between two lines: at odd scales half a row is left anyway."""
    return scale // 2


def break_lines(text: str, width: int) -> tuple[str, ...] | None:
    """Break the text at its blanks into as few lines as there can be, of about the same length.

    Args:
        text: What to break.
        width: The most columns of a line, at scale 1.

    Returns:
        The lines; None when a single word is too wide.
    """
    lines = _filled(text, width)
    narrower = lines
    while narrower and lines and len(lines) == len(narrower) > 1:
        lines = narrower
        narrower = _filled(text, max(columns(line) for line in lines) - 1)
    return lines


def _filled(text: str, width: int) -> tuple[str, ...] | None:
    """Lines that each take as many words as they can."""
    lines: list[str] = []
    for word in text.split():
        if columns(word) > width:
            return None
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and columns(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(lines)


@lru_cache(maxsize=64)
def fitted_text(text: str, width: int, height: int, most: int) -> tuple[int, tuple[str, ...]]:
    """The largest scale at which the text fits into a box, broken into lines where it must be.

    Args:
        text: What to draw.
        width: Of the box, in columns.
        height: Of the box, in rows.
        most: The largest scale wanted.

    Returns:
        The scale and the lines; scale 0 when not even the smallest fits or a sign is missing.
    """
    if not text.strip() or not drawable(text):
        return 0, ()
    for scale in range(min(most, 2 * height // ROWS + 1), 0, -1):
        lines = break_lines(text, width // scale)
        if lines and len(lines) * rows_at(scale) + (len(lines) - 1) * gap(scale) <= height:
            return scale, lines
    return 0, ()


@lru_cache(maxsize=64)
def draw(text: str, scale: int) -> tuple[str, ...]:
    """Draw one line of text.

    Returns:
        `rows_at(scale)` strings, each `columns(text) * scale` long.
    """
    signs = [_SIGNS[character] for character in text.upper()]
    pixel_rows = [".".join(sign[row] for sign in signs) for row in range(ROWS)]
    wide = ["".join(pixel * scale for pixel in row) for row in pixel_rows for _ in range(scale)]
    if len(wide) % 2:
        wide.append("." * len(wide[0]))
    return tuple(
        "".join(map(_half_block, upper, lower)) for upper, lower in zip(wide[::2], wide[1::2], strict=True)
    )


def _half_block(upper: str, lower: str) -> str:
    if upper == "#":
        return "█" if lower == "#" else "▀"
    return "▄" if lower == "#" else " "


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
