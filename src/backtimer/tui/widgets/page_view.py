"""A page, painted as it is: only the cells that have changed are painted anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from backtimer.core.picture.page import Page, Target
from backtimer.core.picture.rows import EMPTY, Look, Row, Span, cells, width_of
from backtimer.tui.widgets.picture import CellRun, Picture, changes, style_of

Draw = Callable[[int, int], Page]
"""Makes a page of so many columns and rows."""


class PageView(Picture):
    """Shows a page and tells what in it was clicked. Nothing in it is markup.

    What is said is drawn by Textual, row by row; the figure in it moves as a picture does.
    """

    class Hit(Message):
        """Something was clicked."""

        def __init__(self, target: Target) -> None:
            super().__init__()
            self.target = target

    class Turned(Message):
        """The wheel of the mouse was turned."""

        def __init__(self, lines: int) -> None:
            super().__init__()
            self.lines = lines
            """Down, if it is more than nought."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw: Draw | None = None
        self._page = Page(())
        self._page_for = (-1, -1)
        self._figure: tuple[Row, ...] = ()
        """What is drawn in the slot of the page."""
        self._unmarked: Page | None = None
        """The page before, while what is other now is still to be painted; None: nothing is."""

    @property
    def page(self) -> Page:
        """What is to be seen."""
        if self._draw is not None and self._page_for != tuple(self.size):
            self._page_for = (self.size.width, self.size.height)
            self._page = self._draw(*self._page_for)
        return self._page

    def show_page(self, draw: Draw) -> None:
        """Show this from now on."""
        before, fits = self._page, bool(self.size) and self._page_for == tuple(self.size)
        self._draw, self._page_for = draw, (-1, -1)
        figure, self._figure = self._figure, ()
        if figure and fits and before.slot is not None and before.slot == self.page.slot:
            self._figure = figure  # it is drawn anew when another one is there, not before
        if self._unmarked is not None:
            return
        if not fits:
            self.refresh()
            return
        self._unmarked = before
        self.call_later(self._paint_changes)  # of keys that come at once only the last one lays out a page

    def _paint_changes(self) -> None:
        """Have those cells painted that are not as before."""
        before, self._unmarked = self._unmarked, None
        if before is None:
            return
        for y, (old, new) in enumerate(zip(before.rows, self.page.rows, strict=False)):
            if (span := _changed(old, new, self.size.width)) is not None:
                self.refresh(Region(span[0], y, span[1] - span[0], 1))

    def show_figure(self, rows: Sequence[Row]) -> None:
        """Draw this in the slot of the page."""
        slot = self.page.slot
        if slot is None:
            return
        before, self._figure = self._figure, tuple(rows)
        runs: list[CellRun] = []
        lines: list[int] = []
        for index, new in enumerate(self._figure[: slot.rows]):
            old = before[index] if index < len(before) else EMPTY
            if old != new:
                cells_before, cells_now = (self._fitted(each, slot.columns) for each in (old, new))
                y = slot.row + index
                runs += (run._replace(x=run.x + slot.begin) for run in changes(y, cells_before, cells_now))
                lines.append(y)
        if runs:
            self._paint(runs, lines)

    def _row(self, y: int) -> Row:
        """A row of the page with what is drawn in it."""
        rows, slot = self.page.rows, self._page.slot
        each = rows[y] if y < len(rows) else EMPTY
        if slot is not None and 0 <= (index := y - slot.row) < min(slot.rows, len(self._figure)):
            gap = Span(" " * (slot.begin - width_of(each)))
            return (*each, gap, *self._figure[index])
        return each

    def render_line(self, y: int) -> Strip:
        each = self._row(y)
        dark, no_color = self.app.current_theme.dark, self.app.no_color
        segments = [Segment(span.text, style_of(span.look, dark, no_color)) for span in each if span.text]
        return Strip(segments).adjust_cell_length(self.size.width, style_of(Look.PLAIN, dark, no_color))

    def on_resize(self) -> None:
        self._figure = ()

    def on_click(self, event: events.Click) -> None:  # type: ignore[override]
        """Tell what is under the pointer, if anything can be clicked there."""
        target = self.page.at(event.x, event.y)
        if target is not None:
            self.post_message(self.Hit(target))

    def on_mouse_scroll_down(self) -> None:
        self.post_message(self.Turned(1))

    def on_mouse_scroll_up(self) -> None:
        self.post_message(self.Turned(-1))


def _changed(old: Row, new: Row, width: int) -> tuple[int, int] | None:
    """From which cell to which a row has changed; None: nowhere."""
    if old == new:
        return None
    begin = _alike(old, new)
    return begin, max(begin + 1, width - (_alike(old[::-1], new[::-1]) if _fills(old, new, width) else 0))


def _alike(old: Row, new: Row) -> int:
    """The cells at the beginning that are the same, piece by piece."""
    begin = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        begin += cells(one.text)
    return begin


def _fills(old: Row, new: Row, width: int) -> bool:
    """Whether both rows reach to the end, so that they can be compared from there."""
    return width_of(old) == width == width_of(new)
