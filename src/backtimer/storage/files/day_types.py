"""The types of what comes when: days, their names in a cycle, and stages, which have days of their own."""

from __future__ import annotations

import re

from backtimer.core.plan.routine import WEEKDAYS
from backtimer.language import _, marked
from backtimer.storage.files.field_types import Value, parse_name
from backtimer.storage.files.shapes import NAME_PATTERN, Book, Shape, plain_shape
from backtimer.storage.files.source import is_name
from backtimer.storage.files.tables import Record, RecordType, Table
from backtimer.storage.files.yaml_nodes import Mapping as Branch
from backtimer.storage.files.yaml_nodes import Node, Report, Sequence, kind_of
from backtimer.storage.text import shorten

NOT_IN_A_CYCLE = (*WEEKDAYS, "daily", "today", "yesterday", "tomorrow")
"""What commands, and other routines, mean something else by."""


def _day_name_shape(_book: Book) -> Shape:
    return {**plain_shape(NAME_PATTERN), "not": {"enum": list(NOT_IN_A_CYCLE)}}


def parse_day_name(text: str) -> str:
    """The name of a day of a cycle.

    Raises:
        ValueError: It does not look like one, or is that of a weekday.
    """
    if text.lower() in NOT_IN_A_CYCLE:
        told = _("'{text}' cannot be the name of a day in a cycle: give it one of its own, as in day-a")
        raise ValueError(told.format(text=shorten(text)))
    told = _(
        "'{text}' cannot be the name of a day: use small letters, digits and single hyphens, as in day-a"
    )
    return parse_name(text, told)


DAY_NAME = Value(marked("the name of a day"), lambda text, _: parse_day_name(text), _day_name_shape)


class DayType(RecordType):
    """A day: its mapping; a list or a text in its place is told, with how the day is written."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> Record | None:
        """The record; of a list, with the exercises in it."""
        if isinstance(node, Branch):
            return super().read(node, name, report)
        told = _("{name} must be a mapping (key: value), not {found}").format(name=name, found=kind_of(node))
        record = Record(self.table, node)
        record.flawed = True
        if isinstance(node, Sequence):
            report.tell(node, told + _("; put the list under 'exercises:'"))
            record.guessed.add("exercises")
            self._read_value(self._fields["exercises"], node, record, report)
            return record
        text = shorten(node.text.strip())
        if re.fullmatch(_NO_TRAINING, text.lower()):
            told += _("; for a day of rest write {rest}").format(rest=f"{{rest: {_('Rest')}}}")
        elif again := re.fullmatch(_SAME, text.lower()):
            told += _("; write {day}").format(day=f"{{same_as: {again[1]}}}")
        elif away := re.fullmatch(_TIMED, text):
            told += _("; write {activity}").format(
                activity=f"{{activity: {away[1].strip()}, duration: {away[2]}}}"
            )
        elif re.search("[0-9] ?[x\u00d7] ?[0-9]", text):
            told += _("; put exercises into a list: {exercises}").format(
                exercises="{exercises: [{exercise: bridge, sets: 2, reps: 8}]}"
            )
        elif is_name(text):
            told += _("; write {exercises} or {activity}").format(
                exercises=f"{{exercises: [{text}]}}", activity=f"{{activity: {text.capitalize()}}}"
            )
        else:
            told += _("; for something away from the mat write {activity}").format(
                activity=f"{{activity: {text}}}"
            )
        report.tell(node, told)
        return None


_TIMED = r"([^0-9:,]+?)[ ,]+([0-9][0-9 .:-]*(?:min|minutes?|m|h|hours?|s|sec|seconds?)\.?)"
_SAME = r"(?:(?:the )?same(?: as)?|as|like|see|ditto|repeat) (?:on )?([a-z][a-z0-9-]*)"
_NO_TRAINING = r"|~|null|none|no|off|free|rest(?:[ -]?day)?|day off|nothing|recovery|-"


class StageType(RecordType):
    """A mapping that goes by another table where it says a certain key.

    Args:
        table: Of one that does not say it.
        key: The key.
        other: Of one that does.
    """

    __slots__ = ("_key", "_other")

    def __init__(self, table: Table, key: str, other: Table) -> None:
        super().__init__(table)
        self._key = key
        self._other = RecordType(other)

    def read(self, node: Node, name: str, report: Report) -> Record | None:
        """The record, by the one table or the other."""
        if isinstance(node, Branch) and any(key.text == self._key for key, _value in node.pairs):
            return self._other.read(node, name, report)
        return super().read(node, name, report)

    def shape(self, book: Book) -> Shape:
        """A mapping of the one table or the other, told apart as above."""
        has_key = {"type": "object", "required": [self._key]}
        return {"if": has_key, "then": self._other.shape(book), "else": super().shape(book)}
