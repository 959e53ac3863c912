"""A screen of the program as SVG: one picture, or several after one another, moving.

No font is needed for what is drawn: blocks, lines and the dots of braille are shapes, so that they meet as
in a terminal wherever the picture is looked at. Letters are the reader's own, fitted into their cells.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from rich.color import blend_rgb
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from textual.app import App

WIDE, HIGH = 10, 20
"""Of a cell, in pixels of the picture."""

MARGIN = 14
_DOT = WIDE / 2
_GROUND = ColorTriplet(0x10, 0x15, 0x19)
_LETTERS = ColorTriplet(0xE6, 0xEB, 0xEF)
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_LEFT = " ▏▎▍▌▋▊▉█"
_BLOCKS = {
    **{mark: ((0.0, 1 - part / 8, 1.0, part / 8),) for part, mark in enumerate(_EIGHTHS) if part},
    **{mark: ((0.0, 0.0, part / 8, 1.0),) for part, mark in enumerate(_LEFT) if part},
    "▀": ((0.0, 0.0, 1.0, 0.5),),
    "▐": ((0.5, 0.0, 0.5, 1.0),),
    "▞": ((0.5, 0.0, 0.5, 0.5), (0.0, 0.5, 0.5, 0.5)),
    "▚": ((0.0, 0.0, 0.5, 0.5), (0.5, 0.5, 0.5, 0.5)),
    "─": ((0.0, 0.475, 1.0, 0.05),),
    "━": ((0.0, 0.425, 1.0, 0.15),),
    "╸": ((0.0, 0.425, 0.5, 0.15),),
    "│": ((0.45, 0.0, 0.1, 1.0),),
}
"""Left, top, width and height of what is filled, as shares of the cell."""

_APART = re.compile(r"\S+(?: \S+)*")
"""What stands together in a row."""

_BRAILLE = range(0x2800, 0x2900)
_BITS = ((0, 3), (1, 4), (2, 5), (6, 7))
"""Of each row of dots, the left one and the right one."""

_LETTER_STYLE = (
    "text{font:16.6px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre}"
    ".b{font-weight:700}.o{text-anchor:middle}"
)
_DOT_STYLE = (
    f".d{{fill:none;stroke-width:{_DOT * 0.76:.1f};stroke-dasharray:{_DOT * 0.76:.1f} {_DOT * 0.24:.1f}}}"
)


class Cell(NamedTuple):
    """What stands in a cell."""

    text: str
    colour: str
    ground: str
    bold: bool


Grid = tuple[tuple[Cell, ...], ...]


def grid_of(app: App[Any]) -> Grid:
    """The cells of what is on the screen now."""
    return tuple(tuple(_cells(strip)) for strip in app.screen._compositor.render_strips())


def _cells(strip: Any) -> Iterator[Cell]:
    for segment in strip:
        letters, ground, bold = _colours(segment)
        for character in segment.text:
            yield Cell(character, letters, ground, bold)


def _colours(segment: Segment) -> tuple[str, str, bool]:
    style = segment.style
    letters, ground = _LETTERS, _GROUND
    if style is None:
        return letters.hex, ground.hex, False
    if style.color is not None and not style.color.is_default:
        letters = style.color.get_truecolor()
    if style.bgcolor is not None and not style.bgcolor.is_default:
        ground = style.bgcolor.get_truecolor()
    if style.reverse:
        letters, ground = ground, letters
    if style.dim:
        letters = blend_rgb(ground, letters, 0.6)
    return letters.hex, ground.hex, bool(style.bold)


def picture(grids: Sequence[Grid], frame_s: float, told: str) -> str:
    """The screens after one another, each for a time, again and again; a single one stands still.

    Args:
        grids: The screens, all of one size.
        frame_s: How long each is seen, in seconds.
        told: What is to be seen, for who cannot see it.

    Returns:
        The text of the file.
    """
    columns, rows = len(grids[0][0]), len(grids[0])
    width, height = columns * WIDE + 2 * MARGIN, rows * HIGH + 2 * MARGIN
    ground = grids[0][0][0].ground
    pens = _Pens(ground)
    body: list[str] = []
    lengths: set[int] = set()
    for y in range(rows):
        begin = 0
        for cells, same in groupby(grid[y] for grid in grids):
            length = len(list(same))
            drawn = pens.row(cells, y)
            if drawn and length == len(grids):
                body.append(drawn)
            elif drawn:
                lengths.add(length)
                kind = f"n k{length}" if begin == 0 else f"m k{length}"
                late = f' style="animation-delay:{begin * frame_s:.2f}s"' if begin else ""
                body.append(f'<g class="{kind}"{late}>{drawn}</g>')
            begin += length
    styles = [_LETTER_STYLE, _DOT_STYLE, *pens.styles()]
    if lengths:
        styles += _moving(sorted(lengths), len(grids), len(grids) * frame_s)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img"><title>{html.escape(told)}</title>',
        f"<style>{''.join(styles)}</style>",
        f'<rect width="{width}" height="{height}" rx="10" fill="{ground}"/>',
        f'<g transform="translate({MARGIN} {MARGIN})">',
        *body,
        "</g></svg>\n",
    ]
    return "\n".join(lines)


def _moving(lengths: Sequence[int], frames: int, total_s: float) -> Iterator[str]:
    """Show each row for as many frames as it stands still; who wants no motion sees the first screen."""
    yield ".m{visibility:hidden}"
    for each in lengths:
        share = 100 * each / frames
        yield f"@keyframes k{each}{{0%{{visibility:visible}}{share:.2f}%,to{{visibility:hidden}}}}"
    rules = "".join(f".k{each}{{animation:k{each} {total_s:.2f}s step-end infinite}}" for each in lengths)
    yield f"@media (prefers-reduced-motion:no-preference){{{rules}}}"


class _Pens:
    """Draws rows, each colour with a class of its own.

    Args:
        ground: The colour of the whole, which is not painted again.
    """

    def __init__(self, ground: str) -> None:
        self._ground = ground
        self._names: dict[tuple[str, str], str] = {}

    def styles(self) -> Iterator[str]:
        for (kind, colour), name in self._names.items():
            yield f".{name}{{{kind}:{colour}}}"

    def _name(self, kind: str, colour: str) -> str:
        return self._names.setdefault((kind, colour), f"c{len(self._names)}")

    def row(self, cells: Sequence[Cell], y: int) -> str:
        """All that is drawn of a row."""
        return "".join(
            (*self._grounds(cells, y), *self._dots(cells, y), *self._shapes(cells, y), *self._words(cells, y))
        )

    def _grounds(self, cells: Sequence[Cell], y: int) -> Iterator[str]:
        x = 0
        for colour, same in groupby(cells, lambda cell: cell.ground):
            length = len(list(same))
            if colour != self._ground:
                name = self._name("fill", colour)
                wide = length * WIDE
                yield f'<path class="{name}" d="M{x * WIDE} {y * HIGH}h{wide}v{HIGH}h-{wide}z"/>'
            x += length

    def _dots(self, cells: Sequence[Cell], y: int) -> Iterator[str]:
        """Dots beside each other are one dashed line."""
        lines: dict[str, list[str]] = {}
        for number, bits in enumerate(_BITS):
            dots = [
                cell.colour if ord(cell.text) in _BRAILLE and ord(cell.text) >> bit & 1 else ""
                for cell in cells
                for bit in bits
            ]
            x = 0
            for colour, same in groupby(dots):
                length = len(list(same))
                if colour:
                    top = y * HIGH + number * _DOT + _DOT / 2
                    lines.setdefault(colour, []).append(f"M{x * _DOT:g} {top:g}h{length * _DOT:g}")
                x += length
        for colour, each in lines.items():
            yield f'<path class="d {self._name("stroke", colour)}" d="{"".join(each)}"/>'

    def _shapes(self, cells: Sequence[Cell], y: int) -> Iterator[str]:
        """Blocks and lines; those beside each other are one."""
        shapes: dict[str, list[str]] = {}
        x = 0
        for (text, colour), same in groupby(cells, lambda cell: (cell.text, cell.colour)):
            length = len(list(same))
            for left, top, wide, high in _BLOCKS.get(text, ()):
                joined = wide == 1.0
                for number in range(1 if joined else length):
                    begin, w = (x + number + left) * WIDE, (length if joined else wide) * WIDE
                    path = f"M{begin:g} {(y + top) * HIGH:g}h{w:g}v{high * HIGH:g}h-{w:g}z"
                    shapes.setdefault(colour, []).append(path)
            x += length
        for colour, each in shapes.items():
            yield f'<path class="{self._name("fill", colour)}" d="{"".join(each)}"/>'

    def _words(self, cells: Sequence[Cell], y: int) -> Iterator[str]:
        """Letters, as far as they are of one colour; marks which another font may have stand alone."""
        base = y * HIGH + 15
        x = 0
        for (kind, colour, bold), same in groupby(cells, _kind):
            text = "".join(cell.text for cell in same)
            name = self._name("fill", colour) + (" b" if bold else "")
            if kind == "mark":
                for number, mark in enumerate(text):
                    middle = (x + number + 0.5) * WIDE
                    yield f'<text class="o {name}" x="{middle:g}" y="{base}">{html.escape(mark)}</text>'
            elif kind:
                for found in _APART.finditer(text):
                    kept, begin = found[0], (x + found.start()) * WIDE
                    yield (
                        f'<text class="{name}" x="{begin}" y="{base}" textLength="{len(kept) * WIDE}">'
                        f"{html.escape(kept)}</text>"
                    )
            x += len(text)


def _kind(cell: Cell) -> tuple[str, str, bool]:
    """Whether it is a letter, a mark, or nothing to be written; and how it is written."""
    text = cell.text
    if text in _BLOCKS or ord(text) in _BRAILLE:
        return "", "", False
    return ("text" if ord(text) < 0x250 or text in "’“”–…·" else "mark"), cell.colour, cell.bold
