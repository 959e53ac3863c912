"""Where a run stands within one step, and which mark comes next there."""

from __future__ import annotations

from dataclasses import dataclass

from backtimer.core.events import Coming
from backtimer.core.moments import SECOND


@dataclass(slots=True)
class Cursor:
    """The place in one step. Positions are nanoseconds from its beginning."""

    step: int
    length: int | None
    """Extensions included; None: it waits for the person."""
    half: int | None
    """The position of a halfway mark that has not been passed."""
    position: int = 0
    """Where it stands while its time does not run."""
    zero: int = 0
    """The moment at which the position was 0, while its time runs."""
    seen: int = -1
    """Up to here (included) all marks have been told."""
    begun: bool = False
    """Whether the step has been told to have started."""
    counts: int = 0
    """The whole seconds that the next mark of the count-in tells to be left."""
    ends: int = 0
    """The moment at which the count-in ends."""
    way: int = 0
    """How long the count-in must be at least for there to be time to get to the step."""
    coming: Coming | None = None
    """The detour that the count-in is; None: it only goes on with what the plan leads to."""
    told: bool = False
    """Whether the detour has begun."""

    def run(self, moment: int) -> None:
        """Let its time run from where it stands."""
        self.zero = moment - self.position
        self.seen = self.position or -1
        self.begun = True
        self.way, self.coming = 0, None

    def restart(self, step: int, length: int | None, half: int | None) -> None:
        """Go back to the beginning of a step that had begun before."""
        self.step, self.length, self.half, self.position = step, length, half, 0

    def stretch(self, by: int, position: int, half: int | None) -> None:
        """Make the step longer; marks that then lie behind are not told."""
        assert self.length is not None
        self.length += by
        self.seen = position
        self.half = half if half is not None and half > position else None

    def count(self, moment: int, length: int) -> None:
        """Let a count-in of this length begin."""
        self.ends = moment + length
        self.counts = length // SECOND

    def next_mark(self) -> int:
        """The position of the next mark: a whole second, halfway, or the end."""
        if self.length is None:
            return (max(self.seen, 0) // SECOND + 1) * SECOND
        whole = (self.length - self.seen - 1) // SECOND
        mark = self.length - whole * SECOND
        return mark if self.half is None else min(mark, self.half)

    def next_count(self) -> int:
        """The moment of the next second of the count-in, or of its end."""
        return self.ends - self.counts * SECOND
