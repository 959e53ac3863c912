"""Two records of the same thing as one: pure, and the same whichever comes first, and however often.

For every field there is an order, and the later one in it is taken: further along, more telling, rated
rather than not. So merging is commutative, associative and idempotent, and histories that were merged in any
order are equal. Corrections are set apart first, so that a session that went on on one machine and was
corrected on another keeps both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from backtimer.core.session.events import Outcome
from backtimer.storage.history.settling import (
    DELETED,
    PLANNED,
    RATINGS,
    SESSION_FACTS,
    STATE,
    Patch,
    Value,
    base_of,
    done_sets,
    set_fact,
    settle,
)
from backtimer.storage.history.stored import SessionState
from backtimer.storage.history.transfer_values import Row, canonical

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
    facts: dict[str, Value] = {name: session[name] for name in (*SESSION_FACTS, STATE, PLANNED)}
    facts[DELETED] = int(session[DELETED])
    for one in session["sets"]:
        facts[set_fact(one["idx"], "outcome")] = one["outcome"]
        facts[set_fact(one["idx"], "reps")] = one["reps"]
    return facts


def _base(session: Row) -> Row:
    """The session without its corrections."""
    facts = base_of(facts_of(session), (_patch_of(row) for row in session["corrections"]))
    return _with_facts(session, facts)


def _with_facts(session: Row, facts: Mapping[str, Value]) -> Row:
    sets = [
        {**one, **{name: facts[set_fact(one["idx"], name)] for name in ("outcome", "reps")}}
        for one in session["sets"]
    ]
    changed: Row = {name: facts[name] for name in (*SESSION_FACTS, STATE)}
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
