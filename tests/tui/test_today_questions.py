"""What the first screen asks, proposes and advises."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from backtimer.advice import MorningAfter, OpenProposal
from backtimer.core.plan.prescription import Level
from backtimer.core.progress.calendar import Off, WhyOff
from backtimer.core.progress.decisions import Move, Proposal
from backtimer.training import Training
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.widgets.page_view import PageView
from tests.tui.conftest import FakePractice, press
from tests.tui.frames import frame
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
        assert "Pain this morning?" in frame(app)
        await press(pilot, "3")
        assert practice.told == ["next morning 3"] and practice.before is None
        assert "this morning" not in frame(app)


async def test_the_morning_after_can_be_skipped(practice: FakePractice) -> None:
    practice.morning = MorningAfter("a", "Strength circuit", date(2026, 11, 25))
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "backspace")
        assert practice.told == ["next morning None"]


async def test_pain_before_the_session(practice: FakePractice) -> None:
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "x")
        assert practice.before == 10 and "Pain now?" in frame(app) and "[10]" in frame(app)
        await press(pilot, "2")
        assert practice.before == 2
        await press(pilot, "backspace")
        assert practice.before is None and "[" not in frame(app)


@pytest.mark.parametrize(("later_s", "pain"), [(0.5, 10), (1.5, 0)])
async def test_ten_in_two_keys(practice: FakePractice, later_s: float, pain: int) -> None:
    now = [0.0]
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(TodayScreen(practice, clock=lambda: now[0]))
        await pilot.pause()  # what is typed before it is seen is not meant for it
        await press(pilot, "1")
        now[0] += later_s
        await press(pilot, "0")
        assert practice.before == pain and f"[{pain}]" in frame(app)
        await press(pilot, "backspace")
        assert practice.before is None


async def test_ten_this_morning_is_not_taken_for_pain_now(practice: FakePractice) -> None:
    practice.morning = MorningAfter("a", "Strength circuit", date(2026, 11, 25))
    now = [0.0]
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(TodayScreen(practice, clock=lambda: now[0]))
        await pilot.pause()  # what is typed before it is seen is not meant for it
        await press(pilot, "1")
        now[0] += 0.4
        await press(pilot, "0")
        assert practice.told == ["next morning 1", "next morning 10"] and practice.before is None


async def test_the_morning_can_be_gone_back_to(practice: FakePractice) -> None:
    practice.morning = MorningAfter("a", "Strength circuit", date(2026, 11, 25))
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "up", "3", "up")
        assert "Pain this morning?" in frame(app) and "[3]" in frame(app)
        await press(pilot, "down", "2")
        assert practice.before == 2 and "[2]" in frame(app) and "Pain now?" in frame(app)
        await press(pilot, "up", "4")
        assert practice.told == ["next morning 3", "next morning 4"]
        assert practice.before == 2 and "[2]" in frame(app)
        await press(pilot, "up", "backspace")
        assert practice.told[-1] == "next morning None"


@pytest.mark.parametrize(("key", "said"), [("y", "yes"), ("n", "no")])
async def test_a_proposal_is_answered_with_one_key(practice: FakePractice, key: str, said: str) -> None:
    practice.proposed = [nine_reps()]
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Superman: 9 reps from today? Three sessions of 8, effort 4, no pain." in frame(app)
        assert "y yes · n not yet" in frame(app) and "a all" not in frame(app)
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


async def test_a_real_morning_is_kept(trained: Training) -> None:
    """The whole way down: what is pressed here stands in the file."""
    assert trained.asks_next_morning() is None  # yesterday was a day of rest
    assert trained.history is not None
    trained.now = lambda: datetime(2026, 11, 25, 8, tzinfo=UTC)
    app = BacktimerApp(trained, ask=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "4")
        assert session_on(trained, date(2026, 11, 24)).pain_next == 4
        await press(pilot, "up", "5")
        assert session_on(trained, date(2026, 11, 24)).pain_next == 5
        await press(pilot, "up", "backspace")
        assert session_on(trained, date(2026, 11, 24)).pain_next is None


# -- days off, easier forms, advice ---------------------------------------------------------------------


async def test_every_state_of_a_day_can_be_shown(practice: FakePractice) -> None:
    practice.states = "done part missed off optional rest due"
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert frame(app).splitlines()[-2].replace("•", " ").split()[1:14:2] == [
            "✓",
            "◐",
            "·",
            "~",
            "◇",
            "–",
            "○",
        ]


@pytest.mark.parametrize("size", [(40, 12), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_day_off_says_why_until_when_and_what_comes_then(size: tuple[int, int]) -> None:
    practice = FakePractice(states="done done off off off off rest")
    practice.off = Off(date(2026, 11, 25), date(2026, 11, 28), WhyOff.FLARE_UP)
    app = BacktimerApp(practice)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        seen = " ".join(frame(app).split())
        assert "Thursday, today · off, flare-up" in seen
        assert "Off until Saturday 28 Nov, flare-up: nothing is due." in seen
        assert "Pelvic tilt" in seen and "Start" in seen, "it can be done all the same"
        await press(pilot, "right", "right")
        assert "Off this day, flare-up: nothing is due." in " ".join(frame(app).split())
        await press(pilot, *["left"] * 3)
        assert "25 Nov · off, flare-up" in frame(app) and "nothing is due" not in frame(app)


async def test_the_last_day_off_says_so(practice: FakePractice) -> None:
    practice.states = "done done off off due optional rest"
    practice.off = Off(date(2026, 11, 25), date(2026, 11, 26), WhyOff.HOLIDAY)
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Off today, holiday: nothing is due." in frame(app)
        assert "Next: tomorrow, Strength and stretch" in frame(app)


async def test_an_easier_form_is_told_before_the_list(practice: FakePractice) -> None:
    practice.sore = ("Pelvic tilt",)
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Pelvic tilt hurt: today its easier form." in frame(app)
        await press(pilot, "right")
        assert "Pelvic tilt hurt: on Friday its easier form." in frame(app)
        practice.sore = ("Pelvic tilt", "Seated row", "[/]Bridge\x1b")
        await press(pilot, "left")
        assert "Pelvic tilt, Seated row and [/]Bridge\ufffd hurt: today their easier" in frame(app)


ADVISED = (
    "Every rating of your pain since 6 November was above zero. When pain lasts for more than two weeks, "
    "see a physiotherapist.",
    "backtimer only looks at your ratings. It makes no diagnosis.",
)


@pytest.mark.parametrize("size", [(40, 12), (40, 24), (60, 16), (80, 24)], ids=str)
async def test_advice_is_read_to_its_end_and_leaves_room_for_the_day(
    practice: FakePractice, size: tuple[int, int]
) -> None:
    practice.advised = ADVISED
    practice.morning = MorningAfter("a", "Strength circuit", date(2026, 11, 25))
    app = BacktimerApp(practice)
    async with app.run_test(size=size) as pilot:
        seen = ""
        for _ in range(12):
            await press(pilot, "down")
            seen += " ".join(frame(app).replace("▌", "").split())
        for words in ("physiotherapist.", "no diagnosis.", "Pelvic tilt", "⌫ skips"):
            assert words in seen, words


@pytest.mark.parametrize("size", [(40, 12), (80, 24)], ids=str)
async def test_the_keys_of_a_proposal_are_always_seen(practice: FakePractice, size: tuple[int, int]) -> None:
    move = Proposal(
        Move.UP, Level(12), Level(13), "13 reps: three sessions of 12, effort 4 to 6 without any pain at all"
    )
    practice.proposed = [OpenProposal("thursday", "bridge", "Bridge with leg extension", move), nine_reps()]
    app = BacktimerApp(practice)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "y yes · n not yet · a all (2)" in frame(app)
        await press(pilot, "3")
        assert practice.before == 3, "the keys for pain stay alive"
        await press(pilot, "y")
        assert "Superman: 9 reps from today?" in frame(app) and "a all" not in frame(app)


@pytest.mark.parametrize("click", [False, True])
async def test_all_that_is_proposed_is_taken_at_once(practice: FakePractice, click: bool) -> None:
    practice.proposed = [nine_reps(), nine_reps()._replace(exercise="bridge")]
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        if click:
            found = app.screen.query_one(PageView).page.targets
            all_of_it = next(each for each in found if (each.what, each.value) == ("answer", 2))
            await pilot.click(offset=(all_of_it.begin, all_of_it.row))
            await pilot.pause()
        else:
            await press(pilot, "a")
        assert practice.told == ["yes to superman", "yes to bridge"]
