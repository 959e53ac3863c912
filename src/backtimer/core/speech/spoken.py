"""What the coach says aloud at a step: the sentences, as they are said to one who is in the middle of it.

For reading, see `sentences`: what is read need not be said in two seconds, nor be left out because it was
said a minute ago.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from backtimer.core.plan.plan import Plan, Step, StepKind, exercise_of_set, goes_on, position_before
from backtimer.core.plan.routine import HOLD, RELAX, Breath, Side
from backtimer.core.session.events import Coming
from backtimer.core.speech.languages import v
from backtimer.core.speech.phrases import (
    breath_word,
    capital,
    count_words,
    exercise_name,
    lower,
    phase_word,
    place,
    position_words,
    sentence,
    setup_words,
    side_words,
    time_words,
)
from backtimer.core.speech.sentences import (
    AMOUNT,
    NOTE,
    REMINDER,
    SETUP,
    activity_pieces,
    coming_pieces,
    introduction,
    lead_pieces,
    own_pace_pieces,
    whole_set_pieces,
)
from backtimer.core.speech.timing import NEAR_S, Piece, joined

SIDES_MEAN = 6
"""How badly it is needed to hear what is left and what is right: of an arm and a leg, say."""

HOW = 12
"""How badly it is needed to hear how it is done; of several sentences the later ones give way first."""


def sides_mean(plan: Plan, set_index: int) -> list[Piece]:
    """What an exercise means by left and right, at a set that begins on the left."""
    spec = plan.sets[set_index]
    if not spec.alternate and spec.side is not Side.LEFT:
        return []
    return [Piece(SIDES_MEAN, text) for text in _sentences(plan, set_index) if _tells_sides(text)]


def how_it_is_done(plan: Plan, set_index: int) -> list[Piece]:
    """All else that an exercise's steps say."""
    told = [text for text in _sentences(plan, set_index) if not _tells_sides(text)]
    return [Piece(HOW + number, text) for number, text in enumerate(told)]


def _sentences(plan: Plan, set_index: int) -> list[str]:
    exercise = exercise_of_set(plan, set_index)
    steps = exercise.steps if exercise else ()
    return [sentence(part) for step in steps for part in re.split(r"(?<=[.!?…])\s+", step.strip()) if part]


def _tells_sides(text: str) -> bool:
    """Whether a sentence names a side, in the language of the coach."""
    words = {word.strip(".,;:").lower() for word in text.split()}
    return any(side.lower() in words for side in v.SIDES.values())


BREATHING = 8
"""How badly it is needed to hear how to breathe in the reps that come."""

HELD = 9
"""How badly it is needed to hear how long each rep is held: one hears that in the first."""

HOW_AT_ONCE = 2
"""So many sentences about how it is done are enough at a time."""

_TOLD_APART = 2
"""So many movements of a rep, there and back, have tones of their own."""


@dataclass(slots=True)
class Known:
    """What the listener has been told so far."""

    set_index: int | None = None
    """The set that she has been led to."""
    amounts: set[str | None] = field(default_factory=set)
    """The exercises of which she has heard how much."""
    breaths: set[str | None] = field(default_factory=set)
    """The exercises of which she has heard how to breathe."""
    breath_at: tuple[int, int] | None = None
    """The set and the rep of which she has heard how to breathe as it begins, so that the rest can follow."""
    first_sets: dict[str | None, int] = field(default_factory=dict)
    """The first set of each exercise that she has been through."""
    told: set[str] = field(default_factory=set)
    """Setups, notes and sentences about how it is done that she has heard."""


class Utterances:
    """The sentences for the steps of one plan.

    Args:
        plan: The plan.
        full: Everything; otherwise only what one must know.
        attended: Someone can press keys.
    """

    def __init__(self, plan: Plan, *, full: bool, attended: bool = True) -> None:
        self.known = Known()
        self._plan = plan
        self._full = full
        self._attended = attended
        self._before: tuple[set[str | None], set[str | None], set[str]] = (set(), set(), set())
        """The amounts, breaths and sentences known before she was told of the set that comes."""

    def lead(self, index: int, left_s: float | None) -> list[Piece]:
        """At a step that leads to work.

        Args:
            index: The step.
            left_s: When it goes on after a pause: how long it still takes.
        """
        plan, step = self._plan, self._plan.steps[index]
        spec = plan.sets[step.set_index]
        if step.kind is StepKind.TRANSITION and self.known.set_index == step.set_index and left_s is None:
            before = position_before(plan, step.set_index)
            pieces = [
                Piece(0, exercise_name(plan, spec)),
                *introduction(plan, step.set_index, "", before, self.known.told),
            ]
        else:
            pieces = lead_pieces(plan, index, self.known.told)
        pieces = [each for piece in pieces for each in self._first_untold(piece, step.set_index)]
        if step.kind is StepKind.REST and left_s is not None:
            pieces = [Piece(0, v.KINDS[StepKind.REST]), _more(left_s), *pieces[1:]]
        return self._for_ear(pieces, step.set_index)

    def coming(self, event: Coming) -> list[Piece]:
        """At a detour."""
        plan = self._plan
        pieces = coming_pieces(plan, event.set_index, event.after, event.rest_s, self.known.told)
        return self._for_ear(pieces, event.set_index)

    def going_on(self, event: Coming) -> list[Piece]:
        """When a detour goes on after a pause."""
        name = exercise_name(self._plan, self._plan.sets[event.set_index])
        return [Piece(2, v.RESUMED), Piece(0, v.NEXT.format(what=name), name)]

    def whole_set(self, index: int, left_s: float | None) -> list[Piece]:
        """At a set that is one step of work."""
        step = self._plan.steps[index]
        first = [Piece(1, text) for text in self._unannounced(index)]
        if left_s is not None:
            word = self._activity(step) if step.kind is StepKind.ACTIVITY else phase_word(step)
            return self._heard([*first, Piece(0, word), Piece(1, side_words(step.side)), _more(left_s)])
        if step.kind is StepKind.SELF_PACED:
            return [*first, *own_pace_pieces(self._plan, step), self._until_when(step)]
        if step.kind is StepKind.ACTIVITY:
            ends = [self._until_when(step)] if step.seconds is None else []
            return [*activity_pieces(self._plan, step), *ends]
        switched = index and self._plan.steps[index - 1].kind is StepKind.SWITCH
        if switched and not first:  # to the side that was named a moment ago
            step = step._replace(side=None)
        return self._heard([*first, *whole_set_pieces(step)])

    def learn(self, set_index: int, text: str, pieces: Sequence[Piece]) -> None:
        """Note what the listener has been told about a set that comes."""
        known, exercise = self.known, self._plan.sets[set_index].exercise
        self._before = (set(known.amounts), set(known.breaths), set(known.told))
        known.set_index = set_index
        known.amounts.add(exercise)
        for piece in pieces:
            said = sentence(piece.text)
            if said and said in text and (piece.need in (SETUP, SIDES_MEAN, NOTE) or piece.need >= HOW):
                known.told.add(said)
            elif said and said in text and piece.need == BREATHING:
                known.breaths.add(exercise)
                known.breath_at = (set_index, 1)

    def forget(self) -> None:
        """Take it that the listener has not been told what was learned last."""
        self.known.amounts, self.known.breaths, self.known.told = self._before
        self.known.breath_at = None

    def learn_rep(self, index: int, text: str) -> bool:
        """Note what she has been told at the beginning of a rep; whether that was which one it is."""
        step = self._plan.steps[index]
        known = self.known
        known.set_index = step.set_index
        known.first_sets.setdefault(step.exercise, step.set_index)
        told = any(text.endswith(each) for each in self._rep(step))
        if text.endswith(sentence(breath_word(step.breath))):
            known.breaths.add(step.exercise)
            known.breath_at = (step.set_index, step.rep or 0)
        return told

    def _activity(self, step: Step) -> str:
        return exercise_name(self._plan, self._plan.sets[step.set_index])

    def rep(self, index: int) -> Iterator[str]:
        """At the beginning of a rep: what could be said, the best first."""
        step = self._plan.steps[index]
        bare = list(self._rep(step))
        words = self._unannounced(index)
        for count in range(len(words), 0, -1):
            for text in bare:
                yield joined((*words[:count], text))
        if words:
            yield joined(words[:1])
        yield from bare

    def later_phase(self, index: int, *, owed: bool) -> Iterator[str]:
        """At another phase of a rep: what could be said, the best first.

        Args:
            index: The step.
            owed: At the beginning of the rep there was no time to say which one it is.
        """
        step = self._plan.steps[index]
        word = phase_word(step)
        label = self._label(step)
        if owed:
            yield joined((label, word) if self._full else (label,))
            yield joined((label,))
        if self._full and not self._is_familiar(step):
            if step.phase != RELAX and self._breath_follows(step):
                yield joined((word, breath_word(step.breath)))
            yield joined((word,))

    def switch(self, index: int) -> Iterator[str]:
        """At a change of side within a set, if it is long enough that words are of use."""
        side = self._plan.steps[index].side
        yield joined((v.SWITCH_TO.format(side=v.SIDES[side] if side else v.OTHER_SIDE),))

    def _breath_follows(self, step: Step) -> bool:
        """Whether the breath of a later phase is told: no second half of a breath without the first."""
        if step.breath in (Breath.IN, Breath.OUT):
            return (step.set_index, step.rep) == self.known.breath_at
        return step.breath is Breath.SLOW and step.rep == 1

    def _is_familiar(self, step: Step) -> bool:
        """Whether its phases can be tones.

        They are not in the first set of an exercise, nor in a set's first rep, nor where tones do not tell
        them apart.
        """
        first_set = self.known.first_sets.get(step.exercise, step.set_index)
        exercise = exercise_of_set(self._plan, step.set_index)
        moves = [phase for phase in exercise.phases if phase.name not in (HOLD, RELAX)] if exercise else []
        return first_set != step.set_index and (step.rep or 0) > 1 and len(moves) <= _TOLD_APART

    def _until_when(self, step: Step) -> Piece:
        """When a set at one's own pace is over."""
        return Piece(0, v.PRESS_ANY if self._attended else v.ABOUT.format(time=time_words(step.estimate_s)))

    def _rep(self, step: Step) -> Iterator[str]:
        label, word = self._label(step), phase_word(step)
        alternate = self._plan.sets[step.set_index].alternate and step.side is not None
        if self._full and not self._is_familiar(step):
            number = label
            if alternate and step.side is not None and not step.say:
                number, word = self._number(step), v.PHASE_SIDE.format(phase=word, side=v.SIDES[step.side])
            breath = "" if step.breath is Breath.FREE else breath_word(step.breath)
            if breath and step.rep == 1:
                yield joined((number, word, breath))
            if breath and self._plan.sets[step.set_index].exercise not in self.known.breaths:
                if alternate and step.side is Side.RIGHT:
                    yield joined((v.SIDES[step.side], breath))
                elif not alternate and step.rep == 2:
                    yield joined((number, breath))
            yield joined((number, word))
        yield joined((label,))
        if alternate:
            yield joined((v.SIDES[Side.RIGHT] if step.side is Side.RIGHT else self._number(step),))

    def _label(self, step: Step) -> str:
        """Which rep it is, on which side: `Three, left`; `Last one`."""
        number = self._number(step)
        if step.side is None or not self._plan.sets[step.set_index].alternate:
            return number
        return v.NUMBER_SIDE.format(number=number, side=v.SIDES[step.side])

    def _number(self, step: Step) -> str:
        reps = self._plan.sets[step.set_index].reps
        rep = step.rep or 0
        return v.LAST_ONE if reps is not None and rep == reps > 1 else capital(count_words(rep))

    def _unannounced(self, index: int) -> list[str]:
        """What one must know at the first step of a set that she was not led to."""
        plan, step = self._plan, self._plan.steps[index]
        if self.known.set_index == step.set_index:
            return []
        spec = plan.sets[step.set_index]
        side = "" if spec.alternate or step.rep is None else side_words(spec.side)
        if goes_on(plan, step.set_index) and self.known.set_index == step.set_index - 1:
            return [text for text in (place(spec), side) if text]
        exercise, before = exercise_of_set(plan, step.set_index), position_before(plan, step.set_index)
        moves = exercise is not None and before is not exercise.position
        position = position_words(exercise.position, before) if exercise and moves else ""
        name = exercise_name(plan, spec)
        return [text for text in (name, side, place(spec), position) if text]

    def _for_ear(self, pieces: list[Piece], set_index: int) -> list[Piece]:
        """What is said about a set that comes, without what was heard before, and with how to breathe."""
        exercise = self._plan.sets[set_index].exercise
        if exercise in self.known.amounts:
            pieces = [Piece(AMOUNT, p.brief) if p.need == AMOUNT and p.text else p for p in pieces]
        else:
            pieces = [each for piece in pieces for each in self._split(piece, set_index)]
        pieces = [*pieces, *filter(self._is_untold, sides_mean(self._plan, set_index))]
        if exercise not in self.known.breaths:
            pieces.append(Piece(BREATHING, self._breathing(set_index)))
        if not goes_on(self._plan, set_index):
            untold = filter(self._is_untold, how_it_is_done(self._plan, set_index))
            pieces += islice(untold, HOW_AT_ONCE)
        return self._heard(pieces)

    def _first_untold(self, piece: Piece, set_index: int) -> Iterator[Piece]:
        """Before a reminder: the setup, the note or how it is done, if there was no time for it until now."""
        exercise = exercise_of_set(self._plan, set_index)
        if piece.need == REMINDER and exercise is not None:
            setup = setup_words(exercise) if exercise.setup else ""
            told_before = (Piece(SETUP, setup), Piece(NOTE, self._plan.sets[set_index].note))
            untold = [
                each
                for each in (*told_before, *how_it_is_done(self._plan, set_index))
                if self._is_untold(each)
            ]
            yield from untold[:1]
        yield piece

    def _is_untold(self, piece: Piece) -> bool:
        return bool(piece.text) and sentence(piece.text) not in self.known.told

    def _split(self, piece: Piece, set_index: int) -> Iterator[Piece]:
        """An amount in two: how much, and how long each rep is held, which can be left out by itself."""
        spec = self._plan.sets[set_index]
        if piece.need != AMOUNT or not piece.text or spec.hold_s is None or not (spec.reps or spec.as_many):
            yield piece
            return
        yield Piece(AMOUNT, piece.brief)
        yield Piece(HELD, v.HOLD_EACH.format(time=time_words(spec.hold_s)))

    def _heard(self, pieces: list[Piece]) -> list[Piece]:
        return pieces if self._full else [piece for piece in pieces if piece.need <= SIDES_MEAN]

    def _breathing(self, set_index: int) -> str:
        """How to breathe as a rep begins, from which the rest follows: `Breathe out as you lift`."""
        step = self._plan.steps[self._plan.sets[set_index].first_step]
        if step.rep is None or step.kind is not StepKind.PHASE or step.breath not in v.BREATH_AS:
            return ""
        return v.BREATH_AS[step.breath].format(phase=lower(phase_word(step)))


def _more(left_s: float) -> Piece:
    return Piece(2, v.MORE_TIME.format(time=time_words(max(round(left_s), 1))))


KIND_EVERY_S = 180.0
"""A good word comes at most this often."""


class Praise:
    """The good words of one session."""

    def __init__(self) -> None:
        self._since_s: float | None = None
        """When one was said last; before the first, when the session began."""
        self._done_s = -math.inf
        self._said = 0

    def begin(self, at_s: float) -> None:
        """Note when the session began; of no effect later."""
        if self._since_s is None:
            self._since_s = at_s

    def set_done(self, at_s: float) -> None:
        self._done_s = at_s

    def word(self, at_s: float) -> str:
        """A good word, when one is due: a set was just done, and the last one is long ago."""
        since_s = at_s - (at_s if self._since_s is None else self._since_s)
        if at_s - self._done_s > NEAR_S or since_s < KIND_EVERY_S:
            return ""
        return sentence(v.GOOD_WORDS[self._said % len(v.GOOD_WORDS)])

    def said(self, at_s: float) -> None:
        """Note that it was said."""
        self._since_s, self._said = at_s, self._said + 1
