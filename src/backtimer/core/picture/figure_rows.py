"""A figure that was drawn, as rows of a page; which sides of it a day shows, and what is known before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from backtimer.core.figure.activities import exercise_of_activity
from backtimer.core.picture.rows import Look, Row, Span
from backtimer.core.plan.plan import LEAD_INS, Plan, Step
from backtimer.core.plan.rep import has_sided
from backtimer.core.plan.routine import Exercise, Position, Side

if TYPE_CHECKING:
    from backtimer.core.figure.braille import DrawnRow

_RIGHT = {
    Look.MOVER: Look.RIGHT,
    Look.MOVER_FAR: Look.RIGHT_FAR,
    Look.MOVER_TRUNK: Look.RIGHT_TRUNK,
}
"""What moves is in the colour of its side; the left one's is that of all that moves."""


def figure_rows(drawn: Sequence[DrawnRow], side: Side | None = None) -> tuple[Row, ...]:
    """What is drawn of a body that moves this side of it."""
    return tuple(
        tuple(
            Span(text, _RIGHT.get(Look(shade), Look(shade)) if side is Side.RIGHT else Look(shade))
            for text, shade in each
        )
        for each in drawn
    )


def sides_in_turn(plan: Plan, exercise_id: str) -> tuple[Side | None, ...]:
    """The sides on which a day has an exercise done, as they come; None: both at once, or neither."""
    if has_sided(plan.exercise(exercise_id)):
        return (None,)
    steps = (step for step in plan.steps if step.exercise == exercise_id and step.kind not in LEAD_INS)
    return tuple(dict.fromkeys(step.side for step in steps)) or (None,)


_UPRIGHT = (Position.STANDING, Position.SEATED, Position.HALF_KNEELING)


def shown_exercise(plan: Plan, step: Step, known: Callable[[str], Exercise | None]) -> Exercise | None:
    """The exercise whose figure is shown in a step, for an activity one like it; None: there is no figure."""
    if step.exercise is None:
        return exercise_of_activity(plan.sets[step.set_index].activity or plan.activity, known)
    exercise = plan.exercise(step.exercise)
    return exercise if exercise.figure else None


def looks_upright(exercise: Exercise) -> bool:
    """Whether its figure will be higher than wide, as far as that is known before it is drawn."""
    alone = '"inset"' not in exercise.figure and '"travel"' not in exercise.figure
    return alone and exercise.position in _UPRIGHT
