"""How long the way to each set must be, so that all is told before it is done.

A plan is compiled with the least lead-ins. Here it gets those that its words need, by an estimate of how long
it takes to say them, so that every front end agrees. What is told follows from the plan alone: `Plan.known`.
"""

from __future__ import annotations

import math
from collections.abc import Collection

from backtimer.core.plan.exchanging import Spliced
from backtimer.core.plan.plan import (
    COUNTED_S,
    LEAD_INS,
    READY_S,
    Plan,
    Step,
    StepKind,
    exercise_of_set,
    goes_on,
)
from backtimer.core.plan.routine import Position
from backtimer.core.plan.ways import way_s
from backtimer.core.speech.cues import Verbosity
from backtimer.core.speech.marks import tone_of
from backtimer.core.speech.narrator import Narrator
from backtimer.core.speech.pieces import MUST, Piece, Why, sentences_of, speech_s
from backtimer.core.speech.shortening import along_in, briefly, easier_once, laid_out_in, watching
from backtimer.core.speech.timing import AIR_S, SPLIT_S, after_tone
from backtimer.core.speech.tips import SLOWER

MORE_S = 300.0
"""A session takes at most so much longer for all that is told than for one who knows it, if that can be.

The movement, the equipment, the side and the notes have their time however long that takes.
"""

MANY = 6
"""With more exercises than that there is more to be told: so much more time for each as for these."""

SETTLE_S = 2.0
"""Hands and feet come into place in this time, before the count."""

MOVING = 1.0
"""So much of the time for the moves of a way is silence between them, whatever is told after them."""

_ALL = 99

_BRIEFLY = Why.HARDER
"""Nothing less than that is left out, but how much it is has the time for few words."""

_TRIMS = (
    (None, 1.0, _ALL),
    (None, 0.7, _ALL),
    (_BRIEFLY, 0.7, _ALL),
    (_BRIEFLY, 0.5, _ALL),
    (_BRIEFLY, 0.5, 2),
    (_BRIEFLY, 0.5, 1),
    (Why.AMOUNT, 0.5, 1),
    (Why.AMOUNT, 0.4, 1),
    (Why.WATCH, 0.4, 0),
    (Why.WATCH, 0.0, 0),
    (Why.BREATH, 0.0, 0),
)
"""What a lead-in is not made longer for, one after the other, where all of it would take too long.

From which need on words get no time of their own, how much is left of the time to lay things out, and so many
things to watch have their time; with one of them, only one way to make it easier.
"""


CALM_RATE = 155
"""Words a minute that the estimate of speech goes by."""


def as_told(
    plan: Plan, instructions: str, known: Collection[str] = (), words_a_minute: int | None = None
) -> Plan:
    """The plan as it is told: with lead-ins as long as their words.

    Args:
        plan: As it was compiled.
        instructions: `full` or `short` for all exercises; `auto`: full for those that are not known.
        known: The exercises that the person has done often.
        words_a_minute: How fast the voice speaks; None: at its calm pace.
    """
    slower = SLOWER * max(CALM_RATE / (words_a_minute or CALM_RATE), 1.0)
    if instructions == Verbosity.SHORT:
        return with_time_to_tell(plan, None, slower=slower)
    return with_time_to_tell(plan, () if instructions == Verbosity.FULL else known, slower=slower)


def with_time_to_tell(plan: Plan, known: Collection[str] | None = (), *, slower: float = SLOWER) -> Plan:
    """The plan with lead-ins as long as their words.

    Args:
        plan: As it was compiled.
        known: The exercises that need not be explained; None: none of them need.
        slower: So many times the estimate is what the voice takes.
    """
    used = [exercise.id for exercise in plan.exercises]
    plan = plan._replace(known=tuple(each for each in used if known is None or each in known))
    shortest = _lengthened(plan._replace(known=tuple(used)), None, 1.0, slower)
    if len(plan.known) == len(used):
        return shortest
    made = shortest
    more_s = MORE_S / MANY * max(len(used) - len(plan.known), MANY)
    for trim, laying, watched in _TRIMS:
        made = _lengthened(plan, trim, laying, slower, watched)
        if made.total_s - shortest.total_s <= more_s:
            break
    return made


def _lengthened(plan: Plan, trim: Why | None, laying: float, slower: float, watched: int = _ALL) -> Plan:
    narrator = Narrator(plan, unhurried=True)
    teaches = any(any(each.sentences()) for each in plan.exercises if each.id not in plan.known)
    steps = list(plan.steps)
    for set_index, spec in enumerate(plan.sets):
        for index in range(spec.lead_in, spec.first_step):
            pieces = [piece for piece in narrator.lead(index) if piece.text]
            step = plan.steps[index]
            turns = any(piece.why is Why.POSITION for piece in pieces)
            if step.seconds is not None and (turns or _tells(plan, set_index, step)):
                told = [
                    piece for piece in pieces if trim is None or piece.need < trim.need or trim is _BRIEFLY
                ]
                told = watching([laid_out_in(along_in(piece, laying), laying) for piece in told], watched)
                told = told if trim is None else briefly(told)
                told = told if watched > 1 else easier_once(told)
                if _is_between_sets(plan, set_index, step):  # only what turns her over takes its time
                    told = [piece for piece in pieces if piece.need <= MUST]
                if not _explains(told):  # how much it is, is counted aloud anyway
                    told = [piece for piece in told if piece.need < Why.AMOUNT.need]
                counted = index + 1 == spec.first_step
                needed_s = needed(told, step, counted=counted, at_leisure=_explains(told), slower=slower)
                exercise = exercise_of_set(plan, set_index)
                if step.kind is StepKind.PREPARE and exercise is not None:  # she may stand, yet
                    needed_s = max(needed_s, way_s(Position.STANDING, exercise.position))
                if step.kind is StepKind.REST:  # its length is told, which is that of the rest alone
                    outs = [piece.then_s for piece in told if piece.why is Why.WAY_OUT]
                    if step.since is None:  # else it ends by the clock
                        needed_s = max(needed_s, step.seconds + sum(outs))
                    needed_s = math.ceil(needed_s / 5) * 5.0
                begins = step.kind is StepKind.PREPARE and teaches  # whatever is done first
                if needed_s > step.seconds and (
                    begins or any(piece.tells for piece in told) or (turns and not step.exercise)
                ):  # else: as the author has it
                    steps[index] = step._replace(seconds=needed_s, estimate_s=needed_s)
            narrator.learn(set_index, [piece.said for piece in pieces], pieces)
        narrator.work.learn_rep(spec.first_step, [])
        _keep_every(plan, steps, set_index)
    return plan._replace(steps=tuple(steps))


def _keep_every(plan: Plan, steps: list[Step], set_index: int) -> None:
    """Take from a rest that ends by the clock what the ways in the interval before it grew by their words.

    What has to be told in the rest itself has its time all the same: then the next set begins later.
    """
    spec = plan.sets[set_index]
    for index in range(spec.lead_in, spec.first_step):
        step = plan.steps[index]
        if step.since is None or step.every_s is None or not _tells(plan, set_index, step):
            continue
        way = range(index + 1, spec.first_step)
        way_s = sum(steps[at].estimate_s - plan.steps[at].estimate_s for at in way)
        before = range(plan.sets[step.since].first_step, index)
        taken_s = sum(steps[at].estimate_s for at in before)
        words_s = steps[index].estimate_s if steps[index].estimate_s > step.estimate_s else READY_S
        rest_s = max(words_s, step.every_s - way_s - taken_s)
        steps[index] = steps[index]._replace(
            seconds=rest_s, estimate_s=rest_s, every_s=max(step.every_s - way_s, taken_s + rest_s)
        )


_TAKES_TIME = frozenset({Why.EQUIPMENT, Why.SETUP, Why.WAY_OUT, Why.RESTED})
"""To lay something out, to take hold of it, or to let it go; or to come along, for others."""

_MEANWHILE = frozenset({Why.SIDE, Why.NOTE, Why.WATCH, Why.AMOUNT, Why.EASIER, Why.HARDER, Why.SETUP})


def _tells(plan: Plan, set_index: int, step: Step) -> bool:
    """Whether a lead-in may be as long as its words: a rest between two sets keeps its length.

    But for what turns her over.

    A change of side is longer only where something has to be taken hold of.
    """
    return step.kind in LEAD_INS and not _is_between_sets(plan, set_index, step)


def _is_between_sets(plan: Plan, set_index: int, step: Step) -> bool:
    return step.kind is StepKind.REST and goes_on(plan, set_index)


def _explains(pieces: Collection[Piece]) -> bool:
    """Whether an exercise is explained; one that is known is only announced, while one moves."""
    return any(piece.why is Why.MOVEMENT for piece in pieces)


def needed(
    pieces: list[Piece], step: Step, *, counted: bool, at_leisure: bool, slower: float = SLOWER
) -> float:
    """Whole seconds that a lead-in must take for its words.

    Args:
        pieces: The words.
        step: The lead-in.
        counted: Whether it ends with three, two, one.
        at_leisure: Whether there is silence to obey in, before more is told.
        slower: So many times the estimate is what the voice takes.
    """
    begins_s = after_tone(0.0, tone_of(step))[0]
    spoken_s = speech_s(sentences_of(pieces)) * slower
    stills = [
        piece.then_s
        for piece in pieces[:-1]
        if piece.then_s and (at_leisure or piece.why in _TAKES_TIME)  # known or not
    ]
    still_s = sum(stills) + SPLIT_S * len(stills)
    if not at_leisure and (stills or step.kind is not StepKind.PREPARE):  # she is told the rest on the way
        moves = [piece.then_s for piece in pieces if piece.why is Why.POSITION]
        moving_s = sum(moves) + 2 * SPLIT_S * len(moves)
        meanwhile = [piece for piece in pieces if piece.why in _MEANWHILE]
        still_s += max(moving_s - speech_s(sentences_of(meanwhile)), MOVING * moving_s)
    settles = pieces[-1].why is Why.SETUP and (at_leisure or any(p.why is Why.POSITION for p in pieces))
    still_s += max(SETTLE_S * settles, pieces[-1].then_s * (pieces[-1].why is Why.SETUP))
    return float(math.ceil(begins_s + spoken_s + still_s + AIR_S + (COUNTED_S if counted else 0)))


def told_as_new(spliced: Spliced, before: Plan, words_a_minute: int | None = None) -> Spliced:
    """A plan that is gone over to, with time to tell of the exercise that is new in it.

    Args:
        spliced: The plan as it was laid out.
        before: The plan until now: what leads to its sets has its time already.
        words_a_minute: As in `as_told`.
    """
    slower = SLOWER * max(CALM_RATE / (words_a_minute or CALM_RATE), 1.0)
    told = with_time_to_tell(spliced.plan, before.known, slower=slower)
    steps = [
        step if step.set_index in spliced.relaid else laid
        for step, laid in zip(told.steps, spliced.plan.steps, strict=True)
    ]
    return spliced._replace(plan=told._replace(steps=tuple(steps)))
