"""How far something is that takes its time."""

from __future__ import annotations

import sys

_BAR = 30
"""Characters."""


class Bar:
    """A line on stderr that grows."""

    def __init__(self) -> None:
        self._shown = -1

    def __call__(self, done: float, total: float) -> None:
        """Show how far it is; nothing is written while the percentage stays the same."""
        percent = int(100 * done / total) if total else 100
        if percent != self._shown:
            self._shown = percent
            filled = _BAR * percent // 100
            sys.stderr.write(f"\r{'#' * filled}{'-' * (_BAR - filled)} {percent:3} %")
            sys.stderr.flush()

    def wipe(self) -> None:
        """Take the line away."""
        if self._shown >= 0:
            sys.stderr.write("\r" + " " * (_BAR + 6) + "\r")
            sys.stderr.flush()
