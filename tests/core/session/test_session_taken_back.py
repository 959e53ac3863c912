"""That it hurt is taken back, at once, on the way, and in a session that broke off."""

from __future__ import annotations

from backtimer.core.session.events import (
    Coming,
    SetRecord,
    SetReopened,
    StepStarted,
    TakenBack,
)
from backtimer.core.session.session import Session
from backtimer.core.session.transitions import State, Which
from tests.core.session_plans import (
    DONE,
    HURT,
    ROUNDS,
    SKIPPED,
    begun,
    hold,
    hurt_and_on,
    only,
    outcomes,
    plan,
    rest,
    run_out,
    run_until,
    step_index,
    transition,
)


def test_taken_back_at_once_everything_is_as_it_was() -> None:
    session = begun(ROUNDS, until=5.0)
    session.hurts(5.0)
    session.drain()
    session.take_back(9.0)
    assert (session.state, step_index(session)) == (State.PAUSED, 0)
    assert session.snapshot(9.0).records == (None,) * 6
    assert session.drain() == (
        SetReopened(9.0, 0, None),
        SetReopened(9.0, 2, None),
        SetReopened(9.0, 4, None),
        TakenBack(9.0, 0, returns=True),
    )
    session.resume(20.0)
    run_out(session)
    assert outcomes(session) == [DONE] * 6


def test_taken_back_on_the_way_it_goes_back_and_takes_the_time_for_that() -> None:
    session = begun(ROUNDS, until=5.0)
    hurt_and_on(session, 5.0)
    run_until(session, 9.0)
    session.drain()
    session.take_back(9.0)
    assert only(session.drain(), Coming) == [Coming(9.0, 0, 10.0, 0, 0.0)]
    run_out(session)
    assert outcomes(session) == [DONE] * 6


def test_taken_back_while_working_on_another_it_comes_in_its_turn_and_at_the_end() -> None:
    session = begun(ROUNDS, until=5.0)
    hurt_and_on(session, 5.0)
    run_until(session, 19.0)
    assert session.snapshot(19.0).step.exercise == "plank"
    session.take_back(19.0)
    view = session.snapshot(19.0)
    before = session.drain()
    assert (session.state, view.step.exercise, view.left_out) == (State.RUNNING, "plank", ())
    run_out(session)
    assert outcomes(session) == [DONE] * 6
    starts = [ROUNDS.steps[each.step].set_index for each in only((*before, *session.drain()), StepStarted)]
    assert list(dict.fromkeys(starts)) == [1, 2, 3, 4, 5, 0], "what lies behind is made up for at the end"


def test_what_is_made_up_for_has_a_way_to_it_and_is_part_of_what_is_left() -> None:
    made = plan(hold("bridge", 4), rest(12), hold("plank", 5))
    session = begun(made, until=1.0)
    hurt_and_on(session, 1.0)
    run_until(session, 15.0)
    assert session.snapshot(15.0).step.exercise == "plank"
    session.take_back(15.0)
    view = session.snapshot(15.0)
    assert view.step_remaining_s is not None
    assert view.remaining_s == view.step_remaining_s + 4
    session.drain()
    run_out(session)
    assert [each.set_index for each in only(session.drain(), Coming)] == [0]
    assert outcomes(session) == [DONE, DONE]


def test_what_was_done_before_it_hurt_is_done_again_when_taken_back() -> None:
    session = begun(plan(hold("bridge", 4), rest(9), hold("plank", 5)), until=6.0)
    session.hurts(6.0, Which.WORKED)
    assert outcomes(session) == [HURT, None]
    session.take_back(8.0)
    assert session.snapshot(8.0).records == (SetRecord(0, DONE, None, 4.0), None)
    assert session.snapshot(8.0).done_sets == 1


def test_the_end_can_be_taken_back() -> None:
    session = begun(plan(hold("plank", 4), rest(2), hold("bridge", 4)), until=7.0)
    session.hurts(7.0)
    session.take_back(30.0)
    assert (session.state, step_index(session)) == (State.PAUSED, 2)
    session.resume(31.0)
    run_out(session)
    assert outcomes(session) == [DONE, DONE]


def test_the_one_said_last_is_taken_back_first() -> None:
    session = begun(plan(hold("tilt", 4), hold("bridge", 4), transition(3), hold("plank", 5)), until=1.0)
    hurt_and_on(session, 1.0)
    run_until(session, 12.0)
    session.hurts(12.0)
    assert session.snapshot(20.0).left_out == (0, 1)
    session.take_back(21.0)
    assert session.snapshot(21.0).left_out == (0,)
    session.take_back(22.0)
    assert session.snapshot(22.0).left_out == ()
    session.take_back(23.0)
    assert session.state is State.PAUSED


def test_going_back_takes_it_back() -> None:
    session = begun(
        plan(hold("cat-cow", 4), hold("bridge", 4), hold("bridge", 4), transition(3), hold("plank", 5)),
        until=5.0,
    )
    session.hurts(5.0)
    session.previous_set(6.0)
    assert (session.state, step_index(session), session.snapshot(6.0).left_out) == (State.PAUSED, 1, ())
    session.resume(7.0)
    run_out(session)
    assert outcomes(session) == [DONE] * 4


def test_going_back_from_the_end_never_leads_to_what_is_left_out() -> None:
    session = begun(plan(hold("bridge", 4), rest(3), hold("plank", 5)), until=0.0)
    session.next_set(0.0)
    session.hurts(0.0, Which.COMING)
    session.hurts(0.0, Which.WORKED)
    assert session.snapshot(1.0).over
    session.previous_set(1.0)
    view = session.snapshot(1.0)
    assert (view.left_out, view.step.exercise, view.over) == ((1,), "bridge", False)
    session.resume(2.0)
    run_out(session)
    assert outcomes(session) == [DONE, HURT]


def test_it_can_be_taken_back_in_a_session_that_broke_off() -> None:
    records = [SetRecord(0, HURT, 1, 5.0), SetRecord(2, SKIPPED, 0, 0.0), SetRecord(4, SKIPPED, 0, 0.0)]
    session = Session(ROUNDS, records)
    session.start(0.0)
    session.take_back(1.0)
    session.resume(2.0)
    run_out(session)
    assert outcomes(session) == [DONE] * 6
