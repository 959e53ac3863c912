"""Asking first: who should ask a doctor before an exercise, and what to do who leaves it out."""

from __future__ import annotations

from backtimer.core.plan.routine import Exercise, Position
from backtimer.core.plan.ways import ON_FEET
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.own_words import OwnWords
from backtimer.core.speech.pieces import Piece, Why, singly
from backtimer.core.speech.rested import KNEELING, comes_along, up_as_taught
from backtimer.language import _


class AskingFirst:
    """Who should ask a doctor first, in one session.

    Args:
        heard: What the listener knows.
        own: The sentences of its exercises.
    """

    def __init__(self, heard: Heard, own: OwnWords) -> None:
        self._heard = heard
        self._own = own

    def who(self, exercise: Exercise, before: Position | None) -> list[Piece]:
        """Who should ask a doctor first, and where to rest then.

        Args:
            exercise: The exercise.
            before: The position that one comes from; None: it is the first.
        """
        asks = [self._briefly(piece) for piece in self._own.untold(exercise, Why.NOTE, exercise.ask_first)]
        if not asks:
            return self._down(exercise, before)
        down = [] if before is None and exercise.position in KNEELING else self._down(exercise, before)
        along = comes_along(exercise, before)
        asks += [Piece(Why.NOTE, along, tells=along)] if along else []
        return [*down, *asks]

    def _down(self, exercise: Exercise, before: Position | None) -> list[Piece]:
        """Before the first way down or up, over the knees and one hip: it is not for who has a new one."""
        if exercise.position in ON_FEET:
            gets_up = before is not None and before not in ON_FEET
            return up_as_taught(self._heard, Why.NOTE) if gets_up else []
        if not (before is None or before in ON_FEET):
            return []
        knee = Piece(Why.NOTE, _("A new knee or hip? Go down and turn as you were taught"))
        return [] if knee.said in self._heard.said else [knee]

    def _briefly(self, piece: Piece) -> Piece:
        """A question, with the first words of the answer where that was told in full before."""
        question, mark, answer = piece.text.partition("? ")
        told = any(text.endswith(f"? {answer}") for _who, text in self._heard.told)
        if not (mark and told) or list(singly((answer,)))[1:]:
            return piece
        does = answer.split(",")[0].rstrip(".!")
        return piece._replace(text=_("{question}? {does}, too.").format(question=question, does=does))
