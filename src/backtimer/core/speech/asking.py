"""Asking first: who should ask a doctor before an exercise, and what to do who leaves it out."""

from __future__ import annotations

from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Exercise
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.own_words import OwnWords
from backtimer.core.speech.pieces import Piece, Why
from backtimer.core.speech.props import ON_THE_FLOOR
from backtimer.language import _


class AskingFirst:
    """Who should ask a doctor first, in one session.

    Args:
        plan: What is done.
        heard: What the listener knows.
        own: The sentences of its exercises.
        attended: Someone can press keys.
    """

    def __init__(self, plan: Plan, heard: Heard, own: OwnWords, *, attended: bool) -> None:
        self._plan = plan
        self._heard = heard
        self._own = own
        self._attended = attended

    def who(self, exercise: Exercise) -> list[Piece]:
        """Who should ask a doctor first, and once in a session how to leave an exercise out."""
        asks = [self._briefly(piece) for piece in self._own.untold(exercise, Why.NOTE, exercise.ask_first)]
        ways = self._ways()
        if not asks or any(text == ways[0] for _who, text in self._heard.told):
            return asks
        return [*asks, *(Piece(Why.NOTE, way, tells=way) for way in ways)]

    def _ways(self) -> list[str]:
        """How to leave one out and, with no keys, to be where the way to the next one can be followed."""
        if self._attended:
            return [_("Or press n at each set, to leave it out")]
        rests = _("You leave one out? Sit or lie, until I call the next one")
        if not any(each.position in ON_THE_FLOOR for each in self._plan.exercises):
            return [rests]
        return [rests, _("If you rested, start it from hands and knees")]

    def _briefly(self, piece: Piece) -> Piece:
        """A question, with the answer in few words where it was told in full before."""
        question, mark, answer = piece.text.partition("? ")
        told = any(text.endswith(f"? {answer}") for _who, text in self._heard.told)
        if not (mark and told) or piece.language:
            return piece
        return piece._replace(text=_("{question}? Rest here, too.").format(question=question))
