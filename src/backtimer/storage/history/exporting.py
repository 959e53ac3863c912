"""Everything that the history holds, as one file of JSON.

The file is `{"format": "backtimer-history", "version": 1, …}`: a list for each of `schedules`, `off_days`,
`pains` and `decisions`, the frozen `plans` by their digests, and the `sessions`, each with its `sets` and its
`corrections`; deleted sessions, too. Rows stand one on a line and in a fixed order, so that equal histories
are equal files. The fields are described in `transfer_fields`.
"""

from __future__ import annotations

import codecs
import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from backtimer.storage.history.history_file import HistoryFile
from backtimer.storage.history.transfer_fields import (
    CORRECTIONS,
    DECISIONS,
    OFF_DAYS,
    PAINS,
    SCHEDULES,
    SESSIONS,
    SETS,
    VERSION,
    Table,
)
from backtimer.storage.history.transfer_values import Row, canonical
from backtimer.storage.private import replacing
from backtimer.storage.text import json_escaped

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
    target = Path(os.path.realpath(path))
    if target.exists() and not (target.is_file() or target.is_dir()):
        with target.open("w", encoding="utf-8", newline="") as out:
            out.writelines(lines)
        return
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
