"""What there is to look back on: everything that a view of the history is made of, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from backtimer.core import calendar
from backtimer.core.calendar import Adherence
from backtimer.core.due import DoneSession, Off, Schedule
from backtimer.core.goal import Goal, GoalWeek, goal_streak, goal_week
from backtimer.core.heat import Heat, heat
from backtimer.core.outcomes import Outcome
from backtimer.core.past import PastPain, PastSession, PastSet
from backtimer.core.streaks import Streak
from backtimer.core.trends import Totals

NOTHING = Totals(0, 0, 0, 0.0)

MOST_WEEKS = 52
WEEKS = 26


@dataclass(frozen=True, slots=True)
class Shown:
    """A past session on a line of its own."""

    session: PastSession
    running: bool = False
    """It is not over."""
    logged: bool = False
    """It was done without the timer."""
    hurt: bool = False
    """Something in it hurt."""


@dataclass(frozen=True, slots=True)
class Past:
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
    last: tuple[Shown, ...] = ()
    """The last sessions, oldest first."""
    totals: Totals = NOTHING
    """Of all time."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Of exercises, by id."""
    goal: Goal | None = None
    sets_since: date | None = None
    """Sets, and the trends they make, begin here; None: with the ratings."""
    exercise: str | None = None
    """The only one that is looked at."""

    def name(self, exercise: str) -> str:
        """What an exercise is called."""
        return self.names.get(exercise) or name_of(exercise)

    def streak(self) -> Streak:
        """In days, or in weeks with a weekly goal."""
        if self.goal is not None:
            return goal_streak(self.goal, self.done, self.today, self.offs)
        return calendar.streaks(self.schedules, self.done, self.today, self.offs)

    def this_week(self) -> Adherence | GoalWeek:
        """Done of due, or done of the goal."""
        if self.goal is not None:
            return goal_week(self.goal, self.done, self.today, self.offs)
        return calendar.adherence(self.schedules, self._since(self.today), self.today, self.offs)

    def heat(self, weeks: int) -> Heat:
        """The map of the last weeks."""
        first = self.today - timedelta(weeks=weeks)
        return heat(self.schedules, self._since(first), self.offs, self.today, weeks)

    def _since(self, day: date) -> tuple[DoneSession, ...]:
        """As much of the sessions as the days from a week before this one on need, and the first of all."""
        begin = day - timedelta(days=7)
        # Where the first one was says nothing about the way to those that come long after it.
        first = (replace(each, offset_min=None) for each in self.done[:1])
        return (*first, *(each for each in self.done[1:] if each.local_date >= begin))


def shown_on(past: Past, day: date) -> tuple[Shown, ...]:
    """The sessions of one of the days that are looked at, in the order in which they were done."""
    sore = {one.session for one in past.sets if one.outcome is Outcome.HURT and one.local_date == day}
    known = {shown.session.id: shown for shown in past.last}
    return tuple(
        known.get(session.id) or Shown(session, hurt=session.id in sore)
        for session in past.sessions
        if session.local_date == day
    )


def name_of(exercise: str) -> str:
    """What an exercise is called as far as its id tells."""
    return exercise.replace("-", " ").capitalize()


def monday_before(today: date, weeks: int) -> date:
    """The Monday with which the last weeks begin, today's included."""
    return today - timedelta(days=today.weekday(), weeks=weeks - 1)


def weeks_since(today: date, since: date) -> int:
    """How many weeks have a day from that date up to today."""
    return max(1, (monday_before(today, 1) - monday_before(since, 1)).days // 7 + 1)
