"""A page over the screen, to be read: arrows move through it, any other key and a click close it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from backtimer.tui.screens.worded import Worded


class ReadingScreen(Worded, ModalScreen[None], inherit_bindings=False):
    """What is read stands in the one `VerticalScroll` of the page."""

    SCROLLS: ClassVar[dict[str, str]] = {
        "up": "scroll_up",
        "down": "scroll_down",
        "pageup": "scroll_page_up",
        "pagedown": "scroll_page_down",
        "home": "scroll_home",
        "end": "scroll_end",
    }

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        move = self.SCROLLS.get(event.key)
        if move is None:
            self.action_close()
        else:
            getattr(self.query_one(VerticalScroll), move)(animate=False)

    def on_click(self) -> None:
        self.action_close()

    def action_close(self) -> None:
        if self.is_current:
            self.dismiss(None)
