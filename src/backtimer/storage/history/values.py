"""What the history holds, as values: sessions, their sets, and what is needed to begin one.

To tell a streak takes none of this; the engine's and the plan's types, 30 ms to import, are named here and
loaded only when a session is begun.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Any, NamedTuple

from backtimer import RefusedError
from backtimer.core.plan.plan import LEAD_INS, Plan, SetSpec, Step, StepKind
from backtimer.core.plan.units import Breathing
from backtimer.core.progress.calendar import DEFAULT_ROLLOVER, Due, local_date_of
from backtimer.core.progress.history import PastPain, PastSession, PastSet
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.storage.text import shorten

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
        raise ValueError(f"a note has at most {MAX_NOTE:,} characters, not {len(note):,}")
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


class SessionState(StrEnum):
    """Whether a session is over, and how."""

    RUNNING = "running"
    """Not over: under way, or interrupted."""
    DONE = "done"
    """Every planned set was done."""
    PARTIAL = "partial"


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
        return SetRecord(self.index, self.outcome, self.reps, self.seconds, self.side)


class StoredSession(NamedTuple):
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


class Unfinished(NamedTuple):
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


def records_of(plan: Plan, indexes: Collection[int] | None = None) -> tuple[SetRecord, ...]:
    """The records of sets that were done as planned, and took as long as planned; the others were skipped.

    Args:
        plan: What was done.
        indexes: Which sets of it. None: all.
    """
    return tuple(
        SetRecord(index, Outcome.DONE, spec.reps, _work_s(plan, spec))
        if indexes is None or index in indexes
        else SetRecord(index, Outcome.SKIPPED, None if spec.reps is None else 0, 0.0)
        for index, spec in enumerate(plan.sets)
    )


def activity_plan(routine: str, day: str, words: str, seconds: float) -> Plan:
    """A plan that is one free activity, such as half an hour of swimming.

    Args:
        routine: The routine that is followed.
        day: The weekday it was done on.
        words: What it was.
        seconds: How long it took.
    """
    step = Step(StepKind.ACTIVITY, seconds, seconds, 0, None, rep_start=True)
    spec = SetSpec(None, None, 1, 1, None, None, None, 0, 0, 0, 0)
    return Plan(routine, day, words, (step,), (spec,), (), Breathing(), words)


def _work_s(plan: Plan, spec: SetSpec) -> float:
    """How long a set takes, without what leads to it."""
    steps = plan.steps[spec.first_step : spec.last_step + 1]
    return sum(step.estimate_s for step in steps if step.kind not in LEAD_INS)


SESSION_COLUMNS = (
    "id, routine, day, title, local_date, started, offset_min, ended, ended_offset_min, "
    "state, planned_sets, done_sets, seconds, effort, pain, pain_before, pain_next, source, note"
)
SET_COLUMNS = "session_id, idx, exercise, side, set_no, reps, seconds, outcome, hold_s"


class Asked(NamedTuple):
    """Which sessions are meant: a condition on their table, with its values, and how many at most."""

    condition: str
    values: tuple[Any, ...] = ()
    newest: int | None = None
    """Only so many, the last ones. None: all."""

    @property
    def clause(self) -> str:
        """What follows `FROM sessions`, newest first, with one more value: the limit."""
        return f"WHERE {self.condition} ORDER BY started DESC, id DESC LIMIT ?"

    @property
    def all_values(self) -> tuple[Any, ...]:
        """The values of `clause`."""
        return (*self.values, -1 if self.newest is None else max(0, self.newest))


def asked_for(since: date | None, exercise: str | None, newest: int | None = None) -> Asked:
    """The sessions that are not deleted, from a date on, with a set of an exercise."""
    conditions, values = ["deleted = 0"], []
    if since is not None:
        conditions.append("local_date >= ?")
        values.append(since.isoformat())
    if exercise is not None:
        # Session by session, newest first: with a limit only as far back as need be.
        conditions.append("EXISTS (SELECT 1 FROM sets WHERE session_id = id AND exercise = ?)")
        values.append(exercise)
    return Asked(" AND ".join(conditions), tuple(values), newest)


def read_sessions(db: sqlite3.Connection, asked: Asked) -> tuple[StoredSession, ...]:
    """Sessions with their sets, oldest first."""
    sets: dict[str, list[StoredSet]] = {}
    for row in db.execute(
        f"SELECT {SET_COLUMNS} FROM sets WHERE session_id IN (SELECT id FROM sessions {asked.clause}) "
        "ORDER BY session_id, idx",
        asked.all_values,
    ):
        sets.setdefault(row[0], []).append(set_of(row))
    rows = db.execute(f"SELECT {SESSION_COLUMNS} FROM sessions {asked.clause}", asked.all_values).fetchall()
    return tuple(session_of(row, tuple(sets.get(row[0], ()))) for row in reversed(rows))


def read_heads(db: sqlite3.Connection, asked: Asked) -> tuple[StoredSession, ...]:
    """The same sessions without their sets."""
    rows = db.execute(f"SELECT {SESSION_COLUMNS} FROM sessions {asked.clause}", asked.all_values).fetchall()
    return tuple(session_of(row, ()) for row in reversed(rows))


def read_sets_of(db: sqlite3.Connection, session_id: str) -> tuple[StoredSet, ...]:
    """The sets of one session, in planned order."""
    rows = db.execute(f"SELECT {SET_COLUMNS} FROM sets WHERE session_id = ? ORDER BY idx", (session_id,))
    return tuple(set_of(row) for row in rows)


def session_of(row: tuple[Any, ...], sets: tuple[StoredSet, ...]) -> StoredSession:
    """The session of a row of `SESSION_COLUMNS`.

    Raises:
        ValueError: Something in it is no date, no time, no state.
        TypeError: So is what is missing from it.
    """
    (session_id, routine, day, title, local_date, started, offset, ended, ended_offset, state, *numbers) = row
    planned_sets, done_sets, seconds, effort, pain, pain_before, pain_next, source, note = numbers
    return StoredSession(
        id=session_id,
        routine=routine,
        day=day,
        title=title,
        local_date=date.fromisoformat(local_date),
        started=to_local(started, offset),
        ended=None if ended is None else to_local(ended, offset if ended_offset is None else ended_offset),
        state=SessionState(state),
        planned_sets=planned_sets,
        done_sets=done_sets,
        seconds=seconds,
        effort=effort,
        pain=pain,
        sets=sets,
        pain_before=pain_before,
        pain_next=pain_next,
        source=source,
        note=note,
    )


def set_of(row: tuple[Any, ...]) -> StoredSet:
    """The set of a row of `SET_COLUMNS`.

    Raises:
        ValueError: It has an outcome that there is not.
    """
    _, index, exercise, side, number, reps, seconds, outcome, hold_s = row
    return StoredSet(index, exercise, side, number, reps, seconds, Outcome(outcome), hold_s)


def read_past_sessions(db: sqlite3.Connection, since: date | None) -> tuple[PastSession, ...]:
    """Sessions that are not deleted, oldest first.

    Raises:
        ValueError: Something in them is no date.
    """
    rows = db.execute(
        "SELECT id, local_date, planned_sets, done_sets, seconds, effort, pain_before, pain, pain_next, "
        "routine, day, title FROM sessions INDEXED BY sessions_calendar "
        "WHERE deleted = 0 AND local_date >= ? ORDER BY started, id",
        (_from(since),),
    )
    return tuple(PastSession(row[0], date.fromisoformat(row[1]), *row[2:]) for row in rows)


def read_past_sets(db: sqlite3.Connection, since: date | None, exercise: str | None) -> tuple[PastSet, ...]:
    """Sets of such sessions, in the order in which they were planned.

    Raises:
        ValueError: Something in them is no date or no outcome.
    """
    # In this order of the tables, and by this index, only the sets of the sessions that are wanted are read.
    rows = db.execute(
        "SELECT local_date, exercise, side, reps, hold_s, sets.seconds, outcome, session_id, alternate "
        "FROM sessions INDEXED BY sessions_calendar CROSS JOIN sets ON session_id = id "
        "WHERE deleted = 0 AND local_date >= ? AND (? IS NULL OR exercise = ?) "
        "ORDER BY started, id, idx",
        (_from(since), exercise, exercise),
    )
    dates = _Dates()
    outcomes = {str(outcome): outcome for outcome in Outcome}
    try:
        return tuple(
            [
                PastSet(
                    dates[day], name, side, reps, hold_s, seconds, outcomes[outcome], session, alternate == 1
                )
                for day, name, side, reps, hold_s, seconds, outcome, session, alternate in rows
            ]
        )
    except KeyError as error:
        raise ValueError(f"{error} is no outcome") from error


def read_past_pains(db: sqlite3.Connection, since: date | None) -> tuple[PastPain, ...]:
    """Ratings without a session, oldest first.

    Raises:
        ValueError: Something in them is no date.
    """
    rows = db.execute(
        "SELECT local_date, pain FROM pains WHERE local_date >= ? AND withdrawn IS NULL "
        "ORDER BY local_date, at, id",
        (_from(since),),
    )
    return tuple(PastPain(date.fromisoformat(day), pain) for day, pain in rows)


class _Dates(dict[str, date]):
    """Dates by their text, each read once."""

    def __missing__(self, text: str) -> date:
        self[text] = found = date.fromisoformat(text)
        return found


def _from(since: date | None) -> str:
    return "" if since is None else since.isoformat()


def past_of(session: StoredSession) -> PastSession:
    """The plain values of a session."""
    return PastSession(
        id=session.id,
        local_date=session.local_date,
        planned_sets=session.planned_sets,
        done_sets=session.done_sets,
        seconds=session.seconds,
        effort=session.effort,
        pain_before=session.pain_before,
        pain=session.pain,
        pain_next=session.pain_next,
        routine=session.routine,
        day=session.day,
        title=session.title,
    )
