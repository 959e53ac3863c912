"""The days of a week in a row, the head of a day, and the map of many weeks."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.visual import VisualType
from textual.widget import Widget

from backtimer.core.picture.rows import Row
from backtimer.language import _
from backtimer.tui.widgets.text import RowsView
from backtimer.values import NamedTuple

NAME, TODAY, EXTRA = "name", "today", "extra"

STYLES = {
    NAME: "$text-muted",
    TODAY: "$text-accent",
    "done": "$text-success",
    "part": "$text-accent",
    "missed": "$text-muted",
    "due": "$text-accent",
    "optional": "$text-secondary",
    "rest": "$text-muted",
    "off": "$text-secondary",
    EXTRA: "$text-success",
}
"""How the parts of a day look, by the row or by the state."""

WIDE_CELL = 8
"""From this width on a cell has room for three letters and the word below."""


class DayCell(NamedTuple):
    """One day on the strip."""

    short_name: str
    """The weekday: `Mon`."""
    letters: str
    """The same where there is hardly any room: `Mo`."""
    glyph: str
    state: str
    """A value of `DayState`."""
    today: bool = False


class WeekStrip(Widget):
    """Seven cells of equal width; a click chooses one.

    The state has a glyph of its own, today a word or a dot, and the chosen day a ground and (without colours)
    reversed letters: nothing is told by colour alone.
    """

    cells: reactive[tuple[DayCell, ...]] = reactive(())
    chosen: reactive[int] = reactive(-1)
    """Index of the day that is looked at; -1: none is."""

    class Chosen(Message):
        """A day was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def show(self, cells: Sequence[DayCell], chosen: int = -1) -> None:
        self.cells = tuple(cells)
        self.chosen = chosen

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Name and glyph, and where there is room a line that says which one is today."""
        return 3 if self._is_wide(width) else 2

    def render(self) -> VisualType:
        """The rows of the strip."""
        wide = self._is_wide(self.content_size.width)
        rows = [
            self._row([self._label(cell, wide) for cell in self.cells], [NAME] * len(self.cells)),
            self._row([cell.glyph for cell in self.cells], [cell.state for cell in self.cells]),
        ]
        if wide:
            words = [_("today") if cell.today else "" for cell in self.cells]
            rows.append(self._row(words, [TODAY] * len(self.cells)))
        return Content("\n").join(rows)

    def on_click(self, event: events.Click) -> None:
        """Choose the day under the pointer."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for index in range(len(self.cells)):
            if self._edge(index) <= offset.x < self._edge(index + 1):
                self.post_message(self.Chosen(index))

    def _is_wide(self, width: int) -> bool:
        return width >= WIDE_CELL * len(self.cells)

    def _edge(self, index: int) -> int:
        """Where the cell with this index begins; together the cells take the whole width."""
        return index * self.content_size.width // max(1, len(self.cells))

    def _row(self, texts: Sequence[str], styles: Sequence[str]) -> Content:
        return Content("").join(
            self._part(text, self._edge(index + 1) - self._edge(index), index, style)
            for index, (text, style) in enumerate(zip(texts, styles, strict=True))
        )

    def _label(self, cell: DayCell, wide: bool) -> str:
        if wide:
            return cell.short_name
        return ("•" if cell.today else "") + cell.letters

    def _part(self, text: str, width: int, index: int, style: str) -> Content:
        part = Content(text.center(width)[:width])
        looks = STYLES[style]
        if index == self.chosen:
            looks = "$foreground" if style == NAME else looks
            looks = "bold reverse" if self.app.no_color else f"bold {looks} on $panel"
        return part.stylize(looks)


WEEKDAYS = 7
ABOVE = 1
"""Rows above the first weekday: the months."""


class HeatMap(RowsView):
    """Months above, weekdays at the left, a column a week."""

    DEFAULT_CSS = "HeatMap { height: auto; width: 1fr; }"

    class Chosen(Message):
        """A day was clicked."""

        def __init__(self, week: int, weekday: int) -> None:
            super().__init__()
            self.week = week
            self.weekday = weekday

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label = 0
        self._cell = 1

    def show_map(self, rows: Sequence[Row], label: int, cell: int) -> None:
        """Show a map: so many cells in front of its columns, and so many a column."""
        self._label = label
        self._cell = cell
        self.show(rows)

    def on_click(self, event: events.Click) -> None:
        """Choose the day under the pointer."""
        offset = event.get_content_offset(self)
        if offset is None or offset.x < self._label or not 0 <= offset.y - ABOVE < WEEKDAYS:
            return
        self.post_message(self.Chosen((offset.x - self._label) // self._cell, offset.y - ABOVE))
