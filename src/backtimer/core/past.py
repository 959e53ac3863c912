"""What was done, as plain values: as much of a past session and its sets as looking back needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backtimer.core.due import enough_done
from backtimer.core.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class PastSet:
    """A set as it was done."""

    local_date: date
    """Of its session."""
    exercise: str | None
    """Its id; None for an activity."""
    side: str | None
    """`left`, `right`, or None; where a rep of an alternating set hurt, the side of that rep."""
    reps: int | None
    """Done, per side; None for a set that is one hold or one movement, or has as many as are comfortable."""
    hold_s: float | None
    """The planned hold in every rep; None when there is none or it is not known."""
    seconds: float
    """Credited time at work."""
    outcome: Outcome
    session: str = ""
    """The id of its session; sets without one belong together by their date."""
    alternate: bool = False
    """The side changed at every rep, so that the reps are those of either side."""


@dataclass(frozen=True, slots=True)
class PastSession:
    """A session as it was done and rated."""

    id: str
    local_date: date
    planned_sets: int
    done_sets: int
    seconds: float
    effort: int | None = None
    """1-10 (Borg CR10)."""
    pain_before: int | None = None
    """0-10 (NPRS), as the others."""
    pain: int | None = None
    """After it."""
    pain_next: int | None = None
    """On the next morning."""
    routine: str = ""
    day: str = ""
    title: str = ""

    @property
    def counts(self) -> bool:
        """Whether enough of it was done."""
        return enough_done(self.done_sets, self.planned_sets)

    @property
    def share(self) -> float:
        """The part of its sets that was done, 0 to 1."""
        return min(1.0, self.done_sets / self.planned_sets) if self.planned_sets > 0 else 0.0

    @property
    def rise(self) -> int | None:
        """By how many points pain rose in it; None when it was not rated before and after."""
        if self.pain is None or self.pain_before is None:
            return None
        return self.pain - self.pain_before


@dataclass(frozen=True, slots=True)
class PastPain:
    """A rating of pain that belongs to no session."""

    local_date: date
    pain: int
    """0-10 (NPRS)."""
