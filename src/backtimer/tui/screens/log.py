"""What was done without the timer, written down: a walk, a swim, or the day's session."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from backtimer.core.progress.dates import weekday_and_date
from backtimer.language import _, marked
from backtimer.storage.text import clean
from backtimer.tui.bindings import Worded, hidden_key
from backtimer.values import NamedTuple

MOST_MINUTES = 24 * 60
LONGEST_WORDS = 60


class Logged(NamedTuple):
    """What was done."""

    what: str
    """In the words of the person; empty: the session of the day, as it is planned."""
    seconds: float = 0.0


class LogDialog(Worded, ModalScreen["Logged | None"], inherit_bindings=False):
    """Asks what was done, and for how many minutes.

    Args:
        day: When it was.
        today: The date that it is now.
        planned: What the day's session is called; empty: there is none.
    """

    TAKES_TEXT = True
    """Letters are meant as they are typed."""
    CSS = """
    LogDialog { align: center middle; background: $background 70%; }
    #log { width: 58; max-width: 100%; height: auto; max-height: 100%; padding: 1 2; background: $surface;
           border: round $primary; overflow-y: auto; }
    LogDialog.-short #log { padding: 0 1; border: none; }
    LogDialog .label { color: $text-muted; }
    LogDialog Input { height: 1; border: none; padding: 0 1; background: $panel; margin-bottom: 1; }
    LogDialog.-short Input { margin-bottom: 0; }
    LogDialog Input:focus { border: none; }
    LogDialog Button { width: 100%; height: 1; padding: 0 1; text-align: left; content-align: left middle;
             background: $surface; color: $foreground; text-style: none; }
    LogDialog #planned { height: auto; max-height: 2; }
    LogDialog Button:focus { background: $panel; text-style: bold; background-tint: transparent; }
    LogDialog Button:focus:nocolor { text-style: reverse; }
    LogDialog #wrong { color: $text-error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key("escape", "close", marked("Not now"), "log.close", marked("Write nothing down")),
        hidden_key("up,shift+tab", "app.focus_previous", marked("Up"), "log.up", marked("To the line above")),
        hidden_key("down,tab", "app.focus_next", marked("Down"), "log.down", marked("To the line below")),
    ]

    def __init__(self, day: date, today: date, planned: str = "") -> None:
        super().__init__()
        self._day = day
        self._today = today
        self._planned = planned

    def compose(self) -> ComposeResult:
        """What, how long, and the ways out."""
        asked = _("What did you do today?")
        if self._day != self._today:
            when = weekday_and_date(self._day, self._today)
            asked = _("What did you do on {day}?").format(day=when)
        with Vertical(id="log"):
            yield Static(Content(asked), classes="question")
            yield Input(_("walk"), id="what", max_length=LONGEST_WORDS, select_on_focus=True)
            yield Static(Content(_("How many minutes?")), classes="question")
            yield Input("30", id="minutes", max_length=4, select_on_focus=True)
            yield Static("", id="wrong", markup=False)
            yield Button(self._choice(_("enter"), _("Write it down")), id="write", compact=True)
            if self._planned:
                all_of_it = _("All of {session}").format(session=self._planned)
                yield Button(self._choice("", all_of_it), id="planned", compact=True)
            yield Button(self._choice(_("esc"), _("Not now")), id="close", compact=True)

    @staticmethod
    def _choice(key: str, label: str) -> Content:
        return Content.assemble((f"{key:<6}", "$text-accent"), Content(label))

    @on(Input.Submitted, "#what")
    def to_minutes(self) -> None:
        """After what comes how long."""
        self.query_one("#minutes", Input).focus()

    @on(Input.Submitted, "#minutes")
    @on(Button.Pressed, "#write")
    def write(self) -> None:
        """Write it down, if it can be understood."""
        what = clean(self.query_one("#what", Input).value).strip()
        minutes = self.query_one("#minutes", Input).value.strip()
        if not what:
            self._refuse("#what", _("Say what it was: walk, swim."))
        elif minutes.isascii() and minutes.isdigit() and int(minutes[:9]) > MOST_MINUTES:
            self._refuse("#minutes", _("A day has {most} minutes.").format(most=MOST_MINUTES))
        elif not (minutes.isascii() and minutes.isdigit() and int(minutes) >= 1):
            self._refuse("#minutes", _("Minutes are a number: 30."))
        else:
            self.dismiss(Logged(what, 60.0 * int(minutes)))

    def _refuse(self, where: str, why: str) -> None:
        self.query_one("#wrong", Static).update(Content(why))
        self.query_one(where, Input).focus()

    @on(Button.Pressed, "#planned")
    def write_planned(self) -> None:
        """All of the day's session was done."""
        self.dismiss(Logged(""))

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """Write nothing down."""
        self.dismiss(None)
