"""How far something is that takes its time."""

from __future__ import annotations

import sys

_LENGTH = 30
"""Characters of the bar, where there is room for them."""

_PERCENT = len(" 100 %")


class Bar:
    """A line on stderr that grows.

    Args:
        columns: Of the terminal. The last one stays free: a full line would begin another.
    """

    def __init__(self, columns: int) -> None:
        self._shown = -1
        self._length = max(0, min(_LENGTH, columns - _PERCENT - 1))
        self._all = min(columns - 1, self._length + _PERCENT + len("^C"))

    def __call__(self, done: float, total: float) -> None:
        """Show how far it is; nothing is written while the percentage stays the same."""
        percent = int(100 * done / total) if total else 100
        if percent != self._shown:
            self._shown = percent
            filled = self._length * percent // 100
            sys.stderr.write(f"\r{'#' * filled}{'-' * (self._length - filled)} {percent:3} %")
            sys.stderr.flush()

    def wipe(self) -> None:
        """Take the line away."""
        if self._shown >= 0:
            self._shown = -1
            sys.stderr.write("\r" + " " * self._all + "\r")
            sys.stderr.flush()
