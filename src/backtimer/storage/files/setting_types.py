"""The types of fields that settings have: times, times of day, whole numbers, goals.

What a duration or a goal is gets imported when there is one: the settings are read at every start, and mostly
name a routine and no more.
"""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING

from backtimer.storage.files.field_types import read_scalar
from backtimer.storage.files.report import Report
from backtimer.storage.files.yaml_nodes import Node
from backtimer.storage.text import shorten

if TYPE_CHECKING:
    from backtimer.core.plan.units import Duration
    from backtimer.core.progress.streaks import Goal

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
        from backtimer.core.plan.units import parse_duration  # noqa: PLC0415 - see the top

        text = read_amount(node, name, "a duration", report)
        if text is None:
            return None
        try:
            return parse_duration(text, zero=self.zero)
        except ValueError as error:
            report.tell(node, f"{name}: {error}")
            return None


class SecondsType:
    """One time: no range, and not counted in breaths."""

    __slots__ = ("most",)

    def __init__(self, most: float) -> None:
        self.most = most

    def read(self, node: Node, name: str, report: Report) -> float | None:
        """The time in seconds."""
        from backtimer.core.plan.units import Unit  # noqa: PLC0415 - see the top

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


class WholeType:
    """A whole number between two bounds; unlike a count, it may be 0."""

    __slots__ = ("least", "most")

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most

    def read(self, node: Node, name: str, report: Report) -> int | None:
        """The number."""
        text = read_amount(node, name, "a number", report)
        if text is None:
            return None
        if text.isascii() and text.isdigit() and self.least <= int(text) <= self.most:
            return int(text)
        report.tell(
            node, f"{name} must be a whole number from {self.least} to {self.most}, not '{shorten(text)}'"
        )
        return None


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
        from backtimer.core.progress.streaks import parse_goal  # noqa: PLC0415 - see the top

        text = read_amount(node, name, "a goal", report)
        if text is None:
            return None
        try:
            return parse_goal(text)
        except ValueError as error:
            report.tell(node, shorten(str(error), 2 * MAX_AMOUNT))
            return None


def read_amount(node: Node, name: str, noun: str, report: Report) -> str | None:
    """The text of a node that must be an amount."""
    text = read_scalar(node, name, noun, report)
    if text is not None and len(text) > MAX_AMOUNT:
        report.tell(node, f"{name}: this is too long for {noun}")
        return None
    return text
