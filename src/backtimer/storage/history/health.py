"""Whether the history file is whole, for `doctor`. It only looks: nothing is recovered, moved or made."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from backtimer.language import _
from backtimer.storage.history.backups import (
    Held,
    backups,
    day_text,
    failure_of,
    folder_of,
    held_in,
    missed_text,
)
from backtimer.storage.history.opening import uri_of
from backtimer.storage.history.schema import APPLICATION_ID, VERSION, version_of
from backtimer.storage.private import is_folder
from backtimer.values import NamedTuple

_MOST_PROBLEMS = 20


class Health(NamedTuple):
    """What was found."""

    path: Path
    exists: bool
    size: int = 0
    """Bytes."""
    version: int = 0
    sessions: int = 0
    held: Held | None = None
    """What tells whether sessions are missing; None: it cannot be read."""
    sets: int = 0
    schedules: int = 0
    problems: tuple[str, ...] = ()
    """One sentence each; none: the file is whole, or there is none yet."""
    backups: int = 0
    last_backup: datetime | None = None
    """UTC; None: there is none."""

    @property
    def ok(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.problems

    def lines(self) -> tuple[str, ...]:
        """What there is to say, line by line."""
        if not self.exists:
            missing = (
                _("history: {path} (not there)") if self.problems else _("history: {path} (not there yet)")
            )
            return (missing.format(path=self.path), *self._problem_lines())
        bytes_and_version = _("{size} bytes, version {version} of {newest}, SQLite {sqlite}").format(
            size=self.size, version=self.version, newest=VERSION, sqlite=sqlite3.sqlite_version
        )
        held = _("{sessions} sessions, {sets} sets, {schedules} schedules").format(
            sessions=self.sessions, sets=self.sets, schedules=self.schedules
        )
        return (
            _("history: {path}").format(path=self.path),
            f"  {bytes_and_version}",
            f"  {held}",
            *self._problem_lines(),
            *((f"  {_('integrity: ok')}",) if self.ok else ()),
            f"  {self._backups_text()}",
        )

    def _problem_lines(self) -> list[str]:
        return [f"  {_('problem: {problem}').format(problem=problem)}" for problem in self.problems]

    def _backups_text(self) -> str:
        if self.last_backup is None:
            return _("backups: none yet")
        last = f"{self.last_backup:%Y-%m-%d}"
        return _("backups: {number}, the last one of {date}").format(number=self.backups, date=last)


def examine(path: Path, now: datetime | None = None) -> Health:
    """Read the whole file and tell how it is.

    Args:
        path: The history.
        now: The local time, with its offset: then it is told, too, what the backups hold that the history
            does not, and why the last one could not be made.
    """
    path = Path(os.path.realpath(path))
    copies = backups(folder_of(path))
    last = copies[0].made if copies else None
    found = _examine(path)._replace(backups=len(copies), last_backup=last)
    if now is None:
        return found
    more = [missed_text(path, found.held if found.ok else None, now), _failure_text(path, now)]
    return found._replace(problems=(*found.problems, *(text for text in more if text)))


def _failure_text(path: Path, now: datetime) -> str:
    """Why backups cannot be made, as it was found when one was due, or as it is seen now."""
    folder = folder_of(path)
    if os.path.lexists(folder) and not is_folder(folder):
        in_place = _("Backups cannot be made: something that is no folder stands in its place ({folder}).")
        return in_place.format(folder=folder)
    if is_folder(folder) and not os.access(folder, os.W_OK | os.X_OK):
        forbidden = _("Backups cannot be made: there is no permission to write ({folder}).")
        return forbidden.format(folder=folder)
    failure = failure_of(path)
    if failure is None:
        return ""
    failed = _("The backup of {day} could not be made: {reason} ({folder}).")
    return failed.format(day=day_text(failure.at, now), reason=failure.reason, folder=folder)


def _examine(path: Path) -> Health:
    try:
        found = path.stat()
    except FileNotFoundError:
        return Health(path, exists=False, held=Held(0))
    except OSError as error:
        problem = _("It cannot be looked at: {error}.").format(error=error.strerror)
        return Health(path, exists=True, problems=(problem,))
    if not path.is_file():
        return Health(path, exists=True, problems=(_("It is not a file."),))
    problems: list[str] = []
    counts = {"sessions": 0, "sets": 0, "schedules": 0}
    version = 0
    held = None
    try:
        with closing(sqlite3.connect(f"{uri_of(path)}?mode=ro", uri=True, timeout=1.0)) as db:
            application, version = db.execute("PRAGMA application_id").fetchone()[0], version_of(db)
            if application != APPLICATION_ID:
                problems.append(
                    _("It is empty; the next start begins it.")
                    if found.st_size == 0
                    else _("It belongs to another program.")
                )
            elif version > VERSION:
                newer = _("It was made by a newer backtimer (version {version}, known is {known}).")
                problems.append(newer.format(version=version, known=VERSION))
            else:
                for (line,) in db.execute(f"PRAGMA integrity_check({_MOST_PROBLEMS})"):
                    problems += [] if line == "ok" else [_("Integrity: {problem}.").format(problem=line)]
                orphan = _("Row {row} of {table} has lost what it belongs to in {parent}.")
                for lost in db.execute("PRAGMA foreign_key_check").fetchmany(_MOST_PROBLEMS):
                    table, row, parent = lost[:3]
                    problems.append(orphan.format(row=row, table=table, parent=parent))
                for table in counts:
                    counts[table] = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                held = held_in(db, path)
    except sqlite3.Error as error:
        problems.append(_sentence(error))
    return Health(
        path,
        True,
        found.st_size,
        version,
        sessions=counts["sessions"],
        sets=counts["sets"],
        schedules=counts["schedules"],
        held=held,
        problems=tuple(problems),
    )


def _sentence(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_READONLY_ROLLBACK:
        return _("A write was cut short; the next start takes it back.")
    if code == sqlite3.SQLITE_NOTADB:
        return _("It is not a database; the next start moves it aside.")
    return _("It cannot be read: {error}.").format(error=error)
