"""Plain mode as it is used: in a pipe, and with a keyboard."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path
from statistics import median

import pytest

from backtimer.cli.plain_lines import PlainLines
from backtimer.core.plan.compile import compile_day
from backtimer.core.session.session import rehearse
from backtimer.core.speech.phrases import safety_words
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from tests.terminal.conftest import Spawn
from tests.terminal.harness import BACKTIMER, SHORT_SETS, environment, history


def planned(path: Path) -> list[tuple[float, str]]:
    """The moments and the lines of a session in which nobody presses a key."""
    plan = compile_day(Library(find_paths(os.environ)).load(str(path)), "monday")
    lines = PlainLines(plan)
    lines.leave_alone()
    return [(event.at_s, line) for event in rehearse(plan) for line in lines.of(event)]


def test_a_session_in_a_pipe_plays_in_real_time(home: Path, brief: Path) -> None:
    with subprocess.Popen(
        [BACKTIMER, "start", str(brief), "monday", "--plain"],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        arrivals = [(time.monotonic(), line.rstrip("\n")) for line in process.stdout]
        assert process.wait() == 0
    plan = planned(brief)
    head, card, told, last = arrivals[0], arrivals[1], arrivals[2 : len(plan) + 2], arrivals[len(plan) + 2 :]
    assert head[1] == "A quarter of a minute: 9 s, 4 sets."
    assert card[1] == safety_words(), "before the very first session"
    assert [line for _, line in told] == [line for _, line in plan]
    assert [line for _, line in last] == ["1 day in a row."]
    late = [arrival - at_s for (arrival, _), (at_s, _) in zip(told, plan, strict=True)]
    # Each line at its own moment: as a rule, whatever else the machine is busy with now and then.
    assert median(late) - min(late) < 0.5
    assert head[0] - min(late) < 0.5, "the plan begins with the first line"
    [session] = history(home)
    assert session["state"] == "done"
    assert (session["planned_sets"], session["done_sets"]) == (4, 4)
    assert [(s["exercise"], s["side"], s["set"]) for s in session["sets"]] == SHORT_SETS
    assert {s["outcome"] for s in session["sets"]} == {"done"}
    assert [s["reps"] for s in session["sets"]] == [2, 2, None, None]
    assert [s["seconds"] for s in session["sets"]] == pytest.approx([2, 2, 1, 1], abs=0.01)
    assert session["seconds"] == pytest.approx(8.5, abs=0.01)


def test_a_reader_that_goes_away_ends_the_session_quietly(home: Path, brief: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{BACKTIMER}" start "{brief}" monday --plain | head -n 2'],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert len(done.stdout.splitlines()) == 2
    assert "Traceback" not in done.stderr


def test_sigterm_keeps_what_was_done_and_says_so(home: Path, brief: Path) -> None:
    with subprocess.Popen(
        [BACKTIMER, "start", str(brief), "monday", "--plain"],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "Rest for" in line:
                break
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
        assert process.wait() == 128 + signal.SIGTERM
    assert "saved" in rest
    [session] = history(home)
    assert session["state"] == "running"
    assert [s["outcome"] for s in session["sets"]] == ["done"]


def test_a_killed_session_is_resumed_and_finished(home: Path, brief: Path) -> None:
    command = [BACKTIMER, "start", str(brief), "monday", "--plain"]
    with subprocess.Popen(
        command, env=environment(home), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "done." in line:
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
    terminal.wait_for("Set 2 of 2. 2 reps.")
    seen = len(terminal.raw)
    terminal.send("\x1b")
    terminal.send("[D")
    terminal.wait_for_output("Get ready.", seconds=5, after=seen)
    terminal.wait_for("Rep 1 of 2")
    terminal.send("\x1b")
    terminal.wait_for("Stop here?")
    terminal.pass_time(1.2)  # what comes sooner may be the rest of a sequence
    terminal.send("l")
    assert terminal.wait_for_end() == 0
