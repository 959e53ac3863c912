"""Text of strangers in every place it can come from: no command lets any of it steer the terminal."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from backtimer.core.progress.calendar import Due, Off, Schedule, WhyOff
from backtimer.core.progress.history import SessionState
from backtimer.storage.history.corrections import Changes
from backtimer.storage.history.values import new_session
from tests.cli.conftest import Run, Wall
from tests.storage.histories import done, history_at, plan, spec

EVIL = "E\x1b]0;PWNED\x07\x1b[31m\x9b2J\x90q\x9c\u202eLIVE\u2066\u200f\x08\x7f\rVIL"
"""Titles, colours, the C1 controls, overrides of the direction of writing, going back."""

IN_NAMES = EVIL.replace("/", "")
STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files have no such names there")

ROUTINE = """\
format: 1
title: Hostile
days:
  monday: {title: Day, exercises: [{exercise: press, sets: 1, reps: 2}]}
  wednesday: {exercises: [{exercise: press, sets: 1, reps: 2}]}
exercises:
  press: {name: Press up, position: prone}
"""


@pytest.fixture
def hostile(home: Path, wall: Wall, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home at a hostile path, with hostile text wherever there is text."""
    here = home / IN_NAMES
    (here / "routines" / "exercises").mkdir(parents=True)
    monkeypatch.setenv("BACKTIMER_HOME", str(here))
    for name in ("TERM", "COLORTERM", "LANG", "PAGER", "EDITOR"):
        monkeypatch.setenv(name, IN_NAMES)
    for name, text in (
        (f"{IN_NAMES}.yaml", ROUTINE),
        ("good.yaml", ROUTINE),
        ("bad.yaml", f"format: 1\ntitle: {EVIL}\n{EVIL}: {EVIL}\ndays: [{EVIL}]\n"),
        ("quoted.yaml", 'format: 1\ntitle: "\\e[31m \\u202e"\ndays: {monday: {rest: "\\x9b2J"}}\n'),
        (f"exercises/{IN_NAMES}.yaml", "name: Odd\nposition: prone\n"),
        ("exercises/bad.yaml", f"name: {EVIL}\n"),
    ):
        (here / "routines" / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    with closing(history_at(here / "history.db")) as history:
        for number in range(4):
            started = wall.moment - timedelta(days=number)
            odd = plan(2)._replace(routine=EVIL, day=EVIL, title=EVIL)
            session = new_session(odd, json.dumps({"title": "frozen"}), started)
            history.running.begin(session)
            for index in range(2):
                one = spec(index, 2)._replace(exercise=EVIL)
                history.running.record_set(session.id, done(index), one, started)
            history.running.end(session.id, SessionState.DONE, 60.0, started + timedelta(minutes=9))
            history.rate(session.id, effort=3, pain=2)
            history.corrections.edit_session(session.id, Changes(note=EVIL), started)
        history.remember_schedule(
            Schedule(wall.moment.date() - timedelta(days=9), EVIL, {0: Due(), 2: Due(), 4: Due()})
        )
        history.diary.add_pain(2, wall.moment, wall.moment.date(), EVIL)
        history.diary.declare_off(Off(wall.moment.date(), wall.moment.date(), WhyOff.ILL), wall.moment)
    (here / "backups").mkdir()
    (here / "backups" / f"{IN_NAMES}.db").write_bytes(EVIL.encode())
    shutil.copy(here / "history.db", here / "backups" / "history-20261110T120000Z-4.db")
    (here / "settings.yaml").write_text("routine: good\n", encoding="utf-8")
    return here


def routine_commands(home: Path) -> Iterator[list[str]]:
    routines = home / "routines"
    odd = str(routines / f"{IN_NAMES}.yaml")
    for routine in ("good", odd, IN_NAMES, str(routines / "bad.yaml"), "quoted", "nowhere" + EVIL):
        yield ["show", routine]
        yield ["explain", routine, "monday"]
        yield ["explain", routine, "monday", "--json"]
        yield ["explain", routine, EVIL]
        yield ["check", routine]
        yield ["progress", routine]
        yield ["use", routine]
        yield ["log", routine, "monday"]
        yield ["track", routine, "monday", "-o", f"{home / 'no such folder' / IN_NAMES}.wav"]
        yield ["start", routine, "tuesday", "--plain"]
    yield ["use", "good"]


def commands(home: Path) -> Iterator[list[str]]:
    yield ["list"]
    yield ["list", "--exercises"]
    yield ["list", "--exercises", EVIL, "--position", EVIL, "--equipment", EVIL, "--target", EVIL]
    yield ["list", "--json"]
    yield ["check"]
    yield ["doctor"]
    yield ["streak"]
    yield ["streak", "--json"]
    yield ["history"]
    yield ["history", "--json"]
    yield ["history", "--csv"]
    yield ["history", "--exercise", EVIL]
    yield ["history", "--exercise", "e"]
    yield ["history", "--since", EVIL]
    yield ["history", EVIL]
    yield ["history", "--undo"]
    yield ["progress", "--accept", EVIL]
    yield ["off", "--list"]
    yield ["off", EVIL, "--why", "ill"]
    yield ["off", "friday", "--why", EVIL]
    yield ["log", EVIL, "30m"]
    yield ["log", "swim", "30m", "--note", EVIL]
    yield ["log", "swim", EVIL]
    yield ["log", "pain", EVIL]
    yield ["export"]
    yield ["export", "--csv"]
    yield ["export", "-o", str(home / f"{IN_NAMES}.json")]
    yield ["export", "-o", str(home / "no such folder" / IN_NAMES)]
    yield ["export", "-o", str(home)]
    yield ["import", str(home / f"{IN_NAMES}.json")]
    yield ["import", str(home / "nowhere" / IN_NAMES)]
    yield ["import", str(home / "backups" / f"{IN_NAMES}.db")]
    yield ["restore", "--list"]
    yield ["restore", str(home / "backups" / f"{IN_NAMES}.db"), "--yes"]
    yield ["restore", str(home / IN_NAMES), "--yes"]
    yield ["restore", IN_NAMES]
    yield ["restore", "--yes"]
    yield [EVIL]
    yield ["list", EVIL]
    yield ["today", "--cues", EVIL]
    yield ["today", f"--{EVIL}"]


def session_commands(run: Run) -> Iterator[list[str]]:
    sessions = json.loads(run("history", "--json")[1])["sessions"]
    ident = sessions[-1]["id"]
    yield ["history", ident]
    yield ["history", ident, "--json"]
    yield ["history", ident, "--edit", f"note={EVIL}"]
    yield ["history", ident, "--edit", f"{EVIL}=3"]
    yield ["history", ident, "--edit", f"effort={EVIL}"]
    yield ["history", ident, "--edit", f"set1.outcome={EVIL}"]
    yield ["history", ident, "--edit", EVIL]
    yield ["history", ident, "--delete"]
    yield ["history", "--undo"]


def must_be_clean(told: tuple[int, str, str], command: list[str]) -> None:
    _, out, err = told
    found = STEERS.search(out) or STEERS.search(err)
    assert found is None, (command, found and repr((out + err)[max(0, found.start() - 60) :][:120]))
    assert "Traceback" not in err


def test_no_command_lets_foreign_text_steer_the_terminal(run: Run, hostile: Path) -> None:
    assert EVIL in json.loads(run("history", "--json")[1])["sessions"][0]["title"], "it is data all the same"
    for command in [*session_commands(run), *routine_commands(hostile), *commands(hostile)]:
        must_be_clean(run(*command), command)


@pytest.mark.parametrize(
    "harm",
    ["settings", "bad settings", "a foreign history", "a damaged history", "no folder", "a newer history"],
)
def test_nor_does_it_in_a_message_about_what_is_broken(
    run: Run, hostile: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    history = hostile / "history.db"
    if harm == "settings":
        (hostile / "settings.yaml").write_text(f"routine: 'x{EVIL}'\n{EVIL}: 3\n", encoding="utf-8")
    elif harm == "bad settings":
        (hostile / "settings.yaml").write_text('routine: "\\e[31m"\ntheme: "\\u202e"\n', encoding="utf-8")
    elif harm == "a foreign history":
        history.unlink()
        with closing(sqlite3.connect(history)) as db:
            db.execute("CREATE TABLE notes (text)")
    elif harm == "a damaged history":
        history.write_bytes(EVIL.encode() * 500)
    elif harm == "a newer history":
        with closing(sqlite3.connect(history)) as db:
            db.execute("PRAGMA user_version = 99")
    else:
        monkeypatch.setenv("BACKTIMER_HOME", str(hostile / "settings.yaml" / IN_NAMES))
    for command in (
        ["streak"],
        ["history"],
        ["doctor"],
        ["list"],
        ["check"],
        ["show"],
        ["progress"],
        ["log", "swim", "30m"],
        ["off", "--list"],
        ["use", "good"],
        ["restore", "--yes"],
        ["export"],
    ):
        must_be_clean(run(*command), command)


def test_json_says_the_same_with_and_without_a_terminal(run: Run, hostile: Path) -> None:
    """What is escaped comes back as it was: programs lose nothing."""
    [first, *_] = json.loads(run("history", "--json")[1])["sessions"]
    assert (first["title"], first["note"], first["routine"]) == (EVIL, EVIL, EVIL)
    exported = run("export")[1]
    assert json.loads(exported)["sessions"][0]["title"] == EVIL
    (hostile / "again.json").write_text(exported, encoding="utf-8")
    assert run("import", str(hostile / "again.json"))[1].startswith("0 sessions new, 0 changed, 4 there")
    assert os.environ["BACKTIMER_HOME"] == str(hostile)
