"""Mappings read by a table of their fields.

A `Table` describes one kind of mapping, once: its keys, their types, which of them must be there, and what
each is for. Reading goes by the table; so can anything else that has to know what a file may say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from backtimer.language import _
from backtimer.storage.files.field_types import (
    FORMAT_NUMBER,
    FieldType,
    is_newer_format,
    one_of,
    parse_id,
    read_pairs,
)
from backtimer.storage.files.source import ProblemsError
from backtimer.storage.files.yaml_nodes import Document, Mapping, Node, Report, Scalar, is_nothing
from backtimer.storage.text import shorten
from backtimer.values import NamedTuple

_MAX_WORDS = 10_000
"""Words longer than this are not put together any further: putting together takes time."""


class Field(NamedTuple):
    """One key of a kind of mapping."""

    key: str
    type: FieldType[Any]
    about: str
    """One line that says what it is for."""
    required: bool = False


class Table(NamedTuple):
    """All that one kind of mapping may say."""

    name: str
    """As it is called in a sentence: `a prescription`; marked."""
    fields: tuple[Field, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys, in order."""
        return tuple(field.key for field in self.fields)


class Record:
    """A mapping as read by its table."""

    __slots__ = ("flawed", "guessed", "keys", "node", "nodes", "table", "values")

    def __init__(self, table: Table, node: Node, values: dict[str, Any] | None = None) -> None:
        self.table = table
        self.node = node
        self.values = {} if values is None else values
        """What could be read, by key."""
        self.keys: dict[str, Node] = {}
        """Where the keys stand, those of unreadable values too."""
        self.nodes: dict[str, Node] = {}
        """Where the values stand."""
        self.flawed = False
        """Something in it, or in what it holds, could not be read."""
        self.guessed: set[str] = set()
        """The keys that unknown ones were taken to mean."""

    def says(self, key: str) -> bool:
        """Whether the key is there, readable or not."""
        return key in self.keys


class RecordType:
    """A mapping of the kind that a table describes."""

    __slots__ = ("_fields", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self._fields = {field.key: field for field in table.fields}

    def read(self, node: Node, name: str, report: Report) -> Record | None:
        """The record; flawed where something in it could not be read."""
        told = report.told
        pairs = read_pairs(node, name, report)
        if pairs is None:
            return None
        record = Record(self.table, node)
        for key, value in self._with_commas(pairs, report):
            known = self._fields.get(key.text)
            if known is None:
                self._unknown(key, record, report)
                continue
            record.keys[key.text] = key
            record.nodes[key.text] = value
            found = known.type.read(value, f"'{key.text}'", report)
            if found is not None:
                record.values[key.text] = found
        for known in self.table.fields:
            if known.required and not record.says(known.key) and known.key not in record.guessed:
                must = _("{what} must say '{key}'")
                report.tell(node, must.format(what=_(self.table.name), key=known.key))
        record.flawed = report.told > told
        return record

    def _with_commas(self, pairs: Iterable[tuple[Scalar, Node]], report: Report) -> list[tuple[Scalar, Node]]:
        """Put words that a comma has torn apart together again.

        In `{rest: Rest, or a light walk}` YAML takes `or a light walk` for another key, one without a value.
        No key of ours is written without a colon, so it goes back to the words that it comes after.
        """
        whole: list[tuple[Scalar, Node]] = []
        for key, value in pairs:
            if whole and is_nothing(value) and self._continues(whole[-1], key, report):
                before = whole[-1][1]
                assert isinstance(before, Scalar)
                text = f"{before.text}, {key.text}"
                joined = Scalar(text, before.plain, before.line, before.column, key.end_line, key.end_column)
                whole[-1] = (whole[-1][0], joined)
            else:
                whole.append((key, value))
        return whole

    def _continues(self, before: tuple[Scalar, Node], key: Scalar, report: Report) -> bool:
        last = self._fields.get(before[0].text)
        return (
            last is not None
            and getattr(last.type, "is_words", False)
            and isinstance(before[1], Scalar)
            and before[1].plain
            and 0 < len(before[1].text) <= _MAX_WORDS
            and key.plain
            and key.text not in self._fields
            and not report.has_colon(key)
        )

    def _unknown(self, key: Scalar, record: Record, report: Report) -> None:
        free = [known for known in self.table.keys if known not in record.keys]
        if meant := report.did_you_mean(key.text, free):
            record.guessed.add(meant)
            told = _("unknown key '{key}' in {what}; did you mean '{meant}'?")
        else:
            told = _("unknown key '{key}' in {what}; it may say {keys}")
        what, keys = _(self.table.name), ", ".join(self.table.keys)
        report.tell(key, told.format(key=shorten(key.text), what=what, meant=meant, keys=keys))


def read_top(document: Document, table: Table, report: Report) -> Record | None:
    """Read the mapping that a whole file is.

    Raises:
        ProblemsError: The file is of a later format; then nothing else can be said of it.
    """
    root = document.root
    if isinstance(root, Mapping):
        for key, value in root.pairs:
            if key.text == "format" and is_newer_format(value):
                FORMAT_NUMBER.read(value, "'format'", report)
                raise ProblemsError(report.problems())
    return RecordType(table).read(root, _("the file"), report)


class EntryType:
    """One of a list of exercises: a bare name, a prescription or, where there may be one, a circuit."""

    __slots__ = ("circuit", "prescription")

    def __init__(self, prescription: Table, circuit: Table | None = None) -> None:
        self.prescription = RecordType(prescription)
        self.circuit = None if circuit is None else RecordType(circuit)

    def read(self, node: Node, name: str, report: Report) -> Record | None:
        """The record of a prescription or a circuit; a bare name is a prescription that says nothing else."""
        if not isinstance(node, Mapping):
            table = self.prescription.table
            exercise = table.fields[0]
            found = exercise.type.read(node, name, report)
            return None if found is None else Record(table, node, {exercise.key: found})
        if any(key.text in ("exercises", "rounds") for key, _ in node.pairs):
            if self.circuit is not None:
                return self.circuit.read(node, name, report)
            report.tell(node, _("a circuit cannot stand inside a circuit"))
            return None
        return self.prescription.read(node, name, report)


class Named(NamedTuple):
    """One key of a mapping whose keys are names, and its value."""

    name: str
    key: Node
    value: Record


class NamesType:
    """A mapping from names to records."""

    __slots__ = ("known", "most", "record")

    def __init__(self, table: Table, known: tuple[str, ...] = (), most: int = 200) -> None:
        self.record = RecordType(table)
        self.known = known
        """The days that there are; empty: any id is a name."""
        self.most = most

    def read(self, node: Node, name: str, report: Report) -> list[Named] | None:
        """The entries that could be read, in the order of the file."""
        pairs = read_pairs(node, name, report)
        if pairs is None:
            return None
        pairs = list(pairs)
        if not pairs:
            report.tell(node, _("{name} is empty").format(name=name))
        if len(pairs) > self.most:
            too_many = _("{name} has more than {most} entries")
            report.tell(node, too_many.format(name=name, most=f"{self.most:,}"))
            return None
        entries = []
        for key, value in pairs:
            if self._is_name(key, report):
                record = self.record.read(value, f"'{key.text}'", report)
                if record is not None:
                    entries.append(Named(key.text, key, record))
        return entries

    def _is_name(self, key: Scalar, report: Report) -> bool:
        if not self.known:
            try:
                return parse_id(key.text) != ""
            except ValueError as error:
                report.tell(key, str(error))
                return False
        if key.text in self.known:
            return True
        meant = report.did_you_mean(key.text, self.known)
        told = (
            _("'{name}' is no day; did you mean '{meant}'?")
            if meant
            else _("'{name}' is no day; the days are {days}")
        )
        report.tell(key, told.format(name=shorten(key.text), meant=meant, days=", ".join(self.known)))
        return False


class WordOrRecordType:
    """A mapping, or one word for what its main key would say.

    Args:
        table: Of the mapping.
        key: The main key.
        words: What may be written alone.
        synonyms: Other words, and what they stand for.
    """

    __slots__ = ("_key", "_record", "_synonyms", "_words")

    def __init__(self, table: Table, key: str, words: tuple[str, ...], synonyms: dict[str, str]) -> None:
        self._record = RecordType(table)
        self._key = key
        self._words = one_of(words)
        self._synonyms = synonyms

    def read(self, node: Node, name: str, report: Report) -> Record | None:
        """The record; of one word, with nothing but that."""
        if not isinstance(node, Scalar) or is_nothing(node):
            return self._record.read(node, name, report)
        word = self._synonyms.get(node.text) or self._words.read(node, name, report)
        return None if word is None else Record(self._record.table, node, {self._key: word})
