"""Routine, settings and history opened together: what is due, what goes on, what is kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from backtimer.coach import Coach
from backtimer.core.calendar import DayState
from backtimer.core.session import Command, State, Which
from backtimer.core.units import Breathing
from backtimer.practice import Practice, TakenError, Unfinished
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.settings import Settings

EAST = timezone(timedelta(hours=2))

WEEK = """\
format: 1
title: Week
days:
  monday: {exercises: [{exercise: hang, sets: 2, hold: 4s}]}
  wednesday: {exercises: [{exercise: hang, sets: 1, hold: 2 breaths}]}
exercises:
  hang: {name: Hang, position: standing}
"""


class Times:
    """The wall clock and the session's, both moved by hand."""

    def __init__(self, wall: datetime) -> None:
        self.wall = wall
        self.session = 0.0

    def now(self) -> datetime:
        return self.wall

    def clock(self) -> float:
        return self.session


Open = Callable[..., Practice]


@pytest.fixture
def times() -> Times:
    """Monday 16 November 2026, nine in the morning."""
    return Times(datetime(2026, 11, 16, 9, 0, tzinfo=EAST))


@pytest.fixture
def open_practice(home: Path, times: Times) -> Open:
    """Opens the practice of a week with two due days."""
    (home / "week.yaml").write_text(WEEK)

    def open_it(settings: Settings | None = None, text: str = WEEK) -> Practice:
        (home / "week.yaml").write_text(text)
        paths = find_paths(os.environ)
        routine = Library(paths).load(str(home / "week.yaml"))
        return Practice(paths, settings or Settings(), routine, now=times.now, clock=times.clock)

    return open_it


def run(coach: Coach, times: Times, sets: int = 99) -> None:
    """Play until so many sets are over."""
    coach.start()
    go_on(coach, times, sets)


def go_on(coach: Coach, times: Times, sets: int = 99) -> None:
    """The same, of a session that has begun."""
    coach.drain()
    while coach.state is not State.ENDED and coach.snapshot().done_sets < sets:
        delay = coach.delay()
        assert delay is not None
        times.session += delay
        coach.advance()
        coach.drain()


def test_a_session_done_makes_the_day_done_and_the_streak_one(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    assert practice.weekday == "monday"
    assert practice.week()[0] == (date(2026, 11, 16), DayState.DUE)
    run(practice.begin(practice.plan("monday")), times)
    assert practice.week()[0][1] is DayState.DONE
    assert practice.streak() == 1
    assert practice.next_due() == date(2026, 11, 18)


def test_before_the_rollover_it_is_still_yesterday(open_practice: Open, times: Times) -> None:
    times.wall = datetime(2026, 11, 17, 3, 59, tzinfo=EAST)
    practice = open_practice()
    assert practice.weekday == "monday"
    times.wall = datetime(2026, 11, 17, 4, 0, tzinfo=EAST)
    assert practice.weekday == "tuesday"


def test_changing_the_routine_does_not_rewrite_the_past(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    run(practice.begin(practice.plan("monday")), times)
    practice.close()
    times.wall += timedelta(days=2)  # Wednesday, which is no longer due from now on
    daily = WEEK.replace("  wednesday:", "  thursday:")
    practice = open_practice(text=daily)
    assert practice.week()[0][1] is DayState.DONE
    assert practice.week()[2][1] is DayState.REST
    assert practice.week()[3][1] is DayState.DUE
    assert practice.streak() == 1


def test_an_interrupted_session_is_offered_and_finished(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    coach = practice.begin(practice.plan("monday"))
    run(coach, times, sets=1)
    assert practice.unfinished() is None, "it is under way"
    coach.leave()
    practice.close()
    times.wall += timedelta(hours=1)

    practice = open_practice()
    found = practice.unfinished()
    assert found is not None
    assert (found.done_sets, found.planned_sets, found.local_date) == (1, 2, date(2026, 11, 16))
    resumed = practice.resume(found)
    with pytest.raises(TakenError):
        open_practice().resume(found)
    run(resumed, times)
    assert resumed.state is State.ENDED
    assert resumed.snapshot().done_sets == 2
    assert practice.unfinished() is None
    assert practice.week()[0][1] is DayState.DONE


def test_a_session_killed_while_it_waits_after_pain_waits_again(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    coach = practice.begin(practice.plan("monday"))
    run(coach, times, sets=1)
    coach.hurts(Which.WORKED)
    coach.drain()
    assert coach.stands_for_pain
    coach.leave()
    practice.close()

    practice = open_practice()
    found = practice.unfinished()
    assert found is not None
    resumed = practice.resume(found)
    resumed.start()
    times.session += 3600.0
    resumed.advance()
    assert resumed.stands_for_pain and resumed.delay() is None
    resumed.command(Command.TAKE_BACK)
    assert resumed.snapshot().left_out == ()
    resumed.command(Command.RESUME)
    go_on(resumed, times)
    assert (resumed.state, resumed.snapshot().done_sets) == (State.ENDED, 2)


def interrupted(practice: Practice, times: Times) -> Unfinished:
    """A session left after its first of two sets."""
    coach = practice.begin(practice.plan("monday"))
    run(coach, times, sets=1)
    coach.leave()
    found = practice.unfinished()
    assert found is not None
    return found


def test_an_interrupted_session_can_be_kept_as_it_is(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    practice.keep(interrupted(practice, times))
    assert practice.unfinished() is None
    assert practice.week()[0][1] is DayState.DONE, "one of two sets is half"


def test_an_interrupted_session_can_be_discarded(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    practice.discard(interrupted(practice, times))
    assert practice.unfinished() is None
    assert practice.week()[0][1] is DayState.DUE


def test_the_persons_own_pace_of_breathing_wins(open_practice: Open) -> None:
    plan = open_practice().plan("wednesday")
    assert [step.seconds for step in plan.steps][-1] == 20.0
    slow = open_practice(replace(Settings(), breathing=Breathing(5.0, 7.0))).plan("wednesday")
    assert [step.seconds for step in slow.steps][-1] == 24.0


def test_without_a_history_the_workout_goes_on_and_says_so(
    open_practice: Open, times: Times, home: Path
) -> None:
    (home / "history.db").mkdir()
    practice = open_practice()
    assert any("History is off" in notice for notice in practice.notices)
    coach = practice.begin(practice.plan("monday"))
    run(coach, times)
    assert coach.state is State.ENDED
    assert "2 sets are waiting" in coach.banner
    assert practice.streak() == 0
    practice.close()


def test_a_history_that_comes_back_gets_all_that_waited(
    open_practice: Open, times: Times, home: Path
) -> None:
    (home / "history.db").mkdir()
    practice = open_practice()
    coach = practice.begin(practice.plan("monday"))
    run(coach, times, sets=1)
    assert "1 set is waiting" in coach.banner
    (home / "history.db").rmdir()
    coach.command(Command.FINISH)
    coach.drain()
    assert coach.banner == ""
    assert practice.week()[0][1] is DayState.DONE
    practice.close()
