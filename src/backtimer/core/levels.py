"""Levels: how much of an exercise, within the ranges that its prescription gives.

A range is where progression moves. The way up is a ladder: the reps first, rung by rung to the top of their
range, then the hold, then the sets, then the rounds; the way down is the same ladder backwards. A pyramid
has no rungs of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import floor, isfinite
from typing import Any, TypeVar

from backtimer.core.counting import counted
from backtimer.core.units import Count, Duration, Unit
from backtimer.core.words import number_text, time_words

WIDE_S = 10.0
"""From this width on a range of holds is climbed in long steps."""

SHORT_STEP_S, LONG_STEP_S = 1.0, 5.0
BREATH_STEP = 1.0

_Number = TypeVar("_Number", int, float)


@dataclass(frozen=True, slots=True)
class Level:
    """How much of an exercise; None for what it is not measured by."""

    reps: int | None = None
    hold: float | None = None
    """The hold of every rep, or the hold or movement that fills a set; or another phase that has a range."""
    sets: int | None = None
    unit: Unit = Unit.SECONDS
    """What the hold is counted in."""
    rounds: int | None = None
    """Of its circuit; None where their number is fixed, too."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """Within which a level moves; None for what the exercise is not measured by."""

    reps: Count | None = None
    hold: Duration | None = None
    sets: Count | None = None
    rounds: Count | None = None

    @property
    def start(self) -> Level:
        """The low ends: where everyone begins."""
        return Level(
            None if self.reps is None else self.reps.low,
            None if self.hold is None else self.hold.low,
            None if self.sets is None else self.sets.low,
            self._unit,
            None if self.rounds is None else self.rounds.low,
        )

    @property
    def top(self) -> Level:
        """The high ends."""
        return Level(
            None if self.reps is None else self.reps.high,
            None if self.hold is None else self.hold.high,
            None if self.sets is None else self.sets.high,
            self._unit,
            None if self.rounds is None else self.rounds.high,
        )

    @property
    def moves(self) -> bool:
        """Whether there is anything to move in."""
        return self.start != self.top

    def clamp(self, level: Level) -> Level:
        """The nearest level within the ranges.

        What the level does not say, or says in another unit, is taken at its low end.
        """
        hold = level.hold if level.unit is self._unit else None
        return Level(
            None if self.reps is None else _within(level.reps, self.reps.low, self.reps.high),
            None if self.hold is None else _within(hold, self.hold.low, self.hold.high),
            None if self.sets is None else _within(level.sets, self.sets.low, self.sets.high),
            self._unit,
            None if self.rounds is None else _within(level.rounds, self.rounds.low, self.rounds.high),
        )

    def up(self, level: Level) -> Level | None:
        """One rung up; None at the top."""
        level = self.clamp(level)
        if self.reps is not None and level.reps is not None and level.reps < self.reps.high:
            return replace(level, reps=level.reps + 1)
        if self.hold is not None and level.hold is not None and level.hold < self.hold.high:
            return replace(level, hold=_rung_above(self.hold, level.hold))
        if self.sets is not None and level.sets is not None and level.sets < self.sets.high:
            return replace(level, sets=level.sets + 1)
        if self.rounds is not None and level.rounds is not None and level.rounds < self.rounds.high:
            return replace(level, rounds=level.rounds + 1)
        return None

    def down(self, level: Level) -> Level | None:
        """One rung down; None at the bottom."""
        level = self.clamp(level)
        if self.rounds is not None and level.rounds is not None and level.rounds > self.rounds.low:
            return replace(level, rounds=level.rounds - 1)
        if self.sets is not None and level.sets is not None and level.sets > self.sets.low:
            return replace(level, sets=level.sets - 1)
        if self.hold is not None and level.hold is not None and level.hold > self.hold.low:
            return replace(level, hold=_rung_below(self.hold, level.hold))
        if self.reps is not None and level.reps is not None and level.reps > self.reps.low:
            return replace(level, reps=level.reps - 1)
        return None

    @property
    def _unit(self) -> Unit:
        return Unit.SECONDS if self.hold is None else self.hold.unit


def level_to_dict(level: Level) -> dict[str, Any]:
    """A level as data; what it is not measured by is left out."""
    named = {"reps": level.reps, "hold": level.hold, "sets": level.sets, "rounds": level.rounds}
    data: dict[str, Any] = {name: value for name, value in named.items() if value is not None}
    return data if level.hold is None else {**data, "unit": level.unit.value}


def level_from_dict(data: Mapping[str, Any]) -> Level:
    """The reverse of `level_to_dict`.

    Raises:
        ValueError: It is no level.
    """
    try:
        reps, hold, sets, rounds = (data.get(name) for name in ("reps", "hold", "sets", "rounds"))
        unit = Unit(data.get("unit", Unit.SECONDS))
    except (AttributeError, TypeError) as error:
        raise ValueError("not a level") from error
    for number in (reps, sets, rounds):
        if number is not None and (type(number) is not int or number < 1):
            raise ValueError(f"not a number of reps, sets or rounds: {number!r}")
    if hold is not None and (type(hold) not in (int, float) or not isfinite(hold) or hold <= 0):
        raise ValueError(f"not a hold: {hold!r}")
    return Level(reps, None if hold is None else float(hold), sets, unit, rounds)


def level_words(level: Level) -> str:
    """A level for eye and ear: `2 sets, 11 reps, 3 seconds`."""
    parts = (rounds_words(level), sets_words(level), reps_words(level), hold_words(level))
    return ", ".join(part for part in parts if part)


def changed_words(before: Level, after: Level) -> str:
    """What another level changes: `11 reps`, `2 sets, 25 seconds`."""
    parts = (
        rounds_words(after) if after.rounds != before.rounds else "",
        sets_words(after) if after.sets != before.sets else "",
        reps_words(after) if after.reps != before.reps else "",
        hold_words(after) if (after.hold, after.unit) != (before.hold, before.unit) else "",
    )
    return ", ".join(part for part in parts if part)


def reps_words(level: Level) -> str:
    """`11 reps`; nothing where reps are no measure."""
    return "" if level.reps is None else counted(level.reps, "rep")


def hold_words(level: Level) -> str:
    """`25 seconds`, `6 breaths`; nothing where there is no hold."""
    if level.hold is None:
        return ""
    if level.unit is Unit.BREATHS:
        return f"{number_text(level.hold)} {'breath' if level.hold == 1 else 'breaths'}"
    return time_words(level.hold)


def sets_words(level: Level) -> str:
    """`2 sets`."""
    return "" if level.sets is None else counted(level.sets, "set")


def rounds_words(level: Level) -> str:
    """`3 rounds`; nothing where their number is fixed."""
    return "" if level.rounds is None else counted(level.rounds, "round")


def _within(value: _Number | None, low: _Number, high: _Number) -> _Number:
    return low if value is None else max(low, min(high, value))


def _step(hold: Duration) -> float:
    if hold.unit is Unit.BREATHS:
        return BREATH_STEP
    return LONG_STEP_S if hold.high - hold.low >= WIDE_S else SHORT_STEP_S


def _rung_above(hold: Duration, value: float) -> float:
    """The next rung: a whole number of steps from the low end, or the high end."""
    step = _step(hold)
    rungs = floor(round((value - hold.low) / step, 6)) + 1
    return min(hold.high, round(hold.low + rungs * step, 3))


def _rung_below(hold: Duration, value: float) -> float:
    step = _step(hold)
    rungs = -floor(-round((value - hold.low) / step, 6)) - 1
    return max(hold.low, round(hold.low + rungs * step, 3))
