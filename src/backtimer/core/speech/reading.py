"""The narration as text to be read: everything, one text for each step."""

from __future__ import annotations

from collections.abc import Sequence

from backtimer.core.plan.plan import LEAD_INS, Plan, SetSpec, StepKind, exercise_of_set, first_time
from backtimer.core.plan.routine import Exercise, Side
from backtimer.core.session.events import Coming
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.narrator import Narrator
from backtimer.core.speech.phrases import of_side, on_side, position_words, sentence, side_words
from backtimer.core.speech.pieces import Piece, joined, sentences_of, spoken
from backtimer.language import _


class Reading:
    """What one who reads is told of a session, step by step in its order.

    Args:
        plan: What is done.
        heard: What she was told before, in a session that has gone over to this plan.
    """

    def __init__(self, plan: Plan, *, attended: bool = True, heard: Heard | None = None) -> None:
        self._plan = plan
        self._tell = Narrator(plan, attended=attended, heard=heard)

    @property
    def heard(self) -> Heard:
        """What she was told."""
        return self._tell.heard

    def step(self, index: int, *, fitting: bool = False) -> str:
        """What is told as a step begins.

        Args:
            index: Index into the steps.
            fitting: Only what can be said in the time of the step.
        """
        plan, step = self._plan, self._plan.steps[index]
        spec = plan.sets[step.set_index]
        if index >= spec.first_step:
            self._tell.heard.works(step.set_index)
        if step.kind in LEAD_INS and index > spec.first_step:
            pieces = next(self._tell.switch(index), [])
        elif step.kind in LEAD_INS or spec.first_step == spec.last_step:
            pieces = self._told(step.set_index, self._tell.step(index))
        else:
            pieces = self._tell.work.read(index)
            self._tell.work.learn_rep(index, [])
            self._tell.work.learn_phase(index, pieces)
        if step.kind is StepKind.SWITCH or not fitting:
            return sentences_of(pieces)
        return spoken(pieces, step.seconds)

    def coming(self, event: Coming) -> str:
        """What is told when the session goes to a set other than the plan does."""
        return sentences_of(self._told(event.set_index, self._tell.coming(event)))

    def came_out(self, set_index: int) -> None:
        """Note that the way out of a set was told."""
        self._tell.heard.out_of = set_index

    @property
    def worked(self) -> int | None:
        """The set that was worked on last."""
        return self._tell.heard.worked

    def _told(self, set_index: int, pieces: list[Piece]) -> list[Piece]:
        self._tell.learn(set_index, [piece.said for piece in pieces], pieces)
        return pieces


def _which_side(spec: SetSpec, exercise: Exercise) -> list[str]:
    """What the side of a set means; of one that changes in it, of that which comes first."""
    side = spec.side or (Side.RIGHT if spec.right_first else Side.LEFT)
    what = of_side(exercise.left, side)
    if not what:
        return [_("Left is {what}").format(what=exercise.left)] if exercise.left else []
    if spec.side is None or not (spec.is_second or spec.one_sided):
        return [_("First {what}").format(what=what)]
    return [_("{side}: {what}").format(side=side_words(side), what=what)]


def explained(plan: Plan, set_index: int, over: Sequence[str] = ()) -> tuple[str, ...]:
    """How the exercise of a set is done, for the eye: all of it, what matters most now first.

    The first time that is how one sets it up and moves; later another thing to watch each time.

    Args:
        plan: The plan.
        set_index: The set.
        over: How she turns over for it; then on which side she lies matters most.
    """
    spec, exercise = plan.sets[set_index], exercise_of_set(plan, set_index)
    if exercise is None:
        return ()
    first = _which_side(spec, exercise)
    setup = joined(exercise.setup) or position_words(exercise.position)
    how = [setup, *exercise.gear, *exercise.steps, *first, *exercise.breath]
    watch = [text for text in exercise.watch if text.strip()]
    told = [*how, *watch] if first_time(plan, set_index) else [*in_turn(spec, watch), *how]
    if over:
        end = [on_side(text, spec.side) for text in exercise.setup[-1:]]
        told = [*over, *first, *end, *(text for text in told if text not in first)]
    return tuple(sentence(text) for text in (*told, *exercise.make_easier) if text.strip())


def in_turn(spec: SetSpec, watch: Sequence[str]) -> Sequence[str]:
    """What to watch while a set is done, another thing first in each."""
    turn = (spec.set - 1 + (spec.round or 1) - 1) % len(watch) if watch else 0
    return (*watch[turn:], *watch[:turn])
