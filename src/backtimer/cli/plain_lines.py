"""Events as lines of words: one line an event, for screen readers, logs and pipes."""

from __future__ import annotations

from collections.abc import Iterable

from backtimer.core import sentences
from backtimer.core.events import (
    Coming,
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
    SetRecord,
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
        records: Of the sets that an earlier part of the session has reached.
    """

    def __init__(self, plan: Plan, records: Iterable[SetRecord | None] = ()) -> None:
        self._plan = plan
        self._outcomes = {record.set_index: record.outcome for record in records if record is not None}

    def of(self, event: Event) -> tuple[str, ...]:
        """The lines for an event; most have one, some none."""
        match event:
            case StepStarted():
                return self._step(event)
            case SecondLeft():
                return self._count(event)
            case Halfway():
                return (sentences.halfway_words(),)
            case Coming():
                return (sentences.coming_words(self._plan, event.set_index, event.after, event.rest_s),)
            case CountIn():
                return (f"{event.seconds}",)
            case Paused():
                return (sentences.paused_words(event.reason, event.gap_s),)
            case Resumed():
                return (sentences.resumed_words(),)
            case Extended():
                return (sentences.extended_words(event.seconds),)
            case SetEnded():
                return self._set(event)
            case Ended():
                done = sum(outcome is Outcome.DONE for outcome in self._outcomes.values())
                return (sentences.ending_words(done, len(self._plan.sets), event.complete),)
            case _:
                return ()

    def _step(self, event: StepStarted) -> tuple[str, ...]:
        step = self._plan.steps[event.step]
        words = sentences.say(self._plan, event.step)
        if step.kind is StepKind.PHASE and step.rep is not None and step.rep_start:
            reps = self._plan.sets[step.set_index].reps
            return (f"{sentences.rep_words(step.rep, reps)}. {words}",)
        return (words,) if words else ()

    def _count(self, event: SecondLeft) -> tuple[str, ...]:
        step = self._plan.steps[event.step]
        counted = event.seconds <= COUNTED_S and (step.seconds or 0.0) >= COUNT_FROM_S
        return (f"{event.seconds}",) if counted else ()

    def _set(self, event: SetEnded) -> tuple[str, ...]:
        record = event.record
        self._outcomes[record.set_index] = record.outcome
        if record.outcome is Outcome.SKIPPED:
            return ()
        spec = self._plan.sets[record.set_index]
        name = sentences.exercise_name(self._plan, spec)
        side = f", {sentences.side_words(spec.side).lower()}" if spec.side else ""
        line = f"{name}, set {spec.set} of {spec.sets}{side}: {sentences.outcome_words(record.outcome)}."
        return (line, sentences.hurt_words()) if record.outcome is Outcome.HURT else (line,)
