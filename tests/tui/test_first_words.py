"""While today's screen is up, the first words of the day that it shows are made."""

from __future__ import annotations

from typing import Any, cast

import pytest

from backtimer.core.plan.plan import Plan
from backtimer.core.session.transitions import State
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens import today
from tests.tui.conftest import FakePractice, press
from tests.tui.frames import frame
from tests.tui.workout_kit import Kit
from tests.tui.workout_moments import DAY, PREPARE_S, settle, shown, state_of


class Check:
    """Stands in for the sound check."""

    problem = ""

    def __init__(self) -> None:
        self.days: list[str] = []
        self.on = False

    def start(self) -> None:
        self.on = True

    def stop(self) -> None:
        self.on = False

    def prepare(self, plan: Plan) -> None:
        assert self.on
        self.days.append(plan.day)


@pytest.mark.usefixtures("still_workout")
async def test_the_words_of_the_day_that_is_shown_are_made_until_it_begins(
    practice: FakePractice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "SOUND_S", 3600.0)  # it is looked when the test says so
    check = Check()
    app = BacktimerApp(practice, sound_check=lambda: cast(Any, check))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert check.days == [], "the first frame comes first"
        app.check_sound(True, cast(Any, app.screen)._plan)
        assert check.days == ["thursday"]
        await press(pilot, "right")
        assert check.days == ["thursday", "friday"]
        await press(pilot, "left", "enter")
        assert not check.on
        count = len(check.days)
        app.prepare_words(practice.plan("monday"))
        assert len(check.days) == count


@pytest.mark.usefixtures("still_workout")
async def test_nothing_is_made_for_a_session_that_is_to_be_silent(practice: FakePractice) -> None:
    app = BacktimerApp(practice, sound_check=lambda: None)
    async with app.run_test() as pilot:
        await pilot.pause()
        app.check_sound(True, practice.plan("monday"))
        await press(pilot, "right")
        assert app.unheard == ""


class NotReady:
    """An attendant who is not ready."""

    audible = True
    problem = ""
    ready = False

    def is_ready_for(self, events: object) -> bool:
        return self.ready

    def attend(self, events: object) -> None: ...
    def expect(self, events: object) -> None: ...
    def dismiss(self) -> None: ...
    def close(self, *, patiently: bool = False) -> None: ...


async def test_get_ready_is_on_the_screen_at_once_and_only_its_clock_waits() -> None:
    kit = Kit(DAY)
    ear = NotReady()
    kit.coach._attendants = (ear,)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, 1.0)
        await settle(pilot)
        view = shown(kit)
        assert (view.phase[0], view.seconds) == ("Get ready", str(round(PREPARE_S)))
        assert "█▀▄ █▀▀ █▀█ █▀▄ █ █" in frame(kit.app), "READY"
        assert state_of(kit) is State.READY
        ear.ready = True
        await kit.pass_time(pilot, 0.2)
        assert state_of(kit) is State.RUNNING
        assert kit.coach.snapshot().step_elapsed_s == pytest.approx(0.1, abs=0.15)


async def test_a_key_that_comes_meanwhile_pauses() -> None:
    kit = Kit(DAY)
    kit.coach._attendants = (NotReady(),)
    async with kit.app.run_test() as pilot:
        await kit.pass_time(pilot, 0.5)
        await press(pilot, "space")
        assert state_of(kit) is State.PAUSED
