"""Progression: the next level of an exercise, from how it went.

- One rung up after `ENOUGH` sessions in a row at the present level that were complete, after which pain was
  not higher (on the next morning, too), and of an effort of at most `MOST_EFFORT` or not rated.
- One rung down after pain: the exercise hurt, or pain rose in the session by a difference that matters. One
  rung down, too, after it was left unfinished twice in a row.
- After a break, back one rung for every `BREAK_DAYS` full days, at most to the low end.

A proposal says why in one sentence and waits for a yes. One that was declined is not made again before
`PATIENCE` further sessions. The newest answer of yes is the level in force.

Sources: effort as in `decisions`; pain as there and in `wellbeing`. That two more reps in two sessions in a
row are a reason for more, and 2-10 % at a time, is said for loads (NSCA; ACSM 2009); a rung is a rep or a
second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backtimer.core import progress_words as words
from backtimer.core.decisions import (
    ENOUGH,
    PATIENCE,
    Answer,
    Decision,
    Move,
    Proposal,
    Result,
    planned_sets,
    results_of,
)
from backtimer.core.due import after
from backtimer.core.modes import Mode
from backtimer.core.plan.prescription import Level, Ranges
from backtimer.core.progress_words import proposal_words

__all__ = [
    "Answer",
    "Decision",
    "Mode",
    "Move",
    "Proposal",
    "Result",
    "Standing",
    "level_in_force",
    "planned_sets",
    "proposal_words",
    "propose",
    "results_of",
    "standing",
]

UNFINISHED = 2
"""Sessions in a row that leave it unfinished before it goes down."""

BREAK_DAYS = 14
"""Days without training for which it goes back one rung."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an exercise stands."""

    exercise: str
    level: Level
    ranges: Ranges
    good: int
    """Good sessions in a row at this level, up to `ENOUGH`."""
    proposal: Proposal | None
    why: str
    """One sentence: the proposal's reason or, without one, why there is none."""


def level_in_force(ranges: Ranges, decisions: Sequence[Decision]) -> Level:
    """The newest level that was accepted, within the ranges as they are now; else the start.

    Args:
        ranges: Of the exercise on this day of the routine.
        decisions: About it, in any order.
    """
    newest = _in_force(decisions)
    return ranges.start if newest is None else ranges.clamp(newest.to_level)


def propose(
    ranges: Ranges,
    level: Level,
    results: Sequence[Result],
    today: date,
    decisions: Sequence[Decision] = (),
    *,
    trained: date | None = None,
) -> Proposal | None:
    """The next level, if there is reason for another one.

    Args:
        ranges: Of the exercise on this day of the routine.
        level: The one in force.
        results: How it went there, oldest first.
        today: For the length of a break.
        decisions: All that were made about it, in any order.
        trained: The last date on which anything was trained, when that is later than this exercise was.
    """
    case = _Case(ranges, ranges.clamp(level), results, decisions, today)
    found = case.next(trained)
    return None if found is None or case.patience(found) > 0 else found


def standing(
    exercise: str,
    ranges: Ranges,
    results: Sequence[Result],
    decisions: Sequence[Decision],
    today: date,
    *,
    trained: date | None = None,
) -> Standing:
    """Where an exercise of a day stands, and what to make of it; the arguments are those of `propose`."""
    decisions = _in_time(decisions, today)
    level = level_in_force(ranges, decisions)
    case = _Case(ranges, level, results, decisions, today)
    proposal = propose(ranges, level, results, today, decisions, trained=trained)
    why = case.why_it_stays(trained) if proposal is None else proposal.reason
    return Standing(exercise, level, ranges, case.good, proposal, why)


class _Case:
    """One exercise of one day, with all that is known of it."""

    def __init__(
        self,
        ranges: Ranges,
        level: Level,
        results: Sequence[Result],
        decisions: Sequence[Decision],
        today: date,
    ) -> None:
        self._ranges = ranges
        self._level = level
        self._decisions = _in_time(decisions, today)
        self._today = today
        self._in_force = _in_force(self._decisions)
        # A date beyond tomorrow comes from a clock that was wrong.
        self._known = [each for each in results if each.attempted and each.local_date <= after(today)]
        self._here = [each for each in self._known if self._in_force is None or each.at > self._in_force.at]

    @property
    def good(self) -> int:
        """Good sessions in a row at this level, up to as many as it takes."""
        count = 0
        for result in reversed(self._here[-ENOUGH:]):
            if not result.good:
                break
            count += 1
        return count

    def next(self, trained: date | None) -> Proposal | None:
        return self.back(trained) or self.down() or self.up()

    def up(self) -> Proposal | None:
        to_level = self._ranges.up(self._level)
        if to_level is None or self.good < ENOUGH:
            return None
        why = words.good_words(self._level, to_level, self._here[-ENOUGH:])
        return self._proposal(Move.UP, to_level, why)

    def down(self) -> Proposal | None:
        to_level = self._ranges.down(self._level)
        if to_level is None or not self._here:
            return None
        last = self._here[-1]
        if last.hurt:
            return self._proposal(Move.DOWN, to_level, words.HURT)
        if last.painful:
            return self._proposal(Move.DOWN, to_level, words.rise_words(last.rise))
        lately = self._here[-UNFINISHED:]
        if len(lately) == UNFINISHED and not any(result.complete for result in lately):
            return self._proposal(Move.DOWN, to_level, words.UNFINISHED_TWICE)
        return None

    def back(self, trained: date | None) -> Proposal | None:
        if not self._known:
            return None
        last = max(result.local_date for result in self._known)
        away = (self._today - (last if trained is None else max(last, trained))).days
        to_level = self._level
        for _ in range(away // BREAK_DAYS - self._gone_back()):
            to_level = self._ranges.down(to_level) or to_level
        if to_level == self._level:
            return None
        return self._proposal(Move.BACK, to_level, words.break_words(away))

    def patience(self, proposal: Proposal) -> int:
        """How many more sessions to wait, because this very proposal was declined."""
        declined = [
            each.at
            for each in self._decisions
            if not each.taken
            and (each.kind, each.to_level) == (proposal.kind, proposal.to_level)
            and (self._in_force is None or each.at > self._in_force.at)
        ]
        if not declined:
            return 0
        return max(0, PATIENCE - sum(result.at > max(declined) for result in self._known))

    def why_it_stays(self, trained: date | None) -> str:
        """Why nothing is proposed."""
        if not self._ranges.moves:
            return words.FIXED
        declined = self.next(trained)
        if declined is not None:
            return words.declined_words(self.patience(declined))
        if not self._here:
            return words.NOT_YET
        last = self._here[-1]
        if last.hurt:
            return words.HURT_AT_THE_BOTTOM
        if last.pain_rose:
            return words.PAIN
        if not last.painless:
            return words.pain_too_high(last.most_pain)
        if not last.complete:
            return words.NOT_FINISHED
        if not last.good:
            return words.effort_too_high(last.effort)
        if self._ranges.up(self._level) is None:
            return words.AT_THE_TOP
        return words.good_so_far(self.good, ENOUGH)

    def _gone_back(self) -> int:
        """How many rungs it has gone back in this break already."""
        began = max(result.at for result in self._known)
        return sum(
            self._rungs(each.from_level, each.to_level)
            for each in self._decisions
            if each.taken and each.kind is Move.BACK and each.at > began
        )

    def _rungs(self, upper: Level, lower: Level) -> int:
        """How many rungs one level stands above another."""
        count, at, end = 0, self._ranges.clamp(upper), self._ranges.clamp(lower)
        while at != end:
            below = self._ranges.down(at)
            if below is None:
                break
            at = below
            count += 1
        return count

    def _proposal(self, move: Move, to_level: Level, why: str) -> Proposal:
        return Proposal(move, self._level, to_level, words.reason(self._level, to_level, why))


def _in_time(decisions: Sequence[Decision], today: date) -> list[Decision]:
    """Those made up to tomorrow: later ones come from a clock that was wrong."""
    return [each for each in decisions if each.at.date() <= after(today)]


def _in_force(decisions: Sequence[Decision]) -> Decision | None:
    return max((each for each in decisions if each.taken), key=lambda each: (each.at, each.id), default=None)
