"""How an exercise is demonstrated during a session: which picture of the figure belongs to a moment.

At work it does what the person is to do, at the same pace. Before work, and where there is no pace, it does
the whole rep again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, pi

from backtimer.core.figure.braille import DrawnRow, pen_for
from backtimer.core.figure.film import BREATH_S, Film, FilmPhase
from backtimer.core.figure.panels import is_upright
from backtimer.core.figure.positions import figure_from
from backtimer.core.figure.reel import Reel, film_of
from backtimer.core.picture.figure_rows import figure_rows, shown_exercise
from backtimer.core.picture.rows import Row
from backtimer.core.picture.workout import FigureOf
from backtimer.core.plan.plan import LEAD_INS, Plan, Step, StepKind
from backtimer.core.plan.rep import has_sided
from backtimer.core.plan.routine import Exercise, Side
from backtimer.core.session.session import Snapshot
from backtimer.values import NamedTuple

MOVING_S = 1 / 12
BREATHING_S = 1 / 3
"""How soon the next picture may differ: of a body that moves, and of one that only breathes."""

MOST_REELS = 6


class Rep(NamedTuple):
    """The rep that a step belongs to, or leads to."""

    phases: tuple[FilmPhase, ...]
    first_step: int
    side: Side | None


class Demonstration:
    """Finds the picture of the figure for each moment of a session.

    Args:
        plan: What is done.
        terminal: The encoding of its text, and its kind: what the figure can be drawn with.
        moves: Whether it may move; if not, there is a still picture for each phase.
        known: Finds an exercise of the catalogue by its id: some show an activity.
    """

    def __init__(
        self,
        plan: Plan,
        terminal: tuple[str, str] = ("utf-8", ""),
        *,
        moves: bool = True,
        known: Callable[[str], Exercise | None] = lambda _id: None,
    ) -> None:
        self._plan = plan
        self._known = known
        self._pen = pen_for(*terminal)
        self.moves = moves
        self._films: dict[tuple[str, Side | None, tuple[FilmPhase, ...]], Film | None] = {}
        self._reps: dict[int, Rep | None] = {}
        self._upright: dict[str, bool] = {}
        self._reels: dict[tuple[int, int, int], Reel] = {}

    def figure(self, now: Snapshot, breath: float | None, *, leads_in: bool) -> FigureOf | None:
        """What draws the figure at a moment.

        Args:
            now: The moment.
            breath: How full the lungs are, 0 to 1; None where the breath has no pace.
            leads_in: Whether it leads to a set, rather than being part of one.

        Returns:
            The rows for a size; None where the exercise has no figure.
        """
        film, rep = self._film(now, leads_in=leads_in)
        if film is None:
            return None
        side = rep.side if rep is not None else now.step.side

        def rows(columns: int, height: int) -> Sequence[Row]:
            drawn = self._drawn(self._reel(film, columns, height), now, breath, rep)
            return figure_rows(drawn, side)

        return rows

    def upright(self, now: Snapshot, *, leads_in: bool) -> bool:
        """Whether the body takes more height than width, so that the sides of a wide picture stay empty."""
        film, _rep = self._film(now, leads_in=leads_in)
        if film is None:
            return False
        shown = now.step.exercise or self._plan.sets[now.step.set_index].activity
        if shown not in self._upright:  # of one way for all its sets and sides
            self._upright[shown] = is_upright(film)
        return self._upright[shown]

    def next_s(self, now: Snapshot, *, leads_in: bool) -> float | None:
        """After how many seconds the picture may be another one; None: not before the next step."""
        film, rep = self._film(now, leads_in=leads_in)
        if film is None or not self.moves:
            return None
        if rep is None or film.moves(self._phase_of(now, rep)):
            return MOVING_S
        return BREATHING_S

    def _film(self, now: Snapshot, *, leads_in: bool) -> tuple[Film | None, Rep | None]:
        """The film, and where in it the moment is; no place where the whole rep goes round."""
        plan, step = self._plan, now.step
        exercise = shown_exercise(plan, step, self._known)
        if exercise is None:
            return None, None
        if step.exercise is None:
            return self._film_of(exercise, None, step), None
        spec = plan.sets[step.set_index]
        waits = leads_in or now.count_in is not None or step.kind in LEAD_INS
        index = spec.first_step if now.step_index < spec.first_step else now.step_index
        if step.kind in LEAD_INS and index + 1 < len(plan.steps) and index == now.step_index:
            index += 1  # a change of side inside a set: the rep that comes
        if index not in self._reps:
            self._reps[index] = rep_at(plan, index)
        rep = self._reps[index]
        film = self._film_of(exercise, rep, plan.steps[index])
        return film, None if waits or rep is None else rep

    def _film_of(self, exercise: Exercise, rep: Rep | None, step: Step) -> Film | None:
        side = rep.side if rep is not None else step.side
        key = (exercise.id, side, rep.phases if rep is not None else ())
        if key not in self._films:
            try:
                if rep is None:
                    self._films[key] = film_of(exercise, side)
                else:
                    self._films[key] = Film(figure_from(exercise.figure, exercise.position), rep.phases, side)
            except ValueError:  # a figure of a later version
                self._films[key] = None
        return self._films[key]

    def _reel(self, film: Film, columns: int, rows: int) -> Reel:
        key = (id(film), columns, rows)
        if key not in self._reels:
            if len(self._reels) >= MOST_REELS:
                del self._reels[next(iter(self._reels))]
            self._reels[key] = Reel(film, columns, rows, self._pen)
        return self._reels[key]

    def _drawn(
        self, reel: Reel, now: Snapshot, breath: float | None, rep: Rep | None
    ) -> tuple[DrawnRow, ...]:
        if rep is None:
            passed_s = now.step_elapsed_s
            return reel.loop(passed_s) if self.moves else reel.at(_telling(reel.film), 1.0)
        phase = self._phase_of(now, rep)
        if not self.moves:
            return reel.at(phase, 1.0)
        fraction = min(1.0, now.step_elapsed_s / now.step_length_s) if now.step_length_s else 0.0
        if reel.film.moves(phase):
            return reel.at(phase, fraction)
        filled = (1 - cos(2 * pi * now.step_elapsed_s / BREATH_S)) / 2 if breath is None else breath
        return reel.at(phase, 0.0, filled)

    @staticmethod
    def _phase_of(now: Snapshot, rep: Rep) -> int:
        return min(max(0, now.step_index - rep.first_step), len(rep.phases) - 1)


def rep_at(plan: Plan, index: int) -> Rep | None:
    """The rep that a step of work belongs to; None where there are no phases to be told apart."""
    step = plan.steps[index]
    if step.kind is not StepKind.PHASE or step.continuous or step.phase is None or step.exercise is None:
        return None
    spec = plan.sets[step.set_index]
    first = index
    while first > spec.first_step and not plan.steps[first].rep_start:
        first -= 1
    last = index
    while last < spec.last_step and not plan.steps[last + 1].rep_start:
        last += 1
    steps = [each for each in plan.steps[first : last + 1] if each.kind is StepKind.PHASE]
    sided = has_sided(plan.exercise(step.exercise))
    phases = tuple(
        FilmPhase(each.phase or "", each.estimate_s or each.seconds or 0.0, each.side if sided else None)
        for each in steps
    )
    return Rep(phases, first, None if sided else step.side)


def _telling(film: Film) -> int:
    """The phase whose end tells most of an exercise: the first in which the body moves."""
    return next((number for number in range(len(film.phases)) if film.moves(number)), 0)
