"""Taking in what another history, or this one at another time, has exported.

All of a file is taken in, or nothing. What is there already is merged with it, so that nothing is lost, and
so that two machines that take in each other's exports come to hold the same.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from backtimer import RefusedError
from backtimer.core.progress.history import SessionState
from backtimer.core.progress.scales import RATINGS
from backtimer.core.session.events import Outcome
from backtimer.language import _
from backtimer.storage.history.corrections import (
    DELETED,
    PLANNED,
    SESSION_FACTS,
    SET_FACTS,
    STATE,
    TIME,
    Patch,
    Value,
    base_of,
    done_sets,
    set_fact,
    settle,
)
from backtimer.storage.history.exporting import (
    FORMAT,
    OF_SESSION,
    ORDERS,
    session_columns,
)
from backtimer.storage.history.file import HistoryError, HistoryFile, Notice, Trouble
from backtimer.storage.history.schema import TOLD_BY_PLANS, told_by_plan
from backtimer.storage.history.tables import (
    CORRECTIONS,
    DECISIONS,
    OFF_DAYS,
    PAINS,
    SCHEDULES,
    SESSIONS,
    SETS,
    STAGE_CHANGES,
    VERSION,
    ColumnTable,
    Row,
    RowError,
    canonical,
    digest,
)
from backtimer.storage.text import clean, forbidden_in, shorten
from backtimer.values import NamedTuple

# Two records of the same thing as one: pure, and the same whichever comes first, and however often.
#
# For every field there is an order, and the later one in it is taken: further along, more telling, rated
# rather than not. So merging is commutative, associative and idempotent, and histories that were merged in
# any order are equal. Corrections are set apart first, so that a session that went on on one machine and
# was corrected on another keeps both.

_IDENTITY = ("routine", "day", "title", "local_date", "started", "offset_min", PLANNED, "source", "plan")
"""What a session is from its beginning on; it differs only in files that someone wrote by hand."""

_STATES = {
    str(state): rank
    for rank, state in enumerate((SessionState.RUNNING, SessionState.PARTIAL, SessionState.DONE))
}
_OUTCOMES = {str(outcome): rank for rank, outcome in enumerate(Outcome)}


def merged_row(one: Row, other: Row) -> Row:
    """Of two rows of a table without sessions: withdrawn rather than not, otherwise any, always the same."""
    return max(one, other, key=lambda row: (row.get("withdrawn") or "", canonical(row)))


def merged_session(one: Row, other: Row) -> Row:
    """A session as it stands on two machines, with its `sets` and its `corrections`."""
    if one == other:
        return one
    bases = [_base(one), _base(other)]
    session = _merged_head(*bases)
    session["sets"] = _by_key("idx", (row for base in bases for row in base["sets"]), _set_order)
    patches = _merged_corrections(one["corrections"], other["corrections"])
    return _with_corrections(session, patches)


def facts_of(session: Row) -> dict[str, Value]:
    """What can be corrected in a session of a file."""
    facts: dict[str, Value] = {name: session[name] for name in (*SESSION_FACTS, STATE, TIME, PLANNED)}
    facts[DELETED] = int(session[DELETED])
    for one in session["sets"]:
        facts.update((set_fact(one["idx"], name), one[name]) for name in SET_FACTS)
    return facts


def _base(session: Row) -> Row:
    """The session without its corrections."""
    facts = base_of(facts_of(session), (_patch_of(row) for row in session["corrections"]))
    return _with_facts(session, facts)


def _with_facts(session: Row, facts: Mapping[str, Value]) -> Row:
    sets = [
        {**one, **{name: facts[set_fact(one["idx"], name)] for name in SET_FACTS}} for one in session["sets"]
    ]
    changed: Row = {name: facts[name] for name in (*SESSION_FACTS, STATE, TIME)}
    changed[DELETED] = bool(facts[DELETED])
    return {**session, **changed, "sets": sets, "done_sets": done_sets(facts)}


def _with_corrections(base: Row, rows: list[Row]) -> Row:
    facts, settled = settle(facts_of(base), (_patch_of(row) for row in rows))
    befores = {patch.id: dict(patch.before) for patch in settled}
    return {
        **_with_facts(base, facts),
        "corrections": [{**row, "before": befores[row["id"]]} for row in rows],
    }


def _patch_of(row: Row) -> Patch:
    return Patch(row["id"], row["at"], row["before"], row["after"], row["undone"])


def _merged_head(one: Row, other: Row) -> Row:
    """The session's own fields, without corrections."""
    merged = {**one}
    identity = max((one, other), key=lambda row: [row[name] for name in _IDENTITY])
    merged.update((name, identity[name]) for name in _IDENTITY)
    merged[STATE] = max(one[STATE], other[STATE], key=_STATES.__getitem__)
    later = max((one, other), key=_end_order)
    merged.update((name, later[name]) for name in ("ended", "ended_offset_min"))
    for name in ("seconds", "asked_next", DELETED):
        merged[name] = max(one[name], other[name])
    for name in RATINGS:
        merged[name] = max(one[name], other[name], key=_rating_order)
    merged["note"] = max(one["note"], other["note"], key=lambda note: (len(note), note))
    return merged


def _end_order(row: Row) -> tuple[str, int]:
    offset = row["ended_offset_min"]
    return row["ended"] or "", -10_000 if offset is None else offset


def _rating_order(value: int | None) -> int:
    return -1 if value is None else value


def _set_order(row: Row) -> tuple[int, int, float, str]:
    reps = -1 if row["reps"] is None else row["reps"]
    return _OUTCOMES[row["outcome"]], reps, row["seconds"], canonical(row)


def _merged_corrections(one: list[Row], other: list[Row]) -> list[Row]:
    rows = [*one, *other]
    undone: dict[str, str] = {}
    for row in rows:
        undone[row["id"]] = max(undone.get(row["id"], ""), row["undone"] or "")
    kept = _by_key("id", rows, lambda row: (row["at"], row["kind"], canonical(row["after"])))
    found = [{**row, "undone": undone[row["id"]] or None} for row in kept]
    return sorted(found, key=lambda row: (row["at"], row["id"]))


def _by_key(key: str, rows: Iterable[Row], order: Any) -> list[Row]:
    """One row for each value of a column, in the order of that: the last in an order of theirs."""
    found: dict[Any, Row] = {}
    for row in rows:
        known = found.get(row[key])
        found[row[key]] = row if known is None or order(row) > order(known) else known
    return [found[value] for value in sorted(found)]


MAX_BYTES = 256 * 1024 * 1024
"""The largest file that is read; ten years of training are a tenth of it."""

MAX_PLAN = 8 * 1024 * 1024
"""Characters of a frozen plan."""

_TELLS_OF_SETS = 4
"""From this version on a set says in whose place it was done, and with what; before, its plan does."""

_EVERY = 50
"""Progress is told after so many rows."""

_HEAD = ("format", "version")
_PARTS = (*(table.name for table in ORDERS), "plans", SESSIONS.name)

Progress = Callable[[int, int], None]
"""Told how many rows are done, of how many."""


class TransferError(RefusedError, ValueError):
    """The file cannot be taken in; the message is a sentence. Nothing was changed."""

    prefix = ""


class Imported(NamedTuple):
    """What an import did. Rows that were there already, and are as before, count only as `same`."""

    sessions_new: int = 0
    sessions_changed: int = 0
    sessions_same: int = 0
    schedules: int = 0
    offs: int = 0
    pains: int = 0
    decisions: int = 0
    stages: int = 0

    @property
    def changed(self) -> bool:
        """Whether the history is another one now."""
        others = self.schedules + self.offs + self.pains + self.decisions + self.stages
        return self.sessions_new + self.sessions_changed + others > 0


def import_file(file: HistoryFile, path: Path, progress: Progress | None = None) -> Imported:
    """Take in what a file holds.

    Raises:
        TransferError: It cannot be read, or is not such a file.
        HistoryError: The history cannot be written to.
    """
    name = clean(str(path))
    try:
        if path.exists() and not path.is_file():
            raise TransferError(_("{path} is not a file.").format(path=name))
        with path.open("rb") as source:
            data = source.read(MAX_BYTES + 1)
    except OSError as error:
        unreadable = _("{path} cannot be read: {error}.")
        raise TransferError(unreadable.format(path=name, error=error.strerror or error)) from error
    try:
        return import_text(file, data, progress)
    except TransferError as error:
        raise TransferError(f"{name}: {error}") from None


def import_text(file: HistoryFile, data: bytes | str, progress: Progress | None = None) -> Imported:
    """Take in what a file holds, all of it or nothing; what is there already is merged with it.

    Args:
        file: The history.
        data: The content of the file.
        progress: Told how far it is.

    Raises:
        TransferError: It is not such a file.
        HistoryError: The history cannot be written to.
    """
    content = _parse(data)
    with file.writing() as db:
        try:
            return _Import(db, content, progress).run()
        except TransferError:
            raise
        except (ValueError, TypeError, LookupError) as error:  # of the rows that were there
            raise HistoryError(Notice(Trouble.DAMAGED, file.path, detail=str(error))) from error


def _parse(data: bytes | str) -> dict[str, Any]:
    """The top of the file, looked through."""
    if len(data) > MAX_BYTES:
        _refuse(_("The file is larger than {most} MB.").format(most=MAX_BYTES // 1024 // 1024))
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        content = json.loads(text, parse_constant=_no_number)
    except UnicodeDecodeError:
        _refuse(_("This is not an export of backtimer's (it is not text)."))
    except json.JSONDecodeError as error:
        _refuse(_("This is not JSON, from line {line} on.").format(line=error.lineno))
    except (ValueError, RecursionError):
        _refuse(_("This is not JSON as backtimer writes it."))
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        _refuse(_("This is not an export of backtimer's."))
    version = content.get("version")
    if type(version) is int and version > VERSION:
        _refuse(_("This was exported by a newer backtimer; it takes that one, or a newer one, to read it."))
    if type(version) is not int or version < 1:
        _refuse(_("This is of no version that backtimer knows."))
    for table in ORDERS:
        if table.since > version:
            content.setdefault(table.name, [])
    for name in _PARTS:
        kind = dict if name == "plans" else list
        if not isinstance(content.get(name), kind):
            _refuse(_("'{name}' is missing or not what it should be.").format(name=name))
    if unknown := sorted(set(content) - {*_HEAD, *_PARTS}):
        _refuse(_("There is an unknown '{name}'.").format(name=shorten(unknown[0])))
    return content


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _refuse(what: str) -> NoReturn:
    """Refuse the file, with a sentence that says why."""
    raise TransferError(f"{what} {_('Nothing was changed.')}")


class _Import:
    """One import, inside a transaction that its errors undo."""

    def __init__(self, db: sqlite3.Connection, content: dict[str, Any], progress: Progress | None) -> None:
        self._db = db
        self._content = content
        self._progress = progress
        self._version: int = content["version"]
        self._total = sum(len(content[name]) for name in _PARTS)
        self._done = 0

    def run(self) -> Imported:
        self._tell()
        counts = {table.name: self._table(table) for table in ORDERS}
        for name, text in self._content["plans"].items():
            self._plan(name, text)
            self._step()
        ended = {"new": 0, "changed": 0, "same": 0}
        for number, found in enumerate(self._content[SESSIONS.name], start=1):
            ended[self._one_session(self._read_session(found, number))] += 1
            self._step()
        # Plans came first; those that no session turned out to need are not kept.
        self._db.execute("DELETE FROM plans WHERE digest NOT IN (SELECT plan FROM sessions)")
        self._tell()
        return Imported(
            sessions_new=ended["new"],
            sessions_changed=ended["changed"],
            sessions_same=ended["same"],
            schedules=counts[SCHEDULES.name],
            offs=counts[OFF_DAYS.name],
            pains=counts[PAINS.name],
            decisions=counts[DECISIONS.name],
            stages=counts[STAGE_CHANGES.name],
        )

    def _step(self) -> None:
        self._done += 1
        if self._done % _EVERY == 0:
            self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self._done, self._total)

    def _table(self, table: ColumnTable) -> int:
        """Take in a table without sessions; how many rows are new or changed."""
        key = ORDERS[table]
        changed = 0
        marks = ", ".join("?" * len(table.fields))
        for number, found in enumerate(self._content[table.name], start=1):
            row = self._read(table, found, number)
            known = self._db.execute(
                f"SELECT {table.columns} FROM {table.name} WHERE {key} = ?", (row[key],)
            ).fetchone()
            before = None if known is None else table.out(known)
            after = row if before is None else merged_row(before, row)
            if after != before:
                self._db.execute(
                    f"INSERT OR REPLACE INTO {table.name} ({table.columns}) VALUES ({marks})",
                    table.into(after),
                )
                changed += 1
            self._step()
        return changed

    def _plan(self, name: str, text: Any) -> None:
        with suppress(ValueError):
            digest(name)
            if _is_plan(text) and hashlib.sha256(text.encode()).hexdigest() == name:
                self._db.execute("INSERT INTO plans VALUES (?, ?) ON CONFLICT DO NOTHING", (name, text))
                return
        _refuse(_("The plan '{name}' is not whole.").format(name=shorten(name)))

    def _read_session(self, found: Any, number: int) -> Row:
        """A session of the file, looked through, with its rows in their order."""
        session = self._read(SESSIONS, found, number, tuple(table.name for table in self._parts))
        for table, key in ((SETS, "idx"), (CORRECTIONS, "id")):
            if table not in self._parts:
                session[table.name] = []
                continue
            if not isinstance(found[table.name], list):
                no_list = _("Session {session}: '{name}' must be a list.")
                _refuse(no_list.format(session=number, name=table.name))
            rows = [
                self._read(table, row, index, session=number)
                for index, row in enumerate(found[table.name], 1)
            ]
            if len({row[key] for row in rows}) < len(rows):
                twice = (
                    _("Session {session}: a set is there twice.")
                    if table is SETS
                    else _("Session {session}: a correction is there twice.")
                )
                _refuse(twice.format(session=number))
            session[table.name] = rows
        if self._version < _TELLS_OF_SETS:
            plan = self._content["plans"].get(session["plan"], "")
            told = {name: told_by_plan(plan, name) for name in TOLD_BY_PLANS}
            session[SETS.name] = [
                {**row, **{name: found.get(row["idx"]) for name, found in told.items()}}
                for row in session[SETS.name]
            ]
        session[SETS.name].sort(key=lambda row: row["idx"])
        session[CORRECTIONS.name].sort(key=lambda row: (row["at"], row["id"]))
        if session["plan"] not in self._content["plans"]:
            _refuse(_("Session {session}: its plan is missing.").format(session=number))
        return {**session, "done_sets": sum(row["outcome"] == "done" for row in session[SETS.name])}

    def _one_session(self, session: Row) -> str:
        """Take a session in; what came of it: `new`, `changed` or `same`."""
        session_id = session["id"]
        known = self._db.execute("SELECT 1 FROM sessions WHERE id = ?", (session_id,)).fetchone()
        if known is None:
            marks = ", ".join("?" * len(SESSIONS.fields))
            self._db.execute(
                f"INSERT INTO sessions ({SESSIONS.columns}) VALUES ({marks})", SESSIONS.into(session)
            )
            self._put_rows(session)
            return "new"
        before = session_columns(self._db, session_id)
        after = merged_session(before, session)
        if after == before:
            return "same"
        changes = ", ".join(f"{field.name} = ?" for field in SESSIONS.fields)
        self._db.execute(f"UPDATE sessions SET {changes} WHERE id = ?", (*SESSIONS.into(after), session_id))
        self._put_rows(after)
        return "changed"

    def _read(
        self, table: ColumnTable, found: Any, number: int, more: tuple[str, ...] = (), *, session: int = 0
    ) -> Row:
        try:
            return table.read(found, more, self._version)
        except RowError as error:
            _refuse(error.at(_(table.place).format(number=number, session=session)))

    @property
    def _parts(self) -> tuple[ColumnTable, ...]:
        """The tables that a session of this file has rows of."""
        return tuple(table for table in OF_SESSION if table.since <= self._version)

    def _put_rows(self, session: Row) -> None:
        for row in session[CORRECTIONS.name]:
            other = self._db.execute(
                "SELECT 1 FROM corrections WHERE id = ? AND session_id != ?", (row["id"], session["id"])
            ).fetchone()
            if other is not None:
                _refuse(_("The correction {id} belongs to two sessions.").format(id=row["id"]))
        for table in OF_SESSION:
            marks = ", ".join("?" * (len(table.fields) + 1))
            self._db.executemany(
                f"INSERT OR REPLACE INTO {table.name} (session_id, {table.columns}) VALUES ({marks})",
                [(session["id"], *table.into(row)) for row in session[table.name]],
            )


def _is_plan(text: Any) -> bool:
    """Whether this can be a frozen plan: an object without characters that a screen must not get."""
    if not isinstance(text, str) or len(text) > MAX_PLAN:
        return False
    try:
        waiting = [json.loads(text, parse_constant=_no_number)]
    except (ValueError, RecursionError):
        return False
    if not isinstance(waiting[0], dict):
        return False
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and forbidden_in(value):
            return False
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
    return True
