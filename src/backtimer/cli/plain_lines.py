"""What plain mode prints: its keys, and events as lines, for screen readers, logs and pipes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backtimer.core.picture.exercise_page import form_lines
from backtimer.core.plan.exchanging import Spliced
from backtimer.core.plan.forms import Form
from backtimer.core.plan.plan import COUNTED_S, LEAD_INS, Plan, Step, StepKind
from backtimer.core.session.events import (
    Coming,
    CountIn,
    Ended,
    Event,
    Extended,
    Halfway,
    HurtAsked,
    LeftOut,
    Outcome,
    Paused,
    PauseReason,
    Resumed,
    SecondLeft,
    SetEnded,
    SetRecord,
    SetReopened,
    StepStarted,
    TakenBack,
)
from backtimer.core.session.transitions import Command, Which
from backtimer.core.speech.asides import left_out_words, taken_back_words, which_words
from backtimer.core.speech.marks import StepMarks
from backtimer.core.speech.phrases import (
    ending_words,
    exercise_name,
    extended_words,
    halfway_words,
    outcome_words,
    paused_words,
    rep_words,
    resumed_words,
    safety_words,
    sentence,
    side_words,
    time_words,
)
from backtimer.core.speech.reading import Reading
from backtimer.language import _, marked
from backtimer.storage.text import clean

COUNT_FROM_S = 8.0
"""Steps shorter than this are not counted: the words would pile up."""

REP_EVERY_S = 10.0
"""In short, no two reps of a set are told closer together, but for the last one."""

HALF_OF_S = 60.0
"""In short, half is told of steps of this length on."""


def form_choices(plan: Plan, step: Step, forms: Sequence[Form]) -> tuple[str, ...]:
    """What may be done in the place of the exercise of a step, a line each, with the keys that choose."""
    if not forms:
        return (_("No other is known for it."),)
    name = exercise_name(plan, plan.sets[step.set_index])
    lines = [f"{line.key} {clean(line.name)}: {clean(line.about)}." for line in form_lines(forms)]
    return (
        _("In place of {exercise}:").format(exercise=name),
        *lines,
        _("Press its number. Any other key leaves it as it is."),
    )


class PlainLines:
    """Turns the events of one session into lines.

    Args:
        plan: What is being done.
        records: Of the sets that an earlier part of the session has reached.
        short: Only what one must know, some ten lines a minute at most: what a finger reads on a braille
            display. What comes, when it begins, a rep now and then, and what did not go as planned.
    """

    def __init__(self, plan: Plan, records: Iterable[SetRecord | None] = (), *, short: bool = False) -> None:
        self._plan = plan
        self._short = short
        self._attended = True
        self._reading = Reading(plan)
        self._rep_told: tuple[int, int, float] | None = None
        """The last rep that was told: its set, its number, and when."""
        self._stands = False
        """Whether the session stands still."""
        self._outcomes = {record.set_index: record.outcome for record in records if record is not None}

    def exchange(self, spliced: Spliced, records: Iterable[SetRecord | None]) -> None:
        """Go over to another plan: what was told is known, and what is new in it will be told."""
        self._plan, self._rep_told = spliced.plan, None
        heard = self._reading.heard.moved_to(spliced.moved)
        self._reading = Reading(spliced.plan, attended=self._attended, heard=heard)
        self._outcomes = {record.set_index: record.outcome for record in records if record is not None}

    def leave_alone(self) -> None:
        """Before anything is told: nobody can press keys."""
        self._attended = False
        self._reading = Reading(self._plan, attended=False)

    def of(self, event: Event, *, saved: bool = True) -> tuple[str, ...]:
        """The lines for an event; most have one, some none.

        Args:
            event: What happened.
            saved: Whether it is on the disk, if it is a set.
        """
        match event:
            case StepStarted():
                return self._step(event)
            case SecondLeft():
                return self._count(event)
            case Halfway():
                length = self._plan.steps[event.step].seconds or 0.0
                told = StepMarks(self._plan, event.step, 0.0, length).half_s is not None
                return (halfway_words(),) if told and (not self._short or length >= HALF_OF_S) else ()
            case Coming():
                return (self._reading.coming(event),)
            case CountIn():
                return () if self._short else (f"{event.seconds}",)
            case HurtAsked() | LeftOut() | TakenBack() | SetReopened():
                return self._hurting(event)
            case Paused():
                return self._paused(event)
            case Resumed():
                self._stands = False
                return (resumed_words(),)
            case Extended():
                return (extended_words(event.seconds),)
            case SetEnded():
                return self._set(event, saved)
            case Ended():
                done = sum(outcome is Outcome.DONE for outcome in self._outcomes.values())
                return (ending_words(done, len(self._plan.sets), event.complete),)
            case _:
                return ()

    def _step(self, event: StepStarted) -> tuple[str, ...]:
        step = self._plan.steps[event.step]
        if self._short and not event.again and not self._matters(event, step):
            return ()
        words = self._reading.step(event.step)
        if step.kind is StepKind.PHASE and step.rep is not None and step.rep_start:
            reps = self._plan.sets[step.set_index].reps
            return (f"{rep_words(step.rep, reps)}. {words}",)
        return (words,) if words else ()

    def _matters(self, event: StepStarted, step: Step) -> bool:
        """Whether a step is told in short: of a set of reps its first, its last, and some in between."""
        spec = self._plan.sets[step.set_index]
        if step.kind is StepKind.SWITCH:
            return event.step < spec.first_step
        if step.kind is not StepKind.PHASE or step.rep is None:
            return True
        if not step.rep_start:
            return False
        told_set, told_rep, told_s = self._rep_told or (-1, 0, 0.0)
        anew = told_set != step.set_index
        last = step.rep == spec.reps != told_rep
        if not (anew or last or abs(event.at_s - told_s) >= REP_EVERY_S):
            return False
        self._rep_told = (step.set_index, step.rep, event.at_s)
        return True

    def _count(self, event: SecondLeft) -> tuple[str, ...]:
        step = self._plan.steps[event.step]
        if self._short:
            warns = event.seconds == COUNTED_S and step.kind in LEAD_INS
            warns = warns and (step.seconds or 0.0) >= COUNT_FROM_S
            return (sentence(time_words(event.seconds)),) if warns else ()
        counted = event.seconds <= COUNTED_S and (step.seconds or 0.0) >= COUNT_FROM_S
        return (f"{event.seconds}",) if counted else ()

    def _set(self, event: SetEnded, saved: bool) -> tuple[str, ...]:
        record = event.record
        self._outcomes[record.set_index] = record.outcome
        if record.outcome is Outcome.SKIPPED or (self._short and saved and record.outcome is Outcome.DONE):
            return ()
        spec = self._plan.sets[record.set_index]
        name = exercise_name(self._plan, spec)
        side = f", {side_words(spec.side).lower()}" if spec.side else ""
        outcome = outcome_words(record.outcome) + ("" if saved else ", not saved yet")
        return (f"{name}, set {spec.set} of {spec.sets}{side}: {outcome}.",)

    def _paused(self, event: Paused) -> tuple[str, ...]:
        self._stands = True
        if event.reason in (PauseReason.HURT, PauseReason.WHICH):
            return ()  # said already
        return (paused_words(event.reason, event.gap_s),)

    def _hurting(self, event: HurtAsked | LeftOut | TakenBack | SetReopened) -> tuple[str, ...]:
        """What is left out or taken back; when it hurts once more, what to look out for, too."""
        if isinstance(event, HurtAsked):
            return (which_words(self._plan, event),)
        if isinstance(event, TakenBack):
            return (taken_back_words(self._plan, event, stands=self._stands),)
        if isinstance(event, LeftOut):
            words = left_out_words(self._plan, event, self._reading.worked, attended=self._attended)
            self._reading.came_out(event.set_index)
            return (words, safety_words()) if event.times > 1 else (words,)
        self._outcomes.pop(event.set_index, None)
        if event.record is not None:
            self._outcomes[event.set_index] = event.record.outcome
        return ()


FORWARD = ("right", "down", "pagedown")
"""What a presenter's button sends: "done" where a set waits for it, otherwise the next set."""

KEYS = {
    "n": Command.NEXT_SET,
    **dict.fromkeys(FORWARD, Command.NEXT_SET),
    "p": Command.PREVIOUS_SET,
    **dict.fromkeys(("left", "up", "pageup"), Command.PREVIOUS_SET),
    "+": Command.EXTEND,
    "=": Command.EXTEND,
    "h": Command.HURTS,
    "u": Command.TAKE_BACK,
}

WHICH_KEYS = {
    "h": Which.WORKED,
    **{key: Which.WORKED for key, command in KEYS.items() if command is Command.PREVIOUS_SET},
    **{key: Which.COMING for key, command in KEYS.items() if command is Command.NEXT_SET},
}
"""What answers the question which exercise hurts; `u` says neither, and any other key has it put again."""

KEY_HELP = marked(
    "Keys: space or any other key pauses and goes on, or says that a set at your own pace is done; "
    "n next set, p previous set, + ten seconds more, e swap this exercise, h this hurts, "
    "u takes that back, f finish, q quit, ? this help."
)
