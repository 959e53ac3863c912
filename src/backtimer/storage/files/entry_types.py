"""An entry of a list of exercises: a name, a prescription, a circuit, or what stands between exercises."""

from __future__ import annotations

import re
from collections.abc import Iterable

from backtimer.language import _
from backtimer.storage.files.called import ALSO_CALLED, said_elsewhere
from backtimer.storage.files.shapes import Book, Shape
from backtimer.storage.files.source import as_name
from backtimer.storage.files.tables import Record, RecordType, Table
from backtimer.storage.files.yaml_nodes import Mapping as Branch
from backtimer.storage.files.yaml_nodes import Node, Report, Scalar
from backtimer.storage.text import shorten

_MEASURES = frozenset(("sets", "reps", "hold", "duration", "load"))
"""Of an exercise, whose name is missing where one of them is said."""

_REST_ENTRY = r"(?:rest|break|pause)(?:[ :-]+([0-9].{0,20}))?"


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
        table = self.prescription.table
        if not isinstance(node, Branch):
            if isinstance(node, Scalar) and (rest := re.fullmatch(_REST_ENTRY, node.text, re.IGNORECASE)):
                told = _("a rest in a list is an entry of its own: write '- rest: {time}'")
                report.tell(node, told.format(time=rest[1] or "30s"))
                return None
            exercise = table.fields[0]
            found = exercise.type.read(node, name, report)
            return None if found is None else Record(table, node, {exercise.key: found})
        if any(key.text in ("exercises", "rounds") for key, _ in node.pairs):
            if self.circuit is not None:
                return self.circuit.read(node, name, report)
            report.tell(node, _("a circuit cannot stand inside a circuit"))
            return None
        said = [key.text for key, _value in node.pairs]
        if said[:1] == ["rest"] and "exercise" not in said and not set(said) & _MEASURES:
            more = next(
                (key for key, _value in node.pairs if key.text in table.keys[2:] and key.text != "rest"), None
            )
            if more is not None:
                told = _("'{key}' cannot be said of a rest in a list: it has its 'rest' alone")
                report.tell(more, told.format(key=more.text))
                return None
        for key, other in self.others.items():
            alone = set(said) <= set(other.table.keys)
            if key in said and "exercise" not in said and (alone or key not in table.keys):
                return other.read(node, name, report)
        if node.pairs and "exercise" not in said and self._is_name(node.pairs[0][0].text, report):
            return self._named_by_its_key(*node.pairs[0], report)
        return self.prescription.read(node, name, report)

    def _is_name(self, key: str, report: Report) -> bool:
        """Whether the first key of an entry is an exercise, rather than a key that is mistyped."""
        keys = self.prescription.table.keys
        known = key in keys or ":" in key or key.lower() in ALSO_CALLED or said_elsewhere(key, keys)
        return not known and as_name(key) != "" and not report.did_you_mean(key, keys)

    def _named_by_its_key(self, key: Scalar, value: Node, report: Report) -> Record | None:
        """The record of an entry as `bird-dog: 3x10`; who knows the exercises tells what to write."""
        table = self.prescription.table
        if isinstance(value, Scalar):
            whole = Scalar(
                f"{key.text} {value.text}",
                key.plain,
                key.line,
                key.column,
                value.end_line,
                value.end_column,
            )
            return Record(table, whole, {table.fields[0].key: whole.text})
        told = _("'{name}' has to stand behind 'exercise:', as in {{exercise: bird-dog, reps: 8}}")
        report.tell(key, told.format(name=shorten(key.text)))
        return None

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
