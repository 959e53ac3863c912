"""The two painters of a page, side by side: what Textual writes and what is painted before it is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import pyte
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.strip import Strip

from backtimer.cli.first_frame import frame_rows
from backtimer.core.picture.ansi import AnsiPainter, ColourDepth
from backtimer.core.picture.palette import DARK_COLOURS, LIGHT_COLOURS
from backtimer.core.picture.rows import Row
from backtimer.day_view import first_view, opening_of
from backtimer.training import Training

SYSTEMS = {ColourDepth.ALL: "truecolor", ColourDepth.MANY: "256", ColourDepth.SIXTEEN: "standard"}
"""What Rich calls the colours that a terminal has."""


class Cell(NamedTuple):
    """A cell of a terminal, as it looks: of a blank one the colour of its letter is not seen."""

    text: str
    colour: str
    ground: str
    bold: bool
    reverse: bool


def painted_cells(data: str, width: int, height: int) -> list[list[Cell]]:
    """What a terminal shows after this was written to it."""
    screen = pyte.Screen(width, height)
    pyte.Stream(screen).feed(data)
    return screen_cells(screen)


def screen_cells(screen: pyte.Screen) -> list[list[Cell]]:
    """The cells of a terminal."""
    return [[_cell(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]


def _cell(char: Any) -> Cell:
    blank = not char.data.strip() and not char.reverse
    return Cell(char.data, "" if blank else char.fg, char.bg, char.bold and not blank, char.reverse)


def textual_cells(app: App[Any], depth: ColourDepth) -> list[list[Cell]]:
    """The screen as Textual paints it on a terminal with so many colours."""
    console = Console(color_system=SYSTEMS.get(depth), force_terminal=True, width=app.size.width)  # type: ignore[arg-type]
    strips = [Strip(map(_fresh, strip)) for strip in app.screen._compositor.render_strips()]
    data = "".join(f"\x1b[{y};1H{strip.render(console)}" for y, strip in enumerate(strips, start=1))
    return painted_cells("\x1b[?7l" + data, *app.size)


def _fresh(segment: Segment) -> Segment:
    """The same text and looks: Rich writes a style as it did for the first terminal."""
    style = segment.style or Style()
    looks = Style(
        color=style.color, bgcolor=style.bgcolor, bold=style.bold, dim=style.dim, reverse=style.reverse
    )
    return Segment(segment.text, looks)


def first_cells(training: Training, day: str | None, app: App[Any], depth: ColourDepth) -> list[list[Cell]]:
    """The same page, painted first."""
    return row_cells(app, frame_rows(*first_view(training, opening_of(training, day)), *app.size), depth)


def row_cells(app: App[Any], rows: Sequence[Row], depth: ColourDepth) -> list[list[Cell]]:
    """Rows as the painter without Textual paints them, in the look that the app has."""
    painter = AnsiPainter(DARK_COLOURS if app.current_theme.dark else LIGHT_COLOURS, depth)
    return painted_cells("\x1b[?7l" + painter.painted(rows, app.size.width), app.size.width, len(rows))


def check_painters(
    training: Training, app: App[Any], day: str | None = None, depth: ColourDepth = ColourDepth.ALL
) -> None:
    """See that both paint the same, cell by cell."""
    check_cells(textual_cells(app, depth), first_cells(training, day, app, depth))


def check_picture(app: App[Any], rows: Sequence[Row], depth: ColourDepth = ColourDepth.ALL) -> None:
    """See that the rows at the top of the screen have every sign, colour and weight that they are to have."""
    check_cells(textual_cells(app, depth)[: len(rows)], row_cells(app, rows, depth))


def check_cells(theirs: list[list[Cell]], ours: list[list[Cell]]) -> None:
    """See that all cells are alike."""
    assert [len(each) for each in theirs] == [len(each) for each in ours]
    different = [
        (x, y, theirs[y][x], ours[y][x])
        for y in range(len(theirs))
        for x in range(len(theirs[y]))
        if theirs[y][x] != ours[y][x]
    ]
    assert not different, different[:6]
