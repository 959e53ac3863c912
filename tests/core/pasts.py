"""Past sessions and sets to look back on in tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from backtimer.core.progress.history import PastSession, PastSet
from backtimer.core.session.events import Outcome

FIRST = date(2026, 11, 2)
"""A Monday."""


def day(offset: int) -> date:
    """Days after the first."""
    return FIRST + timedelta(days=offset)


def at(offset: int) -> datetime:
    """Noon of such a day."""
    return datetime.combine(day(offset), time(12), UTC)


def rated(
    offset: int,
    before: int | None = None,
    after: int | None = None,
    next_morning: int | None = None,
    effort: int | None = None,
) -> PastSession:
    """A session that was done in full, with its ratings."""
    return PastSession(
        f"s{offset}", day(offset), at(offset), 10, 10, 600.0, effort, before, after, next_morning
    )


def done(
    offset: int,
    exercise: str = "bird-dog",
    outcome: Outcome = Outcome.DONE,
    *,
    side: str | None = None,
    reps: int | None = 10,
    hold_s: float | None = None,
    seconds: float = 60.0,
    session: str = "",
    alternate: bool = False,
) -> PastSet:
    """A set."""
    return PastSet(
        day(offset), exercise, side, reps, hold_s, seconds, outcome, session or f"s{offset}", alternate
    )
