"""One file that Python runs: all that comes with backtimer is in it, and can be used."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipapp
from pathlib import Path

import pytest

import backtimer
from backtimer.storage.files.paths import bundled_routines
from tests.terminal.conftest import Spawn
from tests.terminal.harness import environment


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The installed package as a zipapp; what it depends on is found where it is."""
    app = tmp_path / "app"
    source = Path(backtimer.__file__).parent
    shutil.copytree(source, app / "backtimer", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(bundled_routines(), app / "backtimer" / "routines", dirs_exist_ok=True)
    target = tmp_path / "backtimer.pyz"
    zipapp.create_archive(app, target, main="backtimer.cli.main:run")
    shutil.rmtree(app)
    return target


def run(archive: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(archive), *arguments],
        env=environment(home, TMPDIR=str(archive.parent)),
        cwd=archive.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_has_its_routines_and_leaves_nothing_behind(archive: Path, home: Path) -> None:
    listed = run(archive, home, "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "lower-back    Lower back week" in listed.stdout and "gentle-start" in listed.stdout
    shown = run(archive, home, "show", "lower-back")
    assert shown.returncode == 0 and "Bird-dog" in shown.stdout
    assert run(archive, home, "doctor").returncode == 0
    assert not list(archive.parent.glob("backtimer-*"))


def test_one_that_was_made_without_its_routines_says_so(tmp_path: Path, home: Path) -> None:
    app = tmp_path / "app"
    source = Path(backtimer.__file__).parent
    shutil.copytree(source, app / "backtimer", ignore=shutil.ignore_patterns("__pycache__", "routines"))
    archive = tmp_path / "bare.pyz"
    zipapp.create_archive(app, archive, main="backtimer.cli.main:run")
    why = "the routines that come with backtimer are missing"
    for arguments in (["list"], ["today"], ["show", "gentle-start"], ["explain", "lower-back", "monday"]):
        told = run(archive, home, *arguments)
        assert told.returncode != 0 and why in told.stderr, (arguments, told)
    doctor = run(archive, home, "doctor")
    assert doctor.returncode == 1 and "not there" in doctor.stdout


def test_its_screens_have_their_looks(archive: Path, home: Path, short: Path, spawn: Spawn) -> None:
    today = spawn(str(archive), "today", command=sys.executable)
    today.wait_for("Gentle start")
    today.wait_for("Past")
    today.send("q")
    assert today.wait_for_end() == 0
    session = spawn(str(archive), "start", str(short), command=sys.executable)
    session.wait_for("Press up")
    session.send("q")
    session.wait_for("save")
