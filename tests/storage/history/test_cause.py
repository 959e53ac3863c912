"""The true reason of a refusal, in words."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from backtimer.storage.history import file
from backtimer.storage.history.file import HistoryError, Trouble, notice_of
from backtimer.storage.history.opening import open_history
from tests.storage.histories import a_full_session, a_session, child, clock, history_at
from tests.storage.history.test_faults import posix

REASONS = {
    "ENOLCK": "gives out no locks",
    "EMFILE": "backtimer has too many files open",
    "ENFILE": "the system has too many files open",
    "EDQUOT": "quota",
    "ENOSPC": "the disk is full",
    "EFBIG": "grow",
    "EROFS": "the file system is read-only",
    "EIO": "the disk reports an error",
    "ESTALE": "network folder",
    "ENAMETOOLONG": "path is too long",
    "ELOOP": "in a circle",
    "EACCES": "permission",
    "EPERM": "permission",
    "ENODEV": "gone away",
    "ETIMEDOUT": "does not answer",
    "ENOMEM": "memory",
    "EBUSY": "another program",
    "ENOTDIR": "stands in its place",
}


def failing(name: str) -> OSError:
    code = getattr(errno, name)
    return OSError(code, os.strerror(code))


@pytest.mark.parametrize("name", REASONS)
def test_each_error_of_the_system_has_its_own_words(tmp_path: Path, name: str) -> None:
    if not hasattr(errno, name):
        pytest.skip("this system knows no such error")
    told = notice_of(failing(name), tmp_path / "history.db")
    assert REASONS[name] in told.reason and REASONS[name] in told.text()
    assert "Errno" not in told.text()


def test_the_words_of_all_errors_differ_from_the_last_resort(tmp_path: Path) -> None:
    for name in REASONS:
        told = notice_of(failing(name), tmp_path / "history.db")
        assert told.reason != "the file cannot be used", name


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    return error


@posix
@pytest.mark.parametrize(
    "case",
    [
        (sqlite3.SQLITE_BUSY, "lock", "ENOLCK", Trouble.BUSY),
        (sqlite3.SQLITE_IOERR_WRITE, "write", "EDQUOT", Trouble.FULL),
        (sqlite3.SQLITE_IOERR_FSYNC, "fsync", "EDQUOT", Trouble.FULL),
        (sqlite3.SQLITE_IOERR_WRITE, "write", "EROFS", Trouble.READ_ONLY),
        (sqlite3.SQLITE_IOERR_WRITE, "write", "ESTALE", Trouble.DISK),
        (sqlite3.SQLITE_IOERR_WRITE, "write", "EIO", Trouble.DISK),
        (sqlite3.SQLITE_CANTOPEN, "open", "EMFILE", Trouble.NO_ACCESS),
        (sqlite3.SQLITE_CANTOPEN, "open", "ENFILE", Trouble.NO_ACCESS),
        (sqlite3.SQLITE_READONLY, "open", "EROFS", Trouble.READ_ONLY),
    ],
)
def test_what_sqlite_folds_together_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: tuple[int, str, str, Trouble]
) -> None:
    code, step, name, kind = case

    def refuse(*_: object, **__: object) -> int:
        raise failing(name)

    place = {"lock": (file, "_lock"), "open": (file, "open_private")}.get(
        step, (os, {"write": "pwrite"}.get(step, step))
    )
    monkeypatch.setattr(*place, refuse)
    told = notice_of(sqlite_error(code), tmp_path / "history.db")
    assert told.trouble is kind and REASONS[name] in told.text()
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == [], "the try leaves nothing behind"


def test_where_the_system_has_nothing_against_it_sqlites_reason_stays(tmp_path: Path) -> None:
    for code, kind in (
        (sqlite3.SQLITE_BUSY, Trouble.BUSY),
        (sqlite3.SQLITE_IOERR_READ, Trouble.DISK),
        (sqlite3.SQLITE_CORRUPT, Trouble.DAMAGED),
    ):
        told = notice_of(sqlite_error(code), tmp_path / "history.db")
        assert (told.trouble, told.cause) == (kind, "")
    assert list(tmp_path.iterdir()) == []


def test_a_lock_of_another_connection_is_busy_and_stays_held(tmp_path: Path) -> None:
    """The try beside the file takes no lock away from anybody."""
    path = tmp_path / "history.db"
    history = history_at(path)
    a_full_session(history)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        history._db.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(HistoryError) as told:
            history.running.begin(a_session())
        assert told.value.trouble is Trouble.BUSY and "another program" in str(told.value)
        other.execute("ROLLBACK")
    history.running.begin(a_session())


TOO_MANY_FILES = """
import os, resource
from pathlib import Path
from tests.storage.histories import *
path = Path(sys.argv[1])
opened_at(path)
if sys.argv[2] == "from the start":
    history = None
else:
    history = history_at(path)
    session = a_session()
    a_full_session(history)
resource.setrlimit(resource.RLIMIT_NOFILE, (64, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
taken = []
try:
    while True:
        taken.append(os.open(os.devnull, os.O_RDONLY))
except OSError:
    pass
if history is None:
    print(opened_at(path).notice.text())
else:
    try:
        history.running.begin(session)
    except Exception as error:
        print(error)
"""


@posix
@pytest.mark.parametrize("when", ["from the start", "in the middle"])
def test_too_many_open_files_are_no_missing_permission(tmp_path: Path, when: str) -> None:
    ran = subprocess.run(
        child(TOO_MANY_FILES, str(tmp_path / "history.db"), when), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "too many files open" in ran.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize(("kind", "words"), [("circle", "in a circle"), ("long", "path is too long")])
def test_a_path_that_leads_nowhere_is_told(tmp_path: Path, kind: str, words: str) -> None:
    folder = tmp_path / "data"
    if kind == "circle":
        folder.symlink_to(folder)
    else:
        folder = tmp_path / ("x" * 300)
    opened = open_history(folder / "history.db", clock())
    assert opened.history is None and opened.notice is not None
    assert words in opened.notice.text()
