"""When it hurts, in a real terminal and without one: nothing goes on without a key."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.terminal.conftest import Spawn
from tests.terminal.harness import BACKTIMER, environment, history


def test_in_plain_mode_it_waits_and_can_be_taken_back(spawn: Spawn, home: Path, short: Path) -> None:
    terminal = spawn("start", str(short), "monday", "--plain", rows=60)
    terminal.wait_for("Most back pain is not dangerous.")
    terminal.wait_for("Lift")
    terminal.send("h")
    terminal.wait_for("We leave out Press up today.")
    terminal.wait_for("press any key: Side lean")
    terminal.send("u")
    terminal.wait_for("Press up is back in. Press any key to go on.")
    terminal.send(" ")
    terminal.wait_for("Next: Press up")
    seen = len(terminal.raw)
    terminal.send("h")
    terminal.wait_for_output("We leave out Press up today.", after=seen)  # it stands there from before, too
    terminal.send("q")
    terminal.wait_for("Stop here?")
    terminal.send("l")
    terminal.wait_for("Left after")
    assert terminal.wait_for_end() == 0
    terminal = spawn("start", str(short), "monday", "--plain", "--unfinished", "resume", rows=60)
    terminal.wait_for("press any key: Side lean")
    terminal.send("f")
    terminal.wait_for("Stop here?")
    terminal.send("s")
    terminal.wait_for("Effort")
    terminal.send("\r")
    terminal.wait_for("Pain")
    terminal.send("\r")
    assert terminal.wait_for_end() == 0
    [session] = history(home)
    assert [each["outcome"] for each in session["sets"]] == ["hurt", "skipped", "skipped", "skipped"]


def test_where_nobody_can_press_a_key_nothing_more_is_done(spawn: Spawn, home: Path, short: Path) -> None:
    terminal = spawn("start", str(short), "monday", "--plain", rows=60)
    terminal.wait_for("Lift")
    terminal.send("h")
    terminal.wait_for("press any key: Side lean")
    terminal.send("q")
    terminal.wait_for("Stop here?")
    terminal.send("l")
    assert terminal.wait_for_end() == 0
    ended = subprocess.run(
        [BACKTIMER, "start", str(short), "monday", "--plain", "--unfinished", "resume"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment(home),
        check=False,
    )
    assert ended.returncode == 1
    assert "We leave out Press up today." in ended.stdout
    assert "nobody can press a key here: nothing more is done" in ended.stdout
    assert "Side lean: " not in ended.stdout and "Hold" not in ended.stdout
    terminal = spawn("start", str(short), "monday", "--plain", "--unfinished", "resume", rows=60)
    terminal.wait_for("press any key: Side lean")


def test_on_the_screen_it_waits_and_the_second_time_the_card_comes(
    spawn: Spawn, home: Path, short: Path
) -> None:
    terminal = spawn("start", str(short), "monday")
    terminal.wait_for("Rep 1 of 2")
    terminal.send("h")
    assert "u takes it back." in terminal.wait_for("Press up is left out today.")
    terminal.send("h")
    terminal.wait_for("Most back pain is not dangerous.")
    terminal.wait_for("any other key closes")  # its last line: nothing of the screen below is left
    terminal.send("j")
    terminal.wait_until_gone("any other key closes")
    terminal.wait_for("Then: Side lean")
    terminal.send("u")
    terminal.wait_for("Space goes on")
    terminal.send(" ")
    terminal.wait_for("Rep 1 of 2")
