"""The routines and exercises that come with backtimer, as somebody has them who has no files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.levels import ranges_of_day
from backtimer.core.plan.plan import Plan, StepKind
from backtimer.core.plan.routine import (
    HOLD,
    WEEKDAYS,
    Circuit,
    Day,
    DayKind,
    Exercise,
    Position,
    Prescription,
    Routine,
    Sides,
)
from backtimer.storage.files.exercise_file import Catalogue
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths, bundled_routines

BUNDLED = ("gentle-start", "between", "lower-back", "mcgill-three", "morning", "extension", "desk")
CATALOGUE = sorted(file.stem for file in (bundled_routines() / "exercises").glob("*.yaml"))
TRAINING_DAYS = [
    ("gentle-start", "monday"),
    ("gentle-start", "wednesday"),
    ("gentle-start", "friday"),
    ("between", "monday"),
    ("between", "wednesday"),
    ("between", "friday"),
    ("lower-back", "monday"),
    ("lower-back", "tuesday"),
    ("lower-back", "thursday"),
    ("lower-back", "friday"),
    ("mcgill-three", "monday"),
    ("morning", "monday"),
    ("extension", "monday"),
    ("desk", "monday"),
]


class Facts(NamedTuple):
    """One line of the article's tables; a range as its two ends."""

    position: Position
    sides: Sides
    sets: tuple[int, int]
    reps: tuple[int, int] | None = None
    hold: tuple[float, float] | None = None


STRENGTH = {
    "bird-dog": Facts(Position.QUADRUPED, Sides.ALTERNATE, (2, 3), (10, 12), (3, 5)),
    "superman": Facts(Position.PRONE, Sides.NONE, (3, 3), (8, 10), (2, 3)),
    "pelvic-tilt": Facts(Position.SUPINE, Sides.NONE, (2, 3), (12, 15), (5, 5)),
    "bridge-leg-extension": Facts(Position.SUPINE, Sides.ALTERNATE, (2, 2), (8, 10), (3, 3)),
    "seated-row": Facts(Position.FLOOR_SEATED, Sides.NONE, (3, 3), (12, 12), None),
}
STRETCHES = {
    "knees-to-chest": Facts(Position.SUPINE, Sides.EACH, (2, 3), hold=(20, 30)),
    "cat-cow": Facts(Position.QUADRUPED, Sides.NONE, (2, 3)),
    "childs-pose": Facts(Position.KNEELING, Sides.NONE, (2, 3)),
    "piriformis-stretch": Facts(Position.SEATED, Sides.EACH, (2, 3)),
    "standing-forward-bend": Facts(Position.STANDING, Sides.NONE, (2, 3)),
}
ARTICLE = {**STRENGTH, **STRETCHES}
STRETCH_AT_LEAST_S = 20.0

GOES_ON = {"pendulum", "walk", "run"}
"""One movement that goes on for a time: nobody counts it, and its breath is not told."""

SLOW_VOICE = 1.3
"""Some voices take so much longer than is estimated."""


@cache
def library() -> Library:
    """The library of somebody who has no files of their own."""
    nowhere = Path(__file__).parent / "no-such-home"
    return Library(Paths(config=nowhere, data=nowhere, cache=nowhere))


@cache
def routine(name: str) -> Routine:
    return library().load(name)


@cache
def catalogue() -> Mapping[str, Exercise]:
    """All exercises by their ids, each as its own file has it."""
    files = Catalogue([bundled_routines() / "exercises"])
    return {name: files.exercise(name) for name in CATALOGUE}


def own(exercise: Exercise) -> Prescription:
    assert exercise.prescription is not None, f"{exercise.id} has no prescription"
    return exercise.prescription


HELD = [name for name in CATALOGUE if own(catalogue()[name]).reps is None and name not in GOES_ON]
"""Stretches: a set is one hold, with a way in and a way out."""


def alone(name: str) -> Plan:
    """A day of one exercise, as its own file prescribes it."""
    day = Day(DayKind.EXERCISES, items=(Prescription(name),))
    return compile_day(Routine("alone", "Alone", {"monday": day}, catalogue()), WEEKDAYS[0])


def prescriptions(day: Day) -> Iterator[Prescription]:
    for item in day.items:
        if isinstance(item, Circuit):
            yield from item.exercises
        else:
            yield item


def circuit(day: Day) -> Circuit:
    (item,) = day.items
    assert isinstance(item, Circuit)
    return item


def order(plan: Plan) -> list[str]:
    """The exercises of a plan in the order in which they begin, repeats left out."""
    return list(dict.fromkeys(spec.exercise for spec in plan.sets if spec.exercise))


def stretched_s(plan: Plan, set_index: int) -> float:
    """Seconds of one set that one is in the stretch: those of its hold or, without one, of its movement."""
    spec = plan.sets[set_index]
    work = [step for step in plan.steps[spec.first_step : spec.last_step + 1] if step.kind is StepKind.PHASE]
    held = [step for step in work if step.phase == HOLD]
    return sum(step.estimate_s for step in held or work)


def minutes(name: str, day: str, *, at_the_top: bool = False) -> float:
    """How long a day takes where everyone begins, or at the top of all its ranges."""
    tops = {exercise: ranges.top for exercise, ranges in ranges_of_day(routine(name), day).items()}
    return compile_day(routine(name), day, levels=tops if at_the_top else None).total_s / 60


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", text)


def words(sentence: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9'-]+", sentence)


def texts(exercise: Exercise) -> tuple[str, ...]:
    """All sentences of an exercise, in the order in which they are told."""
    told = (exercise.setup, exercise.gear, exercise.steps, exercise.breath, exercise.watch)
    more = (exercise.out, exercise.make_easier, exercise.make_harder, exercise.ask_first)
    return tuple(text for part in (*told, *more) for text in part)
