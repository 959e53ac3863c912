"""`history`: which sessions, corrections and their undoing; `streak` with a weekly goal."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, Wall


def sessions(run: Run, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("history", "--json", *arguments)[1])["sessions"]
    return found


def test_since_and_exercise_choose(run: Run) -> None:
    run("log", "lower-back", "monday", "--date", "monday")
    run("log", "swim", "30m")
    assert len(sessions(run)) == 2
    assert [each["title"] for each in sessions(run, "--since", "yesterday")] == ["swim"]
    assert [each["title"] for each in sessions(run, "--exercise", "superman")] == ["Strength circuit"]


def test_one_session_in_full(run: Run) -> None:
    run("log", "lower-back", "monday")
    session_id = sessions(run)[0]["id"]
    assert json.loads(run("history", session_id[:6], "--json")[1])["id"] == session_id
    code, out, _ = run("history", session_id[:6])
    assert code == 0 and "Superman" in out


def test_delete_and_undo(run: Run) -> None:
    run("log", "swim", "30m")
    session_id = sessions(run)[0]["id"]
    code, out, _ = run("history", session_id[:8], "--delete")
    assert code == 0 and out.startswith("Deleted: Wednesday 18 Nov 2026, swim")
    assert sessions(run) == []
    code, out, _ = run("history", "--undo")
    assert code == 0 and "is back" in out
    assert len(sessions(run)) == 1


def test_the_command_that_is_told_brings_it_back_whatever_came_later(run: Run) -> None:
    run("log", "swim", "30m")
    run("log", "lower-back", "monday")
    other, gone = sessions(run)
    _, out, _ = run("history", gone["id"][:8], "--delete")
    command = out.strip().rsplit("To have it back: backtimer ", 1)[1].split()
    assert run("history", other["id"][:8], "--edit", "note=later")[0] == 0
    assert run(*command)[0] == 0
    assert gone["id"] in {session["id"] for session in sessions(run)}


def test_a_session_is_named_by_its_date_and_no_id_is_to_be_read(run: Run) -> None:
    run("log", "swim", "30m")
    said = [run("log", "walk", "20m", "--date", "monday")[1]]
    swim, walk = sorted(sessions(run), key=lambda session: session["title"])
    for wish in ("2026-11-18", "today", "wednesday"):
        code, out, _ = run("history", wish)
        assert code == 0 and "swim" in out and "walk" not in out
        said.append(out)
    assert json.loads(run("history", "monday", "--json")[1])["id"] == walk["id"]
    said += [run("history", "today", "--edit", "effort=3")[1], run("history", "today", "--delete")[1]]
    assert "backtimer history 2026-11-18 --undo" in said[-1]
    said += [run("history", "2026-11-18", "--undo")[1], run("history")[1], run("history", "--undo")[1]]
    assert sessions(run)[-1]["effort"] is None
    assert not [text for text in said for one in (swim, walk) if one["id"][:6] in text]


def test_of_several_sessions_of_a_day_one_is_named(run: Run) -> None:
    for what in ("swim", "walk", "yoga"):
        run("log", what, "30m")
    code, out, err = run("history", "today")
    assert (code, out) == (2, "") and "2026-11-18/1 or 2026-11-18/2 or 2026-11-18/3" in err
    titles = [session["title"] for session in sessions(run)]
    assert [title in run("history", f"today/{place}")[1] for place, title in enumerate(titles, 1)] == [
        True
    ] * 3
    assert "2026-11-18/2 --undo" in run("history", "today/2", "--delete")[1]
    assert titles[2] in run("history", "today/3")[1], "each keeps its place"
    assert run("history", "today/2")[0] == 2
    assert run("history", "today/2", "--undo")[0] == 0
    assert "there are 3 sessions" in run("history", "today/4")[2]
    assert "there is no session on" in run("history", "monday")[2]


def test_edit_and_undo(run: Run) -> None:
    run("log", "lower-back", "monday", "--effort", "9")
    session = sessions(run)[0]
    changes = ["effort=4", "pain=", "note=so so", "set2.outcome=partial", "set2.reps=3"]
    assert run("history", session["id"][:8], "--edit", *changes)[0] == 0
    edited = sessions(run)[0]
    assert (edited["effort"], edited["pain"], edited["note"], edited["done_sets"]) == (4, None, "so so", 8)
    assert (edited["sets"][1]["outcome"], edited["sets"][1]["reps"]) == ("partial", 3)
    assert run("history", session["id"][:8], "--undo")[0] == 0
    assert sessions(run)[0] == session


def test_activities_and_loads_are_told_of(run: Run, home: Path) -> None:
    path = home / "routines" / "run.yaml"
    path.parent.mkdir(parents=True)
    walks = "{activity: Run, duration: 60s}, {activity: =Walk, duration: 90s}"
    entries = f"[{walks}, {{exercise: squat, reps: 8, load: 5 kg}}]"
    path.write_text(f"format: 1\ndays: {{daily: {{exercises: {entries}}}}}\n")
    run("use", "run")
    run("log", "run")
    run("log", "swim", "30m")
    sets = [each for session in sessions(run) for each in session["sets"]]
    assert [(each["exercise"], each["activity"], each["load"]) for each in sets] == [
        (None, None, None),
        (None, "Run", None),
        (None, "=Walk", None),
        ("squat", None, "5 kg"),
    ]
    rows = list(csv.DictReader(run("history", "--csv")[1].splitlines()))
    told = [(each["activity"], each["load"]) for each in rows]
    assert told == [("", ""), ("Run", ""), ("'=Walk", ""), ("", "5 kg")]
    assert "Squat before a chair  ✓  8 reps   5 kg\n" in run("history", "today/2")[1]
    for name in ("run", "Run", "swim"):
        code, out, err = run("history", "--exercise", name)
        assert (code, out) == (2, "")
        told_of = "is an activity, of which there are no trends: its times are in backtimer history --csv"
        assert err == f"backtimer: '{name}' {told_of}\n"
    assert run("history", "--exercise", "squat")[0] == 0


def test_held_seconds_are_put_right_and_reps_of_a_hold_refused(run: Run, home: Path) -> None:
    path = home / "routines" / "held.yaml"
    path.parent.mkdir(parents=True)
    entries = "[{exercise: plank, hold: max}, {exercise: cat-cow, reps: 4}, {activity: Walk, duration: 5m}]"
    path.write_text(f"format: 1\ndays: {{daily: {{exercises: {entries}}}}}\n")
    run("use", "held")
    run("log", "held")
    took = sessions(run)[0]["seconds"] - sum(each["seconds"] for each in sessions(run)[0]["sets"])
    assert run("history", "today", "--edit", "set1.seconds=90", "set3.seconds=6m")[0] == 0
    (session,) = sessions(run)
    assert [each["seconds"] for each in session["sets"]][::2] == [90, 360]
    assert session["seconds"] == took + sum(each["seconds"] for each in session["sets"])
    assert "Plank    ✓  1 min 30 s\n" in run("history", "today")[1]
    for edit, told in (
        ("set1.reps=90", "set 1 has no reps, it is measured in seconds: write set1.seconds=40"),
        ("set3.reps=5", "set 3 has no reps, it is measured in seconds: write set3.seconds=40"),
        ("set2.seconds=9", "set 2 is counted in reps: write set2.reps=8"),
        ("set1.hold_s=90", "there is no 'set1.hold_s' to edit; write effort=4, "),
        ("set1.seconds=long", "set1.seconds is a number of seconds, or a time like 1m30s, not 'long'"),
        ("set1.seconds=", "set1.seconds is a number of seconds, or a time like 1m30s, not ''"),
    ):
        code, out, err = run("history", "today", "--edit", edit)
        assert (code, out) == (2, "") and err.startswith(f"backtimer: {told}")
    assert sessions(run) == [session]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--delete"], "say which session"),
        (["--edit", "effort=3"], "say which session"),
        (["zz", "--delete"], "no session 'zz'"),
        (["ID", "--edit", "effort"], "has no '='"),
        (["ID", "--edit", "mood=3"], "no 'mood' to edit"),
        (["ID", "--edit", "effort=11"], "1 to 10"),
        (["ID", "--edit", "effort=x"], "is a number"),
        (["ID", "--edit", "set99.reps=3"], "set 99 was not reached"),
        (["ID", "--edit", "set1.outcome=great"], "a set is one of"),
        (["ID", "--delete", "--undo"], "one at a time"),
        (["ID", "--json", "--since", "today"], "shown whole"),
        (["--json", "--csv"], "one at a time"),
        (["--since", "tomorrow"], "still to come"),
        (["--weeks", "3"], "invalid choice"),
        (["--undo"], "nothing to undo"),
        (["zz"], "no session 'zz'"),
        (["zz", "--json"], "no session 'zz'"),
        (["--json", "--weeks", "26"], "--weeks is for the calendar"),
        (["--csv", "--weeks", "52"], "--weeks is for the calendar"),
    ],
)
def test_mistakes_get_one_line(run: Run, arguments: list[str], message: str) -> None:
    run("log", "swim", "30m")
    session_id = sessions(run)[0]["id"]
    code, out, err = run("history", *[session_id if each == "ID" else each for each in arguments])
    assert (code, out) == (2, "")
    assert message in err and len(err.splitlines()) == 1


def test_a_weekly_goal_takes_the_place_of_days(run: Run, home: Path, wall: Wall) -> None:
    (home / "settings.yaml").write_text("goal: 2 per week\n")
    for _ in range(2):
        run("log", "swim", "30m")
    assert run("streak")[1] == "1 week in a row, 2 of 2 this week.\n"
    wall.moment += timedelta(days=7)
    assert run("streak")[1] == "1 week in a row, 0 of 2 this week.\n"
    assert json.loads(run("streak", "--json")[1])["goal"] == {"weeks": 1, "longest": 1, "done": 0, "goal": 2}
    wall.moment += timedelta(days=7)
    assert run("streak")[1] == "A good week to begin, 0 of 2 this week.\n"
