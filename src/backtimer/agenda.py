"""How a person's days stand: the calendar, the streak and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import takewhile

from backtimer.core.plan.routine import WEEKDAYS, DayKind, Routine
from backtimer.core.plan.units import streak_words, with_longest
from backtimer.core.progress import calendar
from backtimer.core.progress.calendar import DoneSession, Due, Off, Schedule, presence
from backtimer.core.progress.dates import monday_before
from backtimer.core.progress.history import HeatDay, PastSession, heat
from backtimer.core.progress.streaks import Goal, streak, streak_text, streaks
from backtimer.storage.history.live import LiveHistory
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import offset_of


class Agenda:
    """The calendar of a training, which is one."""

    routine: Routine
    """The routine that is shown and done."""
    now: Callable[[], datetime]
    """The local time, with its offset."""
    _chosen: Routine
    """The routine whose due days make the streak."""
    _live: LiveHistory
    _sessions: tuple[tuple[History, tuple[int, int]], list[DoneSession]] | None
    """The sessions as they were read last, and of which history in which state."""

    @property
    def today(self) -> date:
        """The date that a session which starts now belongs to."""
        raise NotImplementedError

    @property
    def goal(self) -> Goal | None:
        """How many sessions a week there should be; None: due days make the streak."""
        raise NotImplementedError

    def week(self) -> tuple[HeatDay, ...]:
        """Today's week, Monday first."""
        return self.weeks(1)[-1]

    def weeks(self, count: int) -> tuple[tuple[HeatDay, ...], ...]:
        """The last weeks, the present one last, each Monday first."""
        done = self._done()
        begin = monday_before(self.today, count) - timedelta(days=7)
        # The first session tells since when days are missed; the others of years ago nothing.
        lately = tuple(takewhile(lambda each: each.local_date >= begin, reversed(done)))[::-1]
        known = lately if len(lately) == len(done) else (done[0], *lately)
        return heat(self._schedules(), known, self._offs(), self.today, count).weeks

    def last_session(self) -> PastSession | None:
        """The newest session, without its sets; None: there is none yet."""
        nothing: tuple[PastSession, ...] = ()
        heads = self._live.read(lambda history: history.heads(limit=1, marked=False), nothing)
        return heads[-1] if heads else None

    def streak(self) -> int:
        """How many due days in a row were done or, with a weekly goal, how many weeks reached it."""
        return streak(self._schedules(), self._done(), self.today, self._offs(), self.goal)

    def streak_text(self) -> str:
        """The same in words, without a full stop."""
        return streak_text(self._schedules(), self._done(), self.today, self._offs(), self.goal)

    def streak_with_best(self) -> str:
        """The same, and the longest there ever was: `36 days in a row · best 41`."""
        found = streaks(self._schedules(), self._done(), self.today, self._offs(), self.goal)
        words = streak_words(found.current) if self.goal is None else self.streak_text()
        return with_longest(words, found.longest)

    def next_due(self) -> date | None:
        """The next day after today that asks for training."""
        return calendar.next_due(self._schedules(), self.today, offs=self._offs())

    def off_on(self, day: date) -> Off | None:
        """The days off that a day is one of; of several, those that last longest."""
        return calendar.off_on(self._offs(), day)

    def remember_schedule(self) -> None:
        """Keep which days are due from today on; a change of the routine never rewrites the past."""
        if self._live.history.writable:
            self._live.read(lambda history: history.remember_schedule(self._schedule()), None)

    def _schedule(self) -> Schedule:
        due = {
            WEEKDAYS.index(name): Due(day.times, day.optional)
            for name, day in self._chosen.days.items()
            if day.kind is not DayKind.REST
        }
        return Schedule(self.today, self._chosen.id, due)

    def _schedules(self) -> list[Schedule]:
        """Those that were kept and, from today on, the present one."""
        kept: list[Schedule] = self._live.read(History.schedules, [])
        return [schedule for schedule in kept if schedule.from_date < self.today] + [self._schedule()]

    def _done(self) -> list[DoneSession]:
        """All sessions, and where we are."""
        return self._live.read(self._read_done, [])

    def _read_done(self, history: History) -> list[DoneSession]:
        """Read anew only when the history has changed, for a screen asks often."""
        known = (history, history.state())
        if self._sessions is None or self._sessions[0] != known:
            self._sessions = known, history.calendar_sessions()
        return [*self._sessions[1], presence(self.today, offset_of(self.now()))]

    def _offs(self) -> list[Off]:
        return self._live.read(History.offs, [])
