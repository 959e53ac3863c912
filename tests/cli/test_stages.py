"""Commands about a programme of stages."""

from __future__ import annotations

import json
import os
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from backtimer.cli import context
from backtimer.cli.watching import page
from backtimer.storage.history.queries import History
from tests.cli.conftest import Run, Wall

PROGRAMME = """\
format: 1
title: Programme
stages:
  - title: Calm
    weeks: 2
    days:
      wednesday: {title: Gentle, exercises: [cat-cow]}
  - title: Strong
    weeks: 2-4
    days:
      daily: {exercises: [bird-dog, cat-cow]}
      sunday: {rest: A walk}
  - cycle: [a, b]
    days:
      a: {title: Long, exercises: [bird-dog]}
      b: {exercises: [cat-cow]}
"""


@pytest.fixture(autouse=True)
def programme(run: Run) -> Path:
    """It is chosen on Wednesday 18 November 2026."""
    folder = Path(os.environ["BACKTIMER_HOME"]) / "routines"
    folder.mkdir(parents=True)
    (folder / "programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    assert run("use", "programme") == (0, "From now on: Programme.\n", "")
    return folder / "programme.yaml"


def test_show_tells_where_one_is_and_each_stage(run: Run, wall: Wall) -> None:
    code, out, err = run("show")
    lines = out.splitlines()
    assert (code, err) == (0, "") and lines[1] == "Week 1 · Stage 1 of 3, Calm"
    assert [line for line in lines if line.startswith("Stage ")] == [
        "Stage 1, Calm · 2 weeks",
        "Stage 2, Strong · 2 to 4 weeks",
        "Stage 3",
    ]
    assert "In turn, a day each: a, b" in lines
    assert [line.split("  ")[0] for line in lines if line.startswith(">")] == ["> Wednesday"]
    wall.moment += timedelta(days=15)
    shown = run("show")[1].splitlines()
    assert shown[1] == "Week 1 · Stage 2 of 3, Strong"
    assert shown.index("Stage 2, Strong · 2 to 4 weeks") < next(
        at for at, line in enumerate(shown) if line.startswith("> Thursday")
    )


def test_of_weeks_that_are_all_known_the_total_is_told(run: Run, programme: Path) -> None:
    text = PROGRAMME.replace("2-4", "4").replace("  - cycle: [a, b]", "  - weeks: 6\n    cycle: [a, b]")
    programme.write_text(text, encoding="utf-8")
    assert run("show")[1].splitlines()[1] == "Week 1 of 12 · Stage 1 of 3, Calm"


def test_of_another_routine_show_tells_no_week(run: Run) -> None:
    assert run("use", "gentle-start")[0] == 0
    assert "Week" not in run("show", "programme")[1]


@pytest.mark.parametrize(
    ("arguments", "heading"),
    [
        ([], "Wednesday: Gentle (programme)"),
        (["mon"], "Monday: a rest day."),
        (["monday", "--stage", "2"], "Monday: Programme (programme)"),
        (["sun", "--stage", "2"], "Sunday: A walk."),
        (["--stage", "2"], "Wednesday: Programme (programme)"),
        (["b", "--stage", "3"], "B: Programme (programme)"),
        (["--stage", "3"], "A: Long (programme)"),
        (["friday", "--stage", "3"], "A: Long (programme)"),
    ],
)
def test_a_day_is_explained_in_any_stage(run: Run, arguments: list[str], heading: str) -> None:
    code, out, err = run("explain", "programme", *arguments)
    assert (code, err, out.splitlines()[0]) == (0, "", heading)


def test_programs_are_told_the_key_of_the_day(run: Run) -> None:
    told = json.loads(run("explain", "programme", "monday", "--stage", "2", "--json")[1])
    assert told["day"] == "stage-2/monday"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["programme", "monday", "--stage", "4"], "programme has stages 1 to 3, no stage 4"),
        (["gentle-start", "monday", "--stage", "1"], "gentle-start has no stages"),
        (["programme", "c", "--stage", "3"], "'c' is no day of programme; its days are a, b"),
        (["programme", "a"], "'a' is no day of the week"),
        (["programme", "monday", "--stage", "0"], "0"),
    ],
)
@pytest.mark.parametrize("command", ["explain", "start", "track"])
def test_what_there_is_not_is_told(run: Run, command: str, arguments: list[str], told: str) -> None:
    code, out, err = run(command, *arguments)
    assert (code, out) == (2, "") and told in err and "Traceback" not in err


def test_of_a_day_of_rest_the_others_of_its_stage_are_told(run: Run) -> None:
    told = "backtimer: monday is a rest day in programme; choose from wednesday\n"
    assert run("start", "programme", "monday") == (2, "", told)
    code, _out, err = run("track", "programme", "sunday", "--stage", "2")
    assert code == 2 and err.startswith("backtimer: sunday is a rest day in programme")


def test_one_goes_on_and_back_by_a_command(run: Run, wall: Wall) -> None:
    assert run("progress", "--stage", "2") == (0, "From today on: Stage 2, Strong.\n", "")
    assert run("show")[1].splitlines()[1] == "Week 1 · Stage 2 of 3, Strong"
    assert run("progress", "--stage", "2") == (0, "It stays: Stage 2, Strong.\n", "")
    assert run("log", "programme")[1].startswith("Logged for Wednesday 18 Nov 2026: Programme, Wednesday")
    assert run("progress", "--stage", "1") == (0, "From tomorrow on: Stage 1, Calm.\n", "")
    assert run("show")[1].splitlines()[1] == "Week 1 · Stage 2 of 3, Strong"
    wall.moment += timedelta(days=1)
    assert run("show")[1].splitlines()[1] == "Week 1 · Stage 1 of 3, Calm"


def test_who_changed_their_mind_on_the_same_day_stays(run: Run, wall: Wall) -> None:
    assert run("log", "programme")[0] == 0
    assert run("progress", "--stage", "2")[1] == "From tomorrow on: Stage 2, Strong.\n"
    wall.moment += timedelta(minutes=1)
    assert run("progress", "--stage", "1")[1] == "It stays: Stage 1, Calm.\n"
    wall.moment += timedelta(days=1)
    assert run("show")[1].splitlines()[1] == "Week 1 · Stage 1 of 3, Calm"


def test_what_is_asked_is_told_and_answered(run: Run, wall: Wall) -> None:
    assert run("progress", "--stage", "2")[0] == 0
    for _day in range(14):
        run("log", "programme")
        wall.moment += timedelta(days=1)
    told = run("progress")[1]
    assert told.splitlines()[1] == "Week 3 · Stage 2 of 3, Strong"
    assert "On to Stage 3, from today? After two weeks, three complete sessions in a row" in told
    assert "To answer: backtimer progress --stage 3, or --stage 2 for not yet." in told
    assert run("progress", "--stage", "2")[1] == "It stays: Stage 2, Strong.\n"
    assert "On to" not in run("progress")[1]


def test_of_what_is_not_followed_no_stage_is_chosen(run: Run) -> None:
    run("use", "gentle-start")
    code, _out, err = run("progress", "programme", "--stage", "2")
    assert code == 2
    assert err == "backtimer: programme is not what you follow: choose it first with backtimer use\n"
    assert run("progress", "--stage", "1")[2] == "backtimer: gentle-start has no stages\n"
    assert run("progress", "programme", "--stage", "1", "--accept", "cat-cow")[0] == 2


def test_the_streak_knows_the_stages_without_reading_them(run: Run, wall: Wall, programme: Path) -> None:
    run("log", "programme")
    wall.moment += timedelta(days=7)
    run("log", "programme")
    programme.unlink()
    assert run("streak")[1] == "2 days in a row.\n"
    wall.moment += timedelta(days=9)  # the second stage asks for each day
    assert run("streak")[1] == "A good day to begin.\n"


def test_days_off_are_taken_account_of(run: Run, wall: Wall) -> None:
    assert run("off", "today", "2026-11-21", "--why", "ill")[0] == 0
    with closing(open_history()) as history:
        assert [each.from_date for each in history.schedules()] == [date(2026, 11, 18), date(2026, 12, 6)]
    wall.moment += timedelta(days=15)
    assert run("show")[1].splitlines()[1] == "Week 2 · Stage 1 of 3, Calm"


def open_history() -> History:
    found = context.open_for_looking()
    assert found is not None
    return found


def test_list_check_and_new_know_it(run: Run, programme: Path) -> None:
    assert "* programme" in run("list")[1]
    assert run("check")[0] == 0
    assert run("new", "mine", "--from", "programme")[0] == 0
    assert run("check")[0] == 0
    programme.write_text(PROGRAMME.replace("weeks: 2\n", "weeks: zwei\n"), encoding="utf-8")
    code, _out, err = run("check", "programme")
    assert code == 2 and "programme.yaml:5:12: stage 1: " in err


def test_who_writes_one_sees_its_next_day(run: Run, wall: Wall, programme: Path) -> None:
    shown = page([programme], context.library())
    assert shown[0] == "programme.yaml: no problems." and shown[2].startswith("Wednesday: Gentle · ")
    programme.write_text(
        PROGRAMME.replace("wednesday: {title", "monday: {rest: Rest}\n      tuesday: {title")
    )
    assert page([programme], context.library())[2].startswith("Tuesday: Gentle · ")
    rests = PROGRAMME.replace("wednesday: {title: Gentle, exercises: [cat-cow]}", "monday: {rest: Rest}")
    programme.write_text(rests, encoding="utf-8")
    assert page([programme], context.library())[2].startswith("Wednesday: Programme · "), "of the next stage"


def test_what_was_done_is_told_by_its_day(run: Run, wall: Wall) -> None:
    assert run("progress", "--stage", "2")[0] == 0
    assert run("log", "programme", "friday")[0] == 0
    assert run("history")[1].count("Programme") >= 1
    (session,) = json.loads(run("history", "--json")[1])["sessions"]
    assert session["day"] == "stage-2/friday"
    told = run("progress")[1]
    assert "Every day" not in told and "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday" in told


def test_days_of_a_cycle_in_a_stage_are_logged_by_name(run: Run) -> None:
    assert run("progress", "--stage", "3")[0] == 0
    assert run("log", "b")[1].startswith("Logged for Wednesday 18 Nov 2026: Programme, B: ")


def test_days_of_rest_are_told_by_the_names_that_people_know(run: Run, wall: Wall, programme: Path) -> None:
    turns = "format: 1\ncycle: [a, rest]\ndays: {a: {exercises: [cat-cow]}}\n"
    programme.with_name("turns.yaml").write_text(turns, encoding="utf-8")
    for command, told in (
        (("log", "programme", "monday"), "backtimer: monday is a rest day\n"),
        (("log", "turns", "thu"), "backtimer: thursday is a rest day\n"),
        (("log", "turns", "rest"), "backtimer: rest is a rest day\n"),
        (("start", "turns", "thu"), "backtimer: thursday is a rest day in turns; choose from a\n"),
        (("track", "turns", "thursday"), "backtimer: thursday is a rest day in turns; "),
    ):
        code, out, err = run(*command)
        assert (code, out) == (2, "") and err.startswith(told), command
    run("progress", "--stage", "2")
    wall.moment += timedelta(days=4)
    err = run("log", "programme")[2]
    assert err.startswith("backtimer: sunday is a rest day; say which day was done: ")
    turns = "format: 1\ndays: {daily: {exercises: [{activity: Walk, duration: 5m}]}}\n"
    programme.with_name("walks.yaml").write_text(turns, encoding="utf-8")
    err = run("start", "walks", "monday", "--plain", "--swap", "run=walk")[2]
    assert err == "backtimer: monday has no exercise 'run', only activities, which have no other form\n"
