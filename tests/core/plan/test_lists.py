"""Lists: a hold, a duration, a rest or a load of its own for every set, or for every round."""

from __future__ import annotations

import json

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.levels import ranges_of_day
from backtimer.core.plan.plan import Plan, PlanError, StepKind, plan_from_dict, plan_to_dict
from backtimer.core.plan.prescription import Level, Ranges
from backtimer.core.plan.routine import Circuit, Day, DayKind, Exercise, Position, Prescription, SetAmounts
from backtimer.core.plan.units import Count, Reps, seconds
from backtimer.core.speech.entries import entries
from backtimer.storage.files.routine_values import routine_from_values, routine_to_values
from tests.core.plans import COBRA, count, plan_of, routine_of, telling, times
from tests.core.telling import say, sayings

HOLDS = tuple(SetAmounts(hold=seconds(length)) for length in (10, 8, 6))
DESCENDING = Prescription("cobra", hold=seconds(10), by_set=HOLDS)


def holds(plan: Plan) -> list[float | None]:
    return [spec.hold_s for spec in plan.sets]


def test_every_set_has_its_own_hold_and_rest() -> None:
    amounts = tuple(
        SetAmounts(hold=seconds(hold), rest=seconds(rest)) for hold, rest in ((10, 20), (8, 30), (6, 40))
    )
    asked = Prescription("cobra", hold=seconds(10), rest=seconds(20), by_set=amounts)
    plan = plan_of(asked, Prescription("superman", reps=times(1)))
    assert telling(plan)[1:7] == ["hold 10", "rest 20", "hold 8", "rest 30", "hold 6", "rest 40"]
    assert [(spec.set, spec.sets) for spec in plan.sets] == [(1, 3), (2, 3), (3, 3), (1, 1)]
    assert plan_from_dict(json.loads(json.dumps(plan_to_dict(plan)))) == plan


def test_every_set_has_its_own_load_and_reps() -> None:
    loads = tuple(SetAmounts(load=load) for load in ("1 kg", "2 kg"))
    plan = plan_of(Prescription("superman", reps=Reps((count(4), count(2))), load="1 kg", by_set=loads))
    assert [(spec.reps, spec.load) for spec in plan.sets] == [(4, "1 kg"), (2, "2 kg")]
    [line] = entries(plan)
    assert (line.amount, line.load) == ("4, 2 reps", "1 kg, 2 kg")
    with pytest.raises(PlanError, match="not equally long"):
        plan_of(Prescription("superman", reps=Reps((count(4),) * 3), by_set=loads))


def test_every_set_moves_for_its_own_time_on_each_side() -> None:
    lengths = tuple(SetAmounts(duration=seconds(length)) for length in (30, 20))
    plan = plan_of(Prescription("knees-to-chest", duration=seconds(30), by_set=lengths))
    assert telling(plan)[1:] == [
        "hold left 30",
        "switch right 5",
        "hold right 30",
        "rest left 45",
        "hold left 20",
        "switch right 5",
        "hold right 20",
    ]
    assert [each.amount for each in entries(plan)] == ["30 s, 20 s each side"]


def test_in_a_circuit_a_list_goes_by_round_when_it_is_as_long_as_the_rounds() -> None:
    assert holds(plan_of(Circuit((DESCENDING,), count(3)))) == [10, 8, 6]
    assert [spec.round for spec in plan_of(Circuit((DESCENDING,), count(3))).sets] == [1, 2, 3]
    assert holds(plan_of(Circuit((DESCENDING,), count(2)))) == [10, 8, 6] * 2


def test_an_exercise_may_have_lists_of_its_own_which_a_day_may_overrule() -> None:
    rests = tuple(each._replace(rest=seconds(5), load="red band") for each in HOLDS)
    own = COBRA._replace(prescription=Prescription(hold=seconds(10), load="red band", by_set=rests))
    assert telling(plan_of(Prescription("cobra"), exercises=(own,)))[1:4] == ["hold 10", "rest 5", "hold 8"]
    said = plan_of(Prescription("cobra", rest=seconds(9), load="blue band"), exercises=(own,))
    assert telling(said)[1:4] == ["hold 10", "rest 9", "hold 8"]
    assert {spec.load for spec in said.sets} == {"blue band"}
    assert holds(plan_of(Prescription("cobra", hold=seconds(4)), exercises=(own,))) == [4]
    assert holds(plan_of(Circuit((Prescription("cobra"),), count(2)), exercises=(own,))) == [10, 10]


def test_lists_have_no_levels() -> None:
    routine = routine_of(Day(DayKind.EXERCISES, "", (DESCENDING,)))
    assert ranges_of_day(routine, "monday") == {"cobra": Ranges()}
    plan = compile_day(routine, "monday", levels={"cobra": Level(hold=50.0, sets=9)})
    assert holds(plan) == [10, 8, 6]
    rounds = routine_of(Day(DayKind.EXERCISES, "", (Circuit((DESCENDING,), Count(2, 3)),)))
    assert ranges_of_day(rounds, "monday") == {"cobra": Ranges(rounds=Count(2, 3))}


def test_the_easier_form_is_never_more_than_the_least_of_a_list() -> None:
    plank = Exercise("plank", "Plank", Position.PRONE, easier="knees")
    knees = Exercise("knees", "On the knees", Position.PRONE, prescription=Prescription(hold=seconds(60)))
    asked = Prescription("plank", hold=seconds(10), by_set=HOLDS)
    routine = routine_of(Day(DayKind.EXERCISES, "", (asked,)), plank, knees)
    plan = compile_day(routine, "monday", easier={"plank"})
    assert holds(plan) == [6]


def test_what_changes_from_set_to_set_is_told() -> None:
    plan = plan_of(DESCENDING)
    assert say(plan, 0, in_full=True).endswith("3 sets, the first of 10 seconds.")
    assert [told.split(". ")[-1] for told in sayings(plan, StepKind.REST)] == [
        "Then set 2 of 3, 8 seconds.",
        "Then set 3 of 3, 6 seconds.",
    ]


def test_lists_are_kept_with_a_routine() -> None:
    routine = routine_of(Day(DayKind.EXERCISES, "", (DESCENDING,)))
    assert routine_from_values(json.loads(json.dumps(routine_to_values(routine)))) == routine
