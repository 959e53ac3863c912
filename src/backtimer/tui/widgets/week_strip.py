"""The seven days of a week in a row: what was done, what is due, which one is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.visual import VisualType
from textual.widget import Widget

NAME, TODAY = "name", "today"

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
}
"""How the parts of a day look, by the row or by the state."""

WIDE_CELL = 8
"""From this width on a cell has room for three letters and the word below."""


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day on the strip."""

    name: str
    """The weekday ("Monday")."""
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
        """Show this week."""
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
            words = ["today" if cell.today else "" for cell in self.cells]
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
            return cell.name[:3]
        return ("•" if cell.today else "") + cell.name[:2]

    def _part(self, text: str, width: int, index: int, style: str) -> Content:
        part = Content(text.center(width)[:width])
        looks = STYLES[style]
        if index == self.chosen:
            looks = "$foreground" if style == NAME else looks
            looks = "bold reverse" if self.app.no_color else f"bold {looks} on $panel"
        return part.stylize(looks)
