"""Parts of what the coach says about a set: how much it is, and which one of how many."""

from __future__ import annotations

from backtimer.core.languages import v
from backtimer.core.places import exercise_of, new_round, reps_of_all
from backtimer.core.plan.plan import Plan, SetSpec
from backtimer.core.words import capital, faults, lower, number_of, side_words, time_words

__all__ = [
    "brief_amount",
    "how_much",
    "lower",
    "own_pace",
    "place",
    "place_of_next",
    "reminder",
    "round_words",
]


def how_much(plan: Plan, set_index: int) -> str:
    """An amount to be heard: `3 sets of 10 reps on each side, each held for 3 seconds`."""
    spec = plan.sets[set_index]
    if spec.as_many:
        return _held(_each_side(_sets_of(spec, v.AS_MANY), spec), spec)
    if spec.reps is not None:
        return _held(_each_side(_reps(plan, set_index), spec), spec)
    return _each_side(_length(plan, spec), spec)


def brief_amount(plan: Plan, set_index: int) -> str:
    """The same in fewer words: `3 sets of 10 reps on each side`, `3 holds of 20 seconds`."""
    spec = plan.sets[set_index]
    if spec.reps is None and not spec.as_many:
        return _length(plan, spec)
    reps = _sets_of(spec, v.AS_MANY) if spec.as_many else _reps(plan, set_index)
    return v.EACH_SIDE.format(reps=reps) if spec.alternate or spec.side is not None else reps


def own_pace(plan: Plan, spec: SetSpec) -> str:
    """What to do in a set that is over when the person says so."""
    if spec.as_many:
        return capital(_held(_in_turn(v.AS_MANY, spec), spec))
    if spec.reps is not None:
        return v.OWN_PACE.format(reps=_in_turn(number_of(spec.reps, v.REPS), spec))
    step = plan.steps[spec.first_step]
    about = v.ABOUT.format(time=time_words(step.estimate_s))
    return (v.MOVE_FOR if step.continuous else v.HOLD_FOR).format(time=about)


def place(spec: SetSpec) -> str:
    """Where in its exercise a set stands: `Set 2 of 3`, `Round 2 of 3`; nothing when there is but one."""
    if spec.sets > 1:
        return v.SET_OF.format(set=spec.set, sets=spec.sets)
    if spec.rounds is not None and spec.rounds > 1:
        return v.ROUND_OF.format(round=spec.round, rounds=spec.rounds)
    return ""


def place_of_next(plan: Plan, set_index: int) -> str:
    """A set that goes on with the same exercise: `Set 2 of 3, left side, 4 reps`."""
    spec = plan.sets[set_index]
    before = plan.sets[set_index - 1].reps
    reps = "" if spec.reps is None or spec.reps == before else number_of(spec.reps, v.REPS)
    parts = (v.SET_OF.format(set=spec.set, sets=spec.sets), side_words(spec.side).lower(), reps)
    return ", ".join(part for part in parts if part)


def round_words(plan: Plan, set_index: int) -> str:
    """At the first exercise of a circuit's round: which round, or how many there will be."""
    spec = plan.sets[set_index]
    if spec.rounds is None or spec.rounds == 1 or not new_round(plan, set_index):
        return ""
    if spec.round == 1:
        return number_of(spec.rounds, v.ROUNDS)
    return v.ROUND_OF.format(round=spec.round, rounds=spec.rounds)


def reminder(plan: Plan, set_index: int) -> str:
    """One thing to take care of, another at each set."""
    exercise = exercise_of(plan, set_index)
    known = faults(exercise) if exercise else ()
    return known[(plan.sets[set_index].set - 2) % len(known)] if known else ""


def _length(plan: Plan, spec: SetSpec) -> str:
    step = plan.steps[spec.first_step]
    time = time_words(step.estimate_s)
    if step.seconds is None:
        time = v.ABOUT.format(time=time)
    if spec.sets > 1 and spec.set == 1:
        return (v.TIMES_MOVING if step.continuous else v.HOLDS).format(sets=spec.sets, time=time)
    return (v.MOVE_FOR if step.continuous else v.HOLD_FOR).format(time=time)


def _reps(plan: Plan, set_index: int) -> str:
    reps = reps_of_all(plan, set_index)
    if len(set(reps)) > 1:
        each = ", ".join(str(number) for number in reps[:-1])
        numbers = f"{each}, {number_of(reps[-1] or 0, v.REPS)}"
        return v.PYRAMID.format(sets=number_of(len(reps), v.SETS), reps=numbers)
    spec = plan.sets[set_index]
    return _sets_of(spec, number_of(spec.reps or 0, v.REPS))


def _held(reps: str, spec: SetSpec) -> str:
    if spec.hold_s is None:
        return reps
    return (v.EACH_HELD if spec.reps != 1 else v.HELD).format(reps=reps, time=time_words(spec.hold_s))


def _sets_of(spec: SetSpec, what: str) -> str:
    return v.SETS_OF.format(sets=spec.sets, what=what) if spec.sets > 1 and spec.set == 1 else what


def _each_side(reps: str, spec: SetSpec) -> str:
    return v.EACH_SIDE.format(reps=reps) if spec.side is not None else _in_turn(reps, spec)


def _in_turn(reps: str, spec: SetSpec) -> str:
    return v.EACH_IN_TURN.format(reps=reps) if spec.alternate else reps
