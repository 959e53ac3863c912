"""A film drawn: the rows of its moments, each drawn once, for a panel of one size."""

from __future__ import annotations

from backtimer.core.figure.braille import DrawnRow, Pen, drawn
from backtimer.core.figure.film import Film, Moment
from backtimer.core.figure.positions import figure_from
from backtimer.core.figure.scene import Scene
from backtimer.core.plan.rep import PLAIN_REP, Timing, phases_of
from backtimer.core.plan.routine import HOLD, Exercise, Prescription, Side, Sides
from backtimer.core.plan.units import Breathing, seconds

MOST_KEPT = 1_500
"""Pictures that are kept: two minutes at twelve a second."""

_SHOWN = Prescription(hold=seconds(3))


def film_of(exercise: Exercise, side: Side | None = None, prescription: Prescription | None = None) -> Film:
    """The film of one rep of an exercise.

    Args:
        exercise: With the text of its figure.
        side: Whose turn it is; None: the left one, where the exercise has sides.
        prescription: How long its phases take; None: as the exercise has it.

    Raises:
        ValueError: The text of its figure is of a later version, or damaged.
    """
    whole = prescription or exercise.prescription or _SHOWN
    holds = not exercise.phases or bool(whole.hold) or any(phase.name == HOLD for phase in exercise.phases)
    whole = whole._replace(reps=None, duration=None, hold=whole.hold or _SHOWN.hold)
    if side is None and exercise.sides is not Sides.NONE:
        side = Side.LEFT
    figure = figure_from(exercise.figure, exercise.position)
    moves_on = not exercise.phases and set(figure.phases) == {HOLD}  # one movement, that goes on for a time
    own = exercise.phases if moves_on else exercise.phases or PLAIN_REP
    phases = phases_of(exercise._replace(phases=own), whole, Timing(whole, Breathing()))
    if not holds:  # it was put in only to have all of a rep
        phases = tuple(phase for phase in phases if phase.name != HOLD)
    return Film(figure, phases, side)


class Reel:
    """The pictures of a film.

    Args:
        film: What happens.
        columns: Cells across.
        rows: Cells down.
        pen: What to draw with.
    """

    def __init__(self, film: Film, columns: int, rows: int, pen: Pen = Pen.BRAILLE) -> None:
        self.film = film
        self.size = (columns, rows)
        self.pen = pen
        self._kept: dict[Moment, tuple[DrawnRow, ...]] = {}

    def at(
        self, phase_index: int, fraction: float, breath: float = 0.0, *, first: bool = False
    ) -> tuple[DrawnRow, ...]:
        """The rows of a moment of the rep, as `Film.scene` knows it."""
        return self._drawn(self.film.moment(phase_index, fraction, breath, first=first))

    def loop(self, seconds_on: float) -> tuple[DrawnRow, ...]:
        """The rows of the rep that goes round and round."""
        return self._drawn(self.film.moment_of_loop(seconds_on))

    def _drawn(self, moment: Moment) -> tuple[DrawnRow, ...]:
        if moment not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[moment] = self.draw(self.film.scene_of(moment))
        return self._kept[moment]

    def draw(self, scene: Scene) -> tuple[DrawnRow, ...]:
        """Any scene, in this size and with this pen."""
        return drawn(scene, *self.size, self.pen)
