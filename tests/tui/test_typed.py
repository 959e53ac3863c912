"""What the app makes of keys before a screen sees them: other layouts, leftovers, mistakes of its own."""

from __future__ import annotations

import asyncio

import pytest
from textual import _time, events
from textual.keys import _character_to_key

from backtimer.core.picture.page import Page
from backtimer.core.picture.today_page import ListPlace, TodayView, today_page
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens import today
from backtimer.tui.screens.history import HistoryScreen
from backtimer.tui.screens.workout import WorkoutScreen
from tests.tui.conftest import FakePractice, press
from tests.tui.frames import frame

pytestmark = pytest.mark.usefixtures("still_workout")


@pytest.mark.parametrize(
    ("typed", "pain"), [*zip("&é\"'(-è_çà", [*range(1, 10), 0], strict=True), ("§", 6), ("!", 8)]
)
async def test_the_digit_row_of_azerty_rates_without_shift(
    practice: FakePractice, typed: str, pain: int
) -> None:
    app = BacktimerApp(practice)
    async with app.run_test() as pilot:
        await pilot.pause()
        app.post_message(events.Key(_character_to_key(typed), typed))
        await pilot.pause()
        assert practice.before == pain


async def test_keys_that_come_at_once_are_all_obeyed_and_shown_once(
    practice: FakePractice, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[TodayView] = []

    def page(view: TodayView, place: ListPlace, width: int, height: int) -> Page:
        drawn.append(view)
        return today_page(view, place, width, height)

    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(today, "today_page", page)
        for typed in "1234567":
            app.post_message(events.Key(typed, typed))
        await pilot.pause()
        assert practice.before == 7 and "[7]" in frame(app)
        assert len(drawn) < 7


@pytest.mark.parametrize("typed", ["р", "η", "Р", "Η"])
async def test_a_letter_means_the_same_on_other_layouts(practice: FakePractice, typed: str) -> None:
    app = BacktimerApp(practice)
    async with app.run_test() as pilot:
        await press(pilot, typed)  # where Latin has the h
        assert isinstance(app.screen, HistoryScreen)


async def test_caps_lock_changes_no_key(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test() as pilot:
        await press(pilot, "X")
        assert practice.before == 10
        await press(pilot, "H")
        assert isinstance(app.screen, HistoryScreen)
        await press(pilot, "Й")
        assert not app.is_running or app._exit


async def test_what_is_no_digit_where_digits_mean_nothing(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test() as pilot:
        await press(pilot, "h")
        assert not app._means_something("0") and app._as_meant(key := events.Key("à", "à")) is key


async def test_what_was_typed_before_a_screen_was_seen_commands_nothing(practice: FakePractice) -> None:
    before = _time.get_time()
    app = BacktimerApp(practice)
    async with app.run_test() as pilot:
        await pilot.pause()
        for leftover in (events.Key("enter", "\r"), events.Key("3", "3")):
            leftover.time = before
            app.post_message(leftover)
        await pilot.pause()
        assert practice.before is None and not isinstance(app.screen, WorkoutScreen)
        await press(pilot, "3")
        assert practice.before == 3


async def test_enter_twice_at_once_starts_and_does_nothing_else(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test() as pilot:
        await pilot.pause()
        for _ in range(2):
            app.post_message(events.Key("enter", "\r"))
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, WorkoutScreen)
        assert app.screen.is_current


async def test_a_mistake_in_a_callback_ends_with_an_exit_code(practice: FakePractice) -> None:
    app = BacktimerApp(practice)

    def fail() -> None:
        raise RuntimeError("on purpose")

    with pytest.raises(RuntimeError, match="on purpose"):
        async with app.run_test() as pilot:
            await pilot.pause()
            asyncio.get_running_loop().call_soon(fail)
            await pilot.pause()
            await pilot.pause()
    assert app.return_code == 1


async def test_a_panic_ends_with_an_exit_code(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test() as pilot:
        await pilot.pause()
        app.panic("on purpose")
    assert app.return_code == 1
