"""What the real program says when sets cannot be saved, the history goes away, or two sessions run."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest

from tests.terminal.conftest import Spawn
from tests.terminal.harness import BACKTIMER, environment, history

THREE = """\
format: 1
title: Three holds
defaults: {prepare: 1s, rest: 2s, transition: 1s}
days:
  daily:
    exercises:
      - {exercise: hang, sets: 3, hold: 2s}
exercises:
  hang: {name: Side lean, position: standing}
"""

BRISK = (
    THREE.replace("prepare: 1s, rest: 2s", "prepare: 0.5s, rest: 1s")
    .replace("transition: 1s", "transition: 0.5s")
    .replace("hold: 2s", "hold: 1s")
)
"""The same in half the time."""

Play = Callable[..., "Lines"]


class Lines:
    """The program in plain mode, in a pipe."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.process: subprocess.Popen[str] = subprocess.Popen(
            [BACKTIMER, *arguments, "--plain"],
            env=environment(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: list[str] = []
        self.moments: list[float] = []
        self.errors = ""

    def wait_for(self, text: str) -> None:
        """Read until a line with this text comes."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._keep(line)
            if text in line:
                return
        raise AssertionError(f"{text!r} did not come: {self.lines}")

    def end(self) -> int:
        """Read to the end; the exit code."""
        assert self.process.stdout is not None and self.process.stderr is not None
        if not self.process.stdout.closed:
            with self.process.stdout, self.process.stderr:
                for line in self.process.stdout:
                    self._keep(line)
                self.errors = self.process.stderr.read()
        return self.process.wait()

    def _keep(self, line: str) -> None:
        self.lines.append(line.rstrip("\n"))
        self.moments.append(time.monotonic())


@pytest.fixture
def play(home: Path) -> Iterator[Play]:
    """Plays three short holds line by line; ends what a test leaves running."""
    (home / "three.yaml").write_text(BRISK)
    started: list[Lines] = []

    def begin(*arguments: str) -> Lines:
        started.append(Lines(home, "start", str(home / "three.yaml"), "monday", *arguments))
        return started[-1]

    yield begin
    for lines in started:
        lines.process.kill()
        lines.end()


def a_past(home: Path) -> None:
    """A session of yesterday, and the backup that the next start makes."""
    done = subprocess.run(
        [BACKTIMER, "log", str(home / "three.yaml"), "monday"],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("how", ["deleted", "replaced", "damaged"])
def test_a_history_that_goes_away_is_said_last_with_the_way_back(home: Path, play: Play, how: str) -> None:
    a_past(home)
    session = play()
    session.wait_for("set 1 of 3: done.")
    path = home / "history.db"
    if how == "deleted":
        path.unlink()
    elif how == "replaced":
        other = home / "other.db"
        with closing(sqlite3.connect(path)) as db, closing(sqlite3.connect(other)) as copy:
            db.backup(copy)
            copy.execute("DELETE FROM sessions")
            copy.commit()
        other.replace(path)
    else:
        path.write_bytes(b"\xff" * path.stat().st_size)
    assert session.end() == 1
    assert session.lines[-1].endswith("with 1 session is there: `backtimer restore`")
    assert not any("in a row" in line for line in session.lines)
    assert sum("`backtimer restore`" in line for line in session.lines) == 2, (
        "when it is seen, and at the end"
    )
    [kept] = history(home)
    assert (kept["state"], kept["done_sets"]) == ("done", 3)


def holder(path: Path) -> subprocess.Popen[str]:
    """Another program that keeps the file to itself until it is killed."""
    script = (
        "import sqlite3, sys, time\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)\n"
        "db.execute('BEGIN EXCLUSIVE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.readline()\n"
    )
    other = subprocess.Popen(
        ["python3", "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_a_lock_elsewhere_makes_no_second_late_and_what_waits_is_told_and_saved(
    home: Path, play: Play
) -> None:
    (home / "three.yaml").write_text(THREE)
    session = play()
    session.wait_for("set 1 of 3: done.")
    with holder(home / "history.db") as other:
        session.wait_for("Side lean, set 2 of 3: done, not saved yet.")
        session.wait_for("another program is using the file. 1 set is waiting to be saved.")
        other.kill()
    assert session.end() == 0
    assert "Everything is saved now." in session.lines
    assert history(home)[0]["done_sets"] == 3
    # Rest, 2 s; hold, 2 s: every line at its moment, whatever the disk does. A busy machine may hold up one.
    moments = [
        moment
        for moment, line in zip(session.moments, session.lines, strict=True)
        if line.startswith(("Hold", "And release. Rest"))
    ]
    late = [abs(after - before - 2.0) for before, after in pairwise(moments)]
    assert median(late) < 0.5 and max(late) < 3.0, session.lines


def test_what_was_not_saved_is_said_last_and_kept_in_a_file(home: Path, play: Play) -> None:
    session = play()
    session.wait_for("set 1 of 3: done.")
    path = home / "history.db"
    path.rename(home / "away.db")
    path.mkdir()
    assert session.end() == 1
    last = session.lines[-1]
    assert last.startswith("3 sets were not saved: ") and "waiting" not in last
    kept = Path(last.rpartition(" ")[2])
    assert kept.parent == home and kept.stat().st_mode & 0o777 == 0o600
    path.rmdir()
    taken = subprocess.run(
        [BACKTIMER, "import", str(kept)], env=environment(home), capture_output=True, text=True, check=False
    )
    assert taken.returncode == 0, taken.stderr
    [found] = history(home)
    assert (found["state"], found["done_sets"]) == ("done", 3)


def test_the_second_session_says_that_it_is_silent(home: Path, play: Play) -> None:
    first = play()
    first.wait_for("Hold")
    second = play()
    second.wait_for("Hold")
    assert "Another session is under way in another window, so this one is silent." in second.lines
    first.process.send_signal(signal.SIGKILL)
    first.end()
    second.process.send_signal(signal.SIGKILL)
    second.end()
    third = play("--unfinished", "later")
    third.wait_for("Hold")
    assert not any("silent" in line for line in third.lines), "whoever was killed is heard no more"


HUNG = """
import os, sys, threading
from contextlib import contextmanager
from backtimer.storage.history.file import HistoryFile
real, hung = HistoryFile.writing, [0]
@contextmanager
def writing(self):
    if threading.current_thread().name == "history":
        hung[0] += 1
        if hung[0] > 3:
            threading.Event().wait()  # a disk that never answers
    with real(self) as db:
        yield db
HistoryFile.writing = writing
from backtimer.cli.main import run
run()
"""


def test_a_disk_that_hangs_does_not_make_the_program_unkillable(spawn: Spawn, home: Path) -> None:
    (home / "three.yaml").write_text(BRISK)
    script = home / "hung.py"
    script.write_text(HUNG)
    python = str(Path(BACKTIMER).with_name("python"))
    terminal = spawn(str(script), "start", str(home / "three.yaml"), "monday", "--mute", command=python)
    terminal.wait_for("· set 2 of 3", seconds=40)
    terminal.wait_for("· set 3 of 3", seconds=40)  # the clock goes on
    os.kill(terminal.process.pid, signal.SIGTERM)
    assert terminal.wait_for_end(20) == 128 + signal.SIGTERM
    assert "sets were not saved: the disk does not answer." in terminal.text
    [kept] = home.glob("backtimer-rescue-*.json")
    assert b'"idx":1' in kept.read_bytes()
