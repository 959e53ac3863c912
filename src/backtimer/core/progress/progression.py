"""Progression: the next level of an exercise, from how it went.

- One rung up after `ENOUGH` sessions in a row at the present level that were complete, after which pain was
  not higher (on the next morning, too), and of an effort of at most `MOST_EFFORT` or not rated.
- One rung down after pain: the exercise hurt, or pain rose in the session by a difference that matters. One
  rung down, too, after it was left unfinished twice in a row.
- After a break, back one rung for every `BREAK_DAYS` full days, at most to the low end.

A proposal says why in one sentence and waits for a yes. One that was declined is not made again before
`PATIENCE` further sessions. The newest answer of yes is the level in force.

Sources: effort as in `decisions`; pain as there and in `pain`. That two more reps in two sessions in a
row are a reason for more, and 2-10 % at a time, is said for loads (NSCA; ACSM 2009); a rung is a rep or a
second.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import takewhile
from math import ceil

from backtimer.core.plan.prescription import Level, Ranges
from backtimer.core.plan.routine import Pacing
from backtimer.core.plan.units import Unit
from backtimer.core.progress.calendar import after
from backtimer.core.progress.decisions import (
    ENOUGH,
    MOST_EFFORT,
    MOST_PAIN,
    PATIENCE,
    Decision,
    Move,
    Proposal,
    Result,
)
from backtimer.core.speech.phrases import count_words, number_text, sentence, time_words
from backtimer.language import _, counted_words, marked
from backtimer.values import NamedTuple


def level_words(level: Level) -> str:
    """A level for eye and ear: `2 sets, 11 reps, 3 seconds`."""
    parts = (rounds_words(level), sets_words(level), reps_words(level), hold_words(level))
    return ", ".join(part for part in parts if part)


def changed_words(before: Level, after: Level) -> str:
    """What another level changes: `11 reps`, `2 sets, 25 seconds`."""
    parts = (
        rounds_words(after) if after.rounds != before.rounds else "",
        sets_words(after) if after.sets != before.sets else "",
        reps_words(after) if after.reps != before.reps else "",
        hold_words(after) if (after.hold, after.unit) != (before.hold, before.unit) else "",
    )
    return ", ".join(part for part in parts if part)


def reps_words(level: Level) -> str:
    """`11 reps`; nothing where reps are no measure."""
    if level.reps is None:
        return ""
    return counted_words("{number} rep", "{number} reps", level.reps).format(number=level.reps)


def hold_words(level: Level) -> str:
    """`25 seconds`, `6 breaths`; nothing where there is no hold."""
    if level.hold is None:
        return ""
    if level.unit is Unit.BREATHS:
        text = counted_words("{number} breath", "{number} breaths", ceil(level.hold))
        return text.format(number=number_text(level.hold))
    return time_words(level.hold)


def sets_words(level: Level) -> str:
    if level.sets is None:
        return ""
    return counted_words("{number} set", "{number} sets", level.sets).format(number=level.sets)


def rounds_words(level: Level) -> str:
    """`3 rounds`; nothing where their number is fixed."""
    if level.rounds is None:
        return ""
    return counted_words("{number} round", "{number} rounds", level.rounds).format(number=level.rounds)


HURT_LAST_TIME = marked("it hurt last time")
UNFINISHED_TWICE = marked("not finished twice in a row")

FIXED_AMOUNTS = marked("The routine sets this amount.")
NOT_DONE_YET = marked("Not done at this level yet.")
HURT_AT_THE_BOTTOM = marked("It hurt last time. This is already the smallest amount. Try the easier form.")
PAIN_LAST_TIME = marked("Your pain was higher after the last time.")
NOT_FINISHED_LAST_TIME = marked("Not finished last time.")
NEXT_MORNING = marked("Enough good sessions. It goes up after the next morning.")
AT_THE_TOP = marked("At the top of its range.")


def reason(level: Level, to_level: Level, why: str) -> str:
    """`11 reps: three sessions of 10, effort 4, no pain`; without a full stop, to stand in a line."""
    return _("{amount}: {why}").format(amount=changed_words(level, to_level), why=why)


def good_words(level: Level, to_level: Level, results: Sequence[Result]) -> str:
    """Why it goes up: `three sessions of 10, effort 4, no pain`."""
    sessions = counted_words(
        "{number} session of {amount}", "{number} sessions of {amount}", len(results)
    ).format(number=count_words(len(results)), amount=_amount(level, to_level))
    facts = (
        sessions,
        _effort(results),
        _pain(results),
    )
    return ", ".join(fact for fact in facts if fact)


def rise_words(points: int) -> str:
    """Why it goes down after pain: `pain rose by 3 points last time`."""
    return counted_words(
        "pain rose by {number} point last time", "pain rose by {number} points last time", points
    ).format(number=points)


def break_words(days: int) -> str:
    """Why it goes back: `a break of 15 days`."""
    return counted_words("a break of {number} day", "a break of {number} days", days).format(number=days)


def effort_too_high(effort: int | None) -> str:
    """Why it stays, after a session that was hard."""
    return _("Last time was hard: {effort} of 10. It goes up when it is {most} or less.").format(
        effort=effort, most=MOST_EFFORT
    )


def pain_too_high(pain: int) -> str:
    """Why it stays, after a session with much pain of which it is not known how much there was before."""
    return _("Your pain was {pain} of 10 after the last time. It goes up when it is {most} or less.").format(
        pain=pain, most=MOST_PAIN
    )


def full_again(level: Level) -> str:
    """Why the full exercise comes back: `the full exercise again, 8 reps: three good sessions …`."""
    amount = level_words(level)
    number = count_words(ENOUGH)
    if not amount:
        return _("the full exercise again: {number} good sessions in a row of its easier form").format(
            number=number
        )
    return _("the full exercise again, {amount}: {number} good sessions in a row of its easier form").format(
        amount=amount, number=number
    )


def easier_so_far(good: int) -> str:
    """Why the easier form stays: `It hurt. Its easier form comes first: 1 of 3 good sessions in a row`."""
    return _("It hurt. Its easier form comes first: {number} of {enough} good sessions in a row.").format(
        number=min(good, ENOUGH), enough=ENOUGH
    )


def harder_words(harder: str, good: int) -> str:
    """Why the harder form is proposed: `Bird-dog with closed eyes in its place: three good sessions …`."""
    told = _("{harder} in its place: {number} good sessions in a row at the top of its range")
    return told.format(harder=harder, number=count_words(good))


def good_so_far(good: int, enough: int) -> str:
    """Why it stays, on the way up."""
    return _("{number} of {enough} good sessions at this level.").format(number=good, enough=enough)


def days_so_far(days: int, enough: int) -> str:
    """Why it stays, on the way up, where the routine says how many days it takes."""
    return _("{number} of {enough} days of good sessions at this level.").format(number=days, enough=enough)


def declined_words(sessions: int) -> str:
    """Why it stays, after a no."""
    return counted_words(
        "You said no. It is asked again after {number} more session.",
        "You said no. It is asked again after {number} more sessions.",
        sessions,
    ).format(number=sessions)


def proposal_words(name: str, proposal: Proposal) -> str:
    """A proposal as a sentence: `Bird-dog, 11 reps: three sessions of 10`, with a full stop."""
    if proposal.stage:
        return f"{name} {sentence(proposal.reason)}"
    return _("{name}, {reason}.").format(name=name, reason=proposal.reason)


def question_words(name: str, proposal: Proposal, *, today: bool) -> str:
    """A proposal as a question, `Bird-dog: 9 reps from today? Three sessions of 8, no pain.`, and why.

    Args:
        name: Of the exercise; of a stage, the question.
        proposal: What is proposed.
        today: It is for today, and not for another day of the week.
    """
    if proposal.stage:
        return proposal_words(name, proposal)
    if proposal.returns:
        return _("{name}: {reason}?").format(name=name, reason=proposal.reason)
    amount = changed_words(proposal.from_level, proposal.to_level)
    asked = _("{name}: {amount} from today?") if today else _("{name}: {amount} next time?")
    if proposal.kind is not Move.UP:
        asked = (
            _("{name}: back to {amount} from today?") if today else _("{name}: back to {amount} next time?")
        )
    before = _("{amount}: {why}").format(amount=amount, why="")
    why = sentence(proposal.reason.removeprefix(before))
    return f"{asked.format(name=name, amount=amount)} {why}"


def _amount(level: Level, to_level: Level) -> str:
    """What the next rung changes, as it was; its unit is said of the rung itself."""
    if to_level.reps != level.reps:
        return str(level.reps)
    if to_level.sets != level.sets:
        return str(level.sets)
    if to_level.rounds != level.rounds:
        return str(level.rounds)
    return number_text(level.hold or 0) if level.unit is Unit.BREATHS else hold_words(level)


def _effort(results: Sequence[Result]) -> str:
    rated = [result.effort for result in results if result.effort is not None]
    if not rated:
        return ""
    same = len(set(rated)) == 1
    return (_("effort {number}") if same else _("effort up to {number}")).format(number=max(rated))


def _pain(results: Sequence[Result]) -> str:
    felt = (pain for result in results for pain in (result.pain, result.pain_next))
    rated = [pain for pain in felt if pain is not None]
    if not rated:
        return ""
    if not any(rated):
        return _("no pain")
    before_known = all(result.pain_before is not None for result in results)
    if before_known and all(result.most_pain <= (result.pain_before or 0) for result in results):
        return _("pain no higher than before")
    return _("pain up to {number}").format(number=max(rated))


USUAL = Pacing(ENOUGH)
"""A step after so many good sessions in a row."""

UNFINISHED = 2
"""Sessions in a row that leave it unfinished before it goes down."""

BREAK_DAYS = 14
"""Days without training for which it goes back one rung."""


class Standing(NamedTuple):
    """Where an exercise stands."""

    exercise: str
    level: Level
    ranges: Ranges
    good: int
    """Good sessions in a row at this level."""
    proposal: Proposal | None
    why: str
    """One sentence: the proposal's reason or, without one, why there is none."""
    outgrown: bool = False
    """Whether these are enough for a harder form: as many as its pace asks for, and `ENOUGH` at least."""


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
    pacing: Pacing = USUAL,
) -> Proposal | None:
    """The next level, if there is reason for another one.

    Args:
        ranges: Of the exercise on this day of the routine.
        level: The one in force.
        results: How it went there, oldest first.
        today: For the length of a break.
        decisions: All that were made about it, in any order.
        trained: The last date on which anything was trained, when that is later than this exercise was.
        pacing: After what it rises, and by how much.
    """
    return _Case(ranges, ranges.clamp(level), results, decisions, today, pacing=pacing).proposal(trained)


def standing(
    exercise: str,
    ranges: Ranges,
    results: Sequence[Result],
    decisions: Sequence[Decision],
    today: date,
    *,
    trained: date | None = None,
    pacing: Pacing = USUAL,
) -> Standing:
    """Where an exercise of a day stands, and what to make of it; the arguments are those of `propose`."""
    decisions = _in_time(decisions, today)
    level = level_in_force(ranges, decisions)
    case = _Case(ranges, level, results, decisions, today, pacing=pacing)
    proposal = case.proposal(trained)
    why = case.why_it_stays(trained) if proposal is None else proposal.reason
    return Standing(exercise, level, ranges, case.good, proposal, why, case.is_outgrown)


class _Case:
    """One exercise of one day, with all that is known of it."""

    def __init__(
        self,
        ranges: Ranges,
        level: Level,
        results: Sequence[Result],
        decisions: Sequence[Decision],
        today: date,
        *,
        pacing: Pacing,
    ) -> None:
        self._pacing = pacing
        self._ranges = ranges
        self._level = level
        self._decisions = _in_time(decisions, today)
        self._today = today
        self._in_force = _in_force(self._decisions)
        # A date beyond tomorrow comes from a clock that was wrong.
        latest = after(today)
        self._known = [each for each in results if each.attempted and each.local_date <= latest]
        self._here = [each for each in self._known if self._in_force is None or each.at > self._in_force.at]

    @property
    def good(self) -> int:
        """Good sessions in a row at this level."""
        return len(self._run)

    @property
    def is_outgrown(self) -> bool:
        """Whether a harder form may take its place: no sooner than it is usual, nor than its pace says."""
        return self.good >= ENOUGH and bool(self._enough)

    @cached_property
    def _run(self) -> list[Result]:
        """The good sessions in a row at this level, oldest first."""
        return list(takewhile(lambda result: result.good, reversed(self._here)))[::-1]

    @property
    def _enough(self) -> list[Result]:
        """The good sessions for which it rises; none, while it is too early."""
        run, pacing = self._run, self._pacing
        if pacing.in_days:
            return run if run and (self._today - run[0].local_date).days >= pacing.after else []
        return run[-pacing.after :] if len(run) >= pacing.after else []

    def proposal(self, trained: date | None) -> Proposal | None:
        """The next level, if there is reason for another one and it is time to ask."""
        found = self.next(trained)
        if found is None or self.patience(found) > 0 or (found.kind is Move.UP and not self.settled):
            return None
        return found

    def next(self, trained: date | None) -> Proposal | None:
        return self.back(trained) or self.down() or self.up()

    def up(self) -> Proposal | None:
        to_level = self._ranges.up(self._level)
        if to_level is None or not self._enough:
            return None
        for _rung in range(self._pacing.by - 1):
            to_level = self._ranges.up(to_level) or to_level
        why = good_words(self._level, to_level, self._enough)
        return self._proposal(Move.UP, to_level, why)

    @property
    def settled(self) -> bool:
        """Whether the morning after the last session has come: no level rises before, or twice a day."""
        return not self._here or self._here[-1].local_date < self._today

    def down(self) -> Proposal | None:
        to_level = self._ranges.down(self._level)
        if to_level is None or not self._here:
            return None
        last = self._here[-1]
        if last.hurt:
            return self._proposal(Move.DOWN, to_level, _(HURT_LAST_TIME))
        if last.painful:
            return self._proposal(Move.DOWN, to_level, rise_words(last.rise))
        lately = self._here[-UNFINISHED:]
        if len(lately) == UNFINISHED and not any(result.complete for result in lately):
            return self._proposal(Move.DOWN, to_level, _(UNFINISHED_TWICE))
        return None

    def back(self, trained: date | None) -> Proposal | None:
        if not self._known:
            return None
        last = max(result.local_date for result in self._known)
        away = (self._today - (last if trained is None else max(last, trained))).days
        to_level = self._level
        for _rung in range(away // BREAK_DAYS - self._gone_back()):
            to_level = self._ranges.down(to_level) or to_level
        if to_level == self._level:
            return None
        return self._proposal(Move.BACK, to_level, break_words(away))

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
        if not self._ranges.moves:
            return _(FIXED_AMOUNTS)
        declined = self.next(trained)
        if declined is not None:
            patience = self.patience(declined)
            return declined_words(patience) if patience else _(NEXT_MORNING)
        if not self._here:
            return _(NOT_DONE_YET)
        last = self._here[-1]
        if last.hurt:
            return _(HURT_AT_THE_BOTTOM)
        if last.pain_rose:
            return _(PAIN_LAST_TIME)
        if not last.painless:
            return pain_too_high(last.most_pain)
        if not last.complete:
            return _(NOT_FINISHED_LAST_TIME)
        if not last.good:
            return effort_too_high(last.effort)
        if self._ranges.up(self._level) is None:
            return _(AT_THE_TOP)
        if self._pacing.in_days:
            return days_so_far((self._today - self._run[0].local_date).days, self._pacing.after)
        return good_so_far(min(self.good, self._pacing.after), self._pacing.after)

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
        return Proposal(move, self._level, to_level, reason(self._level, to_level, why))


def _in_time(decisions: Sequence[Decision], today: date) -> list[Decision]:
    """Those made up to tomorrow: later ones come from a clock that was wrong."""
    return [each for each in decisions if each.at.date() <= after(today)]


def _in_force(decisions: Sequence[Decision]) -> Decision | None:
    return max((each for each in decisions if each.taken), key=lambda each: (each.at, each.id), default=None)
