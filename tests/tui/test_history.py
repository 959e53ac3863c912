"""Looking back on the screen: the calendar, its days, and what was done over time."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtimer.practice import Practice
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.history import HistoryScreen
from backtimer.tui.screens.past_session import PastSessionScreen
from backtimer.tui.screens.today import TodayScreen
from tests.tui.conftest import press
from tests.tui.frames import check_frame, frame
from tests.tui.past_kit import practice_in

pytestmark = pytest.mark.usefixtures("still_workout")


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_frame_at_every_size(trained: Practice, size: tuple[int, int]) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "h")
        await press(pilot, "up")
        check_frame(app, f"history-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (20, 2), (200, 60)], ids=str)
async def test_no_size_is_too_small(trained: Practice, size: tuple[int, int]) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "h", "left", "right", "up", "up", "enter", "down", "pagedown")
        assert isinstance(app.screen, PastSessionScreen)
        await press(pilot, "escape", "pagedown", "pageup")
        assert isinstance(app.screen, HistoryScreen)


async def test_nothing_yet(home: Path) -> None:
    app = BacktimerApp(practice_in(home))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "h", "up", "enter", "left")
        assert "Nothing yet." in frame(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_days_are_walked_with_the_arrows(trained: Practice) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, "h")
        assert "Thursday 26 November 2026" in frame(app)
        await press(pilot, "up", "up")
        assert "Tuesday 24 November 2026" in frame(app) and "Mobility" in frame(app)
        await press(pilot, "left")
        assert "Tuesday 17 November 2026" in frame(app)
        await press(pilot, *["left"] * 40)
        assert "Tuesday 2 June 2026" in frame(app)
        await press(pilot, "end", "down", "down", "down", "down", "down")
        assert "Sunday 29 November 2026" in frame(app)


async def test_why_a_day_is_off(trained: Practice) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, "h", *["left"] * 8)
        assert "off, holiday" in frame(app)


async def test_a_click_chooses_a_day(trained: Practice) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, "h")
        await pilot.click("#heat", offset=(4 + 2 * 24, 2))
        await pilot.pause()
        assert "Tuesday 17 November 2026" in frame(app)
        await pilot.click("#heat", offset=(2, 2))
        await pilot.click("#heat", offset=(70, 2))
        await pilot.pause()
        assert "Tuesday 17 November 2026" in frame(app)
