"""A practice with half a year behind it, in files, for the tests of looking back."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from backtimer.core.plan.routine import Routine
from backtimer.core.progress.history import PastSession
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths
from backtimer.storage.files.remembered import CHOSEN_ROUTINE, remember_told
from backtimer.storage.files.settings import Settings
from backtimer.training import Training
from tests.cli.half_year import TODAY, make_half_year

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 8, tzinfo=UTC)


@pytest.fixture(scope="session")
def half_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The history of half a year; nobody writes to this one."""
    return make_half_year(tmp_path_factory.mktemp("half-year"))


@pytest.fixture
def trained(half_year: Path, home: Path) -> Iterator[Training]:
    """A practice with half a year behind it."""
    shutil.copy(half_year, home / "history.db")
    practice = practice_in(home)
    yield practice
    practice.close()


@cache
def lower_back() -> Routine:
    """The bundled week, read once for all tests: nothing changes it."""
    nowhere = Path("there is no such home")
    return Library(Paths(nowhere, nowhere, nowhere)).load("lower-back")


def practice_in(home: Path) -> Training:
    paths = Paths(home, home, home / "cache")
    return Training(paths, Settings(), lower_back(), now=lambda: NOW, clock=time.monotonic)


def chosen_in(home: Path) -> Training:
    """A practice without a past, of somebody who has chosen a routine."""
    practice = practice_in(home)
    remember_told(practice.preferences.paths, CHOSEN_ROUTINE)
    return practice


def session_on(practice: Training, day: date) -> PastSession:
    (found,) = [session for session in practice.history.sessions() if session.local_date == day]
    return found
