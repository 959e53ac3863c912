"""A session that was begun and not ended: asked about at the start, and every answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtimer.core.session.events import Outcome
from backtimer.core.session.transitions import Command
from backtimer.storage.history import values
from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.dialogs import GoOnDialog, ResumeDialog
from backtimer.tui.screens.today import TodayScreen
from backtimer.tui.screens.workout import WorkoutScreen
from tests.tui.conftest import FakePractice, footer, press, unfinished_monday
from tests.tui.frames import frame, see_frame
from tests.tui.past_kit import practice_in

pytestmark = pytest.mark.usefixtures("still_workout")


async def test_an_unfinished_session_is_asked_about_at_the_start() -> None:
    app = BacktimerApp(FakePractice(waiting=unfinished_monday()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, ResumeDialog)
        seen = frame(app)
        assert "Monday's session from 23 Nov" in seen
        assert "5 of 9 sets done" in seen
        await see_frame(pilot, "today-unfinished")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (("enter",), ["resume"]),
        (("r",), ["resume"]),
        (("s",), ["keep"]),
        (("d",), ["discard"]),
        (("down", "enter"), ["keep"]),
        (("escape",), []),
    ],
    ids=str,
)
async def test_each_answer_does_what_it_says(keys: tuple[str, ...], told: list[str]) -> None:
    practice = FakePractice(waiting=unfinished_monday())
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, *keys)
        await pilot.pause()
        assert practice.told == told
        assert isinstance(app.screen, WorkoutScreen if told == ["resume"] else TodayScreen)


async def test_later_leaves_a_key_that_asks_again() -> None:
    practice = FakePractice(waiting=unfinished_monday())
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "escape")
        assert "g Go on" in footer(app)
        await press(pilot, "g")
        assert isinstance(app.screen, ResumeDialog)
        await press(pilot, "s")
        assert "Go on" not in footer(app)
        await press(pilot, "g")
        assert isinstance(app.screen, TodayScreen)


async def test_a_session_taken_up_elsewhere_stays_there() -> None:
    practice = FakePractice(waiting=unfinished_monday())
    practice.taken = True
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        practice.waiting = None
        await press(pilot, "r")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert "under way in another" in frame(app)
        assert "g Go on" not in footer(app)


async def test_enter_asks_first_about_what_waits() -> None:
    practice = FakePractice(waiting=unfinished_monday())
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "escape", "enter")
        assert isinstance(app.screen, ResumeDialog) and practice.told == []


async def test_what_was_ended_early_is_gone_on_with(practice: FakePractice) -> None:
    practice.ended = unfinished_monday()
    practice.ended = practice.ended._replace(stored=ended(practice.ended.stored))
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Go on: 4 of 9 sets left" in frame(app) and "enter Go on" in footer(app)
        await press(pilot, "right")
        assert "Go on:" not in frame(app), "it is today's"
        await press(pilot, "left", "enter")
        assert practice.told == ["go on"] and isinstance(app.screen, WorkoutScreen)


@pytest.mark.parametrize(("key", "told"), [("enter", ["go on"]), ("g", ["go on"]), ("escape", []), ("l", [])])
async def test_with_a_key_of_its_own_it_is_asked(practice: FakePractice, key: str, told: list[str]) -> None:
    found = unfinished_monday()
    practice.ended = found._replace(stored=ended(found.stored))
    app = BacktimerApp(practice)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await press(pilot, "g")
        assert isinstance(app.screen, GoOnDialog) and "Go on: 4 of 9 sets left" in frame(app)
        await press(pilot, key)
        assert practice.told == told


async def test_all_of_it_can_be_begun_anew(practice: FakePractice) -> None:
    found = unfinished_monday()
    practice.ended = found._replace(stored=ended(found.stored))
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "g", "a")
        assert practice.told == ["begin thursday"]


def ended(found: values.Interrupted) -> values.Interrupted:
    """The same session, ended: of the sets that were not reached it says so."""
    sets = found.session.sets
    more = tuple(sets[0]._replace(set_index=index, outcome=Outcome.SKIPPED) for index in range(len(sets), 9))
    return found._replace(session=found.session._replace(sets=(*sets, *more)))


@pytest.mark.parametrize(("key", "says"), [("d", "Discarded. u brings it back."), ("s", "Saved as it is. u")])
async def test_what_became_of_it_can_be_taken_back(home: Path, key: str, says: str) -> None:
    practice = practice_in(home)
    coach = practice.begin(practice.plan("monday"))
    coach.start()
    for _ in range(3):
        coach.command(Command.NEXT_SET)
    coach.drain()
    coach.leave()
    assert practice.unfinished() is not None
    app = BacktimerApp(practice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, ResumeDialog)
        await press(pilot, key)
        assert says in frame(app) and "u Undo" in footer(app)
        assert practice.unfinished() is None
        assert len(practice.history.sessions()) == (1 if key == "s" else 0)
        await press(pilot, "h", "escape", "u")
        assert practice.unfinished() is not None and "u Undo" not in footer(app)
    practice.close()


async def test_what_enter_goes_on_with_is_told_in_the_line_of_keys_too() -> None:
    practice = FakePractice()
    practice.ended = unfinished_monday()
    app = BacktimerApp(practice)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "enter Go on" in footer(app) and "g Start again" in footer(app)
        assert "enter Start" not in footer(app)
        await press(pilot, "right")
        assert "enter Start" in footer(app) and "g Go on" in footer(app)
