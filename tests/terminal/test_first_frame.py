"""Between the first frame and the app: keys are kept, and the screen is left as it was found."""

from __future__ import annotations

import termios
from pathlib import Path

import pytest

from tests.terminal.conftest import Spawn
from tests.terminal.harness import Terminal

TAKEN_OVER = b"\x1b[?1004h"
"""Textual writes this when it comes, and the first frame has none of it."""

ENTER, LEAVE = b"\x1b[?1049h", b"\x1b[?1049l"

TRIES = 8
"""On a busy machine the app may be there before the test has typed."""


@pytest.fixture
def painted(spawn: Spawn, home: Path, short: Path) -> Terminal:
    """The first frame is there, and nothing else yet."""
    (home / "settings.yaml").write_text(f"routine: {short}\n")
    for _ in range(TRIES):
        terminal = spawn("today", "--mute", fresh=True)
        while b"Pain now?" not in terminal.raw:
            assert terminal.read(5.0)
        if TAKEN_OVER not in terminal.raw:
            return terminal
        terminal.send("q")
        terminal.wait_for_end()
    pytest.fail("the app was always faster than the test")


def test_what_is_typed_at_the_first_frame_is_obeyed(painted: Terminal) -> None:
    painted.send("4")
    painted.wait_for("[4]")
    assert painted.raw.count(ENTER) == 1
    painted.send("\x03")
    assert painted.wait_for_end() == 130
    assert painted.raw.count(ENTER) == painted.raw.count(LEAVE) == 1


def test_what_a_terminal_answers_then_is_no_key(painted: Terminal) -> None:
    painted.send("\x1b]11;rgb:4444/4444/4444\x1b\\\x1b[12;4R\x1b[0n")
    while TAKEN_OVER not in painted.raw:
        assert painted.read(5.0)
    painted.read(0.5)
    assert "[4]" not in painted.text and "Pain now?" in painted.text
    painted.send("q")
    assert painted.wait_for_end() == 0


def test_ctrl_c_at_the_first_frame_leaves_the_terminal_as_it_was(painted: Terminal) -> None:
    assert not termios.tcgetattr(painted.process.fileno())[3] & termios.ECHO
    painted.send("\x03")
    assert painted.wait_for_end() == 130
    assert painted.raw.rindex(LEAVE) > painted.raw.rindex(b"Pain now?")


def test_enter_at_the_first_frame_starts_what_stands_there(painted: Terminal) -> None:
    painted.send("\r")
    while "Pain now?" in painted.text:
        assert painted.read(10.0)
    painted.send("\x03")
    assert painted.wait_for_end() == 130
