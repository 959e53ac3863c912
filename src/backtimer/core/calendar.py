"""The calendar: which date a moment belongs to, how the days of a week stand, which day comes next.

A session belongs to the local date on which it began; a day begins at the rollover hour, so that a session
at half past midnight still counts for the evening before. The rules of streaks are in `streaks`; days
declared off are neutral everywhere: not asked for, and counted when something is done on them all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from backtimer.core.due import (
    DEFAULT_ROLLOVER,
    DONE_SHARE,
    DoneSession,
    Due,
    Off,
    Schedule,
    WhyOff,
    counts_by_date,
    due_on,
    in_time,
    is_off,
    local_date_of,
    never_had,
    presence,
    schedule_on,
)
from backtimer.core.streaks import Streak, streak, streaks

__all__ = [
    "DEFAULT_ROLLOVER",
    "DONE_SHARE",
    "Adherence",
    "DayBook",
    "DayState",
    "DoneSession",
    "Due",
    "Off",
    "Schedule",
    "Streak",
    "WhyOff",
    "adherence",
    "counted_on",
    "local_date_of",
    "next_due",
    "presence",
    "schedule_on",
    "streak",
    "streaks",
    "week",
    "week_of",
]

_DAY = timedelta(days=1)


class DayState(StrEnum):
    """How a day stands on the week strip and in the heat map."""

    REST = "rest"
    """Nothing is asked for, or was yet (before the first session), or the person never had this date."""
    DONE = "done"
    PART = "part"
    """Something was done, though not enough to count."""
    MISSED = "missed"
    OPTIONAL = "optional"
    """Optional and not done."""
    DUE = "due"
    """Today or later, and still to be done."""
    OFF = "off"
    """Declared off, and nothing that was asked for was done."""


@dataclass(frozen=True, slots=True)
class Adherence:
    """Of the days of a week that must be done, how many were.

    Optional days are in neither number; days off are in both when they were done, else in neither.
    """

    done: int
    due: int


class DayBook:
    """How any day stands.

    Args:
        schedules: In any order.
        sessions: All, or at least the first and those of the days that will be asked about.
        today: Days before it that asked for something are missed.
        offs: Days declared off.
    """

    def __init__(
        self,
        schedules: Sequence[Schedule],
        sessions: Sequence[DoneSession],
        today: date,
        offs: Sequence[Off] = (),
    ) -> None:
        known = tuple(in_time(sessions, today))
        self._schedules = schedules
        self._offs = offs
        self._counts = counts_by_date(known)
        self._sets: dict[date, int] = {}
        for session in known:
            day = session.local_date
            self._sets[day] = self._sets.get(day, 0) + max(0, session.done_sets)
        self._first = min([*self._counts, today])
        self._today = today
        self._never_had = never_had(known, self._must_be_done)

    def _must_be_done(self, day: date) -> bool:
        due = due_on(self._schedules, day)
        return due is not None and not due.optional and not is_off(self._offs, day)

    def never_had(self, day: date) -> bool:
        """Whether the person never had this date, so that nothing was asked for on it."""
        return day in self._never_had

    def sessions_on(self, day: date) -> int:
        """How many sessions of a day count."""
        return self._counts.get(day, 0)

    def sets_on(self, day: date) -> int:
        """How many sets were done on a day."""
        return self._sets.get(day, 0)

    def is_before(self, day: date) -> bool:
        """Whether it lies before the first session, so that nothing was missed on it."""
        return day < self._first

    def state(self, day: date) -> DayState:
        """How it stands."""
        due = due_on(self._schedules, day)
        if due is not None and self.sets_on(day) > 0:
            return DayState.DONE if self.sessions_on(day) >= due.enough else DayState.PART
        if is_off(self._offs, day):
            return DayState.OFF
        if due is None or self.is_before(day) or self.never_had(day):
            return DayState.REST
        if due.optional:
            return DayState.OPTIONAL
        return DayState.DUE if day >= self._today else DayState.MISSED


def week(
    schedules: Sequence[Schedule], sessions: Sequence[DoneSession], today: date, offs: Sequence[Off] = ()
) -> tuple[tuple[date, DayState], ...]:
    """The seven days of today's week, Monday first."""
    book = DayBook(schedules, sessions, today, offs)
    return tuple((day, book.state(day)) for day in week_of(today))


def adherence(
    schedules: Sequence[Schedule], sessions: Sequence[DoneSession], today: date, offs: Sequence[Off] = ()
) -> Adherence:
    """How many of this week's due days are done, of those that there are from Monday to Sunday."""
    book = DayBook(schedules, sessions, today, offs)
    done = due = 0
    for day in week_of(today):
        asked = due_on(schedules, day)
        if asked is None or asked.optional or book.is_before(day) or book.never_had(day):
            continue
        state = book.state(day)
        if state is DayState.DONE or not is_off(offs, day):
            due += 1
            done += state is DayState.DONE
    return Adherence(done, due)


def counted_on(sessions: Sequence[DoneSession], day: date) -> int:
    """How many sessions of a date count: the "2" in "2 of 3 today"."""
    return sum(session.counts for session in sessions if session.local_date == day)


def next_due(
    schedules: Sequence[Schedule], after: date, *, optional: bool = True, offs: Sequence[Off] = ()
) -> date | None:
    """The next day that asks for training after this one.

    Args:
        schedules: In any order.
        after: The search begins on the day after it.
        optional: Whether optional days are taken, too.
        offs: Days off, which ask for nothing.
    """
    in_order = sorted(schedules, key=lambda schedule: schedule.from_date)
    while after < date.max:
        day = _next_asked(in_order, after, optional)
        if day is None or not is_off(offs, day):
            return day
        after = max(off.to_date for off in offs if off.covers(day))
    return None


def week_of(day: date) -> tuple[date, ...]:
    """The seven days of the week that a day is in, Monday first."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=offset) for offset in range(7))


def _next_asked(in_order: Sequence[Schedule], after: date, optional: bool) -> date | None:
    for index, schedule in enumerate(in_order):
        end = in_order[index + 1].from_date if index + 1 < len(in_order) else date.max
        begin = max(after + _DAY, schedule.from_date)
        # From a schedule's first day on its week repeats, so that seven days tell all.
        for offset in range(min(7, (end - begin).days)):
            day = begin + timedelta(days=offset)
            due = schedule.on(day)
            if due is not None and (optional or not due.optional):
                return day
    return None
