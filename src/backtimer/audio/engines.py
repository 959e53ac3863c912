"""The speech engines of the platforms, each as the commands it takes.

Texts and the names of voices are data: a text goes through the standard input, or stands after `--`; a
language is checked before it becomes part of an option.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from backtimer.audio.player import ChildSounding, Sounding
from backtimer.audio.processes import one_line, run_child, spawn
from backtimer.core.speech.cues import MAX_RATE, MIN_RATE

RENDERING_S = 4.0
"""An engine that takes longer than this for a phrase hangs."""

CHOOSING_S = 1.0
"""The same, for telling which voices it has; the next phrase asks again."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,3}")


Ended = Callable[[int | None], None]

"""Told of an exit code, or None for what hung."""


class Engine(Protocol):
    """A program that speaks."""

    name: str
    """As people know it."""
    renders: bool
    """Whether it can write a WAV file."""
    program: Path
    note: str
    """What a person should know: there is no voice for their language, say. Known after the first phrase."""
    stand_in: str
    """Which voice speaks where the one that was asked for is not there; empty when it is."""

    def render(self, text: str, target: Path, *, gently: bool) -> int | None:
        """Write a phrase to a file; the exit code, or None when it hung. OSError when it does not start."""

    def say(self, text: str, on_end: Ended) -> Sounding:
        """Begin to speak; at the end the exit code is told, None when it hung. OSError: it does not start."""

    def missing(self) -> str:
        """Of one that cannot render: what it lacks, as `has no voice`; empty when nothing. Takes time."""


def _choosing_s() -> float:
    return min(CHOOSING_S, RENDERING_S)


def language_of(text: str) -> str:
    """A language as engines take it (`en`, `pt-BR`), or nothing when it is none."""
    return text.replace("_", "-") if _LANGUAGE.fullmatch(text) else ""


def words_a_minute(rate: int | None) -> int | None:
    """A rate within what engines can do."""
    return None if rate is None else max(MIN_RATE, min(MAX_RATE, rate))


class Espeak:
    """espeak-ng, or the older espeak, which takes the same options."""

    renders = True

    def __init__(self, program: Path, name: str, voice: str, rate: int | None, language: str) -> None:
        self.name = name
        self.program = program
        self.note = self.stand_in = ""
        self._voice = voice
        self._language = language
        self._rate = ("-s", str(rate)) if rate is not None else ()
        self._chosen: tuple[str, ...] | None = None

    def render(self, text: str, target: Path, *, gently: bool) -> int | None:
        """Write a phrase to a file."""
        command = [*self._command(), "-w", str(target), "--stdin"]
        code, _ = run_child(command, _plain(text), timeout_s=RENDERING_S, gently=gently)
        return code

    def missing(self) -> str:
        """It renders, and that shows."""
        return ""

    def say(self, text: str, on_end: Ended) -> Sounding:
        """Begin to speak."""
        return _spoken([*self._command(), "--stdin"], _plain(text), on_end)

    def _command(self) -> list[str]:
        if self._chosen is None:
            self._chosen = self._choose()
        return [str(self.program), "-b", "1", "-z", *self._rate, *(self._chosen or ())]

    def _choose(self) -> tuple[str, ...] | None:
        """The voice asked for, or one for the language where there is one; None: it does not tell."""
        if self._voice:
            code, _ = run_child(
                [str(self.program), "-q", "-v", self._voice, "--stdin"], "", timeout_s=_choosing_s()
            )
            if code is None:
                return None
            if not code:
                return ("-v", self._voice)
            self.note = f"{self.name} has no voice '{self._voice}'; another one speaks."
            self.stand_in = "another voice"
        if not self._language:
            return ()
        for language in dict.fromkeys((self._language.lower(), self._language.split("-")[0].lower())):
            code, printed = run_child([str(self.program), f"--voices={language}"], timeout_s=_choosing_s())
            if code != 0:
                return None
            # Voices of mbrola need files that most people do not have; "!v" are variants of others.
            files = [row.split()[4] for row in printed.splitlines()[1:] if len(row.split()) > 4]
            if any(not file.startswith(("mb/", "!v/")) for file in files):
                return ("-v", language)
        if not self.note:
            self.note = f"{self.name} has no voice for '{self._language}'; its usual voice speaks."
            self.stand_in = "its usual voice"
        return ()


class Say:
    """The voice of macOS."""

    name = "say"
    renders = True

    def __init__(self, program: Path, voice: str, rate: int | None, language: str) -> None:
        self.program = program
        self.note = self.stand_in = ""
        self._voice = voice
        self._language = language
        self._rate = ("-r", str(rate)) if rate is not None else ()
        self._chosen: tuple[str, ...] | None = None

    def render(self, text: str, target: Path, *, gently: bool) -> int | None:
        """Write a phrase to a file."""
        kind = ("--file-format=WAVE", "--data-format=LEI16@22050")
        command = [*self._command(), "-o", str(target), *kind, "-f", "-"]
        code, _ = run_child(command, _plain(text), timeout_s=RENDERING_S, gently=gently)
        return code

    def missing(self) -> str:
        """It renders, and that shows."""
        return ""

    def say(self, text: str, on_end: Ended) -> Sounding:
        """Begin to speak."""
        return _spoken([*self._command(), "-f", "-"], _plain(text), on_end)

    def _command(self) -> list[str]:
        if self._chosen is None:
            self._chosen = self._choose()
        return [str(self.program), *self._rate, *(self._chosen or ())]

    def _choose(self) -> tuple[str, ...] | None:
        if self._voice:
            return ("-v", self._voice)
        if not self._language:
            return ()
        code, printed = run_child([str(self.program), "-v", "?"], timeout_s=_choosing_s())
        if code != 0:
            return None
        wanted = self._language.lower()
        there: list[tuple[str, str]] = []
        for row in printed.splitlines():
            if found := re.match(r"(.+?)\s+([A-Za-z]{2,3}[-_]\w+)\s+#", row):
                there.append((found[1], found[2].replace("_", "-").lower()))
        fitting = [
            name for name, language in there if language == wanted or language.startswith(wanted + "-")
        ]
        for name in (*_CALM_VOICES, *fitting):
            if name in fitting:
                return ("-v", name)
        self.note = f"macOS has no voice for '{self._language}'; its usual voice speaks."
        self.stand_in = "its usual voice"
        return ()


_CALM_VOICES = ("Samantha", "Daniel", "Karen", "Moira", "Anna", "Thomas", "Alice", "Xander", "Monica")
"""Among the voices of macOS there are cellos and jesters, and the list is by name."""


class Sapi:
    """The voice of Windows, through PowerShell."""

    name = "Windows speech"
    renders = True

    def __init__(self, program: Path, voice: str, rate: int | None, language: str) -> None:
        self.program = program
        self.note = self.stand_in = ""
        # From -10 to 10, where 0 is about 180 words a minute and 10 three times that.
        pace = 0 if rate is None else max(-10, min(10, round((rate - 180) / 18)))
        self._choices = {
            "BACKTIMER_VOICE": voice,
            "BACKTIMER_LANGUAGE": language,
            "BACKTIMER_PACE": str(pace),
        }

    def render(self, text: str, target: Path, *, gently: bool) -> int | None:
        """Write a phrase to a file."""
        code, _ = run_child(
            self._command(),
            text,
            timeout_s=RENDERING_S,
            gently=gently,
            environment={**self._choices, "BACKTIMER_WAV": str(target)},
        )
        return code

    def missing(self) -> str:
        """It renders, and that shows."""
        return ""

    def say(self, text: str, on_end: Ended) -> Sounding:
        """Begin to speak."""
        return _spoken(self._command(), text, on_end, {**self._choices, "BACKTIMER_WAV": ""})

    def _command(self) -> list[str]:
        return [str(self.program), "-NoProfile", "-NonInteractive", "-Command", _SAPI]


_SAPI = """\
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Speech
$reader = New-Object IO.StreamReader([Console]::OpenStandardInput(), [Text.Encoding]::UTF8)
$text = $reader.ReadToEnd()
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
$voice.Rate = [int]$env:BACKTIMER_PACE
if ($env:BACKTIMER_VOICE) { $voice.SelectVoice($env:BACKTIMER_VOICE) }
elseif ($env:BACKTIMER_LANGUAGE) {
  try {
    $culture = [Globalization.CultureInfo]::GetCultureInfo($env:BACKTIMER_LANGUAGE)
    $voice.SelectVoiceByHints('NotSet', 'NotSet', 0, $culture)
  } catch { }
}
if ($env:BACKTIMER_WAV) {
  $kind = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(22050, 'Sixteen', 'Mono')
  $voice.SetOutputToWaveFile($env:BACKTIMER_WAV, $kind)
}
$voice.Speak($text)
$voice.Dispose()
"""
"""What is the person's or the routine's comes by the environment and the standard input: it is never code."""


class SpeechDispatcher:
    """speech-dispatcher, by its client spd-say: it speaks, and cannot render.

    It goes on speaking when its client is killed, so that stopping takes another command. That one stops
    whatever speech-dispatcher is saying, a screen reader's words too: there is no narrower one.
    """

    name = "speech-dispatcher"
    renders = False

    def __init__(self, program: Path, voice: str, rate: int | None, language: str) -> None:
        self.program = program
        self.note = self.stand_in = ""
        # From -100 to 100; 0 is about 175 words a minute.
        pace = () if rate is None else ("-r", str(max(-100, min(100, round((rate - 175) / 1.75)))))
        spoken = ("-l", language) if language else ()
        self._options = (*pace, *spoken, *(("-y", voice) if voice else ()))

    def render(self, text: str, target: Path, *, gently: bool) -> int | None:
        """It cannot."""
        return 1

    def missing(self) -> str:
        """What it lacks: it lists what can speak for it, and the dummy only says that nothing can."""
        code, printed = run_child([str(self.program), "-O"], timeout_s=RENDERING_S)
        if code is None:
            return "hangs"
        if code:
            return f"cannot be reached (exit code {code})"
        speakers = {row.strip() for row in printed.splitlines()[1:]} - {"", "dummy"}
        return "" if speakers else "has no voice"

    def say(self, text: str, on_end: Ended) -> Sounding:
        """Begin to speak; the child waits until the words are said."""
        words = one_line(text)
        command = [str(self.program), "-w", "-N", "backtimer", *self._options, "--", words]
        return _Dispatched(_spoken(command, None, on_end), str(self.program))


class _Dispatched:
    """Words that speech-dispatcher has been given."""

    def __init__(self, waiting: Sounding, program: str) -> None:
        self._waiting = waiting
        self._program = program

    def stop(self) -> None:
        """Silence them."""
        if not self._waiting.is_over():
            self._waiting.stop()
            with suppress(OSError):
                spawn([self._program, "-S"], brief=True)

    def give_up(self) -> None:
        """Silence them, and tell that they hung."""
        self._waiting.give_up()

    def is_over(self) -> bool:
        """Whether they have been said."""
        return self._waiting.is_over()


def _spoken(
    command: list[str], text: str | None, on_end: Ended, environment: dict[str, str] | None = None
) -> Sounding:
    return ChildSounding(spawn(command, text, environment), on_end)


def _plain(text: str) -> str:
    """Without the brackets that espeak and say take for commands and phonemes."""
    return text.replace("[[", "[ [").replace("]]", "] ]")
