"""Rows of the database as values."""

from __future__ import annotations

from datetime import date
from typing import Any

from backtimer.core.outcomes import Outcome
from backtimer.storage.stored import SessionState, StoredSession, StoredSet, to_local

SESSION_COLUMNS = (
    "id, routine, day, title, local_date, started, offset_min, ended, ended_offset_min, "
    "state, planned_sets, done_sets, seconds, effort, pain"
)
SET_COLUMNS = "session_id, idx, exercise, side, set_no, reps, seconds, outcome"


def session_of(row: tuple[Any, ...], sets: tuple[StoredSet, ...]) -> StoredSession:
    """The session of a row of `SESSION_COLUMNS`.

    Raises:
        ValueError: Something in it is no date, no time, no state.
        TypeError: So is what is missing from it.
    """
    (session_id, routine, day, title, local_date, started, offset, ended, ended_offset, state, *numbers) = row
    planned_sets, done_sets, seconds, effort, pain = numbers
    return StoredSession(
        id=session_id,
        routine=routine,
        day=day,
        title=title,
        local_date=date.fromisoformat(local_date),
        started=to_local(started, offset),
        ended=None if ended is None else to_local(ended, offset if ended_offset is None else ended_offset),
        state=SessionState(state),
        planned_sets=planned_sets,
        done_sets=done_sets,
        seconds=seconds,
        effort=effort,
        pain=pain,
        sets=sets,
    )


def set_of(row: tuple[Any, ...]) -> StoredSet:
    """The set of a row of `SET_COLUMNS`.

    Raises:
        ValueError: It has an outcome that there is not.
    """
    _, index, exercise, side, number, reps, seconds, outcome = row
    return StoredSet(index, exercise, side, number, reps, seconds, Outcome(outcome))
