"""Why the system refuses a file, in words a person can act on.

SQLite folds the system's reasons into a few of its own: no lock to be had is "busy" to it, too many open
files are "unable to open", a used-up quota is an "I/O error". So after such an error the same is tried on a
file beside the history. Never on the history itself: closing any descriptor of it would drop SQLite's locks.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import struct
import sys
from contextlib import suppress
from pathlib import Path

from backtimer.storage.history.trouble import Notice, Trouble, trouble_of
from backtimer.storage.private import open_private

_PROBE_BYTES = 64 * 1024
"""More than a write of a set takes."""

_WORDS = {
    "ENOLCK": "this file system gives out no locks, without which nothing can be written safely",
    "EMFILE": "backtimer has too many files open",
    "ENFILE": "the system has too many files open",
    "ENOMEM": "there is not enough memory",
    "EDQUOT": "your share of the disk (the quota) is used up",
    "EFBIG": "the file may not grow any larger",
    "EROFS": "the file system is read-only",
    "ESTALE": "the network folder that it is in has changed or gone away",
    "ENAMETOOLONG": "its path is too long",
    "ELOOP": "the links on the way to it lead in a circle",
    "ENODEV": "the disk that it is on has gone away",
    "ENXIO": "the disk that it is on has gone away",
    "ENOTCONN": "the network folder that it is in does not answer",
    "ETIMEDOUT": "the network folder that it is in does not answer",
    "EHOSTDOWN": "the network folder that it is in does not answer",
    "EHOSTUNREACH": "the network folder that it is in does not answer",
    "ETXTBSY": "another program is using the file",
    "EBUSY": "another program is using the file",
    "ENOENT": "the folder that it should be in is not there",
}

_ASKS_FOR = {
    sqlite3.SQLITE_BUSY: "lock",
    sqlite3.SQLITE_PROTOCOL: "lock",
    sqlite3.SQLITE_CANTOPEN: "open",
    sqlite3.SQLITE_IOERR: "write",
    sqlite3.SQLITE_FULL: "write",
    sqlite3.SQLITE_READONLY: "write",
    sqlite3.SQLITE_PERM: "open",
}
"""What SQLite failed at, by the primary code of its error."""


def cause_of(error: OSError) -> str:
    """A clause such as `the file system is read-only`; empty when the kind of trouble says it as well."""
    return _WORDS.get(errno.errorcode.get(error.errno or 0, ""), "")


def notice_of(error: sqlite3.Error | OSError, path: Path) -> Notice:
    """What to tell about an error at the history."""
    if isinstance(error, OSError):
        return Notice(trouble_of(error), path, detail=error.strerror or str(error), cause=cause_of(error))
    trouble, cause = trouble_of(error), ""
    if isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOMEM:
        cause = _WORDS["ENOMEM"]
    real = _real_cause(error, path)
    if real is not None:
        cause = cause_of(real)
        kind = trouble_of(real)
        if trouble is not Trouble.BUSY and kind is not Trouble.FAILED:
            trouble = kind
    return Notice(trouble, path, detail=str(error), cause=cause)


def _real_cause(error: sqlite3.Error, path: Path) -> OSError | None:
    """What the system says when the same is tried once more; None when it has nothing against it."""
    code = getattr(error, "sqlite_errorcode", None)
    asked = _ASKS_FOR.get(code & 0xFF) if code is not None else None
    if asked is None or code == sqlite3.SQLITE_READONLY_DBMOVED:
        return None
    try:
        if asked == "lock":
            _ask_for_locks(path)
        _look(path)
    except FileNotFoundError:
        pass
    except OSError as found:
        return found
    probe = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        descriptor = open_private(probe, os.O_RDWR | os.O_EXCL)
    except FileExistsError:
        return None
    except OSError as found:
        return found
    try:
        if asked == "lock":
            _lock(descriptor)
        if asked == "write":
            _write(descriptor, bytes(_PROBE_BYTES))
            os.fsync(descriptor)
    except OSError as found:
        return found
    finally:
        with suppress(OSError):
            os.close(descriptor)
        with suppress(OSError):
            probe.unlink()
    return None


def _look(path: Path) -> None:
    """Go the way to the file, without a descriptor that would take locks along when it is closed."""
    if hasattr(os, "O_PATH"):
        os.close(os.open(path, os.O_PATH))
    else:
        path.stat()


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        """Locks work on every file system there."""

    def _ask_for_locks(path: Path) -> None:
        """See above."""

    def _write(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _ask_for_locks(path: Path) -> None:
        """Ask who has a lock, by the descriptors that SQLite has of the file."""
        for descriptor in _descriptors_of(path):
            try:
                fcntl.fcntl(descriptor, fcntl.F_GETLK, _QUESTION)
            except OSError as error:
                if error.errno == errno.ENOLCK:
                    raise

    def _descriptors_of(path: Path) -> list[int]:
        found = []
        with suppress(OSError):
            wanted = path.stat()
            for name in os.listdir("/dev/fd"):  # noqa: PTH208 - names are all that is needed
                with suppress(OSError, ValueError):
                    if os.path.samestat(os.fstat(int(name)), wanted):
                        found.append(int(name))
        return found

    _TYPE = (fcntl.F_WRLCK, os.SEEK_SET)
    _QUESTION = (
        struct.pack("hhqqi4x", *_TYPE, 0, 0, 0)
        if sys.platform == "linux"
        else struct.pack("qqihh", 0, 0, 0, *_TYPE)
    )
    """A `struct flock` about all of a file, as Linux and the BSDs have it."""

    def _write(descriptor: int, data: bytes) -> None:
        os.pwrite(descriptor, data, 0)
