"""A pty needs a Unix system."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.told_once import CHOSEN_ROUTINE, remember_told

if sys.platform == "win32":
    collect_ignore_glob = ["*"]

if TYPE_CHECKING:
    from tests.terminal.harness import Terminal

Spawn = Callable[..., "Terminal"]


@pytest.fixture
def spawn(home: Path) -> Iterator[Spawn]:
    """Starts the installed command in a pty; ends what a test leaves running."""
    from tests.terminal.harness import BACKTIMER, Terminal

    if not os.access(BACKTIMER, os.X_OK):
        reason = f"the command is not installed beside this Python ({BACKTIMER})"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    started: list[Terminal] = []

    def start(*arguments: str, new: bool = False, **options: object) -> Terminal:
        if not new:  # somebody who has chosen a routine before
            remember_told(find_paths(os.environ), CHOSEN_ROUTINE)
        terminal = Terminal(list(arguments), home, **options)  # type: ignore[arg-type]
        started.append(terminal)
        return terminal

    yield start
    for terminal in started:
        terminal.close()


@pytest.fixture
def short(home: Path) -> Path:
    """A routine of a quarter of a minute."""
    from tests.terminal.harness import SHORT

    path = home / "short.yaml"
    path.write_text(SHORT)
    return path


@pytest.fixture
def brief(home: Path) -> Path:
    """The same in half the time."""
    from tests.terminal.harness import BRIEF

    path = home / "brief.yaml"
    path.write_text(BRIEF)
    return path
