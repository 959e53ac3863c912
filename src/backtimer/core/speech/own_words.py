"""What an exercise says itself, as far as the listener was not told it yet."""

from __future__ import annotations

import re
from collections.abc import Iterable

from backtimer.core.plan.plan import Plan, exercise_of_set
from backtimer.core.plan.routine import Exercise
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.phrases import lower, position_words, sentence
from backtimer.core.speech.pieces import Piece, Why, singly
from backtimer.core.speech.work import foreign
from backtimer.language import _

DECIDES_S = 2.0
"""Time to press a key who lacks something."""

_AT_HAND = frozenset({"chair", "mat", "wall", "free wall"})
"""What everybody has."""


class OwnWords:
    """The sentences of the exercises of one session.

    Args:
        heard: What the listener knows.
        coach: The language of the coach's own words, as a tag.
    """

    def __init__(self, heard: Heard, coach: str = "") -> None:
        self._heard = heard
        self._coach = coach

    def told(self, exercise: Exercise, why: Why, text: str) -> Piece:
        """A sentence of an exercise."""
        return Piece(why, text, language=foreign(exercise.language, self._coach), tells=text)

    def untold(self, exercise: Exercise, why: Why, texts: Iterable[str]) -> list[Piece]:
        """Those of several that she has not heard of this exercise.

        How to breathe, and what to do who has sore wrists, is told once where another one has the same words.
        """
        whole = why in (Why.WATCH, Why.EASIER, Why.HARDER, Why.NOTE)
        parts = [sentence(text) for text in texts if text.strip()] if whole else singly(texts)
        found = dict.fromkeys(text for text in parts if not self._heard.has(exercise.id, text))
        if why in (Why.BREATH, Why.EASIER, Why.SETUP):
            shared = {text for _who, text in self._heard.told}
            found = {
                text: None for text in found if text not in shared or (why is Why.SETUP and "?" not in text)
            }
        return [self.told(exercise, why, text) for text in found]

    def without(self, plan: Plan, exercise: Exercise, *, attended: bool) -> list[Piece]:
        """What to do instead who has not what an exercise needs, where its file knows something.

        Not where it tells that itself, nor of what another exercise of the plan needs, too.

        Args:
            plan: What is done.
            exercise: The exercise.
            attended: Someone can press keys.
        """
        others = {thing for each in plan.exercises if each is not exercise for thing in each.equipment}
        things = [thing for thing in exercise.equipment if thing not in others and thing not in _AT_HAND]
        told = any(text.startswith(_("No ")) for text in singly(exercise.gear))
        if not (exercise.instead and things) or told or foreign(exercise.language, self._coach):
            return []
        frame = _("No {thing}? Press e for {other}") if attended else _("No {thing}? Do {other} instead")
        other = lower(exercise.instead_name) or exercise.instead.replace("-", " ")
        words = frame.format(thing=things[0], other=other)
        if self._heard.has(exercise.id, words):
            return []
        return [Piece(Why.EQUIPMENT, words, then_s=DECIDES_S, tells=words)]


def way_out(plan: Plan, set_index: int) -> tuple[str, ...]:
    """How to come out of what is done in a set: the exercise's own sentences."""
    exercise = exercise_of_set(plan, set_index)
    return tuple(singly(exercise.out)) if exercise else ()


def tells_left(text: str) -> bool:
    """Whether a sentence says what left means, in a file that has no words for just that."""
    return bool(re.search(r"\b[Ll]eft (means|is)\b", text))


def repeats(exercise: Exercise) -> bool:
    """Whether the setup begins with no more than the position itself, which is told anyway."""
    words = set(re.findall(r"\w+", next(singly(exercise.setup), "").lower()))
    return bool(words) and words <= set(re.findall(r"\w+", position_words(exercise.position).lower()))
