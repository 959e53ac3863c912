"""On the screen: what is on its way to the disk is not shown as done, and nothing waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from threading import Event
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

from backtimer.coach import SILENT, Coach
from backtimer.core.picture.moment import Mark
from backtimer.core.plan.routine import Prescription
from backtimer.core.plan.units import Count, seconds
from backtimer.storage.history.file import HistoryFile
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.recorder import Recorder
from backtimer.storage.history.values import new_session
from backtimer.storage.history.writer import Writer
from backtimer.tui.screens.summary import SummaryScreen
from backtimer.tui.screens.today import TodayScreen
from tests.storage.histories import STARTED, clock
from tests.tui.conftest import FakePractice, press
from tests.tui.frames import frame
from tests.tui.test_summary import SummaryApp
from tests.tui.workout_kit import Kit, WorkoutApp, exercise_day

THREE_HOLDS = exercise_day(Prescription("superman", sets=Count(3, 3), hold=seconds(10)))

LOST = "The history was moved. A backup of 20 Nov with 365 sessions is there: `backtimer restore`"


async def play(kit: Kit, pilot: Pilot[Any], length_s: float) -> None:
    """Let time pass in short steps: a recorder that has news soon wakes the screen by itself."""
    end = kit.clock.now + length_s
    while kit.clock.now < end:
        kit.clock.now = min(end, kit.clock.now + 0.25)
        kit.wake()
    await pilot.pause()


async def until_shown(app: App[Any], pilot: Pilot[Any], text: str) -> None:
    """Wait until the screen shows something: its own timers see to that."""
    for _ in range(600):
        if text in frame(app):
            return
        await pilot.pause(0.05)
    raise AssertionError(f"{text!r} did not come:\n{frame(app)}")


async def test_a_disk_that_hangs_stops_no_clock_and_its_sets_are_not_shown_as_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = Event()
    real = HistoryFile.writing

    @contextmanager
    def held_up(file: HistoryFile) -> Iterator[Connection]:
        assert free.wait(60.0)
        with real(file) as db:
            yield db

    kit = Kit(THREE_HOLDS)
    opened = open_history(tmp_path / "history.db", clock())
    monkeypatch.setattr(HistoryFile, "writing", held_up)
    writer = Writer(opened)
    recorder = Recorder(opened, new_session(kit.plan, "{}", STARTED), writer=writer)
    kit.coach = Coach(kit.plan, kit.clock, recorder)
    kit.app = WorkoutApp(kit.coach)
    done = f"· set 2 of 3 {Mark.DONE.value}"
    async with kit.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        while "· set 2 of 3" not in frame(kit.app):
            await play(kit, pilot, 1.0)
        before = frame(kit.app)
        await play(kit, pilot, 1.0)
        assert frame(kit.app) != before, "the clock goes on"
        assert kit.coach.snapshot().done_sets == 1
        assert done not in frame(kit.app)
        free.set()
        await until_shown(kit.app, pilot, done)  # the clock of the session stands still: nobody wakes it
    writer.close()


async def test_the_summary_waits_for_the_disk_without_standing_still(practice: FakePractice) -> None:
    practice.on_its_way = True
    practice.days_in_a_row = 5
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Saving…" in frame(app) and "5 days in a row" not in frame(app)
        assert "6 of 6 sets done" in frame(app)
        await press(pilot, "4")
        assert app.ratings == [(4, None)], "questions can be answered meanwhile"
        practice.on_its_way = False
        await until_shown(app, pilot, "5 days in a row")
        assert "Saving…" not in frame(app)


@pytest.mark.parametrize("height", [18, 24], ids=["a line", "large digits"])
async def test_an_answer_on_its_way_to_the_disk_takes_no_streak_from_the_summary(
    practice: FakePractice, height: int
) -> None:
    practice.days_in_a_row = 5
    app = SummaryApp(practice)
    async with app.run_test(size=(80, height)) as pilot:
        await pilot.pause()
        before = frame(app)
        assert "5 days in a row" in before
        practice.on_its_way = True  # for less than the summary takes to look again
        await press(pilot, "4")
        assert app.ratings == [(4, None)]
        practice.on_its_way = False
        assert "5 days in a row" in frame(app) and "Saving…" not in frame(app)


async def test_saving_is_told_until_it_is_over_however_short_it_was(practice: FakePractice) -> None:
    """Before there is room nothing is told, and what is on its way then may come and go between two looks."""
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, SummaryScreen)
        screen._streak = None
        practice.on_its_way = True
        await pilot.resize_terminal(90, 24)
        await pilot.pause()
        assert "Saving…" in frame(app)
        practice.on_its_way = False
        await until_shown(app, pilot, "4 days in a row")


async def test_what_is_not_saved_stays_on_the_summary_until_it_is(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    app.coach.problem = "History is off: the disk is full. 1 set is waiting to be saved."
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        assert "1 set is waiting to be saved." in frame(app)
        app.coach.problem = ""
        for _ in range(600):
            if "waiting" not in frame(app):
                break
            await pilot.pause(0.05)
        assert "waiting" not in frame(app)


async def test_a_history_that_was_lost_is_told_on_the_summary_and_makes_no_streak(
    practice: FakePractice,
) -> None:
    app = SummaryApp(practice)
    app.coach.lost = (LOST,)
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        assert "`backtimer restore`" in frame(app)
        assert "in a row" not in frame(app)


async def test_today_shows_what_was_done_when_it_is_saved(practice: FakePractice) -> None:
    app = SummaryApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        practice.on_its_way = True
        practice.days_in_a_row = 6
        await press(pilot, "enter", "enter", "enter")
        while not isinstance(app.screen, TodayScreen):
            await press(pilot, "escape")
        assert "6 days in a row" not in frame(app)
        practice.on_its_way = False
        await until_shown(app, pilot, "6 days in a row")


async def test_a_second_session_rings_no_bell_and_says_so() -> None:
    kit = Kit(THREE_HOLDS)
    kit.coach = Coach(kit.plan, kit.clock, kit.notes, silent=True)
    kit.app = WorkoutApp(kit.coach)
    async with kit.app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        assert SILENT in frame(kit.app)
        await play(kit, pilot, 40.0)
        assert kit.coach.snapshot().done_sets >= 1
        assert kit.app.bells == 0
