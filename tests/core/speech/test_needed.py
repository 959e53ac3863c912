"""What is needed for a session, as it is told where it begins."""

from __future__ import annotations

from backtimer.core.plan.routine import Position, Prescription
from backtimer.core.speech.needed import MOST_WORDS
from backtimer.core.speech.pieces import singly
from tests.core.plans import COBRA, plan_of, times
from tests.core.telling import say
from tests.rules import for_each
from tests.told import DAYS, day_plan, rows_of


def begun(*things: str, language: str = "") -> str:
    """What is said before the first exercise, of which these are the things."""
    own = COBRA._replace(equipment=things, language=language)
    return say(plan_of(Prescription("cobra", reps=times(4)), exercises=(own,)), 0, in_full=True)


@for_each(("name", "day"), DAYS)
@for_each("knows", [False, True])
def test_no_sentence_about_what_is_needed_is_too_long_to_take_in(name: str, day: str, knows: bool) -> None:
    plan = day_plan(name, day)
    plan = plan._replace(known=tuple(each.id for each in plan.exercises) if knows else ())
    told = [row.text for row in rows_of(plan) if row.text.startswith(("You will need ", "And a "))]
    assert told or set(plan.equipment) <= {"chair"}, "how it stands is told"
    assert [text for text in told if len(text.split()) > MOST_WORDS] == []


def test_many_things_are_told_in_several_sentences_each_once() -> None:
    told = begun("mat", "folded towel", "flat pillow", "resistance band", "gym ball", "low step")
    assert "You will need a mat, a folded towel and a flat pillow. " in told
    assert "And a resistance band, a gym ball and a low step. " in told


def test_what_exercises_of_two_languages_need_is_told_in_a_sentence_of_each() -> None:
    german = COBRA._replace(id="kobra", name="Kobra", equipment=("Matte", "mat"), language="de")
    asked = (Prescription("cobra", reps=times(4)), Prescription("kobra", reps=times(4)))
    own = COBRA._replace(equipment=("mat", "towel"))
    told = say(plan_of(*asked, exercises=(own, german)), 0, in_full=True)
    assert "You will need a mat and a towel" in told
    assert "You will also need. Matte. " in told


@for_each(
    ("thing", "lays"),
    [("mat", True), ("yoga mat", True), ("Gymnastikmatte", True), ("Matte", True), ("rug", False)],
)
def test_a_mat_is_laid_before_the_chair_whatever_it_is_called(thing: str, lays: bool) -> None:
    assert ("Lay the mat in front of it" in begun(thing)) == lays


def test_where_there_is_no_mat_the_things_lie_where_one_will_lie() -> None:
    told = begun("towel", "flat pillow")
    assert "Lay your things beside where you will lie. " in told and "long side" not in told
    assert "Lay your things beside the middle of the mat. " in begun("mat", "towel")


@for_each("position", list(Position))
@for_each("things", [("Matte", "Handtuch"), ("mat", "towel", "stool"), ("yoga mat", "towel", "chair")])
def test_nothing_is_laid_beside_a_mat_that_is_not_laid(position: Position, things: tuple[str, ...]) -> None:
    """Also where no chair is placed, in front of which it would lie."""
    own = COBRA._replace(position=position, equipment=things)
    told = say(plan_of(Prescription("cobra", reps=times(4)), exercises=(own,)), 0, in_full=True)
    lays = [text for text in singly((told,)) if text.startswith("Lay ")]
    assert len(lays) == 2 and lays[0].startswith("Lay the mat "), lays
    assert lays[1] == "Lay your things beside the middle of the mat."
