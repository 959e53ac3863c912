"""Sessions that are missing and backups that fail: said where the person is, with what can be done."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from backtimer.cli import doctor
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.settings import Settings
from backtimer.storage.history.backups import backups
from backtimer.training import Training
from tests.cli.conftest import Run, Wall
from tests.storage.histories import history_at

REMEDY = "A backup of 18 Nov with 3 sessions is there: `backtimer restore`"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, wall: Wall) -> None:
    monkeypatch.setattr(doctor, "wall_clock", wall)


@pytest.fixture
def past(run: Run, home: Path, wall: Wall) -> Path:
    """A history of three sessions and its backup."""
    for _ in range(3):
        assert run("log", "swim", "30m")[0] == 0
        shutil.rmtree(home / "backups", ignore_errors=True)
    run("log", "pain", "2")
    assert [each.sessions for each in backups(home / "backups")] == [3]
    return home / "history.db"


def told(run: Run, wall: Wall) -> dict[str, str]:
    """What is said in each place; today's screen and plain mode show the same notices."""
    found = {}
    for command in ("streak", "history", "doctor"):
        _, out, err = run(command)
        found[command] = " ".join((out + err).split())
    paths = find_paths(os.environ)
    routine = Library(paths).load("lower-back")
    practice = Training(paths, Settings(), routine, now=wall, clock=lambda: 0.0)
    found["today"] = " ".join(practice.notices)
    practice.close()
    for command in ("streak --json", "history --json"):
        _, out, err = run(*command.split())
        assert out.startswith("{") or not out, "what programs read stays as it is"
        found[command] = err
    return found


def lose(path: Path, how: str, run: Run, wall: Wall) -> None:
    if how == "deleted":
        path.unlink()
    elif how == "only backups left":
        for other in path.parent.iterdir():
            if other.name != "backups":
                shutil.rmtree(other) if other.is_dir() else other.unlink()
    elif how == "emptied":
        path.write_bytes(b"")
    elif how == "damaged":
        path.write_bytes(b"no database " * 1000)
    elif how == "replaced by a fresh one":
        path.unlink()
        history_at(path).close()
    elif how == "deleted, and trained since":
        path.unlink()
        assert run("log", "swim", "30m")[0] == 0
    elif how == "deleted, and trained more often since":
        path.unlink()
        wall.moment += timedelta(minutes=10)
        for _ in range(4):
            assert run("log", "swim", "5m")[0] == 0
    elif how == "replaced by another program's":
        path.unlink()
        with closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE notes (text)")
    else:
        path.unlink()
        path.mkdir()


@pytest.mark.parametrize(
    "how",
    [
        "deleted",
        "only backups left",
        "emptied",
        "damaged",
        "replaced by a fresh one",
        "deleted, and trained since",
        "deleted, and trained more often since",
        "replaced by another program's",
        "a folder in its place",
    ],
)
def test_a_history_that_lost_its_sessions_says_where_they_are(
    run: Run, past: Path, wall: Wall, how: str
) -> None:
    before = told(run, wall)
    assert not any("backtimer restore" in text for text in before.values()), before
    lose(past, how, run, wall)
    for _ in range(2):  # it goes on being said
        for place, text in told(run, wall).items():
            assert REMEDY in text, (place, text)
    assert run("doctor")[0] == 1
    code, out, err = run("restore", "--yes")
    assert code == 0 and "3 sessions restored" in out, err
    after = told(run, wall)
    assert not any("backtimer restore" in text for text in after.values()), after


def test_plain_mode_says_so_on_a_rest_day_too(
    run: Run, past: Path, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backtimer.cli.today.wall_clock", wall)
    run("use", "lower-back")
    past.unlink()
    code, out, _ = run("today", "--plain")
    assert code == 0 and "Wednesday: Rest" in out
    assert REMEDY in out


def test_a_year_is_said_where_it_is_not_this_one(run: Run, past: Path, wall: Wall) -> None:
    past.unlink()
    wall.moment += timedelta(days=60)
    assert "A backup of 18 Nov 2026 with 3 sessions is there" in run("streak")[2]


def test_the_backup_with_the_sessions_is_named_when_a_newer_one_has_fewer(
    run: Run, past: Path, wall: Wall
) -> None:
    past.unlink()
    run("log", "swim", "30m")
    wall.moment += timedelta(days=8)
    run("log", "pain", "2")  # which makes a copy of what is left
    assert [each.sessions for each in backups(past.parent / "backups")] == [1, 3]
    [full] = [each.path.name for each in backups(past.parent / "backups") if each.sessions == 3]
    told_now = run("streak")[2]
    assert f"`backtimer restore {full}`" in told_now
    assert "3 sessions restored" in run("restore", full, "--yes")[1]
    assert run("streak")[2] == ""


def test_who_restored_an_older_backup_on_purpose_is_left_in_peace(run: Run, past: Path, wall: Wall) -> None:
    [old] = backups(past.parent / "backups")
    run("log", "swim", "30m")
    wall.moment += timedelta(days=8)
    run("log", "pain", "2")
    assert [each.sessions for each in backups(past.parent / "backups")] == [4, 3]
    run("restore", old.path.name, "--yes")
    assert not any("backtimer restore" in text for text in told(run, wall).values())
    past.unlink()
    assert "with 4 sessions" in run("streak")[2], "what is lost after that is told again"


def test_deleting_a_session_and_discarding_one_is_no_loss(run: Run, past: Path, wall: Wall) -> None:
    with closing(history_at(past)) as history:
        ident = history.sessions()[0].id
    run("history", ident, "--delete")
    assert not any("backtimer restore" in text for text in told(run, wall).values())


def test_a_session_that_is_gone_on_with_is_not_missed(run: Run, past: Path, wall: Wall) -> None:
    # It was over when the backup was made, and is not any more.
    with closing(history_at(past)) as history:
        for session in history.sessions():
            assert history.running.reopen(session.id)
    assert not any("backtimer restore" in text for text in told(run, wall).values())
    past.unlink()
    assert all(REMEDY in text for text in told(run, wall).values())


def test_a_session_that_was_begun_after_a_loss_hides_nothing(run: Run, past: Path, wall: Wall) -> None:
    past.unlink()
    wall.moment += timedelta(hours=2)
    for _ in range(3):
        run("log", "swim", "30m")
    wall.moment += timedelta(hours=2)
    with closing(history_at(past)) as history:
        for session in history.sessions():
            assert history.running.reopen(session.id)
    assert all(REMEDY in text for text in told(run, wall).values())


@pytest.mark.parametrize("line", ["restore --yes", "restore --list"])
def test_backups_that_cannot_be_looked_into_are_not_called_missing(
    run: Run, past: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    real, folder = os.listdir, past.parent / "backups"

    def refuse(path: str | Path) -> list[str]:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "listdir", refuse)
    code, out, err = run(*line.split())
    assert (code, out) == (1, "")
    assert err.rstrip() == f"backtimer: {folder}: Permission denied"


# -- backups that fail ----------------------------------------------------------------------------------


def test_a_backup_that_fails_is_told_by_doctor_and_once_on_today(run: Run, home: Path, wall: Wall) -> None:
    run("log", "swim", "30m")
    (home / "backups").write_text("in the way")
    run("log", "swim", "30m")  # a backup is due, and cannot be made
    words = "could not be made: something that is no folder stands in its place"
    first, second = told(run, wall)["today"], told(run, wall)["today"]
    assert words in first and str(home / "backups") in first
    assert "backup" not in second
    code, out, _ = run("doctor")
    assert code == 1 and "Backups cannot be made" in out
    wall.moment += timedelta(days=7)
    assert words in told(run, wall)["today"], "the next one is due, and fails too"
    (home / "backups").unlink()
    run("log", "swim", "30m")
    assert "backup" not in told(run, wall)["today"]
    code, out, _ = run("doctor")
    assert code == 0 and "problem" not in out
    assert not (home / "backup-failed").exists()


def test_the_reason_of_a_backup_that_failed_is_told_afterwards(
    run: Run, home: Path, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("log", "swim", "30m")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("backtimer.storage.history.backups._copy", full)
    run("log", "swim", "30m")
    monkeypatch.undo()
    monkeypatch.setenv("BACKTIMER_HOME", str(home))
    wall.moment += timedelta(hours=1)
    monkeypatch.setattr(doctor, "wall_clock", wall)
    code, out, _ = run("doctor")
    assert code == 1 and "The backup of 18 Nov could not be made: the disk is full" in out
