"""The speech engines that come with a system, each as the commands it takes.

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
from backtimer.audio.processes import run_child, spawn
from backtimer.core.speech.cues import MAX_RATE, MIN_RATE
from backtimer.core.speech.languages import ENGLISH, same_language
from backtimer.language import _
from backtimer.values import NamedTuple

RENDERING_S = 4.0
"""An engine that takes longer than this for a phrase hangs."""

CHOOSING_S = 1.0
"""The same, for telling which voices it has; the next phrase asks again."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,3}")


Ended = Callable[[int | None], None]

"""Told of an exit code, or None for what hung."""


class Engine(Protocol):
    """A program that speaks, and picks a voice for the language of each phrase."""

    name: str
    """As people know it."""
    renders: bool
    """Whether it can write a WAV file."""
    says: bool
    """Whether it can speak by itself."""
    levels: bool
    """Whether what it renders is to be brought to the loudness of other voices."""
    program: Path
    note: str
    """What a person should know: the voice they asked for is not there, say. Known after the first phrase."""
    stand_in: str
    """Which voice speaks where the one that was asked for is not there; empty when it is."""

    def speaks(self, language: str, *, ask: bool = True) -> bool | None:
        """Whether it has a voice for a language; None: it does not tell, or would have to be asked."""

    def identity(self, language: str) -> tuple[object, ...]:
        """What its sound depends on besides the text, as far as it is known. Starts nothing."""

    def voice_name(self, language: str) -> str:
        """The voice that reads a language, as people know it; empty where nobody knows. Starts nothing."""

    def render(self, text: str, target: Path, language: str, *, gently: bool) -> int | None:
        """Write a phrase to a file; the exit code, or None when it hung. OSError when it does not start."""

    def say(self, text: str, language: str, on_end: Ended) -> Sounding:
        """Begin to speak; at the end the exit code is told, None when it hung. OSError: it does not start."""

    def missing(self) -> str:
        """Of one that cannot render: what it lacks, as `has no voice`; empty when nothing. Takes time."""


def choosing_s() -> float:
    """How long an engine may take to tell which voices it has."""
    return min(CHOOSING_S, RENDERING_S)


def language_of(text: str) -> str:
    """A language as engines take it (`en`, `pt-BR`), or nothing when it is none."""
    return text.replace("_", "-") if _LANGUAGE.fullmatch(text) else ""


def words_a_minute(rate: int | None) -> int | None:
    """A rate within what engines can do."""
    return None if rate is None else max(MIN_RATE, min(MAX_RATE, rate))


def identity_of(program: Path) -> tuple[object, ...]:
    """Which program, or which voice, this file is: another version of it may sound different."""
    try:
        state = program.stat()
    except OSError:
        return (program,)
    return program, state.st_mtime_ns, state.st_size


def fits(language: str, wanted: str) -> int:
    """How well a voice of one language reads another: 2 for the same country, 1 for the language, else 0."""
    if language.lower() == wanted.lower():
        return 2
    return int(same_language(language, wanted))


class Espeak:
    """espeak-ng, or the older espeak, which takes the same options. Its usual voice is English."""

    renders = says = True
    levels = False

    def __init__(self, program: Path, name: str, voice: str, rate: int | None, language: str) -> None:
        self.name = name
        self.program = program
        self.note = self.stand_in = ""
        self._voice = voice
        self._language = language
        self._rate = rate
        self._chosen: dict[str, str] = {}
        """By language; empty: its usual one."""
        self._asked: str | None = None
        """The language of the voice that was asked for; empty: nobody knows. None: not looked up yet."""

    def speaks(self, language: str, *, ask: bool = True) -> bool | None:
        """Whether it has a voice for a language."""
        if not language or same_language(language, ENGLISH):
            return True
        chosen = self._choose(language) if ask else self._chosen.get(language)
        return None if chosen is None else bool(chosen)

    def identity(self, language: str) -> tuple[object, ...]:
        """The program, and what it is called with."""
        return *identity_of(self.program), self._voice, self._language, self._rate, language

    def voice_name(self, language: str) -> str:
        """It is known by its language."""
        return ""

    def render(self, text: str, target: Path, language: str, *, gently: bool) -> int | None:
        """Write a phrase to a file."""
        command = [*self._command(language), "-w", str(target), "--stdin"]
        code, _ = run_child(command, as_read(text), timeout_s=RENDERING_S, gently=gently)
        return code

    def missing(self) -> str:
        """It renders, and that shows."""
        return ""

    def say(self, text: str, language: str, on_end: Ended) -> Sounding:
        """Begin to speak."""
        return _spoken([*self._command(language), "--stdin"], as_read(text), on_end)

    def _command(self, language: str) -> list[str]:
        chosen = self._choose(language)
        rate = [] if self._rate is None else ["-s", str(self._rate)]
        return [str(self.program), "-b", "1", "-z", *rate, *(["-v", chosen] if chosen else [])]

    def _choose(self, language: str) -> str | None:
        """The voice asked for, if it is of this language, else one that is; None: it does not tell."""
        if language not in self._chosen:
            chosen = self._look(language)
            if chosen is None:
                return None
            self._chosen[language] = chosen
        return self._chosen[language]

    def _look(self, language: str) -> str | None:
        if self._voice:
            if self._asked is None and not self._look_for_voice():
                return None
            if self._voice and same_language(self._asked or self._language or language, language):
                return self._voice
        if not language:
            return ""
        for tag in dict.fromkeys((language.lower(), language.split("-", maxsplit=1)[0].lower())):
            code, printed = run_child([str(self.program), f"--voices={tag}"], timeout_s=choosing_s())
            if code != 0:
                return None
            # Voices of mbrola need files that most people do not have; "!v" are variants of others.
            if any(not row[4].startswith(("mb/", "!v/")) for row in _rows(printed)):
                return tag
        return ""

    def _look_for_voice(self) -> bool:
        """Find out whether the voice asked for is there, and of which language; False: it does not tell."""
        program = str(self.program)
        code, _printed = run_child([program, "-q", "-v", self._voice, "--stdin"], "", timeout_s=choosing_s())
        if code is None:
            return False
        if code:
            told = _("{engine} has no voice '{voice}'; another one speaks.")
            self.note = told.format(engine=self.name, voice=self._voice)
            self.stand_in = _("another voice")
            self._voice = ""
            return True
        code, printed = run_child([program, "--voices"], timeout_s=choosing_s())
        if code is None:
            return False
        bare = self._voice.partition("+")[0].lower()
        languages = [
            row[1]
            for row in _rows(printed)
            if bare in {row[1].lower(), row[3].lower(), row[4].lower(), row[4].lower().rpartition("/")[2]}
        ]
        self._asked = languages[0] if languages else ""
        return True


def _rows(printed: str) -> list[list[str]]:
    """The table of voices: priority, language, age and gender, name, file."""
    return [row.split() for row in printed.splitlines()[1:] if len(row.split()) > 4]


class SayVoice(NamedTuple):
    """A voice of macOS."""

    name: str
    language: str

    def rank(self, language: str) -> tuple[int, ...]:
        """How good it is for a language: the larger the better."""
        better = 2 * ("(Premium)" in self.name) + ("(Enhanced)" in self.name)
        calm = len(_CALM_VOICES) - _CALM_VOICES.index(self.name) if self.name in _CALM_VOICES else 0
        return better, fits(self.language, language), int(self.name not in _NOVELTIES), calm


class Say:
    """The voice of macOS: the person's own where its language fits, else the best there is."""

    name = "say"
    renders = says = True
    levels = False

    def __init__(self, program: Path, voice: str, rate: int | None, language: str) -> None:
        self.program = program
        self.note = self.stand_in = ""
        self._voice = voice
        self._language = language
        self._rate = ("-r", str(rate)) if rate is not None else ()
        self._there: list[SayVoice] | None = None
        self._system: str | None = None
        """The language of the system's own voice; empty where it does not tell. None: not looked up yet."""
        self._chosen: dict[str, tuple[str, ...] | None] = {}
        """By language: what it is called with; None: there is no voice."""

    def speaks(self, language: str, *, ask: bool = True) -> bool | None:
        """Whether it has a voice for a language."""
        if not language:
            return True
        if language not in self._chosen and (not ask or not self._choose(language)):
            return None
        return self._chosen[language] is not None

    def identity(self, language: str) -> tuple[object, ...]:
        """The program, and what it is called with."""
        return *identity_of(self.program), self._voice, self._language, *self._rate, language

    def voice_name(self, language: str) -> str:
        """The voice, once it is chosen."""
        chosen = self._chosen.get(language)
        return chosen[1] if chosen else ""

    def render(self, text: str, target: Path, language: str, *, gently: bool) -> int | None:
        """Write a phrase to a file."""
        kind = ("--file-format=WAVE", "--data-format=LEI16@22050")
        command = [*self._command(language), "-o", str(target), *kind, "-f", "-"]
        code, _ = run_child(command, as_read(text), timeout_s=RENDERING_S, gently=gently)
        return code

    def missing(self) -> str:
        """It renders, and that shows."""
        return ""

    def say(self, text: str, language: str, on_end: Ended) -> Sounding:
        """Begin to speak."""
        return _spoken([*self._command(language), "-f", "-"], as_read(text), on_end)

    def _command(self, language: str) -> list[str]:
        if language not in self._chosen:
            self._choose(language)
        return [str(self.program), *self._rate, *(self._chosen.get(language) or ())]

    def _choose(self, language: str) -> bool:
        """Find the voice for a language; False: it does not tell which there are."""
        if self._there is None and not self._look():
            return False
        there = self._there or []
        if self._voice:
            asked = next((one for one in there if _is_named(one.name, self._voice)), None)
            if asked is None:
                told = _("{engine} has no voice '{voice}'; another one speaks.")
                self.note = told.format(engine="macOS", voice=self._voice)
                self.stand_in = _("another voice")
                self._voice = ""
            elif not language or same_language(asked.language, language):
                self._chosen[language] = ("-v", asked.name)
                return True
        fitting = [one for one in there if fits(one.language, language)]
        if not language or same_language(self._systems_language(), language):
            self._chosen[language] = ()
        elif fitting:
            best = max(fitting, key=lambda one: one.rank(language))
            self._chosen[language] = ("-v", best.name)
        else:
            self._chosen[language] = None
        return True

    def _look(self) -> bool:
        code, printed = run_child([str(self.program), "-v", "?"], timeout_s=choosing_s())
        if code != 0:
            return False
        rows = (re.match(r"(.+?)\s+([A-Za-z]{2,3}[-_]\w+)\s+#", row) for row in printed.splitlines())
        self._there = [SayVoice(row[1], row[2].replace("_", "-")) for row in rows if row]
        return True

    def _systems_language(self) -> str:
        """The language of the voice that the person has chosen for all of macOS, else that of macOS."""
        if self._system is None:
            chosen = _default("com.apple.speech.voice.prefs", "SelectedVoiceName")
            named = [one.language for one in self._there or () if chosen and _is_named(one.name, chosen)]
            # Until somebody chooses one, the system's voice is of the system's language.
            first = re.search(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*", _default("-g", "AppleLanguages"))
            self._system = named[0] if named else (first[0].replace("_", "-") if first else "")
        return self._system


def _default(domain: str, key: str) -> str:
    """A setting of macOS; empty where there is none."""
    with suppress(OSError):
        code, printed = run_child(["defaults", "read", domain, key], timeout_s=choosing_s())
        if code == 0:
            return printed.strip()
    return ""


def _is_named(name: str, asked: str) -> bool:
    """Whether a voice is meant: `Ava` is `Ava (Premium)`, too."""
    name, asked = name.lower(), asked.lower()
    return asked in {name, name.partition(" (")[0]}


_CALM_VOICES = ("Samantha", "Daniel", "Karen", "Moira", "Anna", "Thomas", "Alice", "Xander", "Monica")
"""The first of those that are left."""

_NOVELTIES = frozenset(
    (
        *(
            "Albert",
            "Bad News",
            "Bahh",
            "Bells",
            "Boing",
            "Bubbles",
            "Cellos",
            "Deranged",
            "Fred",
            "Good News",
        ),
        *("Hysterical", "Jester", "Junior", "Kathy", "Organ", "Pipe Organ", "Princess", "Ralph", "Superstar"),
        *("Trinoids", "Whisper", "Wobble", "Zarvox"),
    )
)
"""Among the voices of macOS there are cellos and jesters, and the list is by name."""


def _spoken(command: list[str], text: str | None, on_end: Ended) -> Sounding:
    return ChildSounding(spawn(command, text), on_end)


def as_read(text: str) -> str:
    """Without the brackets that espeak, say and Piper take for commands and phonemes."""
    return text.replace("[[", "[ [").replace("]]", "] ]")
