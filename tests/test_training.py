"""Routine, settings and history opened together: what is due, what is kept, and what if it cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from backtimer.coach import SILENT, Attendant
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.units import Breathing
from backtimer.core.progress.calendar import DayState, Off, Schedule, WhyOff
from backtimer.core.progress.history import heat
from backtimer.core.session.events import SetRecord
from backtimer.core.session.transitions import Command, State
from backtimer.storage.files.settings import Settings
from backtimer.storage.history.file import HistoryError
from backtimer.storage.history.importing import import_file
from tests.storage.histories import history_at
from tests.training_kit import EAST, WEEK, Open, Times, open_practice, run, times

__all__ = ["open_practice", "times"]


def test_a_session_done_makes_the_day_done_and_the_streak_one(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    assert practice.day_key == "monday"
    assert practice.week()[0][:2] == (date(2026, 11, 16), DayState.DUE)
    run(practice.begin(practice.plan("monday")), times)
    assert practice.week()[0][1] is DayState.DONE
    assert practice.streak() == 1
    assert practice.next_due() == date(2026, 11, 18)


def test_before_the_rollover_it_is_still_yesterday(open_practice: Open, times: Times) -> None:
    times.wall = datetime(2026, 11, 17, 3, 59, tzinfo=EAST)
    practice = open_practice()
    assert practice.day_key == "monday"
    times.wall = datetime(2026, 11, 17, 4, 0, tzinfo=EAST)
    assert practice.day_key == "tuesday"


def test_changing_the_routine_does_not_rewrite_the_past(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    run(practice.begin(practice.plan("monday")), times)
    practice.close()
    times.wall += timedelta(days=2)  # Wednesday, which is no longer due from now on
    daily = WEEK.replace("  wednesday:", "  thursday:")
    practice = open_practice(text=daily)
    assert practice.week()[0][1] is DayState.DONE
    assert practice.week()[2][1] is DayState.REST
    assert practice.week()[3][1] is DayState.DUE
    assert practice.streak() == 1


def test_a_second_session_is_silent_until_the_first_is_over(
    home: Path, open_practice: Open, times: Times
) -> None:
    told: list[bool] = []

    def attend(_plan: Plan, _records: Sequence[SetRecord], silent: bool) -> Sequence[Attendant]:
        told.append(silent)
        return ()

    first, second = open_practice(attend=attend), open_practice(attend=attend)
    one = first.begin(first.plan("monday"))
    assert not one.silent and SILENT not in one.banner
    other = second.begin(second.plan("monday"))
    assert other.silent and other.banner == SILENT
    run(one, times)
    third = open_practice(attend=attend)
    assert not third.begin(third.plan("monday")).silent, "the first one has ended"
    assert told == [False, True, False]
    for practice in (first, second, third):
        practice.close()


def test_what_one_session_could_not_save_is_not_forgotten_in_the_next(
    open_practice: Open, times: Times, home: Path
) -> None:
    (home / "history.db").mkdir()
    practice = open_practice()
    run(practice.begin(practice.plan("monday")), times)
    again = practice.begin(practice.plan("monday"))
    run(again, times, sets=1)
    (home / "history.db").rmdir()
    again.command(Command.FINISH)
    again.drain()
    assert practice.close() == ""
    sessions = history_at(home / "history.db").sessions()
    assert sorted(session.done_sets for session in sessions) == [1, 2]


def test_what_cannot_be_saved_is_said_once_and_kept(open_practice: Open, times: Times, home: Path) -> None:
    (home / "history.db").mkdir()
    practice = open_practice()
    coach = practice.begin(practice.plan("monday"))
    run(coach, times)
    coach.rate(7, 2)
    said: list[str] = []
    last = practice.settle(said.append)
    assert last.startswith("2 sets were not saved: something that is not a file stands in its place.")
    assert said == [], "there is nothing to wait for"
    [kept] = home.glob("backtimer-rescue-*.json")
    assert last.endswith(f"backtimer import {kept}")
    assert practice.close() == "", "it was said"
    (home / "history.db").rmdir()
    history = history_at(home / "history.db")
    assert import_file(history, kept).sessions_new == 1
    [session] = history.sessions()
    assert (session.done_sets, session.effort, session.pain) == (2, 7, 2)


def test_a_history_deleted_after_the_last_set_is_noticed_at_the_end(
    open_practice: Open, times: Times, home: Path
) -> None:
    practice = open_practice()
    run(practice.begin(practice.plan("monday")), times)
    (home / "history.db").unlink()
    assert "moved or deleted" in practice.settle()
    assert [session.done_sets for session in history_at(home / "history.db").sessions()] == [2]
    practice.close()


def test_the_persons_own_pace_of_breathing_wins(open_practice: Open) -> None:
    plan = open_practice().plan("wednesday")
    assert [step.seconds for step in plan.steps][-1] == 20.0
    slow = open_practice(Settings()._replace(breathing=Breathing(5.0, 7.0))).plan("wednesday")
    assert [step.seconds for step in slow.steps][-1] == 24.0


def test_without_a_history_the_workout_goes_on_and_says_so(
    open_practice: Open, times: Times, home: Path
) -> None:
    (home / "history.db").mkdir()
    practice = open_practice()
    assert any("History is off" in notice for notice in practice.notices)
    coach = practice.begin(practice.plan("monday"))
    run(coach, times)
    assert coach.state is State.ENDED
    assert "2 sets are waiting" in coach.banner
    assert practice.streak() == 0
    practice.close()


def test_a_history_that_comes_back_gets_all_that_waited(
    open_practice: Open, times: Times, home: Path
) -> None:
    (home / "history.db").mkdir()
    practice = open_practice()
    coach = practice.begin(practice.plan("monday"))
    run(coach, times, sets=1)
    assert "1 set is waiting" in coach.banner
    (home / "history.db").rmdir()
    coach.command(Command.FINISH)
    coach.drain()
    assert coach.settle(30.0)
    assert coach.banner == ""
    assert practice.week()[0][1] is DayState.DONE
    practice.close()


# -- without a history ----------------------------------------------------------------------------------


def test_an_empty_history_stands_where_none_can_be_had(open_practice: Open, times: Times, home: Path) -> None:
    (home / "history.db").mkdir()
    practice = open_practice()
    assert practice.unreadable and "not a file" in practice.notices[0]
    assert practice.history.sessions() == () and not practice.history.writable
    told = practice.notices
    practice.remember_schedule()
    practice.rate_next_morning(3)
    assert practice.unfinished() is None and practice.ended_early() is None
    assert practice.notices == told, "what cannot be written is told once"
    past = practice.past.look_back(26)
    assert past is not None and past.totals.sessions == 0
    assert not practice.past.delete("0" * 32) and practice.past.trouble
    with pytest.raises(HistoryError):
        practice.history.remember_schedule(Schedule(practice.today, "week", {}))
    run(practice.begin(practice.plan("monday")), times)
    assert practice.week()[0][:2] == (date(2026, 11, 16), DayState.DUE)


def test_the_next_session_is_told_with_its_length(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    assert practice.next_words() == "Next: Wednesday, 30 s"
    away = Off(date(2026, 11, 17), date(2026, 11, 24), WhyOff.HOLIDAY)
    practice.history.diary.declare_off(away, times.wall)
    assert practice.next_words() == "Next: Wednesday 25 Nov, 30 s"


def test_the_weeks_are_those_of_all_that_was_done(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    for weeks in (9, 8, 6, 3, 1, 0):
        practice.log_activity("walk", 600.0, practice.today - timedelta(weeks=weeks, days=1))
        practice.log_plan(practice.plan("monday"), practice.today - timedelta(weeks=weeks), "Monday")
    schedules, done, offs = practice._schedules(), practice._done(), practice._offs()
    for count in (1, 2, 5, 12):
        assert practice.weeks(count) == heat(schedules, done, offs, practice.today, count).weeks
    assert practice.streak_with_best() == f"{practice.streak_text()} · best 1"
