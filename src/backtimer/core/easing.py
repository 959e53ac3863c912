"""An exercise that hurt is offered in its easier form next time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from backtimer.core.prescribing import merge
from backtimer.core.routine import Exercise, Prescription


def in_easier_form(
    asked: Prescription, exercises: Mapping[str, Exercise], hurt: Collection[str]
) -> Prescription:
    """What to do in place of an exercise that hurt: its easier form, or the easier form of that one.

    The easier form comes with its own amounts, and with the rest that the day gives. One that has no amounts
    of its own takes those of the exercise it stands for.

    Args:
        asked: What the day asks for.
        exercises: All that are known, by id.
        hurt: The ids of those that hurt.
    """
    first = easier = exercises.get(asked.exercise)
    seen = {asked.exercise}
    while easier is not None and easier.id in hurt:
        following = exercises.get(easier.easier)
        if following is None or following.id in seen:
            break
        seen.add(following.id)
        easier = following
    if first is None or easier is None or easier is first:
        return asked
    note = _note(first)
    if easier.prescription is None:
        whole = merge(asked, first.prescription)
        return replace(whole, exercise=easier.id, sides=None, load="", note=note)
    return Prescription(easier.id, rest=asked.rest, note=note)


def _note(exercise: Exercise) -> str:
    return f"In place of {exercise.name}, which hurt last time."
