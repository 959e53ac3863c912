"""The history as `history --json` prints it."""

from __future__ import annotations

from typing import Any

from backtimer.storage.sessions import History
from backtimer.storage.stored import StoredSession, StoredSet


def history_json(history: History | None) -> dict[str, Any]:
    """All sessions, oldest first, as JSON's own types; no history is no sessions.

    Raises:
        HistoryError: The file could not be read.
    """
    return {"sessions": [_session(session) for session in history.sessions()] if history else []}


def _session(session: StoredSession) -> dict[str, Any]:
    return {
        "id": session.id,
        "routine": session.routine,
        "day": session.day,
        "local_date": session.local_date.isoformat(),
        "started": session.started.isoformat(timespec="seconds"),
        "ended": session.ended.isoformat(timespec="seconds") if session.ended else None,
        "state": str(session.state),
        "planned_sets": session.planned_sets,
        "done_sets": session.done_sets,
        "seconds": round(session.seconds, 3),
        "effort": session.effort,
        "pain": session.pain,
        "sets": [_set(one) for one in session.sets],
    }


def _set(one: StoredSet) -> dict[str, Any]:
    return {
        "exercise": one.exercise,
        "side": one.side,
        "set": one.set,
        "reps": one.reps,
        "seconds": round(one.seconds, 3),
        "outcome": str(one.outcome),
    }
