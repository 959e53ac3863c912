"""The history: what is asked of an open database, and what is told to it.

Every writing method is one transaction: when it returns, what it wrote is on the disk; when it raises,
nothing of it is.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backtimer.core.calendar import DoneSession, Schedule, schedule_on
from backtimer.storage.locks import Hold, SessionLocks, process_lives
from backtimer.storage.stored import (
    NewSession,
    SessionState,
    StoredSession,
    StoredSet,
    Unfinished,
    check_rating,
    due_from_json,
    due_to_json,
    offset_of,
    set_number,
    to_local,
    to_utc,
)
from backtimer.storage.trouble import HistoryError, Notice, Trouble, trouble_of

if TYPE_CHECKING:
    from backtimer.core.outcomes import SetRecord
    from backtimer.core.plan import SetSpec

_SET_COLUMNS = "session_id, idx, exercise, side, set_no, reps, seconds, outcome, at"


class History:
    """An open history. Made by `database.open_history`.

    All methods raise `HistoryError` when the file cannot be read or written.
    """

    def __init__(self, db: sqlite3.Connection, path: Path, locks: SessionLocks, *, writable: bool) -> None:
        self.path = path
        self.locks = locks
        self.writable = writable
        """False: past sessions can be looked at, and every write fails."""
        self._db = db
        self._file = _identity(path)

    def close(self) -> None:
        """Close the file. Locks of running sessions stay."""
        with suppress(sqlite3.Error):
            self._db.close()

    def in_place(self) -> bool:
        """Whether the file at the path still is the one that was opened."""
        return self._file is None or _identity(self.path) == self._file

    # -- telling it ---------------------------------------------------------------------------------

    def begin(self, session: NewSession) -> str:
        """Put a session in, as running and alive; one that is there already stays as it is."""
        import hashlib  # 2 ms, and only a session that begins needs it  # noqa: PLC0415

        locked = self.locks.hold(session.id) is Hold.OURS
        digest = hashlib.sha256(session.plan.encode()).hexdigest()
        with self._writing() as db:
            db.execute("INSERT INTO plans VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, session.plan))
            db.execute(
                "INSERT INTO sessions (id, routine, day, title, local_date, started, offset_min, state, "
                "planned_sets, plan, pid, locked) VALUES (?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                (
                    session.id,
                    session.routine,
                    session.day,
                    session.title,
                    session.local_date.isoformat(),
                    to_utc(session.started),
                    offset_of(session.started),
                    len(session.sets),
                    digest,
                    os.getpid(),
                    locked,
                ),
            )
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
        side = record.side or spec.side
        with self._writing() as db:
            self._must_have(session_id)
            db.execute(
                f"INSERT OR REPLACE INTO sets ({_SET_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    session_id,
                    record.set_index,
                    spec.exercise,
                    None if side is None else str(side),
                    set_number(spec),
                    record.reps,
                    record.seconds,
                    str(record.outcome),
                    to_utc(at),
                ),
            )
            db.execute(
                "UPDATE sessions SET (done_sets, seconds) = (SELECT coalesce(sum(outcome = 'done'), 0), "
                "coalesce(?, total(seconds)) FROM sets WHERE session_id = ?) WHERE id = ?",
                (elapsed_s, session_id, session_id),
            )

    def end(self, session_id: str, state: SessionState | None, seconds: float, at: datetime) -> None:
        """Note that a session is over.

        Args:
            session_id: The session.
            state: How it ended. None: done when every planned set was, otherwise partial.
            seconds: Its credited time.
            at: When it ended.
        """
        with self._writing() as db:
            self._must_have(session_id)
            db.execute(
                "UPDATE sessions SET seconds = ?, ended = ?, ended_offset_min = ?, pid = NULL, state = "
                "coalesce(?, CASE WHEN done_sets >= planned_sets THEN 'done' ELSE 'partial' END) "
                "WHERE id = ?",
                (seconds, to_utc(at), offset_of(at), state, session_id),
            )
        self.locks.release(session_id)

    def rate(self, session_id: str, effort: int | None, pain: int | None) -> None:
        """Note how hard it was (1-10) and how much it hurt (0-10); None: not said.

        Raises:
            ValueError: A number that is not on its scale.
        """
        check_rating(effort, pain)
        with self._writing() as db:
            self._must_have(session_id)
            db.execute("UPDATE sessions SET effort = ?, pain = ? WHERE id = ?", (effort, pain, session_id))

    def erase(self, session_id: str) -> None:
        """Take a session and its sets out."""
        with self._writing() as db:
            db.execute("DELETE FROM sessions WHERE id = ?", (session_id,))
            db.execute("DELETE FROM plans WHERE digest NOT IN (SELECT plan FROM sessions)")
        self.locks.release(session_id)

    def remember_schedule(self, schedule: Schedule) -> None:
        """Note which days are due from a date on; nothing is written when that is what holds already."""
        in_force = schedule_on(self.schedules(), schedule.from_date)
        due = due_to_json(schedule.due)
        if in_force and in_force.routine == schedule.routine and due_to_json(in_force.due) == due:
            return
        with self._writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO schedules VALUES (?, ?, ?)",
                (schedule.from_date.isoformat(), schedule.routine, due),
            )

    # -- an interrupted session ---------------------------------------------------------------------

    def unfinished(self) -> Unfinished | None:
        """The newest session that was interrupted: running, and held by no process that is alive."""
        if not self.writable:
            return None
        with self._reading() as db:
            rows = db.execute(
                "SELECT id, pid, locked FROM sessions WHERE state = 'running' "
                "ORDER BY started DESC, rowid DESC"
            ).fetchall()
            self.locks.sweep()
            for session_id, pid, locked in rows:
                if self._is_live(session_id, pid, bool(locked)):
                    continue
                # Read only now: it may have ended between the list and the look at its lock.
                found = self._sessions("WHERE id = ? AND state = 'running'", (session_id,))
                plan = db.execute(
                    "SELECT text FROM plans JOIN sessions ON plan = digest WHERE id = ?", (session_id,)
                ).fetchone()
                if found and plan:
                    return Unfinished(found[0], plan[0])
        return None

    def claim(self, session_id: str) -> bool:
        """Make an interrupted session this process's own; False when another window was faster."""
        hold = self.locks.hold(session_id)
        if hold is Hold.TAKEN:
            return False
        with self._writing() as db:
            row = db.execute(
                "SELECT pid, locked FROM sessions WHERE id = ? AND state = 'running'", (session_id,)
            ).fetchone()
            # The lock says all about a session that was begun with one; otherwise its process does.
            free = row is not None and (
                (hold is Hold.OURS and bool(row[1])) or row[0] is None or not process_lives(row[0])
            )
            if free:
                db.execute(
                    "UPDATE sessions SET pid = ?, locked = ? WHERE id = ?",
                    (os.getpid(), hold is Hold.OURS, session_id),
                )
        if not free:
            self.locks.release(session_id)
        return free

    def keep(self, session_id: str) -> bool:
        """End an interrupted session with what it has; False when another window has it."""
        if not self.claim(session_id):
            return False
        with self._reading() as db:
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

    # -- asking it ----------------------------------------------------------------------------------

    def sessions(self) -> tuple[StoredSession, ...]:
        """All sessions with their sets, oldest first."""
        with self._reading():
            return self._sessions()

    def calendar_sessions(self) -> list[DoneSession]:
        """All sessions, as the calendar needs them; those still running with what they have."""
        with self._reading() as db:
            rows = db.execute("SELECT local_date, planned_sets, done_sets FROM sessions ORDER BY local_date")
            return [DoneSession(date.fromisoformat(day), planned, done) for day, planned, done in rows]

    def schedules(self) -> list[Schedule]:
        """Which days were due from when on, oldest first."""
        with self._reading() as db:
            rows = db.execute("SELECT from_date, routine, due FROM schedules ORDER BY from_date")
            return [
                Schedule(date.fromisoformat(day), routine, due_from_json(due)) for day, routine, due in rows
            ]

    # -- inside -------------------------------------------------------------------------------------

    def _sessions(self, where: str = "", values: tuple[Any, ...] = ()) -> tuple[StoredSession, ...]:
        # 10 ms with what it needs, and the calendar does without.
        from backtimer.storage.rows import (  # noqa: PLC0415
            SESSION_COLUMNS,
            SET_COLUMNS,
            session_of,
            set_of,
        )

        sets: dict[str, list[StoredSet]] = {}
        of_those = f"WHERE session_id IN (SELECT id FROM sessions {where})" if where else ""
        for row in self._db.execute(
            f"SELECT {SET_COLUMNS} FROM sets {of_those} ORDER BY session_id, idx", values
        ):
            sets.setdefault(row[0], []).append(set_of(row))
        rows = self._db.execute(
            f"SELECT {SESSION_COLUMNS} FROM sessions {where} ORDER BY started, rowid", values
        )
        return tuple(session_of(row, tuple(sets.get(row[0], ()))) for row in rows)

    def _is_live(self, session_id: str, pid: int | None, locked: bool) -> bool:
        look = self.locks.look(session_id)
        if look in (Hold.OURS, Hold.TAKEN):
            return True
        if locked and look is Hold.FREE:
            return False
        return pid is not None and process_lives(pid)

    def _must_have(self, session_id: str) -> None:
        if self._db.execute("SELECT 1 FROM sessions WHERE id = ?", (session_id,)).fetchone() is None:
            raise HistoryError(Notice(Trouble.LOST, self.path))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._guarded() as db:
                yield db
        except (ValueError, TypeError, OverflowError) as error:  # a date or an outcome that is none
            raise HistoryError(Notice(Trouble.DAMAGED, self.path, detail=str(error))) from error

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._db
        except (sqlite3.Error, OSError) as error:
            raise HistoryError(Notice(trouble_of(error), self.path, detail=str(error))) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._guarded() as db:
            if not self.in_place():
                raise HistoryError(Notice(Trouble.MOVED, self.path))
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path, whatever its name; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
