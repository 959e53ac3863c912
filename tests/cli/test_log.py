"""`log`: what is understood, what is said back, and what is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from backtimer.cli.dates import with_one_time
from tests.cli.conftest import Run, Wall
from tests.rules import for_each


def sessions(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("history", "--json")[1])["sessions"]
    return found


@pytest.mark.parametrize(
    ("words", "said", "date"),
    [
        (["swim", "30m"], "Wednesday 18 Nov 2026: swim, 30 min.", "2026-11-18"),
        (["swim 30m"], "Wednesday 18 Nov 2026: swim, 30 min.", "2026-11-18"),
        (
            ["a", "long", "walk", "1h30m", "yesterday"],
            "Tuesday 17 Nov 2026: a long walk, 1 h 30 min.",
            "2026-11-17",
        ),
        (["swim", "30m", "--date", "monday"], "Monday 16 Nov 2026: swim, 30 min.", "2026-11-16"),
        (
            ["lower-back", "monday"],
            "Wednesday 18 Nov 2026: Lower back week, Monday: Strength circuit, 9 sets.",
            "2026-11-18",
        ),
        (["monday", "2026-11-16"], "Monday 16 Nov 2026: Gentle start, Monday: ", "2026-11-16"),
        (["swim", "30", "minutes"], "Wednesday 18 Nov 2026: swim, 30 min.", "2026-11-18"),
        (["a walk", "1h", "30m"], "Wednesday 18 Nov 2026: a walk, 1 h 30 min.", "2026-11-18"),
        (["swim", "30m", "monday"], "Monday 16 Nov 2026: swim, 30 min.", "2026-11-16"),
        (["swim", "1", "hour", "mon"], "Monday 16 Nov 2026: swim, 1 h.", "2026-11-16"),
        (["5", "laps", "30 min", "yesterday"], "Tuesday 17 Nov 2026: 5 laps, 30 min.", "2026-11-17"),
        (["gentle-start", "--date", "mon"], "Monday 16 Nov 2026: Gentle start, Monday: ", "2026-11-16"),
    ],
)
def test_what_was_understood_is_said_in_one_line(run: Run, words: list[str], said: str, date: str) -> None:
    code, out, err = run("log", *words)
    assert (code, err) == (0, "")
    assert out.startswith(f"Logged for {said}") and len(out.splitlines()) == 1
    (session,) = sessions(run)
    assert session["local_date"] == date and session["source"] == "log" and session["state"] == "done"
    assert session["done_sets"] == session["planned_sets"] > 0


def test_ratings_and_a_note_go_with_it(run: Run) -> None:
    out = run("log", "swim", "30m", "--effort", "4", "--pain", "0", "--pain-before", "2", "--note", "cold")[1]
    assert "effort 4, pain before 2, pain 0" in out
    (session,) = sessions(run)
    assert [session[name] for name in ("effort", "pain_before", "pain", "note")] == [4, 2, 0, "cold"]
    assert session["seconds"] == 1800


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "the following arguments are required: WHAT"),
        (["swim", "30"], "write 30m for minutes, or 30s"),
        (["swim", "1,5", "h"], "'1,5 h' is no time; write 1.5h"),
        (["swim", "1,5h"], "'1,5h' is no time; write 1.5h"),
        (["swim", "half", "an", "hour"], "'half an hour' is no time; write 30m"),
        (["a walk half an hour", "monday"], "'half an hour' is no time; write 30m"),
        (["swim", "three", "quarters", "of", "an", "hour", "yesterday"], "write 45m"),
        (["swim", "an", "hour", "and", "a", "half"], "'an hour and a half' is no time; write 90m"),
        (["swim", "1/2", "hour"], "'1/2 hour' is no time; write 30m"),
        (["swim", "1", "1/2", "hours"], "'1 1/2 hours' is no time; write 90m"),
        (["walk", "2", "x", "20m"], "'2 x 20m' is no time; write 40m"),
        (["walk", "2\u00d71.5", "h"], "is no time; write 3h"),
        (["walk", "two", "hours"], "'two hours' is no time; write 2h"),
        (
            ["walk", "two", "and", "a", "half", "hours", "monday"],
            "'two and a half hours' is no time; write 2.5h",
        ),
        (["walk", "forty-five", "minutes"], "write 45m"),
        (["walk", "1\u00bd", "h"], "is no time; write 1.5h"),
        (["walk", "45", "Minuten"], "'45 Minuten' is no time; write 45m"),
        (["walk", "1", "Std.", "30", "Min."], "write 1h 30m"),
        (["walk", "1,5", "Stunden"], "'1,5 Stunden' is no time; write 1.5h"),
        (["walk", "eine", "halbe", "Stunde"], "'eine halbe Stunde' is no time; write 30m"),
        (["walk", "deux", "heures"], "Write the time at the end"),
        (["walk", "3", "times", "20", "min"], "'3 times 20m' is no time; write 60m"),
        (["swim"], "there is no routine 'swim'"),
        (["swim", "laps"], "'laps' is no day of the week"),
        (["swim", "30x"], "30x"),
        (["swim", "20-30m"], "no one time"),
        (["30m"], "30m of what?"),
        (["30", "min"], "30m of what?"),
        (["swim", "1:30"], "write 1h30m, or 1m30s"),
        (["swim", "30m", "monday", "--date", "monday"], "two dates"),
        (["lower-back", "--date", "sunday"], "say which day was done"),
        (["lower-back", "wednesday"], "rest day"),
        (["lower-back", "t"], "could be tuesday or thursday"),
        (["swim", "30m", "tomorrow"], "still to come"),
        (["swim", "30m", "today", "--date", "today"], "two dates"),
        (["swim", "30m", "--effort", "0"], "a number from 1 to 10"),
        (["pain", "11"], "from 0 to 10"),
        (["pain"], "from 0 to 10"),
        (["pain", "3", "--effort", "3"], "takes the number alone"),
        (["pain", "3", "--pain-before", "3"], "takes the number alone"),
        (["pain", "1" * 5000], "from 0 to 10"),
        (["\x1b]0;x", "30\x07m"], "30"),
    ],
)
def test_nothing_is_guessed(run: Run, words: list[str], message: str) -> None:
    code, out, err = run("log", *words)
    assert (code, out) == (2, "")
    assert message in err and len(err.splitlines()) == 1 and "\x1b" not in err
    assert sessions(run) == []


def test_this_mornings_pain_goes_with_yesterdays_rated_session(run: Run, wall: Wall) -> None:
    run("log", "lower-back", "monday", "yesterday", "--effort", "5")
    assert run("log", "pain", "3")[1] == "Pain 3 this morning, the day after Strength circuit.\n"
    assert sessions(run)[0]["pain_next"] == 3
    assert run("log", "pain", "2")[1] == "Pain 2 noted for Wednesday 18 Nov 2026.\n"
    assert sessions(run)[0]["pain_next"] == 3, "a second one is of its own"


def test_a_pain_has_a_date_too(run: Run) -> None:
    assert run("log", "pain", "3", "yesterday")[1] == "Pain 3 noted for Tuesday 17 Nov 2026.\n"
    assert run("log", "pain", "3", "monday")[1] == "Pain 3 noted for Monday 16 Nov 2026.\n"


def test_a_pain_that_was_noted_by_mistake_is_taken_back(run: Run, wall: Wall) -> None:
    run("log", "swim", "30m")
    run("log", "pain", "2")
    wall.moment += timedelta(minutes=1)
    run("log", "pain", "8")
    run("log", "pain", "5", "yesterday")
    assert run("log", "pain", "none")[:2] == (0, "Pain 8 of Wednesday 18 Nov 2026 taken back.\n")
    assert run("log", "pain", "None", "yesterday")[1] == "Pain 5 of Tuesday 17 Nov 2026 taken back.\n"
    seen = run("history")[1]
    assert "last 2  mean 2.0" in seen
    code, out, err = run("log", "pain", "none", "monday")
    assert (code, out) == (2, "") and len(err.splitlines()) == 1
    assert "no pain is noted for Monday 16 Nov 2026" in err and "--edit pain_next=" in err


def test_a_second_session_of_a_day_is_said_to_be_one(run: Run) -> None:
    run("log", "swim", "30m")
    assert "session 2 of that day" in run("log", "swim", "30m")[1]


def test_logged_due_days_make_a_streak(run: Run, wall: Wall) -> None:
    run("use", "lower-back")
    run("log", "swim", "30m")
    assert run("streak")[1] == "A good day to begin.\n", "Wednesday is a day of rest"
    for day in ("thursday", "friday"):
        wall.moment += timedelta(days=1)
        run("log", day)
    assert run("streak")[1] == "2 days in a row.\n"


@for_each(
    ("words", "found"),
    [
        ("minutes", "minutes"),
        ("swim minutes", "swim minutes"),
        ("30 minutes", "30m"),
        ("swim 1 hour 30 minutes", "swim 1h30m"),
    ],
)
def test_a_unit_needs_its_number(words: str, found: str) -> None:
    assert with_one_time(words.split()) == found.split()
