"""What the listener of one session has been told so far."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Exercise
from backtimer.core.speech.pieces import Piece, Why, singly

_MAT = "mat"


def things_in(exercise: Exercise, text: str) -> list[str]:
    """The things of an exercise that a sentence speaks of, each by its last word; not the mat below."""
    nouns = [thing.split()[-1].lower() for thing in exercise.equipment if thing.split()]
    return [noun for noun in nouns if noun != _MAT and re.search(rf"\b{re.escape(noun)}\b", text.lower())]


def laid_out(exercise: Exercise, texts: Iterable[str] | None = None) -> list[str]:
    """The sentences with which something is laid out that is put aside again.

    Args:
        exercise: The exercise.
        texts: Among which; None: those about its equipment.
    """
    aside = {thing for text in exercise.away for thing in things_in(exercise, text)}
    asked = singly(exercise.gear if texts is None else texts)
    return [text for text in asked if aside.intersection(things_in(exercise, text))]


@dataclass
class Heard:
    """What she has heard; what is told next follows from it."""

    set_index: int | None = None
    """The set that she has been led to."""
    out_of: int | None = None
    """The set that she has been told to come out of."""
    out_part: tuple[int, int] = (-1, 0)
    """Of which set she has been told a part of the way out, and how many of its sentences."""
    worked: int | None = None
    """The set that she worked on last."""
    moved: int | None = None
    """The set into whose position she has been told to move since then."""
    ahead: tuple[Piece, ...] = ()
    """What is left of the way there, of which she was told the beginning."""
    amounts: set[str | None] = field(default_factory=set)
    """The exercises of which she has heard how much."""
    breaths: set[str | None] = field(default_factory=set)
    """The exercises of which she has heard how to breathe."""
    breath_at: tuple[int, int] | None = None
    """The set and the rep of which she has heard how to breathe as it begins, so that the rest can follow."""
    first_sets: dict[str | None, int] = field(default_factory=dict)
    """The first set of each exercise that she has been through."""
    told: set[tuple[str | None, str]] = field(default_factory=set)
    """Sentences by the exercise that they are about."""
    said: set[str] = field(default_factory=set)
    """All sentences on the way to sets, also of the coach's own."""
    side_ahead: int | None = None
    """The step of which she has been told the side, in the change of side before it."""
    _before: Heard | None = field(default=None, repr=False)
    """What she knew before she was told of the set that comes."""

    def learn(self, plan: Plan, set_index: int, said: Iterable[str], pieces: Collection[Piece]) -> None:
        """Note what she has been told about a set that comes.

        Args:
            plan: The plan.
            set_index: The set.
            said: The sentences that were said.
            pieces: What there was to say.
        """
        self._before = Heard(
            self.set_index,
            self.out_of,
            self.out_part,
            self.worked,
            self.moved,
            self.ahead,
            set(self.amounts),
            set(self.breaths),
            self.breath_at,
            self.first_sets,
            set(self.told),
            set(self.said),
        )
        texts, exercise = set(said), plan.sets[set_index].exercise
        if any(piece.why is Why.NAME for piece in pieces):  # she goes to it now
            self._put_aside(plan, exercise)
        self.set_index = set_index
        self.amounts.add(exercise)
        moves = [piece for piece in pieces if piece.why is Why.POSITION]
        if done := [at for at, piece in enumerate(moves) if piece.said in texts]:
            self.moved, self.ahead = set_index, tuple(moves[max(done) + 1 :])
        for piece in pieces:
            if piece.said not in texts:
                continue
            self.said.add(piece.said)
            if piece.tells:
                self.told.add((piece.about or exercise, piece.tells))
            if piece.why is Why.WAY_OUT and set_index:
                self.out_of = set_index - 1
            if piece.why is Why.BREATH:
                self.breaths.add(exercise)
                self.breath_at = (set_index, 1)

    def _put_aside(self, plan: Plan, exercise: str | None) -> None:
        """What lay about for other exercises lies there no more: it is told again when they come back."""
        here = next((each.gear for each in plan.exercises if each.id == exercise), ())
        others = [each for each in plan.exercises if each.away and each.id != exercise]
        laid = {(each.id, text) for each in others for text in laid_out(each)}
        self.told -= {(who, text) for who, text in laid if text not in set(singly(here))}

    def moved_to(self, moved: Mapping[int, int]) -> Heard:
        """The same in another plan; `moved`: where the sets are in it, by where they were."""

        def at(index: int | None) -> int | None:
            return None if index is None else moved.get(index)

        begun = self.breath_at and at(self.breath_at[0])
        part = at(self.out_part[0])
        return replace(
            self,
            set_index=at(self.set_index),
            out_of=at(self.out_of),
            out_part=(-1, 0) if part is None else (part, self.out_part[1]),
            side_ahead=None,
            breath_at=None if begun is None or self.breath_at is None else (begun, self.breath_at[1]),
            first_sets={who: moved[first] for who, first in self.first_sets.items() if first in moved},
            _before=None,
        )

    def forget(self) -> None:
        """Take it that she has not been told what was learned last."""
        if self._before is None:
            return
        before = self._before
        self.out_of, self.amounts, self.breaths = before.out_of, before.amounts, before.breaths
        self.moved, self.ahead = before.moved, before.ahead
        self.told, self.said, self.breath_at = before.told, before.said, None

    def works(self, set_index: int) -> None:
        """Note that she is in the position of a set, and works on it."""
        self.worked, self.moved, self.ahead = set_index, None, ()

    @property
    def place(self) -> int | None:
        """The set in whose position she is, or on the way there; None: where she was at the beginning."""
        return self.worked if self.moved is None else self.moved

    def has(self, exercise: str | None, sentence: str) -> bool:
        """Whether she was told a sentence about an exercise."""
        return (exercise, sentence) in self.told
