"""Small plans, clocks and histories for the tests of the history."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from backtimer.core.plan.plan import Plan, SetSpec
from backtimer.core.plan.units import Breathing
from backtimer.core.progress.history import SessionState
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.storage.history.exporting import history_json_lines
from backtimer.storage.history.opening import Opened, open_history
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import NewSession, new_session

STARTED = datetime(2026, 11, 5, 19, 30, tzinfo=timezone(timedelta(hours=1)))

REPO = Path(__file__).parents[2]


def clock(moment: datetime = STARTED) -> Callable[[], datetime]:
    return lambda: moment


def history_json(history: History | None, **asked: Any) -> dict[str, Any]:
    """What programs are told of a history, a session on a line."""
    lines = list(history_json_lines(history, **asked))
    told: dict[str, Any] = json.loads("".join(lines))
    assert len(lines) == len(told["sessions"]) + 2
    assert told["sessions"] == [json.loads(line.lstrip(",\n")) for line in lines[1:-1]]
    return told


def spec(index: int, sets: int = 4) -> SetSpec:
    return SetSpec(
        exercise="bird-dog",
        side=None,
        set=index + 1,
        sets=sets,
        reps=8,
        round=None,
        rounds=None,
        first_step=index,
        last_step=index,
        lead_in=index,
        item=0,
    )


def plan(sets: int = 4) -> Plan:
    return Plan(
        routine="lower-back",
        day="monday",
        title="Strength circuit",
        steps=(),
        sets=tuple(spec(index, sets) for index in range(sets)),
        exercises=(),
        breathing=Breathing(),
    )


def a_session(sets: int = 4, started: datetime = STARTED) -> NewSession:
    return new_session(plan(sets), '{"plan": "frozen"}', started)


def done(index: int, outcome: Outcome = Outcome.DONE, seconds: float = 30.0) -> SetRecord:
    return SetRecord(index, outcome, 8, seconds)


def opened_at(path: Path) -> Opened:
    return open_history(path, clock())


def history_at(path: Path) -> History:
    opened = opened_at(path)
    assert opened.history is not None, opened.notice
    assert opened.notice is None, opened.notice.text()
    return opened.history


def child(script: str, *arguments: str) -> list[str]:
    """The command for another process that runs a script with the tests' helpers at hand."""
    prelude = f"import sys; sys.path[:0] = [{str(REPO)!r}, {str(REPO / 'src')!r}]\n"
    return [sys.executable, "-c", prelude + script, *arguments]


def foreign_database(path: Path, *pragmas: str) -> bytes:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE notes (text)")
        for pragma in pragmas:
            db.execute(f"PRAGMA {pragma}")
        db.commit()
    return path.read_bytes()


def a_full_session(history: History, started: datetime = STARTED, sets: int = 4) -> str:
    session = a_session(sets, started)
    history.running.begin(session)
    for index in range(sets):
        history.running.record_set(
            session.id, done(index), spec(index, sets), started + timedelta(minutes=index + 1)
        )
    history.running.end(session.id, SessionState.DONE, 200.0, started + timedelta(minutes=10))
    return session.id


def interrupted(path: Path, sets: int = 2, started: datetime = STARTED) -> str:
    history = history_at(path)
    session = a_session(started=started)
    history.running.begin(session)
    for index in range(sets):
        history.running.record_set(
            session.id, done(index), spec(index), started + timedelta(minutes=index + 1)
        )
    history.locks.release_all()
    history.close()
    return session.id
