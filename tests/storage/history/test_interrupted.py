"""Sessions that were interrupted: offered, kept, discarded, and taken by one window only."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from backtimer.core.progress.history import SessionState
from backtimer.storage.history.health import examine
from tests.storage.histories import (
    STARTED,
    a_full_session,
    done,
    history_at,
    interrupted,
)


def test_the_newest_interrupted_session_is_offered(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    interrupted(path, started=STARTED - timedelta(days=1))
    newest = interrupted(path)
    found = history_at(path).running.unfinished()
    assert found is not None and found.session.id == newest
    assert found.plan == '{"plan": "frozen"}'
    assert found.records == (done(0), done(1))


def test_nothing_is_offered_of_sessions_that_are_over(tmp_path: Path) -> None:
    history = history_at(tmp_path / "history.db")
    a_full_session(history)
    assert history.running.unfinished() is None


def test_keeping_an_interrupted_session_ends_it_with_its_last_set(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    ident = interrupted(path)
    history = history_at(path)
    assert history.running.keep(ident)
    [stored] = history.sessions()
    assert (stored.state, stored.done_sets, stored.seconds) == (SessionState.PARTIAL, 2, 60.0)
    assert stored.ended == STARTED + timedelta(minutes=2)
    assert stored.ended.utcoffset() == timedelta(hours=1)
    assert history.running.unfinished() is None
    assert not list((tmp_path / "sessions").glob("*"))


def test_keeping_a_session_with_every_set_done_makes_it_done(tmp_path: Path) -> None:
    ident = interrupted(tmp_path / "history.db", sets=4)
    history = history_at(tmp_path / "history.db")
    assert history.running.keep(ident)
    assert history.sessions()[0].state is SessionState.DONE


def test_discarding_removes_it(tmp_path: Path) -> None:
    ident = interrupted(tmp_path / "history.db")
    history = history_at(tmp_path / "history.db")
    assert history.running.discard(ident)
    assert history.sessions() == ()
    assert examine(tmp_path / "history.db").sets == 0


def test_only_one_window_gets_it(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    ident = interrupted(path)
    one, other = history_at(path), history_at(path)
    assert one.running.unfinished() is not None and other.running.unfinished() is not None
    assert one.running.claim(ident)
    assert (
        not other.running.claim(ident) and not other.running.keep(ident) and not other.running.discard(ident)
    )
    assert other.running.unfinished() is None
    one.running.end(ident, None, 1.0, STARTED)
    assert not other.running.claim(ident)
