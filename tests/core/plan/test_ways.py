"""What a day takes is told with the chair that the coach asks for."""

from __future__ import annotations

import pytest

from backtimer.core.plan.routine import Exercise, Position, Prescription
from backtimer.core.plan.ways import things_needed
from tests.core.plans import plan_of, times

UP = Exercise("up", "Up", Position.STANDING)
WALL = Exercise("wall-lean", "Lean", Position.STANDING, equipment=("wall",))
BENCH = WALL._replace(id="bench-lean", equipment=("bench",))
KNEE = Exercise("knee", "Knee", Position.HALF_KNEELING, equipment=("mat",))


@pytest.mark.parametrize(
    ("exercises", "things"),
    [
        (["superman"], ("mat", "chair")),
        (["superman", "up"], ("mat", "chair")),
        (["knee", "up"], ("mat", "chair")),
        (["up"], ()),
        (["superman", "wall-lean"], ("mat", "wall", "chair")),
        (["superman", "bench-lean"], ("mat", "bench")),
    ],
)
def test_a_chair_is_needed_between_floor_and_feet(exercises: list[str], things: tuple[str, ...]) -> None:
    plan = plan_of(
        *(Prescription(each, reps=times(2)) for each in exercises), exercises=(UP, WALL, BENCH, KNEE)
    )
    assert things_needed(plan) == things
