"""Nobody needs to look for a key, or for the laptop."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from backtimer.coach import UNMEANT_S
from backtimer.core.plan.units import LONGEST, Reps
from backtimer.core.session.events import Outcome
from backtimer.core.session.transitions import State
from tests.tui.frames import frame
from tests.tui.workout_kit import BIRD, OWN_PACE, STRETCH, SUPER, YOGA, Kit, exercise_day


def state(kit: Kit) -> State:
    """Where the session stands."""
    return kit.coach.state


async def waiting(kit: Kit, pilot: Pilot[Any]) -> None:
    """Get to the first set at one's own pace."""
    while kit.coach.state is not State.WAITING:
        await kit.pass_time(pilot, 1)
    await kit.pass_time(pilot, UNMEANT_S)


@pytest.mark.parametrize(
    "key", ["space", "enter", "x", "f5", "tab", "home", "media_play_pause", "media_play"]
)
async def test_any_key_ends_a_set_at_ones_own_pace(key: str) -> None:
    kit = Kit(exercise_day(OWN_PACE))
    async with kit.app.run_test() as pilot:
        await waiting(kit, pilot)
        await pilot.press(key)
        assert [record.outcome for record in kit.notes.records] == [Outcome.DONE]
        assert state(kit) is State.RUNNING


async def test_any_key_ends_reps_that_go_on_as_long_as_is_comfortable() -> None:
    kit = Kit(exercise_day(OWN_PACE._replace(reps=Reps(()), pace=None)))
    async with kit.app.run_test(size=(80, 24)) as pilot:
        await waiting(kit, pilot)
        while kit.coach.snapshot().reps_done < 12:
            await kit.pass_time(pilot, 1)
        shown = frame(kit.app)
        assert "Rep 13" in shown and "Press any key when done" in shown
        await pilot.press("x")
        assert [(record.outcome, record.reps) for record in kit.notes.records] == [(Outcome.DONE, 12)]
        assert state(kit) is State.RUNNING


async def test_a_hold_with_an_end_is_over_without_a_key() -> None:
    kit = Kit(exercise_day(OWN_PACE._replace(reps=None, hold=LONGEST._replace(high=20), pace=None)))
    async with kit.app.run_test(size=(100, 30)) as pilot:
        await waiting(kit, pilot)
        assert "Press any key when done, by 0:20 at the latest" in frame(kit.app)
        await kit.pass_time(pilot, 21)
        assert [(each.outcome, each.seconds) for each in kit.notes.records] == [(Outcome.DONE, 20)]
        assert state(kit) is State.RUNNING


@pytest.mark.parametrize("key", ["right", "down", "pagedown", "media_track_next", "media_fast_forward"])
async def test_a_presenter_says_done_where_a_set_waits_and_goes_to_the_next_set_elsewhere(key: str) -> None:
    kit = Kit(exercise_day(OWN_PACE))
    async with kit.app.run_test() as pilot:
        await waiting(kit, pilot)
        await pilot.press(key)
        assert [record.outcome for record in kit.notes.records] == [Outcome.DONE]
        await pilot.press(key)  # cuts the rest short
        assert state(kit) is State.COUNT_IN
        assert len(kit.notes.records) == 1


@pytest.mark.parametrize("key", ["left", "up", "pageup", "media_track_previous", "media_rewind"])
async def test_a_presenter_goes_back(key: str) -> None:
    kit = Kit(exercise_day(BIRD, SUPER, STRETCH))
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, 11)
        await pilot.press("n")
        await kit.pass_time(pilot, 46)
        assert kit.coach.snapshot().step.set_index == 1
        await pilot.press(key)
        await kit.pass_time(pilot, 15)
        assert kit.coach.snapshot().step.set_index == 0


@pytest.mark.parametrize("key", ["media_play_pause", "media_pause", "media_stop"])
async def test_media_keys_pause(key: str) -> None:
    kit = Kit(YOGA)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, 2)
        await pilot.press(key)
        assert state(kit) is State.PAUSED


async def test_a_tap_anywhere_pauses_and_ends_a_set_that_waits() -> None:
    kit = Kit(exercise_day(OWN_PACE))
    async with kit.app.run_test(size=(80, 24)) as pilot:
        for place in ((0, 0), (79, 5), (40, 12), (3, 22)):
            await kit.pass_time(pilot, 1)
            await pilot.click(offset=place)
            assert state(kit) is State.PAUSED, place
            await pilot.click(offset=place)
            await kit.pass_time(pilot, 3)
            assert state(kit) is State.RUNNING, place
        await waiting(kit, pilot)
        await pilot.click(offset=(40, 12))
        assert [record.outcome for record in kit.notes.records] == [Outcome.DONE]
