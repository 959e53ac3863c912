"""What lines ask about the stages of a programme, before a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from backtimer.cli import plain
from tests.cli.plain_kit import Room
from tests.test_stages import Person, three_good_sessions

QUESTION = "On to Stage 2, Strong, from today?"


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    found = Person(tmp_path / "programme")
    three_good_sessions(found)
    yield found
    found.closes()


@pytest.mark.parametrize(
    ("key", "day", "sets"), [("y", "stage-2/monday", 2), ("n", "monday", 1), ("enter", "monday", 1)]
)
def test_the_stage_is_asked_first_and_its_day_begins(
    room: Room, person: Person, key: str, day: str, sets: int
) -> None:
    training = person.opens("open", 14)
    room.hands.at(0, key, "enter")
    plan = plain._prepare(training, training.plan("monday"), True)
    lines = [line for line in room.printed() if line]
    assert len(lines) == 2 and lines[0].startswith(QUESTION) and lines[1].startswith("Hang, 6 reps"), lines
    assert (plan.day, len(plan.sets)) == (day, sets)


def test_another_day_asks_nothing_about_stages(room: Room, person: Person) -> None:
    training = person.opens("open", 14)
    room.hands.at(0, "enter")
    plan = plain._prepare(training, training.plan("thursday"), True)
    assert plan.day == "thursday" and QUESTION not in "".join(room.printed())
