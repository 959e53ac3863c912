"""A day of a routine, compiled once into a flat tuple of timed steps; and the same as plain data.

The plan alone drives the screens, the plain lines, the sound, the estimate and the tests: nothing downstream
looks at a routine, and nothing here knows of screens.
"""

from __future__ import annotations

import json
import math
import types
import typing
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from backtimer import RefusedError
from backtimer.core.plan.routine import HOLD, Breath, Exercise, Position, Side
from backtimer.core.plan.units import Breathing
from backtimer.values import NamedTuple

MAX_STEPS = 20_000
"""The most steps a plan may have."""

MAX_TOTAL_S = 24 * 3600.0
"""The longest a plan may take."""


class PlanError(RefusedError, ValueError):
    """A day that cannot be compiled; the message is one sentence for the author of the routine."""

    entry: tuple[int, ...] = ()
    """Which entry of the day it is about, 0-based, and which one of that circuit; empty: all of the day."""


class NothingToDoError(PlanError):
    """The day asks for nothing: a rest day."""


class StepKind(StrEnum):
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

COUNTED_S = 3
"""The last seconds before work, and of a long hold: 3, 2, 1."""

READY_S = 5.0
"""From the key that ends a set, or a rest, to the next one: time to get ready, and for the 3-2-1."""

LONG_HOLD_S = 10.0
"""A hold longer than this has a halfway mark, and carries on where it stopped after a pause."""

SLOW_BREATH_HOLD_S = 8.0
"""From this length on a hold is filled with slow breaths."""


class SetSpec(NamedTuple):
    """One planned set: the unit that is recorded. An exercise done on each side has one a side."""

    exercise: str | None
    """Its id; None for an activity."""
    side: Side | None
    """None when the exercise has no sides, or changes at every rep or in it."""
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
    """The side changes at every rep, or in every rep: `Step.side` tells whose turn it is."""
    hold_s: float | None = None
    """Seconds of the hold, in every rep or filling the set; None: there is none."""
    as_many: bool = False
    """As many reps as are comfortable: the person says when it is over."""
    breaths: int = 0
    """So many breaths the hold that fills it takes, where its author counts it in breaths; else 0."""
    activity: str = ""
    """The words of an activity among exercises; empty otherwise."""
    as_long: bool = False
    """A hold for as long as is comfortable: the person says when it is over."""
    right_first: bool = False
    """Of two sides, one after the other, the right one comes first."""
    one_sided: bool = False
    """There is no set, and no rep, of the other side."""
    in_place_of: str = ""
    """The id of the exercise in whose place the person has this one; empty: it is as planned."""
    most_s: float | None = None
    """Of a hold for as long as is comfortable: after so many seconds it is over by itself."""
    every_s: float | None = None
    """It, or its round, and the rest after it take so long in all, whatever is done in its place."""

    @property
    def second_side(self) -> Side:
        """Of two sides the one that comes second."""
        return Side.LEFT if self.right_first else Side.RIGHT

    @property
    def is_second(self) -> bool:
        """Whether it follows the same set on the other side."""
        return self.side is self.second_side and not self.one_sided

    @property
    def by_reps(self) -> bool:
        """Whether it is made of reps, rather than one hold, one movement or an activity."""
        return self.reps is not None or self.as_many


class Step(NamedTuple):
    """One timed piece of a plan."""

    kind: StepKind
    seconds: float | None
    """None: it waits for the person."""
    estimate_s: float
    """Equal to `seconds` when that is known; otherwise what it is expected to take.

    0 where it is not expected to be reached: in a set of as many reps as are comfortable, beyond the usual.
    """
    set_index: int
    """Index into `Plan.sets` of the set it belongs to or, for a lead-in, leads to."""
    exercise: str | None
    side: Side | None = None
    """The side of this very step: in an alternating set it changes from rep to rep."""
    rep: int | None = None
    """1-based, per side; None in a set without reps, of which a hold may have a way in and out."""
    phase: str | None = None
    breath: Breath = Breath.FREE
    say: str = ""
    """The exercise's own words for this phase, if it has any."""
    rep_start: bool = False
    """The first step of a rep, or of a set that has no reps."""
    rep_end: bool = False
    """When it ends, the rep is done: its last step of work, or the last of the second side's."""
    continuous: bool = False
    """Movement that goes on for the whole step, rather than a hold."""
    position_change: bool = False
    """For a transition: the body goes to another position."""
    every_s: float | None = None
    """For a rest: it lasts until so long after the beginning of a set, however long that took; else None."""
    since: int | None = None
    """The index of that set, which may be one of several."""

    @property
    def beyond(self) -> bool:
        """Whether it comes only for one who does more reps than are expected of her."""
        return self.seconds is not None and self.estimate_s < self.seconds


class Plan(NamedTuple):
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
    known: tuple[str, ...] = ()
    """The ids of the exercises that need not be explained: they are told shortly."""
    week: str = ""
    """Which week of a programme it is, as it is told: `Week 2 of 12`."""
    new_stage: str | None = None
    """The title of the stage that begins with it, which may be empty; None: none begins."""

    @property
    def total_s(self) -> float:
        """Seconds from the first step to the end, self-paced sets as estimated."""
        return sum(step.estimate_s for step in self.steps)

    @property
    def estimated(self) -> bool:
        """Whether the person says when some set is over, so that the total is an estimate."""
        return has_open_end(self.steps)

    @property
    def equipment(self) -> tuple[str, ...]:
        """What it takes, each thing once, in order of first use."""
        return tuple(dict.fromkeys(thing for exercise in self.exercises for thing in exercise.equipment))

    @property
    def positions(self) -> tuple[str, ...]:
        """The positions it goes through, each once, in order of first use."""
        return tuple(dict.fromkeys(str(exercise.position) for exercise in self.exercises))

    @property
    def knows_all(self) -> bool:
        """Whether none of its exercises has to be explained."""
        return all(exercise.id in self.known for exercise in self.exercises)

    def exercise(self, exercise_id: str) -> Exercise:
        """The exercise with this id.

        Raises:
            KeyError: The plan does not use it.
        """
        for exercise in self.exercises:
            if exercise.id == exercise_id:
                return exercise
        raise KeyError(exercise_id)


def has_open_end(steps: Iterable[Step]) -> bool:
    """Whether some of the steps belong to a set that is over when the person says so, or are one."""
    # As `Step.beyond` has it: a start asks this of every step, twice.
    return any(step.seconds is None or step.estimate_s < step.seconds for step in steps)


# A plan as plain dicts, lists, text and numbers, and back: what is frozen beside a session, to resume from.
#
# The codec is driven by the types of the values themselves, so a field is described once. Values that
# equal a field's default are left out.
_T = TypeVar("_T")

PLAN_FORMAT = 1
"""Written beside the plan; another number is refused."""


def plan_to_dict(plan: Plan) -> dict[str, Any]:
    """A plan as values that JSON knows.

    A workout says the same few things many times, so each different step is written once, under `shapes`;
    `steps` then tells which of them it is, to which set it belongs, and which rep it is of.
    """
    shapes: dict[Step, int] = {}
    rows = [
        [shapes.setdefault(step._replace(set_index=0, rep=None), len(shapes)), step.set_index, step.rep]
        for step in plan.steps
    ]
    encoded = _encode(plan._replace(steps=()))
    return {"format": PLAN_FORMAT, **encoded, "shapes": [_encode(shape) for shape in shapes], "steps": rows}


def plan_text(plan: Plan) -> str:
    """A plan as it is kept: JSON in one line."""
    return json.dumps(plan_to_dict(plan), ensure_ascii=False, separators=(",", ":"))


def plan_from_dict(data: object) -> Plan:
    """The plan that `plan_to_dict` made this of.

    Raises:
        ValueError: It is not such a thing, or its parts contradict each other.
    """
    if not isinstance(data, dict):
        raise ValueError("a plan must be a mapping")
    if data.get("format") != PLAN_FORMAT or isinstance(data.get("format"), bool):
        raise ValueError(f"not a plan of format {PLAN_FORMAT}")
    if missing := {"shapes", "steps"} - data.keys():
        raise ValueError(f"plan lacks {min(missing)!r}")
    shapes = _decode(tuple[Step, ...], data["shapes"], "plan.shapes")
    rows = _decode(tuple[tuple[int, int, int | None], ...], data["steps"], "plan.steps")
    if any(shape >= len(shapes) for shape, _, _ in rows):
        raise ValueError("plan.steps names a shape that is not there")
    rest = {key: value for key, value in data.items() if key not in ("format", "shapes")}
    plan = _object(Plan, {**rest, "steps": []}, "plan")._replace(
        steps=tuple(shapes[shape]._replace(set_index=of, rep=rep) for shape, of, rep in rows),
    )
    _check(plan)
    return plan


def _encode(value: Any) -> Any:
    if hasattr(value, "_fields"):
        defaults = value._field_defaults
        return {
            name: _encode(part)
            for name, part in zip(value._fields, value, strict=True)
            if name not in defaults or part != defaults[name]
        }
    if isinstance(value, tuple):
        return [_encode(part) for part in value]
    if isinstance(value, StrEnum):
        return value.value
    return value


def _decode(kind: Any, data: object, where: str) -> Any:
    """Read a value of a declared type."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        if data is None and types.NoneType in arguments:
            return None
        return _decode(next(each for each in arguments if each is not types.NoneType), data, where)
    if origin is tuple:
        return _tuple(arguments, data, where)
    if hasattr(kind, "_fields"):
        return _object(kind, data, where)
    return _scalar(kind, data, where)


def _tuple(arguments: tuple[Any, ...], data: object, where: str) -> tuple[Any, ...]:
    if arguments == (str, Ellipsis) and isinstance(data, str):  # a setup was one text in earlier plans
        return (data,) if data else ()
    if not isinstance(data, list):
        raise ValueError(f"{where} must be a list")
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        if len(data) > MAX_STEPS:
            raise ValueError(f"{where} is too long")
        return tuple(_decode(arguments[0], part, where) for part in data)
    if len(data) != len(arguments):
        raise ValueError(f"{where} must have {len(arguments)} parts")
    return tuple(_decode(kind, part, where) for kind, part in zip(arguments, data, strict=True))


def _object(kind: type[_T], data: object, where: str) -> _T:
    if not isinstance(data, dict):
        raise ValueError(f"{where} must be a mapping")
    untyped: Any = kind
    known, needed = _shape(untyped)
    if unknown := sorted(str(key) for key in data if key not in known):
        raise ValueError(f"{where} has an unknown key {unknown[0]!r}")
    if missing := needed - data.keys():
        raise ValueError(f"{where} lacks {min(missing)!r}")
    return kind(**{name: _decode(known[name], value, f"{where}.{name}") for name, value in data.items()})


@cache
def _shape(kind: type[Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """The types of a value's fields, and the names of those without a default."""
    hints = typing.get_type_hints(kind)
    known = {name: hints[name] for name in kind._fields}
    return known, frozenset(name for name in known if name not in kind._field_defaults)


def _scalar(kind: Any, data: object, where: str) -> Any:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        if isinstance(data, str) and data in {member.value for member in kind}:
            return kind(data)
        raise ValueError(f"{where} must be one of {', '.join(kind)}")
    if kind is float:
        if isinstance(data, int | float) and not isinstance(data, bool) and math.isfinite(data) and data >= 0:
            return float(data)
        raise ValueError(f"{where} must be a number, 0 or more")
    if kind is int:
        if isinstance(data, int) and not isinstance(data, bool) and data >= 0:
            return data
        raise ValueError(f"{where} must be a whole number, 0 or more")
    if kind in (str, bool) and type(data) is kind:
        return data
    raise ValueError(f"{where} must be {'text' if kind is str else 'true or false'}")


def _check(plan: Plan) -> None:
    """Refuse a plan whose steps and sets do not fit together: nobody downstream looks again."""
    known = {exercise.id for exercise in plan.exercises}
    at = 0
    for index, spec in enumerate(plan.sets):
        if spec.lead_in != at or not at <= spec.first_step <= spec.last_step < len(plan.steps):
            raise ValueError(f"set {index} does not fit its steps")
        if spec.exercise is not None and spec.exercise not in known:
            raise ValueError(f"set {index} is of an exercise that is not known")
        for number, step in enumerate(plan.steps[at : spec.last_step + 1], start=at):
            if step.set_index != index or step.exercise != spec.exercise:
                raise ValueError(f"step {number} does not fit its set")
            if number < spec.first_step and step.kind not in LEAD_INS:
                raise ValueError(f"step {number} is no lead-in")
            open_ended = spec.as_many and number > spec.first_step and step.estimate_s == 0.0
            if step.seconds is not None and step.seconds != step.estimate_s and not open_ended:
                raise ValueError(f"step {number} has two lengths")
        at = spec.last_step + 1
    if at != len(plan.steps) or not plan.sets:
        raise ValueError("the steps and the sets of the plan do not fit")


def activity_plan(routine: str, day: str, words: str, seconds: float) -> Plan:
    """A plan that is one free activity, such as half an hour of swimming.

    Args:
        routine: The routine that is followed.
        day: The weekday it was done on.
        words: What it was.
        seconds: How long it took.
    """
    step = Step(StepKind.ACTIVITY, seconds, seconds, 0, None, rep_start=True)
    spec = SetSpec(None, None, 1, 1, None, None, None, 0, 0, 0, 0)
    return Plan(routine, day, words, (step,), (spec,), (), Breathing(), words)


def measured_steps(plan: Plan, spec: SetSpec) -> tuple[int, ...]:
    """The indexes of the steps that a set is measured by: of one hold the hold, not the way in and out."""
    own = enumerate(plan.steps[spec.first_step : spec.last_step + 1], start=spec.first_step)
    steps = tuple(index for index, step in own if step.kind not in LEAD_INS)
    held = tuple(index for index in steps if plan.steps[index].phase == HOLD)
    return held if held and not spec.by_reps else steps


def measured_s(plan: Plan, spec: SetSpec) -> float:
    """The seconds that a set is recorded with when it is done."""
    return sum(plan.steps[index].estimate_s for index in measured_steps(plan, spec))


def exercise_of_set(plan: Plan, set_index: int) -> Exercise | None:
    """The exercise of a set; None for an activity."""
    exercise = plan.sets[set_index].exercise
    return None if exercise is None else plan.exercise(exercise)


def goes_on(plan: Plan, set_index: int) -> bool:
    """Whether a set follows another of the same prescription (in a circuit: in the same round)."""
    spec = plan.sets[set_index]
    return set_index > 0 and (spec.set > 1 or spec.is_second)


def new_round(plan: Plan, set_index: int) -> bool:
    """Whether a round of a circuit begins with a set."""
    spec = plan.sets[set_index]
    if spec.round is None or set_index == 0:
        return spec.round is not None
    before = plan.sets[set_index - 1]
    return (before.item, before.round) != (spec.item, spec.round)


def begins_item(plan: Plan, set_index: int) -> bool:
    """Whether an entry of the day, such as a circuit, begins with a set."""
    return set_index == 0 or plan.sets[set_index - 1].item != plan.sets[set_index].item


def first_time(plan: Plan, set_index: int) -> bool:
    """Whether the exercise of a set has not come up before."""
    exercise = plan.sets[set_index].exercise
    return all(before.exercise != exercise for before in plan.sets[:set_index])


def position_of_set(plan: Plan, set_index: int) -> Position:
    """The position of a set; an activity is done standing."""
    exercise = exercise_of_set(plan, set_index)
    return exercise.position if exercise else Position.STANDING


def position_before(plan: Plan, set_index: int) -> Position | None:
    """The position of the set before; None at the start."""
    return position_of_set(plan, set_index - 1) if set_index else None


def leads_to(plan: Plan, index: int) -> int | None:
    """The set that a step leads to; None for a step inside a set."""
    set_index = plan.steps[index].set_index
    return set_index if index < plan.sets[set_index].first_step else None


def reps_of_all(plan: Plan, set_index: int) -> list[int | None]:
    """The reps of every set of a prescription, from its first set, one entry a set whatever its sides."""
    spec = plan.sets[set_index]
    reps = [spec.reps]
    for index in range(set_index + 1, len(plan.sets)):
        following = plan.sets[index]
        if not goes_on(plan, index):
            break
        if following.side is spec.side:
            reps.append(following.reps)
    return reps
