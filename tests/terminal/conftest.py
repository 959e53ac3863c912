"""A pty needs a Unix system."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.remembered import CHOSEN_ROUTINE, remember_told

if sys.platform == "win32":
    collect_ignore_glob = ["*"]

if TYPE_CHECKING:
    from tests.terminal.forks import Server
    from tests.terminal.harness import Terminal

Spawn = Callable[..., "Terminal"]


FORKED_WITH = {"PATH", "BACKTIMER_MUTE", "SSH_CONNECTION"}
"""What of the environment is looked at by nothing that modules do when they are read."""


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Starts the program without reading its modules anew."""
    from tests.terminal.forks import Server

    found = Server()
    yield found
    found.close()


@pytest.fixture
def spawn(home: Path, request: pytest.FixtureRequest) -> Iterator[Spawn]:
    """Starts the installed command in a pty; ends what a test leaves running.

    It is a fork of a process that has read its modules, unless it is to be a `fresh` one.
    """
    from tests.terminal.harness import BACKTIMER, Terminal

    if not os.access(BACKTIMER, os.X_OK):
        reason = f"the command is not installed beside this Python ({BACKTIMER})"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    started: list[Terminal] = []

    def start(*arguments: str, new: bool = False, fresh: bool = False, **options: Any) -> Terminal:
        if not new:  # somebody who has chosen a routine before
            remember_told(find_paths(os.environ), CHOSEN_ROUTINE)
        if (
            not fresh
            and "command" not in options
            and FORKED_WITH.issuperset(options.get("more_environment", ()))
        ):
            options["server"] = request.getfixturevalue("server")
        terminal = Terminal(list(arguments), home, **options)
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
