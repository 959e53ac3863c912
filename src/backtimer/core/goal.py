"""A weekly goal, for those to whom a number of sessions a week says more than certain days.

- A week reaches its goal with that many sessions that count, whichever days they are on.
- Days off, and a date that the person never had, lower the goal of their week in proportion, rounded down. A
  week that reaches only the lowered goal is neutral: it neither adds nor breaks.
- The present week breaks nothing while it lasts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from backtimer.core.due import DoneSession, Off, after, in_time, is_off, never_had, off_ordinals
from backtimer.core.plan.units import UnitError
from backtimer.core.streaks import Streak, run_lengths

MOST = 21
"""The most sessions a week that can be a goal: three a day."""

_DAYS = 7
_GOAL = re.compile(r"([0-9]{1,3})\s*(?:x|×|times)?\s*(?:(?:per|a|/)\s*week)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Goal:
    """How many sessions a week."""

    sessions: int


@dataclass(frozen=True, slots=True)
class GoalWeek:
    """How the present week stands."""

    done: int
    """Sessions that count."""
    goal: int


def parse_goal(text: str) -> Goal:
    """Read `3 per week`, `3 a week` or `3`.

    Raises:
        UnitError: It is no such goal.
    """
    found = _GOAL.match(text.strip())
    if found is None:
        raise UnitError(f"a goal is written like 3 per week, not {text.strip() or 'nothing'}")
    sessions = int(found[1])
    if not 1 <= sessions <= MOST:
        raise UnitError(f"a goal is 1 to {MOST} sessions per week, not {sessions}")
    return Goal(sessions)


def goal_streak(goal: Goal, sessions: Sequence[DoneSession], today: date, offs: Sequence[Off] = ()) -> Streak:
    """How many weeks in a row reached the goal: now, and at the longest."""
    return run_lengths(_weeks_that_matter(goal, sessions, today, offs))


def goal_week(goal: Goal, sessions: Sequence[DoneSession], today: date, offs: Sequence[Off] = ()) -> GoalWeek:
    """This week's sessions that count, and how many there should be; days off lower the goal."""
    week = _week(today)
    away = _away(sessions, today, offs)
    return GoalWeek(_done(sessions, today)[week], _lowered(goal, off_days_of(week, away)))


def off_days_of(week: int, offs: Sequence[Off]) -> int:
    """How many days of a week are off."""
    begin = week * _DAYS + 1
    end = min(begin + _DAYS - 1, date.max.toordinal())
    return len(off_ordinals(offs, date.fromordinal(begin), date.fromordinal(end)))


def _weeks_that_matter(
    goal: Goal, sessions: Sequence[DoneSession], today: date, offs: Sequence[Off]
) -> Iterator[bool]:
    """True for each week that adds, False for each that breaks, newest first."""
    this_week, last = _week(today), _week(after(today))
    done = _done(sessions, today)
    if not done:
        return
    offs = _away(sessions, today, offs)
    for week in range(last, min(done) - 1, -1):
        if done[week] >= goal.sessions:
            yield True
        elif week < this_week and done[week] < _lowered(goal, off_days_of(week, offs)):
            yield False


def _done(sessions: Sequence[DoneSession], today: date) -> Counter[int]:
    """How many sessions of each week count."""
    return Counter(_week(session.local_date) for session in in_time(sessions, today) if session.counts)


def _away(sessions: Sequence[DoneSession], today: date, offs: Sequence[Off]) -> Sequence[Off]:
    """The days off, and the dates that the person never had."""
    lost = never_had(in_time(sessions, today), lambda day: not is_off(offs, day))
    return (*offs, *(Off(day, day) for day in sorted(lost))) if lost else offs


def _lowered(goal: Goal, off_days: int) -> int:
    return goal.sessions * (_DAYS - off_days) // _DAYS


def _week(day: date) -> int:
    """The number of the week, from Monday to Sunday, that a day is in."""
    return (day.toordinal() - 1) // _DAYS
