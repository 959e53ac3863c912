"""A session that was ended early, and gone on with on the same day."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.conftest import Spawn
from tests.terminal.harness import Terminal, history

EFFORT = "Effort, 1 very easy to 10 all you have, or Enter to"
PAIN = "Pain, 0 none to 10 worst imaginable, or Enter to"


def end_early(terminal: Terminal) -> None:
    """End a session in lines during its second set, and rate its effort only."""
    terminal.wait_for("Press up, set 1 of 2: done.")
    terminal.send("f")
    terminal.wait_for("Stop here? 1 of 4 sets done, and kept.")
    terminal.send("s")
    terminal.wait_for(EFFORT)
    terminal.send("4")
    terminal.wait_for("skip: 4")
    terminal.send("\r")
    terminal.wait_for(PAIN)
    terminal.send("\r")
    assert terminal.wait_for_end() == 0


def test_on_the_screen_it_goes_on_with_what_is_left(spawn: Spawn, short: Path, home: Path) -> None:
    end_early(spawn("start", str(short), "--plain", columns=120, rows=60))
    screen = spawn("resume")
    screen.wait_for("set 2 of 2")
    screen.send("q")
    screen.wait_for("1 of 4 sets done, and kept.")
    screen.send("l")
    assert screen.wait_for_end() == 0
    [session] = history(home)
    assert (session["done_sets"], session["state"]) == (1, "running")
