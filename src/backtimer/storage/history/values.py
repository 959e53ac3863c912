"""What is needed to begin a session and to find one again, and the forms in which values are stored."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING

from backtimer import RefusedError
from backtimer.core.progress.calendar import DEFAULT_ROLLOVER, local_date_of
from backtimer.core.progress.history import PastSession
from backtimer.core.session.events import SetRecord
from backtimer.language import _
from backtimer.storage.text import shorten
from backtimer.values import NamedTuple

if TYPE_CHECKING:
    from backtimer.core.plan.plan import Plan, SetSpec

MAX_NOTE = 2000
"""Characters of a note."""

YEARS = range(1900, 2200)
"""Of all dates and moments: also a clock that is wrong stays among them."""


def new_id() -> str:
    """An id that no other machine will give."""
    from uuid import uuid4  # 3 ms, and only what is new needs it  # noqa: PLC0415

    return uuid4().hex


def storable(text: str) -> str:
    """Text without lone surrogates (a file's name can have them), which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def check_note(note: str) -> str:
    """A person's own words, as they can be stored.

    Raises:
        ValueError: They are too long.
    """
    if len(note) > MAX_NOTE:
        too_long = _("a note has at most {most} characters, not {number}")
        raise ValueError(too_long.format(most=f"{MAX_NOTE:,}", number=f"{len(note):,}"))
    return storable(note)


def to_utc(moment: datetime) -> str:
    """`2026-11-05T18:30:00.000Z`: of one width, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def offset_of(moment: datetime) -> int:
    """Minutes east of UTC."""
    offset = moment.astimezone().utcoffset() if moment.tzinfo is None else moment.utcoffset()
    return round((offset or timedelta()).total_seconds() / 60)


def to_local(utc: str, offset_min: int) -> datetime:
    """The moment, on the clock of the place where it was noted."""
    return datetime.fromisoformat(utc).astimezone(_zone(offset_min))


@cache
def _zone(offset_min: int) -> timezone:
    return timezone(timedelta(minutes=offset_min))


class NewSession(NamedTuple):
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


class StoredTotals(NamedTuple):
    """All that was ever done."""

    sessions: int
    sets: int
    """Those that were done."""
    seconds: float
    """At work: no pauses."""


class SessionLookupError(RefusedError, LookupError):
    """No one session is meant; the message is a sentence."""

    prefix = ""


class UnknownSessionError(SessionLookupError):
    """No session has an id that begins like this."""

    def __init__(self, beginning: str) -> None:
        super().__init__(_("There is no session '{beginning}'.").format(beginning=shorten(beginning)))


class AmbiguousSessionError(SessionLookupError):
    """Several sessions have an id that begins like this."""

    def __init__(self, beginning: str, ids: tuple[str, ...]) -> None:
        # As much of each as tells them apart.
        length = next((n for n in range(8, 32) if len({known[:n] for known in ids}) == len(ids)), 32)
        several = ", ".join(known[:length] for known in ids)
        told = _("'{beginning}' could be one of several sessions: {several}.")
        super().__init__(told.format(beginning=shorten(beginning), several=several))
        self.ids = ids
        """The first few of them."""


class Interrupted(NamedTuple):
    """A session that broke off and can go on."""

    session: PastSession
    """With its sets."""
    plan: str
    """The frozen plan, as JSON."""

    @property
    def records(self) -> tuple[SetRecord, ...]:
        """What was done of it, for the engine."""
        return tuple(
            SetRecord(one.set_index, one.outcome, one.reps, one.seconds, one.side)
            for one in self.session.sets
        )


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
