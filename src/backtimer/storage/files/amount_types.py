"""The types of fields that hold an amount of training: counts, reps, tempos."""

from __future__ import annotations

from backtimer.core.plan.routine import RELAX
from backtimer.core.plan.units import MAX_REPS, MAX_SETS, Count, Duration, Reps, UnitError, parse_count
from backtimer.storage.files.field_types import ListType, read_pairs
from backtimer.storage.files.report import Report
from backtimer.storage.files.setting_types import DurationType, read_amount
from backtimer.storage.files.yaml_nodes import Node, Scalar, Sequence
from backtimer.storage.text import shorten


class CountType:
    """A whole number, or a range of them."""

    __slots__ = ("most", "what")

    def __init__(self, what: str, most: int = MAX_SETS) -> None:
        self.what = what
        self.most = most

    def read(self, node: Node, name: str, report: Report) -> Count | None:
        """The count."""
        text = read_amount(node, name, "a number", report)
        if text is None:
            return None
        try:
            return parse_count(text, self.what, self.most)
        except UnitError as error:
            report.tell(node, str(error))
            return None


class NumberType:
    """One whole number."""

    __slots__ = ("most", "what")

    def __init__(self, what: str, most: int) -> None:
        self.what = what
        self.most = most

    def read(self, node: Node, name: str, report: Report) -> int | None:
        """The number."""
        found = CountType(self.what, self.most).read(node, name, report)
        if found is None:
            return None
        if found.low != found.high:
            report.tell(node, f"{name} must be one number, not a range")
            return None
        return found.low


_REPS = CountType("reps", MAX_REPS)


class RepsType:
    """Reps: a number or a range, `max`, or a list of them for a pyramid."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> Reps | None:
        """The reps of every set, or of each."""
        if isinstance(node, Sequence):
            counts = ListType(_REPS, MAX_SETS).read(node, name, report)
            return None if counts is None or len(counts) < len(node.items) else Reps(tuple(counts))
        if isinstance(node, Scalar) and node.text == "max":
            return Reps(())
        count = _REPS.read(node, name, report)
        return None if count is None else Reps((count,))


class TempoType:
    """The lengths of the phases of a rep, by their names."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> tuple[tuple[str, Duration], ...] | None:
        """Phase names and lengths, in the order of the file."""
        pairs = read_pairs(node, name, report)
        if pairs is None:
            return None
        tempo = []
        for key, value in pairs:
            length = DurationType(zero=key.text == RELAX).read(value, f"'{shorten(key.text)}'", report)
            if length is not None:
                tempo.append((key.text, length))
        return tuple(tempo)
