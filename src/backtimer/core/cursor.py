"""Where a run stands within one step, and which mark comes next there."""

from __future__ import annotations

from dataclasses import dataclass

from backtimer.core.moments import SECOND

COUNT_IN_SECONDS = 3


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
    counted: int = 0
    """How many seconds of the count-in have been told."""
    counting_from: int = 0
    """The moment at which the count-in began."""

    def run(self, moment: int) -> None:
        """Let its time run from where it stands."""
        self.zero = moment - self.position
        self.seen = self.position or -1
        self.begun = True

    def restart(self, step: int, length: int | None, half: int | None) -> None:
        """Go back to the beginning of a step that had begun before."""
        self.step, self.length, self.half, self.position = step, length, half, 0

    def stretch(self, by: int, position: int, half: int | None) -> None:
        """Make the step longer; marks that then lie behind are not told."""
        assert self.length is not None
        self.length += by
        self.seen = position
        self.half = half if half is not None and half > position else None

    def next_mark(self) -> int:
        """The position of the next mark: a whole second, halfway, or the end."""
        if self.length is None:
            return (max(self.seen, 0) // SECOND + 1) * SECOND
        whole = (self.length - self.seen - 1) // SECOND
        mark = self.length - whole * SECOND
        return mark if self.half is None else min(mark, self.half)

    def next_count(self) -> int:
        """The moment of the next second of the count-in, or of its end."""
        return self.counting_from + self.counted * SECOND
