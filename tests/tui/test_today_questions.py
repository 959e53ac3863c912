"""What the first screen asks, proposes and advises."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from backtimer.core.decisions import Move, Proposal
from backtimer.core.levels import Level
from backtimer.guidance import MorningAfter, OpenProposal
from backtimer.practice import Practice
from backtimer.tui.app import BacktimerApp
from tests.tui.conftest import FakePractice, press
from tests.tui.frames import check_frame, frame
from tests.tui.past_kit import session_on

pytestmark = pytest.mark.usefixtures("still_workout")


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
