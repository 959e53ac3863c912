"""Going to another set, and making a step longer."""

from __future__ import annotations

import math

import pytest

from backtimer.core.session.events import (
    Coming,
    CountIn,
    Ended,
    Extended,
    Halfway,
    SecondLeft,
    SetEnded,
    SetRecord,
    StepEnded,
    StepStarted,
)
from backtimer.core.session.session import Session
from backtimer.core.session.transitions import State
from tests.core.session_plans import (
    DONE,
    PARTIAL,
    SKIPPED,
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
from tests.rules import for_each

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


@for_each("seconds", [0.0, -5.0, math.nan, math.inf, 1e9])
def test_an_extension_that_is_none_is_refused(seconds: float) -> None:
    session = begun(plan(hold("plank", 5)), until=1.0)
    with pytest.raises(ValueError, match="cannot extend"):
        session.extend(seconds, 1.0)
    assert session.drain() == ()


@pytest.mark.parametrize("length_s", [0.5, 2.5, 3.0])
def test_a_jump_lands_on_what_leads_to_a_set_however_short_that_is(length_s: float) -> None:
    made = plan(
        prepare(5),
        reps("bird-dog", 3),
        transition(length_s),
        hold("plank", 9),
        transition(9),
        hold("side", 9),
    )
    session = begun(made, until=7.0)
    session.drain()
    session.next_set(7.0)
    events = session.drain()
    assert not only(events, Coming), "the plan's own way is not told as a detour"
    assert step_index(session) == made.sets[1].first_step - 1
    assert session.next_deadline is not None
    run_until(session, 7.0 + length_s)
    assert step_index(session) == made.sets[1].first_step
