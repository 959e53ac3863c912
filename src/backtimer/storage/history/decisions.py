"""What was answered to the proposals of progression, and the levels that follow from it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from backtimer.core.plan.prescription import Level, level_from_dict, level_to_dict
from backtimer.core.progress.decisions import Answer, Decision, Move
from backtimer.storage.history.columns import new_id, storable, to_local, to_utc
from backtimer.storage.history.history_file import HistoryFile

__all__ = ["Decision", "Decisions"]


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

    def levels_in_force(self, routine: str, day: str, until: date = date.max) -> dict[str, Level]:
        """The level of each exercise of a day, by its id: that of the newest decision that was taken.

        Args:
            routine: The id of the routine.
            day: A weekday, as the routine names it.
            until: Decisions of later dates come from a clock that was wrong.
        """
        with self._file.reading() as db:
            rows = db.execute(
                "SELECT exercise, to_level FROM decisions WHERE routine = ? AND day = ? "
                "AND answer != 'declined' AND substr(at, 1, 10) <= ? ORDER BY at, id",
                (routine, day, until.isoformat()),
            )
            return {exercise: level_from_dict(json.loads(level)) for exercise, level in rows}


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
