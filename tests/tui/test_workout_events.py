"""The workout screen: the bell, sleep, trouble, strange texts and sizes."""

from __future__ import annotations

import pytest
from textual.geometry import Size

from backtimer.core.plan.routine import Exercise, Position, Prescription
from backtimer.core.plan.units import Count, Reps, seconds
from backtimer.core.session.transitions import Command, State
from backtimer.tui.screens.workout import WorkoutResult, WorkoutScreen
from backtimer.unheard import Silence
from tests.tui.frames import frame
from tests.tui.workout_kit import SUPER, Kit, exercise_day
from tests.tui.workout_moments import (
    DAY,
    PREPARE_S,
    paused,
    settle,
    shown,
    slept,
    state_of,
)


async def test_the_bell_rings_at_both_ends_of_a_hold() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 1.9)
        assert kit.app.bells == 0
        await kit.pass_time(pilot, 0.2)
        assert kit.app.bells == 1
        await kit.pass_time(pilot, 3)
        assert kit.app.bells == 2
        await kit.pass_time(pilot, 2.5)
        assert kit.app.bells == 2


async def test_muted_there_is_no_bell() -> None:
    kit = Kit(DAY)
    kit.app.muted = True
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 6)
    assert kit.app.bells == 0


async def test_a_machine_that_slept_finds_the_session_paused() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await slept(kit, pilot)
        await settle(pilot)
        assert state_of(kit) is State.PAUSED
        assert "the computer was away for 12 minutes" in frame(kit.app)
        await pilot.press("space")
        await pilot.press("space")
        await settle(pilot)
        assert "the computer was away" not in frame(kit.app)


async def test_the_key_that_finds_the_sleep_out_does_not_go_on() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 2)
        kit.clock.now += 700
        await pilot.press("space")
        assert state_of(kit) is State.PAUSED


async def test_a_clock_that_goes_back_finds_the_session_paused_and_says_why() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, PREPARE_S + 2)
        before = kit.coach.credited_s
        kit.clock.now -= 700
        delay = kit.coach.delay()
        assert delay is not None and delay <= 1.0, "nobody waits until the clock is where it was"
        kit.wake()
        await settle(pilot)
        assert state_of(kit) is State.PAUSED
        assert "Paused: the clock was set back. Nothing was counted." in frame(kit.app)
        assert kit.coach.credited_s == before
        await pilot.press("space")
        await kit.pass_time(pilot, 3 + before)
        assert kit.coach.credited_s > before, "time goes on from where the clock is now"


async def test_get_ready_is_said_once() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, 1)
        await pilot.press("space")
        await pilot.press("space")
        await kit.pass_time(pilot, 1)
        await settle(pilot)
        assert state_of(kit) is State.COUNT_IN
        seen = frame(kit.app)
        assert shown(kit).phase == ("Get ready", "Ready")
        assert "█▀▄ █▀▀ █▀█ █▀▄ █ █" in seen, "READY, large"
        assert "get ready" not in seen.lower()


async def test_what_is_not_heard_stands_on_the_banner_in_a_pause_too() -> None:
    kit = Kit(DAY)
    ear = Silence("Nothing can be heard.")
    kit.coach._attendants = (ear,)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, 1)
        await settle(pilot)
        assert "Nothing can be heard." in frame(kit.app)
        await pilot.press("space")
        ear.problem = ""
        screen = kit.app.screen
        assert isinstance(screen, WorkoutScreen)
        screen._show_troubles()
        await settle(pilot)
        assert "Nothing can be heard." not in frame(kit.app)


async def test_the_banner_comes_and_goes() -> None:
    kit = Kit(DAY)
    kit.notes.problem = "History is off: [b]disk full[/b]\x1b[2J"
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, 1)
        await settle(pilot)
        assert "History is off: [b]disk full[/b]" in frame(kit.app)
        assert "\x1b" not in frame(kit.app)
        kit.notes.problem = ""
        await kit.pass_time(pilot, 1)
        await settle(pilot)
        assert "History is off" not in frame(kit.app)


@pytest.mark.parametrize("name", ["[@click=app.quit]x[/]", "[/]", "[b]bold", "trailing\\", "[$primary]"])
async def test_foreign_text_is_only_text(name: str) -> None:
    strange = Exercise(
        id="strange", name=name, position=Position.PRONE, setup=(name,), steps=(name,), watch=(name,)
    )
    asked = Prescription(
        "strange", sets=Count(2, 2), reps=Reps((Count(2, 2),)), load=name, note=name, rest=seconds(9)
    )
    kit = Kit(exercise_day(asked, title=name), strange)
    async with kit.app.run_test() as pilot:
        for width, height in ((80, 24), (40, 12)):
            await pilot.resize_terminal(width, height)
            await settle(pilot)
            lines = [y for y, line in enumerate(frame(kit.app).splitlines()) if name in line]
            assert len(lines) >= 2
            for y in lines:
                await pilot.click(offset=(4, y))
        await kit.pass_time(pilot, PREPARE_S + 6)
        assert kit.app.is_running
        assert not kit.app.screen.is_modal


async def test_any_size_will_do_while_it_runs() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test(size=(80, 24)) as pilot:
        for width, height in ((1, 1), (2, 40), (200, 3), (12, 5), (30, 8), (60, 20), (80, 24)):
            await pilot.resize_terminal(width, height)
            await kit.pass_time(pilot, 7)
            assert kit.app.screen.size == Size(width, height)
            assert len(frame(kit.app).splitlines()) == height
        await paused(kit, pilot)
        await pilot.resize_terminal(1, 1)
        await settle(pilot)
        assert state_of(kit) is State.PAUSED


async def test_a_session_that_was_over_already_ends_at_once() -> None:
    first = Kit(exercise_day(SUPER))
    async with first.app.run_test() as pilot:
        await pilot.press("f", "f")
    again = Kit(exercise_day(SUPER), records=first.notes.records)
    async with again.app.run_test() as pilot:
        await pilot.pause()
    assert again.app.return_value is WorkoutResult.ENDED


async def test_nothing_is_allowed_that_the_engine_refuses() -> None:
    kit = Kit(DAY)
    async with kit.app.run_test() as pilot:
        await paused(kit, pilot)
        assert not kit.coach.allowed(Command.EXTEND)
        await pilot.press("plus")
        assert state_of(kit) is State.PAUSED
