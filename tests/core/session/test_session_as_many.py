"""Sets of as many reps as are comfortable: cued in their tempo until the person says that she is done."""

from __future__ import annotations

from dataclasses import replace

from backtimer.core.plan.routine import Side
from backtimer.core.session.events import (
    Ended,
    RepDone,
    SetEnded,
    SetRecord,
    StepStarted,
)
from backtimer.core.session.session import Session, rehearse
from backtimer.core.session.transitions import Command, State
from tests.core.session_plans import (
    DONE,
    HURT,
    PARTIAL,
    SKIPPED,
    as_many,
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
)
from tests.rules import for_each

MADE = plan(prepare(4), as_many("squat"), rest(5), hold("plank", 5))
"""Reps of 4 s from 4 s on: 3 are expected, and there are 6 at most."""


def test_the_reps_go_on_in_their_tempo_beyond_those_expected() -> None:
    session = begun(MADE, until=4.0 + 5 * 4.0)
    view = session.snapshot(24.0)
    assert (view.state, view.reps_done, view.step.rep) == (State.WAITING, 5, 6)
    assert session.allowed(Command.DONE) and not session.allowed(Command.EXTEND)


@for_each(
    ("at_s", "done"),
    [(8.0, 1), (11.75, 1), (12.0, 2), (13.0, 2), (26.5, 5)],
)
def test_at_a_key_the_complete_reps_are_recorded_and_the_set_is_done(at_s: float, done: int) -> None:
    session = begun(MADE, until=at_s)
    session.done(at_s)
    expected = SetRecord(0, DONE, done, at_s - 4.0)
    assert session.drain()[:2] == (SetEnded(at_s, expected), StepStarted(at_s, MADE.sets[1].lead_in))
    view = session.snapshot(at_s)
    assert (view.state, view.done_sets, view.elapsed_s, view.remaining_s) == (State.RUNNING, 1, at_s, 10.0)


def test_a_rep_counts_when_its_last_phase_of_work_is_over() -> None:
    made = plan(replace(as_many("squat"), relax=3.0), hold("plank", 5))
    session = begun(made, until=5.0)  # in the pause after the first rep
    session.done(5.0)
    assert record(session, 0) == SetRecord(0, DONE, 1, 5.0)


def test_a_key_before_the_first_rep_is_complete_claims_nothing() -> None:
    for at_s, outcome in ((5.0, SKIPPED), (7.0, PARTIAL)):
        session = begun(MADE, until=at_s)
        session.done(at_s)
        assert record(session, 0) == SetRecord(0, outcome, 0, (at_s - 4.0) // 2 * 2 + (at_s - 4.0) % 2)
        assert step_index(session) == MADE.sets[1].lead_in


def test_of_an_alternating_set_the_pairs_count() -> None:
    made = plan(as_many("bird-dog", alternate=True), hold("plank", 5))
    session = begun(made, until=8 * 2 + 4.5)  # two pairs, and the left of a third
    assert session.snapshot(20.5).step.side is Side.RIGHT
    session.done(20.5)
    assert record(session, 0).reps == 2


def test_each_side_goes_on_until_its_own_key() -> None:
    left, right = (replace(as_many("lunge"), side=side) for side in Side)
    made = plan(left, switch(5), right)
    session = begun(made, until=17.0)
    session.done(17.0)
    run_until(session, 22.0 + 9.0)
    session.done(31.0)
    assert only(session.drain(), SetEnded) == [
        SetEnded(17.0, SetRecord(0, DONE, 4, 17.0, "left")),
        SetEnded(31.0, SetRecord(1, DONE, 2, 9.0, "right")),
    ]
    assert session.state is State.ENDED


def test_with_the_last_rep_that_there_is_the_set_is_over() -> None:
    session = begun(MADE)
    run_until(session, 4.0 + 6 * 4.0)
    assert record(session, 0) == SetRecord(0, DONE, 6, 24.0)
    assert step_index(session) == MADE.sets[1].lead_in


def test_left_alone_it_has_the_reps_that_are_expected() -> None:
    events = list(rehearse(MADE))
    assert [event.at_s for event in only(events, RepDone)] == [8.0, 12.0, 16.0]
    assert only(events, SetEnded)[0].record == SetRecord(0, DONE, 3, 12.0)
    assert not any(MADE.steps[event.step].beyond for event in only(events, StepStarted))
    assert only(events, Ended) == [Ended(MADE.total_s, MADE.total_s, True)]


def test_rehearsed_to_the_last_it_has_all_the_reps_that_there_are() -> None:
    events = list(rehearse(MADE, to_the_last=True))
    assert [event.record.reps for event in only(events, SetEnded)] == [6, None]
    assert len(only(events, RepDone)) == 6


def test_when_nobody_is_there_any_more_the_rep_under_way_is_the_last() -> None:
    session = begun(MADE, until=4.0 + 4 * 4.0 + 1.0)
    session.leave_alone()
    run_out(session)
    assert record(session, 0) == SetRecord(0, DONE, 5, 20.0)
    assert outcomes(session) == [DONE, DONE]


def test_after_a_pause_the_rep_begins_anew_and_waits_as_before() -> None:
    session = begun(MADE, until=21.0)  # in the fifth rep
    session.pause(21.0)
    session.resume(30.0)
    run_until(session, 33.0)
    view = session.snapshot(33.0)
    assert (view.state, view.reps_done, view.step.rep, view.step_elapsed_s) == (State.WAITING, 4, 5, 0.0)
    run_until(session, 38.0)
    session.done(38.0)
    assert record(session, 0) == SetRecord(0, DONE, 5, 21.0)


def test_what_is_left_and_what_is_done_add_up_while_the_set_is_as_expected() -> None:
    session = begun(MADE)
    for at_s in (4.0, 9.0, 15.75):
        run_until(session, at_s)
        view = session.snapshot(at_s)
        assert view.elapsed_s + view.remaining_s == MADE.total_s == 26.0


def test_skipped_left_and_hurt_it_tells_the_reps_that_were_done() -> None:
    session = begun(MADE, until=13.0)
    session.next_set(13.0)
    assert record(session, 0) == SetRecord(0, PARTIAL, 2, 9.0)
    session = begun(MADE, until=2.0)
    session.finish(2.0)
    assert record(session, 0) == SetRecord(0, SKIPPED, 0, 0.0)
    session = begun(MADE, until=13.0)
    session.hurts(13.0)
    assert record(session, 0) == SetRecord(0, HURT, 2, 9.0)
    session.take_back(14.0)
    assert session.snapshot(14.0).records == (None, None)


def test_once_more_and_less_keeps_what_was_done_before_only_if_nothing_was_done() -> None:
    session = begun(MADE, until=17.0)
    session.done(17.0)
    session.previous_set(18.0)
    run_until(session, 21.5)
    assert session.state is State.WAITING
    session.done(21.5)
    assert record(session, 0) == SetRecord(0, DONE, 3, 13.0)


def test_taken_up_again_it_begins_with_the_set_that_was_under_way() -> None:
    made = plan(as_many("squat"), rest(5), as_many("row"), rest(5), reps("bridge", 1))
    session = Session(made, [SetRecord(0, DONE, 17, 68.0)])
    session.start(100.0)
    run_until(session, 115.0)  # into the position
    view = session.snapshot(115.0)
    assert (view.state, view.step_index, view.reps_done) == (State.WAITING, made.sets[1].first_step, 0)
    run_until(session, 124.0)
    session.done(124.0)
    assert [record(session, index) for index in (0, 1)] == [
        SetRecord(0, DONE, 17, 68.0),
        SetRecord(1, DONE, 2, 9.0),
    ]


def test_the_deadlines_do_not_drift_however_late_the_ticks_are() -> None:
    late = begun(MADE)
    now = 0.0
    while (due := late.next_deadline) is not None and due < 26.0:
        now = due + 0.9
        late.tick(now)
    assert [event.at_s for event in only(late.drain(), RepDone)] == [8.0, 12.0, 16.0, 20.0, 24.0]
