"""The real thing: espeak-ng and paplay on a null sink, and what was recorded there."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from backtimer.attendants import open_speaker
from backtimer.audio.cache import wav_length_s
from backtimer.audio.equipment import find_equipment, find_voice
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.processes import end_all
from backtimer.audio.tones import tone_s
from backtimer.cli import doctor
from backtimer.cli.main import main
from backtimer.core.speech.cues import Cue, Priority, Tone
from tests.audio.fakes import Programs
from tests.audio.sink import Recording, Sink, deviations, require
from tests.audio.waiting import until
from tests.rules import for_each

WAKING_S = 2.5
"""A null sink takes 1.6 s for its first sound."""

CLOSE_S = 0.06
ATTEMPTS = 3
"""Of what needs a machine that is not busy with something else all the time."""


def played(sink: Sink, folder: Path, cues: list[Cue]) -> Recording:
    """What a speaker makes of cues; their moments are seconds after the device has woken."""
    found = find_equipment(VoiceChoice(), folder)
    with sink.recording(wait_s=1.0) as recording:
        speaker = open_speaker(found, time.monotonic)
        assert speaker is not None
        texts = [cue.text for cue in cues if cue.text]
        speaker.follow(iter(cues))
        until(lambda: all(speaker.length_s(text) for text in texts))
        start = time.monotonic() + WAKING_S
        speaker.play(
            [
                Cue(start + cue.at_s, start + cue.latest_s, cue.priority, cue.text, cue.tone, cue.seconds)
                for cue in cues
            ]
        )
        speaker.close(linger_s=WAKING_S + 20)
    assert speaker.problem == ""
    return recording


def test_tones_are_heard_at_their_moments(sink: Sink, tmp_path: Path) -> None:
    moments = [0.6 * number for number in range(9)]
    cues = [Cue(at, at + 0.3, Priority.NOW, tone=Tone.COUNT) for at in moments]
    worst = 1.0
    for _ in range(ATTEMPTS):
        heard = played(sink, tmp_path / "sounds", cues).onsets()
        if len(heard) == len(moments):
            worst = max(abs(deviation) for deviation in deviations(moments, heard))
        if worst <= CLOSE_S:
            return
    pytest.fail(f"{len(heard)} of {len(moments)} tones heard, the worst {worst:.3f} s beside its moment")


def test_words_are_heard_between_silences(sink: Sink, tmp_path: Path) -> None:
    require("espeak-ng")
    text = "Bird-dog. Set one of three."
    cues = [
        Cue(0, 0.3, Priority.NOW, tone=Tone.COUNT),
        Cue(1.5, 2.5, Priority.NEEDED, text=text),
        Cue(5.0, 5.3, Priority.NOW, tone=Tone.COUNT),
    ]
    recording = played(sink, tmp_path / "sounds", cues)
    voice = find_voice(VoiceChoice(engine="espeak-ng"), tmp_path / "sounds")
    assert voice is not None
    length_s = voice.length_s(text)
    assert length_s is not None
    assert 1 < length_s < 4
    onsets = recording.onsets()
    first, last = onsets[0], onsets[-1]
    words = next(onset for onset in onsets if onset > first + tone_s(Tone.COUNT) + 0.2)
    assert words - first == pytest.approx(1.5, abs=0.3)
    assert last - first == pytest.approx(5.0, abs=0.3)
    assert recording.loudness(words, words + length_s) > 800
    assert recording.loudness(first + 0.3, words - 0.1) < 10
    assert recording.loudness(words + length_s + 0.2, last - 0.1) < 10


def test_words_that_are_cut_fall_silent_at_once(sink: Sink, tmp_path: Path) -> None:
    require("espeak-ng")
    text = "This is a sentence that goes on and on, and on, and on, and would take a long time to be over."
    found = find_equipment(VoiceChoice(), tmp_path / "sounds")
    with sink.recording(wait_s=1.0) as recording:
        speaker = open_speaker(found, time.monotonic)
        assert speaker is not None
        speaker.follow(iter([Cue(0, 1, Priority.NEEDED, text=text)]))
        until(lambda: speaker.length_s(text))
        start = time.monotonic() + WAKING_S
        speaker.play([Cue(start, start + 1, Priority.NEEDED, text=text)])
        until(lambda: time.monotonic() > start + 1.0)
        now = time.monotonic()
        speaker.play([Cue(now, now, Priority.NOW, cuts=True)])
        until(lambda: time.monotonic() > now + 1.0)
        speaker.close()
    begin = recording.onsets()[0]
    assert recording.loudness(begin, begin + 0.7) > 800
    assert recording.loudness(begin + 1.5, begin + 4.0) < 10


@for_each("text", ["Three.", "--voices=nl", "[[h@'l@U]]", "<speak>no</speak>", "é\x1b[2J", "$(true)"])
def test_espeak_renders_any_text(tmp_path: Path, text: str) -> None:
    require("espeak-ng")
    voice = find_voice(VoiceChoice(engine="espeak-ng"), tmp_path / "sounds")
    assert voice is not None
    path = voice.render(text)
    assert path is not None
    assert (wav_length_s(path) or 0) > 0.15
    assert voice.problem == ""


@pytest.mark.parametrize(("language", "told"), [("en", ""), ("nl", ""), ("xx", "no voice for 'xx'")])
def test_espeak_has_a_voice_for_the_language_or_says_so(tmp_path: Path, language: str, told: str) -> None:
    require("espeak-ng")
    voice = find_voice(VoiceChoice(engine="espeak-ng", language=language), tmp_path / "sounds")
    assert voice is not None
    voice.learn({"Drie, twee, een.": language})
    assert voice.render("Drie, twee, een.") is not None
    assert told in voice.problem
    assert bool(voice.problem) == bool(told)


def test_doctor_audio_plays_every_cue_with_its_name(
    sink: Sink, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    require("espeak-ng")
    (home / "settings.yaml").write_text("sound: {rate: 300}\n")
    monkeypatch.setattr(doctor, "_BREATH_S", 0.5)
    with sink.recording(wait_s=1.0) as recording:
        assert main(["doctor", "audio"]) == 0
    printed = capsys.readouterr().out
    assert "player:      paplay" in printed
    assert "voice:       espeak-ng, English" in printed
    names = ["exert", "hold", "return", "switch", "rest", "count", "halfway", "wait", "pause", "end"]
    places = [printed.index(f"\n{name}") for name in [*names, "breathe in", "breathe out", "voice: Bird"]]
    assert places == sorted(places)
    assert len(recording.onsets(quiet_s=0.25)) >= 13


def test_doctor_audio_speaks_as_it_is_set(
    programs: Programs, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    require("espeak-ng")
    programs.add("paplay")  # it is over at once
    monkeypatch.setattr(doctor, "_GAP_S", 0.0)
    (home / "week.yaml").write_text("format: 1\nlanguage: nl\ndays: {daily: {rest: Rust}}\n")
    (home / "settings.yaml").write_text(
        f"routine: {home / 'week.yaml'}\nsound: {{cues: tones, volume: 30, rate: 130, engine: espeak-ng}}\n"
    )
    assert main(["doctor", "audio"]) == 0
    printed = capsys.readouterr().out
    assert "voice:       espeak-ng, English; Dutch" in printed
    assert "130 words a minute" in printed
    assert "volume:      30%" in printed
    assert "voice: Bird" in printed and len(programs.calls("paplay")) == 1 + len(Tone) + 1


@pytest.fixture(autouse=True)
def nobody_left() -> None:
    """A test that failed leaves no player behind."""
    end_all()
