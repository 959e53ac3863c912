"""Commands about a routine whose days come in turn."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Wall

TURNS = """\
format: 1
title: Turns
cycle: [a, b]
on: [wednesday, friday]
days:
  a: {title: Strong, exercises: [bird-dog]}
  b: {exercises: [cat-cow]}
"""


@pytest.fixture(autouse=True)
def turns(run: Run) -> None:
    """It is chosen on Wednesday 18 November 2026."""
    folder = Path(os.environ["BACKTIMER_HOME"]) / "routines"
    folder.mkdir(parents=True)
    (folder / "turns.yaml").write_text(TURNS, encoding="utf-8")
    assert run("use", "turns") == (0, "From now on: Turns.\n", "")


def test_show_tells_the_order_and_marks_what_comes_next(run: Run, wall: Wall) -> None:
    _code, out, err = run("show")
    assert err == "" and out.splitlines()[1] == "In turn, on Wednesday, Friday: a, b"
    assert [line[:6].strip() for line in out.splitlines()[3:] if line[2:3].strip()] == ["> A", "B"]
    assert run("log", "a")[0] == 0
    wall.moment += timedelta(days=2)
    assert "> B" in run("show")[1]


@pytest.mark.parametrize(
    ("day", "heading"),
    [
        ([], "A: Strong (turns)"),
        (["a"], "A: Strong (turns)"),
        (["B"], "B: Turns (turns)"),
        (["wed"], "A: Strong (turns)"),
        (["friday"], "B: Turns (turns)"),
        (["thursday"], "Rest: a rest day."),
    ],
)
def test_a_day_is_meant_by_its_name_or_by_a_weekday(run: Run, day: list[str], heading: str) -> None:
    code, out, err = run("explain", "turns", *day)
    assert (code, err, out.splitlines()[0]) == (0, "", heading)


def test_explain_tells_on_which_date_a_day_comes(run: Run) -> None:
    assert "Comes next on Wednesday 18 Nov 2026." in run("explain", "turns", "a")[1].splitlines()[2]
    assert "Comes next on Friday 20 Nov 2026." in run("explain", "turns", "b")[1].splitlines()[2]
    assert "Comes next" not in run("explain", "lower-back", "monday")[1]


def test_what_is_no_day_of_it_is_told_with_those_there_are(run: Run) -> None:
    code, out, err = run("explain", "turns", "c")
    assert (code, out) == (2, "")
    assert err == "backtimer: 'c' is no day of turns; its days are a, b, rest\n"


def test_what_was_done_is_logged_by_its_name_and_seen(run: Run, wall: Wall) -> None:
    assert run("log", "b")[1].startswith("Logged for Wednesday 18 Nov 2026: Turns, B: ")
    wall.moment += timedelta(days=2)
    assert run("log", "turns")[1].startswith("Logged for Friday 20 Nov 2026: Turns, A: Strong")
    assert run("streak")[1] == "2 days in a row.\n"
    told = run("progress")[1]
    assert "\nA: Strong\n" in told and "\nB\n" in told
