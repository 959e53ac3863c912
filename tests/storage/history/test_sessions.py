"""What the history holds: sessions, their sets, and the days that were due."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from backtimer.core.plan.plan import SetSpec
from backtimer.core.plan.routine import Side
from backtimer.core.progress.calendar import DoneSession, Due, Schedule
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.storage.history.file import HistoryError, Trouble
from backtimer.storage.history.values import new_session, offset_of
from tests.rules import for_each
from tests.storage.histories import (
    STARTED,
    a_full_session,
    a_session,
    done,
    history_at,
    history_json,
    plan,
    spec,
)


def test_the_json_has_exactly_this_shape(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    session = a_session(3)
    history.running.begin(session)
    hurt = SetRecord(1, Outcome.HURT, 3, 12.25, side="right")
    history.running.record_set(session.id, hurt, spec(1, 3), STARTED)
    history.running.record_set(session.id, done(0), spec(0, 3), STARTED)
    running = history_json(history)["sessions"][0]
    assert running["ended"] is None and running["state"] == "running"
    history.running.record_set(session.id, SetRecord(2, Outcome.SKIPPED, 0, 0.0), spec(2, 3), STARTED)
    history.running.end(session.id, None, 61.5, STARTED + timedelta(minutes=5))
    history.rate(session.id, effort=4, pain=None)
    assert history_json(history) == {
        "sessions": [
            {
                "id": session.id,
                "routine": "lower-back",
                "day": "monday",
                "title": "Strength circuit",
                "local_date": "2026-11-05",
                "started": "2026-11-05T19:30:00+01:00",
                "ended": "2026-11-05T19:35:00+01:00",
                "state": "partial",
                "source": "timer",
                "planned_sets": 3,
                "done_sets": 1,
                "seconds": 61.5,
                "effort": 4,
                "pain_before": None,
                "pain": None,
                "pain_next": None,
                "note": "",
                "sets": [
                    {
                        "exercise": "bird-dog",
                        "side": None,
                        "set": 1,
                        "reps": 8,
                        "hold_s": None,
                        "seconds": 30.0,
                        "outcome": "done",
                        "in_place_of": None,
                        "activity": None,
                        "load": None,
                    },
                    {
                        "exercise": "bird-dog",
                        "side": "right",
                        "set": 2,
                        "reps": 3,
                        "hold_s": None,
                        "seconds": 12.25,
                        "outcome": "hurt",
                        "in_place_of": None,
                        "activity": None,
                        "load": None,
                    },
                    {
                        "exercise": "bird-dog",
                        "side": None,
                        "set": 3,
                        "reps": 0,
                        "hold_s": None,
                        "seconds": 0.0,
                        "outcome": "skipped",
                        "in_place_of": None,
                        "activity": None,
                        "load": None,
                    },
                ],
            }
        ]
    }


def test_sessions_come_oldest_first_across_time_zones(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    auckland, los_angeles = timezone(timedelta(hours=13)), timezone(timedelta(hours=-8))
    later = a_full_session(history, datetime(2026, 11, 5, 9, 0, tzinfo=los_angeles))
    earlier = a_full_session(history, datetime(2026, 11, 6, 5, 0, tzinfo=auckland))
    sessions = history.sessions()
    assert [session.id for session in sessions] == [earlier, later]
    assert sessions[0].started.isoformat() == "2026-11-06T05:00:00+13:00"
    assert sessions[0].local_date == date(2026, 11, 6)


def test_rounds_are_counted_on(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    session = a_session(3)
    history.running.begin(session)
    for index in range(3):
        one = SetSpec("superman", Side.LEFT, 1, 1, 8, index + 1, 3, index, index, index, 0)
        history.running.record_set(session.id, done(index), one, STARTED)
    assert [(one.set, one.side) for one in history.sessions()[0].sets] == [
        (1, "left"),
        (2, "left"),
        (3, "left"),
    ]


def test_a_second_record_of_a_set_replaces_the_first(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    session = a_session()
    history.running.begin(session)
    history.running.record_set(session.id, done(0, Outcome.PARTIAL, 7.0), spec(0), STARTED)
    assert history.sessions()[0].done_sets == 0
    history.running.record_set(session.id, done(0, seconds=31.0), spec(0), STARTED)
    [stored] = history.sessions()
    assert (stored.done_sets, stored.seconds, len(stored.sets)) == (1, 31.0, 1)
    history.running.record_set(session.id, done(1), spec(1), STARTED, elapsed_s=99.0)
    assert history.sessions()[0].seconds == 99.0


def test_a_write_to_a_session_that_is_not_there_says_so(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    writes: list[Callable[[], None]] = [
        lambda: history.running.record_set("0" * 32, done(0), spec(0), STARTED),
        lambda: history.running.end("0" * 32, None, 1.0, STARTED),
        lambda: history.rate("0" * 32, effort=1, pain=1),
    ]
    for write in writes:
        with pytest.raises(HistoryError) as caught:
            write()
        assert caught.value.trouble is Trouble.LOST


@for_each(("effort", "pain"), [(0, None), (11, None), (None, -1), (None, 11)])
def test_a_rating_off_its_scale_is_refused(tmp_path: Path, effort: int | None, pain: int | None) -> None:
    history = history_at(tmp_path / "history.db")
    ident = a_full_session(history)
    with pytest.raises(ValueError, match=r"is [01] to 10"):
        history.rate(ident, effort=effort, pain=pain)
    assert history.sessions()[0].effort is None


def test_the_calendar_sees_sessions_that_are_not_over(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    session = a_session()
    history.running.begin(session)
    history.running.record_set(session.id, done(0), spec(0), STARTED)
    history.running.record_set(session.id, done(1, Outcome.HURT), spec(1), STARTED)
    assert history.calendar_sessions() == [DoneSession(date(2026, 11, 5), 4, 1, offset_of(STARTED))]


def test_a_streak_and_the_totals_read_neither_sets_nor_sessions(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    history.running.begin(a_session())
    asked: list[str] = []
    with history.reading() as db:
        db.set_trace_callback(asked.append)
        history.calendar_sessions(), history.totals()
        db.set_trace_callback(None)
        plans = [[row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {one}")] for one in asked]
    assert plans == [["SCAN sessions USING COVERING INDEX sessions_calendar"]] * 3


def test_a_plan_is_stored_once_and_goes_with_its_last_session(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history = history_at(path)
    idents = [a_full_session(history), a_full_session(history)]
    counts = []
    with closing(sqlite3.connect(path)) as db:
        for ident in idents:
            counts.append(db.execute("SELECT count(*) FROM plans").fetchone()[0])
            history.running.erase(ident)
        counts.append(db.execute("SELECT count(*) FROM plans").fetchone()[0])
        assert db.execute("SELECT count(*) FROM sets").fetchone() == (0,)
    assert counts == [1, 1, 0]


def test_names_that_no_database_takes_are_made_storable(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    history.running.begin(new_session(plan()._replace(routine="caf\udce9"), "{}", STARTED))
    assert history.sessions()[0].routine == "caf?"


# -- schedules ------------------------------------------------------------------------------------------


def test_schedules_are_remembered_in_order(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    later = Schedule(date(2026, 11, 5), "gentle-start", {0: Due(), 2: Due(times=3)})
    earlier = Schedule(date(2026, 1, 1), "lower-back", {5: Due(optional=True)})
    history.remember_schedule(later)
    history.remember_schedule(earlier)
    never = Schedule(date(2026, 12, 1), "lower-back", {})
    history.remember_schedule(never)
    assert history.schedules() == [earlier, later, never]


@pytest.mark.parametrize(
    "due",
    [
        "",
        "no JSON",
        "[]",
        "7",
        '{"0": 1}',
        '{"0": "x"}',
        '{"0": {"times": 1}}',
        '{"x": {"times": 1, "optional": false}}',
    ],
)
def test_a_schedule_that_is_none_is_damage(due: str, tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    history.remember_schedule(Schedule(date(2026, 1, 1), "lower-back", {0: Due()}))
    with history.writing() as db:
        db.execute("UPDATE schedules SET due = ?", (due,))
    with pytest.raises(HistoryError) as caught:
        history.schedules()
    assert caught.value.trouble is Trouble.DAMAGED


def test_the_schedule_in_force_is_not_written_again(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    due = {0: Due(), 3: Due()}
    history.remember_schedule(Schedule(date(2026, 1, 1), "lower-back", due))
    history.remember_schedule(Schedule(date(2026, 5, 1), "lower-back", dict(reversed(due.items()))))
    assert [schedule.from_date for schedule in history.schedules()] == [date(2026, 1, 1)]
    history.remember_schedule(Schedule(date(2026, 5, 1), "lower-back", {0: Due()}))
    history.remember_schedule(Schedule(date(2026, 5, 1), "other", {1: Due()}))
    assert [(one.from_date.month, one.routine) for one in history.schedules()] == [
        (1, "lower-back"),
        (5, "other"),
    ]


def test_times_are_utc_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    a_full_session(history_at(path))
    with closing(sqlite3.connect(path)) as db:
        row = db.execute("SELECT started, offset_min FROM sessions").fetchone()
    assert row == ("2026-11-05T18:30:00.000Z", 60)
    assert datetime.fromisoformat(row[0]) == STARTED.astimezone(UTC)
