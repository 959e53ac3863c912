"""The types of what a figure says: directions, points of the body, phases, and things beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from backtimer.core.figure.pose import BOTH, HELD, HOLDERS, POINTS
from backtimer.language import _, marked
from backtimer.storage.files.field_types import (
    BOOLEAN,
    EXERCISE_ID,
    Choice,
    ListType,
    Value,
    read_pairs,
    words_up_to,
)
from backtimer.storage.files.shapes import (
    NAME_PATTERN,
    Book,
    Shape,
    list_shape,
    names_shape,
    number_shape,
    one_or_list,
)
from backtimer.storage.files.source import is_name
from backtimer.storage.files.tables import Record, RecordType, Table
from backtimer.storage.files.yaml_nodes import Mapping as Branch
from backtimer.storage.files.yaml_nodes import Node, Report, Scalar, Sequence, is_nothing, kind_of
from backtimer.storage.text import shorten
from backtimer.values import NamedTuple

MAX_POSES = 30
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}(\.[0-9]{1,3})?")

Number = int | float


def number_between(least: float, most: float, noun: str) -> Value[Number]:
    """A number within bounds, whole or not.

    Args:
        least: The lowest.
        most: The highest.
        noun: What it is, in a sentence; marked.
    """

    def parse(text: str, name: str) -> Number:
        if _NUMBER.fullmatch(text) and least <= float(text) <= most:
            return int(text) if float(text).is_integer() and "." not in text else float(text)
        told = _("{name} must be {noun} from {least} to {most}, not '{text}'")
        raise ValueError(
            told.format(name=name, noun=_(noun), least=f"{least:g}", most=f"{most:g}", text=shorten(text))
        )

    return Value(noun, parse, lambda _: number_shape(least, most), is_amount=True)


DEGREES = number_between(-360, 360, marked("a number of degrees"))
CENTIMETRES = number_between(-300, 300, marked("a number of centimetres"))


class AngleType:
    """A direction in the plane of the screen; or that, and how far it is turned out of it: `[176, 5]`."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> Number | list[Number] | None:
        """One number, or two."""
        if not isinstance(node, Sequence):
            return DEGREES.read(node, name, report)
        if len(node.items) != 2:
            told = _("{name} must be a direction, or [direction, turn outwards]")
            report.tell(node, told.format(name=name))
            return None
        pair = [DEGREES.read(item, name, report) for item in node.items]
        return None if any(each is None for each in pair) else [each for each in pair if each is not None]

    def shape(self, book: Book) -> Shape:
        """One number, or two."""
        return {"anyOf": [DEGREES.shape(book), list_shape(DEGREES.shape(book), 2, 2)]}


_ANGLE = AngleType()


class AnglesType:
    """The directions of the parts of a limb: one for all of it, or a list of one for each."""

    __slots__ = ("_parts",)

    def __init__(self, parts: tuple[str, ...]) -> None:
        self._parts = parts

    def read(self, node: Node, name: str, report: Report) -> list[Any] | None:
        """The directions, as many as are written."""
        if not isinstance(node, Sequence):
            one = _ANGLE.read(node, name, report)
            return None if one is None else [one]
        if len(node.items) > len(self._parts) or not node.items:
            told = _("{name} has one direction for each part, at most {number}: {parts}")
            parts = ", ".join(part.replace("_", " ") for part in self._parts)
            report.tell(node, told.format(name=name, number=len(self._parts), parts=parts))
            return None
        found = []
        for part, item in zip(self._parts, node.items, strict=False):
            label = _("{part} of {name}").format(part=part.replace("_", " "), name=name)
            found.append(_ANGLE.read(item, label, report))
        return None if any(angle is None for angle in found) else found

    def shape(self, book: Book) -> Shape:
        """One direction, or a list."""
        return one_or_list(_ANGLE.shape(book), len(self._parts))


class HeadType:
    """The direction of the head: one number, or it and how far it is bent to the left."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> list[Any] | None:
        """A list of the one direction, as of a limb."""
        found = _ANGLE.read(node, name, report)
        return None if found is None else [found]

    def shape(self, book: Book) -> Shape:
        """One number, or two."""
        return _ANGLE.shape(book)


class PointsType:
    """Points of the body: one, or a list; `hands` are both."""

    __slots__ = ("_list", "_one")

    def __init__(self) -> None:
        self._one: Choice[str] = Choice({point: point for point in (*BOTH, *POINTS)})
        self._list = ListType(self._one, len(POINTS), least=0)

    def read(self, node: Node, name: str, report: Report) -> list[str] | None:
        """The names, as they are written."""
        if isinstance(node, Scalar) and not is_nothing(node):
            point = self._one.read(node, name, report)
            return None if point is None else [point]
        return self._list.read(node, name, report)

    def shape(self, book: Book) -> Shape:
        """One point, or a list."""
        return one_or_list(self._one.shape(book), len(POINTS), 0)


class HoldsType:
    """Hands, and the point of the body that each of them holds; or feet, and where they are laid."""

    __slots__ = ()

    _POINT: Choice[str] = Choice({point: point for point in HELD})

    def read(self, node: Node, name: str, report: Report) -> dict[str, str] | None:
        """Points by hands and feet; an empty mapping lets go."""
        pairs = read_pairs(node, name, report)
        if pairs is None:
            return None
        found = {}
        for key, value in pairs:
            if key.text not in HOLDERS:
                told = _("'{key}' is no hand or foot of one side; write 'hand_left' or 'foot_left'")
                report.tell(key, told.format(key=shorten(key.text)))
                continue
            point = self._POINT.read(value, f"'{key.text}'", report)
            if point is not None:
                found[key.text] = point
        return found

    def shape(self, book: Book) -> Shape:
        """A point for each hand and foot."""
        point = self._POINT.shape(book)
        return {
            "type": "object",
            "properties": dict.fromkeys(HOLDERS, point),
            "additionalProperties": False,
        }


class PressesType:
    """Points of the body that push against what does not give, and the direction of each."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> dict[str, Any] | None:
        """Directions by points; an empty mapping: nothing pushes."""
        pairs = read_pairs(node, name, report)
        if pairs is None:
            return None
        found = {}
        for key, value in pairs:
            point = _PRESSING.read(key, name, report)
            way = _ANGLE.read(value, f"'{key.text}'", report)
            if point is not None and way is not None:
                found[point] = way
        return found

    def shape(self, book: Book) -> Shape:
        """A direction for each point."""
        return {
            "type": "object",
            "properties": dict.fromkeys(POINTS, _ANGLE.shape(book)),
            "additionalProperties": False,
        }


_PRESSING: Choice[str] = Choice({point: point for point in POINTS})


class ViewType:
    """Where the viewer stands: how far round the body, and how far above it, in degrees."""

    __slots__ = ()

    _BOTH = ListType(DEGREES, 2)

    def read(self, node: Node, name: str, report: Report) -> list[Number] | None:
        """One number or two."""
        if isinstance(node, Sequence):
            return self._BOTH.read(node, name, report)
        one = DEGREES.read(node, name, report)
        return None if one is None else [one]

    def shape(self, book: Book) -> Shape:
        """One number, or two."""
        return one_or_list(DEGREES.shape(book), 2)


class InsetType:
    """Yes: the low back from near; or a mapping: a second view."""

    __slots__ = ("_record",)

    def __init__(self, table: Table) -> None:
        self._record = RecordType(table)

    def read(self, node: Node, name: str, report: Report) -> bool | dict[str, Any] | None:
        """What the mapping says, by its keys; or whether there is one."""
        if not isinstance(node, Branch):
            return BOOLEAN.read(node, name, report)
        record = self._record.read(node, name, report)
        return None if record is None or record.flawed else record.values

    def shape(self, book: Book) -> Shape:
        """Yes or no, or the mapping."""
        return {"anyOf": [BOOLEAN.shape(book), self._record.shape(book)]}


class PosesType:
    """Poses by their names."""

    __slots__ = ("_record",)

    def __init__(self, table: Table) -> None:
        self._record = RecordType(table)

    def read(self, node: Node, name: str, report: Report) -> dict[str, Record] | None:
        """The poses that could be read, in the order of the file."""
        pairs = read_pairs(node, name, report)
        if pairs is None:
            return None
        pairs = list(pairs)
        if not pairs or len(pairs) > MAX_POSES:
            told = _("{name} must have 1 to {most} poses").format(name=name, most=MAX_POSES)
            report.tell(node, told)
            return None
        found = {}
        for key, value in pairs:
            if not is_name(key.text):
                told = _(
                    "'{text}' cannot be the name of a pose: use small letters, digits and single hyphens"
                )
                report.tell(key, told.format(text=shorten(key.text)))
                continue
            empty = is_nothing(value)
            record = (
                Record(self._record.table, value)
                if empty
                else self._record.read(value, f"'{key.text}'", report)
            )
            if record is not None:
                found[key.text] = record
        return found

    def shape(self, book: Book) -> Shape:
        """Poses by name; one that says nothing is the one it begins with."""
        pose = {"anyOf": [{"type": "null"}, self._record.shape(book)]}
        return names_shape(pose, least=1, most=MAX_POSES, pattern=NAME_PATTERN)


_POSE_NAME = words_up_to(100)


class Way(NamedTuple):
    """The poses of a phase, as a file names them."""

    key: Node
    """Where the phase stands."""
    poses: list[tuple[str, Node]]
    """Names, and where they stand."""


class WaysType:
    """The poses of each phase: the one that it ends in, or all that it goes through."""

    __slots__ = ()

    def read(self, node: Node, name: str, report: Report) -> dict[str, Way] | None:
        """The names of poses, by phase."""
        pairs = read_pairs(node, name, report)
        if pairs is None:
            return None
        found: dict[str, Way] = {}
        for key, value in pairs:
            nodes: Iterable[Node] = value.items if isinstance(value, Sequence) else (value,)
            label = f"'{shorten(key.text)}'"
            read = [(_POSE_NAME.read(each, label, report), each) for each in nodes]
            found[key.text] = Way(key, [(text, each) for text, each in read if text is not None])
        return found

    def shape(self, book: Book) -> Shape:
        """The name of a pose for each phase, or a list of them."""
        pose = _POSE_NAME.shape(book)
        return names_shape({"anyOf": [pose, {"type": "array", "items": pose}]})


class PropsType:
    """Things beside the body: their names, or mappings that say more of them."""

    __slots__ = ("_record", "_words")

    def __init__(self, table: Table, words: Mapping[str, str]) -> None:
        self._record = RecordType(table)
        self._words = Choice(words)

    def read(self, node: Node, name: str, report: Report) -> list[dict[str, Any]] | None:
        """What each thing says, by its keys."""
        nodes: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
        found: list[dict[str, Any]] = []
        for each in nodes:
            if isinstance(each, Branch):
                record = self._record.read(each, _("an entry of {name}").format(name=name), report)
                if record is not None:
                    found.append(record.values)
            else:
                kind = self._words.read(each, _("an entry of {name}").format(name=name), report)
                if kind is not None:
                    found.append({"kind": kind})
        return found

    def shape(self, book: Book) -> Shape:
        """Words and mappings, one or a list."""
        one = {"anyOf": [self._words.shape(book), self._record.shape(book)]}
        return {"anyOf": [*one["anyOf"], {"type": "array", "items": one}]}


class FigureType:
    """A figure; or the name of the exercise whose figure it is."""

    __slots__ = ("_record",)

    def __init__(self, table: Table) -> None:
        self._record = RecordType(table)

    def read(self, node: Node, name: str, report: Report) -> Record | str | None:
        """A record, or a name."""
        if isinstance(node, Branch):
            return self._record.read(node, name, report)
        if isinstance(node, Sequence):
            told = _("{name} must be a mapping (key: value) or the name of an exercise, not {found}")
            report.tell(node, told.format(name=name, found=kind_of(node)))
            return None
        return EXERCISE_ID.read(node, name, report)

    def shape(self, book: Book) -> Shape:
        """A mapping, or a name."""
        return {"anyOf": [self._record.shape(book), EXERCISE_ID.shape(book)]}
