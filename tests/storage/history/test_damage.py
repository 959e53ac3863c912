"""A damaged history is moved aside, never deleted, and nothing whole is taken for damaged."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from backtimer.core.progress.calendar import Schedule
from backtimer.storage.history.file import HistoryError, Trouble
from backtimer.storage.history.health import examine
from backtimer.storage.history.opening import open_history
from tests.storage.histories import (
    STARTED,
    a_full_session,
    child,
    clock,
    history_at,
    opened_at,
)


def damaged(tmp_path: Path) -> list[Path]:
    return sorted(tmp_path.glob("history-damaged-*.db"))


@pytest.mark.parametrize("content", [b"hello", b"x" * 10_000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_moved_aside_and_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "history.db"
    path.write_bytes(content)
    opened = opened_at(path)
    assert opened.recording and opened.history is not None
    assert opened.notice is not None and opened.notice.trouble is Trouble.DAMAGED
    assert opened.notice.moved_to == tmp_path / "history-damaged-20261105T183000Z.db"
    assert str(opened.notice.moved_to) in opened.notice.text()
    assert opened.notice.moved_to.read_bytes() == content
    a_full_session(opened.history)
    assert opened_at(path).notice is None


def test_damaged_files_never_overwrite_each_other(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    for number in range(3):
        path.write_bytes(b"damage %d" % number)
        assert opened_at(path).recording
    assert sorted(found.read_bytes() for found in damaged(tmp_path)) == [
        b"damage 0",
        b"damage 1",
        b"damage 2",
    ]


def test_a_truncated_file_is_moved_aside(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    a_full_session(history_at(path))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    opened = opened_at(path)
    assert opened.recording and opened.notice is not None
    assert len(damaged(tmp_path)) == 1


def test_missing_tables_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history_at(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE sets")
        db.commit()
    opened = opened_at(path)
    assert opened.recording and opened.notice is not None and opened.notice.moved_to is not None


def test_a_flipped_bit_is_found_by_who_suspects_it(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history = history_at(path)
    for number in range(40):
        a_full_session(history, STARTED + timedelta(days=number))
    history.close()
    with closing(sqlite3.connect(path)) as db:
        page, size = db.execute(
            "SELECT rootpage, (SELECT * FROM pragma_page_size) FROM sqlite_master WHERE name = 'sets'"
        ).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size] ^= 0xFF
    path.write_bytes(content)
    assert not examine(path).ok
    opened = open_history(path, clock(), suspect=True)
    assert opened.recording and opened.notice is not None and opened.notice.trouble is Trouble.DAMAGED
    assert damaged(tmp_path)[0].read_bytes() == content


@pytest.mark.parametrize("backup", ["history.db.bak", "history-backup-1.db", "history.db~"])
def test_an_empty_file_beside_a_backup_is_damage(tmp_path: Path, backup: str) -> None:
    path = tmp_path / "history.db"
    path.write_bytes(b"")
    (tmp_path / backup).write_bytes(b"the sessions of years")
    opened = opened_at(path)
    assert opened.recording and opened.notice is not None and opened.notice.trouble is Trouble.DAMAGED
    assert (tmp_path / backup).read_bytes() == b"the sessions of years"


def test_an_empty_file_alone_is_a_new_history(tmp_path: Path) -> None:
    (tmp_path / "history.db").write_bytes(b"")
    assert history_at(tmp_path / "history.db").writable


def journal_header(pages: int) -> bytes:
    return bytes.fromhex("d9d505f920a163d7") + bytes(8) + pages.to_bytes(4, "big") + bytes(492)


@pytest.mark.parametrize("empty_file", [True, False])
def test_the_journal_of_a_lost_database_is_kept(tmp_path: Path, empty_file: bool) -> None:
    path = tmp_path / "history.db"
    if empty_file:
        path.write_bytes(b"")
    journal = tmp_path / "history.db-journal"
    journal.write_bytes(journal_header(pages=9))
    opened = opened_at(path)
    assert opened.recording and opened.notice is not None and opened.notice.moved_to is not None
    moved = Path(f"{opened.notice.moved_to}-journal")
    assert moved.read_bytes() == journal_header(pages=9)
    assert not journal.exists()


def test_the_journal_of_a_first_write_cut_short_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "history.db").write_bytes(b"")
    (tmp_path / "history.db-journal").write_bytes(journal_header(pages=0))
    assert history_at(tmp_path / "history.db").writable


def test_two_processes_that_find_damage_lose_nothing(tmp_path: Path) -> None:
    """Whoever comes second must not move the new file of the first aside."""
    path = tmp_path / "history.db"
    path.write_bytes(b"damage")
    script = (
        "from pathlib import Path; from tests.storage.histories import *\n"
        "sys.stdin.readline(); opened = opened_at(Path(sys.argv[1]))\n"
        "assert opened.recording, opened.notice\n"
        "opened.history.running.begin(a_session())\n"
    )
    both = [
        subprocess.Popen(child(script, str(path)), stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in both:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    for process in both:
        _, errors = process.communicate(timeout=30)
        assert process.returncode == 0, errors.decode()
    assert [found.read_bytes() for found in damaged(tmp_path)] == [b"damage"]
    assert len(history_at(path).sessions()) == 2


def test_a_new_file_of_another_process_is_not_moved_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "history.db"
    path.write_bytes(b"damage")

    @contextmanager
    def after_the_other(_: Path) -> Iterator[None]:
        path.unlink()
        a_full_session(history_at(path))
        yield

    monkeypatch.setattr("backtimer.storage.history.opening.one_at_a_time", after_the_other)
    opened = opened_at(path)
    assert opened.recording and opened.notice is None and opened.history is not None
    assert len(opened.history.sessions()) == 1
    assert damaged(tmp_path) == []


def test_a_write_to_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history = history_at(path)
    path.unlink()
    with pytest.raises(HistoryError) as caught:
        history.remember_schedule(Schedule(date(2026, 1, 1), "lower-back", {}))
    assert caught.value.trouble is Trouble.MOVED
    assert not history.in_place()
