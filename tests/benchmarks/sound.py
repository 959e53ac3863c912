"""How late sound is, and what it costs the screen.

    python -m tests.benchmarks.sound [--minutes N]

Plays a tone every half second, and words every four seconds, on a null sink of its own, beside an event loop
that draws ten frames a second, while another process keeps one core busy. Needs pulseaudio, pactl, parec and
paplay.
What else runs on the machine counts as well: the rows without sound tell how much.

- Lateness: from a tone's moment to the player being asked for, and to its process being there. Bound: 20 ms
  (p99). Of that, what the event loop was late already, and what came after. Beside them, how late a thread
  is that does nothing but wait for the same moments.
- A frame's delay: from its moment to its beginning, without sound and with it. Sound may add 5 ms.
- Onsets: what the sink was given, laid upon the plan. Bound: 60 ms, after the first.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from backtimer.attendants import open_speaker
from backtimer.audio import processes
from backtimer.audio.equipment import find_equipment
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.player import Player, Sounding
from backtimer.audio.speaker import Speaker
from backtimer.core.speech.cues import Cue, Priority, Tone
from tests.audio.sink import Sink, deviations

CUE_S = 0.507
"""Between two tones: cues and frames have nothing to do with each other."""

FRAME_S = 0.1
DRAWING_S = 0.012
"""What a frame keeps Python busy."""

TEXTS = ("Lift left.", "Hold.", "Lower.", "Halfway.", "Rest. 45 seconds. Next: Superman.")


def percentile(values: Sequence[float], part: float) -> float:
    """The value that so large a part lies below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("nan")


def row(name: str, seconds: Sequence[float]) -> str:
    """A line of the table, in milliseconds."""
    cells = [1000 * percentile(seconds, part) for part in (0.5, 0.99)] + [1000 * max(seconds, default=0.0)]
    return f"{name:44}" + "".join(f"{cell:9.2f}" for cell in cells) + f"{len(seconds):8}"


async def frames(seconds: float, speaker: Speaker | None) -> tuple[list[float], dict[float, float]]:
    """Draw frames, and hand over cues at their moments, before drawing, as a session does.

    Returns:
        The delay of each frame; of each tone its planned moment, and when it was handed over.
    """
    delays: list[float] = []
    planned: dict[float, float] = {}
    start = time.monotonic() + 2.0  # the device wakes meanwhile
    cues = [start + CUE_S * number for number in range(int(seconds / CUE_S))]
    upcoming = iter([*cues, float("inf")])
    next_cue, next_frame = next(upcoming), start
    while next_frame < start + seconds:
        await asyncio.sleep(max(0.0, min(next_cue, next_frame) - time.monotonic()))
        now = time.monotonic()
        if now >= next_cue:
            planned[next_cue] = now
            if speaker is not None:
                speaker.play(_cues(next_cue, len(planned)))
            next_cue = next(upcoming)
        if now >= next_frame:
            delays.append(now - next_frame)
            next_frame += FRAME_S
            _draw()
    return delays, planned


def _cues(at_s: float, number: int) -> list[Cue]:
    cues = [Cue(at_s, at_s + 0.4, Priority.NOW, tone=Tone.COUNT)]
    if number % 8 == 1:
        words = TEXTS[number // 8 % len(TEXTS)]
        cues.append(Cue(at_s + 0.2, at_s + 1.0, Priority.NEEDED, text=words))
    return cues


def _draw() -> None:
    end = time.thread_time() + DRAWING_S
    while time.thread_time() < end:
        sum(range(50))


def pauses(spawning: bool) -> list[float]:
    """The longest stall of a Python thread in each of 100 spans, while another thread starts children."""
    done = threading.Event()

    def start_many() -> None:
        for _ in range(100):
            if spawning:
                started = processes.spawn(["true"])
            time.sleep(0.02)
            if spawning:
                started.exit_code()
        done.set()

    thread = threading.Thread(target=start_many)
    thread.start()
    found, last, longest, span = [], time.perf_counter(), 0.0, time.perf_counter() + 0.02
    while not done.is_set():
        now = time.perf_counter()
        longest = max(longest, now - last)
        if now > span:
            found.append(longest)
            longest, span = 0.0, now + 0.02
        last = now
    thread.join()
    return found


class Watched:
    """A player, and when it was asked for something."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self.asked_at = 0.0

    @property
    def name(self) -> str:
        return self._player.name

    @property
    def problem(self) -> str:
        return self._player.problem

    def play(self, path: Path) -> Sounding | None:
        self.asked_at = time.monotonic()
        return self._player.play(path)


def bare_thread(seconds: float) -> list[float]:
    """How late a thread is that only waits for the same moments, beside frames."""
    late: list[float] = []
    start = time.monotonic() + 2.0

    def wait() -> None:
        waiting = threading.Condition()
        for number in range(int(seconds / CUE_S)):
            at_s = start + CUE_S * number
            with waiting:
                while (left := at_s - time.monotonic()) > 0:
                    waiting.wait(left)
            late.append(time.monotonic() - at_s)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    delays, _ = asyncio.run(frames(seconds, None))
    thread.join()
    print(row("frame delay without sound", delays))
    return late


def measure(seconds: float, sink: Sink, folder: Path, words: bool) -> list[str]:
    """Run with sound, and lay what was recorded upon the plan."""
    asked: list[float] = []
    asked_at: dict[float, float] = {}
    late: list[float] = []
    found = find_equipment(VoiceChoice(engine="auto" if words else "none"), folder / "sounds")
    assert found.player is not None
    player = Watched(found.player)

    def on_start(cue: Cue, now: float) -> None:
        if cue.tone is not None:
            asked.append(player.asked_at - cue.at_s)
            asked_at[cue.at_s] = player.asked_at
            late.append(now - cue.at_s)

    with sink.recording() as recording:
        speaker = open_speaker(found._replace(player=player), time.monotonic, on_start)
        assert speaker is not None
        speaker.follow(Cue(0.0, 1.0, Priority.NEEDED, text=text) for text in TEXTS)
        delays, planned = asyncio.run(frames(seconds, speaker))
        speaker.close(linger_s=3.0)
    beside = " beside words" if words else ""
    lines = [
        row(f"frame delay with tones{' and words' if words else ''}", delays),
        row(f"tones: handed over by the event loop{beside}", [now - at_s for at_s, now in planned.items()]),
        row(f"tones: from then on to asking{beside}", [asked_at[at_s] - planned[at_s] for at_s in asked_at]),
        row(f"tones: player asked for{beside}", asked),
        row(f"tones: player started{beside}", late),
    ]
    if not words:
        heard = recording.onsets()
        if len(heard) == len(planned):
            lines.append(
                row("onsets beside plan, after the first", [abs(d) for d in deviations(list(planned), heard)])
            )
        else:
            lines.append(f"{len(planned)} tones planned, {len(heard)} heard")
    return lines


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=0.5, help="of each of the two runs with sound")
    options.add_argument("--idle", action="store_true", help="without the busy core")
    chosen = options.parse_args()
    busy = None if chosen.idle else subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        with tempfile.TemporaryDirectory(dir="/tmp") as name:
            folder = Path(name)
            sink = Sink(folder)
            os.environ.update(sink.environment)
            sink.start()
            try:
                print(f"{'milliseconds':44}{'p50':>9}{'p99':>9}{'max':>9}{'n':>8}")
                print(row("stall of a thread, nothing started", pauses(spawning=False)))
                print(row("stall of a thread while children are started", pauses(spawning=True)))
                print(
                    row("a bare thread's lateness", bare_thread(min(120.0, chosen.minutes * 60))), flush=True
                )
                for words in (False, True):
                    for line in measure(chosen.minutes * 60, sink, folder, words):
                        print(line, flush=True)
            finally:
                sink.stop()
    finally:
        if busy is not None:
            busy.kill()
            busy.wait()


if __name__ == "__main__":
    main()
