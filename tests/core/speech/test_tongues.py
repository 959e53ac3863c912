"""Which part of what is said is in which language."""

from __future__ import annotations

from backtimer.core.plan.compile import compile_day
from backtimer.core.session.session import rehearse
from backtimer.core.speech import vocabulary
from backtimer.core.speech.languages import Stretch, Tongues, coach_language, own_texts, same_language
from backtimer.core.speech.lead_times import with_time_to_tell
from backtimer.core.speech.script import Script
from backtimer.storage.files.exercise_file import Catalogue
from backtimer.storage.files.paths import bundled_routines
from backtimer.storage.files.routine_file import routine_of
from backtimer.storage.files.source import source_of
from backtimer.storage.files.yaml_nodes import parse_source
from tests.rules import for_each

TEXTS = {
    "De brug": "nl",
    "Vogelhond": "nl",
    "Zet je handen neer. Houd je rug recht": "nl",
    "rode band": "nl",
    "Lift": "nl",
    "Stand up": "en",
    "1": "nl",
}


@for_each(
    ("text", "stretches"),
    [
        ("Three.", [("Three.", "en")]),
        ("Vogelhond. Set 1 of 3.", [("Vogelhond.", "nl"), (" Set 1 of 3.", "en")]),
        ("vogelhond, left side.", [("vogelhond,", "nl"), (" left side.", "en")]),
        ("Next: de brug. Rest.", [("Next: ", "en"), ("de brug.", "nl"), (" Rest.", "en")]),
        ("Use: rode band.", [("Use: ", "en"), ("rode band.", "nl")]),
        ("Houd je rug recht!", [("Houd je rug recht!", "nl")]),
        (
            "De brug. Zet je handen neer. Houd je rug recht.",
            [("De brug. Zet je handen neer. Houd je rug recht.", "nl")],
        ),
        ("Lift.", [("Lift.", "en")]),
        ("Stand up. De brug.", [("Stand up. ", "en"), ("De brug.", "nl")]),
        ("Debrug de brugje.", [("Debrug de brugje.", "en")]),
        ("Three Vogelhond sets.", [("Three Vogelhond sets.", "en")]),
        ("1, 2, 1.", [("1, 2, 1.", "en")]),
        ("", []),
    ],
)
def test_a_text_is_taken_apart_by_language(text: str, stretches: list[tuple[str, str]]) -> None:
    assert list(Tongues("en", TEXTS).stretches(text)) == [Stretch(*stretch) for stretch in stretches]
    assert "".join(stretch.text for stretch in Tongues("en", TEXTS).stretches(text)) == text


def test_where_all_is_in_one_language_nothing_is_taken_apart() -> None:
    assert Tongues("en").stretches("De brug. Rest.") == (Stretch("De brug. Rest.", "en"),)
    assert Tongues("en", {"Bridge": "en-GB"}).languages == ("en",)
    assert Tongues("en", TEXTS).languages == ("en", "nl")


@for_each(("language", "coach"), [("", "en"), ("en-GB", "en-GB"), ("nl", "en"), ("pt-BR", "en")])
def test_the_coach_speaks_english_until_there_is_a_translation(language: str, coach: str) -> None:
    assert coach_language(language) == coach


def test_two_tags_of_one_language() -> None:
    assert same_language("nl-BE", "NL") and not same_language("nl", "no")


ROUTINE = """\
format: 1
title: Mijn week
language: nl
days:
  daily:
    exercises:
      - {exercise: brug, note: Rustig aan, load: rode band}
      - {exercise: superman, sets: 1, reps: 2}
exercises:
  brug:
    name: De brug
    position: supine
    sides: each
    equipment: [rode band]
    setup: Ga op je rug liggen. Zet je voeten neer.
    steps: [Duw je heupen omhoog, Laat ze zakken]
    watch: [Knieën recht]
    phases: [{do: omhoog, for: 2s, say: Heupen omhoog}, {do: hold, for: 3s}, {do: terug, for: 2s}]
    prescription: {sets: 2, reps: 3}
"""


def test_every_word_of_a_dutch_session_is_read_in_its_own_language() -> None:
    routine = routine_of(
        parse_source(source_of("mine.yaml", ROUTINE)), "mine", Catalogue([bundled_routines() / "exercises"])
    )
    plan = with_time_to_tell(compile_day(routine, "monday"))
    tongues = Tongues(coach_language(plan.language), own_texts(plan))
    assert own_texts(plan)["De brug"] == "nl"
    assert own_texts(plan)[plan.exercise("superman").name] == "en"
    script = Script(plan)
    dutch: set[str] = set()
    english: set[str] = set()
    for event in rehearse(plan):
        for cue in script.cues(event):
            for stretch in tongues.stretches(cue.text):
                (dutch if stretch.language == "nl" else english).add(stretch.text.strip(" .,").casefold())
    assert {"de brug", "heupen omhoog", "knieën recht"} <= {
        part.strip() for text in dutch for part in text.split(".")
    }
    words_of_ours = {"set", "side", "left", "right", "rest", "next", "superman", "three", "halfway"}
    assert not words_of_ours & {word for text in dutch for word in text.replace(",", " ").split()}
    assert not [text for text in english for word in ("brug", "heupen", "knieën") if word in text]
    assert vocabulary.DONE.strip(".").casefold() not in dutch
