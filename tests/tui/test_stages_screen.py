"""A programme of stages on the screen: where one is, what is asked, and how one goes to another stage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from backtimer.tui.app import BacktimerApp
from backtimer.tui.screens.today import TodayScreen
from tests.test_stages import Person, do, three_good_sessions
from tests.tui.conftest import press
from tests.tui.frames import check_frame, frame


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    found = Person(tmp_path / "programme")
    yield found
    found.closes()


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_where_one_is_and_what_is_asked_is_seen(person: Person, size: tuple[int, int]) -> None:
    three_good_sessions(person)
    app = BacktimerApp(person.opens("open", 14))
    async with app.run_test(size=size):
        check_frame(app, f"stages-{size[0]}x{size[1]}")


async def test_a_yes_brings_the_days_of_the_next_stage(person: Person) -> None:
    three_good_sessions(person)
    training = person.opens("open", 14)
    app = BacktimerApp(training)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Swing" not in frame(app)
        await press(pilot, "y")
        seen = frame(app)
        assert "Swing" in seen and "Stage 2 of 2, Strong" in seen and "On to" not in seen
    assert training.day_key == "stage-2/monday"


async def test_pain_before_takes_the_question_away(person: Person) -> None:
    three_good_sessions(person)
    app = BacktimerApp(person.opens("open", 14))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "On to Stage 2" in frame(app)
        await press(pilot, "7")
        assert "On to Stage 2" not in frame(app)
        await press(pilot, "y")
        assert "Swing" not in frame(app)
        await press(pilot, "2")
        assert "On to Stage 2" in frame(app)


async def test_the_palette_has_the_stages(person: Person) -> None:
    do(person.uses("weeks", 0))
    training = person.opens("weeks", 20)
    app = BacktimerApp(training)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        await press(pilot, *"go to")
        for _ in range(50):
            if "Go to Stage 1, Calm" in frame(app):
                break
            await pilot.pause(0.05)
        await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen)
        assert "Stage 2 of 2, Strong" in frame(app), "today's rest of the first stage is put off"
    assert training.place is not None and training.place.stage == 2
    opened = person.opens("weeks", 21)
    assert opened.place is not None and opened.place.stage == 1
