"""Reps that use both sides of the body themselves, one after the other."""

from __future__ import annotations

import pytest

from backtimer.core.plan.plan import Plan, PlanError, StepKind, plan_from_dict, plan_to_dict
from backtimer.core.plan.routine import (
    Breath,
    Circuit,
    Exercise,
    Pace,
    Phase,
    PhaseSide,
    Position,
    Prescription,
    Side,
    Sides,
)
from backtimer.core.plan.units import Duration, Reps, seconds
from backtimer.core.session.events import Outcome, SetEnded
from backtimer.core.speech.entries import entries
from tests.core.plans import count, one_set, plan_of, telling, times
from tests.core.session_plans import begun, run_until, step_index
from tests.rules import for_each

FIRST, SECOND = PhaseSide.FIRST, PhaseSide.SECOND
BRIDGE = Exercise(
    "bridge-legs",
    "Bridge, one leg after the other",
    Position.SUPINE,
    Sides.ALTERNATE,
    phases=(
        Phase("up", seconds(3), Breath.OUT),
        Phase("leg", seconds(2), Breath.OUT, "Left leg", FIRST),
        Phase("hold", side=FIRST),
        Phase("foot", seconds(2), Breath.IN, side=FIRST),
        Phase("leg", seconds(2), Breath.OUT, "Right leg", SECOND),
        Phase("hold", side=SECOND),
        Phase("foot", seconds(2), Breath.IN, side=SECOND),
        Phase("down", seconds(3), Breath.OUT),
    ),
)
ONE_REP = [
    "up 3",
    "leg left 2",
    "hold left 3",
    "foot left 2",
    "leg right 2",
    "hold right 3",
    "foot right 2",
    "down 3",
]


def _asked(**more: object) -> Prescription:
    return Prescription("bridge-legs", reps=times(2), hold=seconds(3))._replace(**more)  # type: ignore[arg-type]


def test_one_rep_is_the_whole_list_with_a_side_where_a_phase_has_one() -> None:
    plan = one_set(BRIDGE, _asked())
    assert telling(plan) == ONE_REP * 2
    assert [step.rep for step in plan.steps] == [1] * 8 + [2] * 8
    assert [index for index, step in enumerate(plan.steps) if step.rep_start] == [0, 8]
    assert [index for index, step in enumerate(plan.steps) if step.rep_end] == [6, 14]
    (spec,) = plan.sets
    assert (spec.reps, spec.side, spec.alternate, spec.hold_s) == (2, None, True, 3)


@pytest.mark.parametrize("sides", [Sides.NONE, Sides.ALTERNATE])
def test_without_a_word_of_sides_they_take_turns(sides: Sides) -> None:
    assert one_set(BRIDGE._replace(sides=sides), _asked()) == one_set(BRIDGE, _asked())._replace(
        exercises=(BRIDGE._replace(sides=sides),)
    )
    assert telling(one_set(BRIDGE, _asked(sides=sides))) == ONE_REP * 2


def test_one_side_after_the_other_for_all_reps_is_refused_with_what_to_write() -> None:
    with pytest.raises(PlanError, match="write 'sides: alternate'"):
        one_set(BRIDGE._replace(sides=Sides.EACH), _asked())
    with pytest.raises(PlanError, match="write 'sides: alternate'"):
        one_set(BRIDGE, _asked(sides=Sides.EACH))


def test_there_is_no_switch_and_the_pause_between_reps_is_of_no_side() -> None:
    plan = one_set(BRIDGE, _asked(switch=seconds(5), relax=seconds(2)))
    assert telling(plan) == [*ONE_REP, "relax 2", *ONE_REP]
    assert not any(step.kind is StepKind.SWITCH for step in plan.steps)


def test_a_hold_that_the_phases_lack_comes_on_both_sides() -> None:
    bare = BRIDGE._replace(phases=tuple(phase for phase in BRIDGE.phases if phase.name != "hold"))
    assert telling(one_set(bare, _asked())) == ONE_REP * 2


def test_a_side_that_takes_no_time_is_refused() -> None:
    lame = BRIDGE._replace(phases=(Phase("leg", seconds(2), side=FIRST), Phase("hold", side=SECOND)))
    with pytest.raises(PlanError, match="no time on one side"):
        one_set(lame, Prescription("bridge-legs", reps=times(2)))


def test_at_one_s_own_pace_a_pair_counts_once() -> None:
    plan = one_set(BRIDGE, _asked(reps=Reps(()), pace=Pace.SELF))
    assert plan.steps[0].estimate_s == 10 * 20
    assert (plan.sets[0].as_many, plan.sets[0].alternate) == (True, True)


def test_levels_mean_the_same_reps_on_each_side() -> None:
    asked = Prescription("bridge-legs", reps=times(8, 10), hold=Duration(2, 3))
    (entry,) = entries(plan_of(asked, exercises=(BRIDGE,)))
    assert entry.text == "8 reps each side in turn · hold 2 s"


def test_it_is_kept_and_read_again() -> None:
    plan = plan_of(Circuit((_asked(),), count(2)), exercises=(BRIDGE,))
    assert plan_from_dict(plan_to_dict(plan)) == plan


def _reps_after(plan: Plan, moment: float) -> int | None:
    """The reps that are credited when the first set is left at a moment."""
    session = begun(plan, until=moment)
    session.next_set(moment)
    ended = [event for event in session.drain() if isinstance(event, SetEnded)]
    assert [event.record.outcome for event in ended] == [Outcome.PARTIAL]
    return ended[0].record.reps


@for_each(("moment", "reps"), [(3.5, 0), (16.5, 0), (17.5, 1), (36.5, 1), (37.5, 2)])
def test_a_pair_counts_when_its_second_side_is_done(moment: float, reps: int) -> None:
    plan = plan_of(_asked(), Prescription("superman", reps=times(1)), exercises=(BRIDGE,))
    assert _reps_after(plan, 10.0 + moment) == reps  # after the get-ready


def test_after_a_pause_on_the_way_down_the_pair_is_not_done_again() -> None:
    session = begun(one_set(BRIDGE, _asked()), until=18.0)
    session.pause(18.0)
    session.resume(20.0)
    run_until(session, 23.5)
    assert step_index(session) == ONE_REP.index("down 3")


def test_after_a_pause_on_a_side_the_pair_is_done_anew() -> None:
    session = begun(one_set(BRIDGE, _asked()), until=12.0)
    session.pause(12.0)
    session.resume(20.0)
    run_until(session, 23.5)
    assert step_index(session) == 0


def test_both_sides_get_the_same() -> None:
    plan = one_set(BRIDGE, _asked(sets=count(3)))
    spent = {side: sum(step.estimate_s for step in plan.steps if step.side is side) for side in Side}
    assert spent[Side.LEFT] == spent[Side.RIGHT] == 3 * 2 * 7
