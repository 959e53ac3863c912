"""Pages over a screen, to be read: its keys, made from what it binds, and the safety card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from backtimer.core.picture.key_line import KeyEntry, key_page
from backtimer.core.picture.safety_card import card_rows
from backtimer.language import _, marked
from backtimer.tui.bindings import Worded, shown_key
from backtimer.tui.widgets.text import RowsScroll, RowsView

_CLOSES = marked("↑↓ move · any other key closes")


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


WIDEST = 76
"""Longer lines are hard to read."""

BESIDE = 7
"""Cells beside the text: the frame, air within it, and the scrollbar."""


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
        yield Static(_(_CLOSES), id="card_keys", markup=False)

    def on_mount(self) -> None:
        """Show it from its beginning."""
        self._lay_out(self.size.width)

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out(event.size.width)

    def _lay_out(self, width: int) -> None:
        self.query_one("#card_rows", RowsView).show(card_rows(max(1, min(WIDEST, width - BESIDE))))


class HelpScreen(ReadingScreen, inherit_bindings=False):
    """Shows the page: arrows move through it, any other key closes it.

    Args:
        text: What the screen is for.
        entries: Its keys.
    """

    CSS = """
    HelpScreen { align: center middle; background: $background 70%; }
    #keys_scroll { width: 100%; max-width: 136; height: auto; max-height: 1fr; padding: 0 2; margin-bottom: 1;
                   background: $surface; border: round $primary; scrollbar-size-vertical: 1; }
    #keys_close { dock: bottom; width: 100%; height: 1; text-align: center; color: $text-accent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key(
            "escape,question_mark,q,enter,space",
            "close",
            marked("Close help"),
            "help.close",
            marked("Back to where you were"),
        ),
    ]

    def __init__(self, text: str, entries: Sequence[KeyEntry]) -> None:
        super().__init__(classes="-help")
        self._text = text
        self._entries = tuple(entries)

    def compose(self) -> ComposeResult:
        """The page in a frame, and the keys below it."""
        with RowsScroll(id="keys_scroll"):
            yield RowsView(id="keys_rows")
        yield Static(_(_CLOSES), id="keys_close", markup=False)

    @on(RowsScroll.NewWidth)
    def lay_out(self) -> None:
        """Show it at this width."""
        width = self.query_one("#keys_scroll", RowsScroll).width
        self.query_one("#keys_rows", RowsView).show(key_page(self._text, self._entries, width))


def help_of(screen: Screen[Any]) -> HelpScreen:
    """The page of a screen, as it binds its keys now."""
    found = list(screen.active_bindings.values())
    shown = [screen.app.get_key_display(active.binding) for active in found]
    return HelpScreen(screen.HELP or "", list(_entries(found, shown)))


def _entries(found: Sequence[ActiveBinding], shown: Sequence[str]) -> Iterator[KeyEntry]:
    """The keys that mean something, those that do the same on one row."""
    pairs = [
        (active, key)
        for active, key in zip(found, shown, strict=True)
        if active.enabled and not active.binding.system and active.binding.action != "screen.copy_text"
    ]

    def same(pair: tuple[ActiveBinding, str]) -> tuple[str, str]:
        return pair[0].binding.id or pair[0].binding.action, pair[0].binding.description

    pairs.sort(key=lambda pair: not pair[0].binding.show)
    for (_name, label), alike in groupby(pairs, same):
        members = list(alike)
        keys = " ".join(dict.fromkeys(key for _active, key in members))
        first = members[0][0]
        yield KeyEntry(keys, label, first.tooltip or label, first.binding.show)
