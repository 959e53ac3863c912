"""Whole sessions in lines, with their history: ended early, gone on with, rated, left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.plain_kit import Room
from tests.terminal.harness import SHORT, history

EFFORT = "Effort, 1 very easy to 10 all you have, or Enter to"
PAIN = "Pain, 0 none to 10 worst imaginable, or Enter to"


@pytest.fixture
def short(home: Path) -> str:
    """A routine of a quarter of a minute: two sets of 2 reps, and a hold on each side."""
    path = home / "short.yaml"
    path.write_text(SHORT)
    return str(path)


def end_early(room: Room, short: str) -> None:
    """End a session during its second set, and rate its effort only."""
    room.numbers.available = True
    room.hands.at(8.5, "f", "s")
    room.numbers.at(0, "4", "enter", "enter")
    code, lines = room.run("start", short, "monday")
    assert code == 0
    # Which comes first is up to the disk: a set is told as done when it is safe, in real time.
    assert lines.count("Press up, set 1 of 2: done.") == 1, lines
    assert sum(line.startswith("Stop here? 1 of 4 sets done, and kept.") for line in lines) == 1, lines
    assert lines[-2:] == [f"{EFFORT} skip: 4", f"{PAIN} skip: "]


def test_it_goes_on_with_what_is_left(room: Room, short: str, home: Path) -> None:
    end_early(room, short)
    (home / "settings.yaml").write_text(f"routine: {short}\n")
    room.numbers.at(0, "enter", "enter")
    code, lines = room.run("resume")
    assert code == 0
    assert "Press up, set 2 of 2: done." in lines and not [
        each for each in lines if "set 1 of 2: done" in each
    ]
    assert f"{EFFORT} go on (now 4): " in lines
    [session] = history(home)
    assert (session["done_sets"], session["state"], session["effort"]) == (4, "done", 4)
    code, lines = room.run("resume")
    assert code == 1 and lines[-1].startswith("There is no session to go on with")


@pytest.mark.parametrize("answer", [("g", 40, 1), ("a", 4, 2)])
def test_who_starts_again_is_asked(room: Room, short: str, home: Path, answer: tuple[str, int, int]) -> None:
    key, ends_s, sessions = answer
    end_early(room, short)
    room.hands.at(0, key)
    room.hands.at(ends_s, "f", "l")
    room.numbers.available = False
    code, lines = room.run("start", short, "monday")
    assert code == 0
    assert lines[0] == "A quarter of a minute was ended early today. Go on: 3 of 4 sets left."
    assert lines[1] == "g or Enter: go on. a: all of it, from the start."
    assert [each for each in lines if "Lift slowly." in each]
    assert len(history(home)) == sessions


def test_keys_change_what_the_history_keeps(room: Room, short: str, home: Path) -> None:
    room.numbers.available = True
    room.hands.at(2, "space")
    room.hands.at(4, "space")
    room.hands.at(9, "n")  # in the last rep: leave the first set for the second
    room.hands.at(14, "h")
    room.hands.at(20, "f", "f")
    room.numbers.at(0, "enter", "enter")
    code, lines = room.run("start", short, "monday")
    assert code == 0
    told = "\n".join(lines)
    assert "Paused" in told and "partly done." in told.partition("Last rep")[2]
    again = told.partition("partly done.")[2]
    assert "set 2 of 2." in again and "2\n1\nRep 1 of 2. Lift slowly." in again
    assert "press any key: Side lean" in again
    [session] = history(home)
    assert session["state"] == "partial"
    assert session["sets"][0]["outcome"] == "partial"
    assert session["sets"][1]["outcome"] == "hurt"
    assert [each["outcome"] for each in session["sets"][2:]] == ["skipped", "skipped"]


def test_effort_and_pain_are_kept(room: Room, short: str, home: Path) -> None:
    room.numbers.available = True
    room.hands.at(2, "f", "f")
    room.numbers.at(0, "x", "enter", "0", "enter")
    code, lines = room.run("start", short, "monday")
    assert code == 0 and lines[-2:] == [f"{EFFORT} skip: 10", f"{PAIN} skip: 0"]
    [session] = history(home)
    assert (session["effort"], session["pain"]) == (10, 0)
