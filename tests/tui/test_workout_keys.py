"""The workout screen: what every key and click does."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from backtimer.core.plan.plan import StepKind
from backtimer.core.plan.routine import Prescription
from backtimer.core.plan.units import Count, Reps
from backtimer.core.session.events import Outcome
from backtimer.core.session.transitions import State
from backtimer.tui.screens.workout import WorkoutResult, WorkoutScreen
from backtimer.tui.widgets.key_line import KeyLine
from tests.tui.frames import frame
from tests.tui.workout_kit import BIRD, STRETCH, SUPER, YOGA, Kit, exercise_day
from tests.tui.workout_moments import (
    DAY,
    PREPARE_S,
    own_pace,
    paused,
    settle,
    shown,
    state_of,
)

FREE_KEYS = [
    "space",
    "x",
    "Z",
    "ä",
    "7",
    "home",
    "end",
    "f5",
    "delete",
    "tab",
    "enter",
    "ctrl+g",
]


async def test_any_free_key_pauses_and_goes_on() -> None:
    kit = Kit(YOGA)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, 1)
        for key in FREE_KEYS:
            await pilot.press(key)
            assert state_of(kit) is State.PAUSED, key
            await pilot.press(key)
            assert state_of(kit) is State.COUNT_IN, key
            await kit.pass_time(pilot, 3)
            assert state_of(kit) is State.RUNNING, key


async def test_a_pause_cannot_be_overlooked() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await paused(kit, pilot)
        await settle(pilot)
        seen = frame(kit.app)
        assert "Space goes on" in seen
        assert "█▀█ █▀█ █ █ █▀▀ █▀▀ █▀▄" in seen, "PAUSED, large"
        assert "Rep 1 of 4" in seen and "██████" in seen, "the seconds stay"


async def test_modifiers_alone_do_nothing() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        for key in ("left_shift", "right_control", "left_alt", "caps_lock", "left_super"):
            await pilot.press(key)
            assert state_of(kit) is State.RUNNING, key


async def test_a_key_that_means_nothing_now_does_not_pause() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await own_pace(kit, pilot)
        await pilot.press("plus")
        assert state_of(kit) is State.WAITING


async def past_what_leads_to_it(kit: Kit, pilot: Pilot[Any]) -> None:
    for _ in range(90):
        view = kit.coach.snapshot()
        if view.state in (State.RUNNING, State.WAITING) and view.step.kind is StepKind.PHASE:
            return
        await kit.pass_time(pilot, 1)
    raise AssertionError("no work within a minute and a half")


async def test_next_and_previous_set() -> None:
    kit = Kit(exercise_day(BIRD, SUPER, STRETCH))
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        for number, key in enumerate(("n", "right", "pagedown"), start=1):
            await pilot.press(key)
            await past_what_leads_to_it(kit, pilot)
            assert kit.coach.snapshot().step.set_index == number
        assert {record.outcome for record in kit.notes.records} <= {Outcome.SKIPPED, Outcome.PARTIAL}
        for number, key in zip((2, 1, 0), ("p", "left", "pageup"), strict=True):
            await pilot.press(key)
            await past_what_leads_to_it(kit, pilot)
            assert kit.coach.snapshot().step.set_index == number


async def test_ten_seconds_more() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, 4)
        await pilot.press("plus")
        assert shown(kit).seconds == "16"
        await pilot.press("equals_sign")
        assert shown(kit).seconds == "26"


async def test_enter_ends_a_set_at_ones_own_pace() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await own_pace(kit, pilot)
        await settle(pilot)
        assert "any key Done" in frame(kit.app)
        await pilot.press("enter")
        assert kit.notes.records[-1].outcome is Outcome.DONE
        await settle(pilot)
        assert "any key Done" not in frame(kit.app)


async def test_finish_ends_the_session() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("f")
        await pilot.pause()
        assert kit.app.return_value is None, "it asks first"
        await pilot.press("f")
        await pilot.pause()
    assert kit.app.return_value is WorkoutResult.ENDED
    assert kit.notes.told == ["start", "end"]


async def test_the_last_set_ends_the_session() -> None:
    kit = Kit(exercise_day(Prescription("superman", sets=Count(1, 1), reps=Reps((Count(1, 1),)))))
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 4)
        await pilot.pause()
    assert kit.app.return_value is WorkoutResult.ENDED
    assert kit.app.bells == 1


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_quit_asks_and_the_session_waits(key: str) -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press(key)
        assert kit.app.screen.is_modal
        assert state_of(kit) is State.PAUSED
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(kit.app.screen, WorkoutScreen)
        assert state_of(kit) is State.COUNT_IN


async def test_quit_while_paused_comes_back_to_the_pause() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await paused(kit, pilot)
        await pilot.press("q")
        await pilot.press("escape")
        await pilot.pause()
        assert state_of(kit) is State.PAUSED


@pytest.mark.parametrize(
    ("answer", "result", "told"),
    [("s", WorkoutResult.ENDED, ["start", "end"]), ("l", WorkoutResult.LEFT, ["start", "leave"])],
)
async def test_quit_saves_or_leaves_for_later(answer: str, result: WorkoutResult, told: list[str]) -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("q")
        await pilot.press(answer)
        await pilot.pause()
    assert kit.app.return_value is result
    assert kit.notes.told == told


async def test_help_shows_the_keys_while_the_session_waits() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test(size=(120, 40)) as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.press("question_mark")
        await settle(pilot)
        assert state_of(kit) is State.PAUSED
        assert kit.app.screen.query("HelpPanel")
        assert "If something hurts" in frame(kit.app)
        await pilot.press("escape")
        await settle(pilot)
        assert not kit.app.screen.query("HelpPanel")
        assert isinstance(kit.app.screen, WorkoutScreen)


async def test_a_click_on_the_picture_pauses_and_goes_on() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await pilot.click("#stage", offset=(60, 5))
        assert state_of(kit) is State.PAUSED
        await pilot.click("#stage", offset=(60, 5))
        assert state_of(kit) is State.COUNT_IN


async def test_a_click_in_the_footer_is_the_key_it_shows() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1)
        await settle(pilot)
        line = kit.app.screen.query_one(KeyLine)
        place = next(key.begin for key in line.keys if key.label == "Next")
        await pilot.click(line, offset=(place, 0))
        assert kit.coach.snapshot().step.set_index == 1
        assert state_of(kit) is not State.PAUSED


async def test_the_footer_follows_the_state() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await settle(pilot)
        assert "space Pause" in frame(kit.app)
        await pilot.press("space")
        await settle(pilot)
        assert "space Go on" in frame(kit.app)


async def test_all_keys_are_told_of() -> None:
    for binding in WorkoutScreen.BINDINGS:
        assert not isinstance(binding, tuple)
        assert binding.id
        assert binding.id.startswith("workout.")
        assert binding.tooltip
        assert binding.description
