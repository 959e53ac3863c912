"""Levels on their ladders, and days laid out at a level."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.levels import ranges_of_day
from backtimer.core.plan.plan import Plan, StepKind
from backtimer.core.plan.prescription import Level, Ranges, level_from_dict, level_to_dict
from backtimer.core.plan.routine import Circuit, Day, DayKind, Exercise, Item, Phase, Prescription, Routine
from backtimer.core.plan.units import Count, Duration, Reps, Unit, seconds
from backtimer.core.progress.progression import changed_words, level_words
from tests.core.plans import BIRD_DOG, KNEES, SUPERMAN, breaths, count, routine_of, telling, times
from tests.core.strategies import counts, routines, spans
from tests.rules import for_each

BREATHS = Unit.BREATHS


def ladder(ranges: Ranges) -> list[Level]:
    """All levels from the start to the top."""
    rungs = [ranges.start]
    while (above := ranges.up(rungs[-1])) is not None:
        rungs.append(above)
        assert len(rungs) < 2000
    return rungs


# -- the ladder -----------------------------------------------------------------------------------------


def test_reps_come_first_then_the_hold_then_the_sets() -> None:
    ranges = Ranges(Count(10, 12), Duration(3, 5), Count(2, 3))
    assert [(rung.reps, rung.hold, rung.sets) for rung in ladder(ranges)] == [
        (10, 3, 2),
        (11, 3, 2),
        (12, 3, 2),
        (12, 4, 2),
        (12, 5, 2),
        (12, 5, 3),
    ]


def test_the_rounds_of_a_circuit_come_last() -> None:
    ranges = Ranges(Count(8, 9), None, Count(1, 2), Count(2, 3))
    assert [(rung.reps, rung.sets, rung.rounds) for rung in ladder(ranges)] == [
        (8, 1, 2),
        (9, 1, 2),
        (9, 2, 2),
        (9, 2, 3),
    ]


@for_each(
    ("hold", "rungs"),
    [
        (Duration(20, 30), [20, 25, 30]),
        (Duration(20, 29), [20, 21, 22, 23, 24, 25, 26, 27, 28, 29]),
        (Duration(20, 32), [20, 25, 30, 32]),
        (Duration(2.5, 4), [2.5, 3.5, 4]),
        (Duration(3, 3), [3]),
        (Duration(5, 7, BREATHS), [5, 6, 7]),
        (Duration(5, 17, BREATHS), [*range(5, 18)]),
    ],
)
def test_holds_go_up_in_steps_that_suit_their_range(hold: Duration, rungs: list[float]) -> None:
    found = ladder(Ranges(hold=hold))
    assert [rung.hold for rung in found] == rungs
    assert {rung.unit for rung in found} == {hold.unit}


def test_from_between_two_rungs_it_goes_to_the_next_one() -> None:
    ranges = Ranges(hold=Duration(20, 32))
    assert ranges.up(Level(hold=23)) == Level(hold=25)
    assert ranges.down(Level(hold=23)) == Level(hold=20)
    assert ranges.down(Level(hold=32)) == Level(hold=30)


def test_there_is_nothing_beyond_the_ends() -> None:
    ranges = Ranges(Count(10, 12), None, Count(2, 3))
    assert ranges.up(ranges.top) is None
    assert ranges.down(ranges.start) is None
    assert ranges.moves
    assert not Ranges(Count(10, 10), seconds(5), Count(3, 3)).moves
    assert not Ranges().moves


def test_a_level_beyond_the_ranges_is_taken_at_the_nearest_end() -> None:
    ranges = Ranges(Count(10, 12), Duration(3, 5), Count(2, 3))
    assert ranges.clamp(Level(20, 20, 20)) == Level(12, 5, 3)
    assert ranges.clamp(Level(1, 1, 1)) == ranges.clamp(Level()) == Level(10, 3, 2)
    assert Ranges(Count(10, 12)).clamp(Level(11, 20, 3)) == Level(11)


def test_a_hold_in_another_unit_begins_anew() -> None:
    assert Ranges(hold=Duration(20, 30)).clamp(Level(hold=25, unit=BREATHS)) == Level(hold=20)
    in_breaths = Ranges(hold=Duration(3, 6, BREATHS))
    assert in_breaths.clamp(Level(hold=5)) == Level(hold=3, unit=BREATHS)


ranges_of_any_kind = st.builds(
    Ranges,
    st.none() | counts(20),
    st.none() | spans(1, 40) | counts(12).map(lambda found: Duration(found.low, found.high, BREATHS)),
    st.none() | counts(5),
    st.none() | counts(4),
)
levels_of_any_kind = st.builds(
    Level,
    st.none() | st.integers(1, 30),
    st.none() | st.floats(0.1, 60),
    st.none() | st.integers(1, 9),
    st.sampled_from(Unit),
    st.none() | st.integers(1, 9),
)


@given(ranges_of_any_kind)
def test_the_way_down_is_the_way_up_backwards(ranges: Ranges) -> None:
    rungs = ladder(ranges)
    assert rungs[-1] == ranges.top
    assert len(set(rungs)) == len(rungs)
    for below, above in pairwise(rungs):
        assert ranges.down(above) == below


@given(ranges_of_any_kind, levels_of_any_kind)
def test_no_level_leaves_its_ranges(ranges: Ranges, level: Level) -> None:
    for found in (ranges.clamp(level), ranges.up(level), ranges.down(level)):
        assert found is None or ranges.clamp(found) == found
    above = ranges.up(level)
    assert above is None or above != ranges.clamp(level)


# -- as data and in words -------------------------------------------------------------------------------


@given(ranges_of_any_kind, levels_of_any_kind)
def test_a_level_survives_as_json(ranges: Ranges, level: Level) -> None:
    within = ranges.clamp(level)
    back = level_from_dict(json.loads(json.dumps(level_to_dict(within))))
    assert ranges.clamp(back) == within


@for_each(
    "data",
    [
        {"reps": "10"},
        {"reps": 0},
        {"sets": 1.5},
        {"reps": True},
        {"hold": -1},
        {"hold": float("nan")},
        {"hold": "5"},
        {"hold": 5, "unit": "years"},
        [],
        {"hold": 5, "unit": []},
        {"rounds": 0},
    ],
)
def test_what_is_no_level_is_refused(data: Any) -> None:
    with pytest.raises(ValueError):
        level_from_dict(data)


def test_a_level_is_told_in_words() -> None:
    assert level_words(Level(11, 3.0, 2)) == "2 sets, 11 reps, 3 seconds"
    assert level_words(Level(hold=6, unit=BREATHS)) == "6 breaths"
    assert changed_words(Level(10, 3, 2), Level(11, 3, 2)) == "11 reps"
    assert changed_words(Level(12, 5, 3), Level(12, 4, 2)) == "2 sets, 4 seconds"
    assert level_words(Level(11, rounds=2)) == "2 rounds, 11 reps"
    assert changed_words(Level(11, rounds=2), Level(11, rounds=3)) == "3 rounds"


# -- the ranges of a day --------------------------------------------------------------------------------


def ranges_of(item: Item) -> Ranges:
    (found,) = ranges_of_day(routine_of(Day(DayKind.EXERCISES, items=(item,))), "monday").values()
    return found


def circuit(*prescriptions: Prescription) -> Circuit:
    return Circuit(prescriptions, rounds=count(2))


@for_each(
    ("item", "ranges"),
    [
        (
            Prescription("superman", sets=count(2, 3), reps=times(8, 10)),
            Ranges(Count(8, 10), None, Count(2, 3)),
        ),
        (Prescription("superman", hold=Duration(20, 30)), Ranges(None, Duration(20, 30), Count(1, 1))),
        (Prescription("superman", duration=Duration(20, 30)), Ranges(None, Duration(20, 30), Count(1, 1))),
        (Prescription("superman", hold=breaths(5)), Ranges(None, breaths(5), Count(1, 1))),
        (
            Prescription("superman", reps=times(8), tempo=(("hold", Duration(2, 3)),)),
            Ranges(Count(8, 8), Duration(2, 3), Count(1, 1)),
        ),
        (
            Prescription("superman", reps=times(8), hold=seconds(4), tempo=(("hold", Duration(2, 3)),)),
            Ranges(Count(8, 8), seconds(4), Count(1, 1)),
        ),
        (Prescription("superman", reps=Reps((Count(6, 8), Count(4, 6))), hold=Duration(2, 3)), Ranges()),
        (Prescription("superman", reps=Reps(()), sets=count(1, 2)), Ranges(None, None, Count(1, 2))),
        (circuit(Prescription("superman", reps=times(8, 10))), Ranges(Count(8, 10), None, Count(1, 1))),
        (
            circuit(Prescription("superman", reps=times(8, 10), sets=count(1, 2))),
            Ranges(Count(8, 10), None, Count(1, 2)),
        ),
    ],
)
def test_a_prescription_has_ranges(item: Item, ranges: Ranges) -> None:
    assert ranges_of(item) == ranges


def test_the_sets_of_an_exercise_s_own_prescription_are_no_range_in_a_circuit() -> None:
    own = SUPERMAN._replace(prescription=Prescription(sets=count(2, 3), reps=times(8, 10)))
    alone = routine_of(Day(DayKind.EXERCISES, items=(Prescription("superman"),)), own)
    in_turn = routine_of(Day(DayKind.EXERCISES, items=(circuit(Prescription("superman")),)), own)
    assert ranges_of_day(alone, "monday") == {"superman": Ranges(Count(8, 10), None, Count(2, 3))}
    assert ranges_of_day(in_turn, "monday") == {"superman": Ranges(Count(8, 10), None, Count(1, 1))}


LOWERED = SUPERMAN._replace(
    phases=(Phase("lift", seconds(2)), Phase("lower", Duration(3, 5)), Phase("relax"))
)
HELD = SUPERMAN._replace(
    phases=(Phase("lift"), Phase("hold", Duration(3, 5)), Phase("lower", Duration(2, 4)))
)


@for_each(
    ("exercise", "asked", "hold"),
    [
        (LOWERED, Prescription("superman", reps=times(8)), Duration(3, 5)),
        (LOWERED, Prescription("superman", reps=times(8), hold=seconds(3)), Duration(3, 5)),
        (LOWERED, Prescription("superman", reps=times(8), hold=Duration(3, 4)), Duration(3, 4)),
        (LOWERED, Prescription("superman", reps=times(8), tempo=(("lower", seconds(3)),)), None),
        (
            LOWERED,
            Prescription("superman", reps=times(8), tempo=(("relax", Duration(1, 3)),)),
            Duration(3, 5),
        ),
        (
            SUPERMAN,
            Prescription("superman", reps=times(8), tempo=(("lift", Duration(2, 4)),)),
            Duration(2, 4),
        ),
        (HELD, Prescription("superman", reps=times(8)), Duration(3, 5)),
        (HELD, Prescription("superman", reps=times(8), hold=seconds(3)), Duration(2, 4)),
        (HELD, Prescription("superman", hold=seconds(3)), seconds(3)),
    ],
)
def test_a_range_of_a_phase_is_climbed_like_that_of_the_hold(
    exercise: Exercise, asked: Prescription, hold: Duration | None
) -> None:
    day = Day(DayKind.EXERCISES, items=(asked,))
    (found,) = ranges_of_day(routine_of(day, exercise), "monday").values()
    assert found.hold == hold


def test_rounds_are_a_range_of_each_exercise_of_their_circuit() -> None:
    pair = Circuit(
        (Prescription("superman", reps=times(8)), Prescription("cobra", reps=times(8, 9))), count(2, 3)
    )
    day = Day(DayKind.EXERCISES, items=(pair,))
    assert ranges_of_day(routine_of(day), "monday") == {
        "superman": Ranges(Count(8, 8), None, Count(1, 1), Count(2, 3)),
        "cobra": Ranges(Count(8, 9), None, Count(1, 1), Count(2, 3)),
    }
    pyramid = Circuit((Prescription("superman", reps=Reps((Count(8, 8), Count(6, 6)))),), count(2, 3))
    assert ranges_of(pyramid) == Ranges(rounds=Count(2, 3))


def test_the_first_prescription_with_a_range_tells() -> None:
    items = tuple(Prescription("superman", reps=reps) for reps in (times(5), times(8, 10), times(2, 3)))
    found = ranges_of_day(routine_of(Day(DayKind.EXERCISES, items=items)), "monday")
    assert found == {"superman": Ranges(Count(8, 10), None, Count(1, 1))}


def test_a_day_without_exercises_has_no_ranges() -> None:
    routine = routine_of(Day(DayKind.ACTIVITY, activity="Swim"))
    assert ranges_of_day(routine, "monday") == ranges_of_day(routine, "sunday") == {}
    assert ranges_of_day(routine, "someday") == {}


# -- days at a level ------------------------------------------------------------------------------------


def plan_at(levels: dict[str, Level], *items: Item) -> Plan:
    return compile_day(routine_of(Day(DayKind.EXERCISES, items=items)), "monday", levels=levels)


def test_reps_hold_and_sets_are_those_of_the_level() -> None:
    asked = Prescription("superman", sets=count(2, 3), reps=times(8, 10), hold=Duration(3, 5))
    plan = plan_at({"superman": Level(9, 4, 3)}, asked)
    assert [(spec.sets, spec.reps, spec.hold_s) for spec in plan.sets] == [(3, 9, 4)] * 3
    holds = [step.seconds for step in plan.steps if step.phase == "hold"]
    assert holds == [4] * 27


def test_a_level_is_of_its_exercise_only_and_stays_in_the_ranges() -> None:
    bird_dog, superman = (
        Prescription("bird-dog", reps=times(6, 8)),
        Prescription("superman", reps=times(8, 9)),
    )
    plan = plan_at({"superman": Level(99), "nobody": Level(1)}, bird_dog, superman)
    assert [spec.reps for spec in plan.sets] == [6, 9]


def test_a_hold_that_is_the_set() -> None:
    asked = Prescription("knees-to-chest", hold=Duration(20, 30), sets=count(1, 2))
    plan = plan_at({"knees-to-chest": Level(None, 25, 2)}, asked)
    assert [(spec.side, spec.hold_s) for spec in plan.sets] == [("left", 25), ("right", 25)] * 2


def test_movement_that_goes_on() -> None:
    plan = plan_at({"superman": Level(hold=45)}, Prescription("superman", duration=Duration(30, 60)))
    assert [(step.seconds, step.continuous) for step in plan.steps if step.kind is StepKind.PHASE] == [
        (45, True)
    ]


def test_a_hold_in_breaths() -> None:
    asked = Prescription("superman", hold=Duration(5, 7, BREATHS))
    assert telling(plan_at({"superman": Level(hold=6, unit=BREATHS)}, asked))[1:] == ["hold 60"]


def test_a_hold_that_the_tempo_gives() -> None:
    asked = Prescription("superman", reps=times(1), tempo=(("lift", seconds(1)), ("hold", Duration(2, 4))))
    assert telling(plan_at({"superman": Level(1, 3)}, asked))[1:] == ["lift 1", "hold 3", "lower 2"]


def test_sets_of_a_circuit_are_those_of_a_round() -> None:
    asked = Prescription("superman", reps=times(8, 10), sets=count(1, 2))
    plan = plan_at({"superman": Level(9, None, 2)}, circuit(asked))
    assert [(spec.round, spec.set, spec.reps) for spec in plan.sets] == [
        (1, 1, 9),
        (1, 2, 9),
        (2, 1, 9),
        (2, 2, 9),
    ]
    plan = plan_at({"superman": Level(9, None, 5)}, circuit(Prescription("superman", reps=times(8, 10))))
    assert [(spec.round, spec.set, spec.reps) for spec in plan.sets] == [(1, 1, 9), (2, 1, 9)]


@pytest.mark.parametrize(
    ("exercise", "level", "steps"),
    [
        (LOWERED, Level(1, 4), ["lift 2", "lower 4", "relax 2"]),
        (LOWERED, Level(1, 9), ["lift 2", "lower 5", "relax 2"]),
        (HELD, Level(1, 4), ["lift 2", "hold 4", "lower 2"]),
    ],
)
def test_a_phase_with_a_range_takes_the_time_of_the_level(
    exercise: Exercise, level: Level, steps: list[str]
) -> None:
    day = Day(DayKind.EXERCISES, items=(Prescription("superman", reps=times(1)),))
    plan = compile_day(routine_of(day, exercise), "monday", levels={"superman": level})
    assert telling(plan)[1:] == steps


def test_each_exercise_of_a_circuit_is_done_in_as_many_rounds_as_its_level_says() -> None:
    two_to_four = Circuit(
        (Prescription("superman", reps=times(1)), Prescription("cobra", reps=times(1))), count(2, 4)
    )
    plan = plan_at({"cobra": Level(rounds=3)}, two_to_four)
    assert [(spec.exercise, spec.round, spec.rounds) for spec in plan.sets] == [
        ("superman", 1, 3),
        ("cobra", 1, 3),
        ("superman", 2, 3),
        ("cobra", 2, 3),
        ("cobra", 3, 3),
    ]
    assert telling(plan).count("rest 60") == 2
    both = plan_at({"superman": Level(rounds=9), "cobra": Level(rounds=9)}, two_to_four)
    assert {spec.rounds for spec in both.sets} == {4} and len(both.sets) == 8


def test_a_pyramid_stays_as_it_is() -> None:
    pyramid = Prescription("superman", reps=Reps((Count(6, 8), Count(4, 6))))
    assert plan_at({"superman": Level(9, 9, 9)}, pyramid) == plan_at({}, pyramid)


@settings(max_examples=40)
@given(routines())
def test_without_levels_a_day_is_at_its_start(routine: Routine) -> None:
    starts = {exercise: ranges.start for exercise, ranges in ranges_of_day(routine, "monday").items()}
    nothing = dict.fromkeys(starts, Level())
    plan = compile_day(routine, "monday")
    assert compile_day(routine, "monday", levels=nothing) == plan
    if len(starts) == sum(1 for _ in _asked(routine)):
        assert compile_day(routine, "monday", levels=starts) == plan


def _asked(routine: Routine) -> list[Prescription]:
    items = routine.days["monday"].items
    return [one for item in items for one in (item.exercises if isinstance(item, Circuit) else (item,))]


def test_alternating_sides_keep_alternating() -> None:
    assert (BIRD_DOG.sides, KNEES.sides) == ("alternate", "each")
    plan = plan_at({"bird-dog": Level(2)}, Prescription("bird-dog", reps=times(1, 2), switch=seconds(0)))
    assert [step.side for step in plan.steps if step.rep_start] == ["left", "right"] * 2
