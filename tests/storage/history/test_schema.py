"""From any older file to the schema of today."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from backtimer.core.progress.calendar import Due, Schedule
from backtimer.storage.history.backups import BEFORE_MIGRATION, backups, folder_of
from backtimer.storage.history.file import Trouble
from backtimer.storage.history.health import examine
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.schema import APPLICATION_ID, MIGRATIONS, VERSION, migrate, version_of
from tests.rules import for_each
from tests.storage.histories import a_session, child, clock, history_at
from tests.storage.history.test_faults import HOT_JOURNAL, posix

Build = Callable[[sqlite3.Connection], None]


def nothing(db: sqlite3.Connection) -> None:
    """A file of no bytes."""


def marked_and_empty(db: sqlite3.Connection) -> None:
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


VERSION_1 = """
CREATE TABLE plans (digest TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE sessions (
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
);
CREATE INDEX sessions_calendar ON sessions (local_date, planned_sets, done_sets);
CREATE INDEX sessions_running ON sessions (started) WHERE state = 'running';
CREATE TABLE sets (
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
) WITHOUT ROWID;
CREATE TABLE schedules (from_date TEXT NOT NULL PRIMARY KEY, routine TEXT NOT NULL, due TEXT NOT NULL);

INSERT INTO plans VALUES
    ('a1', '{"format":1,"sets":[{"exercise":"bird-dog","hold_s":5},'
     || '{"alternate":true,"load":"5 kg"},{"activity":"Walk"}]}'),
    ('b2', 'not JSON'),
    ('c3', '{"sets":{"hold_s":[]}}'),
    ('e5', '{"sets":[{"in_place_of":7}],"note":"in_place_of"}'),
    ('d4', '{"sets":[{"in_place_of":"superman"},{"hold_s":"long"},{"hold_s":-3},{"hold_s":1e999}]}');
INSERT INTO sessions VALUES
    ('aa11', 'lower-back', 'monday', 'Strength', '2026-11-02', '2026-11-02T18:00:00.000Z', 60,
     '2026-11-02T18:30:00.000Z', 60, 'done', 3, 3, 100.5, 4, 2, 'a1', NULL, 1),
    ('bb22', 'lower-back', 'tuesday', 'Mobility', '2026-11-03', '2026-11-03T18:00:00.000Z', 60,
     NULL, NULL, 'running', 3, 1, 30.0, NULL, NULL, 'b2', NULL, 0),
    ('cc33', 'lower-back', 'wednesday', 'Mobility', '2026-11-04', '2026-11-04T18:00:00.000Z', 60,
     '2026-11-04T18:30:00.000Z', 60, 'partial', 3, 0, 30.0, NULL, NULL, 'c3', NULL, 0),
    ('dd44', 'lower-back', 'thursday', 'Mobility', '2026-11-05', '2026-11-05T18:00:00.000Z', 60,
     '2026-11-05T18:30:00.000Z', 60, 'done', 3, 3, 30.0, NULL, NULL, 'd4', NULL, 0);
INSERT INTO sets VALUES
    ('aa11', 0, 'bird-dog', 'left', 1, 8, 40.0, 'done', '2026-11-02T18:10:00.000Z'),
    ('aa11', 1, 'dead-bug', NULL, 1, 8, 40.0, 'done', '2026-11-02T18:20:00.000Z'),
    ('aa11', 2, NULL, NULL, 1, NULL, 20.5, 'done', '2026-11-02T18:30:00.000Z'),
    ('bb22', 0, 'cat-cow', NULL, 1, 8, 30.0, 'done', '2026-11-03T18:10:00.000Z'),
    ('dd44', 0, 'cat-cow', NULL, 1, 8, 10.0, 'done', '2026-11-05T18:10:00.000Z'),
    ('dd44', 1, 'cat-cow', NULL, 2, 8, 10.0, 'done', '2026-11-05T18:10:00.000Z'),
    ('dd44', 2, 'cat-cow', NULL, 3, 8, 10.0, 'done', '2026-11-05T18:10:00.000Z');
INSERT INTO schedules VALUES ('2026-11-01', 'lower-back', '{"0": {"optional": false, "times": 1}}');
"""


def version_1(db: sqlite3.Connection) -> None:
    db.executescript(VERSION_1)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


def file_of_version_1(path: Path) -> bytes:
    with closing(connect(path)) as db:
        version_1(db)
    return path.read_bytes()


def version_2(db: sqlite3.Connection) -> None:
    """Before there were cycles: all schedules are of weeks."""
    version_1(db)
    migrate(db, MIGRATIONS[:2])


def version_3(db: sqlite3.Connection) -> None:
    """Before there were stages: no schedule changes by itself."""
    version_2(db)
    migrate(db, MIGRATIONS[:3])


def version_4(db: sqlite3.Connection) -> None:
    """Before the calendar's index had all that is asked of all sessions."""
    version_3(db)
    migrate(db, MIGRATIONS[:4])


OLD_FILES: tuple[tuple[int, Build], ...] = (
    (0, nothing),
    (0, marked_and_empty),
    (1, version_1),
    (2, version_2),
    (3, version_3),
    (4, version_4),
)
"""Hand-made files of old versions: add one, with rows in it, for every version that was released."""


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def schema(path: Path) -> list[tuple[str, str]]:
    with closing(connect(path)) as db:
        rows = db.execute("SELECT name, coalesce(sql, '') FROM sqlite_master ORDER BY name").fetchall()
    return [(name, "".join(sql.split())) for name, sql in rows]


@for_each(("version", "build"), OLD_FILES)
def test_every_old_file_arrives_at_the_schema_of_today(tmp_path: Path, version: int, build: Build) -> None:
    old, new = tmp_path / "old" / "history.db", tmp_path / "new" / "history.db"
    old.parent.mkdir()
    with closing(connect(old)) as db:
        build(db)
        assert version_of(db) == version
    old.touch()
    history_at(old).running.begin(a_session())
    history_at(new)
    assert schema(old) == schema(new)
    with closing(connect(old)) as db:
        assert version_of(db) == VERSION


def test_schedules_of_before_there_were_cycles_are_of_weeks(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with closing(connect(path)) as db:
        version_2(db)
    assert history_at(path).schedules() == [Schedule(date(2026, 11, 1), "lower-back", {0: Due()}, period=7)]


def test_before_there_were_stages_nobody_went_from_one_to_another(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with closing(connect(path)) as db:
        version_3(db)
    history = history_at(path)
    assert len(history.schedules()) == 1 and history.decisions.stages("lower-back") == ()


def add_mood(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE sessions ADD COLUMN mood TEXT NOT NULL DEFAULT ''")


def fail_late(db: sqlite3.Connection) -> None:
    add_mood(db)
    db.execute("INSERT INTO nowhere VALUES (1)")


def leave_an_orphan(db: sqlite3.Connection) -> None:
    db.execute(
        "INSERT INTO sets (session_id, idx, set_no, seconds, outcome, at) "
        "VALUES ('gone', 0, 1, 1.0, 'done', '')"
    )


def test_what_version_1_held_is_all_there_after_it(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    file_of_version_1(path)
    history = history_at(path)
    sessions = {session.id: session for session in history.sessions()}
    assert list(sessions) == ["aa11", "bb22", "cc33", "dd44"]
    first = sessions["aa11"]
    assert (first.title, first.done_sets, first.seconds, first.effort, first.pain) == (
        "Strength",
        3,
        100.5,
        4,
        2,
    )
    assert (first.pain_before, first.pain_next, first.source, first.note) == (None, None, "timer", "")
    assert [one.hold_s for one in first.sets] == [5.0, None, None]
    assert [one.hold_s for one in sessions["dd44"].sets] == [None, None, None], "no holds in that plan"
    assert [one.alternate for one in history.past_sets(date(2026, 11, 2))[:3]] == [False, True, False]
    assert [one.in_place_of for one in sessions["dd44"].sets] == ["superman", None, None]
    assert [one.in_place_of for one in first.sets] == [None, None, None]
    told = [(one.activity, one.load) for one in first.sets]
    assert told == [(None, None), (None, "5 kg"), ("Walk", None)]
    assert [(one.local_date.day, one.done_sets) for one in history.calendar_sessions()] == [
        (2, 3),
        (3, 1),
        (4, 0),
        (5, 3),
    ]
    assert history.schedules()[0].due[0].times == 1
    unfinished = history.running.unfinished()
    assert unfinished is not None and unfinished.session.id == "bb22"


def test_before_the_schema_changes_a_copy_is_made(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    file_of_version_1(path)
    history_at(path).close()
    [backup] = [found for found in backups(folder_of(path)) if found.kind == BEFORE_MIGRATION]
    assert backup.path.name == "history-v1-20261105T183000Z.db"
    with closing(connect(backup.path)) as db:
        assert version_of(db) == 1
        assert db.execute("SELECT count(*) FROM sets").fetchone() == (7,)
    history_at(path)
    assert [found.kind for found in backups(folder_of(path))].count(BEFORE_MIGRATION) == 1


@pytest.mark.parametrize("writing", [True, False])
def test_a_migration_that_fails_leaves_the_old_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writing: bool
) -> None:
    path = tmp_path / "history.db"
    before = file_of_version_1(path)
    monkeypatch.setattr(migrate, "__defaults__", ((*MIGRATIONS, fail_late),))
    monkeypatch.setattr("backtimer.storage.history.opening.VERSION", VERSION + 1)
    opened = open_history(path, clock(), writing=writing)
    assert opened.history is None
    assert opened.notice is not None and opened.notice.trouble is Trouble.FAILED
    assert path.read_bytes() == before
    monkeypatch.undo()
    assert len(history_at(path).sessions()) == 4


def test_without_room_for_a_copy_nothing_is_changed_and_the_past_can_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    before = file_of_version_1(path)
    (tmp_path / "backups").write_text("in the way of the folder")
    opened = open_history(path, clock())
    assert opened.history is None and opened.notice is not None
    assert path.read_bytes() == before


def test_an_old_file_that_cannot_be_written_can_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "history.db"
    before = file_of_version_1(path)

    def no_access(*_: object) -> Path:
        raise PermissionError(13, "no access")

    monkeypatch.setattr("backtimer.storage.history.backups.save_before_migration", no_access)
    opened = open_history(path, clock())
    assert opened.notice is not None and opened.notice.trouble is Trouble.NO_ACCESS
    assert opened.history is not None and not opened.recording
    assert len(opened.history.sessions()) == 4
    looked = open_history(path, clock(), writing=False)
    assert looked.notice is None and looked.history is not None
    assert len(looked.history.calendar_sessions()) == 4
    assert path.read_bytes() == before


@posix
def test_an_old_file_with_a_write_cut_short_recovers_and_arrives(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    file_of_version_1(path)
    subprocess.run(child(HOT_JOURNAL, str(path)), check=False)
    assert (tmp_path / "history.db-journal").stat().st_size > 0
    history = history_at(path)
    assert [len(session.sets) for session in history.sessions()] == [3, 1, 0, 3]
    history.close()
    assert examine(path).ok


def test_only_missing_steps_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history_at(path).running.begin(a_session())
    with closing(connect(path)) as db:
        migrate(db, (*MIGRATIONS, add_mood))
        migrate(db, (*MIGRATIONS, add_mood))
        assert version_of(db) == VERSION + 1
        assert db.execute("SELECT mood FROM sessions").fetchall() == [("",)]


@pytest.mark.parametrize("broken", [fail_late, leave_an_orphan])
def test_a_step_that_fails_changes_nothing(tmp_path: Path, broken: Build) -> None:
    path = tmp_path / "history.db"
    history_at(path)
    before = schema(path)
    with closing(connect(path)) as db:
        with pytest.raises(sqlite3.Error):
            migrate(db, (*MIGRATIONS, add_mood, broken))
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
        migrate(db, (*MIGRATIONS, add_mood))
        migrate(db, MIGRATIONS)
        assert version_of(db) == VERSION + 1


def test_two_first_openings_at_once_both_work(tmp_path: Path) -> None:
    path = tmp_path / "data" / "history.db"
    script = (
        "from pathlib import Path; from tests.storage.histories import *\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "history_at(Path(sys.argv[1])).running.begin(a_session())\n"
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
