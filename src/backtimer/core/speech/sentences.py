"""What the coach says at each step of a plan: one short sentence or a few, speakable in the time there is.

All words that front ends share can be had from here; the small ones are made in `words` and `phrases`, the
lines of a day's list in `entries`.
"""

from __future__ import annotations

from collections.abc import Collection

from backtimer.core.plan.plan import (
    Plan,
    SetSpec,
    Step,
    StepKind,
    exercise_of_set,
    first_time,
    goes_on,
    leads_to,
    new_round,
    position_before,
)
from backtimer.core.plan.routine import Breath, Position, Side
from backtimer.core.session.events import HurtAsked, LeftOut, TakenBack
from backtimer.core.speech.entries import set_text
from backtimer.core.speech.languages import v
from backtimer.core.speech.phrases import (
    breath_word,
    brief_amount,
    exercise_name,
    how_much,
    lower,
    own_pace,
    phase_word,
    place,
    place_of_next,
    position_words,
    reminder,
    round_words,
    sentence,
    setup_words,
    side_words,
    time_text,
    time_words,
)
from backtimer.core.speech.timing import Piece, joined, spoken

Told = Collection[str]
"""Sentences that the listener has heard."""

# How badly it is needed, where it matters to others than `spoken`.
AMOUNT, LOAD, KEYS, SETUP, NOTE, REMINDER = 3, 5, 6, 7, 10, 11


def say(plan: Plan, index: int, *, in_full: bool = False) -> str:
    """What the coach says as a step begins.

    Args:
        plan: The plan.
        index: Index into its steps.
        in_full: Say everything, however long it takes: for reading. Otherwise only what the step has time
            for.
    """
    step = plan.steps[index]
    match step.kind:
        case StepKind.PHASE:
            pieces = _phase(plan, index, step)
        case StepKind.SELF_PACED:
            pieces = [*_unannounced(plan, index), *own_pace_pieces(plan, step), Piece(0, v.PRESS_ANY)]
        case StepKind.ACTIVITY:
            pieces = activity_pieces(plan, step)
            pieces += [Piece(0, v.PRESS_ANY)] if step.seconds is None else []
        case _:
            pieces = lead_pieces(plan, index)
    return spoken(pieces, None if in_full else step.seconds)


def lead_pieces(plan: Plan, index: int, told: Told | None = None) -> list[Piece]:
    """What is said at a step that leads to work: what it is, how long, and what it leads to.

    Args:
        plan: The plan.
        index: Index into its steps.
        told: What need not be told again. None: setup and note belong to the first time of an exercise.
    """
    step = plan.steps[index]
    name = exercise_name(plan, plan.sets[step.set_index])
    match step.kind:
        case StepKind.SWITCH:
            return _switch(plan, index, step)
        case StepKind.REST:
            return _rest(plan, index, step, told)
        case StepKind.PREPARE:
            return [Piece(0, v.KINDS[StepKind.PREPARE]), *_announce(plan, step.set_index, name, told=told)]
        case _:
            return _announce(plan, step.set_index, v.NEXT.format(what=name), name, told)


def coming_words(plan: Plan, set_index: int, after: int | None, rest_s: float = 0.0) -> str:
    """What the coach says when the session goes to a set other than the plan does.

    Args:
        plan: The plan.
        set_index: The set to come.
        after: The set last worked on; None: none yet.
        rest_s: How long to rest on the way.
    """
    return spoken(coming_pieces(plan, set_index, after, rest_s), None)


def coming_pieces(
    plan: Plan, set_index: int, after: int | None, rest_s: float, told: Told | None = None
) -> list[Piece]:
    """The same, in its pieces."""
    spec = plan.sets[set_index]
    before = None if after is None else plan.sets[after]
    rest = Piece(1, v.REST_FOR.format(time=time_words(rest_s)) if rest_s else "")
    name = exercise_name(plan, spec)
    opening = v.NEXT.format(what=name)
    if before is not None and before.exercise == spec.exercise:
        parts = [part for part in (lower(place(spec)), lower(side_words(spec.side))) if part]
        return [rest, Piece(0, ", ".join((opening, *parts)), ", ".join(parts) or name)]
    same_turn = before is not None and (before.item, before.round) == (spec.item, spec.round)
    where = "" if spec.set == 1 and (same_turn or spec.round is None) else place(spec)
    position = None if after is None else position_before(plan, after + 1)
    return [rest, Piece(0, opening, name), *introduction(plan, set_index, where, position, told)]


def left_out_words(plan: Plan, event: LeftOut) -> str:
    """When something hurts: what is left out, and how it goes on."""
    return spoken(left_out_pieces(plan, event), None)


def left_out_pieces(plan: Plan, event: LeftOut) -> list[Piece]:
    """The same, in its pieces."""
    if event.following is None:
        then = v.ALL_LEFT_OUT
    else:
        then = v.WHEN_USUAL.format(what=exercise_name(plan, plan.sets[event.following]))
    return [
        Piece(0, v.EASE_OUT),
        Piece(0, v.LEAVE_IT.format(what=exercise_name(plan, plan.sets[event.set_index]))),
        Piece(2, v.KINDS[StepKind.REST]),
        Piece(1, then),
        Piece(KEYS, "" if event.following is None else v.OR_FINISH),
        Piece(KEYS, v.TAKE_IT_BACK),
    ]


def which_words(plan: Plan, event: HurtAsked) -> str:
    """When it hurts on the way from one exercise to another: which one is it?"""
    worked, coming = (exercise_name(plan, plan.sets[index]) for index in (event.worked, event.coming))
    answers = (v.WHICH_WORKED.format(what=worked), v.WHICH_COMING.format(what=coming), v.WHICH_NEITHER)
    return joined((f"{v.WHICH_HURTS}?", *answers))


def taken_back_words(plan: Plan, event: TakenBack, *, stands: bool) -> str:
    """When an exercise that was left out is back.

    Args:
        plan: The plan.
        event: What happened.
        stands: Whether the session stands still, so that a key is needed to go on.
    """
    words = v.BACK_NOW if stands else v.BACK_IN if event.returns else v.BACK_LATER
    return sentence(words.format(what=exercise_name(plan, plan.sets[event.set_index])))


def next_words(plan: Plan, index: int) -> str:
    """What comes after this step's set or, from a lead-in, what it leads to; short, without a full stop."""
    leading = leads_to(plan, index)
    if leading is not None:
        return _what(plan, leading)
    following = plan.steps[index].set_index + 1
    if following == len(plan.sets):
        return v.THEN_DONE
    what = _what(plan, following)
    lead = plan.steps[plan.sets[following].lead_in]
    if lead.kind is not StepKind.REST:
        return what
    what = lower(what) if goes_on(plan, following) else what
    return v.REST_THEN.format(time=time_text(lead.estimate_s), what=what)


def next_line(plan: Plan, index: int) -> str:
    """The same as a line of its own: `Next: Bird-dog`, or that all is done then."""
    words = next_words(plan, index)
    return words if words == v.THEN_DONE else v.NEXT.format(what=words)


def _what(plan: Plan, set_index: int) -> str:
    """A set as what comes next: the name of something new, otherwise what is different about it."""
    spec = plan.sets[set_index]
    if not goes_on(plan, set_index):
        round_text = lower(_round(spec)) if new_round(plan, set_index) else ""
        parts = (exercise_name(plan, spec), round_text, set_text(plan, set_index))
        return " · ".join(part for part in parts if part)
    return side_words(spec.side) if spec.side is Side.RIGHT else place_of_next(plan, set_index)


def whole_set_pieces(step: Step) -> list[Piece]:
    """A set that is one hold, or one movement: how long, on which side, and how to breathe."""
    length = time_words(step.estimate_s)
    word = phase_word(step)
    if step.say:
        opening = [Piece(0, word), Piece(2, length)]
    else:
        opening = [Piece(0, v.PHASE_FOR.format(phase=word, time=length), word)]
    breath = breath_word(step.breath) if step.breath is Breath.SLOW else ""
    return [*opening, Piece(1, side_words(step.side)), Piece(4, breath)]


def own_pace_pieces(plan: Plan, step: Step) -> list[Piece]:
    """A set that is over when the person says so: what to do in it."""
    spec = plan.sets[step.set_index]
    side = "" if spec.alternate else side_words(step.side)
    return [Piece(0, own_pace(plan, spec)), Piece(0, side)]


def activity_pieces(plan: Plan, step: Step) -> list[Piece]:
    """Something done away from the mat."""
    name = exercise_name(plan, plan.sets[step.set_index])
    if step.seconds is None:
        return [Piece(0, name), Piece(0, v.TAKE_YOUR_TIME)]
    return [Piece(0, v.ACTIVITY_FOR.format(activity=name, time=time_words(step.seconds)), name)]


def introduction(
    plan: Plan, set_index: int, where: str, before: Position | None, told: Told | None = None
) -> list[Piece]:
    """An exercise that comes up: how to get there, how much of it, and on which side to begin."""
    spec = plan.sets[set_index]
    exercise = exercise_of_set(plan, set_index)
    setup = setup_words(exercise) if exercise and exercise.setup else ""
    side = side_words(spec.side)
    return [
        Piece(4, where),
        *_position_piece(plan, set_index, before),
        Piece(SETUP, setup if _is_new(plan, set_index, setup, told) else ""),
        Piece(
            AMOUNT,
            "" if spec.side is Side.RIGHT else how_much(plan, set_index),
            brief_amount(plan, set_index),
        ),
        Piece(LOAD, v.USE.format(load=spec.load) if spec.load else ""),
        Piece(1, v.SIDE_FIRST.format(side=side) if spec.side is Side.LEFT else side, side),
        Piece(NOTE, spec.note if _is_new(plan, set_index, spec.note, told) else ""),
    ]


def _phase(plan: Plan, index: int, step: Step) -> list[Piece]:
    spec = plan.sets[step.set_index]
    first = _unannounced(plan, index)
    if step.rep is None:
        return [*first, *whole_set_pieces(step)]
    word = phase_word(step)
    if spec.alternate and step.rep_start and step.side is not None:
        if step.say:
            word = v.SIDE_PHASE.format(side=side_words(step.side), phase=word)
        else:
            word = v.PHASE_SIDE.format(phase=word, side=v.SIDES[step.side])
    breathing = step.breath is Breath.SLOW or (step.rep == 1 and step.breath is not Breath.FREE)
    return [*first, Piece(0, word), Piece(1, breath_word(step.breath) if breathing else "")]


def _unannounced(plan: Plan, index: int) -> list[Piece]:
    """What it is, at the first step of a set that nothing led to."""
    step = plan.steps[index]
    spec = plan.sets[step.set_index]
    if spec.lead_in < spec.first_step or index != spec.first_step:
        return []
    side = Piece(1, "" if spec.alternate or step.rep is None else side_words(spec.side))
    if goes_on(plan, step.set_index):
        return [Piece(2, place(spec)), side]
    moves = _position_piece(plan, step.set_index, position_before(plan, step.set_index))
    return [Piece(0, exercise_name(plan, spec)), *moves, Piece(2, place(spec)), side]


def _switch(plan: Plan, index: int, step: Step) -> list[Piece]:
    side = v.SIDES[step.side] if step.side else v.OTHER_SIDE
    if leads_to(plan, index) is None:
        return [Piece(0, v.SWITCH_TO.format(side=side))]
    return [
        Piece(1, v.KINDS[StepKind.SWITCH], v.SWITCH),
        Piece(0, v.NOW_SIDE.format(side=side), side_words(step.side)),
    ]


def _rest(plan: Plan, index: int, step: Step, told: Told | None) -> list[Piece]:
    set_index = step.set_index
    rest = Piece(0, v.REST_FOR.format(time=time_words(step.estimate_s)), v.KINDS[StepKind.REST])
    if goes_on(plan, set_index):
        upcoming = lower(place_of_next(plan, set_index))
        return [rest, Piece(1, v.NEXT.format(what=upcoming)), Piece(REMINDER, reminder(plan, set_index))]
    name = exercise_name(plan, plan.sets[set_index])
    if leads_to(plan, index + 1) is None:
        return [rest, *_announce(plan, set_index, v.NEXT.format(what=name), name, told)]
    around = name
    if new_round(plan, set_index):
        around = v.ROUND_WITH.format(round=lower(_round(plan.sets[set_index])), what=name)
    return [rest, Piece(1, v.NEXT.format(what=around))]


def _round(spec: SetSpec) -> str:
    return v.ROUND_OF.format(round=spec.round, rounds=spec.rounds)


def _announce(
    plan: Plan, set_index: int, opening: str, brief: str = "", told: Told | None = None
) -> list[Piece]:
    """An exercise that comes up as planned."""
    where, before = round_words(plan, set_index), position_before(plan, set_index)
    return [Piece(0, opening, brief), *introduction(plan, set_index, where, before, told)]


def _is_new(plan: Plan, set_index: int, text: str, told: Told | None) -> bool:
    return first_time(plan, set_index) if told is None else sentence(text) not in told


def _position_piece(plan: Plan, set_index: int, before: Position | None) -> list[Piece]:
    """How to get into position: at the start, and whenever it changes."""
    exercise = exercise_of_set(plan, set_index)
    if exercise is None or before is exercise.position:
        return []
    return [Piece(1, position_words(exercise.position, before), position_words(exercise.position))]
