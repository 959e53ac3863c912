"""The first run in a real terminal: asked in the full screen, and told where nobody can be asked."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.terminal.conftest import Spawn
from tests.terminal.harness import BACKTIMER, environment


def test_one_is_asked_and_then_today_is_there(spawn: Spawn, home: Path) -> None:
    terminal = spawn("today", "--mute", new=True, fresh=True)
    terminal.wait_for("What would you like to begin with?")
    terminal.send("1")
    terminal.wait_for("Start")
    terminal.send("q")
    assert terminal.wait_for_end() == 0
    assert "routine: gentle-start" in (home / "settings.yaml").read_text(encoding="utf-8")


def test_in_a_pipe_the_gentle_start_is_taken_and_said(home: Path) -> None:
    done = subprocess.run(
        ["timeout", "4", BACKTIMER, "today", "--plain", "--mute"],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    first = done.stdout.splitlines()[0]
    assert first.startswith("Your first time here, so this is: Gentle start.") and "backtimer use" in first
    assert "routine: gentle-start" in (home / "settings.yaml").read_text(encoding="utf-8")


def test_with_start_it_is_said_on_the_screen(spawn: Spawn) -> None:
    terminal = spawn("today", "--start", "--mute", new=True, fresh=True)
    terminal.wait_for("Gentle start")
    terminal.send("\x03")
