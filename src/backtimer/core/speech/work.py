"""What is told while one works: which rep it is, on which side, what to do, and how to breathe."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backtimer.core.plan.plan import Plan, Step, StepKind, exercise_of_set, goes_on, position_before
from backtimer.core.plan.routine import BACK, HOLD, LIFT, LOWER, RELAX, Breath, Side
from backtimer.core.plan.work import OTHER_SIDE
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.languages import ENGLISH, same_language, v
from backtimer.core.speech.marks import LONG_SWITCH_S
from backtimer.core.speech.phrases import (
    breath_word,
    capital,
    count_words,
    exercise_name,
    has_side,
    lower,
    own_pace,
    phase_word,
    place,
    position_words,
    side_words,
    time_words,
)
from backtimer.core.speech.pieces import Piece, Why, singly
from backtimer.language import _, spoken_tag

Pieces = list[Piece]

TOLD_APART = 2
"""The sounds of the phases that are movements: a tone for the first, another for the others."""

AGAIN_EVERY = 4
"""In each so many reps the phases and the breath are told once more in words, known or not."""

MANY_PHASES = 4
"""Of more phases than this in a rep not all are told in words set after set."""

SECOND = 2
"""The rep that is the first to be numbered."""

OUT_S = 1.5
"""Time to do what a sentence of the way out says, before the next one."""

AHEAD_S = 2.0
"""A change of side of this length has time to tell the limbs that come."""

LONG_S = 8.0
"""A hold of this length within a set is told with its length."""


class WorkWords:
    """The words of one session for the steps of work.

    Args:
        plan: What is done.
        heard: What the listener knows; the narrator shares it.
        full: Everything; otherwise only what one must know.
        attended: Someone can press keys.
        coach: The language of the coach's own words, as a tag.
    """

    def __init__(
        self, plan: Plan, heard: Heard, *, full: bool = True, attended: bool = True, coach: str = ""
    ) -> None:
        self._plan = plan
        self._heard = heard
        self._full = full
        self._attended = attended
        self._coach = coach

    def whole_set(self, index: int, left_s: float | None = None) -> Pieces:
        """At a set that is one step of work."""
        plan, step = self._plan, self._plan.steps[index]
        first = self.unannounced(index)
        if left_s is not None:
            time = v.MORE_TIME.format(time=time_words(max(round(left_s), 1)))
            word = Piece(Why.PHASE, phase_word(step))
            if step.kind is StepKind.ACTIVITY:
                word = self._name(step)
            side = Piece(Why.SIDE, side_words(step.side))
            return [*first, word, side, Piece(Why.TIME, time)]
        if step.kind is StepKind.SELF_PACED:
            spec = plan.sets[step.set_index]
            side = Piece(Why.SIDE, "" if spec.alternate else side_words(step.side))
            return [*first, Piece(Why.PHASE, own_pace(plan, spec)), side, self._until_when(step)]
        if step.kind is StepKind.ACTIVITY:
            return self._activity(step)
        switched = index and plan.steps[index - 1].kind is StepKind.SWITCH
        if switched and not first:  # to the side that was named a moment ago
            step = step._replace(side=None)
        return [*first, *self._held(step)]

    def rep(self, index: int) -> Iterator[Pieces]:
        """At the beginning of a rep, or of a set that is one: what could be said, the best first."""
        step = self._plan.steps[index]
        bare = list(self._rep(step, sided=self._heard.side_ahead != index))
        words = self.unannounced(index)
        for count in range(len(words), 0, -1):
            for pieces in bare:
                yield [*words[:count], *pieces]
        if words:
            yield words[:1]
        yield from bare

    def later_phase(self, index: int, *, owed: bool = False) -> Iterator[Pieces]:
        """At another phase of a rep: what could be said, the best first.

        Args:
            index: The step.
            owed: At the beginning of the rep there was no time to say which one it is.
        """
        step = self._plan.steps[index]
        if step.kind is StepKind.SELF_PACED:
            yield self._as_long(step)
            return
        word = self._phase(step, with_side=self._changes_side(index))
        out = self.way_out(index)
        for count in range(len(out), 0, -1):
            yield out[:count]
        if owed:
            label = self._label(step)
            if self._full:
                yield [*label, word]
            yield label
        if step.rep is None and step.phase == HOLD and step.estimate_s >= LONG_S:
            yield self._held(step._replace(side=None))
        thinned = self._is_thinned(step)
        if thinned and self._full and step.phase in (LOWER, BACK):
            yield [word]
        elif (self._full and not thinned and not self._is_familiar(step)) or step.rep is None:
            if step.phase != RELAX and self._breath_follows(step):
                yield [word, Piece(Why.BREATH, breath_word(step.breath))]
            yield [word]
        elif self._changes_side(index) and step.side is not None:
            yield [Piece(Why.SIDE, self._limbs(step) or self._side_word(step))]

    def only_counts(self, set_index: int) -> bool:
        """Whether the phases of most reps of a set are told by their tones alone."""
        spec = self._plan.sets[set_index]
        step = self._plan.steps[spec.first_step]
        if step.rep is None or step.kind is not StepKind.PHASE or (spec.reps or 0) < SECOND:
            return False
        return step.exercise in self._heard.first_sets and self._is_familiar(step._replace(rep=SECOND))

    def _side_word(self, step: Step) -> str:
        """A side, by all its limbs where it means several: some move only one of them."""
        limbs = self._limbs(step)
        return limbs if ", " in limbs else v.SIDES[step.side or Side.LEFT]

    def read(self, index: int) -> Pieces:
        """At any step of work of a set that has several: for one who reads."""
        step = self._plan.steps[index]
        if step.kind is StepKind.SELF_PACED:
            return self._as_long(step)
        in_turn = self._plan.sets[step.set_index].alternate and step.side is not None
        word = self._phase(step, with_side=self._changes_side(index) or (in_turn and step.rep_start))
        if step.rep is None and step.phase == HOLD and step.estimate_s >= LONG_S:
            return [*self.unannounced(index), *self._held(step._replace(side=None))]
        if out := self.way_out(index):
            return out
        alone = step.rep is None and step.rep_start and not in_turn
        side = Piece(Why.SIDE, side_words(step.side) if alone else "")
        slow = step.breath is Breath.SLOW or step.rep in (None, 1)
        breath = breath_word(step.breath) if slow and step.breath is not Breath.FREE else ""
        return [*self.unannounced(index), word, side, Piece(Why.BREATH, breath)]

    def _as_long(self, step: Step) -> Pieces:
        """A hold that goes on until a key ends it, after the way into it."""
        return [
            Piece(Why.PHASE, own_pace(self._plan, self._plan.sets[step.set_index])),
            self._until_when(step),
        ]

    def switch(self, index: int) -> Iterator[Pieces]:
        """At a change of side within a set, if it is long enough that words are of use."""
        side = self._plan.steps[index].side
        word = v.SIDES[side] if side else v.OTHER_SIDE
        yield [Piece(Why.SIDE, _("Switch to the {side}").format(side=word))]

    def ahead(self, index: int) -> Iterator[Pieces]:
        """At a short change of side: which limbs come, so that she can move them as soon as they are to."""
        following = self._plan.steps[index + 1]
        long = (self._plan.steps[index].seconds or 0.0) >= AHEAD_S
        if long and following.side is not None and following.rep is not None:
            side = capital(v.SIDES[following.side])
            yield [Piece(Why.SIDE, capital(self._limbs(following)) or side)]
            if self._is_last(following):  # with that, a slow voice has no time for limbs as it begins
                yield [Piece(Why.SIDE, side)]

    def learn_switch(self, index: int, said: Pieces) -> None:
        """Note what she has been told at a short change of side: it is not told again as the rep begins."""
        short = (self._plan.steps[index].seconds or 0.0) < LONG_SWITCH_S
        told = short or any(piece.why is Why.SIDE and piece.tells for piece in said)
        self._heard.side_ahead = index + 1 if said and told else None

    def way_out(self, index: int) -> Pieces:
        """At the last phase of a hold that has a way out: how to come out, in the exercise's own words."""
        step = self._plan.steps[index]
        spec, exercise = self._plan.sets[step.set_index], exercise_of_set(self._plan, step.set_index)
        if step.rep is not None or index != spec.last_step or step.phase == HOLD or exercise is None:
            return []
        language = self._language(step)
        return [Piece(Why.WAY_OUT, text, language=language, then_s=OUT_S) for text in singly(exercise.out)]

    def learn_phase(self, index: int, said: Pieces) -> None:
        """Note what she has been told at a later phase: without one half of a breath no other follows."""
        step = self._plan.steps[index]
        if step.breath in (Breath.IN, Breath.OUT) and not any(piece.why is Why.BREATH for piece in said):
            self._heard.breath_at = None
        told = sum(piece.why is Why.WAY_OUT for piece in said)
        if told:
            self._heard.out_part = (step.set_index, told)
        if told and told == len(self.way_out(index)):
            self._heard.out_of = step.set_index

    def learn_rep(self, index: int, said: Pieces) -> None:
        """Note what she has been told at the beginning of a rep."""
        step = self._plan.steps[index]
        heard = self._heard
        heard.side_ahead = None
        heard.set_index = step.set_index
        heard.first_sets.setdefault(step.exercise, step.set_index)
        if any(piece.why is Why.BREATH for piece in said):
            heard.breaths.add(step.exercise)
            heard.breath_at = (step.set_index, step.rep or 0)
        elif heard.breath_at != (step.set_index, step.rep) or step.rep != 1:
            heard.breath_at = None

    def breathing(self, set_index: int) -> str:
        """How to breathe as a rep begins, from which the rest follows: `Breathe out as you lift`."""
        step = self._plan.steps[self._plan.sets[set_index].first_step]
        if step.rep is None or step.kind is not StepKind.PHASE or step.breath not in v.BREATH_AS:
            return ""
        if step.say or self._language(step):
            return ""
        if step.phase not in v.PHASES:  # its own name may be no verb: `prayer`, `arms up`
            return v.BREATH_WITH.format(phase=phase_word(step), breath=lower(breath_word(step.breath)))
        return v.BREATH_AS[step.breath].format(phase=lower(phase_word(step)))

    def unannounced(self, index: int) -> Pieces:
        """What one must know at the first step of a set that she was not led to."""
        plan, step = self._plan, self._plan.steps[index]
        if self._heard.set_index == step.set_index:
            return []
        spec = plan.sets[step.set_index]
        side = Piece(Why.SIDE, "" if spec.alternate or step.rep is None else side_words(spec.side))
        where = Piece(Why.AMOUNT, place(spec))
        if goes_on(plan, step.set_index) and self._heard.set_index == step.set_index - 1:
            pieces = [where, side]
        else:
            exercise, before = exercise_of_set(plan, step.set_index), position_before(plan, step.set_index)
            moves = exercise is not None and before is not exercise.position
            position = position_words(exercise.position, before) if exercise and moves else ""
            pieces = [self._name(step), side, where, Piece(Why.POSITION, position)]
        return [piece for piece in pieces if piece.text]

    # Parts

    def _name(self, step: Step) -> Piece:
        name, language = told_name(self._plan, step.set_index, self._coach)
        return Piece(Why.NAME, name, language=language)

    def _language(self, step: Step) -> str:
        """Of the exercise's own words, where it is not the coach's."""
        exercise = exercise_of_set(self._plan, step.set_index)
        return foreign(exercise.language if exercise else self._plan.language, self._coach)

    def _activity(self, step: Step) -> Pieces:
        name = self._name(step)
        if step.seconds is None:
            return [name, Piece(Why.AMOUNT, _("Take your time")), self._until_when(step)]
        time = time_words(step.seconds)
        if name.language:
            return [name, Piece(Why.AMOUNT, time)]
        brief = name.text
        return [
            name._replace(text=_("{activity}, for {time}").format(activity=name.text, time=time), brief=brief)
        ]

    def _held(self, step: Step) -> Pieces:
        """One hold, or one movement: how long, on which side, and how to breathe."""
        length, word = time_words(step.estimate_s), self._phase(step)
        if step.say:
            opening = [word, Piece(Why.TIME, length)]
        else:
            text = v.PHASE_FOR.format(phase=word.text, time=length)
            opening = [word._replace(text=text, brief=word.text)]
        breath = breath_word(step.breath) if step.breath is Breath.SLOW else ""
        return [*opening, Piece(Why.SIDE, side_words(step.side)), Piece(Why.BREATH, breath)]

    def _until_when(self, step: Step) -> Piece:
        """When a set at one's own pace is over."""
        if self._attended:
            return Piece(Why.PAUSE, v.PRESS_ANY)
        return Piece(Why.PAUSE, v.ABOUT.format(time=time_words(step.estimate_s)))

    def _rep(self, step: Step, *, sided: bool = True) -> Iterator[Pieces]:
        """At the beginning of a rep.

        Args:
            step: Its first step.
            sided: Which side it is has to be told, where they take turns.
        """
        if step.rep is None:
            yield from self._only_rep(step)
            return
        spec = self._plan.sets[step.set_index]
        second = step.side is spec.second_side
        in_turn = sided and spec.alternate and step.side is not None
        label = self._label(step)
        if not sided:
            label = [] if second else self._number(step, each=True)
            label = label or [self._phase(step)]
        if self._full and not self._is_familiar(step):
            number = [] if spec.alternate and second else self._number(step, each=not sided)
            last = self._is_last(step)
            word = self._phase(step, with_side=in_turn)
            opening = [*label] if in_turn and last else [*number, word]
            breath = [] if step.breath is Breath.FREE else [Piece(Why.BREATH, breath_word(step.breath))]
            untold = step.exercise not in self._heard.breaths
            if breath and ((step.rep - 1) % AGAIN_EVERY == 0 or untold):
                yield [*opening, *breath]
                if in_turn and step.rep > 1:
                    yield [*label, *breath]
                if untold and step.rep > 1:
                    yield [*label, *breath]
            yield opening
        yield label
        yield [piece._replace(text=piece.brief or piece.text) for piece in label]
        if in_turn and not second and step.rep > 1:
            yield self._number(step)
            yield [piece._replace(text=piece.brief or piece.text) for piece in self._number(step)]

    def _only_rep(self, step: Step) -> Iterator[Pieces]:
        """At the first phase of a set that is one rep: what to do, on which side."""
        switched = self._heard.set_index == step.set_index
        spec = self._plan.sets[step.set_index]
        in_turn = spec.alternate
        word = self._phase(step, with_side=in_turn)
        told = in_turn or (switched and spec.is_second)
        side = [] if told else [Piece(Why.SIDE, side_words(step.side))]
        side = [piece for piece in side if piece.text]
        breath = [] if step.breath is Breath.FREE else [Piece(Why.BREATH, breath_word(step.breath))]
        if step.phase == HOLD and step.estimate_s >= LONG_S:
            yield self._held(step._replace(side=None) if told else step)
        yield [*side, word, *breath]
        yield [*side, word]
        yield [word]

    def _phase(self, step: Step, *, with_side: bool = False) -> Piece:
        """What to do: in the first rep more kindly, and with the limb that a side means."""
        language = self._language(step) if step.say or (step.phase or "") not in v.PHASES else ""
        word, slowly = phase_word(step), step.rep == 1 and not step.say
        exercise = exercise_of_set(self._plan, step.set_index)
        if exercise is not None and any(has_side(phase.say) for phase in exercise.phases):
            with_side = False  # it is told where that limb moves
        if slowly and step.phase == LIFT and not with_side:
            word = _("Lift slowly")
        elif slowly and step.phase == LOWER:
            word = _("Slowly down")
        elif step.phase == HOLD and step.rep == 1 and step.breath is Breath.FREE and not language:
            word = _("{phase}, breathe softly").format(phase=word)
        if not with_side or step.side is None:
            return Piece(Why.PHASE, word, language=language)
        side = v.SIDES[step.side]
        limb = self._limbs(step) if self._is_new(step) else ""
        if not limb and self._side_word(step) != side:
            limb = self._side_word(step)
        frame = _("{phase}, {side}") if limb or " " in word else _("{phase} {side}")
        return Piece(Why.PHASE, frame.format(phase=word, side=limb or side))

    def _is_new(self, step: Step) -> bool:
        """Whether the limbs of a side are named: at first in every set, and twice where they never were."""
        first_set = self._heard.first_sets.get(step.exercise, step.set_index)
        return step.rep == 1 or (step.rep == 2 and first_set == step.set_index)

    def _limbs(self, step: Step) -> str:
        """The limbs that a side means, `left arm, right leg`, as the exercise's file has it for the left."""
        exercise = exercise_of_set(self._plan, step.set_index)
        if exercise is None or self._language(step) or step.side is None:
            return ""
        limbs = re.findall(r"\b(left|right) ([a-z]+)", exercise.left)
        mirrored = step.side is Side.RIGHT
        sides = [OTHER_SIDE[Side(side)] if mirrored else Side(side) for side, _limb in limbs]
        return ", ".join(f"{v.SIDES[side]} {limb}" for side, (_side, limb) in zip(sides, limbs, strict=True))

    def _changes_side(self, index: int) -> bool:
        """Whether another side begins to work within a rep."""
        step, before = self._plan.steps[index], self._plan.steps[index - 1]
        return (
            self._plan.sets[step.set_index].alternate
            and step.side is not None
            and step.side is not before.side
            and not step.rep_start
        )

    def _breath_follows(self, step: Step) -> bool:
        """Whether the breath of a later phase is told: no second half of a breath without the first."""
        if step.breath in (Breath.IN, Breath.OUT) and step.rep is not None:
            return (step.set_index, step.rep or 0) == self._heard.breath_at
        return step.breath is not Breath.FREE and step.rep in (None, 1)

    def _is_familiar(self, step: Step) -> bool:
        """Whether its phases can be tones.

        They are not in the first set of an exercise, nor in a set's first rep and some later ones, nor where
        tones do not tell them apart, as where the second is no way back but an effort of its own.
        """
        first_set = self._heard.first_sets.get(step.exercise, step.set_index)
        exercise = exercise_of_set(self._plan, step.set_index)
        moves = [phase for phase in exercise.phases if phase.name not in (HOLD, RELAX)] if exercise else []
        again = ((step.rep or 1) - 1) % AGAIN_EVERY == 0
        comes_back = len(moves) < TOLD_APART or moves[-1].breathe is not Breath.OUT
        return first_set != step.set_index and not again and len(moves) <= TOLD_APART and comes_back

    def _is_thinned(self, step: Step) -> bool:
        """Whether, of many phases, only the sides and the way down are told: she has done them before."""
        exercise = exercise_of_set(self._plan, step.set_index)
        first_set = self._heard.first_sets.get(step.exercise, step.set_index)
        many = exercise is not None and len(exercise.phases) > MANY_PHASES
        return many and first_set != step.set_index and (step.rep or 1) > 1

    def _is_last(self, step: Step) -> bool:
        return step.rep == self._plan.sets[step.set_index].reps and (step.rep or 0) > 1

    def _label(self, step: Step) -> Pieces:
        """Which rep it is, on which side: `Three, left`; `Last one each side: left`, `And right`."""
        if step.side is None or not self._plan.sets[step.set_index].alternate:
            return self._number(step) or [Piece(Why.COUNT, capital(count_words(step.rep or 1)))]
        side, second = self._side_word(step), self._plan.sets[step.set_index].second_side
        if self._is_last(step):
            if step.side is second:
                return [Piece(Why.SIDE, _("And {side}").format(side=side))]
            text = _("Last one each side: {side}").format(side=side)
            return [Piece(Why.COUNT, text, _("Last one, {side}").format(side=side))]
        if step.rep == 1 or step.side is second:
            return [Piece(Why.SIDE, side)]
        frame, rep = _("{number}, {side}"), step.rep or 0
        brief = frame.format(number=capital(count_words(rep)), side=side)
        return [Piece(Why.COUNT, frame.format(number=_number_words(rep), side=side), brief)]

    def _number(self, step: Step, *, each: bool = False) -> Pieces:
        """Which rep it is; nothing at the first, which comes after three, two, one.

        Args:
            step: Its first step.
            each: The other side has one, too, and which side this is was told.
        """
        if self._is_last(step):
            return [Piece(Why.COUNT, _("Last one each side") if each else _("Last one"))]
        rep = step.rep or 0
        return [Piece(Why.COUNT, _number_words(rep), capital(count_words(rep)))] if rep > 1 else []


def _number_words(rep: int) -> str:
    """Which rep it is; the second is no `Two` that could be one more of three, two, one."""
    return _("Second one") if rep == SECOND else capital(count_words(rep))


def foreign(language: str, coach: str = "") -> str:
    """The language of some texts, where it is not the coach's; else nothing."""
    theirs = language or ENGLISH
    return "" if same_language(theirs, coach or spoken_tag()) else theirs


def told_name(plan: Plan, set_index: int, coach: str = "") -> tuple[str, str]:
    """What a set is of, and the language of that, where it is not the coach's."""
    exercise = exercise_of_set(plan, set_index)
    language = foreign(plan.language if exercise is None else exercise.language, coach)
    return exercise_name(plan, plan.sets[set_index]), language
