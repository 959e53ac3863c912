"""The README keeps its word: its commands end where it says, and the pictures are the screens."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from backtimer.core.speech.phrases import safety_words
from tests import pictures
from tests.test_docs import FOR_USERS, commands_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

MOST_BYTES = 400_000
"""Of a picture that nobody has to wait for."""


INSTALL = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)
IN_REAL_TIME = [line for page in FOR_USERS for line in commands_of(page) if "--plain" in line]


def test_there_are_two_commands_to_begin_with() -> None:
    run, test = INSTALL
    assert run.endswith("backtimer today") and "pytest" in test
    assert IN_REAL_TIME


@pytest.mark.parametrize("line", IN_REAL_TIME)
def test_a_session_that_takes_its_time_begins(line: str, home: Path) -> None:
    # The whole of it takes 24 minutes; tests/terminal plays shorter ones to the end.
    from tests.terminal.harness import BACKTIMER, environment

    with subprocess.Popen(
        [BACKTIMER, *shlex.split(line)[1:]],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        title, card, first = (process.stdout.readline() for _ in range(3))
        process.terminate()
    assert title.startswith("Strength circuit")
    assert card == f"{safety_words()}\n", "before the very first session"
    assert first.startswith("Get ready.") and "First: Bird-dog." in first


@pytest.mark.parametrize("name", pictures.TAKEN)
async def test_the_pictures_are_the_program_as_it_looks_now(name: str) -> None:
    """Where this fails and the screens are as wanted: `python -m tests.pictures`, and look at them."""
    kept = (pictures.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert len(kept) < MOST_BYTES
    assert await pictures.taken(name) == kept


def test_the_picture_of_the_workout_moves_where_motion_is_welcome() -> None:
    kept = (pictures.FOLDER / "workout.svg").read_text(encoding="utf-8")
    animated, named = set(re.findall(r"animation:(k\d+) ", kept)), set(re.findall(r"@keyframes (k\d+)", kept))
    used = set(re.findall(r'class="[mn] (k\d+)"', kept))
    assert used and used == animated == named
    assert "prefers-reduced-motion" in kept
    assert kept.count('class="n k') >= 3, "who wants no motion sees a whole screen"


@pytest.mark.skipif(
    not os.environ.get("CI") or os.name == "nt",
    reason="installs into a new virtual environment from the package index: run with CI=true",
)
def test_the_first_command_ends_in_the_first_screen(tmp_path: Path, home: Path) -> None:
    from tests.terminal.harness import Terminal

    clone = tmp_path / "backtimer"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    proxies = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "http"))}
    line = f"cd {shlex.quote(str(clone))} && {INSTALL[0]}"
    terminal = Terminal(["-c", line], home, command="/bin/bash", more_environment=proxies)
    try:
        terminal.wait_for("q Quit", seconds=300)  # the whole first screen: a key before it means nothing
        terminal.send("q")
        assert terminal.wait_for_end() == 0
    finally:
        terminal.close()
