"""Rows of text with looks, as the core lays them out."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.visual import VisualType
from textual.widget import Widget

from backtimer.core.progress.layout import Look, Row

STYLES = {
    Look.PLAIN: "$foreground",
    Look.HEADING: "bold $text-primary",
    Look.STRONG: "bold $text-accent",
    Look.QUIET: "$text-muted",
    Look.BAR: "$text-primary",
    Look.ALERT: "$text-error",
    Look.DONE: "$text-success",
    Look.PART: "$text-accent",
    Look.MISSED: "$foreground",
    Look.DUE: "$text-accent",
    Look.OPTIONAL: "$text-secondary",
    Look.REST: "$text-muted",
    Look.OFF: "$text-secondary",
    Look.EXTRA: "$text-success",
    Look.CHOSEN: "bold $background on $accent",
}

REVERSED = "bold reverse"
"""What is chosen, where there are no colours."""


class RowsView(Widget):
    """Shows rows as they are; nothing in them is markup."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "RowsView { height: auto; width: 1fr; }"

    rows: reactive[tuple[Row, ...]] = reactive((), layout=True)

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self.rows = tuple(rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are."""
        return len(self.rows)

    def render(self) -> VisualType:
        """All rows."""
        return Content("\n").join(self._line(each) for each in self.rows)

    def _line(self, row: Row) -> Content:
        chosen = REVERSED if self.app.no_color else STYLES[Look.CHOSEN]
        return Content("").join(
            Content(span.text).stylize(chosen if span.look is Look.CHOSEN else STYLES[span.look])
            for span in row
        )
