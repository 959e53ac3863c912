"""A text that is as large as its box allows, and its signs, drawn with half blocks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

# Large letters and digits, drawn with half blocks.
#
# Every sign is a bitmap of five rows; one pixel is one column wide and half a row high, which is about
# square in most terminals. At scale 2 every pixel is two by two, and so on.

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


def rows(scale: int) -> int:
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
        if lines and len(lines) * rows(scale) + (len(lines) - 1) * gap(scale) <= height:
            return scale, lines
    return 0, ()


@lru_cache(maxsize=64)
def draw(text: str, scale: int) -> tuple[str, ...]:
    """Draw one line of text.

    Returns:
        `rows(scale)` strings, each `columns(text) * scale` long.
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


class BigText(Widget):
    """One text, drawn in block letters at the largest scale that its box has room for.

    What cannot be drawn (too little room, a letter without a sign) is written in plain bold letters, and
    broken or cut as the box demands. `content-align` places it; markup in it means nothing.

    Args:
        most: The largest scale wanted; 0 draws nothing large, only text.
        id: As for every widget.
        classes: As for every widget.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    BigText {
        height: 1fr;
        width: 1fr;
        text-style: bold;
    }
    """

    def __init__(self, most: int = 99, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._most = most
        self._text = ""
        self._shape = ""
        self._drawn: tuple[str, ...] = ()
        self._drawn_for: tuple[str, str, Size] | None = None

    @property
    def text(self) -> str:
        return self._text

    def show(self, text: str, shape: str = "") -> None:
        """Say this from now on.

        Args:
            text: The text.
            shape: A text of the same kind that sets the scale and the place in its stead ("00" for a count
                from 30 down to 0), so that nothing jumps while the text changes. The text stands at its
                right end.
        """
        if (text, shape) != (self._text, self._shape):
            self._text, self._shape = text, shape
            self.refresh(layout=self.styles.auto_dimensions)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the smallest block letters are, or plain ones where those do not fit."""
        if self._most and drawable(self._text) and (lines := break_lines(self._text, width)):
            return len(lines) * (rows(1) + gap(1)) - gap(1)
        return max(1, len(_wrap(self._text, width)))

    def render_line(self, y: int) -> Strip:
        """One row of the box."""
        width = self.size.width
        line = self._lines()[y] if y < len(self._lines()) else ""
        style = self.visual_style.rich_style
        return Strip([Segment(line, style)]).adjust_cell_length(width, style)

    def _lines(self) -> tuple[str, ...]:
        key = (self._text, self._shape, self.size)
        if self._drawn_for != key:
            self._drawn = self._placed(*self._large_or_plain(self.size.width, self.size.height))
            self._drawn_for = key
        return self._drawn

    def _large_or_plain(self, width: int, height: int) -> tuple[list[str], int]:
        """The rows of the text without what surrounds them, and the width of the block they form."""
        shape = self._shape if len(self._shape) >= len(self._text) else self._text
        scale, shaped = fitted_text(shape, width, height, self._most)
        if scale and drawable(self._text):
            lines = shaped if shape == self._text else (self._text,)
            block = max(columns(line) for line in shaped) * scale
            drawn: list[str] = []
            for line in lines:
                if drawn:
                    drawn.extend([""] * gap(scale))
                right = block - columns(line) * scale if shape != self._text else 0
                drawn.extend(" " * right + row for row in draw(line, scale))
            return drawn, block
        text = self._text.rjust(len(shape)) if shape != self._text else self._text
        rows = _wrap(text, width)
        if len(rows) > height > 0:
            rows = [*rows[: height - 1], " ".join(rows[height - 1 :])]
            rows[-1] = Content(rows[-1]).truncate(width, ellipsis=True).plain
        return rows, max((Content(row).cell_length for row in rows), default=0)

    def _placed(self, rows: list[str], block: int) -> tuple[str, ...]:
        horizontal, vertical = self.styles.content_align
        left = _before(horizontal, self.size.width - block)
        above = _before(vertical, self.size.height - len(rows))
        return ("",) * above + tuple(" " * left + row for row in rows)


def _wrap(text: str, width: int) -> list[str]:
    return [row.plain.rstrip() for row in Content(text).wrap(max(1, width))] if text.strip() else []


def _before(align: str, spare: int) -> int:
    """How much of the spare room comes before something that is aligned in this way."""
    if align in ("left", "top"):
        return 0
    return max(0, spare if align in ("right", "bottom") else spare // 2)
