"""Mappings read by a table of their fields.

A `Table` describes one kind of mapping, once: its keys, their types, which of them must be there, and what
each is for. Reading goes by the table; so can anything else that has to know what a file may say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
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
from backtimer.storage.files.shapes import NAME_PATTERN, Book, Shape, names_shape
from backtimer.storage.files.source import ProblemsError, as_name
from backtimer.storage.files.yaml_nodes import Document, Node, Report, Scalar, is_nothing
from backtimer.storage.files.yaml_nodes import Mapping as Branch
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
    kinds: tuple[str, ...] = ()
    """Keys of which there must be just one: each makes it another kind of thing."""

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

    __slots__ = ("_fields", "_required", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self._fields = {field.key: field for field in table.fields}
        self._required = tuple(field for field in table.fields if field.required)

    def read(self, node: Node, name: str, report: Report) -> Record | None:
        """The record; flawed where something in it could not be read."""
        told = report.told
        pairs = read_pairs(node, name, report)
        if pairs is None:
            return None
        record = Record(self.table, node)
        unknown = []
        fields, keys, nodes, values = self._fields, record.keys, record.nodes, record.values
        for key, value in self._with_commas(pairs, report):
            text = key.text
            known = fields.get(text)
            if known is None:
                unknown.append((key, value))
                continue
            keys[text], nodes[text] = key, value
            found = known.type.read(value, f"'{text}'", report)
            if found is not None:
                values[text] = found
        for key, value in unknown:  # they may be meant for what is not said yet
            if meant := self._unknown(key, record, report):
                record.keys[meant], record.nodes[meant] = key, value
                self._read_value(self._fields[meant], value, record, report)
        for known in self._required:
            if not record.says(known.key) and known.key not in record.guessed:
                must = _("{what} must say '{key}'")
                report.tell(node, must.format(what=_(self.table.name), key=known.key))
        record.flawed = report.told > told
        return record

    def shape(self, book: Book) -> Shape:
        """A mapping of the table."""
        return book.record(self.table)

    def _read_value(self, field: Field, value: Node, record: Record, report: Report) -> None:
        found = field.type.read(value, f"'{field.key}'", report)
        if found is not None:
            record.values[field.key] = found

    def _with_commas(self, pairs: Iterable[tuple[Scalar, Node]], report: Report) -> list[tuple[Scalar, Node]]:
        """Put words that a comma has torn apart together again.

        In `{rest: Rest, or a light walk}` YAML takes `or a light walk` for another key, one without a value.
        No key of ours is written without a colon, so it goes back to the words that it comes after.
        """
        pairs = list(pairs)
        for _key, value in pairs:
            if type(value) is Scalar and not value.text:
                break
        else:  # nearly always
            return pairs
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

    def _unknown(self, key: Scalar, record: Record, report: Report) -> str:
        """Tell of a key that there is not; the key that it was most likely meant for, or empty text."""
        free = [
            known for known in self.table.keys if known not in record.keys and known not in record.guessed
        ]
        word, colon, _rest = key.text.partition(":")
        also = [known for known in _ALSO_CALLED.get(word.lower(), ()) if known in free]
        if _COMMA_IN_NUMBER.match(word) and not report.has_colon(key):
            comma = _("a comma ends a value here: write a number with a dot, as in 2.5s")
            report.tell(key, comma)
            return ""
        if meant := word if word in free else also[0] if also else report.did_you_mean(word, free):
            record.guessed.add(meant)
            told = _("unknown key '{key}' in {what}; did you mean '{meant}'?")
        elif key.text in _OF_EXERCISE and "exercise" in self.table.keys:
            told = _("unknown key '{key}' in {what}: its exercise says that, in its own entry or file")
        else:
            told = _("unknown key '{key}' in {what}; it may say {keys}")
        what, keys = _(self.table.name), ", ".join(self.table.keys)
        told = told.format(key=shorten(key.text), what=what, meant=meant, keys=keys)
        if report.tell(key, told) or colon:
            return ""  # what stands behind it is not its value
        return meant


_OF_EXERCISE = frozenset({"figure", "phases", "steps", "setup", "position", "breath", "equipment", "out"})
"""What an exercise says itself, wherever it is asked for."""

_COMMA_IN_NUMBER = re.compile(r"[0-9]+ ?(?:[a-z]+\.?)?\Z")

_ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("weight", "weights", "resistance", "kg", "band"), ("load",)),
    **dict.fromkeys(("time", "length", "seconds", "secs", "minutes"), ("duration", "for", "hold")),
    **dict.fromkeys(("repetitions", "repetition", "repeats", "times"), ("reps",)),
    **dict.fromkeys(("series",), ("sets",)),
    **dict.fromkeys(("laps", "circuits", "cycles"), ("rounds",)),
    **dict.fromkeys(("pause", "break", "recovery"), ("rest", "relax")),
    **dict.fromkeys(("comment", "comments", "cue", "cues", "tip", "tips"), ("note", "watch", "say")),
    **dict.fromkeys(("description", "instructions", "how"), ("note", "steps")),
    **dict.fromkeys(("side", "unilateral"), ("sides",)),
    **dict.fromkeys(("name", "label", "called"), ("title", "do")),
    **dict.fromkeys(("title", "label"), ("title", "name")),
    **dict.fromkeys(("muscle", "muscles", "target"), ("targets",)),
    **dict.fromkeys(("speed",), ("tempo",)),
    **dict.fromkeys(("isometric", "keep"), ("hold",)),
    **dict.fromkeys(("repeat", "repeats", "same", "copy", "like"), ("same_as",)),
    **dict.fromkeys(("workout", "exercise", "items", "list"), ("exercises",)),
    **dict.fromkeys(("progression", "regression"), ("harder", "easier")),
    **dict.fromkeys(("start", "start_position", "preparation"), ("setup", "position")),
    **dict.fromkeys(("movement", "execution"), ("steps",)),
    **dict.fromkeys(("week", "schedule", "weekdays", "program", "programme"), ("days",)),
    **dict.fromkeys(("blocks", "levels", "parts", "phases", "stage"), ("stages",)),
    **dict.fromkeys(("author", "url", "link", "credit"), ("source",)),
    **dict.fromkeys(("version",), ("format",)),
    **dict.fromkeys(("lang",), ("language",)),
    **dict.fromkeys(("breath", "breathing"), ("breathe", "breath", "breathing")),
    **dict.fromkeys(("phase",), ("do",)),
}
"""What others call our keys, and the keys that may be meant, the likeliest first."""


def read_top(document: Document, table: Table, report: Report) -> Record | None:
    """Read the mapping that a whole file is.

    Raises:
        ProblemsError: The file is of a later format; then nothing else can be said of it.
    """
    root = document.root
    if isinstance(root, Branch):
        for key, value in root.pairs:
            if key.text == "format" and is_newer_format(value):
                FORMAT_NUMBER.read(value, "'format'", report)
                raise ProblemsError(report.problems())
    return RecordType(table).read(root, _("the file"), report)


class EntryType:
    """One of a list of exercises: a bare name, a prescription or, where there may be one, a circuit.

    Args:
        prescription: Of an exercise.
        circuit: None: there may be none.
        others: What may stand between exercises; each is known by its first key.
    """

    __slots__ = ("circuit", "others", "prescription")

    def __init__(
        self, prescription: Table, circuit: Table | None = None, others: Iterable[Table] = ()
    ) -> None:
        self.prescription = RecordType(prescription)
        self.others = {table.keys[0]: RecordType(table) for table in others}
        self.circuit = None if circuit is None else RecordType(circuit)

    def read(self, node: Node, name: str, report: Report) -> Record | None:
        """The record of a prescription or a circuit; a bare name is a prescription that says nothing else."""
        if not isinstance(node, Branch):
            table = self.prescription.table
            exercise = table.fields[0]
            found = exercise.type.read(node, name, report)
            return None if found is None else Record(table, node, {exercise.key: found})
        if any(key.text in ("exercises", "rounds") for key, _ in node.pairs):
            if self.circuit is not None:
                return self.circuit.read(node, name, report)
            report.tell(node, _("a circuit cannot stand inside a circuit"))
            return None
        said = [key.text for key, _value in node.pairs]
        for key, other in self.others.items():
            if key in said and "exercise" not in said and set(said) <= set(other.table.keys):
                return other.read(node, name, report)
        return self.prescription.read(node, name, report)

    def shape(self, book: Book) -> Shape:
        """A name or a mapping; which one its keys tell, in the same order as above."""
        found = self.prescription.shape(book)
        for key, other in reversed(self.others.items()):
            keys = {"enum": [*other.table.keys]}
            found = {
                "if": {"required": [key], "propertyNames": keys},
                "then": other.shape(book),
                "else": found,
            }
        circuit: Shape = {"not": {}} if self.circuit is None else self.circuit.shape(book)
        found = {
            "if": {"anyOf": [{"required": [key]} for key in ("exercises", "rounds")]},
            "then": circuit,
            "else": found,
        }
        name = self.prescription.table.fields[0].type.shape(book)
        return {"if": {"type": "object"}, "then": found, "else": name}


class Named(NamedTuple):
    """One key of a mapping whose keys are names, and its value."""

    name: str
    key: Node
    value: Record


class NamesType:
    """A mapping from names to records.

    Args:
        record: The type of a record.
        known: The days that there are; empty: any name is one that can be parsed.
        most: So many entries there may be.
        parse: Tells by a `ValueError` what cannot be a name.
    """

    __slots__ = ("known", "most", "parse", "record")

    def __init__(
        self,
        record: RecordType,
        known: tuple[str, ...] = (),
        most: int = 200,
        parse: Callable[[str], str] = parse_id,
    ) -> None:
        self.record = record
        self.known = known
        self.most = most
        self.parse = parse

    def read(self, node: Node, name: str, report: Report) -> list[Named] | None:
        """The entries that could be read, in the order of the file; those with no name that will do, too."""
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
        said = {key.text for key, _value in pairs}
        entries = []
        for key, value in pairs:
            meant = self._meant(key, said, report)
            if not meant:
                continue
            record = self.record.read(value, f"'{shorten(key.text)}'", report)
            if record is not None:
                entries.append(Named(meant, key, record))
                said.add(meant)
        return entries

    def shape(self, book: Book) -> Shape:
        """A mapping of the days there are, or of any names."""
        record = self.record.shape(book)
        if not self.known:
            return names_shape(record, least=1, most=self.most, pattern=NAME_PATTERN)
        properties = dict.fromkeys(self.known, record)
        return {**names_shape(record, least=1), "properties": properties, "additionalProperties": False}

    def _meant(self, key: Scalar, said: Collection[str], report: Report) -> str:
        """The name of an entry; one that will not do is told, and taken for the one that is meant.

        Empty, where a slip of the hand has made a name of what is none.
        """
        name = key.text
        if name in self.known:
            return name
        if self.known:
            meant, told = self._of_no_day(name, report)
        else:
            try:
                return self.parse(name)
            except ValueError as error:
                meant, told = as_name(name), str(error)
        if report.tell(key, told):
            return ""
        return meant if meant and meant not in said else name

    def _of_no_day(self, name: str, report: Report) -> tuple[str, str]:
        """The day that may be meant by what is none, or empty text; and what is told."""
        word = name.strip().lower()
        if re.fullmatch(_SEVERAL_DAYS, word):
            told = _("'{name}' is no day: name one of them, and give each other one 'same_as' with its name")
            return "", told.format(name=shorten(name))
        meant = self.known[-1] if re.fullmatch(_EVERY_DAY, word) else report.did_you_mean(word, self.known)
        if word in self.known:
            meant = word
        told = (
            _("'{name}' is no day; did you mean '{meant}'?")
            if meant
            else _("'{name}' is no day; the days are {days}")
        )
        return meant, told.format(name=shorten(name), meant=meant, days=", ".join(self.known))


_EVERY_DAY = "every ?day|each day|all(?: days)?|always"
_SEVERAL_DAYS = (
    "week ?days?|working ?days?|work ?days?|week ?ends?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
    "(?: ?(?:[-,/&+\u2013\u2014]|to|and) ?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)+"
)


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

    def shape(self, book: Book) -> Shape:
        """A word, or the mapping."""
        words = self._words.shape(book)["enum"]
        synonyms = [*self._synonyms, *([False] if "false" in self._synonyms else [])]
        return {"anyOf": [{"enum": [*words, *synonyms]}, self._record.shape(book)]}
