"""Due days, streaks and adherence: pure date arithmetic.

A session belongs to the local date on which it began; a day begins at the rollover hour, so that a session
at half past midnight still counts for the evening before.

The rules, in one place:

- A due day is done when enough sessions of that date count; a session counts from half of its sets, a day
  that asks for several sessions from half of them, rounded up (`DONE_SHARE` both times).
- A streak is the number of days done in a row. Rest days are neutral, whether something was done on them or
  not; optional days add when done and never break; today breaks nothing while it lasts.
- Nothing counts before the first schedule, or before the first session.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from math import ceil

DEFAULT_ROLLOVER = time(4, 0)

DONE_SHARE = 0.5
"""Part of a session counts as done from this share of its sets."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """What a weekday asks for."""

    times: int = 1
    """How many sessions."""
    optional: bool = False
    """Counts when done, and never breaks a streak."""

    @property
    def enough(self) -> int:
        """How many sessions make the day a day done."""
        return max(1, ceil(DONE_SHARE * self.times))


@dataclass(frozen=True, slots=True)
class Schedule:
    """Which weekdays ask for training, from a date on, until the next schedule."""

    from_date: date
    routine: str
    due: Mapping[int, Due]
    """By `date.weekday()`; a weekday that is missing is a rest day."""

    def on(self, day: date) -> Due | None:
        """What it asks for on a day; None for a rest day."""
        return self.due.get(day.weekday())


@dataclass(frozen=True, slots=True)
class DoneSession:
    """As much of a past session as the calendar needs."""

    local_date: date
    planned_sets: int
    done_sets: int

    @property
    def counts(self) -> bool:
        """Whether enough of it was done."""
        return self.planned_sets > 0 and self.done_sets >= DONE_SHARE * self.planned_sets


class DayState(StrEnum):
    """How a day stands on the week strip."""

    REST = "rest"
    """Nothing is asked for, or nothing was yet (before the first session)."""
    DONE = "done"
    PART = "part"
    """Something was done, though not enough to count."""
    MISSED = "missed"
    OPTIONAL = "optional"
    """Optional and not done."""
    DUE = "due"
    """Today or later, and still to be done."""


@dataclass(frozen=True, slots=True)
class Adherence:
    """Of the days of a week that must be done, how many were; optional days are in neither number."""

    done: int
    due: int


@dataclass(frozen=True, slots=True)
class _Tally:
    """What was done on one date."""

    counting: int = 0
    """Sessions that count."""
    sets: int = 0


def local_date_of(moment: datetime, rollover: time = DEFAULT_ROLLOVER) -> date:
    """The date a session that begins at this local moment belongs to.

    The clock on the wall decides, so that a night in which daylight saving begins or ends changes nothing:
    at 04:00 by that clock the new day begins.
    """
    after_midnight = timedelta(hours=rollover.hour, minutes=rollover.minute, seconds=rollover.second)
    return (moment.replace(tzinfo=None) - after_midnight).date()


def schedule_on(schedules: Sequence[Schedule], day: date) -> Schedule | None:
    """The schedule in force on a day: the latest that began on or before it."""
    found: Schedule | None = None
    for schedule in schedules:
        if schedule.from_date <= day and (found is None or schedule.from_date >= found.from_date):
            found = schedule
    return found


def streak(schedules: Sequence[Schedule], sessions: Sequence[DoneSession], today: date) -> int:
    """How many due days in a row were done, counted back from today.

    A session of tomorrow's date counts too: whoever flies west over the date line sees the same date twice,
    and keeps what was done on it.
    """
    if not sessions:
        return 0
    tallies = _tallies(sessions)
    first = min(tallies)
    last = min(max(tallies), today + _DAY)
    count = 0
    for day, due in _days_back(schedules, max(today, last), first):
        if due is None:
            continue
        if tallies.get(day, _Tally()).counting >= due.enough:
            count += 1
        elif not due.optional and day < today:
            break
    return count


def week(
    schedules: Sequence[Schedule], sessions: Sequence[DoneSession], today: date
) -> tuple[tuple[date, DayState], ...]:
    """The seven days of today's week, Monday first."""
    tallies = _tallies(sessions)
    first = min(tallies, default=today)
    return tuple((day, _state(schedules, tallies, first, day, today)) for day in _week_of(today))


def adherence(schedules: Sequence[Schedule], sessions: Sequence[DoneSession], today: date) -> Adherence:
    """How many of this week's due days are done, of those that there are from Monday to Sunday."""
    done = due = 0
    for day, state in week(schedules, sessions, today):
        asked = _due_on(schedules, day)
        if asked is None or asked.optional or state is DayState.REST:
            continue
        due += 1
        done += state is DayState.DONE
    return Adherence(done, due)


def counted_on(sessions: Sequence[DoneSession], day: date) -> int:
    """How many sessions of a date count: the "2" in "2 of 3 today"."""
    return sum(session.counts for session in sessions if session.local_date == day)


def next_due(schedules: Sequence[Schedule], after: date, *, optional: bool = True) -> date | None:
    """The next day that asks for training after this one.

    Args:
        schedules: In any order.
        after: The search begins on the day after it.
        optional: Whether optional days are taken, too.
    """
    in_order = sorted(schedules, key=lambda schedule: schedule.from_date)
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


def _tallies(sessions: Sequence[DoneSession]) -> dict[date, _Tally]:
    tallies: dict[date, _Tally] = {}
    for session in sessions:
        tally = tallies.get(session.local_date, _Tally())
        tallies[session.local_date] = _Tally(
            tally.counting + session.counts, tally.sets + max(0, session.done_sets)
        )
    return tallies


def _due_on(schedules: Sequence[Schedule], day: date) -> Due | None:
    schedule = schedule_on(schedules, day)
    return schedule.on(day) if schedule else None


def _days_back(schedules: Sequence[Schedule], last: date, first: date) -> Iterator[tuple[date, Due | None]]:
    """Each day from `last` down to `first` with what it asks for, looking at every schedule only once."""
    newest_first = sorted(schedules, key=lambda schedule: schedule.from_date)[::-1]
    index = 0
    for ordinal in range(last.toordinal(), first.toordinal() - 1, -1):
        day = date.fromordinal(ordinal)
        while index < len(newest_first) and newest_first[index].from_date > day:
            index += 1
        if index == len(newest_first):
            return
        yield day, newest_first[index].on(day)


def _week_of(day: date) -> tuple[date, ...]:
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=offset) for offset in range(7))


def _state(
    schedules: Sequence[Schedule], tallies: Mapping[date, _Tally], first: date, day: date, today: date
) -> DayState:
    due = _due_on(schedules, day)
    if due is None or (day < first and day < today):
        return DayState.REST
    tally = tallies.get(day, _Tally())
    if tally.counting >= due.enough:
        return DayState.DONE
    if tally.sets > 0:
        return DayState.PART
    if due.optional:
        return DayState.OPTIONAL
    return DayState.DUE if day >= today else DayState.MISSED
