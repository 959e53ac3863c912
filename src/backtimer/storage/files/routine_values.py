"""A routine as values of JSON, and back: for what is kept of files that were read.

Named tuples and enumerations are written as the lists and texts that they are. Back they go by the
annotations of their fields, so that a new field of a known type needs nothing here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from backtimer.core.plan.routine import (
    Breath,
    Circuit,
    Cycle,
    Day,
    DayKind,
    Defaults,
    Exercise,
    Pace,
    Pacing,
    Phase,
    PhaseSide,
    Position,
    Prescription,
    ProgrammeStage,
    Routine,
    SetAmounts,
    Side,
    Sides,
)
from backtimer.core.plan.units import Breathing, Count, Duration, Reps, Unit

Make = Callable[[Any], Any]

_COMPOUND = (
    Breathing,
    Circuit,
    Count,
    Cycle,
    Day,
    Defaults,
    Duration,
    Exercise,
    Pacing,
    Phase,
    Prescription,
    Reps,
    Routine,
    SetAmounts,
    ProgrammeStage,
)
_WORDS = (Breath, DayKind, Pace, Position, Sides, PhaseSide, Side, Unit)
_AS_IT_IS = ("bool", "float", "int", "str")


def routine_to_values(routine: Routine) -> list[Any]:
    """The values of a routine, which JSON can hold."""
    return list(routine)


def routine_from_values(values: Any) -> Routine:
    """The routine that was written as these values; one of `NO_VALUES` is raised where none was."""
    routine: Routine = _make("Routine")(values)
    return routine


@cache
def _make(kind: str) -> Make:
    """What makes a value of a type, given as it stands in an annotation."""
    if kind.endswith(" | None"):
        made = _make(kind.removesuffix(" | None"))
        return lambda value: None if value is None else made(value)
    if kind.startswith("Mapping[str, "):
        made = _make(kind[13:-1])
        return lambda value: {name: made(each) for name, each in value.items()}
    if kind.startswith("tuple[") and kind.endswith(", ...]"):
        made = _make(kind[6:-6])
        return lambda value: tuple([made(each) for each in value])
    if kind.startswith("tuple["):
        parts = [_make(part) for part in kind[6:-1].split(", ")]
        return lambda value: tuple([make(each) for make, each in zip(parts, value, strict=True)])
    if kind == "Item":
        prescription, circuit = _make("Prescription"), _make("Circuit")
        return lambda value: (prescription if isinstance(value[0], str) else circuit)(value)
    if kind in _AS_IT_IS:
        return lambda value: value
    words = {one.__name__: one for one in _WORDS}
    if kind in words:
        return words[kind]
    return _make_fields(next(one for one in _COMPOUND if one.__name__ == kind))


def _make_fields(kind: Any) -> Make:
    makes = [_make(getattr(told, "__forward_arg__", told)) for told in kind.__annotations__.values()]
    return lambda value: kind(*[make(each) for make, each in zip(makes, value, strict=True)])
