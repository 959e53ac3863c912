"""What the history holds, as values: sessions, their sets, and what is needed to begin one.

To tell a streak takes the calendar and no plan: the engine's and the plan's types, 30 ms to import, are
named here and loaded only when a session is read or begun.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import TYPE_CHECKING

from backtimer.core.calendar import DEFAULT_ROLLOVER, Due, local_date_of
from backtimer.storage.text import shorten

if TYPE_CHECKING:
    from backtimer.core.outcomes import Outcome, SetRecord
    from backtimer.core.plan import Plan, SetSpec


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
        from backtimer.core.outcomes import SetRecord  # noqa: PLC0415 - see the top

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


def new_id() -> str:
    """An id that no other machine will give."""
    from uuid import uuid4  # 3 ms, and only what is new needs it  # noqa: PLC0415

    return uuid4().hex


def storable(text: str) -> str:
    """Text without lone surrogates (a file's name can have them), which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def set_number(spec: SetSpec) -> int:
    """Which set of its exercise it is, 1-based, counted on from round to round."""
    return ((spec.round or 1) - 1) * spec.sets + spec.set


MAX_NOTE = 2000
"""Characters of a note."""


def check_note(note: str) -> str:
    """A person's own words, as they can be stored.

    Raises:
        ValueError: They are too long.
    """
    if len(note) > MAX_NOTE:
        raise ValueError(f"a note has at most {MAX_NOTE} characters")
    return storable(note)


def check_rating(effort: int | None, pain: int | None) -> None:
    """Refuse numbers that are on no scale.

    Raises:
        ValueError: The effort is not in 1-10 (Borg CR10), or the pain not in 0-10 (NPRS).
    """
    if effort is not None and not 1 <= effort <= 10:
        raise ValueError(f"an effort is 1 to 10, not {effort}")
    if pain is not None and not 0 <= pain <= 10:
        raise ValueError(f"a pain is 0 to 10, not {pain}")


def to_utc(moment: datetime) -> str:
    """`2026-11-05T18:30:00.000Z`: of one width, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def offset_of(moment: datetime) -> int:
    """Minutes east of UTC."""
    offset = moment.astimezone().utcoffset() if moment.tzinfo is None else moment.utcoffset()
    return round((offset or timedelta()).total_seconds() / 60)


def to_local(utc: str, offset_min: int) -> datetime:
    """The moment, on the clock of the place where it was noted."""
    return datetime.fromisoformat(utc).astimezone(timezone(timedelta(minutes=offset_min)))


def due_to_json(due: Mapping[int, Due]) -> str:
    """What the weekdays ask for, always in the same words for the same days."""
    import json  # 3 ms, not needed to tell a streak of a history without schedules  # noqa: PLC0415

    days = {str(weekday): {"times": due[weekday].times, "optional": due[weekday].optional} for weekday in due}
    return json.dumps(days, sort_keys=True)


def due_from_json(text: str) -> dict[int, Due]:
    """The reverse of `due_to_json`.

    Raises:
        ValueError: The text is not of that form.
    """
    import json  # noqa: PLC0415 - see above

    try:
        return {
            int(weekday): Due(times=int(asked["times"]), optional=bool(asked["optional"]))
            for weekday, asked in json.loads(text).items()
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not a schedule") from error
