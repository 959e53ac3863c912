"""Rows of the history as values, and values as rows.

What is read of a session or a set follows from the fields of the value: one that is added there is read here.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from backtimer.core.progress.calendar import Due, Schedule
from backtimer.core.progress.history import PastPain, PastSession, PastSet, RatedSession, SessionState
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.storage.history.values import NewSession, offset_of, set_number, to_local, to_utc
from backtimer.values import NamedTuple

if TYPE_CHECKING:
    from backtimer.core.plan.plan import SetSpec
    from backtimer.core.progress.decisions import Ends


_SESSION_FIELDS = tuple(name for name in PastSession._fields if name != "sets")

_HURT = "EXISTS (SELECT 1 FROM sets WHERE session_id = id AND outcome = 'hurt')"


def _session_columns(hurt: str) -> str:
    """In the order of a session's fields, and what tells its moments on the clocks of their place."""
    names = (hurt if name == "hurt" else name for name in _SESSION_FIELDS)
    return ", ".join((*names, "offset_min", "ended_offset_min"))


_COLUMNS, _UNMARKED = _session_columns(_HURT), _session_columns("0")

_SET_NAMES = {"session": "session_id", "set_index": "idx", "set": "set_no"}

SET_COLUMNS = ", ".join(f"sets.{_SET_NAMES.get(name, name)}" for name in PastSet._fields[1:])
"""In the order of a set's fields, but for the date, which is its session's."""

_OUTCOMES = {str(outcome): outcome for outcome in Outcome}
_STATES = {str(state): state for state in SessionState}


class Asked(NamedTuple):
    """Which sessions are meant: a condition on their table, with its values, and how many at most."""

    condition: str
    values: tuple[Any, ...] = ()
    newest: int | None = None
    """Only so many, the last ones. None: all."""
    using: str = ""
    """By which index they are found; empty: SQLite chooses."""

    @property
    def clause(self) -> str:
        """What follows `FROM sessions`, newest first, with one more value: the limit."""
        by = f"INDEXED BY {self.using} " if self.using else ""
        return f"{by}WHERE {self.condition} ORDER BY started DESC, id DESC LIMIT ?"

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
    # The order would have SQLite read all sessions there are, by the index of their beginnings.
    index = "sessions_calendar" if since is not None and newest is None else ""
    return Asked(" AND ".join(conditions), tuple(values), newest, index)


def read_sessions(db: sqlite3.Connection, asked: Asked) -> tuple[PastSession, ...]:
    """Sessions with their sets, oldest first."""
    heads = read_heads(db, asked)
    dates = {head.id: head.local_date for head in heads}
    sets: dict[str, list[PastSet]] = {head.id: [] for head in heads}
    for row in db.execute(
        f"SELECT session_id, {SET_COLUMNS} FROM sets "
        f"WHERE session_id IN (SELECT id FROM sessions {asked.clause}) ORDER BY session_id, idx",
        asked.all_values,
    ):
        if row[0] in dates:  # and not put in by another process meanwhile
            sets[row[0]].append(set_of(dates[row[0]], row[1:]))
    return tuple(head._replace(sets=tuple(sets[head.id])) for head in heads)


def read_heads(db: sqlite3.Connection, asked: Asked, *, marked: bool = True) -> tuple[PastSession, ...]:
    """The same sessions without their sets; unmarked, nobody looks whether one of these hurt."""
    columns = _COLUMNS if marked else _UNMARKED
    rows = db.execute(f"SELECT {columns} FROM sessions {asked.clause}", asked.all_values).fetchall()
    return tuple(session_of(row) for row in reversed(rows))


def read_sets_of(db: sqlite3.Connection, session: PastSession) -> tuple[PastSet, ...]:
    """The sets of one session, in planned order."""
    rows = db.execute(f"SELECT {SET_COLUMNS} FROM sets WHERE session_id = ? ORDER BY idx", (session.id,))
    return tuple(set_of(session.local_date, row) for row in rows)


def session_of(row: tuple[Any, ...]) -> PastSession:
    """The session of a row of `_session_columns`, without its sets.

    Raises:
        ValueError: Something in it is no date, no time, no state.
        TypeError: So is what is missing from it.
    """
    session_id, day, started, planned, done, seconds, *more, ended, state, source, note, hurt = row[:-2]
    offset, ended_offset = row[-2:]
    values = (
        session_id,
        date.fromisoformat(day),
        to_local(started, offset),
        planned,
        done,
        seconds,
        *more,  # ratings and names
        None if ended is None else to_local(ended, offset if ended_offset is None else ended_offset),
        _STATES.get(state) or SessionState(state),
        source,
        note,
        (),
        hurt == 1,
    )
    return PastSession._make(values)


def set_of(local_date: date, row: tuple[Any, ...]) -> PastSet:
    """The set of a row of `SET_COLUMNS`.

    Raises:
        ValueError: It has an outcome that there is not.
    """
    exercise, side, reps, hold_s, seconds, outcome, session, alternate, *more = row
    ended = _outcome_of(outcome)
    return PastSet(local_date, exercise, side, reps, hold_s, seconds, ended, session, alternate == 1, *more)


def _outcome_of(text: str) -> Outcome:
    try:
        return _OUTCOMES[text]
    except KeyError as error:
        raise ValueError(f"{error} is no outcome") from error


def read_ends(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Ends]:
    """How many sets of each exercise ended in which way, in planned order, by the ids of their sessions.

    A session of which no set was reached is left out.

    Raises:
        ValueError: One has an outcome that there is not.
    """
    marks = ", ".join("?" * len(ids))
    # A text for each session takes a third of the time that a row for each set does; and most sessions of a
    # routine end in the same way, so that few different ones are taken apart. The sets of each come in the
    # order of their key, as in `read_sets_json`.
    rows = db.execute(
        "SELECT session_id, group_concat(iif(exercise IS NULL, outcome, outcome || ' ' || hex(exercise))) "
        f"FROM sets WHERE session_id IN ({marks}) GROUP BY session_id",
        ids,
    ).fetchall()
    known = {text: _ends_of(text) for text in {text for _session_id, text in rows}}
    return {session_id: known[text] for session_id, text in rows}


def _ends_of(text: str) -> Ends:
    """What `outcome exercise,outcome` counts up to; exercises in hex digits, since they may have any name."""
    found: dict[tuple[str | None, Outcome], int] = {}
    for each, number in Counter(text.split(",")).items():
        outcome, blank, exercise = each.partition(" ")
        found[bytes.fromhex(exercise).decode() if blank else None, _outcome_of(outcome)] = number
    return found


def read_sets_json(
    db: sqlite3.Connection, asked: Asked, told: Mapping[str, str]
) -> dict[str, tuple[str, bool]]:
    """The sets of sessions as JSON, and whether one hurt, by the ids of the sessions that have any.

    SQLite writes it in a third of the time that a value for each set takes.

    Args:
        db: The history.
        asked: Which sessions.
        told: What is told of a set: its columns by what they are called.
    """
    kinds = {name: kind for _, name, kind, *_ in db.execute("PRAGMA table_info(sets)")}
    values = ", ".join(
        f"'{name}', {_in_thousandths(column) if kinds.get(column) == 'REAL' else column}"
        for name, column in told.items()
    )
    # Each session's sets are found by the key of their table, so that they come in its order: by index. To
    # have them sorted before takes half as long again.
    rows = db.execute(
        f"SELECT session_id, json_group_array(json_object({values})), max(outcome = 'hurt') FROM sets "
        f"WHERE session_id IN (SELECT id FROM sessions {asked.clause}) GROUP BY session_id",
        asked.all_values,
    )
    return {session_id: (text, hurt == 1) for session_id, text, hurt in rows}


def _in_thousandths(column: str) -> str:
    """A number of SQL without what is less; most have nothing less, and are not rounded by way of text."""
    return f"iif({column} * 1000 = CAST({column} * 1000 AS INTEGER), {column}, round({column}, 3))"


def read_past_sets(db: sqlite3.Connection, since: date | None, exercise: str | None) -> tuple[PastSet, ...]:
    """Sets of sessions that are not deleted, in the order in which they were planned.

    Raises:
        ValueError: Something in them is no date or no outcome.
    """
    # In this order of the tables, and by this index, only the sets of the sessions that are wanted are read.
    rows = db.execute(
        f"SELECT local_date, {SET_COLUMNS} "
        "FROM sessions INDEXED BY sessions_calendar CROSS JOIN sets ON session_id = id "
        "WHERE deleted = 0 AND local_date >= ? AND (? IS NULL OR exercise = ?) "
        "ORDER BY started, id, idx",
        (_from(since), exercise, exercise),
    )
    dates = _Dates()
    return tuple([set_of(dates[row[0]], row[1:]) for row in rows])


def read_alike_sets(db: sqlite3.Connection, since: date) -> tuple[PastSet, ...]:
    """The sets that were done since a date, those of a session that are alike taken together.

    A trend adds their work up anyway, and there are several times fewer of them to hand over. Their reps are
    those of all of them, the hold is that of each rep, so that their work is what it was; and they hurt when
    one of them did.
    """
    rows = db.execute(
        "SELECT local_date, exercise, side, sum(reps), hold_s, total(sets.seconds), "
        "max(outcome = 'hurt'), session_id, alternate "
        "FROM sessions INDEXED BY sessions_calendar CROSS JOIN sets ON session_id = id "
        "WHERE deleted = 0 AND local_date >= ? AND exercise IS NOT NULL AND outcome != 'skipped' "
        "GROUP BY sessions.rowid, exercise, side, hold_s, reps IS NULL",
        (since.isoformat(),),
    )
    dates, ended = _Dates(), (Outcome.DONE, Outcome.HURT)
    return tuple(
        [
            PastSet(dates[day], exercise, side, reps, hold_s, seconds, ended[hurt], session, alternate == 1)
            for day, exercise, side, reps, hold_s, seconds, hurt, session, alternate in rows
        ]
    )


def read_known_exercises(
    db: sqlite3.Connection, among: Iterable[str], least: int, newest: int | None = None
) -> frozenset[str]:
    """Which of some exercises were done in so many sessions, or in so many of the newest sessions."""
    asked = tuple(among)
    marks = ", ".join("?" * len(asked))
    of_sessions = "SELECT id FROM sessions WHERE deleted = 0"
    if newest is not None:
        source = f"({of_sessions} ORDER BY started DESC LIMIT {newest:d}) CROSS JOIN sets ON session_id = id"
        held = "TRUE"
    else:
        # The sets one after the other, as they lie in the file: the few that are meant are looked up.
        source, held = "sets", f"session_id IN ({of_sessions})"
    rows = db.execute(
        f"SELECT exercise FROM {source} WHERE exercise IN ({marks}) AND outcome = 'done' AND {held} "
        "GROUP BY exercise HAVING count(DISTINCT session_id) >= ?",
        (*asked, least),
    )
    return frozenset(exercise for (exercise,) in rows)


def read_rated(db: sqlite3.Connection, since: date) -> tuple[RatedSession, ...]:
    """The sessions from a date on for which pain was rated, oldest first.

    Raises:
        ValueError: Something in them is no date.
    """
    rows = db.execute(
        "SELECT local_date, pain_before, pain, pain_next FROM sessions INDEXED BY sessions_calendar "
        "WHERE deleted = 0 AND local_date >= ? AND coalesce(pain_before, pain, pain_next) IS NOT NULL "
        "ORDER BY started, id",
        (since.isoformat(),),
    )
    return tuple([RatedSession(date.fromisoformat(day), *pains) for day, *pains in rows])


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


def put_plan(db: sqlite3.Connection, text: str) -> str:
    """Put a frozen plan in, once; what it is known by."""
    import hashlib  # late: 2 ms, only a new session needs it  # noqa: PLC0415

    digest = hashlib.sha256(text.encode()).hexdigest()
    db.execute("INSERT INTO plans VALUES (?, ?) ON CONFLICT DO NOTHING", (digest, text))
    return digest


def put_session(
    db: sqlite3.Connection, session: NewSession, *, pid: int | None = None, locked: bool = False
) -> None:
    """Put a session in as running, with its plan; one that is there already stays as it is."""
    digest = put_plan(db, session.plan)
    row = {
        "id": session.id,
        "routine": session.routine,
        "day": session.day,
        "title": session.title,
        "local_date": session.local_date.isoformat(),
        "started": to_utc(session.started),
        "offset_min": offset_of(session.started),
        "state": "running",
        "planned_sets": len(session.sets),
        "plan": digest,
        "pid": pid,
        "locked": locked,
    }
    db.execute(f"INSERT INTO sessions {_assigned(row)} ON CONFLICT DO NOTHING", row)


def put_set(db: sqlite3.Connection, session_id: str, record: SetRecord, spec: SetSpec, at: datetime) -> None:
    """Put a set in, in place of an earlier record of the same one."""
    side = record.side or spec.side
    row = {
        "session_id": session_id,
        "idx": record.set_index,
        "exercise": spec.exercise,
        "side": None if side is None else str(side),
        "set_no": set_number(spec),
        "reps": record.reps,
        "hold_s": spec.hold_s,
        "alternate": spec.alternate,
        "seconds": record.seconds,
        "outcome": str(record.outcome),
        "at": to_utc(at),
        "in_place_of": spec.in_place_of or None,
        "activity": spec.activity or None,
        "load": spec.load or None,
    }
    db.execute(f"INSERT OR REPLACE INTO sets {_assigned(row)}", row)


def _assigned(row: Mapping[str, Any]) -> str:
    return f"({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"


PLAN_OF = "SELECT text FROM plans JOIN sessions ON plan = digest WHERE id = ?"
"""SQL for the frozen plan of a session, as JSON."""

DUE = (
    "iif(json_valid(due) AND json_type(due) = 'object', (SELECT coalesce(group_concat(key || ' ' || "
    "coalesce(iif(type = 'object', json_extract(value, '$.times') || ' ' || "
    "json_extract(value, '$.optional'), ''), ''), ','), '') FROM json_each(due)), NULL)"
)
"""SQL that makes `0 1 0,2 1 1` of `due`: place, sessions, optional; NULL of what is no schedule.

It is written by hand and read by SQLite, so that nobody waits for Python's reader of JSON.
"""


def due_of(told: str | None) -> dict[int, Due]:
    """What `DUE` tells.

    Raises:
        ValueError: What was kept is no schedule.
    """
    if told is None:
        raise ValueError(_NONE)
    days = (map(int, each.split(" ")) for each in told.split(",") if told)
    return {place: Due(times, optional == 1) for place, times, optional in days}


_NONE = "not a schedule"


def due_to_json(due: Mapping[int, Due]) -> str:
    """What the days ask for, always in the same words for the same days."""
    days = (
        f'"{weekday}": {{"optional": {"true" if due[weekday].optional else "false"}, '
        f'"times": {due[weekday].times}}}'
        for weekday in sorted(due, key=str)
    )
    return f"{{{', '.join(days)}}}"


def ahead_to_json(ahead: Sequence[Schedule]) -> str:
    """What follows a schedule by itself, as `tables.ahead` reads it; of one routine."""
    rows = (
        f'{{"due": {due_to_json(each.due)}, "from_date": "{each.from_date}", '
        f'"period": {each.period}, "stage": {each.stage}}}'
        for each in ahead
    )
    return f"[{', '.join(rows)}]"


def ahead_from_json(text: str, routine: str) -> list[Schedule]:
    """The reverse of `ahead_to_json`.

    Raises:
        ValueError: The text is not of that form.
    """
    if text == "[]":
        return []
    import json  # noqa: PLC0415 - late: 3 ms, only in programmes; mostly nothing follows by itself

    try:
        return [
            Schedule(
                date.fromisoformat(each["from_date"]),
                routine,
                {
                    int(place): Due(int(asked["times"]), bool(asked["optional"]))
                    for place, asked in each["due"].items()
                },
                int(each["period"]),
                int(each["stage"]),
            )
            for each in json.loads(text)
        ]
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(_NONE) from error
