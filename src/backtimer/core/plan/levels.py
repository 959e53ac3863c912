"""What a day asks for of an exercise: its ranges, the days that share a level, its harder form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.every import check_every
from backtimer.core.plan.exchanging import as_harder
from backtimer.core.plan.plan import PlanError
from backtimer.core.plan.prescription import Level, Ranges, merge, ranges_of
from backtimer.core.plan.routine import Circuit, Day, Exercise, Item, Prescription, Routine
from backtimer.core.plan.turns import prescriptions_of
from backtimer.core.plan.units import Count


def ranges_of_day(routine: Routine, day: str) -> dict[str, Ranges]:
    """By exercise id, in the order of the day, the ranges within which its level moves.

    An exercise that the day asks for more than once is told by the first prescription that has a range.
    """
    found: dict[str, Ranges] = {}
    for asked, ranges in _ranges(routine, day):
        known = found.get(asked.exercise)
        if known is None or (ranges.moves and not known.moves):
            found[asked.exercise] = ranges
    return found


def _ranges(routine: Routine, day: str) -> Iterator[tuple[Prescription, Ranges]]:
    """The prescriptions of a day, each with the ranges within which its level moves."""
    asked = routine.days.get(day)
    for item in () if asked is None else asked.items:
        circuit = item if isinstance(item, Circuit) else None
        for prescription in prescriptions_of(item):
            exercise = routine.exercises.get(prescription.exercise)
            if exercise is not None:
                yield prescription, ranges_of(prescription, exercise, circuit)


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


def grown(routine: Routine, taken: Iterable[tuple[str, str, Exercise]]) -> Routine:
    """The routine with harder forms in it.

    Args:
        routine: As its author wrote it.
        taken: What was said yes to, oldest first: the day, the exercise's id, and its harder form. It holds
            for all days that ask for the same of the exercise.
    """
    for day, exercise, harder in taken:
        days = days_alike(routine, day).get(exercise, frozenset())
        changed = {name: _with_harder(routine.days[name], exercise, harder) for name in days}
        exercises = {**routine.exercises, harder.id: harder}
        with_it = routine._replace(days={**routine.days, **changed}, exercises=exercises)
        if _can_be_done(with_it, days, harder.id):
            routine = with_it
    return routine


def tops_of_day(routine: Routine, day: str) -> dict[str, Level]:
    """By exercise id, the top of its ranges."""
    return {exercise: ranges.top for exercise, ranges in ranges_of_day(routine, day).items() if ranges.moves}


def written_tops_of_day(routine: Routine, day: str) -> dict[str, Level]:
    """By exercise id, the top of those of its ranges that the routine itself says.

    Those of the catalogue begin at their low end: nobody who wrote no range has to think of one.
    """
    found: dict[str, Level] = {}
    for asked, ranges in _ranges(routine, day):
        own = asked.exercise in routine.own
        times = (asked.hold, asked.duration, *dict(asked.tempo).values())
        written = Ranges(
            ranges.reps if own or asked.reps is not None else None,
            ranges.hold if own or ranges.hold in times else None,
            ranges.sets if own or asked.sets is not None else None,
            ranges.rounds,
        )
        if written.moves:
            found.setdefault(asked.exercise, written.top)
    return found


def _can_be_done(routine: Routine, days: Iterable[str], harder: str) -> bool:
    try:
        for day in days:
            compile_day(routine, day)
            tops = {name: top for name, top in tops_of_day(routine, day).items() if name == harder}
            check_every(routine, day, written_tops_of_day(routine, day) | tops)
    except PlanError:
        return False
    return True


def _with_harder(day: Day, exercise: str, harder: Exercise) -> Day:
    return day._replace(items=tuple(_grown_item(item, exercise, harder) for item in day.items))


def _grown_item(item: Item, exercise: str, harder: Exercise) -> Item:
    if isinstance(item, Circuit):
        return item._replace(exercises=tuple(_in_place(each, {exercise}, harder) for each in item.exercises))
    return _in_place(item, {exercise}, harder)


def _in_place(asked: Prescription, of: Collection[str], harder: Exercise) -> Prescription:
    return as_harder(asked, harder, asked.note) if asked.exercise in of else asked
