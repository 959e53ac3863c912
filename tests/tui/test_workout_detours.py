"""The workout screen: what is seen when it hurts, and on the way to another set."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from backtimer.core.plan.routine import Position
from backtimer.core.plan.ways import way_s
from backtimer.core.session.events import Outcome
from backtimer.core.session.transitions import Command, State
from tests.tui.frames import frame
from tests.tui.workout_kit import Kit
from tests.tui.workout_moments import (
    DAY,
    PREPARE_S,
    own_pace,
    settle,
    shown,
    skip_to,
    state_of,
)


async def test_it_hurts_waits_for_a_key_and_names_what_is_left_out() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("h")
        assert kit.notes.records[0].outcome is Outcome.HURT
        assert kit.notes.records[0].side == "left"
        await kit.pass_time(pilot, 600)
        view = shown(kit)
        assert state_of(kit) is State.PAUSED
        assert view.name == "Bird-dog" and view.still is not None
        assert (view.still.title, view.still.place) == ("Rest", "Then: Superman")
        await settle(pilot)
        seen = frame(kit.app)
        assert "Bird-dog is left out today." in seen and "u takes it back." in seen
        assert "u Undo" in seen and "set 1 of 2 ×–" in seen
        await pilot.press("space")
        view = shown(kit)
        assert (view.name, view.phase[0], view.seconds) == ("Superman", "Onto your stomach", "15")
        await settle(pilot)
        assert "Bird-dog is left out today. u takes it back." in frame(kit.app)
        await kit.pass_time(pilot, 16)
        await settle(pilot)
        assert "left out" not in frame(kit.app)


async def test_a_key_that_slips_right_after_it_hurt_does_nothing() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("h", "j", "space")
        assert state_of(kit) is State.PAUSED
        await kit.pass_time(pilot, 1.5)
        await pilot.press("j")
        assert state_of(kit) is State.RUNNING


async def test_what_was_left_out_is_taken_back() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("h", "u")
        assert kit.notes.records == []
        view = shown(kit)
        assert view.name == "Bird-dog" and view.still is not None and view.still.title == "Paused"
        await pilot.press("space")
        assert kit.coach.snapshot().step.exercise == "bird-dog"
        await settle(pilot)
        assert "u Undo" not in frame(kit.app)


async def test_pressed_twice_it_shows_the_safety_card() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("h")
        await settle(pilot)
        assert "Most back pain" not in frame(kit.app)
        await pilot.press("h")
        await settle(pilot)
        assert "Most back pain is not dangerous." in frame(kit.app)
        await pilot.press("x")
        await settle(pilot)
        assert "Most back pain" not in frame(kit.app)
        assert state_of(kit) is State.PAUSED
        assert sum(record.outcome is Outcome.HURT for record in kit.notes.records) == 1


@pytest.mark.parametrize(
    ("answer", "left_out"), [("h", "bird-dog"), ("n", "superman"), ("right", "superman"), ("u", None)]
)
async def test_between_two_exercises_it_asks_which_one(answer: str, left_out: str | None) -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S)
        for _ in range(100):
            await kit.pass_time(pilot, 5)
            if kit.coach.snapshot().unsure is not None:
                break
        await pilot.press("h")
        await kit.pass_time(pilot, 30)
        await settle(pilot)
        assert "Which one hurts?" in frame(kit.app)
        assert "h: Bird-dog, just done" in frame(kit.app)
        assert "n: Superman, to come" in frame(kit.app)
        assert "u: neither" in frame(kit.app)
        assert "Go on" not in frame(kit.app), "any other key has it asked again"
        await pilot.press("space", "j")
        assert kit.coach.asks_which
        assert all(record.outcome is Outcome.DONE for record in kit.notes.records)
        await pilot.press(answer)
        hurt = [record for record in kit.notes.records if record.outcome is Outcome.HURT]
        assert [kit.plan.sets[record.set_index].exercise for record in hurt] == [left_out] * len(hurt)
        assert bool(hurt) is (left_out is not None)
        assert (state_of(kit) is State.PAUSED) is (left_out is not None)


async def back_to_another_position(kit: Kit, pilot: Pilot[Any]) -> None:
    """From the stretch, seated, back to the superman, face down."""
    await skip_to(kit, pilot, "piriformis-stretch")
    await kit.pass_time(pilot, way_s(Position.PRONE, Position.SEATED) + 1)
    kit.coach.command(Command.PREVIOUS_SET)
    kit.wake()


async def test_a_detour_looks_like_what_leads_to_a_set_until_it_counts_in() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await back_to_another_position(kit, pilot)
        await kit.pass_time(pilot, 2)
        view = shown(kit)
        assert state_of(kit) is State.COUNT_IN
        assert (view.name, view.phase[0], view.seconds) == (
            "Superman",
            "Onto your stomach",
            "38",
        )
        assert view.leads_in and view.amount == "8 reps · hold 2 s · red band"
        await settle(pilot)
        assert "Push up" not in frame(kit.app)
        assert "turn to the seat." in frame(kit.app)
        await kit.pass_time(pilot, 25)
        view = shown(kit)
        assert (view.phase[0], view.seconds) == ("Get ready", "3")
        assert not view.leads_in
        await kit.pass_time(pilot, 3)
        assert state_of(kit) is State.RUNNING


async def test_a_detour_without_a_new_position_says_to_get_ready() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await own_pace(kit, pilot)
        await pilot.press("p")
        view = shown(kit)
        assert (view.name, view.phase[0], view.seconds) == (
            "Piriformis stretch",
            "Get ready",
            "10",
        )
        assert view.side_word == "Right"


async def test_where_what_hurt_is_left_out_there_is_the_rest_of_the_round() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("h")
        await kit.pass_time(pilot, 2)
        await pilot.press("space")
        while kit.coach.state is not State.COUNT_IN:
            await kit.pass_time(pilot, 1)
        view = shown(kit)
        assert (view.name, view.phase[0]) == ("Superman", "Rest")
        await settle(pilot)
        assert "left out" not in frame(kit.app)
        await pilot.press("space")
        await settle(pilot)
        still = shown(kit).still
        assert still is not None and still.place == "Get ready"
