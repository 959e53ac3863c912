"""The types of what a prescription says: reps, tempo, lists with an entry for every set, pace of progress."""

from __future__ import annotations

import re
from typing import Generic

from backtimer.core.plan.routine import RELAX, Pacing
from backtimer.core.plan.units import MAX_REPS, MAX_SETS, MOST, Count, Duration, Reps
from backtimer.language import _, marked
from backtimer.storage.files.field_types import ListType, T, Value, count_of, duration, read_pairs
from backtimer.storage.files.shapes import (
    Book,
    Shape,
    count_shape,
    names_shape,
    one_or_list,
    plain_shape,
)
from backtimer.storage.files.yaml_nodes import Mapping as Branch
from backtimer.storage.files.yaml_nodes import Node, Report, Scalar, Sequence
from backtimer.storage.text import shorten


class BySetType(Generic[T]):
    """One value for every set, or a list with one for each."""

    __slots__ = ("_list", "_one", "is_words")

    def __init__(self, one: Value[T]) -> None:
        self._one = one
        self._list = ListType(one, MAX_SETS)
        self.is_words = one.is_words

    def read(self, node: Node, name: str, report: Report) -> T | tuple[T, ...] | None:
        """The value; of a list as many as it has, and nothing where one of them cannot be read."""
        if not isinstance(node, Sequence):
            return self._one.read(node, name, report)
        values = self._list.read(node, name, report)
        if values is None or len(values) < len(node.items):
            return None
        return values[0] if len(values) == 1 else tuple(values)

    def shape(self, book: Book) -> Shape:
        """One, or a list."""
        return one_or_list(self._one.shape(book), MAX_SETS)


_REPS = count_of("reps", MAX_REPS)


def _parse_rep_of_list(text: str, name: str) -> Count:
    return MOST if text == "max" else _REPS.parse(text, name)


_REP_OF_LIST = Value(
    _REPS.noun,
    _parse_rep_of_list,
    lambda _: count_shape("reps", MAX_REPS, words=["max"]),
    is_amount=True,
)


class RepsType:
    """Reps: a number or a range, `max`, or a list of them for a pyramid."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> Reps | None:
        """The reps of every set, or of each."""
        if isinstance(node, Sequence):
            counts = ListType(_REP_OF_LIST, MAX_SETS).read(node, name, report)
            if counts is None or len(counts) < len(node.items):
                return None
            return Reps(() if counts == [MOST] else tuple(counts))
        if isinstance(node, Scalar) and node.text == "max":
            return Reps(())
        count = _REPS.read(node, name, report)
        return None if count is None else Reps((count,))

    def shape(self, book: Book) -> Shape:
        """One, or a list."""
        return one_or_list(_REP_OF_LIST.shape(book), MAX_SETS)


_LENGTHS = (duration(none=True), duration(zero=True))


class TempoType:
    """The lengths of the phases of a rep, by their names."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> tuple[tuple[str, Duration], ...] | None:
        """Phase names and lengths, in the order of the file."""
        if not isinstance(node, Branch):
            told = _("{name} names the phases of the exercise, each with its length: write {tempo}")
            report.tell(node, told.format(name=name, tempo="{lift: 2s, hold: 3s, lower: 2s}"))
            return None
        pairs = read_pairs(node, name, report)
        if pairs is None:
            return None
        tempo = []
        for key, value in pairs:
            length = _LENGTHS[key.text == RELAX].read(value, f"'{shorten(key.text)}'", report)
            if length is not None:
                tempo.append((key.text, length))
        return tuple(tempo)

    def shape(self, book: Book) -> Shape:
        """A length for each name of a phase; that of any of them may be 0."""
        return names_shape(_LENGTHS[0].shape(book))


_EVERY = r"([0-9]{1,4}) ?(day|days|week|weeks|session|sessions)\Z"


def _parse_pacing(text: str, name: str) -> Pacing:
    found = re.match(_EVERY, text.strip().lower())
    if found is None or not 1 <= int(found[1]) <= MAX_PACING:
        told = _("{name} must be days, weeks or sessions, as in 2 days, 1 week or 3 sessions, not '{text}'")
        raise ValueError(told.format(name=name, text=shorten(text)))
    number = int(found[1]) * (7 if found[2].startswith("week") else 1)
    return Pacing(number, in_days=not found[2].startswith("session"))


MAX_PACING = 366
PACING = Value(
    marked("days, weeks or sessions"),
    _parse_pacing,
    lambda _: plain_shape("[0-9] ?[DdWwSs]", examples=["2 days", "1 week", "3 sessions"]),
    is_amount=True,
)
"""After what it becomes more."""
