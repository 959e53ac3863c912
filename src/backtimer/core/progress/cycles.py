"""Cycles: days that follow each other whatever weekday it is, and which of them a date asks for.

Without weekdays a cycle goes by the date, from the day on which the routine was chosen. With weekdays it
waits: the next of the cycle is the one after the last that was done, half of its sets or more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from backtimer.core.plan.routine import REST_NAME, WEEKDAYS, Cycle, Day, DayKind, Routine
from backtimer.core.progress.calendar import DayDone, Due, Schedule, place_in_period


def key_on(cycle: Cycle | None, day: date, since: date, done: Sequence[DayDone], today: date) -> str:
    """Which day of a routine a date asks for, as the routine names it.

    Args:
        cycle: Of the routine; None: each weekday is a day of its own.
        day: The date.
        since: When the routine was chosen.
        done: Which of its days were done since then, oldest first; only for a cycle that waits.
        today: On later dates it is taken that all goes as planned.
    """
    if cycle is None:
        return WEEKDAYS[day.weekday()]
    if not cycle.on:
        return cycle.days[(day - since).days % len(cycle.days)]
    then = [each for each in done if each.local_date == day and each.day in cycle.days]
    if then and day <= today:
        return then[-1].day
    if not _asks(cycle, day):
        return REST_NAME
    if day <= today:
        before = [each for each in done if each.local_date < day]
        return cycle.days[_next(cycle, before)]
    ahead = [today + timedelta(days=away) for away in range((day - today).days)]
    waiting = sum(_asks(cycle, each) for each in ahead)
    if _asks(cycle, today) and any(each.local_date == today and each.day in cycle.days for each in done):
        waiting -= 1  # today's has been done, and is among those that were
    return cycle.days[(_next(cycle, done) + waiting) % len(cycle.days)]


def _asks(cycle: Cycle, day: date) -> bool:
    return WEEKDAYS[day.weekday()] in cycle.on


def _next(cycle: Cycle, done: Sequence[DayDone]) -> int:
    """The place in the cycle that comes after all that was done; what is not in it changes nothing."""
    place, length = 0, len(cycle.days)
    for each in done:
        steps = (step for step in range(length) if cycle.days[(place + step) % length] == each.day)
        step = next(steps, None)
        if step is not None:
            place = (place + step + 1) % length
    return place


def schedule_of(routine: Routine, today: date, since: date) -> Schedule:
    """Which days a routine asks for.

    Args:
        routine: Whose days they are.
        today: From when on.
        since: When it was chosen; a cycle without weekdays is counted from there.
    """
    cycle = routine.cycle
    if cycle is None:
        days = {WEEKDAYS.index(name): asked for name, asked in routine.days.items()}
        return Schedule(today, routine.id, _due(days))
    if cycle.on:
        return Schedule(today, routine.id, {WEEKDAYS.index(weekday): Due() for weekday in sorted(cycle.on)})
    period = len(cycle.days)
    turns = ((since + timedelta(days=away), name) for away, name in enumerate(cycle.days))
    return Schedule(
        today,
        routine.id,
        _due({place_in_period(day, period): routine.days[name] for day, name in turns}),
        period,
    )


def _due(days: Mapping[int, Day]) -> dict[int, Due]:
    return {
        at: Due(asked.times, asked.optional) for at, asked in days.items() if asked.kind is not DayKind.REST
    }
