"""The workout screen: what is seen when it hurts, and on the way to another set."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from backtimer.core.events import Outcome
from backtimer.core.session import Command, State
from tests.tui.frames import frame
from tests.tui.workout_kit import Kit
from tests.tui.workout_moments import (
    DAY,
    PREPARE_S,
    own_pace,
    settle,
    skip_to,
    stage_of,
    state_of,
)


async def test_it_hurts_goes_on_with_the_next_exercise() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("h")
        assert kit.notes.records[0].outcome is Outcome.HURT
        assert kit.notes.records[0].side == "left"
        stage = stage_of(kit)
        assert (stage.heading.text, stage.phase.text, stage.count.text) == (
            "Superman",
            "Change position",
            "15",
        )
        await settle(pilot)
        assert "Ease out of it, slowly." in frame(kit.app)


async def back_to_another_position(kit: Kit, pilot: Pilot[Any]) -> None:
    """From the stretch, seated, back to the superman, face down."""
    await skip_to(kit, pilot, "piriformis-stretch")
    await kit.pass_time(pilot, 15 + 1)
    kit.coach.command(Command.PREVIOUS_SET)
    kit.wake()


async def test_a_detour_looks_like_what_leads_to_a_set_until_it_counts_in() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await back_to_another_position(kit, pilot)
        await kit.pass_time(pilot, 2)
        stage = stage_of(kit)
        assert state_of(kit) is State.COUNT_IN
        assert (stage.heading.text, stage.phase.text, stage.count.text) == (
            "Superman",
            "Change position",
            "13",
        )
        assert stage.has_class("-guided")
        assert stage.coming.text.startswith("Next: Superman")
        await settle(pilot)
        assert "Push up" not in frame(kit.app)
        assert "Lie down on your stomach." in frame(kit.app)
        await kit.pass_time(pilot, 10)
        assert (stage.phase.text, stage.count.text) == ("Get ready", "3")
        assert not stage.has_class("-guided")
        await kit.pass_time(pilot, 3)
        assert state_of(kit) is State.RUNNING


async def test_a_detour_without_a_new_position_says_to_get_ready() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await own_pace(kit, pilot)
        await pilot.press("p")
        stage = stage_of(kit)
        assert (stage.heading.text, stage.phase.text, stage.count.text) == (
            "Piriformis stretch",
            "Get ready",
            "10",
        )
        assert stage.side.text == "Right"


async def test_where_what_hurt_is_left_out_there_is_the_rest_of_the_round() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("h")
        while kit.coach.state is not State.COUNT_IN:
            await kit.pass_time(pilot, 1)
        stage = stage_of(kit)
        assert (stage.heading.text, stage.phase.text) == ("Superman", "Rest")
        await settle(pilot)
        assert "Ease out" not in frame(kit.app)
        await pilot.press("space")
        await settle(pilot)
        assert "Get ready" in frame(kit.app)
