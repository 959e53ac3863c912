"""In lines: what an exercise can be exchanged for, and what is told of what is done in its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backtimer.cli.main import main
from backtimer.core.session.events import Outcome
from tests.cli.plain_kit import Room
from tests.tui.conftest import hold


def test_the_choices_are_told_and_a_number_takes_one(room: Room) -> None:
    room.hands.at(60, "e", "1")
    code, lines = room.lead(hold("superman", 20, 3))
    assert code == 0
    asked = lines.index("In place of Superman:")
    assert lines[asked + 1 : asked + 4] == [
        "1 Sphinx: easier · 2 × 10 s · hold.",
        "2 Band pull: same target · needs resistance band · 2 × 15 s · hold.",
        "Press its number. Any other key leaves it as it is.",
    ]
    told = "\n".join(lines[asked + 4 :])
    places = [told.index(each) for each in ("Next: Sphinx.", "Come up on your elbows.", "Sphinx, set 1 of 2")]
    assert places == sorted(places)
    assert "In place of Superman." in told
    (coach,) = room.practice.led
    assert {spec.exercise for spec in coach.plan.sets} == {"superman", "sphinx"}
    assert room.outcomes.count(Outcome.DONE) + room.outcomes.count(Outcome.PARTIAL) == len(coach.plan.sets)


def test_any_other_key_leaves_it_as_it_is(room: Room) -> None:
    room.hands.at(3, "e", "x")
    code, lines = room.lead(hold("superman", 20, 1))
    assert code == 0 and "It stays as it is." in lines
    assert room.outcomes == [Outcome.DONE]


def test_of_a_set_that_was_done_it_is_said_that_it_stays(room: Room) -> None:
    room.hands.at(33, "p", "p", "e")
    _code, lines = room.lead(hold("superman", 20, 1), hold("bird-dog", 20, 1))
    assert "This is done, and stays as it was. What is still to come can be swapped." in lines
    assert "No other is known for it." not in lines


@pytest.mark.parametrize(
    ("answer", "told"), [("1", "In its place: Sphinx."), ("x", "It stays as it is.")], ids=["taken", "left"]
)
def test_who_exchanges_in_a_pause_is_told_so_and_that_it_still_stands(
    room: Room, answer: str, told: str
) -> None:
    room.hands.at(60, "space", "e", answer)
    room.hands.at(75, "space")
    code, lines = room.lead(hold("superman", 20, 3))
    assert code == 0
    asked = lines.index("In place of Superman:")
    after = [line for line in lines[asked + 4 :] if line]
    assert after[:2] == [told, "Still paused. Space goes on."]
    assert "Going on." in after[2], "only when she says so"


# On the command line


@pytest.mark.parametrize(
    ("swap", "problem"),
    [
        ("bird-dog", "--swap takes OLD=NEW, such as side-plank=side-plank-knees, and not bird-dog"),
        ("bird-dgo=heel-slide", "monday has no exercise 'bird-dgo'; did you mean 'bird-dog'?"),
        ("bird-dog=heel-slid", "there is no exercise 'heel-slid'; did you mean 'heel-slide'?"),
        ("bird-dog=superman", "superman is done on monday anyway"),
    ],
)
def test_what_cannot_be_exchanged_is_told_in_a_line(
    swap: str, problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["start", "lower-back", "monday", "--plain", "--swap", swap]) == 2
    assert capsys.readouterr().err == f"backtimer: {problem}\n"


def test_what_the_day_plans_anyway_is_refused_also_while_something_else_is_done_in_its_place(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    room.hands.available = False
    run = ("start", "lower-back", "monday", "--plain", "--swap")
    assert room.run("start", "lower-back", "monday", "--swap", "superman=press-up")[0] == 0
    capsys.readouterr()
    assert main([*run, "bird-dog=superman"]) == 2
    assert capsys.readouterr().err == "backtimer: superman is done on monday anyway\n"


def test_by_name_for_today(room: Room, home: Path) -> None:
    room.hands.available = False
    code, lines = room.run("start", "lower-back", "monday", "--swap", "bird-dog=heel-slide")
    assert code == 0
    assert any(line.startswith("Heel slide, set 1") for line in lines)
    assert "Swapped for today: Heel slide." in lines
    assert not any(line.startswith("Bird-dog") for line in lines)
    kept = json.loads((home / "exchanged-today.json").read_text())
    assert kept["swaps"] == {"lower-back monday": {"bird-dog": ["heel-slide", "easier"]}}
