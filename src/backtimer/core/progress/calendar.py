"""The calendar: which date a moment belongs to, how the days of a week stand, which day comes next.

A session belongs to the local date on which it began; a day begins at the rollover hour, so that a session
at half past midnight still counts for the evening before. The rules of streaks are in `streaks`; days
declared off are neutral everywhere: not asked for, and counted when something is done on them all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from math import ceil
from operator import itemgetter

from backtimer.core.progress.dates import weekday_and_date
from backtimer.language import _, marked
from backtimer.values import NamedTuple

DEFAULT_ROLLOVER = time(4, 0)
"""When a new day begins."""

DONE_SHARE = 0.5
"""Part of a session counts as done from this share of its sets."""


class Due(NamedTuple):
    """What a weekday asks for."""

    times: int = 1
    """How many sessions."""
    optional: bool = False
    """Counts when done, and never breaks a streak."""

    @property
    def enough(self) -> int:
        """How many sessions make the day a day done."""
        return max(1, ceil(DONE_SHARE * self.times))


def sessions_words(done: int, times: int) -> str:
    """How many of a day's sessions are done, where some are and some are still asked for; else empty."""
    if not 0 < done < times:
        return ""
    return _("{done} of {all} sessions done.").format(done=done, all=times)


WEEK = 7
"""Days after which the weekdays begin again."""


class Schedule(NamedTuple):
    """Which days ask for training, from a date on, until the next schedule."""

    from_date: date
    routine: str
    due: Mapping[int, Due]
    """By `place_in_period`, which in a week is `date.weekday()`; a day that is missing is a rest day."""
    period: int = WEEK
    """Days after which it begins again."""
    stage: int = 0
    """Of a programme, from 1; 0: the routine has no stages."""

    def on(self, day: date) -> Due | None:
        """What it asks for on a day; None for a rest day."""
        return self.due.get(place_in_period(day, self.period))


def place_in_period(day: date, period: int) -> int:
    """Where a day is among so many that come again and again, as `date.weekday()` tells it of seven."""
    return (day.toordinal() - 1) % period  # ordinal 1 was a Monday


class WhyOff(StrEnum):
    """Why days were declared off."""

    FLARE_UP = "flare-up"
    HOLIDAY = "holiday"
    ILL = "ill"


class Off(NamedTuple):
    """Days declared off, both ends included: neutral, unless something is done on them all the same."""

    from_date: date
    to_date: date
    """Before `from_date`: it covers nothing."""
    why: WhyOff = WhyOff.FLARE_UP

    def covers(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.from_date <= day <= self.to_date


class DoneSession(NamedTuple):
    """As much of a past session as the calendar needs."""

    local_date: date
    planned_sets: int
    done_sets: int
    offset_min: int | None = None
    """Minutes east of UTC where it began; None: not known."""

    @property
    def counts(self) -> bool:
        """Whether enough of it was done."""
        return enough_done(self.done_sets, self.planned_sets)


class DayDone(NamedTuple):
    """A day of a routine that was done."""

    local_date: date
    day: str
    """As the routine names it."""


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
    told = [(session, session.offset_min) for session in sessions if session.offset_min is not None]
    for session, offset in sorted(told, key=lambda each: each[0].local_date):
        if before is not None and offset - (before.offset_min or 0) >= LOST_DATE_MIN:
            first, last = before.local_date.toordinal() + 1, session.local_date.toordinal() - 1
            between = (date.fromordinal(ordinal) for ordinal in range(last, first - 1, -1))
            lost = next((day for day in between if asks(day)), None)
            if lost is not None:
                found.add(lost)
        before = session
    return frozenset(found)


def local_date_of(moment: datetime, rollover: time = DEFAULT_ROLLOVER) -> date:
    """The date a session that begins at this local moment belongs to.

    The clock on the wall decides, so that a night in which daylight saving begins or ends changes nothing:
    at 04:00 by that clock the new day begins.
    """
    after_midnight = timedelta(hours=rollover.hour, minutes=rollover.minute, seconds=rollover.second)
    return (moment.replace(tzinfo=None) - after_midnight).date()


@cache
def enough_done(done_sets: int, planned_sets: int) -> bool:
    """Whether a session counts as done; asked of ten years of them, which have few different numbers."""
    return planned_sets > 0 and done_sets >= DONE_SHARE * planned_sets


def in_time(sessions: Iterable[DoneSession], today: date) -> list[DoneSession]:
    """Those dated up to tomorrow.

    Tomorrow's count: whoever flies east over the date line sees the same date twice, and keeps what was done
    on the one after it. Later dates come from a clock that was wrong, and count for nothing until they come.
    """
    latest = after(today)
    known = list(sessions)
    if max(map(itemgetter(0), known), default=latest) <= latest:  # as always, and seen in half the time
        return known
    return [session for session in known if session.local_date <= latest]


def counts_by_date(sessions: Iterable[DoneSession]) -> dict[date, int]:
    """How many sessions of each date count; every date that has sessions is named."""
    found: dict[date, int] = {}
    for day, planned, done, _offset in sessions:
        found[day] = found.get(day, 0) + enough_done(done, planned)
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
        The ordinals of the days of one schedule, and what they ask for, by ordinal modulo their number.
        Nothing for the days before the first schedule.
    """
    begins_after = last.toordinal() + 1
    for schedule in sorted(schedules, key=lambda schedule: schedule.from_date)[::-1]:
        begin = max(schedule.from_date.toordinal(), first.toordinal())
        if begin < begins_after:
            period = schedule.period  # as `place_in_period` tells it
            asked = tuple(schedule.due.get((ordinal - 1) % period) for ordinal in range(period))
            yield range(begins_after - 1, begin - 1, -1), asked
            begins_after = begin


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


class Adherence(NamedTuple):
    """Of the days of a week that must be done, how many were.

    Optional days are in neither number; days off are in both when they were done, else in neither. With a
    weekly goal, `done` are the sessions that count, and `due` is the goal.
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
        known = in_time(sessions, today)
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


def off_on(offs: Iterable[Off], day: date) -> Off | None:
    """The days off that a day is one of; of several, those that last longest."""
    return max((off for off in offs if off.covers(day)), key=lambda off: off.to_date, default=None)


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
        # From a schedule's first day on it repeats, so that the days of one period tell all.
        for offset in range(min(schedule.period, (end - begin).days)):
            day = begin + timedelta(days=offset)
            due = schedule.on(day)
            if due is not None and (optional or not due.optional):
                return day
    return None


GLYPHS = {
    DayState.DONE: "✓",
    DayState.PART: "◐",
    DayState.MISSED: "·",
    DayState.DUE: "○",
    DayState.OPTIONAL: "◇",
    DayState.REST: "–",
    DayState.OFF: "~",
}
"""One sign a state, so that colour is never needed to tell them apart."""

EXTRA_GLYPH = "+"
"""Of a day that asked for nothing, and on which something was done all the same."""

EXTRA_WORD = marked("extra")

STATE_WORDS = {
    DayState.DONE: marked("done"),
    DayState.PART: marked("partly done"),
    DayState.MISSED: marked("not done"),
    DayState.DUE: marked("to do"),
    DayState.OPTIONAL: marked("optional"),
    DayState.REST: marked("rest"),
    DayState.OFF: marked("off"),
}

OFF_WORDS = {
    WhyOff.FLARE_UP: marked("flare-up"),
    WhyOff.HOLIDAY: marked("holiday"),
    WhyOff.ILL: marked("ill"),
}


def off_words(off: Off, day: date, today: date) -> str:
    """Until when a day is off, and why: `off until Saturday 28 Nov, flare-up`."""
    why = _(OFF_WORDS[off.why])
    if off.to_date > day:
        return _("off until {day}, {why}").format(day=weekday_and_date(off.to_date, today), why=why)
    return (_("off today, {why}") if day == today else _("off this day, {why}")).format(why=why)


def nothing_due_words(off: Off, day: date, today: date) -> str:
    """The same as a sentence, and what it means, `Off today, ill: nothing is due`."""
    why = _(OFF_WORDS[off.why])
    if off.to_date > day:
        until = weekday_and_date(off.to_date, today)
        return _("Off until {day}, {why}: nothing is due.").format(day=until, why=why)
    if day == today:
        return _("Off today, {why}: nothing is due.").format(why=why)
    return _("Off this day, {why}: nothing is due.").format(why=why)
