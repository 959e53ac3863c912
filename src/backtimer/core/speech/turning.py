"""Changing sides, where one lies or kneels on one of them: which comes first is told before one lies down."""

from __future__ import annotations

from backtimer.core.plan.plan import Plan, exercise_of_set
from backtimer.core.plan.routine import Exercise, Position, Sides
from backtimer.core.speech.languages import v
from backtimer.core.speech.pieces import Piece, Why

OVER_S = 3.0
"""Time to turn over, while it is told what comes."""


def lies_on_a_side(exercise: Exercise) -> bool:
    """Whether one must know which side comes first, to lie down on the right one."""
    return exercise.position is Position.SIDE_LYING and exercise.sides is not Sides.NONE


def turned_over(plan: Plan, set_index: int) -> list[Piece]:
    """How to change sides, before a set on the other side; in most positions there is nothing to tell."""
    exercise, spec = exercise_of_set(plan, set_index), plan.sets[set_index]
    if exercise is None or not set_index or spec.side is plan.sets[set_index - 1].side:
        return []
    words = v.OVER.get(exercise.position, "")
    return [Piece(Why.POSITION, words, then_s=OVER_S)] if words else []


def sets_up_anew(plan: Plan, set_index: int) -> bool:
    """Whether at a change of side it is told again what one does last before work begins.

    It is where the body turns over, where all reps of a side come together (another foot is put on the step),
    and where a thing goes to the other side.
    """
    exercise, spec = exercise_of_set(plan, set_index), plan.sets[set_index]
    if exercise is None:
        return False
    each = exercise.sides is Sides.EACH and spec.by_reps
    return each or bool(turned_over(plan, set_index)) or any("?" in text for text in exercise.gear)
