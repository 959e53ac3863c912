"""The breather: in the middle of a long set whose side changes at every rep, to rest what carries one."""

from __future__ import annotations

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.hints import hints_of_day
from backtimer.core.plan.plan import StepKind
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.routine import Day, DayKind, Prescription
from backtimer.core.plan.units import seconds
from tests.core.plans import count, plan_of, routine_of, times

LONG = Prescription("bird-dog", reps=times(10), switch=seconds(1), breather=seconds(15))


def test_in_the_middle_of_a_long_set_one_change_of_side_is_there_to_rest_in() -> None:
    plan, plain = plan_of(LONG), plan_of(LONG._replace(breather=None))
    switches = [step.seconds for step in plan.steps if step.kind is StepKind.SWITCH]
    assert switches == [*[1.0] * 9, 15.0, *[1.0] * 9], "after five reps on each side"
    assert plan.sets[0].reps == plain.sets[0].reps == 10, "the reps stay what they are"
    assert plan.total_s == plain.total_s + 14
    after = next(step for step in plan.steps[switches.index(15.0) :] if step.rep == 6)
    assert (after.side, after.rep_start) == ("left", True)


@pytest.mark.parametrize(
    "asked",
    [
        LONG._replace(reps=times(5)),  # short
        LONG._replace(breather=seconds(1)),  # no longer than any other
        Prescription("superman", reps=times(10), breather=seconds(15)),  # no side
    ],
)
def test_a_set_that_needs_none_has_none(asked: Prescription) -> None:
    assert plan_of(asked).steps == plan_of(asked._replace(breather=None)).steps


def test_a_set_that_grew_long_gets_one() -> None:
    routine = routine_of(Day(DayKind.EXERCISES, items=(LONG._replace(reps=times(4, 8)),)))
    low, high = (compile_day(routine, "monday", levels={"bird-dog": Level(reps=reps)}) for reps in (4, 8))
    assert [15.0 in [step.seconds for step in plan.steps] for plan in (low, high)] == [False, True]


def test_who_writes_one_in_vain_is_told() -> None:
    day = Day(DayKind.EXERCISES, items=(Prescription("superman", reps=times(8), breather=seconds(15)),))
    [hint] = hints_of_day(routine_of(day), "monday")
    assert "the 'breather' of 'superman' is not used" in hint.text


def test_what_remains_of_an_interval_knows_of_the_breather() -> None:
    plan = plan_of(LONG._replace(sets=count(2), every=seconds(400)))
    first, second = plan.sets
    assert sum(step.estimate_s for step in plan.steps[first.first_step : second.first_step]) == 400
