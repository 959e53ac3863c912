"""Files of the bundled catalogue, read once by each process that tests.

Every test has a home of its own, for which the program reads them anew: half of what the tests of commands
take.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from backtimer.core.plan.routine import Exercise
from backtimer.storage.files import exercise_file
from backtimer.storage.files.figure_file import Lend
from backtimer.storage.files.paths import bundled_routines

_BUNDLED = bundled_routines() / "exercises"
_read = exercise_file.read_exercise
_kept: dict[tuple[Path, frozenset[str], bool], tuple[Exercise, list[tuple[str, str]]]] = {}
"""By what they depend on; with the figures that were lent, which a person's own file may change."""


def _read_once(path: Path, known: Collection[str] = (), lend: Lend | None = None) -> Exercise:
    if path.parent != _BUNDLED:
        return _read(path, known, lend)
    key = (path, frozenset(known), lend is None)
    if key in _kept:
        exercise, lent = _kept[key]
        if lend is None or all(lend(other) == figure for other, figure in lent):
            return exercise
    lent = []

    def noted(other: str) -> str:
        assert lend is not None
        lent.append((other, lend(other)))
        return lent[-1][1]

    exercise = _read(path, known, None if lend is None else noted)
    _kept[key] = (exercise, lent)
    return exercise


def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the program read each of these files once."""
    monkeypatch.setattr(exercise_file, "read_exercise", _read_once)
