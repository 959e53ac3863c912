"""Questions that stand over a screen: each answer is one key, one click, or an arrow and Enter."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Generic, NamedTuple, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from backtimer.core.speech.phrases import stopping_words
from backtimer.language import _, marked
from backtimer.tui.bindings import Worded, hidden_key, shown_key
from backtimer.tui.themes import style_sheet

if TYPE_CHECKING:
    from datetime import date

    from backtimer.storage.history.live import Unfinished


ChoiceType = TypeVar("ChoiceType")


class LeaveChoice(StrEnum):
    """What to do with a workout that somebody wants to leave."""

    GO_ON = "go_on"
    SAVE = "save"
    """End it here; what was done is the session."""
    LATER = "later"
    """Stop here; the rest is offered at the next start."""


class GoOnChoice(StrEnum):
    """What to do on a day on which a session was ended already."""

    GO_ON = "go_on"
    """Do what is left of it."""
    ANEW = "anew"
    """Begin a session, from its first set."""
    NOT_NOW = "not_now"


class ResumeChoice(StrEnum):
    """What to do with a session that was begun and not ended."""

    RESUME = "resume"
    SAVE = "save"
    DISCARD = "discard"
    LATER = "later"
    """Ask again at the next start."""


class DialogChoice(NamedTuple):
    """An answer: a line of its own in the dialog, a button and some keys."""

    answer: StrEnum
    keys: str
    """With commas between them."""
    shown: str
    """The key that stands in front."""
    label: str
    name: str
    """What it is called in the help."""
    tooltip: str


def _keys(dialog: str, choices: Iterable[DialogChoice]) -> list[BindingType]:
    return [
        shown_key(one.keys, f"choose('{one.answer}')", one.name, f"{dialog}.{one.answer}", one.tooltip)
        for one in choices
    ]


class Dialog(Worded, ModalScreen[ChoiceType], Generic[ChoiceType], inherit_bindings=False):
    """A question, a line that says what it is about, and the answers below each other."""

    CSS_PATH = style_sheet("dialogs.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        hidden_key(
            "up,left,shift+tab",
            "app.focus_previous",
            marked("Previous answer"),
            "dialog.previous",
            marked("Move to the answer above"),
        ),
        hidden_key(
            "down,right,tab",
            "app.focus_next",
            marked("Next answer"),
            "dialog.next",
            marked("Move to the answer below"),
        ),
    ]
    CHOICES: ClassVar[tuple[DialogChoice, ...]] = ()
    """The answers, the one that Enter gives first."""

    def __init__(self, question: str, about: str, first: str = "") -> None:
        super().__init__()
        self._question = question
        self._about = about
        self._first = first
        """The answer that Enter gives; empty: the first one."""

    def compose(self) -> ComposeResult:
        """The box in the middle of the screen, with a line for each answer, its key in front."""
        with Vertical(id="dialog"):
            yield Static(Content(self._question), id="question")
            yield Static(Content(self._about), id="about")
            for choice in self.CHOICES:
                if label := self.label(choice):
                    text = Content.assemble((f"{_(choice.shown):<6}", "$text-accent"), label)
                    yield Button(text, id=choice.answer.value, classes="choice", compact=True)

    def on_mount(self) -> None:
        """Mark the answer that Enter gives."""
        if self._first:
            self.query_one(f"#{self._first}").focus()

    def label(self, choice: DialogChoice) -> str:
        """How an answer is worded; empty: there is no such answer now."""
        return _(choice.label) if choice.label else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only an answer that stands there can be given."""
        return action != "choose" or any(
            self.label(choice) for choice in self.CHOICES if choice.answer in parameters
        )

    @on(Button.Pressed)
    def choose_pressed(self, event: Button.Pressed) -> None:
        """Give the answer that was clicked."""
        self.action_choose(event.button.id or "")

    def action_choose(self, answer: str) -> None:
        """Give an answer to whoever asked."""
        self.dismiss(next(cast("ChoiceType", one.answer) for one in self.CHOICES if one.answer == answer))


class LeaveDialog(Dialog[LeaveChoice]):
    """Asked when a workout is to be left; the session pauses meanwhile.

    Args:
        done_sets: How many sets are done.
        planned_sets: Of how many.
        set_s: Seconds at work in the set that is under way; 0 between sets.
    """

    HELP = marked(
        "Every finished set is already saved, whatever you choose. What is left can be done later today "
        "if you end here, and on any day if you stop now. A set that is under way counts as partly done, "
        "or begins anew."
    )
    CHOICES = (
        DialogChoice(
            LeaveChoice.GO_ON,
            "escape,g,space",
            marked("esc"),
            marked("Go on"),
            marked("Go on"),
            marked("Back to the workout"),
        ),
        DialogChoice(
            LeaveChoice.SAVE,
            "s,f",
            "s",
            marked("End here and save"),
            marked("End and save"),
            marked("End here; what was done is kept"),
        ),
        DialogChoice(
            LeaveChoice.LATER,
            "l,q",
            "l",
            marked("Stop now, resume later"),
            marked("Later"),
            marked("Stop, and take it up again another time"),
        ),
    )
    """Go on is first: a key pressed by mistake costs nothing."""
    BINDINGS = _keys("leave", CHOICES)

    def __init__(self, done_sets: int, planned_sets: int, set_s: float = 0.0) -> None:
        super().__init__(_("Stop here?"), "\n".join(stopping_words(done_sets, planned_sets, set_s)))


class GoOnDialog(Dialog[GoOnChoice]):
    """Asked on a day on which a session was ended already, before anything starts.

    Args:
        title: Which session it was.
        left: What is left of it, in words; empty: all of it was done.
        done: The day that is shown is done.
        wary: Enter, pressed once too often, is to start nothing.
    """

    HELP = marked("What you did today stays, whatever you choose.")
    CHOICES = (
        DialogChoice(GoOnChoice.GO_ON, "g", "g", "", marked("Go on"), marked("Do what is left")),
        DialogChoice(
            GoOnChoice.ANEW,
            "a",
            "a",
            marked("All of it, from the start"),
            marked("From the start"),
            marked("Begin another session"),
        ),
        DialogChoice(
            GoOnChoice.NOT_NOW,
            "escape,l,q",
            marked("esc"),
            marked("Not now"),
            marked("Not now"),
            marked("Start nothing"),
        ),
    )
    BINDINGS = _keys("again", CHOICES)

    def __init__(self, title: str, left: str, *, done: bool, wary: bool) -> None:
        super().__init__(
            _("Go on?") if left else _("Once more?") if done else _("Another session?"),
            title if left or not done else "\n".join((title, _("Done for today."))),
            GoOnChoice.NOT_NOW if wary else "",
        )
        self._left = left

    def label(self, choice: DialogChoice) -> str:
        """What is left comes first; there is not always something."""
        return self._left if choice.answer is GoOnChoice.GO_ON else super().label(choice)


class ResumeDialog(Dialog[ResumeChoice]):
    """Asked at the start when an earlier session was not ended.

    Args:
        waiting: The session.
        today: The date that it is now.
        wary: Enter, pressed once too often, is to start nothing.
    """

    HELP = marked(
        "An earlier session was not finished. Nothing is lost: what is discarded, **u** brings back."
    )
    CHOICES = (
        DialogChoice(
            ResumeChoice.RESUME,
            "r",
            "r",
            marked("Resume"),
            marked("Resume"),
            marked("Go on where it stopped"),
        ),
        DialogChoice(
            ResumeChoice.SAVE,
            "s",
            "s",
            marked("Save as it is"),
            marked("Save as it is"),
            marked("Keep what was done as a session"),
        ),
        DialogChoice(
            ResumeChoice.DISCARD,
            "d",
            "d",
            marked("Discard"),
            marked("Discard"),
            marked("Take this session out; u brings it back"),
        ),
        DialogChoice(
            ResumeChoice.LATER,
            "escape,l,q",
            marked("esc"),
            marked("Later"),
            marked("Later"),
            marked("Ask again at the next start"),
        ),
    )
    """Resume is first; the one that forgets is never what Enter gives unasked."""
    BINDINGS = _keys("resume", CHOICES)

    def __init__(self, waiting: Unfinished, today: date, *, wary: bool = False) -> None:
        super().__init__(
            _("Finish what you began?"),
            "\n".join(waiting.words(today)),
            ResumeChoice.LATER if wary else "",
        )


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
