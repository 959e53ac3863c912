"""How things end: the outcome and the record of a set, and why a session stands still.

Apart from the events, because much that has no use for these needs the words and records only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a set ended, from least to most telling; of two attempts at a set the more telling one is kept."""

    SKIPPED = "skipped"
    PARTIAL = "partial"
    DONE = "done"
    HURT = "hurt"


@dataclass(frozen=True, slots=True)
class SetRecord:
    """What was done of one planned set."""

    set_index: int
    """Index into `Plan.sets`."""
    outcome: Outcome
    reps: int | None
    """Complete reps, per side; None for a set without reps, or with as many as were comfortable."""
    seconds: float
    """Credited time at work: no pauses, nothing skipped."""
    side: str | None = None
    """The side it was about: that of the set or, when a rep of an alternating set hurt, of that rep."""


class PauseReason(StrEnum):
    """Why the session stands still."""

    ASKED = "asked"
    SLEPT = "slept"
    """The machine slept or the process was stopped."""
    SET_BACK = "set_back"
    """The clock went back."""
    HURT = "hurt"
    """Something hurt: nothing goes on without a key."""
    WHICH = "which"
    """Something hurt between two exercises, and which one has not been said."""
