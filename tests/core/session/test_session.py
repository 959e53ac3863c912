"""Scripted runs through plans written by hand: how it goes on, waits, ends and is taken up again."""

from __future__ import annotations

import pytest

from backtimer.core.session.events import (
    Coming,
    Ended,
    Halfway,
    RepDone,
    SecondLeft,
    SecondWaited,
    SetEnded,
    SetRecord,
    Started,
    StepEnded,
    StepStarted,
)
from backtimer.core.session.session import Session
from backtimer.core.session.transitions import Command, IllegalCommandError, State
from tests.core.session_plans import (
    DONE,
    HURT,
    PARTIAL,
    SKIPPED,
    activity,
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
    self_paced,
    step_index,
    transition,
)

# A run without a break


def test_a_whole_run_tells_everything_at_its_moment() -> None:
    session = Session(plan(prepare(2), reps("bird-dog", 1, lift=1.5, lower=1)))
    session.start(100.0)
    run_out(session)
    done = SetRecord(0, DONE, 1, 2.5)
    assert session.drain() == (
        Started(100.0),
        StepStarted(100.0, 0),
        SecondLeft(100.0, 0, 2),
        SecondLeft(101.0, 0, 1),
        StepEnded(102.0, 0),
        StepStarted(102.0, 1),
        SecondLeft(102.5, 1, 1),
        StepEnded(103.5, 1),
        StepStarted(103.5, 2),
        SecondLeft(103.5, 2, 1),
        StepEnded(104.5, 2),
        RepDone(104.5, 2),
        SetEnded(104.5, done),
        Ended(104.5, 4.5, complete=True),
    )
    assert session.state is State.ENDED
    assert session.snapshot(104.5).records == (done,)
    assert session.drain() == ()


def test_before_the_start_it_stands_at_the_first_step() -> None:
    session = Session(plan(prepare(5), hold("plank", 20)))
    view = session.snapshot(3.0)
    assert (view.state, view.step_index, view.step_remaining_s) == (State.READY, 0, 5.0)
    assert (view.elapsed_s, view.remaining_s, view.done_sets, view.planned_sets) == (0.0, 25.0, 0, 1)
    assert session.next_deadline is None


def test_a_snapshot_tells_how_it_stands() -> None:
    session = begun(plan(reps("bird-dog", 3), rest(5), hold("plank", 20)), until=9.0)
    session.extend(1.0, 9.0)
    view = session.snapshot(9.5)
    assert (view.state, view.step_index, view.reps_done) == (State.RUNNING, 4, 2)
    assert (view.step_elapsed_s, view.step_remaining_s, view.step_length_s) == (1.5, 1.5, 3.0)
    assert (view.elapsed_s, view.remaining_s) == (9.5, 1.5 + 2 + 5 + 20)
    assert (view.count_in, view.done_sets, view.planned_sets) == (None, 0, 2)
    run_until(session, 14.0)
    view = session.snapshot(14.0)
    assert (view.step_index, view.reps_done, view.done_sets) == (6, 0, 1)


def test_a_snapshot_does_not_run_ahead_of_what_was_accounted_for() -> None:
    session = begun(plan(hold("plank", 5), rest(5), hold("plank", 5)), until=4.5)
    view = session.snapshot(50.0)
    assert (view.step_index, view.step_elapsed_s, view.step_remaining_s) == (0, 5.0, 0.0)


def test_a_late_tick_tells_the_planned_moments_and_moves_no_deadline() -> None:
    made = plan(*(reps("bird-dog", 3, lift=0.7, lower=0.6), rest(2)) * 3, hold("plank", 3))
    planned, late = Session(made), Session(made)
    planned.start(0.0)
    run_out(planned)
    late.start(0.0)
    while (due := late.next_deadline) is not None:
        late.tick(due + 1.9)
    assert late.drain() == planned.drain()


def test_a_deadline_is_never_more_than_a_second_ahead() -> None:
    session = begun(plan(prepare(0.3), hold("plank", 30.25), rest(7.5), self_paced("bridge")))
    now = 0.0
    while session.state is not State.WAITING:
        due = session.next_deadline
        assert due is not None
        assert now < due <= now + 1.0
        session.tick(now := due)
    assert session.next_deadline == now + 1.0


def test_there_is_no_deadline_where_time_changes_nothing() -> None:
    session = Session(plan(hold("plank", 5)))
    assert session.next_deadline is None
    session.start(0.0)
    session.pause(0.5)
    assert session.next_deadline is None
    session.finish(1.0)
    assert session.next_deadline is None


def test_halfway_is_told_in_long_holds_and_activities_only() -> None:
    session = begun(plan(hold("plank", 10), rest(20), hold("plank", 25), self_paced("bridge")), until=56.0)
    assert only(session.drain(), Halfway) == []
    session = Session(plan(hold("plank", 25)))
    session.start(0.0)
    run_out(session)
    assert only(session.drain(), Halfway) == [Halfway(12.5, 0)]
    session = Session(plan(activity(6)))
    session.start(0.0)
    run_out(session)
    assert only(session.drain(), Halfway) == [Halfway(3.0, 0)]


def test_a_rep_of_an_alternating_set_counts_when_both_sides_are_done() -> None:
    session = begun(plan(alternating("dead-bug", 2, seconds=2, switch=1)))
    seen = []
    for now in (1.0, 2.5, 5.5, 8.5):
        run_until(session, now)
        seen.append(session.snapshot(now).reps_done)
    assert seen == [0, 0, 1, 1]
    run_out(session)
    assert [event.at_s for event in only(session.drain(), RepDone)] == [2.0, 5.0, 8.0, 11.0]
    assert record(session, 0) == SetRecord(0, DONE, 2, 8.0)
    assert session.snapshot(11.0).elapsed_s == 11.0


def test_a_step_of_no_length_passes_at_once() -> None:
    session = begun(plan(prepare(0), hold("plank", 1)))
    assert step_index(session) == 1
    run_out(session)
    assert outcomes(session) == [DONE]


def test_a_self_paced_set_waits_for_the_person() -> None:
    session = begun(plan(self_paced("bridge", 10, estimate=3), rest(5), hold("plank", 5)), until=4.5)
    view = session.snapshot(4.5)
    assert (view.state, view.step_remaining_s, view.step_length_s) == (State.WAITING, None, None)
    assert (view.elapsed_s, view.remaining_s) == (4.5, 10.0)
    session.tick(5.25)
    assert session.drain() == (SecondWaited(5.0, 0, 5),)
    session.done(5.5)
    done = SetRecord(0, DONE, 10, 5.5)
    assert session.drain() == (
        StepEnded(5.5, 0),
        SetEnded(5.5, done),
        StepStarted(5.5, 1),
        SecondLeft(5.5, 1, 5),
    )
    assert record(session, 0) == done


@pytest.mark.parametrize("count", [None, 10])
def test_a_self_paced_set_that_is_left_does_not_claim_reps(count: int | None) -> None:
    session = begun(plan(self_paced("bridge", count), hold("plank", 5)), until=2.0)
    session.next_set(2.0)
    assert record(session, 0) == SetRecord(0, PARTIAL, None, 2.0)


def test_a_self_paced_set_carries_on_after_a_pause() -> None:
    session = begun(plan(self_paced("bridge")), until=2.5)
    session.pause(2.5)
    session.resume(10.0)
    run_until(session, 14.0)
    assert only(session.drain(), SecondWaited) == [SecondWaited(13.5, 0, 3)]
    session.done(14.0)
    assert record(session, 0).seconds == 3.5


def test_an_activity_is_one_set() -> None:
    session = begun(plan(activity(None)), until=600.0)
    assert session.state is State.WAITING
    session.done(600.5)
    assert session.snapshot(601.0).records == (SetRecord(0, DONE, None, 600.5),)


def test_finish_keeps_what_was_done() -> None:
    session = begun(plan(hold("cat-cow", 1), hold("plank", 4), rest(2), reps("bird-dog", 4)), until=3.0)
    session.finish(3.0)
    events = session.drain()
    records = (SetRecord(0, DONE, None, 1.0), SetRecord(1, PARTIAL, None, 2.0), SetRecord(2, SKIPPED, 0, 0.0))
    assert session.snapshot(99.0).records == records
    assert events == (
        SetEnded(3.0, records[1]),
        SetEnded(3.0, records[2]),
        Ended(3.0, 3.0, complete=False),
    )
    view = session.snapshot(99.0)
    assert (view.elapsed_s, view.remaining_s) == (3.0, 0.0)


def test_finish_on_the_way_to_a_set_leaves_its_record_alone() -> None:
    session = begun(plan(prepare(2), reps("bird-dog", 4), transition(3), hold("plank", 4)), until=3.0)
    session.next_set(3.0)
    session.previous_set(4.0)
    session.finish(5.0)
    assert record(session, 0) == SetRecord(0, SKIPPED, 0, 1.0)


def test_finish_from_a_pause_counts_the_time_before_it() -> None:
    session = begun(plan(reps("bird-dog", 4)), until=5.0)
    session.pause(5.0)
    session.finish(50.0)
    assert record(session, 0) == SetRecord(0, PARTIAL, 1, 5.0)


# Taking up an earlier run


def test_an_earlier_run_is_taken_up_at_the_first_set_without_a_record() -> None:
    made = plan(
        prepare(5), hold("plank", 9), rest(3), transition(4), hold("bridge", 9), rest(3), hold("bridge", 9)
    )
    first, second = SetRecord(0, SKIPPED, None, 0.0), SetRecord(1, DONE, None, 9.0)
    session = Session(made, [first])
    assert step_index(session) == 4
    session.start(10.0)
    assert session.drain() == (Started(10.0), Coming(10.0, 1, 15.0, after=None, rest_s=0.0))
    session = Session(made, [first, second])
    session.start(10.0)
    assert session.drain() == (Started(10.0), Coming(10.0, 2, 15.0, after=None, rest_s=0.0))
    assert (session.state, step_index(session)) == (State.COUNT_IN, 6)
    run_out(session)
    assert outcomes(session) == [SKIPPED, DONE, DONE]
    assert session.snapshot(99.0).done_sets == 2


def test_a_run_with_nothing_left_to_do_ends_at_once() -> None:
    records = [SetRecord(0, DONE, None, 4.0), SetRecord(1, SKIPPED, None, 0.0)]
    session = Session(plan(hold("plank", 4), hold("bridge", 4)), records)
    assert session.snapshot(0.0).remaining_s == 0.0
    session.start(1.0)
    assert session.drain() == (Started(1.0), Ended(1.0, 0.0, complete=True))


def test_what_hurt_in_the_earlier_run_stays_left_out() -> None:
    made = plan(hold("bridge", 4), hold("plank", 4), hold("bridge", 4), hold("plank", 4), hold("bridge", 4))
    session = Session(made, [SetRecord(0, HURT, None, 1.0)])
    assert step_index(session) == 1
    session.start(0.0)
    run_out(session)
    assert (session.state, outcomes(session)) == (State.PAUSED, [HURT, None, None, None, None])
    session.resume(60.0)
    run_out(session)
    assert outcomes(session) == [HURT, DONE, SKIPPED, DONE, SKIPPED]


def test_a_record_of_no_set_of_the_plan_is_refused() -> None:
    with pytest.raises(ValueError, match="no set 1"):
        Session(plan(hold("plank", 4)), [SetRecord(1, DONE, None, 4.0)])


def test_a_plan_without_steps_is_refused() -> None:
    with pytest.raises(ValueError, match="without steps"):
        Session(plan())


def test_a_session_starts_once() -> None:
    session = begun(plan(hold("plank", 4)), until=1.0)
    with pytest.raises(IllegalCommandError, match="start is not possible while running") as caught:
        session.start(2.0)
    assert (caught.value.state, caught.value.command) == (State.RUNNING, Command.START)
