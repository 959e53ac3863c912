"""The keys of a screen on one page, made from what it binds."""

from __future__ import annotations

import pytest

from backtimer.core.picture.key_line import KeyEntry, key_page
from backtimer.core.picture.rows import text_of, width_of
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.exercise import ExerciseScreen
from backtimer.tui.screens.history import HistoryScreen
from backtimer.tui.screens.pages import HelpScreen
from backtimer.tui.screens.summary import SummaryScreen
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.screens.workout import WorkoutScreen
from backtimer.tui.widgets.key_line import KeyLine
from tests.rules import for_each
from tests.tui.conftest import FakePractice, press
from tests.tui.frames import frame


async def test_every_key_of_the_line_is_on_the_page_in_its_words(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.pause()
        keys = app.screen.query_one(KeyLine).keys
        await press(pilot, "question_mark")
        assert isinstance(app.screen, HelpScreen)
        seen = frame(app)
        labels = [key.label or key.tooltip for key in keys]
        assert len(labels) > 4
        assert all(label in seen for label in labels)
        assert "Enter starts it." in seen and "**" not in seen
        assert "super" not in seen, "what Textual binds by itself is no key of ours"
        await press(pilot, "question_mark")
        assert isinstance(app.screen, TodayScreen)


@pytest.mark.parametrize("key", ["escape", "q", "enter", "space", "x"])
async def test_any_key_closes_it_and_does_nothing_else(practice: FakePractice, key: str) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "question_mark")
        await press(pilot, "pagedown", "up")
        assert isinstance(app.screen, HelpScreen)
        await press(pilot, key)
        assert isinstance(app.screen, TodayScreen)
        assert app.is_running and practice.told == []


@for_each("width", [8, 20, 32, 60, 103, 104, 130])
def test_no_row_is_too_wide_and_keys_stand_in_one_column(width: int) -> None:
    entries = [
        KeyEntry("enter", "Start", "Start the day that is shown", True),
        KeyEntry("0-9 x", "Pain now", "How much it hurts, before you start", False),
        KeyEntry("←", "Day before", "Show the day before", True),
    ]
    rows = key_page("What **this** is.\n\nMore.", entries, width)
    assert all(width_of(row) <= max(width, 20) for row in rows)
    texts = [text_of(row) for row in rows]
    assert "What this is." in texts[0] or width < 14
    if width >= 32:
        starts = [text for text in texts if text.startswith(("enter", "←"))]
        assert len(starts) == 2
        assert starts[0].index("Start") == starts[1].index("Day before")


def test_no_help_has_signs_of_markup_that_are_not_left_out() -> None:
    for screen in (TodayScreen, WorkoutScreen, HistoryScreen, ExerciseScreen, SummaryScreen):
        assert screen.HELP is not None and "#" not in screen.HELP and "[" not in screen.HELP
