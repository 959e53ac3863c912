"""How a pace and a language become an engine's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtimer.audio import engines
from backtimer.audio.dispatcher import dispatcher_rate
from backtimer.audio.engines import Espeak, Say, language_of, words_a_minute
from backtimer.audio.windows import WindowsSpeech, onecore_rate, sapi_rate
from backtimer.core.speech.cues import MAX_RATE, MIN_RATE
from tests.rules import for_each

ANY = Path("/there/engine")


@for_each(
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


@for_each(
    ("asked", "rate"),
    [(None, None), (150, 150), (MIN_RATE - 1, MIN_RATE), (MAX_RATE + 1, MAX_RATE)],
)
def test_a_rate_is_within_what_engines_can_do(asked: int | None, rate: int | None) -> None:
    assert words_a_minute(asked) == rate


@for_each(
    ("rate", "pace", "times"),
    [
        (None, 0, 1.0),
        (180, 0, 1.0),
        (60, -10, 0.5),
        (104, -5, 0.58),
        (312, 5, 1.73),
        (450, 8, 2.5),
        (540, 10, 3.0),
    ],
)
def test_windows_speech_has_paces_in_equal_ratios(rate: int | None, pace: int, times: float) -> None:
    assert sapi_rate(rate) == pace
    assert onecore_rate(rate) == pytest.approx(times, abs=0.01)


@for_each(("rate", "pace"), [(170, 0), (80, -100), (125, -50), (449, 100), (310, 50), (60, -100)])
def test_speech_dispatcher_has_a_pace_from_minus_a_hundred_to_a_hundred(rate: int, pace: int) -> None:
    assert dispatcher_rate(rate) == pace


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What programs print, by the end of the command that makes them; others print nothing and fail."""
    told: dict[str, str] = {}

    def run(command: list[str], *_: object, **__: object) -> tuple[int, str]:
        for end, text in told.items():
            if " ".join(command).endswith(end):
                return 0, text
        return 1, ""

    monkeypatch.setattr(engines, "run_child", run)
    return told


def test_espeak_and_say_take_words_a_minute(printed: dict[str, str]) -> None:
    assert Espeak(ANY, "espeak-ng", "", 140, "")._command("") == [str(ANY), "-b", "1", "-z", "-s", "140"]
    assert Say(ANY, "", 140, "")._command("") == [str(ANY), "-r", "140"]


def test_those_that_render_lack_nothing() -> None:
    for engine in (Espeak(ANY, "espeak", "", None, ""), Say(ANY, "", None, ""), WindowsSpeech(ANY, "", None)):
        assert engine.renders and engine.missing() == ""


ESPEAK_VOICES = """\
Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  nl              --/M      Dutch              gmw/nl
 2  en-gb           --/M      English_(GB)       gmw/en
"""


@pytest.mark.parametrize(
    ("voice", "for_english", "for_dutch"),
    [
        ("nl+f3", "en", "nl+f3"),
        ("Dutch", "en", "Dutch"),
        ("gmw/nl", "en", "gmw/nl"),
        ("en-gb", "en-gb", "nl"),
        ("unknown-to-the-list", "unknown-to-the-list", "nl"),
    ],
)
def test_a_voice_asked_for_reads_its_own_language_alone(
    voice: str, for_english: str, for_dutch: str, printed: dict[str, str]
) -> None:
    printed |= {"--stdin": "", "--voices": ESPEAK_VOICES, "=nl": ESPEAK_VOICES, "=en": ESPEAK_VOICES}
    espeak = Espeak(ANY, "espeak-ng", voice, None, "en")
    assert espeak._command("en")[-2:] == ["-v", for_english]
    assert espeak._command("nl")[-2:] == ["-v", for_dutch]


VOICES = """\
Cellos              en_US    # Hello!
Samantha            en_US    # Hello!
Ava (Premium)       en_US    # Hello!
Kate (Enhanced)     en_GB    # Hello!
Xander              nl_NL    # Hallo!
Bells               nl_NL    # Hallo!
Amelie              fr_CA    # Bonjour!
Anna                de_DE    # Hallo!
Petra (Enhanced)    de_DE    # Hallo!
"""
DUTCH_MAC = {"-g AppleLanguages": '(\n    "nl-NL",\n    "en-NL"\n)\n'}
ENGLISH_MAC = {"-g AppleLanguages": "(\n    en,\n    de\n)\n"}


def say_on(mac: dict[str, str], printed: dict[str, str], voice: str = "") -> Say:
    printed |= {"-v ?": VOICES, **mac}
    return Say(ANY, voice, None, "en")


@pytest.mark.parametrize(
    ("mac", "language", "chosen"),
    [
        (ENGLISH_MAC, "en", ""),
        (ENGLISH_MAC, "en-GB", ""),
        (ENGLISH_MAC, "de", "Petra (Enhanced)"),
        (ENGLISH_MAC, "nl", "Xander"),
        (ENGLISH_MAC, "fr", "Amelie"),
        (DUTCH_MAC, "nl", ""),
        (DUTCH_MAC, "en", "Ava (Premium)"),
        ({}, "en", "Ava (Premium)"),
        (ENGLISH_MAC | {"SelectedVoiceName": "Xander\n"}, "nl", ""),
        (ENGLISH_MAC | {"SelectedVoiceName": "Xander\n"}, "en", "Ava (Premium)"),
    ],
)
def test_macos_speaks_with_the_persons_own_voice_or_the_best_for_the_language(
    mac: dict[str, str], language: str, chosen: str, printed: dict[str, str]
) -> None:
    say = say_on(mac, printed)
    assert say.speaks(language) is True
    assert say._command(language) == [str(ANY), *(["-v", chosen] if chosen else [])]
    assert say.note == ""


def test_macos_without_a_voice_for_a_language_says_so(printed: dict[str, str]) -> None:
    say = say_on(ENGLISH_MAC, printed)
    assert say.speaks("sv", ask=False) is None
    assert say.speaks("sv") is False
    assert say.speaks("sv", ask=False) is False


@pytest.mark.parametrize(
    ("asked", "name"), [("Kate", "Kate (Enhanced)"), ("kate (enhanced)", "Kate (Enhanced)")]
)
def test_a_voice_of_macos_that_was_asked_for_speaks_its_language(
    asked: str, name: str, printed: dict[str, str]
) -> None:
    say = say_on(ENGLISH_MAC, printed, asked)
    assert say._command("en")[-2:] == ["-v", name]
    assert say.voice_name("en") == name
    assert say._command("nl")[-2:] == ["-v", "Xander"]


def test_an_unknown_voice_of_macos_takes_no_words_away(printed: dict[str, str]) -> None:
    say = say_on(ENGLISH_MAC, printed, "Nobody")
    assert say._command("en") == [str(ANY)]
    assert say.note == "macOS has no voice 'Nobody'; another one speaks."


def test_a_mac_that_does_not_tell_its_voices_is_asked_again(printed: dict[str, str]) -> None:
    say = Say(ANY, "", None, "en")
    assert say.speaks("en") is None
    assert say._command("en") == [str(ANY)]
    printed |= {"-v ?": VOICES, **DUTCH_MAC}
    assert say._command("en")[-2:] == ["-v", "Ava (Premium)"]
