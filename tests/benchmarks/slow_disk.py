"""How late seconds come on the screen and in the ear while the disk is slow, or another program has the file.

    python -m tests.benchmarks.slow_disk

One session on the screen (without a terminal) and one in plain lines, for each disk: as it is; 300 ms an
fsync, four of which are in a commit; and a lock that another process holds for 10 s from the first set's end
on. After two of twenty sets the session is ended, which leaves 18 open sets to write.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

ROUTINE = """\
format: 1
title: Slow disk
defaults: {prepare: 2s, rest: 3s, transition: 2s}
days:
  daily:
    exercises:
      - {exercise: hang, sets: 20, hold: 4s}
exercises:
  hang: {name: Hang, position: standing}
"""

FSYNC_S = 0.3
FSYNCS_OF_A_COMMIT = 4
LOCK_S = 10.0
DISKS = ("as it is", "300 ms an fsync", "locked for 10 s")


class SlowConnection(sqlite3.Connection):
    """A database on a disk that takes its time; as in a real fsync, other threads go on."""

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if sql == "COMMIT":
            time.sleep(FSYNC_S * FSYNCS_OF_A_COMMIT)
        return super().execute(sql, *values)


HOLDER = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
db.execute("BEGIN EXCLUSIVE")
time.sleep(float(sys.argv[2]))
"""


class Lateness:
    """How long after its moment each second, and each beginning of a step, was shown or heard."""

    def __init__(self) -> None:
        self.of: dict[str, list[float]] = {"ear": [], "screen": []}
        self.finish_s = 0.0
        self.audible = True
        self.problem = ""
        self.on_set_end: Callable[[], None] = lambda: None
        self._drained: list[float] = []

    def note(self, where: str, moments: Sequence[float]) -> None:
        """These moments have just come there."""
        now = time.monotonic()
        self.of[where] += [now - moment for moment in moments]

    def attend(self, events: Sequence[Any]) -> None:
        """As an attendant, in the place of the voice."""
        self._drained += moments_of(events)
        self.note("ear", moments_of(events))
        if any(type(event).__name__ == "SetEnded" for event in events):
            self.on_set_end()

    def shown(self) -> None:
        """What was drained is on the screen now."""
        drained, self._drained = self._drained, []
        self.note("screen", drained)

    def expect(self, events: Sequence[Any]) -> None:
        """Nothing needs to be ready."""

    def is_ready_for(self, events: Sequence[Any]) -> bool:
        """It is not waited for."""
        return True

    def dismiss(self) -> None:
        """Nothing plays."""

    def close(self, *, patiently: bool = False) -> None:
        """Nothing is open."""

    def text(self) -> str:
        """In a line."""
        worst = ", ".join(
            f"{where} {max(late):6.3f} s at worst, {sum(one > 0.5 for one in late)} of {len(late)} by 0.5 s"
            for where, late in self.of.items()
            if late
        )
        return f"{worst}; ending {self.finish_s:6.3f} s"


def moments_of(events: Sequence[Any]) -> list[float]:
    """The moments of what is shown second by second."""
    return [event.at_s for event in events if type(event).__name__ in ("SecondLeft", "StepStarted")]


def measure(front: str, disk: str) -> Lateness:
    """One session."""
    from backtimer.storage.files.library import Library
    from backtimer.storage.files.paths import find_paths
    from backtimer.storage.files.settings import Settings
    from backtimer.training import Training

    late = Lateness()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        os.environ["BACKTIMER_HOME"] = os.environ["HOME"] = folder
        (Path(folder) / "slow.yaml").write_text(ROUTINE)
        if disk == DISKS[1]:
            real = sqlite3.connect
            setattr(sqlite3, "connect", partial(real, factory=SlowConnection))  # noqa: B010
            stack.callback(setattr, sqlite3, "connect", real)

        def lock() -> None:
            if disk == DISKS[2] and not locked:
                path = str(Path(folder) / "history.db")
                locked.append(subprocess.Popen([sys.executable, "-c", HOLDER, path, str(LOCK_S)]))

        locked: list[subprocess.Popen[bytes]] = []
        late.on_set_end = lock
        paths = find_paths(os.environ)
        routine = Library(paths).load(str(Path(folder) / "slow.yaml"))
        practice = Training(
            paths,
            Settings(),
            routine,
            now=lambda: datetime.now().astimezone(),
            clock=time.monotonic,
            attend=lambda *_: (late,),
        )
        (on_screen if front == "screen" else in_lines)(practice, late)
        practice.close()
        for process in locked:
            process.wait()
    return late


def end_early(coach: Any, late: Lateness) -> None:
    """End the session once two sets are done, and note how long that holds everything up."""
    from backtimer.core.session.transitions import Command, State

    if coach.state is not State.ENDED and coach.snapshot().done_sets >= 2:
        began = time.monotonic()
        coach.command(Command.FINISH)
        coach.drain()
        late.finish_s = time.monotonic() - began


def on_screen(practice: Any, late: Lateness) -> None:
    """A session in the app."""
    from backtimer.tui.app import BacktimerApp
    from backtimer.tui.screens.workout import WorkoutScreen

    real = WorkoutScreen._show

    def show(screen: WorkoutScreen) -> None:
        real(screen)
        late.shown()
        end_early(screen._coach, late)

    setattr(WorkoutScreen, "_show", show)  # noqa: B010

    async def run() -> None:
        app = BacktimerApp(practice, start=True, ask=False, muted=True)
        async with app.run_test(size=(80, 24)) as pilot:
            while not late.finish_s or type(app.screen).__name__ != "SummaryScreen":
                await asyncio.sleep(0.1)
            await pilot.pause()
            app.exit()

    asyncio.run(run())


def in_lines(practice: Any, late: Lateness) -> None:
    """A session in plain mode, in a pipe."""
    from backtimer.cli import plain

    real = plain._Front._show

    def show(front: Any) -> None:
        real(front)
        late.shown()
        end_early(front._coach, late)

    setattr(plain._Front, "_show", show)  # noqa: B010
    with contextlib.redirect_stdout(io.StringIO()):
        plain.play(practice, practice.plan("monday"), "later", ask=False)


def main() -> None:
    """Measure each in a process of its own."""
    if len(sys.argv) == 3:
        print(measure(*sys.argv[1:]).text(), flush=True)
        return
    for disk in DISKS:
        for front in ("screen", "plain"):
            ran = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.slow_disk", front, disk],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            print(f"{disk:16} {front:7} {ran.stdout.strip() or ran.stderr[-600:]}", flush=True)


if __name__ == "__main__":
    main()
