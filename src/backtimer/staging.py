"""The stages of a programme as a person goes through them: what is asked, what was answered, what is told."""

from __future__ import annotations

from datetime import date

from backtimer.advice import OpenProposal
from backtimer.agenda import Agenda
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import DayKind
from backtimer.core.progress.calendar import WhyOff, after
from backtimer.core.progress.decisions import MOST_PAIN, Answer, Proposal, Result, StageChange
from backtimer.core.progress.history import PastSession
from backtimer.core.progress.stages import Programme, StagePlace, propose_back, propose_stage, stage_question
from backtimer.core.speech.cues import Mode
from backtimer.preferences import Preferences
from backtimer.storage.history.queries import History
from backtimer.storage.text import clean


class Staging(Agenda):
    """The agenda of a programme that has stages; of a routine without, there is nothing to ask or tell."""

    preferences: Preferences
    _pain_before: int | None
    """How much it hurts now; None: not said."""

    def proposals(self, day: str) -> tuple[OpenProposal, ...]:
        """The changes of level that are proposed for a day."""
        raise NotImplementedError

    def questions(self, day: str) -> tuple[OpenProposal, ...]:
        """What is to be asked on a day: whether to go to another stage, alone; else what is proposed."""
        if not self.routine.stages:
            return self.proposals(day)
        quiet = self.preferences.settings.progression == Mode.OFF or (self._pain_before or 0) > MOST_PAIN
        asked = self.stage_question() if day == self.day_key and not quiet else None
        return self.proposals(day) if asked is None else (asked,)

    @property
    def follows(self) -> bool:
        """Whether the routine that is shown is the one whose days are due."""
        return self._chosen.id == self.routine.id

    @property
    def days_now(self) -> tuple[str, ...]:
        """The keys of the days of today's stage; without stages, of all days."""
        place = self.place
        return tuple(self.routine.days) if place is None else self.routine.stages[place.stage - 1].days

    def stage_words(self) -> str:
        """`Week 2 of 12 · Stage 1 of 3, Calm`; empty where the routine has no stages, or is not followed."""
        programme, place = self.programme, self.place
        if programme is None or place is None or not self.follows:
            return ""
        return clean(programme.place_words(place))

    def stage_question(self) -> OpenProposal | None:
        """Whether to go to another stage, where there is reason to ask."""
        programme, place = self.programme, self.place
        if programme is None or place is None or not self.follows:
            return None
        proposal = self._live.read(lambda history: self._proposed_stage(history, programme, place), None)
        if proposal is None:
            return None
        begins = self._begins(programme, proposal.stage)
        asked = stage_question(programme.title(proposal.stage), proposal.kind, today=begins == self.today)
        return OpenProposal(self.day_key, "", clean(asked), proposal, frozenset({self.day_key}))

    def answer_stage(self, proposal: Proposal, accepted: bool) -> None:
        """Keep the answer to that."""
        programme = self.programme
        if programme is not None:
            answer = Answer.ACCEPTED if accepted else Answer.DECLINED
            self._keep_change(programme, proposal.stage, proposal.reason, answer)

    def go_to_stage(self, number: int) -> date | None:
        """Go to a stage unasked; from when on it holds.

        None: it is the one of today. Then what is proposed, if anything is, has been declined.
        """
        programme, place = self.programme, self.place
        if programme is None or place is None:
            return None
        if number != place.stage:
            return self._keep_change(programme, number, "", Answer.ACCEPTED)
        open_question = self.stage_question()
        if open_question is not None:
            self.answer_stage(open_question.proposal, accepted=False)
        elif programme.place_on(after(self.today)).stage != number:
            # What was to hold from tomorrow on is taken back, or the weeks of this stage begin anew.
            self._keep_change(programme, number, "", Answer.ACCEPTED, after(self.today))
        return None

    def with_opening(self, plan: Plan) -> Plan:
        """A plan that tells which week it is and, in the first session of a stage, that one begins."""
        programme, place = self.programme, self.place
        if programme is None or place is None or not self.follows:
            return plan
        stage = programme.stage(place.stage)
        if plan.day not in stage.days:
            return plan
        nothing: list[PastSession] = []
        done = self._live.read(lambda history: self._sessions_in(history, place), nothing)
        new_stage = None if any(each.done_sets for each in done) else stage.title
        return plan._replace(week=programme.week_words(place), new_stage=new_stage)

    def _keep_change(
        self, programme: Programme, number: int, reason: str, answer: Answer, begins: date | None = None
    ) -> date:
        begins = begins or self._begins(programme, number)
        change = StageChange(
            self.now(), begins, self.routine.id, programme.place_on(self.today).stage, number, reason, answer
        )
        self._live.read(lambda history: history.decisions.save_stage(change), "")
        if self._live.history.writable and self.follows:
            self.remember_schedule()
        return begins

    def _begins(self, programme: Programme, number: int) -> date:
        """From when on another stage holds: today, unless today has been done, or would be one of rest."""
        today = self.today
        if self._live.read(lambda history: _is_done(history, self.routine.id, today), False):
            return after(today)
        changed = StageChange(self.now(), today, self.routine.id, 1, number, "", Answer.ACCEPTED)
        there = Programme(self.routine, today, [changed])
        place = there.place_on(today)
        stage = self.routine.at_stage(place.stage)
        asks = stage.days[self._name_on(stage, today, today, place.stage)].kind is not DayKind.REST
        asked = self.routine.days[self.day_key].kind is not DayKind.REST
        return today if asks or not asked else after(today)

    def _sessions_in(self, history: History, place: StagePlace) -> list[PastSession]:
        """The sessions of a stage since it began, oldest first, without their sets."""
        days = self.routine.stages[place.stage - 1].days
        return [
            each
            for each in history.heads(since=place.since, marked=False)
            if each.routine == self.routine.id and each.day in days and each.local_date <= after(self.today)
        ]

    def _proposed_stage(self, history: History, programme: Programme, place: StagePlace) -> Proposal | None:
        today = self.today
        if programme.place_on(after(today)).stage != place.stage:
            return None  # that has been said already
        changes = history.decisions.stages(self.routine.id)
        declined = [
            each
            for each in changes
            if not each.taken and each.from_stage == place.stage and each.local_date >= place.since
        ]
        last = history.heads(limit=1, marked=False)
        trained = last[-1].local_date if last and last[-1].local_date <= after(today) else None
        back = propose_back(place, trained, today, declined)
        if back is not None:
            return back
        if _hurts(history, today):
            return None
        hurting = history.hurting(place.since)
        results = [
            _result(each, hurt=each.id in hurting)
            for each in self._sessions_in(history, place)
            if not each.running
        ]
        return propose_stage(programme, place, results, today, declined)


def _is_done(history: History, routine: str, day: date) -> bool:
    return bool(history.days_done(routine, day))


def _hurts(history: History, today: date) -> bool:
    """Whether it is no time for more: a flare-up, an illness, or too much pain, noted today or yesterday."""
    if any(off.why is not WhyOff.HOLIDAY and off.covers(today) for off in history.offs()):
        return True
    since = date.fromordinal(max(1, today.toordinal() - 1))
    return any(each.pain > MOST_PAIN for each in history.past_pains(since))


def _result(session: PastSession, *, hurt: bool) -> Result:
    """How a whole session went."""
    return Result(
        at=session.started,
        local_date=session.local_date,
        planned_sets=session.planned_sets,
        done_sets=session.done_sets,
        attempted=session.done_sets > 0,
        hurt=hurt,
        effort=session.effort,
        pain_before=session.pain_before,
        pain=session.pain,
        pain_next=session.pain_next,
    )
