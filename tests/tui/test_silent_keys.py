"""No key is silent: one that means nothing now says why, on every screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.binding import Binding
from textual.screen import Screen

from backtimer.tui.app import BacktimerApp
from backtimer.tui.bindings import WHY_NOT, Worded
from backtimer.tui.screens.exercise import ExerciseScreen
from backtimer.tui.screens.history import HistoryScreen
from backtimer.tui.screens.past_session import PastSessionScreen
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.screens.workout import WorkoutScreen
from tests.tui.conftest import press
from tests.tui.frames import frame
from tests.tui.taught import taught_practice
from tests.tui.workout_kit import YOGA, Kit

SCREENS: tuple[type[Screen[Any]], ...] = (
    TodayScreen,
    ExerciseScreen,
    HistoryScreen,
    PastSessionScreen,
    WorkoutScreen,
)


def silent(app: BacktimerApp) -> Iterator[str]:
    """The keys of the screen that is seen which neither do anything nor say why not."""
    screen = app.screen
    assert isinstance(screen, Worded)
    for key in screen._bindings.key_to_bindings:
        active = screen.active_bindings.get(key)
        if (active is None or not active.enabled) and not screen.why_not(key):
            yield key


@pytest.mark.parametrize("keys", [(), ("down",), ("down", "enter"), ("right",), ("h",), ("h", "enter")])
async def test_each_key_acts_or_says_why_not(keys: tuple[str, ...]) -> None:
    app = BacktimerApp(taught_practice())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        assert list(silent(app)) == []


async def test_the_reason_is_seen_and_nothing_else_happens() -> None:
    app = BacktimerApp(taught_practice())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "u")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert "Nothing to take back." in frame(app)


async def test_a_key_that_is_none_of_the_screen_says_nothing() -> None:
    app = BacktimerApp(taught_practice())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        before = frame(app)
        await press(pilot, "z")
        await pilot.pause()
        assert frame(app) == before


async def test_a_dimmed_key_of_a_session_says_why() -> None:
    kit = Kit(YOGA)
    async with kit.app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("e")
        await pilot.pause()
        assert "This cannot be swapped" in frame(kit.app)
        await pilot.press("u")
        await pilot.pause()
        assert "Nothing is left out." in frame(kit.app)


def test_every_reason_is_that_of_a_key() -> None:
    bindings = [each for screen in SCREENS for each in screen.BINDINGS]
    ids = {each.id or "" for each in bindings if isinstance(each, Binding)}
    assert not [id for id in WHY_NOT if id not in ids and f"{id}_1" not in ids]
    assert all(why.endswith(".") for why in WHY_NOT.values())
