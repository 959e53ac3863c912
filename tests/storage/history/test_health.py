"""Whether the file is whole, as `doctor` tells it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from backtimer.core.progress.calendar import Schedule
from backtimer.storage.history.health import examine
from tests.storage.histories import (
    a_full_session,
    foreign_database,
    history_at,
)


def test_health_counts_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history = history_at(path)
    a_full_session(history)
    history.remember_schedule(Schedule(date(2026, 1, 1), "lower-back", {}))
    health = examine(path)
    assert health.ok and (health.sessions, health.sets, health.schedules) == (1, 4, 1)
    assert any("4 sets" in line for line in health.lines())


def test_health_only_looks(tmp_path: Path) -> None:
    assert not examine(tmp_path / "none" / "history.db").exists
    path = tmp_path / "history.db"
    path.write_bytes(b"no database at all")
    health = examine(path)
    assert not health.ok and "not a database" in health.problems[0]
    assert path.read_bytes() == b"no database at all"
    assert (health.version, health.sessions, health.sets, health.schedules) == (0, 0, 0, 0)
    assert not examine(tmp_path).ok
    path.unlink()
    foreign_database(path)
    assert "another program" in examine(path).problems[0]


def test_health_finds_rows_that_lost_their_session(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    a_full_session(history_at(path))
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM sessions")
        db.commit()
    assert not examine(path).ok


def test_health_counts_the_backups_also_where_no_file_is(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    a_full_session(history_at(path))
    history_at(path).close()
    path.unlink()
    path.mkdir()
    health = examine(path)
    assert "not a file" in health.problems[0]
    assert health.backups == 1 and not any("none yet" in line for line in health.lines())
