"""The safety card on the screens: at the first start, and before a session that begins by itself."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.remembered import TOLD_SAFETY, remember_told, was_told
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.dialogs import SafetyFirst
from backtimer.tui.screens.pages import SafetyScreen
from backtimer.tui.screens.workout import WorkoutScreen
from tests.tui.conftest import FakePractice
from tests.tui.frames import frame
from tests.tui.test_app import RealPractice, real

__all__ = ["real"]


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_at_the_first_start_there_is_a_line_and_one_key_opens_the_card(
    practice: FakePractice, size: tuple[int, int]
) -> None:
    practice.untold = True
    app = BacktimerApp(practice)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "New here? s opens the safety card." in frame(app)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, SafetyScreen)
        assert "Most back pain is not dangerous." in frame(app)
        await pilot.press("down", "end")
        await pilot.pause()
        assert "This card:" in frame(app) or "`backtimer safety`" in frame(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "New here?" not in frame(app)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, SafetyScreen), "it can be read again"


async def test_later_there_is_none(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "New here?" not in frame(app)


async def test_with_advice_the_card_is_named(practice: FakePractice) -> None:
    practice.advised = ("See a physiotherapist.", "Signs that need a doctor: `backtimer safety`.")
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Signs that need a doctor: the safety card (s)." in frame(app), "a key, and no command"


async def test_a_session_that_begins_by_itself_tells_the_short_form_once(real: RealPractice) -> None:
    real.untold = True
    app = BacktimerApp(real, start=True, tells_safety=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, SafetyFirst)
        assert "Most back pain is not dangerous." in frame(app)
        assert real.notes.told == []
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(app.screen, WorkoutScreen)
        assert real.notes.told == ["start"] and not real.untold


async def test_the_short_form_goes_by_itself_when_there_was_time_to_read_it(
    real: RealPractice, monkeypatch: pytest.MonkeyPatch
) -> None:
    timers: list[tuple[float, Callable[[], None]]] = []
    monkeypatch.setattr(SafetyFirst, "set_timer", lambda _, seconds, then: timers.append((seconds, then)))
    real.untold = True
    app = BacktimerApp(real, start=True, tells_safety=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, SafetyFirst)
        [(seconds, go)] = timers
        assert 10.0 < seconds < 40.0
        go()
        await pilot.pause()
        assert isinstance(app.screen, WorkoutScreen)
        assert real.notes.told == ["start"] and not real.untold


async def test_a_session_asked_for_by_name_begins_at_once(real: RealPractice) -> None:
    real.untold = True
    app = BacktimerApp(real, day="thursday", start=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, WorkoutScreen)
        assert real.notes.told == ["start"]


def test_it_is_remembered_and_what_cannot_be_written_is_no_trouble() -> None:
    paths = find_paths(os.environ)
    assert not was_told(paths, TOLD_SAFETY)
    remember_told(paths, TOLD_SAFETY)
    assert was_told(paths, TOLD_SAFETY)
    nowhere = paths._replace(data=paths.data / TOLD_SAFETY / "below a file")
    remember_told(nowhere, TOLD_SAFETY)
    assert was_told(nowhere, TOLD_SAFETY), "nobody is asked about it again and again"
