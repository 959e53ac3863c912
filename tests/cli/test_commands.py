"""The commands that need no workout: what they print, and how they refuse."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from backtimer.cli.main import main

BROKEN = """\
format: 1
title: Broken
days:
  monday:
    exercises:
      - exercise: bird-dgo
        reps: 8
      - exercise: superman
        reps: 8
        holds: 5s
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """One command: its exit code, and what it printed."""
    code = main(list(arguments))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_list_marks_the_routine_in_use(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, out, _ = run(capsys, "list")
    assert code == 0
    marked = [line for line in out.splitlines() if line.startswith("*")]
    assert len(marked) == 1 and "gentle-start" in marked[0]
    assert "lower-back" in out


def test_a_routine_of_your_own_wins_and_a_broken_one_is_listed_as_such(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    own = home / "routines"
    own.mkdir()
    (own / "lower-back.yaml").write_text("format: 1\ntitle: Mine\ndays: {monday: {rest: Nothing}}\n")
    (own / "odd.yaml").write_text("[")
    _, out, _ = run(capsys, "list")
    assert "Mine" in out and "yours" in out
    assert "broken" in next(line for line in out.splitlines() if "odd" in line)


def test_show_has_every_weekday_and_what_it_asks_for(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", "lower-back")
    assert code == 0
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        assert day in out
    assert "3 rounds" in out and "Bird-dog: 10 reps each side in turn" in out
    assert "optional" in out


def test_explain_json_has_the_documented_shape(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", "lower-back", "mon", "--json")
    plan = json.loads(out)
    assert code == 0
    assert list(plan) == ["routine", "day", "title", "total_s", "estimated", "steps"]
    keys = "at_s seconds kind exercise side set sets rep reps round rounds phase breath say"
    assert " ".join(plan["steps"][0]) == keys
    assert plan["total_s"] == pytest.approx(sum(step["seconds"] for step in plan["steps"]))
    kinds = {"prepare", "phase", "switch", "rest", "transition", "activity", "self_paced"}
    assert {step["kind"] for step in plan["steps"]} <= kinds
    assert {step["breath"] for step in plan["steps"]} <= {"in", "out", "slow", "free"}


def test_explain_tells_a_rest_day_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", "lower-back", "wednesday")
    assert code == 0
    assert "light walk" in out
    code, out, _ = run(capsys, "explain", "lower-back", "wednesday", "--json")
    assert code == 0
    assert json.loads(out)["steps"] == []


def test_check_reports_every_problem_with_its_place(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    path = home / "week.yaml"
    path.write_text(BROKEN)
    code, out, err = run(capsys, "check", str(path))
    assert code == 2 and out == ""
    assert f"{path}:6:19: " in err and "did you mean 'bird-dog'?" in err
    assert f"{path}:10:9: unknown key 'holds' in a prescription; did you mean 'hold'?" in err
    assert "   10 |         holds: 5s\n      |         ^^^^^" in err


LONGER = (
    r"monday: rests that become longer while exercises are new and explained: \d+ s before 'bird-dog' ",
    r"tuesday: the rest of \d+ s before 'cat-cow' becomes ",
    r"tuesday: the rest of \d+ s before 'childs-pose' becomes ",
    r"tuesday: the rest of \d+ s before 'piriformis-stretch' becomes ",
    r"tuesday: the rest of \d+ s before 'standing-forward-bend' becomes ",
    r"thursday: the rest of 60 s before 'pelvic-tilt' becomes ",
    r"friday: rests that become longer while exercises are new and explained: \d+ s before 'cat-cow' ",
    r"friday: the rest of \d+ s before 'superman' becomes ",
    r"friday: the rest of \d+ s before 'childs-pose' becomes ",
)
"""The rests of the article that its words, and the ways to another position, leave no time for."""


def test_check_of_good_files_says_so(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, out, _ = run(capsys, "check", "between", "gentle-start")
    assert (code, out) == (0, "2 files checked, no problems.\n")
    code, out, _ = run(capsys, "check", "lower-back")
    assert code == 0
    *hints, last = out.splitlines()
    assert all(re.search(told, hint) for hint, told in zip(hints, LONGER, strict=True)), hints
    assert last == "1 file checked, no problems."
    code, out, _ = run(capsys, "check")
    assert code == 0 and "no files of your own" in out


CLIMBED = """\
format: 1
title: Climbed
days:
  monday:
    exercises:
      - {rounds: 2-3, exercises: [{exercise: squat, reps: 5-15}, {activity: Walk, duration: 1m}]}
      - {exercise: bridge, reps: 4, hold: 5-10s}
      - {exercise: clamshell, reps: 8}
"""


def test_the_top_of_each_range_is_told_before_anybody_is_there(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    path = home / "climbed.yaml"
    path.write_text(CLIMBED, encoding="utf-8")
    shown = run(capsys, "show", str(path))[1]
    assert "Squat before a chair: 5 reps · later up to 3 rounds, 15 reps\n" in shown
    assert "Bridge: 4 reps · hold 5 s · later up to 10 seconds\n" in shown
    assert shown.count("later up to") == 2
    _title, _facts, climb, *_lines = run(capsys, "explain", str(path), "monday")[1].splitlines()
    assert climb == (
        "As you progress: Squat before a chair up to 3 rounds, 15 reps; Bridge up to 10 seconds."
    )
    (home / "settings.yaml").write_text("progression: off\n", encoding="utf-8")
    assert "later up to" not in run(capsys, "show", str(path))[1]
    assert "As you progress" not in run(capsys, "explain", str(path), "monday")[1]


WELL_MEANT = """\
format: 1
days:
  daily:
    exercises:
      - rounds: 3
        exercises: [bird-dog, {exercise: plank, hold: 40s}, squat]
defaults: {position_change: 15s}
"""


def test_check_hints_at_what_could_be_better_with_its_place_and_never_fails(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    path = home / "week.yaml"
    path.write_text(WELL_MEANT)
    code, out, err = run(capsys, "check", "--hints", str(path))
    assert (code, err) == (0, "")
    *hints, last = out.splitlines()
    assert last == "1 file checked, no problems."
    begins = [
        ":6:31: daily: from 'bird-dog' to 'plank' takes 20 s",
        ":6:61: daily: from 'plank' to 'squat' takes 30 s",
        ":3:3: daily: strength for the same muscles",
        ":3:3: daily: 8 changes of position, where 2 would do",
        ":6:31: daily: 'plank' is held for 40 s",
    ]
    assert all(hint.startswith(f"hint: {path}{begin}") for hint, begin in zip(hints, begins, strict=True))
    assert run(capsys, "check", str(path))[1].splitlines() == [*hints[:2], last]
    path.write_text(BROKEN)
    code, out, _err = run(capsys, "check", "--hints", str(path))
    assert (code, out) == (2, "")


def test_hints_without_a_file_are_about_the_routine_in_use_too(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    (home / "settings.yaml").write_text("routine: lower-back\n")
    code, out, _err = run(capsys, "check", "--hints")
    assert code == 0 and "6 exercises: at home" in out and "2 files checked" in out
    (home / "settings.yaml").write_text("routine: gone\n")
    code, _out, err = run(capsys, "check", "--hints")
    assert code == 2 and "there is no routine 'gone'" in err
    code = main(["check", "--hints", "--watch", "lower-back"])
    assert code == 2 and "--watch" in capsys.readouterr().err


def test_check_hints_at_what_is_not_done_as_it_is_written(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    path = home / "week.yaml"
    path.write_text(
        "format: 1\ndays:\n  monday:\n    exercises:\n"
        "      - {exercise: superman, reps: 2, switch: 3s}\n"
        "      - {exercise: half-forward-bend, hold: 20s}\n"
        "  friday: {same_as: monday}\ndefaults: {position_change: 15s}\n"
    )
    code, out, err = run(capsys, "check", str(path))
    assert (code, err) == (0, "")
    *hints, last = out.splitlines()
    assert last == "1 file checked, no problems."
    places = [f"hint: {path}:{line}:9: monday: " for line in (5, 6)]
    assert all(hint.startswith(place) for hint, place in zip(hints, places, strict=True))
    assert "the 'switch' of 'superman' is not used" in hints[0]
    assert "takes 30 s, from prone to standing" in hints[1]


def test_list_and_check_see_the_same_files(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    folder = home / "routines"
    folder.mkdir()
    for name in ("evening.yml", "My Back.yaml", ".#evening.yml"):
        (folder / name).write_text("format: 1\ndays: {monday: {exercises: [cat-cow]}}\n")
    told = f"{folder}/My Back.yaml: no one can ask for it by its name"
    code, out, _ = run(capsys, "check")
    assert code == 0
    assert [line.startswith(f"hint: {told}") for line in out.splitlines()] == [True, False]
    assert out.endswith("1 file checked, no problems.\n")
    code, out, err = run(capsys, "list")
    assert code == 0
    assert "evening " in out and "#" not in out
    assert err.startswith(f"backtimer: {told}") and err.count("\n") == 1
    code, _, err = run(capsys, "use", "my-back")
    assert code == 2 and "rename it to my-back.yaml" in err


def test_check_without_files_looks_at_your_own_and_the_settings(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    (home / "routines").mkdir()
    (home / "routines" / "week.yaml").write_text(BROKEN)
    (home / "settings.yaml").write_text("rotine: lower-back\n")
    code, _, err = run(capsys, "check")
    assert code == 2
    assert "bird-dgo" in err and "did you mean 'routine'?" in err


def test_use_keeps_the_rest_of_the_settings(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    settings = home / "settings.yaml"
    settings.write_text("# mine\ntheme: dark\nroutine: lower-back  # for now\n")
    code, out, _ = run(capsys, "use", "gentle-start")
    assert (code, out) == (0, "From now on: Gentle start.\n")
    assert settings.read_text() == "# mine\ntheme: dark\nroutine: gentle-start  # for now\n"
    _, listed, _ = run(capsys, "list")
    assert next(line for line in listed.splitlines() if line.startswith("*")).split()[1] == "gentle-start"


def test_use_of_a_path_is_kept_as_an_absolute_one(
    capsys: pytest.CaptureFixture[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "mine.yaml").write_text("format: 1\ntitle: Mine\ndays: {daily: {exercises: [superman]}}\n")
    monkeypatch.chdir(home)
    code, _, _ = run(capsys, "use", "./mine.yaml")
    assert code == 0
    monkeypatch.chdir("/")
    code, out, _ = run(capsys, "show")
    assert code == 0 and out.startswith("Mine")


def test_what_was_chosen_by_its_path_is_known_by_its_name_from_then_on(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "elsewhere" / "knees.yaml"
    file.parent.mkdir()
    file.write_text("format: 1\ntitle: Mine\ndays: {daily: {exercises: [superman]}}\n")
    assert "there is no routine 'knees'" in run(capsys, "show", "knees")[2]
    assert run(capsys, "use", str(file))[0] == 0
    assert run(capsys, "use", "gentle-start")[0] == 0
    for arguments in (
        ["show", "knees"],
        ["explain", "knees", "monday"],
        ["check", "knees"],
        ["use", "knees"],
    ):
        assert run(capsys, *arguments)[0] == 0, arguments
    assert f"routine: {file}" in (home / "settings.yaml").read_text()
    assert run(capsys, "show", "kness")[2].count("did you mean 'knees'?") == 1
    (home / "routines").mkdir(exist_ok=True)
    (home / "routines" / "knees.yaml").write_text(file.read_text().replace("Mine", "Own"))
    assert run(capsys, "show", "knees")[1].startswith("Own")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "lower-bakc"], "did you mean 'lower-back'?"),
        (["show", "../etc/passwd"], "../etc/passwd: "),
        (["explain", "lower-back", "mondey"], "did you mean 'monday'?"),
        (["explain", "lower-back", "daily"], "name one of them, as in 'monday'"),
        (["explain", "lower-back", "t"], "could be tuesday or thursday"),
        (["start", "lower-back", "sunday"], "rest day"),
        (["use", "nothing"], "there is no routine 'nothing'"),
    ],
)
def test_what_is_not_there_gets_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert code == 2 and out == ""
    assert message in err
    assert len(err.splitlines()) == 1


def test_a_name_never_becomes_a_path(
    capsys: pytest.CaptureFixture[str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "secret").write_text("format: 1\ntitle: Secret\ndays: {}\n")
    monkeypatch.chdir(home)
    code, _, err = run(capsys, "show", "secret")
    assert code == 2 and "there is no routine 'secret'" in err


def test_broken_settings_are_told_by_every_command_that_needs_them(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    (home / "settings.yaml").write_text("rollover: 25:00\n")
    for command in (["list"], ["show"], ["streak"], ["today", "--plain"]):
        code, _, err = run(capsys, *command)
        assert code == 2
        assert f"{home / 'settings.yaml'}:1:11: " in err


def test_streak_and_history_of_nothing(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, out, _ = run(capsys, "streak")
    assert code == 0 and len(out.splitlines()) == 1
    code, out, _ = run(capsys, "streak", "--json")
    assert json.loads(out)["streak"] == 0
    code, out, _ = run(capsys, "history", "--json")
    assert json.loads(out) == {"sessions": []}
    assert not (home / "history.db").exists(), "looking makes nothing"


def test_doctor_tells_where_things_are(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    code, out, _ = run(capsys, "doctor")
    assert code == 0
    assert str(home / "settings.yaml") in out and str(home / "history.db") in out
    assert "textual" in out and "Gentle start" in out


def test_doctor_finds_a_damaged_history(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    (home / "history.db").write_bytes(b"not a database at all" * 100)
    code, out, _ = run(capsys, "doctor")
    assert code == 1
    assert "problem: It is not a database" in out
    assert (home / "history.db").read_bytes().startswith(b"not a database"), "doctor only looks"


@pytest.mark.skipif(sys.platform == "win32", reason="such pipes are of Unix")
@pytest.mark.parametrize("command", ["streak", "list", "check", "log pain 2"])
def test_settings_that_are_a_pipe_are_not_waited_for(home: Path, command: str) -> None:
    os.mkfifo(home / "settings.yaml")
    done = subprocess.run(
        [sys.executable, "-m", "backtimer", *command.split()],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == f"{home / 'settings.yaml'}: this is a pipe, not a file\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("routine: nope", "there is no routine 'nope'; 'backtimer list' shows those there are"),
        ("routine: gentle-star", "did you mean 'gentle-start'?"),
        ("routine: gone/week.yaml", "there is no such file: gone/week.yaml"),
    ],
)
def test_check_tells_of_a_routine_in_the_settings_that_there_is_not(
    capsys: pytest.CaptureFixture[str], home: Path, line: str, told: str
) -> None:
    settings = home / "settings.yaml"
    settings.write_text(f"theme: dark\n{line}\n")
    for arguments in ([], [str(settings)]):
        code, out, err = run(capsys, "check", *arguments)
        assert (code, out) == (2, "") and told in err
        assert "settings.yaml:2:1: " in err and f"2 | {line}" in err
    settings.write_text("routine: gentle-start\n")
    assert run(capsys, "check")[0] == 0
