"""What a day asks for of each exercise: within which ranges its level moves, and which days share one."""

from __future__ import annotations

from backtimer.core.plan.prescription import Ranges, merge, ranges_of
from backtimer.core.plan.routine import Circuit, Day, Prescription, Routine
from backtimer.core.plan.turns import prescriptions_of
from backtimer.core.plan.units import Count


def ranges_of_day(routine: Routine, day: str) -> dict[str, Ranges]:
    """By exercise id, in the order of the day, the ranges within which its level moves.

    An exercise that the day asks for more than once is told by the first prescription that has a range.
    """
    found: dict[str, Ranges] = {}
    asked = routine.days.get(day)
    for item in () if asked is None else asked.items:
        for prescription in prescriptions_of(item):
            exercise = routine.exercises.get(prescription.exercise)
            if exercise is None or (exercise.id in found and found[exercise.id].moves):
                continue
            ranges = ranges_of(prescription, exercise, item if isinstance(item, Circuit) else None)
            if ranges.moves or exercise.id not in found:
                found[exercise.id] = ranges
    return found


def days_alike(routine: Routine, day: str) -> dict[str, frozenset[str]]:
    """By exercise id, the days that ask for the same of an exercise as this one does, itself among them.

    They share one level. Rests, the time for a change of side and notes are no difference.
    """
    asked = {name: _amounts(routine, other) for name, other in routine.days.items()}
    return {
        exercise: frozenset(name for name, other in asked.items() if other.get(exercise) == amounts)
        for exercise, amounts in asked.get(day, {}).items()
    }


def _amounts(routine: Routine, day: Day) -> dict[str, list[tuple[Prescription, Count | None]]]:
    """By exercise id, how much of it a day asks for, each time that it does."""
    found: dict[str, list[tuple[Prescription, Count | None]]] = {}
    for item in day.items:
        rounds = item.rounds if isinstance(item, Circuit) else None
        for prescription in prescriptions_of(item):
            exercise = routine.exercises.get(prescription.exercise)
            if exercise is not None:
                whole = merge(prescription, exercise.prescription)
                amount = whole._replace(rest=None, switch=None, breather=None, note="", first=None)
                found.setdefault(exercise.id, []).append((amount, rounds))
    return found
