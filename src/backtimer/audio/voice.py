"""Who speaks: the engines there are, their phrases kept on the disk, and a person's own recordings."""

from __future__ import annotations

import os
import threading
import time
from array import array
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from backtimer.audio.cache import SoundCache, key_of
from backtimer.audio.clips import Clips, Spoken, why_unreadable
from backtimer.audio.engines import Engine, identity_of, language_of
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.player import Sounding
from backtimer.audio.processes import one_line
from backtimer.audio.tones import RATE
from backtimer.audio.waves import levelled, load, shaped
from backtimer.core.speech.languages import ENGLISH, Tongues, coach_language, same_language
from backtimer.core.speech.pieces import speech_s
from backtimer.language import _, marked
from backtimer.values import NamedTuple

MOST_FAILURES = 3
"""After so many in a row an engine is left alone for a while."""

RETRY_S = 2.5
"""From one attempt to the next of an engine that is left alone."""

ANSWER_S = 2.5
"""An engine that takes longer than this for a phrase, and half the time that its words last, is told of:
they are late, or will never come."""

SLOW_S = 0.4
"""An engine that takes longer than this for a phrase speaks sooner than it renders."""


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

    def learn(self, texts: Mapping[str, str]) -> None:
        """Take texts that are not the coach's, with their languages: each is read by a voice of its own."""

    def render(self, text: str, *, gently: bool = False) -> Path | None:
        """The phrase as a WAV file; None when there can be none. Takes its time when it is not there yet."""

    def length_s(self, text: str) -> float | None:
        """How long it takes to say this; None: not known yet. Starts nothing."""

    def say(self, text: str) -> Sounding | None:
        """Begin to say this aloud; None when that cannot be."""

    def retry_s(self, text: str) -> float | None:
        """Seconds until it is worth asking for a phrase that there was none of; None: there never will be."""


class _Part(NamedTuple):
    """A part of a phrase: a recording, or words in one language."""

    text: str
    language: str = ""
    clip: Path | None = None


class EngineVoice:
    """A voice of engines, each of which reads the languages that those before it cannot.

    English is never read by a voice of another language: where there is none, English words are not said.

    Args:
        engines: Who speaks and, if it can, renders; the best first.
        choice: What the engines were set to: phrases of another setting are other phrases.
        cache: Keeps the phrases.
        volume: 0 to 1, of what is rendered.
        clock: Seconds, from any origin.
        note: What is not as it was asked for.
        clips: Recordings, which win.
    """

    def __init__(
        self,
        engines: Sequence[Engine],
        choice: VoiceChoice,
        cache: SoundCache,
        volume: float = 1.0,
        clock: Callable[[], float] = time.perf_counter,
        *,
        note: str = "",
        clips: Clips | None = None,
    ) -> None:
        self._engines = list(engines)
        self._choice = choice
        self._cache = cache
        self._volume = volume
        self._clock = clock
        self._clips = clips
        self._tongues = Tongues(coach_language(choice.language) or ENGLISH)
        self._chosen: dict[str, Engine | None] = {}
        """Who reads a language; None: nobody can."""
        self._notes = {"": note} if note else {}
        """What is not as it was asked for, by what it is about."""
        self._lengths: dict[str, float] = {}
        self._silent: set[str] = set()
        """Phrases that cannot be had, though others can."""
        self._failed_at: dict[str, int] = {}
        """How many phrases had been rendered when this one could not be."""
        self._successes = 0
        self._failures = 0
        self._trouble = ""
        self._attempt_s: float | None = None
        """When an engine was last asked."""
        self._waits: Engine | None = None
        """Who has not answered yet."""
        self._answer_s = ANSWER_S
        """After how long that is told."""
        self._took_s = 0.0

    def learn(self, texts: Mapping[str, str]) -> None:
        """Take texts that are not the coach's."""
        known = {text: language_of(language) for text, language in texts.items()}
        self._tongues = Tongues(self._tongues.coach, known)

    @property
    def name(self) -> str:
        """For people: who speaks, and the voice or its language."""
        coach = self._tongues.coach
        engine = self._engine_now(coach)
        if engine is None:
            return _("your recordings") if self._clips is not None else _("nobody")
        voice = engine.stand_in or engine.voice_name(coach) or self._choice.voice or _language_name(coach)
        name = f"{engine.name}, {voice}"
        for language in dict.fromkeys((self._choice.language, *self._tongues.languages)):
            other = self._chosen.get(language)
            if other is not None and language not in self._notes and not same_language(language, coach):
                told = "{language}" if other is engine else _("{language} by {engine}")
                name += f"; {told.format(language=_language_name(language), engine=other.name)}"
        return name

    @property
    def renders(self) -> bool:
        """Whether phrases can be made ahead."""
        engine = self._engine_now(self._tongues.coach)
        if engine is None:
            return self._clips is not None or any(each.renders for each in self._engines)
        return engine.renders

    @property
    def slow(self) -> bool:
        """Whether it took long of late, and could speak sooner by itself."""
        engine = self._engine_now(self._tongues.coach)
        return engine is not None and engine.says and self._took_s > SLOW_S

    @property
    def note(self) -> str:
        """What is not as it was asked for, though it speaks; known after the first phrase."""
        engine = self._engine_now(self._tongues.coach)
        told = [engine.note if engine is not None else "", *self._notes.values()]
        told.append(self._clips.problem if self._clips is not None else "")
        return " ".join(dict.fromkeys(sentence for sentence in told if sentence))

    @property
    def problem(self) -> str:
        """What a person should know."""
        waits = self._waits
        if not self._trouble and waits is not None and self._since_attempt_s() > self._answer_s:
            told = _("{engine} does not answer; until it does there are tones instead of words.")
            return told.format(engine=waits.name)
        return self._trouble or self.note

    def render(self, text: str, *, gently: bool = False) -> Path | None:
        """The phrase as a WAV file."""
        if not self.renders or text in self._silent or not text.strip():
            return None
        parts = self._parts(text, ask=True)
        key = self._key(parts)
        found = self._cache.find(key)
        if found is None:
            found = self._rendered(text, parts, gently)
        if found is not None and (length_s := self._cache.length_s(found.stem)) is not None:
            self._lengths[text] = length_s
        return found

    def length_s(self, text: str) -> float | None:
        """How long the phrase is that was rendered, now or in an earlier session."""
        if (known := self._lengths.get(text)) is not None or not self.renders:
            return known
        length_s = self._cache.length_s(self._key(self._parts(text)))
        if length_s is not None:
            self._lengths[text] = length_s
        return length_s

    def say(self, text: str) -> Sounding | None:
        """Begin to say this aloud; all of it in one language, the coach's where there are several."""
        languages = {stretch.language for stretch in self._tongues.stretches(text)}
        language = languages.pop() if len(languages) == 1 else self._tongues.coach
        if self._rest_s() > 0:
            return None
        engine = self._engine_for(language)
        if engine is None or not engine.says:
            return None
        self._attempt_s = self._clock()
        try:
            return engine.say(text, language, lambda code: self._said(engine, code))
        except OSError as error:
            self._failed(engine, _unstarted(engine, error))
            return None

    def retry_s(self, text: str) -> float | None:
        """When to ask for a phrase again: after the engine's rest, unless it is the phrase's fault."""
        return None if text in self._silent or text not in self._failed_at else self._rest_s()

    def check(self) -> str:
        """Ask for a word, whatever is kept; why it cannot be said, empty when it can. Takes time."""
        languages = dict.fromkeys((self._choice.language, *self._tongues.languages))
        for language in languages:
            if language:
                self._engine_for(language)
        engine = self._engine_for(self._tongues.coach)
        if engine is None:
            return self._notes.get(self._tongues.coach, "")
        if not engine.renders:
            try:
                trouble = engine.missing()
            except OSError as error:
                trouble = _unstarted(engine, error)
            return _sentence(trouble) if trouble else ""
        self._silent.discard(_WORD)
        asked = _Part(_WORD, self._tongues.coach)
        if self._rest_s() == 0 and self._render_words(asked, gently=True) is not None:
            return ""
        return self._trouble or self._cache.problem

    # Who reads what

    def _engine_for(self, language: str) -> Engine | None:
        """Who reads a language; takes the time to ask the engines."""
        if language in self._chosen:
            return self._chosen[language]
        for engine in self._engines:
            speaks = self._asked(engine, language)
            if speaks is None:
                return engine  # it does not tell just now, and is asked again
            if speaks:
                self._chosen[language] = engine
                return engine
        english = same_language(language, ENGLISH)
        stand_in = None if english or not self._engines else self._engines[0]
        if stand_in is not None:
            told = _("{engine} has no voice for '{language}'; its usual voice speaks.")
            self._notes[language] = told.format(engine=stand_in.name, language=language)
        elif self._engines:
            told = _("{engine} has no English voice: tones instead of words.")
            self._notes[language] = told.format(engine=self._engines[0].name)
        self._chosen[language] = stand_in
        return stand_in

    def _asked(self, engine: Engine, language: str) -> bool | None:
        try:
            return engine.speaks(language)
        except OSError as error:
            self._failed(engine, _unstarted(engine, error))
            return None

    def _engine_now(self, language: str) -> Engine | None:
        """The same as far as it is known: starts nothing."""
        if language in self._chosen:
            return self._chosen[language]
        return next((each for each in self._engines if each.speaks(language, ask=False) is not False), None)

    def _parts(self, text: str, *, ask: bool = False) -> tuple[_Part, ...]:
        """A phrase as recordings and words; what nobody can read is left out."""
        parts: list[_Part] = []
        for each in self._clips.parts(text) if self._clips is not None else (Spoken(text),):
            if each.clip is not None:
                parts.append(_Part(each.text, clip=each.clip))
                continue
            for stretch in self._tongues.stretches(each.text):
                who = self._engine_for(stretch.language) if ask else self._engine_now(stretch.language)
                if who is not None:
                    parts.append(_Part(stretch.text.strip(), stretch.language))
        return tuple(parts)

    # How it went

    def _rest_s(self) -> float:
        """How long the engines are still left alone."""
        if self._failures < MOST_FAILURES:
            return 0.0
        return max(0.0, RETRY_S - self._since_attempt_s())

    def _since_attempt_s(self) -> float:
        return float("inf") if self._attempt_s is None else self._clock() - self._attempt_s

    def _said(self, engine: Engine, code: int | None) -> None:
        """Words that were spoken at once are over, with this exit code, or None when that hung."""
        if code is None:
            self._failed(engine, _hangs(engine))
        elif code:
            told = _("{engine} says nothing (exit code {number})")
            self._failed(engine, told.format(engine=engine.name, number=code))
        else:
            self._worked()

    def _worked(self) -> None:
        self._successes += 1
        self._failures = 0
        self._trouble = ""

    def _failed(self, engine: Engine, trouble: str) -> None:
        self._failures += 1
        self._trouble = _sentence(trouble)
        # One that hangs has cost seconds already: another one speaks at once.
        enough = self._failures >= MOST_FAILURES or trouble == _hangs(engine)
        if enough and len(self._engines) > 1 and engine in self._engines:
            self._engines.remove(engine)
            told = _("{problem}; {engine} speaks.")
            self._notes[engine.name] = told.format(problem=trouble, engine=self._engines[0].name)
            self._chosen.clear()
            self._lengths.clear()
            # What the one could not say the other may.
            self._silent.clear()
            self._failed_at = dict.fromkeys(self._failed_at, self._successes)
            self._failures, self._trouble = 0, ""

    # Making it

    def _rendered(self, text: str, parts: Sequence[_Part], gently: bool) -> Path | None:
        samples = array("h")
        for part in parts:
            made = self._recorded(part.clip) if part.clip is not None else None
            if made is None and part.clip is not None:
                return self.render(text, gently=gently)  # the recording is broken: now the voice says it
            if made is None:
                made = self._render_words(part, gently) if self._rest_s() == 0 else None
            if made is None:
                if self._failed_at.setdefault(text, self._successes) < self._successes:
                    self._silent.add(text)  # others came since it failed first
                return None
            if samples and made:
                samples.extend(_GAP)
            samples.extend(made)
        self._failed_at.pop(text, None)
        if not samples:
            self._silent.add(text)
            return None
        return self._cache.add(self._key(parts), samples)

    def _recorded(self, clip: Path) -> array[int] | None:
        """A recording as it is played; None when it is broken, which is told."""
        assert self._clips is not None
        why = why_unreadable(clip)
        loaded = None if why else load(clip)
        if loaded is None:
            told = _("The recording {clip} is no WAV file of plain samples, or not whole")
            self._clips.give_up(clip, why or told.format(clip=clip.name))
            return None
        return shaped(levelled(*loaded), loaded[1], volume=self._volume)

    def _render_words(self, part: _Part, gently: bool) -> array[int] | None:
        """What an engine makes of words, as it is played; None when it fails, which is noted."""
        engine, room = self._engine_for(part.language), self._cache.room()
        if room is None or engine is None:
            return None
        raw = room / f".{os.getpid()}.{threading.get_ident()}.raw.wav"
        began = self._attempt_s = self._clock()
        # One that always takes so long answers all the same.
        self._waits, self._answer_s = engine, max(ANSWER_S, 1.5 * self._took_s) + speech_s(part.text) / 2
        code: int | None = None
        try:
            code = engine.render(one_line(part.text), raw, part.language, gently=gently)
            if code is None:
                self._failed(engine, _hangs(engine))
                return None
            loaded = load(raw) if code == 0 else None
        except OSError as error:
            self._failed(engine, _unstarted(engine, error))
            return None
        finally:
            self._waits = None
            with suppress(OSError):
                raw.unlink()
        if loaded is None:
            told = _("{engine} renders nothing (exit code {number})")
            self._failed(engine, told.format(engine=engine.name, number=code))
            return None
        took_s = self._clock() - began
        self._took_s = 0.7 * self._took_s + 0.3 * took_s if self._took_s else took_s
        self._worked()
        samples, rate = loaded
        return shaped(levelled(samples, rate) if engine.levels else samples, rate, volume=self._volume)

    def _key(self, parts: Sequence[_Part]) -> str:
        """What a phrase is kept under: all that its sound depends on."""
        told: list[object] = [f"{self._volume:.3f}"]
        for part in parts:
            if part.clip is not None:
                told += ("clip", *identity_of(part.clip))
            elif (engine := self._engine_now(part.language)) is not None:
                settled = engine.identity(part.language)
                told += ("words", engine.name, len(settled), *settled, part.language, one_line(part.text))
        return key_of("phrase", *told)


def _sentence(trouble: str) -> str:
    return _("{problem}: tones instead of words. Trying again.").format(problem=trouble)


def _hangs(engine: Engine) -> str:
    return _("{engine} hangs").format(engine=engine.name)


def _unstarted(engine: Engine, error: OSError) -> str:
    told = _("{engine} cannot be started ({why})")
    return told.format(engine=engine.name, why=error.strerror or error)


def _language_name(language: str) -> str:
    name = _NAMES.get(language.split("-", maxsplit=1)[0])
    return language if name is None else _(name)


_GAP = array("h", bytes(2 * round(0.18 * RATE)))
"""Between two parts of a phrase that are made apart."""


_WORD = "One."
"""What an engine is asked for to see whether it can speak."""


_NAMES = {
    "en": marked("English"),
    "nl": marked("Dutch"),
    "de": marked("German"),
    "fr": marked("French"),
    "es": marked("Spanish"),
    "it": marked("Italian"),
    "pt": marked("Portuguese"),
    "pl": marked("Polish"),
    "sv": marked("Swedish"),
    "ja": marked("Japanese"),
}
