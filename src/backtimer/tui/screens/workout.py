"""The workout: leads through a session, large enough to be read from two metres away."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Iterable
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from backtimer.coach import SAFETY_S, Coach
from backtimer.core.picture.figure_rows import looks_upright, shown_exercise
from backtimer.core.picture.moment import BreathView, View
from backtimer.core.picture.workout import FigureOf, workout_rows
from backtimer.core.plan.plan import StepKind
from backtimer.core.plan.routine import HOLD, Exercise
from backtimer.core.session.events import Ended, Event, LeftOut, Paused, PauseReason, StepEnded, StepStarted
from backtimer.core.session.session import Snapshot
from backtimer.core.session.transitions import Command, State, Which
from backtimer.core.speech.phrases import paused_words
from backtimer.language import _
from backtimer.storage.text import clean
from backtimer.tui.bindings import Worded
from backtimer.tui.holding import seldom
from backtimer.tui.screens.dialogs import LeaveChoice, LeaveDialog, SafetyFirst
from backtimer.tui.screens.workout_keys import BINDINGS, DIMMED, HELP
from backtimer.tui.screens.workout_view import (
    breath_now,
    left_out_banner,
    standing_for_pain,
    still_view,
    view,
    window_title,
)
from backtimer.tui.themes import style_sheet
from backtimer.tui.widgets.key_line import KeyLine
from backtimer.tui.widgets.picture import Picture

if TYPE_CHECKING:
    from backtimer.core.picture.demonstration import Demonstration
    from backtimer.core.plan.forms import Form

MODIFIERS = ("shift", "control", "alt", "super", "hyper", "meta", "lock")
"""How the names of keys end that do nothing by themselves."""

FRAME_S = 1 / 12
"""How often the breath moves."""

LARGE_FRAME_S, LARGE_ROWS = 1 / 8, 30
"""How often a figure moves on a screen this high: it is more than twice as large there, and costs as much."""

TROUBLES_S = 1.0
"""How often it is looked, also in a pause, whether something is not saved or not heard."""


@runtime_checkable
class Titled(Protocol):
    """An app that can write the title of its window."""

    def title_window(self, text: str) -> None: ...


class WorkoutResult(Enum):
    """How the screen was left."""

    ENDED = "ended"
    """The session is over."""
    LEFT = "left"
    """It stays unfinished and is offered at the next start."""


class WorkoutScreen(Worded, Screen[WorkoutResult]):
    """Leads through one session.

    Between events nothing runs but what moves: one timer waits for the coach's next deadline, and twelve
    times a second breath and figure follow the clock, while they move.

    Args:
        coach: The session to lead; it is started here.
        first_word: What is to be told before it begins.
        moves: Whether the figure moves; if not, there is a still picture for each phase.
        known: Finds an exercise of the catalogue by its id: some show an activity.
    """

    CSS_PATH = style_sheet("workout.tcss")
    AUTO_FOCUS = "#stage"
    ALLOW_SELECT = False
    # Not a ClassVar for Textual, so not for us either.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (64, "-medium")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (10, "-usual")]  # noqa: RUF012
    HELP = HELP
    BINDINGS = BINDINGS

    def __init__(
        self,
        coach: Coach,
        *,
        first_word: str = "",
        moves: bool = True,
        known: Callable[[str], Exercise | None] = lambda _id: None,
    ) -> None:
        super().__init__()
        self._known = cache(known)
        self._first_word = first_word
        self._coach = coach
        self._stage = Picture(id="stage")
        self.shown: View | None = None
        """What the picture shows; None: nothing yet."""
        self.breath = BreathView()
        self._total_s = coach.plan.total_s
        self._halt: Paused | None = None
        self._wake: asyncio.TimerHandle | None = None
        self._frame: asyncio.TimerHandle | None = None
        self._moves = moves
        self._demonstration: Demonstration | None = None
        """None until the first picture is there, in which its place is empty."""
        self._keys: tuple[bool | None, ...] = ()
        self._result: WorkoutResult | None = None
        self._stands_since: float | None = None
        """When the pause began, by the coach's clock; None while it goes on."""

    def compose(self) -> ComposeResult:
        """The stage, and the keys below it."""
        yield self._stage
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_interval(TROUBLES_S, self._show_troubles)
        if self._first_word:
            self.call_after_refresh(self._tell_first)
        else:
            self._begin()

    def _begin(self) -> None:
        self._coach.start()
        self.wake_up()
        self.call_after_refresh(self._demonstrate)

    def _tell_first(self) -> None:
        self._coach.tell_safety()
        self.app.push_screen(SafetyFirst(self._first_word, SAFETY_S), lambda _: self._begin())

    def on_unmount(self) -> None:
        """Nothing is to wake a screen that is gone, and the window has its own title again."""
        self._sleep()
        self._hold_still()
        self._title_window("")

    # ------------------------------------------------------------------ time

    def wake_up(self) -> None:
        """Let the session come up to date, show it, and arm the timer for its next deadline."""
        if self._result is not None:
            return
        self._coach.advance()
        events = self._coach.drain()
        self._react(events)
        if any(isinstance(event, LeftOut) and event.times > 1 for event in events):
            self._show_safety()
        if self._coach.state is State.ENDED:
            self._sleep()
            self._leave(WorkoutResult.ENDED)
            return
        self._show()
        self._arm()

    def _arm(self) -> None:
        """Wake up at the next deadline.

        Not with a timer of Textual's: it drops a tick that it is late for, and one that is to come once would
        then never come.
        """
        self._sleep()
        delay = self._coach.delay()
        if delay is not None:
            self._wake = asyncio.get_running_loop().call_later(delay, self.call_next, self.wake_up)

    def _sleep(self) -> None:
        if self._wake is not None:
            self._wake.cancel()
            self._wake = None

    def _react(self, events: Iterable[Event]) -> None:
        """Ring, and remember why the session stands still."""
        rings = False
        for event in events:
            if isinstance(event, StepStarted | StepEnded):
                rings = rings or self._is_hold(event.step)
            elif isinstance(event, Ended):
                rings = True
            elif isinstance(event, Paused):
                self._halt = event
        if (
            rings
            and not (self._coach.audible or self._coach.silent)
            and not getattr(self.app, "muted", False)
        ):
            self.app.bell()

    def _is_hold(self, index: int) -> bool:
        step = self._coach.plan.steps[index]
        return step.kind is StepKind.PHASE and step.phase == HOLD

    # ------------------------------------------------------------------ what is seen

    def _show(self) -> None:
        """Show where the session stands."""
        now = self._coach.shown()
        plan = self._coach.plan
        shown = standing_for_pain(plan, now, view(plan, now, self._total_s))
        still = still_view(plan, now, self._why()) if now.state is State.PAUSED else None
        self._stands_since = None if still is None else self._stands_since or self._coach.time()
        self.shown = self._read_on(shown._replace(still=still, banner=self._troubles()))
        self._title_window(window_title(shown))
        self._move()
        self._refresh_keys()

    def _troubles(self) -> str:
        """What is left out because it hurt, and what is to be known about saving and what is heard."""
        told = (
            left_out_banner(self._coach.plan, self._coach.snapshot()),
            self._coach.banner,
            self._coach.unheard,
        )
        return clean(" ".join(sentence for sentence in told if sentence))

    def _show_troubles(self) -> None:
        """Show what is to be known, also while nothing else happens."""
        if self.shown is None:
            return
        shown = self._read_on(self.shown._replace(banner=self._troubles()))
        if shown != self.shown:
            self.shown = shown
            self._move()

    def _read_on(self, shown: View) -> View:
        """Have long texts turn their pages in a pause, too: it is the time to read them."""
        if self._stands_since is None:
            return shown
        stood_s = int(self._coach.time() - self._stands_since)
        return shown._replace(passed_s=int(self._coach.snapshot().step_elapsed_s) + max(0, stood_s))

    def _title_window(self, text: str) -> None:
        """Have the window's title tell where the session stands; empty: as it was before."""
        if isinstance(self.app, Titled):
            self.app.title_window(text)

    def _why(self) -> str:
        """Why the session stands still, unless it was asked to."""
        halt = self._halt
        unasked = halt is not None and halt.reason is not PauseReason.ASKED
        return paused_words(halt.reason, halt.gap_s) if halt and unasked else ""

    def _show_safety(self) -> None:
        """Show the safety card: it hurts for the second time."""
        if self.is_current:
            self.app.push_screen(seldom("safety")())

    def _move(self) -> None:
        """Bring the picture up to date, and again as soon as something in it moves on."""
        self._hold_still()
        shown = self.shown
        if shown is None:
            return
        now = self._coach.snapshot()
        shown = shown._replace(upright=self._upright(now, leads_in=shown.leads_in))
        self.breath = BreathView()
        runs = now.state in (State.RUNNING, State.WAITING)
        if runs:
            self.breath = breath_now(
                now.step, now.step_elapsed_s, now.step_length_s, self._coach.plan.breathing
            )
        level = None if shown.leads_in else self.breath.level
        width, height = self._stage.size
        figure = self._figure(now, level, leads_in=shown.leads_in)
        self._stage.show(workout_rows(shown, self.breath, width, height, figure))
        if runs:
            frame_s = None if level is None else FRAME_S
            if self._demonstration is not None and frame_s is None:
                frame_s = self._demonstration.next_s(now, leads_in=shown.leads_in)
            if frame_s is not None:
                if height >= LARGE_ROWS:
                    frame_s = max(frame_s, LARGE_FRAME_S)
                loop = asyncio.get_running_loop()
                self._frame = loop.call_later(frame_s, self._move)

    def _figure(self, now: Snapshot, level: float | None, *, leads_in: bool) -> FigureOf | None:
        if self._demonstration is not None:
            return self._demonstration.figure(now, level, leads_in=leads_in)
        return (lambda *_: ()) if shown_exercise(self._coach.plan, now.step, self._known) else None

    def _upright(self, now: Snapshot, *, leads_in: bool) -> bool:
        if self._demonstration is not None:
            return self._demonstration.upright(now, leads_in=leads_in)
        ahead = shown_exercise(self._coach.plan, now.step, self._known)
        return ahead is not None and looks_upright(ahead)

    def _demonstrate(self) -> None:
        """Draw the figure from now on."""
        # late: 14 ms, and the first picture does not wait for it
        from backtimer.core.picture.demonstration import Demonstration  # noqa: PLC0415

        encoding = sys.__stdout__.encoding if sys.__stdout__ is not None else "utf-8"
        terminal = (encoding, os.environ.get("TERM", ""))
        self._demonstration = Demonstration(self._coach.plan, terminal, moves=self._moves, known=self._known)
        self._move()

    def _hold_still(self) -> None:
        if self._frame is not None:
            self._frame.cancel()
            self._frame = None

    def on_picture_resized(self) -> None:
        """Lay it out anew."""
        self._move()

    def _refresh_keys(self) -> None:
        """Bring the line of keys up to date, if it is not."""
        keys = tuple(self.check_action(action, ()) for action in ("pause", "go_on", "done", *DIMMED))
        if keys != self._keys:
            self._keys = keys
            self.refresh_bindings()

    # ------------------------------------------------------------------ keys and clicks

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key means something now: it does, is dimmed, or is as any free key."""
        if action == "pause":
            return not (self._coach.allowed(Command.RESUME) or self._coach.allowed(Command.DONE))
        if action == "go_on":
            return self._coach.allowed(Command.RESUME) and not self._coach.asks_which
        if action == "done":
            return self._coach.allowed(Command.DONE)
        if action in DIMMED:
            if action == "exchange":
                return self._coach.exchangeable
            if action == "take_back":
                now = self._coach.snapshot()
                return bool(now.left_out or self._coach.asks_which)
            if self._coach.allowed(DIMMED[action]):
                return True
            # A set at the person's own pace never has more time to give, and its line has "done" to show.
            return False if action == "extend" and self._coach.state is State.WAITING else None
        return True

    def on_key(self, event: events.Key) -> None:
        """A key that means nothing else pauses, and goes on; where a set waits for one, it is done."""
        if event.key.endswith(MODIFIERS) or event.key in self.active_bindings or self._is_ours(event.key):
            return
        event.stop()
        event.prevent_default()
        self._press()

    def _is_ours(self, key: str) -> bool:
        """Whether a key has a meaning here, though perhaps not now: who presses it wants no pause."""
        return any(binding.action in DIMMED for binding in self._bindings.key_to_bindings.get(key, ()))

    def on_picture_pressed(self) -> None:
        self._press()

    def _press(self) -> None:
        self._coach.press()
        self.wake_up()

    def on_screen_suspend(self) -> None:
        """Nothing goes on behind another screen."""
        self._command(Command.PAUSE)

    def on_screen_resume(self) -> None:
        """Show what happened behind it."""
        if self._result is not None:
            self._leave(self._result)

    def action_pause(self) -> None:
        self._coach.toggle_pause()
        self.wake_up()

    def action_go_on(self) -> None:
        """Go on, or pause: the same key does both."""
        self.action_pause()

    def action_done(self) -> None:
        self._command(Command.DONE)

    def action_next_set(self) -> None:
        """Go to the next set; where the question is which exercise hurts, it is the one to come."""
        self._hurts(Which.COMING) if self._coach.asks_which else self._command(Command.NEXT_SET)

    def action_forward(self) -> None:
        """What a presenter's button means: go on, or done, where a key is waited for; else the next set."""
        if self._coach.asks_which:
            self._hurts(Which.COMING)
        elif self._coach.stands_for_pain:
            self._press()
        else:
            self._command(Command.DONE if self._coach.allowed(Command.DONE) else Command.NEXT_SET)

    def action_previous_set(self) -> None:
        """Go back a set; where the question is which exercise hurts, it is the one just done."""
        self._hurts(Which.WORKED) if self._coach.asks_which else self._command(Command.PREVIOUS_SET)

    def action_extend(self) -> None:
        self._command(Command.EXTEND)

    def action_hurts(self) -> None:
        """Leave out what hurts, and stand still."""
        self._hurts(None)

    def action_take_back(self) -> None:
        """Take back that something hurts; where the question is what, it is nothing."""
        self._command(Command.RESUME if self._coach.asks_which else Command.TAKE_BACK)

    def _hurts(self, which: Which | None) -> None:
        if self._result is None:
            self._coach.hurts(which)
            self.wake_up()

    def action_finish(self) -> None:
        """Ask whether to end the session here; the same key once more says yes."""
        self.action_leave()

    def action_help(self) -> None:
        """Show or hide the help panel; the session waits while it is read."""
        if self.query("HelpPanel"):
            self.app.action_hide_help_panel()
        else:
            self._command(Command.PAUSE)
            self.app.action_show_help_panel()

    def pause(self) -> None:
        """Pause, whatever is on top: nobody looks."""
        self._command(Command.PAUSE)

    def action_leave(self) -> None:
        """Ask what to do with the rest; the session waits for the answer. An open help panel closes first."""
        if self.query("HelpPanel"):
            self.app.action_hide_help_panel()
            return
        went_on = self._command(Command.PAUSE)
        if self._result is not None:  # it ended in this very moment
            return
        now = self._coach.snapshot()

        def answered(choice: LeaveChoice | None) -> None:
            if choice is LeaveChoice.SAVE:
                self._command(Command.FINISH)
            elif choice is LeaveChoice.LATER:
                self._coach.leave()
                self._leave(WorkoutResult.LEFT)
            elif went_on:
                self._command(Command.RESUME)

        self.app.push_screen(LeaveDialog(now.done_sets, now.planned_sets, now.set_s), answered)

    def action_exchange(self) -> None:
        """Ask what is to be done in the place of this exercise; the session waits for the answer."""
        if not self._coach.exchangeable:
            return
        went_on = self._command(Command.PAUSE)
        if self._result is not None:
            return
        exercise = self._coach.snapshot().step.exercise

        def answered(form: Form | None) -> None:
            if form is not None and self._coach.exchange(form) is not None:
                self._total_s = self._coach.plan.total_s
                self._demonstrate()
            if went_on:
                self._command(Command.RESUME)
            else:
                self.wake_up()

        name = "" if exercise is None else clean(self._coach.plan.exercise(exercise).name)
        forms = self._coach.forms()
        about = _("For what is left of it today.") if forms else _("No other is known for it.")
        self.app.push_screen(seldom("exchange")(name, about, forms), answered)

    def _command(self, command: Command) -> bool:
        """Hand a command on, if it means something now, and show what came of it."""
        if self._result is not None:
            return False
        carried_out = self._coach.command(command)
        self.wake_up()
        return carried_out

    def _leave(self, result: WorkoutResult) -> None:
        """Hand the result to whoever pushed this screen, as soon as it is on top."""
        self._result = result
        if self.is_current:
            self.dismiss(result)
