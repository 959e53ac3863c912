"""How a person's days stand: the calendar, the streak and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from itertools import takewhile

from backtimer.core.plan.routine import WEEKDAYS, Routine, day_title, name_in_stage, stage_key
from backtimer.core.progress import calendar
from backtimer.core.progress.calendar import (
    DayDone,
    DoneSession,
    Off,
    Schedule,
    after,
    off_ordinals,
    presence,
)
from backtimer.core.progress.cycles import key_on, schedule_of
from backtimer.core.progress.dates import monday_before, weekday_from_key
from backtimer.core.progress.history import HeatDay, PastSession, heat
from backtimer.core.progress.stages import Programme, StagePlace, followed_since
from backtimer.core.progress.streaks import Goal, streak, streak_text, streak_words, streaks, with_longest
from backtimer.storage.history.live import LiveHistory
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import offset_of

_FAR_DAYS = 1000
"""So far ahead days off are looked at."""


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
    _programme: tuple[tuple[History, tuple[int, int], Routine, date], Programme] | None
    """The stages of a routine as they were laid out last, and from what."""

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

    @property
    def day_key(self) -> str:
        """Today's key in `Routine.days`."""
        return self.key_on(self.today)

    def key_on(self, day: date) -> str:
        """The key in `Routine.days` of what a date asks for."""
        routine, today = self.routine, self.today
        programme = self.programme
        if programme is not None:
            place = programme.place_on(day)
            stage = routine.at_stage(place.stage)
            return stage_key(place.stage, self._name_on(stage, day, place.since, place.stage))
        return self._name_on(routine, day, today if routine.cycle is None else self._since(routine))

    def _name_on(self, routine: Routine, day: date, since: date, stage: int = 0) -> str:
        """The name of what a date asks for, in a routine or in a stage of one."""
        done: list[DayDone] = []
        if routine.cycle is not None and routine.cycle.on:
            done = self._live.read(lambda history: history.days_done(routine.id, since), [])
        if stage:
            own = ((each, name_in_stage(each.day)) for each in done)
            done = [each._replace(day=name) for each, name in own if each.day == stage_key(stage, name)]
        return key_on(routine.cycle, day, since, done, max(self.today, since) if stage else self.today)

    @property
    def programme(self) -> Programme | None:
        """The stages of the routine that is shown; None: it has none."""
        return self._programme_of(self.routine)

    @property
    def place(self) -> StagePlace | None:
        """Where today is among the stages of the routine."""
        programme = self.programme
        return None if programme is None else programme.place_on(self.today)

    def _programme_of(self, routine: Routine) -> Programme | None:
        if not routine.stages:
            return None
        return self._live.read(partial(self._laid_out, routine), Programme(routine, self.today))

    def _laid_out(self, routine: Routine, history: History) -> Programme:
        """The stages over the dates; read anew only when the history has changed, for a screen asks often."""
        known = (history, history.state(), routine, self.today)
        if self._programme is None or self._programme[0] != known:
            since, idle = followed_since(history.schedules(), routine.id, self.today)
            until = date.fromordinal(min(self.today.toordinal() + _FAR_DAYS, date.max.toordinal()))
            idle |= off_ordinals(history.offs(), since, until)
            changes = history.decisions.stages(routine.id)
            in_time = [each for each in changes if each.local_date <= after(self.today)]
            self._programme = known, Programme(routine, since, in_time, idle)
        return self._programme[1]

    def title_on(self, day: date) -> str:
        """What the session of a date is called; in a cycle by its name, where it has no title."""
        key = self.key_on(day)
        named = "" if name_in_stage(key) in WEEKDAYS else weekday_from_key(key)
        return day_title(self.routine.days[key]) or named

    def date_of(self, key: str) -> date:
        """The date of this week that asks for a day of the routine, from today on first; else today."""
        week = calendar.week_of(self.today)
        ahead = self.today.weekday()
        return next((day for day in (*week[ahead:], *week[:ahead]) if self.key_on(day) == key), self.today)

    def remember_schedule(self) -> None:
        """Keep which days are due from today on; a change of the routine never rewrites the past."""
        if self._live.history.writable:
            schedules = self._coming()
            self._live.read(lambda history: history.remember_schedule(*schedules), None)

    def _coming(self) -> list[Schedule]:
        """Which days are due from today on, and what follows by itself."""
        chosen = self._chosen
        programme = self._programme_of(chosen)
        if programme is not None:
            return programme.schedules(self.today)
        return [schedule_of(chosen, self.today, self.today if chosen.cycle is None else self._since(chosen))]

    def _since(self, routine: Routine) -> date:
        """When a routine was chosen that is in force; today, where another one is."""
        since = self.today
        kept = [schedule for schedule in self._kept() if schedule.from_date <= since]
        for schedule in takewhile(lambda each: each.routine == routine.id, reversed(kept)):
            since = schedule.from_date
        return since

    def _kept(self) -> list[Schedule]:
        """The schedules that were kept, oldest first."""
        nothing: list[Schedule] = []
        return self._live.read(History.schedules, nothing)

    def _schedules(self) -> list[Schedule]:
        """Those that were kept and, from today on, the present one."""
        kept = self._kept()
        return [schedule for schedule in kept if schedule.from_date < self.today] + self._coming()

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
