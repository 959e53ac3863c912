"""The safety card over another screen, and its short form before a first session."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from backtimer.core.picture.safety_card import card_rows
from backtimer.language import _, marked
from backtimer.tui.bindings import shown_key
from backtimer.tui.screens.dialogs import ReadingScreen
from backtimer.tui.widgets.text import RowsView

WIDEST = 76
"""Longer lines are hard to read."""

BESIDE = 7
"""Cells beside the text: the frame, air within it, and the scrollbar."""


class SafetyFirst(ModalScreen[None], inherit_bindings=False):
    """The short form, before a first session that begins by itself: it goes after a while, or with any key.

    Args:
        text: What it says.
        seconds: How long it stays.
    """

    CSS = """
    SafetyFirst { align: center middle; background: $background 70%; }
    #first { width: 60; max-width: 100%; height: auto; padding: 1 2; background: $surface;
             border: round $primary; }
    """

    def __init__(self, text: str, seconds: float) -> None:
        super().__init__()
        self._text = text
        self._seconds = seconds

    def compose(self) -> ComposeResult:
        """The text, and what goes on."""
        yield Static("\n\n".join((self._text, _("Any key begins."))), id="first", markup=False)

    def on_mount(self) -> None:
        self.set_timer(self._seconds, self._close)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self._close()

    def on_click(self) -> None:
        self._close()

    def _close(self) -> None:
        if self.is_current:
            self.dismiss(None)


class SafetyScreen(ReadingScreen, inherit_bindings=False):
    """Shows the card: arrows move through it, any other key closes it."""

    CSS = """
    SafetyScreen { align: center middle; background: $background 70%; }
    #card { width: 100%; max-width: 82; height: 1fr; padding: 0 2; background: $surface;
            border: round $primary; scrollbar-size-vertical: 1; }
    #card_keys { height: 1; text-align: center; color: $text-accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key(
            "escape,q,s,enter,space",
            "close",
            marked("Close"),
            "safety.close",
            marked("Back to where you were"),
        ),
    ]

    def compose(self) -> ComposeResult:
        """The card, and the keys below it."""
        with VerticalScroll(id="card", can_focus=False):
            yield RowsView(id="card_rows")
        yield Static(_("↑↓ move · any other key closes"), id="card_keys", markup=False)

    def on_mount(self) -> None:
        """Show it from its beginning."""
        self._lay_out(self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out(event.size.width)

    def _lay_out(self, width: int) -> None:
        self.query_one("#card_rows", RowsView).show(card_rows(max(1, min(WIDEST, width - BESIDE))))
