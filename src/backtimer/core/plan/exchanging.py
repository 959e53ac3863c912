"""An exercise that is exchanged for another: why, and how much of the other one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from backtimer.core.plan.easing import as_easier
from backtimer.core.plan.routine import Circuit, Day, Exercise, Prescription, Sides
from backtimer.core.plan.units import Count
from backtimer.language import _
from backtimer.values import NamedTuple

if TYPE_CHECKING:
    from backtimer.core.plan.plan import Plan


class FormKind(StrEnum):
    """What an exercise is to the one in whose place it is done."""

    EASIER = "easier"
    HARDER = "harder"
    ALIKE = "alike"
    """For the same target."""


class Swap(NamedTuple):
    """What is done in the place of an exercise."""

    form: str
    """The id of the exercise that is done."""
    why: FormKind


class Spliced(NamedTuple):
    """A plan with another exercise in it."""

    plan: Plan
    moved: Mapping[int, int]
    """Where the sets are that stay, by where they were."""
    taken: tuple[int, ...]
    """The sets that are done in the place of others."""
    relaid: frozenset[int] = frozenset()
    """Those to which another way leads than before."""


class ToCome(NamedTuple):
    """What is still to be done of an exercise."""

    exercise: str
    sets: tuple[int, ...]
    """Those that are exchanged."""
    begun: frozenset[int] = frozenset()
    """Those of them that stay beside what is done in their place: they were begun."""
    is_ready: bool = False
    """Whether what comes before all work, such as how to stop, is over."""


def in_form(asked: Prescription, first: Exercise, form: Exercise, why: FormKind, sets: int) -> Prescription:
    """What to do in the place of an exercise.

    A form comes with its own amounts. Of an easier one it has not been seen yet that it is no more than what
    is asked: `no_more_than` does that. One that is no form of the exercise is done for as many sets.

    Args:
        asked: What is asked of the exercise.
        first: The exercise.
        form: What is done in its place.
        why: What that is to the exercise.
        sets: How many are asked for.
    """
    note = in_place_of(first)
    if why is FormKind.EASIER:
        return as_easier(asked, first, form, note)
    taken = as_harder(asked, form, note)
    return (
        taken
        if why is FormKind.HARDER or form.prescription is None
        else taken._replace(sets=Count(sets, sets))
    )


def as_harder(asked: Prescription, harder: Exercise, note: str) -> Prescription:
    """A harder form with its own amounts, or with those of the exercise; rest and side stay."""
    if harder.prescription is None:
        return asked._replace(exercise=harder.id, tempo=(), sides=None, note=note)
    one_sided = asked.sides in (Sides.LEFT, Sides.RIGHT) and harder.sides is not Sides.NONE
    return Prescription(
        harder.id,
        rest=asked.rest,
        note=note,
        first=asked.first,
        every=asked.every,
        sides=asked.sides if one_sided else None,
    )


def in_place_of(first: Exercise) -> str:
    """What is said of an exercise that is done in the place of another."""
    return _("In place of {exercise}.").format(exercise=first.name)


def planned_of(plan: Plan, exercise_id: str) -> str:
    """The id of what the day has in the place of an exercise of its plan."""
    instead = (spec.in_place_of for spec in plan.sets if spec.exercise == exercise_id)
    return next(instead, "") or exercise_id


def with_swaps(swaps: Mapping[str, Swap], day: Day, made: Callable[[Mapping[str, Swap]], Plan]) -> Plan:
    """The plan of a day with other exercises in it, but for those that make a round late for its `every`.

    Args:
        swaps: By exercise id, what is done in its place.
        day: The day.
        made: The plan of that day with some of them.
    """
    if not any(isinstance(item, Circuit) and item.every is not None for item in day.items):
        return made(swaps)
    kept: dict[str, Swap] = {}
    plan = made(kept)
    for exercise, swap in swaps.items():
        trial = made({**kept, exercise: swap})
        if _late_s(trial, day) <= _late_s(plan, day) + _TINY_S:
            kept[exercise], plan = swap, trial
    return plan


_TINY_S = 1e-6


def _late_s(plan: Plan, day: Day) -> float:
    """How much longer its rounds take in all than they are to, with the way to the next one."""
    starts = [0.0, *accumulate(step.estimate_s for step in plan.steps)]
    firsts: dict[tuple[int, int | None], int] = {}
    for spec in plan.sets:
        firsts.setdefault((spec.item, spec.round), spec.first_step)
    late_s = 0.0
    for (one, first), (other, following) in pairwise(firsts.items()):
        item = day.items[one[0]]
        untimed = any(step.seconds is None or step.beyond for step in plan.steps[first:following])
        if one[0] == other[0] and isinstance(item, Circuit) and item.every is not None and not untimed:
            took_s = starts[following] - starts[first]
            late_s += max(0.0, took_s - item.every.seconds(plan.breathing))
    return late_s
