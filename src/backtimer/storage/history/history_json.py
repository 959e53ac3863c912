"""The history as `history --json` prints it."""

from __future__ import annotations

from datetime import date
from typing import Any

from backtimer.storage.history.sessions import History
from backtimer.storage.history.stored import StoredSession, StoredSet


def history_json(
    history: History | None,
    *,
    since: date | None = None,
    limit: int | None = None,
    exercise: str | None = None,
) -> dict[str, Any]:
    """Sessions, oldest first, as JSON's own types; no history is no sessions.

    Args:
        history: The open history.
        since: Only sessions from this date on.
        limit: Only the newest of them, so many.
        exercise: Only sessions with a set of this exercise.

    Raises:
        HistoryError: The file could not be read.
    """
    found = history.sessions(since=since, limit=limit, exercise=exercise) if history else ()
    return {"sessions": [session_json(session) for session in found]}


def session_json(session: StoredSession) -> dict[str, Any]:
    """One session with its sets."""
    return {
        "id": session.id,
        "routine": session.routine,
        "day": session.day,
        "title": session.title,
        "local_date": session.local_date.isoformat(),
        "started": session.started.isoformat(timespec="seconds"),
        "ended": session.ended.isoformat(timespec="seconds") if session.ended else None,
        "state": str(session.state),
        "source": session.source,
        "planned_sets": session.planned_sets,
        "done_sets": session.done_sets,
        "seconds": round(session.seconds, 3),
        "effort": session.effort,
        "pain_before": session.pain_before,
        "pain": session.pain,
        "pain_next": session.pain_next,
        "note": session.note,
        "sets": [_set(one) for one in session.sets],
    }


def _set(one: StoredSet) -> dict[str, Any]:
    return {
        "exercise": one.exercise,
        "side": one.side,
        "set": one.set,
        "reps": one.reps,
        "hold_s": one.hold_s,
        "seconds": round(one.seconds, 3),
        "outcome": str(one.outcome),
    }
