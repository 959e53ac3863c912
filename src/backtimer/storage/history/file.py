"""An open database file: reading it and writing to it, with errors of SQLite's as ours."""

from __future__ import annotations

import errno
import os
import sqlite3
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from backtimer import RefusedError
from backtimer.language import _, marked
from backtimer.storage.private import open_private
from backtimer.storage.text import clean
from backtimer.values import NamedTuple


class Trouble(StrEnum):
    """What is wrong with the history file."""

    FOREIGN = "foreign"
    """Another program's database."""
    NEWER = "newer"
    """Ours, of a version that this program does not know."""
    DAMAGED = "damaged"
    READ_ONLY = "read_only"
    FULL = "full"
    NO_ACCESS = "no_access"
    NOT_A_FILE = "not_a_file"
    BUSY = "busy"
    """Another process holds the file for too long."""
    DISK = "disk"
    """Reading or writing failed for a reason of the disk's own."""
    MOVED = "moved"
    """Deleted or moved while it was open."""
    REPLACED = "replaced"
    """Another history stands where the one was that was open."""
    LOST = "lost"
    """The session that a write belongs to is not in the history."""
    FAILED = "failed"
    """Anything else; the details say what."""


_REASONS = {
    Trouble.FOREIGN: marked("the file belongs to another program"),
    Trouble.NEWER: marked("the file was made by a newer backtimer"),
    Trouble.DAMAGED: marked("the file is damaged"),
    Trouble.READ_ONLY: marked("the file cannot be written to"),
    Trouble.FULL: marked("the disk is full"),
    Trouble.NO_ACCESS: marked("there is no permission to open the file"),
    Trouble.NOT_A_FILE: marked("something that is not a file stands in its place"),
    Trouble.BUSY: marked("another program is using the file"),
    Trouble.DISK: marked("the disk reports an error"),
    Trouble.MOVED: marked("the file was moved or deleted"),
    Trouble.REPLACED: marked("another file stands in its place"),
    Trouble.LOST: marked("the session is missing from the file"),
    Trouble.FAILED: marked("the file cannot be used"),
}


class Notice(NamedTuple):
    """Something about the history that the person should know."""

    trouble: Trouble
    path: Path
    """The history file."""
    moved_to: Path | None = None
    """Where a damaged file went, when it could be moved and a new one was begun."""
    detail: str = ""
    """The system's own words."""
    cause: str = ""
    """The reason, where more is known than its kind, as a clause of `_WORDS`: in English."""

    @property
    def reason(self) -> str:
        """Why nothing is recorded, as a clause: "the disk is full"."""
        return _(self.cause) if self.cause else _(_REASONS[self.trouble])

    def text(self) -> str:
        """One or two whole sentences, safe to show: a path is text of strangers, too."""
        return clean(self._text())

    def _text(self) -> str:
        if self.moved_to is not None:
            damaged = _("The history was damaged. It was moved to {place}, and a new one was begun.")
            return damaged.format(place=self.moved_to)
        if self.trouble is Trouble.MOVED:
            moved = _("The history was moved or deleted while it was in use. A new one was begun: {path}")
            return moved.format(path=self.path)
        if self.trouble is Trouble.REPLACED:
            replaced = _("The history was replaced while it was in use. This one is written to now: {path}")
            return replaced.format(path=self.path)
        if self.trouble in (Trouble.FOREIGN, Trouble.NEWER):
            left = _("History is off: {reason}, so it was left as it is ({path}).")
            return left.format(reason=self.reason, path=self.path)
        if self.trouble in (Trouble.DISK, Trouble.FAILED) and self.detail and not self.cause:
            detailed = _("History is off: {reason}, {detail} ({path}).")
            return detailed.format(reason=self.reason, detail=self.detail, path=self.path)
        return _("History is off: {reason} ({path}).").format(reason=self.reason, path=self.path)


class HistoryError(RefusedError):
    """The history could not be read or written; nothing of the attempt is in it."""

    exit_code = 1
    prefix = ""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.text())
        self.notice = notice

    @property
    def trouble(self) -> Trouble:
        return self.notice.trouble


_BY_SQLITE = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_PROTOCOL: Trouble.BUSY,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
    sqlite3.SQLITE_CANTOPEN: Trouble.NO_ACCESS,
    sqlite3.SQLITE_PERM: Trouble.NO_ACCESS,
    sqlite3.SQLITE_IOERR: Trouble.DISK,
}

_BY_ERRNO = {
    errno.ENOSPC: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.NO_ACCESS,
    errno.EPERM: Trouble.NO_ACCESS,
    errno.EISDIR: Trouble.NOT_A_FILE,
    errno.ENOTDIR: Trouble.NOT_A_FILE,
    errno.EEXIST: Trouble.NOT_A_FILE,
    errno.EIO: Trouble.DISK,
    getattr(errno, "ESTALE", errno.EIO): Trouble.DISK,
    errno.ENODEV: Trouble.DISK,
    errno.ENXIO: Trouble.DISK,
    errno.EBUSY: Trouble.BUSY,
    errno.ETXTBSY: Trouble.BUSY,
    errno.ENOLCK: Trouble.BUSY,
}

_PRIMARY_CODE = 0xFF
"""SQLite's extended error codes carry the primary one in the low byte."""


def trouble_of(error: sqlite3.Error | OSError) -> Trouble:
    """The kind of trouble an error of SQLite or of the system stands for."""
    if isinstance(error, OSError):
        return _BY_ERRNO.get(error.errno or 0, Trouble.FAILED)
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return Trouble.MOVED
    return _BY_SQLITE.get(code & _PRIMARY_CODE, Trouble.FAILED) if code is not None else Trouble.FAILED


BACKUPS = "backups"
"""The folder of the copies, beside the history."""

STAMP = "%Y%m%dT%H%M%SZ"
"""A moment in the name of a file, UTC."""


def stamp_of(moment: datetime) -> str:
    """A moment as names of files have it."""
    return moment.astimezone(UTC).strftime(STAMP)


def beside(path: Path, ending: str) -> Path:
    """The path with something at its end, as SQLite names what belongs to a database."""
    return path.with_name(path.name + ending)


def free_name(path: Path) -> Path:
    """The path, or the first of `name-2.db`, `name-3.db` … that no file has."""
    target, number = path, 2
    while os.path.lexists(target) or os.path.lexists(beside(target, "-journal")):
        target = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return target


def set_aside(path: Path, why: str, moment: datetime) -> Path:
    """Move a database, and what belongs to it, to a name of its own: `history-damaged-….db`.

    Raises:
        OSError: It cannot be moved.
    """
    target = free_name(path.with_name(f"{path.stem}-{why}-{stamp_of(moment)}{path.suffix}"))
    # The journal first: left alone beside a new file, SQLite would take it for that one's and delete it.
    for ending in ("-journal", "-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            beside(path, ending).rename(beside(target, ending))
    return target


# Why the system refuses a file, in words a person can act on.
#
# SQLite folds the system's reasons into a few of its own: no lock to be had is "busy" to it, too many open
# files are "unable to open", a used-up quota is an "I/O error". So after such an error the same is tried on
# a file beside the history. Never on the history itself: closing any descriptor of it would drop SQLite's
# locks.

_PROBE_BYTES = 64 * 1024
"""More than a write of a set takes."""

_WORDS = {
    "ENOLCK": marked("this file system gives out no locks, without which nothing can be written safely"),
    "EMFILE": marked("backtimer has too many files open"),
    "ENFILE": marked("the system has too many files open"),
    "ENOMEM": marked("there is not enough memory"),
    "EDQUOT": marked("your share of the disk (the quota) is used up"),
    "EFBIG": marked("the file may not grow any larger"),
    "EROFS": marked("the file system is read-only"),
    "ESTALE": marked("the network folder that it is in has changed or gone away"),
    "ENAMETOOLONG": marked("its path is too long"),
    "ELOOP": marked("the links on the way to it lead in a circle"),
    "ENODEV": marked("the disk that it is on has gone away"),
    "ENXIO": marked("the disk that it is on has gone away"),
    "ENOTCONN": marked("the network folder that it is in does not answer"),
    "ETIMEDOUT": marked("the network folder that it is in does not answer"),
    "EHOSTDOWN": marked("the network folder that it is in does not answer"),
    "EHOSTUNREACH": marked("the network folder that it is in does not answer"),
    "ETXTBSY": marked("another program is using the file"),
    "EBUSY": marked("another program is using the file"),
    "ENOENT": marked("the folder that it should be in is not there"),
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


_HURRY_MS = 100


class HistoryFile:
    """The file of a history and the connection to it."""

    def __init__(self, db: sqlite3.Connection, path: Path, *, writable: bool) -> None:
        self.path = path
        self.writable = writable
        """False: past sessions can be looked at, and every write fails."""
        self._db = db
        self._file = _identity(path)
        self._within = False
        """A transaction of `writing` is open."""
        self._afterwards: list[Callable[[], None]] = []

    def close(self) -> None:
        """Close the file. Locks of running sessions stay."""
        with suppress(sqlite3.Error):
            self._db.close()

    def hurry(self) -> None:
        """From now on hardly wait for other connections: somebody looks at a screen meanwhile."""
        with suppress(sqlite3.Error):
            self._db.execute(f"PRAGMA busy_timeout = {_HURRY_MS}")

    def in_place(self) -> bool:
        """Whether the file at the path still is the one that was opened."""
        return self._file is None or _identity(self.path) == self._file

    def state(self) -> tuple[int, int]:
        """A mark of what the file holds: another one after every write, of this process or of another."""
        with self.reading() as db:
            return db.total_changes, int(db.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, to ask something.

        Raises:
            HistoryError: The file cannot be read, or what is in it is no date, no number, no word of ours.
        """
        try:
            with self._guarded() as db:
                yield db
        except (ValueError, TypeError, OverflowError) as error:  # a date or an outcome that is none
            raise HistoryError(Notice(Trouble.DAMAGED, self.path, detail=str(error))) from error

    @contextmanager
    def reading_all(self) -> Iterator[sqlite3.Connection]:
        """As `reading`, for several questions that one and the same state of the file answers."""
        with self.reading() as db:
            db.execute("BEGIN")
            try:
                yield db
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection, inside a transaction: all of it is on the disk at the end, or nothing.

        Inside another `writing` it is a part of that one.

        Raises:
            HistoryError: The file cannot be written to, or is not at its path any more.
        """
        if self._within:
            yield self._db
            return
        with self._guarded() as db:
            self._must_be_in_place()
            db.execute("BEGIN IMMEDIATE")
            self._within = True
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                self._afterwards.clear()
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            finally:
                self._within = False
            afterwards, self._afterwards = self._afterwards, []
            for do in afterwards:
                do()
            self._must_be_in_place()

    def once_written(self, do: Callable[[], None]) -> None:
        """Do something when the transaction that is open is on the disk; it is forgotten if it fails."""
        self._afterwards.append(do)

    def must_hold(self, session_id: str) -> None:
        """Refuse to write to a session that is not there any more.

        Raises:
            HistoryError: It is not.
        """
        if self._db.execute("SELECT 1 FROM sessions WHERE id = ?", (session_id,)).fetchone() is None:
            raise HistoryError(Notice(Trouble.LOST, self.path))

    def _must_be_in_place(self) -> None:
        if not self.in_place():
            raise HistoryError(Notice(Trouble.MOVED, self.path))

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._db
        except (sqlite3.Error, OSError) as error:
            raise HistoryError(notice_of(error, self.path)) from error


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at a path, whatever its name; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
