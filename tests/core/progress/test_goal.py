"""The weekly goal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.plan.units import UnitError
from backtimer.core.progress.calendar import Adherence, DoneSession, Due, Off, Schedule
from backtimer.core.progress.streaks import (
    Goal,
    Streak,
    goal_week,
    parse_goal,
    streak,
    streak_text,
    streaks,
)
from tests.core.progress.test_calendar import day, full, session_lists
from tests.rules import for_each

THREE = Goal(3)


def goal_streak(goal: Goal, sessions: Sequence[DoneSession], today: date, offs: Sequence[Off] = ()) -> Streak:
    """Of weeks, whichever days were due; and the present one is the same when it alone is asked for."""
    found = streaks((), sessions, today, offs, goal)
    assert streak((), sessions, today, offs, goal) == found.current
    return found


@for_each("text", ["3", "3 per week", " 3 a week ", "3 PER WEEK", "3/week", "3x per week", "3 times a week"])
def test_a_goal_is_read(text: str) -> None:
    assert parse_goal(text) == THREE


@for_each(
    ("text", "said"),
    [
        ("0 per week", "a goal is 1 to 21 sessions per week, not 0"),
        ("22", "a goal is 1 to 21 sessions per week, not 22"),
        ("three", "a goal is written like 3 per week, not three"),
        ("3 per month", "a goal is written like 3 per week, not 3 per month"),
        ("-3", "a goal is written like 3 per week, not -3"),
        ("", "a goal is written like 3 per week, not nothing"),
        ("٣", "a goal is written like 3 per week, not ٣"),
    ],
)
def test_what_is_no_goal_is_refused(text: str, said: str) -> None:
    with pytest.raises(UnitError) as refused:
        parse_goal(text)
    assert str(refused.value) == said


def test_a_week_reaches_its_goal_on_whichever_days() -> None:
    assert goal_streak(THREE, full(0, 1, 2), day(6)) == Streak(1, 1)
    assert goal_streak(THREE, full(4, 5, 6), day(6)) == Streak(1, 1)
    assert goal_streak(THREE, full(6, 6, 6), day(6)) == Streak(1, 1)
    assert goal_streak(THREE, full(5, 6, 7), day(7)) == Streak(0, 0), "Monday begins another week"


def test_half_of_a_session_counts() -> None:
    sessions = [*full(0, 1), DoneSession(day(2), 10, 5)]
    assert goal_streak(THREE, sessions, day(6)).current == 1
    assert goal_streak(THREE, [*full(0, 1), DoneSession(day(2), 10, 4)], day(6)).current == 0


def test_the_present_week_breaks_nothing_and_adds_when_reached() -> None:
    done = full(-7, -6, -5)
    assert goal_streak(THREE, done, day(6)) == Streak(1, 1)
    assert goal_streak(THREE, [*done, *full(0, 1, 2)], day(2)) == Streak(2, 2)
    assert goal_streak(THREE, done, day(7)) == Streak(0, 1), "the week without any is over"


@for_each(
    ("off_days", "sessions", "current"),
    [
        (0, 2, 0),
        (1, 2, 1),
        (1, 1, 0),
        (2, 2, 1),
        (2, 1, 0),
        (3, 1, 1),
        (3, 0, 0),
        (4, 1, 1),
        (5, 0, 1),
        (7, 0, 1),
        (7, 3, 2),
    ],
)
def test_days_off_lower_the_goal_of_their_week(off_days: int, sessions: int, current: int) -> None:
    """A week that reaches only the lowered goal of three sessions keeps the one before it."""
    done = [*full(-7, -6, -5), *full(*range(sessions))]
    offs = [Off(day(7 - off_days), day(6))]
    assert goal_streak(THREE, done, day(7), offs).current == current


def test_the_week_so_far() -> None:
    assert goal_week(THREE, full(-1, 0, 2, 7), day(2)) == Adherence(2, 3)
    assert goal_week(THREE, full(0), day(2), [Off(day(1), day(3))]) == Adherence(1, 1)
    assert goal_week(THREE, [], day(2)) == Adherence(0, 3)


def test_sessions_of_a_wrong_clock_count_for_nothing() -> None:
    assert goal_week(THREE, full(0, 4), day(2)) == Adherence(1, 3)
    assert goal_streak(THREE, full(0, 3, 4), day(2)) == Streak(0, 0)
    assert goal_streak(THREE, full(700, 701, 702), day(2)) == Streak(0, 0)


def test_tomorrow_counts_already() -> None:
    assert goal_streak(THREE, full(0, 1, 3), day(2)).current == 1
    assert goal_streak(Goal(1), full(0, 7), day(6)) == Streak(2, 2)


def test_the_first_and_the_last_of_all_weeks() -> None:
    assert goal_streak(Goal(1), [DoneSession(date.min, 1, 1)], date.min) == Streak(1, 1)
    assert (
        goal_streak(Goal(1), [DoneSession(date.max, 1, 1)], date.max, [Off(date.min, date.max)]).current == 1
    )


@given(st.integers(1, 7), session_lists, st.integers(-50, 5), st.integers(0, 10))
def test_days_off_never_break(goal: int, sessions: list[DoneSession], begin: int, days: int) -> None:
    before = goal_streak(Goal(goal), sessions, day(0))
    after = goal_streak(Goal(goal), sessions, day(0), [Off(day(begin), day(begin + days))])
    assert after.current >= before.current
    assert after.longest >= before.longest


def test_the_streak_in_words_is_of_days_or_of_weeks_with_what_this_one_asks_for() -> None:
    days = [Schedule(day(0), "every-day", dict.fromkeys(range(7), Due()))]
    done = full(0, 1, 2, 7)
    assert streak_text(days, done, day(7), [Off(day(3), day(6))]) == "4 days in a row"
    assert (
        streak_text(days, done, day(7), [Off(day(8), day(8))], THREE) == "1 week in a row, 1 of 2 this week"
    )
    assert streak_text(days, [], day(7)) == "A good day to begin"
    assert streak_text(days, [], day(7), (), THREE) == "A good week to begin, 0 of 3 this week"
