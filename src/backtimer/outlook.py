"""A person's days: what the routine asks for, and what the history says about it.

Read by both front ends: which date it is, how the week and the streak stand, at which levels the exercises
are, what is proposed and advised. Nothing here begins a session; `training` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from backtimer.core.plan.compile import compile_day, ranges_of_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import WEEKDAYS, DayKind, Exercise, Routine
from backtimer.core.progress import calendar
from backtimer.core.progress.calendar import DayState, DoneSession, Due, Off, Schedule, presence
from backtimer.core.progress.streaks import streak, streak_text
from backtimer.core.speech.cues import Mode
from backtimer.core.speech.lead_times import as_told
from backtimer.storage.history.file import HistoryError
from backtimer.storage.history.opening import Opened
from backtimer.storage.history.values import offset_of
from backtimer.storage.text import clean

if TYPE_CHECKING:
    from backtimer.advice import Guidance, MorningAfter, OpenProposal
    from backtimer.core.plan.prescription import Level
    from backtimer.core.progress.progression import Standing
    from backtimer.core.progress.streaks import Goal
    from backtimer.storage.files.settings import Settings
    from backtimer.storage.history.queries import History


class Outlook:
    """What a routine, settings and a history say about today and the days around it.

    Args:
        settings: What the person has set.
        routine: The routine that is shown and done.
        opened: The history.
        now: The local time, with its offset.
        chosen: The routine whose due days make the streak, when it is not the one that is done.
        find: Gives an exercise that the routine does not have, or None.
    """

    def __init__(
        self,
        settings: Settings,
        routine: Routine,
        opened: Opened,
        *,
        now: Callable[[], datetime],
        chosen: Routine | None = None,
        find: Callable[[str], Exercise | None] = lambda _: None,
    ) -> None:
        self.routine = routine
        self.now = now
        self._settings = settings
        self._chosen = chosen or routine
        self._opened = opened
        self._find = find
        self._trouble = ""
        self._guidance: tuple[tuple[History, tuple[int, int], date], Guidance] | None = None
        self._asked: MorningAfter | None = None
        """The session whose next morning was asked about in this run."""
        self._sessions: tuple[tuple[History, tuple[int, int]], list[DoneSession]] | None = None

    @property
    def history(self) -> History | None:
        """The history as it is open now; None: it cannot be had."""
        return self._opened.history

    @property
    def goal(self) -> Goal | None:
        """How many sessions a week there should be; None: due days make the streak."""
        return self._settings.goal

    @property
    def today(self) -> date:
        """The date that a session which starts now belongs to."""
        return calendar.local_date_of(self.now(), self._settings.rollover)

    @property
    def weekday(self) -> str:
        """Today's key in `Routine.days`."""
        return WEEKDAYS[self.today.weekday()]

    def plan(self, day: str) -> Plan:
        """A day at this person's levels and pace of breathing, easier where it hurt, told as they know it.

        Raises:
            NothingToDoError: It is a rest day.
            PlanError: It cannot be done as it is written.
        """
        routine = self.routine
        levels: dict[str, Level] = {}
        easier: tuple[str, ...] = ()
        known: frozenset[str] = frozenset()
        with self._troubled():
            if self.history is not None:
                known = self.history.known_exercises()
            guidance = self._guided()
            if guidance is not None:
                levels, easier, routine = guidance.levels(day), guidance.eased, guidance.routine
        made = compile_day(routine, day, self._settings.breathing, levels, easier)
        return as_told(made, self._settings.instructions, known)

    # The calendar

    def week(self) -> tuple[tuple[date, DayState], ...]:
        """Today's week, Monday first."""
        return calendar.week(self._schedules(), self._done(), self.today, self._offs())

    def streak(self) -> int:
        """How many due days in a row were done or, with a weekly goal, how many weeks reached it."""
        return streak(self._schedules(), self._done(), self.today, self._offs(), self.goal)

    def streak_text(self) -> str:
        """The same in words, without a full stop."""
        return streak_text(self._schedules(), self._done(), self.today, self._offs(), self.goal)

    def next_due(self) -> date | None:
        """The next day after today that asks for training."""
        return calendar.next_due(self._schedules(), self.today, offs=self._offs())

    def off_today(self) -> Off | None:
        """The days off that today is one of; of several, those that last longest."""
        return self.off_on(self.today)

    def off_on(self, day: date) -> Off | None:
        """The same for any day."""
        covering = [off for off in self._offs() if off.covers(day)]
        return max(covering, key=lambda off: off.to_date, default=None)

    def remember_schedule(self) -> None:
        """Keep which days are due from today on; a change of the routine never rewrites the past."""
        if self.history is not None and self.history.writable:
            with self._troubled():
                self.history.remember_schedule(self._schedule())

    def _schedule(self) -> Schedule:
        due = {
            WEEKDAYS.index(name): Due(day.times, day.optional)
            for name, day in self._chosen.days.items()
            if day.kind is not DayKind.REST
        }
        return Schedule(self.today, self._chosen.id, due)

    def _schedules(self) -> list[Schedule]:
        """Those that were kept and, from today on, the present one."""
        kept: list[Schedule] = []
        if self.history is not None:
            with self._troubled():
                kept = self.history.schedules()
        return [schedule for schedule in kept if schedule.from_date < self.today] + [self._schedule()]

    def _done(self) -> list[DoneSession]:
        """All sessions, read anew when the history has changed, for a screen asks often; and where we are."""
        history = self.history
        if history is not None:
            with self._troubled():
                known = (history, history.state())
                if self._sessions is None or self._sessions[0] != known:
                    self._sessions = known, history.calendar_sessions()
                return [*self._sessions[1], presence(self.today, offset_of(self.now()))]
        return []

    def _offs(self) -> list[Off]:
        if self.history is not None:
            with self._troubled():
                return self.history.offs()
        return []

    # What the past says about today

    def eased(self, day: str) -> tuple[str, ...]:
        """The names of the exercises that a day offers in their easier form, because they hurt."""
        with self._troubled():
            guidance = self._guided()
            if guidance is not None and guidance.eased:
                asked = ranges_of_day(self.routine, day)
                return tuple(
                    clean(self.routine.exercises[name].name) for name in guidance.eased if name in asked
                )
        return ()

    def easier_why(self, exercise: str) -> str:
        """Why an exercise is done in its easier form, in a sentence; empty when it is not."""
        with self._troubled():
            guidance = self._guided()
            if guidance is not None:
                return guidance.easier_why(exercise)
        return ""

    def proposals(self, day: str) -> tuple[OpenProposal, ...]:
        """The changes of level that are proposed for a day; none unless proposals wait for an answer."""
        with self._troubled():
            guidance = self._guided()
            if guidance is not None:
                return guidance.proposals(day)
        return ()

    def standings(self, day: str) -> tuple[Standing, ...]:
        """Where each exercise of a day stands, and why."""
        with self._troubled():
            guidance = self._guided()
            if guidance is not None:
                return guidance.standings(day)
        return ()

    def answer(self, proposal: OpenProposal, accepted: bool) -> None:
        """Keep the answer to a proposal; from a yes on its level is in force."""
        from backtimer.core.progress.decisions import Answer  # noqa: PLC0415 - answers are rare

        with self._troubled():
            guidance = self._guided()
            if guidance is not None:
                guidance.answer(proposal, Answer.ACCEPTED if accepted else Answer.DECLINED, self.now())

    def advice(self) -> tuple[str, ...]:
        """What the ratings of pain give reason to advise, line by line; usually nothing."""
        with self._troubled():
            guidance = self._guided()
            if guidance is not None:
                return guidance.advice()
        return ()

    def rates_pain(self) -> bool:
        """Whether the person rates pain, so that it makes sense to ask about it before a session, too."""
        with self._troubled():
            guidance = self._guided()
            if guidance is not None:
                return guidance.rates_pain
        return False

    def asks_next_morning(self) -> MorningAfter | None:
        """Yesterday's session, if it was rated and its next morning was not asked about yet."""
        if self.history is None or not self.history.writable:
            return None
        with self._troubled():
            guidance = self._guided()
            if guidance is not None:
                return guidance.morning_after()
        return None

    def rate_next_morning(self, pain: int | None) -> None:
        """Keep how much it hurts on the morning after, 0-10; None: skipped, and not asked again.

        In the same run it can be said anew.
        """
        asked = self._asked = self.asks_next_morning() or self._asked
        if asked is not None and self.history is not None:
            with self._troubled():
                self.history.rate(asked.session_id, pain_next=pain)

    def take_proposals(self, plan: Plan) -> None:
        """Keep that the proposals which went into a plan were taken, where nobody is asked (`auto`)."""
        with self._troubled():
            guidance = self._guided()
            if guidance is not None and plan.routine == self.routine.id:
                # Before the session that begins now, which is the first at the new level.
                guidance.take(plan.day, self.now() - timedelta(milliseconds=1))

    def _guided(self) -> Guidance | None:
        """What the history says, read anew when it has changed; None without a history.

        Raises:
            HistoryError: It cannot be read.
        """
        history = self.history
        if history is None:
            return None
        known = (history, history.state(), self.today)
        if self._guidance is None or self._guidance[0] != known:
            from backtimer.advice import Guidance  # noqa: PLC0415 - without a history none is needed

            mode = Mode(self._settings.progression)
            self._guidance = known, Guidance(history, self.routine, self.today, mode, self._find)
        return self._guidance[1]

    @contextmanager
    def _troubled(self) -> Iterator[None]:
        """What cannot be read or written is told on the banner, and stands in nobody's way."""
        try:
            yield
        except HistoryError as error:
            self._trouble = str(error)
