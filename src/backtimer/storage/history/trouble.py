"""What can be wrong with the history, and how it is said: the kinds, the sentences, the exception."""

from __future__ import annotations

import errno
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from backtimer.storage.text import clean


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
    Trouble.FOREIGN: "the file belongs to another program",
    Trouble.NEWER: "the file was made by a newer backtimer",
    Trouble.DAMAGED: "the file is damaged",
    Trouble.READ_ONLY: "the file cannot be written to",
    Trouble.FULL: "the disk is full",
    Trouble.NO_ACCESS: "there is no permission to open the file",
    Trouble.NOT_A_FILE: "something that is not a file stands in its place",
    Trouble.BUSY: "another program is using the file",
    Trouble.DISK: "the disk reports an error",
    Trouble.MOVED: "the file was moved or deleted",
    Trouble.REPLACED: "another file stands in its place",
    Trouble.LOST: "the session is missing from the file",
    Trouble.FAILED: "the file cannot be used",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the history that the person should know."""

    trouble: Trouble
    path: Path
    """The history file."""
    moved_to: Path | None = None
    """Where a damaged file went, when it could be moved and a new one was begun."""
    detail: str = ""
    """The system's own words."""
    cause: str = ""
    """The reason, where more is known than its kind, as a clause."""

    @property
    def reason(self) -> str:
        """Why nothing is recorded, as a clause: "the disk is full"."""
        return self.cause or _REASONS[self.trouble]

    def text(self) -> str:
        """One or two whole sentences, safe to show: a path is text of strangers, too."""
        return clean(self._text())

    def _text(self) -> str:
        if self.moved_to is not None:
            return f"The history was damaged. It was moved to {self.moved_to}, and a new one was begun."
        if self.trouble is Trouble.MOVED:
            return f"The history was moved or deleted while it was in use. A new one was begun: {self.path}"
        if self.trouble is Trouble.REPLACED:
            return f"The history was replaced while it was in use. This one is written to now: {self.path}"
        if self.trouble in (Trouble.FOREIGN, Trouble.NEWER):
            return f"History is off: {self.reason}, so it was left as it is ({self.path})."
        if self.trouble in (Trouble.DISK, Trouble.FAILED) and self.detail and not self.cause:
            return f"History is off: {self.reason}, {self.detail} ({self.path})."
        return f"History is off: {self.reason} ({self.path})."


class HistoryError(Exception):
    """The history could not be read or written; nothing of the attempt is in it."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.text())
        self.notice = notice

    @property
    def trouble(self) -> Trouble:
        """The kind of trouble."""
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
