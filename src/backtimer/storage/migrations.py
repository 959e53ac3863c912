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


MIGRATIONS: tuple[Migration, ...] = (_first_schema,)

VERSION = len(MIGRATIONS)
"""The version this program reads and writes."""


def version_of(db: sqlite3.Connection) -> int:
    """How many steps the file has taken."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Take all the steps that a file still lacks, in one transaction.

    Several processes may come at once: the version is read again under the lock, and those that come second
    find nothing to do. Foreign keys must be off on the connection, so that a step may rebuild a table; they
    are checked before the end.

    Raises:
        sqlite3.Error: A step failed; the file is as it was.
    """
    if version_of(db) >= len(migrations):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        for migration in migrations[version_of(db) :]:
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
