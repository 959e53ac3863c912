"""Placing: hands, feet and head in a position, how to get back to that, and to the other side."""

from __future__ import annotations

import re

from backtimer.core.plan.plan import Plan, Step, exercise_of_set, goes_on
from backtimer.core.plan.routine import Exercise, Position, Side, Sides
from backtimer.core.plan.work import OTHER_SIDE
from backtimer.core.speech.heard import Heard, laid_out
from backtimer.core.speech.languages import v
from backtimer.core.speech.own_words import OwnWords, repeats, tells_left
from backtimer.core.speech.phrases import has_side, of_side, on_side
from backtimer.core.speech.pieces import Piece, Why, singly
from backtimer.core.speech.props import is_fixed

SETTLED_S = 1.2
"""Time to do what a sentence of the setup asks for."""

GRIPPED_S = 4.0
"""The same with hands that hold something: to take it, to move until it is tight, to sit as it has to be."""

TAKEN_S = 4.0
"""Time to take a leg, or to sling a towel round it."""

RESTED_S = 3.0
"""Time to sit back and rest, in the middle of a set."""

BREATHER_S = 10.0
"""A change of side within a set of this length is there to rest in."""

FREELY_S = 30.0
"""In a rest of this length she has twenty seconds to sit or lie as she likes, before she is called back."""

AGAIN_S = 3.0
"""Time to come back into a position that one rested from."""


class Placing:
    """The setups of the exercises of one session.

    Args:
        plan: What is done.
        heard: What the listener knows.
        own: The sentences of its exercises.
    """

    def __init__(self, plan: Plan, heard: Heard, own: OwnWords) -> None:
        self._plan = plan
        self._heard = heard
        self._own = own

    def setup(
        self, exercise: Exercise, *, moves: bool, explained: bool, side: Side | None = None
    ) -> tuple[list[Piece], list[Piece]]:
        """What is told before it is told what to do and after it; not once more the position itself.

        In a position to lie or to sit in one is in place first, and the end of it is told again before the
        count. In one that tires, one rests until then. Who comes back to it later is told its end again.

        Args:
            exercise: The exercise.
            moves: Whether she comes from another position.
            explained: Whether it is told what to do.
            side: On which side it begins.
        """
        texts = [text for text in singly(exercise.setup) if exercise.left or not tells_left(text)]
        texts = texts[1:] if repeats(exercise) else texts
        untold = self._own.untold(exercise, Why.SETUP, texts)
        if not moves:  # her hands and feet may be where they have to be, but for the last of it
            there = {text for _who, text in self._heard.told}
            untold = [piece for piece in untold if piece.text == texts[-1] or piece.text not in there]
        known, fixed = exercise.id in self._plan.known, is_fixed(exercise)
        if not untold or known:
            last = texts[_end_of(exercise, texts) :] if moves else []
            if (
                last
                and self._is_back(exercise)
                and exercise.position not in v.TIRING
                and (fixed or not known)
            ):
                needed = laid_out(exercise, texts)  # she lay or sat in another way, and on nothing of this
                last = [text for text in texts if "?" not in text or (text in needed and not known)]
            told = [self._own.told(exercise, Why.SETUP, text) for text in last]
            return [], self._with_stills(exercise, told, 0.0, side)
        at = max(_end_of(exercise, [piece.text for piece in untold]), int(moves))
        untold = self._with_stills(exercise, untold, SETTLED_S, side)
        if exercise.position not in v.TIRING:
            return untold[:at], untold[at:]
        again = v.AGAIN.get(exercise.position, "") if explained and not moves else ""
        return [], [*([Piece(Why.SETUP, again, then_s=AGAIN_S)] if again else []), *untold]

    def _with_stills(
        self, exercise: Exercise, pieces: list[Piece], still_s: float, side: Side | None = None
    ) -> list[Piece]:
        """The pieces with time to do each; most of it from where the hands are full."""
        held = _end_of(exercise, [piece.text for piece in pieces])
        pieces = [
            piece if piece.language else piece._replace(text=on_side(piece.text, side)) for piece in pieces
        ]
        grips = is_fixed(exercise)
        taken_s = TAKEN_S if still_s and exercise.sides is Sides.EACH and exercise.gear else still_s
        return [
            piece.with_still(GRIPPED_S if grips and at >= held else taken_s if at >= held else still_s)
            for at, piece in enumerate(pieces)
        ]

    def _is_back(self, exercise: Exercise) -> bool:
        return exercise.id in self._heard.first_sets

    def end(
        self, exercise: Exercise | None, *, still_s: float = 0.0, side: Side | None = None
    ) -> list[Piece]:
        """What is done last before work begins, for who has done it before."""
        if exercise is None:
            return []
        texts = list(singly(exercise.setup))
        told = [self._own.told(exercise, Why.SETUP, text) for text in texts[_end_of(exercise, texts) :]]
        return self._with_stills(exercise, told, still_s, side)

    def breather(self, step: Step) -> list[Piece]:
        """How to rest in the middle of a set, and how to get back into place; else nothing."""
        exercise = exercise_of_set(self._plan, step.set_index)
        if exercise is None or (step.seconds or 0.0) < BREATHER_S:
            return []
        told = [self._own.told(exercise, Why.WAY_OUT, text) for text in singly(exercise.out)]
        rests = [piece.with_still(RESTED_S) for piece in told]
        again, limbs = v.AGAIN.get(exercise.position, ""), of_side(exercise.left, step.side)
        if again and limbs and self._plan.sets[step.set_index].alternate:  # she knows where her hands go
            return [*rests, Piece(Why.SETUP, again), Piece(Why.SIDE, limbs, tells=exercise.left)]
        return [*rests, *self._back(exercise, None)]

    def resting(self, set_index: int, rest_s: float) -> list[Piece]:
        """How to rest before a set in another way than the way out leaves her, where that is worth it.

        Args:
            set_index: The set, of the exercise that was done before.
            rest_s: So much of the rest is left then.
        """
        exercise = exercise_of_set(self._plan, set_index)
        if exercise is None or rest_s < FREELY_S:
            return []
        return [self._own.told(exercise, Why.WAY_OUT, text) for text in singly(exercise.resting)]

    def back_in_place(self, set_index: int) -> list[Piece]:
        """How to get back to where a set begins, for who came out of the one before."""
        exercise = exercise_of_set(self._plan, set_index)
        if exercise is None or not goes_on(self._plan, set_index) or not exercise.out:
            return []
        return self._back(exercise, self._plan.sets[set_index].side)

    def _back(self, exercise: Exercise, side: Side | None) -> list[Piece]:
        again = v.AGAIN.get(exercise.position, "")
        takes = exercise.sides is Sides.EACH and bool(exercise.gear)
        end = self.end(exercise, still_s=TAKEN_S * takes, side=side)
        return [*([Piece(Why.SETUP, again)] if again else []), *end]


def _end_of(exercise: Exercise, texts: list[str]) -> int:
    """From which sentence on a setup is told right before the count: the last.

    Of something fixed all but the first is: the hands are full then, and nobody listens long like that.
    """
    grips = list(singly(exercise.setup))[1:] if is_fixed(exercise) else []
    return next((at for at, text in enumerate(texts) if text in grips), max(len(texts) - 1, 0))


OVER_S = 3.0
"""Time to turn over, while it is told what comes."""


def lies_on_a_side(exercise: Exercise) -> bool:
    """Whether one must know which side comes first, to lie down on the right one."""
    return exercise.position is Position.SIDE_LYING and exercise.sides is not Sides.NONE


_DOWN = {Position.SIDE_LYING: "side", Position.HALF_KNEELING: "knee"}
"""With which part of the body an exercise's own words tell on what one lies, or kneels."""


def side_down(exercise: Exercise, side: Side | None) -> Side | None:
    """Which side of the body is on the floor, or which knee, as the file tells it; None: it does not.

    Args:
        exercise: The exercise.
        side: The side of the set, which may be the one on top.
    """
    part = _DOWN.get(exercise.position)
    found = re.search(rf"\b(left|right) {part}\b", exercise.left.lower()) if part and side else None
    if found is None:
        return None
    return Side(found[1]) if side is Side.LEFT else OTHER_SIDE[Side(found[1])]


def turned_over(plan: Plan, set_index: int, last: int | None = None) -> list[Piece]:
    """How to turn onto the other side before a set, where one lies or kneels on one, and on the wrong one.

    Args:
        plan: The plan.
        set_index: The set.
        last: In which set she was last; None: in the one before.
    """
    last = set_index - 1 if last is None else last
    exercise, spec = exercise_of_set(plan, set_index), plan.sets[set_index]
    before = exercise_of_set(plan, last) if last >= 0 else None
    if exercise is None or before is None or before.position is not exercise.position:
        return []
    words = v.OVER.get(exercise.position, "")
    if not words or spec.side is None:  # it is the same on either side
        return []
    down: Side | None = spec.side
    was_down = plan.sets[last].side
    if exercise.id != before.id:
        down, was_down = side_down(exercise, down), side_down(before, was_down)
    if down is None or was_down is None:
        words = v.OVER_IF[exercise.position]
    elif down is was_down:
        return []
    return [Piece(Why.POSITION, words, then_s=OVER_S, tells=words)]


def sets_up_anew(plan: Plan, set_index: int, last: int | None = None) -> bool:
    """Whether it is told again what one does last before work begins, by who was in place a moment ago.

    It is where the body turns over, where all reps of a side come together (another foot is put on the step),
    and where a thing goes to the other side.

    Args:
        plan: The plan.
        set_index: The set.
        last: In which set she was last; None: in the one before.
    """
    last = set_index - 1 if last is None else last
    exercise, spec = exercise_of_set(plan, set_index), plan.sets[set_index]
    if exercise is None or last < 0:
        return False
    by_side = any(map(has_side, exercise.setup[-1:]))
    if plan.sets[last].exercise != exercise.id:
        return by_side and any(each.exercise == exercise.id for each in plan.sets[:set_index])
    if plan.sets[last].side is spec.side:
        return False
    each = exercise.sides is Sides.EACH and (spec.by_reps or by_side)
    return each or bool(turned_over(plan, set_index, last)) or any("?" in text for text in exercise.gear)
