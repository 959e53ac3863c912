"""The main job, in a real terminal: from the first screen through a whole session to the history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.conftest import Spawn
from tests.terminal.harness import RESTING, SHORT_SETS, history


def test_a_whole_session(spawn: Spawn, home: Path, short: Path) -> None:
    (home / "settings.yaml").write_text(f"routine: {short}\n")
    terminal = spawn("today", "--mute", fresh=True)
    terminal.wait_for("A quarter of a minute")
    terminal.wait_for("Press up")
    terminal.wait_for("Side lean")
    terminal.send("\r")
    assert "Press up" in terminal.wait_for("Rep 1 of 2")
    held = terminal.wait_for("Breathe freely", seconds=30)  # a hold, and nothing else here
    assert "Side lean" in held and "of 2 s" in held
    terminal.wait_for("4 of 4", seconds=30)  # the summary
    [before] = history(home)
    assert before["state"] == "done"
    terminal.wait_for("Does it hurt?")
    terminal.send("4")
    terminal.wait_for("[4]")
    terminal.send("0")
    terminal.wait_for("[0]")
    terminal.send("q")
    assert terminal.wait_for_end() == 0
    [session] = history(home)
    assert (session["effort"], session["pain"]) == (4, 0)
    assert [(s["exercise"], s["side"], s["set"]) for s in session["sets"]] == SHORT_SETS
    assert {s["outcome"] for s in session["sets"]} == {"done"}


def test_pausing_costs_nothing_and_quitting_keeps_what_was_done(
    spawn: Spawn, home: Path, short: Path
) -> None:
    terminal = spawn("start", str(short), "monday", "--mute")
    terminal.wait_for(RESTING, seconds=30)
    terminal.send("x")  # any free key pauses
    terminal.wait_for("Space goes on")
    terminal.send("q")
    terminal.wait_for("resume later")
    terminal.send("l")
    assert terminal.wait_for_end() == 0
    [session] = history(home)
    assert session["state"] == "running"
    assert [s["outcome"] for s in session["sets"]] == ["done"]

    again = spawn("start", str(short), "monday", "--mute")
    again.wait_for("1 of 4")
    again.send("r")
    again.wait_for("Side lean", seconds=60)  # she gets ready anew before her second set
    again.wait_for("4 of 4", seconds=30)
    again.send("q")
    assert again.wait_for_end() == 0
    [session] = history(home)
    assert session["state"] == "done"
    assert [(s["exercise"], s["side"], s["set"]) for s in session["sets"]] == SHORT_SETS


def test_a_running_session_is_not_offered_to_a_second_instance(spawn: Spawn, home: Path, short: Path) -> None:
    first = spawn("start", str(short), "monday", "--mute")
    first.wait_for(RESTING, seconds=30)
    second = spawn("start", str(short), "monday", "--mute")
    second.wait_for("Rep 1 of 2")
    assert "1 of 4" not in second.text
    for terminal in (second, first):
        terminal.send("\x03")
        assert terminal.wait_for_end() == 130
    assert [session["done_sets"] for session in history(home)] == [1, 0]

    third = spawn("start", str(short), "monday", "--mute")
    third.wait_for("1 of 4")  # the second had reached no set: there is nothing to take up of it
    third.send("d")
    third.wait_for("Rep 1 of 2")
    third.send("\x03")
    assert third.wait_for_end() == 130
    assert [session["done_sets"] for session in history(home)] == [0]


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (80, 24), (200, 60)])
def test_the_first_screen_fits(spawn: Spawn, columns: int, rows: int) -> None:
    terminal = spawn("start", "lower-back", "monday", "--mute", columns=columns, rows=rows)
    terminal.wait_for("round 1 of 3")
    terminal.send("q")
    terminal.wait_for("resume later")
    terminal.send("s")
    terminal.wait_for("How hard was it?")
    terminal.wait_for("0 of 9")  # its size is known when the questions stand there
    terminal.send("q")
    assert terminal.wait_for_end() == 0


def test_one_cell_is_enough_not_to_crash(spawn: Spawn) -> None:
    terminal = spawn("today", "--mute", columns=1, rows=1)
    terminal.wait_for_output("\x1b[?1049h")
    for _ in range(10):
        terminal.read(0.2)
    terminal.send("q")
    assert terminal.wait_for_end() == 0


def test_the_title_of_the_window_tells_the_session_and_is_given_back(
    spawn: Spawn, home: Path, short: Path
) -> None:
    terminal = spawn("start", str(short), "monday", "--mute")
    terminal.wait_for("Rep 1 of 2")
    assert b"\x1b[22;2t\x1b]2;Press up \xc2\xb7 0:17 left\x07" in terminal.raw
    terminal.send("\x03")
    assert terminal.wait_for_end() == 130
    assert terminal.raw.count(b"\x1b[22;2t") == terminal.raw.count(b"\x1b[23;2t") == 1
    assert b"\x1b]2;" not in terminal.raw.rpartition(b"\x1b[23;2t")[2]
