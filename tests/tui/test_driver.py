"""What goes to the terminal, whatever the terminal is like."""

from __future__ import annotations

import os
import sys
import threading

import pytest

if sys.platform == "win32":
    pytest.skip("there is another driver on Windows", allow_module_level=True)

from backtimer.tui.driver import _Output, _textual_name
from tests.rules import for_each


def test_a_full_or_a_closed_output_raises_nothing() -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    reading, writing = os.pipe()
    os.close(reading)
    for fileno in (full, writing):
        output = _Output(fileno)
        output.write("picture")
        output.flush()
        os.close(fileno)
        output.write("picture")
        output.flush()


def test_all_is_written_where_writing_does_not_wait() -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    output = _Output(writing)
    text = "0123456789\udc9b" * 50_000
    output.write(text)
    thread = threading.Thread(target=output.flush)
    thread.start()
    came = b""
    while len(came) < len(text):
        came += os.read(reading, 65536)
    thread.join()
    assert came.decode() == text.replace("\udc9b", "?")
    os.close(reading)
    os.close(writing)


@for_each(
    ("key", "name"),
    [
        ("n", "n"),
        ("+", "plus"),
        ("=", "equals_sign"),
        ("?", "question_mark"),
        ("-", "minus"),
        ("é", "é"),
        ("enter", "enter"),
        ("shift+tab", "shift+tab"),
        ("ctrl+/", "ctrl+slash"),
    ],
)
def test_what_textual_calls_a_key(key: str, name: str) -> None:
    assert _textual_name(key) == name
