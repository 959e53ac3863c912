"""One side only, and the side that comes first."""

from __future__ import annotations

import json

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.levels import days_alike
from backtimer.core.plan.plan import PlanError, StepKind, goes_on, plan_from_dict, plan_to_dict
from backtimer.core.plan.routine import (
    Day,
    DayKind,
    Exercise,
    Phase,
    PhaseSide,
    Position,
    Prescription,
    Routine,
    Side,
    Sides,
)
from backtimer.core.plan.units import seconds
from backtimer.core.speech.entries import entries, set_text
from tests.core.plans import BIRD_DOG, DEFAULTS, KNEES, count, plan_of, routine_of, telling, times
from tests.core.telling import say, sayings
from tests.rules import for_each

RIGHT = Prescription("knees-to-chest", sets=count(2), hold=seconds(20), sides=Sides.RIGHT)
PAIRED = Exercise(
    "paired",
    "Paired",
    Position.SUPINE,
    phases=(
        Phase("up", seconds(1)),
        Phase("out", seconds(2), side=PhaseSide.FIRST),
        Phase("in", seconds(3), side=PhaseSide.SECOND),
    ),
)


def test_one_side_only_is_done_on_that_side_in_every_set() -> None:
    plan = plan_of(RIGHT)
    assert telling(plan) == ["prepare right 10", "hold right 20", "rest right 45", "hold right 20"]
    assert [(spec.side, spec.one_sided, spec.set) for spec in plan.sets] == [
        (Side.RIGHT, True, 1),
        (Side.RIGHT, True, 2),
    ]
    assert [goes_on(plan, index) for index in (0, 1)] == [False, True]
    assert plan_from_dict(json.loads(json.dumps(plan_to_dict(plan)))) == plan


def test_an_alternating_exercise_on_one_side_does_not_change_sides() -> None:
    plan = plan_of(Prescription("bird-dog", reps=times(2), sides=Sides.LEFT))
    assert telling(plan)[1:] == ["lift left 2", "lower left 2"] * 2
    assert not plan.sets[0].alternate


def test_one_side_only_is_told_as_that() -> None:
    plan = plan_of(RIGHT, Prescription("bird-dog", reps=times(2), sides=Sides.LEFT))
    told = say(plan, 0, in_full=True)
    assert "first" not in told.split("First: ")[1]
    assert told.endswith("2 sets of 20 seconds on the right side. Right side.")
    assert sayings(plan, StepKind.REST)[0].startswith("And release. Rest for 45 seconds. Then set 2 of 2")
    assert [each.amount for each in entries(plan)] == [
        "2 × 20 s on the right side",
        "2 reps on the left side",
    ]
    assert set_text(plan, 2) == "2 reps on the left side"


def test_the_right_side_may_come_first() -> None:
    plan = plan_of(Prescription("knees-to-chest", sets=count(2), hold=seconds(20), first=Side.RIGHT))
    assert telling(plan)[:5] == [
        "prepare right 10",
        "hold right 20",
        "switch left 5",
        "hold left 20",
        "rest right 45",
    ]
    assert [spec.is_second for spec in plan.sets] == [False, True] * 2
    assert [goes_on(plan, index) for index in range(4)] == [False, True, True, True]
    assert say(plan, 0, in_full=True).endswith("Right side first.")
    alternating = plan_of(Prescription("bird-dog", reps=times(2), first=Side.RIGHT))
    assert [step.side for step in alternating.steps[1:] if step.rep_end] == [Side.RIGHT, Side.LEFT] * 2


def test_in_a_rep_of_both_sides_the_right_one_may_come_first() -> None:
    plan = plan_of(Prescription("paired", reps=times(1), first=Side.RIGHT), exercises=(PAIRED,))
    assert telling(plan)[1:] == ["up 1", "out right 2", "in left 3"]
    assert [step.rep_end for step in plan.steps] == [False, False, False, True]
    with pytest.raises(PlanError, match="cannot be done on one side only"):
        plan_of(Prescription("paired", reps=times(1), sides=Sides.LEFT), exercises=(PAIRED,))


@for_each(
    ("day", "own", "everywhere", "written", "side"),
    [
        (None, None, Side.RIGHT, True, Side.RIGHT),
        (None, Side.RIGHT, Side.LEFT, False, Side.RIGHT),
        (None, Side.RIGHT, Side.LEFT, True, Side.LEFT),
        (Side.RIGHT, Side.LEFT, Side.LEFT, True, Side.RIGHT),
    ],
)
def test_who_says_which_side_comes_first(
    day: Side | None, own: Side | None, everywhere: Side, written: bool, side: Side
) -> None:
    defaults = DEFAULTS._replace(first=everywhere, written=("first",) if written else ())
    asked = Prescription("knees-to-chest", hold=seconds(20), first=day)
    plan = plan_of(asked, exercises=(KNEES._replace(first=own),), defaults=defaults)
    assert plan.sets[0].side is side


def test_the_easier_form_is_done_on_the_same_side() -> None:
    easier = KNEES._replace(id="easy", prescription=Prescription(hold=seconds(10)))
    hard = KNEES._replace(easier="easy")
    routine = routine_of(Day(DayKind.EXERCISES, "", (RIGHT,)), hard, easier)
    plan = compile_day(routine, "monday", easier={"knees-to-chest"})
    assert [(spec.exercise, spec.side) for spec in plan.sets] == [("easy", Side.RIGHT)]
    both = BIRD_DOG._replace(id="easy", sides=Sides.NONE, prescription=Prescription(hold=seconds(10)))
    plan = compile_day(
        routine._replace(exercises={**routine.exercises, "easy": both}), "monday", easier={"knees-to-chest"}
    )
    assert [spec.side for spec in plan.sets] == [None]


def test_the_first_side_is_no_difference_in_amount_and_one_side_is() -> None:
    def alike(**other: object) -> bool:
        one = Prescription("knees-to-chest", hold=seconds(20))
        days = {
            name: Day(DayKind.EXERCISES, "", (asked,))
            for name, asked in {"monday": one, "friday": one._replace(**other)}.items()  # type: ignore[arg-type]
        }
        routine: Routine = routine_of(days["monday"])
        routine = routine._replace(days={**routine.days, **days})
        return "friday" in days_alike(routine, "monday")["knees-to-chest"]

    assert alike(first=Side.RIGHT)
    assert not alike(sides=Sides.RIGHT)
