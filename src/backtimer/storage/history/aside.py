"""Moving a database out of the way, with all that belongs to it, to a name that no file has."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

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
