"""Reads what is typed from the first frame on, with the moment of each key, until the app does."""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Sequence
from contextlib import suppress

from backtimer.core.terminal.keyboard import Token
from backtimer.core.terminal.terminal_input import EarlyKeys, TerminalInput, escape_delay_s

_POLL_S = 0.1
_READ_BYTES = 4096


class EarlyReader:
    """A thread that reads the terminal.

    Args:
        before: What was read before anything was to be seen. It commands nothing; but half an answer is known
            for one when its other half comes.
        painted_at: Since when something is to be seen.
    """

    def __init__(self, before: Sequence[bytes], painted_at: float) -> None:
        self._painted_at = painted_at
        self._reader = TerminalInput(escape_delay_s(os.environ))
        for data in before:
            self._reader.feed(data, painted_at)
        self._reader.forget()
        self._tokens: list[Token] = []
        self._stop = os.pipe()
        self._thread = threading.Thread(target=self._read, name="early-keys", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        stop = self._stop[0]
        with suppress(OSError):
            while True:
                due = self._reader.due
                patience = _POLL_S if due is None else min(_POLL_S, max(0.0, due - time.monotonic()))
                found = select.select([0, stop], [], [], patience)[0]
                if stop in found:
                    return
                if 0 not in found:
                    self._tokens += self._reader.tick(time.monotonic())
                elif data := os.read(0, _READ_BYTES):
                    self._tokens += self._reader.feed(data, time.monotonic())
                else:
                    return

    def close(self) -> EarlyKeys:
        """Stop reading; what was typed."""
        os.write(self._stop[1], b"x")
        self._thread.join()
        for descriptor in self._stop:
            os.close(descriptor)
        return EarlyKeys(self._painted_at, self._reader, tuple(self._tokens))
