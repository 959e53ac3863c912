"""What stands between exercises: rests and activities as entries of their own."""

from __future__ import annotations

import json

import pytest

from backtimer.core.plan.hints import hints_of_day
from backtimer.core.plan.levels import ranges_of_day
from backtimer.core.plan.plan import Plan, StepKind, plan_from_dict, plan_to_dict
from backtimer.core.plan.routine import Circuit, Day, DayKind, Exercise, Position, Prescription
from backtimer.core.plan.units import seconds
from backtimer.core.plan.work import ACTIVITY_ESTIMATE_S
from backtimer.core.speech.entries import entries
from tests.core.plans import count, plan_of, routine_of, telling, times

SUPERMAN = Prescription("superman", reps=times(1))
COBRA = Prescription("cobra", reps=times(1))
MINUTE = Prescription(rest=seconds(60))
WALK = Prescription(activity="Walk", duration=seconds(300), note="Swing your arms")


def gaps(plan: Plan) -> list[str]:
    """What leads to the sets, but for the first."""
    between = (plan.steps[spec.lead_in : spec.first_step] for spec in plan.sets[1:])
    return [" ".join(f"{step.kind} {step.seconds:g}" for step in steps) for steps in between]


def test_a_rest_of_its_own_is_all_there_is_between_its_neighbours() -> None:
    assert gaps(plan_of(SUPERMAN, COBRA)) == ["transition 8"]
    assert gaps(plan_of(SUPERMAN, MINUTE, COBRA)) == ["rest 60"]
    assert gaps(plan_of(SUPERMAN._replace(rest=seconds(5)), MINUTE, MINUTE, COBRA)) == ["rest 120"]
    assert gaps(plan_of(SUPERMAN, MINUTE, Prescription("bird-dog", reps=times(1)))) == [
        "rest 45 transition 15"
    ], "the change of position is part of it"
    assert gaps(plan_of(MINUTE, SUPERMAN, COBRA, MINUTE)) == ["transition 8"], "and nothing at either end"


def test_a_rest_in_a_circuit_is_between_exercises_or_at_its_end_between_rounds() -> None:
    plan = plan_of(Circuit((SUPERMAN, Prescription(rest=seconds(20)), COBRA, MINUTE), count(2)), SUPERMAN)
    assert gaps(plan) == ["rest 20", "rest 60", "rest 20", "rest 60"]


def test_without_a_rest_an_activity_goes_straight_on_and_so_does_a_walk_once_it_is_told() -> None:
    none, minute = Prescription(rest=seconds(0)), seconds(60)
    run, walk = Prescription(activity="Run", duration=minute), Prescription(activity="Walk", duration=minute)
    assert gaps(plan_of(Circuit((run, none, walk), count(2), seconds(0)))) == ["", "", ""]
    jog = Exercise("jog", "Jog", Position.STANDING)
    asked = [Prescription(each, duration=minute, rest=seconds(0)) for each in ("jog", "march")]
    plan = plan_of(
        Circuit(tuple(asked), count(2), seconds(0)), exercises=(jog, jog._replace(id="march", name="March"))
    )
    assert gaps(plan) == ["transition 5", "", ""]


def test_an_activity_is_a_set_of_one_step() -> None:
    plan = plan_of(SUPERMAN, WALK, COBRA)
    assert telling(plan) == [
        "prepare 10",
        "lift 2",
        "lower 2",
        "transition 30",
        "activity 300",
        "transition 36",
        "lift 2",
        "lower 2",
    ]
    spec = plan.sets[1]
    assert (spec.exercise, spec.activity, spec.note, spec.item) == (None, "Walk", "Swing your arms", 1)
    assert [exercise.id for exercise in plan.exercises] == ["superman", "cobra"]
    assert plan_from_dict(json.loads(json.dumps(plan_to_dict(plan)))) == plan
    assert [(each.name, each.amount) for each in entries(plan)][1] == ("Walk", "5 min")


def test_an_activity_without_a_duration_waits_for_a_key() -> None:
    plan = plan_of(WALK._replace(duration=None))
    step = plan.steps[-1]
    assert (step.kind, step.seconds, step.estimate_s) == (StepKind.ACTIVITY, None, ACTIVITY_ESTIMATE_S)
    assert plan.estimated


def test_an_activity_in_a_circuit_comes_in_every_round() -> None:
    plan = plan_of(Circuit((WALK, SUPERMAN), count(3), title="Round"))
    assert [(spec.round, spec.activity, spec.circuit) for spec in plan.sets] == [
        (number, activity, "Round") for number in (1, 2, 3) for activity in ("Walk", "")
    ]


def test_what_is_no_exercise_has_no_level() -> None:
    routine = routine_of(Day(DayKind.EXERCISES, "", (WALK, MINUTE, SUPERMAN)))
    assert list(ranges_of_day(routine, "monday")) == ["superman"]


@pytest.mark.parametrize(("items", "told"), [((SUPERMAN, MINUTE), 1), ((MINUTE, SUPERMAN), 0)])
def test_a_rest_at_the_end_is_hinted_at(items: tuple[Prescription, ...], told: int) -> None:
    routine = routine_of(Day(DayKind.EXERCISES, "", items))
    assert (
        len([hint for hint in hints_of_day(routine, "monday") if "nothing comes after it" in hint.text])
        == told
    )
