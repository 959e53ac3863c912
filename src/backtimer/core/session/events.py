"""What the engine reports.

Every event carries `at_s`, the moment it belongs to on the engine's own time line (the values handed in as
`now`), which is the planned moment and not the one at which a tick happened to notice it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """How a set ended, from least to most telling; of two attempts at a set the more telling one is kept."""

    SKIPPED = "skipped"
    PARTIAL = "partial"
    DONE = "done"
    HURT = "hurt"


class SetRecord(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class SafetyTold:
    """Before a person's first session: which few signs need a doctor. The engine never reports it."""

    at_s: float


@dataclass(frozen=True, slots=True)
class Started:
    at_s: float


@dataclass(frozen=True, slots=True)
class StepStarted:
    at_s: float
    step: int
    """Index into `Plan.steps`."""
    again: bool = False
    """It had begun before: a rep begun anew, or a hold carried on, after a pause."""


@dataclass(frozen=True, slots=True)
class SecondLeft:
    """A whole number of seconds (1 or more) remains of a timed step."""

    at_s: float
    step: int
    seconds: int


@dataclass(frozen=True, slots=True)
class SecondWaited:
    """A whole number of seconds has passed in a step that waits for the person."""

    at_s: float
    step: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Halfway:
    """Half of a long hold or of an activity is done."""

    at_s: float
    step: int


@dataclass(frozen=True, slots=True)
class StepEnded:
    """A step ran to its end (a skipped one does not)."""

    at_s: float
    step: int


@dataclass(frozen=True, slots=True)
class RepDone:
    at_s: float
    step: int
    """The step that completed it."""


@dataclass(frozen=True, slots=True)
class SetEnded:
    """A set is over, done or not. Whoever keeps the history commits it before showing it."""

    at_s: float
    record: SetRecord


@dataclass(frozen=True, slots=True)
class SetReopened:
    """What was recorded of a set holds no longer."""

    at_s: float
    set_index: int
    record: SetRecord | None
    """What holds in its place; None: the set is to come."""


@dataclass(frozen=True, slots=True)
class HurtAsked:
    """It hurts between two exercises: which one is it? The session stands still until that is said."""

    at_s: float
    worked: int
    """A set of the exercise just done."""
    coming: int
    """The set to come."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An exercise is left out because it hurts. The session stands still; a key is needed to go on."""

    at_s: float
    set_index: int
    """The set that bears the mark."""
    following: int | None
    """The set with which it will go on; None: there is none."""
    times: int
    """How often it was said in this session that something hurts; 0: in an earlier part of it."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An exercise that was left out belongs to the session again."""

    at_s: float
    set_index: int
    """The set that bore the mark."""
    returns: bool
    """Whether the session goes back to it now; otherwise it comes later."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A detour begins: time to get to a set that the session goes to other than the plan does.

    It is a count-in of its own length, which ends with the 3-2-1, and is not credited.
    """

    at_s: float
    set_index: int
    """The set it leads to."""
    seconds: float
    after: int | None
    """The set last worked on; None: none yet."""
    rest_s: float
    """How much of it is there to rest."""


@dataclass(frozen=True, slots=True)
class CountIn:
    """The 3-2-1 before work goes on: `seconds` more (3, 2 or 1)."""

    at_s: float
    seconds: int


@dataclass(frozen=True, slots=True)
class Paused:
    at_s: float
    reason: PauseReason
    gap_s: float = 0.0
    """For `slept`: how long nothing was heard of the clock; for `set_back`: how far it went back."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The person wants to go on; a count-in follows."""

    at_s: float


@dataclass(frozen=True, slots=True)
class Extended:
    at_s: float
    step: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Ended:
    at_s: float
    credited_s: float
    complete: bool
    """Whether it ran to the end of the plan (sets may still have been skipped on the way)."""


Event = (
    SafetyTold
    | Started
    | StepStarted
    | SecondLeft
    | SecondWaited
    | Halfway
    | StepEnded
    | RepDone
    | SetEnded
    | SetReopened
    | HurtAsked
    | LeftOut
    | TakenBack
    | Coming
    | CountIn
    | Paused
    | Resumed
    | Extended
    | Ended
)
