"""A list that scrolls up and down."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


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
