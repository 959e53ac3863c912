"""`progress`: where exercises stand, and the answers to proposals."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Wall

WEEK = """\
format: 1
title: Week
days:
  daily: {exercises: [{exercise: lift, sets: 1, reps: 8-10}]}
exercises:
  lift: {name: Big lift, position: standing}
"""


@pytest.fixture
def trained(run: Run, home: Path, wall: Wall) -> Run:
    """Three good Wednesdays, and now the fourth."""
    (home / "routines").mkdir()
    (home / "routines" / "week.yaml").write_text(WEEK)
    (home / "settings.yaml").write_text("routine: week\n")
    for _ in range(3):
        assert run("log", "week", "wednesday", "--effort", "4", "--pain", "0")[0] == 0
        wall.moment += timedelta(days=7)
    return run


def test_three_good_sessions_are_a_reason_for_more(trained: Run) -> None:
    code, out, _ = trained("progress")
    assert code == 0 and out.startswith("Week\n")
    assert "Big lift: 1 set, 8 reps (from 8 reps to 10 reps)" in out
    assert out.count("Proposed: 9 reps: three sessions of 8, effort 4, no pain.") == 1
    assert out.count("Big lift") == 1 and "\nEvery day" in out, "days that ask for the same are told once"


def test_who_is_at_the_top_is_told_the_next_form(trained: Run, home: Path, wall: Wall) -> None:
    eight_only = WEEK.replace("8-10", "8-9").replace("standing}", "standing, harder: bridge-leg-extension}")
    (home / "routines" / "week.yaml").write_text(eight_only)
    assert "next form" not in trained("progress")[1], "there is more of this one first"
    trained("progress", "--accept", "lift")
    for _ in range(3):
        assert trained("log", "week", "wednesday", "--effort", "4", "--pain", "0")[0] == 0
        wall.moment += timedelta(days=7)
    told = trained("progress")[1]
    assert told.count("At the top of its range. The next form is Bridge with leg extension.") == 1


def test_looking_needs_no_history_that_can_be_written_to(run: Run, home: Path) -> None:
    code, out, err = run("progress", "gentle-start")
    assert (code, err) == (0, "") and out.startswith("Gentle start\n")
    assert list(home.iterdir()) == [], "nothing is made by looking"


def test_accepted_it_is_in_force(trained: Run) -> None:
    told = "Every day, Big lift: from now on 1 set, 9 reps.\n"
    assert trained("progress", "--accept", "big lift")[1] == told
    out = trained("progress")[1]
    assert "Big lift: 1 set, 9 reps" in out and "Proposed" not in out
    code, _, err = trained("progress", "--accept", "lift")
    assert code == 2 and "nothing is proposed" in err


def test_declined_it_waits(trained: Run) -> None:
    assert "it stays at 1 set, 8 reps" in trained("progress", "--decline", "lift")[1]
    assert "You said no." in trained("progress")[1]


def test_with_auto_nothing_is_asked(trained: Run, home: Path) -> None:
    (home / "settings.yaml").write_text("routine: week\nprogression: auto\n")
    assert "With the next session: 9 reps" in trained("progress")[1]
    code, _, err = trained("progress", "--accept", "lift")
    assert code == 2 and "progression: auto" in err


def test_an_unknown_exercise_is_a_mistake(trained: Run) -> None:
    code, out, err = trained("progress", "--accept", "lfit")
    assert (code, out) == (2, "") and "did you mean 'lift'?" in err and len(err.splitlines()) == 1


def test_one_answer_at_a_time(trained: Run) -> None:
    code, out, err = trained("progress", "--accept", "lift", "--decline", "lift")
    assert (code, out) == (2, "") and "one at a time" in err
    assert "Proposed: 9 reps" in trained("progress")[1], "neither was taken"
