"""The types of amounts: times, numbers, reps, tempo, lists with an entry for every set, pace of progress."""

from __future__ import annotations

import re
from typing import Generic

from backtimer.core.plan.routine import RELAX, Pacing
from backtimer.core.plan.units import (
    LONGEST,
    MAX_REPS,
    MAX_SETS,
    MOST,
    OWN_REST,
    Count,
    Duration,
    Reps,
    Unit,
    limited,
    parse_count,
    parse_duration,
    wants_most,
    wants_no_rest,
    wants_own_rest,
)
from backtimer.language import _, marked
from backtimer.storage.files.field_types import ListType, T, Value, read_pairs
from backtimer.storage.files.shapes import (
    Book,
    Shape,
    count_shape,
    names_shape,
    number_shape,
    one_or_list,
    plain_shape,
    time_shape,
)
from backtimer.storage.files.yaml_nodes import Mapping as Branch
from backtimer.storage.files.yaml_nodes import Node, Report, Scalar, Sequence
from backtimer.storage.text import shorten


def duration(
    *, zero: bool = False, none: bool = False, most: bool = False, own: bool = False
) -> Value[Duration]:
    """A time, or a range of times, in seconds or breaths.

    Args:
        zero: Whether `0s` (none at all) is an answer, and may be the low end of a range.
        none: Whether `0s` is an answer by itself only: what is climbed begins with something.
        most: Whether `max` is an answer: as long as is comfortable.
        own: Whether `self` is an answer: until the person goes on.
    """

    def parse(text: str, name: str) -> Duration:
        if most and (longest := _longest(text)):
            return longest
        if own and text == "self":
            return OWN_REST
        try:
            found = parse_duration(text, zero=zero or none)
            return found if zero or not found.high or found.low else parse_duration(text)
        except ValueError as error:
            told = _in_words(text, name, most=most, zero=zero, own=own) or _("{name}: {problem}").format(
                name=name, problem=error
            )
            raise ValueError(told) from None

    words = ("max",) * most + ("self",) * own
    return Value(
        marked("a duration"),
        parse,
        lambda _: time_shape(zero=zero or none, words=words, longest=most),
        is_amount=True,
    )


def _longest(text: str) -> Duration | None:
    """A hold for as long as is comfortable, as `max`, or `max 60s` where that is at most so long."""
    if text == "max":
        return LONGEST
    found = re.match(r"max\s+(.+)\Z", text)
    try:
        most = parse_duration(found[1]) if found else None
    except ValueError:
        return None
    if most is None or most.unit is not Unit.SECONDS or most.low != most.high:
        return None
    return LONGEST._replace(high=most.high)


def _in_words(text: str, name: str, *, most: bool, zero: bool, own: bool) -> str:
    """What to write for a time that is said in words; empty where it is none."""
    if most and (limit := limited(text)) and limit.endswith(("breath", "breaths")):
        return _("{name}: write the end of a hold in seconds, as in max 60s").format(name=name)
    if most and (limit := limited(text)):
        try:
            parse_duration(limit)
        except ValueError as error:
            return _("{name}: {problem}").format(name=name, problem=error)
        told = _("{name}: write max {limit}, for as long as is comfortable, and {limit} at most")
        return told.format(name=name, limit=limit)
    if most and wants_most(text):
        told = _("{name}: write max, for as long as is comfortable, in place of {text}")
    elif own and wants_own_rest(text):
        told = _("{name}: write self, for a rest until you press a key, in place of {text}")
    elif zero and wants_no_rest(text):
        told = _("{name}: write 0s, for none, in place of {text}")
    else:
        return ""
    return told.format(name=name, text=shorten(text))


def seconds_up_to(most: float) -> Value[float]:
    """One time: no range, and not counted in breaths."""
    any_time = duration()

    def parse(text: str, name: str) -> float:
        found = any_time.parse(text, name)
        if found.unit is not Unit.SECONDS or found.low != found.high:
            raise ValueError(_("{name} must be one time, like 4s").format(name=name))
        if found.high > most:
            raise ValueError(_("{name} can be at most {most}").format(name=name, most=f"{most:g}s"))
        return found.low

    return Value(any_time.noun, parse, lambda _: time_shape(most=most), is_amount=True)


def whole_between(least: int, most: int) -> Value[int]:
    """A whole number between two bounds; unlike a count, it may be 0."""

    def parse(text: str, name: str) -> int:
        if text.isascii() and text.isdigit() and least <= int(text) <= most:
            return int(text)
        told = _("{name} must be a whole number from {least} to {most}, not '{text}'")
        raise ValueError(told.format(name=name, least=least, most=most, text=shorten(text)))

    return Value(marked("a number"), parse, lambda _: number_shape(least, most, whole=True), is_amount=True)


def count_of(what: str, most: int = MAX_SETS) -> Value[Count]:
    """A whole number, or a range of them."""
    return Value(
        marked("a number"),
        lambda text, _: parse_count(text, what, most),
        lambda _: count_shape(what, most),
        is_amount=True,
    )


def number_of(what: str, most: int, more: str = "") -> Value[int]:
    """One whole number.

    Args:
        what: The key that it stands at, for messages.
        most: The largest number allowed.
        more: What is told beside what to write for a range; marked.
    """

    def parse(text: str, name: str) -> int:
        found = parse_count(text, what, most)
        if found.low != found.high:
            told = _("{name} must be one number, not a range; write {number}").format(
                name=name, number=found.low
            )
            raise ValueError(f"{told}: {_(more)}" if more else told)
        return found.low

    return Value(marked("a number"), parse, lambda _: count_shape(what, most, ranges=False), is_amount=True)


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
