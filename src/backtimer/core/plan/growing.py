"""A routine in which an exercise has given way to its harder form, where the person said yes to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.exchanging import as_harder
from backtimer.core.plan.levels import days_alike
from backtimer.core.plan.plan import PlanError
from backtimer.core.plan.routine import Circuit, Day, Exercise, Item, Prescription, Routine


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
        if _can_be_done(with_it, days):
            routine = with_it
    return routine


def _can_be_done(routine: Routine, days: Iterable[str]) -> bool:
    try:
        for day in days:
            compile_day(routine, day)
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
