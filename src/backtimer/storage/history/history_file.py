"""An open database file: reading it and writing to it, with errors of SQLite's as ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from backtimer.storage.history.cause import notice_of
from backtimer.storage.history.trouble import HistoryError, Notice, Trouble

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

    def _once_written(self, do: Callable[[], None]) -> None:
        """Do something when the transaction that is open is on the disk; it is forgotten if it fails."""
        self._afterwards.append(do)

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
