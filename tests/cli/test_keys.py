"""The keys of plain mode, as terminals send them."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

import pytest

from backtimer.cli.keys import Keys, key_names
from backtimer.core.terminal.keyboard import Press
from backtimer.core.terminal.terminal_input import TerminalInput
from tests.rules import for_each


@for_each(
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


@for_each(
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


@pytest.mark.skipif(sys.platform == "win32", reason="no threads are sent signals there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_interrupts_no_waiting_ends_it(number: int) -> None:
    """As one that comes just before it begins: the system hands it to another thread here."""
    keys = Keys()
    with keys.reading():
        keys.available = False
        other = threading.Timer(0.05, lambda: signal.pthread_kill(threading.get_ident(), number))
        other.start()
        begun = time.monotonic()
        assert keys.wait(60.0) == ""
        assert keys.signal_number == number
        assert time.monotonic() - begun < 50.0
    other.join()


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is stopped there")
def test_a_signal_that_ends_nothing_ends_no_waiting() -> None:
    keys, came = Keys(), []
    before = signal.signal(signal.SIGCONT, lambda *_: came.append(time.monotonic()))
    try:
        with keys.reading():
            keys.available = False
            signal.raise_signal(signal.SIGCONT)
            begun = time.monotonic()
            assert (keys.wait(0.02), keys.signal_number) == ("", None)
            assert came and time.monotonic() - begun >= 0.02
    finally:
        signal.signal(signal.SIGCONT, before)
