"""What past sessions mean for the next one: levels, easier forms, proposals, and when to advise.

The rules are the core's (`progression`, `pain`); here they meet the history. Only the newest sessions
are read: every rule looks back over a few of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import starmap
from typing import TYPE_CHECKING

from backtimer.core.plan.levels import days_alike, grown, ranges_of_day
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.turns import of_session
from backtimer.core.progress.calendar import WhyOff, after
from backtimer.core.progress.decisions import (
    PATIENCE,
    Answer,
    Decision,
    Eased,
    Ends,
    Move,
    Proposal,
    Result,
    eased_now,
    results_in,
)
from backtimer.core.progress.history import PastSession
from backtimer.core.progress.pain import RATINGS_DAYS, advice, advice_lines
from backtimer.core.progress.progression import (
    USUAL,
    Standing,
    easier_so_far,
    full_again,
    harder_words,
    proposal_words,
    standing,
)
from backtimer.core.session.events import Outcome
from backtimer.core.speech.cues import Mode
from backtimer.storage.text import clean
from backtimer.values import NamedTuple

if TYPE_CHECKING:
    from backtimer.core.plan.routine import Exercise, Routine
    from backtimer.storage.history.queries import History

RECENT = 60
"""How many of the newest sessions are looked at, at least."""

RECENT_DAYS = 56
"""All sessions of so many days are looked at, however many there are."""


class OpenProposal(NamedTuple):
    """A proposal that waits for an answer."""

    day: str
    """A weekday, as the routine names it."""
    exercise: str
    name: str
    """Of the exercise, fit to be shown; of a stage, the question."""
    proposal: Proposal
    days: frozenset[str] = frozenset()
    """The days that one answer is for: those that ask for the same of it."""

    @property
    def kind(self) -> Move:
        """Which way it goes."""
        return self.proposal.kind

    @property
    def from_level(self) -> Level:
        return self.proposal.from_level

    @property
    def to_level(self) -> Level:
        return self.proposal.to_level

    @property
    def reason(self) -> str:
        """`11 reps: three sessions of 10, effort 4, no pain`."""
        return self.proposal.reason

    @property
    def text(self) -> str:
        """The same as a sentence, with the exercise's name."""
        return proposal_words(self.name, self.proposal)


class MorningAfter(NamedTuple):
    """A session whose next morning is to be asked about."""

    session_id: str
    title: str
    """Fit to be shown."""
    local_date: date


class Guidance:
    """What the history says about the days of one routine.

    All methods raise `HistoryError` when it cannot be read or written.

    Args:
        history: The open history.
        routine: The routine that is done.
        today: The date that a session which starts now belongs to.
        mode: What is done with proposals.
        find: Gives an exercise that the routine does not have, or None.
    """

    def __init__(
        self,
        history: History,
        routine: Routine,
        today: date,
        mode: Mode,
        find: Callable[[str], Exercise | None],
    ) -> None:
        self._history = history
        self._written = routine
        self._today = today
        self._mode = mode
        self._find = find
        self._known: dict[frozenset[str], frozenset[str]] = {}
        self._days_alike: dict[str, dict[str, frozenset[str]]] = {}
        self._results_of: dict[str, dict[str, list[Result]]] = {}

    @cached_property
    def _routine(self) -> Routine:
        """The routine, with the harder forms that were said yes to."""
        decisions = self._history.decisions.all(self._written.id)
        taken = [each for each in decisions if each.is_harder and each.taken]
        known = dict(self._written.exercises)
        found = []
        for each in taken:
            harder = self._harder_of(known.get(each.exercise))
            if harder is not None:
                known[harder.id] = harder
                found.append((each.day, each.exercise, harder))
        return grown(self._written, found) if found else self._written

    def _harder_of(self, exercise: Exercise | None) -> Exercise | None:
        if exercise is None or not exercise.harder:
            return None
        return self._written.exercises.get(exercise.harder) or self._find(exercise.harder)

    def levels(self, day: str) -> dict[str, Level]:
        """The level of each exercise of a day that has one; in `auto`, what is proposed is in force."""
        alike = self._alike(day)
        levels = self._history.decisions.levels_in_force(self._routine.id, alike, after(self._today))
        if self._mode is Mode.AUTO:
            levels |= {each.exercise: each.to_level for each in self._proposed(day, self.standings(day))}
        return levels

    @cached_property
    def eased(self) -> tuple[str, ...]:
        """The ids of exercises that hurt, to be offered in their easier form."""
        return tuple(self._eased)

    @cached_property
    def _eased(self) -> dict[str, Eased]:
        """What is eased, and how its easier form went."""
        last = dict(self._sore)
        if not last:
            return {}
        exercises = self.routine.exercises
        easier = {
            name: exercise.easier for name, exercise in exercises.items() if exercise.easier in exercises
        }
        returned = {
            each.exercise: each.at
            for each in self._history.decisions.all(self._routine.id)
            if each.taken and _is_return(each) and each.at.date() <= after(self._today)
        }
        # Only from the first mark on that still holds: a year has many sets.
        open_marks = [
            at
            for name, at in last.items()
            if name is not None and easier.get(name) and not (name in returned and returned[name] > at)
        ]
        if not open_marks:
            return {}
        since = min(open_marks)
        ended = (each for each in self._in_reach if each.started >= since and not each.running)
        return eased_now(starmap(self._results_in, self._history.with_ends(ended)), easier, returned)

    @cached_property
    def routine(self) -> Routine:
        """The routine, together with the easier forms of what hurt; a routine itself has few of them."""
        exercises = dict(self._routine.exercises)
        waiting = [exercise for exercise, _at in self._sore]
        while waiting:
            exercise = exercises.get(waiting.pop() or "")
            if exercise is None or not exercise.easier or exercise.easier in exercises:
                continue
            easier = self._find(exercise.easier)
            if easier is not None:
                exercises[easier.id] = easier
                waiting = [exercise for exercise, _at in self._sore]
        return self._routine._replace(exercises=exercises)

    def routine_for(self, day: str) -> Routine:
        """The routine for the next session of a day, without what comes only in the first ones of a date."""
        if self._written.days[day].times == 1:
            return self.routine
        own = (self._routine.id, day, self._today)
        done = sum(
            (each.routine, each.day, each.local_date) == own and each.counts and not each.running
            for each in self._recent
        )
        return of_session(self.routine, day, done)

    def standings(self, day: str) -> tuple[Standing, ...]:
        """Where each exercise of a day stands, in the order of the day.

        What was done and decided on the days that ask for the same of it counts, too.
        """
        alike = self._alike(day)
        decisions = [each for each in self._history.decisions.all(self._routine.id) if not each.is_harder]
        results = self._results(day)
        return tuple(
            standing(
                exercise,
                ranges,
                results.get(exercise, []),
                [each for each in decisions if each.exercise == exercise and each.day in alike[exercise]],
                self._today,
                trained=self._trained,
                pacing=self._routine.defaults.progress or USUAL,
            )
            for exercise, ranges in ranges_of_day(self._routine, day).items()
        )

    def proposals(self, day: str) -> tuple[OpenProposal, ...]:
        """What is proposed for a day and waits for an answer.

        That the full form of what hurt comes back is asked whatever the settings say of progression; a harder
        form in the place of an exercise, unless they say `off`.
        """
        back = self._returning(day)
        if self._mode is Mode.OFF:
            return back
        standings = self.standings(day) if self._recent else ()
        proposed = self._proposed(day, standings) if self._mode is Mode.PROPOSE else ()
        return (*back, *proposed, *self._growing(day, standings))

    def easier_why(self, exercise: str) -> str:
        """Why an exercise is done in its easier form; empty when it is not."""
        state = self._eased.get(exercise)
        return "" if state is None else easier_so_far(state.good)

    def harder_form(self, exercise: str) -> str:
        """The name of the harder form of an exercise; empty where none is known."""
        known = self.routine.exercises.get(exercise)
        harder = self._find(known.harder) if known is not None and known.harder else None
        return "" if harder is None else harder.name

    def _returning(self, day: str) -> tuple[OpenProposal, ...]:
        """The exercises of a day whose full form is proposed again, at the low end of their ranges."""
        if not self._eased or self._unwell:
            return ()
        found = []
        for exercise, ranges in ranges_of_day(self._routine, day).items():
            state = self._eased.get(exercise)
            if state is None or not state.returns(self._declined(exercise, state.since)):
                continue
            proposal = Proposal(Move.UP, ranges.start, ranges.start, full_again(ranges.start), returns=True)
            name = clean(self._routine.exercises[exercise].name)
            found.append(OpenProposal(day, exercise, name, proposal, frozenset(self._routine.days)))
        return tuple(found)

    def _declined(self, exercise: str, since: datetime) -> datetime | None:
        """When the full form of an exercise was last declined since it hurt."""
        return max(
            (
                each.at
                for each in self._history.decisions.all(self._routine.id)
                if each.exercise == exercise and not each.taken and _is_return(each) and each.at > since
            ),
            default=None,
        )

    def answer(self, proposal: OpenProposal, answer: Answer, at: datetime) -> None:
        """Keep an answer; a yes brings the level into force.

        The full form of what hurt comes back on all days at once, on each at its low end.
        """
        asked = {proposal.day: (proposal.from_level, proposal.to_level)}
        if proposal.proposal.returns:
            days = {name: ranges_of_day(self._routine, name) for name in self._routine.days}
            starts = {
                name: of[proposal.exercise].start for name, of in days.items() if proposal.exercise in of
            }
            asked = {name: (start, start) for name, start in starts.items()}
        for day, (from_level, to_level) in asked.items():
            self._history.decisions.save(
                Decision(
                    at,
                    self._routine.id,
                    day,
                    proposal.exercise,
                    proposal.kind,
                    from_level,
                    to_level,
                    proposal.reason,
                    answer,
                )
            )

    def take(self, day: str, at: datetime) -> None:
        """In `auto`, keep that what is proposed for a day was taken."""
        if self._mode is Mode.AUTO:
            for each in self._proposed(day, self.standings(day)):
                self.answer(each, Answer.AUTO, at)

    def advice(self) -> tuple[str, ...]:
        """What to advise, line by line; usually nothing."""
        return self._advised

    @cached_property
    def _advised(self) -> tuple[str, ...]:
        since = self._today - timedelta(days=RATINGS_DAYS)
        rated, pains = self._history.rated(since), self._history.past_pains(since)
        return advice_lines(advice(rated, pains, self._today))

    def known(self, exercises: frozenset[str]) -> frozenset[str]:
        """Those of some exercises that the person has done often."""
        if exercises not in self._known:
            self._known[exercises] = self._history.known_exercises(exercises)
        return self._known[exercises]

    @property
    def rates_pain(self) -> bool:
        """Whether the last session that was ended was rated: who skips the question is asked no further."""
        ended = [each for each in self._recent if not each.running]
        return bool(ended) and (ended[-1].pain is not None or ended[-1].pain_before is not None)

    def morning_after(self) -> MorningAfter | None:
        """Yesterday's rated session, unless its next morning was asked for already."""
        found = self._history.to_ask_next(self._today)
        return None if found is None else MorningAfter(found.id, clean(found.title), found.local_date)

    def _proposed(self, day: str, standings: Sequence[Standing]) -> tuple[OpenProposal, ...]:
        """What is proposed, except for exercises that are not done this time as they hurt.

        Nothing more is proposed in the days of a flare-up or an illness.
        """
        if not self._recent:
            return ()
        alike = self._alike(day)
        return tuple(
            OpenProposal(
                day,
                each.exercise,
                clean(self._routine.exercises[each.exercise].name),
                each.proposal,
                alike[each.exercise],
            )
            for each in standings
            if each.proposal is not None
            and each.exercise not in self.eased
            and not (each.proposal.kind is Move.UP and self._unwell)
        )

    def _growing(self, day: str, standings: Sequence[Standing]) -> tuple[OpenProposal, ...]:
        """The harder forms that are proposed for exercises of a day at the top of all their ranges."""
        if not self._recent or self._unwell:
            return ()
        alike = self._alike(day)
        results = self._results(day)
        found = []
        for each in standings:
            exercise = self._routine.exercises[each.exercise]
            if not exercise.harder or each.exercise in self.eased or not each.ranges.moves:
                continue
            if each.level != each.ranges.top or not each.outgrown or self._is_patient(each, alike, results):
                continue
            harder = self._harder_of(exercise)  # last, since a file is read for it
            if harder is None:
                continue
            name = clean(harder.name)
            proposal = Proposal(Move.UP, each.level, Level(), harder_words(name, each.good), harder=name)
            if grown(self._routine, [(day, each.exercise, harder)]) is not self._routine:
                found.append(
                    OpenProposal(day, exercise.id, clean(exercise.name), proposal, alike[exercise.id])
                )
        return tuple(found)

    def _is_patient(
        self, each: Standing, alike: Mapping[str, Collection[str]], results: Mapping[str, list[Result]]
    ) -> bool:
        """Whether a harder form is not asked about yet: on the day itself, or soon after a no."""
        done = results.get(each.exercise, [])
        days = alike[each.exercise]
        about = (
            one for one in self._history.decisions.all(self._routine.id) if one.exercise == each.exercise
        )
        declined = [one.at for one in about if one.is_harder and not one.taken and one.day in days]
        too_soon = bool(declined) and sum(result.at > max(declined) for result in done) < PATIENCE
        return too_soon or not done or done[-1].local_date >= self._today

    @cached_property
    def _unwell(self) -> bool:
        """Whether a flare-up or an illness is declared for today."""
        return any(off.why is not WhyOff.HOLIDAY and off.covers(self._today) for off in self._history.offs())

    def _alike(self, day: str) -> dict[str, frozenset[str]]:
        """By exercise of a day, the days that ask for the same of it."""
        if day not in self._days_alike:
            self._days_alike[day] = days_alike(self._routine, day)
        return self._days_alike[day]

    def _results(self, day: str) -> dict[str, list[Result]]:
        """By exercise of a day, how it went on the days of the routine that count for it, oldest first."""
        if day in self._results_of:
            return self._results_of[day]
        days = self._alike(day)
        found: dict[str, list[Result]] = {}
        any_day = frozenset[str]().union(*days.values())
        ended = (each for each in self._recent if not each.running and each.routine == self._routine.id)
        for session, ends in self._history.with_ends(each for each in ended if each.day in any_day):
            for exercise, result in self._results_in(session, ends).items():
                if session.day in days.get(exercise, ()):
                    found.setdefault(exercise, []).append(result)
        self._results_of[day] = found
        return found

    def _results_in(self, session: PastSession, ends: Ends) -> dict[str, Result]:
        """How each exercise went in a session."""
        usual = None
        if session.routine == self._routine.id and session.day in self._routine.days:
            usual = self._alike(session.day).keys()
        return results_in(session, ends, lambda: self._history.plan_of(session.id), usual)

    @property
    def _trained(self) -> date | None:
        """The last date on which anything was done."""
        return max((each.local_date for each in self._recent if each.done_sets), default=None)

    @property
    def _sore(self) -> Iterator[tuple[str | None, datetime]]:
        """What hurt, and when the session began, oldest first; mostly there is none."""
        hurt = Outcome.HURT
        return (
            (one.exercise, each.started) for each in self._marked for one in each.sets if one.outcome is hurt
        )

    @cached_property
    def _marked(self) -> tuple[PastSession, ...]:
        """The sessions in which something hurt, with their sets, oldest first.

        However many came after them: what hurt comes back with a yes, and not because it was long ago.
        """
        if not self._recent or not self._hurting:
            return ()
        return self._history.with_sets(each for each in self._in_reach if each.id in self._hurting)

    @cached_property
    def _hurting(self) -> frozenset[str]:
        begin = self._today - timedelta(days=RATINGS_DAYS)
        return self._history.hurting(min(begin, self._recent[0].local_date))

    @cached_property
    def _in_reach(self) -> tuple[PastSession, ...]:
        """The sessions that may tell of what hurt, oldest first, without sets."""
        if self._hurting <= {each.id for each in self._recent}:
            return self._recent
        heads = self._history.heads(since=self._today - timedelta(days=RATINGS_DAYS), marked=False)
        return tuple(each for each in heads if each.local_date <= after(self._today))

    @cached_property
    def _recent(self) -> tuple[PastSession, ...]:
        """The sessions that are looked at, oldest first, without sets.

        Those that a wrong clock dated ahead are left out.
        """
        found = self._history.heads(limit=RECENT, marked=False)
        begin = self._today - timedelta(days=RECENT_DAYS)
        if len(found) == RECENT and found[0].local_date > begin:
            found = self._history.heads(since=begin, marked=False)
        return tuple(each for each in found if each.local_date <= after(self._today))


def _is_return(decision: Decision) -> bool:
    """Whether it is about the full form of what hurt, rather than about a level."""
    return decision.kind is Move.UP and decision.from_level == decision.to_level
