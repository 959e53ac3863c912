"""The voices of Windows, by a stand-in for the PowerShell that is kept loaded."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from backtimer.audio import windows
from backtimer.audio.equipment import find_voice
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.voice import EngineVoice
from tests.audio.fakes import Programs, words_with_silence, write_wav

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a Unix program")

POWERSHELL = """\
import json, shutil
sys.stderr.write("a warning\\n")
for line in iter(sys.stdin.readline, ""):
    asked = json.loads(line)
    with open({log!r}, "a") as out: out.write(line)
    if asked["do"] == "voices":
        answer = {voices!r}
    else:
        shutil.copy({source!r}, asked["target"])
        answer = "done"
        {body}
    print("backtimer:" + answer, flush=True)
"""

DAVID = ["onecore", "Microsoft David", "en-US", False]
HAZEL = ["onecore", "Microsoft Hazel", "en-GB", True]
FRANK = ["onecore", "Microsoft Frank", "nl-NL", False]
ZIRA = ["sapi", "Microsoft Zira Desktop", "en-US", True]


class Windows:
    """A PowerShell with these voices."""

    def __init__(self, programs: Programs, folder: Path) -> None:
        self.programs = programs
        self._folder = folder
        self._log = folder / "asked"
        self._source = write_wav(folder / "source.wav", words_with_silence())
        self.has(DAVID, HAZEL, FRANK, ZIRA)

    def has(self, *voices: list[object], body: str = "pass") -> None:
        told = json.dumps(voices)
        path = self.programs.add(
            "powershell",
            POWERSHELL.format(log=str(self._log), voices=told, source=str(self._source), body=body),
        )
        path.write_text(path.read_text().replace("sys.stdin.read()", "''"))

    def voice(self, **choice: object) -> EngineVoice:
        found = find_voice(
            VoiceChoice(**choice),  # type: ignore[arg-type]
            self._folder / "cache",
            platform="win32",
            which=self.programs.which,
        )
        assert found is not None
        return found

    def asked(self) -> list[dict[str, object]]:
        """What it was to say."""
        if not self._log.exists():
            return []
        rows = [json.loads(line) for line in self._log.read_text().splitlines()]
        return [row for row in rows if row["do"] == "render"]


@pytest.fixture
def there(programs: Programs, tmp_path: Path) -> Windows:
    return Windows(programs, tmp_path)


def test_one_powershell_says_all_and_gets_it_as_data(there: Windows) -> None:
    voice = there.voice(rate=90)
    assert voice.render("'; Remove-Item x; Lift “é”") is not None
    assert voice.render("Three.") is not None
    [call] = there.programs.calls("powershell")
    assert "Remove-Item" not in str(call["arguments"])
    assert [asked["text"] for asked in there.asked()] == ["'; Remove-Item x; Lift “é”", "Three."]
    asked = there.asked()[0]
    assert (asked["kind"], asked["voice"], asked["pace"], asked["times"]) == (
        "onecore",
        "Microsoft Hazel",
        -6,
        0.5,
    )
    assert voice.name == "Windows speech, Microsoft Hazel" and voice.problem == ""


@pytest.mark.parametrize(
    ("voices", "choice", "chosen"),
    [
        ([DAVID, HAZEL, ZIRA], {}, "Microsoft Hazel"),
        ([ZIRA], {}, "Microsoft Zira Desktop"),
        ([DAVID, ZIRA], {"engine": "sapi"}, "Microsoft Zira Desktop"),
        ([DAVID, HAZEL, ZIRA], {"voice": "Zira"}, "Microsoft Zira Desktop"),
        ([DAVID, HAZEL, ZIRA], {"voice": "microsoft david"}, "Microsoft David"),
        ([FRANK, DAVID], {"voice": "Frank"}, "Microsoft David"),
    ],
)
def test_the_persons_voice_then_that_of_windows_then_the_better_kind(
    there: Windows, voices: list[list[object]], choice: dict[str, object], chosen: str
) -> None:
    there.has(*voices)
    voice = there.voice(**choice)
    assert voice.render("Three.") is not None
    assert there.asked()[0]["voice"] == chosen
    assert voice.problem == ""


def test_an_unknown_voice_takes_no_words_away(there: Windows) -> None:
    voice = there.voice(voice="Nobody")
    assert voice.render("Three.") is not None
    assert voice.problem == "Windows has no voice 'Nobody'; another one speaks."


def test_each_language_has_its_own_voice_and_english_no_other(there: Windows) -> None:
    voice = there.voice(language="nl")
    voice.learn({"De brug": "nl"})
    assert voice.render("De brug. Set 1 of 3.") is not None
    assert [asked["voice"] for asked in there.asked()] == ["Microsoft Frank", "Microsoft Hazel"]
    there.has(FRANK)
    voice = there.voice(language="nl", rate=100)
    voice.learn({"De brug": "nl"})
    assert voice.render("Set 1 of 3.") is None
    assert voice.problem == "Windows speech has no English voice: tones instead of words."
    assert voice.render("De brug.") is not None


def test_a_language_without_a_voice_is_told(there: Windows) -> None:
    there.has(HAZEL)
    voice = there.voice(language="sv")
    assert voice.check() == ""
    assert voice.problem == "Windows speech has no voice for 'sv'; its usual voice speaks."


def test_one_that_hangs_is_ended_and_told(there: Windows, monkeypatch: pytest.MonkeyPatch) -> None:
    there.has(HAZEL, body="time.sleep(60)")
    voice = there.voice()
    monkeypatch.setattr(windows, "RENDERING_S", 0.1)
    monkeypatch.setattr(windows, "CHOOSING_S", 0.1)
    assert voice.render("Three.") is None
    assert "Windows speech hangs" in voice.problem


def test_what_it_refuses_to_say_is_told(there: Windows) -> None:
    there.has(HAZEL, body="answer = 'Access is denied'")
    voice = there.voice()
    assert voice.render("Three.") is None
    assert "Windows speech renders nothing (exit code 1)" in voice.problem
    assert len(there.programs.calls("powershell")) == 1


@pytest.mark.parametrize("answer", ["no JSON", "{}", "[1]", '[["onecore"]]'])
def test_voices_that_are_told_wrongly_are_none(there: Windows, answer: str) -> None:
    there.has(HAZEL)
    path = there.programs.folder / "powershell"
    path.write_text(path.read_text().replace("        answer = '", f"        answer = {answer!r} or '"))
    voice = there.voice()
    assert voice.render("Three.") is None
    assert voice.problem
