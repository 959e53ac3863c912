"""The coach's own words in another language: a module of words, and nothing else to change."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from types import SimpleNamespace

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.routine import Day, DayKind, Prescription, Side
from backtimer.core.plan.units import seconds
from backtimer.core.session.session import rehearse
from backtimer.core.speech import vocabulary
from backtimer.core.speech.languages import TRANSLATIONS, in_language, translation
from backtimer.core.speech.phrases import side_words
from backtimer.core.speech.script import Script
from tests.core.hearing import hear, words
from tests.core.plans import BIRD_DOG, DEFAULTS, count, routine_of, times

DUTCH = SimpleNamespace(
    PHASES={"lift": "Til op", "hold": "Houd vast", "lower": "Laat zakken", "relax": "Ontspan"},
    SIDES={Side.LEFT: "links", Side.RIGHT: "rechts"},
    NUMBERS=("nul", "een", "twee", "drie", "vier", "vijf"),
    SECONDS=("{number} seconde", "{number} seconden"),
    REPS=("{number} keer", "{number} keer"),
    SETS=("{number} ronde", "{number} rondes"),
    EACH_IN_TURN="{reps} aan elke kant",
    EACH_SIDE="{reps} aan elke kant",
    LAST_ONE="De laatste",
    DONE="Klaar",
)
"""As much Dutch as shows that it works."""

WORDS = {"nl": DUTCH}


def told(language: str, among: Mapping[str, object] = WORDS) -> list[str]:
    """What is said of two reps a side in a routine of some language."""
    exercise = BIRD_DOG._replace(name="Vogelhond", steps=("Links is de linkerarm en het rechterbeen.",))
    day = Day(
        DayKind.EXERCISES,
        "Kracht",
        (Prescription("bird-dog", reps=times(2), hold=seconds(3), sets=count(1)),),
    )
    routine = routine_of(day, exercise, defaults=DEFAULTS._replace(prepare=seconds(20)))
    plan = compile_day(routine._replace(language=language), "monday")
    return words(hear(rehearse(plan), Script(plan, translations=among)))


@pytest.mark.parametrize("language", ["nl", "nl-BE", "NL"])
def test_a_routine_in_another_language_is_told_in_its_words(language: str) -> None:
    said = told(language)
    assert said[0].startswith("Get ready. Vogelhond."), "what has no translation is said in English"
    assert "2 keer aan elke kant." in said[0]
    assert said[1:6] == ["Drie.", "Twee.", "Een.", "Een. Til op links.", "Houd vast."]
    assert "De laatste, rechts." in said
    assert said[-1].startswith("Klaar.")


def test_what_left_means_is_found_in_the_language_of_the_routine() -> None:
    assert "Links is de linkerarm en het rechterbeen." in " ".join(told("nl"))


@pytest.mark.parametrize("language", ["", "en", "en-GB", "sv"])
def test_without_a_translation_it_is_english(language: str) -> None:
    assert told(language)[-1].startswith("Done.")


def test_elsewhere_words_stay_english() -> None:
    with in_language("nl", WORDS):
        assert side_words(Side.LEFT) == "Links side"
        with in_language("en", WORDS):
            assert side_words(Side.LEFT) == "Left side"
    assert side_words(Side.LEFT) == "Left side"
    told("nl")
    assert side_words(Side.LEFT) == "Left side"


def test_the_nearest_translation_is_taken() -> None:
    brazil, portugal = SimpleNamespace(), SimpleNamespace()
    among = {"pt-br": brazil, "pt": portugal}
    assert translation("pt-BR", among) is brazil
    assert translation("pt-PT", among) is portugal
    assert translation("", among) is vocabulary


@pytest.mark.parametrize(
    "words_of", [DUTCH, *TRANSLATIONS.values()], ids=lambda each: getattr(each, "__name__", "in this test")
)
def test_a_translation_has_the_names_and_the_slots_of_the_english_words(words_of: object) -> None:
    for name, value in vars(words_of).items():
        if not name.isupper():
            continue
        english = getattr(vocabulary, name)
        assert type(value) is type(english), name
        if isinstance(value, Mapping):
            assert value.keys() == english.keys(), name
        for text in texts(value):
            assert slots(text) <= set().union(*map(slots, texts(english))), f"{name}: {text}"


def texts(value: object) -> list[str]:
    """The texts of a name of the vocabulary, however many there are."""
    if isinstance(value, Mapping):
        value = tuple(value.values())
    return list(value) if isinstance(value, tuple) else [str(value)]


def slots(text: str) -> set[str]:
    """What a template is filled with."""
    return {slot for _, slot, _, _ in Formatter().parse(text) if slot}
