"""Files and folders that only their owner can look into, whatever the umask is.

What a body can do and where it hurts is nobody else's business. A umask that takes even what the owner needs
is put right, too: otherwise the next start could not read what this one wrote.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def is_folder(path: Path) -> bool:
    """Whether a folder can be seen there; where nothing can be seen there is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def make_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing; one that is there stays as it is.

    Raises:
        OSError: It cannot be made, or something else stands in its place.
    """
    if path.is_dir():
        return
    if path.parent != path:
        make_folder(path.parent)
    try:
        path.mkdir(mode=FOLDER_MODE)
    except FileExistsError:
        if not path.is_dir():  # otherwise another process was quicker
            raise
    else:
        path.chmod(FOLDER_MODE)


def make_file(path: Path) -> None:
    """Make an empty file; one that is there stays as it is.

    Raises:
        OSError: It cannot be made.
    """
    with suppress(FileExistsError):
        os.close(open_private(path, os.O_WRONLY | os.O_EXCL))


@contextmanager
def replacing(target: Path, mode: int = FILE_MODE, *, lasting: bool = True) -> Iterator[IO[bytes]]:
    """A file to write to that takes its target's place when all of it is on the disk, and otherwise is gone.

    Args:
        target: Where it goes; no link.
        mode: Who may read and write it.
        lasting: False for what can be made again, and tells by itself that it is damaged: a slow disk is not
            waited for.

    Raises:
        OSError: It cannot be written or put in its place.
    """
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.new")
    descriptor = open_private(unfinished, os.O_WRONLY | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "wb") as out:
            yield out
            out.flush()
            if lasting:
                os.fsync(out.fileno())
        unfinished.replace(target)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    if lasting:
        sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder last, also when the power fails; where that cannot be asked for, nothing."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def open_private(path: Path, flags: int, mode: int = FILE_MODE) -> int:
    """Open a file, which is made if there is none; the descriptor.

    Raises:
        OSError: It cannot be opened, or is a link.
    """
    flags |= os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, FILE_MODE)
    if sys.platform != "win32":
        with suppress(OSError):  # some file systems have no modes
            if stat.S_IMODE(os.fstat(descriptor).st_mode) != mode:
                os.fchmod(descriptor, mode)
    return descriptor
