"""Parts of what the coach says about a set: how much it is, and which one of how many."""

from __future__ import annotations

from backtimer.core.counting import counted
from backtimer.core.places import exercise_of, new_round, reps_of_all
from backtimer.core.plan import Plan, SetSpec
from backtimer.core.words import faults, side_words, time_words


def how_much(plan: Plan, set_index: int) -> str:
    """An amount to be heard: `3 sets of 10 reps on each side, each held for 3 seconds`."""
    spec = plan.sets[set_index]
    step = plan.steps[spec.first_step]
    if spec.as_many:
        return f"{_sets_of(spec)}as many reps as are comfortable{_each_side(spec)}{_held(spec)}"
    if spec.reps is not None:
        return f"{_reps(plan, set_index)}{_each_side(spec)}{_held(spec)}"
    length = f"{'about ' if step.seconds is None else ''}{time_words(step.estimate_s)}"
    if spec.sets > 1 and spec.set == 1:
        what = f"times {length}, moving" if step.continuous else f"holds of {length}"
        return f"{spec.sets} {what}{_each_side(spec)}"
    return f"{'Keep moving' if step.continuous else 'Hold'} for {length}{_each_side(spec)}"


def own_pace(plan: Plan, spec: SetSpec) -> str:
    """What to do in a set that is over when the person says so."""
    if spec.as_many:
        return f"As many reps as are comfortable{_each_side(spec) if spec.alternate else ''}{_held(spec)}"
    if spec.reps is not None:
        each = _each_side(spec) if spec.alternate else ""
        return f"{counted(spec.reps, 'rep')}{each}, at your own pace"
    step = plan.steps[spec.first_step]
    return f"{'Keep moving' if step.continuous else 'Hold'} for about {time_words(step.estimate_s)}"


def place(spec: SetSpec) -> str:
    """Where in its exercise a set stands: `Set 2 of 3`, `Round 2 of 3`; nothing when there is but one."""
    if spec.sets > 1:
        return f"Set {spec.set} of {spec.sets}"
    if spec.rounds is not None and spec.rounds > 1:
        return f"Round {spec.round} of {spec.rounds}"
    return ""


def place_of_next(plan: Plan, set_index: int) -> str:
    """A set that goes on with the same exercise: `Set 2 of 3, left side, 4 reps`."""
    spec = plan.sets[set_index]
    before = plan.sets[set_index - 1].reps
    reps = "" if spec.reps is None or spec.reps == before else counted(spec.reps, "rep")
    parts = (f"Set {spec.set} of {spec.sets}", side_words(spec.side).lower(), reps)
    return ", ".join(part for part in parts if part)


def round_words(plan: Plan, set_index: int) -> str:
    """At the first exercise of a circuit's round: which round, or how many there will be."""
    spec = plan.sets[set_index]
    if spec.rounds is None or spec.rounds == 1 or not new_round(plan, set_index):
        return ""
    return counted(spec.rounds, "round") if spec.round == 1 else f"Round {spec.round} of {spec.rounds}"


def reminder(plan: Plan, set_index: int) -> str:
    """One thing to take care of, another at each set."""
    exercise = exercise_of(plan, set_index)
    known = faults(exercise) if exercise else ()
    return known[(plan.sets[set_index].set - 2) % len(known)] if known else ""


def lower(text: str) -> str:
    """Text that goes on after a comma or a colon."""
    return text[:1].lower() + text[1:]


def _reps(plan: Plan, set_index: int) -> str:
    reps = reps_of_all(plan, set_index)
    if len(set(reps)) > 1:
        return f"{len(reps)} sets: {', '.join(str(number) for number in reps)} reps"
    spec = plan.sets[set_index]
    return f"{_sets_of(spec)}{counted(spec.reps or 0, 'rep')}"


def _held(spec: SetSpec) -> str:
    if spec.hold_s is None:
        return ""
    return f", {'each ' if spec.reps != 1 else ''}held for {time_words(spec.hold_s)}"


def _sets_of(spec: SetSpec) -> str:
    return f"{spec.sets} sets of " if spec.sets > 1 and spec.set == 1 else ""


def _each_side(spec: SetSpec) -> str:
    if spec.alternate:
        return " on each side, in turn"
    return " on each side" if spec.side is not None else ""
