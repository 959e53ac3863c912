"""How things went over time: the work of each exercise, left against right, effort, pain, and totals.

The work of a set is its reps × the seconds of their hold; its reps alone where nothing is held; and its
seconds where a set is one hold or one movement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from backtimer.core.due import after
from backtimer.core.outcomes import Outcome
from backtimer.core.past import PastPain, PastSession, PastSet

EVEN_SHARE = 0.1
"""Up to this part of the stronger side the weaker one may lack, and the two are called even."""

LEAST_DAYS = 2
"""Left and right are compared from so many days on: a single one may have been cut short."""

_LEFT, _RIGHT = "left", "right"
_BARS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a date."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Balance:
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


@dataclass(frozen=True, slots=True)
class Trend:
    """One exercise over time."""

    exercise: str
    points: tuple[Point, ...]
    """The work of each date on which some was done, oldest first."""
    unit: str
    """What the work is counted in, for a label: `reps × seconds`, `reps` or `seconds`."""
    sets: int
    """Done in full."""
    reps: int
    """Per side."""
    seconds: float
    balance: Balance | None
    """None where the sides are not done apart."""


@dataclass(frozen=True, slots=True)
class Totals:
    """All of it together."""

    sessions: int
    """Those of which anything was done."""
    counted: int
    """Those that count."""
    sets: int
    seconds: float


@dataclass(frozen=True, slots=True)
class PainSeries:
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
    """All ratings of pain."""
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
        return "left and right even"
    less, more = sorted((balance.left, balance.right))
    weaker, stronger = (_LEFT, _RIGHT) if balance.left < balance.right else (_RIGHT, _LEFT)
    return f"{weaker} {round(100 * (1 - less / more))} % less than {stronger}"


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
    sides = {_LEFT: 0.0, _RIGHT: 0.0}
    apart = False
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
        sets=sum(one.outcome is Outcome.DONE for one in sets),
        reps=sum(one.reps or 0 for one in sets),
        seconds=sum(one.seconds for one in sets),
        balance=Balance(sides[_LEFT], sides[_RIGHT]) if apart and len(by_date) >= LEAST_DAYS else None,
    )


def _unit(sets: Sequence[PastSet]) -> str:
    if all(one.reps is None for one in sets):
        return "seconds"
    return "reps × seconds" if any(one.hold_s for one in sets if one.reps is not None) else "reps"


def _averaged(values: Sequence[float], width: int) -> list[float]:
    count = min(len(values), width)
    edges = [index * len(values) // count for index in range(count + 1)]
    return [sum(values[begin:end]) / (end - begin) for begin, end in pairwise(edges)]
