"""Which sessions are under way right now, told by locks that the system drops when a process dies.

A running session holds the lock of `<folder>/<session id>.lock` for as long as its process lives. However
that process ends, the lock goes with it, so that the session can be offered for resuming at once, and never
to a second window while the first is still counting.
"""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

from backtimer.storage.private import make_folder, open_private

_TRIES = 20
_TRY_AGAIN_S = 0.005
"""Someone who looks whether a lock is held has it for an instant; so long it takes to be sure."""

_FLOOR = "floor"
"""The name of the lock that the one session has which may be heard; no session has it for its id."""

_ID = r"[0-9a-f]{1,64}\Z"
_CONTENDED = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})

if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int, *, shared: bool) -> None:
        # There are only exclusive locks here.
        os.lseek(fd, 0, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(fd: int, *, shared: bool) -> None:
        fcntl.flock(fd, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


class Hold(Enum):
    """How an attempt to lock, or a look at a lock, came out."""

    OURS = "ours"
    TAKEN = "taken"
    """Another window has it."""
    FREE = "free"
    """Nobody has it."""
    UNKNOWN = "unknown"
    """Locks do not work on this file system."""


class SessionLocks:
    """The locks of one data directory, and those among them that this process holds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, int] = {}

    def hold(self, session_id: str) -> Hold:
        """Take a session's lock and keep it until `release`, or the end of the process."""
        path = self._path(session_id)
        if path is None:
            return Hold.UNKNOWN
        fd = self._held.get(session_id)
        if fd is not None:
            if _is_at(fd, path):
                return Hold.OURS
            self.release(session_id)
        try:
            make_folder(self._folder)
            fd = _take(path)
        except OSError:
            return Hold.UNKNOWN
        if fd is None:
            return Hold.TAKEN
        self._held[session_id] = fd
        return Hold.OURS

    def look(self, session_id: str) -> Hold:
        """Whether some process holds a session's lock; takes nothing and makes no file."""
        if session_id in self._held:
            return Hold.OURS
        path = self._path(session_id)
        if path is None:
            return Hold.UNKNOWN
        try:
            fd = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            return Hold.FREE
        except OSError:
            return Hold.UNKNOWN
        try:
            return Hold.FREE if _try_lock(fd, shared=True) else Hold.TAKEN
        except OSError:
            return Hold.UNKNOWN
        finally:
            os.close(fd)

    def release(self, session_id: str) -> None:
        """Give a session's lock back, if it is ours, and remove its file."""
        fd = self._held.pop(session_id, None)
        if fd is not None:
            path = self._path(session_id)
            if path is not None:
                _remove(fd, path)

    def take_floor(self) -> bool:
        """Become the one session that may be heard, until `leave_floor` or the end of the process.

        Returns:
            False when another process has a session that is heard. Where locks do not work, nobody can tell,
            and two that speak are better than none.
        """
        return self.hold(_FLOOR) is not Hold.TAKEN

    def leave_floor(self) -> None:
        """Let another session be heard."""
        self.release(_FLOOR)

    def release_all(self) -> None:
        """Give every lock back."""
        for session_id in tuple(self._held):
            self.release(session_id)

    def sweep(self) -> None:
        """Remove files that dead processes left behind: a lock without a file is as free as one with."""
        with suppress(OSError):
            for name in os.listdir(self._folder):  # noqa: PTH208 - names are enough, at every start
                path = self._folder / name
                if path.suffix != ".lock" or path.stem in self._held:
                    continue
                with suppress(OSError):
                    fd = os.open(path, os.O_RDWR)
                    try:
                        free = _try_lock(fd, shared=False)
                    except OSError:
                        free = False
                    if free:
                        _remove(fd, path)
                    else:
                        os.close(fd)

    def _path(self, session_id: str) -> Path | None:
        """The lock's file; None for an id that is no plain name (it came from a file, after all)."""
        return (
            self._folder / f"{session_id}.lock" if session_id == _FLOOR or re.match(_ID, session_id) else None
        )


@contextmanager
def one_at_a_time(path: Path) -> Iterator[bool]:
    """Keep other processes out of a rare piece of work for its length, as far as locks work here.

    Yields:
        False: another process is at it, and has been for long.
    """
    fd: int | None = None
    alone = False
    try:
        for _ in range(_TRIES):
            fd = _take(path)
            if fd is not None:
                break
        alone = fd is not None
    except OSError:
        alone = True  # locks do not work here
    try:
        yield alone
    finally:
        if fd is not None:
            _remove(fd, path)


def sweep_lock(path: Path) -> None:
    """Remove the file of a lock that a dead process left behind."""
    with suppress(OSError):
        if path.is_file():
            fd = _take(path)
            if fd is not None:
                _remove(fd, path)


def process_lives(pid: int) -> bool:
    """Whether a process with this id exists: the poorer answer, for where locks do not work."""
    if sys.platform == "win32":
        import ctypes  # 10 ms, and only where it is needed  # noqa: PLC0415

        query_limited_information, still_active = 0x1000, 259
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(query_limited_information, False, pid)
        if not handle:
            return False
        code = ctypes.c_ulong()
        known = kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return not known or code.value == still_active
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _take(path: Path) -> int | None:
    """Open and lock a file; None when another process has it.

    Whoever cleans up removes the file under the lock, so one that is locked must still be the one that
    stands at the path: otherwise it is opened anew.
    """
    for _ in range(_TRIES):
        fd = open_private(path, os.O_RDWR)
        try:
            if not _try_lock(fd, shared=False):
                os.close(fd)
                return None
        except OSError:
            os.close(fd)
            raise
        if _is_at(fd, path):
            return fd
        os.close(fd)
    return None


def _try_lock(fd: int, *, shared: bool) -> bool:
    for attempt in range(_TRIES):
        try:
            _lock(fd, shared=shared)
        except OSError as error:
            if error.errno not in _CONTENDED:
                raise
        else:
            return True
        if attempt + 1 < _TRIES:
            time.sleep(_TRY_AGAIN_S)
    return False


def _is_at(fd: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(fd), os.stat(path))  # noqa: PTH116 - the pair to fstat
    except OSError:
        return False


def _remove(fd: int, path: Path) -> None:
    """Remove a file that we hold locked; Windows removes only what is closed."""
    with suppress(OSError):
        if sys.platform == "win32":
            os.close(fd)
            path.unlink()
            return
        if _is_at(fd, path):
            path.unlink()
    if sys.platform != "win32":
        os.close(fd)
