"""What hurts is left out from then on, and nothing else."""

from __future__ import annotations

from backtimer.core.events import (
    Coming,
    Ended,
    Outcome,
    SetEnded,
    SetRecord,
    StepStarted,
)
from backtimer.core.routine import Side
from backtimer.core.session import State
from tests.core.session_plans import (
    alternating,
    begun,
    hold,
    only,
    outcomes,
    plan,
    prepare,
    record,
    reps,
    rest,
    run_out,
    run_until,
    step_index,
    switch,
    transition,
)

DONE, PARTIAL, SKIPPED, HURT = Outcome.DONE, Outcome.PARTIAL, Outcome.SKIPPED, Outcome.HURT


# When it hurts


def test_hurts_leaves_the_exercise_out_from_then_on() -> None:
    one_round = (reps("bird-dog", 2), transition(12), hold("plank", 4))
    session = begun(plan(*one_round, rest(6), *one_round, rest(6), *one_round), until=5.0)
    session.hurts(5.0)
    assert (session.state, step_index(session)) == (State.RUNNING, 4)
    assert session.snapshot(5.0).remaining_s == 16 * 3
    assert only(session.drain(), SetEnded) == [
        SetEnded(5.0, SetRecord(0, HURT, 1, 5.0)),
        SetEnded(5.0, SetRecord(2, SKIPPED, 0, 0.0)),
        SetEnded(5.0, SetRecord(4, SKIPPED, 0, 0.0)),
    ]
    run_out(session)
    assert outcomes(session) == [HURT, DONE, SKIPPED, DONE, SKIPPED, DONE]
    events = session.drain()
    assert only(events, Coming) == [Coming(21.0, 3, 9.0, 1, 6.0), Coming(34.0, 5, 9.0, 3, 6.0)]
    assert events[-1] == Ended(47.0, 29.0, complete=True)


def test_hurts_tells_the_side_of_the_rep() -> None:
    session = begun(plan(alternating("dead-bug", 2, seconds=2, switch=1), hold("plank", 5)), until=3.5)
    session.hurts(3.5)
    assert record(session, 0) == SetRecord(0, HURT, 0, 2.5, "right")


def test_hurts_after_an_alternating_set_means_the_side_it_ended_with() -> None:
    session = begun(plan(alternating("dead-bug", 1, seconds=2), rest(5), hold("plank", 5)), until=5.0)
    session.hurts(5.0)
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
    assert (session.state, step_index(session)) == (State.COUNT_IN, 4)


def test_hurts_in_a_rest_leaves_what_was_done_done() -> None:
    session = begun(
        plan(hold("bridge", 4), rest(5), hold("bridge", 4), rest(5), hold("bridge", 4)), until=5.0
    )
    session.hurts(5.0)
    assert outcomes(session) == [DONE, HURT, SKIPPED]
    assert session.snapshot(5.0).done_sets == 1


def test_hurts_on_the_way_to_another_exercise_carries_on() -> None:
    made = plan(hold("bridge", 4), rest(12), hold("plank", 5), rest(5), hold("bridge", 4))
    session = begun(made, until=5.0)
    session.hurts(5.0)
    assert outcomes(session) == [DONE, None, HURT]
    view = session.snapshot(5.0)
    assert (view.step_index, view.step_elapsed_s, view.remaining_s) == (1, 1.0, 11 + 5)
    session.drain()
    session.hurts(5.5)
    assert session.drain() == ()
    run_out(session)
    assert outcomes(session) == [DONE, DONE, HURT]


def test_hurts_before_anything_was_done_means_what_comes() -> None:
    session = begun(plan(prepare(5), hold("bridge", 4), transition(3), hold("plank", 5)), until=2.0)
    session.hurts(2.0)
    assert record(session, 0) == SetRecord(0, HURT, None, 0.0)
    assert (step_index(session), session.snapshot(2.0).count_in) == (3, 15)


def test_hurts_in_the_last_exercise_ends_the_session() -> None:
    session = begun(plan(hold("plank", 4), rest(2), hold("bridge", 4), rest(2), hold("bridge", 4)), until=7.0)
    session.hurts(7.0)
    assert outcomes(session) == [DONE, HURT, SKIPPED]
    assert session.drain()[-1] == Ended(7.0, 7.0, complete=True)


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


def test_previous_set_does_not_go_back_to_what_hurt() -> None:
    session = begun(plan(hold("cat-cow", 4), hold("bridge", 4), transition(3), hold("plank", 5)), until=5.0)
    session.hurts(5.0)
    session.previous_set(6.0)
    assert step_index(session) == 0


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
    session.hurts(1.0)
    run_until(session, 24.0)
    assert only(session.drain(), Coming | StepStarted) == [
        Coming(1.0, 1, 10.0, 0, 0.0),
        StepStarted(11.0, 2),
        Coming(15.0, 3, 9.0, 1, 6.0),
        StepStarted(24.0, 6),
    ]
