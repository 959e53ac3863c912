"""What the coach says at each step of a plan: one short sentence or a few, speakable in the time there is.

All words that front ends share can be had from here; the small ones are made in `words` and `phrases`, the
lines of a day's list in `entries`.
"""

from __future__ import annotations

from collections.abc import Iterable

from backtimer.core.counting import counted
from backtimer.core.entries import Entry, entries, set_text
from backtimer.core.phrases import how_much, lower, own_pace, place, place_of_next, reminder, round_words
from backtimer.core.places import (
    exercise_name,
    exercise_of,
    first_time,
    goes_on,
    leads_to,
    new_round,
    position_before,
)
from backtimer.core.plan import Plan, Step, StepKind
from backtimer.core.routine import Breath, Position, Side
from backtimer.core.words import (
    breath_word,
    count_words,
    ending_words,
    extended_words,
    faults,
    halfway_words,
    hurt_words,
    interrupted_words,
    minutes_text,
    number_text,
    outcome_words,
    paused_words,
    phase_word,
    position_words,
    rep_words,
    resumed_words,
    sentence,
    setup_words,
    side_words,
    time_text,
    time_words,
)

__all__ = [
    "Entry",
    "breath_word",
    "coming_words",
    "count_words",
    "counted",
    "ending_words",
    "entries",
    "exercise_name",
    "extended_words",
    "faults",
    "halfway_words",
    "hurt_words",
    "interrupted_words",
    "minutes_text",
    "next_words",
    "number_text",
    "outcome_words",
    "paused_words",
    "phase_word",
    "position_words",
    "rep_words",
    "resumed_words",
    "say",
    "sentence",
    "set_text",
    "set_words",
    "setup_words",
    "side_words",
    "time_text",
    "time_words",
]

WORDS_PER_S = 2.5
"""The pace of calm speech."""

_KEY_WORDS = "Press Enter when you are done"

_Piece = tuple[int, str]
"""Words and how badly they are needed: 0 is always said, the largest number is left out first."""


def say(plan: Plan, index: int, *, in_full: bool = False) -> str:
    """What the coach says as a step begins.

    Args:
        plan: The plan.
        index: Index into its steps.
        in_full: Say everything, however long it takes: for reading. Otherwise only what the step has time
            for.
    """
    step = plan.steps[index]
    name = exercise_name(plan, plan.sets[step.set_index])
    match step.kind:
        case StepKind.PHASE:
            pieces = _phase(plan, index, step)
        case StepKind.SELF_PACED:
            pieces = _own_pace(plan, index, step)
        case StepKind.ACTIVITY:
            pieces = _activity(plan, step)
        case StepKind.SWITCH:
            pieces = _switch(plan, index, step)
        case StepKind.REST:
            pieces = _rest(plan, index, step)
        case StepKind.PREPARE:
            pieces = [(0, "Get ready"), *_announce(plan, step.set_index, name)]
        case StepKind.TRANSITION:
            pieces = _announce(plan, step.set_index, f"Next: {name}")
    return _spoken(pieces, None if in_full else step.seconds)


def coming_words(plan: Plan, set_index: int, after: int | None, rest_s: float = 0.0) -> str:
    """What the coach says when the session goes to a set other than the plan does.

    Args:
        plan: The plan.
        set_index: The set to come.
        after: The set last worked on; None: none yet.
        rest_s: How long to rest on the way.
    """
    spec = plan.sets[set_index]
    before = None if after is None else plan.sets[after]
    rest = f"Rest for {time_words(rest_s)}" if rest_s else ""
    name = f"Next: {exercise_name(plan, spec)}"
    if before is not None and before.exercise == spec.exercise:
        parts = (name, lower(place(spec)), side_words(spec.side).lower())
        return _join((rest, ", ".join(part for part in parts if part)))
    same_turn = before is not None and (before.item, before.round) == (spec.item, spec.round)
    where = "" if spec.set == 1 and (same_turn or spec.round is None) else place(spec)
    position = None if after is None else position_before(plan, after + 1)
    return _spoken([(0, rest), *_introduce(plan, set_index, name, where, position)], None)


def set_words(plan: Plan, set_index: int) -> str:
    """Which set it is, for coming to it at once: `Superman. Set 2 of 3. Left side.`."""
    spec = plan.sets[set_index]
    return _join((exercise_name(plan, plan.sets[set_index]), place(spec), side_words(spec.side)))


def next_words(plan: Plan, index: int) -> str:
    """What comes after this step's set or, from a lead-in, what it leads to; short, without a full stop."""
    leading = leads_to(plan, index)
    if leading is not None:
        return _what(plan, leading)
    following = plan.steps[index].set_index + 1
    if following == len(plan.sets):
        return "Then you are done"
    what = _what(plan, following)
    lead = plan.steps[plan.sets[following].lead_in]
    if lead.kind is not StepKind.REST:
        return what
    return f"Rest {time_text(lead.estimate_s)}, then {lower(what) if goes_on(plan, following) else what}"


def _what(plan: Plan, set_index: int) -> str:
    """A set as what comes next: the name of something new, otherwise what is different about it."""
    spec = plan.sets[set_index]
    if not goes_on(plan, set_index):
        round_text = f"round {spec.round} of {spec.rounds}" if new_round(plan, set_index) else ""
        parts = (exercise_name(plan, plan.sets[set_index]), round_text, set_text(plan, set_index))
        return " · ".join(part for part in parts if part)
    return side_words(spec.side) if spec.side is Side.RIGHT else place_of_next(plan, set_index)


def _phase(plan: Plan, index: int, step: Step) -> list[_Piece]:
    spec = plan.sets[step.set_index]
    first = _unannounced(plan, index)
    if step.rep is None:
        return [*first, *_whole_set(step)]
    word = phase_word(step)
    if spec.alternate and step.rep_start and step.side is not None:
        word = f"{side_words(step.side)}: {word}" if step.say else f"{word} {step.side.value}"
    breathing = step.breath is Breath.SLOW or (step.rep == 1 and step.breath is not Breath.FREE)
    return [*first, (0, word), (1, breath_word(step.breath) if breathing else "")]


def _whole_set(step: Step) -> list[_Piece]:
    """A set that is one hold, or one movement: how long, on which side, and how to breathe."""
    length = time_words(step.estimate_s)
    opening = [(0, phase_word(step)), (2, length)] if step.say else [(0, f"{phase_word(step)} for {length}")]
    breath = breath_word(step.breath) if step.breath is Breath.SLOW else ""
    return [*opening, (1, side_words(step.side)), (3, breath)]


def _own_pace(plan: Plan, index: int, step: Step) -> list[_Piece]:
    spec = plan.sets[step.set_index]
    side = "" if spec.alternate else side_words(step.side)
    return [*_unannounced(plan, index), (0, own_pace(plan, spec)), (0, side), (0, _KEY_WORDS)]


def _unannounced(plan: Plan, index: int) -> list[_Piece]:
    """What it is, at the first step of a set that nothing led to."""
    step = plan.steps[index]
    spec = plan.sets[step.set_index]
    if spec.lead_in < spec.first_step or index != spec.first_step:
        return []
    side = (1, "" if spec.alternate or step.rep is None else side_words(spec.side))
    if goes_on(plan, step.set_index):
        return [(2, place(spec)), side]
    moves = _position_piece(plan, step.set_index, position_before(plan, step.set_index))
    return [(0, exercise_name(plan, plan.sets[step.set_index])), *moves, (2, place(spec)), side]


def _activity(plan: Plan, step: Step) -> list[_Piece]:
    name = exercise_name(plan, plan.sets[step.set_index])
    if step.seconds is None:
        return [(0, name), (0, "Take your time"), (0, _KEY_WORDS)]
    return [(0, f"{name}, for {time_words(step.seconds)}")]


def _switch(plan: Plan, index: int, step: Step) -> list[_Piece]:
    side = step.side.value if step.side else "other"
    if leads_to(plan, index) is None:
        return [(0, f"Switch to the {side}")]
    return [(1, "Switch sides"), (0, f"Now the {side} side")]


def _rest(plan: Plan, index: int, step: Step) -> list[_Piece]:
    set_index = step.set_index
    rest = (0, f"Rest for {time_words(step.estimate_s)}")
    if goes_on(plan, set_index):
        upcoming = place_of_next(plan, set_index)
        return [rest, (1, f"Next: {lower(upcoming)}"), (5, reminder(plan, set_index))]
    name = exercise_name(plan, plan.sets[set_index])
    if leads_to(plan, index + 1) is None:
        return [rest, *_announce(plan, set_index, f"Next: {name}")]
    spec = plan.sets[set_index]
    around = f"round {spec.round} of {spec.rounds}, with " if new_round(plan, set_index) else ""
    return [rest, (1, f"Next: {around}{name}")]


def _announce(plan: Plan, set_index: int, opening: str) -> list[_Piece]:
    """An exercise that comes up as planned."""
    where, before = round_words(plan, set_index), position_before(plan, set_index)
    return _introduce(plan, set_index, opening, where, before)


def _introduce(plan: Plan, set_index: int, opening: str, where: str, before: Position | None) -> list[_Piece]:
    """An exercise that comes up: its name, how to get there, how much of it, and on which side to begin."""
    spec = plan.sets[set_index]
    exercise = exercise_of(plan, set_index)
    new = first_time(plan, set_index)
    return [
        (0, opening),
        (4, where),
        *_position_piece(plan, set_index, before),
        (7, setup_words(exercise) if new and exercise and exercise.setup else ""),
        (3, "" if spec.side is Side.RIGHT else how_much(plan, set_index)),
        (5, f"Use: {spec.load}" if spec.load else ""),
        (2, f"{side_words(spec.side)} first" if spec.side is Side.LEFT else side_words(spec.side)),
        (6, spec.note if new else ""),
    ]


def _position_piece(plan: Plan, set_index: int, before: Position | None) -> list[_Piece]:
    """How to get into position: at the start, and whenever it changes."""
    exercise = exercise_of(plan, set_index)
    if exercise is None or before is exercise.position:
        return []
    return [(1, position_words(exercise.position, before))]


def _spoken(pieces: list[_Piece], seconds: float | None) -> str:
    """The pieces as sentences, the least needed left out until the rest can be said in the time."""
    kept = [piece for piece in pieces if piece[1]]
    while seconds is not None and len(_join(text for _, text in kept).split()) > seconds * WORDS_PER_S:
        last = max(need for need, _ in kept)
        if last == 0:
            break
        kept = [piece for piece in kept if piece[0] < last]
    return _join(text for _, text in kept)


def _join(texts: Iterable[str]) -> str:
    return " ".join(sentence(text) for text in texts if text)
