"""What was done without the timer, as a plan and records: for writing it down afterwards."""

from __future__ import annotations

from collections.abc import Collection

from backtimer.core.plan.plan import LEAD_INS, Plan, SetSpec, Step, StepKind
from backtimer.core.plan.units import Breathing
from backtimer.core.session.events import Outcome, SetRecord


def records_of(plan: Plan, indexes: Collection[int] | None = None) -> tuple[SetRecord, ...]:
    """The records of sets that were done as planned, and took as long as planned; the others were skipped.

    Args:
        plan: What was done.
        indexes: Which sets of it. None: all.
    """
    return tuple(
        SetRecord(index, Outcome.DONE, spec.reps, _work_s(plan, spec))
        if indexes is None or index in indexes
        else SetRecord(index, Outcome.SKIPPED, None if spec.reps is None else 0, 0.0)
        for index, spec in enumerate(plan.sets)
    )


def activity_plan(routine: str, day: str, words: str, seconds: float) -> Plan:
    """A plan that is one free activity, such as half an hour of swimming.

    Args:
        routine: The routine that is followed.
        day: The weekday it was done on.
        words: What it was.
        seconds: How long it took.
    """
    step = Step(StepKind.ACTIVITY, seconds, seconds, 0, None, rep_start=True)
    spec = SetSpec(None, None, 1, 1, None, None, None, 0, 0, 0, 0)
    return Plan(routine, day, words, (step,), (spec,), (), Breathing(), words)


def _work_s(plan: Plan, spec: SetSpec) -> float:
    """How long a set takes, without what leads to it."""
    steps = plan.steps[spec.first_step : spec.last_step + 1]
    return sum(step.estimate_s for step in steps if step.kind not in LEAD_INS)
