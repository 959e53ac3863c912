"""Opening the history file: is it there, is it ours, is it whole, can it be written to?

The file is an SQLite database with a rollback journal: one file at rest, which can be copied and moved, and
which fails loudly when it goes away. Opening never raises for what can be expected of a disk: it gives the
history, or none, and a notice that can be shown.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from backtimer.storage.history import backups, restoring
from backtimer.storage.history.file import (
    BACKUPS,
    HistoryError,
    Notice,
    Trouble,
    beside,
    notice_of,
    set_aside,
)
from backtimer.storage.history.locks import SessionLocks, one_at_a_time
from backtimer.storage.history.queries import History
from backtimer.storage.history.schema import APPLICATION_ID, VERSION, migrate, version_of
from backtimer.storage.private import is_folder, make_file, make_folder
from backtimer.values import NamedTuple

BUSY_TIMEOUT_S = 1.0
"""How long a write waits for another process; a write takes about a millisecond."""

_NOT_WRITABLE = frozenset({Trouble.READ_ONLY, Trouble.FULL, Trouble.NO_ACCESS})

_LOOKS = 3
"""How often a file that changes while it is looked at is looked at again; then the locks will tell."""

_HEADER_BYTES = 100

_NOTHING_OF_OURS = frozenset({Trouble.FOREIGN, Trouble.DAMAGED, Trouble.NOT_A_FILE})

_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


class Opened(NamedTuple):
    """What came of opening the history."""

    history: History | None
    """None: there is no looking at the past either."""
    notice: Notice | None
    """What the person should know; None: all is well."""
    path: Path
    now: Callable[[], datetime]
    locks: SessionLocks
    missed: str = ""
    """That a backup holds sessions which the history does not, and how to get them back; mostly empty."""
    backup_trouble: str = ""
    """Why this week's backup could not be made, as a sentence; mostly empty."""

    @property
    def recording(self) -> bool:
        """Whether sessions can be written down."""
        return self.history is not None and self.history.writable

    def again(self, *, suspect: bool = False) -> Opened:
        """Open the same path anew, with the locks that are held."""
        if self.history is not None:
            self.history.close()
        return open_history(self.path, self.now, suspect=suspect, locks=self.locks)


def open_history(
    path: Path,
    now: Callable[[], datetime],
    *,
    writing: bool = True,
    suspect: bool = False,
    locks: SessionLocks | None = None,
) -> Opened:
    """Open the history, or say why not.

    Args:
        path: The database file. Links are followed.
        now: The local time, with its offset.
        writing: False for who only looks: a file that is missing is not made (the history is empty), and
            nothing tries whether it could be written to.
        suspect: Look for damage everywhere, which takes as long as reading the file.
        locks: Those of an earlier opening, when sessions are running.
    """
    path = Path(os.path.realpath(path))
    locks = locks or SessionLocks(path.parent / "sessions")
    try:
        history, notice = _open(path, now, locks, writing=writing, suspect=suspect)
    except HistoryError as error:
        history, notice = None, error.notice
    except (sqlite3.Error, OSError) as error:
        history, notice = None, notice_of(error, path)
    moment = now()
    trouble = _save_weekly(history, path, moment) if writing and history is not None else ""
    return Opened(history, notice, path, now, locks, _missed(history, notice, path, moment), trouble)


def _missed(history: History | None, notice: Notice | None, path: Path, moment: datetime) -> str:
    """What a backup holds and the history does not, in words."""
    if not is_folder(path.parent / BACKUPS):
        return ""
    if history is None and (notice is None or notice.trouble not in _NOTHING_OF_OURS):
        return ""  # what cannot be read just now may hold everything
    held = None
    if history is not None:
        try:
            with history.reading() as db:
                held = backups.held_in(db, path)
        except HistoryError:
            return ""  # it will be told when it is read
    return backups.missed_text(path, held, moment)


def uri_of(path: Path) -> str:
    """An absolute path as SQLite reads it; a Windows share is a path to it and no host."""
    uri = path.as_uri()
    return uri if uri.startswith("file:///") else uri.replace("file://", "file:////", 1)


def _open(
    path: Path, now: Callable[[], datetime], locks: SessionLocks, *, writing: bool, suspect: bool
) -> tuple[History | None, Notice | None]:
    _finish_restoring(path, writing=writing)
    size = _size(path)
    if size is None and not writing:
        return empty_history(path, locks), None
    try:
        _refuse_others(path, size)
        return _connect(path, size, locks, now, writing=writing, suspect=suspect)
    except HistoryError as error:
        if error.trouble is not Trouble.DAMAGED:
            raise
    # Of two processes that find it damaged the second finds, once it is its turn, the new one of the first.
    with one_at_a_time(path.with_suffix(".lock")):
        try:
            return _connect(path, _size(path), locks, now, writing=writing, suspect=suspect)
        except HistoryError as error:
            if error.trouble is not Trouble.DAMAGED:
                raise
        try:
            moved_to = set_aside(path, "damaged", now())
        except OSError as error:
            raise HistoryError(Notice(Trouble.DAMAGED, path, detail=str(error))) from error
        history, notice = _connect(path, None, locks, now, writing=True, suspect=False)
    return history, notice or Notice(Trouble.DAMAGED, path, moved_to=moved_to)


def _finish_restoring(path: Path, *, writing: bool) -> None:
    """Finish what a killed `restore` left, before anything is looked for at the path.

    Raises:
        HistoryError: It cannot be finished, and there is no history meanwhile.
    """
    try:
        if not restoring.finish(path) and not os.path.lexists(path):
            raise HistoryError(Notice(Trouble.BUSY, path))
    except OSError as error:
        if not os.path.lexists(path):
            raise HistoryError(notice_of(error, path)) from error
    if writing:
        restoring.clean_up(path, path.parent / BACKUPS)


def _size(path: Path) -> int | None:
    """Bytes; None when there is no file.

    Raises:
        HistoryError: Something else stands there: a directory, a pipe, a device.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise HistoryError(Notice(Trouble.NOT_A_FILE, path))
    return found.st_size


def _refuse_others(path: Path, size: int | None) -> None:
    """Refuse a database that is not ours to touch, before anything that could change it.

    `immutable` reads without locks, without recovering a journal, without making a file. It may therefore
    see a write of another process half done: only a clear "not ours" is taken from it, and only when nothing
    was written while it looked.
    """
    if not size:
        return
    for _ in range(_LOOKS):
        before = _header(path)
        with suppress(sqlite3.Error), closing(_connection(path, "mode=ro&immutable=1")) as db:
            try:
                _check_identity(db, path)
            except HistoryError:
                if _header(path) == before:
                    raise
                continue  # the first write of another process ended meanwhile: it may be ours after all
        return


def _header(path: Path) -> tuple[int, bytes] | None:
    """How large a file is, and its first page's beginning, where a database says whose it is."""
    try:
        with path.open("rb") as file:
            return os.fstat(file.fileno()).st_size, file.read(_HEADER_BYTES)
    except OSError:
        return None


def _check_identity(db: sqlite3.Connection, path: Path) -> None:
    """Refuse what is not ours, by one state of the file: between two of them another process may begin it."""
    db.execute("BEGIN")
    try:
        _refuse_what_is_not_ours(db, path)
    finally:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")


def _refuse_what_is_not_ours(db: sqlite3.Connection, path: Path) -> None:
    application, version = db.execute("PRAGMA application_id").fetchone()[0], version_of(db)
    if application == APPLICATION_ID:
        if version > VERSION:
            raise HistoryError(Notice(Trouble.NEWER, path))
        return
    empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    # What seems empty may have its content in a journal: another program is in the middle of its work.
    if application or version or not empty or _pages_before(path) or _size(beside(path, "-wal")):
        raise HistoryError(Notice(Trouble.FOREIGN, path))


def _connection(path: Path, parameters: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{uri_of(path)}?{parameters}", uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_S
    )


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection for who only looks, beside the one that writes."""
    return _connection(path, "mode=ro")


def in_memory() -> History:
    """A history without a file, to be filled; it has no sessions yet, and no other process sees them."""
    nowhere = Path(os.devnull, "history.db")
    return History(_in_memory(), nowhere, SessionLocks(nowhere.parent / "sessions"), writable=True)


def _in_memory() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    migrate(db)
    return db


def empty_history(path: Path, locks: SessionLocks) -> History:
    """A history without sessions that makes no file, and stands in for one that cannot be had."""
    db = _in_memory()
    db.execute("PRAGMA query_only = ON")
    return History(db, path, locks, writable=False)


def _connect(
    path: Path,
    size: int | None,
    locks: SessionLocks,
    now: Callable[[], datetime],
    *,
    writing: bool,
    suspect: bool,
) -> tuple[History, Notice | None]:
    if not size:
        if _content_was_lost(path, size):
            raise HistoryError(Notice(Trouble.DAMAGED, path))
        make_folder(path.parent)
        make_file(path)
    db = _connection(path, "mode=rw")
    try:
        _check_identity(db, path)  # the first read: here SQLite recovers what a killed process left
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA synchronous = EXTRA")
        refusal = None
        if version_of(db) < VERSION:
            db, refusal = _brought_up_to_date(db, path, now)
        db.execute("PRAGMA foreign_keys = ON")
        _look_for_damage(db, path, everywhere=suspect)
        if writing:
            refusal = refusal or _try_writing(db, path)
    except sqlite3.Error as error:
        notice = notice_of(error, path)
        db.close()
        raise HistoryError(notice) from error
    except BaseException:
        db.close()
        raise
    history = History(db, path, locks, writable=refusal is None)
    return history, refusal if writing else None


def _brought_up_to_date(
    db: sqlite3.Connection, path: Path, now: Callable[[], datetime]
) -> tuple[sqlite3.Connection, Notice | None]:
    """A file of an older version at the present one, after a copy was made of it.

    Where that cannot be written it is done in memory, so that the past can be looked at all the same; then
    the connection is another one, and the notice says why nothing can be written.
    """
    try:
        migrate(db, before=lambda version: _save_copy(path, version, now()))
    except (sqlite3.Error, OSError) as error:
        refusal = notice_of(error, path)
        if not version_of(db) or refusal.trouble not in _NOT_WRITABLE:
            raise
        memory = sqlite3.connect(":memory:", isolation_level=None)
        try:
            db.backup(memory)
            migrate(memory)
        except BaseException:
            memory.close()
            raise
        db.close()
        return memory, refusal
    return db, None


def _save_copy(path: Path, version: int, moment: datetime) -> None:
    backups.save_before_migration(path, version, moment)


def _save_weekly(history: History, path: Path, moment: datetime) -> str:
    """Make this week's copy, if it is due; why it cannot be made, as a sentence.

    That keeps nobody from training, and is told all the same.
    """
    if not history.writable:
        return ""
    try:
        with history.reading() as db:
            backups.save_weekly(db, path, moment)
    except HistoryError as error:
        return backups.note_failure(path, error.notice.reason, moment)
    backups.forget_failure(path)
    return ""


def _content_was_lost(path: Path, size: int | None) -> bool:
    """Whether an empty or missing file is what remains of one with sessions in it.

    Its journal may say so, or a backup beside an empty file.
    """
    if _pages_before(path):
        return True
    if size is None:
        return False
    patterns = (f"{path.name}.bak*", f"{path.name}~", f"{path.stem}.bak*", f"{path.stem}-backup*")
    if any(True for pattern in patterns for _ in path.parent.glob(pattern)):
        return True
    return bool(backups.backups_of(path))


def _pages_before(path: Path) -> int:
    """How large the database was before the write that its journal belongs to; 0 for the very first write."""
    with suppress(OSError), beside(path, "-journal").open("rb") as journal:
        header = journal.read(20)
        if header.startswith(_JOURNAL_MAGIC):
            return int.from_bytes(header[16:20], "big")
    return 0


def _look_for_damage(db: sqlite3.Connection, path: Path, *, everywhere: bool) -> None:
    """Read what a start reads anyway, so that damage shows before the person relies on the file."""
    try:
        db.execute(
            "SELECT total(done_sets), max(planned_sets) FROM sessions INDEXED BY sessions_calendar"
        ).fetchall()
        db.execute("SELECT id, plan, pid, locked FROM sessions WHERE state = 'running'").fetchall()
        db.execute("SELECT due, period, stage, ahead FROM schedules").fetchall()
        db.execute("SELECT from_date, to_date, withdrawn FROM off_days").fetchall()
        for table in ("pains", "corrections", "decisions", "stage_changes"):
            db.execute(f"SELECT id FROM {table} LIMIT 1").fetchall()
        db.execute("SELECT outcome, at FROM sets LIMIT 1").fetchall()
        db.execute("SELECT digest FROM plans LIMIT 1").fetchall()
        whole = not everywhere or db.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:  # that one: a table or a column is missing
            raise
        whole = False
    if not whole:
        raise HistoryError(Notice(Trouble.DAMAGED, path))


def _try_writing(db: sqlite3.Connection, path: Path) -> Notice | None:
    """Begin a write and take it back: what keeps it from being done, if anything does."""
    try:
        db.execute("BEGIN IMMEDIATE")
        try:
            db.execute(f"PRAGMA user_version = {VERSION}")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")
    except sqlite3.Error as error:
        found = notice_of(error, path)
        if found.trouble is Trouble.NO_ACCESS:  # the file is open already: it is its journal that is not
            return found._replace(trouble=Trouble.READ_ONLY)
        return None if found.trouble is Trouble.BUSY and not found.cause else found
    return None
