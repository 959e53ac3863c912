"""What a day is called, how long it takes, when it is, and the button that starts it."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.visual import VisualType
from textual.widget import Widget

from backtimer.tui.widgets.headline import spread

BUTTON_WIDTH = 56
"""From this width on there is room for the button; below, the footer has to do."""


class DayHead(Widget):
    """Two rows: the title and the length, the facts and the button. Texts are never markup."""

    ALLOW_SELECT = False

    heading: reactive[str] = reactive("")
    total: reactive[str] = reactive("")
    facts: reactive[str] = reactive("")
    button: reactive[str] = reactive("")
    """What the button says; empty: there is nothing to start."""
    over_button: reactive[bool] = reactive(False)
    """Whether the pointer is over the button."""

    class Pressed(Message):
        """The button was clicked."""

    def show(self, heading: str, total: str, facts: str, button: str) -> None:
        """Show these texts."""
        self.heading = heading
        self.total = total
        self.facts = facts
        self.button = button

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Always two rows."""
        return 2

    def render(self) -> VisualType:
        """The rows."""
        width = self.content_size.width
        heading = Content(self.heading).stylize("bold")
        total = Content(self.total).stylize("bold $text-primary")
        looks = "bold $background on $accent" if self.over_button else "bold $background on $primary"
        facts = Content(self.facts).stylize("$text-muted")
        button = Content(self._button_text()).stylize("reverse bold" if self.app.no_color else looks)
        return Content("\n").join((spread(heading, total, width), spread(facts, button, width)))

    def on_click(self, event: events.Click) -> None:
        """Press the button, if that is what was clicked."""
        if self._hits(event):
            self.post_message(self.Pressed())

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light up the button under the pointer."""
        self.over_button = self._hits(event)

    def on_leave(self) -> None:
        """The pointer is elsewhere."""
        self.over_button = False

    def _button_text(self) -> str:
        return f"  {self.button}  " if self.button and self.content_size.width >= BUTTON_WIDTH else ""

    def _hits(self, event: events.MouseEvent) -> bool:
        offset = event.get_content_offset(self)
        text = self._button_text()
        return (
            bool(text)
            and offset is not None
            and offset.y == 1
            and offset.x >= self.content_size.width - len(text)
        )
