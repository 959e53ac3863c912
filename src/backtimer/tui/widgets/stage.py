"""The part of a screen that is one large button."""

from __future__ import annotations

from textual.containers import Vertical
from textual.message import Message


class Stage(Vertical, can_focus=True, can_focus_children=False):
    """A column that can be clicked anywhere.

    It can have the focus, since the help panel shows a screen's help only when something on it has.
    """

    ALLOW_SELECT = False

    class Pressed(Message):
        """Somebody clicked on it."""

    def on_click(self) -> None:
        """Tell whoever listens."""
        self.post_message(self.Pressed())
