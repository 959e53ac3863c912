"""What says `every`: whether there is time for it."""

from __future__ import annotations

from backtimer.core.plan.compile import Layout, lead_to
from backtimer.core.plan.plan import PlanError
from backtimer.core.plan.routine import Circuit, Day, Routine
from backtimer.core.plan.turns import (
    PersonalRoutine,
    at_entry,
    goes_on_in_round,
    new_round_every,
    prescriptions_of,
    turns,
)
from backtimer.core.plan.work import Work
from backtimer.language import _


def check_every(routine: Routine, day: str) -> None:
    """Refuse a day in which something takes longer than its `every`.

    At a person's own levels it may: then there is no rest. So it may where she says when it is over.

    Raises:
        PlanError: With what it is.
    """
    if not _says_every(routine, routine.days[day]):
        return
    pace = routine.defaults.breathing
    layout, before, untimed = Layout(day), None, False
    for turn in turns(PersonalRoutine(routine, pace, {}, ()), routine.days[day]):
        work = turn.work
        every = None if before is None else new_round_every(turn, before)
        if every is not None and not untimed and layout.round_s > every.seconds(pace):
            told = _("a round takes {time} s, longer than its 'every' of {every} s")
            with at_entry(turn.item):
                raise PlanError(told.format(time=f"{layout.round_s:g}", every=f"{every.seconds(pace):g}"))
        with at_entry(*turn.entry):
            for index in range(len(work.reps)) if work.of_set(0).every_s is not None else ():
                _check_set(work, index)
        untimed = work.open_ended or (untimed and goes_on_in_round(turn, before))
        lead_to(turn, before, layout, routine, pace)
        layout.work(turn)
        before = turn


def _says_every(routine: Routine, day: Day) -> bool:
    asked = [each for item in day.items for each in prescriptions_of(item)]
    own = (routine.exercises[each.exercise].prescription for each in asked if each.exercise)
    circuits = (item.every for item in day.items if isinstance(item, Circuit))
    return any(each.every for each in asked) or any(each and each.every for each in own) or any(circuits)


def _check_set(work: Work, index: int) -> None:
    every_s = work.of_set(index).every_s or 0.0
    if work.set_s(index) > every_s and not work.of_set(index).open_ended:
        told = _("{exercise}: a set takes {time} s, longer than its 'every' of {every} s")
        time, every = f"{work.set_s(index):g}", f"{every_s:g}"
        raise PlanError(told.format(exercise=work.exercise.id, time=time, every=every))
