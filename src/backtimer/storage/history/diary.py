"""What is noted beside the sessions: days off, and pain on a day as such."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from backtimer.core.plan.prescription import Level, level_from_dict, level_to_dict
from backtimer.core.progress.calendar import Off, WhyOff
from backtimer.core.progress.decisions import Answer, Decision, Move, StageChange
from backtimer.core.progress.scales import check_ratings
from backtimer.language import _
from backtimer.storage.history.file import HistoryFile
from backtimer.storage.history.values import (
    check_note,
    new_id,
    offset_of,
    storable,
    to_local,
    to_utc,
)
from backtimer.values import NamedTuple


class DeclaredOff(NamedTuple):
    """Days off as they were declared."""

    id: str
    off: Off
    declared: datetime
    """UTC, as the other one."""
    withdrawn: datetime | None
    """None: they hold."""


class PainNote(NamedTuple):
    """A rating of pain that belongs to no session."""

    id: str
    local_date: date
    at: datetime
    """With the offset of the place."""
    pain: int
    note: str


class Diary:
    """The days off and the pains of a history."""

    def __init__(self, file: HistoryFile) -> None:
        self._file = file

    # -- days off -----------------------------------------------------------------------------------

    def declare_off(self, off: Off, at: datetime) -> str:
        """Declare days off; the id of the declaration.

        Raises:
            ValueError: They end before they begin.
        """
        if off.to_date < off.from_date:
            raise ValueError(_("the days off end before they begin"))
        off_id = new_id()
        with self._file.writing() as db:
            db.execute(
                "INSERT INTO off_days VALUES (?, ?, ?, ?, ?, NULL)",
                (off_id, off.from_date.isoformat(), off.to_date.isoformat(), str(off.why), to_utc(at)),
            )
        return off_id

    def withdraw_off(self, off_id: str, at: datetime) -> None:
        """Take a declaration back; it stays in the file."""
        with self._file.writing() as db:
            db.execute(
                "UPDATE off_days SET withdrawn = coalesce(withdrawn, ?) WHERE id = ?", (to_utc(at), off_id)
            )

    def shorten_off(self, off_id: str, to_date: date, at: datetime) -> str | None:
        """Let days off end earlier than declared: withdrawn, and declared anew up to a date.

        Returns:
            The id of the new declaration; None when no day of the old one is left, or it does not hold.
        """
        new: str | None = None
        with self._file.writing() as db:
            row = db.execute(
                "SELECT from_date, min(to_date, ?), why FROM off_days WHERE id = ? AND withdrawn IS NULL",
                (to_date.isoformat(), off_id),
            ).fetchone()
            if row is None:
                return None
            db.execute("UPDATE off_days SET withdrawn = ? WHERE id = ?", (to_utc(at), off_id))
            if row[0] <= row[1]:
                new = new_id()
                db.execute("INSERT INTO off_days VALUES (?, ?, ?, ?, ?, NULL)", (new, *row, to_utc(at)))
        return new

    def declared(self) -> tuple[DeclaredOff, ...]:
        """All declarations, withdrawn ones too, by their first day."""
        with self._file.reading() as db:
            rows = db.execute(
                "SELECT id, from_date, to_date, why, declared, withdrawn FROM off_days "
                "ORDER BY from_date, declared, id"
            )
            return tuple(
                DeclaredOff(
                    off_id,
                    Off(date.fromisoformat(first), date.fromisoformat(last), WhyOff(why)),
                    to_local(declared, 0),
                    None if withdrawn is None else to_local(withdrawn, 0),
                )
                for off_id, first, last, why, declared, withdrawn in rows
            )

    # -- pain ---------------------------------------------------------------------------------------

    def add_pain(self, pain: int, at: datetime, local_date: date, note: str = "") -> str:
        """Note how much it hurts (0-10) on a day; the id of the note.

        Args:
            pain: 0-10 (NPRS).
            at: The local moment, with its offset.
            local_date: The date it belongs to.
            note: A person's own words.

        Raises:
            ValueError: A number that is not on the scale, or a note that is too long.
        """
        check_ratings(pain=pain)
        note = check_note(note)
        pain_id = new_id()
        with self._file.writing() as db:
            db.execute(
                "INSERT INTO pains VALUES (?, ?, ?, ?, ?, ?, NULL)",
                (pain_id, local_date.isoformat(), to_utc(at), offset_of(at), pain, note),
            )
        return pain_id

    def pains(self, since: date | None = None) -> tuple[PainNote, ...]:
        """The pains that were noted and not withdrawn, oldest first."""
        with self._file.reading() as db:
            rows = db.execute(
                "SELECT id, local_date, at, offset_min, pain, note FROM pains "
                "WHERE local_date >= ? AND withdrawn IS NULL ORDER BY local_date, at, id",
                ("" if since is None else since.isoformat(),),
            )
            return tuple(
                PainNote(pain_id, date.fromisoformat(day), to_local(at, offset), pain, note)
                for pain_id, day, at, offset, pain, note in rows
            )

    def withdraw_pain(self, pain_id: str, at: datetime) -> None:
        """Take a note of pain back; it stays in the file."""
        with self._file.writing() as db:
            db.execute(
                "UPDATE pains SET withdrawn = coalesce(withdrawn, ?) WHERE id = ?", (to_utc(at), pain_id)
            )


class Decisions:
    """The decisions of a history."""

    def __init__(self, file: HistoryFile) -> None:
        self._file = file

    def save(self, decision: Decision) -> str:
        """Keep a decision; its id, a new one if it has none."""
        decision_id = decision.id or new_id()
        with self._file.writing() as db:
            db.execute(
                "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    decision_id,
                    to_utc(decision.at),
                    storable(decision.routine),
                    decision.day,
                    decision.exercise,
                    str(decision.kind),
                    _level_json(decision.from_level),
                    _level_json(decision.to_level),
                    storable(decision.reason),
                    str(decision.answer),
                ),
            )
        return decision_id

    def all(self, routine: str | None = None) -> tuple[Decision, ...]:
        """All decisions, or those for a routine, oldest first; their moments are UTC."""
        with self._file.reading() as db:
            rows = db.execute(
                "SELECT at, routine, day, exercise, kind, from_level, to_level, reason, answer, id "
                "FROM decisions WHERE ? IS NULL OR routine = ? ORDER BY at, id",
                (routine, routine),
            )
            return tuple(_decision_of(row) for row in rows)

    def save_stage(self, change: StageChange) -> str:
        """Keep an answer about a stage; its id, a new one if it has none."""
        change_id = change.id or new_id()
        with self._file.writing() as db:
            db.execute(
                "INSERT INTO stage_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    change_id,
                    to_utc(change.at),
                    change.local_date.isoformat(),
                    storable(change.routine),
                    change.from_stage,
                    change.to_stage,
                    storable(change.reason),
                    str(change.answer),
                ),
            )
        return change_id

    def stages(self, routine: str) -> tuple[StageChange, ...]:
        """All answers about the stages of a routine, oldest first; their moments are UTC."""
        with self._file.reading() as db:
            rows = db.execute(
                "SELECT at, local_date, routine, from_stage, to_stage, reason, answer, id "
                "FROM stage_changes WHERE routine = ? ORDER BY at, id",
                (routine,),
            )
            return tuple(
                StageChange(
                    to_local(at, 0),
                    date.fromisoformat(day),
                    of,
                    before,
                    after,
                    reason,
                    Answer(answer),
                    change,
                )
                for at, day, of, before, after, reason, answer, change in rows
            )

    def levels_in_force(
        self, routine: str, days: Mapping[str, Collection[str]], until: date = date.max
    ) -> dict[str, Level]:
        """The level of each exercise, by its id: that of the newest decision that was taken.

        Args:
            routine: The id of the routine.
            days: By exercise, the weekdays whose decisions count for it.
            until: Decisions of later dates come from a clock that was wrong.
        """
        with self._file.reading() as db:
            rows = db.execute(
                "SELECT exercise, day, to_level FROM decisions WHERE routine = ? "
                "AND answer != 'declined' AND to_level != '{}' AND substr(at, 1, 10) <= ? ORDER BY at, id",
                (routine, until.isoformat()),
            )
            found = {exercise: level for exercise, day, level in rows if day in days.get(exercise, ())}
        return {exercise: level_from_dict(json.loads(level)) for exercise, level in found.items()}


def _decision_of(row: tuple[Any, ...]) -> Decision:
    at, routine, day, exercise, kind, from_level, to_level, reason, answer, decision_id = row
    return Decision(
        to_local(at, 0),
        routine,
        day,
        exercise,
        Move(kind),
        level_from_dict(json.loads(from_level)),
        level_from_dict(json.loads(to_level)),
        reason,
        Answer(answer),
        decision_id,
    )


def _level_json(level: Level) -> str:
    return json.dumps(level_to_dict(level), sort_keys=True, separators=(",", ":"))
