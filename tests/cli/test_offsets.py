"""Where sessions began, kept with them, so that a date that was left out breaks no streak."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from backtimer.core.progress.calendar import Due, Schedule
from backtimer.storage.history.values import offset_of
from tests.cli.conftest import Run, Wall
from tests.storage.histories import a_full_session, history_at

HAWAII, SAMOA = timezone(timedelta(hours=-10)), timezone(timedelta(hours=14))


@pytest.mark.parametrize("trained_there", [True, False])
def test_apia_keeps_its_streak_in_every_place(
    run: Run,
    wall: Wall,
    home: Path,
    trained_there: bool,
) -> None:
    """Thursday 29 December 2011 was followed by Saturday the 31st."""
    wall.moment = datetime(2011, 12, 19, 18, tzinfo=HAWAII)
    with closing(history_at(home / "history.db")) as history:
        history.remember_schedule(Schedule(date(2011, 12, 1), "daily", dict.fromkeys(range(7), Due())))
        for number in range(11):
            a_full_session(history, datetime(2011, 12, 19, 18, tzinfo=HAWAII) + timedelta(days=number))
        if trained_there:
            a_full_session(history, datetime(2011, 12, 31, 18, tzinfo=SAMOA))
        told = history.calendar_sessions()
        assert told[-1].offset_min == (840 if trained_there else -600)
    wall.moment = datetime(2011, 12, 31, 19, tzinfo=SAMOA)
    assert offset_of(wall()) == 840
    days = 12 if trained_there else 11
    assert run("streak")[1] == f"{days} days in a row.\n"
    assert f'"streak": {days}' in run("streak", "--json")[1]
    assert f"{days} days" in run("history")[1]


def test_offsets_are_told_of_all_where_they_are_far_apart(tmp_path: Path) -> None:
    with closing(history_at(tmp_path / "history.db")) as history:
        assert history.calendar_sessions() == []
        for number in range(3):
            a_full_session(history, datetime(2026, 3, 1, 18, tzinfo=HAWAII) + timedelta(days=number))
        assert [each.offset_min for each in history.calendar_sessions()] == [None, None, -600]
        a_full_session(history, datetime(2026, 3, 5, 18, tzinfo=SAMOA))
        assert [each.offset_min for each in history.calendar_sessions()] == [-600, -600, -600, 840]
        assert history.calendar_sessions()[-1].local_date == date(2026, 3, 5)
