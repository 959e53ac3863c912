"""From any older file to the schema of today."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from backtimer.storage.migrations import APPLICATION_ID, MIGRATIONS, VERSION, migrate, version_of
from tests.storage.histories import a_session, child, history_at

Build = Callable[[sqlite3.Connection], None]


def nothing(db: sqlite3.Connection) -> None:
    """A file of no bytes."""


def marked_and_empty(db: sqlite3.Connection) -> None:
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


OLD_FILES: tuple[tuple[int, Build], ...] = ((0, nothing), (0, marked_and_empty))
"""Hand-made files of old versions: add one, with rows in it, for every version that was released."""


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def schema(path: Path) -> list[tuple[str, str]]:
    with closing(connect(path)) as db:
        return db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


@pytest.mark.parametrize(("version", "build"), OLD_FILES)
def test_every_old_file_arrives_at_the_schema_of_today(tmp_path: Path, version: int, build: Build) -> None:
    old, new = tmp_path / "old" / "history.db", tmp_path / "new" / "history.db"
    old.parent.mkdir()
    with closing(connect(old)) as db:
        build(db)
        assert version_of(db) == version
    old.touch()
    history_at(old).begin(a_session())
    history_at(new)
    assert schema(old) == schema(new)
    with closing(connect(old)) as db:
        assert version_of(db) == VERSION


def add_note(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE sessions ADD COLUMN note TEXT NOT NULL DEFAULT ''")


def fail_late(db: sqlite3.Connection) -> None:
    add_note(db)
    db.execute("INSERT INTO nowhere VALUES (1)")


def leave_an_orphan(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO sets VALUES ('gone', 0, NULL, NULL, 1, NULL, 1.0, 'done', '')")


def test_only_missing_steps_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history_at(path).begin(a_session())
    with closing(connect(path)) as db:
        migrate(db, (*MIGRATIONS, add_note))
        migrate(db, (*MIGRATIONS, add_note))
        assert version_of(db) == VERSION + 1
        assert db.execute("SELECT note FROM sessions").fetchall() == [("",)]


@pytest.mark.parametrize("broken", [fail_late, leave_an_orphan])
def test_a_step_that_fails_changes_nothing(tmp_path: Path, broken: Build) -> None:
    path = tmp_path / "history.db"
    history_at(path)
    before = schema(path)
    with closing(connect(path)) as db:
        with pytest.raises(sqlite3.Error):
            migrate(db, (*MIGRATIONS, add_note, broken))
        assert version_of(db) == VERSION
        assert not db.in_transaction
    assert schema(path) == before


def test_nobody_else_can_write_from_the_first_step_on(tmp_path: Path) -> None:
    path = tmp_path / "history.db"

    def try_from_outside(_: sqlite3.Connection) -> None:
        with (
            closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")

    with closing(connect(path)) as db:
        migrate(db, (try_from_outside, *MIGRATIONS))
        assert version_of(db) == VERSION + 1


def test_a_newer_version_is_never_lowered(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "history.db")) as db:
        migrate(db, (*MIGRATIONS, add_note))
        migrate(db, MIGRATIONS)
        assert version_of(db) == VERSION + 1


def test_two_first_openings_at_once_both_work(tmp_path: Path) -> None:
    path = tmp_path / "data" / "history.db"
    script = (
        "from pathlib import Path; from tests.storage.histories import *\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "history_at(Path(sys.argv[1])).begin(a_session())\n"
    )
    crowd = [
        subprocess.Popen(
            child(script, str(path)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    for process in crowd:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    for process in crowd:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    for process in crowd:
        _, errors = process.communicate(timeout=30)
        assert process.returncode == 0, errors.decode()
    assert len(history_at(path).sessions()) == 4
