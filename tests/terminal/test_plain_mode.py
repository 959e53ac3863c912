"""Plain mode as it is used: in a pipe, and with a keyboard."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.terminal.conftest import Spawn
from tests.terminal.harness import BACKTIMER, SHORT_SETS, environment


def history(home: Path) -> list[dict[str, Any]]:
    """What `backtimer history --json` prints."""
    done = subprocess.run(
        [BACKTIMER, "history", "--json"], env=environment(home), capture_output=True, text=True, check=True
    )
    sessions: list[dict[str, Any]] = json.loads(done.stdout)["sessions"]
    return sessions


def test_a_session_in_a_pipe_plays_in_real_time(spawn: Spawn, home: Path, short: Path) -> None:
    started = time.monotonic()
    with subprocess.Popen(
        [BACKTIMER, "start", str(short), "monday", "--plain"],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        arrivals = [(time.monotonic() - started, line.rstrip("\n")) for line in process.stdout]
        assert process.wait() == 0
    lines = [line for _, line in arrivals]
    assert not any("\x1b" in line for line in lines)
    assert 19.0 < arrivals[-1][0] < 26.0
    first_lift = next(moment for moment, line in arrivals if "Lift" in line)
    last_side = next(moment for moment, line in arrivals if line == "Right side.")
    assert 14.0 < last_side - first_lift < 16.5  # 4 + 2 + 4 + 2 + 3 seconds, each line at its own moment
    [session] = history(home)
    assert session["state"] == "done"
    assert (session["planned_sets"], session["done_sets"]) == (4, 4)
    assert [(s["exercise"], s["side"], s["set"]) for s in session["sets"]] == SHORT_SETS
    assert {s["outcome"] for s in session["sets"]} == {"done"}
    assert [s["reps"] for s in session["sets"]] == [2, 2, None, None]
    assert [round(s["seconds"]) for s in session["sets"]] == [4, 4, 3, 3]
    assert round(session["seconds"]) == 21


def test_keys_work_in_plain_mode(spawn: Spawn, home: Path, short: Path) -> None:
    terminal = spawn("start", str(short), "monday", "--plain", rows=60)
    terminal.wait_for("Lift")
    terminal.send(" ")
    terminal.wait_for("Paused")
    terminal.send(" ")
    terminal.wait_for("Last rep")
    terminal.send("n")  # leave the first set for the second
    terminal.wait_for("partly done.")
    terminal.wait_for("set 2 of 2.\n3\n2\n1\nRep 1 of 2. Lift.")
    terminal.send("h")  # it hurts
    terminal.wait_for("press any key: Side lean")
    terminal.send("f")
    terminal.wait_for("Stop here?")
    terminal.send("f")
    terminal.wait_for("Effort")
    terminal.send("\r")
    terminal.wait_for("Pain")
    terminal.send("\r")
    assert terminal.wait_for_end() == 0
    [session] = history(home)
    assert session["state"] == "partial"
    assert session["sets"][0]["outcome"] == "partial"
    assert session["sets"][1]["outcome"] == "hurt"
    assert [s["outcome"] for s in session["sets"][2:]] == ["skipped", "skipped"]


def test_effort_and_pain_are_asked_at_the_end(spawn: Spawn, home: Path, short: Path) -> None:
    terminal = spawn("start", str(short), "monday", "--plain", rows=60)
    terminal.wait_for("Lift")
    terminal.send("f")
    terminal.wait_for("Stop here?")
    terminal.send("f")
    terminal.wait_for("Effort")
    terminal.send("10\r")
    terminal.wait_for("Pain")
    terminal.send("0\r")
    assert terminal.wait_for_end() == 0
    [session] = history(home)
    assert (session["effort"], session["pain"]) == (10, 0)


def test_a_reader_that_goes_away_ends_the_session_quietly(home: Path, short: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{BACKTIMER}" start "{short}" monday --plain | head -n 2'],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert len(done.stdout.splitlines()) == 2
    assert "Traceback" not in done.stderr


def test_sigterm_keeps_what_was_done_and_says_so(home: Path, short: Path) -> None:
    with subprocess.Popen(
        [BACKTIMER, "start", str(short), "monday", "--plain"],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "Rest" in line:
                break
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
        assert process.wait() == 128 + signal.SIGTERM
    assert "saved" in rest
    [session] = history(home)
    assert session["state"] == "running"
    assert [s["outcome"] for s in session["sets"]] == ["done"]


def test_a_killed_session_is_resumed_and_finished(home: Path, short: Path) -> None:
    command = [BACKTIMER, "start", str(short), "monday", "--plain"]
    with subprocess.Popen(
        command, env=environment(home), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "Rest" in line:
                break
        os.kill(process.pid, signal.SIGKILL)
    assert [s["outcome"] for s in history(home)[0]["sets"]] == ["done"]
    resumed = subprocess.run(
        [*command, "--unfinished", "resume"],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert resumed.returncode == 0, resumed.stderr
    [session] = history(home)
    assert session["state"] == "done"
    assert [(s["exercise"], s["side"], s["set"]) for s in session["sets"]] == SHORT_SETS
    assert {s["outcome"] for s in session["sets"]} == {"done"}


def test_a_button_that_is_held_down_and_a_key_in_two_pieces(spawn: Spawn, home: Path, short: Path) -> None:
    terminal = spawn("start", str(short), "monday", "--plain", rows=60)
    terminal.wait_for("Get ready")
    terminal.send("\x1b[C\x1b[C")  # cuts the get-ready short, then leaves the first set
    terminal.wait_for("Set 2 of 2")
    terminal.send("\x1b")
    terminal.send("[D")
    terminal.wait_for("\nGet ready. Press up.\n", seconds=5)
    terminal.wait_for("Rep 1 of 2")
    terminal.send("\x1b")
    terminal.wait_for("Stop here?")
    terminal.send("l")
    assert terminal.wait_for_end() == 0
