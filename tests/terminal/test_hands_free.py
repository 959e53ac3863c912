"""`today --start`: from the mat, without a key."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.remembered import TOLD_SAFETY, remember_told
from tests.terminal.conftest import Spawn
from tests.terminal.harness import RESTING, history


@pytest.mark.parametrize("more", [(), ("--plain",)])
def test_a_session_begins_runs_and_ends_without_a_key(
    more: tuple[str, ...], spawn: Spawn, home: Path, brief: Path
) -> None:
    (home / "settings.yaml").write_text(f"routine: {brief}\n")
    if not more:  # the screen lets it stand for as long as it takes to read: tests/tui/test_safety.py
        remember_told(find_paths(os.environ), TOLD_SAFETY)
    terminal = spawn("today", "--start", *more, fresh=True)
    terminal.wait_for("Side lean", seconds=30)  # in plain words on any screen of it, and in plain mode
    terminal.wait_for("4 of 4", seconds=40)
    [session] = history(home)
    assert session["state"] == "done"


def test_a_session_of_the_same_day_goes_on_without_a_question(spawn: Spawn, home: Path, short: Path) -> None:
    (home / "settings.yaml").write_text(f"routine: {short}\n")
    remember_told(find_paths(os.environ), TOLD_SAFETY)
    terminal = spawn("today", "--start")
    terminal.wait_for(RESTING, seconds=30)
    terminal.process.kill(9)
    again = spawn("today", "--start")
    again.wait_for("set 2 of 2", seconds=30)
    again.wait_for("4 of 4", seconds=40)
    assert [session["state"] for session in history(home)] == ["done"]


def test_on_a_rest_day_it_says_so_and_ends(spawn: Spawn, home: Path) -> None:
    path = home / "resting.yaml"
    path.write_text("format: 1\ntitle: R\ndays:\n  daily: {rest: Lie in the sun}\n")
    (home / "settings.yaml").write_text(f"routine: {path}\n")
    terminal = spawn("today", "--start")
    terminal.wait_for("Lie in the sun")
    assert terminal.wait_for_end() == 0
