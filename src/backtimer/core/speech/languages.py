"""The words of `vocabulary` in the language of the coach, and the languages of a routine's own texts.

These may be in another language, and stand among the coach's words in what is said: they are found there
again, so that each is read by a voice of its own language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import STANDARD_PHASES, Exercise
from backtimer.core.speech import vocabulary
from backtimer.language import _, spoken_tag
from backtimer.values import NamedTuple

ENGLISH = "en"


def coach_language(language: str) -> str:
    """The language of the coach's own words in a session whose texts are in this one."""
    return language if same_language(language, spoken_tag()) else spoken_tag()


def same_language(one: str, other: str) -> bool:
    """Whether two tags are of one language, whatever the country."""
    return one.lower().split("-")[0] == other.lower().split("-")[0]


def _translated(value: object) -> object:
    """A word, or a table of words; the forms for one and for several are chosen where a number is known."""
    if isinstance(value, str):
        return _(value)
    if isinstance(value, Mapping):
        return {key: _translated(each) for key, each in value.items()}
    if isinstance(value, tuple) and len(value) > 2:
        return tuple(_translated(each) for each in value)
    return value


class _Words:
    """The words of the language that is spoken just now."""

    def __getattr__(self, name: str) -> object:
        return _translated(getattr(vocabulary, name))


if TYPE_CHECKING:
    v = vocabulary  # so that a word that is missing, or misspelt, is found without running anything
else:
    v = _Words()


class Stretch(NamedTuple):
    """A part of what is said, in one language."""

    text: str
    language: str


class Tongues:
    """Tells in which language each part of what is said is.

    Args:
        coach: The language of the coach's own words.
        texts: Texts that are not the coach's, with their languages.
    """

    def __init__(self, coach: str, texts: Mapping[str, str] = MappingProxyType({})) -> None:
        self.coach = coach
        self._languages: dict[str, str] = {}
        known = _words_of_the_coach()
        for text, language in texts.items():
            if not language or same_language(language, coach):
                continue
            for part in (text, *re.split(_SENTENCE, text)):
                bare = part.strip().rstrip(_ENDS)
                if any(sign.isalpha() for sign in bare) and bare.casefold() not in known:
                    self._languages[bare.casefold()] = language
        self._pattern = self._compiled() if self._languages else None

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages that may have to be spoken, the coach's first."""
        return tuple(dict.fromkeys((self.coach, *self._languages.values())))

    def stretches(self, text: str) -> tuple[Stretch, ...]:
        """The parts of a text, in order; together they are all of its words."""
        if self._pattern is None:
            return (Stretch(text, self.coach),)
        found: list[Stretch] = []
        at = 0
        for match in self._pattern.finditer(text):
            _append(found, text[at : match.start()], self.coach)
            key = match[0].rstrip(_ENDS).casefold()
            _append(found, match[0], self._languages.get(key, self.coach))
            at = match.end()
        _append(found, text[at:], self.coach)
        return tuple(found)

    def _compiled(self) -> re.Pattern[str]:
        """Finds the texts, the longest first; one word only where it stands as a clause of its own."""
        ways = []
        for text in sorted(self._languages, key=len, reverse=True):
            body = re.escape(text)
            ways.append(
                rf"(?<!\w){body}(?!\w)[{_ENDS}]*"
                if " " in text
                else rf"(?:(?<=^)|(?<=[.:;,!?…(–—-]\s)|(?<=\())"
                rf"{body}(?:[{_ENDS}]+(?=\s|$)|(?=[,;:)])|$)"
            )
        return re.compile("|".join(ways), re.IGNORECASE)


_ENDS = ".!?…"
_SIGNS = f"{_ENDS},;:)"
_SENTENCE = r"(?<=[.!?…])\s+"


def _append(found: list[Stretch], text: str, language: str) -> None:
    """Add a part; signs that follow a word go with it."""
    signs = len(text) - len(text.lstrip(_SIGNS)) if found else 0
    if signs:
        found[-1] = Stretch(f"{found[-1].text}{text[:signs]}", found[-1].language)
        text = text[signs:]
    if any(sign.isalnum() for sign in text):
        if found and found[-1].language == language:
            found[-1] = Stretch(f"{found[-1].text}{text}", language)
        else:
            found.append(Stretch(text, language))
    elif found:
        found[-1] = Stretch(f"{found[-1].text}{text}", found[-1].language)


def _words_of_the_coach() -> frozenset[str]:
    """What the coach says by itself: a text of the same letters may be the coach's."""
    values: list[object] = list(vars(vocabulary).values())
    words = set()
    while values:
        value = values.pop()
        if isinstance(value, str):
            words.add(value.strip().rstrip(_ENDS).casefold())
        elif isinstance(value, Mapping):
            values += value.values()
        elif isinstance(value, tuple | list):
            values += value
    return frozenset(words)


def own_texts(plan: Plan) -> dict[str, str]:
    """The texts of a plan that are not the coach's, with their languages."""
    texts: dict[str, str] = {}
    for exercise in plan.exercises:
        for text in _exercise_texts(exercise):
            texts[text] = exercise.language or ENGLISH
    if plan.language:
        beside = [plan.title, plan.activity]
        beside += [text for spec in plan.sets for text in (spec.load, spec.note, spec.circuit)]
        for text in beside:
            texts.setdefault(text, plan.language)
    return {text: language for text, language in texts.items() if text}


def _exercise_texts(exercise: Exercise) -> Iterator[str]:
    yield exercise.name
    yield from exercise.sentences()
    yield from exercise.equipment
    note = exercise.prescription.note if exercise.prescription else ""
    load = exercise.prescription.load if exercise.prescription else ""
    yield from (note, load)
    for phase in exercise.phases:
        yield phase.say
        if phase.name not in STANDARD_PHASES:
            yield phase.name
