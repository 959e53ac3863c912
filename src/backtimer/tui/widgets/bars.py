"""Bars: the breath, and how far the session is."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


class BreathBar(Widget):
    """A thick bar that fills while breathing in and empties while breathing out.

    It is made to change ten times a second: it draws itself anew only when an eighth of a column changed.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"breath-bar--track"}
    DEFAULT_CSS = """
    BreathBar {
        height: 2;
        width: 1fr;
        color: $primary;
        & > .breath-bar--track { color: $text-muted 70%; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._level = 0.0
        self._eighths = 0

    @property
    def level(self) -> float:
        """How full it is, 0 to 1."""
        return self._level

    def show(self, level: float) -> None:
        """Be this full, 0 to 1, from now on."""
        self._level = min(1.0, max(0.0, level))
        if self._in_eighths() != self._eighths:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row: the breath as a solid bar, the rest as a thin line at the bottom."""
        width = self.size.width
        eighths = self._eighths = self._in_eighths()
        whole, part = divmod(eighths, 8)
        full = "█" * whole + _EIGHTHS[part]
        rest = max(0, width - len(full))
        style = self.visual_style.rich_style
        if y < self.size.height - 1:
            return Strip([Segment(full + " " * rest, style)], width)
        track = self.get_component_rich_style("breath-bar--track")
        return Strip([Segment(full, style), Segment("▁" * rest, track)], width)

    def _in_eighths(self) -> int:
        return round(self._level * self.size.width * 8)


class SessionBar(Widget):
    """A thin line: how much of the session has passed."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"session-bar--track"}
    DEFAULT_CSS = """
    SessionBar {
        height: 1;
        width: 1fr;
        color: $primary;
        & > .session-bar--track { color: $panel; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._fraction = 0.0
        self._halves = 0

    @property
    def fraction(self) -> float:
        """How far it is, 0 to 1."""
        return self._fraction

    def show(self, fraction: float) -> None:
        """Be this far, 0 to 1, from now on."""
        self._fraction = min(1.0, max(0.0, fraction))
        if self._in_halves() != self._halves:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line: heavy for what has passed, light for what is to come."""
        width = self.size.width
        halves = self._halves = self._in_halves()
        whole, half = divmod(halves, 2)
        past = "━" * whole + "╸" * half
        style = self.visual_style.rich_style
        track = self.get_component_rich_style("session-bar--track")
        return Strip([Segment(past, style), Segment("─" * (width - len(past)), track)], width)

    def _in_halves(self) -> int:
        return round(self._fraction * self.size.width * 2)
