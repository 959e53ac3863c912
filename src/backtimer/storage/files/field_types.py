"""The types a field can have: each reads one node and says, in words for its author, when it cannot.

A type is plain data (what may stand there), so that a description for editors can be made from it too. The
types are plain classes: each dataclass would add half a millisecond to the start of every command.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from backtimer.core.plan.routine import RELAX
from backtimer.core.plan.units import MAX_REPS, MAX_SETS, Count, Duration, Reps, UnitError, parse_count
from backtimer.storage.files.source import is_name, is_path
from backtimer.storage.files.yaml_nodes import Mapping, Node, Report, Scalar, Sequence, is_nothing, kind_of
from backtimer.storage.text import shorten

if TYPE_CHECKING:
    from backtimer.core.progress.streaks import Goal


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=StrEnum)

MAX_PATH = 1000

FORMAT = 1


class FieldType(Protocol[T_co]):
    """Reads one node."""

    def read(self, node: Node, name: str, report: Report) -> T_co | None:
        """The value, or None after telling the report why there is none.

        Args:
            node: What stands in the file.
            name: What it is called in a sentence: `'hold'`, `an entry of 'watch'`.
            report: Where problems go.
        """
        ...


def read_scalar(node: Node, name: str, noun: str, report: Report) -> str | None:
    """The text of a node that must be one value."""
    if not isinstance(node, Scalar):
        report.tell(node, f"{name} must be {noun}, not {kind_of(node)}")
        return None
    if is_nothing(node):
        report.tell(node, f"{name} has no value")
        return None
    return node.text


def _read_choice(node: Node, name: str, values: Iterable[str], report: Report) -> str | None:
    text = read_scalar(node, name, "one word", report)
    if text is None or text in values:
        return text
    meant = report.did_you_mean(text, values)
    hint = f"; did you mean '{meant}'?" if meant else ""
    report.tell(node, f"{name} must be one of {', '.join(values)}, not '{shorten(text)}'{hint}")
    return None


class TextType:
    """Words, on one line: every run of blanks and line ends becomes one blank."""

    __slots__ = ("most",)

    def __init__(self, most: int = 2000) -> None:
        self.most = most

    def read(self, node: Node, name: str, report: Report) -> str | None:
        """The words."""
        found = read_scalar(node, name, "text", report)
        if found is None:
            return None
        text = " ".join(found.split())
        if not text:
            report.tell(node, f"{name} has no text")
            return None
        if len(text) > self.most:
            report.tell(node, f"{name} is longer than {self.most:,} characters")
            return None
        return text


class IdType:
    """The name of an exercise or a routine."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> str | None:
        """The id."""
        text = read_scalar(node, name, "the name of an exercise", report)
        return None if text is None else check_id(text, node, report)


def check_id(text: str, node: Node, report: Report) -> str | None:
    """The id, or None after telling what it has to look like."""
    if is_name(text):
        return text
    rule = "use small letters, digits and single hyphens, as in bird-dog"
    report.tell(node, f"'{shorten(text)}' cannot be the name of an exercise: {rule}")
    return None


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


class LanguageType:
    """A language by its tag (BCP 47): `en`, `nl`, `pt-BR`."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> str | None:
        """The tag."""
        text = read_scalar(node, name, "a language, as in nl", report)
        if text is None:
            return None
        if _LANGUAGE.fullmatch(text) is None:
            report.tell(
                node, f"{name} must be the tag of a language, as in en, nl or pt-BR, not '{shorten(text)}'"
            )
            return None
        return text


class RoutineType:
    """A routine: its name, or the path of its file, which is kept as it is written."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> str | None:
        """The name or path."""
        text = read_scalar(node, name, "the name of a routine", report)
        if text is None:
            return None
        if not is_name(text) and not is_path(text):
            rule = "use small letters, digits and single hyphens, or the path of a file"
            report.tell(node, f"'{shorten(text)}' cannot be the name of a routine: {rule}")
            return None
        if len(text) > MAX_PATH:
            report.tell(node, f"{name} is longer than {MAX_PATH:,} characters")
            return None
        return text


class EnumType(Generic[E]):
    """One of the values of an enumeration."""

    __slots__ = ("values",)

    def __init__(self, values: type[E]) -> None:
        self.values = values

    def read(self, node: Node, name: str, report: Report) -> E | None:
        """The member."""
        text = _read_choice(node, name, [str(value) for value in self.values], report)
        return None if text is None else self.values(text)


class ChoiceType:
    """One of a few words."""

    __slots__ = ("values",)

    def __init__(self, values: tuple[str, ...]) -> None:
        self.values = values

    def read(self, node: Node, name: str, report: Report) -> str | None:
        """The word."""
        return _read_choice(node, name, self.values, report)


_TRUTH = {"true": True, "yes": True, "false": False, "no": False}


class BooleanType:
    """Yes or no."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> bool | None:
        """The answer."""
        text = _read_choice(node, name, tuple(_TRUTH), report)
        return None if text is None else _TRUTH[text]


class RestType:
    """What a rest day suggests; `true`, or nothing at all, suggests nothing in particular."""

    __slots__ = ("text",)

    def __init__(self, text: TextType) -> None:
        self.text = text

    def read(self, node: Node, name: str, report: Report) -> str | None:
        """The words, or empty text."""
        if is_nothing(node):
            return ""
        if isinstance(node, Scalar) and node.plain and node.text in _TRUTH:
            if _TRUTH[node.text]:
                return ""
            report.tell(node, f"{name} cannot be {node.text}: leave it out where there is no rest")
            return None
        return self.text.read(node, name, report)


class FormatType:
    """The version of the format."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> int | None:
        """The version."""
        text = read_scalar(node, name, "a number", report)
        if text is None:
            return None
        if text == str(FORMAT):
            return FORMAT
        if is_newer_format(node):
            report.tell(node, f"this file is of format {text}: it needs a newer backtimer")
        else:
            report.tell(node, f"{name} must be {FORMAT}, not '{shorten(text)}'")
        return None


def is_newer_format(node: Node) -> bool:
    """Whether this is the number of a format that is still to come."""
    return (
        isinstance(node, Scalar)
        and re.fullmatch("[1-9][0-9]{0,5}", node.text) is not None
        and int(node.text) > FORMAT
    )


class AnythingType:
    """Something that is not interpreted."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> Node | None:
        """The node as it is."""
        return node


class ListType(Generic[T]):
    """A list. Entries that cannot be read are left out, and told."""

    __slots__ = ("item", "least", "most")

    def __init__(self, item: FieldType[T], most: int, least: int = 1) -> None:
        self.item = item
        self.most = most
        self.least = least

    def read(self, node: Node, name: str, report: Report) -> list[T] | None:
        """The entries that could be read."""
        if not isinstance(node, Sequence):
            hint = "" if not isinstance(node, Scalar) or is_nothing(node) else "; put it in [ ]"
            report.tell(node, f"{name} must be a list, not {kind_of(node)}{hint}")
            return None
        if len(node.items) < self.least:
            report.tell(node, f"{name} is an empty list")
            return None
        if len(node.items) > self.most:
            report.tell(node, f"{name} has more than {self.most:,} entries")
            return None
        read = (self.item.read(item, f"an entry of {name}", report) for item in node.items)
        return [value for value in read if value is not None]


def read_pairs(node: Node, name: str, report: Report) -> Iterable[tuple[Scalar, Node]] | None:
    """The keys and values of a mapping; a key that is there again is told and left out."""
    if not isinstance(node, Mapping):
        report.tell(node, f"{name} must be a mapping (key: value), not {kind_of(node)}")
        return None
    first: dict[str, Scalar] = {}
    pairs = []
    for key, value in node.pairs:
        if key.text in first:
            report.tell(key, f"'{shorten(key.text)}' is here twice; first in line {first[key.text].line}")
        else:
            first[key.text] = key
            pairs.append((key, value))
    return pairs


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
