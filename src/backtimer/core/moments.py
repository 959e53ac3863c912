"""Moments as whole nanoseconds since the first one heard of.

Sums of whole numbers are exact, so a deadline is never off however many steps came before it.
"""

from __future__ import annotations

import math

SECOND = 1_000_000_000


def to_ns(seconds: float) -> int:
    """Seconds as whole nanoseconds."""
    return round(seconds * SECOND)


def to_s(nanoseconds: int) -> float:
    """Nanoseconds as seconds."""
    return nanoseconds / SECOND


class TimeLine:
    """Goes between the caller's seconds, of any origin, and the engine's nanoseconds; it never goes back."""

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
