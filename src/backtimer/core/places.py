"""Where a set stands in its plan: what it follows, and what begins with it."""

from __future__ import annotations

from backtimer.core.languages import v
from backtimer.core.plan.plan import Plan, SetSpec
from backtimer.core.plan.routine import Exercise, Position, Side


def exercise_of(plan: Plan, set_index: int) -> Exercise | None:
    """The exercise of a set; None for an activity."""
    exercise = plan.sets[set_index].exercise
    return None if exercise is None else plan.exercise(exercise)


def exercise_name(plan: Plan, spec: SetSpec) -> str:
    """The name of what a set is of: its exercise, or the activity."""
    if spec.exercise is None:
        return plan.activity or v.ACTIVITY
    return plan.exercise(spec.exercise).name


def goes_on(plan: Plan, set_index: int) -> bool:
    """Whether a set follows another of the same prescription (in a circuit: in the same round)."""
    spec = plan.sets[set_index]
    return set_index > 0 and (spec.set > 1 or spec.side is Side.RIGHT)


def new_round(plan: Plan, set_index: int) -> bool:
    """Whether a round of a circuit begins with a set."""
    spec = plan.sets[set_index]
    if spec.round is None or set_index == 0:
        return spec.round is not None
    before = plan.sets[set_index - 1]
    return (before.item, before.round) != (spec.item, spec.round)


def first_time(plan: Plan, set_index: int) -> bool:
    """Whether the exercise of a set has not come up before."""
    exercise = plan.sets[set_index].exercise
    return all(before.exercise != exercise for before in plan.sets[:set_index])


def position_before(plan: Plan, set_index: int) -> Position | None:
    """The position of the set before; None at the start."""
    exercise = exercise_of(plan, set_index - 1) if set_index else None
    return exercise.position if exercise else None


def leads_to(plan: Plan, index: int) -> int | None:
    """The set that a step leads to; None for a step inside a set."""
    set_index = plan.steps[index].set_index
    return set_index if index < plan.sets[set_index].first_step else None


def reps_of_all(plan: Plan, set_index: int) -> list[int | None]:
    """The reps of every set of a prescription, from its first set, one entry a set whatever its sides."""
    spec = plan.sets[set_index]
    reps = [spec.reps]
    for index in range(set_index + 1, len(plan.sets)):
        following = plan.sets[index]
        if not goes_on(plan, index):
            break
        if following.side is spec.side:
            reps.append(following.reps)
    return reps
