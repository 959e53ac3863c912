"""The coach's own words in another language, and a routine's in its own: never read by the other's voice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.routine import Day, DayKind, Exercise, Prescription, Routine
from backtimer.core.plan.units import seconds
from backtimer.core.session.session import rehearse
from backtimer.core.speech.cues import Cue
from backtimer.core.speech.languages import v
from backtimer.core.speech.pieces import Why
from backtimer.core.speech.script import Script
from backtimer.language import speaking
from tests.core.plans import BIRD_DOG, COBRA, DEFAULTS, count, routine_of, times
from tests.rules import for_each

DUTCH = BIRD_DOG._replace(
    name="Vogelhond",
    setup=("Handen onder je schouders.",),
    gear=("Leg een handdoek onder je knieën.",),
    left="je linkerarm met je rechterbeen",
    steps=("Strek je arm naar voren.",),
    breath=("Adem uit als je strekt.",),
    watch=("Je heupen blijven recht.",),
    out=("Zet je hand en knie neer.",),
    language="nl",
)
OWN_WORDS = (
    DUTCH.name,
    *DUTCH.setup,
    *DUTCH.gear,
    DUTCH.left,
    *DUTCH.steps,
    *DUTCH.breath,
    *DUTCH.watch,
    *DUTCH.out,
)


def routine(*exercises: Exercise, language: str) -> Routine:
    exercises = tuple(each._replace(language=language) for each in exercises)
    asked = tuple(
        Prescription(each.id, sets=count(2), reps=times(2), hold=seconds(3), note=f"Rustig, {each.name}.")
        for each in exercises
    )
    day = Day(DayKind.EXERCISES, "Kracht", asked)
    made = routine_of(day, *exercises, defaults=DEFAULTS._replace(prepare=seconds(90)))
    return made._replace(language=language)


def spoken(language: str, coach: str = "") -> list[Cue]:
    plan = compile_day(routine(DUTCH, COBRA, language=language), "monday")
    script = Script(plan, coach=coach)
    return [cue for event in rehearse(plan) for cue in script.cues(event) if cue.text]


def plainly(text: str) -> str:
    return text.lower().rstrip(".")


def test_a_routine_in_another_language_is_read_by_its_own_voice_and_the_coach_by_hers() -> None:
    cues = spoken("nl")
    own = [
        plainly(words)
        for words in (*OWN_WORDS, "Rustig, Vogelhond.", "Rustig, Cobra.", "Cobra", "mat", "cushion")
    ]
    for cue in cues:
        for part in cue.parts:
            moves = part.why is Why.POSITION and "mat" in part.text.split()[-1]
            chair = part.text in ("Lay the mat in front of it, head end at the chair.",)
            dutch = not moves and not chair and any(words in part.text.lower() for words in own)
            assert (cue.language == "nl") is dutch, f"{part.text} is said in {cue.language or 'English'}"
    for words in OWN_WORDS:
        assert any(plainly(words) in cue.text.lower() for cue in cues if cue.language == "nl"), words


@for_each(("language", "coach"), [("", ""), ("en", ""), ("en-GB", ""), ("nl", "nl"), ("nl-BE", "nl")])
def test_where_coach_and_routine_share_a_language_one_voice_says_all(language: str, coach: str) -> None:
    assert {cue.language for cue in spoken(language, coach)} == {""}


def test_the_language_of_the_program_is_that_of_the_coach() -> None:
    with speaking(Marked(), "nl"):
        assert {cue.language for cue in spoken("nl-BE")} == {""}
        assert {cue.language for cue in spoken("")} == {"", "en"}


def test_words_of_two_languages_follow_each_other_in_time() -> None:
    ends_s = 0.0
    plan = compile_day(routine(DUTCH, COBRA, language="nl"), "monday")
    script = Script(plan)
    for event in rehearse(plan):
        for cue in script.cues(event):
            if cue.cuts:
                ends_s = cue.at_s
            if cue.text:
                assert cue.at_s >= ends_s - 1e-6
                ends_s = cue.at_s + script.length(cue.text)


class Marked:
    """A sign before everything, so that what did not come through the door is seen."""

    def gettext(self, message: str, /) -> str:
        return f"⟦{message}"

    def ngettext(self, one: str, several: str, number: int, /) -> str:
        return f"⟦{one if number == 1 else several}"


@pytest.fixture
def translated() -> Iterator[None]:
    with speaking(Marked()):
        yield


def test_every_word_of_the_coach_goes_through_the_door(translated: None) -> None:
    plan = compile_day(routine(DUTCH, COBRA, language="nl"), "monday")
    script = Script(plan)
    for event in rehearse(plan):
        for cue in script.cues(event):
            for part in cue.parts if not cue.language else ():
                told = part.why in (Why.POSITION, Why.END)
                move = told and any(part.text[:-1] in way for way in v.INTO_FROM.values())
                assert move or "⟦" in part.text, f"{part.text} was not translated"
