"""Small files for the tests of the reader: a catalogue of two exercises, and what is wrong in a text."""

from __future__ import annotations

import textwrap
from pathlib import Path

from backtimer.core.plan.routine import Routine
from backtimer.storage.files.exercise_file import Catalogue
from backtimer.storage.files.routine_file import read_routine
from backtimer.storage.files.source import ProblemsError

BIRD_DOG = """\
format: 1
name: Bird-dog
position: quadruped
sides: alternate
phases:
  - {do: reach, for: 2s, breathe: out, say: Reach long}
  - {do: hold, for: 3s}
  - {do: return, for: 2s, breathe: in}
prescription: {sets: 2, reps: 10-12, hold: 3-5s}
"""
COBRA = """\
format: 1
name: Cobra
position: prone
"""


def catalogue_in(directory: Path) -> Path:
    """A catalogue of bird-dog, which says how much of it, and cobra, which does not."""
    exercises = directory / "exercises"
    exercises.mkdir(parents=True, exist_ok=True)
    (exercises / "bird-dog.yaml").write_text(BIRD_DOG, encoding="utf-8")
    (exercises / "cobra.yaml").write_text(COBRA, encoding="utf-8")
    return exercises


def load(directory: Path, text: str) -> Routine:
    """The routine of this text."""
    path = directory / "my-week.yaml"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return read_routine(path, Catalogue([catalogue_in(directory)]))


def load_day(directory: Path, text: str, more: str = "") -> Routine:
    """A routine whose Monday consists of these entries, and which may say more at the top."""
    entries = textwrap.indent(textwrap.dedent(text).strip(), "      ")
    return load(directory, f"format: 1\ndays:\n  monday:\n    exercises:\n{entries}\n{textwrap.dedent(more)}")


def problems(directory: Path, text: str) -> list[str]:
    """What is wrong with this text: `line:column: message`, in the order in which it is told."""
    try:
        load(directory, text)
    except ProblemsError as error:
        return [f"{problem.line}:{problem.column}: {problem.message}" for problem in error.problems]
    return []


def messages(directory: Path, text: str, more: str = "") -> list[str]:
    """What is wrong with a routine whose Monday consists of these entries, without the places."""
    try:
        load_day(directory, text, more)
    except ProblemsError as error:
        return [problem.message for problem in error.problems]
    return []
