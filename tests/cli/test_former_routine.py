"""Which routine is followed where none is set: the gentle start, or what the history tells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from backtimer.cli import context
from backtimer.cli.arguments import options_of
from backtimer.cli.main import wall_clock
from backtimer.cli.today import lead_today
from backtimer.core.plan.plan import activity_plan
from backtimer.core.progress.calendar import Due, Schedule
from backtimer.core.session.credit import records_of
from backtimer.storage.history.followed import followed_routine
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.values import new_session


def followed(home: Path, *routines: str) -> None:
    """The history of who followed these routines, one after the other."""
    history = open_history(home / "history.db", wall_clock).history
    assert history is not None
    for number, routine in enumerate(routines, start=1):
        history.remember_schedule(Schedule(date(2026, 11, number), routine, {0: Due(times=number)}))
    history.close()


def test_a_new_home_begins_gently(home: Path) -> None:
    assert context.settings().routine == "gentle-start" and followed_routine(home / "history.db") == ""


def test_who_has_followed_the_lower_back_week_keeps_it_and_it_is_written_down(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "settings.yaml").write_text("theme: light  # mine\n")
    followed(home, "gentle-start", "lower-back")
    assert context.settings().routine == "lower-back"
    assert (home / "settings.yaml").read_text() == "theme: light  # mine\n", "looking writes nothing"
    monkeypatch.setattr("backtimer.cli.today._play_today", lambda *_: 0)
    lead_today(options_of(["today", "--plain"]))
    assert (home / "settings.yaml").read_text() == "theme: light  # mine\nroutine: lower-back\n"


@pytest.mark.parametrize("routines", [("lower-back", "gentle-start"), ("mine",)])
def test_who_follows_another_one_does_not(home: Path, routines: tuple[str, ...]) -> None:
    followed(home, *routines)
    assert context.settings().routine == "gentle-start"


def test_what_is_set_holds_whatever_the_history_tells(home: Path) -> None:
    followed(home, "lower-back")
    (home / "settings.yaml").write_text("routine: gentle-start\n")
    assert context.settings().routine == "gentle-start"


def test_without_schedules_the_last_session_tells(home: Path) -> None:
    followed(home)
    history = open_history(home / "history.db", wall_clock).history
    assert history is not None
    plan = activity_plan("lower-back", "monday", "walk", 600.0)
    history.add_logged(new_session(plan, "{}", wall_clock()), records_of(plan), ended=wall_clock())
    history.close()
    assert followed_routine(home / "history.db") == "lower-back"


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be looked at" * 100])
def test_what_cannot_be_read_tells_nothing(home: Path, content: bytes) -> None:
    (home / "history.db").write_bytes(content)
    assert followed_routine(home / "history.db") == ""
