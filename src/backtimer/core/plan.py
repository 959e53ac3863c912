"""A day of a routine, compiled once into a flat tuple of timed steps.

The plan alone drives the screens, the plain lines, the sound, the estimate and the tests: nothing downstream
looks at a routine, and nothing here knows of screens.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backtimer.core.routine import Breath, Exercise, Side
from backtimer.core.units import Breathing

MAX_STEPS = 20_000
"""The most steps a plan may have."""

MAX_TOTAL_S = 24 * 3600.0
"""The longest a plan may take."""


class PlanError(ValueError):
    """A day that cannot be compiled; the message is one sentence for the author of the routine."""


class NothingToDoError(PlanError):
    """The day asks for nothing: a rest day."""


class StepKind(StrEnum):
    """What a step is."""

    PREPARE = "prepare"
    """Get ready, once, before the first set."""
    PHASE = "phase"
    """Work: a phase of a rep, or a whole set that is one hold or one continuous movement."""
    SWITCH = "switch"
    """A change of side inside a set."""
    REST = "rest"
    TRANSITION = "transition"
    """To another exercise, with or without a change of position."""
    ACTIVITY = "activity"
    """Something done away from the mat, as one long step."""
    SELF_PACED = "self_paced"
    """A set that is over when the person says so."""


LEAD_INS = frozenset({StepKind.PREPARE, StepKind.REST, StepKind.SWITCH, StepKind.TRANSITION})
"""The kinds that lead to work and are no work themselves."""

LONG_HOLD_S = 10.0
"""A hold longer than this has a halfway mark, and carries on where it stopped after a pause."""

SLOW_BREATH_HOLD_S = 8.0
"""From this length on a hold is filled with slow breaths."""


@dataclass(frozen=True, slots=True)
class SetSpec:
    """One planned set: the unit that is recorded. An exercise done on each side has one a side."""

    exercise: str | None
    """Its id; None for an activity."""
    side: Side | None
    """None when the exercise has no sides, or changes at every rep."""
    set: int
    """1-based, within its prescription (in a circuit: within its round)."""
    sets: int
    reps: int | None
    """Per side. None: one hold, one continuous movement, or as many reps as are comfortable."""
    round: int | None
    """1-based; None outside a circuit."""
    rounds: int | None
    first_step: int
    """Index of its first step of work."""
    last_step: int
    """Index of its last step of work (included)."""
    lead_in: int
    """Index of the first step that leads to it (get ready, rest, transition, switch), else `first_step`."""
    item: int
    """Which entry of the day it comes from, 0-based: what belongs together on a list."""
    load: str = ""
    note: str = ""
    circuit: str = ""
    """The title of its circuit; empty outside one, or when it has none."""
    alternate: bool = False
    """The side changes at every rep."""
    hold_s: float | None = None
    """Seconds of the hold, in every rep or filling the set; None: there is none."""
    as_many: bool = False
    """As many reps as are comfortable."""


@dataclass(frozen=True, slots=True)
class Step:
    """One timed piece of a plan."""

    kind: StepKind
    seconds: float | None
    """None: it waits for the person."""
    estimate_s: float
    """Equal to `seconds` when that is known; otherwise what it is expected to take."""
    set_index: int
    """Index into `Plan.sets` of the set it belongs to or, for a lead-in, leads to."""
    exercise: str | None
    side: Side | None = None
    """The side of this very step: in an alternating set it changes from rep to rep."""
    rep: int | None = None
    """1-based, per side."""
    phase: str | None = None
    breath: Breath = Breath.FREE
    say: str = ""
    """The exercise's own words for this phase, if it has any."""
    rep_start: bool = False
    """The first step of a rep, or of a set that has no reps."""
    rep_end: bool = False
    """The last step of a rep that is work; when it ends, the rep is done."""
    continuous: bool = False
    """Movement that goes on for the whole step, rather than a hold."""
    position_change: bool = False
    """For a transition: the body goes to another position."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled day."""

    routine: str
    day: str
    title: str
    steps: tuple[Step, ...]
    sets: tuple[SetSpec, ...]
    exercises: tuple[Exercise, ...]
    """Those it uses, in order of first use."""
    breathing: Breathing
    activity: str = ""
    """The words of an activity day; empty otherwise."""
    transition_s: float = 10.0
    """Seconds to go to another exercise, where the plan does not go and the session does."""
    position_change_s: float = 15.0
    """The same to one in another position."""
    language: str = ""
    """Of its texts, as a tag like `nl`; empty: English."""

    @property
    def total_s(self) -> float:
        """Seconds from the first step to the end, self-paced sets as estimated."""
        return sum(step.estimate_s for step in self.steps)

    @property
    def estimated(self) -> bool:
        """Whether some step waits for the person, so that the total is an estimate."""
        return any(step.seconds is None for step in self.steps)

    @property
    def equipment(self) -> tuple[str, ...]:
        """What it takes, each thing once, in order of first use."""
        return tuple(dict.fromkeys(thing for exercise in self.exercises for thing in exercise.equipment))

    @property
    def positions(self) -> tuple[str, ...]:
        """The positions it goes through, each once, in order of first use."""
        return tuple(dict.fromkeys(str(exercise.position) for exercise in self.exercises))

    def exercise(self, exercise_id: str) -> Exercise:
        """The exercise with this id.

        Raises:
            KeyError: The plan does not use it.
        """
        for exercise in self.exercises:
            if exercise.id == exercise_id:
                return exercise
        raise KeyError(exercise_id)
