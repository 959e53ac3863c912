"""Results and answers, and what is proposed after them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from backtimer.core.plan.prescription import Level, Ranges
from backtimer.core.plan.units import Count
from backtimer.core.progress.decisions import (
    Answer,
    Decision,
    Move,
    Proposal,
    Result,
)
from backtimer.core.progress.progression import (
    propose,
)
from tests.core.pasts import day

REPS = Ranges(Count(8, 12), None, Count(2, 3))


TEN = Level(10, None, 2)


def moment(offset: float) -> datetime:
    """That many days after the first, at noon."""
    return datetime.combine(day(0), time(12), UTC) + timedelta(days=offset)


def good(offset: int, *, effort: int | None = 4, pain_before: int | None = 0, pain: int | None = 0) -> Result:
    """A session without anything to complain of, unless something else is said."""
    return Result(moment(offset), day(offset), 3, 3, effort=effort, pain_before=pain_before, pain=pain)


def answered(
    offset: float, to_level: Level, answer: Answer = Answer.ACCEPTED, kind: Move = Move.UP, was: Level = TEN
) -> Decision:
    return Decision(
        moment(offset), "lower-back", "monday", "bird-dog", kind, was, to_level, "because", answer
    )


def proposed(
    *results: Result,
    level: Level = TEN,
    ranges: Ranges = REPS,
    today: int | None = None,
    decisions: tuple[Decision, ...] = (),
) -> Proposal | None:
    """What is proposed on the day after the last session, or another one."""
    last = max((result.local_date for result in results), default=day(0)) + timedelta(days=1)
    return propose(ranges, level, results, last if today is None else day(today), decisions)


def reason(proposal: Proposal | None) -> str:
    return "" if proposal is None else proposal.reason
