"""Mappings read by a table of their fields.

A `Table` describes one kind of mapping, once: its keys, their types, which of them must be there, and what
each is for. Reading goes by the table; so can anything else that has to know what a file may say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

from backtimer.language import _, marked
from backtimer.storage.files.called import ALSO_CALLED, also_called, said_elsewhere
from backtimer.storage.files.field_types import (
    FORMAT_NUMBER,
    FieldType,
    is_newer_format,
    one_of,
    parse_id,
    read_pairs,
)
from backtimer.storage.files.shapes import NAME_PATTERN, Book, Shape, names_shape
from backtimer.storage.files.slips import NO_KEYS
from backtimer.storage.files.source import ProblemsError, as_name
from backtimer.storage.files.yaml_nodes import Document, Node, Report, Scalar, Sequence, is_nothing, kind_of
from backtimer.storage.files.yaml_nodes import Mapping as Branch
from backtimer.storage.text import shorten
from backtimer.values import NamedTuple

_MOST_KEYS = 9
"""So many keys are named where there is none."""
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


def keys_of_words(*tables: Table) -> tuple[str, ...]:
    """The keys of some kinds of mappings that say something in words, in order."""
    fields = (field for table in tables for field in table.fields)
    return tuple(sorted({field.key for field in fields if getattr(field.type, "is_words", False)}))


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
        if not isinstance(node, Branch):
            self._tell_no_mapping(node, name, report)
            return None
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
                must = (
                    _("{what} must say '{key}': begin it with 'format: 1'")
                    if known.key == "format"
                    else _("{what} must say '{key}'")
                )
                report.tell(node, must.format(what=_(self.table.name), key=known.key))
        record.flawed = report.told > told
        return record

    def shape(self, book: Book) -> Shape:
        """A mapping of the table."""
        return book.record(self.table)

    def _tell_no_mapping(self, node: Node, name: str, report: Report) -> None:
        """Tell of a text or a list in place of a mapping, with what to write or what there may be."""
        must = next((field.key for field in self.table.fields if field.required), "")
        told = _("{name} must be a mapping (key: value), not {found}; it may say {keys}")
        if isinstance(node, Scalar) and not is_nothing(node) and must and must != "format":
            told = _("{name} must be a mapping (key: value), not {found}; write {entry}")
        elif must == "format" and ":" not in report.text:
            told = _(NO_KEYS)
        entry = ""
        if isinstance(node, Scalar):
            timed = re.fullmatch(_TIMED_PHASE, node.text) if "for" in self.table.keys else None
            said = f"{timed[1]}, for: {timed[2]}" if timed else shorten(node.text)
            entry = f"{{{must}: {said}}}"
        keys = ", ".join(self.table.keys[:_MOST_KEYS])
        report.tell(node, told.format(name=name, found=kind_of(node), keys=keys, entry=entry))

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
        also = also_called(word, free)
        other = said_elsewhere(word, self.table.keys)
        if _COMMA_IN_NUMBER.match(word) and not report.has_colon(key):
            comma = _("a comma ends a value here: write a number with a dot, as in 2.5s")
            report.tell(key, comma)
            return ""
        written = _WITH_VALUE.match(key.text) if not report.has_colon(key) else None
        if written and written[1] in self._fields:
            told = _("a colon and a blank are missing: write '{key}: {value}'")
            record.guessed.add(written[1])
            report.tell(key, told.format(key=written[1], value=shorten(written[2])))
            return ""
        if meant := word if word in free else also or ("" if other else _meant(word, free, report)):
            record.guessed.add(meant)
            told = _("unknown key '{key}' in {what}; did you mean '{meant}'?")
        elif "do" in free and as_name(word):
            told = _("unknown key '{key}' in {what}; write {{do: {key}, for: 2s}}")
        elif other:
            told = _("unknown key '{key}' in {what}: {other}")
        elif "exercises" in self.table.keys and "format" not in self.table.keys and as_name(word):
            told = _(
                "unknown key '{key}' in {what}; it may say {keys}; an exercise is an entry of 'exercises'"
            )
        else:
            told = _("unknown key '{key}' in {what}; it may say {keys}")
        what, keys = _(self.table.name), ", ".join(self.table.keys)
        told = told.format(key=shorten(key.text), what=what, meant=meant, keys=keys, other=other and _(other))
        if report.tell(key, told) or colon:
            return ""  # what stands behind it is not its value
        return meant


def _meant(word: str, free: Collection[str], report: Report) -> str:
    """The key that was mistyped: one of ours, or another name of it; empty where none is likely."""
    if meant := report.did_you_mean(word, free):
        return meant
    if not report.may_propose():
        return ""
    others = [other for other in ALSO_CALLED if also_called(other, free)]
    return also_called(report.did_you_mean(word, others), free)


_WITH_VALUE = re.compile(r"([a-z_]+) ?[:=] ?([^\s=].*)", re.DOTALL)
"""A key and its value, in braces, where YAML takes all of it for a key: `reps:8`, `reps = 8`."""

_COMMA_IN_NUMBER = re.compile(r"[0-9]+ ?(?:[a-z]+\.?)?\Z")


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
        if not isinstance(node, Branch):
            told = _("{name} must be a mapping (key: value), not {found}; its keys are {keys}")
            if not self.known:
                told = _("{name} must be a mapping (key: value), not {found}; its keys are names")
            if not self.known and isinstance(node, Sequence):
                told = _(
                    "{name} must be a mapping (key: value), not {found}: it describes exercises of your own; "
                    "a list of them stands in a day, as days: {{monday: {{exercises: [bridge]}}}}"
                )
            report.tell(node, told.format(name=name, found=kind_of(node), keys=", ".join(self.known)))
            return None
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
        for pattern, told in _NO_DAYS:
            if re.fullmatch(pattern, word):
                return "", _(told).format(name=shorten(name))
        meant = self.known[-1] if re.fullmatch(_EVERY_DAY, word) else report.did_you_mean(word, self.known)
        if word in self.known:
            meant = word
        told = (
            _("'{name}' is no day; did you mean '{meant}'?")
            if meant
            else _("'{name}' is no day; the days are {days}")
        )
        return meant, told.format(name=shorten(name), meant=meant, days=", ".join(self.known))


_NO_DAYS = (
    (
        r"every other day|every (?:second|2nd) day|alternate days",
        marked("'{name}' is no day: write 'cycle: [main, rest]' in place of weekdays, and 'main:' here"),
    ),
    (
        r".*(?:[0-9]|once|twice|three).*(?:days?|times|x)?.*(?:week|days|times)|[0-9] ?x",
        marked(
            "'{name}' is no day: name as many weekdays; 'goal: 3 per week' in the settings leaves them open"
        ),
    ),
    (
        r"week ?[0-9]+.*",
        marked("'{name}' is no day: weeks are 'stages', each with 'weeks: 1' and its 'days'"),
    ),
    (
        r"(?:phase|stage|block|month|part|level)[ _-]?[0-9]{1,2}",
        marked("'{name}' is no day: parts of a programme are 'stages', each with its 'days'"),
    ),
    (
        r"(?:day|workout|session)?[ _-]?(?:[0-9]{1,2}|[a-g])",
        marked("'{name}' is no day: write monday to sunday, or 'cycle: [day-1, day-2]' for days in turn"),
    ),
)
"""What people write in place of days, and what is told."""

_EVERY_DAY = "every ?day|each day|all(?: days)?|always"
_SEVERAL_DAYS = (
    "week ?days?|working ?days?|work ?days?|week ?ends?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
    "(?: ?(?:[-,/&+\u2013\u2014]|to|and) ?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)+"
)


_TIMED_PHASE = r"([^0-9:,{}\[\]]{1,40}?)[ ,]+([0-9][0-9.]{0,5} ?(?:s|secs?|seconds?|m|min)?)"


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
