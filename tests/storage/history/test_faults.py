"""Kills, full disks, read-only files, two writers at once: for real where that is possible."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from backtimer.storage.history.file import Trouble
from backtimer.storage.history.health import examine
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.recorder import Recorder
from tests.storage.histories import a_session, child, clock, done, history_at, opened_at

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs signals and limits of POSIX")

WRITER = """
import itertools
from pathlib import Path
from backtimer.storage.history.recorder import Recorder
from tests.storage.histories import *
for number in itertools.count():
    recorder = Recorder(opened_at(Path(sys.argv[1])), a_session(sets=50))
    for index in range(50):
        recorder.record(done(index))
        assert recorder.problem == "", recorder.problem
        print(recorder.session_id, index, flush=True)
    recorder.end(1500.0)
    print(recorder.session_id, "ended", flush=True)
"""


@posix
@pytest.mark.parametrize("seed", range(6))
def test_a_kill_loses_no_set_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "history.db"
    chance = random.Random(seed)
    acknowledged: set[tuple[str, str]] = set()
    for _ in range(3):
        with subprocess.Popen(child(WRITER, str(path)), stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(chance.randint(1, 70)):
                ident, what = process.stdout.readline().split()
                acknowledged.add((ident, what))
            process.kill()
            for line in process.stdout:  # what it still said before the signal reached it
                if line.endswith("\n"):
                    ident, what = line.split()
                    acknowledged.add((ident, what))
        history = history_at(path)
        stored = {session.id: session for session in history.sessions()}
        history.close()
        for ident, what in acknowledged:
            if what == "ended":
                assert stored[ident].ended is not None
            else:
                assert int(what) in {one.set_index for one in stored[ident].sets}
        for session in stored.values():
            assert session.done_sets == len(session.sets)
    assert examine(path).ok
    assert list(tmp_path.glob("history-damaged-*")) == []
    assert history_at(path).running.unfinished() is not None


HOT_JOURNAL = """
import os, signal
from pathlib import Path
db = __import__("sqlite3").connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 1")
db.execute("PRAGMA cache_spill = 1")
db.execute("BEGIN IMMEDIATE")
db.execute("DELETE FROM sets")
db.execute("CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
           "LIMIT 3000) SELECT i, hex(randomblob(200)) FROM n")
os.kill(os.getpid(), signal.SIGKILL)
"""


@posix
def test_a_hot_journal_is_taken_back_and_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    recorder = Recorder(opened_at(path), a_session())
    for index in range(4):
        recorder.record(done(index))
    recorder.end(100.0)
    assert recorder.opened.history is not None
    recorder.opened.history.close()
    subprocess.run(child(HOT_JOURNAL, str(path)), check=False)
    journal = tmp_path / "history.db-journal"
    assert journal.stat().st_size > 0
    assert "cut short" in examine(path).problems[0]
    assert journal.exists(), "who only looks changes nothing"
    [session] = history_at(path).sessions()
    assert len(session.sets) == 4
    assert not journal.exists()
    assert examine(path).ok


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    script = """
from pathlib import Path
from backtimer.storage.history.recorder import Recorder
from tests.storage.histories import *
print("ready", flush=True); sys.stdin.readline()
recorder = Recorder(opened_at(Path(sys.argv[1])), a_session(sets=60))
for index in range(60):
    recorder.record(done(index))
recorder.end(1.0)
assert recorder.retry(), recorder.problem
"""
    both = [
        subprocess.Popen(
            child(script, str(path)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    for process in both:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()
    assert [session.done_sets for session in history_at(path).sessions()] == [60, 60]


# -- a database that is busy ----------------------------------------------------------------------------


@contextmanager
def busy(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        yield
        db.execute("ROLLBACK")


def test_a_set_waits_while_another_program_has_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backtimer.storage.history.opening.BUSY_TIMEOUT_S", 0.0)
    path = tmp_path / "history.db"
    recorder = Recorder(opened_at(path), a_session())
    recorder.record(done(0))
    with busy(path):
        recorder.record(done(1))
        recorder.record(done(2))
        assert recorder.problem == (
            "History is off: another program is using the file. 2 sets are waiting to be saved."
        )
    recorder.record(done(3))
    assert recorder.problem == ""
    assert history_at(path).sessions()[0].done_sets == 4


def test_opening_a_busy_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backtimer.storage.history.opening.BUSY_TIMEOUT_S", 0.0)
    path = tmp_path / "history.db"
    history_at(path)
    with busy(path):
        opened = opened_at(path)
        assert opened.history is None
        assert opened.notice is not None and opened.notice.trouble is Trouble.BUSY
    assert opened.again().recording


# -- a full disk ----------------------------------------------------------------------------------------


def test_sets_wait_in_order_while_the_disk_is_full(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    opened = opened_at(path)
    assert opened.history is not None
    recorder = Recorder(opened, a_session(sets=400))
    recorder.start()
    db = opened.history._db
    db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")
    index = 0
    while recorder.problem == "":
        recorder.record(done(index))
        index += 1
    recorder.record(done(index))
    recorder.record(done(index + 1))
    assert recorder.problem == "History is off: the disk is full. 3 sets are waiting to be saved."
    assert recorder.waiting_sets == 3
    db.execute("PRAGMA max_page_count = 1000000")
    recorder.record(done(index + 2))
    assert recorder.problem == ""
    assert [one.set_index for one in history_at(path).sessions()[0].sets] == list(range(index + 3))


LIMITED = """
import resource
from pathlib import Path
from backtimer.storage.history.recorder import Recorder
from tests.storage.histories import *
path = Path(sys.argv[1])
def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
opened = opened_at(path)
recorder = Recorder(opened, a_session(sets=3000))
recorder.start()
limit(path.stat().st_size)
index = 0
while recorder.problem == "":
    recorder.record(done(index))
    index += 1
print(recorder.problem)
recorder.record(done(index))
assert recorder.waiting_sets == 2, recorder.waiting_sets
assert opened.history is not None
limit(resource.RLIM_INFINITY)
recorder.record(done(index + 1))
assert recorder.problem == "", recorder.problem
print(index + 2)
"""


@posix
def test_a_file_that_may_not_grow_loses_nothing(tmp_path: Path) -> None:
    """The system itself refuses the write, in the middle of SQLite's own work."""
    path = tmp_path / "history.db"
    ran = subprocess.run(child(LIMITED, str(path)), capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stderr
    problem, count = ran.stdout.splitlines()
    assert problem.startswith("History is off: the disk ")
    assert len(history_at(path).sessions()[0].sets) == int(count)
    assert examine(path).ok


NO_ROOM_AT_ALL = """
import resource
from pathlib import Path
from tests.storage.histories import *
from backtimer.storage.history.recorder import Recorder
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
opened = opened_at(Path(sys.argv[1]))
recorder = Recorder(opened, a_session())
recorder.record(done(0))
recorder.end(1.0)
assert recorder.waiting_sets == 1
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert recorder.retry() and recorder.problem == ""
"""


@posix
@pytest.mark.parametrize("exists", [True, False])
def test_a_disk_that_is_full_from_the_start(tmp_path: Path, exists: bool) -> None:
    path = tmp_path / "history.db"
    if exists:
        history_at(path).close()
    ran = subprocess.run(
        child(NO_ROOM_AT_ALL, str(path)), capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert history_at(path).sessions()[0].done_sets == 1


# -- read-only ------------------------------------------------------------------------------------------

# The superuser may write anywhere: a capability is given up first, so that permissions hold for it, too.
UNPRIVILEGED = """
import ctypes, os
from pathlib import Path
from tests.storage.histories import *
from backtimer.storage.history.recorder import Recorder
if os.geteuid() == 0:
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)()
    if libc.capset(header, data) != 0:
        print("skip"); sys.exit()
path = Path(sys.argv[1])
"""


def unprivileged(script: str, path: Path) -> list[str]:
    if not sys.platform.startswith("linux"):
        pytest.skip("giving up the superuser's rights is done in Linux's way")
    ran = subprocess.run(
        child(UNPRIVILEGED + script, str(path)), capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    if lines == ["skip"]:
        pytest.skip("permissions do not hold for this user")
    return lines


def a_past(path: Path) -> None:
    recorder = Recorder(opened_at(path), a_session())
    recorder.record(done(0))
    recorder.end(1.0)
    assert recorder.opened.history is not None
    recorder.opened.history.close()


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_history_that_cannot_be_written_to_still_shows(tmp_path: Path, what: str) -> None:
    path = tmp_path / "data" / "history.db"
    a_past(path)
    protected, mode, before = (path, 0o400, 0o600) if what == "file" else (path.parent, 0o500, 0o700)
    protected.chmod(mode)
    try:
        lines = unprivileged(
            "opened = opened_at(path)\n"
            "print(opened.notice.trouble, opened.recording, len(opened.history.calendar_sessions()))\n"
            "recorder = Recorder(opened, a_session())\n"
            "print(recorder.problem)\n"
            "recorder.record(done(0)); recorder.end(1.0)\n"
            "print(recorder.problem)\n"
            f"os.chmod(sys.argv[1] if {what == 'file'} else os.path.dirname(sys.argv[1]), {before})\n"
            "print(recorder.retry(), len(recorder.opened.history.calendar_sessions()))\n",
            path,
        )
    finally:
        protected.chmod(before)
    assert lines == [
        "read_only False 1",
        "History is off: the file cannot be written to.",
        "History is off: the file cannot be written to. 1 set is waiting to be saved.",
        "True 2",
    ]


@pytest.mark.parametrize(("what", "mode"), [("file", 0o000), ("folder", 0o000), ("folder", 0o500)])
def test_a_history_that_cannot_be_opened_or_made_is_off(tmp_path: Path, what: str, mode: int) -> None:
    path = tmp_path / "data" / "history.db"
    if what == "file":
        a_past(path)
    else:
        path.parent.mkdir()
    protected, before = (path, 0o600) if what == "file" else (path.parent, 0o700)
    protected.chmod(mode)
    try:
        lines = unprivileged("opened = opened_at(path)\nprint(opened.history, opened.notice.trouble)\n", path)
    finally:
        protected.chmod(before)
    assert lines == ["None no_access"]


@pytest.mark.parametrize("gone", [False, True])
def test_backups_that_cannot_be_looked_into_are_not_called_missing(tmp_path: Path, gone: bool) -> None:
    path = tmp_path / "data" / "history.db"
    a_past(path)
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    if gone:
        path.unlink()
    folder.chmod(0o000)
    try:
        lines = unprivileged(
            "from backtimer.storage.history.backups import restore\n"
            "from backtimer.storage.history.health import examine\n"
            "opened = opened_at(path)\n"
            "print(opened.recording, repr(opened.missed))\n"
            "print(examine(path, clock()()).problems)\n"
            "try:\n"
            "    restore(path, clock())\n"
            "except OSError as error:\n"
            "    print(type(error).__name__)\n",
            path,
        )
    finally:
        folder.chmod(0o700)
    assert lines[0] == "True ''"
    assert "Backups cannot be made: there is no permission" in lines[1]
    assert lines[2] == "PermissionError"


def test_a_damaged_file_that_cannot_be_moved_turns_history_off(tmp_path: Path) -> None:
    path = tmp_path / "data" / "history.db"
    path.parent.mkdir()
    path.write_bytes(b"damage")
    path.parent.chmod(0o500)
    try:
        lines = unprivileged(
            "opened = opened_at(path)\n"
            "print(opened.history, opened.notice.trouble, opened.notice.moved_to)\n",
            path,
        )
    finally:
        path.parent.chmod(0o700)
    assert lines == ["None damaged None"]
    assert path.read_bytes() == b"damage"


def test_who_only_looks_needs_no_right_to_write(tmp_path: Path) -> None:
    path = tmp_path / "data" / "history.db"
    a_past(path)
    path.parent.chmod(0o500)
    try:
        lines = unprivileged(
            "from backtimer.storage.history.opening import open_history\n"
            "opened = open_history(path, clock(), writing=False)\n"
            "print(opened.notice, len(opened.history.sessions()))\n",
            path,
        )
    finally:
        path.parent.chmod(0o700)
    assert lines == ["None 1"]


def test_a_write_error_of_any_kind_never_reaches_the_workout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "history.db"
    opened = open_history(path, clock())
    recorder = Recorder(opened, a_session())
    recorder.start()

    class Broken:
        in_transaction = False

        def execute(self, *_: object) -> None:
            raise next(errors)

        def close(self) -> None:
            pass

    errors = iter(
        [sqlite3.OperationalError("disk I/O error"), OSError(5, "Input/output error"), sqlite3.Error()]
    )
    with monkeypatch.context() as patch:
        patch.setattr("backtimer.storage.history.opening.open_history", lambda *_, **__: opened)
        patch.setattr(opened.history, "_db", Broken())
        for index in range(3):
            recorder.record(done(index))
            assert recorder.waiting_sets == index + 1
            assert recorder.problem.startswith("History is off: ")
    recorder.record(done(3))
    assert recorder.problem == ""
    assert history_at(path).sessions()[0].done_sets == 4
