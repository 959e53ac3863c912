"""Corrections of past sessions. What was corrected stays in the file, and every correction can be undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType

from backtimer import RefusedError
from backtimer.core.plan.units import MAX_REPS
from backtimer.core.progress.scales import RATINGS, check_ratings
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.language import _
from backtimer.storage.history.file import HistoryFile
from backtimer.storage.history.values import check_note, new_id, to_local, to_utc
from backtimer.values import NamedTuple

# How corrections make a session what it is shown as, and how to get back from there: pure reckoning.
#
# A session has a base, as the timer wrote it, and corrections in the order of their time. The rows in the
# file are the base with all the corrections that hold, so that every question is answered by the rows
# alone; each correction says what it changes (`after`), and what stood there before it (`before`). From the
# rows and the befores the base is found again: so nothing is lost, any correction can be undone whatever
# came after it, and two machines that corrected the same session come to the same rows.

Value = int | float | str | None
Facts = Mapping[str, Value]
"""What can be corrected in a session, by name; of a set `set.0.outcome`, `set.0.reps`, `set.0.seconds`."""

DELETED = "deleted"
SESSION_FACTS = (DELETED, *RATINGS, "note")
SET_FACTS = ("outcome", "reps", "seconds")

STATE = "state"
"""How the session ended: not corrected itself, it follows from the outcomes once one was corrected."""

TIME = "seconds"
"""How long it took: not corrected itself, it follows from the seconds of sets once those were corrected."""

PLANNED = "planned_sets"


MAX_SET_S = 86_400
"""Seconds of a set that are believed: a day."""


class Patch(NamedTuple):
    """A correction, as far as it is about the facts."""

    id: str
    at: str
    """UTC, as it is stored."""
    before: Facts
    after: Facts
    undone: str | None

    @property
    def order(self) -> tuple[str, str]:
        """Where it comes among the others."""
        return self.at, self.id


def set_fact(index: int, name: str) -> str:
    """The name of a fact of a set, by its place in the plan."""
    return f"set.{index}.{name}"


def base_of(facts: Facts, patches: Iterable[Patch]) -> dict[str, Value]:
    """The facts without the corrections that hold."""
    base = dict(facts)
    for patch in sorted(patches, key=lambda patch: patch.order, reverse=True):
        if patch.undone is None:
            base.update((name, value) for name, value in patch.before.items() if name in base)
    return base


def settle(base: Facts, patches: Iterable[Patch]) -> tuple[dict[str, Value], tuple[Patch, ...]]:
    """The facts with the corrections that hold, and all corrections with what stood before each."""
    facts = dict(base)
    settled = []
    for patch in sorted(patches, key=lambda patch: patch.order):
        changes = {name: value for name, value in patch.after.items() if name in facts}
        before = {name: facts[name] for name in changes}
        if patch.undone is None:
            longer_s = sum(
                float(value or 0) - float(before[name] or 0)
                for name, value in changes.items()
                if name.endswith(".seconds")
            )
            if longer_s:
                before[TIME] = facts[TIME]
                facts[TIME] = max(0.0, float(facts[TIME] or 0) + longer_s)
            facts.update(changes)
            if any(name.endswith(".outcome") for name in changes):
                before[STATE] = facts[STATE]
                facts[STATE] = _state_of(facts)
        settled.append(patch._replace(before=before))
    return facts, tuple(settled)


def done_sets(facts: Facts) -> int:
    """How many sets are done."""
    return sum(value == "done" for name, value in facts.items() if name.endswith(".outcome"))


def _state_of(facts: Facts) -> Value:
    if facts[STATE] == "running":
        return "running"
    planned = facts[PLANNED]
    return "done" if isinstance(planned, int) and done_sets(facts) >= planned else "partial"


class CorrectionError(RefusedError, ValueError):
    """It cannot be corrected like this; the message is a sentence."""


class Keep(Enum):
    """What stays as it is."""

    KEEP = "keep"


KEEP = Keep.KEEP


class SetChange(NamedTuple):
    """What was different in a set."""

    outcome: Outcome | Keep = KEEP
    reps: int | Keep | None = KEEP
    seconds: float | Keep = KEEP
    """How long it was held, or went on."""


class Changes(NamedTuple):
    """What was different in a session."""

    ratings: Mapping[str, int | None] = MappingProxyType({})
    """By their names; None: not said."""
    note: str | Keep = KEEP
    sets: Mapping[int, SetChange] = MappingProxyType({})
    """By their places in the plan, 0-based; only sets that were reached."""


class Correction(NamedTuple):
    """A correction as it stands in the file."""

    id: str
    session_id: str
    at: datetime
    """UTC, as the other one."""
    kind: str
    """`delete` or `edit`."""
    before: Facts
    after: Facts
    undone: datetime | None
    """None: it holds."""


class Corrections:
    """The corrections of a history."""

    def __init__(self, file: HistoryFile) -> None:
        self._file = file

    def delete_session(self, session_id: str, at: datetime) -> str:
        """Take a session out of every answer; the id of the correction.

        Raises:
            CorrectionError: There is no such session, or it is not over.
        """
        return self._correct(session_id, "delete", {DELETED: 1}, at)

    def edit_session(self, session_id: str, changes: Changes, at: datetime) -> str:
        """Put right what is wrong in a session; the id of the correction.

        Raises:
            CorrectionError: There is no such session, it is not over, a set of the changes was not reached,
                or everything is like that already.
            ValueError: A rating that is not on its scale, or a note that is too long.
        """
        return self._correct(session_id, "edit", _facts_of(changes), at)

    def undo(self, correction_id: str, at: datetime) -> None:
        """Make a correction as if it had not been; others of the session stay.

        Raises:
            CorrectionError: There is no such correction, or it was undone already.
        """
        with self._file.writing() as db:
            row = db.execute(
                "SELECT session_id FROM corrections WHERE id = ? AND undone IS NULL", (correction_id,)
            ).fetchone()
            if row is None:
                raise CorrectionError(_("there is nothing to undo"))
            facts, patches = read_facts(db, row[0]), read_patches(db, row[0])
            base = base_of(facts, patches)
            db.execute("UPDATE corrections SET undone = ? WHERE id = ?", (to_utc(at), correction_id))
            write_settled(db, row[0], base, read_patches(db, row[0]))

    def of(self, session_id: str) -> tuple[Correction, ...]:
        """All corrections of a session, undone ones too, oldest first."""
        return self._read("WHERE session_id = ? ORDER BY at, id", (session_id,))

    def last_of(self, beginning: str) -> Correction | None:
        """The newest correction that holds of the sessions whose id begins like this, deleted ones too."""
        wanted = beginning.strip().lower()
        if not wanted.isalnum():
            return None
        found = self._read(
            "WHERE undone IS NULL AND session_id >= ? AND session_id < ? ORDER BY at DESC, id DESC LIMIT 1",
            (wanted, wanted + "\U0010ffff"),
        )
        return found[0] if found else None

    def last(self) -> Correction | None:
        """The newest correction that holds."""
        found = self._read("WHERE undone IS NULL ORDER BY at DESC, id DESC LIMIT 1")
        return found[0] if found else None

    def seconds_before(self, session_id: str) -> float:
        """How long a session took, by the timer alone."""
        with self._file.reading() as db:
            return float(read_base(db, session_id)[TIME] or 0)

    def _correct(self, session_id: str, kind: str, after: Facts, at: datetime) -> str:
        with self._file.writing() as db:
            facts, patches = read_facts(db, session_id), read_patches(db, session_id)
            if not facts or facts[DELETED]:
                raise CorrectionError(_("there is no such session"))
            if facts[STATE] == "running":
                raise CorrectionError(_("this session is not over yet"))
            for name in after:
                if name not in facts:
                    number = int(name.split(".")[1]) + 1
                    raise CorrectionError(_("set {number} was not reached").format(number=number))
            changed = {name: value for name, value in after.items() if facts[name] != value}
            if not changed:
                raise CorrectionError(_("nothing is different"))
            base = base_of(facts, patches)
            patch = _insert(db, session_id, kind, changed, moment=to_utc(at), patches=patches)
            write_settled(db, session_id, base, (*patches, patch))
        return patch.id

    def _read(self, clause: str, values: tuple[str, ...] = ()) -> tuple[Correction, ...]:
        with self._file.reading() as db:
            rows = db.execute(
                f"SELECT id, session_id, at, kind, before, after, undone FROM corrections {clause}", values
            )
            return tuple(
                Correction(
                    correction_id,
                    session_id,
                    to_local(at, 0),
                    kind,
                    json.loads(before),
                    json.loads(after),
                    None if undone is None else to_local(undone, 0),
                )
                for correction_id, session_id, at, kind, before, after, undone in rows
            )


def _facts_of(changes: Changes) -> Facts:
    """Changes as facts, looked through.

    Raises:
        ValueError: A number or a note that cannot be.
    """
    check_ratings(**changes.ratings)
    facts: dict[str, Value] = {**changes.ratings}
    if not isinstance(changes.note, Keep):
        facts["note"] = check_note(changes.note)
    for index, change in changes.sets.items():
        if not isinstance(change.outcome, Keep):
            facts[set_fact(index, "outcome")] = str(change.outcome)
        if not isinstance(change.reps, Keep):
            if change.reps is not None and not 0 <= change.reps <= MAX_REPS:
                wrong = _("reps are 0 to {most}, not {number}")
                raise ValueError(wrong.format(most=MAX_REPS, number=change.reps))
            facts[set_fact(index, "reps")] = change.reps
        if not isinstance(change.seconds, Keep):
            if not 0 <= change.seconds <= MAX_SET_S:
                wrong = _("seconds are 0 to {most}, not {number}")
                raise ValueError(wrong.format(most=MAX_SET_S, number=f"{change.seconds:g}"))
            facts[set_fact(index, "seconds")] = float(change.seconds)
    return facts


# -- rows -----------------------------------------------------------------------------------------------
def read_facts(db: sqlite3.Connection, session_id: str) -> dict[str, Value]:
    """What can be corrected in a session, as it stands in the rows; empty when there is none."""
    names = (*SESSION_FACTS, STATE, TIME, PLANNED)
    row = db.execute(f"SELECT {', '.join(names)} FROM sessions WHERE id = ?", (session_id,)).fetchone()
    if row is None:
        return {}
    facts: dict[str, Value] = dict(zip(names, row, strict=True))
    for index, *values in db.execute(
        f"SELECT idx, {', '.join(SET_FACTS)} FROM sets WHERE session_id = ? ORDER BY idx", (session_id,)
    ):
        facts.update((set_fact(index, name), value) for name, value in zip(SET_FACTS, values, strict=True))
    return facts


def read_patches(db: sqlite3.Connection, session_id: str) -> tuple[Patch, ...]:
    """The corrections of a session, oldest first."""
    rows = db.execute(
        "SELECT id, at, before, after, undone FROM corrections WHERE session_id = ? ORDER BY at, id",
        (session_id,),
    )
    return tuple(
        Patch(correction_id, at, json.loads(before), json.loads(after), undone)
        for correction_id, at, before, after, undone in rows
    )


def _insert(
    db: sqlite3.Connection, session_id: str, kind: str, after: Facts, *, moment: str, patches: Sequence[Patch]
) -> Patch:
    """Add a correction; whatever the clock says, it comes after those that were there."""
    if patches and patches[-1].at >= moment:
        moment = to_utc(to_local(patches[-1].at, 0) + timedelta(milliseconds=1))
    patch = Patch(new_id(), moment, {}, after, None)
    db.execute(
        "INSERT INTO corrections VALUES (?, ?, ?, ?, '{}', ?, NULL)",
        (patch.id, session_id, moment, kind, facts_json(after)),
    )
    return patch


def write_settled(db: sqlite3.Connection, session_id: str, base: Facts, patches: tuple[Patch, ...]) -> None:
    """Put into the rows what the corrections make of the base. The rows of the corrections are there."""
    facts, settled = settle(base, patches)
    names = (*SESSION_FACTS, STATE, TIME)
    db.execute(
        f"UPDATE sessions SET {', '.join(f'{name} = ?' for name in names)}, done_sets = ? WHERE id = ?",
        (*(facts[name] for name in names), done_sets(facts), session_id),
    )
    db.executemany(
        f"UPDATE sets SET {', '.join(f'{name} = ?' for name in SET_FACTS)} WHERE session_id = ? AND idx = ?",
        [
            (*(facts[set_fact(index, name)] for name in SET_FACTS), session_id, index)
            for index in (int(name.split(".")[1]) for name in facts if name.endswith(".outcome"))
        ],
    )
    db.executemany(
        "UPDATE corrections SET before = ? WHERE id = ?",
        [(facts_json(patch.before), patch.id) for patch in settled],
    )


def read_base(db: sqlite3.Connection, session_id: str) -> dict[str, Value]:
    """What the timer wrote of a session, without its corrections."""
    return base_of(read_facts(db, session_id), read_patches(db, session_id))


def write_beneath(db: sqlite3.Connection, session_id: str, facts: Facts) -> None:
    """Put facts into a session as what its corrections, if there are any, were made to."""
    base = read_base(db, session_id)
    write_settled(db, session_id, {**base, **facts}, read_patches(db, session_id))


def set_beneath(
    db: sqlite3.Connection, session_id: str, base: Facts, record: SetRecord, at: datetime
) -> None:
    """Put a set that was done, and whose row is there, into a session that has corrections.

    It stands beneath them; but what one of them said of this set was about an earlier try at it.

    Args:
        db: Inside a transaction.
        session_id: The session.
        base: What the timer had written of it before.
        record: How the set went.
        at: When it ended.
    """
    index = record.set_index
    told = (str(record.outcome), record.reps, float(record.seconds))
    done: Facts = {set_fact(index, name): value for name, value in zip(SET_FACTS, told, strict=True)}
    # The rows have the time up to this set, without corrections.
    now = {TIME: read_facts(db, session_id)[TIME]}
    base, patches = {**base, **done, **now}, read_patches(db, session_id)
    facts, _ = settle(base, patches)
    changed = {name: value for name, value in done.items() if facts[name] != value}
    if changed:
        patches = (*patches, _insert(db, session_id, "edit", changed, moment=to_utc(at), patches=patches))
    write_settled(db, session_id, base, patches)


def end_beneath(db: sqlite3.Connection, session_id: str, state: str | None, seconds: float) -> None:
    """Say beneath its corrections how a session ended (None: as its sets tell), and how long it took."""
    base = read_base(db, session_id)
    planned = base[PLANNED]
    complete = isinstance(planned, int) and done_sets(base) >= planned
    ended = str(state or ("done" if complete else "partial"))
    write_beneath(db, session_id, {STATE: ended, TIME: float(seconds)})


def facts_json(facts: Facts) -> str:
    """Facts as they are stored, always in the same words."""
    return json.dumps(dict(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
