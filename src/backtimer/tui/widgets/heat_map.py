"""The calendar of the last weeks; a click chooses a day."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from backtimer.core.progress.layout import Row
from backtimer.tui.widgets.rows_view import RowsView

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
