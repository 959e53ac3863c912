"""Routine, settings and history opened together: what is due, what goes on, what is kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from backtimer.coach import SILENT, Attendant, Coach
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.units import Breathing
from backtimer.core.progress.calendar import DayState, Off, Schedule, WhyOff
from backtimer.core.progress.history import SessionState, heat
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.core.session.transitions import Command, State, Which
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.settings import Settings
from backtimer.storage.history.corrections import Changes, SetChange
from backtimer.storage.history.file import HistoryError
from backtimer.storage.history.importing import import_file
from backtimer.storage.history.live import Unfinished
from backtimer.training import TakenError, Training
from tests.storage.histories import history_at

EAST = timezone(timedelta(hours=2))

WEEK = """\
format: 1
title: Week
days:
  monday: {exercises: [{exercise: hang, sets: 2, hold: 4s}]}
  wednesday: {exercises: [{exercise: hang, sets: 1, hold: 2 breaths}]}
exercises:
  hang: {name: Hang, position: standing}
"""


class Times:
    """The wall clock and the session's, both moved by hand."""

    def __init__(self, wall: datetime) -> None:
        self.wall = wall
        self.session = 0.0

    def now(self) -> datetime:
        return self.wall

    def clock(self) -> float:
        return self.session


Open = Callable[..., Training]


@pytest.fixture
def times() -> Times:
    """Monday 16 November 2026, nine in the morning."""
    return Times(datetime(2026, 11, 16, 9, 0, tzinfo=EAST))


@pytest.fixture
def open_practice(home: Path, times: Times) -> Open:
    """Opens the practice of a week with two due days."""
    (home / "week.yaml").write_text(WEEK)

    def open_it(settings: Settings | None = None, text: str = WEEK, attend: Any = None) -> Training:
        (home / "week.yaml").write_text(text)
        paths = find_paths(os.environ)
        routine = Library(paths).load(str(home / "week.yaml"))
        return Training(
            paths, settings or Settings(), routine, now=times.now, clock=times.clock, attend=attend
        )

    return open_it


def run(coach: Coach, times: Times, sets: int = 99) -> None:
    """Play until so many sets are over."""
    coach.start()
    go_on(coach, times, sets)


def go_on(coach: Coach, times: Times, sets: int = 99) -> None:
    """The same, of a session that has begun."""
    coach.drain()
    while coach.state is not State.ENDED and coach.snapshot().done_sets < sets:
        delay = coach.delay()
        assert delay is not None
        times.session += delay
        coach.advance()
        coach.drain()
    coach.settle(30.0)


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


def test_an_interrupted_session_is_offered_and_finished(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    coach = practice.begin(practice.plan("monday"))
    run(coach, times, sets=1)
    assert practice.unfinished() is None, "it is under way"
    coach.leave()
    practice.close()
    times.wall += timedelta(hours=1)

    practice = open_practice()
    found = practice.unfinished()
    assert found is not None
    assert (found.done_sets, found.planned_sets, found.local_date) == (1, 2, date(2026, 11, 16))
    resumed = practice.resume(found)
    with pytest.raises(TakenError):
        open_practice().resume(found)
    run(resumed, times)
    assert resumed.state is State.ENDED
    assert resumed.snapshot().done_sets == 2
    assert practice.unfinished() is None
    assert practice.week()[0][1] is DayState.DONE


def test_a_session_killed_while_it_waits_after_pain_waits_again(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    coach = practice.begin(practice.plan("monday"))
    run(coach, times, sets=1)
    coach.hurts(Which.WORKED)
    coach.drain()
    assert coach.stands_for_pain
    coach.leave()
    practice.close()

    practice = open_practice()
    found = practice.unfinished()
    assert found is not None
    resumed = practice.resume(found)
    resumed.start()
    times.session += 3600.0
    resumed.advance()
    assert resumed.settle(30.0)
    assert resumed.stands_for_pain and resumed.delay() is None
    resumed.command(Command.TAKE_BACK)
    assert resumed.snapshot().left_out == ()
    resumed.command(Command.RESUME)
    go_on(resumed, times)
    assert (resumed.state, resumed.snapshot().done_sets) == (State.ENDED, 2)


@pytest.mark.parametrize("seen_before", [True, False])
def test_the_way_back_to_what_was_lost_is_told_once(
    open_practice: Open, home: Path, times: Times, seen_before: bool
) -> None:
    first = open_practice()
    for _ in range(2):
        run(first.begin(first.plan("monday")), times)
    first.close()
    practice = open_practice()  # which makes the backup
    assert not seen_before or practice.notices == ()
    coach = practice.begin(practice.plan("monday"))
    run(coach, times, sets=1)
    (home / "history.db").unlink()
    go_on(coach, times)
    assert coach.state is State.ENDED
    [told] = practice.notices
    assert "moved or deleted" in told
    assert told.count("`backtimer restore`") == 1 and told.count("with 2 sessions is there") == 1
    assert practice.close() == told


def interrupted(practice: Training, times: Times) -> Unfinished:
    """A session left after its first of two sets."""
    coach = practice.begin(practice.plan("monday"))
    run(coach, times, sets=1)
    coach.leave()
    found = practice.unfinished()
    assert found is not None
    return found


def test_an_interrupted_session_can_be_kept_as_it_is(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    practice.keep(interrupted(practice, times))
    assert practice.unfinished() is None
    assert practice.week()[0][1] is DayState.DONE, "one of two sets is half"


def test_an_interrupted_session_can_be_discarded(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    practice.discard(interrupted(practice, times))
    assert practice.unfinished() is None
    assert practice.week()[0][1] is DayState.DUE


def test_a_discarded_session_can_be_had_back(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    correction = practice.discard(interrupted(practice, times))
    assert practice.history.sessions() == ()
    practice.history.corrections.undo(correction, times.now())
    [back] = practice.history.sessions()
    assert back.done_sets == 1


# -- ended early, and gone on with ----------------------------------------------------------------------


def ended_after(practice: Training, times: Times, sets: int) -> Coach:
    """A session that was ended early."""
    coach = practice.begin(practice.plan("monday"))
    run(coach, times, sets=sets)
    coach.command(Command.FINISH)
    coach.drain()
    return coach


def test_a_session_ended_early_is_gone_on_with_as_one(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    assert practice.ended_early() is None
    ended_after(practice, times, 1).rate(5, 2)
    [part] = practice.history.sessions()
    assert (part.state, part.done_sets) == (SessionState.PARTIAL, 1)
    practice.close()
    times.wall += timedelta(hours=3)

    practice = open_practice()
    found = practice.ended_early()
    assert found is not None and len(found.left) == 1
    coach = practice.go_on(found)
    assert coach.rated == (5, 2)
    assert practice.ended_early() is None, "it is under way"
    run(coach, times)
    [whole] = practice.history.sessions()
    assert (whole.id, whole.state, whole.done_sets) == (part.id, SessionState.DONE, 2)
    assert [one.set_index for one in whole.sets] == [0, 1]
    assert whole.seconds == pytest.approx(coach.credited_s) and whole.seconds > part.seconds
    assert whole.ended is not None and part.ended is not None and whole.ended > part.ended
    assert (whole.effort, whole.pain) == (5, 2)
    coach.rate(3, None)
    assert (practice.history.sessions()[0].effort, practice.history.sessions()[0].pain) == (3, None)
    assert practice.streak() == 1
    assert practice.ended_early() is None, "nothing is left"


def test_what_was_skipped_or_broken_off_is_left_and_what_hurt_is_not(
    open_practice: Open, times: Times
) -> None:
    practice = open_practice()
    coach = practice.begin(practice.plan("monday"))
    coach.start()
    coach.command(Command.NEXT_SET)  # to the work of the first set
    coach.command(Command.NEXT_SET)  # and past it
    coach.drain()
    run_on(coach, times)
    found = practice.ended_early()
    assert found is not None and [one.set_index for one in found.left] == [0]
    again = practice.go_on(found)
    run(again, times)
    [whole] = practice.history.sessions()
    assert [one.outcome for one in whole.sets] == [Outcome.DONE, Outcome.DONE]

    sore = practice.begin(practice.plan("monday"))
    sore.start()
    sore.command(Command.NEXT_SET)
    sore.command(Command.HURTS)
    sore.command(Command.FINISH)
    sore.drain()
    ended = practice.ended_early()
    assert ended is None or Outcome.HURT not in {one.outcome for one in ended.left}


def run_on(coach: Coach, times: Times) -> None:
    """Play a session that has begun to its end."""
    while coach.state is not State.ENDED:
        delay = coach.delay()
        assert delay is not None
        times.session += delay
        coach.advance()
        coach.drain()


def test_what_is_known_of_a_set_is_not_lost_when_one_ends_again(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    coach = practice.begin(practice.plan("monday"))
    run(coach, times, sets=1)
    while not coach.snapshot().set_s:
        times.session += coach.delay() or 0.0
        coach.advance()
    times.session += 1.5
    coach.command(Command.FINISH)
    coach.drain()
    before = practice.history.sessions()
    found = practice.ended_early()
    assert found is not None
    again = practice.go_on(found)
    again.start()
    again.command(Command.FINISH)
    again.drain()
    [after] = practice.history.sessions()
    assert after.sets == before[0].sets and after.state is SessionState.PARTIAL
    assert practice.ended_early() is not None


def test_until_the_rollover_hour_and_not_after_it(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    ended_after(practice, times, 1)
    times.wall = datetime(2026, 11, 17, 3, 59, tzinfo=EAST)
    assert practice.ended_early() is not None
    times.wall = datetime(2026, 11, 17, 4, 0, tzinfo=EAST)
    assert practice.ended_early() is None


def test_only_one_window_goes_on(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    ended_after(practice, times, 1)
    practice.close()
    one, other = open_practice(), open_practice()
    here, there = one.ended_early(), other.ended_early()
    assert here is not None and there is not None
    one.go_on(here)
    with pytest.raises(TakenError):
        other.go_on(there)


def test_gone_on_with_and_left_it_is_taken_up_with_what_is_left(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    ended_after(practice, times, 1)
    found = practice.ended_early()
    assert found is not None
    coach = practice.go_on(found)
    coach.start()
    coach.leave()
    practice.close()
    times.wall += timedelta(days=1)
    practice = open_practice()
    waiting = practice.unfinished()
    assert waiting is not None
    run(practice.resume(waiting), times)
    assert [one.state for one in practice.history.sessions()] == [SessionState.DONE]


def test_what_was_corrected_in_between_goes_on_to_hold(open_practice: Open, times: Times) -> None:
    practice = open_practice()
    ended_after(practice, times, 1).rate(5, 2)
    history = practice.history
    assert history is not None
    [part] = history.sessions()
    changes = Changes({"pain": 7}, sets={0: SetChange(Outcome.PARTIAL, 1)})
    made = history.corrections.edit_session(part.id, changes, times.now())
    found = practice.ended_early()
    assert found is not None and len(found.left) == 2
    coach = practice.go_on(found)
    run(coach, times)
    [whole] = history.sessions()
    assert (whole.state, whole.done_sets, whole.pain) == (SessionState.DONE, 2, 7)
    assert whole.sets[0].outcome is Outcome.DONE, "it was done once more after it was corrected"
    history.corrections.undo(made, times.now())
    [whole] = history.sessions()
    assert (whole.state, whole.done_sets, whole.pain) == (SessionState.DONE, 2, 2)


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


@pytest.mark.parametrize("act", ["keep", "discard"])
def test_what_became_of_a_session_that_broke_off_is_taken_back(
    act: str, open_practice: Open, times: Times
) -> None:
    practice = open_practice()
    waiting = interrupted(practice, times)
    assert practice.undo_says == ""
    assert getattr(practice, act)(waiting)
    assert practice.undo_says in ("Saved as it is. u takes that back.", "Discarded. u brings it back.")
    assert practice.unfinished() is None
    session_id, words = practice.past.undo()
    assert session_id == waiting.session_id and words
    again = practice.unfinished()
    assert again is not None and again.session_id == session_id
    assert practice.undo_says == "" and practice.past.undo() == ("", "")


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
