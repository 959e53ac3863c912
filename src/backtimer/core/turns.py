"""Whose turn it is: the prescriptions of a day in the order in which they are done, round by round.

And the ranges within which their amounts move, which follow from the same reading of the day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from backtimer.core.easing import in_easier_form, no_more_than
from backtimer.core.levels import Level, Ranges
from backtimer.core.plan import PlanError
from backtimer.core.prescribing import Work, prescribe, ranges_of
from backtimer.core.routine import Circuit, Day, Exercise, Item, Prescription, Routine, Side, Sides
from backtimer.core.units import Breathing


@dataclass(frozen=True, slots=True)
class Turn:
    """A prescription when its turn comes: once, or once a round."""

    work: Work
    item: int
    circuit: Circuit | None = None
    round: int | None = None
    rounds: int | None = None
    """How many the circuit has: as many as the exercise that is done in most of them."""

    @property
    def first_side(self) -> Side | None:
        """The side it begins with; None where the whole set is of no side."""
        return Side.LEFT if self.work.sides is Sides.EACH else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A routine as one person does it."""

    routine: Routine
    breathing: Breathing
    levels: Mapping[str, Level]
    easier: Collection[str]


def turns(wanted: Wanted, day: Day) -> Iterator[Turn]:
    """All turns of a day, in order; in a circuit an exercise leaves when its own rounds are over.

    Raises:
        PlanError: An exercise is not known, or its prescription does not say how much.
    """
    for index, item in enumerate(day.items):
        works = tuple(_works(wanted, item))
        asked = tuple(each.exercise for each in _prescriptions(item))
        if isinstance(item, Prescription):
            yield Turn(works[0], index)
            continue
        own = [
            _rounds_of(wanted, item, work.exercise if work.exercise.id == name else None)
            for work, name in zip(works, asked, strict=True)
        ]
        for number in range(1, max(own, default=0) + 1):
            for work, rounds in zip(works, own, strict=True):
                if number <= rounds:
                    yield Turn(work, index, item, number, max(own))


def _rounds_of(wanted: Wanted, circuit: Circuit, exercise: Exercise | None) -> int:
    """In how many rounds of a circuit an exercise is done: as its level says, or at the low end.

    An easier form (None) is done at the low end.
    """
    level = Level() if exercise is None else wanted.levels.get(exercise.id, Level())
    return Ranges(rounds=circuit.rounds).clamp(level).rounds or circuit.rounds.low


def _works(wanted: Wanted, item: Item) -> Iterator[Work]:
    routine = wanted.routine
    for asked in _prescriptions(item):
        prescription = in_easier_form(asked, routine.exercises, wanted.easier) if wanted.easier else asked
        if prescription is not asked:
            whole = _work(wanted, item, asked, at_level=False)
            eased = _work(wanted, item, prescription, at_level=False)
            prescription = no_more_than(whole, eased, prescription)
        yield _work(wanted, item, prescription, at_level=prescription is asked)


def _work(wanted: Wanted, item: Item, prescription: Prescription, *, at_level: bool) -> Work:
    routine = wanted.routine
    exercise = routine.exercises.get(prescription.exercise)
    if exercise is None:
        raise PlanError(f"{routine.id} asks for an exercise that is not known: {prescription.exercise}")
    return prescribe(
        prescription,
        exercise,
        routine.defaults,
        wanted.breathing,
        in_circuit=isinstance(item, Circuit),
        level=wanted.levels.get(exercise.id) if at_level else None,
    )


def ranges_of_day(routine: Routine, day: str) -> dict[str, Ranges]:
    """By exercise id, in the order of the day, the ranges within which its level moves.

    An exercise that the day asks for more than once is told by the first prescription that has a range.
    """
    found: dict[str, Ranges] = {}
    asked = routine.days.get(day)
    for item in () if asked is None else asked.items:
        for prescription in _prescriptions(item):
            exercise = routine.exercises.get(prescription.exercise)
            if exercise is None or (exercise.id in found and found[exercise.id].moves):
                continue
            ranges = ranges_of(prescription, exercise, item if isinstance(item, Circuit) else None)
            if ranges.moves or exercise.id not in found:
                found[exercise.id] = ranges
    return found


def _prescriptions(item: Item) -> tuple[Prescription, ...]:
    return item.exercises if isinstance(item, Circuit) else (item,)
