"""The figure of an exercise, moving as long as somebody may be looking."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from backtimer.core.figure.activities import exercise_of_activity
from backtimer.core.figure.braille import pen_for
from backtimer.core.figure.reel import Reel, film_of
from backtimer.core.figure.stills import telling_moment
from backtimer.core.picture.figure_rows import figure_rows, sides_in_turn
from backtimer.core.picture.page import Slot
from backtimer.core.picture.rows import Row
from backtimer.core.picture.today_page import Listed
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Exercise, Side

FRAMES_S = 1 / 12
"""From one picture to the next."""

LOOKED_AT_S = 120.0
"""So long a figure moves after the last key: nobody looks at it for longer."""


class FigurePlayer:
    """Draws one exercise after another, each from the beginning of its rep.

    Args:
        moves: It goes through the whole rep on one side after the other, again and again; else it shows where
            the movement leads on the first.
    """

    def __init__(self, *, moves: bool) -> None:
        self.moves = moves
        self._looked_at: tuple[Exercise, Sequence[Side | None]] | None = None
        self._reels: list[tuple[Reel, Side | None]] = []
        """One for each side, in their order."""
        self._began = 0.0
        self._last_key = 0.0

    def show(self, plan: Plan, exercise_id: str, slot: Slot, now: float) -> None:
        """Draw an exercise of a plan as that has it done: somebody looks at it from now on."""
        self.keep_on(now)
        sides = sides_in_turn(plan, exercise_id)
        self.look_at(plan.exercise(exercise_id), slot.columns, slot.rows, now, sides)

    def show_listed(
        self, plan: Plan, listed: Listed, known: Callable[[str], Exercise | None], slot: Slot, now: float
    ) -> None:
        """Draw what is in a line of the day's list: an exercise, or what shows an activity."""
        if listed.exercise:
            self.show(plan, listed.exercise, slot, now)
        elif (shown := exercise_of_activity(listed.name, known)) is not None:
            self.keep_on(now)
            self.look_at(shown, slot.columns, slot.rows, now)

    def look_at(
        self,
        exercise: Exercise,
        columns: int,
        rows: int,
        now: float,
        sides: Sequence[Side | None] = (None,),
    ) -> None:
        """Draw this exercise from now on, in so many cells, on these sides in turn."""
        before, self._looked_at = self._looked_at, (exercise, sides)
        if before == self._looked_at and self._reels and self._reels[0][0].size == (columns, rows):
            return
        if before != self._looked_at:
            self._began = now
        self._reels = []
        encoding = sys.__stdout__.encoding if sys.__stdout__ is not None else "utf-8"
        pen = pen_for(encoding, os.environ.get("TERM", ""))
        with suppress(ValueError):  # a figure of a later version
            self._reels = [(Reel(film_of(exercise, side), columns, rows, pen), side) for side in sides]

    def keep_on(self, now: float) -> None:
        """Somebody is there."""
        self._last_key = now

    def rows(self, now: float) -> tuple[Row, ...] | None:
        """What is to be seen now; None: nothing, or what is there already, for nobody looks any more."""
        if not self._reels or (self.moves and now - self._last_key > LOOKED_AT_S):
            return None
        if not self.moves:
            reel, side = self._reels[0]
            if not reel.film.phases:
                return figure_rows(reel.draw(reel.film.still()), side)
            return figure_rows(reel.at(0, telling_moment(reel.film, 0)), side)
        lengths = [reel.film.loop_s for reel, _side in self._reels]
        turn, left_s = 0, (now - self._began) % (sum(lengths) or 1.0)
        while turn < len(lengths) - 1 and left_s >= lengths[turn]:
            left_s -= lengths[turn]
            turn += 1
        reel, side = self._reels[turn]
        return figure_rows(reel.loop(left_s), side)
