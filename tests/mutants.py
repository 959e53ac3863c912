"""Fresh mutants: small mistakes put into the source, one at a time, to see whether a test finds each.

    python -m tests.mutants                      thirty mutants of what changed since `main`
    python -m tests.mutants --base HEAD~3        of what changed since then
    python -m tests.mutants src/backtimer/core   of these files, whatever changed

It works on a copy; the tests that name the module run first, then those of its room, and with `--whole` all.
What survives is a hole in the tests, dead code, or an equivalent: a change that nothing can notice. Those
that are known stand in `equivalent_mutants.txt`, with the reason, and are not tried again.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutations import Mutation, mutations_of

ROOT = Path(__file__).parents[1]
PACKAGE = Path("src/backtimer")
EQUIVALENTS = Path(__file__).with_name("equivalent_mutants.txt")
COPIED = (
    "src",
    "tests",
    "routines",
    "pyproject.toml",
    "docs",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    ".ci",
)
HANGS_AFTER_S = 60.0
"""A mutant whose tests take this much longer than ten times as long as without one has been noticed, too."""

ROOMS = {
    "core": ["tests/core"],
    "storage": ["tests/storage"],
    "audio": ["tests/audio"],
    "tui": ["tests/tui"],
    "cli": ["tests/cli", "tests/terminal"],
}
"""The tests of a room; those of a module between the rooms are the ones beside the rooms'."""


@dataclass(frozen=True)
class Mutant:
    """One change of one file."""

    path: Path
    """From the root."""
    mutation: Mutation

    def __str__(self) -> str:
        return f"{self.path}:{self.mutation.line}  {self.mutation.before}  →  {self.mutation.after}"

    def key(self, source: str) -> tuple[str, str, str]:
        """What it is known by, wherever its line may move: the file, the line's text, and the change."""
        line = source.splitlines()[self.mutation.line - 1].strip()
        return str(self.path), line, self.mutation.after


def main() -> int:
    """Try mutants; the exit code is 1 when one survived."""
    options = _options()
    chosen = list(_of_files(options.paths) if options.paths else _changed_since(options.base))
    known = _equivalents()
    sources = {
        path: (ROOT / path).read_text(encoding="utf-8") for path in dict.fromkeys(path for path, _ in chosen)
    }
    mutants = [
        Mutant(path, mutation)
        for path, lines in chosen
        for mutation in mutations_of(sources[path])
        if lines is None or mutation.line in lines
    ]
    fresh = [mutant for mutant in mutants if mutant.key(sources[mutant.path]) not in known]
    picked = random.Random(options.seed).sample(fresh, min(options.count, len(fresh)))
    print(f"{len(picked)} of {len(fresh)} mutants in {len(sources)} files; seed {options.seed}.", flush=True)
    survivors = []
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        trial = Trial(Path(folder), options.whole)
        for mutant in picked:
            caught_by = trial.of(mutant, sources[mutant.path])
            print(f"{'caught  ' if caught_by else 'SURVIVED'}  {mutant}", flush=True)
            if caught_by:
                print(f"            by {caught_by}", flush=True)
            else:
                survivors.append(mutant)
    print(f"{len(picked) - len(survivors)} of {len(picked)} caught.")
    return 1 if survivors else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="a file, or a folder of them")
    parser.add_argument("--base", default="main", metavar="REV", help="the lines that changed since (main)")
    parser.add_argument("--count", type=int, default=30, metavar="N", help="how many (30)")
    parser.add_argument(
        "--seed", type=int, default=random.randrange(10_000), help="which ones: the same again"
    )
    parser.add_argument("--whole", action="store_true", help="all tests for what survives those of its room")
    return parser.parse_args()


Lines = set[int] | None
"""The lines of a file that are meant; None: all."""


def _of_files(paths: Sequence[Path]) -> Iterator[tuple[Path, Lines]]:
    for path in paths:
        found = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        for each in found:
            yield each.resolve().relative_to(ROOT), None


def _changed_since(base: str) -> Iterator[tuple[Path, Lines]]:
    """The lines of the source that are not as they were, what is not committed included."""
    command = ["git", "diff", "--unified=0", "--no-color", "--diff-filter=d", base, "--", str(PACKAGE)]
    text = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    path, lines = None, set[int]()
    for row in text.splitlines():
        if row.startswith("+++ "):
            if path is not None and lines:
                yield path, lines
            name = row.removeprefix("+++ b/")
            path, lines = (Path(name) if name.endswith(".py") else None), set()
        elif found := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", row):
            first, count = int(found[1]), int(found[2] or 1)
            lines.update(range(first, first + count))
    if path is not None and lines:
        yield path, lines


def _equivalents() -> set[tuple[str, str, str]]:
    """Known equivalents: each is three lines (file, line, change), with its reason as comments before it."""
    rows = EQUIVALENTS.read_text(encoding="utf-8").splitlines() if EQUIVALENTS.exists() else []
    told = [row.strip() for row in rows if row.strip() and not row.startswith("#")]
    return {(told[index], told[index + 1], told[index + 2]) for index in range(0, len(told) - 2, 3)}


class Trial:
    """A copy of the project, in which one mutant after the other is tried.

    Args:
        folder: An empty one.
        whole: Run all tests for what survives the tests of its room.
    """

    def __init__(self, folder: Path, whole: bool) -> None:
        self._folder = folder
        self._whole = whole
        self._failing: dict[tuple[str, ...], list[str]] = {}
        self._takes_s: dict[tuple[str, ...], float] = {}
        self._written = 0
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(
                    source, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache")
                )
            else:
                shutil.copy(source, folder / name)

    def of(self, mutant: Mutant, source: str) -> str:
        """The test that catches a mutant; empty when none does."""
        place = self._folder / mutant.path
        for tests in self._stages(mutant.path):
            if tests not in self._failing:
                began = time.monotonic()
                self._failing[tests] = self._failures(tests)
                self._takes_s[tests] = time.monotonic() - began
                for failing in self._failing[tests]:
                    print(f"            left out, it fails without a mutant: {failing}", flush=True)
            self._write(place, mutant.mutation.apply(source))
            try:
                found = self._failures(tests, "-x", *(f"--deselect={each}" for each in self._failing[tests]))
            finally:
                self._write(place, source)
            if found:
                return found[0]
        return ""

    def _write(self, place: Path, text: str) -> None:
        """Each text has a second of its own: what Python compiled of the one before is not taken for it."""
        place.write_text(text, encoding="utf-8")
        self._written += 1
        os.utime(place, (self._written, self._written))

    def _stages(self, path: Path) -> Iterator[tuple[str, ...]]:
        """What to run, one after the other: what names the module, its room, and all if that is wanted."""
        parts = path.with_suffix("").relative_to("src").parts
        name = ".".join(parts)
        naming = re.compile(
            rf"\b{re.escape(name)}\b|from {re.escape('.'.join(parts[:-1]))} import [^\n]*\b{parts[-1]}\b"
        )
        files = sorted((self._folder / "tests").rglob("test_*.py"))
        near = [file for file in files if naming.search(file.read_text(encoding="utf-8"))]
        room = self._folder / "tests" / Path(*parts[1:-1])
        quick = [file for file in near if file.is_relative_to(room) or "terminal" not in file.parts]
        quick.sort(key=lambda file: not file.is_relative_to(room))
        if quick:
            yield tuple(str(file.relative_to(self._folder)) for file in quick)
        beside = [str(file.relative_to(self._folder)) for file in files if file.parent.name == "tests"]
        yield tuple(ROOMS.get(parts[1], []) or [*beside, "tests/cli", "tests/tui"])
        if self._whole:
            yield ("tests",)

    def _failures(self, tests: tuple[str, ...], *more: str) -> list[str]:
        """The tests that fail."""
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--no-header",
            "-p",
            "no:cacheprovider",
            *tests,
            *more,
        ]
        command += ["-n", "auto"] if any(not test.endswith(".py") for test in tests) else []
        # The copy comes before the installed package; what is compiled stays from one mutant to the next.
        environment = {**os.environ, "PYTHONPATH": str(self._folder / "src")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        try:
            done = subprocess.run(
                command,
                cwd=self._folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                timeout=HANGS_AFTER_S + 10 * self._takes_s[tests] if tests in self._takes_s else None,
            )
        except subprocess.TimeoutExpired:
            return ["tests that never end"]
        if done.returncode == 0:
            return []
        found = re.findall(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", done.stdout, re.MULTILINE)
        return found or (done.stdout + done.stderr).strip().splitlines()[-1:]


if __name__ == "__main__":
    sys.exit(main())
