"""What was done, as plain values, and how it went over time: work, left against right, effort, pain."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from backtimer.core.progress import calendar
from backtimer.core.progress.calendar import (
    Adherence,
    DayBook,
    DayState,
    DoneSession,
    Off,
    Schedule,
    after,
    enough_done,
    week_of,
)
from backtimer.core.progress.dates import short_month
from backtimer.core.progress.streaks import Goal, Streak, goal_week, streaks
from backtimer.core.session.events import Outcome
from backtimer.language import _, marked
from backtimer.values import NamedTuple


class SessionState(StrEnum):
    """Whether a session is over, and how."""

    RUNNING = "running"
    """Not over: under way, or interrupted."""
    DONE = "done"
    """Every planned set was done."""
    PARTIAL = "partial"


class PastSet(NamedTuple):
    """A set as it was done."""

    local_date: date
    """Of its session."""
    exercise: str | None
    """Its id; None for an activity."""
    side: str | None
    """`left`, `right`, or None; where a rep of an alternating set hurt, the side of that rep."""
    reps: int | None
    """Done, per side; None for a set that is one hold or one movement, or has as many as are comfortable."""
    hold_s: float | None
    """The planned hold in every rep; None when there is none or it is not known."""
    seconds: float
    """Credited time at work."""
    outcome: Outcome
    session: str = ""
    """The id of its session; sets without one belong together by their date."""
    alternate: bool = False
    """The side changed at every rep, so that the reps are those of either side."""
    set_index: int = 0
    """Its place in the plan, 0-based."""
    set: int = 1
    """Which set of its exercise, 1-based; in a circuit it counts on from round to round."""
    in_place_of: str | None = None  # the id of the exercise that was planned; None: it was this one
    activity: str | None = None  # its words, among exercises; None: it is an exercise, or all of its session
    load: str | None = None  # in the words of its routine


class PastSession(NamedTuple):
    """A session as it was done and rated."""

    id: str
    local_date: date
    started: datetime
    """With the offset of the place, as the other moment."""
    planned_sets: int
    done_sets: int
    seconds: float
    effort: int | None = None
    """1-10 (Borg CR10)."""
    pain_before: int | None = None
    """0-10 (NPRS), as the others."""
    pain: int | None = None
    """Right after it."""
    pain_next: int | None = None
    """On the next morning."""
    routine: str = ""
    day: str = ""
    title: str = ""
    ended: datetime | None = None
    state: SessionState = SessionState.DONE
    source: str = "timer"
    """`timer`; `log`: written down afterwards; `import`."""
    note: str = ""
    sets: tuple[PastSet, ...] = ()
    """Those that were reached, in planned order; none where they are not asked for, for they are many."""
    hurt: bool = False
    """Something in it hurt."""

    @property
    def running(self) -> bool:
        """Whether it is not over."""
        return self.state is SessionState.RUNNING

    @property
    def logged(self) -> bool:
        """Whether it was done without the timer."""
        return self.source == "log"

    @property
    def counts(self) -> bool:
        """Whether enough of it was done."""
        return enough_done(self.done_sets, self.planned_sets)

    @property
    def share(self) -> float:
        """The part of its sets that was done, 0 to 1."""
        return min(1.0, self.done_sets / self.planned_sets) if self.planned_sets > 0 else 0.0

    @property
    def rise(self) -> int | None:
        """By how many points pain rose in it; None when it was not rated before and after."""
        return _rise(self.pain_before, self.pain)


class RatedSession(NamedTuple):
    """As much of a past session as advice about pain needs, for that looks a year back."""

    local_date: date
    pain_before: int | None
    pain: int | None
    pain_next: int | None

    @property
    def rise(self) -> int | None:
        """By how many points pain rose in it; None when it was not rated before and after."""
        return _rise(self.pain_before, self.pain)


def _rise(before: int | None, right_after: int | None) -> int | None:
    return None if before is None or right_after is None else right_after - before


class PastPain(NamedTuple):
    """A rating of pain that belongs to no session."""

    local_date: date
    pain: int
    """0-10 (NPRS)."""


WEEKS = 26


class HeatDay(NamedTuple):
    """One day of the map."""

    day: date
    state: DayState
    sessions: int
    """Those that count."""
    sets: int
    before: bool
    """Before the first session: there is nothing to tell of it."""

    @property
    def extra(self) -> bool:
        """Something was done though nothing was asked for."""
        return self.sets > 0 and self.state in (DayState.REST, DayState.OFF)


class Heat(NamedTuple):
    """The map."""

    weeks: tuple[tuple[HeatDay, ...], ...]
    """Its columns, oldest first; of seven days each, Monday first, days to come included."""

    @property
    def rows(self) -> tuple[tuple[HeatDay, ...], ...]:
        """A row for each weekday, Monday first."""
        return tuple(zip(*self.weeks, strict=True))

    @property
    def months(self) -> tuple[tuple[int, str], ...]:
        """The columns in which a month begins, with its short name (`Nov`).

        The first column has the name of its month too, unless another month begins so soon that the two
        names would touch.
        """
        begins = [
            (column, short_month(day.day))
            for column, days in enumerate(self.weeks)
            for day in days
            if day.day.day == 1
        ]
        if self.weeks and (not begins or begins[0][0] > _ROOM_FOR_A_NAME):
            begins.insert(0, (0, short_month(self.weeks[0][0].day)))
        return tuple(begins)


_ROOM_FOR_A_NAME = 2


def heat(
    schedules: Sequence[Schedule],
    sessions: Sequence[DoneSession],
    offs: Sequence[Off],
    today: date,
    weeks: int = WEEKS,
) -> Heat:
    """How the last weeks stand, the present one included.

    Args:
        schedules: In any order.
        sessions: All of them, or at least the first and those of these weeks.
        offs: Days declared off.
        today: The last column is its week.
        weeks: How many columns.
    """
    book = DayBook(schedules, sessions, today, offs)
    ends = (today - timedelta(weeks=back) for back in range(weeks - 1, -1, -1))
    return Heat(tuple(tuple(_day(book, day) for day in week_of(end)) for end in ends))


def _day(book: DayBook, day: date) -> HeatDay:
    before = book.is_before(day)
    return HeatDay(day, book.state(day), book.sessions_on(day), book.sets_on(day), before)


# How things went over time: the work of each exercise, left against right, effort, pain, and totals.
#
# The work of a set is its reps × the seconds of their hold; its reps alone where nothing is held; and its
# seconds where a set is one hold or one movement.

EVEN_SHARE = 0.1
"""Up to this part of the stronger side the weaker one may lack, and the two are called even."""

LEAST_DAYS = 2
"""Left and right are compared from so many days on: a single one may have been cut short."""

_LEFT, _RIGHT = marked("left"), marked("right")
_BARS = "▁▂▃▄▅▆▇█"


class Point(NamedTuple):
    day: date
    value: float


class Balance(NamedTuple):
    """The work of either side."""

    left: float
    right: float

    @property
    def even(self) -> bool:
        """Whether the sides differ by no more than one would expect."""
        return abs(self.left - self.right) <= EVEN_SHARE * max(self.left, self.right)

    @property
    def left_share(self) -> float:
        """The part of the left side in both, 0 to 1."""
        both = self.left + self.right
        return self.left / both if both > 0 else 0.5


class Trend(NamedTuple):
    """One exercise over time."""

    exercise: str
    points: tuple[Point, ...]
    """The work of each date on which some was done, oldest first."""
    unit: str
    """What the work is counted in, a label to be translated: `seconds held`, `reps` or `seconds`."""
    sets: int
    """Done in full."""
    reps: int
    """Per side."""
    seconds: float
    balance: Balance | None
    """None where the sides are not done apart."""


class Totals(NamedTuple):
    """All of it together."""

    sessions: int
    """Those of which anything was done."""
    counted: int
    """Those that count."""
    sets: int
    seconds: float


class PainSeries(NamedTuple):
    """Ratings of pain over time, by when they were given, oldest first."""

    before: tuple[Point, ...]
    after: tuple[Point, ...]
    next_morning: tuple[Point, ...]
    """On the date of that morning."""
    loose: tuple[Point, ...]
    """Those that belong to no session."""


def trends(sets: Iterable[PastSet]) -> tuple[Trend, ...]:
    """Every exercise of which anything was done, the most recently done first."""
    by_exercise: dict[str, list[PastSet]] = {}
    for one in sets:
        if one.exercise is not None and one.outcome is not Outcome.SKIPPED:
            by_exercise.setdefault(one.exercise, []).append(one)
    found = (_trend(exercise, own) for exercise, own in by_exercise.items())
    return tuple(sorted(found, key=lambda each: (-each.points[-1].day.toordinal(), each.exercise)))


def trend(sets: Iterable[PastSet], exercise: str) -> Trend | None:
    """One exercise; None when nothing of it was done."""
    return next(iter(trends(one for one in sets if one.exercise == exercise)), None)


def totals(sessions: Iterable[PastSession]) -> Totals:
    """How much there is in all."""
    begun = [session for session in sessions if session.done_sets > 0 or session.seconds > 0]
    return Totals(
        len(begun),
        sum(session.counts for session in begun),
        sum(session.done_sets for session in begun),
        sum(session.seconds for session in begun),
    )


def efforts(sessions: Iterable[PastSession]) -> tuple[Point, ...]:
    """The effort of each session that was rated, in the order of the sessions."""
    return tuple(
        Point(session.local_date, session.effort) for session in sessions if session.effort is not None
    )


def pains(sessions: Sequence[PastSession], loose: Iterable[PastPain] = ()) -> PainSeries:
    return PainSeries(
        tuple(Point(each.local_date, each.pain_before) for each in sessions if each.pain_before is not None),
        tuple(Point(each.local_date, each.pain) for each in sessions if each.pain is not None),
        tuple(
            Point(after(each.local_date), each.pain_next) for each in sessions if each.pain_next is not None
        ),
        tuple(Point(each.local_date, each.pain) for each in loose),
    )


def balance_words(balance: Balance) -> str:
    """Left against right: `left and right even`, `left 20 % less than right`."""
    if balance.even:
        return _("left and right even")
    less, more = sorted((balance.left, balance.right))
    percent = round(100 * (1 - less / more))
    if balance.left < balance.right:
        return _("left {percent} % less than right").format(percent=percent)
    return _("right {percent} % less than left").format(percent=percent)


def side_name(side: str) -> str:
    """A side as it is called."""
    return _(side) if side in (_LEFT, _RIGHT) else side


def sparkline(
    values: Sequence[float], width: int, *, low: float | None = None, high: float | None = None
) -> str:
    """Values as a line of small bars; more values than fit are averaged in groups.

    Args:
        values: In order.
        width: The most characters.
        low: The value of the smallest bar; None: the least of the values.
        high: That of the highest; None: the greatest.
    """
    if not values or width < 1:
        return ""
    shown = _averaged(values, width)
    least = min(shown) if low is None else low
    most = max(shown) if high is None else high
    if most <= least:
        return _BARS[3] * len(shown)
    steps = (round((value - least) / (most - least) * (len(_BARS) - 1)) for value in shown)
    return "".join(_BARS[max(0, min(len(_BARS) - 1, step))] for step in steps)


def work_of(one: PastSet) -> float:
    """The work of a set, as the top of this module defines it."""
    if one.reps is None:
        return one.seconds
    return one.reps * (one.hold_s or 1.0)


def _trend(exercise: str, sets: Sequence[PastSet]) -> Trend:
    by_date: dict[date, float] = {}
    sides, apart = {_LEFT: 0.0, _RIGHT: 0.0}, False
    for one in sets:
        work = work_of(one)
        by_date[one.local_date] = by_date.get(one.local_date, 0.0) + work
        if one.side in sides and not one.alternate:
            sides[one.side] += work
            apart = True
    return Trend(
        exercise=exercise,
        points=tuple(Point(day, by_date[day]) for day in sorted(by_date)),
        unit=_unit(sets),
        sets=sum([one.outcome is Outcome.DONE for one in sets]),
        reps=sum([one.reps or 0 for one in sets]),
        seconds=sum([one.seconds for one in sets]),
        balance=Balance(sides[_LEFT], sides[_RIGHT]) if apart and len(by_date) >= LEAST_DAYS else None,
    )


def _unit(sets: Sequence[PastSet]) -> str:
    if all(one.reps is None for one in sets):
        return marked("seconds")
    held = any(one.hold_s for one in sets if one.reps is not None)
    return marked("seconds held") if held else marked("reps")


def _averaged(values: Sequence[float], width: int) -> list[float]:
    count = min(len(values), width)
    edges = [index * len(values) // count for index in range(count + 1)]
    return [sum(values[begin:end]) / (end - begin) for begin, end in pairwise(edges)]


NOTHING, MOST_WEEKS = Totals(0, 0, 0, 0.0), 52


class Past(NamedTuple):
    """All that is looked back on. Texts in it are safe to show; sets that are alike may be taken together."""

    today: date
    since: date
    """Ratings begin here, and sets too unless that is said apart."""
    schedules: tuple[Schedule, ...] = ()
    done: tuple[DoneSession, ...] = ()
    """All there are."""
    offs: tuple[Off, ...] = ()
    sessions: tuple[PastSession, ...] = ()
    """Since then, oldest first."""
    sets: tuple[PastSet, ...] = ()
    pains: tuple[PastPain, ...] = ()
    advised: tuple[str, ...] = ()
    """What all ratings, those from before then too, give reason to advise; usually nothing."""
    last: tuple[PastSession, ...] = ()
    """The last sessions, oldest first."""
    totals: Totals = NOTHING
    """Of all time."""
    names: Mapping[str, str] = {}
    """Of exercises, by id."""
    goal: Goal | None = None
    sets_since: date | None = None
    """Sets, and the trends they make, begin here; None: with the ratings."""
    exercise: str | None = None
    """The only one that is looked at."""

    def name(self, exercise: str) -> str:
        return self.names.get(exercise) or name_of(exercise)

    def streak(self) -> Streak:
        """In days, or in weeks with a weekly goal."""
        return streaks(self.schedules, self.done, self.today, self.offs, self.goal)

    def this_week(self) -> Adherence:
        """Done of due, or done of the goal."""
        if self.goal is not None:
            return goal_week(self.goal, self.done, self.today, self.offs)
        return calendar.adherence(self.schedules, self._since(self.today), self.today, self.offs)

    def heat(self, weeks: int) -> Heat:
        first = self.today - timedelta(weeks=weeks)
        return heat(self.schedules, self._since(first), self.offs, self.today, weeks)

    def _since(self, day: date) -> tuple[DoneSession, ...]:
        """As much of the sessions as the days from a week before this one on need, and the first of all."""
        begin = day - timedelta(days=7)
        # Where the first one was says nothing about the way to those that come long after it.
        first = (each._replace(offset_min=None) for each in self.done[:1])
        # Whatever is dated ahead, all before the last week stand in the order of their dates.
        since = bisect_left(self.done, begin, lo=min(1, len(self.done)), key=lambda each: each.local_date)
        return (*first, *self.done[since:])


def sessions_on(past: Past, day: date) -> tuple[PastSession, ...]:
    """The sessions of one of the days that are looked at, in the order in which they were done."""
    sore = {one.session for one in past.sets if one.outcome is Outcome.HURT and one.local_date == day}
    known = {session.id: session for session in past.last}
    return tuple(
        known.get(session.id) or session._replace(hurt=session.id in sore)
        for session in past.sessions
        if session.local_date == day
    )


def name_of(exercise: str) -> str:
    """What an exercise is called as far as its id tells."""
    return exercise.replace("-", " ").capitalize()
