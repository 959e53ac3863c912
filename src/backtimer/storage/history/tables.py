"""The tables of the history and their fields, described once: for SQL, exports, imports, JSON and CSV.

A field's value in an export is the value in the database, except that yes and no are numbers there, and that
lists of facts are kept there as text. What is added later says since which version of the format it is there
and what it is in older files, which are taken in for ever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from typing import Any

from backtimer.core.plan.plan import MAX_STEPS
from backtimer.core.plan.prescription import level_from_dict, level_to_dict
from backtimer.core.plan.routine import MAX_CYCLE, MAX_STAGES, Side
from backtimer.core.plan.units import MAX_REPS
from backtimer.core.progress.calendar import WhyOff
from backtimer.core.progress.decisions import Answer, Move
from backtimer.core.progress.history import SessionState
from backtimer.core.progress.scales import RATINGS
from backtimer.core.session.events import Outcome
from backtimer.language import _, marked
from backtimer.storage.history.corrections import STATE, TIME
from backtimer.storage.history.schema import TOLD_BY_PLANS
from backtimer.storage.history.values import MAX_NOTE, YEARS
from backtimer.storage.text import shorten
from backtimer.values import NamedTuple

MAX_TEXT = 4096
"""Characters of a name or a title; one that came from a file's path can be long."""

MAX_SECONDS = 1e7

Row = dict[str, Any]
"""A row as the file has it."""

Read = Callable[[Any], Any]
"""Looks a value of a file through and gives it back; raises ValueError with what it must be."""


def canonical(value: Any) -> str:
    """A value as JSON, always in the same words; also what rows are compared by."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


_SURROGATE = re.compile("[\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_ID = re.compile(r"[0-9a-f]{1,64}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SET_FACT = re.compile(r"set\.(0|[1-9]\d{0,4})\.(outcome|reps|seconds)", re.ASCII)


def text(most: int = MAX_TEXT) -> Read:
    """Text that a database takes."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or len(value) > most or _SURROGATE.search(value):
            raise ValueError(_("text of at most {most} characters").format(most=most))
        return value

    return read


def matching(pattern: re.Pattern[str], what: str) -> Read:
    """Text of a form; `what` it must be is marked."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError(_(what))
        return value

    return read


def whole(low: int, high: int) -> Read:

    def read(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise ValueError(_("a whole number from {low} to {high}").format(low=low, high=high))
        return value

    return read


def seconds_value(value: Any) -> float:
    """A length of time."""
    if type(value) not in (int, float) or not 0 <= value <= MAX_SECONDS:
        raise ValueError(_("a number of seconds"))
    return float(value)


def flag(value: Any) -> bool:
    """Yes or no."""
    if type(value) is not bool:
        raise ValueError(_("true or false"))
    return value


def day(value: Any) -> str:
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
        if found is not None and _near(found) and found.isoformat() == value:
            return found.isoformat()
    except ValueError:
        pass
    wanted = _("a date like 2026-11-05, in a year from {first} to {last}")
    raise ValueError(wanted.format(first=YEARS[0], last=YEARS[-1]))


def _near(when: date) -> bool:
    """Whether it lies where calendars can be drawn around it, which no clock leaves."""
    return when.year in YEARS


def moment(value: Any) -> str:
    """A moment, UTC."""
    try:
        if isinstance(value, str) and _MOMENT.fullmatch(value) and _near(datetime.fromisoformat(value)):
            return value
    except ValueError:
        pass
    wanted = _("a moment like 2026-11-05T18:30:00.000Z, in a year from {first} to {last}")
    raise ValueError(wanted.format(first=YEARS[0], last=YEARS[-1]))


def choice(*values: str) -> Read:
    """One of several words."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in values:
            raise ValueError(_("one of {words}").format(words=", ".join(values)))
        return value

    return read


def optional(inner: Read) -> Read:
    """Null, too."""

    def read(value: Any) -> Any:
        return None if value is None else inner(value)

    return read


def due(value: Any) -> Row:
    """What days ask for: `{"0": {"times": 1, "optional": false}}`, Monday being 0 in a week."""
    if not isinstance(value, dict) or not value.keys() <= _DAYS:
        told = _("what the days ask for, by their numbers from 0 to {last}")
        raise ValueError(told.format(last=MAX_CYCLE - 1))
    return {weekday: _due_on(weekday, asked) for weekday, asked in value.items()}


def ahead(value: Any) -> list[Row]:
    """What comes after a schedule by itself, each with its `from_date`, `due`, `period` and `stage`."""
    reads: Mapping[str, Read] = {"from_date": day, "due": due, "period": _period, "stage": _stage}
    if not isinstance(value, list) or len(value) > MAX_STAGES:
        raise ValueError(_("a list of at most {most} schedules").format(most=MAX_STAGES))
    if not all(isinstance(each, dict) and each.keys() == reads.keys() for each in value):
        raise ValueError(_("schedules that have 'from_date', 'due', 'period' and 'stage'"))
    if any(day(one["from_date"]) >= day(other["from_date"]) for one, other in pairwise(value)):
        raise ValueError(_("schedules in the order of their dates"))
    return [{name: read(each[name]) for name, read in reads.items()} for each in value]


def _due_on(weekday: str, asked: Any) -> Row:
    if not isinstance(asked, dict) or asked.keys() != {"times", "optional"}:
        lacking = _("what the days ask for; {weekday} must have 'times' and 'optional'")
        raise ValueError(lacking.format(weekday=weekday))
    for name, read in (("times", _times), ("optional", flag)):
        try:
            read(asked[name])
        except ValueError as error:
            wrong = _("what the days ask for; '{name}' of {weekday} must be {wanted}")
            raise ValueError(wrong.format(name=name, weekday=weekday, wanted=error)) from None
    return {"times": asked["times"], "optional": asked["optional"]}


def level(value: Any) -> Row:
    try:
        found = level_from_dict(value)
        amounts = (found.reps or 0) <= MAX_REPS and (found.sets or 0) <= MAX_STEPS
        if amounts and (found.rounds or 0) <= MAX_STEPS and (found.hold or 0) <= MAX_SECONDS:
            return level_to_dict(found)
    except (ValueError, TypeError, OverflowError):
        pass
    raise ValueError(_("a level of an exercise"))


def facts(value: Any) -> Mapping[str, Any]:
    """What a correction changes, or what stood there before."""
    if not isinstance(value, dict) or len(value) > 2 * MAX_STEPS:
        raise ValueError(_("an object"))
    return {str(name): _fact(str(name), found) for name, found in value.items()}


def _fact(name: str, value: Any) -> Any:
    if match := _SET_FACT.fullmatch(name):
        return _SET_FACTS[match[2]](value)
    if name not in _SESSION_FACTS:
        wrong = _("of what can be corrected; '{name}' cannot")
        raise ValueError(wrong.format(name=shorten(name)))
    return _SESSION_FACTS[name](value)


_DAYS, _times = frozenset(map(str, range(MAX_CYCLE))), whole(1, 24)
_period, _stage = whole(1, MAX_CYCLE), whole(0, MAX_STAGES)

ident = matching(_ID, marked("an id of up to 64 of 0-9 and a-f"))
digest = matching(_DIGEST, marked("a SHA-256 digest"))
offset = whole(1 - 24 * 60, 24 * 60 - 1)
ratings = {
    name: optional(whole(rating.scale.lowest, rating.scale.highest)) for name, rating in RATINGS.items()
}
reps = optional(whole(0, MAX_REPS))
outcome = choice(*Outcome)
state = choice(*SessionState)
note = text(MAX_NOTE)

_SET_FACTS: Mapping[str, Read] = {"outcome": outcome, "reps": reps, "seconds": seconds_value}
_SESSION_FACTS: Mapping[str, Read] = {
    **ratings,
    "note": note,
    "deleted": whole(0, 1),
    STATE: state,
    TIME: seconds_value,
}


VERSION = 4
"""Of the format. It becomes another one when a field or a table is added."""

MAX_COUNT = 1_000_000

RATINGS_SINCE: Mapping[str, int] = {}
"""The version of the format that a rating came with, unless it was the first one."""


class Column(NamedTuple):
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
    told: bool = True
    """Whether who looks back is told of it, in JSON and in a table of CSV."""
    attribute: str = ""
    """What it is called there; empty: as here."""

    def out(self, value: Any) -> Any:
        """The value of a row as the file has it."""
        if self.as_json:
            return json.loads(value)
        return bool(value) if self.flag else value

    def into(self, value: Any) -> Any:
        """The reverse of `out`."""
        return canonical(value) if self.as_json else value


class RowError(ValueError):
    """A row that cannot be taken in.

    Args:
        told: What is wrong with it, as one sentence with a slot for the row's `{place}`.
        slots: What the other slots are filled with.
    """

    def __init__(self, told: str, **slots: object) -> None:
        super().__init__(told)
        self._told = told
        self._slots = slots

    def at(self, place: str) -> str:
        """The sentence, of a row that is in this place."""
        return self._told.format(place=place, **self._slots)


@dataclass(frozen=True, eq=False)
class ColumnTable:
    """A table of the database, and how the place of a row is told."""

    name: str
    place: str
    """`Schedule {number}`, or `Session {session}, set {number}`; marked."""
    fields: tuple[Column, ...]
    since: int = 1
    """The version of the format that it came with; in the files of older ones it has no rows."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @cached_property
    def told(self) -> Mapping[str, str]:
        """The columns of which is told, by what they are called there."""
        return {field.attribute or field.name: field.name for field in self.fields if field.told}

    def _names_of(self, version: int) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.since <= version)

    @cached_property
    def columns(self) -> str:
        """The same for SQL."""
        return ", ".join(self.names)

    @cached_property
    def _special(self) -> tuple[Column, ...]:
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
            RowError: What is wrong with it.
        """
        if not isinstance(found, dict):
            raise RowError(_("{place} must be an object."))
        expected = self.names if version == VERSION else self._names_of(version)
        for names in (expected, more):
            for name in names:
                if name not in found:
                    raise RowError(_("{place} lacks '{name}'."), name=name)
        if len(found) > len(expected) + len(more):
            unknown = min(found.keys() - {*expected, *more})
            raise RowError(_("{place} has an unknown '{name}'."), name=shorten(unknown))
        row = {}
        for field in self.fields:
            if field.since > version:
                row[field.name] = field.before
                continue
            try:
                row[field.name] = field.read(found[field.name])
            except ValueError as error:
                wrong = _("{place}: '{name}' must be {wanted}.")
                raise RowError(wrong, name=field.name, wanted=error) from None
        return row


SCHEDULES = ColumnTable(
    "schedules",
    marked("Schedule {number}"),
    (
        Column("from_date", day),
        Column("routine", text()),
        Column("due", due, as_json=True),
        Column("period", _period, since=2, before=7),
        Column("stage", _stage, since=3, before=0),
        Column("ahead", ahead, as_json=True, since=3, before=[]),
    ),
)

OFF_DAYS = ColumnTable(
    "off_days",
    marked("Days off {number}"),
    (
        Column("id", ident),
        Column("from_date", day),
        Column("to_date", day),
        Column("why", choice(*WhyOff)),
        Column("declared", moment),
        Column("withdrawn", optional(moment)),
    ),
)

PAINS = ColumnTable(
    "pains",
    marked("Pain {number}"),
    (
        Column("id", ident),
        Column("local_date", day),
        Column("at", moment),
        Column("offset_min", offset),
        Column("pain", whole(0, 10)),
        Column("note", note),
        Column("withdrawn", optional(moment)),
    ),
)

DECISIONS = ColumnTable(
    "decisions",
    marked("Decision {number}"),
    (
        Column("id", ident),
        Column("at", moment),
        Column("routine", text()),
        Column("day", text()),
        Column("exercise", text()),
        Column("kind", choice(*Move)),
        Column("from_level", level, as_json=True),
        Column("to_level", level, as_json=True),
        Column("reason", text()),
        Column("answer", choice(*Answer)),
    ),
)

STAGE_CHANGES = ColumnTable(
    "stage_changes",
    marked("Change of stage {number}"),
    (
        Column("id", ident),
        Column("at", moment),
        Column("local_date", day),
        Column("routine", text()),
        *(Column(name, whole(1, MAX_STAGES)) for name in ("from_stage", "to_stage")),
        Column("reason", text()),
        Column("answer", choice(*Answer)),
    ),
    since=3,
)

SESSIONS = ColumnTable(
    "sessions",
    marked("Session {number}"),
    (
        Column("id", ident),
        Column("routine", text()),
        Column("day", text()),
        Column("title", text()),
        Column("local_date", day),
        Column("started", moment),
        Column("offset_min", offset, told=False),
        Column("ended", optional(moment)),
        Column("ended_offset_min", optional(offset), told=False),
        Column("state", state),
        Column("source", choice("timer", "log", "import")),
        Column("planned_sets", whole(0, MAX_STEPS)),
        Column("done_sets", whole(0, MAX_STEPS)),
        Column("seconds", seconds_value),
        *(Column(name, read, since=RATINGS_SINCE.get(name, 1)) for name, read in ratings.items()),
        Column("asked_next", flag, flag=True, told=False),
        Column("note", note),
        Column("deleted", flag, flag=True, told=False),
        Column("plan", digest, told=False),
    ),
)

SETS = ColumnTable(
    "sets",
    marked("Session {session}, set {number}"),
    (
        Column("idx", whole(0, MAX_STEPS), told=False, attribute="set_index"),
        Column("exercise", optional(text())),
        Column("side", optional(choice(*Side))),
        Column("set_no", whole(1, MAX_COUNT), attribute="set"),
        Column("reps", reps),
        Column("hold_s", optional(seconds_value)),
        Column("alternate", flag, flag=True, told=False),
        Column("seconds", seconds_value),
        Column("outcome", outcome),
        Column("at", moment, told=False),
        *(Column(name, optional(text()), since=4) for name in TOLD_BY_PLANS),
    ),
)

CORRECTIONS = ColumnTable(
    "corrections",
    marked("Session {session}, correction {number}"),
    (
        Column("id", ident),
        Column("at", moment),
        Column("kind", choice("delete", "edit")),
        Column("before", facts, as_json=True),
        Column("after", facts, as_json=True),
        Column("undone", optional(moment)),
    ),
)
