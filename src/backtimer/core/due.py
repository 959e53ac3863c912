"""What days ask for and what was done on them: the values that all of the calendar reckons with.

All that a streak needs is here and in `streaks`, apart from the rest of the calendar, since `backtimer
streak` must be quick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from math import ceil

DEFAULT_ROLLOVER = time(4, 0)
"""When a new day begins."""

DONE_SHARE = 0.5
"""Part of a session counts as done from this share of its sets."""


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


class WhyOff(StrEnum):
    """Why days were declared off."""

    FLARE_UP = "flare-up"
    HOLIDAY = "holiday"
    ILL = "ill"


@dataclass(frozen=True, slots=True)
class Off:
    """Days declared off, both ends included: neutral, unless something is done on them all the same."""

    from_date: date
    to_date: date
    """Before `from_date`: it covers nothing."""
    why: WhyOff = WhyOff.FLARE_UP

    def covers(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.from_date <= day <= self.to_date


@dataclass(frozen=True, slots=True)
class DoneSession:
    """As much of a past session as the calendar needs."""

    local_date: date
    planned_sets: int
    done_sets: int
    offset_min: int | None = field(default=None, compare=False)
    """Minutes east of UTC where it began; None: not known."""

    @property
    def counts(self) -> bool:
        """Whether enough of it was done."""
        return enough_done(self.done_sets, self.planned_sets)


LOST_DATE_MIN = 12 * 60
"""Minutes that a clock must go forward, from one session to the next, to leave out a date.

Of the date in the middle the person had half at most, and mostly spent that on the way: whoever flies west
over the date line goes to bed on Monday and gets up on Wednesday. No change of daylight saving comes near it.
"""


def presence(today: date, offset_min: int) -> DoneSession:
    """Where a person is today, told as a session of which nothing was planned: it counts for nothing."""
    return DoneSession(today, 0, 0, offset_min)


def never_had(sessions: Iterable[DoneSession], asks: Callable[[date], bool]) -> frozenset[date]:
    """The dates that a person never had, as far as they matter.

    Between two sessions whose clocks are so far apart one date is missing. Which one cannot be known: it is
    the last one that asked for something.

    Args:
        sessions: Those of one date in the order in which they were done.
        asks: Whether a date must be done: what is neutral anyway need not be forgiven.
    """
    found: set[date] = set()
    before: DoneSession | None = None
    for session in sorted(sessions, key=_date_of):
        if session.offset_min is None:
            continue
        if before is not None and session.offset_min - (before.offset_min or 0) >= LOST_DATE_MIN:
            first, last = before.local_date.toordinal() + 1, session.local_date.toordinal() - 1
            between = (date.fromordinal(ordinal) for ordinal in range(last, first - 1, -1))
            lost = next((day for day in between if asks(day)), None)
            if lost is not None:
                found.add(lost)
        before = session
    return frozenset(found)


def _date_of(session: DoneSession) -> date:
    return session.local_date


def local_date_of(moment: datetime, rollover: time = DEFAULT_ROLLOVER) -> date:
    """The date a session that begins at this local moment belongs to.

    The clock on the wall decides, so that a night in which daylight saving begins or ends changes nothing:
    at 04:00 by that clock the new day begins.
    """
    after_midnight = timedelta(hours=rollover.hour, minutes=rollover.minute, seconds=rollover.second)
    return (moment.replace(tzinfo=None) - after_midnight).date()


def enough_done(done_sets: int, planned_sets: int) -> bool:
    """Whether a session counts as done."""
    return planned_sets > 0 and done_sets >= DONE_SHARE * planned_sets


def in_time(sessions: Iterable[DoneSession], today: date) -> Iterator[DoneSession]:
    """Those dated up to tomorrow.

    Tomorrow's count: whoever flies east over the date line sees the same date twice, and keeps what was done
    on the one after it. Later dates come from a clock that was wrong, and count for nothing until they come.
    """
    latest = after(today)
    return (session for session in sessions if session.local_date <= latest)


def counts_by_date(sessions: Iterable[DoneSession]) -> dict[date, int]:
    """How many sessions of each date count; every date that has sessions is named."""
    found: dict[date, int] = {}
    for session in sessions:
        counts = enough_done(session.done_sets, session.planned_sets)
        found[session.local_date] = found.get(session.local_date, 0) + counts
    return found


def after(day: date) -> date:
    """The next day; the last of all days is its own next one."""
    return day if day == date.max else date.fromordinal(day.toordinal() + 1)


def schedule_on(schedules: Sequence[Schedule], day: date) -> Schedule | None:
    """The schedule in force on a day: the latest that began on or before it."""
    found: Schedule | None = None
    for schedule in schedules:
        if schedule.from_date <= day and (found is None or schedule.from_date >= found.from_date):
            found = schedule
    return found


def due_on(schedules: Sequence[Schedule], day: date) -> Due | None:
    """What the schedule in force asks for on a day; None for a rest day, and before the first schedule."""
    schedule = schedule_on(schedules, day)
    return schedule.on(day) if schedule else None


def is_off(offs: Iterable[Off], day: date) -> bool:
    """Whether a day was declared off."""
    return any(off.covers(day) for off in offs)


def off_ordinals(offs: Iterable[Off], first: date, last: date) -> set[int]:
    """The ordinals of all days off from `first` to `last`, however far the declared days reach."""
    found: set[int] = set()
    for off in offs:
        begin, end = max(off.from_date, first), min(off.to_date, last)
        found.update(range(begin.toordinal(), end.toordinal() + 1))
    return found


def spells_back(
    schedules: Sequence[Schedule], last: date, first: date
) -> Iterator[tuple[range, tuple[Due | None, ...]]]:
    """The days from `last` down to `first`, newest first, and what is asked for while a schedule is in force.

    Yields:
        The ordinals of the days of one schedule, and what they ask for, by ordinal modulo 7. Nothing for the
        days before the first schedule.
    """
    begins_after = last.toordinal() + 1
    for schedule in sorted(schedules, key=lambda schedule: schedule.from_date)[::-1]:
        begin = max(schedule.from_date.toordinal(), first.toordinal())
        if begin < begins_after:
            # Ordinal 1 was a Monday, `date.weekday()` of which is 0.
            asked = tuple(schedule.due.get((ordinal - 1) % 7) for ordinal in range(7))
            yield range(begins_after - 1, begin - 1, -1), asked
            begins_after = begin
