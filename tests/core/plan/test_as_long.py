"""Holds for as long as is comfortable, and `max` in lists."""

from __future__ import annotations

import json

import pytest

from backtimer.core.plan.levels import ranges_of_day
from backtimer.core.plan.plan import Plan, PlanError, StepKind, plan_from_dict, plan_to_dict
from backtimer.core.plan.prescription import HELD_ESTIMATE, Ranges
from backtimer.core.plan.routine import (
    Breath,
    Circuit,
    Day,
    DayKind,
    Defaults,
    Exercise,
    Phase,
    Position,
    Prescription,
    SetAmounts,
    Side,
)
from backtimer.core.plan.splicing import asked_of
from backtimer.core.plan.units import LONGEST, MOST, Count, Reps, seconds
from backtimer.core.session.events import Outcome, SetEnded
from backtimer.core.session.session import Session, rehearse
from backtimer.core.session.transitions import State
from backtimer.core.speech.entries import entries
from backtimer.core.speech.script import Script
from tests.core.hearing import hear
from tests.core.plans import COBRA, DEFAULTS, count, plan_of, routine_of, telling, times
from tests.core.session_plans import begun, only, record, run_until
from tests.core.telling import say, sayings
from tests.rules import for_each

PLANK = Exercise("plank", "Plank", Position.PRONE, prescription=Prescription(hold=seconds(40)))
MAX = Prescription("plank", hold=LONGEST)


def plank(*items: Prescription | Circuit, defaults: Defaults = DEFAULTS) -> Plan:
    return plan_of(*items, exercises=(PLANK,), defaults=defaults)


def test_it_is_one_step_that_waits_and_is_expected_to_take_the_exercises_own_hold() -> None:
    plan = plank(MAX._replace(sets=count(2)))
    assert telling(plan) == ["prepare 10", "self_paced -", "rest 45", "self_paced -"]
    assert [step.estimate_s for step in plan.steps if step.seconds is None] == [40, 40]
    assert [(spec.as_long, spec.hold_s, spec.reps) for spec in plan.sets] == [(True, None, None)] * 2
    assert plan.estimated
    assert plan_from_dict(json.loads(json.dumps(plan_to_dict(plan)))) == plan


@for_each(
    ("exercise", "expected_s"),
    [
        (PLANK, 40),
        (PLANK._replace(prescription=None), HELD_ESTIMATE.low),
        (PLANK._replace(prescription=None, phases=(Phase("up", seconds(2)), Phase("hold", seconds(7)))), 7),
        (PLANK._replace(prescription=Prescription(hold=LONGEST)), HELD_ESTIMATE.low),
        (PLANK._replace(prescription=Prescription(hold=LONGEST._replace(high=50))), HELD_ESTIMATE.low),
    ],
)
def test_what_it_is_expected_to_take(exercise: Exercise, expected_s: float) -> None:
    plan = plan_of(MAX, exercises=(exercise,))
    assert plan.steps[-1].estimate_s == expected_s


def test_any_key_ends_it_and_the_seconds_are_recorded() -> None:
    plan = plank(MAX, defaults=Defaults(prepare=seconds(0)))
    session = begun(plan, until=61.5)
    assert session.state is State.WAITING
    session.done(62.0)
    assert record(session, 0)[:4] == (0, Outcome.DONE, None, 62.0)


def test_it_is_told_without_a_time() -> None:
    plan = plank(MAX._replace(sets=count(2)))
    assert say(plan, 0, in_full=True).endswith("2 sets: hold as long as is comfortable.")
    assert "Hold as long as is comfortable." in sayings(plan, StepKind.SELF_PACED)[0]
    assert [each.amount for each in entries(plan)] == ["2 × as long as is comfortable"]


def test_a_list_may_end_with_it() -> None:
    amounts = tuple(SetAmounts(hold=hold) for hold in (seconds(10), LONGEST))
    plan = plank(MAX._replace(hold=seconds(10), by_set=amounts))
    assert telling(plan)[1:] == ["hold 10", "rest 45", "self_paced -"]
    assert sayings(plan, StepKind.REST)[0].endswith("Then set 2 of 2, hold as long as is comfortable.")
    assert [each.amount for each in entries(plan)] == ["10 s, as long as is comfortable"]


def test_a_list_of_reps_may_end_with_as_many_as_are_comfortable() -> None:
    plan = plan_of(Prescription("superman", reps=Reps((Count(8, 8), MOST))))
    assert [(spec.reps, spec.as_many) for spec in plan.sets] == [(8, False), (None, True)]
    assert sayings(plan, StepKind.REST)[0].endswith("Then set 2 of 2, as many reps as are comfortable.")
    assert [each.amount for each in entries(plan)] == ["8, as many as are comfortable reps"]


def test_it_goes_by_round_and_has_no_level() -> None:
    amounts = tuple(SetAmounts(hold=hold) for hold in (seconds(10), LONGEST))
    plan = plank(Circuit((MAX._replace(hold=seconds(10), by_set=amounts),), count(2)))
    assert [(spec.round, spec.as_long) for spec in plan.sets] == [(1, False), (2, True)]
    routine = routine_of(Day(DayKind.EXERCISES, "", (MAX._replace(sets=Count(1, 2)),)), PLANK)
    assert ranges_of_day(routine, "monday") == {"plank": Ranges(sets=Count(1, 2))}


def test_it_is_for_a_set_without_reps() -> None:
    with pytest.raises(PlanError, match="is a set of its own; leave 'reps' out"):
        plan_of(Prescription("cobra", reps=times(3), hold=LONGEST), exercises=(COBRA,))


def test_on_each_side() -> None:
    plan = plan_of(Prescription("knees-to-chest", hold=LONGEST))
    assert [spec.side for spec in plan.sets] == [Side.LEFT, Side.RIGHT]
    assert say(plan, 0, in_full=True).endswith(
        "Hold as long as is comfortable on each side. Left side first."
    )


RAISED = Exercise(
    "raised",
    "Raised",
    Position.PRONE,
    phases=(Phase("lift", seconds(2)), Phase("hold"), Phase("lower", seconds(3))),
    prescription=Prescription(hold=seconds(20)),
)


def test_it_keeps_the_way_in_and_out_and_only_the_hold_waits_and_is_recorded() -> None:
    plan = plan_of(
        Prescription("raised", hold=LONGEST), exercises=(RAISED,), defaults=Defaults(prepare=seconds(0))
    )
    assert telling(plan) == ["lift 2", "self_paced -", "lower 3"]
    assert plan.total_s == 25 and plan.estimated
    session = begun(plan, until=1.0)
    states = [session.state]
    run_until(session, 31.5)
    states.append(session.state)
    session.done(32.0)
    states.append(session.state)
    assert states == [State.RUNNING, State.WAITING, State.RUNNING]
    run_until(session, 35.0)
    assert record(session, 0)[:4] == (0, Outcome.DONE, None, 30.0)
    assert "Hold as long as is comfortable." in sayings(plan, StepKind.SELF_PACED)[0]


def test_of_a_rep_with_several_holds_it_is_one_hold() -> None:
    twice = RAISED._replace(phases=(*RAISED.phases, *RAISED.phases))
    assert telling(plan_of(Prescription("raised", hold=LONGEST), exercises=(twice,)))[1:] == ["self_paced -"]


AT_MOST = MAX._replace(hold=LONGEST._replace(high=60))
NOW = Defaults(prepare=seconds(0))


def test_it_may_be_at_most_so_long_and_is_then_over_by_itself() -> None:
    plan = plank(AT_MOST._replace(sets=count(2)), defaults=NOW)
    assert telling(plan) == ["self_paced -", "rest 45", "self_paced -"]
    assert [(spec.as_long, spec.most_s) for spec in plan.sets] == [(True, 60)] * 2
    assert plan.steps[0].estimate_s == 40 and plan.estimated
    assert plan_from_dict(json.loads(json.dumps(plan_to_dict(plan)))) == plan
    session = begun(plan, until=59.0)
    states = [session.state]
    run_until(session, 60.0)
    assert [*states, session.state] == [State.WAITING, State.RUNNING]  # the rest
    assert record(session, 0)[:4] == (0, Outcome.DONE, None, 60.0)
    run_until(session, 120.0)
    session.done(122.0)
    assert record(session, 1)[:4] == (1, Outcome.DONE, None, 17.0)


def test_the_end_of_what_it_may_be_is_known_to_the_part_of_a_second_and_after_a_pause() -> None:
    session = begun(plank(MAX._replace(hold=LONGEST._replace(high=7.5)), defaults=NOW), until=3.0)
    session.pause(3.0)
    session.resume(10.0)
    run_until(session, 17.4)
    states = [session.state]
    run_until(session, 17.5)
    assert [*states, session.state] == [State.WAITING, State.ENDED]
    assert record(session, 0)[:4] == (0, Outcome.DONE, None, 7.5)


def test_what_is_at_most_so_long_is_not_expected_to_take_longer_and_has_no_level() -> None:
    short = MAX._replace(hold=LONGEST._replace(high=20))
    plan = plank(short, defaults=NOW)
    assert plan.total_s == 20
    assert [event.record.seconds for event in only(rehearse(plan), SetEnded)] == [20]
    routine = routine_of(Day(DayKind.EXERCISES, "", (short,)), PLANK)
    assert not ranges_of_day(routine, "monday")["plank"].moves


def test_at_most_is_told_and_shown() -> None:
    plan = plank(AT_MOST._replace(sets=count(2)))
    assert say(plan, 0, in_full=True).endswith("2 sets: hold as long as is comfortable, at most 1 minute.")
    assert "Hold as long as is comfortable, at most 1 minute." in sayings(plan, StepKind.SELF_PACED)[0]
    assert [each.amount for each in entries(plan)] == ["2 × as long as is comfortable, at most 1 min"]
    amounts = tuple(SetAmounts(hold=hold) for hold in (LONGEST._replace(high=30), AT_MOST.hold))
    plan = plank(AT_MOST._replace(hold=amounts[0].hold, by_set=amounts))
    assert sayings(plan, StepKind.REST)[0].endswith(
        "Then set 2 of 2, hold as long as is comfortable, at most 1 minute."
    )


@pytest.mark.parametrize("most_s", [56.0, 56.5])
def test_its_last_seconds_are_counted_and_nobody_is_reminded_in_them(most_s: float) -> None:
    calm = (5.0, "5 seconds more.")
    counts = [(5.0, "Five."), (4.0, "Four."), (3.0, "Three."), (2.0, "Two."), (1.0, "One.")]
    for breath, expected in ((Breath.SLOW, [calm]), (Breath.FREE, counts)):
        one = PLANK._replace(phases=(Phase("hold", breathe=breath),))
        plan = plan_of(MAX._replace(hold=LONGEST._replace(high=most_s)), exercises=(one,), defaults=NOW)
        session = Session(plan)
        session.start(0.0)
        run_until(session, most_s)
        heard = [(most_s - each.at_s, each.said) for each in hear(session.drain(), Script(plan))]
        assert [each for each in heard if 0 < each[0] < 16] == expected, breath


def test_a_form_in_its_place_is_at_most_as_long() -> None:
    asked = asked_of(plank(AT_MOST), [0])
    assert asked.hold == AT_MOST.hold
