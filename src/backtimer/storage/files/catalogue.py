"""The catalogue: exercises that any routine may name, one file each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from backtimer.core.plan.routine import Exercise
from backtimer.storage.files.exercises import build_exercise, check_relations
from backtimer.storage.files.fields import EXERCISE_FILE
from backtimer.storage.files.names import files_in
from backtimer.storage.files.problems import ProblemsError
from backtimer.storage.files.records import read_top
from backtimer.storage.files.report import Report
from backtimer.storage.files.yaml_nodes import Document, read_yaml


class Catalogue:
    """Finds exercises in directories, the first one that has an exercise winning. Reads each file once."""

    def __init__(self, directories: Iterable[Path]) -> None:
        self._directories = tuple(directories)
        self._files: dict[str, Path] | None = None
        self._read: dict[str, Exercise] = {}

    @property
    def files(self) -> dict[str, Path]:
        """Where the exercises are, by their ids."""
        if self._files is None:
            self._files = {}
            for directory in reversed(self._directories):
                self._files |= files_in(directory)
        return self._files

    def exercise(self, exercise_id: str) -> Exercise:
        """Read an exercise.

        Raises:
            KeyError: There is none of this id.
            ProblemsError: Its file cannot be used.
        """
        if exercise_id not in self._read:
            self._read[exercise_id] = read_exercise(self.files[exercise_id], self.files)
        return self._read[exercise_id]


def read_exercise(path: Path, known: Collection[str] = ()) -> Exercise:
    """Read the file of one exercise; its id is the name of the file.

    Args:
        path: The file.
        known: The ids that it may name as easier and harder.

    Raises:
        ProblemsError: With all that is wrong in the file.
    """
    return exercise_of(read_yaml(path), path.stem, known)


def exercise_of(document: Document, exercise_id: str, known: Collection[str] = ()) -> Exercise:
    """As `read_exercise`, for a file whose nodes have been read."""
    report = Report(document.source)
    record = read_top(document, EXERCISE_FILE, report)
    exercise = None
    if record is not None:
        exercise = build_exercise(exercise_id, record, report)
        check_relations(record, known, report)
    if exercise is None or report.told:
        raise ProblemsError(report.problems())
    return exercise
