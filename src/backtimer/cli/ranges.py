"""What the ranges of an exercise lead from and to, in words."""

from __future__ import annotations

from backtimer.core.plan.prescription import Level, Ranges
from backtimer.core.progress.progression import level_words


def ends_words(ranges: Ranges) -> tuple[str, str]:
    """Both ends of what moves: `2 rounds, 5 reps`, `3 rounds, 15 reps`."""
    return level_words(_moving(ranges.start, ranges.top)), level_words(_moving(ranges.top, ranges.start))


def _moving(level: Level, other: Level) -> Level:
    """As much of an end of the ranges as differs from the other end."""
    return Level(
        level.reps if level.reps != other.reps else None,
        level.hold if level.hold != other.hold else None,
        level.sets if level.sets != other.sets else None,
        level.unit,
        level.rounds if level.rounds != other.rounds else None,
    )
