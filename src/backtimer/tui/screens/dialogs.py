"""Questions that stand over a screen: each answer is one key, one click, or an arrow and Enter."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from backtimer.core.progress.calendar import short_date, weekday_name
from backtimer.core.speech.phrases import stopping_words
from backtimer.tui.bindings import hidden, shown
from backtimer.tui.themes import style_sheet

if TYPE_CHECKING:
    from datetime import date

    from backtimer.training import Unfinished

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


def _choice(choice: StrEnum, key: str, label: str) -> Button:
    """An answer as a line of its own, its key in front; the first of a dialog has the focus."""
    text = Content.assemble((f"{key:<6}", "$text-accent"), label)
    return Button(text, id=choice.value, classes="choice", compact=True)


def _sets_done(done: int, planned: int) -> str:
    return f"{done} of {planned} set{'' if planned == 1 else 's'} done"


class Dialog(ModalScreen[ChoiceType], Generic[ChoiceType], inherit_bindings=False):
    """A question, a line that says what it is about, and the answers below each other."""

    CSS_PATH = style_sheet("dialogs.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        hidden(
            "up,left,shift+tab",
            "app.focus_previous",
            "Previous answer",
            "dialog.previous",
            "Move to the answer above",
        ),
        hidden("down,right,tab", "app.focus_next", "Next answer", "dialog.next", "Move to the answer below"),
    ]

    def __init__(self, question: str, about: str, first: str = "") -> None:
        super().__init__()
        self._question = question
        self._about = about
        self._first = first
        """The answer that Enter gives; empty: the first one."""

    def on_mount(self) -> None:
        """Mark the answer that Enter gives."""
        if self._first:
            self.query_one(f"#{self._first}").focus()

    def choices(self) -> tuple[Button, ...]:
        """The answers, the one that Enter gives first."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The box in the middle of the screen."""
        with Vertical(id="dialog"):
            yield Static(Content(self._question), id="question")
            yield Static(Content(self._about), id="about")
            yield from self.choices()


class LeaveDialog(Dialog[LeaveChoice]):
    """Asked when a workout is to be left; the session pauses meanwhile.

    Args:
        done_sets: How many sets are done.
        planned_sets: Of how many.
        set_s: Seconds at work in the set that is under way; 0 between sets.
    """

    HELP = """
    Every finished set is already saved, whatever you choose. What is left can be done later today if you end
    here, and on any day if you stop now. A set that is under way counts as partly done, or begins anew.
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        shown("escape,g,space", "go_on", "Go on", "leave.go_on", "Back to the workout"),
        shown("s,f", "save", "End and save", "leave.save", "End here; what was done is kept"),
        shown("l,q", "later", "Later", "leave.later", "Stop, and take it up again another time"),
    ]

    def __init__(self, done_sets: int, planned_sets: int, set_s: float = 0.0) -> None:
        super().__init__("Stop here?", "\n".join(stopping_words(done_sets, planned_sets, set_s)))

    def choices(self) -> tuple[Button, ...]:
        """Go on is first: a key pressed by mistake costs nothing."""
        return (
            _choice(LeaveChoice.GO_ON, "esc", "Go on"),
            _choice(LeaveChoice.SAVE, "s", "End here and save"),
            _choice(LeaveChoice.LATER, "l", "Stop now, resume later"),
        )

    @on(Button.Pressed, "#go_on")
    def action_go_on(self) -> None:
        """Back to the workout."""
        self.dismiss(LeaveChoice.GO_ON)

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """End the session with what was done."""
        self.dismiss(LeaveChoice.SAVE)

    @on(Button.Pressed, "#later")
    def action_later(self) -> None:
        """Leave the session unfinished."""
        self.dismiss(LeaveChoice.LATER)


class GoOnDialog(Dialog[GoOnChoice]):
    """Asked on a day on which a session was ended already, before anything starts.

    Args:
        title: Which session it was.
        left: What is left of it, in words; empty: all of it was done.
        done: The day that is shown is done.
        wary: Enter, pressed once too often, is to start nothing.
    """

    HELP = "What you did today stays, whatever you choose."
    BINDINGS: ClassVar[list[BindingType]] = [
        shown("g", "go_on", "Go on", "again.go_on", "Do what is left"),
        shown("a", "anew", "From the start", "again.anew", "Begin another session"),
        shown("escape,l,q", "not_now", "Not now", "again.not_now", "Start nothing"),
    ]

    def __init__(self, title: str, left: str, *, done: bool, wary: bool) -> None:
        super().__init__(
            "Go on?" if left else "Once more?" if done else "Another session?",
            title if left or not done else f"{title}\nDone for today.",
            GoOnChoice.NOT_NOW if wary else "",
        )
        self._left = left

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is not always something left."""
        return action != "go_on" or bool(self._left)

    def choices(self) -> tuple[Button, ...]:
        """What is left first."""
        return (
            *((_choice(GoOnChoice.GO_ON, "g", self._left),) if self._left else ()),
            _choice(GoOnChoice.ANEW, "a", "All of it, from the start"),
            _choice(GoOnChoice.NOT_NOW, "esc", "Not now"),
        )

    @on(Button.Pressed, "#go_on")
    def action_go_on(self) -> None:
        """Do what is left."""
        self.dismiss(GoOnChoice.GO_ON)

    @on(Button.Pressed, "#anew")
    def action_anew(self) -> None:
        """Begin another session."""
        self.dismiss(GoOnChoice.ANEW)

    @on(Button.Pressed, "#not_now")
    def action_not_now(self) -> None:
        """Start nothing."""
        self.dismiss(GoOnChoice.NOT_NOW)


class ResumeDialog(Dialog[ResumeChoice]):
    """Asked at the start when an earlier session was not ended.

    Args:
        when: Which one it is ("Monday's session from 21 Nov").
        done_sets: How many of its sets are done.
        planned_sets: Of how many.
        wary: Enter, pressed once too often, is to start nothing.
    """

    HELP = "An earlier session was not finished. Nothing is lost: what is discarded, **u** brings back."
    BINDINGS: ClassVar[list[BindingType]] = [
        shown("r", "resume", "Resume", "resume.resume", "Go on where it stopped"),
        shown("s", "save", "Save as it is", "resume.save", "Keep what was done as a session"),
        shown("d", "discard", "Discard", "resume.discard", "Take this session out; u brings it back"),
        shown("escape,l,q", "later", "Later", "resume.later", "Ask again at the next start"),
    ]

    def __init__(self, when: str, done_sets: int, planned_sets: int, *, wary: bool = False) -> None:
        super().__init__(
            "Finish what you began?",
            f"{when}\n{_sets_done(done_sets, planned_sets)}",
            ResumeChoice.LATER if wary else "",
        )

    @classmethod
    def about(cls, waiting: Unfinished, today: date, *, wary: bool = False) -> ResumeDialog:
        """The dialog for a session."""
        day = waiting.local_date
        when = f"{weekday_name(day)}'s session from {short_date(day, today)}"
        return cls(when, waiting.done_sets, waiting.planned_sets, wary=wary)

    def choices(self) -> tuple[Button, ...]:
        """Resume is first; the one that forgets is never what Enter gives unasked."""
        return (
            _choice(ResumeChoice.RESUME, "r", "Resume"),
            _choice(ResumeChoice.SAVE, "s", "Save as it is"),
            _choice(ResumeChoice.DISCARD, "d", "Discard"),
            _choice(ResumeChoice.LATER, "esc", "Later"),
        )

    @on(Button.Pressed, "#resume")
    def action_resume(self) -> None:
        """Go on where it stopped."""
        self.dismiss(ResumeChoice.RESUME)

    @on(Button.Pressed, "#save")
    def action_save(self) -> None:
        """Keep it as it is."""
        self.dismiss(ResumeChoice.SAVE)

    @on(Button.Pressed, "#discard")
    def action_discard(self) -> None:
        """Forget it."""
        self.dismiss(ResumeChoice.DISCARD)

    @on(Button.Pressed, "#later")
    def action_later(self) -> None:
        """Decide another time."""
        self.dismiss(ResumeChoice.LATER)
