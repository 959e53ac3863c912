"""A session that broke off or was ended early: offered, gone on with, kept or discarded."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from backtimer.coach import Coach
from backtimer.core.progress.calendar import DayState
from backtimer.core.progress.history import SessionState
from backtimer.core.session.events import Outcome
from backtimer.core.session.transitions import Command, State, Which
from backtimer.storage.history.corrections import Changes, SetChange
from backtimer.storage.history.live import Unfinished
from backtimer.training import TakenError, Training
from tests.training_kit import EAST, Open, Times, go_on, open_practice, run, times

__all__ = ["open_practice", "times"]


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


@pytest.mark.parametrize("longer_s", [0, 60])
def test_what_was_corrected_in_between_goes_on_to_hold(
    open_practice: Open, times: Times, longer_s: float
) -> None:
    practice = open_practice()
    ended_after(practice, times, 1).rate(5, 2)
    history = practice.history
    assert history is not None
    [part] = history.sessions()
    changes = Changes({"pain": 7}, sets={0: SetChange(Outcome.PARTIAL, 1, part.sets[0].seconds + longer_s)})
    made = history.corrections.edit_session(part.id, changes, times.now())
    found = practice.ended_early()
    assert found is not None and len(found.left) == 2
    coach = practice.go_on(found)
    run(coach, times)
    [whole] = history.sessions()
    assert (whole.state, whole.done_sets, whole.pain) == (SessionState.DONE, 2, 7)
    assert whole.sets[0].outcome is Outcome.DONE, "it was done once more after it was corrected"
    taken_s = whole.seconds
    history.corrections.undo(made, times.now())
    [whole] = history.sessions()
    assert whole.seconds == taken_s == 77, "as long as without what was corrected: it was done anew since"
    assert (whole.state, whole.done_sets, whole.pain) == (SessionState.DONE, 2, 2)
