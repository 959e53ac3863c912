"""The words of looking back: how much, since when, and how it felt."""

from __future__ import annotations

from backtimer.core.agenda import short_date
from backtimer.core.looking_back import Past
from backtimer.core.past import PastSession
from backtimer.core.plan.units import counted
from backtimer.core.words import minutes_text


def counted_text(number: int, thing: str) -> str:
    """A count with its thousands apart: `109,500 sets`."""
    return counted(number, thing).replace(str(number), f"{number:,}", 1)


def hours(seconds: float) -> str:
    """A long time, no finer than it matters: `41 min`, `9 h 20 min`, `2,028 h`."""
    return f"{round(seconds / 3600):,} h" if seconds >= 360_000 else minutes_text(seconds)


def ratings_words(session: PastSession) -> str:
    """`effort 4, pain 2→1`; nothing when it was not rated."""
    parts = [f"effort {session.effort}"] if session.effort is not None else []
    felt = [session.pain_before, session.pain]
    if session.pain_before is not None and session.pain is not None:
        parts.append(f"pain {felt[0]}→{felt[1]}")
    elif session.pain_before is not None:
        parts.append(f"pain before {session.pain_before}")
    elif session.pain is not None:
        parts.append(f"pain {session.pain}")
    return ", ".join(parts)


def since_words(past: Past) -> str:
    """The day from which on things are looked at."""
    begin = past.sets_since or past.since
    day = max(past.done[0].local_date, begin) if past.done else begin
    return short_date(day, past.today)
