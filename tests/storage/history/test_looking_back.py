"""What is read from the history to look back on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from backtimer.core.progress.pain import NO_DIAGNOSIS
from backtimer.storage.history.looking_back import look_back
from backtimer.storage.history.queries import History
from tests.storage.histories import STARTED, a_session, history_at

TODAY = STARTED.date()


@pytest.fixture
def painful(tmp_path: Path) -> History:
    """Three weeks with a rating of pain in each."""
    history = history_at(tmp_path / "history.db")
    for weeks in (3, 2, 1):
        session = a_session(started=STARTED - timedelta(weeks=weeks))
        history.running.begin(session)
        history.running.end(session.id, None, 60.0, session.started)
        history.rate(session.id, effort=None, pain=2)
    history.diary.add_pain(2, STARTED, TODAY)
    return history


@pytest.mark.parametrize("days", [0, 1, 10, 400])
def test_advice_rests_on_all_ratings_however_little_is_shown(painful: History, days: int) -> None:
    past = look_back(painful, TODAY, TODAY - timedelta(days=days))
    assert past.advised[0].startswith("Your pain has not become less since 15 October.")
    assert past.advised[-1] == NO_DIAGNOSIS
    assert [session.local_date >= past.since for session in past.sessions].count(False) == 0
    assert len(past.pains) == 1


def test_an_exercise_alone_is_no_reason_for_advice(painful: History) -> None:
    assert look_back(painful, TODAY, date(2026, 1, 1), exercise="bird-dog").advised == ()
