"""Rows of the database as the plain values that looking back works with."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from backtimer.core.progress.history import PastPain, PastSession, PastSet
from backtimer.core.session.events import Outcome

if TYPE_CHECKING:
    from backtimer.storage.history.stored import StoredSession


def read_sessions(db: sqlite3.Connection, since: date | None) -> tuple[PastSession, ...]:
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


def read_sets(db: sqlite3.Connection, since: date | None, exercise: str | None) -> tuple[PastSet, ...]:
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


def read_pains(db: sqlite3.Connection, since: date | None) -> tuple[PastPain, ...]:
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
