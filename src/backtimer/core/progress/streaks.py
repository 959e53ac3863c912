"""Streaks: how many due days, or weeks with their goal reached, were done in a row.

- A due day is done when enough sessions of that date count; a session counts from half of its sets, a day
  that asks for several sessions from half of them, rounded up (`DONE_SHARE` both times).
- Rest days are neutral, whether something was done on them or not. Optional days and days off add when done
  and never break. Today breaks nothing while it lasts.
- Nothing counts before the first schedule, or before the first session.
- A date that the person never had, because they flew west over the date line or their country moved over it,
  is neutral (`calendar.never_had`).
- A session of tomorrow's date counts, one dated later does not (`calendar.in_time` tells why).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, compress, cycle, repeat, takewhile
from operator import ge

from backtimer.core.plan.units import UnitError
from backtimer.core.progress.calendar import (
    Adherence,
    DoneSession,
    Off,
    Schedule,
    after,
    due_on,
    enough_done,
    in_time,
    is_off,
    never_had,
    off_ordinals,
    spells_back,
)
from backtimer.language import _, counted_words
from backtimer.values import NamedTuple


class Streak(NamedTuple):
    """How many in a row: of due days or, with a weekly goal, of weeks."""

    current: int
    longest: int
    """Ever; the current one included."""


def streak(
    schedules: Sequence[Schedule],
    sessions: Sequence[DoneSession],
    today: date,
    offs: Sequence[Off] = (),
    goal: Goal | None = None,
) -> int:
    """How many due days in a row were done or, with a goal, how many weeks in a row reached it.

    It is counted back from today, and no further than it has to be; `streaks` goes through all days.
    """
    what_matters = _what_matters(schedules, sessions, today, offs, goal)
    return sum(1 for _ in takewhile(bool, what_matters))


def streaks(
    schedules: Sequence[Schedule],
    sessions: Sequence[DoneSession],
    today: date,
    offs: Sequence[Off] = (),
    goal: Goal | None = None,
) -> Streak:
    """The present streak, and the longest there ever was."""
    return run_lengths(_what_matters(schedules, sessions, today, offs, goal))


def streak_text(
    schedules: Sequence[Schedule],
    sessions: Sequence[DoneSession],
    today: date,
    offs: Sequence[Off] = (),
    goal: Goal | None = None,
) -> str:
    """The present streak in words, with what this week still asks for where there is a goal; no full stop."""
    current = streak(schedules, sessions, today, offs, goal)
    if goal is None:
        return streak_words(current)
    week = goal_week(goal, sessions, today, offs)
    return goal_words(current, week.done, week.due)


def _what_matters(
    schedules: Sequence[Schedule],
    sessions: Sequence[DoneSession],
    today: date,
    offs: Sequence[Off],
    goal: Goal | None,
) -> Iterator[bool]:
    """True for each day, or week with a goal, that adds, False for each that breaks, newest first."""
    if goal is None:
        return chain.from_iterable(_days_that_matter(schedules, sessions, today, offs))
    return _weeks_that_matter(goal, sessions, today, offs)


def run_lengths(newest_first: Iterable[bool]) -> Streak:
    """The newest run of True, and the longest."""
    # As bytes, in a fourth of the time that a loop takes over the days of ten years.
    runs = [len(run) for run in bytes(newest_first).split(bytes([False]))]
    return Streak(runs[0], max(runs))


def _days_that_matter(
    schedules: Sequence[Schedule], sessions: Sequence[DoneSession], today: date, offs: Sequence[Off]
) -> Iterator[list[bool]]:
    """True for each day that adds, False for each that breaks, newest first; neutral days are left out.

    All days of ten years come through here: by their ordinals, and many at once, in a third of the time that
    a look at each would take.

    Yields:
        Those of one schedule.
    """
    known = in_time(sessions, today)
    if not known:
        return
    dates, planned, done_sets, _offsets = zip(*known, strict=True)
    ordinals = list(map(date.toordinal, dates))
    done = Counter(compress(ordinals, map(enough_done, done_sets, planned)))
    first, last = date.fromordinal(min(ordinals)), max(today, date.fromordinal(max(ordinals)))
    off = off_ordinals(offs, first, last)

    def must_be_done(day: date) -> bool:
        due = due_on(schedules, day)
        return due is not None and not due.optional and day.toordinal() not in off

    off |= {day.toordinal() for day in never_had(known, must_be_done)}
    begins = today.toordinal()
    for days, asked in spells_back(schedules, last, first):
        enough = [0 if due is None else due.enough for due in asked]
        if not any(enough):
            continue
        breaks = [due is not None and not due.optional for due in asked]
        period = len(asked)
        enough_on = [enough[day % period] for day in range(days.start, days.start - period, -1)]
        due_days = list(compress(days, cycle(enough_on)))
        adds = list(map(ge, map(done.get, due_days, repeat(0)), filter(None, cycle(enough_on))))
        if not all(adds):
            adds = [
                added
                for day, added in zip(due_days, adds, strict=True)
                if added or (day < begins and breaks[day % period] and day not in off)
            ]
        yield adds


# A weekly goal, for those to whom a number of sessions a week says more than certain days.
# - A week reaches its goal with that many sessions that count, whichever days they are on.
# - Days off, and a date that the person never had, lower the goal of their week in proportion, rounded
#   down. A week that reaches only the lowered goal is neutral: it neither adds nor breaks.
# - The present week breaks nothing while it lasts.

MOST = 21
"""The most sessions a week that can be a goal: three a day."""

_DAYS = 7
_GOAL = r"(?i)([0-9]{1,3})\s*(?:x|×|times)?\s*(?:(?:per|a|/)\s*week)?\Z"


class Goal(NamedTuple):
    sessions: int


def parse_goal(text: str) -> Goal:
    """Read `3 per week`, `3 a week` or `3`.

    Raises:
        UnitError: It is no such goal.
    """
    found = re.match(_GOAL, text.strip())
    if found is None:
        if not text.strip():
            raise UnitError(_("a goal is written like 3 per week, not nothing"))
        raise UnitError(_("a goal is written like 3 per week, not {text}").format(text=text.strip()))
    sessions = int(found[1])
    if not 1 <= sessions <= MOST:
        raise UnitError(
            _("a goal is 1 to {most} sessions per week, not {number}").format(most=MOST, number=sessions)
        )
    return Goal(sessions)


def goal_week(
    goal: Goal, sessions: Sequence[DoneSession], today: date, offs: Sequence[Off] = ()
) -> Adherence:
    """This week's sessions that count, and how many there should be; days off lower the goal."""
    week = _week(today)
    away = _away(sessions, today, offs)
    return Adherence(_done(sessions, today)[week], _lowered(goal, off_days_of(week, away)))


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


def streak_words(days: int) -> str:
    """The streak, kindly: there is always a next one to begin."""
    if not days:
        return _("A good day to begin")
    return counted_words("{number} day in a row", "{number} days in a row", days).format(number=f"{days:,}")


def with_longest(words: str, longest: int) -> str:
    """A streak with the longest there ever was: `36 days in a row · best 41`; nothing more without one."""
    if not longest:
        return words
    return _("{streak} · best {longest}").format(streak=words, longest=f"{longest:,}")


def weeks_words(weeks: int) -> str:
    """The streak of a weekly goal, as kindly."""
    if not weeks:
        return _("A good week to begin")
    words = counted_words("{number} week in a row", "{number} weeks in a row", weeks)
    return words.format(number=f"{weeks:,}")


def goal_words(weeks: int, done: int, goal: int) -> str:
    """How a weekly goal stands: `3 weeks in a row, 2 of 3 this week`."""
    if not weeks:
        return _("A good week to begin, {done} of {goal} this week").format(done=done, goal=goal)
    words = counted_words(
        "{number} week in a row, {done} of {goal} this week",
        "{number} weeks in a row, {done} of {goal} this week",
        weeks,
    )
    return words.format(number=f"{weeks:,}", done=done, goal=goal)
