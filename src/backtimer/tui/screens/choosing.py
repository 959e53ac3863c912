"""Choosing one of several, over a screen: a value of a setting, a routine, a file of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from backtimer.language import _, marked
from backtimer.storage.text import clean
from backtimer.tui.bindings import Worded, shown_key
from backtimer.tui.choices import ROUTINE, SettingValue, chosen_among
from backtimer.tui.themes import style_sheet
from backtimer.tui.widgets.key_line import KeyLine
from backtimer.tui.widgets.lines import LinesList, ListedLine

if TYPE_CHECKING:
    from backtimer.preferences import Preferences

BACK = shown_key("escape,q", "close", marked("Back"), "choosing.close", marked("Leave it as it is"))


class ChoiceDialog(Worded, ModalScreen[SettingValue | None], inherit_bindings=False):
    """One of several, each a line: arrows and Enter, or a click.

    Args:
        question: What is chosen.
        about: A line below it; empty: none.
        choices: All there are.
        chosen: The one that holds now.
    """

    HELP = marked("**↑ ↓** go from one to the next, **Enter** takes it; so does a click.")
    CSS_PATH = style_sheet("dialogs.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [BACK]

    def __init__(
        self, question: str, about: str, choices: Sequence[SettingValue], chosen: SettingValue | None = None
    ) -> None:
        super().__init__()
        self._question = question
        self._about = about
        self._choices = tuple(choices)
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """The question, and a line for each, the one that holds marked."""
        with Vertical(id="dialog"):
            with Vertical(id="head"):
                yield Static(Content(self._question), id="question")
                yield Static(Content(self._about), id="about")
            yield LinesList(
                [
                    ListedLine("●" if choice == self._chosen else "○", choice.label, choice.about)
                    for choice in self._choices
                ],
                id="choices",
            )
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin at the one that holds."""
        choices = self.query_one(LinesList)
        choices.highlighted = self._choices.index(self._chosen) if self._chosen in self._choices else 0
        choices.focus()
        self.query_one("#about").display = bool(self._about)

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """It is this one."""
        event.stop()
        if self.is_current:
            self._taken(self._choices[event.option_index])

    def _taken(self, choice: SettingValue) -> None:
        self.dismiss(choice)

    def action_close(self) -> None:
        if self.is_current:
            self.dismiss(None)


FILE = "file"


class RoutineDialog(ChoiceDialog):
    """Which routine to follow: those there are, or a file.

    Args:
        preferences: What is set, and where routines are.
    """

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        found = ROUTINE.choices(preferences)
        own = SettingValue(_("A file of my own …"), {FILE: ""}, _("You say where it is."))
        super().__init__(
            _("Which routine?"),
            _("What was done stays; from today on the days of the new one are due."),
            (*found, own),
            chosen_among(found, preferences),
        )

    def _taken(self, choice: SettingValue) -> None:
        name_file(self.app, self._preferences, choice, self.dismiss)


def name_file(
    app: App[Any], preferences: Preferences, choice: SettingValue, then: Callable[[SettingValue], object]
) -> None:
    """Go on with what was chosen; a file has to be named first."""
    if FILE not in choice.values:
        then(choice)
        return

    def named(found: SettingValue | None) -> None:
        if found is not None:
            then(found)

    app.push_screen(FileDialog(preferences), named)


class FileDialog(Worded, ModalScreen[SettingValue | None], inherit_bindings=False):
    """Asks for the path of a routine file, and says what is wrong with it.

    Args:
        preferences: What reads it.
    """

    HELP = marked(
        "The path of a routine, as `/home/me/week.yaml` or `~/week.yaml`. **Enter** reads it; what is wrong "
        "with it is told with line and column. How routines are written: docs/writing-routines.md, and "
        "`backtimer check`."
    )
    CSS_PATH = style_sheet("dialogs.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        shown_key("escape", "close", marked("Back"), "file.close", marked("Leave it as it is")),
    ]

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences

    def compose(self) -> ComposeResult:
        """The question, the line to type in, and what is wrong."""
        with Vertical(id="dialog"):
            yield Static(Content(_("Where is your file?")), id="question")
            yield Input(placeholder="~/week.yaml", id="path", compact=True)
            yield Static(Content(_("Enter reads it.")), id="problem")
        yield KeyLine()

    @on(Input.Submitted)
    def read(self, event: Input.Submitted) -> None:
        """Take the routine in the file, or say why it cannot be taken."""
        event.stop()
        path = event.value.strip()
        if not path:
            return
        with suppress(RuntimeError, OSError, ValueError):  # nobody's home
            path = str(Path(path).expanduser().absolute())
        routine, problem = self._preferences.routine(path)
        if routine is None:
            self.query_one("#problem", Static).update(Content(problem))
        elif self.is_current:
            self.dismiss(SettingValue(clean(routine.title), {"routine": path}))

    def action_close(self) -> None:
        if self.is_current:
            self.dismiss(None)
