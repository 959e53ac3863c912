"""Lying or kneeling on one side: which one, before one lies down; and how to change it."""

from __future__ import annotations

import re

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import StepKind
from backtimer.core.plan.routine import WEEKDAYS, Day, DayKind, Position, Prescription, Routine, Side
from backtimer.core.speech.languages import v
from backtimer.core.speech.lead_times import with_time_to_tell
from backtimer.core.speech.phrases import on_side
from tests.bundled import CATALOGUE, catalogue
from tests.core.hearing import rehearsed
from tests.rules import for_each

LYING = [name for name in CATALOGUE if catalogue()[name].position is Position.SIDE_LYING]
TURNED = [name for name in CATALOGUE if catalogue()[name].position in v.OVER]


def heard(name: str) -> tuple[list[str], int]:
    """All sentences in order, and how often the side changes."""
    day = Day(DayKind.EXERCISES, items=(Prescription(name),))
    plan = compile_day(Routine("alone", "Alone", {"monday": day}, catalogue()), WEEKDAYS[0])
    made = with_time_to_tell(plan)
    changes = sum(one.side is not other.side for one, other in zip(made.sets, made.sets[1:], strict=False))
    assert changes == 2 * made.sets[0].sets - 1
    assert any(step.kind is StepKind.SWITCH for step in made.steps)
    return [text for sound in rehearsed(made) for text in [sound.cue.text] if text], changes


def first_with(said: list[str], words: str) -> int:
    return next(number for number, text in enumerate(said) if words in text)


@for_each("name", LYING)
def test_on_which_side_to_lie_is_told_before_one_lies_down(name: str) -> None:
    said, _ = heard(name)
    left = catalogue()[name].left
    assert re.search(r"\b(left|right) side\b", left), "it says on which side one lies"
    assert first_with(said, left) < first_with(said, "Lie down on that side")
    assert sum(left in text for text in said) == 1


@for_each("name", TURNED)
def test_at_every_change_of_side_it_is_told_how_to_change(name: str) -> None:
    said, changes = heard(name)
    exercise = catalogue()[name]
    over, last = v.OVER[exercise.position], on_side(exercise.setup[-1], Side.RIGHT)
    assert sum(over in text for text in said) == changes
    after = said[first_with(said, over) :]
    assert first_with(after, last.rstrip(".")) < first_with(after, "Three"), "and how to lie or kneel there"


def test_nobody_turns_over_who_lies_on_the_back() -> None:
    assert not any(over in text for over in v.OVER.values() for text in heard("knees-to-chest")[0])


def test_where_each_side_has_its_reps_its_start_is_told_again() -> None:
    said, changes = heard("step-up")
    feet = [on_side(catalogue()["step-up"].setup[-1], side).rstrip(".") for side in Side]
    switches = [number for number, text in enumerate(said) if text.startswith("Switch")]
    assert switches and changes == 3
    for at in switches:
        assert any(foot in text for foot in feet for text in said[at : at + 4])
