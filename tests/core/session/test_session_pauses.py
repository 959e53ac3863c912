"""Pauses, sleep and clocks: where a session stands still, and where it goes on."""

from __future__ import annotations

import math

import pytest

from backtimer.core.plan.plan import Plan
from backtimer.core.session.events import (
    CountIn,
    Ended,
    Halfway,
    Paused,
    PauseReason,
    RepDone,
    Resumed,
    SecondLeft,
    SetRecord,
    StepStarted,
)
from backtimer.core.session.session import Session
from backtimer.core.session.transitions import State
from tests.core.session_plans import (
    DONE,
    PARTIAL,
    Lead,
    Work,
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
    switch,
    transition,
)
from tests.rules import for_each

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


@for_each("lead", [prepare(5), rest(5), transition(5), switch(5)])
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


def test_a_clock_that_goes_back_pauses_and_time_goes_on_from_there() -> None:
    session = begun(plan(hold("plank", 20)), at=100.0, until=104.0)
    session.tick(50.0)
    assert session.drain() == (Paused(50.0, PauseReason.SET_BACK, 54.0),)
    assert session.state is State.PAUSED
    assert session.snapshot(51.0).step_elapsed_s == 4.0
    session.resume(60.0)
    assert session.drain() == (Resumed(60.0), CountIn(60.0, 3))
    run_out(session)
    assert session.drain()[-1] == Ended(79.0, 20.0, complete=True)
    assert record(session, 0).seconds == 20.0


@for_each("back", [0.2, 1.0, 3.0, 3600.0, 1e9])
@for_each("made", [plan(hold("plank", 20)), plan(self_paced("bridge"))])
def test_any_step_back_pauses_and_credits_nothing(made: Plan, back: float) -> None:
    session = begun(made, at=100.0, until=104.0)
    session.pause(104.0 - back)
    (paused,) = session.drain()
    assert isinstance(paused, Paused) and paused.reason is PauseReason.SET_BACK
    assert paused.at_s == pytest.approx(104.0 - back)
    assert session.snapshot(104.0 - back).elapsed_s == 4.0


def test_a_clock_that_goes_back_in_the_count_in_and_in_a_pause() -> None:
    session = begun(plan(hold("plank", 20)), at=100.0, until=104.0)
    session.pause(104.0)
    session.resume(40.0)
    assert session.drain()[-1] == CountIn(40.0, 3), "nothing ran that could be paused"
    session.tick(41.5)
    session.tick(10.0)
    assert session.state is State.PAUSED
    assert session.drain()[-1] == Paused(10.0, PauseReason.SET_BACK, 31.5)


def test_a_timer_that_is_a_hair_early_is_no_clock_that_goes_back() -> None:
    session = begun(plan(hold("plank", 20)), at=100.0, until=104.0)
    session.tick(103.995)
    assert session.state is State.RUNNING
    assert session.drain() == ()


@for_each("origin", [-1e6, 0.1, 1e5 + 0.3, 1.7e9 + 0.123456, 1e12 + 0.1])
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
