"""How a pace and a language become an engine's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtimer.audio import engines
from backtimer.audio.engines import Espeak, Sapi, Say, SpeechDispatcher, language_of, words_a_minute
from backtimer.core.speech.cues import MAX_RATE, MIN_RATE

ANY = Path("/there/engine")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("en", "en"),
        ("pt_BR", "pt-BR"),
        ("zh-Hans-CN-x1", "zh-Hans-CN-x1"),
        ("e", ""),
        ("--help", ""),
        ("", ""),
    ],
)
def test_a_language_is_one_or_nothing(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("asked", "rate"),
    [(None, None), (150, 150), (MIN_RATE - 1, MIN_RATE), (MAX_RATE + 1, MAX_RATE)],
)
def test_a_rate_is_within_what_engines_can_do(asked: int | None, rate: int | None) -> None:
    assert words_a_minute(asked) == rate


@pytest.mark.parametrize(("rate", "pace"), [(None, "0"), (180, "0"), (198, "1"), (80, "-6"), (450, "10")])
def test_windows_speech_has_a_pace_from_minus_ten_to_ten(rate: int | None, pace: str) -> None:
    assert Sapi(ANY, "", rate, "en")._choices["BACKTIMER_PACE"] == pace


@pytest.mark.parametrize(
    ("rate", "options"),
    [(None, ()), (175, ("-r", "0")), (210, ("-r", "20")), (80, ("-r", "-54")), (450, ("-r", "100"))],
)
def test_speech_dispatcher_has_a_pace_from_minus_a_hundred_to_a_hundred(
    rate: int | None, options: tuple[str, ...]
) -> None:
    assert SpeechDispatcher(ANY, "", rate, "")._options == options
    assert SpeechDispatcher(ANY, "Anna", rate, "de")._options == (*options, "-l", "de", "-y", "Anna")


def test_espeak_and_say_take_words_a_minute() -> None:
    assert Espeak(ANY, "espeak-ng", "", 140, "")._command() == [str(ANY), "-b", "1", "-z", "-s", "140"]
    assert Say(ANY, "", 140, "")._command() == [str(ANY), "-r", "140"]
    assert Say(ANY, "Anna", None, "")._command() == [str(ANY), "-v", "Anna"]


def test_those_that_render_lack_nothing_and_the_one_that_speaks_renders_nothing(tmp_path: Path) -> None:
    for engine in (Espeak(ANY, "espeak", "", None, ""), Say(ANY, "", None, ""), Sapi(ANY, "", None, "")):
        assert engine.renders and engine.missing() == ""
    speaks = SpeechDispatcher(ANY, "", None, "")
    assert not speaks.renders and speaks.render("One.", tmp_path / "a.wav", gently=False) == 1


@pytest.mark.parametrize(
    ("answer", "lack"),
    [
        ((None, ""), "hangs"),
        ((3, ""), "cannot be reached (exit code 3)"),
        ((0, "OUTPUT MODULES\n dummy\n\n"), "has no voice"),
        ((0, "OUTPUT MODULES\n dummy\n espeak-ng\n"), ""),
    ],
)
def test_what_speech_dispatcher_lacks(
    answer: tuple[int | None, str], lack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "run_child", lambda *_, **__: answer)
    assert SpeechDispatcher(ANY, "", None, "").missing() == lack


VOICES = """\
Cellos              en_US    # Hello!
Samantha            en_US    # Hello!
Xander              nl_NL    # Hallo!
Amelie              fr_CA    # Bonjour!
"""


@pytest.mark.parametrize(
    ("language", "chosen"),
    [("en", "Samantha"), ("nl-NL", "Xander"), ("fr", "Amelie"), ("e", ""), ("de", "")],
)
def test_macos_has_a_calm_voice_for_the_language_or_says_so(
    language: str, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "run_child", lambda *_, **__: (0, VOICES))
    say = Say(ANY, "", None, language)
    assert say._command() == [str(ANY), *(["-v", chosen] if chosen else [])]
    assert bool(say.note) == (not chosen)
