"""How a circuit's rounds are marked."""

from __future__ import annotations

from tests.tui.frames import frame
from tests.tui.workout_kit import CIRCUIT, Kit, exercise_day
from tests.tui.workout_moments import settle


async def test_a_round_to_come_is_not_marked_as_skipped_when_one_exercise_of_it_is_left_out() -> None:
    kit = Kit(exercise_day(CIRCUIT))
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, 11)
        await pilot.press("h")  # bird-dog hurts: it is left out in all rounds
        await kit.pass_time(pilot, 2)
        await pilot.press("space")
        await settle(pilot)
        assert kit.coach.snapshot().step.exercise == "superman"
        assert "round 1 of 3 ◉○○" in frame(kit.app)
