"""Plain mode when the clock goes back, and when something goes wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from backtimer.cli import plain, today
from backtimer.cli.main import main
from backtimer.coach import Coach

SHORT = """\
format: 1
title: Short
defaults: {prepare: 1s}
days: {daily: {exercises: [{exercise: hang, sets: 1, hold: 2s}]}}
exercises: {hang: {name: Hang, position: standing}}
"""


@pytest.fixture
def short(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A routine of three seconds, without a keyboard."""
    monkeypatch.setattr(plain, "stdin_is_terminal", lambda: False)
    monkeypatch.setattr("backtimer.cli.terminal.stdin_is_terminal", lambda: False)
    path = home / "short.yaml"
    path.write_text(SHORT)
    return path


def turned_back() -> Callable[[], float]:
    """A clock that is set back by an hour after a second and a half."""
    begun = time.monotonic()

    def clock() -> float:
        now = time.monotonic()
        return now - 3600.0 if now - begun > 1.5 else now

    return clock


def test_a_clock_that_goes_back_is_told_and_the_session_goes_on(
    short: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(today, "session_clock", turned_back)
    assert main(["start", str(short), "--plain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    told = lines.index("Paused: the clock was set back. Nothing was counted.")
    assert lines[told + 1] == "Going on."
    assert "That's it, well done. 1 of 1 set." in lines


@pytest.mark.parametrize("name", ["start", "advance", "drain", "snapshot"])
def test_an_accident_is_no_success(
    short: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    left: list[Coach] = []

    def stumble(coach: Coach) -> object:
        raise ZeroDivisionError("by accident")

    def noted(coach: Coach) -> None:
        left.append(coach)

    monkeypatch.setattr(Coach, name, stumble)
    monkeypatch.setattr(Coach, "leave", noted)
    with pytest.raises(ZeroDivisionError):
        main(["start", str(short), "--plain"])
    assert left or name == "snapshot", "what was done is kept"


@pytest.mark.parametrize(
    "error", [OSError(24, "Too many open files"), OSError(122, "Disk quota exceeded", "a")]
)
def test_what_the_system_refuses_is_one_line_and_no_success(
    short: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: OSError
) -> None:
    def refused(coach: Coach) -> object:
        raise error

    monkeypatch.setattr(Coach, "start", refused)
    assert main(["start", str(short), "--plain"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("backtimer: ") and str(error.strerror) in err and len(err.splitlines()) == 1
