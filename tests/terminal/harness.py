"""The installed command in a real pty, its screen kept by a terminal emulator."""

from __future__ import annotations

import io
import json
import os
import re
import select
import sys
import time
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pexpect
import pyte

from backtimer.cli.main import main
from tests.terminal.forks import Fork, Server

BACKTIMER = str(Path(sys.executable).with_name("backtimer"))

# Keyboard-protocol and mode queries that the emulator would print as text.
_UNKNOWN = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p")

SHORT = """\
format: 1
title: Short test
defaults: {prepare: 1s, rest: 2s, switch: 0.5s, transition: 1s, position_change: 1s, round_rest: 2s}
days:
  daily:
    title: A quarter of a minute
    exercises:
      - {exercise: press, sets: 2, reps: 2}
      - {exercise: hang, sets: 1, hold: 2s}
exercises:
  press:
    name: Press up
    position: standing
    phases:
      - {do: lift, for: 1s, breathe: out}
      - {do: lower, for: 1s, breathe: in}
  hang:
    name: Side lean
    position: standing
    sides: each
"""
"""About 16 seconds: 1 + (4 + 2 + 4) + 1 + (2 + 0.5 + 2), four recorded sets.

Standing, so that no way to the mat, and none up from it, has to be waited for.

What a test waits for on a screen stands there for two seconds: a busy machine looks late.
"""

BRIEF = (
    SHORT.replace("prepare: 1s, rest: 2s", "prepare: 0.5s, rest: 1s")
    .replace("hold: 2s", "hold: 1s")
    .replace("position_change: 1s", "position_change: 0.5s")
    .replace("transition: 1s", "transition: 0.5s")
    .replace("for: 1s", "for: 0.5s")
)
"""The same in half the time, for where every line is kept: 0.5 + (2 + 1 + 2) + 0.5 + (1 + 0.5 + 1)."""

RESTING = "████    ██████  ██████  ██████"
"""The first row of REST, as it stands on a screen of 80x24."""

READY = "█▀▄ █▀▀ █▀█ █▀▄ █ █"
"""The first row of READY."""

SHORT_SETS = [("press", None, 1), ("press", None, 2), ("hang", "left", 1), ("hang", "right", 1)]


def history(home: Path) -> list[dict[str, Any]]:
    """What `backtimer history --json` prints."""
    assert os.environ["BACKTIMER_HOME"] == str(home)
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert main(["history", "--json"]) == 0
    sessions: list[dict[str, Any]] = json.loads(printed.getvalue())["sessions"]
    return sessions


def environment(home: Path, **more: str) -> dict[str, str]:
    """What the program sees: its own home, a common terminal, and nothing of the test's."""
    names = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "SYSTEMROOT")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "BACKTIMER_HOME": str(home),
        "BACKTIMER_MUTE": "1",
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        **more,
    }


@dataclass
class Terminal:
    """A program in a pty: backtimer as a fork of a server, where one is given, or what is started anew."""

    arguments: list[str]
    home: Path
    columns: int = 80
    rows: int = 24
    command: str = BACKTIMER
    more_environment: dict[str, str] = field(default_factory=dict)
    server: Server | None = None

    def __post_init__(self) -> None:
        self.raw = b""
        self._emulator = pyte.Screen(self.columns, self.rows)
        self._stream = pyte.ByteStream(self._emulator)
        self.process: Any = self._started()

    def _started(self) -> Any:
        size, given = (self.rows, self.columns), environment(self.home, **self.more_environment)
        if self.server is not None:
            return Fork(self.server, self.arguments, given, size)
        process = pexpect.spawn(self.command, self.arguments, dimensions=size, env=given, timeout=30)
        process.delaybeforesend = None
        return process

    @property
    def text(self) -> str:
        """The screen as lines."""
        return "\n".join(line.rstrip() for line in self._emulator.display)

    def read(self, seconds: float) -> bool:
        """Take in what comes within this time.

        Returns:
            Whether the program is still there.
        """
        try:
            data: bytes = self.process.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(_UNKNOWN.sub(b"", data))
        return True

    def wait_for(self, text: str, seconds: float = 20.0) -> str:
        """Read until the text stands on the screen, and return the screen."""
        end = time.monotonic() + seconds
        there = True
        while text not in self.text:
            assert there, f"the program ended before {text!r} came:\n{self.text}\n{self.raw[-1500:]!r}"
            assert time.monotonic() < end, f"{text!r} did not come within {seconds} s:\n{self.text}"
            there = self.read(0.1)
        return self.text

    def wait_for_last(self, text: str, seconds: float = 20.0) -> str:
        """Read until this is the last thing on the screen, and return the screen."""
        end = time.monotonic() + seconds
        while not self.text.rstrip().endswith(text):
            assert self.read(0.1), f"the program ended before {text!r} was the last thing:\n{self.text}"
            assert time.monotonic() < end, f"{text!r} was not the last thing within {seconds} s:\n{self.text}"
        return self.text

    def wait_until_gone(self, text: str, seconds: float = 20.0) -> str:
        """Read until the text stands on the screen no more, and return the screen."""
        end = time.monotonic() + seconds
        while text in self.text:
            assert self.read(0.1), f"the program ended with {text!r} on the screen:\n{self.text}"
            assert time.monotonic() < end, f"{text!r} is still there after {seconds} s:\n{self.text}"
        return self.text

    def wait_for_output(self, text: str, seconds: float = 20.0, after: int = 0) -> None:
        """Read until the text has come, whether or not it is still on the screen.

        Args:
            text: What must come.
            seconds: How long to wait at most.
            after: Look only behind so many bytes of output (`len(terminal.raw)` before the deed).
        """
        end = time.monotonic() + seconds
        there = True
        while text.encode() not in self.raw[after:]:
            assert there and time.monotonic() < end, f"{text!r} did not come:\n{self.raw[-1500:]!r}"
            there = self.read(0.1)

    def pass_time(self, seconds: float) -> None:
        """Take in what comes until so much time has passed, where the meaning of keys depends on it."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)

    def send(self, keys: str) -> None:
        """Press keys."""
        self.process.send(keys)

    def answer(self, question: str, keys: str) -> None:
        """Wait for a question at the end of the screen, and answer it: key by key, as a person does."""
        self.wait_for_last(question)
        for place, key in enumerate(keys):
            self.send(key)
            if place + 1 < len(keys):
                self.wait_for_last(key)

    def wait_for_end(self, seconds: float = 20.0) -> int:
        """Read to the end.

        Returns:
            The exit code; for a process ended by a signal, minus its number.
        """
        end = time.monotonic() + seconds
        while self.read(0.1):
            assert time.monotonic() < end, f"the program did not end:\n{self.text}"
        self.process.close(force=False)
        if self.process.signalstatus is not None:
            return -int(self.process.signalstatus)
        return int(self.process.exitstatus)

    def vanish(self) -> None:
        """Close the terminal window on the program."""
        os.close(self.process.child_fd)

    def wait_for_end_without_terminal(self, seconds: float = 10.0) -> int:
        """The exit code of a program that has lost its terminal."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            status = self._status()
            if status is not None:
                return os.waitstatus_to_exitcode(status)
            select.select([], [], [], 0.05)
        raise AssertionError("still running, with nobody there")

    def _status(self) -> int | None:
        """How it has ended, if it has."""
        if isinstance(self.process, Fork):
            return self.process.poll()
        done, status = os.waitpid(self.process.pid, os.WNOHANG)
        return status if done else None

    def close(self) -> None:
        """End whatever is still running."""
        with suppress(OSError, pexpect.ExceptionPexpect):
            self.process.close(force=True)
