"""What was done without the timer, asked for and written down."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from backtimer.training import Training
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.log import LogDialog
from backtimer.tui.screens.today import TodayScreen
from tests.tui.conftest import FakePractice, press, week_routine
from tests.tui.frames import check_frame, frame
from tests.tui.past_kit import session_on
from tests.tui.taught import WEDNESDAY, taught_practice
from tests.tui.workout_kit import SUPER, exercise_day


@pytest.mark.parametrize("size", [(40, 12), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_frame_of_the_dialog(size: tuple[int, int]) -> None:
    app = BacktimerApp(taught_practice())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "l")
        check_frame(app, f"log-{size[0]}x{size[1]}")


async def test_the_name_of_the_day_is_whole() -> None:
    app = BacktimerApp(
        FakePractice(week_routine(thursday=exercise_day(SUPER, title="Strength and stretching")))
    )
    async with app.run_test(size=(40, 30)) as pilot:
        await press(pilot, "l")
        assert "All of Strength and stretching" in " ".join(frame(app).replace("│", " ").split())


async def test_what_and_how_long(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l", *"swim", "enter", *"45", "enter")
        assert practice.told == ["swim 2700 s on Thursday"] and isinstance(app.screen, TodayScreen)


async def test_letters_of_any_layout_are_meant_as_they_are(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l", *"рука Q", "enter", "enter")
        assert practice.told == ["рука Q 1800 s on Thursday"]


async def test_what_cannot_be_understood_is_told_and_nothing_written(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l", "enter", "0", "enter")
        assert "Minutes are a number: 30." in frame(app)
        await press(pilot, *["backspace"] * 4, *"9999", "enter")
        assert "A day has 1440 minutes." in frame(app), "what the most is"
        await press(pilot, *["backspace"] * 4, "0")
        await press(pilot, "up", "backspace", "enter", "enter")
        assert isinstance(app.screen, LogDialog) and practice.told == []
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen) and practice.told == []


async def test_the_day_that_is_shown_is_meant_unless_it_is_to_come(
    practice: FakePractice,
) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "left", "left", "l")
        assert "Tuesday 24 Nov" in frame(app)
        await press(pilot, "enter", "enter", "right", "right", "right", "l", "enter", "enter")
        assert practice.told == ["walk 1800 s on Tuesday", "walk 1800 s on Thursday"]


async def test_all_of_the_day_can_be_meant(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l")
        assert "All of Strength circuit" in frame(app)
        await pilot.click("#planned")
        assert practice.told == ["all of thursday on Thursday"]
        await press(pilot, "right", "l")
        assert "All of" not in frame(app), "Friday has not come yet"


async def test_a_real_walk_is_in_the_week_and_is_taken_out_again(trained: Training) -> None:
    """The whole way down: what is written stands in the file, and `u` takes it out."""
    trained.now = lambda: datetime(2026, 11, 25, 18, tzinfo=UTC)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "•Wed –" in frame(app)
        await press(pilot, "w")
        assert "•Wed +" in frame(app) and "Written down: walk, 30 min. u takes it out again." in frame(app)
        walked = session_on(trained, WEDNESDAY)
        assert (walked.title, walked.seconds, walked.logged) == ("walk", 1800.0, True)
        await press(pilot, "u")
        assert "•Wed –" in frame(app) and "Taken out again." in frame(app)
        assert not [each for each in trained.history.sessions() if each.local_date == date(2026, 11, 25)]
