"""`off`: which days, why, until when, and back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cli.conftest import Run, Wall


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (["today"], "Wednesday 18 Nov 2026 (ill)"),
        (["yesterday", "tomorrow"], "Tuesday 17 Nov 2026 to Thursday 19 Nov 2026 (ill, 3 days)"),
        (["fri", "monday"], "Friday 20 Nov 2026 to Monday 23 Nov 2026 (ill, 4 days)"),
        (["wednesday"], "Wednesday 18 Nov 2026 (ill)"),
        (["2026-12-24", "2027-01-06"], "Thursday 24 Dec 2026 to Wednesday 6 Jan 2027 (ill, 14 days)"),
    ],
)
def test_dates_are_read_and_said_back(run: Run, dates: list[str], said: str) -> None:
    assert run("off", *dates, "--why", "ill") == (0, f"Off: {said}. The streak waits.\n", "")
    assert run("off", "--list") == (0, f"{said}\n", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "say from when on"),
        (["today"], "say why"),
        (["today", "--why", "bored"], "invalid choice: 'bored'"),
        (["someday", "--why", "ill"], "'someday' is no date"),
        (["2026-02-30", "--why", "ill"], "'2026-02-30' is no date"),
        (["\x1b[31m", "--why", "ill"], "is no date"),
        (["today", "yesterday", "--why", "ill"], "before they begin"),
        (["today", "2028-01-01", "--why", "ill"], "at most 366"),
        (["--end"], "no days off to end"),
        (["--list", "--end"], "two different things"),
        (["today", "--list"], "takes no dates"),
    ],
)
def test_mistakes_get_one_line(run: Run, arguments: list[str], message: str) -> None:
    code, out, err = run("off", *arguments)
    assert (code, out) == (2, "")
    assert message in err and len(err.splitlines()) == 1 and "\x1b" not in err


def test_ending_them_brings_today_back_and_keeps_the_days_before(run: Run, wall: Wall) -> None:
    run("off", "today", "friday", "--why", "flare-up")
    wall.moment += timedelta(days=1)
    code, out, _ = run("off", "--end")
    assert code == 0 and out.startswith("Back from today on.")
    assert run("off", "--list")[1] == "Wednesday 18 Nov 2026 (flare-up)\n"


def test_days_to_come_are_taken_back(run: Run) -> None:
    run("off", "fri", "--why", "holiday")
    assert run("off", "--end")[1] == "Taken back: Friday 20 Nov 2026 (holiday).\n"
    assert run("off", "--list")[1] == "No days off.\n"


def test_declaring_the_same_twice_changes_nothing(run: Run) -> None:
    run("off", "fri", "--why", "holiday")
    assert "already" in run("off", "fri", "--why", "holiday")[1]
    assert len(run("off", "--list")[1].splitlines()) == 1


def test_a_missed_due_day_off_keeps_the_streak(run: Run, wall: Wall) -> None:
    run("log", "lower-back", "monday")
    wall.moment += timedelta(days=1)  # Thursday, a due day
    run("off", "today", "--why", "ill")
    assert run("streak")[1].endswith(", off today, ill.\n")
    run("log", "lower-back", "thursday")
    assert run("streak")[1].startswith("1 day in a row")
    wall.moment += timedelta(days=1)
    run("log", "lower-back", "friday")
    wall.moment += timedelta(days=4)  # Tuesday; Monday was missed
    assert run("streak")[1] == "A good day to begin.\n"
    run("off", "2026-11-23", "--why", "ill")
    assert run("streak")[1] == "2 days in a row.\n"
