"""Writing a session down while it happens."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from backtimer.core.plan.plan import plan_to_dict
from backtimer.core.progress.history import PastSession, SessionState
from backtimer.core.session.events import Outcome
from backtimer.storage.history.file import Trouble
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.recorder import Recorder
from tests.storage.histories import a_session, clock, done, history_at, opened_at, plan


def stored_at(path: Path) -> PastSession:
    history = history_at(path)
    [session] = history.sessions()
    history.close()
    return session


def outcomes(session: PastSession) -> list[tuple[int, Outcome]]:
    return [(one.set_index, one.outcome) for one in session.sets]


def test_nothing_is_written_before_it_starts(tmp_path: Path) -> None:
    recorder = Recorder(opened_at(tmp_path / "history.db"), a_session())
    assert recorder.retry() and recorder.problem == ""
    assert history_at(tmp_path / "history.db").sessions() == ()


def test_each_set_is_there_for_others_as_soon_as_it_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    recorder = Recorder(opened_at(path), a_session())
    recorder.start()
    assert stored_at(path).state is SessionState.RUNNING
    for index in range(3):
        recorder.record(done(index), elapsed_s=40.0 * (index + 1))
        session = stored_at(path)
        assert (session.done_sets, session.seconds) == (index + 1, 40.0 * (index + 1))
    recorder.record(done(3, Outcome.HURT))
    recorder.end(180.0)
    recorder.rate(effort=None, pain=3)
    session = stored_at(path)
    assert (session.state, session.done_sets, session.seconds) == (SessionState.PARTIAL, 3, 180.0)
    assert (session.effort, session.pain) == (None, 3)
    assert not list((tmp_path / "sessions").iterdir())


def test_a_session_with_every_set_done_is_done(tmp_path: Path) -> None:
    recorder = Recorder(opened_at(tmp_path / "history.db"), a_session(sets=2))
    recorder.record(done(0))
    recorder.record(done(1))
    recorder.end(60.0)
    assert stored_at(tmp_path / "history.db").state is SessionState.DONE


def test_a_set_that_is_taken_back_is_there_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    recorder = Recorder(opened_at(path), a_session(sets=3))
    recorder.record(done(0), elapsed_s=40.0)
    recorder.record(done(1, Outcome.HURT), elapsed_s=60.0)
    recorder.record(done(2, Outcome.SKIPPED), elapsed_s=60.0)
    for index in (2, 1, 1):
        recorder.forget(index, elapsed_s=60.0)
    session = stored_at(path)
    assert outcomes(session) == [(0, Outcome.DONE)]
    assert (session.done_sets, session.seconds) == (1, 60.0)
    recorder.forget(0)
    assert (stored_at(path).done_sets, stored_at(path).seconds) == (0, 0.0)


def test_a_discarded_session_leaves_nothing(tmp_path: Path) -> None:
    recorder = Recorder(opened_at(tmp_path / "history.db"), a_session())
    recorder.record(done(0))
    recorder.discard()
    assert history_at(tmp_path / "history.db").sessions() == ()
    assert not list((tmp_path / "sessions").iterdir())


def test_a_session_that_was_left_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    first = Recorder(opened_at(path), a_session())
    first.record(done(0))
    first.leave()
    opened = opened_at(path)
    assert opened.history is not None
    found = opened.history.running.unfinished()
    assert found is not None and found.records == (done(0),)
    again = Recorder.resumed(opened, found, plan().sets)
    assert again is not None
    assert Recorder.resumed(opened_at(path), found, plan().sets) is None
    for index in (1, 2, 3):
        again.record(done(index))
    again.end(120.0)
    session = stored_at(path)
    assert session.id == first.session_id
    assert (session.state, session.done_sets) == (SessionState.DONE, 4)


# -- the file goes away ---------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["deleted", "renamed", "folder deleted"])
def test_a_file_that_goes_away_is_noticed_and_the_session_written_anew(tmp_path: Path, how: str) -> None:
    path = tmp_path / "data" / "history.db"
    recorder = Recorder(opened_at(path), a_session())
    recorder.record(done(0))
    recorder.record(done(1))
    if how == "deleted":
        path.unlink()
    elif how == "renamed":
        path.rename(tmp_path / "elsewhere.db")
    else:
        shutil.rmtree(path.parent)
    recorder.record(done(2))
    assert recorder.problem == ""
    assert [notice.trouble for notice in recorder.notices] == [Trouble.MOVED]
    session = stored_at(path)
    assert session.id == recorder.session_id
    assert outcomes(session) == [(index, Outcome.DONE) for index in range(3)]
    assert history_at(path).running.unfinished() is None, "it is still under way, and others know"
    recorder.end(100.0)
    assert stored_at(path).state is SessionState.PARTIAL


def test_a_resumed_session_is_written_anew_with_its_earlier_sets(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    Recorder(opened_at(path), a_session()).record(done(0))
    opened = opened_at(path)
    first = Recorder(opened, a_session())
    first.record(done(0))
    first.leave()
    assert opened.history is not None
    found = opened.history.running.unfinished()
    assert found is not None
    recorder = Recorder.resumed(opened, found, plan().sets)
    assert recorder is not None
    path.unlink()
    recorder.record(done(1))
    assert outcomes(stored_at(path)) == [(0, Outcome.DONE), (1, Outcome.DONE)]


def test_a_file_deleted_after_the_end_is_noticed_on_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    recorder = Recorder(opened_at(path), a_session())
    recorder.record(done(0))
    recorder.end(30.0)
    path.unlink()
    assert recorder.retry()
    assert stored_at(path).done_sets == 1


@pytest.mark.parametrize("in_place", [True, False])
def test_an_older_copy_put_back_gets_the_whole_session(tmp_path: Path, in_place: bool) -> None:
    path, copy = tmp_path / "history.db", tmp_path / "copy.db"
    history_at(path).close()
    shutil.copy(path, copy)
    recorder = Recorder(opened_at(path), a_session())
    recorder.record(done(0))
    if in_place:
        path.write_bytes(copy.read_bytes())
    else:
        copy.replace(path)
    recorder.record(done(1))
    assert recorder.problem == ""
    assert outcomes(stored_at(path)) == [(0, Outcome.DONE), (1, Outcome.DONE)]


def test_a_foreign_file_in_its_place_is_left_alone(tmp_path: Path) -> None:
    path, foreign = tmp_path / "history.db", tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as db:
        db.execute("CREATE TABLE notes (text)")
    content = foreign.read_bytes()
    recorder = Recorder(opened_at(path), a_session())
    recorder.record(done(0))
    foreign.replace(path)
    recorder.record(done(1))
    assert "another program" in recorder.problem
    assert recorder.problem.endswith("2 sets are waiting to be saved.")
    assert path.read_bytes() == content
    path.unlink()
    assert recorder.retry() and recorder.problem == ""
    assert stored_at(path).done_sets == 2


def test_damage_in_the_middle_moves_the_file_aside_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    recorder = Recorder(opened_at(path), a_session())
    recorder.record(done(0))
    path.write_bytes(b"\xff" * path.stat().st_size)
    recorder.record(done(1))
    assert recorder.problem == ""
    assert [notice.trouble for notice in recorder.notices] == [Trouble.DAMAGED]
    assert len(list(tmp_path.glob("history-damaged-*.db"))) == 1
    assert outcomes(stored_at(path)) == [(0, Outcome.DONE), (1, Outcome.DONE)]


# -- no history -----------------------------------------------------------------------------------------


def test_without_a_history_the_workout_goes_on_and_the_banner_says_so(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    path.mkdir()
    recorder = Recorder(opened_at(path), a_session())
    assert recorder.problem.startswith("History is off: ")
    recorder.start()
    recorder.record(done(0))
    assert recorder.problem.endswith(" 1 set is waiting to be saved.")
    recorder.record(done(1))
    recorder.end(60.0)
    recorder.rate(effort=5, pain=0)
    assert recorder.problem.endswith(" 2 sets are waiting to be saved.")
    path.rmdir()
    assert recorder.retry()
    assert recorder.problem == ""
    assert (stored_at(path).done_sets, stored_at(path).effort) == (2, 5)


def test_a_history_that_was_only_looked_at_is_made_when_a_session_begins(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    recorder = Recorder(open_history(path, clock(), writing=False), a_session())
    assert recorder.problem == ""
    recorder.record(done(0))
    assert recorder.problem == ""
    assert stored_at(path).done_sets == 1


# -- another plan ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("goes", [False, True])
def test_a_session_goes_over_to_another_plan_also_in_a_new_file(tmp_path: Path, goes: bool) -> None:
    """What was recorded before has its new place, whether it was there already or is written anew."""
    path = tmp_path / "data" / "history.db"
    recorder = Recorder(opened_at(path), a_session(sets=3))
    recorder.record(done(0))
    recorder.record(done(1, Outcome.SKIPPED))
    recorder.record(done(2))
    before = stored_at(path).sets
    if goes:
        path.unlink()
    other = plan(5)
    recorder.exchange(other, {0: 0, 2: 4})
    recorder.record(done(1, Outcome.PARTIAL), elapsed_s=90.0)
    session = stored_at(path)
    assert outcomes(session) == [(0, Outcome.DONE), (1, Outcome.PARTIAL), (4, Outcome.DONE)]
    assert (session.planned_sets, session.done_sets) == (5, 2)
    assert before[0] == session.sets[0]
    assert recorder.settled and recorder.problem == ""
    history = history_at(path)
    assert history.plan_of(session.id) == json.dumps(plan_to_dict(other), separators=(",", ":"))
    history.close()
