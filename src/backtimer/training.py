"""A person's training: their routine, settings and history, opened together for one run of the program.

Both front ends ask here what today asks for, how the week and the streak stand, what the past advises and
whether a session is unfinished, and get the coach that leads one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from backtimer.advice import Guidance, MorningAfter, OpenProposal
from backtimer.core.plan.levels import ranges_of_day
from backtimer.core.plan.plan import Plan, PlanError, activity_plan, plan_text
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.routine import WEEKDAYS, Exercise, Routine
from backtimer.core.plan.turns import NO_SWAPS
from backtimer.core.progress import calendar, dates
from backtimer.core.progress.decisions import Answer
from backtimer.core.progress.progression import Standing
from backtimer.core.session.events import SetRecord
from backtimer.core.speech.cues import Mode
from backtimer.core.speech.languages import v
from backtimer.core.speech.phrases import minutes_text
from backtimer.language import _
from backtimer.preferences import Preferences, Tunable, heard_of
from backtimer.storage.files.parsed import ParsedCache
from backtimer.storage.files.remembered import TOLD_SAFETY, remember_told, was_told
from backtimer.storage.history.live import (
    PATIENCE_S,
    Floor,
    LiveHistory,
    Unfinished,
    ended_early_in,
    unfinished_in,
)
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import new_session
from backtimer.storage.text import clean
from backtimer.swapping import Swapping, find_exercise
from backtimer.telling import LastPlan

if TYPE_CHECKING:
    from backtimer.coach import Attendant, Coach
    from backtimer.core.progress.streaks import Goal
    from backtimer.past import PastSessions
    from backtimer.storage.files.paths import Paths
    from backtimer.storage.files.settings import Settings
    from backtimer.storage.history.recorder import Recorder

Answered = TypeVar("Answered")

_NOON = time(12, 0)


class TakenError(Exception):
    """The unfinished session was taken up in another window meanwhile."""


class Training(Swapping):
    """What one run of the program works with.

    Args:
        paths: Where the person's files are.
        settings: What they have set.
        routine: The routine that is shown and done.
        now: The local time, with its offset.
        clock: Seconds that go on while the machine sleeps, from any origin.
        chosen: The routine whose due days make the streak, when it is not the one that is done.
        writing: False for who only looks: no file is made, and one that is read-only is no trouble.
        attend: Calls those who attend a session: by its plan, the sets done of it, whether it is silent.
    """

    def __init__(
        self,
        paths: Paths,
        settings: Settings,
        routine: Routine,
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float],
        chosen: Routine | None = None,
        writing: bool = True,
        attend: Callable[[Plan, Sequence[SetRecord], bool], Sequence[Attendant]] | None = None,
    ) -> None:
        self.routine = routine
        self.now = now
        self.theme = settings.theme
        self._paths = paths
        self.preferences = Preferences(paths, settings)
        self._chosen = chosen or routine
        self._clock = clock
        self._attend = attend
        self._attendants: Sequence[Attendant] = ()
        self._live = LiveHistory(open_history(paths.history, now, writing=writing), paths.history.parent)
        self._past: PastSessions | None = None
        self._guidance: tuple[tuple[History, tuple[int, int], date], Guidance] | None = None
        self._plans = LastPlan(ParsedCache(paths))
        self._sessions = None
        self._programme = None
        self._asked: MorningAfter | None = None
        """The session whose next morning was asked about in this run."""
        self._pain_before: int | None = None

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences for the banner: history off, a damaged file moved aside, what was lost meanwhile."""
        return self._live.notices

    @property
    def saving(self) -> bool:
        """Whether something is on its way to the disk, so that the history is better asked a little later."""
        return self._live.saving

    @property
    def unreadable(self) -> bool:
        """Whether the history cannot be read; an empty one stands in its place then."""
        return self._live.missing

    @property
    def history(self) -> History:
        """The history, with all that was told to be written: that is waited for, for a moment."""
        return self._live.history

    @property
    def past(self) -> PastSessions:
        """The past sessions, to be looked at and put right."""
        if self._past is None:
            # late: 3 ms, only when the past is looked at or changed
            from backtimer.past import PastSessions  # noqa: PLC0415

            self._past = PastSessions(lambda: self.history, self.now, lambda: self.today, self.goal)
        return self._past

    @property
    def _settings(self) -> Settings:
        return self.preferences.settings

    @property
    def figure(self) -> str:
        """Whether figures move, as it is set."""
        return self._settings.figure

    @property
    def first_run(self) -> bool:
        """Whether nobody has chosen a routine yet, nor done anything: there is a choice to be made first."""
        if not self.preferences.names_no_routine or not self.history.writable or self.notices:
            return False  # somebody was here, though the history is gone
        return self._live.read(lambda history: not history.sessions(limit=1), False)

    @property
    def tunable(self) -> bool:
        """Whether the sound of the session under way can be changed."""
        return any(isinstance(attendant, Tunable) for attendant in self._attendants)

    def change(self, values: Mapping[str, Any]) -> str:
        """Have settings hold from now on, unsaved; why they cannot be had, as a sentence."""
        if "routine" in values:
            routine, problem = self.preferences.routine(values["routine"])
            if routine is None:
                return problem
            self.routine = self._chosen = routine
        self.preferences.hold(values)
        self._guidance = None
        if "routine" in values:
            self.remember_schedule()
        for attendant in self._attendants:
            if isinstance(attendant, Tunable) and (heard := heard_of(values)):
                attendant.tune(heard)
        return ""

    @property
    def undo_says(self) -> str:
        """What `u` takes back of the past, where that cannot be seen; empty: nothing."""
        return "" if self._past is None else self._past.says

    @property
    def goal(self) -> Goal | None:
        """How many sessions a week there should be; None: due days make the streak."""
        return self._settings.goal

    @property
    def today(self) -> date:
        """The date that a session which starts now belongs to."""
        return calendar.local_date_of(self.now(), self._settings.rollover)

    @property
    def safety_untold(self) -> bool:
        """Whether the safety card is new to this person."""
        return not was_told(self._paths, TOLD_SAFETY)

    def safety_told(self) -> None:
        """Remember that the safety card, or its short form, was told."""
        remember_told(self._paths, TOLD_SAFETY)

    def next_words(self) -> str:
        """Which session comes next, and how long it takes, without a full stop; empty when none ever does."""
        day = self.next_due()
        if day is None:
            return ""
        key, length = self.key_on(day), ""
        with suppress(PlanError):
            plan = self.plan(key)
            length = minutes_text(plan.total_s, plan.estimated)
        parts = (dates.when_words(day, self.today), self.title_on(day), length)
        return clean(v.NEXT.format(what=", ".join(part for part in parts if part)))

    # -- what the past says about today -------------------------------------------------------------

    def plan(self, day: str, *, swapped: bool = True) -> Plan:
        """A day at this person's levels and pace of breathing, easier where it hurt, told as they know it.

        Raises:
            NothingToDoError: It is a rest day.
            PlanError: It cannot be done as it is written.
        """
        nothing: tuple[dict[str, Level], tuple[str, ...], Routine] = ({}, (), self.routine)
        levels, easier, routine = self._advised(
            lambda guidance: (guidance.levels(day), guidance.eased, guidance.routine_for(day)), nothing
        )
        pace, straight = self._settings.breathing, self._settings.straight
        routine, swaps = self.with_swaps(routine, day) if swapped else (routine, NO_SWAPS)
        made = self._plans.compiled(routine, day, pace, levels, easier, straight=straight, swaps=swaps)
        made = self.with_opening(made)
        used = frozenset(exercise.id for exercise in made.exercises)
        known = self._advised(lambda guidance: guidance.known(used), frozenset[str]())
        rate = self._settings.words_a_minute
        return self._plans.told(made, self._settings.instructions, known, rate)

    def eased(self, day: str) -> tuple[str, ...]:
        """The names of the exercises that a day offers in their easier form, because they hurt."""
        nothing: tuple[str, ...] = ()
        sore = self._advised(lambda guidance: guidance.eased, nothing)
        asked = ranges_of_day(self.routine_now, day) if sore else ()
        return tuple(clean(self.routine_now.exercises[name].name) for name in sore if name in asked)

    @property
    def routine_now(self) -> Routine:
        """The routine as this person does it: with easier forms at hand, and harder ones in their places."""
        return self._advised(lambda guidance: guidance.routine, self.routine)

    def exercise(self, exercise_id: str) -> Exercise | None:
        """An exercise of the routine or of the catalogue; None: there is none of this id."""
        return self.routine.exercises.get(exercise_id) or find_exercise(self._paths, exercise_id)

    def easier_why(self, exercise: str) -> str:
        """Why an exercise is done in its easier form, in a sentence; empty when it is not."""
        return self._advised(lambda guidance: guidance.easier_why(exercise), "")

    def harder_form(self, exercise: str) -> str:
        """The name of the harder form of an exercise; empty where none is known."""
        return clean(self._advised(lambda guidance: guidance.harder_form(exercise), ""))

    def proposals(self, day: str) -> tuple[OpenProposal, ...]:
        """The changes of level that are proposed for a day; none unless proposals wait for an answer."""
        return self._advised(lambda guidance: guidance.proposals(day), ())

    def standings(self, day: str) -> tuple[Standing, ...]:
        """Where each exercise of a day stands, and why; nothing is known of that without a history."""
        return () if self.unreadable else self._advised(lambda guidance: guidance.standings(day), ())

    def answer(self, proposal: OpenProposal, accepted: bool) -> None:
        """Keep the answer to a proposal; from a yes on its level is in force."""
        if proposal.proposal.stage:
            self.answer_stage(proposal.proposal, accepted)
            return
        given = Answer.ACCEPTED if accepted else Answer.DECLINED
        self._advised(lambda guidance: guidance.answer(proposal, given, self.now()), None)

    def advice(self) -> tuple[str, ...]:
        """What the ratings of pain give reason to advise, line by line; usually nothing."""
        return self._advised(Guidance.advice, ())

    def rates_pain(self) -> bool:
        """Whether the person rates pain, so that it makes sense to ask about it before a session, too."""
        return self._advised(lambda guidance: guidance.rates_pain, False)

    def asks_next_morning(self) -> MorningAfter | None:
        """Yesterday's session, if it was rated and its next morning was not asked about yet."""
        return self._advised(Guidance.morning_after, None) if self.history.writable else None

    def rate_next_morning(self, pain: int | None) -> None:
        """Keep the pain of the morning after, 0-10, or None: skipped. It can be said anew in the same run."""
        asked = self._asked = self.asks_next_morning() or self._asked
        if asked is not None:
            self._live.read(lambda history: history.rate(asked.session_id, pain_next=pain), None)

    def _take_proposals(self, plan: Plan) -> None:
        """Keep that the proposals which went into a plan were taken, where nobody is asked (`auto`)."""
        if plan.routine == self.routine.id:
            # Before the session that begins now, which is the first at the new level.
            before = self.now() - timedelta(milliseconds=1)
            self._advised(lambda guidance: guidance.take(plan.day, before), None)

    def _advised(self, ask: Callable[[Guidance], Answered], otherwise: Answered) -> Answered:
        """What the past says; something else where it cannot be read."""
        return self._live.read(lambda history: ask(self._guided(history)), otherwise)

    def _guided(self, history: History) -> Guidance:
        """Read anew only when the history has changed."""
        known = (history, history.state(), self.today)
        if self._guidance is None or self._guidance[0] != known:
            mode, find = Mode(self._settings.progression), partial(find_exercise, self._paths)
            self._guidance = known, Guidance(history, self.routine, self.today, mode, find)
        return self._guidance[1]

    # -- sessions -----------------------------------------------------------------------------------

    def rate_before(self, pain: int | None) -> None:
        """Remember how much it hurts, 0-10, for the session that begins next; None: not said."""
        self._pain_before = pain

    def begin(self, plan: Plan) -> Coach:
        """A coach for a new session; nothing of it is written before it starts."""
        self._take_proposals(plan)
        if self._live.recording:
            schedules = self._coming()
            self._live.ask(lambda history: history.remember_schedule(*schedules))
        text = plan_text(plan)
        session = new_session(plan, text, self.now(), self._settings.rollover)
        pain, self._pain_before = self._pain_before, None
        return self._lead(self._live.record(session, pain), plan)

    def _lead(
        self,
        recorder: Recorder,
        plan: Plan,
        records: Sequence[SetRecord] = (),
        credited_s: float = 0.0,
        before: Sequence[SetRecord] = (),
        *,
        corrected: bool = False,
    ) -> Coach:
        """The coach of the next session, and who attends it; those of the last one are dismissed."""
        from backtimer.coach import Coach  # noqa: PLC0415 - late: 16 ms of the engine, with a session only

        self._dismiss()
        # Two voices at once are worse than none: who comes second stays silent, and says so.
        floor = Floor(self._live.locks)
        silent = not floor.taken
        others = self._attend(plan, records, silent) if self._attend else ()
        self._attendants = (floor, *others)
        exchanges = None if corrected else self.exchanges  # corrections are of the sets as they are
        return Coach(
            plan,
            self._clock,
            recorder,
            records,
            credited_s,
            before=before,
            attendants=self._attendants,
            silent=silent,
            exchanges=exchanges,
        )

    def log_activity(self, what: str, seconds: float, day: date) -> bool:
        """Write down what was done without the timer; whether that worked. The past takes it back.

        Args:
            what: The activity, in the words of the person.
            seconds: How long it took.
            day: When it was.
        """
        plan = activity_plan(self._chosen.id, WEEKDAYS[day.weekday()], what, seconds)
        return self.log_plan(plan, day, f"{what}, {minutes_text(seconds)}")

    def log_plan(self, plan: Plan, day: date, words: str) -> bool:
        """Write down that all of a plan was done without the timer, on a day; whether that worked."""
        records = self.past.all_of(plan)
        seconds = sum(record.seconds for record in records)
        now = self.now()
        started = now - timedelta(seconds=seconds)
        if day != self.today:  # it is not known when: at noon
            started = datetime.combine(day, _NOON, now.tzinfo)
        text = plan_text(plan)
        session = new_session(plan, text, started, self._settings.rollover, day)
        schedules = self._coming()

        def write(history: History) -> str:
            history.remember_schedule(*schedules)
            return history.add_logged(session, records, ended=started + timedelta(seconds=seconds))

        logged = bool(self._live.write(write))
        if logged:
            self.past.was_logged(session.id, clean(words))
        return logged

    def _dismiss(self, *, patiently: bool = False) -> None:
        attendants, self._attendants = self._attendants, ()
        for attendant in attendants:
            attendant.close(patiently=patiently)

    def unfinished(self) -> Unfinished | None:
        """The newest session that was begun, not ended, and is not under way in another window.

        One of which no set was reached has nothing to be taken up: it is forgotten. One whose plan is of
        another version cannot be gone on with: what was done of it stays.
        """
        return self._live.read(unfinished_in, None)

    def ended_early(self) -> Unfinished | None:
        """Today's last session, if it was ended with sets left to do.

        Until the day is over it can be gone on with; of an exercise that hurt nothing is left.
        """
        return self._live.read(lambda history: ended_early_in(history, self.today), None)

    def resume(self, unfinished: Unfinished) -> Coach:
        """A coach that takes a session up again at its first set without a record.

        Raises:
            TakenError: Another window was faster.
        """
        reached = {record.set_index for record in unfinished.stored.records}
        # One that was gone on with has a record of every set.
        again = unfinished.left if len(reached) >= len(unfinished.plan.sets) else ()
        return self._take_up(unfinished, again)

    def go_on(self, ended: Unfinished) -> Coach:
        """A coach for what is left of a session that was ended early; the history keeps one session.

        Raises:
            TakenError: Another window was faster.
        """
        if not self._live.write(lambda history: history.running.reopen(ended.session_id)):
            raise TakenError(_("this session cannot be gone on with any more"))
        return self._take_up(ended, ended.left)

    def _take_up(self, unfinished: Unfinished, again: Sequence[SetRecord]) -> Coach:
        stored = unfinished.stored
        recorder = self._live.take_up(stored, unfinished.plan.sets)
        if recorder is None:
            raise TakenError(_("this session is under way in another window"))
        session = stored.session
        records = tuple(record for record in stored.records if record not in again)
        corrected = self._live.read(lambda history: bool(history.corrections.of(session.id)), True)
        seconds = session.seconds
        if corrected:  # what its sets were corrected by is added at its end
            seconds = self._live.read(lambda each: each.corrections.seconds_before(session.id), seconds)
        coach = self._lead(recorder, unfinished.plan, records, seconds, again, corrected=corrected)
        coach.rated = (session.effort, session.pain)
        return coach

    def keep(self, unfinished: Unfinished) -> bool:
        """End an unfinished session with what was done of it; whether that worked. The past takes it back."""
        kept = bool(self._live.write(lambda history: history.running.keep(unfinished.session_id)))
        if kept:
            self.past.was_kept(unfinished.session_id)
        return kept

    def discard(self, unfinished: Unfinished) -> str:
        """Take an unfinished session out of the history; the past takes that back.

        Returns:
            The id of the correction that did it; empty when it did not work.
        """
        session_id, now = unfinished.session_id, self.now()

        def take_out(history: History) -> str:
            return (
                history.corrections.delete_session(session_id, now)
                if history.running.keep(session_id)
                else ""
            )

        correction = self._live.write(take_out) or ""
        if correction:
            self.past.was_discarded(session_id, correction)
        return correction

    def settle(self, say: Callable[[str], None] = lambda _: None) -> str:
        """Wait until everything is saved; what was not saved, and what was lost, in sentences."""
        return self._live.settle(say)

    def close(
        self,
        *,
        patiently: bool = False,
        say: Callable[[str], None] = lambda _: None,
        patience_s: float = PATIENCE_S,
    ) -> str:
        """Save what is waiting, unless that was settled before, and close the history.

        Args:
            patiently: Let the last words of a session be said to the end.
            say: Told when saving takes a while.
            patience_s: How long to wait for it at most.

        Returns:
            What `settle` has to say; empty when it has said it before.
        """
        self._dismiss(patiently=patiently)
        return self._live.close(say, patience_s)
