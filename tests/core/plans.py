"""Small routines to compile in tests, and a plan told shortly."""

from __future__ import annotations

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan, Step, StepKind
from backtimer.core.plan.routine import (
    REST_DAY,
    WEEKDAYS,
    Day,
    DayKind,
    Defaults,
    Exercise,
    Item,
    Position,
    Prescription,
    Routine,
    Sides,
)
from backtimer.core.plan.units import Breathing, Count, Duration, Reps, Unit, seconds

SUPERMAN = Exercise("superman", "Superman", Position.PRONE, equipment=("mat",))
BIRD_DOG = Exercise("bird-dog", "Bird-dog", Position.QUADRUPED, Sides.ALTERNATE, equipment=("mat",))
KNEES = Exercise("knees-to-chest", "Knees to chest", Position.SUPINE, Sides.EACH)
COBRA = Exercise("cobra", "Cobra", Position.PRONE, equipment=("mat", "cushion"))

DEFAULTS = Defaults(
    prepare=seconds(10),
    rest=seconds(45),
    switch=seconds(5),
    transition=seconds(8),
    position_change=seconds(15),
    round_rest=seconds(60),
    breathing=Breathing(4.0, 6.0),
)


def times(number: int, most: int | None = None) -> Reps:
    """Reps: a number, or a range."""
    return Reps((Count(number, most or number),))


def count(number: int, most: int | None = None) -> Count:
    """Sets or rounds: a number, or a range."""
    return Count(number, most or number)


def breaths(number: int) -> Duration:
    """A time counted in breaths."""
    return Duration(number, number, Unit.BREATHS)


def routine_of(day: Day, *exercises: Exercise, defaults: Defaults = DEFAULTS) -> Routine:
    """A routine whose Monday is this day."""
    known = {each.id: each for each in (SUPERMAN, BIRD_DOG, KNEES, COBRA, *exercises)}
    return Routine(
        "my-week", "My week", dict.fromkeys(WEEKDAYS, REST_DAY) | {"monday": day}, known, defaults=defaults
    )


def plan_of(
    *items: Item, exercises: tuple[Exercise, ...] = (), defaults: Defaults = DEFAULTS, title: str = "Strength"
) -> Plan:
    """The plan of a Monday that asks for these."""
    day = Day(DayKind.EXERCISES, title, items)
    return compile_day(routine_of(day, *exercises, defaults=defaults), "monday")


def one_set(exercise: Exercise, prescription: Prescription | None = None) -> Plan:
    """The plan of one prescription, with nothing before it."""
    asked = prescription or Prescription(exercise.id)
    no_lead = Defaults(prepare=seconds(0), rest=seconds(45), switch=seconds(5))
    return plan_of(asked, exercises=(exercise,), defaults=no_lead)


def told(step: Step) -> str:
    """A step in a few words: `lift left 2`, `rest 45`, `self_paced -`."""
    name = step.phase if step.kind is StepKind.PHASE else step.kind.value
    words = [
        name or "",
        step.side.value if step.side else "",
        "-" if step.seconds is None else f"{step.seconds:g}",
    ]
    return " ".join(word for word in words if word)


def telling(plan: Plan) -> list[str]:
    """All steps in a few words each."""
    return [told(step) for step in plan.steps]
