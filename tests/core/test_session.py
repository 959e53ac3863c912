"""Scripted runs through plans written by hand."""

from __future__ import annotations

import math

import pytest

from backtimer.core.events import (
    Coming,
    CountIn,
    Ended,
    Extended,
    Halfway,
    Outcome,
    Paused,
    PauseReason,
    RepDone,
    Resumed,
    SecondLeft,
    SecondWaited,
    SetEnded,
    SetRecord,
    Started,
    StepEnded,
    StepStarted,
)
from backtimer.core.plan import Plan
from backtimer.core.routine import Side
from backtimer.core.session import Command, IllegalCommandError, Session, State
from tests.core.session_plans import (
    Lead,
    Work,
    activity,
    alternating,
    hold,
    only,
    plan,
    prepare,
    reps,
    rest,
    run_out,
    run_until,
    self_paced,
    switch,
    transition,
)

DONE, PARTIAL, SKIPPED, HURT = Outcome.DONE, Outcome.PARTIAL, Outcome.SKIPPED, Outcome.HURT


def begun(made: Plan, at: float = 0.0, until: float | None = None) -> Session:
    """A session that was started, ran until a moment, and whose events so far are drained."""
    session = Session(made)
    session.start(at)
    if until is not None:
        run_until(session, until)
    session.drain()
    return session


def outcomes(session: Session) -> list[Outcome | None]:
    records = session.snapshot(0).records
    return [None if record is None else record.outcome for record in records]


def record(session: Session, index: int) -> SetRecord:
    found = session.snapshot(0).records[index]
    assert found is not None
    return found


def step_index(session: Session) -> int:
    return session.snapshot(0).step_index


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


# Pause and resume


def test_a_pause_in_a_rep_begins_the_rep_anew_and_drops_its_time() -> None:
    session = begun(plan(reps("bird-dog", 2)), until=7.0)
    session.pause(7.0)
    assert session.snapshot(50.0).elapsed_s == 7.0
    session.resume(60.0)
    assert session.snapshot(60.0).elapsed_s == 4.0
    run_until(session, 63.0)
    assert session.drain() == (
        Paused(7.0, PauseReason.ASKED),
        Resumed(60.0),
        CountIn(60.0, 3),
        CountIn(61.0, 2),
        CountIn(62.0, 1),
        StepStarted(63.0, 2, again=True),
        SecondLeft(63.0, 2, 2),
    )
    run_out(session)
    assert record(session, 0) == SetRecord(0, DONE, 2, 8.0)
    assert only(session.drain(), Ended) == [Ended(67.0, 8.0, complete=True)]


def test_a_long_hold_carries_on_where_it_stopped() -> None:
    session = begun(plan(hold("plank", 20)), until=11.5)
    session.pause(11.5)
    session.resume(20.0)
    view = session.snapshot(21.5)
    assert (view.state, view.count_in, view.step_elapsed_s, view.elapsed_s) == (State.COUNT_IN, 2, 11.5, 11.5)
    run_until(session, 23.5)
    started, first_second = session.drain()[-2:]
    assert started == StepStarted(23.0, 0, again=True)
    assert first_second == SecondLeft(23.5, 0, 8)
    run_out(session)
    events = session.drain()
    assert only(events, Halfway) == []
    assert events[-1] == Ended(31.5, 20.0, complete=True)


def test_a_set_that_is_one_short_hold_begins_anew() -> None:
    session = begun(plan(prepare(2), hold("plank", 10)), until=9.0)
    session.pause(9.0)
    session.resume(20.0)
    run_out(session)
    assert record(session, 0) == SetRecord(0, DONE, None, 10.0)
    assert session.drain()[-1] == Ended(33.0, 12.0, complete=True)


@pytest.mark.parametrize("lead", [prepare(5), rest(5), transition(5), switch(5)])
def test_what_leads_to_a_set_carries_on(lead: Lead) -> None:
    session = begun(plan(hold("plank", 1), lead, hold("plank", 1)), until=4.0)
    session.pause(4.0)
    session.resume(10.0)
    run_out(session)
    assert only(session.drain(), StepStarted) == [StepStarted(13.0, 1, again=True), StepStarted(15.0, 2)]


def test_relaxing_after_a_rep_carries_on_and_keeps_the_rep() -> None:
    session = begun(plan(reps("bird-dog", 2, relax=2)), until=5.0)
    session.pause(5.0)
    session.resume(6.0)
    run_out(session)
    assert record(session, 0) == SetRecord(0, DONE, 2, 10.0)
    events = session.drain()
    assert only(events, RepDone) == [RepDone(14.0, 4)]
    assert events[-1] == Ended(14.0, 10.0, complete=True)


def test_a_long_hold_within_a_rep_carries_on_but_a_phase_after_it_does_not() -> None:
    made = plan(Work("bird-dog", (("hold", 12), ("lower", 2)), 1))
    session = begun(made, until=5.0)
    session.pause(5.0)
    session.resume(6.0)
    run_until(session, 17.0)
    assert (step_index(session), session.snapshot(17.0).elapsed_s) == (1, 13.0)
    session.pause(17.0)
    session.resume(18.0)
    assert (step_index(session), session.snapshot(18.0).elapsed_s) == (0, 0.0)


def test_a_movement_begins_anew_however_long_it_takes() -> None:
    session = begun(plan(reps("bird-dog", 2, lift=3, lower=12)), until=8.0)
    session.pause(8.0)
    session.resume(9.0)
    assert (step_index(session), session.snapshot(9.0).elapsed_s) == (0, 0.0)
    run_until(session, 12.0)
    assert only(session.drain(), StepStarted) == [StepStarted(12.0, 0, again=True)]


def test_a_long_continuous_movement_carries_on() -> None:
    made = plan(Work("march", (("move", 30.0),)))
    session = begun(made, until=12.0)
    session.pause(12.0)
    session.resume(20.0)
    assert session.snapshot(20.0).step_elapsed_s == 12.0


def test_a_pause_in_the_count_in_counts_from_three_again() -> None:
    session = begun(plan(hold("plank", 20)), until=12.0)
    session.pause(12.0)
    session.resume(13.0)
    session.pause(14.5)
    session.resume(20.0)
    run_until(session, 23.0)
    assert [event.seconds for event in only(session.drain(), CountIn)] == [3, 2, 3, 2, 1]
    assert session.snapshot(23.0).step_elapsed_s == 12.0


# A clock that sleeps, goes back, or comes from anywhere


def test_sleep_pauses_where_the_clock_was_last_heard() -> None:
    session = begun(plan(hold("plank", 20), rest(5), hold("plank", 20)), until=4.25)
    session.tick(7.1)
    assert session.drain() == (Paused(4.25, PauseReason.SLEPT, 2.85),)
    assert session.snapshot(9.0).elapsed_s == 4.25
    session.resume(10.0)
    run_out(session)
    assert record(session, 0).seconds == 20.0


def test_exactly_two_seconds_late_is_not_sleep() -> None:
    session = begun(plan(hold("plank", 20)), until=4.25)
    session.tick(7.0)
    assert session.state is State.RUNNING


def test_sleep_is_noticed_in_the_count_in_and_while_waiting() -> None:
    session = begun(plan(self_paced("bridge")), until=2.0)
    session.tick(5.5)
    assert session.state is State.PAUSED
    session.resume(6.0)
    session.tick(9.5)
    assert session.drain()[-2:] == (CountIn(6.0, 3), Paused(6.0, PauseReason.SLEPT, 3.5))


def test_space_after_waking_stays_paused() -> None:
    session = begun(plan(hold("plank", 20)), until=4.0)
    session.pause(300.0)
    assert session.drain() == (Paused(4.0, PauseReason.SLEPT, 296.0),)
    assert session.state is State.PAUSED


def test_a_command_that_sleep_made_impossible_is_dropped() -> None:
    session = begun(plan(self_paced("bridge", 10)), until=4.0)
    session.done(300.0)
    assert (session.state, outcomes(session)) == (State.PAUSED, [None])


def test_a_command_that_is_possible_after_sleep_is_obeyed() -> None:
    session = begun(plan(hold("plank", 20), rest(5), hold("bridge", 20)), until=4.0)
    session.next_set(300.0)
    assert (session.state, step_index(session)) == (State.PAUSED, 2)
    assert record(session, 0) == SetRecord(0, PARTIAL, None, 4.0)


def test_a_command_that_comes_too_late_is_dropped() -> None:
    session = begun(plan(hold("plank", 2)), until=1.5)
    session.pause(2.0)
    assert session.state is State.ENDED


def test_a_command_is_judged_after_the_time_that_came_with_it() -> None:
    session = begun(plan(prepare(2), self_paced("bridge")), until=1.5)
    session.done(2.5)
    assert record(session, 0) == SetRecord(0, DONE, None, 0.5)


def test_a_clock_never_goes_back() -> None:
    session = begun(plan(hold("plank", 20)), at=100.0, until=104.0)
    session.tick(50.0)
    session.pause(90.0)
    assert session.drain() == (Paused(104.0, PauseReason.ASKED),)
    session.resume(80.0)
    assert session.snapshot(0.0).step_elapsed_s == 4.0
    run_out(session)
    assert session.drain()[-1] == Ended(123.0, 20.0, complete=True)


@pytest.mark.parametrize("origin", [-1e6, 0.1, 1e5 + 0.3, 1.7e9 + 0.123456, 1e12 + 0.1])
def test_any_origin_will_do(origin: float) -> None:
    made = plan(*(reps("bird-dog", 20, lift=0.1, lower=0.7), rest(1 / 3)) * 10, hold("plank", 12))
    session = Session(made)
    session.start(origin)
    ticks = 0
    while (due := session.next_deadline) is not None:
        session.tick(due)
        ticks += 1
    assert ticks < 1000
    ended = session.drain()[-1]
    assert isinstance(ended, Ended)
    assert ended.credited_s == pytest.approx(made.total_s, abs=1e-6)
    assert ended.at_s - origin == pytest.approx(made.total_s, abs=1e-3)


@pytest.mark.parametrize("now", [math.nan, math.inf, -math.inf])
def test_what_is_no_moment_is_refused(now: float) -> None:
    session = begun(plan(hold("plank", 5)), until=1.0)
    with pytest.raises(ValueError, match="not a moment"):
        session.tick(now)
    with pytest.raises(ValueError, match="not a moment"):
        session.snapshot(now)
    assert session.snapshot(1.0).step_elapsed_s == 1.0


# From set to set


def test_next_set_records_what_was_left() -> None:
    session = begun(
        plan(reps("bird-dog", 3), rest(5), reps("bird-dog", 3), rest(5), hold("plank", 5)), until=5.0
    )
    session.next_set(5.0)
    assert record(session, 0) == SetRecord(0, PARTIAL, 1, 5.0)
    run_until(session, 9.0)
    session.next_set(9.0)
    assert record(session, 1) == SetRecord(1, SKIPPED, 0, 1.0)
    run_until(session, 19.5)
    session.next_set(19.5)
    assert record(session, 2) == SetRecord(2, PARTIAL, None, 0.5)
    assert session.drain()[-1] == Ended(19.5, 6.5, complete=True)


def test_next_set_after_a_phase_but_before_a_rep_is_partial() -> None:
    session = begun(plan(reps("bird-dog", 3), rest(5), hold("plank", 5)), until=3.0)
    session.next_set(3.0)
    assert record(session, 0) == SetRecord(0, PARTIAL, 0, 3.0)


def test_next_set_lands_on_what_directly_leads_to_it() -> None:
    made = plan(hold("plank", 9), rest(5), transition(4), hold("bridge", 9), switch(3), hold("bridge", 9))
    session = begun(made, until=1.0)
    session.next_set(1.0)
    assert (session.state, step_index(session)) == (State.RUNNING, 2)
    run_until(session, 6.0)
    session.next_set(6.0)
    assert (session.state, step_index(session)) == (State.RUNNING, 4)


def test_next_set_counts_in_where_nothing_but_rest_leads_to_work() -> None:
    session = begun(plan(hold("plank", 9), rest(5), hold("plank", 9)), until=1.0)
    session.next_set(1.0)
    assert session.drain()[1:] == (Coming(1.0, 1, 3.0, after=0, rest_s=0.0), CountIn(1.0, 3))
    run_until(session, 4.0)
    assert only(session.drain(), StepStarted) == [StepStarted(4.0, 2)]


def test_next_set_cuts_short_what_leads_to_a_set() -> None:
    session = begun(plan(hold("plank", 1), rest(9), transition(9), hold("bridge", 9)), until=2.0)
    session.next_set(2.0)
    assert step_index(session) == 2
    session.next_set(3.0)
    assert (session.state, step_index(session)) == (State.COUNT_IN, 3)
    assert outcomes(session) == [DONE, None]
    assert session.snapshot(3.0).elapsed_s == 3.0
    assert [event.step for event in only(session.drain(), StepEnded)] == []


def test_next_set_in_the_count_in_leaves_the_set() -> None:
    session = begun(plan(hold("plank", 9), hold("plank", 9), hold("plank", 9)), until=1.0)
    session.next_set(1.0)
    session.next_set(1.5)
    assert (session.state, step_index(session)) == (State.COUNT_IN, 2)
    assert outcomes(session) == [PARTIAL, SKIPPED, None]


def test_a_switch_inside_a_set_belongs_to_its_work() -> None:
    session = begun(
        plan(alternating("dead-bug", 2, seconds=2, switch=3), rest(5), hold("plank", 5)), until=3.0
    )
    session.next_set(3.0)
    assert record(session, 0) == SetRecord(0, PARTIAL, 0, 2.0)
    assert session.snapshot(3.0).elapsed_s == 3.0


def test_previous_set_goes_to_the_set_before() -> None:
    made = plan(prepare(5), hold("plank", 2), transition(4), hold("bridge", 9), rest(5), hold("bridge", 9))
    session = begun(made, until=22.0)
    assert step_index(session) == 4
    session.previous_set(22.0)
    assert (session.state, step_index(session)) == (State.RUNNING, 2)
    session.previous_set(23.0)
    assert (session.state, step_index(session), session.snapshot(23.0).count_in) == (State.COUNT_IN, 1, 10)
    session.previous_set(24.0)
    assert (step_index(session), session.snapshot(24.0).count_in) == (1, 10)
    assert session.snapshot(24.0).elapsed_s == 23.0


def test_previous_set_keeps_what_was_done_of_the_set_it_leaves() -> None:
    session = begun(plan(hold("plank", 2), reps("bird-dog", 2), rest(3), hold("plank", 2)), until=7.0)
    session.previous_set(7.0)
    assert record(session, 1) == SetRecord(1, PARTIAL, 1, 5.0)
    run_out(session)
    assert record(session, 1) == SetRecord(1, DONE, 2, 8.0)


def test_previous_set_records_nothing_of_a_set_of_which_nothing_was_done() -> None:
    session = begun(plan(hold("plank", 2), reps("bird-dog", 2)), until=3.0)
    session.previous_set(3.0)
    assert outcomes(session) == [DONE, None]


def test_a_record_is_not_replaced_by_one_that_tells_less() -> None:
    session = begun(plan(hold("plank", 2), rest(9), hold("bridge", 9)), until=3.0)
    session.previous_set(3.0)
    run_until(session, 7.0)
    session.drain()
    session.next_set(7.0)
    assert record(session, 0) == SetRecord(0, DONE, None, 2.0)
    assert only(session.drain(), SetEnded) == []


def test_a_record_is_replaced_by_one_that_tells_as_much() -> None:
    session = begun(plan(hold("plank", 2), rest(9), hold("bridge", 9)), until=3.0)
    session.previous_set(3.0)
    run_until(session, 7.0)
    session.extend(1.0, 7.0)
    run_until(session, 9.0)
    assert record(session, 0) == SetRecord(0, DONE, None, 3.0)
    assert session.snapshot(9.0).done_sets == 1


def test_a_hold_that_has_only_just_begun_is_skipped() -> None:
    session = begun(plan(rest(2), hold("plank", 9), rest(9), hold("bridge", 9)), until=2.0)
    session.next_set(2.0)
    assert record(session, 0) == SetRecord(0, SKIPPED, None, 0.0)


def test_moving_while_paused_stays_paused() -> None:
    made = plan(prepare(5), hold("plank", 9), transition(4), hold("bridge", 9))
    session = begun(made, until=6.0)
    session.pause(6.0)
    session.next_set(7.0)
    assert (session.state, step_index(session)) == (State.PAUSED, 2)
    session.next_set(8.0)
    assert (session.state, step_index(session)) == (State.PAUSED, 3)
    session.previous_set(9.0)
    assert (session.state, step_index(session)) == (State.PAUSED, 1)
    session.drain()
    session.resume(10.0)
    run_until(session, 13.0)
    assert only(session.drain(), Coming | StepStarted) == [Coming(10.0, 0, 3.0, 0, 0.0), StepStarted(13.0, 1)]
    session.pause(13.0)
    for _ in range(3):
        session.next_set(14.0)
    assert outcomes(session) == [PARTIAL, SKIPPED]
    assert session.drain()[-1] == Ended(14.0, 6.0, complete=True)


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


# Extend, done, finish


def test_extend_makes_a_rest_longer() -> None:
    session = begun(plan(hold("plank", 4), rest(5), hold("plank", 4)), until=6.5)
    session.extend(10.0, 6.5)
    run_until(session, 8.0)
    assert session.drain()[-3:-1] == (Extended(6.5, 1, 10.0), SecondLeft(7.0, 1, 12))
    run_out(session)
    assert session.drain()[-1] == Ended(23.0, 23.0, complete=True)


def test_what_an_extended_hold_took_is_credited() -> None:
    session = begun(plan(hold("plank", 4)), until=3.0)
    session.extend(2.5, 3.0)
    run_out(session)
    assert record(session, 0) == SetRecord(0, DONE, None, 6.5)


def test_seconds_that_an_extension_puts_behind_are_not_told() -> None:
    session = begun(plan(hold("plank", 5)), until=2.5)
    session.extend(0.25, 2.5)
    run_out(session)
    assert only(session.drain(), SecondLeft)[:2] == [SecondLeft(3.25, 0, 2), SecondLeft(4.25, 0, 1)]


@pytest.mark.parametrize(("at", "by", "halves"), [(4.0, 8.0, [10.0]), (7.0, 8.0, [6.0]), (9.0, 0.5, [6.0])])
def test_halfway_moves_with_the_length_but_is_told_once(at: float, by: float, halves: list[float]) -> None:
    session = Session(plan(hold("plank", 12)))
    session.start(0.0)
    run_until(session, at)
    session.extend(by, at)
    run_out(session)
    assert [event.at_s for event in only(session.drain(), Halfway)] == halves


def test_an_extension_past_the_middle_tells_no_halfway() -> None:
    session = begun(plan(hold("plank", 9)), until=8.0)
    session.extend(3.0, 8.0)
    session.extend(1.0, 8.0)
    run_out(session)
    assert only(session.drain(), Halfway) == []


@pytest.mark.parametrize("seconds", [0.0, -5.0, math.nan, math.inf, 1e9])
def test_an_extension_that_is_none_is_refused(seconds: float) -> None:
    session = begun(plan(hold("plank", 5)), until=1.0)
    with pytest.raises(ValueError, match="cannot extend"):
        session.extend(seconds, 1.0)
    assert session.drain() == ()


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
