"""Which sessions are alive, across processes and their deaths."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backtimer.storage.history import locks as locks_module
from backtimer.storage.history.locks import Hold, SessionLocks, process_lives
from tests.rules import for_each
from tests.storage.histories import a_session, child, history_at

ID = "0123456789abcdef0123456789abcdef"

HOLDER = """
from pathlib import Path
from backtimer.storage.history.locks import SessionLocks
locks = SessionLocks(Path(sys.argv[1]))
print(locks.hold(sys.argv[2]).value, flush=True)
sys.stdin.readline()
"""

LIVE_SESSION = """
from pathlib import Path
from tests.storage.histories import *
history = history_at(Path(sys.argv[1]))
print(history.running.begin(a_session()), flush=True)
sys.stdin.readline()
"""


@contextmanager
def running(script: str, *arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Another process, and the line it says when it is ready."""
    with subprocess.Popen(
        child(script, *arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().decode().strip()
        finally:
            process.kill()


def test_a_lock_is_held_until_it_is_released(tmp_path: Path) -> None:
    one, other = SessionLocks(tmp_path / "sessions"), SessionLocks(tmp_path / "sessions")
    assert one.look(ID) is Hold.FREE
    assert one.hold(ID) is Hold.OURS
    assert one.hold(ID) is Hold.OURS
    assert (one.look(ID), other.look(ID), other.hold(ID)) == (Hold.OURS, Hold.TAKEN, Hold.TAKEN)
    one.release(ID)
    assert other.look(ID) is Hold.FREE
    assert other.hold(ID) is Hold.OURS
    other.release_all()
    assert list((tmp_path / "sessions").iterdir()) == []


def test_looking_makes_no_folder(tmp_path: Path) -> None:
    locks = SessionLocks(tmp_path / "sessions")
    assert locks.look(ID) is Hold.FREE
    locks.sweep()
    assert not (tmp_path / "sessions").exists()


def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    locks = SessionLocks(tmp_path)
    with running(HOLDER, str(tmp_path), ID) as (process, said):
        assert said == "ours"
        assert locks.look(ID) is Hold.TAKEN
        process.kill()
        process.wait()
        assert locks.look(ID) is Hold.FREE
    assert (tmp_path / f"{ID}.lock").exists()
    locks.sweep()
    assert not (tmp_path / f"{ID}.lock").exists()


def test_sweeping_leaves_held_locks_alone(tmp_path: Path) -> None:
    ours = SessionLocks(tmp_path)
    assert ours.hold("a" * 32) is Hold.OURS
    with running(HOLDER, str(tmp_path), ID):
        ours.sweep()
        assert {found.stem for found in tmp_path.iterdir()} == {ID, "a" * 32}
    ours.release_all()


def test_a_lock_whose_file_was_deleted_is_taken_anew(tmp_path: Path) -> None:
    one, other = SessionLocks(tmp_path), SessionLocks(tmp_path)
    assert one.hold(ID) is Hold.OURS
    (tmp_path / f"{ID}.lock").unlink()
    assert other.look(ID) is Hold.FREE
    assert one.hold(ID) is Hold.OURS
    assert other.look(ID) is Hold.TAKEN
    one.release_all()


def test_a_lock_on_a_file_that_is_just_being_swept_away_is_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between opening the file and locking it another process removes it: the lock must be on a new one."""
    real, times = locks_module._try_lock, 0

    def sweep_then_lock(fd: int, *, shared: bool) -> bool:
        nonlocal times
        times += 1
        if times == 1:
            (tmp_path / f"{ID}.lock").unlink()
        return real(fd, shared=shared)

    monkeypatch.setattr(locks_module, "_try_lock", sweep_then_lock)
    one = SessionLocks(tmp_path)
    assert one.hold(ID) is Hold.OURS
    assert SessionLocks(tmp_path).look(ID) is Hold.TAKEN
    one.release_all()


@for_each("name", ["../../etc/passwd", "", "A" * 32, "a/b", "a\0b"])
def test_an_id_never_becomes_a_path(tmp_path: Path, name: str) -> None:
    locks = SessionLocks(tmp_path / "sessions")
    assert locks.hold(name) is Hold.UNKNOWN
    assert locks.look(name) is Hold.UNKNOWN
    assert list(tmp_path.iterdir()) == []


def test_a_live_session_is_never_offered_and_a_killed_one_at_once(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history = history_at(path)
    with running(LIVE_SESSION, str(path)) as (process, session_id):
        assert history.running.unfinished() is None
        assert not history.running.claim(session_id)
        process.kill()
        process.wait()
        found = history.running.unfinished()
        assert found is not None and found.session.id == session_id
        assert history.running.claim(session_id)
        assert history.running.unfinished() is None
    history.locks.release_all()


# -- where locks do not work ----------------------------------------------------------------------------


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(fd: int, *, shared: bool) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(locks_module, "_lock", refuse)


@pytest.mark.usefixtures("no_locks")
def test_without_locks_the_process_id_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "history.db"
    history = history_at(path)
    session_id = history.running.begin(a_session())
    assert history.locks.look(session_id) is Hold.UNKNOWN
    assert history_at(path).running.unfinished() is None, "this process lives"
    assert not history_at(path).running.claim(session_id)

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: gone.pid)
        dead = history.running.begin(a_session())
    found = history.running.unfinished()
    assert found is not None and found.session.id == dead
    assert history.running.claim(dead)
    assert history.running.unfinished() is None


def test_a_process_is_known_by_its_id() -> None:
    assert process_lives(os.getpid())
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert not process_lives(gone.pid)
    assert not process_lives(2**70)
