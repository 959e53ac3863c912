"""What the engine reports.

Every event carries `at_s`, the moment it belongs to on the engine's own time line (the values handed in as
`now`), which is the planned moment and not the one at which a tick happened to notice it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, Never, Self, dataclass_transform

from backtimer.values import NamedTuple


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
    """Complete reps, per side; None for a set without reps, or where the person counts them herself."""
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


@dataclass_transform(frozen_default=True)
class _Values:
    """A frozen value of the fields that its class names, equal to another of that class with the same values.

    A frozen dataclass, without the half millisecond that making each of those takes: there are nineteen, and
    a shell prompt waits for them.
    """

    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._fields = (*cls._fields, *cls.__annotations__)

    def __init__(self, *values: Any, **named: Any) -> None:
        fields, kept = self._fields, self.__dict__
        if len(values) > len(fields):
            raise TypeError(f"{type(self).__name__} has {len(fields)} fields, not {len(values)}")
        kept.update(zip(fields, values, strict=False))
        for name, value in named.items():
            if name in kept or name not in fields:
                raise TypeError(f"{type(self).__name__} takes {name} {'once' if name in kept else 'not'}")
            kept[name] = value
        for name in fields[len(values) :]:
            if name not in kept:
                try:
                    kept[name] = getattr(type(self), name)
                except AttributeError:
                    raise TypeError(f"{type(self).__name__} needs {name}") from None

    def _replace(self, **named: Any) -> Self:
        """The same, with other values in some fields."""
        return type(self)(**{**self.__dict__, **named})

    def __setattr__(self, name: str, _: object) -> Never:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} stays as it is")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} stays as it is")

    def __eq__(self, other: object) -> bool:
        return self.__dict__ == other.__dict__ if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *map(self.__dict__.__getitem__, self._fields)))

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self._fields)
        return f"{type(self).__name__}({told})"


class _Reported(_Values):
    at_s: float


class SafetyTold(_Reported):
    """Before a person's first session: which few signs need a doctor. The engine never reports it."""


class Started(_Reported):
    """Nothing of the plan has run yet; its first step follows."""


class StepStarted(_Reported):
    step: int
    """Index into `Plan.steps`."""
    again: bool = False
    """It had begun before: a rep begun anew, or a hold carried on, after a pause."""
    seconds: float | None = None
    """How long it is, where that depends on how long the work before it took; None: as planned."""


class SecondLeft(_Reported):
    """A whole number of seconds (1 or more) remains of a timed step."""

    step: int
    seconds: int


class SecondWaited(_Reported):
    """One more second has passed in a step that waits for the person.

    In one that is over by itself, whatever its length, a whole number of seconds is left then.
    """

    step: int
    seconds: int
    """So many whole ones have passed."""


class Halfway(_Reported):
    """Half of a long hold or of an activity is done."""

    step: int


class StepEnded(_Reported):
    """A step ran to its end (a skipped one does not)."""

    step: int


class RepDone(_Reported):
    step: int
    """The step that completed it."""


class SetEnded(_Reported):
    """A set is over, done or not. Whoever keeps the history commits it before showing it."""

    record: SetRecord


class SetReopened(_Reported):
    """What was recorded of a set holds no longer."""

    set_index: int
    record: SetRecord | None
    """What holds in its place; None: the set is to come."""


class HurtAsked(_Reported):
    """It hurts between two exercises: which one is it? The session stands still until that is said."""

    worked: int
    """A set of the exercise just done."""
    coming: int
    """The set to come."""


class LeftOut(_Reported):
    """An exercise is left out because it hurts. The session stands still; a key is needed to go on."""

    set_index: int
    """The set that bears the mark."""
    following: int | None
    """The set with which it will go on; None: there is none."""
    times: int
    """How often it was said in this session that something hurts; 0: in an earlier part of it."""


class TakenBack(_Reported):
    """An exercise that was left out belongs to the session again."""

    set_index: int
    """The set that bore the mark."""
    returns: bool
    """Whether the session goes back to it now; otherwise it comes later."""


class Coming(_Reported):
    """A detour begins: time to get to a set that the session goes to other than the plan does.

    It is a count-in of its own length, which ends with the 3-2-1, and is not credited.
    """

    set_index: int
    """The set it leads to."""
    seconds: float
    after: int | None
    """The set last worked on; None: none yet."""
    rest_s: float
    """How much of it is there to rest."""
    led: int | None = None
    """The set that was left on the way into its position, which is another one: she may be in that by now."""


class CountIn(_Reported):
    """The 3-2-1 before work goes on: `seconds` more (3, 2 or 1)."""

    seconds: int


class Paused(_Reported):
    reason: PauseReason
    gap_s: float = 0.0
    """For `slept`: how long nothing was heard of the clock; for `set_back`: how far it went back."""


class Resumed(_Reported):
    """The person wants to go on; a count-in follows."""


class Extended(_Reported):
    step: int
    seconds: float


class Ended(_Reported):
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
