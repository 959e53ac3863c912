"""`history`: which sessions, corrections and their undoing; `streak` with a weekly goal."""

from __future__ import annotations

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


HELD = """
format: 1
days:
  wednesday:
    exercises:
      - {exercise: plank, sets: 2, hold: 30s}
      - {exercise: squat, sets: 1, reps: 8}
      - {exercise: squat, sets: 1, reps: max}
"""


def test_the_time_of_a_set_is_put_right_and_what_it_has_not_is_refused(run: Run, home: Path) -> None:
    (home / "routines").mkdir(exist_ok=True)
    (home / "routines" / "held.yaml").write_text(HELD)
    assert run("log", "held", "today")[0] == 0
    before = sessions(run)[0]
    assert run("history", "today", "--edit", "set1.seconds=1m30s", "set4.reps=12")[0] == 0
    after = sessions(run)[0]
    assert [one["seconds"] for one in after["sets"][:2]] == [90.0, 30.0] and after["sets"][3]["reps"] == 12
    assert "1 min 30 s, 30 s" in run("history", "today")[1]
    assert run("history", "today", "--undo")[0] == 0
    assert sessions(run)[0] == before
    assert run("history", "today", "--edit", "set2.hold_s=45")[0] == 0
    assert sessions(run)[0]["sets"][1]["seconds"] == 45.0
    assert "set 1 is a time: write set1.seconds=90" in run("history", "today", "--edit", "set1.reps=90")[2]
    assert "set 3 is counted in reps: write set3.reps" in run("history", "today", "--edit", "set3.hold=9")[2]
    assert "set2.seconds: not a duration" in run("history", "today", "--edit", "set2.seconds=long")[2]
    assert "is no one time" in run("history", "today", "--edit", "set2.seconds=20-30s")[2]
    assert "longer than a day" in run("history", "today", "--edit", "set2.seconds=25h")[2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ID", "--edit", "set1.reps=5"], "set 1 is a time: write set1.seconds=90"),
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
