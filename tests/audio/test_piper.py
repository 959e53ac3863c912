"""Piper: where it and its voices are found, how it is kept loaded, and the real one where it is installed."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from backtimer.audio import piper
from backtimer.audio.equipment import find_voice
from backtimer.audio.finding import VoiceChoice, better_voice, find_engines
from backtimer.audio.piper import find_voices, scale_for
from backtimer.audio.processes import end_all
from backtimer.audio.voice import EngineVoice
from backtimer.audio.waves import read_wav
from backtimer.core.speech.pieces import speech_s
from tests.audio.fakes import Programs, rendering, words_with_silence, write_wav
from tests.rules import for_each

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are Unix programs")


def voice_file(folder: Path, name: str, settings: str = "{}") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    path.touch()
    path.with_name(f"{name}.onnx.json").write_text(settings)
    return path


@pytest.fixture(autouse=True)
def nowhere_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """None of the voices of this machine."""
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))


def names(own: Path, program: Path | None = None) -> list[str]:
    return [f"{voice.language} {voice.name}" for voice in find_voices(str(own), program)]


def test_a_persons_own_voices_come_first_then_by_quality(tmp_path: Path) -> None:
    voice_file(tmp_path / "share" / "piper", "en_US-amy-medium")
    for name in ("en_US-amy-low", "en_GB-alan-high", "en_GB-alba-medium", "nl_NL-mls-medium"):
        voice_file(tmp_path / "voices", name)
    (tmp_path / "voices" / "en_US-lone-medium.onnx").touch()
    assert names(tmp_path / "voices") == [
        "en-GB alba", "nl-NL mls", "en-GB alan", "en-US amy", "en-US amy",
    ]  # fmt: skip


@for_each(
    ("settings", "found"),
    [
        ('{"language": {"code": "nl_BE"}}', ["nl-BE mine"]),
        ('{"espeak": {"voice": "en-us"}}', ["en-us mine"]),
        ("{}", []),
        ("[1]", []),
        ("no JSON", []),
    ],
)
def test_a_file_of_another_name_is_known_by_its_settings(
    tmp_path: Path, settings: str, found: list[str]
) -> None:
    voice_file(tmp_path, "mine", settings)
    assert names(tmp_path) == found


def test_voices_lie_beside_the_program_in_packages_and_in_the_collection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice_file(tmp_path / "opt" / "voices", "de_DE-a-medium")
    voice_file(tmp_path / "lib" / "site-packages" / "some_piper_voice" / "data", "fr_FR-b-medium")
    voice_file(tmp_path / "share" / "piper-voices" / "nl" / "nl_NL" / "c" / "medium", "nl_NL-c-medium")
    monkeypatch.setattr(sys, "path", ["", str(tmp_path / "lib" / "site-packages")])
    assert names(tmp_path / "none", tmp_path / "opt" / "piper") == ["nl-NL c", "de-DE a", "fr-FR b"]


# Which engine speaks

SAYS_ITS_OPTIONS = "if '--help' in arguments: print('  -m, --model MODEL'); sys.exit()\n"


@pytest.fixture
def voices(tmp_path: Path) -> Path:
    voice_file(tmp_path / "voices", "en_US-joe-medium")
    return tmp_path / "voices"


def engines(programs: Programs, voices: Path, **choice: str) -> list[str]:
    asked = VoiceChoice(voices=str(voices), **choice)  # type: ignore[arg-type]
    return [name for name, _ in find_engines(asked, "linux", programs.which)]


def test_piper_comes_first_where_it_has_a_voice(
    programs: Programs, voices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.add("espeak-ng")
    programs.add("spd-say")
    others = ["espeak-ng", "speech-dispatcher"]
    assert engines(programs, voices) == others, "there is no Piper"
    programs.add("piper")
    assert engines(programs, voices) == ["piper", *others]
    assert engines(programs, tmp_path / "none") == others, "it has no voice"
    (programs.folder / "piper").unlink()
    monkeypatch.setattr(piper, "has_module", lambda: True)
    assert engines(programs, voices) == ["piper", *others]
    assert engines(programs, voices, voice="joe") == ["piper", *others]
    assert engines(programs, voices, voice="en-gb") == [*others, "piper"], "it is a voice of espeak-ng"
    assert engines(programs, voices, voice="Daniel") == ["piper", *others], "it is of another computer"
    assert engines(programs, voices, engine="espeak-ng") == ["espeak-ng", "piper", "speech-dispatcher"]
    assert engines(programs, voices, engine="piper", voice="en-gb") == ["piper", *others]


def test_where_there_is_no_piper_the_one_that_asked_for_it_is_told(
    programs: Programs, tmp_path: Path
) -> None:
    programs.add("espeak-ng")
    voice = find_voice(VoiceChoice(engine="piper"), tmp_path, platform="linux", which=programs.which)
    assert voice is not None
    assert voice.problem == "piper is not here; espeak-ng speaks."


def test_a_module_of_another_kind_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    sys.modules.pop("piper", None)
    importlib.invalidate_caches()
    assert not piper.has_module()
    (tmp_path / "piper").mkdir()
    (tmp_path / "piper" / "__init__.py").touch()
    importlib.invalidate_caches()
    assert not piper.has_module()
    (tmp_path / "piper" / "voice.py").touch()
    assert piper.has_module()


# A stand-in for the module: a Python that answers as our helper does

_PYTHON = """\
#!{python} -IS
import json, os, shutil, sys, time
os.chdir({folder!r})
with open("started", "a") as file: file.write(str(os.getpid()) + "\\n")
print("a library prints")
sys.stderr.write("and complains\\n")
for line in sys.stdin:
    with open("asked", "a") as file: file.write(line)
    asked = json.loads(line)
    answer = "done"
    exec(open("body").read())
    print("backtimer:" + answer, flush=True)
"""


class Module:
    """A Python that has Piper, so to speak."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = folder / "python"
        self.program.write_text(_PYTHON.format(python=sys.executable, folder=str(folder)))
        self.program.chmod(0o755)
        self.does(self.render)

    render = "shutil.copy('source.wav', asked['target'])\n"

    def does(self, body: str) -> None:
        (self.folder / "body").write_text(body)

    def asked(self) -> list[dict[str, object]]:
        import json

        path = self.folder / "asked"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def started(self) -> list[int]:
        path = self.folder / "started"
        return [int(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, programs: Programs) -> Module:
    monkeypatch.setattr(piper, "_children", {})
    folder = tmp_path / "module"
    folder.mkdir()
    write_wav(folder / "source.wav", words_with_silence())
    found = Module(folder)
    monkeypatch.setattr(piper, "has_module", lambda: True)
    monkeypatch.setattr(sys, "executable", str(found.program))
    return found


def voice_of(programs: Programs, voices: Path, cache: Path, **choice: object) -> EngineVoice:
    asked = VoiceChoice(voices=str(voices), **choice)  # type: ignore[arg-type]
    found = find_voice(asked, cache, platform="linux", which=programs.which)
    assert found is not None
    return found


def test_it_is_loaded_once_and_kept(programs: Programs, module: Module, voices: Path, tmp_path: Path) -> None:
    voice = voice_of(programs, voices, tmp_path / "cache")
    assert voice.name == "Piper, en_US-joe-medium" and voice.renders and not voice.slow
    assert voice.render("Three.") is not None
    assert voice.render("[[Lift]].\n-x") is not None
    # What looked before the session whether it speaks has loaded it for the session.
    assert voice_of(programs, voices, tmp_path / "cache").check() == ""
    assert len(module.started()) == 1
    texts = [asked["text"] for asked in module.asked()]
    assert texts == ["Three.", "[ [Lift] ]. -x", "One."]
    assert {asked["model"] for asked in module.asked()} == {str(voices / "en_US-joe-medium.onnx")}
    assert voice.problem == ""


def test_it_is_as_loud_as_other_voices(
    programs: Programs, module: Module, voices: Path, tmp_path: Path
) -> None:
    peaks = []
    for loudness in (400, 12_000, 32_000):
        write_wav(module.folder / "source.wav", [0] * 2_000 + [loudness, -loudness] * 8_000)
        path = voice_of(programs, voices, tmp_path / str(loudness)).render("Three.")
        assert path is not None
        peaks.append(max(read_wav(path)))
    assert max(peaks) < 1.2 * min(peaks)


@pytest.mark.parametrize("body", ["os._exit(3)", "os.kill(os.getpid(), 9)"])
def test_one_that_ends_is_started_once_more_for_a_phrase(
    programs: Programs, module: Module, voices: Path, tmp_path: Path, body: str
) -> None:
    voice = voice_of(programs, voices, tmp_path / "cache")
    assert voice.render("Three.") is not None
    module.does(f"open('body', 'w').write({module.render!r})\n{body}\n")
    assert voice.render("Four.") is not None
    assert len(module.started()) == 2 and voice.problem == ""
    module.does(body)
    assert voice.render("Five.") is None
    assert len(module.started()) == 3
    assert "Piper renders nothing" in voice.problem


def test_one_that_hangs_is_ended_told_and_gives_way(
    programs: Programs, module: Module, voices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piper, "LOADING_S", 0.5)
    programs.add("espeak-ng", rendering(module.folder / "source.wav", "-w"))
    module.does("time.sleep(60)")
    voice = voice_of(programs, voices, tmp_path / "cache")
    assert voice.render("Three.") is None
    for pid in module.started():
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert voice.render("Four.") is not None
    assert voice.problem == "Piper hangs; espeak-ng speaks."


def test_a_long_announcement_may_take_longer(
    programs: Programs, module: Module, voices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piper, "RENDERING_S", 0.1)
    voice = voice_of(programs, voices, tmp_path / "cache")
    assert voice.render("Three.") is not None
    module.does(f"time.sleep(1.0)\n{module.render}")
    text = "Come onto your hands and knees. " * 10
    assert speech_s(text) > 10
    assert voice.render(text) is not None
    assert voice.render("Two.") is None and "Piper hangs" in voice.problem


def test_none_outlives_the_end_of_all(
    programs: Programs, module: Module, voices: Path, tmp_path: Path
) -> None:
    voice = voice_of(programs, voices, tmp_path / "cache")
    assert voice.render("Three.") is not None
    end_all()
    with pytest.raises(ProcessLookupError):
        os.kill(module.started()[0], 0)
    assert voice.render("Four.") is not None, "the next session starts it anew"


def test_a_phrase_it_cannot_say_is_its_own_fault(
    programs: Programs, module: Module, voices: Path, tmp_path: Path
) -> None:
    module.does(f"if 'Xyzzy' in line: answer = 'no such sound'\nelse: {module.render}")
    voice = voice_of(programs, voices, tmp_path / "cache")
    assert voice.render("Xyzzy.") is None
    assert voice.render("Three.") is not None
    assert len(module.started()) == 1


def test_each_language_has_its_own_file_and_another_engine_where_there_is_none(
    programs: Programs, module: Module, voices: Path, tmp_path: Path
) -> None:
    listed = "if any('=de' in a for a in arguments): print('head\\n5 de M x gmw/de')\n"
    programs.add("espeak-ng", listed + rendering(module.folder / "source.wav", "-w"))
    voice_file(voices, "nl_NL-mls-medium")
    voice = voice_of(programs, voices, tmp_path / "cache", language="nl")
    voice.learn({"De brug": "nl", "Die Brücke": "de"})
    for text in ("Three.", "De brug.", "Die Brücke."):
        assert voice.render(text) is not None
    models = [Path(str(asked["model"])).stem for asked in module.asked()]
    assert models == ["en_US-joe-medium", "nl_NL-mls-medium"]
    assert [call["text"] for call in programs.calls("espeak-ng") if call["text"]] == ["Die Brücke.\n"]
    assert voice.name == "Piper, en_US-joe-medium; Dutch; German by espeak-ng"
    assert voice.problem == ""


def test_another_file_of_a_voice_renders_anew(
    programs: Programs, module: Module, voices: Path, tmp_path: Path
) -> None:
    first = voice_of(programs, voices, tmp_path / "cache").render("Three.")
    (voices / "en_US-joe-medium.onnx").write_bytes(b"another")
    assert voice_of(programs, voices, tmp_path / "cache").render("Three.") != first


def test_a_pace_is_measured_and_asked_for(
    programs: Programs, module: Module, voices: Path, tmp_path: Path
) -> None:
    # Nineteen words in six seconds are 190 a minute.
    write_wav(module.folder / "source.wav", [8_000, -8_000] * (3 * 22_050))
    voice = voice_of(programs, voices, tmp_path / "cache", rate=95)
    assert voice.render("Three.") is not None and voice.render("Four.") is not None
    scales = [asked["scale"] for asked in module.asked()]
    assert scales == [None, pytest.approx(2.33, abs=0.01), pytest.approx(2.33, abs=0.01)]


@for_each(
    ("natural", "rate", "scale"), [(190, 190, 1.0), (190, 142.5, 1.44), (190, 450, 0.3), (190, 40, 4.0)]
)
def test_a_pace_becomes_a_scale_of_the_sounds_within_bounds(
    natural: float, rate: float, scale: float
) -> None:
    assert scale_for(natural, rate) == pytest.approx(scale, abs=0.01)


# The program

PROGRAM = (
    SAYS_ITS_OPTIONS
    + """\
import shutil
folder = arguments[arguments.index("--output_dir") + 1]
for number, line in enumerate(iter(sys.stdin.readline, "")):
    with open({log!r}, "a") as out: out.write(line)
    target = os.path.join(folder, str(number) + ".wav")
    shutil.copy({source!r}, target)
    print({prefix!r} + target, flush=True)
"""
)


def add_program(programs: Programs, folder: Path, prefix: str = "") -> Path:
    """A stand-in for the program, which does not wait for the end of its input."""
    source, log = write_wav(folder / "source.wav", words_with_silence()), folder / "lines"
    path = programs.add("piper", PROGRAM.format(log=str(log), source=str(source), prefix=prefix))
    path.write_text(path.read_text().replace("sys.stdin.read()", "''"))
    return log


@pytest.mark.parametrize("prefix", ["", "INFO:__main__:Wrote "])
def test_the_program_is_kept_loaded_too(
    programs: Programs, voices: Path, tmp_path: Path, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piper, "_children", {})
    log = add_program(programs, tmp_path, prefix)
    voice = voice_of(programs, voices, tmp_path / "cache")
    assert voice.render("Three.") is not None and voice.render("--help") is not None
    assert log.read_text() == "Three.\n--help\n"
    calls = [call["arguments"] for call in programs.calls("piper")]
    assert len(calls) == 2 and calls[0] == ["--help"]
    assert calls[1][:2] == ["--model", str(voices / "en_US-joe-medium.onnx")]  # type: ignore[index]


def test_a_program_of_that_name_that_sets_up_mice_is_left_alone(
    programs: Programs, voices: Path, tmp_path: Path
) -> None:
    programs.add("piper", "if '--help' in arguments: print('Configure gaming mice')\n")
    programs.add("espeak-ng", rendering(write_wav(tmp_path / "s.wav", words_with_silence()), "-w"))
    voice = voice_of(programs, voices, tmp_path / "cache")
    assert voice.render("Three.") is not None
    assert voice.name == "espeak-ng, English" and voice.problem == ""
    assert [call["arguments"] for call in programs.calls("piper")] == [["--help"]]


# How to get it


def test_how_to_get_a_clearer_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert better_voice("Piper, joe", "/v", "linux") == ()
    first, second = better_voice("espeak-ng, English", "/my voices", "linux")
    assert "pip install 'backtimer[voice]', then python -m piper.download_voices" in first
    assert first.endswith('--download-dir "/my voices"') and "NAME.onnx.json, belong in /my voices" in second
    monkeypatch.setattr(piper, "has_module", lambda: True)
    assert "pip install" not in better_voice("espeak-ng, English", "/v", "linux")[0]
    assert "Premium or Enhanced" in better_voice("say, English", "/v", "darwin")[0]
    assert "Add voices" in better_voice("Windows speech", "/v", "win32")[0]
