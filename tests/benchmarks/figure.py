"""What a session with a moving figure costs, beside a bare Textual app with one number ten times a second.

    python -m tests.benchmarks.figure [--seconds S] [--runs N] [--size 80x24] [--still]

Both run in a pty, at the same time and for as long, so that a machine that is busy is so for both. Told are
the processor's time, what is written to the terminal, and how often; then how soon the first picture of a
session is there.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.screen import _cpu

ROUTINE = """\
format: 1
title: Benchmark
defaults: {prepare: 1s}
days:
  daily:
    exercises:
      - exercise: bird-dog
        sets: 3
        reps: 30
"""

SIZES = ((80, 24), (120, 40), (200, 60))
BOUNDS = {(80, 24): 1.0, (120, 40): 1.0, (200, 60): 1.5}
"""How many times a bare app's CPU a session may take."""

MOST_BYTES_A_SECOND = 8_000
START_BOUND = 1.4
WARM_S = 14.0
"""Until the set is under way: what leads to it takes so long."""


class Cost(NamedTuple):
    """What a program took while it was looked at."""

    cpu_s: float
    bytes: int
    writes: int


class Program:
    """A program in a pty of its own.

    Args:
        command: What to run.
        home: Where its files are.
        size: Columns and rows.
    """

    def __init__(self, command: list[str], home: Path, size: tuple[int, int]) -> None:
        environment = {
            key: value
            for key, value in os.environ.items()
            if key not in ("PYTHONDONTWRITEBYTECODE", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "NO_COLOR")
        }
        environment |= {"BACKTIMER_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.began = time.perf_counter()
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.execvpe(command[0], command, environment)
        columns, rows = size
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.seen = b""
        self.writes = 0
        self.bytes = 0

    def read(self) -> None:
        """Take what is there."""
        data = os.read(self.terminal, 65536)
        self.seen = (self.seen + data)[-200_000:]
        self.bytes += len(data)
        self.writes += data.count(b"\x1b[?2026h") or 1

    def end(self) -> None:
        os.kill(self.child, signal.SIGTERM)
        end = time.perf_counter() + 5
        while time.perf_counter() < end and select.select([self.terminal], [], [], 0.5)[0]:
            try:
                if not os.read(self.terminal, 65536):
                    break
            except OSError:
                break
        os.close(self.terminal)
        os.waitpid(self.child, 0)


def drain(programs: list[Program], seconds: float) -> None:
    """Read what all of them write, for so long."""
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        for ready in select.select([each.terminal for each in programs], [], [], left)[0]:
            next(each for each in programs if each.terminal == ready).read()


def compare(commands: list[list[str]], home: Path, size: tuple[int, int], seconds: float) -> list[Cost]:
    """The cost of programs that run beside each other."""
    programs = [Program(command, home, size) for command in commands]
    try:
        drain(programs, WARM_S)
        before = [Cost(_cpu(each.child), each.bytes, each.writes) for each in programs]
        drain(programs, seconds)
        return [
            Cost(_cpu(each.child) - was.cpu_s, each.bytes - was.bytes, each.writes - was.writes)
            for each, was in zip(programs, before, strict=True)
        ]
    finally:
        for each in programs:
            each.end()


def first_picture(command: list[str], home: Path, marker: bytes) -> float:
    """Seconds of CPU until the marker is on the screen."""
    program = Program(command, home, (80, 24))
    try:
        while marker not in program.seen:
            if time.perf_counter() - program.began > 30:
                raise SystemExit(f"{marker!r} never came; got {program.seen[-2000:]!r}")
            if select.select([program.terminal], [], [], 0.005)[0]:
                program.read()
        return _threads_cpu(program.child)
    finally:
        program.end()


def _threads_cpu(pid: int) -> float:
    files = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(file.read_text().split()[0]) for file in files) / 1e9


def main() -> None:
    """Measure, and print."""
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=float, default=20.0)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--size", default="")
    options.add_argument("--still", action="store_true")
    chosen = options.parse_args()
    width, _, height = chosen.size.partition("x")
    sizes = ((int(width), int(height)),) if chosen.size else SIZES
    bare = [sys.executable, str(Path(__file__).with_name("bare_app.py"))]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        routine = home / "benchmark.yaml"
        routine.write_text(ROUTINE)
        more = "figure: still\n" if chosen.still else "figure: moving\n"
        (home / "settings.yaml").write_text(f"routine: {routine}\ninstructions: short\n{more}")
        ours = [str(Path(sys.executable).with_name("backtimer")), "start", str(routine), "monday", "--mute"]
        first_picture(ours, home, b" left")  # compiles what is not compiled, and reads what is not kept
        print(f"{'size':9} {'bare':>9} {'ours':>7} {'ratio':>6} {'bound':>6} {'bytes/s':>8} {'writes/s':>9}")
        for size in sizes:
            theirs, mine = compare([[*bare, "--moving"], ours], home, size, chosen.seconds)
            print(
                f"{size[0]}x{size[1]:<6} {theirs.cpu_s:9.2f} {mine.cpu_s:7.2f} "
                f"{mine.cpu_s / theirs.cpu_s:6.2f} {BOUNDS.get(size, 1.5):6.2f} "
                f"{mine.bytes / chosen.seconds:8.0f} {mine.writes / chosen.seconds:8.1f}"
            )
        pairs = [
            (first_picture(bare, home, "╷".encode()), first_picture(ours, home, b" left"))
            for _ in range(chosen.runs)
        ]
    ratio = statistics.median(mine / theirs for theirs, mine in pairs)
    theirs_s, mine_s = (statistics.median(each) for each in zip(*pairs, strict=True))
    print(f"first picture, s of CPU: {mine_s:.3f}, bare {theirs_s:.3f}, {ratio:.2f} of {START_BOUND}")


if __name__ == "__main__":
    main()
