"""Looking back on the screen, putting right what is wrong, and what the first screen asks and proposes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from backtimer.core.decisions import Move, Proposal
from backtimer.core.levels import Level
from backtimer.core.outcomes import Outcome
from backtimer.guidance import MorningAfter, OpenProposal
from backtimer.practice import Practice
from backtimer.storage.library import Library
from backtimer.storage.paths import Paths
from backtimer.storage.settings import Settings
from backtimer.storage.stored import StoredSession
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.history import HistoryScreen
from backtimer.tui.screens.past_session import PastSessionScreen
from backtimer.tui.screens.today import TodayScreen
from tests.cli.half_year import TODAY, make_half_year
from tests.tui.conftest import FakePractice, footer, press
from tests.tui.frames import check_frame, frame

pytestmark = pytest.mark.usefixtures("still_workout")

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def half_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The history of half a year; nobody writes to this one."""
    return make_half_year(tmp_path_factory.mktemp("half-year"))


@pytest.fixture
def trained(half_year: Path, home: Path) -> Iterator[Practice]:
    """A practice with half a year behind it."""
    shutil.copy(half_year, home / "history.db")
    practice = practice_in(home)
    yield practice
    practice.close()


def practice_in(home: Path) -> Practice:
    paths = Paths(home, home, home / "cache")
    routine = Library(paths).load("lower-back")
    return Practice(paths, Settings(), routine, now=lambda: NOW, clock=time.monotonic)


def session_on(practice: Practice, day: date) -> StoredSession:
    assert practice.history is not None
    (found,) = [session for session in practice.history.sessions() if session.local_date == day]
    return found


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


# -- the first screen ---------------------------------------------------------------------------------


def nine_reps() -> OpenProposal:
    move = Proposal(Move.UP, Level(8), Level(9), "9 reps: three sessions of 8, effort 4, no pain")
    return OpenProposal("thursday", "superman", "Superman", move)


async def test_the_morning_after_is_asked_for_with_one_key(practice: FakePractice) -> None:
    practice.morning = MorningAfter("a", "Strength circuit", date(2026, 11, 25))
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "How much does it hurt this morning?" in frame(app)
        await press(pilot, "3")
        assert practice.told == ["next morning 3"] and practice.before is None
        assert "this morning" not in frame(app)


async def test_the_morning_after_can_be_skipped(practice: FakePractice) -> None:
    practice.morning = MorningAfter("a", "Strength circuit", date(2026, 11, 25))
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "minus")
        assert practice.told == ["next morning None"]


async def test_pain_before_the_session(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x")
        assert practice.before == 10 and "Pain now: 10" in frame(app)
        await press(pilot, "2")
        assert practice.before == 2
        await press(pilot, "minus")
        assert practice.before is None and "Does it hurt now?" in frame(app)


@pytest.mark.parametrize(("key", "said"), [("y", "yes"), ("n", "no")])
async def test_a_proposal_is_answered_with_one_key(practice: FakePractice, key: str, said: str) -> None:
    practice.proposed = [nine_reps()]
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        check_frame(app, "today-proposal")
        assert "Superman, 9 reps: three sessions of 8, effort 4, no pain." in frame(app)
        await press(pilot, key, key)
        assert practice.told == [f"{said} to superman"]
        assert "9 reps" not in frame(app)


async def test_proposals_belong_to_their_day(practice: FakePractice) -> None:
    practice.proposed = [nine_reps()]
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "left", "y")
        assert practice.told == [] and "9 reps" not in frame(app)


async def test_advice_is_shown(practice: FakePractice) -> None:
    practice.advised = ("See a physiotherapist.", "It makes no diagnosis.")
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "See a physiotherapist." in frame(app) and "no diagnosis" in frame(app)


async def test_a_real_morning_is_kept(trained: Practice) -> None:
    """The whole way down: what is pressed here stands in the file."""
    assert trained.asks_next_morning() is None  # yesterday was a day of rest
    assert trained.history is not None
    trained.now = lambda: datetime(2026, 11, 25, 8, tzinfo=UTC)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        assert session_on(trained, date(2026, 11, 24)).pain_next == 4
