"""The voice: which engine there is, what it is asked, and what is kept of it."""

from __future__ import annotations

import os
import sys
import threading
from array import array
from pathlib import Path
from typing import cast

import pytest

from backtimer.audio import engines
from backtimer.audio.cache import wav_length_s
from backtimer.audio.equipment import find_voice
from backtimer.audio.finding import VoiceChoice, voice_advice
from backtimer.audio.processes import end_all
from backtimer.audio.tones import RATE
from backtimer.audio.voice import ANSWER_S, MOST_FAILURES, RETRY_S, EngineVoice, Voice
from backtimer.audio.waves import read_wav, wav_bytes
from tests.audio.fakes import Clock, Programs, rendering, words_with_silence, write_wav
from tests.audio.waiting import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are Unix programs")

VOICES = """\
if any(a.startswith("--voices=") for a in arguments):
    print("Pty Language       Age/Gender VoiceName          File                 Other Languages")
    if "--voices=nl" in arguments:
        print(" 5  nl              --/M      Dutch              gmw/nl")
    if "--voices=sv" in arguments:
        print(" 9  sv              --/M      swedish-mbrola     mb/mb-sw1")
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """What the stand-in for espeak-ng renders: half a second between silences."""
    return write_wav(tmp_path / "source.wav", words_with_silence())


@pytest.fixture
def espeak(programs: Programs, source: Path) -> Programs:
    programs.add("espeak-ng", VOICES + rendering(source, "-w"))
    return programs


def voice_of(
    programs: Programs,
    cache: Path,
    choice: VoiceChoice | None = None,
    platform: str = "linux",
    volume: float = 1.0,
) -> Voice:
    found = find_voice(choice or VoiceChoice(), cache, volume, platform=platform, which=programs.which)
    assert found is not None
    return found


def rendered(programs: Programs) -> int:
    """How often espeak-ng was asked to write a file."""
    return sum("-w" in options(programs, "espeak-ng", n) for n in range(len(programs.calls("espeak-ng"))))


def options(programs: Programs, name: str, number: int = -1) -> list[str]:
    arguments = programs.calls(name)[number]["arguments"]
    assert isinstance(arguments, list)
    return arguments


@pytest.mark.parametrize(
    ("platform", "there", "name"),
    [
        ("linux", ["spd-say", "espeak-ng"], "espeak-ng, English"),
        ("linux", ["spd-say", "espeak"], "espeak, English"),
        ("linux", ["spd-say"], "speech-dispatcher, English"),
        ("darwin", ["say", "espeak-ng"], "say, English"),
        ("win32", ["powershell"], "Windows speech, English"),
    ],
)
def test_the_best_engine_there_is_and_none_is_started(
    programs: Programs, tmp_path: Path, platform: str, there: list[str], name: str
) -> None:
    for program in there:
        programs.add(program)
    voice = voice_of(programs, tmp_path / "cache", platform=platform)
    assert voice.name == name
    assert voice.length_s("Lift.") is None
    assert not any(programs.calls(program) for program in there)


def test_no_engine_or_none_wanted_is_no_voice(programs: Programs, tmp_path: Path) -> None:
    assert find_voice(VoiceChoice(), tmp_path, platform="linux", which=programs.which) is None
    asked = VoiceChoice(engine="say")
    assert find_voice(asked, tmp_path, platform="linux", which=programs.which) is None
    programs.add("espeak-ng")
    choice = VoiceChoice(engine="none")
    assert find_voice(choice, tmp_path, platform="linux", which=programs.which) is None


def test_settings_from_another_computer_find_the_voice_of_this_one(
    programs: Programs, tmp_path: Path
) -> None:
    programs.add("espeak-ng")
    voice = voice_of(programs, tmp_path, VoiceChoice(engine="say", voice="Daniel"))
    assert voice.name == "espeak-ng, English"
    assert voice.problem == "say is not here; espeak-ng speaks."


def test_a_voice_that_is_not_there_is_told_and_another_one_speaks(
    programs: Programs, source: Path, tmp_path: Path
) -> None:
    unknown = "if 'xyzzy' in arguments: sys.exit(1)\n"
    programs.add("espeak-ng", unknown + VOICES + rendering(source, "-w"))
    voice = voice_of(programs, tmp_path / "cache", VoiceChoice(voice="xyzzy"))
    assert voice.render("Three.") is not None
    assert voice.problem == "espeak-ng has no voice 'xyzzy'; another one speaks."
    assert "xyzzy" not in options(programs, "espeak-ng")


def test_an_engine_asked_for_by_name(programs: Programs, tmp_path: Path) -> None:
    programs.add("espeak-ng")
    programs.add("spd-say")
    voice = voice_of(programs, tmp_path, VoiceChoice(engine="speech-dispatcher"))
    assert voice.name == "speech-dispatcher, English"
    assert not voice.renders


def test_a_phrase_is_rendered_once_and_kept_for_the_next_session(espeak: Programs, tmp_path: Path) -> None:
    voice = voice_of(espeak, tmp_path / "cache")
    path = voice.render("Lift left.")
    assert path is not None
    assert path == voice.render("Lift left.")
    later = voice_of(espeak, tmp_path / "cache")
    assert later.length_s("Lift left.") == wav_length_s(path) == voice.length_s("Lift left.")
    assert later.render("Lift left.") == path
    assert len([call for call in espeak.calls("espeak-ng") if call["text"]]) == 1


def test_silence_around_the_words_is_taken_away(espeak: Programs, tmp_path: Path) -> None:
    path = voice_of(espeak, tmp_path / "cache").render("Three.")
    assert path is not None
    samples = read_wav(path)
    first = next(index for index, sample in enumerate(samples) if sample)
    last = next(index for index, sample in enumerate(reversed(samples)) if sample)
    assert 0 < first <= 0.03 * 22_050
    assert 0 < last <= 0.03 * 22_050
    assert len(samples) - first - last == 11_024


def test_another_rate_and_two_channels_become_ours(programs: Programs, tmp_path: Path) -> None:
    samples = [value for value in [6_000, -6_000] * 8_000 for _ in range(2)]
    programs.add("espeak-ng", rendering(write_wav(tmp_path / "s.wav", samples, 16_000, 2), "-w"))
    voice = voice_of(programs, tmp_path / "cache")
    assert voice.render("Three.") is not None
    assert voice.length_s("Three.") == pytest.approx(1.0, abs=0.001)


def test_volume_is_in_the_file(espeak: Programs, tmp_path: Path) -> None:
    loud = voice_of(espeak, tmp_path / "cache").render("Three.")
    quiet = voice_of(espeak, tmp_path / "cache", volume=0.25).render("Three.")
    assert loud is not None
    assert quiet is not None
    assert max(read_wav(loud)) == 8_000
    assert max(read_wav(quiet)) == 2_000


@pytest.mark.parametrize(
    "other",
    [
        VoiceChoice(rate=140),
        VoiceChoice(voice="whisper"),
        VoiceChoice(language="nl"),
        VoiceChoice(language=""),
    ],
)
def test_another_setting_is_another_phrase(espeak: Programs, tmp_path: Path, other: VoiceChoice) -> None:
    one = voice_of(espeak, tmp_path / "cache").render("Three.")
    assert voice_of(espeak, tmp_path / "cache", other).render("Three.") != one


def test_another_version_of_the_engine_renders_anew(espeak: Programs, tmp_path: Path, source: Path) -> None:
    one = voice_of(espeak, tmp_path / "cache").render("Three.")
    espeak.add("espeak-ng", VOICES + rendering(source, "-w") + "# another one")
    assert voice_of(espeak, tmp_path / "cache").render("Three.") != one


@pytest.mark.parametrize(
    "text", ["--voices=nl", "-w /etc/passwd", "; touch x", "$(touch x)", "a\n--stdin", "%s"]
)
def test_a_text_is_never_an_option(espeak: Programs, tmp_path: Path, text: str) -> None:
    voice_of(espeak, tmp_path / "cache").render(text)
    call = espeak.calls("espeak-ng")[-1]
    assert call["text"] == text.replace("\n", " ") + "\n"
    arguments = call["arguments"]
    assert isinstance(arguments, list)
    assert text not in arguments
    assert arguments[-1] == "--stdin"


def test_phonemes_and_commands_in_a_text_are_read_as_text(espeak: Programs, tmp_path: Path) -> None:
    voice_of(espeak, tmp_path / "cache").render("[[rate 900]] hold")
    assert espeak.calls("espeak-ng")[-1]["text"] == "[ [rate 900] ] hold\n"


@pytest.mark.parametrize("language", ["--punct", "en; x", "nl\n", "../nl", "a" * 50, "nl --compile=nl"])
def test_a_language_that_is_none_never_reaches_the_engine(
    espeak: Programs, tmp_path: Path, language: str
) -> None:
    voice = voice_of(espeak, tmp_path / "cache", VoiceChoice(language=language))
    assert isinstance(voice, EngineVoice)
    voice.learn({"Drie bruggen.": language})
    voice.render("Three.")
    voice.render("Drie bruggen.")
    asked = [
        argument for call in espeak.calls("espeak-ng") for argument in cast("list[str]", call["arguments"])
    ]
    assert not any(language.strip() in argument for argument in asked)
    assert "-v" not in options(espeak, "espeak-ng")
    assert "no language" in voice.problem


@pytest.mark.parametrize(
    ("language", "chosen", "told"),
    [("nl", "nl", ""), ("nl-BE", "nl", ""), ("sv", None, "'sv'"), ("xx", None, "'xx'")],
)
def test_a_voice_for_the_language_where_there_is_one(
    espeak: Programs, tmp_path: Path, language: str, chosen: str | None, told: str
) -> None:
    voice = voice_of(espeak, tmp_path / "cache", VoiceChoice(language=language))
    assert isinstance(voice, EngineVoice)
    voice.learn({"Drie.": language})
    assert voice.render("Drie.") is not None
    arguments = options(espeak, "espeak-ng")
    assert (arguments[arguments.index("-v") + 1] if "-v" in arguments else None) == chosen
    assert told in voice.problem
    assert bool(voice.problem) == bool(told)


def test_voice_and_rate_are_passed_on(espeak: Programs, tmp_path: Path) -> None:
    voice = voice_of(espeak, tmp_path / "cache", VoiceChoice(voice="en+f3", rate=1_000))
    voice.render("Three.")
    arguments = options(espeak, "espeak-ng")
    assert arguments[arguments.index("-v") + 1] == "en+f3"
    assert arguments[arguments.index("-s") + 1] == "450"


@pytest.mark.parametrize("voice", ["--compile=x", "a\0b", " -q"])
def test_a_hostile_voice_is_no_option_and_no_error(espeak: Programs, tmp_path: Path, voice: str) -> None:
    voice_of(espeak, tmp_path / "cache", VoiceChoice(voice=voice)).render("Three.")
    assert not {"--compile=x", "-q"} & set(options(espeak, "espeak-ng"))


def test_an_engine_that_hangs_is_given_up(
    programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "RENDERING_S", 0.3)
    programs.add("espeak-ng", "time.sleep(60)")
    voice = voice_of(programs, tmp_path / "cache", VoiceChoice(voice="en"))
    for number in range(6):
        assert voice.render(f"Number {number}.") is None
    assert rendered(programs) == MOST_FAILURES
    assert "hangs" in voice.problem
    assert voice.say("Three.") is None


@pytest.mark.parametrize(
    "body", ["sys.exit(1)", "", "open(arguments[arguments.index('-w')+1], 'w').write('RIFF')"]
)
def test_an_engine_that_renders_nothing_is_given_up(programs: Programs, tmp_path: Path, body: str) -> None:
    programs.add("espeak-ng", body)
    voice = voice_of(programs, tmp_path / "cache", VoiceChoice(voice="en"))
    for number in range(6):
        assert voice.render(f"Number {number}.") is None
    assert rendered(programs) == MOST_FAILURES
    assert "renders nothing" in voice.problem
    assert not list((tmp_path / "cache").iterdir())


def test_an_engine_that_failed_is_told_at_once_and_asked_again_after_a_while(
    programs: Programs, source: Path, tmp_path: Path
) -> None:
    works = tmp_path / "works"
    programs.add(
        "espeak-ng",
        f"if not os.path.exists({str(works)!r}): sys.exit(1)\n" + VOICES + rendering(source, "-w"),
    )
    voice = voice_of(programs, tmp_path / "cache")
    clock = Clock()
    assert isinstance(voice, EngineVoice)
    voice._clock = clock
    assert voice.render("One.") is None
    assert "espeak-ng renders nothing (exit code 1)" in voice.problem
    for number in range(6):
        assert voice.render(f"Number {number}.") is None
    works.touch()
    assert voice.render("One.") is None, "it is left alone for a while"
    assert voice.retry_s("One.") == pytest.approx(RETRY_S)
    clock.now += RETRY_S
    assert voice.retry_s("One.") == 0
    assert voice.render("One.") is not None
    assert "renders nothing" not in voice.problem


def test_a_phrase_that_cannot_be_said_though_others_can_is_left_out(
    programs: Programs, source: Path, tmp_path: Path
) -> None:
    programs.add("espeak-ng", VOICES + "if 'Xyzzy' in given: sys.exit(1)\n" + rendering(source, "-w"))
    voice = voice_of(programs, tmp_path / "cache", VoiceChoice(language="nl"))
    assert voice.render("Xyzzy.") is None
    assert voice.render("Een.") is not None
    assert voice.render("Xyzzy.") is None
    assert voice.retry_s("Xyzzy.") is None


@pytest.mark.parametrize(("text", "longer_s"), [("One.", 0.0), ("Come onto your hands and knees. " * 5, 4.0)])
def test_an_engine_that_does_not_answer_is_told_while_it_is_waited_for(
    programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, longer_s: float
) -> None:
    monkeypatch.setattr(engines, "RENDERING_S", 60.0)
    programs.add("espeak-ng", "time.sleep(60)")
    clock = Clock()
    voice = voice_of(programs, tmp_path / "cache")
    assert isinstance(voice, EngineVoice)
    voice._clock = clock
    waiting = threading.Thread(target=lambda: voice.render(text), daemon=True)
    waiting.start()
    until(lambda: voice._waits)
    assert voice.problem == ""
    clock.now += ANSWER_S + longer_s - 0.1
    assert voice.problem == ""
    clock.now += 2.0
    assert "espeak-ng does not answer" in voice.problem

    def ended() -> bool:
        end_all()  # it may ask anew
        waiting.join(0.05)
        return not waiting.is_alive()

    until(ended)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (VOICES + "sys.exit(3)", "espeak-ng renders nothing (exit code 3)"),
        (VOICES, "espeak-ng renders nothing (exit code 0)"),
    ],
)
def test_a_check_asks_the_engine_whatever_is_kept(
    programs: Programs, source: Path, tmp_path: Path, body: str, told: str
) -> None:
    program = programs.add("espeak-ng", VOICES + rendering(source, "-w"))
    voice = voice_of(programs, tmp_path / "cache", VoiceChoice(language="nl"))
    assert isinstance(voice, EngineVoice)
    assert voice.check() == ""
    assert voice.render("One.") is not None
    state = program.stat()
    programs.add("espeak-ng", body)
    os.utime(program, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert told in voice.check()


def test_a_phrase_of_silence_is_no_phrase_and_no_failure(programs: Programs, tmp_path: Path) -> None:
    programs.add("espeak-ng", rendering(write_wav(tmp_path / "s.wav", [0] * 5_000), "-w"))
    voice = voice_of(programs, tmp_path / "cache", VoiceChoice(voice="en"))
    for number in range(6):
        assert voice.render(f"{number} …") is None
    assert voice.problem == ""


MAC = """\
if '?' in arguments:
    print('Bad News            en_US    # Hello')
    print('Eddy (German (Germany)) de_DE    # Hallo')
    print('Samantha            en_US    # Hello')
    print('Xander              nl_NL    # Hallo')
"""


def test_say_renders_by_its_own_options_and_reads_each_language_with_its_own_voice(
    programs: Programs, tmp_path: Path, source: Path
) -> None:
    programs.add("say", MAC + rendering(source, "-o"))
    programs.add("defaults", "sys.exit(1)")
    choice = VoiceChoice(language="nl", rate=150)
    voice = voice_of(programs, tmp_path / "cache", choice, "darwin")
    assert isinstance(voice, EngineVoice)
    voice.learn({"-o drie": "nl", "Die Brücke": "de"})
    for text, name in (
        ("-o three", "Samantha"),
        ("-o drie", "Xander"),
        ("Die Brücke", "Eddy (German (Germany))"),
    ):
        assert voice.render(text) is not None
        arguments = options(programs, "say")
        assert arguments[:4] == ["-r", "150", "-v", name]
        assert arguments[6:] == ["--file-format=WAVE", "--data-format=LEI16@22050", "-f", "-"]
        assert programs.calls("say")[-1]["text"] == f"{text}\n"


def test_english_words_are_not_read_by_a_voice_of_another_language(
    programs: Programs, tmp_path: Path, source: Path
) -> None:
    programs.add("say", "if '?' in arguments: print('Xander  nl_NL  # Hallo')\n" + rendering(source, "-o"))
    programs.add("defaults", "sys.exit(1)")
    voice = voice_of(programs, tmp_path / "cache", VoiceChoice(language="nl"), "darwin")
    assert isinstance(voice, EngineVoice)
    voice.learn({"De brug": "nl"})
    assert voice.render("Set 1 of 3.") is None
    assert voice.problem == "say has no English voice: tones instead of words."
    assert voice.render("De brug. Set 1 of 3.") is not None
    assert [call["text"] for call in programs.calls("say") if call["text"]] == ["De brug.\n"]


def test_each_part_of_a_phrase_is_read_in_its_own_language(espeak: Programs, tmp_path: Path) -> None:
    voice = voice_of(espeak, tmp_path / "cache", VoiceChoice(language="nl"))
    assert isinstance(voice, EngineVoice)
    voice.learn({"De brug": "nl", "Billen omhoog. Knieën recht.": "nl"})
    assert voice.render("De brug. Set 1 of 3, left side. Next: de brug.") is not None
    assert voice.render("Three.") is not None
    assert voice.render("Billen omhoog.") is not None
    made = [call for call in espeak.calls("espeak-ng") if call["text"]]
    read = [(call["text"], "nl" in cast("list[str]", call["arguments"])) for call in made]
    assert read == [
        ("De brug.\n", True),
        ("Set 1 of 3, left side. Next:\n", False),
        ("de brug.\n", True),
        ("Three.\n", False),
        ("Billen omhoog.\n", True),
    ]
    one, other = voice.length_s("De brug. Set 1 of 3, left side. Next: de brug."), voice.length_s("Three.")
    assert one is not None and other is not None
    assert one == pytest.approx(3 * other + 0.36, abs=0.01)


def test_the_name_tells_who_reads_what(espeak: Programs, tmp_path: Path) -> None:
    voice = voice_of(espeak, tmp_path / "cache", VoiceChoice(language="nl"))
    assert isinstance(voice, EngineVoice)
    assert voice.name == "espeak-ng, English"
    assert voice.check() == ""
    assert voice.name == "espeak-ng, English; Dutch"


def test_an_engine_that_fails_gives_way_to_the_next(programs: Programs, tmp_path: Path, source: Path) -> None:
    programs.add("say", "sys.exit(1)")
    programs.add("defaults", "sys.exit(1)")
    programs.add("espeak-ng", rendering(source, "-w"))
    voice = voice_of(programs, tmp_path / "cache", platform="darwin")
    for number in range(MOST_FAILURES):
        assert voice.render(f"Number {number}.") is None
    assert voice.render("Now.") is not None
    assert voice.problem == "say renders nothing (exit code 1); espeak-ng speaks."
    assert voice.name == "espeak-ng, English"


def test_what_to_install(programs: Programs) -> None:
    assert "espeak-ng" in voice_advice("linux", programs.which)
    programs.add("dnf")
    assert "sudo dnf install espeak-ng" in voice_advice("linux", programs.which)
    programs.add("apt")
    assert "sudo apt install espeak-ng" in voice_advice("linux", programs.which)


def test_an_engine_that_always_takes_its_time_is_not_told_of_at_every_phrase(
    programs: Programs, tmp_path: Path
) -> None:
    programs.add("espeak-ng", "sys.exit(1)")
    voice = voice_of(programs, tmp_path / "cache")
    assert isinstance(voice, EngineVoice)
    clock = Clock()
    voice._clock = clock

    class Slow:
        """Takes three seconds, and says nothing meanwhile."""

        name, renders, says, levels, note = "slow", True, False, True, ""

        def __init__(self) -> None:
            self.problems: list[str] = []

        def speaks(self, language: str, *, ask: bool = True) -> bool:
            return True

        def identity(self, language: str) -> tuple[object, ...]:
            return ()

        def render(self, text: str, path: Path, language: str, *, gently: bool = False) -> int:
            clock.now += 3.0
            self.problems.append(voice.problem)
            path.write_bytes(wav_bytes(array("h", [3000]) * RATE))
            return 0

    slow = Slow()
    voice._engines = [slow]  # type: ignore[list-item]
    for text in ("One.", "Two.", "Three."):
        assert voice.render(text) is not None
    assert "does not answer" in slow.problems[0]
    assert slow.problems[1:] == ["", ""]
