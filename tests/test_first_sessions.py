"""Entries that come only in the first sessions of a date, on a day that asks for several."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from backtimer.cli.main import main
from backtimer.core.plan.hints import hints_of_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Circuit, Day, DayKind, Prescription
from backtimer.core.plan.turns import of_session
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.settings import Settings
from backtimer.training import Training
from tests.core.plans import count, routine_of, times
from tests.storage.routine_files import problems
from tests.training_kit import Times, run

WEEK = """\
format: 1
title: Week
days:
  monday:
    times: 3
    exercises:
      - {exercise: squat, first_sessions: 1}
      - {exercise: hang}
exercises:
  squat: {name: Squat, position: standing, prescription: {sets: 1, reps: 2}}
  hang: {name: Hang, position: standing, prescription: {sets: 1, hold: 4s}}
"""
SQUAT = Prescription("superman", reps=times(1), first_sessions=1)
HANG = Prescription("cobra", reps=times(1))


@pytest.fixture
def clock() -> Times:
    """Monday 16 November 2026, nine in the morning."""
    return Times(datetime(2026, 11, 16, 9, 0, tzinfo=timezone(timedelta(hours=2))))


@pytest.fixture
def open_it(home: Path, clock: Times) -> Callable[[], Training]:
    (home / "week.yaml").write_text(WEEK)

    def opened() -> Training:
        paths = find_paths(os.environ)
        routine = Library(paths).load(str(home / "week.yaml"))
        return Training(paths, Settings(), routine, now=clock.now, clock=clock.clock)

    return opened


def done(plan: Plan) -> list[str | None]:
    return [spec.exercise for spec in plan.sets]


def test_what_is_for_the_first_session_of_a_date_is_left_out_of_the_next(
    open_it: Callable[[], Training], clock: Times
) -> None:
    practice = open_it()
    assert done(practice.plan("monday")) == ["squat", "hang"]
    for _ in range(3):
        run(practice.begin(practice.plan("monday")), clock)
        clock.wall += timedelta(hours=2)
        assert done(practice.plan("monday")) == ["hang"]
    assert done(open_it().plan("monday")) == ["hang"], "by the history, not by memory"
    clock.wall += timedelta(days=7)
    assert done(practice.plan("monday")) == ["squat", "hang"]


def test_it_holds_for_circuits_and_in_them() -> None:
    circuit = Circuit((SQUAT, HANG), count(2))
    routine = routine_of(
        Day(DayKind.EXERCISES, "", (circuit._replace(first_sessions=2), HANG, circuit), times=3)
    )
    assert of_session(routine, "monday", 0) is routine
    assert of_session(routine, "monday", 1).days["monday"].items == (
        Circuit((HANG,), count(2), first_sessions=2),
        HANG,
        Circuit((HANG,), count(2)),
    )
    assert of_session(routine, "monday", 2).days["monday"].items == (HANG, Circuit((HANG,), count(2)))


def test_where_it_means_nothing_it_is_hinted_at() -> None:
    def hints(number: int) -> list[str]:
        day = Day(DayKind.EXERCISES, "", (SQUAT, HANG), times=number)
        return [
            hint.text for hint in hints_of_day(routine_of(day), "monday") if "first_sessions" in hint.text
        ]

    assert hints(1) == ["the 'first_sessions' of 'superman' is not used: 'times' of the day is 1"]
    assert hints(2) == []


def test_a_session_with_nothing_to_do_is_a_mistake(tmp_path: Path) -> None:
    day = "{times: 3, exercises: [{exercise: bird-dog, first_sessions: 2}]}"
    assert problems(tmp_path, f"format: 1\ndays:\n  monday: {day}\n") == [
        "3:3: the last of its 3 sessions has nothing to do: all comes only in the first ones"
    ]


def test_show_and_explain_tell_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKTIMER_HOME", str(tmp_path))
    entries = (
        "[{exercise: bridge, reps: 3, first_sessions: 1}, {rounds: 2, first_sessions: 2, exercises: [march]}]"
    )
    items = f"{entries[:-1]}, cat-cow]"
    path = tmp_path / "r.yaml"
    path.write_text(f"format: 1\ndays: {{monday: {{times: 3, exercises: {items}}}}}\n")
    assert main(["show", str(path)]) == 0
    shown = capsys.readouterr().out
    assert "Bridge: 3 reps · hold 3 s · only in the first session\n" in shown
    assert "Circuit · 2 rounds · only in the first 2 sessions\n" in shown
    assert "you need: mat, folded towel, chair\n" in shown
    assert main(["explain", str(path), "monday"]) == 0
    told = "3 sessions a day; Bridge · only in the first session; Circuit · only in the first 2 sessions.\n"
    assert told in capsys.readouterr().out
