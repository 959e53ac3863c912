"""What an export says: the tables and their fields, described once for writing, reading and merging.

A field's value in the file is the value in the database, except that yes and no are numbers there, and that
lists of facts are kept there as text. What is added later says since which version of the format it is there
and what it is in older files, which are taken in for ever.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from backtimer.core.plan.plan import MAX_STEPS
from backtimer.core.plan.routine import Side
from backtimer.core.progress.calendar import WhyOff
from backtimer.core.progress.decisions import Answer, Move
from backtimer.storage.history import transfer_values as values
from backtimer.storage.history.transfer_values import Read, Row, canonical
from backtimer.storage.text import shorten

VERSION = 1
"""Of the format. It becomes another one when a field or a table is added."""

MAX_COUNT = 1_000_000


@dataclass(frozen=True, slots=True)
class Field:
    """A column."""

    name: str
    read: Read
    as_json: bool = False
    """Kept as text in the database."""
    flag: bool = False
    """Kept as 0 or 1 there."""
    since: int = 1
    """The version of the format that it came with."""
    before: Any = None
    """Its value in the files of older versions."""

    def out(self, value: Any) -> Any:
        """The value of a row as the file has it."""
        if self.as_json:
            return json.loads(value)
        return bool(value) if self.flag else value

    def into(self, value: Any) -> Any:
        """The reverse of `out`."""
        return canonical(value) if self.as_json else value


@dataclass(frozen=True, eq=False)
class Table:
    """A table of the database, and what one row of it is called."""

    name: str
    noun: str
    fields: tuple[Field, ...]
    since: int = 1
    """The version of the format that it came with; in the files of older ones it has no rows."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(field.name for field in self.fields)

    def _names_of(self, version: int) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.since <= version)

    @cached_property
    def columns(self) -> str:
        """The same for SQL."""
        return ", ".join(self.names)

    @cached_property
    def _special(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.as_json or field.flag)

    def out(self, row: tuple[Any, ...]) -> Row:
        """A row of the columns as the file has it."""
        found = dict(zip(self.names, row, strict=True))
        for field in self._special:
            found[field.name] = field.out(found[field.name])
        return found

    def into(self, row: Row) -> tuple[Any, ...]:
        """The reverse of `out`; the row may hold more."""
        if self._special:
            row = {**row, **{field.name: field.into(row[field.name]) for field in self._special}}
        return tuple([row[name] for name in self.names])

    def read(self, found: Any, more: tuple[str, ...] = (), version: int = VERSION) -> Row:
        """A row of a file, looked through.

        Args:
            found: What stands in the file.
            more: Names that it has beside those of the fields; they are for others to read.
            version: Of the format of the file.

        Raises:
            ValueError: What is wrong with it.
        """
        if not isinstance(found, dict):
            raise ValueError("must be an object")
        expected = self.names if version == VERSION else self._names_of(version)
        for names in (expected, more):
            for name in names:
                if name not in found:
                    raise ValueError(f"lacks '{name}'")
        if len(found) > len(expected) + len(more):
            unknown = min(found.keys() - {*expected, *more})
            raise ValueError(f"has an unknown '{shorten(unknown)}'")
        row = {}
        for field in self.fields:
            if field.since > version:
                row[field.name] = field.before
                continue
            try:
                row[field.name] = field.read(found[field.name])
            except ValueError as error:
                raise ValueError(f"'{field.name}' must be {error}") from None
        return row


SCHEDULES = Table(
    "schedules",
    "schedule",
    (Field("from_date", values.day), Field("routine", values.text()), Field("due", values.due, as_json=True)),
)

OFF_DAYS = Table(
    "off_days",
    "days off",
    (
        Field("id", values.ident),
        Field("from_date", values.day),
        Field("to_date", values.day),
        Field("why", values.choice(*WhyOff)),
        Field("declared", values.moment),
        Field("withdrawn", values.optional(values.moment)),
    ),
)

PAINS = Table(
    "pains",
    "pain",
    (
        Field("id", values.ident),
        Field("local_date", values.day),
        Field("at", values.moment),
        Field("offset_min", values.offset),
        Field("pain", values.whole(0, 10)),
        Field("note", values.note),
        Field("withdrawn", values.optional(values.moment)),
    ),
)

DECISIONS = Table(
    "decisions",
    "decision",
    (
        Field("id", values.ident),
        Field("at", values.moment),
        Field("routine", values.text()),
        Field("day", values.text()),
        Field("exercise", values.text()),
        Field("kind", values.choice(*Move)),
        Field("from_level", values.level, as_json=True),
        Field("to_level", values.level, as_json=True),
        Field("reason", values.text()),
        Field("answer", values.choice(*Answer)),
    ),
)

SESSIONS = Table(
    "sessions",
    "session",
    (
        Field("id", values.ident),
        Field("routine", values.text()),
        Field("day", values.text()),
        Field("title", values.text()),
        Field("local_date", values.day),
        Field("started", values.moment),
        Field("offset_min", values.offset),
        Field("ended", values.optional(values.moment)),
        Field("ended_offset_min", values.optional(values.offset)),
        Field("state", values.state),
        Field("planned_sets", values.whole(0, MAX_STEPS)),
        Field("done_sets", values.whole(0, MAX_STEPS)),
        Field("seconds", values.seconds),
        Field("effort", values.effort),
        Field("pain_before", values.pain),
        Field("pain", values.pain),
        Field("pain_next", values.pain),
        Field("asked_next", values.flag, flag=True),
        Field("source", values.choice("timer", "log", "import")),
        Field("note", values.note),
        Field("deleted", values.flag, flag=True),
        Field("plan", values.digest),
    ),
)

SETS = Table(
    "sets",
    "set",
    (
        Field("idx", values.whole(0, MAX_STEPS)),
        Field("exercise", values.optional(values.text())),
        Field("side", values.optional(values.choice(*Side))),
        Field("set_no", values.whole(1, MAX_COUNT)),
        Field("reps", values.reps),
        Field("hold_s", values.optional(values.seconds)),
        Field("alternate", values.flag, flag=True),
        Field("seconds", values.seconds),
        Field("outcome", values.outcome),
        Field("at", values.moment),
    ),
)

CORRECTIONS = Table(
    "corrections",
    "correction",
    (
        Field("id", values.ident),
        Field("at", values.moment),
        Field("kind", values.choice("delete", "edit")),
        Field("before", values.facts, as_json=True),
        Field("after", values.facts, as_json=True),
        Field("undone", values.optional(values.moment)),
    ),
)
