"""What hurts is left out, and nothing goes on without a key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.plan.plan import Plan, StepKind
from backtimer.core.plan.routine import Side
from backtimer.core.session.events import (
    Coming,
    Ended,
    HurtAsked,
    LeftOut,
    Paused,
    PauseReason,
    SetEnded,
    SetRecord,
    StepStarted,
)
from backtimer.core.session.session import Session
from backtimer.core.session.transitions import State, Which
from tests.core.session.test_session_properties import OFTEN, Call, calls
from tests.core.session_plans import (
    DONE,
    HURT,
    ROUNDS,
    SKIPPED,
    alternating,
    begun,
    hold,
    hurt_and_on,
    only,
    outcomes,
    plan,
    prepare,
    record,
    rest,
    run_out,
    run_until,
    step_index,
    switch,
    transition,
)
from tests.core.strategies import plans

# When it hurts


def test_hurts_leaves_the_exercise_out_and_waits_for_a_key() -> None:
    session = begun(ROUNDS, until=5.0)
    session.drain()
    session.hurts(5.0)
    assert (session.state, session.next_deadline) == (State.PAUSED, None)
    assert session.drain() == (
        SetEnded(5.0, SetRecord(0, HURT, 1, 5.0)),
        SetEnded(5.0, SetRecord(2, SKIPPED, 0, 0.0)),
        SetEnded(5.0, SetRecord(4, SKIPPED, 0, 0.0)),
        LeftOut(5.0, 0, 1, 1),
        Paused(5.0, PauseReason.HURT),
    )
    session.tick(5000.0)
    assert (session.state, session.drain()) == (State.PAUSED, ())
    assert session.snapshot(5000.0).remaining_s == 16 * 3
    session.resume(5000.0)
    assert (session.state, step_index(session)) == (State.RUNNING, 4)
    run_out(session)
    assert outcomes(session) == [HURT, DONE, SKIPPED, DONE, SKIPPED, DONE]
    events = session.drain()
    assert [(each.set_index, each.seconds, each.rest_s) for each in only(events, Coming)] == [
        (3, 6.0, 6.0),
        (5, 6.0, 6.0),
    ]
    assert events[-1] == Ended(5036.0, 29.0, complete=True)


@OFTEN
@given(plans(), calls(), st.floats(0.0, 30.0), st.sampled_from([None, *Which]))
def test_whatever_came_before_nothing_begins_without_a_key(
    made: Plan, script: list[Call], later_s: float, which: Which | None
) -> None:
    session = Session(made)
    session.start(0.0)
    now = 0.0
    for call in script:
        now += call.after_s
        call(session, now)
        session.tick(now)
    if session.state is State.ENDED:
        return
    session.hurts(now + later_s, which)
    session.drain()
    assert session.state in (State.PAUSED, State.ENDED)
    for passed in (1.0, 60.0, 3600.0):
        session.tick(now + later_s + passed)
    assert session.drain() == ()


def test_hurts_tells_the_side_of_the_rep() -> None:
    session = begun(plan(alternating("dead-bug", 2, seconds=2, switch=1), hold("plank", 5)), until=3.5)
    session.hurts(3.5)
    assert record(session, 0) == SetRecord(0, HURT, 0, 2.5, "right")


def test_hurts_after_an_alternating_set_means_the_side_it_ended_with() -> None:
    session = begun(plan(alternating("dead-bug", 1, seconds=2), rest(5), hold("plank", 5)), until=5.0)
    session.hurts(5.0, Which.WORKED)
    assert record(session, 0) == SetRecord(0, HURT, 1, 4.0, "right")


def test_hurts_in_a_change_of_side_means_the_side_just_done() -> None:
    made = plan(
        hold("bridge", 4, Side.LEFT), switch(3), hold("bridge", 4, Side.RIGHT), rest(5), hold("plank", 5)
    )
    session = begun(made, until=5.0)
    session.hurts(5.0)
    assert session.snapshot(5.0).records == (
        SetRecord(0, HURT, None, 4.0, "left"),
        SetRecord(1, SKIPPED, None, 0.0, "right"),
        None,
    )
    assert (session.state, step_index(session)) == (State.PAUSED, 4)


def test_hurts_in_a_rest_leaves_what_was_done_done() -> None:
    session = begun(
        plan(hold("bridge", 4), rest(5), hold("bridge", 4), rest(5), hold("bridge", 4)), until=5.0
    )
    session.hurts(5.0)
    assert outcomes(session) == [DONE, HURT, SKIPPED]
    assert session.snapshot(5.0).done_sets == 1


def test_hurts_before_anything_was_done_means_what_comes() -> None:
    session = begun(plan(prepare(5), hold("bridge", 4), transition(3), hold("plank", 5)), until=2.0)
    hurt_and_on(session, 2.0)
    assert record(session, 0) == SetRecord(0, HURT, None, 0.0)
    assert (step_index(session), session.snapshot(2.0).count_in) == (3, 15)


def test_after_the_last_exercise_it_waits_for_a_key_before_the_end() -> None:
    session = begun(plan(hold("plank", 4), rest(2), hold("bridge", 4), rest(2), hold("bridge", 4)), until=7.0)
    session.hurts(7.0)
    view = session.snapshot(7.0)
    assert (session.state, view.over, view.remaining_s) == (State.PAUSED, True, 0.0)
    assert only(session.drain(), LeftOut) == [LeftOut(7.0, 1, None, 1)]
    session.resume(90.0)
    assert outcomes(session) == [DONE, HURT, SKIPPED]
    assert session.drain()[-1] == Ended(90.0, 7.0, complete=True)


def test_hurts_while_paused_stays_paused() -> None:
    session = begun(plan(hold("plank", 4), transition(2), hold("bridge", 4)), until=1.0)
    session.pause(1.0)
    session.hurts(9.0)
    assert (session.state, step_index(session)) == (State.PAUSED, 2)
    assert record(session, 0) == SetRecord(0, HURT, None, 1.0)
    session.drain()
    session.resume(20.0)
    run_until(session, 30.0)
    assert only(session.drain(), Coming | StepStarted) == [
        Coming(20.0, 1, 10.0, 0, 0.0),
        StepStarted(30.0, 2),
    ]


def test_where_something_is_left_out_the_rest_is_kept() -> None:
    made = plan(
        hold("bridge", 4),
        rest(6),
        hold("plank", 4),
        transition(3),
        hold("bridge", 4),
        rest(6),
        hold("plank", 4),
    )
    session = begun(made, until=1.0)
    hurt_and_on(session, 1.0)
    run_until(session, 24.0)
    assert only(session.drain(), Coming | StepStarted) == [
        Coming(1.0, 1, 10.0, 0, 0.0),
        StepStarted(11.0, 2),
        Coming(15.0, 3, 6.0, 1, 6.0),
        StepStarted(21.0, 6),
    ]


# Once more


def test_said_again_it_drops_nothing_more_and_counts() -> None:
    session = begun(ROUNDS, until=5.0)
    for now in (5.0, 5.1, 30.0):
        session.hurts(now)
    assert outcomes(session) == [HURT, None, SKIPPED, None, SKIPPED, None]
    told = only(session.drain(), LeftOut)
    assert [(each.set_index, each.following, each.times) for each in told] == [
        (0, 1, 1),
        (0, 1, 2),
        (0, 1, 3),
    ]


def test_said_again_on_the_way_it_stands_still_once_more() -> None:
    session = begun(ROUNDS, until=5.0)
    hurt_and_on(session, 5.0)
    run_until(session, 16.0)
    session.hurts(16.0)
    assert session.state is State.PAUSED
    session.hurts(17.0, Which.WORKED)
    assert session.state is State.PAUSED
    assert outcomes(session) == [HURT, None, SKIPPED, None, SKIPPED, None]
    session.resume(20.0)
    run_out(session)
    starts = [each for each in only(session.drain(), StepStarted) if ROUNDS.steps[each.step].phase == "hold"]
    assert starts[0].at_s >= 30.0


@pytest.mark.parametrize(("way", "elapsed_s"), [(5.0, 1.0), (4.0, 0.0)])
def test_a_way_that_leaves_time_to_ease_out_goes_on_where_it_was(way: float, elapsed_s: float) -> None:
    """Ten seconds are enough, all that still leads to the work together; with fewer the way begins anew."""
    session = begun(plan(hold("plank", 9), rest(6), transition(way), hold("bridge", 9)), until=10.0)
    session.hurts(10.0, Which.WORKED)
    assert session.snapshot(10.0).step_elapsed_s == elapsed_s
    session.resume(20.0)
    run_out(session)
    [work] = [each for each in only(session.drain(), StepStarted) if each.step == 3]
    assert work.at_s >= 30.0


def test_said_on_the_way_to_the_next_it_can_be_that_one() -> None:
    """What was left out is known; in the position for the next one that one hurts, before its first rep."""
    session = begun(ROUNDS, until=5.0)
    hurt_and_on(session, 5.0)
    session.drain()
    session.hurts(16.0)
    assert only(session.drain(), HurtAsked) == [HurtAsked(16.0, 0, 1)]
    session.hurts(17.0, Which.COMING)
    assert session.state is State.PAUSED
    assert outcomes(session) == [HURT, HURT, SKIPPED, SKIPPED, SKIPPED, SKIPPED]
    assert session.snapshot(17.0).left_out == (0, 1)


def test_said_on_the_way_to_the_next_it_can_be_what_is_left_out_already() -> None:
    session = begun(ROUNDS, until=5.0)
    hurt_and_on(session, 5.0)
    session.drain()
    session.hurts(16.0)
    session.hurts(17.0, Which.WORKED)
    assert outcomes(session) == [HURT, None, SKIPPED, None, SKIPPED, None]
    assert only(session.drain(), LeftOut)[-1].set_index == 0
    session.tick(3600.0)
    assert session.state is State.PAUSED


# Between two exercises


def between() -> Session:
    """A second into the way from a done exercise to another."""
    made = plan(hold("bridge", 4), rest(12), hold("plank", 5), rest(5), hold("bridge", 4))
    session = begun(made, until=5.0)
    session.drain()
    return session


def test_between_two_exercises_it_asks_and_stands_still() -> None:
    session = between()
    session.hurts(5.0)
    assert session.drain() == (HurtAsked(5.0, 0, 1), Paused(5.0, PauseReason.WHICH))
    assert outcomes(session) == [DONE, None, None]
    view = session.snapshot(5.0)
    assert (view.unsure, view.halt, view.reports) == ((0, 1), PauseReason.WHICH, 1)


def test_asked_twice_it_still_drops_nothing() -> None:
    session = between()
    session.hurts(5.0)
    session.hurts(5.5)
    assert outcomes(session) == [DONE, None, None]
    assert session.snapshot(5.5).reports == 1


def test_the_one_just_done() -> None:
    session = between()
    session.hurts(5.0)
    session.hurts(8.0, Which.WORKED)
    assert outcomes(session) == [DONE, None, HURT]
    view = session.snapshot(8.0)
    assert (view.step_index, view.step_elapsed_s, view.remaining_s) == (1, 1.0, 11 + 5)
    session.resume(60.0)
    run_out(session)
    assert outcomes(session) == [DONE, DONE, HURT]


def test_the_one_to_come() -> None:
    session = between()
    session.hurts(5.0)
    session.hurts(8.0, Which.COMING)
    assert outcomes(session) == [DONE, HURT, None]
    assert session.snapshot(8.0).step_index == 4
    hurt_and_on(session, 9.0)
    run_out(session)
    assert outcomes(session) == [DONE, HURT, DONE]


def test_neither() -> None:
    session = between()
    session.hurts(5.0)
    session.resume(20.0)
    run_out(session)
    assert outcomes(session) == [DONE, DONE, DONE]


# While it waits


def test_next_leaves_out_the_set_to_come_and_goes_on_waiting() -> None:
    session = begun(ROUNDS, until=5.0)
    session.hurts(5.0)
    session.next_set(6.0)
    assert (session.state, session.snapshot(6.0).halt) == (State.PAUSED, PauseReason.HURT)
    assert outcomes(session) == [HURT, SKIPPED, SKIPPED, None, SKIPPED, None]
    for _ in range(2):
        session.next_set(7.0)
    assert (session.state, session.snapshot(7.0).over) == (State.PAUSED, True)


# In a session that broke off


def test_a_session_that_broke_off_while_it_waited_waits_again() -> None:
    session = begun(ROUNDS, until=5.0)
    session.hurts(5.0)
    records = [each for each in session.snapshot(5.0).records if each is not None]
    again = Session(ROUNDS, records)
    again.start(0.0)
    assert (again.state, again.snapshot(0.0).halt) == (State.PAUSED, PauseReason.HURT)
    assert only(again.drain(), LeftOut) == [LeftOut(0.0, 0, 1, 0)]
    again.tick(3600.0)
    assert again.state is State.PAUSED
    again.resume(3600.0)
    run_out(again)
    assert outcomes(again) == [HURT, DONE, SKIPPED, DONE, SKIPPED, DONE]


def test_one_that_broke_off_later_goes_on_by_itself() -> None:
    records = [SetRecord(0, HURT, 1, 5.0), SetRecord(1, DONE, None, 4.0)]
    session = Session(ROUNDS, records)
    session.start(0.0)
    assert session.state is not State.PAUSED


@pytest.mark.parametrize("kind", [StepKind.REST, StepKind.TRANSITION])
def test_the_rest_of_the_way_is_there_after_the_key(kind: StepKind) -> None:
    lead = rest(20) if kind is StepKind.REST else transition(20)
    session = begun(plan(hold("bridge", 4), lead, hold("plank", 5)), until=6.0)
    hurt_and_on(session, 6.0, Which.WORKED)
    run_out(session)
    starts = [each.at_s for each in only(session.drain(), StepStarted) if each.step == 2]
    assert starts == [6.0 + 3.0 + 18.0]
