"""However a session ends, the terminal is left sane and the finished sets are kept."""

from __future__ import annotations

import os
import signal
import subprocess
import termios
import time
from pathlib import Path

import pytest

from tests.terminal.conftest import Spawn
from tests.terminal.harness import BACKTIMER, RESTING, Terminal, environment, history

SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]

LONG = """\
format: 1
title: Long test
defaults: {prepare: 0.5s, rest: 60s, transition: 1s}
days:
  daily:
    exercises:
      - {exercise: hang, sets: 2, hold: 1s}
exercises:
  hang: {name: Side lean, position: standing}
"""


@pytest.fixture
def in_rest(spawn: Spawn, home: Path) -> Terminal:
    """A session in a long rest, its first set saved."""
    routine = home / "long.yaml"
    routine.write_text(LONG)
    terminal = spawn("start", str(routine), "monday", "--mute")
    terminal.wait_for(RESTING, seconds=30)
    return terminal


def modes(terminal: Terminal) -> list[object]:
    """The modes of the pty."""
    return list(termios.tcgetattr(terminal.process.fileno())[:4])


def assert_modes(terminal: Terminal, expected: list[object]) -> None:
    """The modes become these; the shell sets its own a moment after its prompt."""
    end = time.monotonic() + 5
    while modes(terminal) != expected and time.monotonic() < end:
        terminal.read(0.05)
    assert modes(terminal) == expected


def assert_kept(home: Path) -> None:
    """The one finished set is in the history, and its session can be resumed."""
    [session] = history(home)
    assert [s["outcome"] for s in session["sets"]] == ["done"]
    assert session["state"] == "running"


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_signals(spawn: Spawn, in_rest: Terminal, home: Path, number: signal.Signals) -> None:
    os.kill(in_rest.process.pid, number)
    assert in_rest.wait_for_end(6) == 128 + number
    assert b"\x1b[?1049l" in in_rest.raw
    assert in_rest.raw.rfind(b"\x1b[?1003l") > in_rest.raw.rfind(b"\x1b[?1003h")
    assert_kept(home)


def test_ctrl_c(in_rest: Terminal, home: Path) -> None:
    in_rest.send("\x03")
    assert in_rest.wait_for_end(6) == 130
    assert b"\x1b[?1049l" in in_rest.raw
    assert_kept(home)


def test_a_vanished_terminal(in_rest: Terminal, home: Path) -> None:
    in_rest.vanish()
    assert in_rest.wait_for_end_without_terminal() == 128 + signal.SIGHUP
    assert_kept(home)


def test_a_byte_that_is_no_text_is_a_free_key_and_not_the_end(in_rest: Terminal, home: Path) -> None:
    in_rest.process.send(b"\xff")
    in_rest.wait_for("Space goes on")
    in_rest.send("\x03")
    assert in_rest.wait_for_end(6) == 130


def shell(spawn: Spawn, home: Path) -> Terminal:
    """An interactive shell with job control."""
    terminal = spawn("--norc", "--noprofile", "-i", command="/bin/bash", more_environment={"PS1": "ready> "})
    terminal.wait_for("ready>")
    return terminal


def test_ctrl_z_and_fg(spawn: Spawn, home: Path) -> None:
    (home / "long.yaml").write_text(LONG)
    terminal = shell(spawn, home)
    terminal.read(0.5)
    before = modes(terminal)
    terminal.send(f"'{BACKTIMER}' start '{home}/long.yaml' monday --mute\r")
    terminal.wait_for(RESTING, seconds=30)
    terminal.send("\x1a")
    terminal.wait_for("Stopped")
    assert_modes(terminal, before)
    stopped_at = len(terminal.raw)
    terminal.send("fg\r")
    terminal.wait_for_output("set 2 of 2", after=stopped_at)
    continued_at = len(terminal.raw)
    terminal.send("\x03")
    terminal.wait_for_output("ready> ", after=continued_at)
    terminal.send("echo code=$?\r")
    terminal.wait_for_output("code=130", after=continued_at)
    assert_modes(terminal, before)
    assert_kept(home)


def test_a_stopped_process_credits_nothing_and_says_so(spawn: Spawn, in_rest: Terminal, home: Path) -> None:
    os.kill(in_rest.process.pid, signal.SIGSTOP)
    end = time.monotonic() + 4
    while time.monotonic() < end:
        in_rest.read(0.2)
    os.kill(in_rest.process.pid, signal.SIGCONT)
    in_rest.wait_for("Space goes on")
    in_rest.send("\x03")
    assert in_rest.wait_for_end(6) == 130
    assert_kept(home)


def test_a_terminal_that_cannot_place_text_gets_plain_lines(spawn: Spawn, home: Path) -> None:
    (home / "long.yaml").write_text(LONG)
    terminal = spawn("start", str(home / "long.yaml"), "monday", "--mute", more_environment={"TERM": "dumb"})
    terminal.wait_for("Rest for", seconds=30)
    assert b"\x1b" not in terminal.raw
    terminal.send("\x03")
    assert terminal.wait_for_end(6) == 130
    assert_kept(home)


def test_a_history_that_cannot_be_kept_does_not_stop_the_workout(home: Path) -> None:
    routine = home / "quick.yaml"
    routine.write_text(LONG.replace("sets: 2", "sets: 1"))
    elsewhere = home / "file"
    elsewhere.write_text("")
    done = subprocess.run(
        [BACKTIMER, "start", str(routine), "monday", "--plain"],
        env={**os.environ, "BACKTIMER_HOME": str(elsewhere / "below-a-file")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "History is off" in done.stdout
    assert "not saved yet" in done.stdout and "in a row" not in done.stdout
    last = done.stdout.splitlines()[-1]
    assert last.startswith("1 set was not saved: ") and "backtimer import " in last
    taken = subprocess.run(
        [BACKTIMER, "import", last.rpartition(" ")[2]],
        env=environment(home),
        capture_output=True,
        check=False,
    )
    assert taken.returncode == 0, taken.stderr
    [session] = history(home)
    assert (session["state"], session["done_sets"]) == ("done", 1)
