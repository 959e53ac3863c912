"""What could be better about a routine is told, and what is well is not."""

from __future__ import annotations

import pytest

from backtimer.core.plan.good_practice import LOOSENING, practice_hints
from backtimer.core.plan.routine import (
    REST_DAY,
    WEEKDAYS,
    Breath,
    Circuit,
    Cycle,
    Day,
    DayKind,
    Exercise,
    Item,
    Phase,
    Position,
    Prescription,
    ProgrammeStage,
    Routine,
    stage_key,
)
from backtimer.core.plan.units import LONGEST, Duration, seconds
from tests.bundled import BUNDLED, CATALOGUE, routine
from tests.core.plans import DEFAULTS, count, times
from tests.rules import for_each


def _strength(name: str, position: Position = Position.SUPINE, *muscles: str) -> Exercise:
    return Exercise(name, name, position, targets=muscles or ("glutes",), easier="less")


def _stretch(name: str, position: Position = Position.SUPINE) -> Exercise:
    return Exercise(name, name, position, phases=(Phase("hold", breathe=Breath.SLOW),))


LIFT, PUSH = _strength("lift"), _strength("push", Position.PRONE, "abdominals")
BRIDGE, LEAN = _strength("bridge-x"), _stretch("lean")
FOURS, UPRIGHT = _strength("fours", Position.QUADRUPED), _strength("upright", Position.STANDING)
ALONE = Exercise("alone", "Alone", Position.SUPINE)
MORE = tuple(_strength(f"more-{number}") for number in range(5))
LONG = _strength("long")._replace(phases=(Phase("lift", seconds(2)), Phase("hold", seconds(40))))
ALL = {each.id: each for each in (LIFT, PUSH, BRIDGE, LEAN, FOURS, UPRIGHT, ALONE, LONG, *MORE)}


def _reps(exercise: Exercise, hold: Duration | None = None) -> Prescription:
    return Prescription(exercise.id, reps=times(2), hold=hold)


def _held(exercise: Exercise, hold_s: float) -> Prescription:
    return Prescription(exercise.id, hold=seconds(hold_s))


def _day(*items: Item, optional: bool = False) -> Day:
    return Day(DayKind.EXERCISES, items=items, optional=optional)


def _week(**days: Day) -> Routine:
    week = dict.fromkeys(WEEKDAYS, REST_DAY) | days
    return Routine("week", "Week", week, ALL, defaults=DEFAULTS, own=tuple(ALL))


def _told(*items: Item) -> list[tuple[str, tuple[int, ...]]]:
    return [(hint.text, hint.entry) for hint in practice_hints(_week(monday=_day(*items)))]


ROUND = Circuit((_reps(FOURS), _reps(PUSH), _reps(LIFT)), rounds=count(3))


@for_each(
    ("items", "text", "entry"),
    [
        (tuple(map(_reps, MORE)), "5 exercises: at home people keep to two to four", ()),
        ((ROUND,), "8 changes of position, where 2 would do, and save 137 s: all sets of one before", ()),
        ((_held(LEAN, 5), _reps(LIFT)), "'lean' is held for 5 s: a stretch takes 10 to 60 s", (0,)),
        ((_reps(LIFT), _held(LEAN, 90)), "'lean' is held for 90 s: more than 60 s", (1,)),
        ((_held(BRIDGE, 90),), "'bridge-x' is held for 90 s: people with back pain held", (0,)),
        ((Circuit((_reps(LIFT), _reps(LIFT, seconds(20)))),), "'lift' is held for 20 s: rather", (0, 1)),
        ((_reps(LONG),), "'long' is held for 40 s: rather more reps than holds", (0,)),
        ((_reps(LIFT)._replace(tempo=(("hold", seconds(30)),)),), "'lift' is held for 30 s: rather", (0,)),
        ((_reps(ALONE),), "'alone' has no easier form", (0,)),
        ((_held(LEAN, 30),), "stretches only: good for mobility", ()),
    ],
)
def test_each_is_told_once_at_its_place_with_its_source(
    items: tuple[Item, ...], text: str, entry: tuple[int, ...]
) -> None:
    ((told, place),) = _told(*items)
    assert told.startswith(text)
    assert told.endswith(")")
    assert place == entry


@for_each(
    "items",
    [
        tuple(map(_reps, MORE[:4])),
        (ROUND._replace(rounds=count(1)),),
        (_reps(LIFT), _held(LEAN, 30)),
        (_reps(LIFT, seconds(10)),),
        (_reps(LONG, seconds(8)),),
        (_reps(LIFT), Prescription(LEAN.id, hold=Duration(30, 90))),
        (_reps(LIFT), Prescription(LEAN.id, hold=LONGEST)),
        (_reps(LIFT), Prescription(activity="Walk", duration=seconds(600)), _reps(UPRIGHT), _reps(LIFT)),
    ],
)
def test_what_is_well_is_not(items: tuple[Item, ...]) -> None:
    assert _told(*items) == []


def test_the_order_that_would_do_keeps_stretches_behind_the_work() -> None:
    lower, lean = _reps(FOURS), _held(LEAN, 30)
    ((told, _place),) = _told(lower, lean, _reps(LIFT), _reps(UPRIGHT), lower, lean)
    assert told.startswith("4 changes of position, where 2 would do")
    assert ": upright, fours, lift, lean; " in told


@pytest.mark.parametrize(("optional", "muscles", "number"), [(False, 1, 1), (True, 1, 0), (False, 0, 0)])
def test_strength_for_the_same_muscles_on_two_days_running(
    *, optional: bool, muscles: int, number: int
) -> None:
    second = _day(_reps(LIFT if muscles else PUSH), optional=optional)
    hints = practice_hints(_week(sunday=_day(_reps(BRIDGE)), monday=second))
    assert [hint.day for hint in hints] == ["monday"] * number
    assert all("as on sunday, the day before (glutes)" in hint.text for hint in hints)


@for_each(
    ("load", "equipment", "told"),
    [
        ("", ("mat",), False),
        ("8 kg", ("mat",), True),
        ("", ("mat", "resistance band"), True),
    ],
)
def test_of_the_trunk_without_a_load_nobody_asks_for_days_of_rest(
    load: str, equipment: tuple[str, ...], told: bool
) -> None:
    steady = LIFT._replace(targets=("multifidus", "glutes"), equipment=equipment)
    days = {key: _day(_reps(LIFT)._replace(load=load)) for key in ("monday", "tuesday")}
    week = _week(**days)._replace(exercises={**ALL, LIFT.id: steady})
    assert any("day before" in hint.text for hint in practice_hints(week)) is told


def test_what_an_exercise_is_comes_from_what_it_says() -> None:
    named = Exercise("opener", "Hip stretch", Position.SUPINE)
    moving = Exercise("stretch-walk", "Stretch walk", Position.SUPINE, phases=(Phase("step"), Phase("back")))
    for_none = Exercise("still", "Still", Position.SUPINE, easier="less")
    known = {each.id: each for each in (named, moving, for_none)}
    items = (_held(named, 5), _held(moving, 90), _held(for_none, 90), _held(named, 5))
    hints = practice_hints(_week(monday=_day(*items))._replace(exercises=known, own=tuple(known)))
    assert [(hint.text.partition(":")[0], hint.entry) for hint in hints] == [
        ("'opener' is held for 5 s", (0,)),
        ("'opener' is held for 5 s", (3,)),
        ("'stretch-walk' has no easier form", (1,)),
    ]


def test_that_there_is_no_easier_form_is_told_once_of_an_exercise() -> None:
    monday, tuesday = _day(_reps(ALONE)), _day(_reps(LIFT), _reps(ALONE))
    hints = practice_hints(_week(monday=monday, thursday=tuesday))
    assert [(hint.day, hint.entry) for hint in hints if "easier form" in hint.text] == [("monday", (0,))]


def test_days_that_are_the_same_are_told_of_once() -> None:
    hints = practice_hints(_week(**dict.fromkeys(WEEKDAYS, _day(_reps(ALONE)))))
    assert [hint.text.split()[0] for hint in hints] == ["'alone'"]
    hints = practice_hints(_week(**dict.fromkeys(WEEKDAYS, _day(_reps(LIFT)))))
    assert [(hint.day, "day before" in hint.text) for hint in hints] == [("tuesday", True)]


@for_each(
    ("cycle", "number"),
    [
        (Cycle(("a", "b")), 1),
        (Cycle(("a", "rest")), 0),
        (Cycle(("a", "b"), ("monday", "thursday")), 0),
        (Cycle(("a", "b"), ("monday", "tuesday")), 1),
    ],
)
def test_days_of_a_cycle_follow_each_other_as_they_come(cycle: Cycle, number: int) -> None:
    days = {"a": _day(_reps(LIFT)), "b": _day(_reps(BRIDGE)), "rest": REST_DAY}
    asked = Routine("week", "Week", days, ALL, defaults=DEFAULTS, cycle=cycle)
    assert len(practice_hints(asked)) == number
    staged = {stage_key(number, name): day for number in (1, 2) for name, day in days.items()}
    stages = tuple(
        ProgrammeStage("", tuple(stage_key(number, name) for name in days), cycle=cycle) for number in (1, 2)
    )
    hints = practice_hints(Routine("week", "Week", staged, ALL, defaults=DEFAULTS, stages=stages))
    assert [hint.day.startswith("stage-2/") for hint in hints] == [False] * number + [True] * number


def test_what_loosens_is_known_by_its_name() -> None:
    assert set(CATALOGUE) >= LOOSENING


@for_each("name", sorted({*BUNDLED} - {"lower-back"}))
def test_nothing_is_to_be_said_of_the_ways_to_begin(name: str) -> None:
    assert practice_hints(routine(name)) == ()


def test_of_the_articles_week_four_things_are() -> None:
    assert [
        (hint.day, hint.text.split(":")[0].partition(",")[0])
        for hint in practice_hints(routine("lower-back"))
    ] == [
        ("monday", "8 changes of position"),
        ("tuesday", "5 exercises"),
        ("thursday", "5 changes of position"),
        ("friday", "6 exercises"),
    ]
