"""The schema of the history, as the ordered steps that lead to it.

`PRAGMA user_version` is the number of steps that have been taken. Steps that have been released never
change; a new one is added at the end. All that are missing are taken in one transaction, together with the
new version, so that a file is of the old version or of the new one and never in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

APPLICATION_ID = 0x62_74_69_6D
"""`btim`: marks a SQLite file as a history of backtimer's."""

Migration = Callable[[sqlite3.Connection], None]


def _first_schema(db: sqlite3.Connection) -> None:
    for statement in (
        # The frozen plans, each once: the same day of the same routine is the same text for years.
        """CREATE TABLE plans (
            digest TEXT NOT NULL PRIMARY KEY,
            text TEXT NOT NULL
        )""",
        """CREATE TABLE sessions (
            id TEXT NOT NULL PRIMARY KEY,
            routine TEXT NOT NULL,
            day TEXT NOT NULL,
            title TEXT NOT NULL,
            local_date TEXT NOT NULL,
            started TEXT NOT NULL,
            offset_min INTEGER NOT NULL,
            ended TEXT,
            ended_offset_min INTEGER,
            state TEXT NOT NULL CHECK (state IN ('running', 'done', 'partial')),
            planned_sets INTEGER NOT NULL,
            done_sets INTEGER NOT NULL DEFAULT 0,
            seconds REAL NOT NULL DEFAULT 0,
            effort INTEGER CHECK (effort BETWEEN 1 AND 10),
            pain INTEGER CHECK (pain BETWEEN 0 AND 10),
            plan TEXT NOT NULL REFERENCES plans (digest),
            pid INTEGER,
            locked INTEGER NOT NULL DEFAULT 0
        )""",
        # All that a streak needs, so that it reads neither the table nor the sets.
        "CREATE INDEX sessions_calendar ON sessions (local_date, planned_sets, done_sets)",
        "CREATE INDEX sessions_running ON sessions (started) WHERE state = 'running'",
        """CREATE TABLE sets (
            session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            idx INTEGER NOT NULL,
            exercise TEXT,
            side TEXT,
            set_no INTEGER NOT NULL,
            reps INTEGER,
            seconds REAL NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('skipped', 'partial', 'done', 'hurt')),
            at TEXT NOT NULL,
            PRIMARY KEY (session_id, idx)
        ) WITHOUT ROWID""",
        """CREATE TABLE schedules (
            from_date TEXT NOT NULL PRIMARY KEY,
            routine TEXT NOT NULL,
            due TEXT NOT NULL
        )""",
    ):
        db.execute(statement)


def _diary_and_corrections(db: sqlite3.Connection) -> None:
    """What a history is worth opening for: pain around a session, days off, corrections, levels."""
    for statement in (
        "ALTER TABLE sessions ADD COLUMN pain_before INTEGER CHECK (pain_before BETWEEN 0 AND 10)",
        # The morning after, and whether it was asked for: a question that was skipped is not put again.
        "ALTER TABLE sessions ADD COLUMN pain_next INTEGER CHECK (pain_next BETWEEN 0 AND 10)",
        "ALTER TABLE sessions ADD COLUMN asked_next INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE sessions ADD COLUMN source TEXT NOT NULL DEFAULT 'timer' "
        "CHECK (source IN ('timer', 'log', 'import'))",
        "ALTER TABLE sessions ADD COLUMN note TEXT NOT NULL DEFAULT ''",
        # Such a session is in no answer any more, and stays in the file.
        "ALTER TABLE sessions ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0",
        "DROP INDEX sessions_calendar",
        "CREATE INDEX sessions_calendar ON sessions (local_date, deleted, planned_sets, done_sets)",
        "CREATE INDEX sessions_started ON sessions (started)",
        # What was planned, so that looking back needs no plan.
        "ALTER TABLE sets ADD COLUMN hold_s REAL",
        "ALTER TABLE sets ADD COLUMN alternate INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE off_days (
            id TEXT NOT NULL PRIMARY KEY,
            from_date TEXT NOT NULL,
            to_date TEXT NOT NULL,
            why TEXT NOT NULL CHECK (why IN ('flare-up', 'holiday', 'ill')),
            declared TEXT NOT NULL,
            withdrawn TEXT
        )""",
        # Ratings that belong to no session.
        """CREATE TABLE pains (
            id TEXT NOT NULL PRIMARY KEY,
            local_date TEXT NOT NULL,
            at TEXT NOT NULL,
            offset_min INTEGER NOT NULL,
            pain INTEGER NOT NULL CHECK (pain BETWEEN 0 AND 10),
            note TEXT NOT NULL DEFAULT '',
            withdrawn TEXT
        )""",
        """CREATE TABLE corrections (
            id TEXT NOT NULL PRIMARY KEY,
            session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            at TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('delete', 'edit')),
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            undone TEXT
        )""",
        "CREATE INDEX corrections_session ON corrections (session_id, at)",
        """CREATE TABLE decisions (
            id TEXT NOT NULL PRIMARY KEY,
            at TEXT NOT NULL,
            routine TEXT NOT NULL,
            day TEXT NOT NULL,
            exercise TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('up', 'down', 'back')),
            from_level TEXT NOT NULL,
            to_level TEXT NOT NULL,
            reason TEXT NOT NULL,
            answer TEXT NOT NULL CHECK (answer IN ('accepted', 'declined', 'auto'))
        )""",
        "CREATE INDEX decisions_routine ON decisions (routine, day, at)",
    ):
        db.execute(statement)
    _fill_from_plans(db)


def _fill_from_plans(db: sqlite3.Connection) -> None:
    """Tell the sets that were done what their frozen plans say of them."""
    for digest, text in db.execute("SELECT digest, text FROM plans").fetchall():
        db.executemany(
            "UPDATE sets SET hold_s = ?, alternate = ? "
            "WHERE session_id IN (SELECT id FROM sessions WHERE plan = ?) AND idx = ?",
            [(hold, alternate, digest, index) for index, hold, alternate in _told_by(text)],
        )


def _told_by(text: str) -> list[tuple[int, float | None, bool]]:
    """Of a plan as it was frozen in version 1, the sets with a hold or a change of side at every rep.

    Not by the reader of plans, which may change; a plan that says nothing of the kind is of no use here.
    """
    import json  # noqa: PLC0415 - 3 ms, once in the life of a file

    try:
        sets = json.loads(text)["sets"]
        told = [(index, one.get("hold_s"), one.get("alternate") is True) for index, one in enumerate(sets)]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return []
    checked = [
        (index, float(hold) if type(hold) in (int, float) and 0 < hold <= 24 * 3600 else None, alternate)
        for index, hold, alternate in told
    ]
    return [one for one in checked if one[1] or one[2]]


def _cycles(db: sqlite3.Connection) -> None:
    """Days that come in turn have a period of their own; until now all had weeks."""
    db.execute("ALTER TABLE schedules ADD COLUMN period INTEGER NOT NULL DEFAULT 7 CHECK (period > 0)")


def _stages(db: sqlite3.Connection) -> None:
    """What is due may change by itself when a stage is over, and a person may go to another one."""
    for statement in (
        "ALTER TABLE schedules ADD COLUMN stage INTEGER NOT NULL DEFAULT 0 CHECK (stage >= 0)",
        "ALTER TABLE schedules ADD COLUMN ahead TEXT NOT NULL DEFAULT '[]'",
        """CREATE TABLE stage_changes (
            id TEXT NOT NULL PRIMARY KEY,
            at TEXT NOT NULL,
            local_date TEXT NOT NULL,
            routine TEXT NOT NULL,
            from_stage INTEGER NOT NULL CHECK (from_stage > 0),
            to_stage INTEGER NOT NULL CHECK (to_stage > 0),
            reason TEXT NOT NULL,
            answer TEXT NOT NULL CHECK (answer IN ('accepted', 'declined', 'auto'))
        )""",
        "CREATE INDEX stage_changes_routine ON stage_changes (routine, at)",
    ):
        db.execute(statement)


def _all_years_from_one_index(db: sqlite3.Connection) -> None:
    """What is asked of all sessions, offsets and totals too, is in the calendar's index: no table is read."""
    for statement in (
        "DROP INDEX sessions_calendar",
        "CREATE INDEX sessions_calendar "
        "ON sessions (local_date, deleted, planned_sets, done_sets, offset_min, seconds)",
    ):
        db.execute(statement)


def _in_place_of(db: sqlite3.Connection) -> None:
    """Of a set of an exchanged exercise, in whose place it was done, as the frozen plans tell."""
    db.execute("ALTER TABLE sets ADD COLUMN in_place_of TEXT")
    _tell_by_plans(db, "in_place_of")


def _activities_and_loads(db: sqlite3.Connection) -> None:
    """What an activity among exercises was, and with what load a set was done, as the frozen plans tell."""
    for name in ("activity", "load"):
        db.execute(f"ALTER TABLE sets ADD COLUMN {name} TEXT")
        _tell_by_plans(db, name)


def _tell_by_plans(db: sqlite3.Connection, name: str) -> None:
    plans = db.execute(f"SELECT digest, text FROM plans WHERE text LIKE '%\"{name}\"%'").fetchall()
    told = {digest: found for digest, text in plans if (found := told_by_plan(text, name))}
    db.executemany(
        f"UPDATE sets SET {name} = ? WHERE session_id = ? AND idx = ?",
        [
            (words, session, index)
            for session, digest in db.execute("SELECT id, plan FROM sessions")
            for index, words in told.get(digest, {}).items()
        ],
    )


MOST_TOLD = 200
"""Characters that are taken over: a file allows no longer load, and a name is shorter."""

TOLD_BY_PLANS = ("in_place_of", "activity", "load")
"""What is known of sets of before it was kept with them."""


def told_by_plan(text: str, name: str) -> dict[int, str]:
    """Of the sets of a frozen plan, what it says of them under a name, by their indexes.

    Not by the reader of plans, which may change.
    """
    import json  # noqa: PLC0415 - 3 ms, once in the life of a file

    try:
        told = {index: one.get(name) for index, one in enumerate(json.loads(text)["sets"])}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
    return {index: found[:MOST_TOLD] for index, found in told.items() if isinstance(found, str) and found}


MIGRATIONS: tuple[Migration, ...] = (
    _first_schema,
    _diary_and_corrections,
    _cycles,
    _stages,
    _all_years_from_one_index,
    _in_place_of,
    _activities_and_loads,
)

VERSION = len(MIGRATIONS)
"""The version this program reads and writes."""


def version_of(db: sqlite3.Connection) -> int:
    """How many steps the file has taken."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(
    db: sqlite3.Connection,
    migrations: Sequence[Migration] = MIGRATIONS,
    *,
    before: Callable[[int], None] | None = None,
) -> None:
    """Take all the steps that a file still lacks, in one transaction.

    Several processes may come at once: the version is read again under the lock, and those that come second
    find nothing to do. Foreign keys must be off on the connection, so that a step may rebuild a table; they
    are checked before the end.

    Args:
        db: The file; no transaction is open.
        migrations: The steps.
        before: Called with the old version when there is something to lose, before the first step and
            with all other writers kept out: the moment for a copy. What it raises ends the attempt.

    Raises:
        sqlite3.Error: A step failed; the file is as it was.
    """
    if version_of(db) >= len(migrations):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        version = version_of(db)
        if before is not None and 0 < version < len(migrations):
            before(version)
        for migration in migrations[version:]:
            migration(db)
        if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise sqlite3.IntegrityError("a migration left a row without the one it belongs to")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {max(version_of(db), len(migrations))}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
