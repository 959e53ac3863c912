"""The clocks that the rest of the program is handed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

from backtimer.storage.text import clean, shorten


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
    """The local date and time, with the offset in force; in UTC where the time zone that is set is none."""
    return local(datetime.now(UTC))


def local(moment: datetime) -> datetime:
    """A moment, or a local date and time, with the offset in force then."""
    try:
        return moment.astimezone()
    except (ValueError, OverflowError):  # no offset is a day or more
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def zone_problem() -> str:
    """What is the matter with the time zone, as a sentence; empty when it can be used."""
    try:
        datetime.now(UTC).astimezone()
    except (ValueError, OverflowError):
        shown = clean(shorten(os.environ.get("TZ", "")))
        return f"The time zone '{shown}' (TZ) is a day or more away from UTC: dates and times are in UTC."
    return ""
