"""What an exercise says itself, as far as the listener was not told it yet."""

from __future__ import annotations

from collections.abc import Iterable

from backtimer.core.plan.routine import Exercise
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.phrases import sentence
from backtimer.core.speech.pieces import Piece, Why, singly
from backtimer.core.speech.work import foreign


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
        """Those of several that she has not heard of this exercise."""
        whole = why in (Why.WATCH, Why.EASIER, Why.NOTE)
        parts = [sentence(text) for text in texts if text.strip()] if whole else singly(texts)
        found = dict.fromkeys(text for text in parts if not self._heard.has(exercise.id, text))
        return [self.told(exercise, why, text) for text in found]
