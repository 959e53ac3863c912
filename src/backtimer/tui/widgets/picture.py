"""A picture made of rows, which paints the cells that changed and no others.

Textual draws a widget anew row by row, and sends whole rows to the terminal. For a figure that moves twelve
times a second that is most of the work of a session. So this widget compares its rows cell by cell and writes
what is different itself. Textual knows the same rows: whatever else makes it draw, it draws what is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from textual._compositor import CompositorUpdate
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from backtimer.core.picture.palette import DARK_COLOURS, INKS, LIGHT_COLOURS, UNREVERSED
from backtimer.core.picture.rows import Look, Row, cells
from backtimer.values import NamedTuple

_NEAR = 4
"""So few cells between two changes are written again: to go there costs as much."""

_TEXT = "\0"
"""Stands for any text where the codes around it are found out."""

Cell = tuple[str, Look]


@lru_cache(256)
def style_of(look: Look, dark: bool, no_color: bool) -> Style:
    """How a piece of a row is painted."""
    ink = INKS[look]
    if no_color:
        return Style(
            bold=ink.bold or None,
            dim=look is Look.DIM or None,
            reverse=(bool(ink.ground) and look not in UNREVERSED) or None,
        )
    colours = DARK_COLOURS if dark else LIGHT_COLOURS
    return Style(
        color=colours[ink.colour], bgcolor=colours[ink.ground or "background"], bold=ink.bold or None
    )


class CellRun(NamedTuple):
    """Cells beside each other of one look, to be written."""

    y: int
    x: int
    text: str
    look: Look


def cells_of(row: Row) -> list[Cell]:
    """The cells of a row; behind a character that takes two there is an empty one."""
    found: list[Cell] = []
    for text, look in row:
        if text.isascii() or cells(text) == len(text):
            found += [(character, look if character != " " else Look.PLAIN) for character in text]
            continue
        for character in text:
            width = cells(character)
            if width:
                found += [(character, look), *([("", look)] * (width - 1))]
            elif found:  # it joins the one before
                found[-1] = (found[-1][0] + character, found[-1][1])
    return found


def changes(y: int, before: Sequence[Cell], after: Sequence[Cell]) -> Iterator[CellRun]:
    """What is to be written so that a row of cells becomes another; both are of one length."""
    at, end = 0, len(after)
    while at < end:
        if before[at] == after[at]:
            at += 1
            continue
        first = at - 1 if at and not after[at][0] else at
        last = at
        while at < end and at - last < _NEAR:
            if before[at] != after[at]:
                last = at
            at += 1
        while last + 1 < end and not after[last + 1][0]:
            last += 1
        yield from _runs(y, first, after[first : last + 1])


def _runs(y: int, x: int, row: Sequence[Cell]) -> Iterator[CellRun]:
    """Cells as runs of one look each; blanks have the look of what stands before them."""
    text, begin, look = "", x, row[0][1]
    for place, (character, own) in enumerate(row, start=x):
        if own is not look and character != " ":
            if text:
                yield CellRun(y, begin, text, look)
            text, begin, look = "", place, own
        text += character
    yield CellRun(y, begin, text, look)


class CellsUpdate(CompositorUpdate):
    """Some cells of the screen, to be written to the terminal.

    Args:
        runs: What to write.
        codes: The codes before and after a text of each look.
        x: The column in which the rows begin.
        y: The line of the first row.
    """

    def __init__(self, runs: Sequence[CellRun], codes: dict[Look, tuple[str, str]], x: int, y: int) -> None:
        self._runs, self._codes, self._x, self._y = runs, codes, x, y

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Segment(self.render_segments(console))

    def render_segments(self, console: Console) -> str:
        """What the terminal is to get: all of one look together, since a colour costs more than a way."""
        parts: list[str] = []
        for look in dict.fromkeys(run.look for run in self._runs):
            before, after = self._codes[look]
            parts.append(before)
            parts += [
                f"\x1b[{self._y + run.y + 1};{self._x + run.x + 1}H{run.text}"
                for run in self._runs
                if run.look is look
            ]
            parts.append(after)
        return "".join(parts)


class Picture(Widget, can_focus=True):
    """Shows rows of its own width and height.

    It can have the focus, since the help shows a screen's keys only when something on it has.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "Picture { width: 100%; height: 1fr; background: $background; color: $foreground; }"

    class Pressed(Message):
        """Somebody clicked on it."""

    class Resized(Message):
        """There is other room than before."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = ()
        self._cells: list[list[Cell]] = []
        self._codes: dict[Look, tuple[str, str]] = {}
        self._drawn_for: tuple[int, int] | None = None
        """The size in which Textual has drawn it; what changes before that, Textual draws."""

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows from now on."""
        before, self.rows = self.rows, tuple(rows)
        width, height = self.size
        if len(before) != len(self.rows) or len(self._cells) != height or self._drawn_for != (width, height):
            self._cells = [self._fitted(row, width) for row in self.rows]
            self.refresh()
            return
        runs: list[CellRun] = []
        lines: list[int] = []
        for y, (old, new) in enumerate(zip(before, self.rows, strict=True)):
            if old is not new and old != new and y < height:
                row = self._fitted(new, width)
                found = list(changes(y, self._cells[y], row))
                if found:
                    runs += found
                    lines.append(y)
                    self._cells[y] = row
        if runs:
            self._paint(runs, lines)

    def _paint(self, runs: Sequence[CellRun], lines: Sequence[int]) -> None:
        if not self._is_bare():
            first, last = min(lines), max(lines)
            self.refresh(Region(0, first, self.size.width, last - first + 1))
            return
        self._styles_cache.set_dirty(*(Region(0, y, self.size.width, 1) for y in lines))
        region = self.region
        for run in runs:
            if run.look not in self._codes:
                self._codes[run.look] = self._found_codes(run.look)
        self.app._display(self.screen, CellsUpdate(runs, self._codes, region.x, region.y))

    def _is_bare(self) -> bool:
        """Whether all of it is seen, with nothing of the screen, and no other screen, over it."""
        screen = self.screen
        if screen is not self.app.screen or self.app._batch_count:
            return False
        region = self.region
        return not any(
            widget is not self and widget is not screen and region.overlaps(place)
            for widget, (place, _) in screen._compositor.visible_widgets.items()
        )

    @staticmethod
    def _fitted(row: Row, width: int) -> list[Cell]:
        found = cells_of(row)[:width]
        return found + [(" ", Look.PLAIN)] * (width - len(found))

    def render_line(self, y: int) -> Strip:
        """One row."""
        width = self.size.width
        if y == 0:
            self._drawn_for = (width, self.size.height)
        if y >= len(self.rows):
            return Strip.blank(width, self._style(Look.PLAIN))
        segments = [Segment(text, self._style(look)) for text, look in self.rows[y]]
        return Strip(segments).adjust_cell_length(width, self._style(Look.PLAIN))

    def _style(self, look: Look) -> Style:
        return style_of(look, self.app.current_theme.dark, self.app.no_color)

    def _found_codes(self, look: Look) -> tuple[str, str]:
        """The codes that Textual writes before and after a text of a look."""
        strip = Strip([Segment(_TEXT, self._style(look))])
        for each in self.get_line_filters():
            strip = strip.apply_filter(each, self.background_colors[1])
        before, _, after = strip.render(self.app.console).partition(_TEXT)
        return before, after

    def notify_style_update(self) -> None:
        """Other colours have come."""
        super().notify_style_update()
        self._codes.clear()
        self._drawn_for = None

    def on_click(self) -> None:
        self.post_message(self.Pressed())

    def on_resize(self) -> None:
        self._drawn_for = None
        self.post_message(self.Resized())
