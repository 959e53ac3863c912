"""Choosing what is done in the place of an exercise, over today's screen or a session that stands still."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from backtimer.core.picture.exercise_page import form_lines
from backtimer.core.plan.forms import Form
from backtimer.language import _, marked
from backtimer.storage.text import clean
from backtimer.tui.bindings import Worded, alike_keys, hidden_key, shown_key
from backtimer.tui.themes import style_sheet
from backtimer.tui.widgets.key_line import KeyLine
from backtimer.tui.widgets.lines import LinesList, ListedLine, RemarkedList


class ExchangeDialog(Worded, ModalScreen[Form | None], inherit_bindings=False):
    """The forms of an exercise, each a line: its number, or arrows and Enter, or a click.

    Args:
        exercise: What the exercise is called.
        about: For how long it holds.
        forms: What it may be exchanged for.
    """

    HELP = marked(
        "What can be done in the place of an exercise: its **easier** and **harder** forms, and others for "
        "the same target. Its **number** takes one; so do **↑ ↓** and **Enter**, or a click. **esc** leaves "
        "it as it is."
    )
    CSS_PATH = style_sheet("dialogs.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key("escape,q,e", "close", marked("Back"), "exchange.close", marked("Leave it as it is")),
        *alike_keys(
            "123456789",
            "take({})",
            marked("Take it"),
            "exchange.take",
            marked("Take the one of this number"),
            display="1-9",
        ),
        hidden_key("space", "choose", marked("Choose"), "exchange.choose", marked("Choose this one")),
        hidden_key("left", "move(-1)", marked("Up"), "exchange.up", marked("The line above")),
        hidden_key("right", "move(1)", marked("Down"), "exchange.down", marked("The line below")),
    ]

    def __init__(self, exercise: str, about: str, forms: Sequence[Form]) -> None:
        super().__init__()
        self._exercise = exercise
        self._about = about
        self._forms = tuple(forms)

    def compose(self) -> ComposeResult:
        """The question, and a line for each form."""
        question = _("In place of {exercise}").format(exercise=self._exercise)
        lines = [
            ListedLine(each.key, clean(each.name), clean(each.about)) for each in form_lines(self._forms)
        ]
        with Vertical(id="dialog"):
            with Vertical(id="head"):
                yield Static(Content(question), id="question")
                yield Static(Content(self._about), id="about")
            yield RemarkedList(lines, id="choices")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin with the first, which can be done at once."""
        self.query_one(LinesList).focus()

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """It is this one."""
        event.stop()
        self.action_take(event.option_index + 1)

    def action_take(self, number: int) -> None:
        """Take the form of this number."""
        if self.is_current and number <= len(self._forms):
            self.dismiss(self._forms[number - 1])

    def action_choose(self) -> None:
        """Take the form that is marked."""
        self.query_one(LinesList).action_select()

    def action_move(self, by: int) -> None:
        """Go a line up or down, as a presenter's button does."""
        lines = self.query_one(LinesList)
        (lines.action_cursor_down if by > 0 else lines.action_cursor_up)()

    def action_close(self) -> None:
        if self.is_current:
            self.dismiss(None)
