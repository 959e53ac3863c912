"""Start-up, memory and CPU of the TUI beside a bare Textual app (and termdown, where it is installed).

    python -m tests.benchmarks.screen [--runs N] [--cpu-seconds S]

All run in a pty of 80x24, in turn, so that a machine that drifts drifts for all; the ratios are of runs that
stood beside each other. Today's first frame is painted before Textual is imported: what can be read then is
what Textual paints later. Ready is when a key is obeyed, which is when the program is of use: at the first
frame a key is typed, once for both. Typed over and over it would be a burst for the one that is seen earlier:
every one of sixty keys is obeyed, and all are waited for.
"""

from __future__ import annotations

import argparse
import os
import pty
import resource
import select
import shutil
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

LOOK_S = 0.005
"""How long what a program shows is waited for at once."""

MEASURES = (
    ("first frame, s", "first_frame_s", 0.4),
    ("first frame, s of CPU", "first_frame_cpu_s", 0.4),
    ("ready, s", "ready_s", 1.15),
    ("ready, s of CPU", "ready_cpu_s", 1.15),
    ("peak memory, MiB", "peak_mib", 1.08),
)
"""What is measured of a start, and how many times a bare app's it may be."""


@dataclass
class Measured:
    """One run of a program."""

    first_frame_s: float
    first_frame_cpu_s: float
    ready_s: float
    ready_cpu_s: float
    peak_mib: float
    cpu_s: float


def run(
    command: list[str], marker: bytes, cpu_seconds: float, home: Path, key: tuple[bytes, bytes] | None = None
) -> Measured:
    """Run a program in a pty until its marker is on the screen, then for `cpu_seconds` more, then end it.

    Args:
        command: What to run.
        marker: What its first frame has.
        cpu_seconds: How long its use of the processor is measured; 0: not at all.
        home: Where its files are.
        key: A key to be typed at the first frame, and what shows that it was obeyed.
    """
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
    _read_until(terminal, marker)
    first_frame, first_frame_cpu = time.perf_counter() - started, _threads_cpu(child)
    if key is not None:
        os.write(terminal, key[0])
        _read_until(terminal, key[1])
    ready, ready_cpu = time.perf_counter() - started, _threads_cpu(child)
    peak = cpu = 0.0
    if cpu_seconds:
        _drain(terminal, 2.0)  # past the start-up
        before = _cpu(child)
        _drain(terminal, cpu_seconds)
        cpu = _cpu(child) - before
    peak = _peak_mib(child)
    os.kill(child, 15)
    _drain(terminal, 0.3)
    os.close(terminal)
    os.waitpid(child, 0)
    return Measured(first_frame, first_frame_cpu, ready, ready_cpu, peak, cpu)


def _read_until(terminal: int, marker: bytes) -> None:
    """Read what a program shows until the marker is there."""
    seen, end = b"", time.perf_counter() + 30
    while marker not in seen:
        if time.perf_counter() > end:
            raise SystemExit(f"{marker!r} never came; got {seen[-2000:]!r}")
        if select.select([terminal], [], [], LOOK_S)[0]:
            try:
                seen += os.read(terminal, 65536)
            except OSError:  # nobody has the terminal any more
                raise SystemExit(f"it ended without {marker!r}; got {seen[-2000:]!r}") from None


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


def _threads_cpu(pid: int) -> float:
    """What the threads that run now have used, in seconds, to the microsecond."""
    files = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(file.read_text().split()[0]) for file in files) / 1e9


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
    termdown = shutil.which("termdown") or shutil.which("termdown", path=str(Path(sys.executable).parent))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        routine = home / "benchmark.yaml"
        routine.write_text(ROUTINE)
        (home / "settings.yaml").write_text(f"routine: {routine}\n")
        # "╷" is part of the Digits; the name of the exercise stands in today's list.
        rounds = []
        for index in range(chosen.runs + 1):
            beside = (
                run(bare, "╷".encode(), 0, home, (b"k", "┼".encode())),
                run([*ours, "today"], b"Bird-dog", 0, home, (b"5", b"[5]")),
                run([termdown, "60"], b"88", 0, home) if termdown else None,  # its digits are made of them
            )
            if index:  # the first warms the bytecode
                rounds.append(beside)
        start = [*ours, "start", str(routine), "monday", "--mute"]
        over_time = []
        if chosen.cpu_seconds:
            over_time = [
                run([*bare, "--moving"], "╷".encode(), chosen.cpu_seconds, home),
                run(start, b"Bird-dog", chosen.cpu_seconds, home),
            ]
    print(f"{'what':24} {'bare':>9} {'backtimer':>10} {'ratio':>7} {'bound':>6} {'termdown':>9}")
    for name, field, bound in MEASURES:
        theirs, mine = ([getattr(beside[i], field) for beside in rounds] for i in (0, 1))
        other = [getattr(beside[2], field) for beside in rounds if beside[2] is not None]
        _print_row(name, theirs, mine, bound, other)
    if over_time:
        theirs, mine = ([one.cpu_s] for one in over_time)
        _print_row(f"CPU over {chosen.cpu_seconds:g} s, s", theirs, mine, 1.5, [])


def _print_row(name: str, theirs: list[float], mine: list[float], bound: float, other: list[float]) -> None:
    ratio = statistics.median(b / a for a, b in zip(theirs, mine, strict=True))
    last = f"{statistics.median(other):9.3f}" if other else f"{'-':>9}"
    print(
        f"{name:24} {statistics.median(theirs):9.3f} {statistics.median(mine):10.3f} "
        f"{ratio:7.2f} {bound:6.2f} {last}"
    )


if __name__ == "__main__":
    main()
