"""Copies of the history: when they are made, which are kept, and the way back."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from backtimer.storage.history.backups import (
    KEPT,
    WEEKLY,
    Backup,
    BackupError,
    backups,
    folder_of,
    given_up,
    newest,
    restore,
    save_weekly,
    settled,
)
from backtimer.storage.history.file import Trouble
from backtimer.storage.history.health import examine
from backtimer.storage.history.locks import one_at_a_time
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.schema import APPLICATION_ID, VERSION
from tests.rules import for_each
from tests.storage.histories import STARTED, a_session, child, clock, done, history_at, spec
from tests.storage.history.test_faults import HOT_JOURNAL, posix

WEEK = timedelta(days=7)


def train(path: Path, times: int = 1, moment: datetime = STARTED) -> None:
    history = history_at(path)
    for _ in range(times):
        session = a_session(1, moment)
        history.running.begin(session)
        history.running.record_set(session.id, done(0), spec(0, 1), moment)
        history.running.end(session.id, None, 30.0, moment)
    history.close()


def open_at(path: Path, moment: datetime, *, writing: bool = True) -> None:
    opened = open_history(path, clock(moment), writing=writing)
    assert opened.history is not None and opened.notice is None
    opened.history.close()


def counts(path: Path) -> list[int | None]:
    return [backup.sessions for backup in backups(folder_of(path))]


def test_a_copy_is_made_once_a_week(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    open_at(path, STARTED)
    assert counts(path) == [], "there is nothing to copy yet"
    train(path, 3)
    for offset in (timedelta(), timedelta(days=1), WEEK - timedelta(seconds=1)):
        open_at(path, STARTED + offset)
    [backup] = backups(folder_of(path))
    assert backup.path.name == "history-20261105T183000Z-3.db"
    assert (backup.made, backup.kind, backup.sessions) == (STARTED, WEEKLY, 3)
    assert backup.path.stat().st_mode & 0o777 == 0o600
    train(path, 1)
    open_at(path, STARTED + WEEK, writing=False)
    assert counts(path) == [3], "who looks makes nothing"
    open_at(path, STARTED + WEEK)
    assert counts(path) == [4, 3]
    with closing(sqlite3.connect(backup.path)) as db:
        assert db.execute("SELECT count(*) FROM sets").fetchone() == (3,)


def test_five_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    for week in range(8):
        train(path)
        open_at(path, STARTED + week * WEEK)
    assert counts(path) == [8, 7, 6, 5, 4]
    assert len(list(folder_of(path).iterdir())) == KEPT


def made(*sessions: int) -> list[Backup]:
    """Weekly copies with so many sessions, newest first."""
    return [
        Backup(Path(f"{number}"), STARTED - number * WEEK, WEEKLY, count)
        for number, count in enumerate(sessions)
    ]


@for_each(
    ("sessions", "gone"),
    [
        ((6, 5, 4, 3, 2, 1), [5]),
        ((1, 0, 0, 0, 0, 100), [4]),
        ((0, 0, 0, 0, 100, 100), [5]),
        ((1, 2, 3, 4, 5, 6), []),
        ((9, 1, 2, 3, 4, 5, 6), [6, 5]),
        ((5, 5, 5, 5, 5), []),
    ],
)
def test_none_with_more_sessions_makes_room_for_those_with_fewer(
    sessions: tuple[int, ...], gone: list[int]
) -> None:
    assert [int(backup.path.name) for backup in given_up(made(*sessions))] == gone


def test_a_history_that_lost_its_sessions_does_not_push_the_good_copies_out(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    train(path, 9)
    open_at(path, STARTED)
    path.unlink()
    train(path, 1)
    for week in range(1, 9):
        open_at(path, STARTED + week * WEEK)
    assert counts(path) == [1, 1, 1, 1, 9]


def test_a_clock_that_was_wrong_once_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    train(path)
    open_at(path, STARTED + 500 * WEEK)
    assert len(counts(path)) == 1
    open_at(path, STARTED)
    assert len(counts(path)) == 2
    open_at(path, STARTED + timedelta(days=1))
    assert len(counts(path)) == 2


def test_a_copy_that_cannot_be_made_keeps_nobody_from_training(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    train(path)
    for found in folder_of(path).iterdir() if folder_of(path).exists() else ():
        found.unlink()
    if folder_of(path).exists():
        folder_of(path).rmdir()
    folder_of(path).write_text("in the way")
    open_at(path, STARTED)
    train(path)


def test_strange_files_are_no_copies(tmp_path: Path) -> None:
    for name in ("history-20261305T183000Z-3.db", "history-x-3.db", "notes.txt", ".history-1.db.7.new"):
        (tmp_path / name).write_text("")
    assert backups(tmp_path) == ()
    assert backups(tmp_path / "nowhere") == ()


def test_two_copies_of_one_moment_have_two_names(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    train(path)
    with closing(sqlite3.connect(path)) as db:
        first = save_weekly(db, path, STARTED)
        assert first is not None
        assert save_weekly(db, path, STARTED) is None
        assert save_weekly(db, path, STARTED - timedelta(microseconds=1)) is not None
    assert len(backups(folder_of(path))) == 2


def test_doctor_tells_of_them(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    train(path)
    assert examine(path).lines()[-1] == "  backups: none yet"
    open_at(path, STARTED)
    assert examine(path).lines()[-1] == "  backups: 1, the last one of 2026-11-05"


# -- the way back ---------------------------------------------------------------------------------------


def test_a_copy_that_a_wrong_clock_dated_ahead_is_not_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    train(path, 1)
    open_at(path, STARTED + 500 * WEEK)
    train(path, 2)
    open_at(path, STARTED + WEEK)
    assert counts(path) == [1, 3, 1]
    restored = restore(path, clock(STARTED + WEEK))
    assert restored.sessions == 3
    ahead, right, _ = backups(folder_of(path))
    assert newest((ahead, right), STARTED + WEEK) == right
    assert newest((ahead,), STARTED) == ahead, "better than none"
    assert newest((), STARTED) is None


def test_the_newest_copy_comes_back_and_the_present_stays(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    train(path, 3)
    open_at(path, STARTED)
    train(path, 2)
    present = path.read_bytes()
    restored = restore(path, clock())
    assert restored.sessions == 3
    assert restored.moved_to == tmp_path / "history-replaced-20261105T183000Z.db"
    assert restored.moved_to.read_bytes() == present
    assert len(history_at(path).sessions()) == 3
    assert restored.backup.exists(), "the copy can be used again"
    again = restore(path, clock(), restored.moved_to)
    assert (again.sessions, len(history_at(path).sessions())) == (5, 5)
    assert sorted(found.name for found in tmp_path.iterdir() if found.is_file()) == [
        "history-replaced-20261105T183000Z-2.db",
        "history-replaced-20261105T183000Z.db",
        "history.db",
    ]


def test_a_history_that_is_gone_or_broken_can_be_restored(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    train(path)
    open_at(path, STARTED)
    path.unlink()
    assert restore(path, clock()).moved_to is None
    path.write_bytes(b"broken")
    moved_to = restore(path, clock()).moved_to
    assert moved_to is not None and moved_to.read_bytes() == b"broken"
    assert len(history_at(path).sessions()) == 1


def no_database(path: Path) -> None:
    path.write_bytes(b"hello" * 1000)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(5 * 4096, len(content), 4096):
        content[at] ^= 0xFF
    path.write_bytes(content)


def pragma(text: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as db:
            db.execute(f"PRAGMA {text}")

    return change


def without_its_tables(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE sets")


def with_sets_of_no_session(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DELETE FROM sessions WHERE rowid = 1")
        db.commit()
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",), "each page is as it should be"


def with_an_index_that_does_not_know_a_row(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        [index] = db.execute("SELECT * FROM sqlite_schema WHERE name = 'sessions_started'").fetchall()
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DELETE FROM sqlite_schema WHERE name = 'sessions_started'")
        db.commit()
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE sessions SET started = '2026-01-01T00:00:00.000Z' WHERE rowid = 1")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", index)
        db.commit()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA quick_check").fetchone() == ("ok",), "nothing else is wrong with it"
        assert db.execute("PRAGMA foreign_key_check").fetchone() is None


@for_each(
    ("harm", "why"),
    [
        (with_sets_of_no_session, "damaged"),
        (with_an_index_that_does_not_know_a_row, "damaged"),
        (no_database, "damaged"),
        (cut_short, "damaged"),
        (flipped, "damaged"),
        (without_its_tables, "damaged"),
        (pragma("application_id = 7"), "not a history"),
        (pragma(f"user_version = {VERSION + 1}"), "newer"),
        (Path.unlink, "no such file"),
    ],
)
def test_a_copy_that_is_not_whole_or_not_ours_is_refused(
    tmp_path: Path, harm: Callable[[Path], None], why: str
) -> None:
    path = tmp_path / "history.db"
    train(path, 3)
    open_at(path, STARTED)
    present = path.read_bytes()
    [backup] = backups(folder_of(path))
    harm(backup.path)
    with pytest.raises(BackupError, match=why):
        restore(path, clock(), backup.path)
    assert path.read_bytes() == present
    assert [found.name for found in tmp_path.iterdir() if found.is_file()] == ["history.db"]


def test_without_any_copy_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no backup yet"):
        restore(tmp_path / "history.db", clock())


def test_a_backup_with_more_is_not_missed_by_who_took_another_one_on_purpose(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    train(path)
    open_at(path, STARTED)
    train(path, 2)
    open_at(path, STARTED + WEEK)
    more, fewer = backups(folder_of(path))
    assert (more.sessions, fewer.sessions) == (3, 1)
    assert not settled(path, more, 1)
    restore(path, clock(STARTED + WEEK + timedelta(days=1)), fewer.path)
    assert settled(path, more, 1)
    assert not settled(path, more, 0), "what was taken is gone, too"
    assert not settled(path, more._replace(made=STARTED + 2 * WEEK), 1), "it was made since"


def test_a_copy_of_an_older_version_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    train(path)
    old = tmp_path / "old.db"
    from tests.storage.history.test_schema import file_of_version_1

    file_of_version_1(old)
    assert restore(path, clock(), old).sessions == 4
    assert len(history_at(path).sessions()) == 4
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


@pytest.mark.parametrize("links", [True, False])
def test_what_cannot_be_put_in_place_leaves_the_present(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    path = tmp_path / "history.db"
    train(path)
    open_at(path, STARTED)
    journal = tmp_path / "history.db-journal"
    journal.write_bytes(b"belongs to it")
    present = path.read_bytes()
    replace = os.replace

    def refuse(source: Path, target: Path) -> None:
        if Path(target) == path:
            raise PermissionError(13, "no")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    if not links:
        monkeypatch.setattr(os, "link", refuse_links)
    with pytest.raises(PermissionError):
        restore(path, clock())
    assert path.read_bytes() == present
    assert journal.read_bytes() == b"belongs to it"
    left = sorted(found.name for found in tmp_path.iterdir() if found.is_file())
    assert left == ["history.db", "history.db-journal"]


def refuse_links(*_: object, **__: object) -> None:
    raise PermissionError(1, "no links here")


def test_a_restore_beside_another_one_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    train(path)
    open_at(path, STARTED)
    present = path.read_bytes()
    with one_at_a_time(path.with_suffix(".lock")) as alone:
        assert alone
        with pytest.raises(BackupError, match="under way"):
            restore(path, clock())
        path.rename(tmp_path / "history-restoring-20261105T183000Z.db")
        opened = open_history(path, clock())
        assert opened.notice is not None and opened.notice.trouble is Trouble.BUSY
        assert not path.exists(), "nobody begins from nothing while it is being restored"
    open_at(path, STARTED)
    assert path.read_bytes() == present


# -- killed at every step -------------------------------------------------------------------------------

KILLED_AT_EVERY_STEP = """
import json, os, shutil, signal
from pathlib import Path
from backtimer.storage.history.backups import restore
from tests.storage.histories import clock

template, work, links = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "links"
if not links:
    def refuse(*_, **__):
        raise PermissionError(1, "no links here")
    os.link = refuse
STEPS = {"posix", "fcntl", "_sqlite3", "sqlite3"}

def run(number):
    count = 0
    def step(frame, event, called):
        nonlocal count
        if event != "c_return":
            return
        module = getattr(called, "__module__", None) or type(getattr(called, "__self__", None)).__module__
        if module in STEPS:
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)
    backup = max((work / str(number) / "backups").glob("*.db"))
    sys.setprofile(step)
    restore(work / str(number) / "history.db", clock(), backup)
    sys.setprofile(None)

number, killed = 0, True
while killed:
    number += 1
    shutil.copytree(template, work / str(number))
    pid = os.fork()
    if not pid:
        run(number)
        os._exit(0)
    killed = os.WIFSIGNALED(os.waitpid(pid, 0)[1])
print(number)
"""


@posix
@pytest.mark.parametrize("journal", ["at rest", "a write cut short"])
@pytest.mark.parametrize("links", ["links", "no links"])
def test_a_restore_killed_at_any_step_leaves_one_of_the_two(tmp_path: Path, links: str, journal: str) -> None:
    template, work = tmp_path / "template", tmp_path / "work"
    work.mkdir()
    path = template / "history.db"
    train(path, 3)
    open_at(path, STARTED)
    train(path, 2)
    if journal == "a write cut short":
        subprocess.run(child(HOT_JOURNAL, str(path)), check=False)
        assert (template / "history.db-journal").stat().st_size > 0
    ran = subprocess.run(
        child(KILLED_AT_EVERY_STEP, str(template), str(work), links),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    steps = int(ran.stdout)
    assert steps > 50
    came_out = set()
    seen = set()
    for number in range(1, steps + 1):
        folder = work / str(number)
        # Most steps change nothing: what they leave, to the byte, was looked at already.
        left = (
            number % 2,
            *sorted(
                (str(file.relative_to(folder)), file.is_symlink(), file.read_bytes())
                for file in folder.rglob("*")
                if file.is_file()
            ),
        )
        if left in seen:
            continue
        seen.add(left)
        if links == "links":
            assert (folder / "history.db").is_file(), number
        # Who only looks and who writes find the same.
        opened = open_history(folder / "history.db", clock(), writing=number % 2 == 0)
        assert opened.history is not None and opened.notice is None, number
        sessions = opened.history.sessions()
        came_out.add(len(sessions))
        assert all(len(session.sets) == 1 for session in sessions)
        opened.history.close()
        open_at(folder / "history.db", STARTED)
        names = {found.name for found in folder.iterdir()}
        aside = {name for name in names if name.startswith("history-replaced-")}
        assert names <= {"history.db", "backups", "sessions", *aside}, number
        assert [found.name for found in (folder / "backups").iterdir() if found.name.startswith(".")] == []
        if len(sessions) == 3:
            [replaced] = [name for name in aside if name.endswith(".db")]
            assert len(history_at(folder / replaced).sessions()) == 5, number
        else:
            assert aside == set(), number
    assert came_out == {3, 5}
