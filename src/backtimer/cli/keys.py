"""Waiting, in plain mode: for the next deadline, a key, or a signal, whichever comes first."""

from __future__ import annotations

import contextlib
import importlib
import os
import select
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from types import FrameType

from backtimer.cli.terminal import single_keys
from backtimer.core.terminal import keyboard
from backtimer.core.terminal.keyboard import Press, Token
from backtimer.core.terminal.terminal_input import TerminalInput, escape_delay_s

_NAMED = frozenset(
    [
        "right",
        "left",
        "up",
        "down",
        "pageup",
        "pagedown",
        "escape",
        "enter",
        "space",
        "tab",
        "backspace",
        "delete",
    ]
) | {"end"}

_WINDOWS_POLL_S = 0.05

_WAITING_READS = 256
"""So many reads of what waits in the terminal are thrown away at most."""


def key_names(tokens: Iterable[Token]) -> list[str]:
    """The names of the keys among what came from the terminal; what means nothing anywhere is `other`."""
    return [_name(token.key) for token in tokens if isinstance(token, Press)]


def _name(key: str) -> str:
    if key == "ctrl+j":  # what the terminal makes of Enter
        return "enter"
    if key == "ctrl+d":
        return "end"
    if key in _NAMED:
        return key
    return keyboard.latin(key).lower() if len(key) == 1 and key.isprintable() else "other"


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
        self._reader = TerminalInput(escape_delay_s(os.environ))
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_read, False)
        os.set_blocking(self._wake_write, False)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Keys]:
        """Read single keys and catch the signals that end a program."""
        names = ("SIGINT", "SIGTERM", "SIGHUP")
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        before = {number: signal.signal(number, self._on_signal) for number in numbers}
        # Handlers run between two steps of Python: one whose signal comes as the waiting begins, or to
        # another thread, would run after the next key only. So the system's own handler wakes whoever waits.
        woken_before = signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        try:
            with single_keys() as available:
                self.available = available
                self.forget()
                yield self
        finally:
            signal.set_wakeup_fd(woken_before)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(self._wake_read)
            os.close(self._wake_write)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.signal_number = number

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

    def forget(self) -> None:
        """Forget what was typed until now: it is no answer to what is shown or asked from now on.

        It is read and not flushed: half of an answer is still known for one when its other half comes.
        """
        self._pending.clear()
        if self.available and sys.platform != "win32":
            for _ in range(_WAITING_READS):
                if not select.select([0], [], [], 0)[0] or not self._read():
                    break
        self._pending.clear()
        self._reader.forget()

    def _wait_posix(self, timeout_s: float | None) -> str:
        end = None if timeout_s is None else time.monotonic() + timeout_s
        while not self._pending and self.signal_number is None:
            now = time.monotonic()
            moments = [moment for moment in (end, self._reader.due) if moment is not None]
            patience = max(0.0, min(moments) - now) if moments else None
            sources = [self._wake_read] + ([0] if self.available else [])
            ready, _, _ = select.select(sources, [], [], patience)
            if 0 in ready:
                if not self._read():
                    break
            elif self._wake_read in ready:
                os.read(self._wake_read, 512)  # its handler runs now, and may let the program go on
            else:
                now = time.monotonic()
                self._pending.extend(key_names(self._reader.tick(now)))
                if not self._pending and end is not None and now >= end:
                    break
        return self._pending.popleft() if self._pending else ""

    def _read(self) -> bool:
        """Take in what waits in the terminal; False: it is gone, and the session goes on without keys."""
        try:
            data = os.read(0, 4096)
        except OSError:
            data = b""
        if not data:
            self.available = False
        tokens = self._reader.feed(data, time.monotonic())
        if any(isinstance(token, Press) and token.key == "ctrl+c" for token in tokens):
            self.signal_number = (
                signal.SIGINT
            )  # a terminal may send it as a sequence, of which no signal comes
        self._pending.extend(key_names(tokens))
        return bool(data)

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
        msvcrt = importlib.import_module("msvcrt")
        if not msvcrt.kbhit():
            return ""
        char: str = msvcrt.getwch()
        if char in "\x00\xe0":
            names = {"M": "right", "K": "left", "H": "up", "P": "down", "I": "pageup", "Q": "pagedown"}
            return names.get(msvcrt.getwch(), "other")
        return _name(keyboard.CONTROLS.get(char, "space" if char == " " else char))
