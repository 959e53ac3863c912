"""The narrator: what is told on the way to a set, once, in pieces; voice, lines and explanation render them.

A step says more the first time: name, position, side and what it means, equipment, movement, breath, what to
watch. Later, or when the exercise is known, it says name, position, side and one thing to watch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from backtimer.core.plan.plan import (
    Plan,
    Step,
    StepKind,
    begins_item,
    exercise_of_set,
    goes_on,
    leads_to,
    new_round,
    position_before,
)
from backtimer.core.plan.routine import HOLD, Exercise, Position, Side
from backtimer.core.plan.ways import LYING, ON_FEET, ON_THE_FLOOR
from backtimer.core.session.events import Coming
from backtimer.core.speech import rested
from backtimer.core.speech.beginning import about_eyes, what_tones_mean, when_to_stop, where_in_programme
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.languages import v
from backtimer.core.speech.marks import LONG_SWITCH_S
from backtimer.core.speech.own_words import OwnWords, tells_left, way_out
from backtimer.core.speech.phrases import (
    brief_amount,
    capital,
    held_amount,
    how_much,
    lower,
    of_side,
    place,
    place_of_next,
    round_words,
    sentence,
    side_words,
    time_words,
)
from backtimer.core.speech.pieces import BARE, Piece, Why, framed, in_next, joined, singly, speech_s
from backtimer.core.speech.placing import (
    GRIPPED_S,
    TAKEN_S,
    Placing,
    lies_on_a_side,
    sets_up_anew,
    turned_over,
)
from backtimer.core.speech.props import Props, is_fixed, moves_of
from backtimer.core.speech.rested import KNEELING, AskingFirst, places, up_as_taught
from backtimer.core.speech.tips import CALLED_S, TIPS, Tips
from backtimer.core.speech.work import WorkWords, foreign, told_name
from backtimer.language import _

LISTENS_S = 1.0
"""Time to rest, before it is told what to do."""


class Narrator:
    """What there is to tell in one session, given what was told before.

    Args:
        plan: What is done.
        attended: Someone can press keys.
        coach: The language of the coach's own words, as a tag.
        unhurried: There will be as much time as the words take, whatever the plan has.
        heard: What she has heard before, in a session that has gone over to this plan.
    """

    def __init__(
        self,
        plan: Plan,
        *,
        full: bool = True,
        attended: bool = True,
        coach: str = "",
        unhurried: bool = False,
        heard: Heard | None = None,
    ) -> None:
        self.heard = heard or Heard()
        self._plan = plan
        self._coach = coach
        self._attended = attended
        self._language = foreign(plan.language, coach)
        """Of the routine's own texts, where it is not the coach's."""
        self._own = OwnWords(self.heard, coach)
        self._props = Props(plan, self.heard, self._own, coach, unhurried=unhurried, attended=attended)
        self._asking = AskingFirst(self.heard, self._own)
        self._placing = Placing(plan, self.heard, self._own)
        self._advice = Tips(plan, self.heard, self._own, self._placing)
        self.work = WorkWords(plan, self.heard, full=full, attended=attended, coach=coach)

    def learn(self, set_index: int, said: Iterable[str], pieces: list[Piece]) -> None:
        """Note which sentences of some pieces were said about a set that comes."""
        self.heard.learn(self._plan, set_index, said, pieces)

    def step(self, index: int, left_s: float | None = None) -> list[Piece]:
        """What there is to say at a step that leads to work, or at a set that is one step of work.

        Args:
            index: Index into the steps of the plan.
            left_s: When it goes on after a pause: how long it still takes.
        """
        kind = self._plan.steps[index].kind
        if kind in (StepKind.PHASE, StepKind.ACTIVITY, StepKind.SELF_PACED):
            return self.work.whole_set(index, left_s)
        return self.lead(index, left_s)

    def lead(self, index: int, left_s: float | None = None) -> list[Piece]:
        """What there is to say at a step that leads to work."""
        step = self._plan.steps[index]
        set_index = step.set_index
        match step.kind:
            case StepKind.SWITCH:
                return self._switch(step)
            case StepKind.REST:
                return self._rest(index, step, left_s)
            case StepKind.PREPARE:
                start = [*where_in_programme(self._plan, self._language), *self._props.needed()]
                start += [*self._props.fixed_first(set_index), *self._props.small_things()]
                start += [*when_to_stop(self._plan, attended=self._attended), *what_tones_mean(self._plan)]
                start = [piece for piece in start if left_s is None or piece.said not in self.heard.said]
                first = self._arrival(set_index, _("First: {what}"), round_words(self._plan, set_index))
                return [Piece(Why.NEXT, v.KINDS[StepKind.PREPARE]), *self._props.begun_with(start, first)]
            case StepKind.TRANSITION if goes_on(self._plan, set_index):
                return [Piece(Why.NEXT, v.KINDS[StepKind.PREPARE])]
            case _:
                told = self.heard.set_index == set_index and left_s is None
                frame = BARE if told else v.NEXT
                where = "" if told else round_words(self._plan, set_index)
                return [*self._way_out(set_index), *self._arrival(set_index, frame, where)]

    def switch(self, index: int) -> Iterator[list[Piece]]:
        """At a change of side within a set, if it is long enough that words are of use: the best first."""
        breather = self._placing.breather(self._plan.steps[index])
        yield from [breather] if breather else self.work.switch(index)

    def switch_by_ear(self, index: int) -> Iterator[list[Piece]]:
        """The same by ear: in a short one the limbs alone, if there is time for them."""
        short = (self._plan.steps[index].seconds or 0.0) < LONG_SWITCH_S
        yield from self.work.ahead(index) if short else self.switch(index)

    def coming(self, event: Coming) -> list[Piece]:
        """What there is to say when the session goes to a set other than the plan does."""
        plan, set_index, after = self._plan, event.set_index, event.after
        spec = plan.sets[set_index]
        before = None if after is None else plan.sets[after]
        pieces = []
        if after is not None and (before is None or before.exercise != spec.exercise or event.rest_s):
            pieces += self._out_of(after)
        if event.rest_s:
            pieces.append(
                Piece(Why.REST, v.REST_FOR.format(time=time_words(event.rest_s)), v.KINDS[StepKind.REST])
            )
        if before is not None and before.exercise == spec.exercise:
            turned = self._turned(set_index, after)
            parts = ", ".join(part for part in (lower(place(spec)), lower(side_words(spec.side))) if part)
            name = self._name(set_index, v.NEXT)
            if name[1:] or not parts:
                return [*pieces, *name, Piece(Why.SIDE, parts), *turned]
            return [*pieces, Piece(Why.NAME, ", ".join((name[0].text, parts)), parts), *turned]
        same_turn = before is not None and (before.item, before.round) == (spec.item, spec.round)
        where = "" if spec.set == 1 and (same_turn or spec.round is None) else place(spec)
        led = event.led is not None and event.led == self.heard.moved  # she has gone, or is on the way
        came = event.led if led else after
        return [*pieces, *self._arrival(set_index, v.NEXT, where, after=came, begins=came is None)]

    def going_on(self, event: Coming) -> list[Piece]:
        """When a detour goes on after a pause: what was not told, and the way once more."""
        told = [piece for piece in self.coming(event) if piece.why not in (Why.WAY_OUT, Why.REST)]
        return [Piece(Why.PAUSE, v.RESUMED), *told]

    # Parts

    def _mine(self, why: Why, text: str) -> Piece:
        """A sentence of the routine."""
        return Piece(why, text, language=self._language, tells=text)

    def _name(self, set_index: int, frame: str) -> list[Piece]:
        name, language = told_name(self._plan, set_index, self._coach)
        return framed(Piece(Why.NAME, name, brief=name, language=language), frame)

    def _switch(self, step: Step) -> list[Piece]:
        words = side_words(step.side) or sentence(_("The other side"))
        return [Piece(Why.NEXT, _("Switch")), Piece(Why.SIDE, words), *self._turned(step.set_index)]

    def _turned(self, set_index: int, last: int | None = None) -> list[Piece]:
        """On the way to the other side of the same exercise: how to turn over, and what is done last."""
        exercise = exercise_of_set(self._plan, set_index)
        held_s = TAKEN_S if exercise is not None and any("?" in text for text in exercise.gear) else 0.0
        end: list[Piece] = []
        if sets_up_anew(self._plan, set_index, last):
            end = self._placing.end(exercise, still_s=held_s, side=self._plan.sets[set_index].side)
        return [*turned_over(self._plan, set_index, last), *end]

    def _rest(self, index: int, step: Step, left_s: float | None) -> list[Piece]:
        plan, set_index = self._plan, step.set_index
        if left_s is not None:
            opening = [Piece(Why.REST, v.KINDS[StepKind.REST]), more_time(left_s)]
        else:
            out = self._way_out(set_index)
            time = time_words(step.estimate_s - sum(piece.then_s for piece in out))
            rest = Piece(Why.REST, v.REST_FOR.format(time=time), v.KINDS[StepKind.REST])
            if (step.seconds is None or step.since is not None) and self._attended:
                words = v.REST_OWN if step.seconds is None else v.REST_UNTIL
                rest = Piece(Why.REST, words, v.KINDS[StepKind.REST])
            if goes_on(plan, set_index):
                free_s = step.estimate_s - speech_s(joined(piece.text for piece in out))
                out = [*out, *self._placing.resting(set_index, free_s)]
            opening = [*out, rest]
        if goes_on(plan, set_index):
            where = place_of_next(plan, set_index)
            then = Piece(Why.NEXT, _("Then {what}").format(what=lower(where)), capital(where))
            back = self.back_in_place(set_index) if step.estimate_s < CALLED_S else []
            load, tips = self._load(set_index), self._tips(set_index)
            over, counts = turned_over(plan, set_index), self._only_counts(set_index)
            return [*opening, then, *over, *load, *counts, *tips, *back]
        if leads_to(plan, index + 1) is None:
            arrival = self._arrival(set_index, v.NEXT, round_words(plan, set_index))
            if any(piece.why is Why.MOVEMENT for piece in arrival):  # not the whole time is for rest
                opening[-1] = opening[-1]._replace(text=v.REST_AND_LISTEN, brief="")
            return [*opening, *arrival]
        frame = v.NEXT
        if new_round(plan, set_index):
            spec = plan.sets[set_index]
            frame = _("Next: round {round} of {rounds}, with {what}")
            frame = frame.format(round=spec.round, rounds=spec.rounds, what=BARE)
        named = [piece._replace(why=Why.NEXT) for piece in self._name(set_index, frame)]
        tips = self._tips(set_index) if self._was_done(set_index) else []
        tips = [piece for piece in tips if piece.why is not Why.EASIER]  # she rests from something else
        tips = [each for tip in tips for each in in_next(tip, _("Then think of this: {what}"))]
        return [*opening, *named, *tips]

    def _was_done(self, set_index: int) -> bool:
        return self._plan.sets[set_index].exercise in self.heard.first_sets

    def _way_out(self, set_index: int) -> list[Piece]:
        """Before a rest, or the way to another exercise: out of the set before."""
        return self._out_of(set_index - 1) if set_index else []

    def _out_of(self, set_index: int) -> list[Piece]:
        plan = self._plan
        if self.heard.out_of == set_index:
            return []
        texts = way_out(plan, set_index)
        if self.heard.out_part[0] == set_index:  # the last phase told the first of them
            texts = texts[self.heard.out_part[1] :]
        exercise = exercise_of_set(plan, set_index)
        if texts and exercise is not None:
            still_s = GRIPPED_S if is_fixed(exercise) else 0.0  # the hands are full
            told = [self._own.told(exercise, Why.WAY_OUT, text)._replace(tells="") for text in texts]
            return [piece.with_still(still_s) for piece in told]
        spec = plan.sets[set_index]
        held = spec.exercise is not None and not spec.by_reps and plan.steps[spec.last_step].phase == HOLD
        return [Piece(Why.WAY_OUT, _("And release"))] if held else []

    def _load(self, set_index: int) -> list[Piece]:
        spec = self._plan.sets[set_index]
        if not spec.load or self.heard.has(spec.exercise, spec.load):
            return []
        bare = bool(re.match(r"[\W\d_]|(a|an|the|your|no)\s", spec.load, re.IGNORECASE))
        frame = _("Use {what}") if bare or self._language else _("Use the {what}")
        return framed(self._mine(Why.EQUIPMENT, spec.load), frame)

    def _arrival(
        self, set_index: int, frame: str, where: str = "", *, after: int | None = None, begins: bool = False
    ) -> list[Piece]:
        """An exercise that comes up: all that one must know to do it, as far as it is not known.

        Args:
            set_index: The set.
            frame: The sentence around its name.
            where: Which round or set it is.
            after: The set in whose position she is, where that is another one than the plan has.
            begins: She was in none, yet, so that she stands or sits.
        """
        plan = self._plan
        exercise = exercise_of_set(plan, set_index)
        name = self._name(set_index, frame)
        before = None if begins else position_before(plan, set_index if after is None else after + 1)
        if exercise is None:
            return [*self._title(set_index), *name, *self._up(before), *self._note(set_index)]
        moves = before is not exercise.position
        full = exercise.id not in plan.known
        how = self._how(set_index, exercise) if full else []
        explains = any(piece.why is Why.MOVEMENT for piece in how)
        gets_up = exercise.position is Position.STANDING and before not in (None, Position.STANDING)
        first = explains and (exercise.position in v.TIRING or gets_up)
        last = after if after is not None else set_index - 1 if set_index and not begins else None
        planned = after is None and not begins
        theirs = list(places(plan, self.heard, set_index)) if planned else []
        sits_down = first and before in KNEELING and exercise.position in LYING
        asks = self._asking.who(exercise, before) if full else []
        apart = rested.comes_along(exercise, before)
        asks = [*asks, *(self._asking.again(exercise, before) if full and not asks else ())]
        parted = any(piece.tells in (apart, rested.LEFT_OUT) for piece in asks if piece.tells)
        some_stay = parted and before is not None and apart == rested.stays_words(before)
        over = [] if last is None else turned_over(plan, set_index, last)
        way = self._props.way(
            last,
            exercise,
            before,
            sits=first,
            rested=theirs,
            on_hip=sits_down,
            some_stay=some_stay,
            over=over,
        )
        if not (planned or moves):  # it was left on the way to this very position
            way = [*self.heard.ahead, *way]
        begins_on = plan.sets[set_index].side
        early, late = self._placing.setup(
            exercise, moves=moves or bool(over), explained=explains, side=begins_on
        )
        if last is not None and not (moves or early or late) and sets_up_anew(plan, set_index, last):
            end = self._placing.end(exercise, side=begins_on)
            late = [piece._replace(why=Why.POSITION) for piece in end]  # on which foot she stands
        side = self._side(set_index, exercise, full=full, anew=moves or bool(over))
        return [
            *self._title(set_index),
            *name,
            *asks,
            *(self._own.without(plan, exercise, attended=self._attended) if full else ()),
            *(side if lies_on_a_side(exercise) else ()),
            *(() if first else (*way, *early)),
            *(
                self._listen(exercise, before, first=first, apart=some_stay or (parted and before is None))
                if explains
                else ()
            ),
            *self._load(set_index),
            *how,
            *self._note(set_index),
            *self._advice.watch(set_index, exercise, self._advice.watch_now(set_index, told=frame == BARE)),
            *(self._advice.easier_first(set_index, exercise) if full else ()),
            *self._advice.harder(exercise),
            *([Piece(Why.AMOUNT, where)] if where else ()),
            *self._amount(set_index),
            *self._only_counts(set_index),
            *(() if lies_on_a_side(exercise) else side),
            *((*way, *early) if first else ()),
            *late,
        ]

    def _up(self, before: Position | None) -> list[Piece]:
        """On the way to an activity: how to get up from where she is."""
        if before is None or before is Position.STANDING:
            return []
        knee = [] if before in ON_FEET or self._plan.knows_all else up_as_taught(self.heard, Why.NOTE)
        return [*knee, *moves_of(before, Position.STANDING)]

    def _title(self, set_index: int) -> list[Piece]:
        """What a circuit is called, where it begins."""
        title = self._plan.sets[set_index].circuit
        return [self._mine(Why.NOTE, title)] if title and begins_item(self._plan, set_index) else []

    def back_in_place(self, set_index: int) -> list[Piece]:
        """How to get back to where a set begins, for who came out of the one before."""
        return self._placing.back_in_place(set_index)

    def _side(self, set_index: int, exercise: Exercise, *, full: bool, anew: bool = False) -> list[Piece]:
        """With which side it begins, by its limbs where she does not know them yet.

        Args:
            set_index: The set.
            exercise: Its exercise.
            full: Whether it is explained.
            anew: Whether she lies down for it now: then she must know on which side.
        """
        spec = self._plan.sets[set_index]
        side = side_words(spec.side)
        begins = spec.side is not None and not spec.is_second
        if begins and not spec.one_sided:
            side = _("{side} first").format(side=side)
        told = [Piece(Why.SIDE, side, side_words(spec.side))] if side else []
        anew = anew and lies_on_a_side(exercise)
        if not full or not (spec.alternate or begins or anew):
            return told
        if not exercise.left:
            means = filter(tells_left, singly((*exercise.setup, *exercise.steps)))
            return [*told, *self._own.untold(exercise, Why.LEFT, means)]
        if self.heard.has(exercise.id, exercise.left) and not anew:
            return told
        limbs = self._own.told(exercise, Why.LEFT if spec.alternate else Why.SIDE, exercise.left)
        if limbs.language:
            return [*told, limbs]
        words = of_side(limbs.text, spec.side or (Side.RIGHT if spec.right_first else Side.LEFT))
        if not words:  # the author's words are about the left, and cannot be turned round
            return [*told, *framed(limbs, _("Left is {what}"))]
        limbs = limbs._replace(text=words)
        if told:
            return [limbs._replace(text=_("{side}: {what}").format(side=side, what=limbs.text), brief=side)]
        return framed(limbs, _("First {what}"))

    def _how(self, set_index: int, exercise: Exercise) -> list[Piece]:
        """The movement, and how to breathe in it."""
        steps = [text for text in singly(exercise.steps) if exercise.left or not tells_left(text)]
        breath = self._own.untold(exercise, Why.BREATH, exercise.breath)
        if not exercise.breath and exercise.id not in self.heard.breaths:
            breath = [Piece(Why.BREATH, self.work.breathing(set_index))]
        movement = self._own.untold(exercise, Why.MOVEMENT, steps)
        return [*movement, *breath]

    def _listen(
        self, exercise: Exercise, before: Position | None, *, first: bool, apart: bool = False
    ) -> list[Piece]:
        """How to be comfortable while it is told what to do.

        Args:
            exercise: What is told.
            before: The position that one comes from; None: it is not known.
            first: She is told before she gets into its position, which is a tiring one.
            apart: Who leaves it out was told to go elsewhere, or to stay: this is for the others.
        """
        if not first:
            eyes = about_eyes(self.heard) if exercise.position in ON_THE_FLOOR else []
            words = v.LISTEN_THERE.get(exercise.position, v.JUST_LISTEN)
            just = Piece(Why.MOVEMENT, words, then_s=LISTENS_S / 4, tells=v.JUST_LISTEN)
            told = (exercise.id, v.JUST_LISTEN) in self.heard.told  # after a pause, on the same way
            return eyes if told else [*eyes, just]
        words = v.FIRST_LISTEN if before is None else v.LISTEN.get(before, v.JUST_LISTEN)
        listen = Piece(Why.MOVEMENT, "" if words == v.JUST_LISTEN else words, then_s=LISTENS_S)
        if before in KNEELING and exercise.position in LYING:  # she is on her way, and sits so until then
            words, brief = v.ONTO_ONE_HIP_TO_LISTEN, v.ONTO_ONE_HIP
            if self._props.is_bare():
                words, brief = v.SIT_AND_HEAR, v.ON_ONE_HIP
            listen = Piece(Why.POSITION, words, brief=brief, then_s=LISTENS_S)
        if apart and listen.text:
            whole = listen._replace(text=v.OTHERS_LISTEN) if words == v.FIRST_LISTEN else listen
            listen = rested.for_whom(rested.OTHERS, whole)
        if before is exercise.position:  # she is there, and comes back to it
            return [listen]
        return [listen, Piece(Why.MOVEMENT, v.TIRING.get(exercise.position, v.YOU_WILL_STAND))]

    def _note(self, set_index: int) -> list[Piece]:
        spec = self._plan.sets[set_index]
        first = spec.set == 1 and not spec.is_second and spec.round in (None, 1)
        if not spec.note or not (first or not self.heard.has(spec.exercise, spec.note)):
            return []
        return [self._mine(Why.NOTE, spec.note)]

    def _only_counts(self, set_index: int) -> list[Piece]:
        """Once in a session, where less is told for the first time: that the tones tell the rest."""
        counts = Piece(Why.NOTE, _("Soon only tones: rising go, falling back"))
        if self._plan.knows_all or counts.said in self.heard.said or not self.work.only_counts(set_index):
            return []
        return [counts]

    def _amount(self, set_index: int) -> list[Piece]:
        spec = self._plan.sets[set_index]
        if spec.is_second:
            return []
        full = brief = brief_amount(self._plan, set_index)
        if spec.exercise not in self.heard.amounts:
            full, brief = how_much(self._plan, set_index), held_amount(self._plan, set_index)
        amount = Piece(Why.AMOUNT, full, brief)
        if not (self._attended and spec.as_many and self._plan.steps[spec.first_step].rep):
            return [amount]
        return [amount, Piece(Why.PAUSE, _("Press any key when you are done"))]

    def _tips(self, set_index: int) -> list[Piece]:
        """In a rest: what there was no time for, how to make it easier, one thing to watch."""
        exercise = exercise_of_set(self._plan, set_index)
        if exercise is None:
            return []
        spec = self._plan.sets[set_index]
        late: list[Piece] = []
        easier: list[Piece] = []
        if exercise.id not in self._plan.known:
            gear = () if exercise.away else self._props.gear(exercise)
            early, last = self._placing.setup(exercise, moves=False, explained=False)
            means = self._side(set_index, exercise, full=True)
            late = [*gear, *early, *last, *(piece for piece in means if piece.tells)]
            late = [*late, *self._own.untold(exercise, Why.NOTE, exercise.ask_first)]
            late = [*late, *self._how(set_index, exercise)]
            easier = self._advice.easier(set_index, exercise)[:1]
        if spec.note and not self.heard.has(exercise.id, spec.note):
            late.insert(0, self._mine(Why.NOTE, spec.note))
        most = min(TIPS - len(late), self._advice.watch_now(set_index, told=False))
        watch = self._advice.watch(set_index, exercise, most)
        easier = easier if len(watch) < TIPS else []  # it is their last chance
        return [*late[:TIPS], *watch, *self._advice.harder(exercise), *easier]


def more_time(left_s: float) -> Piece:
    """How long something still takes that goes on after a pause."""
    return Piece(Why.TIME, v.MORE_TIME.format(time=time_words(max(round(left_s), 1))))
