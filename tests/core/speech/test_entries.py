"""A day as a list."""

from __future__ import annotations

import pytest
from hypothesis import given

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.routine import Circuit, Day, DayKind, Pace, Prescription
from backtimer.core.plan.units import Reps, seconds
from backtimer.core.speech.entries import entries, set_text
from tests.core.plans import count, plan_of, routine_of, times
from tests.core.strategies import plans
from tests.rules import for_each


@for_each(
    ("asked", "text"),
    [
        (Prescription("superman", sets=count(3), reps=times(8)), "3 × 8 reps"),
        (Prescription("superman", reps=times(1)), "1 rep"),
        (
            Prescription("bird-dog", sets=count(2), reps=times(10), hold=seconds(3)),
            "2 × 10 reps each side in turn · hold 3 s",
        ),
        (Prescription("knees-to-chest", sets=count(2), hold=seconds(20)), "2 × 20 s each side · hold"),
        (Prescription("superman", duration=seconds(90)), "1 min 30 s · keep moving"),
        (Prescription("superman", reps=Reps((count(6), count(4))), load="8 kg"), "6, 4 reps · 8 kg"),
        (Prescription("superman", sets=count(2), reps=Reps(())), "2 × as many as are comfortable"),
        (Prescription("superman", hold=seconds(20), pace=Pace.SELF), "about 20 s · hold"),
        (Prescription("superman", reps=times(5), hold=seconds(2), pace=Pace.SELF), "5 reps · hold 2 s"),
    ],
)
def test_how_much_an_entry_is(asked: Prescription, text: str) -> None:
    (entry,) = entries(plan_of(asked))
    assert entry.text == text


def test_the_rounds_of_a_circuit_are_one_line_per_exercise() -> None:
    superman = Prescription("superman", sets=count(2), reps=times(8))
    circuit = Circuit((superman, Prescription("knees-to-chest", hold=seconds(9)), superman), count(2))
    plan = plan_of(Prescription("superman", reps=times(1)), circuit)
    lines = [(entry.item, entry.group, entry.name, entry.text, entry.sets) for entry in entries(plan)]
    group = "Circuit · 2 rounds"
    assert lines == [
        (0, "", "Superman", "1 rep", (0,)),
        (1, group, "Superman", "2 × 8 reps", (1, 2, 7, 8)),
        (1, group, "Knees to chest", "9 s each side · hold", (3, 4, 9, 10)),
        (1, group, "Superman", "2 × 8 reps", (5, 6, 11, 12)),
    ]


def test_a_circuit_may_have_a_title() -> None:
    plan = plan_of(Circuit((Prescription("superman", reps=times(1)),), title="Core"))
    assert entries(plan)[0].group == "Core · 1 round"


def test_an_activity_is_a_line() -> None:
    day = Day(DayKind.ACTIVITY, activity="Yoga", duration=seconds(1800))
    (entry,) = entries(compile_day(routine_of(day), "monday"))
    assert (entry.name, entry.exercise, entry.text, entry.seconds) == ("Yoga", None, "30 min", 1800)
    (free,) = entries(compile_day(routine_of(day._replace(duration=None)), "monday"))
    assert (free.text, free.estimated) == ("as long as you like", True)


def test_one_set_with_its_side() -> None:
    plan = plan_of(Prescription("knees-to-chest", hold=seconds(20)), Prescription("bird-dog", reps=times(2)))
    assert [set_text(plan, index) for index in range(3)] == [
        "20 s on the left side · hold",
        "20 s on the right side · hold",
        "2 reps each side in turn",
    ]


@given(plans())
def test_every_set_is_in_one_line_and_the_lines_add_up(plan: Plan) -> None:
    lines = entries(plan)
    assert sorted(index for line in lines for index in line.sets) == list(range(len(plan.sets)))
    assert sum(line.seconds for line in lines) == pytest.approx(plan.total_s)
    assert any(line.estimated for line in lines) == plan.estimated
    for line in lines:
        assert {plan.sets[index].exercise for index in line.sets} == {line.exercise}
        assert line.name
        assert line.amount


def test_an_exercise_that_leaves_a_circuit_early_keeps_its_own_line() -> None:
    circuit = Circuit(
        (Prescription("superman", reps=times(2)), Prescription("cobra", reps=times(3))), count(2, 4)
    )
    routine = routine_of(Day(DayKind.EXERCISES, items=(circuit,)))
    plan = compile_day(routine, "monday", levels={"cobra": Level(rounds=3)})
    found = {entry.exercise: entry.sets for entry in entries(plan)}
    assert found == {"superman": (0, 2), "cobra": (1, 3, 4)}
