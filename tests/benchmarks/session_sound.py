"""How punctual the sound of a real session is: the app, its engine, the real player and the real voice.

    python -m tests.benchmarks.session_sound [--minutes N] [--idle]

Leads the strength circuit of `lower-back` without a terminal, on a null sink of its own, while another
process keeps one core busy, and prints a table in milliseconds. Needs espeak-ng, pulseaudio, pactl, parec and
paplay.

- Tones: from their moment to the player's being there. Bound: 20 ms (p99), after the first, whose moment is
  that of a key.
- Onsets: what the sink was given, laid upon the plan, of tones that come after silence. Bound: 60 ms.
- The event loop: how late it comes to what it is to do every 10 ms, silent and with sound. Sound may add
  5 ms.
- A bare process that does nothing but wait for every 10 ms, beside all of it: how late the machine itself is.
  Tones near its delays are counted once with and once without them.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from bisect import bisect
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from backtimer import attendants
from backtimer.attendants import open_speaker
from backtimer.cli.main import session_clock
from backtimer.coach import Attendant
from backtimer.core.plan.plan import Plan
from backtimer.core.session.events import SetRecord
from backtimer.core.speech.cues import Cue, Sound
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.settings import Settings
from backtimer.training import Training
from backtimer.tui.app import BacktimerApp
from tests.audio.sink import Recording, Sink
from tests.benchmarks.sound import row

LOOK_S = 0.01
SILENCE_S = 0.25
NEAR_S = 0.3
"""Farther from its plan no onset is taken for a tone's."""

STALL_S = 0.005
"""A bare process that is later than this was stalled by the machine."""

BARE = f"""
import sys, time
from backtimer.cli.main import session_clock
clock = session_clock()
while True:
    due = clock() + {LOOK_S}
    time.sleep({LOOK_S})
    print(due, clock() - due, flush=True)
"""


class Bystander:
    """A bare process that waits, and how late it was when."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-c", BARE], stdout=subprocess.PIPE, text=True)
        self.late: list[tuple[float, float]] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            due, late = line.split()
            self.late.append((float(due), float(late)))

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        self._reader.join()

    def stalled(self, moment: float) -> bool:
        """Whether the machine stalled it around a moment."""
        return any(late > STALL_S and due - 0.05 < moment < due + late + 0.05 for due, late in self.late)


def lead(minutes: float, sound: Sound | None) -> tuple[list[tuple[Cue, float]], list[float]]:
    """Lead a session for so long.

    Returns:
        Each cue that began, and when; how late the event loop was.
    """
    begun: list[tuple[Cue, float]] = []
    late: list[float] = []
    clock = session_clock()
    paths = find_paths(os.environ)
    routine = Library(paths).load("lower-back")
    opened = functools.partial(open_speaker, on_start=lambda cue, now: begun.append((cue, now)))
    setattr(attendants, "open_speaker", opened)  # noqa: B010 - to listen to it from outside

    def attend(plan: Plan, records: Sequence[SetRecord], silent: bool) -> Sequence[Attendant]:
        return attendants.open_hearing(plan, records, sound, paths.sounds, clock) if sound else ()

    # Told shortly: what is measured are tones, and a first time begins with a minute of words.
    practice = Training(
        paths,
        Settings(instructions="short"),
        routine,
        now=lambda: datetime.now().astimezone(),
        clock=clock,
        attend=attend,
    )
    app = BacktimerApp(practice, day="monday", start=True, ask=False, muted=True)

    async def watch(pilot: Pilot[Any]) -> None:
        end = time.monotonic() + minutes * 60
        while time.monotonic() < end:
            due = time.monotonic() + LOOK_S
            await asyncio.sleep(LOOK_S)
            late.append(time.monotonic() - due)
        app.leave_workout()

    app.run(headless=True, size=(80, 24), auto_pilot=watch)
    practice.close()
    return begun, late


def onset_deviations(begun: Sequence[tuple[Cue, float]], recording: Recording) -> list[float]:
    """How far the onsets of tones after silence are from their plan, when both are laid upon each other."""
    onsets = recording.onsets(quiet_s=SILENCE_S)
    moments = [cue.at_s for cue, _ in begun if cue.tone is not None][1:]
    shifts = [onsets[number] - moments[0] for number in range(min(6, len(onsets)))]

    def near(moment: float, shift: float) -> float:
        place = bisect(onsets, moment + shift)
        return min((onset - moment - shift for onset in onsets[max(0, place - 1) : place + 1]), key=abs)

    def fits(shift: float) -> int:
        return sum(abs(near(moment, shift)) < 0.1 for moment in moments)

    shift = max(shifts, key=fits)
    found = [off for moment in moments if abs(off := near(moment, shift)) < NEAR_S]
    middle = statistics.median(found)
    return [abs(off - middle) for off in found]


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=2.0, help="of the session")
    options.add_argument("--idle", action="store_true", help="without the busy core")
    chosen = options.parse_args()
    busy = None if chosen.idle else subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        with tempfile.TemporaryDirectory(dir="/tmp") as name:
            folder = Path(name)
            sink = Sink(folder)
            os.environ.update(sink.environment, BACKTIMER_HOME=str(folder / "home"))
            sink.start()
            try:
                print(f"{'milliseconds':44}{'p50':>9}{'p99':>9}{'max':>9}{'n':>8}")
                _, silent = lead(min(1.0, chosen.minutes), None)
                print(row("event loop, silent", silent), flush=True)
                bystander = Bystander()
                with sink.recording() as recording:
                    begun, late = lead(chosen.minutes, Sound())
                bystander.stop()
                print(row("event loop, with sound", late))
                print(row("a bare process beside it", [late for _, late in bystander.late]))
                tones = [(cue.at_s, now - cue.at_s) for cue, now in begun if cue.tone][1:]
                print(row("tones: player started, after the first", [late for _, late in tones]))
                calm = [late for at_s, late in tones if not bystander.stalled(at_s)]
                print(row("the same, where the bare process was on time", calm))
                print(row("words: player started", [now - cue.at_s for cue, now in begun if not cue.tone]))
                print(row("onsets beside plan, after the first", onset_deviations(begun, recording)))
            finally:
                sink.stop()
    finally:
        if busy is not None:
            busy.kill()
            busy.wait()


if __name__ == "__main__":
    main()
