"""Days of many exercises: what one must know is told of each of them before it is done."""

from __future__ import annotations

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import WEEKDAYS, Day, DayKind, Prescription, Routine, Sides
from backtimer.core.plan.units import Count
from backtimer.core.speech.lead_times import as_told
from tests.bundled import CATALOGUE, catalogue
from tests.rules import for_each
from tests.told import AFTER, NEVER, tellings

MUST = frozenset({"name", "side", "equipment", "movement", "note"})


def day_of_every(nth: int) -> Plan:
    names = sorted(CATALOGUE)[::nth]
    items = tuple(
        Prescription(
            name,
            sets=Count(1, 1),
            note=f"My own note is number {number}.",
            sides=Sides.LEFT if catalogue()[name].sides is Sides.EACH else None,
        )
        for number, name in enumerate(names)
    )
    day = Day(DayKind.EXERCISES, items=items)
    return compile_day(Routine("long", "Long", {"monday": day}, catalogue()), WEEKDAYS[0])


@for_each("nth", [7, 5, 4])
@for_each("instructions", ["full", "auto"])
def test_name_side_things_movement_and_note_are_told_however_many_exercises_there_are(
    nth: int, instructions: str
) -> None:
    plan = as_told(day_of_every(nth), instructions)
    assert len(plan.exercises) >= 12
    told = [each for each in tellings(plan) if each.kind in MUST]
    assert not [each for each in told if each.when in (NEVER, AFTER)]
