"""An exercise that is left out of a session because it hurt, and what it takes to take that back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from backtimer.core.plan.plan import Plan, SetSpec, StepKind
from backtimer.core.session.events import Outcome, SetRecord


class Omission(NamedTuple):
    """An exercise that is left out from some moment on."""

    exercise: str | None
    set_index: int
    """The set that bears the mark."""
    before: tuple[tuple[int, SetRecord | None], ...]
    """The sets that it changed, each with the record that it had before; None: it had none."""
    left: int | None
    """The set that was left because of it; None: the session was on its way to another exercise."""
    passed: bool = False
    """Whether anything was worked on since."""


def omissions_of(plan: Plan, records: Sequence[SetRecord | None]) -> tuple[Omission, ...]:
    """What an earlier part of a session left out, as its records tell.

    What the marked sets were before is not written down: one that ran to its end was done, another is open.
    Of the rest of the exercise, what was skipped is open.
    """
    found = []
    known = [each for each in records if each is not None]
    for exercise in dict.fromkeys(plan.sets[each.set_index].exercise for each in known if _hurt(each)):
        own = [each for each in known if plan.sets[each.set_index].exercise == exercise]
        marked = [each for each in own if _hurt(each)]
        before: list[tuple[int, SetRecord | None]] = [
            (each.set_index, _as_done(plan, each) if _hurt(each) else None)
            for each in own
            if _hurt(each) or each.outcome is Outcome.SKIPPED
        ]
        index = marked[-1].set_index
        found.append(Omission(exercise, index, tuple(before), index))
    return tuple(sorted(found, key=lambda each: each.set_index))


def waits_for_a_key(records: Sequence[SetRecord | None]) -> bool:
    """Whether a session that broke off stood still because something hurt, as far as its records can tell.

    They do not say when each was made. When nothing behind the last mark was worked on, the person may not
    have pressed a key since; then it waits once more rather than once too little.
    """
    marks = [each.set_index for each in records if each is not None and _hurt(each)]
    if not marks:
        return False
    later = records[max(marks) + 1 :]
    return all(each is None or each.outcome is Outcome.SKIPPED for each in later)


def _hurt(record: SetRecord) -> bool:
    return record.outcome is Outcome.HURT


def _as_done(plan: Plan, record: SetRecord) -> SetRecord | None:
    """The record of a set that hurt as it was before, if it had been done."""
    spec = plan.sets[record.set_index]
    whole = record.reps == spec.reps if spec.reps is not None else record.seconds >= _work_s(plan, spec) > 0
    side = None if spec.side is None else spec.side.value
    return record._replace(outcome=Outcome.DONE, side=side) if whole else None


def _work_s(plan: Plan, spec: SetSpec) -> float:
    steps = plan.steps[spec.first_step : spec.last_step + 1]
    return sum(step.estimate_s for step in steps if step.kind is not StepKind.SWITCH)
