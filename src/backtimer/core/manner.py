"""How an exercise is done, told a sentence at a time where there is room for it."""

from __future__ import annotations

import re

from backtimer.core.languages import v
from backtimer.core.places import exercise_of
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Side
from backtimer.core.speech import Piece
from backtimer.core.words import sentence

SIDES_MEAN = 6
"""How badly it is needed to hear what is left and what is right: of an arm and a leg, say."""

HOW = 12
"""How badly it is needed to hear how it is done; of several sentences the later ones give way first."""


def sides_mean(plan: Plan, set_index: int) -> list[Piece]:
    """What an exercise means by left and right, at a set that begins on the left."""
    spec = plan.sets[set_index]
    if not spec.alternate and spec.side is not Side.LEFT:
        return []
    return [Piece(SIDES_MEAN, text) for text in _sentences(plan, set_index) if _tells_sides(text)]


def how_it_is_done(plan: Plan, set_index: int) -> list[Piece]:
    """All else that an exercise's steps say."""
    told = [text for text in _sentences(plan, set_index) if not _tells_sides(text)]
    return [Piece(HOW + number, text) for number, text in enumerate(told)]


def _sentences(plan: Plan, set_index: int) -> list[str]:
    exercise = exercise_of(plan, set_index)
    steps = exercise.steps if exercise else ()
    return [sentence(part) for step in steps for part in re.split(r"(?<=[.!?…])\s+", step.strip()) if part]


def _tells_sides(text: str) -> bool:
    """Whether a sentence names a side, in the language of the coach."""
    words = {word.strip(".,;:").lower() for word in text.split()}
    return any(side.lower() in words for side in v.SIDES.values())
