"""Sets and rounds that begin at equal intervals: the rest is what remains."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtimer.core.plan.compile import check_every, compile_day
from backtimer.core.plan.plan import Plan, PlanError, StepKind
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.routine import Circuit, Day, DayKind, Item, Pace, Prescription, SetAmounts
from backtimer.core.plan.units import Reps, seconds
from tests.core.plans import count, plan_of, routine_of, telling, times
from tests.storage.routine_files import messages

MINUTE = Prescription("superman", sets=count(3), reps=times(2), every=seconds(60))


def begins(plan: Plan) -> list[float]:
    """When each set begins, from the first on."""
    at, found = 0.0, []
    for index, step in enumerate(plan.steps):
        found += [at for spec in plan.sets if spec.first_step == index]
        at += step.estimate_s
    return [each - found[0] for each in found]


def refused(*items: Item) -> str:
    routine = routine_of(Day(DayKind.EXERCISES, "", items))
    compile_day(routine, "monday")
    with pytest.raises(PlanError) as caught:
        check_every(routine, "monday")
    return str(caught.value)


def test_sets_begin_at_equal_intervals() -> None:
    plan = plan_of(MINUTE)
    assert begins(plan) == [0, 60, 120]
    assert telling(plan)[5:7] == ["rest 52", "lift 2"]


def test_both_sides_are_one_set() -> None:
    plan = plan_of(Prescription("knees-to-chest", sets=count(2), hold=seconds(20), every=seconds(60)))
    assert begins(plan) == [0, 25, 60, 85]


def test_sets_of_a_list_begin_at_equal_intervals() -> None:
    amounts = tuple(SetAmounts(hold=seconds(length)) for length in (30, 20, 10))
    plan = plan_of(Prescription("cobra", hold=seconds(30), by_set=amounts, every=seconds(40)))
    assert begins(plan) == [0, 40, 80]
    assert [step.seconds for step in plan.steps if step.kind is StepKind.REST] == [10, 20]


def test_rounds_begin_at_equal_intervals_whatever_is_in_them() -> None:
    circuit = Circuit(
        (Prescription("superman", reps=times(3)), Prescription("cobra", hold=seconds(5))),
        count(3),
        every=seconds(60),
    )
    plan = plan_of(circuit)
    assert begins(plan)[::2] == [0, 60, 120]
    moving = Circuit(
        (*circuit.exercises, Prescription("bird-dog", reps=times(1))), count(2), every=seconds(120)
    )
    assert begins(plan_of(moving))[::3] == [0, 120], "the way to another position is part of it"


def test_what_fills_the_interval_has_no_rest() -> None:
    plan = plan_of(MINUTE._replace(every=seconds(8)))
    assert begins(plan) == [0, 8, 16]
    assert all(step.kind is not StepKind.REST for step in plan.steps)


def test_at_a_higher_level_a_set_may_take_longer() -> None:
    routine = routine_of(Day(DayKind.EXERCISES, "", (MINUTE._replace(reps=times(2, 9), every=seconds(10)),)))
    check_every(routine, "monday")
    assert begins(compile_day(routine, "monday", levels={"superman": Level(reps=9)})) == [0, 36, 72]


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ((MINUTE._replace(every=seconds(7)),), "superman: a set takes 8 s, longer than its 'every' of 7 s"),
        (
            (Circuit((MINUTE._replace(sets=None, every=None),), count(2), every=seconds(7)),),
            "a round takes 8 s, longer than its 'every' of 7 s",
        ),
        ((MINUTE._replace(pace=Pace.SELF),), "superman: 'every' is for sets that have a time"),
        ((MINUTE._replace(reps=Reps(())),), "superman: 'every' is for sets that have a time"),
        (
            (Circuit((Prescription(activity="Walk"),), count(2), every=seconds(7)),),
            "Walk: 'every' is for sets that have a time",
        ),
    ],
)
def test_what_cannot_be_is_refused(items: tuple[Item, ...], told: str) -> None:
    assert refused(*items).startswith(told)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("- {exercise: cobra, reps: 2, sets: 2, every: 3s}", "cobra: a set takes 8 s"),
        (
            "- {exercise: cobra, reps: 2, rest: 5s, every: 30s}",
            "a prescription says either 'rest' or 'every'",
        ),
        (
            "- {rounds: 2, rest: 5s, every: 30s, exercises: [bird-dog]}",
            "a circuit says either 'rest' or 'every', not both",
        ),
    ],
)
def test_check_tells_of_it(entry: str, expected: str, tmp_path: Path) -> None:
    [told] = messages(tmp_path, entry)
    assert told.startswith(expected)
