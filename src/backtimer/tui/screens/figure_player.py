"""The figure of an exercise, moving as long as somebody may be looking."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from backtimer.core.figure.braille import DrawnRow, pen_for
from backtimer.core.figure.reel import Reel, film_of
from backtimer.core.picture.rows import Look, Row, Span
from backtimer.core.plan.routine import Exercise

FRAMES_S = 1 / 12
"""From one picture to the next."""

LOOKED_AT_S = 120.0
"""So long a figure moves after the last key: nobody looks at it for longer."""


def figure_rows(drawn: Sequence[DrawnRow]) -> tuple[Row, ...]:
    """What is drawn, as rows of a page."""
    return tuple(tuple(Span(text, Look(shade)) for text, shade in each) for each in drawn)


class FigurePlayer:
    """Draws one exercise after another, each from the beginning of its rep.

    Args:
        moves: It goes through the whole rep, again and again; else it shows where the movement leads.
    """

    def __init__(self, *, moves: bool) -> None:
        self.moves = moves
        self._exercise: Exercise | None = None
        self._reel: Reel | None = None
        self._began = 0.0
        self._last_key = 0.0

    def look_at(self, exercise: Exercise, columns: int, rows: int, now: float) -> None:
        """Draw this exercise from now on, in so many cells."""
        if self._reel is not None and self._exercise is exercise and self._reel.size == (columns, rows):
            return
        if self._exercise is not exercise:
            self._began = now
        self._exercise, self._reel = exercise, None
        encoding = sys.__stdout__.encoding if sys.__stdout__ is not None else "utf-8"
        with suppress(ValueError):  # a figure of a later version
            film = film_of(exercise)
            self._reel = Reel(film, columns, rows, pen_for(encoding, os.environ.get("TERM", "")))

    def keep_on(self, now: float) -> None:
        """Somebody is there."""
        self._last_key = now

    def rows(self, now: float) -> tuple[Row, ...] | None:
        """What is to be seen now; None: nothing, or what is there already, for nobody looks any more."""
        reel = self._reel
        if reel is None or (self.moves and now - self._last_key > LOOKED_AT_S):
            return None
        if not self.moves:
            return figure_rows(reel.at(0, 1.0) if reel.film.phases else reel.draw(reel.film.still()))
        return figure_rows(reel.loop(now - self._began))
