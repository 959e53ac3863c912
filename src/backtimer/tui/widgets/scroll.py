"""Lists that scroll up and down."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message


class ListScroll(VerticalScroll, inherit_bindings=False):
    """Scrolls with the keys that scroll up and down, and leaves left and right to the screen.

    The keys are everybody's, so the help has room for those of the screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "Up", show=False, system=True, id="list.up", tooltip="Scroll up"),
        Binding(
            "down", "scroll_down", "Down", show=False, system=True, id="list.down", tooltip="Scroll down"
        ),
        Binding(
            "pageup", "page_up", "Page up", show=False, system=True, id="list.page_up", tooltip="A page up"
        ),
        Binding(
            "pagedown",
            "page_down",
            "Page down",
            show=False,
            system=True,
            id="list.page_down",
            tooltip="A page down",
        ),
        Binding("home", "scroll_home", "Top", show=False, system=True, id="list.home", tooltip="To the top"),
        Binding("end", "scroll_end", "End", show=False, system=True, id="list.end", tooltip="To the end"),
    ]


class RowsScroll(VerticalScroll, inherit_bindings=False, can_focus=True):
    """Scrolls what its screen lays out in rows, and says when there is another width for them.

    It has no keys of its own; it takes the focus so that the help finds its screen.
    """

    class NewWidth(Message):
        """There is more or less room."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._width = -1

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return max(1, self.scrollable_content_region.width)

    def on_resize(self, _: events.Resize) -> None:
        """Say so if it is the width that has changed."""
        if self.width != self._width:
            self._width = self.width
            self.post_message(self.NewWidth())
