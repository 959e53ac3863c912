"""One past session on the screen, and putting right what is wrong in it."""

from __future__ import annotations

from datetime import date

import pytest

from backtimer.core.outcomes import Outcome
from backtimer.practice import Practice
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.history import HistoryScreen
from backtimer.tui.screens.past_session import PastSessionScreen
from tests.tui.conftest import footer, press
from tests.tui.frames import frame
from tests.tui.past_kit import session_on

pytestmark = pytest.mark.usefixtures("still_workout")


async def test_ratings_and_sets_are_put_right_and_taken_back(trained: Practice) -> None:
    day = date(2026, 11, 24)
    before = session_on(trained, day)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "h", "up", "up", "enter")
        assert isinstance(app.screen, PastSessionScreen)
        await press(pilot, "x")
        assert session_on(trained, day).effort == 10
        await press(pilot, "down", "down", "minus")
        assert session_on(trained, day).pain is None
        await press(pilot, "down", "down", "s")
        assert session_on(trained, day).sets[0].outcome is Outcome.SKIPPED
        await press(pilot, "u", "u")
        assert session_on(trained, day).sets[0].outcome is before.sets[0].outcome
        assert session_on(trained, day).pain == before.pain
        assert session_on(trained, day).effort == 10
        await press(pilot, "escape", "u")
        assert session_on(trained, day) == before


async def test_reps_of_a_set(trained: Practice) -> None:
    day = date(2026, 11, 23)
    reps = session_on(trained, day).sets[0].reps
    assert reps is not None
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "h", "up", "up", "up", "enter", *["down"] * 4, "minus", "minus", "plus")
        assert session_on(trained, day).sets[0].reps == reps - 1


async def test_only_what_fits_the_line_is_offered(trained: Practice) -> None:
    day = date(2026, 11, 23)
    before = session_on(trained, day)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, "h", "up", "up", "up", "enter")
        assert "Undo" not in footer(app)
        await press(pilot, "0", "d", "plus")  # an effort is 1 to 10; the others are for sets
        assert session_on(trained, day) == before
        await press(pilot, *["down"] * 4, "5", "d")
        assert session_on(trained, day) == before


async def test_a_session_is_deleted_and_comes_back(trained: Practice) -> None:
    day = date(2026, 11, 24)
    before = session_on(trained, day)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, "h", "up", "up", "enter", "delete")
        assert isinstance(app.screen, HistoryScreen)
        assert trained.history is not None
        assert all(session.local_date != day for session in trained.history.sessions())
        assert "Tuesday 24 November 2026  not done" in frame(app)
        await press(pilot, "u")
        assert session_on(trained, day) == before
