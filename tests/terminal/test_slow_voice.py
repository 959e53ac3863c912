"""The real program with a voice that takes its time: its first words are heard with the first tone."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.remembered import TOLD_SAFETY, remember_told
from tests.audio.fakes import Programs
from tests.audio.waiting import until
from tests.terminal.conftest import Spawn
from tests.terminal.harness import READY, Terminal
from tests.terminal.test_unheard import VOICES, heard

LETTER_S = 0.03
"""So long the voice takes for a letter: by that, what is played can be told."""

SPEAKS = f"""
import array, json, wave
if "-w" in arguments:
    time.sleep({{takes_s}})
    with wave.open(arguments[arguments.index("-w") + 1], "wb") as out:
        out.setnchannels(1), out.setsampwidth(2), out.setframerate(22050)
        turns = round(len(given.strip()) * {LETTER_S} * 11025)
        out.writeframes(array.array("h", [9000, -9000] * turns).tobytes())
"""

PLAYS = """
import array, json, wave
with wave.open(arguments[-1]) as file:
    samples = array.array("h", file.readframes(file.getnframes()))
middle = max(map(abs, samples[len(samples) // 2:len(samples) // 2 + 8]))
if max(samples) > 100:
    with open({log!r}, "a") as out:
        out.write(json.dumps([len(samples) / 22050, min(map(abs, samples[1000:1200])) > 3000]) + "\\n")
time.sleep(len(samples) / 22050)
"""

ROUTINE = """\
format: 1
title: Short
defaults: {prepare: 12s, rest: 5s}
days:
  daily:
    title: Half a minute
    exercises:
      - {exercise: press, sets: 2, reps: 2}
exercises:
  press:
    name: Press up
    position: standing
    phases:
      - {do: lift, for: 3s, breathe: out}
      - {do: lower, for: 3s, breathe: in}
"""


PATIENT = """
from backtimer import coach
coach.VOICE_S = 60.0
from backtimer.cli.main import run
run()
"""
"""The program, waiting for its voice however busy the machine is.

How long it does else is seen in tests/audio/test_slow_voice.py.
"""


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    folder = tmp_path / "bin"
    folder.mkdir()
    return Programs(folder)


def sounds(log: Path) -> list[tuple[float, bool]]:
    """How long each sound was that was played, but for the quiet one, and whether it was words."""
    if not log.exists():
        return []
    return [tuple(json.loads(line)) for line in log.read_text().splitlines()]


@pytest.mark.parametrize(
    ("front", "takes_s"), [("today", 1.5), ("start", 0.2), ("start", 1.5), ("plain", 0.8)]
)
def test_the_first_words_are_heard_with_the_first_tone(
    spawn: Spawn, programs: Programs, home: Path, *, takes_s: float, front: str
) -> None:
    log = programs.folder / "played.jsonl"
    remember_told(find_paths(os.environ), TOLD_SAFETY)
    programs.add("paplay", PLAYS.format(log=str(log)))
    programs.add("espeak-ng", VOICES + SPEAKS.format(takes_s=takes_s))
    routine = home / "short.yaml"
    routine.write_text(ROUTINE)
    (home / "settings.yaml").write_text(f"routine: {routine}\n")

    def asked() -> list[str]:
        texts = [str(call["text"]).strip() for call in programs.calls("espeak-ng")]
        return [text for text in texts if "Press up" in text]

    def begin(*arguments: str) -> Terminal:
        environment = heard(programs)
        return spawn("-c", PATIENT, *arguments, command=sys.executable, more_environment=environment)

    if front == "plain":
        session = begin("start", str(routine), "--plain")
        session.wait_for_output("Get ready")
    elif front == "start":
        session = begin("start", str(routine))
        session.wait_for(READY)
    else:
        session = begin("today")
        session.wait_for("Half a minute")
        until(lambda: len(asked()) > 1)  # made before anyone begins
        assert sounds(log) == []
        session.send("\r")
        session.wait_for(READY)
    until(lambda: any(words for _, words in sounds(log)))
    played = sounds(log)
    first = next(number for number, (_, words) in enumerate(played) if words)
    assert first <= 1, "nothing but its tone comes before it"
    texts = {round(len(text) * LETTER_S, 1): text for text in asked()}
    said = min(texts, key=lambda length_s: abs(length_s - played[first][0]))
    assert "Press up" in texts[said] and abs(said - played[first][0]) < 0.2
