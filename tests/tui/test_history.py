"""Looking back on the screen: the calendar, its days, and what was done over time."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from backtimer.core.picture.rows import width_of
from backtimer.core.plan.plan import plan_to_dict
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.storage.history.values import new_session
from backtimer.training import Training
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.history import HistoryScreen
from backtimer.tui.screens.past_session import PastSessionScreen
from backtimer.tui.screens.today import TodayScreen
from tests.cli.half_year import make_half_year
from tests.tui.conftest import footer, press
from tests.tui.frames import check_frame, frame
from tests.tui.past_kit import NOW, chosen_in, practice_in

pytestmark = pytest.mark.usefixtures("still_workout")


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_frame_at_every_size(trained: Training, size: tuple[int, int]) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "h")
        await press(pilot, "up")
        check_frame(app, f"history-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (20, 2), (200, 60)], ids=str)
async def test_no_size_is_too_small(trained: Training, size: tuple[int, int]) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "h", "left", "right", "up", "up", "enter", "down", "pagedown")
        assert isinstance(app.screen, PastSessionScreen)
        await press(pilot, "escape", "pagedown", "pageup")
        assert isinstance(app.screen, HistoryScreen)


async def test_nothing_yet(home: Path) -> None:
    app = BacktimerApp(chosen_in(home))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "h", "up", "enter", "left")
        assert "Nothing yet." in frame(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_days_are_walked_with_the_arrows(trained: Training) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, "h")
        assert "Thursday 26 November 2026" in frame(app)
        await press(pilot, "up", "up")
        assert "Tuesday 24 November 2026" in frame(app) and "Stretches for mobil" in frame(app)
        await press(pilot, "left")
        assert "Tuesday 17 November 2026" in frame(app)
        await press(pilot, *["left"] * 40)
        assert "Tuesday 2 June 2026" in frame(app)
        await press(pilot, "end", "down", "down", "down", "down", "down")
        assert "Sunday 29 November 2026" in frame(app)


async def test_why_a_day_is_off(trained: Training) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, "h", *["left"] * 8)
        assert "off, holiday" in frame(app)


async def test_a_click_chooses_a_day(trained: Training) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, "h")
        await pilot.click("#heat", offset=(4 + 24, 2))
        await pilot.pause()
        assert "Tuesday 17 November 2026" in frame(app)
        await pilot.click("#heat", offset=(2, 2))
        await pilot.click("#heat", offset=(70, 2))
        await pilot.pause()
        assert "Tuesday 17 November 2026" in frame(app)


async def test_sessions_are_walked_too(trained: Training) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 30)) as pilot:
        await press(pilot, "h", "p")
        assert "Tuesday 24 November 2026" in frame(app)
        await press(pilot, "p", "p")
        assert "Friday 20 November 2026" in frame(app)
        await press(pilot, "n", "n", "n", "n")
        assert "Tuesday 24 November 2026" in frame(app), "there is none after it"


@pytest.mark.parametrize("width", [80, 120])
async def test_the_chosen_day_and_its_session_stand_beside_the_map(trained: Training, width: int) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(width, 40)) as pilot:
        await press(pilot, "h", "p")
        rows = frame(app).splitlines()
        beside = [row for row in rows if row.strip().startswith(("Mon", "Tue", "Wed", "Thu", "Fri"))]
        assert "Stretches for mobility" in beside[0] and "15 of 21 sets" in beside[1]
        assert "One knee" in beside[3] and "3 × 15 s" in beside[3]
        exercises = rows.index(next(row for row in rows if "Exercises" in row))
        await press(pilot, "up", "up", "up")
        assert "Exercises" in frame(app).splitlines()[exercises], "what stands below does not move"


async def test_the_list_of_sessions_is_walked_and_clicked(trained: Training) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "h", "tab", "down", "down", "down")
        assert "Friday 20 November 2026" in frame(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, PastSessionScreen)
        assert "Friday 20 November 2026" in frame(app)
        await press(pilot, "escape")
        assert "Friday 20 November 2026" in frame(app), "it is still the one that is looked at"
        await press(pilot, "tab", "up")
        assert "Thursday 19 November 2026" in frame(app), "the arrows are those of the map again"
        await pilot.click("#sessions", offset=(5, 3))
        await pilot.pause()
        assert isinstance(app.screen, PastSessionScreen)
        assert "Tuesday 17 November 2026" in frame(app)


async def test_no_id_is_to_be_read(trained: Training) -> None:
    ids = [session.id for session in trained.history.sessions(limit=30)]
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(200, 60)) as pilot:
        await press(pilot, "h", "p")
        assert "15 of 21 sets" in frame(app)
        assert not [found for found in ids if found[:6] in frame(app)]


async def test_several_sessions_of_a_day_are_walked_one_by_one(trained: Training) -> None:
    plan = trained.plan("tuesday")._replace(title="A second one")
    session = new_session(plan, "{}", NOW, local_date=date(2026, 11, 24))
    records = [SetRecord(index, Outcome.DONE, one.reps, 20.0) for index, one in enumerate(plan.sets)]
    trained.history.add_logged(session, records, ended=NOW)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, "h", "p", "p")
        first = frame(app)
        assert "1 Stretches for mobility" in first and "2 A second one" in first and "15 of 21" in first
        await press(pilot, "n")
        assert "21 of 21 sets" in frame(app) and "Tuesday 24 November 2026" in frame(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, PastSessionScreen) and "A second one" in frame(app)


async def test_the_last_sessions_stand_below(trained: Training) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "h", *["pagedown"] * 5)
        seen = frame(app)
        assert "Sessions" in seen
        assert seen.index("Tue 24 Nov ✓ 15/21") < seen.index("Mon 23 Nov")


async def test_the_map_begins_with_the_first_session(trained: Training) -> None:
    """Half a year at least; a year where there is one, and no empty months before."""
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(200, 60)) as pilot:
        await press(pilot, "h", *["left"] * 60)
        assert "Thursday 7 May 2026" in frame(app)
        assert lines_with(app, "Mon")[0].count("✓") > 20 and "Apr" not in frame(app)
        await pilot.resize_terminal(60, 40)
        await pilot.pause()
        await pilot.pause()
        assert "Thursday 7 May 2026" not in frame(app), "a day that is not on the map is not looked at"
        assert "1 June 2026" in frame(app)


def lines_with(app: BacktimerApp, needle: str) -> list[str]:
    return [line for line in frame(app).splitlines() if needle in line]


async def test_the_only_session_deleted_leaves_nothing_to_open(home: Path) -> None:
    made = make_half_year(home)
    assert made.exists()
    practice = practice_in(home)
    for session in practice.history.sessions()[:-1]:
        practice.history.corrections.delete_session(session.id, NOW)
    app = BacktimerApp(practice, ask=False)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "h", "p", "enter", "delete")
        assert "Nothing yet." in frame(app)
        assert "Open" not in footer(app) and "Day" not in footer(app) and "u Undo" in footer(app)
        await press(pilot, "enter", "p", "up")
        await press(pilot, "u")
        assert "Tuesday 24 November 2026  done" in frame(app)
        assert "is back." in frame(app)
    practice.close()


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (64, 40)], ids=str)
async def test_no_row_is_wider_than_the_list(trained: Training, size: tuple[int, int]) -> None:
    """A scrollbar that comes or goes takes no room away from what has been laid out."""
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "h", "p")
        screen = app.screen
        assert isinstance(screen, HistoryScreen)
        for _ in range(2):
            for view in (screen.heat, screen.day, screen.signs, screen.rest):
                assert all(width_of(row) <= view.content_size.width for row in view.rows)
            await press(pilot, "question_mark")  # the help takes a third of the width
            await pilot.pause()


async def test_the_help_of_both_screens_is_told(trained: Training) -> None:
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(120, 50)) as pilot:
        await press(pilot, "h", "p", "question_mark")
        await pilot.pause()
        assert "A column is a week." in frame(app)
        await press(pilot, "question_mark", "enter", "question_mark")
        await pilot.pause()
        assert "mark a line" in frame(app)


async def test_the_routine_of_a_session_may_be_gone(home: Path, trained: Training) -> None:
    plan = trained.plan("tuesday")
    odd = plan._replace(routine="gone-[/]", title="[@click=app.quit]x[/]\\ \x1b[31mred\u202e")
    text = json.dumps(plan_to_dict(odd))
    session = new_session(odd, text, NOW, local_date=date(2026, 11, 25))
    records = [SetRecord(index, Outcome.DONE, one.reps, 20.0) for index, one in enumerate(odd.sets)]
    trained.history.add_logged(session, records, ended=NOW)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "h", "p")
        assert "Wednesday 25 November 2026  extra" in frame(app)
        assert "[@click=app.quit]x[/]\\" in frame(app)
        await press(pilot, "enter", "5")
        assert isinstance(app.screen, PastSessionScreen)
        assert "[@click=app.quit]x[/]\\" in frame(app) and not set("\x1b\u202e") & set(frame(app))
        await pilot.click(offset=(20, 1))
        assert app.is_running
