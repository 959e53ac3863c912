"""What stands between two pieces of work: rests as they are written, ways as long as they take."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import LEAD_INS, Plan
from backtimer.core.plan.routine import (
    Circuit,
    Day,
    DayKind,
    Exercise,
    Phase,
    Position,
    Prescription,
    Sides,
)
from backtimer.core.plan.units import seconds
from backtimer.core.plan.ways import way_s
from tests.core.plans import COBRA, DEFAULTS, count, one_set, plan_of, routine_of, telling, times
from tests.rules import for_each

UP = Exercise("squat", "Squat", Position.STANDING)
CHAIR = Exercise("sit-tall", "Sit tall", Position.SEATED)


def _leads(plan: Plan) -> list[str]:
    told = zip(plan.steps, telling(plan), strict=True)
    return [words for step, words in told if step.kind in LEAD_INS][1:]


def _after(rest_s: float, other: str, *, sets: int = 1) -> list[str]:
    """What leads from face down to another exercise after a rest that is written."""
    return _leads(
        plan_of(
            Prescription("superman", sets=count(sets), reps=times(1), rest=seconds(rest_s)),
            Prescription(other, reps=times(1), sides=Sides.NONE),
            exercises=(UP, CHAIR),
        )
    )


@for_each(
    ("rest_s", "other", "leads"),
    [
        (60, "cobra", ["rest 60"]),
        (5, "cobra", ["rest 5"]),
        (0, "cobra", ["transition 5"]),
        (0, "superman", []),
        (60, "bird-dog", ["rest 45", "transition 15"]),
        (25, "bird-dog", ["rest 10", "transition 15"]),
        (20, "bird-dog", ["transition 20"]),  # nobody rests for five seconds
        (19, "bird-dog", ["transition 19"]),
        (3, "bird-dog", ["transition 15"]),
        (60, "squat", ["rest 30", "transition 30"]),
        (20, "squat", ["transition 30"]),
        (0, "squat", ["transition 30"]),
    ],
)
def test_a_written_rest_is_the_whole_gap(rest_s: float, other: str, leads: list[str]) -> None:
    assert _after(rest_s, other) == leads
    if rest_s:
        assert _after(rest_s, other, sets=2) == [f"rest {rest_s:g}", *leads]


def test_it_is_in_a_circuit_too_and_the_circuit_s_own_between_its_rounds() -> None:
    circuit = Circuit(
        (
            Prescription("superman", reps=times(1), rest=seconds(40)),
            Prescription("squat", reps=times(1), rest=seconds(30)),
        ),
        rounds=count(2),
        rest=seconds(70),
    )
    plan = plan_of(circuit, Prescription("sit-tall", hold=seconds(5)), exercises=(UP, CHAIR))
    one_round = ["rest 10", "transition 30"]
    assert _leads(plan) == [*one_round, "rest 34", "transition 36", *one_round, "rest 15", "transition 15"]


def test_a_rest_that_nobody_wrote_is_not_between_exercises() -> None:
    own = COBRA._replace(prescription=Prescription(reps=times(1), rest=seconds(33)))
    assert _leads(
        plan_of(Prescription("cobra"), Prescription("superman", reps=times(1)), exercises=(own,))
    ) == ["transition 8"]


@pytest.mark.parametrize(("author_s", "lasts_s"), [(0, 30), (15, 30), (40, 40)])
def test_a_change_of_position_lasts_the_longest_of_what_is_written_and_needed(
    author_s: float, lasts_s: float
) -> None:
    plan = plan_of(
        Prescription("superman", reps=times(1)),
        Prescription("squat", reps=times(1)),
        exercises=(UP,),
        defaults=DEFAULTS._replace(position_change=seconds(author_s)),
    )
    assert _leads(plan) == [f"transition {lasts_s}"]


def test_there_is_a_way_between_any_two_positions() -> None:
    for before, after in permutations(Position, 2):
        assert 4 <= way_s(before, after) <= 46
    assert all(way_s(each, each) == 0 for each in Position)
    assert way_s(Position.SUPINE, Position.STANDING) == 35
    assert way_s(Position.QUADRUPED, Position.HALF_KNEELING) == 12
    assert way_s(Position.HALF_KNEELING, Position.STANDING) == 25


def test_up_from_the_floor_takes_no_less_than_within_reach_of_it() -> None:
    high = (Position.SEATED, Position.STANDING)
    low = (Position.SUPINE, Position.PRONE, Position.SIDE_LYING, Position.QUADRUPED)
    for before, after in product(low, high):
        assert way_s(before, after) >= max(way_s(before, other) for other in low)


OWN_TIMES = Exercise(
    "press",
    "Press",
    Position.PRONE,
    Sides.EACH,
    prescription=Prescription(sets=count(2), hold=seconds(9), rest=seconds(20), switch=seconds(8)),
)


@for_each(
    ("written", "own", "day", "switch", "rest"),
    [
        ((), (), {}, 8, 20),
        (("rest", "switch"), (), {}, 5, 45),
        (("switch",), (), {}, 5, 20),
        (("rest", "switch"), ("press",), {}, 8, 20),
        (("rest", "switch"), (), {"rest": seconds(30), "switch": seconds(3)}, 3, 30),
    ],
)
def test_the_author_s_defaults_hold_over_the_catalogue_s(
    written: tuple[str, ...], own: tuple[str, ...], day: dict[str, object], switch: int, rest: int
) -> None:
    asked = Prescription("press")._replace(**day)  # type: ignore[arg-type]
    routine = routine_of(
        Day(DayKind.EXERCISES, items=(asked,)), OWN_TIMES, defaults=DEFAULTS._replace(written=written)
    )._replace(own=own)
    leads = _leads(compile_day(routine, "monday"))
    assert leads == [f"switch right {switch}", f"rest left {rest}", f"switch right {switch}"]


TURNS = Exercise("reach", "Reach", Position.PRONE, Sides.ALTERNATE, phases=(Phase("reach", seconds(3)),))


@pytest.mark.parametrize(
    ("relax", "switch", "between"),
    [(4, 3, ["relax left 1", "switch right 3"]), (2, 3, ["switch right 3"]), (2, 0, ["relax left 2"])],
)
def test_the_pause_between_reps_holds_the_change_of_side(
    relax: float, switch: float, between: list[str]
) -> None:
    asked = Prescription("reach", reps=times(1), relax=seconds(relax), switch=seconds(switch))
    assert telling(one_set(TURNS, asked)) == ["reach left 3", *between, "reach right 3"]
    own = TURNS._replace(phases=(*TURNS.phases, Phase("relax", seconds(relax))))
    asked = asked._replace(relax=None)
    plan = one_set(own, asked)
    assert telling(plan) == ["reach left 3", *between, "reach right 3", f"relax right {relax:g}"]
    whole = one_set(own, asked._replace(reps=None, duration=seconds(plan.total_s)))
    assert telling(whole) == telling(plan)
