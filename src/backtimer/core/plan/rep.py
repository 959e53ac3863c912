"""The phases of one rep of an exercise, with their times, breaths and sides."""

from __future__ import annotations

from collections.abc import Iterator

from backtimer.core.plan.plan import SLOW_BREATH_HOLD_S, PlanError
from backtimer.core.plan.routine import (
    HOLD,
    LIFT,
    LOWER,
    RELAX,
    Breath,
    Exercise,
    Pace,
    Phase,
    PhaseSide,
    Prescription,
    Side,
    Sides,
)
from backtimer.core.plan.units import Breathing
from backtimer.language import _, marked
from backtimer.values import NamedTuple

PHASE_S = 2.0
"""The length of a phase, other than a hold, that nothing gives a time."""

_BREATH_OF_PHASE = {LIFT: Breath.OUT, LOWER: Breath.IN}
_SIDE_OF_PHASE = {PhaseSide.FIRST: Side.LEFT, PhaseSide.SECOND: Side.RIGHT}
PLAIN_REP = (Phase(LIFT), Phase(LOWER))
"""Of an exercise that has no phases of its own."""


class RepPhase(NamedTuple):
    """A phase of a rep with its time."""

    name: str
    seconds: float
    breath: Breath
    say: str = ""
    side: Side | None = None
    """The side that moves, where one rep uses both."""


def has_movement(exercise: Exercise) -> bool:
    """Whether a rep has phases beside its hold, so that a hold has a way in or out."""
    return any(phase.name not in (HOLD, RELAX) for phase in exercise.phases)


def is_timed(exercise: Exercise) -> bool:
    """Whether it is walked, run or swung for a time, and has no rep."""
    own = exercise.prescription
    return not exercise.phases and own is not None and own.duration is not None


def has_sided(exercise: Exercise) -> bool:
    """Whether one rep uses both sides, one after the other, as its phases say."""
    return any(phase.side is not None for phase in exercise.phases)


EACH_AND_SIDED = marked(
    "a rep whose phases say a side does both; write 'sides: alternate' in place of 'each'"
)


ONE_AND_SIDED = marked("a rep whose phases say a side does both; it cannot be done on one side only")


def sides_of(exercise: Exercise, whole: Prescription) -> Sides:
    """How a prescription uses the two sides of the body; where a rep does both, they alternate."""
    sides = exercise.sides if whole.sides is None else whole.sides
    if not has_sided(exercise):
        return sides
    if sides in (Sides.LEFT, Sides.RIGHT):
        raise PlanError(_("{exercise}: {problem}").format(exercise=exercise.id, problem=_(ONE_AND_SIDED)))
    if sides is Sides.EACH:
        raise PlanError(_("{exercise}: {problem}").format(exercise=exercise.id, problem=_(EACH_AND_SIDED)))
    return Sides.ALTERNATE


class Timing:
    """What a prescription says of the phases of a rep, in seconds."""

    def __init__(self, whole: Prescription, breathing: Breathing) -> None:
        self._times = {name: time.seconds(breathing) for name, time in whole.tempo}
        for name, time in ((HOLD, whole.hold), (RELAX, whole.relax)):
            if time is not None:
                self._times[name] = time.seconds(breathing)
        self.breathing = breathing

    def of(self, name: str) -> float | None:
        """What it says of a phase; None: nothing."""
        return self._times.get(name)


def rep_phases(exercise: Exercise, timing: Timing) -> Iterator[RepPhase]:
    """The phases of one rep. A hold without a time from anywhere, and any phase of 0 s, is left out."""
    phases = exercise.phases or PLAIN_REP
    if timing.of(HOLD) and all(phase.name != HOLD for phase in phases):
        phases = tuple(_with_hold(phases))
    for phase in phases:
        given = timing.of(phase.name)
        if given is None and phase.duration is not None:
            given = phase.duration.seconds(timing.breathing)
        if given is None:
            given = 0.0 if phase.name == HOLD else PHASE_S
        if given > 0:
            side = None if phase.side is None else _SIDE_OF_PHASE[phase.side]
            yield RepPhase(phase.name, given, _breath(phase, given), phase.say, side)


def _with_hold(phases: tuple[Phase, ...]) -> Iterator[Phase]:
    """The phases with a hold after the first one; where both sides take turns, after the first of each."""
    sided = any(phase.side is not None for phase in phases)
    held: set[PhaseSide | None] = {None} if sided else set()
    for phase in phases:
        yield phase
        side = phase.side if sided else None
        if side not in held:
            held.add(side)
            yield Phase(HOLD, side=side)


def whole_set(exercise: Exercise, whole: Prescription, breathing: Breathing) -> RepPhase:
    """The one hold, or the one movement, that fills a set without reps."""
    time = whole.hold if whole.duration is None else whole.duration
    if time is None:
        how_much = _("{exercise}: how much of it? Give it reps, a hold or a duration")
        raise PlanError(how_much.format(exercise=exercise.id))
    length_s = time.seconds(breathing)
    if length_s <= 0:
        timeless = _("{exercise}: a set takes no time; give it a longer hold or duration")
        raise PlanError(timeless.format(exercise=exercise.id))
    held = next((phase for phase in exercise.phases if phase.name == HOLD), Phase(HOLD))
    if whole.duration is not None:  # what the exercise says of its hold is not about moving
        return RepPhase(HOLD, length_s, Breath.FREE)
    return RepPhase(HOLD, length_s, _breath(held, length_s), held.say)


def _breath(phase: Phase, length_s: float) -> Breath:
    """Out on the exertion, in on the return; long holds have slow breaths, unless breath is free."""
    if phase.name == HOLD and length_s >= SLOW_BREATH_HOLD_S and phase.breathe is not Breath.FREE:
        return Breath.SLOW
    return phase.breathe or _BREATH_OF_PHASE.get(phase.name, Breath.FREE)


def fills_set(exercise: Exercise, whole: Prescription) -> bool:
    """Whether a set without reps is one step: there are no phases to go through, or nobody tells them."""
    return (
        not has_movement(exercise)
        or (whole.hold is None and whole.duration is None)
        or (whole.duration is not None and whole.pace is Pace.SELF)
    )


def phases_of(exercise: Exercise, whole: Prescription, timing: Timing) -> tuple[RepPhase, ...]:
    """The phases of a rep; of a set without reps, the set as one phase where nothing more is told.

    Raises:
        PlanError: A rep takes no time.
    """
    if whole.reps is None and fills_set(exercise, whole):
        return (whole_set(exercise, whole, timing.breathing),)
    phases = tuple(rep_phases(exercise, timing))
    if not phases:
        timeless = _("{exercise}: a rep takes no time; give one of its phases a time")
        raise PlanError(timeless.format(exercise=exercise.id))
    if has_sided(exercise) and not {Side.LEFT, Side.RIGHT} <= {phase.side for phase in phases}:
        one_sided = _("{exercise}: a rep takes no time on one side; give a phase of it a time")
        raise PlanError(one_sided.format(exercise=exercise.id))
    return phases
