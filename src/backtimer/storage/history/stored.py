"""What the history holds, as values: sessions, their sets, and what is needed to begin one.

To tell a streak takes none of this; the engine's and the plan's types, 30 ms to import, are named here and
loaded only when a session is begun.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING

from backtimer.core.progress.calendar import DEFAULT_ROLLOVER, local_date_of
from backtimer.storage.history.columns import new_id, storable
from backtimer.storage.text import shorten

if TYPE_CHECKING:
    from backtimer.core.plan.plan import Plan, SetSpec
    from backtimer.core.session.events import Outcome, SetRecord


class SessionState(StrEnum):
    """Whether a session is over, and how."""

    RUNNING = "running"
    """Not over: under way, or interrupted."""
    DONE = "done"
    """Every planned set was done."""
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session at its beginning."""

    id: str
    routine: str
    day: str
    title: str
    local_date: date
    """The date it belongs to, whatever happens to clocks and time zones afterwards."""
    started: datetime
    """Local, with its offset."""
    sets: tuple[SetSpec, ...]
    plan: str
    """The frozen plan, as JSON."""


@dataclass(frozen=True, slots=True)
class StoredSet:
    """A set as it was done."""

    index: int
    """Its place in the plan, 0-based."""
    exercise: str | None
    side: str | None
    set: int
    """1-based; in a circuit it counts on from round to round."""
    reps: int | None
    seconds: float
    outcome: Outcome
    hold_s: float | None = None
    """Seconds of the planned hold; None: there was none."""

    def record(self) -> SetRecord:
        """As the engine takes it back when the session goes on."""
        from backtimer.core.session.events import SetRecord  # noqa: PLC0415 - see the top

        return SetRecord(self.index, self.outcome, self.reps, self.seconds, self.side)


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session as the history has it."""

    id: str
    routine: str
    day: str
    title: str
    local_date: date
    started: datetime
    """With the offset of the place where it began."""
    ended: datetime | None
    state: SessionState
    planned_sets: int
    done_sets: int
    seconds: float
    effort: int | None
    pain: int | None
    """Right after it."""
    sets: tuple[StoredSet, ...]
    """Those that were reached, in planned order."""
    pain_before: int | None = None
    pain_next: int | None = None
    """The morning after."""
    source: str = "timer"
    """`timer`; `log`: written down afterwards."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """All that was ever done."""

    sessions: int
    sets: int
    """Those that were done."""
    seconds: float
    """At work: no pauses."""


class SessionLookupError(LookupError):
    """No one session is meant; the message is a sentence."""


class UnknownSessionError(SessionLookupError):
    """No session has an id that begins like this."""

    def __init__(self, beginning: str) -> None:
        super().__init__(f"There is no session '{shorten(beginning)}'.")


class AmbiguousSessionError(SessionLookupError):
    """Several sessions have an id that begins like this."""

    def __init__(self, beginning: str, ids: tuple[str, ...]) -> None:
        # As much of each as tells them apart.
        length = next((n for n in range(8, 32) if len({known[:n] for known in ids}) == len(ids)), 32)
        several = ", ".join(known[:length] for known in ids)
        super().__init__(f"'{shorten(beginning)}' could be one of several sessions: {several}.")
        self.ids = ids
        """The first few of them."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A session that was interrupted and can go on."""

    session: StoredSession
    plan: str
    """The frozen plan, as JSON."""

    @property
    def records(self) -> tuple[SetRecord, ...]:
        """What was done of it, for the engine."""
        return tuple(stored.record() for stored in self.session.sets)


def new_session(
    plan: Plan,
    plan_text: str,
    started: datetime,
    rollover: time = DEFAULT_ROLLOVER,
    local_date: date | None = None,
) -> NewSession:
    """A session of a plan, with an id of its own.

    Args:
        plan: What will be done, or was.
        plan_text: The same as JSON.
        started: The local moment, with its offset.
        rollover: When a new day begins.
        local_date: The date it belongs to, when that is told. None: the moment and the rollover decide.
    """
    return NewSession(
        id=new_id(),
        routine=storable(plan.routine),
        day=storable(plan.day),
        title=storable(plan.title),
        local_date=local_date or local_date_of(started, rollover),
        started=started,
        sets=plan.sets,
        plan=storable(plan_text),
    )


def set_number(spec: SetSpec) -> int:
    """Which set of its exercise it is, 1-based, counted on from round to round."""
    return ((spec.round or 1) - 1) * spec.sets + spec.set
