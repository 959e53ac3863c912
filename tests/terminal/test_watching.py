"""`check --watch` in a real terminal: it follows the file, and leaves the terminal as it was."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.terminal.harness import SHORT, Terminal


def save(path: Path, text: str) -> None:
    """As editors do: a new file in the place of the old one."""
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


@pytest.fixture
def file(home: Path) -> Path:
    path = home / "routines" / "short.yaml"
    path.parent.mkdir()
    path.write_text(SHORT, encoding="utf-8")
    return path


def test_it_shows_the_day_then_the_mistake_then_the_day_again(home: Path, file: Path) -> None:
    terminal = Terminal(["check", "--watch", "short"], home)
    try:
        terminal.wait_for("Any key ends it.")
        page = terminal.text
        assert "no problems" in page and "A quarter of a minute" in page
        assert "Press up: 2 × 2 reps" in page and "Side lean: 2 s each side · hold" in page
        save(file, SHORT.replace("reps: 2}", "resp: 2}"))
        terminal.wait_for("did you mean 'reps'?")
        page = terminal.text
        assert "1 problem" in page and "^^^^" in page and "Side lean" not in page
        save(file, SHORT.replace("reps: 2}", "reps: 3}"))
        terminal.wait_for("Press up: 2 × 3 reps")
        assert "did you mean" not in terminal.text
        file.unlink()
        terminal.wait_for("There is no routine 'short'")
        save(file, SHORT)
        terminal.wait_for("Press up: 2 × 2 reps")
        terminal.send(" ")
        assert terminal.wait_for_end() == 0
        assert terminal.raw.rstrip().endswith(b"\x1b[?25h\x1b[?1049l")
    finally:
        terminal.close()


def test_ctrl_c_ends_it(home: Path, file: Path) -> None:
    terminal = Terminal(["check", "--watch"], home)
    try:
        terminal.wait_for("Any key ends it.")
        os.kill(terminal.process.pid, signal.SIGINT)
        assert terminal.wait_for_end() == 0
        assert b"Traceback" not in terminal.raw and b"\x1b[?1049l" in terminal.raw
    finally:
        terminal.close()


def test_a_small_terminal_says_how_much_more_there_is(home: Path, file: Path) -> None:
    save(file, SHORT.replace("position: standing", "position: standin").replace("rest: 2s", "rest: 2x"))
    terminal = Terminal(["check", "--watch", str(file)], home, columns=40, rows=8)
    try:
        terminal.wait_for("lines more")
        terminal.wait_for("Any key ends it.")
        terminal.send("q")
        assert terminal.wait_for_end() == 0
    finally:
        terminal.close()
