"""A short session through the real player and the real voice, and what was heard of it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from backtimer.attendants import choice_of
from backtimer.audio.equipment import find_equipment
from backtimer.audio.tones import tone_s
from backtimer.audio.voice import Voice
from backtimer.core.plan.compile import compile_day
from backtimer.core.session.session import rehearse
from backtimer.core.speech.cues import Cue, Sound
from backtimer.core.speech.pieces import speech_s
from backtimer.core.speech.script import Script
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.remembered import TOLD_SAFETY, remember_told
from tests.audio.sink import Recording, Sink, require
from tests.audio.waiting import until

SHORT = """\
format: 1
title: Short
defaults: {prepare: 6s, rest: 5s, switch: 3s}
days:
  monday:
    title: A third of a minute
    exercises:
      - {exercise: press, sets: 2, reps: 1}
exercises:
  press:
    name: Press up
    position: standing
    phases:
      - {do: lift, for: 2s, breathe: out}
      - {do: lower, for: 2s, breathe: in}
"""

CLOSE_S = 0.06
ATTEMPTS = 3
"""Of what needs a machine that is not busy with something else all the time."""


def planned(routine: Path, voice: Voice) -> list[tuple[Cue, float]]:
    """The cues of the session, led without keys, and how long each is; all phrases are in the cache then."""

    def length(text: str) -> float:
        voice.render(text)
        return voice.length_s(text) or speech_s(text)

    plan = compile_day(Library(find_paths(os.environ)).load(str(routine)), "monday")
    script = Script(plan, length=length, attended=False)
    cues = [cue for event in rehearse(plan) for cue in script.cues(event)]
    return [(cue, length(cue.text) if cue.tone is None else tone_s(cue.tone, cue.seconds)) for cue in cues]


def heard_session(sink: Sink, routine: Path) -> Recording:
    """What is recorded while the program leads the session."""
    environment = {name: value for name, value in os.environ.items() if name != "BACKTIMER_MUTE"}
    command = [sys.executable, "-m", "backtimer", "start", str(routine), "monday", "--plain"]
    with sink.recording() as recording:
        ended = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=90
        )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"That's it, well done. 2 of 2 sets." in ended.stdout
    return recording


def after_silence(cues: list[tuple[Cue, float]], silence_s: float) -> list[float]:
    """The moments of the tones that come after so much silence."""
    found, over_s = [], -10.0
    for cue, length_s in cues:
        if cue.tone is not None and cue.at_s - over_s >= silence_s:
            found.append(cue.at_s)
        over_s = max(over_s, cue.at_s + length_s)
    return found


def shift_between(moments: list[float], onsets: list[float]) -> float:
    """How much later the recording's clock shows a moment than the plan's."""
    rough = onsets[0] - moments[0]
    near = [min(onsets, key=lambda onset: abs(onset - moment - rough)) for moment in moments]
    return statistics.median(onset - moment for onset, moment in zip(near, moments, strict=True))


def test_a_session_is_heard_as_it_is_planned(sink: Sink, home: Path) -> None:
    require("espeak-ng")
    routine = home / "short.yaml"
    routine.write_text(SHORT)
    (home / "settings.yaml").write_text("sound: {engine: espeak-ng}\n")
    remember_told(find_paths(os.environ), TOLD_SAFETY)
    sound = Sound(engine="espeak-ng")
    voice = find_equipment(choice_of(sound), home / "cache" / "sounds", sound.volume / 100).voice
    assert voice is not None and voice.renders
    cues = planned(routine, voice)
    moments = after_silence(cues, 0.3)
    assert len(moments) >= 6
    wrong: list[str] = []
    for _ in range(ATTEMPTS):
        wrong = what_is_wrong(heard_session(sink, routine), cues, moments)
        if not wrong:
            break
    assert not wrong


def what_is_wrong(recording: Recording, cues: list[tuple[Cue, float]], moments: list[float]) -> list[str]:
    """What was heard otherwise than planned: tones and words at their moments, and no noise between."""
    wrong: list[str] = []
    onsets = recording.onsets()
    shift = shift_between(moments, onsets)
    worst = max(min(abs(onset - moment - shift) for onset in onsets) for moment in moments[1:])
    if worst > CLOSE_S:
        wrong.append(f"a tone is {worst:.3f} s beside its moment")
    words = [(cue.at_s, length_s) for cue, length_s in cues if cue.text]
    assert len(words) >= 9
    for at_s, length_s in words:
        begin_s = at_s + shift
        if recording.loudness(begin_s + 0.05, begin_s + length_s) <= 400:
            wrong.append(f"no words at {at_s:.2f} s")
        if recording.loudness(begin_s + 0.08, begin_s + 0.3) <= 400:
            wrong.append(f"late words at {at_s:.2f} s")
    over_s = None
    for cue, length_s in cues:
        at_s = cue.at_s + shift
        if over_s is not None and at_s - over_s > 0.5 and recording.loudness(over_s + 0.2, at_s - 0.15) >= 10:
            wrong.append(f"a noise before {cue.at_s:.2f} s")
        over_s = max(over_s or 0.0, at_s + length_s)
    return wrong


def test_nothing_of_a_session_is_heard_when_it_is_mute(sink: Sink, home: Path) -> None:
    routine = home / "short.yaml"
    routine.write_text(
        SHORT.replace("prepare: 6s, rest: 5s", "prepare: 1s, rest: 1s").replace("for: 2s", "for: 1s")
    )
    command = [sys.executable, "-m", "backtimer", "start", str(routine), "monday", "--plain", "--mute"]
    environment = {name: value for name, value in os.environ.items() if name != "BACKTIMER_MUTE"}
    with sink.recording(wait_s=0.5) as recording:
        subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=90
        )
    assert recording.samples and max(recording.samples) == 0


AWAY_S = 3.0
BACK_S = 5.0
"""A server that is back is heard after this at the latest."""


def test_a_session_is_heard_again_after_its_server_was_away(sink: Sink, home: Path) -> None:
    require("espeak-ng")
    routine = home / "short.yaml"
    routine.write_text(SHORT)
    (home / "settings.yaml").write_text("sound: {engine: espeak-ng}\n")
    remember_told(find_paths(os.environ), TOLD_SAFETY)
    command = [sys.executable, "-m", "backtimer", "start", str(routine), "monday", "--plain"]
    environment = {name: value for name, value in os.environ.items() if name != "BACKTIMER_MUTE"}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as session:
        try:
            with sink.recording(wait_s=0.0) as before:
                until(before.is_loud)
            sink.stop()
            gone_s = time.monotonic()
            until(lambda: time.monotonic() >= gone_s + AWAY_S)
            sink.start()
            back_s = time.monotonic()
            with sink.recording(wait_s=0.0) as after:
                until(after.is_loud)
            heard_s = time.monotonic() - back_s
            told, errors = session.communicate(timeout=90)
        finally:
            session.kill()
    assert heard_s < BACK_S
    assert (session.returncode, errors) == (0, b"")
    assert b"Nothing can be heard: paplay cannot play" in told and b"Sound is back." in told
    assert b"That's it, well done. 2 of 2 sets." in told
