"""An exercise is exchanged on today's screen, and in a session that waits for the choice."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backtimer.core.plan.routine import Prescription
from backtimer.core.plan.units import seconds
from backtimer.core.session.events import Outcome
from backtimer.core.session.transitions import State
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.settings import Settings
from backtimer.training import Training
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.exchanging import ExchangeDialog
from backtimer.tui.screens.exercise import ExerciseScreen
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.screens.workout import WorkoutScreen
from backtimer.tui.widgets.lines import LinesList
from tests.exchanges import TwoForms
from tests.tui.conftest import FakePractice, press, week_routine
from tests.tui.frames import check_frame, frame
from tests.tui.workout_kit import STRETCH, SUPER, YOGA, Kit, exercise_day

SIZES = [(80, 24), (40, 12)]


def kit_of() -> Kit:
    return Kit(exercise_day(STRETCH, SUPER), exchanges=TwoForms())


def state(kit: Kit) -> State:
    return kit.coach.state


def exercises(kit: Kit) -> list[str | None]:
    return [spec.exercise for spec in kit.coach.plan.sets]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "keys", [("1",), ("enter",), ("space",), ("down", "up", "enter"), ("pagedown", "left", "enter")]
)
async def test_a_number_or_enter_takes_one_and_the_session_goes_on_with_it(
    size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    kit = kit_of()
    async with kit.app.run_test(size=size) as pilot:
        while kit.coach.snapshot().done_sets < 2:
            await kit.pass_time(pilot, 5)
        await pilot.press("e")
        assert isinstance(kit.app.screen, ExchangeDialog)
        check_frame(kit.app, f"exchange-{size[0]}x{size[1]}")
        shown = frame(kit.app)
        assert "In place of Piriformis stretch" in shown
        assert "1  Sphinx" in shown and "easier · 2 × 10 s" in shown
        assert state(kit) is State.PAUSED
        await pilot.press(*keys)
        await pilot.pause()
        assert isinstance(kit.app.screen, WorkoutScreen)
        assert exercises(kit) == ["piriformis-stretch"] * 2 + ["sphinx", "superman"]
        assert state(kit) is State.RUNNING
        assert "sphinx" in frame(kit.app).lower() or size == (80, 24)
        while kit.coach.snapshot().done_sets < 3:
            await kit.pass_time(pilot, 5)
        assert [one.set_index for one in kit.notes.records] == [0, 1, 2]


async def test_the_dialog_is_as_high_as_what_it_lists() -> None:
    kit = kit_of()
    async with kit.app.run_test(size=(120, 40)) as pilot:
        while kit.coach.snapshot().done_sets < 2:
            await kit.pass_time(pilot, 5)
        await pilot.press("e")
        await pilot.pause()
        forms = kit.app.screen.query_one(LinesList)
        assert forms.size.height == forms.virtual_size.height == 4, "two forms of two lines"


async def test_at_work_it_pauses_and_what_was_begun_is_a_part() -> None:
    kit = kit_of()
    async with kit.app.run_test(size=(80, 24)) as pilot:
        while not kit.coach.snapshot().set_s:
            await kit.pass_time(pilot, 1)
        await kit.pass_time(pilot, 5)
        await pilot.press("e", "2")
        await pilot.pause()
        assert [one.outcome for one in kit.notes.records] == [Outcome.PARTIAL]
        assert exercises(kit)[:2] == ["piriformis-stretch", "band-pull"]
        assert kit.coach.snapshot().step.exercise == "band-pull"


async def test_esc_leaves_it_as_it_is_and_the_session_as_it_was() -> None:
    kit = kit_of()
    async with kit.app.run_test() as pilot:
        plan = kit.coach.plan
        await kit.pass_time(pilot, 2)
        await pilot.press("e", "escape")
        await pilot.pause()
        assert kit.coach.plan is plan and state(kit) is State.COUNT_IN, "as after any pause"
        await pilot.press("space", "e", "9", "e")
        await pilot.pause()
        assert kit.coach.plan is plan and state(kit) is State.PAUSED
        await pilot.press("e", "1")
        await pilot.pause()
        assert exercises(kit)[0] == "sphinx" and state(kit) is State.PAUSED, "who paused goes on herself"


async def test_what_can_be_exchanged_for_nothing_has_no_key() -> None:
    for kit in (Kit(YOGA, exchanges=TwoForms()), Kit(exercise_day(STRETCH))):
        async with kit.app.run_test(size=(120, 40)) as pilot:
            assert "Exchange" not in frame(kit.app)
            await pilot.press("e")
            assert isinstance(kit.app.screen, WorkoutScreen) and state(kit) is not State.PAUSED


@pytest.mark.parametrize("size", SIZES)
async def test_on_todays_screen_for_today_and_as_it_was_again(size: tuple[int, int], home: Path) -> None:
    paths = find_paths(os.environ)
    paths.settings.write_text("routine: lower-back\n")
    routine = Library(paths).load("lower-back")
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    training = Training(paths, Settings(), routine, now=lambda: monday, clock=lambda: 0.0)
    app = BacktimerApp(training, muted=True, ask=False)
    async with app.run_test(size=size) as pilot:
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("e")
        assert isinstance(app.screen, ExchangeDialog), "of the first, which the eye has"
        assert "In place of Bird-dog" in frame(app)
        await pilot.press("escape", "down", "e")
        assert isinstance(app.screen, ExchangeDialog)
        assert "In place of Bird-dog" in frame(app)
        await pilot.press("1")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert "Leg reach on hands and knees" in frame(app)
        assert "Swapped for today: Leg reach" in frame(app) or size == (40, 12)
        assert training.plan("monday").sets[0].exercise == "quadruped-leg-reach"
        await pilot.press("e")
        assert "as it was" in frame(app)
        await pilot.press("enter")
        await pilot.pause()
        assert training.plan("monday").sets[0].exercise == "bird-dog"
    training.close()


def lower_back(day: datetime) -> Training:
    paths = find_paths(os.environ)
    paths.settings.write_text("routine: lower-back\n")
    routine = Library(paths).load("lower-back")
    return Training(paths, Settings(), routine, now=lambda: day, clock=lambda: 0.0)


async def test_on_the_page_of_an_exercise_as_on_todays_screen(home: Path) -> None:
    training = lower_back(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    app = BacktimerApp(training, muted=True, ask=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "enter")
        assert isinstance(app.screen, ExerciseScreen) and "Swap" in frame(app)
        await pilot.press("e")
        assert isinstance(app.screen, ExchangeDialog) and "In place of Bird-dog" in frame(app)
        await pilot.press("1")
        await pilot.pause()
        assert isinstance(app.screen, ExerciseScreen), "it is read about before it is done"
        assert "Leg reach on hands and knees" in frame(app).splitlines()[0]
        await pilot.press("e")
        assert "as it was" in frame(app)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert "Swapped for today: Leg reach" in frame(app)
    training.close()


async def test_what_comes_tomorrow_is_not_swapped_today(home: Path) -> None:
    training = lower_back(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))
    app = BacktimerApp(training, muted=True, ask=False)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen) and "Nothing to swap on this day." in frame(app)
        await pilot.press("down", "enter")
        assert isinstance(app.screen, ExerciseScreen) and "Swap" not in frame(app)
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, ExerciseScreen) and "It can be swapped on its day." in frame(app)
    training.close()


async def test_beside_an_activity_the_key_swaps_no_other_and_says_why() -> None:
    walk, swim = (Prescription("", activity=name, duration=seconds(600)) for name in ("Walk", "Swim"))
    day = exercise_day(walk, SUPER, swim)
    app = BacktimerApp(FakePractice(week_routine(thursday=day)))
    why = "Only exercises can be swapped: choose one with ↑ and ↓."
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, TodayScreen) and screen.looked_at == "superman", "nothing is chosen yet"
        found = []
        for _each in range(3):
            await press(pilot, "down")
            active = screen.active_bindings.get("e")
            found.append((screen.looked_at, active is not None, screen.why_not("e")))
        assert found == [("", False, why), ("superman", True, ""), ("", False, why)]
        assert "e Swap" not in " ".join(frame(app).split())
        await press(pilot, "e")
        await pilot.pause()
        assert app.screen is screen and why in " ".join(frame(app).split())
