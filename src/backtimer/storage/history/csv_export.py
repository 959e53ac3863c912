"""The sets of the history as a table for spreadsheets: one line a set, with what its session says."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date

from backtimer.storage.history.sessions import History
from backtimer.storage.history.stored import StoredSession
from backtimer.storage.text import clean

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
