"""Holds and durations of an exercise that has phases: the way in and out, and as many reps as fit."""

from __future__ import annotations

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import LEAD_INS, Plan
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.routine import (
    Breath,
    Day,
    DayKind,
    Exercise,
    Pace,
    Phase,
    Position,
    Prescription,
    Sides,
)
from backtimer.core.plan.units import Duration, seconds
from backtimer.core.session.events import Outcome
from backtimer.core.speech.entries import entries
from tests.core.plans import breaths, count, one_set, plan_of, routine_of, telling, times
from tests.core.session_plans import begun, record, run_out, run_until, step_index
from tests.rules import for_each

KNEE = Exercise(
    "knee",
    "One knee to chest",
    Position.SUPINE,
    Sides.EACH,
    phases=(
        Phase("draw", seconds(5), Breath.OUT, "Draw it in"),
        Phase("hold", breathe=Breath.SLOW),
        Phase("down", seconds(4)),
    ),
    prescription=Prescription(sets=count(2), hold=Duration(20, 30), rest=seconds(20)),
)
REACH = Exercise(
    "reach",
    "Reach",
    Position.QUADRUPED,
    Sides.ALTERNATE,
    phases=(Phase("reach", seconds(3), Breath.OUT), Phase("hold"), Phase("return", seconds(3), Breath.IN)),
    prescription=Prescription(sets=count(2), reps=times(10), hold=seconds(2), switch=seconds(2)),
)
CAT = Exercise(
    "cat", "Cat", Position.QUADRUPED, phases=(Phase("arch", seconds(4)), Phase("round", seconds(4)))
)


def _work(plan: Plan) -> list[str]:
    told = zip(plan.steps, telling(plan), strict=True)
    return [words for step, words in told if step.kind not in LEAD_INS]


def test_a_hold_is_one_rep_with_the_way_in_and_out_on_each_side() -> None:
    plan = one_set(KNEE, Prescription("knee", sets=count(1), switch=seconds(8)))
    assert telling(plan) == [
        "draw left 5",
        "hold left 20",
        "down left 4",
        "switch right 8",
        "draw right 5",
        "hold right 20",
        "down right 4",
    ]
    assert [step.rep for step in plan.steps] == [None] * 7
    assert [step.rep_start for step in plan.steps] == [True, False, False, False, True, False, False]
    assert not any(step.rep_end or step.continuous for step in plan.steps)
    assert [(spec.reps, spec.hold_s, spec.as_many) for spec in plan.sets] == [(None, 20, False)] * 2


def test_the_length_of_the_hold_is_the_prescription_s() -> None:
    asked = Prescription("knee", sets=count(1), hold=breaths(3))
    assert _work(one_set(KNEE, asked))[:3] == ["draw left 5", "hold left 30", "down left 4"]
    routine = routine_of(Day(DayKind.EXERCISES, items=(Prescription("knee"),)), KNEE)
    plan = compile_day(routine, "monday", levels={"knee": Level(hold=25, sets=2)})
    assert [spec.hold_s for spec in plan.sets] == [25] * 4


def test_lists_and_records_are_about_the_hold() -> None:
    plan = plan_of(Prescription("knee", sides=Sides.NONE), exercises=(KNEE,))
    assert entries(plan)[0].text == "2 × 20 s · hold"
    session = begun(plan)
    run_out(session)
    assert [record(session, index).seconds for index in (0, 1)] == [20, 20]
    assert session.snapshot(0).elapsed_s == plan.total_s


def test_the_way_in_alone_is_no_part_of_the_hold() -> None:
    plan = plan_of(Prescription("knee"), exercises=(KNEE,))
    for moment, outcome, seconds_held in ((14.0, "skipped", 0), (16.0, "partial", 1), (37.0, "partial", 20)):
        session = begun(plan, until=moment)
        session.next_set(moment)
        assert record(session, 0)[1:4] == (Outcome(outcome), None, seconds_held)


def test_a_long_hold_and_the_way_out_go_on_where_they_stopped_and_the_way_in_anew() -> None:
    plan = one_set(KNEE)
    for moment, step, left in ((3.0, 0, 5), (15.0, 1, 10), (27.0, 2, 2)):
        session = begun(plan, until=moment)
        session.pause(moment)
        session.resume(100.0)
        run_until(session, 103.0)
        assert step_index(session) == step
        snapshot = session.snapshot(103.0)
        assert (snapshot.step_length_s or 0) - snapshot.step_elapsed_s == left


def test_an_exercise_with_nothing_but_a_hold_is_as_before() -> None:
    plain = KNEE._replace(phases=(Phase("hold"),))
    assert _work(one_set(plain))[:2] == ["hold left 20", "hold right 20"]


def test_alternating_sides_are_held_one_after_the_other() -> None:
    plan = one_set(REACH, Prescription("reach", sets=count(1), hold=seconds(12)))
    assert _work(plan) == [
        f"{phase} {side} {length}"
        for side in ("left", "right")
        for phase, length in (("reach", 3), ("hold", 12), ("return", 3))
    ]


@pytest.mark.parametrize(
    ("said", "heard"), [(Breath.FREE, Breath.FREE), (None, Breath.SLOW), (Breath.OUT, Breath.SLOW)]
)
def test_breath_that_is_free_stays_so_in_a_long_hold(said: Breath | None, heard: Breath) -> None:
    own = KNEE._replace(phases=(Phase("draw", seconds(5)), Phase("hold", breathe=said)))
    assert one_set(own).steps[1].breath is heard
    assert one_set(own._replace(phases=(Phase("hold", breathe=said),))).steps[0].breath is heard
    assert one_set(own, Prescription("knee", pace=Pace.SELF)).steps[0].breath is heard


@for_each(("length", "reps"), [(60, 7), (64, 8), (5, 1), (8, 1), (15.9, 1), (16, 2)])
def test_a_duration_is_as_many_whole_reps_as_fit(length: float, reps: int) -> None:
    plan = one_set(CAT, Prescription("cat", duration=seconds(length)))
    assert telling(plan) == ["arch 4", "round 4"] * reps
    assert [step.rep for step in plan.steps if step.rep_end] == list(range(1, reps + 1))
    assert plan.sets[0].reps == reps


def test_alternating_reps_that_fit_keep_alternating_with_their_own_hold_and_switch() -> None:
    plan = one_set(REACH, Prescription("reach", sets=count(1), duration=seconds(60)))
    one_side = ["reach {0} 3", "hold {0} 2", "return {0} 3"]
    left, right = ([words.format(side) for words in one_side] for side in ("left", "right"))
    pair = [*left, "switch right 2", *right]
    assert telling(plan) == [*pair, "switch left 2", *pair, "switch left 2", *pair]
    assert (plan.total_s, plan.sets[0].reps, plan.sets[0].alternate) == (58, 3, True)


def test_a_duration_is_that_of_each_side_where_one_comes_after_the_other() -> None:
    plan = one_set(CAT._replace(sides=Sides.EACH), Prescription("cat", duration=seconds(20)))
    assert _work(plan) == ["arch left 4", "round left 4"] * 2 + ["arch right 4", "round right 4"] * 2


def test_the_tempo_counts_and_so_does_the_pause_between_reps() -> None:
    asked = Prescription("cat", duration=seconds(20), tempo=(("arch", seconds(1)),), relax=seconds(5))
    assert telling(one_set(CAT, asked)) == ["arch 1", "round 4", "relax 5", "arch 1", "round 4"]


def test_a_level_of_a_duration_is_its_length() -> None:
    asked = Prescription("cat", duration=Duration(16, 40))
    routine = routine_of(Day(DayKind.EXERCISES, items=(asked,)), CAT)
    assert compile_day(routine, "monday").sets[0].reps == 2
    assert compile_day(routine, "monday", levels={"cat": Level(hold=32)}).sets[0].reps == 4


def test_at_one_s_own_pace_a_duration_is_one_movement() -> None:
    plan = one_set(CAT, Prescription("cat", duration=seconds(60), pace=Pace.SELF))
    assert telling(plan) == ["self_paced -"]
    assert (plan.steps[0].estimate_s, plan.steps[0].continuous) == (60, True)
