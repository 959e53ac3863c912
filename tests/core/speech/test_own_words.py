"""An exercise's own words in the coach's sentences: whatever a phase is called, what is heard is English."""

from __future__ import annotations

import pytest

from backtimer.core.plan.plan import StepKind
from backtimer.core.plan.routine import Breath, Exercise, Phase, Position, Prescription
from backtimer.core.plan.units import seconds
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.languages import v
from backtimer.core.speech.lead_times import with_time_to_tell
from backtimer.core.speech.narrator import Narrator
from backtimer.core.speech.pieces import sentences_of, singly
from backtimer.core.speech.script import Script
from backtimer.core.speech.transcript import script_rows
from backtimer.core.speech.work import WorkWords
from tests.bundled import catalogue
from tests.core.plans import COBRA, plan_of, times
from tests.core.telling import say, sayings
from tests.rules import for_each
from tests.told import DAYS, day_plan, rows_of


def breathing(*phases: Phase) -> str:
    """How the breath is told of an exercise whose file says nothing of it."""
    own = COBRA._replace(phases=phases)
    plan = plan_of(Prescription("cobra", reps=times(2)), exercises=(own,))
    return WorkWords(plan, Heard()).breathing(0)


def test_only_a_verb_of_the_coachs_own_is_what_one_breathes_as_one_does() -> None:
    """`Breathe out as you prayer` is no sentence, nor are most other names of phases."""
    assert breathing(Phase("lift", seconds(2), Breath.OUT)) == "Breathe out as you lift"
    assert breathing(Phase("prayer", seconds(2), Breath.OUT)) == "Prayer: breathe out"
    own = {
        phase.name for each in catalogue().values() for phase in each.phases if phase.breathe in v.BREATH_AS
    }
    assert len(own) > 30
    for name in own - set(v.PHASES):
        told = breathing(Phase(name, seconds(2), Breath.IN))
        assert told.endswith(": breathe in") and "as you" not in told, told


def test_no_phase_says_its_breath_twice_nor_one_limb_twice() -> None:
    for name, exercise in catalogue().items():
        for phase in exercise.phases:
            assert "breathe" not in phase.say.lower(), f"{name}: the breath is told beside it"
            limbs = exercise.left.split()
            in_turn = exercise.sides == "alternate" and phase is exercise.phases[0]
            twice = in_turn and len(limbs) > 2 and f"one {limbs[2]}" in phase.say.lower()
            assert not twice, f"{name}: {phase.say}, {exercise.left}"


def test_a_side_is_told_with_the_limb_that_moves() -> None:
    plan = plan_of(Prescription("sun-salutation", reps=times(1)), exercises=(catalogue()["sun-salutation"],))
    told = sayings(plan, StepKind.PHASE)
    assert [text for text in told if "left" in text.lower()] == [
        "Your left foot far back. Breathe in.",
        "Your left foot to your hands. Breathe in.",
    ]
    assert told[0].startswith("Arms up slowly.")
    tuesday = [row.text for row in rows_of(day_plan("lower-back", "tuesday")) if row.text]
    assert not [text for text in tuesday if "that foot" in text.lower() and text.startswith("Lift that")]
    assert tuesday.count("Lift your right foot, and take the thigh or the towel.") == 3
    assert tuesday.count("Lift your left foot, ankle on the other thigh.") == 3


def test_on_the_way_into_a_stretch_its_one_breath_is_told() -> None:
    rows = rows_of(day_plan("lower-back", "tuesday"))
    for words, breath in (
        ("Press gently.", "Breathe out."),
        ("Hands forward, elbows on the mat.", "Breathe out."),
    ):
        told = [at for at, row in enumerate(rows) if row.text == words]
        assert told and all(rows[at + 1].text == breath for at in told)


def test_in_the_middle_of_a_long_set_on_hands_and_knees_one_sits_back_and_is_called_back() -> None:
    for known in (False, True):
        plan = day_plan("lower-back", "monday", known)
        rows = [row for row in rows_of(plan) if row.text]
        told = [at for at, row in enumerate(rows) if row.text.startswith("Sit back a little")]
        assert len(told) == 6, "in the middle and at the end of each round"
        for at in told[::2]:
            out, back, limbs, three = rows[at : at + 4]
            assert back.text == "Back to your hands and knees."
            assert back.at_s - out.ends_s >= 2.5, "time to rest the wrists"
            assert limbs.text == "Your left arm with your right leg.", "named before it moves"
            assert three.text == "Three." and three.at_s - limbs.ends_s >= 0.5


def test_nobody_listens_with_folded_arms() -> None:
    rows = [
        row for row in rows_of(day_plan("desk", "monday")) if row.exercise == "sitting-rotation" and row.text
    ]
    texts = [row.text for row in rows]
    folded = texts.index("Fold your arms in front of your chest.")
    assert folded > max(texts.index(text) for text in catalogue()["sitting-rotation"].steps)
    assert texts[folded + 1] == "Three." and rows[folded + 1].at_s - rows[folded].ends_s <= 6.0


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_the_chair_stands_before_anybody_holds_on_to_it(name: str, day: str) -> None:
    told = [row.text for row in rows_of(day_plan(name, day)) if row.text]
    placed = [at for at, text in enumerate(told) if text == "Take a firm chair without wheels."]
    assert len(placed) <= 1, "it stands where it was put"
    held = [at for at, text in enumerate(told) if "seat." in text or "Crawl to the chair" in text]
    assert not held or (placed and placed[0] < held[0])


def test_who_lies_face_down_already_is_not_told_that_she_will() -> None:
    told = [row.text for row in rows_of(day_plan("extension", "monday")) if row.text]
    assert told.count("You will lie on your stomach.") == 1


def test_in_a_rest_nobody_is_told_of_a_place_that_she_has_come_into_long_ago() -> None:
    rows = [row for row in rows_of(day_plan("mcgill-three", "monday")) if row.text]
    assert sum(row.text == "Put your knees under your hips." for row in rows) == 1
    texts = [row.text for row in rows]
    assert texts.count("Slide your hands under, bend your right knee, stretch the other leg.") == 2


@for_each(
    ("text", "parts"),
    [
        ("Stand approx. 20 cm from the wall.", 1),
        ("Raise the arm to ca. 90°. Hold it there.", 2),
        ("Stand like a cross, e.g. Andrew's. Arms wide.", 2),
        ("Your nose is max. 5 cm from it.", 1),
        ("Heb das Bein, z. B. das linke.", 1),
        ("Leg das Kissen ca. eine Hand breit weg.", 1),
        ("Ask Dr. Meier about it, Mr. Smith too. Then go on.", 2),
        ("Mrs. Jones, Ms. Brown and Prof. Lee know it. St. Mary's, too.", 2),
        ("Frag Dr. Kunz oder Dipl. Adler. Dann weiter.", 2),
        ("Walk half an hr. Then rest.", 2),
        ("Hold 1 min. Then rest. Breathe!  Go on… And on.", 5),
        ("Sore? Stop. Rest.", 2),
        ("", 0),
    ],
)
def test_a_word_that_is_cut_off_ends_no_sentence(text: str, parts: int) -> None:
    found = list(singly((text,)))
    assert len(found) == parts, found
    assert "".join(" ".join(found).split()) == "".join(text.split())


BALL = Exercise(
    "ball",
    "Ball roll",
    Position.SUPINE,
    equipment=("mat", "gym ball"),
    steps=("Roll it.",),
    instead="pelvic-tilt",
)


def test_who_lacks_a_thing_is_told_what_to_do_instead_before_it() -> None:
    plan = plan_of(Prescription("ball", reps=times(3)), exercises=(BALL,))
    alone = "No gym ball? Press e for pelvic tilt."
    assert alone in say(plan, 0, in_full=True)
    assert "No gym ball? Do pelvic tilt instead." in sentences_of(Narrator(plan, attended=False).lead(0))
    named = plan_of(
        Prescription("ball", reps=times(3)), exercises=(BALL._replace(instead_name="Hip roll, small"),)
    )
    assert "No gym ball? Press e for hip roll, small." in say(named, 0, in_full=True)
    told = with_time_to_tell(plan)
    rows = [row for row in script_rows(told, Script(told)) if row.text == alone]
    assert len(rows) == 1 and rows[0].at_s < told.steps[0].estimate_s
    known = with_time_to_tell(plan, None)
    assert not any(row.text == alone for row in script_rows(known, Script(known)))


def test_where_the_exercise_says_so_itself_or_another_needs_it_too_it_is_not_told() -> None:
    asked = Prescription("ball", reps=times(3))
    own = BALL._replace(gear=("No ball? Take a pillow.",))
    assert "Press e for" not in say(plan_of(asked, exercises=(own,)), 0, in_full=True)
    other = BALL._replace(id="other", instead="")
    both = plan_of(asked, Prescription("other", reps=times(3)), exercises=(BALL, other))
    assert "Press e for" not in say(both, 0, in_full=True)
