"""Moments as whole nanoseconds since the first one heard of.

Sums of whole numbers are exact, so a deadline is never off however many steps came before it.
"""

from __future__ import annotations

import math

SECOND = 1_000_000_000

BACK = SECOND // 10
"""A clock goes back when it shows this much less than before: timers that fire early differ by less."""


def to_ns(seconds: float) -> int:
    """Seconds as whole nanoseconds."""
    return round(seconds * SECOND)


def to_s(nanoseconds: int) -> float:
    """Nanoseconds as seconds."""
    return nanoseconds / SECOND


class TimeLine:
    """Goes between the caller's seconds, of any origin, and the engine's nanoseconds, which never go back."""

    def __init__(self) -> None:
        self._origin_s: float | None = None
        self.last = 0
        """The last moment heard of."""

    def moment(self, now: float) -> int:
        """The moment that `now` means, at the earliest the last one heard of.

        Raises:
            ValueError: `now` is no finite number.
        """
        if not math.isfinite(now):
            raise ValueError(f"not a moment: {now}")
        if self._origin_s is None:
            return self.last
        return max(self.last, to_ns(now - self._origin_s))

    def hear(self, now: float) -> int:
        """Take note of `now`, and tell the moment that it means."""
        self.last = self.moment(now)
        if self._origin_s is None:
            self._origin_s = now
        return self.last

    def turn_back(self, now: float) -> int:
        """Take `now`, on a clock that has gone back, for the last moment heard of.

        Returns:
            By how much the clock has gone back; 0 when it has not.
        """
        if not math.isfinite(now):
            raise ValueError(f"not a moment: {now}")
        if self._origin_s is None:
            return 0
        gap = self.last - to_ns(now - self._origin_s)
        if gap <= BACK:
            return 0
        self._origin_s = now - to_s(self.last)
        return gap

    def seconds(self, moment: int) -> float:
        """A moment on the caller's own time line."""
        return (self._origin_s or 0.0) + moment / SECOND

    def deadline(self, moment: int) -> float:
        """The first of the caller's seconds at which a moment has come.

        Far from the origin, floats are coarser than nanoseconds: the nearest one may lie just before it.
        """
        now = self.seconds(moment)
        while to_ns(now - (self._origin_s or 0.0)) < moment:
            now = math.nextafter(now, math.inf)
        return now
