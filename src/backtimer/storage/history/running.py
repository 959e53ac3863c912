"""A session while it happens: it begins, its sets come in one by one, it ends.

When its process dies before that, it is an interrupted one: it can be taken up again, kept as it is, or
discarded. Every writing method is one transaction: when it returns, what it wrote is on the disk; when it
raises, nothing of it is.
"""

from __future__ import annotations

import os
import sqlite3
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from backtimer.storage.history.corrections import (
    STATE,
    Value,
    end_beneath,
    read_base,
    set_beneath,
    write_beneath,
)
from backtimer.storage.history.file import HistoryError, HistoryFile
from backtimer.storage.history.locks import Hold, SessionLocks, process_lives
from backtimer.storage.history.rows import PLAN_OF, Asked, put_plan, put_session, put_set, read_sessions
from backtimer.storage.history.values import Interrupted, offset_of, to_local, to_utc
from backtimer.values import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backtimer.core.plan.plan import SetSpec
    from backtimer.core.progress.history import SessionState
    from backtimer.core.session.events import SetRecord
    from backtimer.storage.history.values import NewSession


class MovedSet(NamedTuple):
    """What is known of a set, when its session goes over to another plan."""

    was: int
    """Its place until then."""
    record: SetRecord
    """Its place from then on, and how it went."""
    spec: SetSpec
    at: datetime
    """When it ended, where that is not written down."""


class RunningSessions:
    """How sessions come into the history.

    Args:
        file: The history's.
        locks: Of the sessions that are under way in any process.
    """

    def __init__(self, file: HistoryFile, locks: SessionLocks) -> None:
        self._file = file
        self._locks = locks

    def begin(self, session: NewSession) -> str:
        """Put a session in, as running and alive; one that is there already stays as it is."""
        locked = self._locks.hold(session.id) is Hold.OURS
        with self._file.writing() as db:
            put_session(db, session, pid=os.getpid(), locked=locked)
        return session.id

    def record_set(
        self, session_id: str, record: SetRecord, spec: SetSpec, at: datetime, elapsed_s: float | None = None
    ) -> None:
        """Put a set in, in place of an earlier record of the same one.

        Args:
            session_id: Its session.
            record: How it went.
            spec: What was planned.
            at: When it ended.
            elapsed_s: The session's credited time so far. None: the sum of its sets.
        """
        with self._file.writing() as db:
            self._file.must_hold(session_id)
            base = _base_if_corrected(db, session_id)
            put_set(db, session_id, record, spec, at)
            _sum_up(db, session_id, elapsed_s)
            if base is not None:
                set_beneath(db, session_id, base, record, at)

    def forget_set(self, session_id: str, set_index: int, elapsed_s: float | None = None) -> None:
        """Take the record of a set out: it is to be done, or to be done again.

        Args:
            session_id: Its session.
            set_index: Its place in the plan.
            elapsed_s: As in `record_set`.
        """
        with self._file.writing() as db:
            self._file.must_hold(session_id)
            db.execute("DELETE FROM sets WHERE session_id = ? AND idx = ?", (session_id, set_index))
            _sum_up(db, session_id, elapsed_s)

    def change_plan(self, session_id: str, plan: str, sets: Sequence[MovedSet], planned_sets: int) -> None:
        """Go over to another plan.

        Args:
            session_id: The session.
            plan: The plan, as JSON.
            sets: All that is known of its sets.
            planned_sets: How many there are.
        """
        with self._file.writing() as db:
            self._file.must_hold(session_id)
            seconds, before = db.execute(
                "SELECT seconds, plan FROM sessions WHERE id = ?", (session_id,)
            ).fetchone()
            known = db.execute("SELECT idx, at FROM sets WHERE session_id = ?", (session_id,))
            moments = {index: to_local(at, 0) for index, at in known}
            db.execute("DELETE FROM sets WHERE session_id = ?", (session_id,))
            for one in sets:
                put_set(db, session_id, one.record, one.spec, moments.get(one.was, one.at))
            digest = put_plan(db, plan)
            db.execute(
                "UPDATE sessions SET plan = ?, planned_sets = ? WHERE id = ?",
                (digest, planned_sets, session_id),
            )
            db.execute(
                "DELETE FROM plans WHERE digest = ? AND NOT EXISTS (SELECT 1 FROM sessions WHERE plan = ?)",
                (before, before),
            )
            _sum_up(db, session_id, seconds)

    def end(self, session_id: str, state: SessionState | None, seconds: float, at: datetime) -> None:
        """Note that a session is over.

        Args:
            session_id: The session.
            state: How it ended. None: done when every planned set was, otherwise partial.
            seconds: Its credited time.
            at: When it ended.
        """
        with self._file.writing() as db:
            self._file.must_hold(session_id)
            db.execute(
                "UPDATE sessions SET seconds = ?, ended = ?, ended_offset_min = ?, pid = NULL, state = "
                "coalesce(?, CASE WHEN done_sets >= planned_sets THEN 'done' ELSE 'partial' END) "
                "WHERE id = ?",
                (seconds, to_utc(at), offset_of(at), state, session_id),
            )
            if _base_if_corrected(db, session_id) is not None:
                end_beneath(db, session_id, state, seconds)
            self._file.once_written(partial(self._locks.release, session_id))

    def erase(self, session_id: str) -> None:
        """Take a session and its sets out."""
        with self._file.writing() as db:
            db.execute("DELETE FROM sessions WHERE id = ?", (session_id,))
            db.execute("DELETE FROM plans WHERE digest NOT IN (SELECT plan FROM sessions)")
            self._file.once_written(partial(self._locks.release, session_id))

    def leave(self, session_id: str) -> None:
        """Note that a session is not under way any more: from now on it is offered for resuming."""
        with self._file.writing():
            self._file.must_hold(session_id)
            self._file.once_written(partial(self._locks.release, session_id))

    # -- an interrupted session ---------------------------------------------------------------------

    def unfinished(self) -> Interrupted | None:
        """The newest session that was interrupted: running, and held by no process that is alive."""
        if not self._file.writable:
            return None
        with self._file.reading() as db:
            rows = db.execute(
                "SELECT id, pid, locked FROM sessions WHERE state = 'running' AND deleted = 0 "
                "ORDER BY started DESC, rowid DESC"
            ).fetchall()
            self._locks.sweep()
            for session_id, pid, locked in rows:
                if self._is_live(session_id, pid, bool(locked)):
                    continue
                # Read only now: it may have ended between the list and the look at its lock.
                found = read_sessions(db, Asked("id = ? AND state = 'running'", (session_id,)))
                plan = db.execute(PLAN_OF, (session_id,)).fetchone()
                if found and plan:
                    return Interrupted(found[0], plan[0])
        return None

    def ended_early(self, day: date) -> Interrupted | None:
        """The last session that the timer led on a date, if it was ended before every set was done."""
        if not self._file.writable:
            return None
        with self._file.reading() as db:
            row = db.execute(
                "SELECT id, state FROM sessions WHERE local_date = ? AND deleted = 0 AND source = 'timer' "
                "ORDER BY started DESC, rowid DESC LIMIT 1",
                (day.isoformat(),),
            ).fetchone()
            if row is None or row[1] != "partial":
                return None
            (found,) = read_sessions(db, Asked("id = ?", (row[0],)))
            plan = db.execute(PLAN_OF, (found.id,)).fetchone()
            return Interrupted(found, plan[0]) if plan else None

    def reopen(self, session_id: str) -> bool:
        """Make a session that was ended an interrupted one again; whether there is such a one.

        What corrections say of it goes on to hold.
        """
        with self._file.writing() as db:
            found = db.execute(
                "UPDATE sessions SET state = 'running', ended = NULL, ended_offset_min = NULL, pid = NULL, "
                "locked = 0 WHERE id = ? AND state != 'running' AND deleted = 0",
                (session_id,),
            ).rowcount
            if found:
                write_beneath(db, session_id, {STATE: "running"})
        return bool(found)

    def take(self, session_id: str) -> bool | None:
        """Take the lock of an interrupted session, and write nothing: `claim` does, when there is time.

        Returns:
            Whether it is this process's own now. None: locks do not work here, only `claim` can tell.
        """
        hold = self._locks.hold(session_id)
        if hold is not Hold.OURS:
            return False if hold is Hold.TAKEN else None
        try:
            with self._file.reading() as db:
                row = db.execute(
                    "SELECT pid, locked FROM sessions WHERE id = ? AND state = 'running'", (session_id,)
                ).fetchone()
        except HistoryError:
            self._locks.release(session_id)
            raise
        # Read only with the lock in hand: before, another window may have had it, and ended it.
        if row is not None and _is_free(hold, *row):
            return True
        self._locks.release(session_id)
        return False

    def claim(self, session_id: str) -> bool:
        """Make an interrupted session this process's own; False when another window was faster."""
        hold = self._locks.hold(session_id)
        if hold is Hold.TAKEN:
            return False
        with self._file.writing() as db:
            row = db.execute(
                "SELECT pid, locked FROM sessions WHERE id = ? AND state = 'running'", (session_id,)
            ).fetchone()
            free = row is not None and _is_free(hold, *row)
            if free:
                db.execute(
                    "UPDATE sessions SET pid = ?, locked = ? WHERE id = ?",
                    (os.getpid(), hold is Hold.OURS, session_id),
                )
        if not free:
            self._locks.release(session_id)
        return free

    def keep(self, session_id: str) -> bool:
        """End an interrupted session with what it has; False when another window has it."""
        if not self.claim(session_id):
            return False
        with self._file.reading() as db:
            seconds, started, offset, last = db.execute(
                "SELECT seconds, started, offset_min, (SELECT max(at) FROM sets WHERE session_id = id) "
                "FROM sessions WHERE id = ?",
                (session_id,),
            ).fetchone()
            at = to_local(last or started, offset)
        self.end(session_id, None, seconds, at)
        return True

    def discard(self, session_id: str) -> bool:
        """Take an interrupted session out; False when another window has it."""
        if not self.claim(session_id):
            return False
        self.erase(session_id)
        return True

    def _is_live(self, session_id: str, pid: int | None, locked: bool) -> bool:
        look = self._locks.look(session_id)
        if look in (Hold.OURS, Hold.TAKEN):
            return True
        if locked and look is Hold.FREE:
            return False
        return pid is not None and process_lives(pid)


def _base_if_corrected(db: sqlite3.Connection, session_id: str) -> dict[str, Value] | None:
    """What the timer wrote of a session, where corrections make something else of it; None without any.

    A session that is gone on with can have been corrected in between.
    """
    if db.execute("SELECT 1 FROM corrections WHERE session_id = ? LIMIT 1", (session_id,)).fetchone() is None:
        return None
    return read_base(db, session_id)


def _is_free(hold: Hold, pid: int | None, locked: bool) -> bool:
    """Whether a session is nobody's: its lock says so if it was begun with one, otherwise its process."""
    return (hold is Hold.OURS and bool(locked)) or pid is None or not process_lives(pid)


def _sum_up(db: sqlite3.Connection, session_id: str, elapsed_s: float | None) -> None:
    """Bring what a session says of its sets up to date."""
    db.execute(
        "UPDATE sessions SET (done_sets, seconds) = (SELECT coalesce(sum(outcome = 'done'), 0), "
        "coalesce(?, total(seconds)) FROM sets WHERE session_id = ?) WHERE id = ?",
        (elapsed_s, session_id, session_id),
    )
