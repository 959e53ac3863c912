"""Machines with a history each, and what is exported from them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from backtimer.core.plan.prescription import Level
from backtimer.core.progress.calendar import Due, Off, Schedule, WhyOff
from backtimer.core.progress.decisions import Answer, Decision, Move, StageChange
from backtimer.core.session.credit import records_of
from backtimer.core.session.events import Outcome
from backtimer.storage.history.corrections import Changes, SetChange
from backtimer.storage.history.exporting import export_lines
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import NewSession
from tests.storage.histories import STARTED, a_session, done, history_at, plan, spec

LATER = STARTED + timedelta(hours=2)
MUCH_LATER = STARTED + timedelta(days=1)


def exported(history: History) -> str:
    return "".join(export_lines(history))


def machine(tmp_path: Path, name: str) -> History:
    return history_at(tmp_path / name / "history.db")


def begin(history: History, session: NewSession, sets: int) -> str:
    history.running.begin(session)
    for index in range(sets):
        history.running.record_set(session.id, done(index), spec(index)._replace(hold_s=3.5), STARTED)
    return session.id


def train(history: History, session: NewSession | None = None, sets: int = 4) -> str:
    session_id = begin(history, session or a_session(), sets)
    history.running.end(session_id, None, 100.25, STARTED + timedelta(minutes=20))
    return session_id


def full(history: History) -> None:
    """Something in every table."""
    first, second = train(history), train(history, sets=2)
    train(history, a_session(started=STARTED + timedelta(days=3)))
    begin(history, a_session(started=STARTED + timedelta(days=4)), 1)
    history.rate(first, pain_before=3)
    history.rate(first, effort=5, pain=2)
    history.rate(first, pain_next=1)
    history.rate(second, pain_next=None)
    history.add_logged(a_session(), records_of(plan(), {1}), ended=STARTED, note='Tür "auf" \u2028\t\\')
    edited = history.corrections.edit_session(
        first, Changes({"pain": 4}, sets={0: SetChange(Outcome.HURT, 3, 47.3)}), LATER
    )
    history.corrections.edit_session(first, Changes(note="oh"), LATER)
    history.corrections.undo(edited, MUCH_LATER)
    history.corrections.delete_session(second, LATER)
    history.remember_schedule(
        Schedule(STARTED.date(), "lower-back", {0: Due(), 2: Due(3, True)}),
        Schedule(STARTED.date() + timedelta(days=14), "lower-back", {1: Due()}, 2, 2),
    )
    history.decisions.save_stage(
        StageChange(STARTED, STARTED.date(), "lower-back", 1, 2, "It went well.", Answer.ACCEPTED)
    )
    off = history.diary.declare_off(Off(STARTED.date(), STARTED.date(), WhyOff.ILL), STARTED)
    history.diary.shorten_off(off, STARTED.date(), LATER)
    history.diary.add_pain(3, STARTED, STARTED.date(), "garden")
    history.decisions.save(
        Decision(
            STARTED,
            "lower-back",
            "monday",
            "bird-dog",
            Move.UP,
            Level(8, 3.0),
            Level(9, 3.0),
            "So.",
            Answer.AUTO,
        )
    )
