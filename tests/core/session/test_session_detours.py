"""Ways that are not in the plan: to a set that something else was to come before."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan, StepKind
from backtimer.core.plan.routine import Exercise, Position
from backtimer.core.plan.ways import way_s
from backtimer.core.session.events import (
    Coming,
    CountIn,
    Ended,
    Event,
    Outcome,
    Paused,
    PauseReason,
    SetRecord,
    StepStarted,
)
from backtimer.core.session.session import Session
from backtimer.core.session.transitions import State, Which
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths
from tests.core.session_plans import (
    Lead,
    Work,
    begun,
    hold,
    hurt_and_on,
    only,
    plan,
    prepare,
    reps,
    rest,
    run_out,
    run_until,
    self_paced,
    transition,
)
from tests.core.telling import coming_words

POSITIONS = {
    "plank": Position.PRONE,
    "superman": Position.PRONE,
    "bridge": Position.SUPINE,
    "tilt": Position.SUPINE,
    "row": Position.SIDE_LYING,
    "squat": Position.STANDING,
}


@pytest.fixture
def bundled(tmp_path: Path) -> Callable[[str], Plan]:
    """The plan of a day of the bundled routine for the lower back."""
    library = Library(Paths(config=tmp_path, data=tmp_path, cache=tmp_path / "cache"))
    return lambda day: compile_day(library.load("lower-back"), day)


def day(*parts: Lead | Work, transition_s: float = 6.0, position_change_s: float = 12.0) -> Plan:
    """A plan of these parts whose exercises have positions."""
    made = plan(*parts)
    used = dict.fromkeys(spec.exercise for spec in made.sets if spec.exercise)
    known = tuple(Exercise(each, each.capitalize(), POSITIONS[each]) for each in used)
    return made._replace(exercises=known, transition_s=transition_s, position_change_s=position_change_s)


def first_work(session: Session, exercise: str, start: float = 0.0) -> float:
    """Start, run half a second into the first set of an exercise, and tell the moment."""
    session.start(start)
    while (due := session.next_deadline) is not None:
        for event in only(session.drain(), StepStarted):
            step = session.snapshot(due).step
            if step.exercise == exercise and step.kind is StepKind.PHASE:
                run_until(session, event.at_s + 0.5)
                session.drain()
                return event.at_s + 0.5
        session.tick(due)
    raise AssertionError(f"no work on {exercise}")


def ways(session: Session) -> list[Event]:
    return only(session.drain(), Coming)


# Bundled days


def test_a_round_whose_first_exercise_hurt_keeps_its_rest_and_says_the_right_way(
    bundled: Callable[[str], Plan],
) -> None:
    made = bundled("monday")
    session = Session(made)
    hurt_and_on(session, first_work(session, "bird-dog"))
    assert session.state is State.RUNNING
    assert made.steps[session.snapshot(0.0).step_index].kind is StepKind.TRANSITION
    run_out(session)
    events = session.drain()
    told = only(events, Coming)
    assert [(each.set_index, each.after, each.rest_s, each.seconds) for each in told] == [
        (4, 2, 20.0, 50.0),
        (7, 5, 20.0, 50.0),
    ]
    words = coming_words(made, 4, 2, 20.0)
    assert "Rest for 20 seconds. Next: Superman. " in words
    first, second = "bent knees, roll onto your side, facing your things. ", "Roll onto your stomach. "
    assert 0 <= words.find(first) < words.find("Lay the pillow") < words.find(second)
    assert "Round 2 of 3. 8 reps. Hold each one for 2 seconds. " in words
    for coming in told:
        work = next(e for e in only(events, StepStarted) if e.at_s >= coming.at_s)
        assert (work.step, work.at_s - coming.at_s) == (made.sets[coming.set_index].first_step, 50.0)


def test_the_same_exercise_after_itself_keeps_the_rest_and_says_no_position(
    bundled: Callable[[str], Plan],
) -> None:
    made = bundled("thursday")
    session = Session(made)
    hurt_and_on(session, first_work(session, "pelvic-tilt"))
    run_out(session)
    told = only(session.drain(), Coming)
    assert [(each.set_index, each.after, each.rest_s, each.seconds) for each in told] == [
        (3, 1, 60.0, 60.0),
        (5, 3, 60.0, 60.0),
    ]
    words = coming_words(made, 3, 1, 60.0)
    assert "Rest for 1 minute. Next: Seated row" in words
    assert words.endswith(", round 2 of 3.")
    assert "sit" not in words


def test_the_set_before_in_another_position_leaves_time_to_get_there(bundled: Callable[[str], Plan]) -> None:
    made = bundled("tuesday")
    session = Session(made)
    at = first_work(session, "cat-cow")
    session.previous_set(at)
    assert ways(session) == [Coming(at, 5, 30.0, after=6, rest_s=0.0)]
    assert (session.state, session.snapshot(at).step_index) == (State.COUNT_IN, made.sets[5].first_step)
    words = coming_words(made, 5, 6)
    assert "Next: One knee to chest. " in words and "roll onto your back." in words
    assert "Right side." in words and "Set 3 of 3. " in words
    run_until(session, at + 30)
    assert only(session.drain(), CountIn) == [
        CountIn(at + 27, 3),
        CountIn(at + 28, 2),
        CountIn(at + 29, 1),
    ]


@pytest.mark.parametrize("name", ["monday", "tuesday", "thursday", "friday"])
def test_after_it_hurt_work_never_begins_within_ten_seconds(
    name: str, bundled: Callable[[str], Plan]
) -> None:
    made = bundled(name)
    for spec in made.sets:
        assert spec.exercise is not None
        session = Session(made)
        at = first_work(session, spec.exercise)
        hurt_and_on(session, at)
        run_out(session)
        begins = [e.at_s for e in only(session.drain(), StepStarted) if made.steps[e.step].kind == "phase"]
        assert all(moment >= at + 10 for moment in begins)


# By hand: how long, and to where


@pytest.mark.parametrize(
    ("coming_from", "going_to", "seconds"),
    [("plank", "row", 12.0), ("plank", "superman", 6.0), ("plank", "plank", 3.0)],
)
def test_a_jump_leaves_the_time_that_the_way_takes(coming_from: str, going_to: str, seconds: float) -> None:
    session = begun(day(hold(coming_from, 9), rest(5), hold(going_to, 9)), until=2.0)
    session.next_set(2.0)
    assert ways(session) == [Coming(2.0, 1, seconds, 0, 0.0)]
    run_until(session, 2.0 + seconds)
    assert only(session.drain(), StepStarted) == [StepStarted(2.0 + seconds, 2)]


def test_no_way_is_shorter_than_the_count_in() -> None:
    made = day(hold("plank", 9), hold("superman", 9), position_change_s=0.0, transition_s=0.0)
    session = begun(made, until=2.0)
    session.next_set(2.0)
    assert ways(session) == [Coming(2.0, 1, 3.0, 0, 0.0)]


def test_a_way_takes_what_it_needs_whatever_the_plan_says() -> None:
    made = day(hold("plank", 9), hold("squat", 9), position_change_s=12.0)
    session = begun(made, until=2.0)
    session.next_set(2.0)
    assert ways(session) == [Coming(2.0, 1, 30.0, 0, 0.0)]


def test_a_transition_from_the_same_position_is_as_good_as_planned() -> None:
    made = day(hold("plank", 9), hold("superman", 9), transition(7), hold("row", 9))
    session = begun(made, until=2.0)
    session.next_set(2.0)
    session.next_set(2.5)
    session.next_set(2.6)
    assert (session.state, session.snapshot(2.6).step_index) == (State.RUNNING, 2)


def test_a_transition_from_another_position_is_not() -> None:
    made = day(hold("plank", 9), transition(7), hold("bridge", 9), transition(7), hold("row", 9))
    session = begun(made, until=2.0)
    session.next_set(2.0)
    session.next_set(2.5)
    session.next_set(2.6)
    assert session.drain()[-1] == Coming(2.6, 2, 12.0, 0, 0.0, led=1)


def test_the_longest_rest_on_the_way_is_kept() -> None:
    made = day(
        hold("bridge", 4),
        transition(12),
        hold("plank", 4),
        rest(20),
        hold("bridge", 4),
        rest(30),
        transition(8),
        hold("plank", 4),
        rest(10),
        hold("row", 4),
    )
    session = begun(made, until=1.0)
    hurt_and_on(session, 1.0)
    run_until(session, 17.0)
    session.drain()
    run_out(session)
    assert only(session.drain(), Coming) == []  # the transition holds, and its rest is the longest
    made = day(hold("tilt", 4), hold("plank", 4), rest(30), hold("tilt", 4), rest(10), hold("superman", 4))
    session = begun(made, until=1.0)
    hurt_and_on(session, 1.0)
    run_out(session)
    assert ways(session)[1:] == [Coming(20.0, 3, 30.0, 1, 30.0)]


def test_a_set_at_ones_own_pace_leads_to_a_detour_too() -> None:
    made = day(hold("tilt", 4), self_paced("row"), hold("tilt", 4), rest(9), hold("row", 4))
    session = begun(made, until=1.0)
    hurt_and_on(session, 1.0)
    run_until(session, 20.0)
    session.drain()
    session.done(20.0)
    assert (session.state, ways(session)) == (State.COUNT_IN, [Coming(20.0, 3, 9.0, 1, 9.0)])


# After it hurt


def test_where_the_plan_leaves_no_time_there_is_time_to_ease_out() -> None:
    made = day(hold("plank", 9), hold("superman", 9), transition_s=0.0)
    session = begun(made, until=2.0)
    hurt_and_on(session, 2.0)
    assert ways(session) == [Coming(2.0, 1, 10.0, 0, 0.0)]


def test_a_routine_with_slow_transitions_has_them_after_it_hurt() -> None:
    made = day(hold("plank", 9), transition(5), hold("superman", 9), transition_s=25.0)
    session = begun(made, until=2.0)
    hurt_and_on(session, 2.0)
    assert ways(session) == [Coming(2.0, 1, 25.0, 0, 0.0)]


def test_it_hurt_on_the_way_with_little_time_left() -> None:
    session = begun(day(hold("plank", 4), rest(5), transition(12), hold("row", 5)), until=4.5)
    hurt_and_on(session, 4.5, Which.WORKED)
    assert ways(session) == []
    session = begun(day(hold("plank", 4), transition(12), hold("row", 5)), until=14.0)
    hurt_and_on(session, 14.0, Which.WORKED)
    assert only(session.drain(), Coming | StepStarted) == [StepStarted(14.0, 1, again=False)]
    session = begun(day(hold("plank", 4), transition(5), hold("row", 5)), until=7.0)
    hurt_and_on(session, 7.0, Which.WORKED)
    assert ways(session) == [Coming(7.0, 1, 12.0, 0, 0.0)]
    run_until(session, 12.0)
    hurt_and_on(session, 12.0, Which.WORKED)  # once more: there is time anew
    assert ways(session) == [Coming(12.0, 1, 12.0, 0, 0.0)]


# While it lasts


def jumped() -> Session:
    """Two seconds into a hold, on the way from it to another position: twelve seconds."""
    session = begun(day(hold("plank", 9), hold("row", 9), hold("bridge", 9)), until=2.0)
    session.next_set(2.0)
    return session


def test_a_detour_is_shown_second_by_second_and_never_credited() -> None:
    session = jumped()
    seen, now = [], 2.0
    while session.state is State.COUNT_IN:
        view = session.snapshot(now)
        seen.append((view.count_in, view.remaining_s))
        assert view.elapsed_s == 2.0
        assert view.coming == Coming(2.0, 1, 12.0, 0, 0.0)
        assert view.worked == 0
        due = session.next_deadline
        assert due is not None
        assert now < due <= now + 1
        session.tick(now := due)
    assert seen == [(left, left + 18.0) for left in range(12, 0, -1)]
    assert (now, session.snapshot(now).coming) == (14.0, None)
    assert session.snapshot(now).remaining_s == 18.0
    run_out(session)
    assert session.drain()[-1] == Ended(32.0, 20.0, complete=True)


def test_it_counts_the_last_three_seconds_only() -> None:
    session = jumped()
    run_until(session, 14.0)
    assert only(session.drain(), CountIn) == [CountIn(11.0, 3), CountIn(12.0, 2), CountIn(13.0, 1)]


def test_next_set_cuts_it_to_the_last_seconds_and_then_leaves_the_set() -> None:
    session = jumped()
    run_until(session, 5.5)
    session.drain()
    session.next_set(5.5)
    assert session.drain() == (CountIn(5.5, 3),)
    assert (session.state, session.snapshot(5.5).count_in) == (State.COUNT_IN, 3)
    assert session.snapshot(5.5).records[1] is None
    session.next_set(6.0)
    assert session.snapshot(6.0).records[1] == SetRecord(1, Outcome.SKIPPED, None, 0.0)
    assert ways(session) == [Coming(6.0, 2, 25.0, 0, 0.0, led=1)]


def test_what_is_left_of_it_waits_for_the_end_of_a_pause() -> None:
    session = jumped()
    run_until(session, 4.5)
    session.pause(4.75)
    assert session.snapshot(60.0).remaining_s == 9.25 + 18
    session.drain()
    session.resume(100.0)
    assert session.snapshot(100.0).count_in == 10
    run_until(session, 109.25)
    events = session.drain()
    assert only(events, Coming) == []
    assert only(events, CountIn | StepStarted) == [
        CountIn(106.25, 3),
        CountIn(107.25, 2),
        CountIn(108.25, 1),
        StepStarted(109.25, 1),
    ]


def test_a_pause_in_its_last_seconds_counts_from_three_again() -> None:
    session = jumped()
    run_until(session, 13.0)
    session.pause(13.5)
    session.drain()
    session.resume(20.0)
    run_until(session, 23.0)
    assert only(session.drain(), StepStarted) == [StepStarted(23.0, 1)]


def test_sleep_in_a_detour_pauses_where_the_clock_was_last_heard() -> None:
    session = jumped()
    run_until(session, 5.0)
    session.drain()
    session.tick(400.0)
    assert session.drain() == (Paused(5.0, PauseReason.SLEPT, 395.0),)
    session.resume(500.0)
    assert session.snapshot(500.0).count_in == 9


def test_a_detour_that_is_gone_to_while_paused_begins_when_it_goes_on() -> None:
    session = begun(day(hold("plank", 9), hold("row", 9), hold("bridge", 9)), until=2.0)
    session.pause(2.0)
    session.next_set(3.0)
    assert ways(session) == []
    assert session.snapshot(3.0).remaining_s == 12.0 + 18
    session.next_set(4.0)
    assert session.snapshot(4.0).records[1] is None
    session.resume(5.0)
    assert ways(session) == [Coming(5.0, 1, 3.0, 0, 0.0)]


def test_a_run_that_is_taken_up_begins_with_the_time_to_get_into_position() -> None:
    made = day(prepare(5), hold("plank", 4), transition(8), hold("row", 4))
    session = Session(made, [SetRecord(0, Outcome.DONE, None, 4.0)])
    way = way_s(Position.STANDING, Position.SUPINE)
    assert session.snapshot(0.0).remaining_s == way + 4
    session.start(0.0)
    assert ways(session) == [Coming(0.0, 1, way, None, 0.0)]
    run_out(session)
    assert session.drain()[-1] == Ended(way + 4.0, 4.0, complete=True)


def test_late_ticks_change_nothing_in_a_detour() -> None:
    made = day(reps("tilt", 1), hold("row", 4), rest(7.5), reps("tilt", 1), rest(3), hold("plank", 4))
    runs = []
    for late in (0.0, 1.9):
        session = begun(made, until=1.0)
        hurt_and_on(session, 1.0)
        while (due := session.next_deadline) is not None:
            session.tick(due + late)
        runs.append(session.drain())
    assert runs[0] == runs[1]
    assert all(one.at_s <= other.at_s for one, other in pairwise(runs[0]))
