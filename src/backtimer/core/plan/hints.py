"""What a routine writes that its plans do not do, or do otherwise: no mistakes, but good to know."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from backtimer.core.plan.routine import Circuit, Day, DayKind, Prescription, Routine, Sides
from backtimer.core.plan.turns import PersonalRoutine, Turn, turns, written_s
from backtimer.core.plan.ways import way_s
from backtimer.language import _


def hints_of_day(routine: Routine, day: str) -> tuple[str, ...]:
    """What a day writes and does not do as it is written, a clause each.

    Raises:
        PlanError: The day cannot be compiled.
    """
    asked = routine.days[day]
    if asked.kind is not DayKind.EXERCISES:
        return ()
    taken = tuple(turns(PersonalRoutine(routine, routine.defaults.breathing, {}, ()), asked))
    if asked.items and isinstance(asked.items[-1], Prescription) and asked.items[-1].is_rest:
        idle: tuple[str, ...] = (_("the rest at the end is not used: nothing comes after it"),)
    else:
        idle = ()
    idle += tuple(_always(asked))
    dropped = (each for index, item in enumerate(asked.items) for each in _dropped(item, index, taken))
    return tuple(dict.fromkeys((*dropped, *idle, *_longer_ways(routine, taken))))


def _always(day: Day) -> Iterator[str]:
    """Entries that say in which sessions they come, on a day that has no more than those."""
    for item in day.items:
        for each in (item, *(item.exercises if isinstance(item, Circuit) else ())):
            if each.first_sessions is not None and each.first_sessions >= day.times:
                name = each.title if isinstance(each, Circuit) else each.exercise or each.activity
                told = _("the 'first_sessions' of '{entry}' is not used: 'times' of the day is {times}")
                yield told.format(entry=name or _("Circuit"), times=day.times)


def _longer_ways(routine: Routine, taken: tuple[Turn, ...]) -> Iterator[str]:
    """Changes of position that take longer than the author gives them."""
    defaults = routine.defaults
    given_s = defaults.position_change.seconds(defaults.breathing)
    for before, after in pairwise(taken):
        one, other = before.work.exercise, after.work.exercise
        needed_s = way_s(one.position, other.position)
        rest_s = written_s(after, before, defaults, defaults.breathing)  # the way is part of it
        if needed_s > max(given_s, rest_s):
            longer = _(
                "from '{before}' to '{after}' takes {needed} s, from {position} to {next_position}: "
                "longer than the position_change of {given} s"
            )
            yield longer.format(
                before=one.id,
                after=other.id,
                needed=f"{needed_s:g}",
                position=one.position,
                next_position=other.position,
                given=f"{given_s:g}",
            )


def _dropped(item: Prescription | Circuit, index: int, taken: tuple[Turn, ...]) -> Iterator[str]:
    """What an entry of a day writes in vain."""
    asked = item.exercises if isinstance(item, Circuit) else (item,)
    own = [turn for turn in taken if turn.item == index]
    for place, each in enumerate(asked):
        if not each.exercise:
            continue
        work = next(turn.work for turn in own if turn.work.exercise.id == each.exercise)
        if each.switch is not None and (work.sides is Sides.NONE or work.paired):
            sideless = _("the 'switch' of '{exercise}' is not used: its reps change no side")
            yield sideless.format(exercise=each.exercise)
        if each.first is not None and work.sides is Sides.NONE and not work.paired:
            one = _("the 'first' of '{exercise}' is not used: it has not two sides, one after the other")
            yield one.format(exercise=each.exercise)
        if each.relax is not None and not work.by_reps:
            yield _("the 'relax' of '{exercise}' is not used: it has no reps").format(exercise=each.exercise)
        last = place == len(asked) - 1
        if each.rest is None or not last or len(work.reps) > 1:
            continue
        if isinstance(item, Circuit) and len({turn.round for turn in own}) > 1:
            between = _("the 'rest' of '{exercise}' is not used between rounds: the circuit's is")
            yield between.format(exercise=each.exercise)
        elif own and own[-1] is taken[-1]:
            last_of_all = _("the 'rest' of '{exercise}' is not used: nothing comes after it")
            yield last_of_all.format(exercise=each.exercise)
