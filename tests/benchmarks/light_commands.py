"""What the light commands cost, beside an empty Python and beside reading the same files.

    python -m tests.benchmarks.light_commands [--runs N] [--files N]

Measures the processor time of whole processes in turn, so that a machine that drifts drifts for all, and
prints the medians and the ratios. `list` and `streak` are those of somebody who has run backtimer before;
`cold` is the first start, when nothing that was read is kept yet. With many files of one's own the measure is
a bare loop that opens each and composes its YAML with the same loader.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from backtimer.storage.files.paths import bundled_routines
from backtimer.storage.files.source import files_in

BOUNDS = {"streak": 4.0, "list": 5.0, "check": 8.0, "check lower-back": 8.0}
BOUND_OF_FILES = 3.0

_READ = """
import sys, yaml
from pathlib import Path
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
for folder in sys.argv[1:]:
    for path in sorted(Path(folder).glob("*.yaml")):
        with open(path, encoding="utf-8") as file:
            yaml.compose(file.read(), Loader=loader)
"""


def cpu_s(command: Sequence[str], home: Path) -> float:
    """The processor time of a whole process, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "BACKTIMER_HOME": str(home), "BACKTIMER_MUTE": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # who runs a command again does not compile it again
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def settle(home: Path) -> None:
    """Let what is kept be believed at once, as it is some seconds after the last change of a file."""
    for file in (home / "cache" / "parsed").glob("*"):
        os.utime(file, ns=(file.stat().st_mtime_ns + 10**12,) * 2)


def forget(home: Path) -> None:
    """Let nothing be kept that was read."""
    shutil.rmtree(home / "cache" / "parsed", ignore_errors=True)


def make_exercises(home: Path, count: int) -> Path:
    """So many exercises of one's own, copied from those that come with backtimer; their folder."""
    folder = home / "routines" / "exercises"
    folder.mkdir(parents=True)
    texts = [path.read_text(encoding="utf-8") for path in files_in(bundled_routines() / "exercises").values()]
    for number in range(count):
        (folder / f"own-{number}.yaml").write_text(texts[number % len(texts)], encoding="utf-8")
    return folder


Measured = tuple[Sequence[str], Path, Callable[[Path], None]]
"""A command, the home it is run in, and what is done before each run."""


def measure(commands: dict[str, Measured], runs: int) -> dict[str, float]:
    """The median of each, in seconds of processor time."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, (command, home, prepare) in commands.items():
            prepare(home)
            found[name].append(cpu_s(command, home))
    return {name: statistics.median(times) for name, times in found.items()}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--files", type=int, default=2000)
    options = parser.parse_args()
    program = [sys.executable, "-c", "from backtimer.cli.main import run; run()"]
    with tempfile.TemporaryDirectory() as folder:
        home, full = Path(folder) / "home", Path(folder) / "full"
        home.mkdir()
        subprocess.run(
            [*program, "log", "walk", "30m"],
            env={**os.environ, "BACKTIMER_HOME": str(home)},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        empty = "python -c pass"
        names = ["streak", "list", "list --exercises", "history", "check", "check lower-back"]
        cold = Path(folder) / "cold"
        shutil.copytree(home, cold)
        commands: dict[str, Measured] = {empty: ([sys.executable, "-c", "pass"], home, settle)}
        commands |= {name: ([*program, *name.split()], home, settle) for name in names}
        commands["list, cold"] = ([*program, "list"], cold, forget)
        for name, seconds in (found := measure(commands, options.runs)).items():
            bound = f"  (bound {BOUNDS[name]:g})" if name in BOUNDS else ""
            print(f"{name:26} {1000 * seconds:7.1f} ms  {seconds / found[empty]:5.2f} x empty{bound}")
        own = make_exercises(full, options.files)
        reading = f"reading {options.files} files"
        read = [sys.executable, "-c", _READ, str(own), str(bundled_routines() / "exercises")]
        commands = {reading: (read, full, settle)}
        commands["list --exercises, cold"] = ([*program, "list", "--exercises"], full, forget)
        commands["list --exercises"] = ([*program, "list", "--exercises"], full, settle)
        commands["check"] = ([*program, "check"], full, settle)
        for name, seconds in (found := measure(commands, max(3, options.runs // 4))).items():
            bound = "" if name == reading else f"  (bound {BOUND_OF_FILES:g})"
            print(f"{name:26} {1000 * seconds:7.1f} ms  {seconds / found[reading]:5.2f} x reading{bound}")


if __name__ == "__main__":
    main()
