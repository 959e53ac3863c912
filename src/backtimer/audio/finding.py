"""Which speech engines this machine has, and what could be better."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from backtimer.audio import piper
from backtimer.audio.dispatcher import SpeechDispatcher
from backtimer.audio.engines import Engine, Espeak, Say
from backtimer.audio.piper import Piper
from backtimer.audio.player import Which, install
from backtimer.audio.windows import ONECORE, SAPI, WindowsSpeech
from backtimer.language import _
from backtimer.values import NamedTuple


class VoiceChoice(NamedTuple):
    """What a person has settled about the voice."""

    engine: str = "auto"
    """One of `ENGINES`, or `none`."""
    voice: str = ""
    """A voice of that engine by its name; empty: one for the language."""
    rate: int | None = None
    """Words a minute; None: the engine's own pace."""
    language: str = "en"
    """Of the routine's texts, such as `en` or `nl`; the coach's own words may be in another."""
    clips: str = ""
    """A folder of recordings that win over the voice; empty: there are none."""
    voices: str = ""
    """A folder in which the person keeps voices; empty: none is looked into."""


def find_engines(choice: VoiceChoice, platform: str, which: Which) -> list[tuple[str, Engine]]:
    """The engines there are, by what people call them: the one asked for, then the best. Starts nothing."""
    found: list[tuple[str, Engine]] = []
    for name, places, programs in _CANDIDATES:
        if choice.engine == name or platform.startswith(places):
            for program in programs:
                path = which(program)
                engine = None if path is None else _engine(name, program, Path(path).absolute(), choice)
                if engine is not None:
                    found.append((name, engine))
                    break
    natural = _find_piper(choice, which)
    if natural is not None:
        foreign = bool(_ESPEAKS.fullmatch(choice.voice)) and not natural.has(choice.voice)
        asked = choice.engine == "piper" or not platform.startswith(("darwin", "win32"))
        found.insert(0 if asked and not foreign else len(found), ("piper", natural))
    return sorted(found, key=lambda one: one[0] != choice.engine)


_ESPEAKS = re.compile(r"[a-z]{2,3}([-_][\w-]+)?(\+\w+)?|\w+/[\w-]+")
"""What espeak-ng calls its voices: `en-gb`, `nl+f3`, `mb/mb-en1`. Who asks for one means that engine."""


def _find_piper(choice: VoiceChoice, which: Which) -> Piper | None:
    """Piper, where both it and a voice are there."""
    program = which("piper")
    path = Path(program).absolute() if program else None
    is_module = piper.has_module()
    if path is None and not is_module:
        return None
    voices = piper.find_voices(choice.voices, path)
    if not voices:
        return None
    runs = Path(sys.executable) if is_module or path is None else path
    return Piper(runs, voices, choice.voice, choice.rate, is_module=is_module)


def _engine(name: str, program: str, path: Path, choice: VoiceChoice) -> Engine:
    voice, rate, language = choice.voice, choice.rate, choice.language
    match name:
        case "espeak-ng":
            return Espeak(path, program, voice, rate, language)
        case "speech-dispatcher":
            return SpeechDispatcher(path, voice, rate, language)
        case "say":
            return Say(path, voice, rate, language)
        case _:
            return WindowsSpeech(path, voice, rate, (SAPI,) if name == "sapi" else (ONECORE, SAPI))


_CANDIDATES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("say", ("darwin",), ("say",)),
    # PowerShell 7 knows nothing of OneCore.
    ("windows", ("win32",), ("powershell", "pwsh")),
    ("sapi", (), ("powershell", "pwsh")),
    # It comes before speech-dispatcher because it renders: what is said is then heard on its beat.
    ("espeak-ng", ("linux", "darwin", "freebsd", "openbsd"), ("espeak-ng", "espeak")),
    ("speech-dispatcher", ("linux", "freebsd"), ("spd-say",)),
)
"""What a person calls an engine, the platforms on which it is found by itself, its programs."""


def voice_advice(platform: str, which: Which) -> str:
    """What to install so that there is a voice, as a sentence."""
    command = voice_command(platform, which)
    if command is None:
        return _("The system's own voice is missing; there is nothing to install.")
    return _("For words install a voice: {command}.").format(command=command)


def voice_command(platform: str, which: Which) -> str | None:
    """The command that installs a voice; None where the system has its own."""
    if platform in ("win32", "darwin"):
        return None
    return install("espeak-ng", "espeak-ng", "espeak-ng", which)


def better_voice(speaking: str, voices: str, platform: str) -> tuple[str, ...]:
    """How to get a voice that is easier to understand than the one that speaks, a sentence each.

    Args:
        speaking: The name of what speaks now.
        voices: The folder in which a person keeps voices.
        platform: As `sys.platform` names it.
    """
    if speaking.startswith("Piper"):
        return ()
    if platform == "darwin":
        return (
            _(
                "A clearer voice: System Settings, Accessibility, Spoken Content, System Voice, Manage "
                "Voices; choose a Premium or Enhanced one."
            ),
        )
    fetch = f"python -m piper.download_voices en_US-lessac-medium --download-dir {_quoted(voices)}"
    clearer = _("A clearer voice is Piper's: {install}, then {fetch}")
    if piper.has_module():
        clearer = _("A clearer voice is Piper's: {fetch}")
    any_voice = _(
        "Any voice of Piper will do: its two files, NAME.onnx and NAME.onnx.json, belong in {folder}."
    )
    told = (
        clearer.format(install="pip install 'backtimer[voice]'", fetch=fetch),
        any_voice.format(folder=voices),
    )
    if platform == "win32":
        return (_("More voices: Settings, Time & language, Speech, Add voices."), *told)
    return told


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path
