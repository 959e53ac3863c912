"""A home whose parsed files are kept, and what counts how often a file is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from backtimer.core.plan.routine import Routine
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths
from backtimer.storage.files.routine_file import Reader
from tests.storage.routine_files import catalogue_in

WEEK = """\
format: 1
title: Before
days: {monday: {exercises: [bird-dog]}}
"""
OWN = "format: 1\nname: Mine\nposition: prone\nprescription: {reps: 3}\n"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    found = Paths(config=tmp_path / "config", data=tmp_path / "data", cache=tmp_path / "cache")
    found.cache.mkdir()
    return found


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    catalogue_in(tmp_path / "bundled")
    (tmp_path / "bundled" / "week.yaml").write_text(WEEK, encoding="utf-8")
    return tmp_path / "bundled"


class Reads:
    """Counts the files that are read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        for name in ("routine", "title"):
            monkeypatch.setattr(Reader, name, self._counting(getattr(Reader, name)))

    def _counting(self, real: Callable[[Reader, Path], object]) -> Callable[[Reader, Path], object]:
        def read(reader: Reader, path: Path) -> object:
            self.count += 1
            return real(reader, path)

        return read


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    return Reads(monkeypatch)


def settle(paths: Paths) -> None:
    """Let what is kept be of a later time, so that what it was made from has been quiet for long."""
    for file in paths.parsed.iterdir():
        os.utime(file, ns=(file.stat().st_mtime_ns + 10**12,) * 2)


def load(paths: Paths, bundled: Path, name: str = "week") -> Routine:
    """Read a routine as another start of the program would."""
    return Library(paths, bundled).load(name)


def kept_week(paths: Paths, bundled: Path) -> Path:
    """Have the week read and kept; the file it is kept in."""
    load(paths, bundled)
    settle(paths)
    (file,) = paths.parsed.glob("routine-*")
    return file
