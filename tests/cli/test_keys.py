"""The keys of plain mode, as terminals send them."""

from __future__ import annotations

import os
import sys

import pytest

from backtimer.cli.keys import Keys, key_names
from backtimer.core.terminal.key_sequences import Press
from backtimer.core.terminal.terminal_input import TerminalInput


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"n", ["n"]),
        (b" ", ["space"]),
        (b"\x1b", ["escape"]),
        (b"\x1b[6~", ["pagedown"]),
        (b"\x1b[C\x1b[C\x1bOD", ["right", "right", "left"]),  # a button that is held down
        (b"\x1b[6~ ", ["pagedown", "space"]),
        (b" \x1b[5~", ["space", "pageup"]),
        (b"\x1b[1;5C", ["other"]),
        (b"\x1b[C\x1b", ["right", "escape"]),
        (b"\r", ["enter"]),
        (b"\n", ["enter"]),
        (b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\n", ["n"]),
        (b"fs", []),
        ("é".encode(), ["é"]),
        (b"\x07", ["other"]),
    ],
)
def test_every_key_of_one_read_is_one_key(data: bytes, names: list[str]) -> None:
    reader = TerminalInput()
    found = key_names(reader.feed(data, 0.0))
    while (due := reader.due) is not None:
        found += key_names(reader.tick(due))
    assert found == names


@pytest.mark.parametrize(
    ("typed", "name"), [("т", "n"), ("Т", "n"), ("р", "h"), ("η", "h"), ("ф", "a"), ("é", "é"), ("+", "+")]
)
def test_other_layouts(typed: str, name: str) -> None:
    assert key_names([Press(typed, typed, 0.0)]) == [name]


@pytest.mark.skipif(sys.platform == "win32", reason="keys are not read from a file there")
def test_what_no_keyboard_sent_is_not_forgotten() -> None:
    reading, writing = os.pipe()
    before = os.dup(0)
    os.dup2(reading, 0)
    try:
        os.write(writing, b"n")
        os.close(writing)
        Keys().forget()
        assert os.read(0, 2) == b"n", "it is somebody else's to read"
    finally:
        os.dup2(before, 0)
        os.close(before)
        os.close(reading)
