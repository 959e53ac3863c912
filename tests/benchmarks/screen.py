"""Time to first frame, memory and CPU of the TUI beside a bare Textual app, in one run.

    python -m tests.benchmarks.screen [--runs N] [--cpu-seconds S]

Both programs run in a pty of 80x24, in turn, so that a machine that drifts drifts for both. The bounds are
those of the design: first frame 1.15, CPU in a session 1.5, memory 1.15.
"""

from __future__ import annotations

import argparse
import os
import pty
import resource
import select
import statistics
import struct
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROUTINE = """\
format: 1
title: Benchmark
defaults: {prepare: 1s}
days:
  daily:
    exercises:
      - exercise: bird-dog
        sets: 9
        reps: 30
"""


@dataclass
class Measured:
    """One run of a program."""

    first_frame_s: float
    peak_mib: float
    cpu_s: float


def run(command: list[str], marker: bytes, cpu_seconds: float, home: Path, keys: bytes = b"") -> Measured:
    """Run a program in a pty until its marker is on the screen, then for `cpu_seconds` more, then end it."""
    environment = {
        **os.environ,
        "BACKTIMER_HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, environment)
    import fcntl
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = b""
    while marker not in seen:
        if time.perf_counter() - started > 30:
            raise SystemExit(f"{command}: {marker!r} never came; got {seen[-2000:]!r}")
        if select.select([terminal], [], [], 0.05)[0]:
            seen += os.read(terminal, 65536)
    first_frame = time.perf_counter() - started
    peak = cpu = 0.0
    if cpu_seconds:
        if keys:
            os.write(terminal, keys)
        _drain(terminal, 2.0)  # past the start-up
        before = _cpu(child)
        _drain(terminal, cpu_seconds)
        cpu = _cpu(child) - before
    peak = _peak_mib(child)
    os.kill(child, 15)
    _drain(terminal, 0.3)
    os.close(terminal)
    os.waitpid(child, 0)
    return Measured(first_frame, peak, cpu)


def _drain(terminal: int, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        if select.select([terminal], [], [], left)[0]:
            try:
                os.read(terminal, 65536)
            except OSError:
                return


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak_mib(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=9)
    options.add_argument("--cpu-seconds", type=float, default=15.0)
    chosen = options.parse_args()
    bare = [sys.executable, str(Path(__file__).with_name("bare_app.py"))]
    ours = [str(Path(sys.executable).with_name("backtimer"))]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        routine = home / "benchmark.yaml"
        routine.write_text(ROUTINE)
        (home / "settings.yaml").write_text(f"routine: {routine}\n")
        # "╷" is part of the Digits; the name of the exercise stands in today's list.
        pairs = []
        for index in range(chosen.runs + 1):
            pair = (
                run(bare, "╷".encode(), 0, home),
                run([*ours, "today"], b"Bird-dog", 0, home),
            )
            if index:  # the first warms the bytecode
                pairs.append(pair)
        start = [*ours, "start", str(routine), "monday", "--mute"]
        moving = run([*bare, "--moving"], "╷".encode(), chosen.cpu_seconds, home)
        session = run(start, b"Bird-dog", chosen.cpu_seconds, home)
    rows = [
        ("first frame, s", [p[0].first_frame_s for p in pairs], [p[1].first_frame_s for p in pairs], 1.15),
        ("peak memory, MiB", [p[0].peak_mib for p in pairs], [p[1].peak_mib for p in pairs], 1.15),
        (f"CPU over {chosen.cpu_seconds:g} s, s", [moving.cpu_s], [session.cpu_s], 1.5),
    ]
    print(f"{'what':24} {'bare':>9} {'backtimer':>10} {'ratio':>7} {'bound':>6}")
    for name, theirs, mine, bound in rows:
        ratio = statistics.median(b / a for a, b in zip(theirs, mine, strict=True))
        print(
            f"{name:24} {statistics.median(theirs):9.3f} {statistics.median(mine):10.3f} "
            f"{ratio:7.2f} {bound:6.2f}"
        )


if __name__ == "__main__":
    main()
