"""The types of fields that hold an amount: durations, counts, reps, times of day."""

from __future__ import annotations

import re
from datetime import time

from backtimer.core.goal import Goal, parse_goal
from backtimer.core.routine import RELAX
from backtimer.core.units import (
    MAX_REPS,
    MAX_SETS,
    Count,
    Duration,
    Reps,
    Unit,
    UnitError,
    parse_count,
    parse_duration,
)
from backtimer.storage.files.field_types import ListType, read_pairs, read_scalar
from backtimer.storage.files.report import Report
from backtimer.storage.files.yaml_nodes import Node, Scalar, Sequence
from backtimer.storage.text import shorten

MAX_AMOUNT = 60
"""Characters of an amount; nothing longer can be one."""


class DurationType:
    """A time, or a range of times, in seconds or breaths."""

    __slots__ = ("zero",)

    def __init__(self, *, zero: bool = False) -> None:
        self.zero = zero
        """Whether `0s` (none at all) is an answer."""

    def read(self, node: Node, name: str, report: Report) -> Duration | None:
        """The duration."""
        text = _read_amount(node, name, "a duration", report)
        if text is None:
            return None
        try:
            return parse_duration(text, zero=self.zero)
        except UnitError as error:
            report.tell(node, f"{name}: {error}")
            return None


class SecondsType:
    """One time: no range, and not counted in breaths."""

    __slots__ = ("most",)

    def __init__(self, most: float) -> None:
        self.most = most

    def read(self, node: Node, name: str, report: Report) -> float | None:
        """The time in seconds."""
        found = DurationType().read(node, name, report)
        if found is None:
            return None
        if found.unit is not Unit.SECONDS or found.low != found.high:
            report.tell(node, f"{name} must be one time, like 4s")
            return None
        if found.high > self.most:
            report.tell(node, f"{name} can be at most {self.most:g}s")
            return None
        return found.low


class CountType:
    """A whole number, or a range of them."""

    __slots__ = ("most", "what")

    def __init__(self, what: str, most: int = MAX_SETS) -> None:
        self.what = what
        self.most = most

    def read(self, node: Node, name: str, report: Report) -> Count | None:
        """The count."""
        text = _read_amount(node, name, "a number", report)
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


class WholeType:
    """A whole number between two bounds; unlike a count, it may be 0."""

    __slots__ = ("least", "most")

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most

    def read(self, node: Node, name: str, report: Report) -> int | None:
        """The number."""
        text = _read_amount(node, name, "a number", report)
        if text is None:
            return None
        if text.isascii() and text.isdigit() and self.least <= int(text) <= self.most:
            return int(text)
        report.tell(
            node, f"{name} must be a whole number from {self.least} to {self.most}, not '{shorten(text)}'"
        )
        return None


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


class ClockType:
    """A time of day, up to noon."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> time | None:
        """The time of day."""
        text = read_scalar(node, name, "a time of day", report)
        if text is None:
            return None
        clock = re.fullmatch("([01]?[0-9]):([0-5][0-9])", text)
        if clock and (minutes := int(clock[1]) * 60 + int(clock[2])) <= 12 * 60:
            return time(*divmod(minutes, 60))
        report.tell(node, f"{name} must be a time of day from 00:00 to 12:00, not '{shorten(text)}'")
        return None


class GoalType:
    """So many sessions a week."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> Goal | None:
        """The goal."""
        text = _read_amount(node, name, "a goal", report)
        if text is None:
            return None
        try:
            return parse_goal(text)
        except UnitError as error:
            report.tell(node, shorten(str(error), 2 * MAX_AMOUNT))
            return None


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


def _read_amount(node: Node, name: str, noun: str, report: Report) -> str | None:
    text = read_scalar(node, name, noun, report)
    if text is not None and len(text) > MAX_AMOUNT:
        report.tell(node, f"{name}: this is too long for {noun}")
        return None
    return text
