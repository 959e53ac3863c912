"""Who speaks: one of the platform's engines, its phrases kept on the disk; and all there is for sound."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from array import array
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from backtimer.audio import player as players
from backtimer.audio.cache import SoundCache, key_of
from backtimer.audio.engines import Engine, Espeak, Sapi, Say, SpeechDispatcher, language_of, words_a_minute
from backtimer.audio.player import Player, Sounding, Which, find_player, install
from backtimer.audio.processes import one_line
from backtimer.audio.waves import load, shaped

ENGINES = ("auto", "espeak-ng", "speech-dispatcher", "say", "sapi", "none")
"""What a person may ask for; `auto` takes the best there is."""

MOST_FAILURES = 3
"""After so many in a row an engine is left alone for a while."""

RETRY_S = 2.5
"""From one attempt to the next of an engine that is left alone."""

ANSWER_S = 2.5
"""An engine that takes longer than this for a phrase is told of: its words are late, or will never come."""

SLOW_S = 0.4
"""An engine that takes longer than this for a phrase speaks sooner than it renders."""


class VoiceChoice(NamedTuple):
    """What a person has settled about the voice."""

    engine: str = "auto"
    """One of `ENGINES`."""
    voice: str = ""
    """A voice of that engine by its name; empty: one for the language."""
    rate: int | None = None
    """Words a minute; None: the engine's own pace."""
    language: str = "en"
    """Of what is said, such as `en` or `nl`."""


class Voice(Protocol):
    """Someone who speaks."""

    @property
    def name(self) -> str:
        """For people: the engine and the language."""

    @property
    def renders(self) -> bool:
        """Whether phrases can be made ahead."""

    @property
    def slow(self) -> bool:
        """Whether a phrase that was not made ahead is better spoken at once than rendered."""

    @property
    def problem(self) -> str:
        """What a person should know, as a sentence; empty when all is well."""

    def render(self, text: str, *, gently: bool = False) -> Path | None:
        """The phrase as a WAV file; None when there can be none. Takes its time when it is not there yet."""

    def length_s(self, text: str) -> float | None:
        """How long it takes to say this; None: not known yet. Starts nothing."""

    def say(self, text: str) -> Sounding | None:
        """Begin to say this aloud; None when that cannot be."""

    def retry_s(self, text: str) -> float | None:
        """Seconds until it is worth asking for a phrase that there was none of; None: there never will be."""


class EngineVoice:
    """A voice of an engine.

    Args:
        engine: Speaks and, if it can, renders.
        choice: What the engine was set to: phrases of another setting are other phrases.
        cache: Keeps the phrases.
        volume: 0 to 1, of what is rendered.
        clock: Seconds, from any origin.
    """

    def __init__(
        self,
        engine: Engine,
        choice: VoiceChoice,
        cache: SoundCache,
        volume: float = 1.0,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._engine = engine
        self._choice = choice
        self._cache = cache
        self._volume = volume
        self._clock = clock
        self._lengths: dict[str, float] = {}
        self._silent: set[str] = set()
        """Phrases that cannot be had, though others can."""
        self._failed_at: dict[str, int] = {}
        """How many phrases had been rendered when this one could not be."""
        self._successes = 0
        self._failures = 0
        self._trouble = ""
        self._attempt_s: float | None = None
        """When the engine was last asked."""
        self._waits = False
        """Whether it has not answered yet."""
        self._took_s = 0.0
        self._settled = _identity(engine.program)

    @property
    def name(self) -> str:
        """For people."""
        said_by = (
            self._engine.stand_in
            or self._choice.voice
            or _NAMES.get(self._choice.language, self._choice.language)
        )
        return f"{self._engine.name}, {said_by}" if said_by else self._engine.name

    @property
    def renders(self) -> bool:
        """Whether phrases can be made ahead."""
        return self._engine.renders

    @property
    def slow(self) -> bool:
        """Whether it took long of late."""
        return self._took_s > SLOW_S

    @property
    def note(self) -> str:
        """What is not as it was asked for, though it speaks; known after the first phrase."""
        return self._engine.note

    @property
    def problem(self) -> str:
        """What a person should know."""
        if not self._trouble and self._waits and self._since_attempt_s() > ANSWER_S:
            return f"{self._engine.name} does not answer; until it does there are tones instead of words."
        return self._trouble or self._engine.note

    def render(self, text: str, *, gently: bool = False) -> Path | None:
        """The phrase as a WAV file."""
        if not self.renders or text in self._silent or not text.strip():
            return None
        key = self._key(text)
        found = self._cache.find(key)
        if found is None:
            found = self._rendered(key, text, gently)
        if found is not None and (length_s := self._cache.length_s(key)) is not None:
            self._lengths[text] = length_s
        return found

    def length_s(self, text: str) -> float | None:
        """How long the phrase is that was rendered, now or in an earlier session."""
        if (known := self._lengths.get(text)) is not None or not self.renders:
            return known
        length_s = self._cache.length_s(self._key(text))
        if length_s is not None:
            self._lengths[text] = length_s
        return length_s

    def say(self, text: str) -> Sounding | None:
        """Begin to say this aloud."""
        if self._rest_s() > 0:
            return None
        self._attempt_s = self._clock()
        try:
            return self._engine.say(text, self._said)
        except OSError as error:
            self._failed(f"cannot be started ({error.strerror or error})")
            return None

    def retry_s(self, text: str) -> float | None:
        """When to ask for a phrase again: after the engine's rest, unless it is the phrase's fault."""
        return None if text in self._silent or text not in self._failed_at else self._rest_s()

    def check(self) -> str:
        """Ask the engine for a word, whatever is kept; why it cannot speak, empty when it can. Takes time."""
        if not self.renders:
            try:
                trouble = self._engine.missing()
            except OSError as error:
                trouble = f"cannot be started ({error.strerror or error})"
            return self._sentence(trouble) if trouble else ""
        key = self._key(_WORD)
        self._silent.discard(_WORD)
        if self._rest_s() == 0 and self._render_raw(key, _WORD, gently=True) is not None:
            return ""
        return self._trouble or self._cache.problem

    def _rest_s(self) -> float:
        """How long the engine is still left alone."""
        if self._failures < MOST_FAILURES:
            return 0.0
        return max(0.0, RETRY_S - self._since_attempt_s())

    def _since_attempt_s(self) -> float:
        return float("inf") if self._attempt_s is None else self._clock() - self._attempt_s

    def _said(self, code: int | None) -> None:
        """Words that were spoken at once are over, with this exit code, or None when that hung."""
        if code is None:
            self._failed("hangs")
        elif code:
            self._failed(f"says nothing (exit code {code})")
        else:
            self._worked()

    def _worked(self) -> None:
        self._successes += 1
        self._failures = 0
        self._trouble = ""

    def _rendered(self, key: str, text: str, gently: bool) -> Path | None:
        loaded = None
        if self._rest_s() == 0:
            loaded = self._render_raw(key, text, gently)
        if loaded is None:
            if self._failed_at.setdefault(text, self._successes) < self._successes:
                self._silent.add(text)  # others came since it failed first
            return None
        self._failed_at.pop(text, None)
        samples = shaped(*loaded, volume=self._volume)
        if not samples:
            self._silent.add(text)
            return None
        return self._cache.add(key, samples)

    def _render_raw(self, key: str, text: str, gently: bool) -> tuple[array[int], int] | None:
        """What the engine makes of a phrase; None when it fails, which is noted."""
        room = self._cache.room()
        if room is None:
            return None
        raw = room / f".{key}.{os.getpid()}.{threading.get_ident()}.raw.wav"
        began = self._attempt_s = self._clock()
        self._waits = True
        try:
            code = self._engine.render(text, raw, gently=gently)
            if code is None:
                self._failed("hangs")
                return None
            loaded = load(raw) if code == 0 else None
        except OSError as error:
            self._failed(f"cannot be started ({error.strerror or error})")
            return None
        finally:
            self._waits = False
            with suppress(OSError):
                raw.unlink()
        if loaded is None:
            self._failed(f"renders nothing (exit code {code})")
            return None
        took_s = self._clock() - began
        self._took_s = 0.7 * self._took_s + 0.3 * took_s if self._took_s else took_s
        self._worked()
        return loaded

    def _failed(self, why: str) -> None:
        self._failures += 1
        self._trouble = self._sentence(why)

    def _sentence(self, why: str) -> str:
        return f"{self._engine.name} {why}: tones instead of words. Trying again."

    def _key(self, text: str) -> str:
        choice = self._choice
        settled = (*self._settled, choice.voice, choice.rate, choice.language, f"{self._volume:.3f}")
        return key_of("phrase", self._engine.name, *settled, one_line(text))


_WORD = "One."
"""What an engine is asked for to see whether it can speak."""


def find_voice(
    choice: VoiceChoice,
    cache: Path | SoundCache,
    volume: float = 1.0,
    *,
    platform: str = sys.platform,
    which: Which = shutil.which,
) -> EngineVoice | None:
    """The voice that this machine has for a choice; None when there is none. No process is started.

    Args:
        choice: What the person has settled.
        cache: Where phrases are kept.
        volume: 0 to 1, of what is rendered.
        platform: As `sys.platform` names it.
        which: Finds programs.
    """
    voice = one_line(choice.voice).strip()
    # A name that begins with a dash would be an option of the engine.
    voice = "" if voice.startswith("-") else voice
    language = language_of(choice.language)
    rate = words_a_minute(choice.rate)
    wanted = VoiceChoice(choice.engine, voice, rate, language)
    engine = _find_engine(wanted, platform, which)
    if engine is None and choice.engine not in ("auto", "none"):
        # Settings that were made for another computer: better another voice than none.
        wanted = VoiceChoice("auto", "", rate, language)
        engine = _find_engine(wanted, platform, which)
        if engine is not None:
            engine.note = f"{one_line(choice.engine)} is not here; {engine.name} speaks."
    if engine is None:
        return None
    if not language and choice.language and not voice:
        engine.note = "The language that is set is no language; the usual voice speaks."
    kept = cache if isinstance(cache, SoundCache) else SoundCache(cache)
    return EngineVoice(engine, wanted, kept, volume)


def voice_advice(platform: str = sys.platform, which: Which = shutil.which) -> str:
    """What to install so that there is a voice, as a sentence."""
    if platform in ("win32", "darwin"):
        return "The system's own voice is missing; there is nothing to install."
    return f"For words install a voice: {install('espeak-ng', 'espeak-ng', 'espeak-ng', which)}."


def _find_engine(choice: VoiceChoice, platform: str, which: Which) -> Engine | None:
    asked, voice, rate, language = choice.engine, choice.voice, choice.rate, choice.language
    for name, places, programs in _CANDIDATES:
        if asked == name or (asked == "auto" and platform.startswith(places)):
            for program in programs:
                if found := which(program):
                    path = Path(found).absolute()
                    match name:
                        case "espeak-ng":
                            return Espeak(path, program, voice, rate, language)
                        case "speech-dispatcher":
                            return SpeechDispatcher(path, voice, rate, language)
                        case "say":
                            return Say(path, voice, rate, language)
                        case _:
                            return Sapi(path, voice, rate, language)
    return None


_CANDIDATES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("say", ("darwin",), ("say",)),
    ("sapi", ("win32",), ("powershell", "pwsh")),
    # It comes before speech-dispatcher because it renders: what is said is then heard on its beat.
    ("espeak-ng", ("linux", "darwin", "freebsd", "openbsd"), ("espeak-ng", "espeak")),
    ("speech-dispatcher", ("linux", "freebsd"), ("spd-say",)),
)
"""What a person calls an engine, the platforms on which it is found by itself, its programs."""

_NAMES = {
    "en": "English",
    "nl": "Dutch",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "pl": "Polish",
    "sv": "Swedish",
    "ja": "Japanese",
}


def _identity(program: Path) -> tuple[object, ...]:
    """Which program this is: another version of it may sound different."""
    try:
        state = program.stat()
    except OSError:
        return (program,)
    return program, state.st_mtime_ns, state.st_size


class Equipment(NamedTuple):
    """Player, voice and cache, and what could be better."""

    player: Player | None
    voice: EngineVoice | None
    cache: SoundCache
    volume: float = 1.0
    """0 to 1."""
    advice: tuple[str, ...] = ()
    """What to install, a sentence each."""
    lack: str = ""
    """What makes a session less than it should be, as a line for a banner; empty when nothing is missing."""


def find_equipment(
    choice: VoiceChoice,
    cache: Path,
    volume: float = 1.0,
    *,
    platform: str = sys.platform,
    which: Which = shutil.which,
) -> Equipment:
    """Look for a player and a voice. No process is started.

    Args:
        choice: What the person has settled about the voice.
        cache: Where phrases and tones are kept.
        volume: 0 to 1.
        platform: As `sys.platform` names it.
        which: Finds programs.
    """
    sounds = SoundCache(cache)
    player = find_player(platform, which)
    voice = find_voice(choice, sounds, volume, platform=platform, which=which)
    advised, lack = [], ""
    if voice is None and choice.engine != "none":
        lack = _short("There is no voice, only tones", voice_advice(platform, which))
    if player is None:
        lack = _short("Nothing can be heard", players.player_advice(platform, which))
        advised.append(players.player_advice(platform, which))
    if voice is None and choice.engine != "none":
        advised.append(voice_advice(platform, which))
    elif voice is not None and not voice.renders:
        advised.append("With espeak-ng too, words would be made ahead and counts exact.")
    return Equipment(player, voice, sounds, volume, tuple(advised), lack)


def _short(what: str, advice: str) -> str:
    """What is missing and how to get it, in one line: `Nothing can be heard: sudo apt install …`."""
    command = advice.partition(": ")[2]
    return f"{what}: {command}" if command else f"{what}. {advice}"
