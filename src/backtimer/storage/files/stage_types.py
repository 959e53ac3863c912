"""The stages of a routine file: a week of days each, or a cycle of them."""

from __future__ import annotations

from backtimer.storage.files.shapes import Book, Shape
from backtimer.storage.files.tables import Record, RecordType, Table
from backtimer.storage.files.yaml_nodes import Mapping as Branch
from backtimer.storage.files.yaml_nodes import Node, Report


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
