"""Waiting, in plain mode: for the next deadline, a key, or a signal, whichever comes first."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from types import FrameType

from backtimer.cli.terminal import single_keys

_SEQUENCES = {
    b"\x1b[C": "right",
    b"\x1bOC": "right",
    b"\x1b[D": "left",
    b"\x1bOD": "left",
    b"\x1b[A": "up",
    b"\x1bOA": "up",
    b"\x1b[B": "down",
    b"\x1bOB": "down",
    b"\x1b[5~": "pageup",
    b"\x1b[6~": "pagedown",
    b"\x1b": "escape",
    b"\r": "enter",
    b"\n": "enter",
    b" ": "space",
    b"\x7f": "backspace",
    b"\x08": "backspace",
    b"\x1b[3~": "delete",
    b"\x04": "end",
}

_WINDOWS_POLL_S = 0.05


_ONE_KEY = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1bO[ -~]|\x1b\x1b?|[^\x1b]+", re.DOTALL)
"""A function key, the escape key, or characters."""

_BEGUN = re.compile(rb"\x1b(O|\[[0-?]*[ -/]*)?\Z")
"""The beginning of what may become a function key."""

_REST_S = 0.05
"""What the rest of a function key may take to arrive; after that it was the escape key."""


def key_names(data: bytes) -> list[str]:
    """The keys in what one read brought, such as those of a presenter's button that is held down."""
    names: list[str] = []
    for part in _ONE_KEY.findall(data):
        if part.startswith(b"\x1b"):
            names.append(_SEQUENCES.get(part, "other"))
        else:
            names += [_character_name(character) for character in part.decode("utf-8", "replace")]
    return names


def _character_name(character: str) -> str:
    if name := _SEQUENCES.get(character.encode()):
        return name
    return character.lower() if character.isprintable() else "other"


class Keys:
    """Keys and signals, as long as `reading` lasts.

    A signal only leaves its number here: the loop ends between two events, never in the middle of a write.
    """

    def __init__(self) -> None:
        self.available = False
        """Whether there is a keyboard to be read."""
        self.signal_number: int | None = None
        """The signal that asks the session to end, once one has come."""
        self._pending: deque[str] = deque()
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Keys]:
        """Read single keys and catch the signals that end a program."""
        names = ("SIGINT", "SIGTERM", "SIGHUP")
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        before = {number: signal.signal(number, self._on_signal) for number in numbers}
        try:
            with single_keys() as available:
                self.available = available
                yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(self._wake_read)
            os.close(self._wake_write)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.signal_number = number
        with contextlib.suppress(OSError):
            os.write(self._wake_write, b"!")

    def wait(self, timeout_s: float | None) -> str:
        """Wait for a key.

        Args:
            timeout_s: How long at most; None: until a key or a signal comes.

        Returns:
            The key's name (`space`, `enter`, `right`, `n` …); empty when none came.
        """
        if sys.platform == "win32":
            return self._wait_windows(timeout_s)
        return self._wait_posix(timeout_s)

    def _wait_posix(self, timeout_s: float | None) -> str:
        import select

        if self._pending:
            return self._pending.popleft()
        sources = [self._wake_read] + ([0] if self.available else [])
        ready, _, _ = select.select(sources, [], [], timeout_s)
        if 0 not in ready:
            return ""
        try:
            data = os.read(0, 64)
        except OSError:
            data = b""
        if not data:  # the terminal is gone; the session goes on without keys
            self.available = False
            return ""
        while _BEGUN.search(data) and select.select([0], [], [], _REST_S)[0]:
            more = os.read(0, 64)
            data += more
            if not more:
                break
        self._pending.extend(key_names(data))
        return self._pending.popleft()

    def _wait_windows(self, timeout_s: float | None) -> str:  # pragma: no cover - needs Windows
        end = None if timeout_s is None else time.monotonic() + timeout_s
        while self.signal_number is None and (end is None or time.monotonic() < end):
            key = self._windows_key() if self.available else ""
            if key:
                return key
            left = _WINDOWS_POLL_S if end is None else min(_WINDOWS_POLL_S, max(0.0, end - time.monotonic()))
            time.sleep(left)
        return ""

    def _windows_key(self) -> str:  # pragma: no cover - needs Windows
        import importlib

        msvcrt = importlib.import_module("msvcrt")
        if not msvcrt.kbhit():
            return ""
        char: str = msvcrt.getwch()
        if char in "\x00\xe0":
            names = {"M": "right", "K": "left", "H": "up", "P": "down", "I": "pageup", "Q": "pagedown"}
            return names.get(msvcrt.getwch(), "other")
        return _character_name(char)
