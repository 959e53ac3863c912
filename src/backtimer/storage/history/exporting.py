"""Everything that the history holds, as one file of JSON.

The file is `{"format": "backtimer-history", "version": 1, …}`: a list for each of `schedules`, `off_days`,
`pains` and `decisions`, the frozen `plans` by their digests, and the `sessions`, each with its `sets` and its
`corrections`; deleted sessions, too. Rows stand one on a line and in a fixed order, so that equal histories
are equal files. The fields are described in `tables`.
"""

from __future__ import annotations

import codecs
import csv
import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from backtimer.storage.history.file import HistoryFile
from backtimer.storage.history.queries import History
from backtimer.storage.history.tables import (
    CORRECTIONS,
    DECISIONS,
    OFF_DAYS,
    PAINS,
    SCHEDULES,
    SESSIONS,
    SETS,
    VERSION,
    Row,
    Table,
    canonical,
)
from backtimer.storage.history.values import StoredSession, StoredSet
from backtimer.storage.private import replacing
from backtimer.storage.text import clean, json_escaped

FORMAT = "backtimer-history"

ORDERS = {SCHEDULES: "from_date", OFF_DAYS: "id", PAINS: "id", DECISIONS: "id"}
"""The tables without sessions, and the column that tells their rows apart, which also is their order."""

OF_SESSION = {SETS: "idx", CORRECTIONS: "at, id"}
"""The tables whose rows belong to a session, and their order."""


def export_lines(file: HistoryFile) -> Iterator[str]:
    """The text of the file, in pieces that end with a line.

    Raises:
        HistoryError: The history cannot be read.
    """
    with file.reading_all() as db:
        yield f'{{"format":{canonical(FORMAT)},"version":{VERSION}'
        for table, order in ORDERS.items():
            rows = db.execute(f"SELECT {table.columns} FROM {table.name} ORDER BY {order}")
            yield from _list(table.name, (_line(table.out(row)) for row in rows))
        plans = db.execute(
            "SELECT digest, text FROM plans WHERE digest IN (SELECT plan FROM sessions) ORDER BY digest"
        )
        lines = (f"{_line(name)}:{_line(text)}" for name, text in plans)
        yield from _list("plans", lines, "{}")
        ids = db.execute("SELECT id FROM sessions ORDER BY started, id")
        yield from _list(SESSIONS.name, (_line(session_row(db, session_id)) for (session_id,) in ids))
        yield "\n}\n"


def save_export(file: HistoryFile, path: Path) -> None:
    """Write the file, readable for its owner alone; it has its name only when it is complete.

    Raises:
        HistoryError: The history cannot be read.
        OSError: The file cannot be written.
    """
    save_lines(export_lines(file), path)


def save_lines(lines: Iterable[str], path: Path, encoding: str = "utf-8") -> None:
    """Write lines to a file in one go, readable for its owner alone.

    A link stays a link. What is no file, such as a pipe or a device, is written to as it is.

    Raises:
        OSError: The file cannot be written.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):  # /dev/stdout leads to a pipe without a path
        with path.open("w", encoding="utf-8", newline="") as out:
            out.writelines(lines)
        return
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    encoder = codecs.getincrementalencoder(encoding)()
    with replacing(target) as file:
        for line in lines:
            file.write(encoder.encode(line))


def _line(value: object) -> str:
    """A value on a line of its own, which may also be looked at in a terminal."""
    return json_escaped(canonical(value))


def _list(name: str, lines: Iterator[str], brackets: str = "[]") -> Iterator[str]:
    yield f',\n"{name}":{brackets[0]}'
    for number, line in enumerate(lines):
        yield f"{',' if number else ''}\n{line}"
    yield f"\n{brackets[1]}"


def session_row(db: sqlite3.Connection, session_id: str) -> Row:
    """A session as the file has it; the same form is what is merged."""
    found = db.execute(f"SELECT {SESSIONS.columns} FROM sessions WHERE id = ?", (session_id,)).fetchone()
    return {**SESSIONS.out(found), **{table.name: _rows_of(db, table, session_id) for table in OF_SESSION}}


def _rows_of(db: sqlite3.Connection, table: Table, session_id: str) -> list[Row]:
    rows = db.execute(
        f"SELECT {table.columns} FROM {table.name} WHERE session_id = ? ORDER BY {OF_SESSION[table]}",
        (session_id,),
    )
    return [table.out(row) for row in rows]


COLUMNS = (
    "session",
    "date",
    "started",
    "routine",
    "day",
    "title",
    "source",
    "exercise",
    "side",
    "set",
    "reps",
    "hold_s",
    "seconds",
    "outcome",
    "effort",
    "pain_before",
    "pain",
    "pain_next",
    "note",
)

_FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula: text that begins so gets a `'` before it."""


ENCODING = "utf-8-sig"
"""Of a file: without a byte order mark Excel takes UTF-8 for something else. In a pipe there is none."""


class _Line:
    """Where the writer of the standard library writes: it keeps the last line."""

    text = ""

    def write(self, text: str) -> int:
        self.text = text
        return len(text)


def csv_lines(history: History, since: date | None = None, exercise: str | None = None) -> Iterator[str]:
    """The lines of the table with their ends, the names of the columns first; oldest sets first.

    A session without any set is one line.

    Args:
        history: The open history.
        since: Only sessions from this date on.
        exercise: Only sets of this exercise.

    Raises:
        HistoryError: The file could not be read.
    """
    line = _Line()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(COLUMNS)
    yield line.text
    for session in history.sessions(since=since, exercise=exercise):
        for row in _rows(session, exercise):
            writer.writerow(row)
            yield line.text


def _rows(session: StoredSession, exercise: str | None) -> Iterator[list[object]]:
    head = [
        session.id,
        session.local_date.isoformat(),
        session.started.isoformat(timespec="seconds"),
        _text(session.routine),
        _text(session.day),
        _text(session.title),
        session.source,
    ]
    tail = [session.effort, session.pain_before, session.pain, session.pain_next, _text(session.note)]
    if not session.sets:
        yield [*head, *[None] * 7, *tail]
    for one in session.sets:
        if exercise is None or one.exercise == exercise:
            name = None if one.exercise is None else _text(one.exercise)
            seconds, hold_s = _number(one.seconds), _number(one.hold_s)
            yield [*head, name, one.side, one.set, one.reps, hold_s, seconds, str(one.outcome), *tail]


def _number(value: float | None) -> float | None:
    """A number without `.0` at its end, which a spreadsheet with a decimal comma takes for text."""
    if value is None:
        return None
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def _text(text: str) -> str:
    """Words of a person or of a file, as data."""
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def history_json(
    history: History | None,
    *,
    since: date | None = None,
    limit: int | None = None,
    exercise: str | None = None,
) -> dict[str, Any]:
    """Sessions, oldest first, as JSON's own types; no history is no sessions.

    Args:
        history: The open history.
        since: Only sessions from this date on.
        limit: Only the newest of them, so many.
        exercise: Only sessions with a set of this exercise.

    Raises:
        HistoryError: The file could not be read.
    """
    found = history.sessions(since=since, limit=limit, exercise=exercise) if history else ()
    return {"sessions": [session_json(session) for session in found]}


def session_json(session: StoredSession) -> dict[str, Any]:
    """One session with its sets."""
    return {
        "id": session.id,
        "routine": session.routine,
        "day": session.day,
        "title": session.title,
        "local_date": session.local_date.isoformat(),
        "started": session.started.isoformat(timespec="seconds"),
        "ended": session.ended.isoformat(timespec="seconds") if session.ended else None,
        "state": str(session.state),
        "source": session.source,
        "planned_sets": session.planned_sets,
        "done_sets": session.done_sets,
        "seconds": round(session.seconds, 3),
        "effort": session.effort,
        "pain_before": session.pain_before,
        "pain": session.pain,
        "pain_next": session.pain_next,
        "note": session.note,
        "sets": [_set(one) for one in session.sets],
    }


def _set(one: StoredSet) -> dict[str, Any]:
    return {
        "exercise": one.exercise,
        "side": one.side,
        "set": one.set,
        "reps": one.reps,
        "hold_s": one.hold_s,
        "seconds": round(one.seconds, 3),
        "outcome": str(one.outcome),
    }
