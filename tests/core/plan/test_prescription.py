"""What a prescription asks for: phases, breaths, and the day's laid over the exercise's own."""

from __future__ import annotations

from typing import Any

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import StepKind
from backtimer.core.plan.routine import Breath, Day, DayKind, Exercise, Phase, Position, Prescription, Side
from backtimer.core.plan.units import Breathing, seconds
from tests.core.plans import (
    COBRA,
    breaths,
    count,
    one_set,
    plan_of,
    routine_of,
    telling,
    times,
)
from tests.rules import for_each


def test_breaths_are_of_the_routine_s_length_or_the_person_s() -> None:
    routine = routine_of(Day(DayKind.EXERCISES, items=(Prescription("superman", hold=breaths(5)),)))
    assert telling(compile_day(routine, "monday"))[1:] == ["hold 50"]
    assert telling(compile_day(routine, "monday", Breathing(3, 3)))[1:] == ["hold 30"]
    assert compile_day(routine, "monday", Breathing(3, 3)).breathing == Breathing(3, 3)


@pytest.mark.parametrize(("length_s", "breath"), [(7.5, Breath.FREE), (8, Breath.SLOW), (30, Breath.SLOW)])
def test_long_holds_are_filled_with_slow_breaths(length_s: float, breath: Breath) -> None:
    whole = plan_of(Prescription("superman", hold=seconds(length_s)))
    moving = plan_of(Prescription("superman", duration=seconds(length_s)))
    in_rep = plan_of(Prescription("superman", reps=times(1), hold=seconds(length_s)))
    assert whole.steps[1].breath is in_rep.steps[2].breath is breath
    assert moving.steps[1].breath is Breath.FREE  # one who moves breathes as it comes


def test_a_long_hold_is_slow_whatever_the_exercise_says() -> None:
    own = COBRA._replace(
        phases=(Phase("hold", seconds(8), Breath.OUT), Phase("lower", seconds(1), Breath.OUT))
    )
    plan = one_set(own, Prescription("cobra", reps=times(1)))
    assert [step.breath for step in plan.steps] == [Breath.SLOW, Breath.OUT]


def test_a_set_without_reps_is_one_hold() -> None:
    plan = plan_of(Prescription("superman", hold=seconds(20)))
    step = plan.steps[1]
    assert (step.phase, step.continuous, step.rep, step.rep_start, step.rep_end) == (
        "hold",
        False,
        None,
        True,
        False,
    )


def test_continuous_movement_is_marked() -> None:
    step = plan_of(Prescription("superman", duration=seconds(20))).steps[1]
    assert (step.phase, step.continuous) == ("hold", True)


def test_tempo_sets_the_phases() -> None:
    tempo = (("lift", seconds(1)), ("hold", seconds(2)), ("lower", seconds(3)), ("relax", seconds(4)))
    plan = plan_of(Prescription("superman", reps=times(2), tempo=tempo))
    assert telling(plan)[1:] == ["lift 1", "hold 2", "lower 3", "relax 4", "lift 1", "hold 2", "lower 3"]


def test_relax_stands_between_reps_on_the_side_just_worked() -> None:
    plan = plan_of(Prescription("bird-dog", reps=times(2), relax=seconds(4), switch=seconds(3)))
    between = [
        (step.phase or step.kind.value, step.side, step.rep)
        for step in plan.steps[1:]
        if step.phase not in ("lift", "lower")
    ]
    assert between == [
        ("relax", Side.LEFT, 1),
        ("switch", Side.RIGHT, None),
        ("relax", Side.RIGHT, 1),
        ("switch", Side.LEFT, None),
        ("relax", Side.LEFT, 2),
        ("switch", Side.RIGHT, None),
    ]
    assert not any(step.rep_start or step.rep_end for step in plan.steps if step.phase == "relax")
    assert {step.seconds for step in plan.steps if step.phase == "relax"} == {1}


def test_own_phases_in_order_with_their_own_times_and_words() -> None:
    own = Exercise(
        "dead-bug",
        "Dead bug",
        Position.SUPINE,
        phases=(
            Phase("lower", seconds(3), Breath.OUT, "Reach long"),
            Phase("hold", seconds(1)),
            Phase("return", None, Breath.IN),
        ),
    )
    plain = one_set(own, Prescription("dead-bug", reps=times(1)))
    assert telling(plain) == ["lower 3", "hold 1", "return 2"]
    assert [step.breath for step in plain.steps] == [Breath.OUT, Breath.FREE, Breath.IN]
    assert plain.steps[0].say == "Reach long"
    asked = Prescription("dead-bug", reps=times(1), hold=seconds(5), tempo=(("return", seconds(4)),))
    assert telling(one_set(own, asked)) == ["lower 3", "hold 5", "return 4"]


def test_own_phases_without_a_hold_get_one_after_the_first() -> None:
    own = COBRA._replace(phases=(Phase("lift", seconds(3)), Phase("lower", seconds(3))))
    assert telling(one_set(own, Prescription("cobra", reps=times(1), hold=seconds(5)))) == [
        "lift 3",
        "hold 5",
        "lower 3",
    ]


def test_an_own_hold_without_a_time_is_dropped() -> None:
    own = COBRA._replace(phases=(Phase("lift"), Phase("hold"), Phase("lower")))
    assert telling(one_set(own, Prescription("cobra", reps=times(1)))) == ["lift 2", "lower 2"]


def test_an_own_relax_is_part_of_each_rep_and_a_rep_is_done_before_it() -> None:
    own = COBRA._replace(phases=(Phase("lift"), Phase("relax", seconds(1))))
    plan = one_set(own, Prescription("cobra", reps=times(2), relax=seconds(3)))
    assert telling(plan) == ["lift 2", "relax 3", "lift 2", "relax 3"]
    assert [step.rep_end for step in plan.steps] == [True, False, True, False]


OWN_REPS = Prescription(
    sets=count(3),
    reps=times(4),
    hold=seconds(3),
    relax=seconds(1),
    tempo=(("lift", seconds(5)),),
    rest=seconds(33),
    load="red band",
    note="Slowly.",
)
OWN_DURATION = Prescription(sets=count(2), duration=seconds(40))
OWN_HOLD = Prescription(sets=count(2), hold=seconds(25))


@for_each(
    ("own", "asked", "expected"),
    [
        (OWN_REPS, {}, (3, 4, ["lift 5", "hold 3", "lower 2", "relax 1"])),
        (OWN_REPS, {"reps": times(2)}, (1, 2, ["lift 5", "hold 3", "lower 2", "relax 1"])),
        (OWN_REPS, {"sets": count(1)}, (1, 4, ["lift 5", "hold 3", "lower 2", "relax 1"])),
        (
            OWN_REPS,
            {"reps": times(2), "hold": seconds(6)},
            (1, 2, ["lift 5", "hold 6", "lower 2", "relax 1"]),
        ),
        (OWN_REPS, {"tempo": (("hold", seconds(6)),)}, (3, 4, ["lift 2", "hold 6", "lower 2", "relax 1"])),
        (OWN_REPS, {"relax": seconds(0)}, (3, 4, ["lift 5", "hold 3", "lower 2"])),
        (OWN_REPS, {"hold": seconds(20)}, (1, None, ["hold 20"])),
        (OWN_REPS, {"duration": seconds(20)}, (1, None, ["hold 20"])),
        (OWN_DURATION, {"reps": times(2)}, (1, 2, ["lift 2", "lower 2"])),
        (OWN_DURATION, {"hold": seconds(9)}, (1, None, ["hold 9"])),
        (OWN_HOLD, {"duration": seconds(9)}, (1, None, ["hold 9"])),
        (OWN_HOLD, {"reps": times(2)}, (1, 2, ["lift 2", "hold 25", "lower 2"])),
        (OWN_HOLD, {"rest": seconds(5)}, (2, None, ["hold 25"])),
        (OWN_HOLD, {"hold": seconds(9), "sets": count(3)}, (3, None, ["hold 9"])),
    ],
)
def test_the_day_s_prescription_over_the_exercise_s_own(
    own: Prescription, asked: dict[str, Any], expected: tuple[int, int | None, list[str]]
) -> None:
    day = Prescription("cobra")._replace(**asked)
    plan = one_set(COBRA._replace(prescription=own), day)
    sets, reps, first_rep = expected
    spec = plan.sets[0]
    assert (spec.sets, spec.reps) == (sets, reps)
    assert telling(plan)[: len(first_rep)] == first_rep
    assert plan.steps[0].continuous == ("duration" in asked)


def test_what_the_day_does_not_say_the_exercise_says() -> None:
    plan = one_set(COBRA._replace(prescription=OWN_REPS))
    assert (plan.sets[0].load, plan.sets[0].note) == ("red band", "Slowly.")
    assert [step.seconds for step in plan.steps if step.kind is StepKind.REST] == [33, 33]
