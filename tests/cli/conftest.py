"""What the tests of commands share: the clock on the wall, moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from backtimer.cli import context, history, log, streak, transfer
from backtimer.cli.main import main
from tests.cli.plain_kit import Room

EAST = timezone(timedelta(hours=2))


class Wall:
    """The clock on the wall."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 18, 9, 0, tzinfo=EAST)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    """Wednesday 18 November 2026, nine in the morning."""
    found = Wall()
    for module in (context, history, log, streak, transfer):
        monkeypatch.setattr(module, "wall_clock", found)
    return found


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(wall: Wall, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command: its exit code, and what it printed."""

    def run_it(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(list(arguments))
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_it


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Room:
    """A session in lines."""
    return Room(monkeypatch, capsys)
