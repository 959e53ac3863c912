"""Events as lines of words: one line an event, for screen readers, logs and pipes."""

from __future__ import annotations

from backtimer.core import script
from backtimer.core.events import (
    CountIn,
    Ended,
    Event,
    Extended,
    Halfway,
    Outcome,
    Paused,
    Resumed,
    SecondLeft,
    SetEnded,
    StepStarted,
)
from backtimer.core.plan import Plan, StepKind

COUNTED_S = 3
"""The last seconds before work and of long holds are counted."""

COUNT_FROM_S = 8.0
"""Steps shorter than this are not counted: the words would pile up."""


class PlainLines:
    """Turns the events of one session into lines.

    Args:
        plan: What is being done.
        done: How many of its sets an earlier part of the session has done.
    """

    def __init__(self, plan: Plan, done: int = 0) -> None:
        self._plan = plan
        self._done = done

    def of(self, event: Event) -> tuple[str, ...]:
        """The lines for an event; most have one, some none."""
        match event:
            case StepStarted():
                return self._step(event)
            case SecondLeft():
                return self._count(event)
            case Halfway():
                return (script.halfway_words(),)
            case CountIn():
                return (f"{event.seconds}",)
            case Paused():
                return (script.paused_words(event.reason, event.gap_s),)
            case Resumed():
                return (script.resumed_words(),)
            case Extended():
                return (script.extended_words(event.seconds),)
            case SetEnded():
                return self._set(event)
            case Ended():
                return (script.ending_words(self._done, len(self._plan.sets), event.complete),)
            case _:
                return ()

    def _step(self, event: StepStarted) -> tuple[str, ...]:
        step = self._plan.steps[event.step]
        words = script.say(self._plan, event.step)
        if step.kind is StepKind.PHASE and step.rep is not None and step.rep_start:
            reps = self._plan.sets[step.set_index].reps
            return (f"{script.rep_words(step.rep, reps)}. {words}",)
        return (words,) if words else ()

    def _count(self, event: SecondLeft) -> tuple[str, ...]:
        step = self._plan.steps[event.step]
        counted = event.seconds <= COUNTED_S and (step.seconds or 0.0) >= COUNT_FROM_S
        return (f"{event.seconds}",) if counted else ()

    def _set(self, event: SetEnded) -> tuple[str, ...]:
        record = event.record
        if record.outcome is Outcome.DONE:
            self._done += 1
        if record.outcome is Outcome.SKIPPED:
            return ()
        spec = self._plan.sets[record.set_index]
        name = script.exercise_name(self._plan, spec)
        side = f", {script.side_words(spec.side).lower()}" if spec.side else ""
        return (f"{name}, set {spec.set} of {spec.sets}{side}: {script.outcome_words(record.outcome)}.",)
