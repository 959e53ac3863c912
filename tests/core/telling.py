"""What is told at the steps of a plan, to be read."""

from __future__ import annotations

from backtimer.core.plan.plan import Plan, StepKind
from backtimer.core.session.events import Coming
from backtimer.core.speech.reading import Reading


def said(plan: Plan, *, fitting: bool = True) -> list[str]:
    """What is told at each step of a plan, in order.

    Args:
        plan: The plan.
        fitting: Only what can be said in the time of the step.
    """
    reading = Reading(plan)
    return [reading.step(index, fitting=fitting) for index in range(len(plan.steps))]


def say(plan: Plan, index: int, *, in_full: bool = False) -> str:
    """What is told at one step, after all those before it."""
    return said(plan, fitting=not in_full)[index]


def sayings(plan: Plan, *kinds: StepKind) -> list[str]:
    """What is told at the steps of these kinds."""
    return [text for text, step in zip(said(plan), plan.steps, strict=True) if step.kind in kinds]


def coming_words(plan: Plan, set_index: int, after: int | None, rest_s: float = 0.0) -> str:
    """What is told at a detour, to one who was told nothing before."""
    return Reading(plan).coming(Coming(0.0, set_index, 15.0, after, rest_s))
