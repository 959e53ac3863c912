"""Waiting for what another process does."""

from __future__ import annotations

import time
from collections.abc import Callable

_LONGEST_S = 60.0
"""A machine that does much else takes its time; only what fails waits so long."""


def until(happened: Callable[[], object]) -> None:
    """Wait until something is so; fail when it takes too long."""
    deadline = time.monotonic() + _LONGEST_S
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)
