"""Everything that the history holds, as one file of JSON.

The file is `{"format": "backtimer-history", "version": 1, …}`: a list for each of `schedules`, `off_days`,
`pains`, `decisions` and `stage_changes`, the frozen `plans` by their digests, and the `sessions`, each with
its `sets` and its `corrections`; deleted sessions, too. Rows stand one on a line and in a fixed order, so
that equal histories are equal files. The fields are described in `tables`.
"""

from __future__ import annotations

import codecs
import csv
import errno
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from typing import Any

from backtimer.core.progress.history import PastSession
from backtimer.core.progress.scales import RATINGS
from backtimer.storage.history.file import HistoryFile
from backtimer.storage.history.queries import History
from backtimer.storage.history.rows import asked_for, read_heads, read_sets_json
from backtimer.storage.history.tables import (
    CORRECTIONS,
    DECISIONS,
    OFF_DAYS,
    PAINS,
    SCHEDULES,
    SESSIONS,
    SETS,
    STAGE_CHANGES,
    VERSION,
    ColumnTable,
    Row,
    canonical,
)
from backtimer.storage.private import replacing
from backtimer.storage.text import clean, json_escaped

FORMAT = "backtimer-history"

ORDERS = {SCHEDULES: "from_date", OFF_DAYS: "id", PAINS: "id", DECISIONS: "id", STAGE_CHANGES: "id"}
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
        yield from _list(SESSIONS.name, (_line(session_columns(db, session_id)) for (session_id,) in ids))
        yield "\n}\n"


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


def session_columns(db: sqlite3.Connection, session_id: str) -> Row:
    """A session as the file has it; the same form is what is merged."""
    found = db.execute(f"SELECT {SESSIONS.columns} FROM sessions WHERE id = ?", (session_id,)).fetchone()
    return {**SESSIONS.out(found), **{table.name: _rows_of(db, table, session_id) for table in OF_SESSION}}


def _rows_of(db: sqlite3.Connection, table: ColumnTable, session_id: str) -> list[Row]:
    rows = db.execute(
        f"SELECT {table.columns} FROM {table.name} WHERE session_id = ? ORDER BY {OF_SESSION[table]}",
        (session_id,),
    )
    return [table.out(row) for row in rows]


_HEAD = {"session": "id", "date": "local_date"} | {
    name: name for name in ("started", "routine", "day", "title", "source")
}
"""The columns that stand before those of a set, and what they are called in a session."""

_TAIL = (*RATINGS, "note")

COLUMNS = (*_HEAD, *SETS.told, *_TAIL)
"""Of the table of CSV: a line for each set, with what belongs to its session."""

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


def _rows(session: PastSession, exercise: str | None) -> Iterator[list[object]]:
    head = [_cell(getattr(session, name)) for name in _HEAD.values()]
    tail = [_cell(getattr(session, name)) for name in _TAIL]
    if not session.sets:
        yield [*head, *[None] * len(SETS.told), *tail]
    for one in session.sets:
        if exercise is None or one.exercise == exercise:
            yield [*head, *(_cell(getattr(one, name)) for name in SETS.told), *tail]


def _cell(value: Any) -> object:
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, str):
        return _text(value)
    return _number(value) if isinstance(value, float) else plain(value)


def _number(value: float) -> float:
    """A number without `.0` at its end, which a spreadsheet with a decimal comma takes for text."""
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def _text(text: str) -> str:
    """Words of a person or of a file, as data."""
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def history_json_lines(
    history: History | None,
    *,
    since: date | None = None,
    limit: int | None = None,
    exercise: str | None = None,
) -> Iterator[str]:
    """Sessions as JSON, oldest first, a session on a line; no history is no sessions.

    Args:
        history: The open history.
        since: Only sessions from this date on.
        limit: Only the newest of them, so many.
        exercise: Only sessions with a set of this exercise.

    Raises:
        HistoryError: The file could not be read.
    """
    yield '{"sessions":['
    if history is not None:
        with history.reading_all() as db:
            asked = asked_for(since, exercise, limit)
            sets = read_sets_json(db, asked, SETS.told)
            heads = read_heads(db, asked, marked=False)
        for number, head in enumerate(heads):
            text, hurt = sets.get(head.id, ("[]", False))
            line = f'{_compact(_session(head._replace(hurt=hurt)))[:-1]},"sets":{text}}}'
            # Most lines have nothing that is to be escaped, which is seen much faster than it is looked for:
            # in ASCII only what deletes, for JSON has escaped the other controls.
            shown = line if line.isascii() and "\x7f" not in line else json_escaped(line)
            yield f"{',' if number else ''}\n{shown}"
    yield "\n]}\n"


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


_told_of = attrgetter(*SESSIONS.told)


def _session(session: PastSession) -> dict[str, Any]:
    return dict(zip(SESSIONS.told, map(plain, _told_of(session)), strict=True))


def session_json(session: PastSession) -> dict[str, Any]:
    """One session with its sets."""
    sets = [{name: plain(getattr(one, name)) for name in SETS.told} for one in session.sets]
    return {**_session(session), "sets": sets}


_PLAIN = frozenset((str, int, bool, type(None)))


def plain(value: Any) -> Any:
    """A value as JSON and CSV have it."""
    if type(value) in _PLAIN:  # most are, of thousands of sessions
        return value
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value
