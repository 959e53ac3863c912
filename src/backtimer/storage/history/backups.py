"""Copies of the history: one a week, one before its schema changes, and the way back.

A copy is made by SQLite itself, so that it is whole even while another process writes, and gets its name
only when it is complete. Its name says when it was made and how many sessions it holds, so that nothing needs
to be opened to see whether a new one is due: `backups/history-20261105T183000Z-365.db`.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backtimer import RefusedError
from backtimer.core.progress.dates import short_date
from backtimer.language import _, counted_words, marked
from backtimer.storage.history import restoring
from backtimer.storage.history.file import BACKUPS, free_name, stamp_of
from backtimer.storage.history.locks import one_at_a_time
from backtimer.storage.history.schema import APPLICATION_ID, VERSION, version_of
from backtimer.storage.history.values import to_utc
from backtimer.storage.private import is_folder, make_file, make_folder, replacing, sync_folder
from backtimer.storage.text import clean
from backtimer.values import NamedTuple

KEPT = 5
"""How many weekly copies there are; more only where giving one up would lose sessions."""

EVERY = timedelta(days=7)

FAILED = "backup-failed"
"""The file beside the history that says why the last backup could not be made."""

SETTLED = "settled"
"""The file among the backups that says with how many sessions a person was content, and until when."""

WEEKLY, BEFORE_MIGRATION = marked("weekly"), marked("before a new version")

_WEEKLY_NAME = r"history-(\d{8}T\d{6}Z)-(\d{1,9})(?:-\d+)?\.db\Z"
_MIGRATION_NAME = r"history-v\d+-(\d{8}T\d{6}Z)(?:-\d+)?\.db\Z"

_BUSY_TIMEOUT_S = 1.0

_LOGGED = timedelta(days=1)
"""What is logged without a date began up to so long before."""


class BackupError(RefusedError, ValueError):
    """The history cannot be restored from this; the message is a sentence. Nothing was changed."""

    prefix = ""


class Backup(NamedTuple):
    """A copy of the history."""

    path: Path
    made: datetime
    """UTC."""
    kind: str
    """`WEEKLY` or `BEFORE_MIGRATION`."""
    sessions: int | None
    """As its name says; None: it does not."""


class Failure(NamedTuple):
    """A backup that could not be made."""

    at: datetime
    reason: str
    """A clause."""
    told: datetime | None
    """When a person was told of it; None: not yet."""


class Restored(NamedTuple):
    """What came of restoring."""

    backup: Path
    moved_to: Path | None
    """Where the history that was there went; None: there was none."""
    sessions: int


def folder_of(history: Path) -> Path:
    """Where the copies of a history are."""
    return Path(os.path.realpath(history)).parent / BACKUPS


def backups(folder: Path) -> tuple[Backup, ...]:
    """The copies in a folder, newest first; no folder: none."""
    found: list[Backup] = []
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 - names are all that is needed, at every start
            match = re.match(_WEEKLY_NAME, name) or re.match(_MIGRATION_NAME, name)
            made = _moment(match[1]) if match else None
            if match and made:
                weekly = match.re.pattern == _WEEKLY_NAME
                kind = WEEKLY if weekly else BEFORE_MIGRATION
                found.append(Backup(folder / name, made, kind, int(match[2]) if weekly else None))
    return tuple(sorted(found, key=lambda backup: (backup.made, backup.path.name), reverse=True))


def backups_of(history: Path) -> tuple[Backup, ...]:
    """The copies of a history, newest first.

    Raises:
        OSError: There is a folder of copies that cannot be looked into.
    """
    folder = folder_of(history)
    with suppress(FileNotFoundError, NotADirectoryError):
        os.listdir(folder)  # noqa: PTH208 - names are all that is needed
    return backups(folder)


def newest(copies: Sequence[Backup], now: datetime) -> Backup | None:
    """The newest of some copies; one dated ahead, by a clock that was wrong, only when there is no other."""
    in_time = [backup for backup in copies if backup.made <= now]
    return max(in_time or copies, key=lambda backup: backup.made, default=None)


def save_weekly(db: sqlite3.Connection, history: Path, moment: datetime) -> Path | None:
    """Copy the history if there is something in it and the last copy is a week old.

    Args:
        db: The open history.
        history: Its path.
        moment: Now.

    Returns:
        The copy; None when none is due.

    Raises:
        sqlite3.Error: It cannot be read or copied.
        OSError: The copy cannot be written.
    """
    folder = folder_of(history)
    weekly = [backup for backup in backups(folder) if backup.kind == WEEKLY]
    # A copy of the future was made by a wrong clock, and says nothing about the last week.
    if any(timedelta() <= moment - backup.made < EVERY for backup in weekly):
        return None
    sessions = sessions_in(db)
    if not sessions:
        return None
    target = _copy(db, folder / f"history-{stamp_of(moment)}-{sessions}.db")
    for backup in given_up([Backup(target, moment, WEEKLY, sessions), *weekly]):
        with suppress(OSError):
            backup.path.unlink()
    return target


def sessions_in(db: sqlite3.Connection, history: Path | None = None) -> int:
    """How many sessions are over: what a later history has fewer of only if it has lost some.

    Args:
        db: An open history.
        history: Its path, to compare it with its backups: one that had begun when the newest of them was made
            may be over in it, and is gone on with now.
    """
    copies = () if history is None else backups(folder_of(history))
    newest = max((each.made for each in copies), default=None)
    row = db.execute(
        "SELECT count(*) - (SELECT count(*) FROM sessions WHERE state = 'running' AND started > ?) "
        "FROM sessions",
        ("" if newest is None else to_utc(newest),),
    )
    return int(row.fetchone()[0])


class Held(NamedTuple):
    """What a history holds, as far as it tells whether a backup's sessions are missing."""

    sessions: int
    """How many of its sessions are over."""
    since: datetime | None = None
    """When the first of all its sessions began; None: it has none, or that is not known."""


def held_in(db: sqlite3.Connection, history: Path) -> Held:
    """What an open history holds, to be compared with its backups."""
    (began,) = db.execute("SELECT min(started) FROM sessions").fetchone()
    return Held(sessions_in(db, history), began and _moment(began))


def note_failure(history: Path, reason: str, moment: datetime) -> str:
    """Keep that a backup could not be made, for `doctor`, and put it in a sentence."""
    folder = folder_of(history)
    if os.path.lexists(folder) and not is_folder(folder):
        reason = _("something that is no folder stands in its place")
    known = failure_of(history)
    failure = Failure(moment, reason, None if known is None else known.told)
    _keep_failure(history, failure)
    told = _("This week's backup of the history could not be made: {reason} ({folder}).")
    return told.format(reason=reason, folder=folder)


def forget_failure(history: Path) -> None:
    """The last backup is made, or none is due."""
    with suppress(OSError):
        beside_history(history).unlink()


def failure_of(history: Path) -> Failure | None:
    """What was kept of the last backup that could not be made."""
    with suppress(OSError, ValueError, OverflowError):
        at, told, reason = beside_history(history).read_text(encoding="utf-8").split(" ", 2)
        moments = [datetime.fromtimestamp(int(text), UTC) for text in (at, told)]
        return Failure(moments[0], reason.strip(), moments[1] if int(told) else None)
    return None


def tell_failure(history: Path, moment: datetime) -> bool:
    """Whether it is time to tell a person about it: once for each backup that was due."""
    failure = failure_of(history)
    if failure is None:
        return True
    if failure.told is not None and timedelta() <= moment - failure.told < EVERY:
        return False
    _keep_failure(history, failure._replace(told=moment))
    return True


def beside_history(history: Path) -> Path:
    """The file that keeps a failure: not in the folder of the backups, which may be what fails."""
    return Path(os.path.realpath(history)).with_name(FAILED)


def _keep_failure(history: Path, failure: Failure) -> None:
    told = 0 if failure.told is None else int(failure.told.timestamp())
    with suppress(OSError), replacing(beside_history(history)) as out:
        out.write(f"{int(failure.at.timestamp())} {told} {failure.reason}\n".encode("utf-8", "replace"))


def given_up(weekly: Sequence[Backup]) -> list[Backup]:
    """Which copies make room, so that `KEPT` are left: the oldest, unless it holds more than all after it.

    Args:
        weekly: All weekly copies. The first one was just made, whatever the clock says.
    """
    going: list[Backup] = []
    left = list(weekly)
    while len(left) > KEPT:
        spare = [
            one
            for number, one in enumerate(left)
            if any((newer.sessions or 0) >= (one.sessions or 0) for newer in left[:number])
        ]
        if not spare:
            break
        going.append(spare[-1])
        left.remove(spare[-1])
    return going


def save_before_migration(history: Path, version: int, moment: datetime) -> Path:
    """Copy the history as it is before its schema changes.

    Raises:
        sqlite3.Error: It cannot be read or copied.
        OSError: The copy cannot be written.
    """
    with closing(_open(history)) as db:
        return _copy(db, folder_of(history) / f"history-v{version}-{stamp_of(moment)}.db")


def restore(history: Path, now: Callable[[], datetime], backup: Path | None = None) -> Restored:
    """Put a copy in the place of the history, which is moved aside.

    Args:
        history: The path of the history; it need not exist.
        now: The local time, with its offset.
        backup: The copy. None: the newest one.

    Raises:
        BackupError: There is no copy, or it is not whole, not ours, or of a newer version.
        OSError: Something cannot be looked into, written or moved.
    """
    history = Path(os.path.realpath(history))
    if backup is None:
        found = newest(backups_of(history), now())
        if found is None:
            raise BackupError(_("There is no backup yet."))
        backup = found.path
    restoring.finish(history)  # one that was cut short comes before this one
    with one_at_a_time(history.with_suffix(".lock")) as alone, _checked(backup) as (db, sessions):
        if not alone:
            raise BackupError(_("Another restore is under way."))
        make_folder(history.parent)
        try:
            ready = _copy(db, restoring.ready_name(history, stamp_of(now())))
        except sqlite3.Error as error:
            raise BackupError(_("The backup cannot be copied: {error}.").format(error=error)) from error
        moved_to = restoring.put_in_place(history, ready)
        _settle(history, sessions_in(db), now())
    return Restored(backup, moved_to, sessions)


def _settle(history: Path, held: int, now: datetime) -> None:
    """Note that a person wants a history of so many sessions, whatever the backups made until now hold."""
    with suppress(OSError):
        make_folder(folder_of(history))
        with replacing(folder_of(history) / SETTLED) as out:
            out.write(f"{held} {now.timestamp():.0f}\n".encode("ascii"))


def settled(history: Path, backup: Backup, held: int) -> bool:
    """Whether a person restored another backup on purpose, so that this one is not missed."""
    with suppress(OSError, ValueError):
        words = (folder_of(history) / SETTLED).read_text(encoding="ascii").split()
        return len(words) == 2 and held >= int(words[0]) > 0 and backup.made.timestamp() <= float(words[1])
    return False


@contextmanager
def _checked(backup: Path) -> Iterator[tuple[sqlite3.Connection, int]]:
    """A copy that has been read to its last page, and how many sessions it holds."""
    shown = clean(str(backup))
    damaged = _("This backup is damaged: {path}").format(path=shown)
    if not backup.is_file():
        what = _("This is a folder: {path}") if backup.is_dir() else _("There is no such file: {path}")
        raise BackupError(what.format(path=shown))
    try:
        with closing(_open(backup)) as db:
            if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                foreign = _("This is not a history of backtimer's: {path}")
                raise BackupError(foreign.format(path=shown))
            if version_of(db) > VERSION:
                raise BackupError(_("This was made by a newer backtimer: {path}").format(path=shown))
            whole = db.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            if not whole or db.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise BackupError(damaged)
            sessions = int(db.execute("SELECT count(*) FROM sessions").fetchone()[0])
            for table in ("sets", "plans", "schedules"):
                db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
            yield db, sessions
    except sqlite3.Error as error:
        raise BackupError(damaged) from error


def _open(path: Path) -> sqlite3.Connection:
    uri = path.absolute().as_uri()
    uri = uri if uri.startswith("file:///") else uri.replace("file://", "file:////", 1)
    return sqlite3.connect(f"{uri}?mode=ro", uri=True, isolation_level=None, timeout=_BUSY_TIMEOUT_S)


def _copy(db: sqlite3.Connection, target: Path) -> Path:
    """Copy a database; the copy has its name only when all of it is on the disk."""
    make_folder(target.parent)
    target = free_name(target)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        make_file(unfinished)
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous = EXTRA")
            db.backup(copy)
        unfinished.replace(target)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    return target


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp)  # strptime takes 3 ms to import
    except ValueError:
        return None


# What the backups hold that the history does not, and how to get it back: to be said where it is missed.
#
# Sessions never become fewer by themselves: deleting one only marks it. So a history with fewer sessions
# than one of its backups, or with none of them, was deleted, damaged or replaced, whenever that was. Only who
# restored an older backup on purpose has it so, which is noted beside the backups.


def missed_text(history: Path, held: Held | None, now: datetime) -> str:
    """That sessions are missing, which backup has them, and how to get them back; empty when none are.

    Args:
        history: Its path.
        held: What it holds. None: it is not there, or cannot be read.
        now: The local time, with its offset.
    """
    offer = offer_text(history, held, now)
    some = held is not None and held.sessions
    missing, gone = _("Sessions are missing from the history."), _("The sessions of the history are gone.")
    return offer and f"{missing if some else gone} {offer}"


def offer_text(history: Path, held: Held | None, now: datetime) -> str:
    """Which backup has the sessions that are missing, and how to get them back; empty when none are.

    Args:
        history: Its path.
        held: As for `missed_text`.
        now: The local time, with its offset.
    """
    copies = backups(folder_of(history))
    if held is not None:
        copies = tuple(each for each in copies if not settled(history, each, held.sessions))
        if held.sessions:
            copies = tuple(each for each in copies if _lacks(held, each, history))
    best = max(copies, key=lambda each: (each.sessions or 0, each.made), default=None)
    return "" if best is None or best.sessions == 0 else _offer(best, history, now)


def _lacks(held: Held, backup: Backup, history: Path) -> bool:
    """Whether a history that holds something has not the sessions of a backup."""
    if not backup.sessions:
        return False
    if backup.sessions > held.sessions:
        return True
    # One that was begun after the backup has none of them, however many it has got since. Only the sessions
    # themselves can tell: the clock may have been wrong, and what is logged later can have begun before.
    later = held.since is not None and held.since > backup.made - _LOGGED
    return later and not _share_sessions(history, backup.path)


def _share_sessions(one: Path, other: Path) -> bool:
    """Whether two histories have a session in common; also where that cannot be read."""
    known: list[set[str]] = []
    try:
        for path in (one, other):
            with closing(_open(path)) as db:
                known.append({row[0] for row in db.execute("SELECT id FROM sessions")})
    except sqlite3.Error:
        return True
    return not known[0].isdisjoint(known[1])


def day_text(moment: datetime, now: datetime) -> str:
    """`20 Nov`, with the year where it is not this one."""
    return short_date(moment.astimezone(now.tzinfo).date(), now.date())


def _offer(backup: Backup, history: Path, now: datetime) -> str:
    """`A backup of 20 Nov with 365 sessions is there: backtimer restore`, named if there is a newer one."""
    day = day_text(backup.made, now)
    last = newest(backups(folder_of(history)), now)
    name = "" if last is not None and last.path == backup.path else f" {backup.path.name}"
    command = f"backtimer restore{name}"
    if backup.sessions is None:
        return _("A backup of {day} is there: `{command}`").format(day=day, command=command)
    return counted_words(
        "A backup of {day} with {number} session is there: `{command}`",
        "A backup of {day} with {number} sessions is there: `{command}`",
        backup.sessions,
    ).format(day=day, number=backup.sessions, command=command)
