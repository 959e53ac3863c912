"""Rows of the database as values."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any

from backtimer.core.session.events import Outcome
from backtimer.storage.history.columns import to_local
from backtimer.storage.history.stored import SessionState, StoredSession, StoredSet

SESSION_COLUMNS = (
    "id, routine, day, title, local_date, started, offset_min, ended, ended_offset_min, "
    "state, planned_sets, done_sets, seconds, effort, pain, pain_before, pain_next, source, note"
)
SET_COLUMNS = "session_id, idx, exercise, side, set_no, reps, seconds, outcome, hold_s"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which sessions are meant: a condition on their table, with its values, and how many at most."""

    condition: str
    values: tuple[Any, ...] = ()
    newest: int | None = None
    """Only so many, the last ones. None: all."""

    @property
    def clause(self) -> str:
        """What follows `FROM sessions`, newest first, with one more value: the limit."""
        return f"WHERE {self.condition} ORDER BY started DESC, id DESC LIMIT ?"

    @property
    def all_values(self) -> tuple[Any, ...]:
        """The values of `clause`."""
        return (*self.values, -1 if self.newest is None else max(0, self.newest))


def asked_for(since: date | None, exercise: str | None, newest: int | None = None) -> Asked:
    """The sessions that are not deleted, from a date on, with a set of an exercise."""
    conditions, values = ["deleted = 0"], []
    if since is not None:
        conditions.append("local_date >= ?")
        values.append(since.isoformat())
    if exercise is not None:
        # Session by session, newest first: with a limit only as far back as need be.
        conditions.append("EXISTS (SELECT 1 FROM sets WHERE session_id = id AND exercise = ?)")
        values.append(exercise)
    return Asked(" AND ".join(conditions), tuple(values), newest)


def read_sessions(db: sqlite3.Connection, asked: Asked) -> tuple[StoredSession, ...]:
    """Sessions with their sets, oldest first."""
    sets: dict[str, list[StoredSet]] = {}
    for row in db.execute(
        f"SELECT {SET_COLUMNS} FROM sets WHERE session_id IN (SELECT id FROM sessions {asked.clause}) "
        "ORDER BY session_id, idx",
        asked.all_values,
    ):
        sets.setdefault(row[0], []).append(set_of(row))
    rows = db.execute(f"SELECT {SESSION_COLUMNS} FROM sessions {asked.clause}", asked.all_values).fetchall()
    return tuple(session_of(row, tuple(sets.get(row[0], ()))) for row in reversed(rows))


def read_heads(db: sqlite3.Connection, asked: Asked) -> tuple[StoredSession, ...]:
    """The same sessions without their sets."""
    rows = db.execute(f"SELECT {SESSION_COLUMNS} FROM sessions {asked.clause}", asked.all_values).fetchall()
    return tuple(session_of(row, ()) for row in reversed(rows))


def read_sets_of(db: sqlite3.Connection, session_id: str) -> tuple[StoredSet, ...]:
    """The sets of one session, in planned order."""
    rows = db.execute(f"SELECT {SET_COLUMNS} FROM sets WHERE session_id = ? ORDER BY idx", (session_id,))
    return tuple(set_of(row) for row in rows)


def session_of(row: tuple[Any, ...], sets: tuple[StoredSet, ...]) -> StoredSession:
    """The session of a row of `SESSION_COLUMNS`.

    Raises:
        ValueError: Something in it is no date, no time, no state.
        TypeError: So is what is missing from it.
    """
    (session_id, routine, day, title, local_date, started, offset, ended, ended_offset, state, *numbers) = row
    planned_sets, done_sets, seconds, effort, pain, pain_before, pain_next, source, note = numbers
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
        pain_before=pain_before,
        pain_next=pain_next,
        source=source,
        note=note,
    )


def set_of(row: tuple[Any, ...]) -> StoredSet:
    """The set of a row of `SET_COLUMNS`.

    Raises:
        ValueError: It has an outcome that there is not.
    """
    _, index, exercise, side, number, reps, seconds, outcome, hold_s = row
    return StoredSet(index, exercise, side, number, reps, seconds, Outcome(outcome), hold_s)
