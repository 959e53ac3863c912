"""The clocks that the rest of the program is handed."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime


def session_clock() -> Callable[[], float]:
    """Seconds that go on while the machine sleeps.

    `time.monotonic` stands still during sleep on Linux and macOS; `CLOCK_BOOTTIME` (Linux) and the system's
    `CLOCK_MONOTONIC` (macOS, where Python's own monotonic clock is another one) do not. On Windows
    `time.monotonic` counts sleep.
    """
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        clock_id = getattr(time, name, None)
        if clock_id is not None:
            return lambda: time.clock_gettime(clock_id)
    return time.monotonic


def wall_clock() -> datetime:
    """The local date and time, with the offset in force."""
    return datetime.now().astimezone()
