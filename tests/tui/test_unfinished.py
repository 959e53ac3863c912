"""A session that was begun and not ended: asked about at the start, and every answer."""

from __future__ import annotations

import pytest

from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.dialogs import ResumeDialog
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.screens.workout import WorkoutScreen
from tests.tui.conftest import FakePractice, footer, press, unfinished_monday
from tests.tui.frames import check_frame, frame

pytestmark = pytest.mark.usefixtures("still_workout")


async def test_an_unfinished_session_is_asked_about_at_the_start() -> None:
    app = BacktimerApp(FakePractice(waiting=unfinished_monday()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()  # the dialog, and the footer under it
        assert isinstance(app.screen, ResumeDialog)
        seen = frame(app)
        assert "Monday's session from 23 Nov" in seen
        assert "5 of 9 sets done" in seen
        check_frame(app, "today-unfinished")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (("enter",), ["resume"]),
        (("r",), ["resume"]),
        (("s",), ["keep"]),
        (("d",), ["discard"]),
        (("down", "enter"), ["keep"]),
        (("escape",), []),
    ],
    ids=str,
)
async def test_each_answer_does_what_it_says(keys: tuple[str, ...], told: list[str]) -> None:
    practice = FakePractice(waiting=unfinished_monday())
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, *keys)
        await pilot.pause()
        assert practice.told == told
        assert isinstance(app.screen, WorkoutScreen if told == ["resume"] else TodayScreen)


async def test_later_leaves_a_key_that_asks_again() -> None:
    practice = FakePractice(waiting=unfinished_monday())
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "escape")
        assert "r Resume" in footer(app)
        await press(pilot, "r")
        assert isinstance(app.screen, ResumeDialog)
        await press(pilot, "s")
        assert "Resume" not in footer(app)
        await press(pilot, "r")
        assert isinstance(app.screen, TodayScreen)


async def test_a_session_taken_up_elsewhere_stays_there() -> None:
    practice = FakePractice(waiting=unfinished_monday())
    practice.taken = True
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        practice.waiting = None
        await press(pilot, "r")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert "under way in another" in frame(app)
        assert "r Resume" not in footer(app)
