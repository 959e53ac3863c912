"""Waiting for what another process does."""

from __future__ import annotations

import time
from collections.abc import Callable

_LONGEST_S = 15.0


def until(happened: Callable[[], object]) -> None:
    """Wait until something is so; fail when it takes too long."""
    deadline = time.monotonic() + _LONGEST_S
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)
