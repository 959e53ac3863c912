"""Every word on every screen goes through the door: where a language has no letters, nobody reads any.

What an author wrote is in Greek meanwhile; so a Latin letter is English that no translator can reach.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from backtimer.advice import MorningAfter, OpenProposal
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.units import Unit
from backtimer.core.progress.calendar import DayState, Off, WhyOff
from backtimer.core.progress.decisions import Move, Proposal
from backtimer.core.progress.progression import level_words
from backtimer.core.session.events import Outcome
from backtimer.core.session.transitions import Which
from backtimer.language import speaking
from backtimer.past import PastSessions
from backtimer.training import Training
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.choosing import FileDialog, RoutineDialog
from backtimer.tui.screens.dialogs import GoOnDialog, LeaveDialog, ResumeDialog, SafetyFirst
from backtimer.tui.screens.exercise import ExerciseScreen
from backtimer.tui.screens.first_run import FirstRunScreen, SoundScreen
from backtimer.tui.screens.history import HistoryScreen
from backtimer.tui.screens.log import LogDialog
from backtimer.tui.screens.pages import HelpScreen, SafetyScreen
from backtimer.tui.screens.past_session import PastSessionScreen
from backtimer.tui.screens.settings import SettingsScreen
from backtimer.tui.screens.summary import SummaryScreen
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.screens.workout import WorkoutScreen
from tests.bundled import BUNDLED, routine
from tests.translation.masking import DATA, MASK, Masking, in_greek
from tests.tui import workout_moments as moments
from tests.tui.conftest import (
    THURSDAY,
    FakeCoach,
    FakePractice,
    all_done,
    half_year,
    press,
    quick_pilot,
    still_workout,
    trained,
    unfinished_monday,
    week_routine,
)
from tests.tui.frames import frame
from tests.tui.past_kit import practice_in
from tests.tui.workout_kit import YOGA, Kit

__all__ = ["half_year", "quick_pilot", "still_workout", "trained"]

SIZES = [(40, 12), (80, 24), (120, 60)]


@pytest.fixture(autouse=True)
def without_letters() -> Iterator[None]:
    """The language of these tests."""
    with speaking(Masking()):
        yield


def letters(app: App[Any], *, keys: str = "") -> list[str]:
    """All Latin words on the screen, but single letters that are keys, and ids of sessions."""
    seen = re.sub(r"\b(?=[a-f]*[0-9])[0-9a-f]{6}\b", "", frame(app))
    assert MASK in seen or len(seen.split()) < 3, seen
    return [word for word in re.findall(r"[A-Za-z]+", seen) if word not in tuple(keys)]


def greek_practice(**options: Any) -> FakePractice:
    """A good week of an author who writes Greek."""
    return FakePractice(in_greek(week_routine()), **options)


class GreekCoach(FakeCoach):
    def __init__(self, practice: FakePractice, day: str, outcomes: dict[int, Outcome]) -> None:
        plan = practice.plan(day)
        records = list(all_done(plan))
        for index, outcome in outcomes.items():
            records[index] = records[index]._replace(outcome=outcome)
        super().__init__(plan, records)


async def test_the_pseudo_language_finds_what_is_left_out() -> None:
    practice = FakePractice(week_routine())
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Pelvic" in letters(app)


# ---------------------------------------------------------------------- the first screen


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_each_day_of_today(size: tuple[int, int], still_workout: None) -> None:
    app = BacktimerApp(greek_practice())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for _ in range(7):
            assert isinstance(app.screen, TodayScreen)
            assert letters(app) == []
            await press(pilot, "right")


@pytest.mark.parametrize("why", WhyOff)
async def test_days_off_and_all_states_of_a_day(why: WhyOff) -> None:
    practice = greek_practice(states=" ".join(DayState))
    practice.off = Off(THURSDAY, THURSDAY + timedelta(days=1), why)
    practice.sore = ("ψψ", "ψψψ")
    app = BacktimerApp(practice)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for _ in range(7):
            assert letters(app) == []
            await press(pilot, "right")


async def test_all_that_today_asks_and_tells() -> None:
    practice = greek_practice(waiting=None, days_in_a_row=0)
    practice.untold = True
    practice.sore = ("ψψ",)
    practice.morning = MorningAfter("a", "ψψ", date(2026, 11, 25))
    practice.proposed = [
        OpenProposal("thursday", "superman", "ψψ", Proposal(Move.UP, Level(8), Level(9), "9")) for _ in "12"
    ]
    app = BacktimerApp(practice)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert letters(app) == []
        await press(pilot, "3")
        assert letters(app, keys="yna") == []
        await press(pilot, "up")
        assert letters(app) == []
        await press(pilot, "down", "y")
        assert letters(app, keys="yn") == []
        await press(pilot, "n", "7")
        assert letters(app) == []


async def test_what_was_done_without_the_timer_is_asked() -> None:
    app = BacktimerApp(greek_practice())
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l")
        assert isinstance(app.screen, LogDialog) and letters(app) == []
        await press(pilot, "enter", "0", "enter")
        assert letters(app) == []


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_page_of_an_exercise(size: tuple[int, int]) -> None:
    app = BacktimerApp(greek_practice())
    async with app.run_test(size=size) as pilot:
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, ExerciseScreen)
        for _ in range(3):
            assert letters(app) == []
            await press(pilot, "pagedown")


async def test_a_session_that_can_be_gone_on_with() -> None:
    practice = greek_practice(states="done done rest done due optional rest")
    practice.ended = in_greek(unfinished_monday())
    app = BacktimerApp(practice)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert letters(app) == []
        await press(pilot, "g")
        assert isinstance(app.screen, GoOnDialog)
        assert letters(app) == []


# ---------------------------------------------------------------------- help


HELPED: dict[str, Callable[[BacktimerApp], Any]] = {
    "today": lambda app: None,
    "history": lambda app: HistoryScreen(app.training),
    "summary": lambda app: SummaryScreen(GreekCoach(app.training, "thursday", {}), app.training),  # type: ignore[arg-type]
    "safety": lambda app: SafetyScreen(),
    "settings": lambda app: SettingsScreen(app.training.preferences),
    "routines": lambda app: RoutineDialog(app.training.preferences),
    "a file": lambda app: FileDialog(app.training.preferences),
    "first run": lambda app: FirstRunScreen(app.training),
    "sound": lambda app: SoundScreen(lambda: None),
    "leaving": lambda app: LeaveDialog(5, 9, 12),
    "resuming": lambda app: ResumeDialog(in_greek(unfinished_monday()), THURSDAY),
    "going on": lambda app: GoOnDialog("ψψ", "ψ", done=True, wary=False),
    "once more": lambda app: GoOnDialog("ψψ", "", done=True, wary=False),
    "another": lambda app: GoOnDialog("ψψ", "", done=False, wary=False),
}


TITLES = tuple(word for name in BUNDLED for word in re.findall(r"[A-Za-z]+", routine(name).title))
AUTHORED = {
    "settings": TITLES,
    "routines": TITLES,
    "a file": ("week", "yaml"),
    "sound": ("y", "n", "a", "o"),
}
"""Titles of routines, a path, and keys."""


@pytest.mark.parametrize("name", HELPED)
async def test_keys_help_and_tooltips(name: str) -> None:
    app = BacktimerApp(greek_practice())
    async with app.run_test(size=(120, 70)) as pilot:
        await pilot.pause()
        if (screen := HELPED[name](app)) is not None:
            app.push_screen(screen)
            await pilot.pause()
        data = AUTHORED.get(name, ())
        assert [word for word in letters(app) if word not in data] == []
        told = [
            (active.binding.description, active.tooltip) for active in app.screen.active_bindings.values()
        ]
        assert told
        assert not [words for pair in told for words in pair if re.search("[A-Za-z]", words)]
        app.action_show_help_panel()
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        keys = [word for word in letters(app) if word not in data]
        assert not [word for word in keys if len(word) > 1], "single letters are keys"


# ---------------------------------------------------------------------- a workout


MOMENTS = [
    moments.get_ready,
    moments.lift,
    moments.rest,
    moments.switch_in_a_set,
    moments.position_change,
    moments.long_hold,
    moments.switch,
    moments.own_pace,
    moments.paused,
    moments.slept,
    moments.count_in,
    moments.loaded,
]


class GreekKit(Kit):
    """A workout of an author who writes Greek, in the whole app."""

    def __init__(self, day: Any) -> None:
        super().__init__(day)
        self.plan = in_greek(self.plan)
        self.coach = type(self.coach)(self.plan, self.clock, self.notes)
        self.app = BacktimerApp(greek_practice(), coach=self.coach, muted=True)  # type: ignore[assignment]


@pytest.mark.parametrize("moment", MOMENTS)
async def test_every_moment_of_a_workout(
    moment: Callable[[Kit, Pilot[Any]], Awaitable[None]],
) -> None:
    kit = GreekKit(moments.DAY)
    async with kit.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await moment(kit, pilot)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await moments.settle(pilot)
            assert letters(kit.app) == []


async def test_an_activity_and_the_help_of_a_workout() -> None:
    kit = GreekKit(YOGA)
    async with kit.app.run_test(size=(120, 70)) as pilot:
        await kit.pass_time(pilot, 65)
        assert letters(kit.app) == []
        await press(pilot, "question_mark")
        assert isinstance(kit.app.screen, HelpScreen)
        assert letters(kit.app) == []
        await press(pilot, "question_mark")
        assert isinstance(kit.app.screen, WorkoutScreen)


async def test_what_hurts() -> None:
    kit = GreekKit(moments.DAY)
    async with kit.app.run_test(size=(120, 40)) as pilot:
        await moments.lift(kit, pilot)
        await press(pilot, "h")
        assert letters(kit.app) == []
        await press(pilot, "u")
        assert letters(kit.app) == []
        await press(pilot, "escape")
        assert isinstance(kit.app.screen, LeaveDialog)
        assert letters(kit.app) == []


async def test_which_one_hurts() -> None:
    kit = GreekKit(moments.DAY)
    async with kit.app.run_test(size=(120, 40)) as pilot:
        await moments.skip_to(kit, pilot, "piriformis-stretch")
        await press(pilot, "h")
        seen = frame(kit.app)
        assert kit.coach.asks_which == ("?" in seen and DATA in seen)
        assert letters(kit.app) == []
        kit.coach.hurts(Which.WORKED)
        kit.wake()
        await pilot.pause()
        assert letters(kit.app) == []


async def test_the_safety_card_and_its_short_form() -> None:
    app = BacktimerApp(greek_practice())
    async with app.run_test(size=(100, 60)) as pilot:
        await press(pilot, "s")
        assert isinstance(app.screen, SafetyScreen)
        assert letters(app) == []
        await press(pilot, "escape")
        app.push_screen(SafetyFirst("ψψ", 60))
        await pilot.pause()
        assert letters(app) == []


# ---------------------------------------------------------------------- afterwards


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_summary(size: tuple[int, int]) -> None:
    practice = greek_practice()
    app = BacktimerApp(practice)
    outcomes = {0: Outcome.PARTIAL, 1: Outcome.SKIPPED, 2: Outcome.HURT}
    async with app.run_test(size=size) as pilot:
        app.push_screen(SummaryScreen(GreekCoach(practice, "tuesday", outcomes), practice))
        await pilot.pause()
        assert letters(app) == []
        await press(pilot, "4", "left", "7")
        assert letters(app) == []
    practice.on_its_way = True
    app = BacktimerApp(practice)
    async with app.run_test(size=size) as pilot:
        app.push_screen(SummaryScreen(GreekCoach(practice, "thursday", {}), practice))
        await pilot.pause()
        assert letters(app) == []


@pytest.fixture
def greek_past(trained: Training, monkeypatch: pytest.MonkeyPatch) -> Training:
    """Half a year in which all was named in Greek."""
    look_back, session = PastSessions.look_back, PastSessions.session
    monkeypatch.setattr(PastSessions, "look_back", lambda past, *more: in_greek(look_back(past, *more)))
    monkeypatch.setattr(PastSessions, "session", lambda past, *more: in_greek(session(past, *more)))
    return trained


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_past(greek_past: Training, size: tuple[int, int]) -> None:
    app = BacktimerApp(greek_past, ask=False)
    async with app.run_test(size=size) as pilot:
        app.push_screen(HistoryScreen(greek_past))
        await pilot.pause()
        assert letters(app) == []
        for _ in range(10):
            await press(pilot, "up")
            assert letters(app) == []
        await press(pilot, "pagedown")
        assert letters(app) == []


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_past_session(greek_past: Training, size: tuple[int, int]) -> None:
    app = BacktimerApp(greek_past, ask=False)
    async with app.run_test(size=size) as pilot:
        app.push_screen(HistoryScreen(greek_past))
        await pilot.pause()
        await press(pilot, "p", "enter")
        assert isinstance(app.screen, PastSessionScreen)
        assert letters(app, keys="x") == []
        await press(pilot, "down", "down", "down", "down", "h", "down", "s")
        assert letters(app, keys="dpsh") == []
        if size[0] >= 120:
            app.action_show_help_panel()
            await pilot.pause()
            await pilot.pause()
            assert letters(app, keys="dpsh") == []


async def test_nothing_yet(home: Path) -> None:
    practice = practice_in(home)
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(HistoryScreen(practice))
        await pilot.pause()
        assert letters(app) == []
    practice.close()


# ---------------------------------------------------------------------- words of the past


def test_units_of_a_level_are_counted_by_the_language() -> None:
    words = level_words(Level(1, 1.5, 2, Unit.BREATHS, 3))
    assert not re.search("[A-Za-z]", words)
