"""A practice of a week with two due days, whose clocks are moved by hand."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from backtimer.coach import Coach
from backtimer.core.session.transitions import State
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.settings import Settings
from backtimer.training import Training

EAST = timezone(timedelta(hours=2))


WEEK = """\
format: 1
title: Week
days:
  monday: {exercises: [{exercise: hang, sets: 2, hold: 4s}]}
  wednesday: {exercises: [{exercise: hang, sets: 1, hold: 2 breaths}]}
exercises:
  hang: {name: Hang, position: standing}
"""


class Times:
    """The wall clock and the session's, both moved by hand."""

    def __init__(self, wall: datetime) -> None:
        self.wall = wall
        self.session = 0.0

    def now(self) -> datetime:
        return self.wall

    def clock(self) -> float:
        return self.session


Open = Callable[..., Training]


@pytest.fixture
def times() -> Times:
    """Monday 16 November 2026, nine in the morning."""
    return Times(datetime(2026, 11, 16, 9, 0, tzinfo=EAST))


@pytest.fixture
def open_practice(home: Path, times: Times) -> Open:
    """Opens the practice of a week with two due days."""
    (home / "week.yaml").write_text(WEEK)

    def open_it(settings: Settings | None = None, text: str = WEEK, attend: Any = None) -> Training:
        (home / "week.yaml").write_text(text)
        paths = find_paths(os.environ)
        routine = Library(paths).load(str(home / "week.yaml"))
        return Training(
            paths, settings or Settings(), routine, now=times.now, clock=times.clock, attend=attend
        )

    return open_it


def run(coach: Coach, times: Times, sets: int = 99) -> None:
    """Play until so many sets are over."""
    coach.start()
    go_on(coach, times, sets)


def go_on(coach: Coach, times: Times, sets: int = 99) -> None:
    """The same, of a session that has begun."""
    coach.drain()
    while coach.state is not State.ENDED and coach.snapshot().done_sets < sets:
        delay = coach.delay()
        assert delay is not None
        times.session += delay
        coach.advance()
        coach.drain()
    coach.settle(30.0)
