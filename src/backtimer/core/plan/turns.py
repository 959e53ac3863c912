"""Whose turn it is: the prescriptions of a day in the order in which they are done, round by round."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import takewhile

from backtimer.core.plan.easing import held_as, in_easier_form, no_more_than
from backtimer.core.plan.exchanging import FormKind, Swap, in_form
from backtimer.core.plan.plan import PlanError
from backtimer.core.plan.prescription import Level, Ranges, prescribe
from backtimer.core.plan.routine import (
    Circuit,
    Day,
    Defaults,
    Exercise,
    Item,
    Prescription,
    Routine,
    Side,
    Sides,
)
from backtimer.core.plan.units import Breathing, Duration, seconds
from backtimer.core.plan.work import OTHER_SIDE, Work, activity_work
from backtimer.language import _
from backtimer.values import NamedTuple


class Turn(NamedTuple):
    """A prescription when its turn comes: once, or once a round."""

    work: Work
    item: int
    circuit: Circuit | None = None
    round: int | None = None
    """None outside a circuit, and in one that is done straight."""
    rounds: int | None = None
    """How many the circuit has: as many as the exercise that is done in most of them."""
    pause_s: float | None = None
    """The rest that stands before it as an entry of its own; None: there is none."""
    place: int | None = None
    """Which entry of its circuit it is; None outside one."""

    @property
    def entry(self) -> tuple[int, ...]:
        """Where it stands in its day."""
        return (self.item,) if self.place is None else (self.item, self.place)

    @property
    def first_side(self) -> Side | None:
        """The side it begins with; None where the whole set is of no side."""
        return self.work.first if self.work.sides is Sides.EACH else self.work.only

    @property
    def last_side(self) -> Side | None:
        """The side it ends with; None where the whole set is of no side."""
        return OTHER_SIDE[self.work.first] if self.work.sides is Sides.EACH else self.work.only


@contextmanager
def at_entry(*place: int) -> Iterator[None]:
    """Say of a mistake which entry it is about; one of a circuit's own is told its place in that first."""
    try:
        yield
    except PlanError as error:
        error.entry = (*place, *error.entry)
        raise


NO_SWAPS: Mapping[str, Swap] = {}


class PersonalRoutine(NamedTuple):
    """A routine as one person does it."""

    routine: Routine
    breathing: Breathing
    levels: Mapping[str, Level]
    easier: Collection[str]
    straight: bool = False
    """Circuits are done exercise by exercise, set after set, where that can be."""
    swaps: Mapping[str, Swap] = NO_SWAPS
    """By the id of what would be done, what is done in its place."""


def of_session(routine: Routine, day: str, done: int) -> Routine:
    """The routine with a day as it is after so many sessions of it on a date: some entries come at first."""
    asked = routine.days[day]
    items = tuple(_left(asked.items, done))
    if items == asked.items:
        return routine
    return routine._replace(days={**routine.days, day: asked._replace(items=items)})


def _left(items: Iterable[Item], done: int) -> Iterator[Item]:
    for item in items:
        if item.first_sessions is not None and done >= item.first_sessions:
            continue
        if isinstance(item, Prescription):
            yield item
            continue
        inside = (one for one in item.exercises if one.first_sessions is None or done < one.first_sessions)
        if exercises := tuple(inside):
            yield item._replace(exercises=exercises)


def turns(personal: PersonalRoutine, day: Day) -> Iterator[Turn]:
    """All turns of a day, in order; in a circuit an exercise leaves when its own rounds are over.

    Raises:
        PlanError: An exercise is not known, or its prescription does not say how much.
    """
    pause_s: float | None = None
    for turn in _all_turns(personal, day):
        if isinstance(turn, Turn):
            yield turn if pause_s is None else turn._replace(pause_s=pause_s)
            pause_s = None
        else:
            pause_s = (pause_s or 0.0) + turn.seconds(personal.breathing)


def _all_turns(personal: PersonalRoutine, day: Day) -> Iterator[Turn | Duration]:
    """The turns, and the rests that stand between them as entries of their own."""
    for index, item in enumerate(day.items):
        with at_entry(index):
            works = tuple(_works(personal, item))
        if isinstance(item, Prescription):
            yield works[0] if isinstance(works[0], Duration) else Turn(works[0], index)
            continue
        asked = item.exercises
        own = [
            _rounds_of(personal, item, work.exercise if work.exercise.id == each.exercise else None)
            for work, each in zip(works, asked, strict=True)
            if isinstance(work, Work) and work.exercise.id
        ]
        if personal.straight and can_be_straight(item):
            yield from straight_turns(personal, index, item, works, own)
            continue
        most = max(own, default=item.rounds.low)
        for number in range(1, most + 1):
            left = iter(own)
            for place, (work, prescription) in enumerate(zip(works, asked, strict=True)):
                if isinstance(work, Duration):
                    yield work
                elif number <= (next(left) if work.exercise.id else most):
                    by_round = goes_by_round(prescription, item, work)
                    one = work.alone(number - 1) if by_round else work
                    yield Turn(one, index, item, number, most, place=place)


def can_be_straight(circuit: Circuit) -> bool:
    """Whether the exercises of a circuit can be done one by one, all sets of each.

    Not where its rounds begin by the clock, or have a walk in them: they are what is wanted then.
    """
    exercises = [each for each in circuit.exercises if not each.is_rest]
    return (
        len(exercises) > 1
        and circuit.rounds.high > 1
        and circuit.every is None
        and not any(each.activity or each.every for each in exercises)
    )


def straight_turns(
    personal: PersonalRoutine,
    index: int,
    circuit: Circuit,
    works: Sequence[Work | Duration],
    rounds: Iterable[int],
) -> Iterator[Turn | Duration]:
    """The turns of a circuit that is done straight: one an exercise, its rounds as sets.

    Between them is the rest that is between rounds.

    Args:
        personal: Whose routine it is.
        index: Which entry of the day the circuit is.
        circuit: The circuit.
        works: What is done in a round.
        rounds: Of each exercise, in how many.
    """
    rest_s, left = _round_rest_s(personal, circuit), iter(rounds)
    for place, (work, prescription) in enumerate(zip(works, circuit.exercises, strict=True)):
        if isinstance(work, Duration):
            yield work
            continue
        by_round = goes_by_round(prescription, circuit, work)
        of_round = [work.alone(number) if by_round else work for number in range(next(left))]
        sets = [one for each in of_round for one in _sets_of_round(each, rest_s)]
        reps = tuple(count for one in sets for count in one.reps)
        yield Turn(work._replace(reps=reps, each=tuple(sets), every_s=None), index, circuit, place=place)


def _sets_of_round(work: Work, rest_s: float) -> Iterator[Work]:
    """The sets of a round, each alone, with the rest after it: after the last, that between rounds."""
    last = len(work.reps) - 1
    for number in range(last):
        yield work.alone(number)._replace(rest_s=work.rest_after_s(number), every_s=None, each=())
    yield work.alone(last)._replace(rest_s=rest_s, every_s=None, each=())


def _round_rest_s(personal: PersonalRoutine, circuit: Circuit) -> float:
    """The rest between two rounds: what stands as an entry at their ends, or what the circuit says."""
    pace, entries = personal.breathing, circuit.exercises
    at_end = takewhile(lambda each: each.is_rest, reversed(entries))
    at_start = takewhile(lambda each: each.is_rest, entries)
    between = [each.rest.seconds(pace) for each in (*at_end, *at_start) if each.rest is not None]
    if between:
        return sum(between)
    defaults = personal.routine.defaults
    rest = defaults.round_rest if circuit.rest is None else circuit.rest
    # In a round the others are a rest; straight nothing would be left of it.
    return rest.seconds(pace) or defaults.rest.seconds(pace)


def goes_by_round(prescription: Prescription, circuit: Circuit, work: Work) -> bool:
    """Whether a list in a circuit has an entry for each round, rather than for each set in all of them."""
    reps, rounds = prescription.reps, circuit.rounds
    listed = bool(prescription.by_set) or (reps is not None and reps.is_pyramid)
    return (
        listed
        and prescription.sets is None
        and work.exercise.id == prescription.exercise
        and rounds.low == rounds.high == len(work.reps)
    )


def _rounds_of(personal: PersonalRoutine, circuit: Circuit, exercise: Exercise | None) -> int:
    """In how many rounds of a circuit an exercise is done: as its level says, or at the low end.

    An easier form (None) is done at the low end.
    """
    level = Level() if exercise is None else personal.levels.get(exercise.id, Level())
    return Ranges(rounds=circuit.rounds).clamp(level).rounds or circuit.rounds.low


def _works(personal: PersonalRoutine, item: Item) -> Iterator[Work | Duration]:
    """The work of each prescription of an entry; of one that is nothing but a rest, that."""
    for place, asked in enumerate(prescriptions_of(item)):
        if not asked.exercise:
            yield (asked.rest or seconds(0)) if asked.is_rest else activity_work(asked, personal.breathing)
            continue
        with at_entry(*([place] if isinstance(item, Circuit) else [])):
            work = _work_of(personal, item, asked)
        yield work


def _work_of(personal: PersonalRoutine, item: Item, asked: Prescription) -> Work:
    """The work of a prescription or, where that hurt, of the easier form in its place."""
    exercises = personal.routine.exercises
    prescription = in_easier_form(asked, exercises, personal.easier) if personal.easier else asked
    if prescription is not asked:
        whole = _work(personal, item, asked, at_level=False).least
        prescription = _cut_down(personal, item, prescription, whole)
    work = _work(personal, item, prescription, at_level=prescription is asked)
    swap = personal.swaps.get(work.exercise.id)
    form = None if swap is None else exercises.get(swap.form)
    if swap is None or form is None:
        return work
    try:
        taken = in_form(prescription, work.exercise, form, swap.why, len(work.reps))
        every_s = work.every_s
        if isinstance(item, Circuit) and item.every is not None:
            every_s = item.every.seconds(personal.breathing)
        if swap.why is FormKind.EASIER or every_s is not None:
            taken = _cut_down(personal, item, taken, work.least)
        found = _work(personal, item, taken, at_level=False)
    except PlanError:  # its file has changed since: the day is not lost for it
        return work
    if every_s is not None and any(found.is_late(index, every_s) for index in range(len(found.reps))):
        return work
    return found._replace(in_place_of=work.exercise.id)


def _cut_down(personal: PersonalRoutine, item: Item, prescription: Prescription, whole: Work) -> Prescription:
    """An easier form, with no more of it than of what it stands for."""
    try:
        eased = _work(personal, item, prescription, at_level=False)
    except PlanError:  # a hold and nothing else, in place of reps: the day is not lost for it
        prescription = held_as(whole, prescription, personal.routine.exercises[prescription.exercise])
        eased = _work(personal, item, prescription, at_level=False)
    return no_more_than(whole, eased, prescription)


def _work(personal: PersonalRoutine, item: Item, prescription: Prescription, *, at_level: bool) -> Work:
    routine = personal.routine
    exercise = routine.exercises.get(prescription.exercise)
    if exercise is None:
        unknown = _("{routine} asks for an exercise that is not known: {exercise}")
        raise PlanError(unknown.format(routine=routine.id, exercise=prescription.exercise))
    return prescribe(
        prescription,
        exercise,
        routine.defaults._replace(written=()) if exercise.id in routine.own else routine.defaults,
        personal.breathing,
        in_circuit=isinstance(item, Circuit),
        level=personal.levels.get(exercise.id) if at_level else None,
    )


def prescriptions_of(item: Item) -> tuple[Prescription, ...]:
    """The prescriptions of an entry of a day."""
    return item.exercises if isinstance(item, Circuit) else (item,)


def new_round_every(turn: Turn, before: Turn) -> Duration | None:
    """The time from round to round, where one begins with this turn; None where none is said."""
    if turn.circuit is None or before.item != turn.item or before.round == turn.round:
        return None
    return turn.circuit.every


def next_set_every_s(turn: Turn, before: Turn) -> float | None:
    """The seconds from the beginning of the last set before a turn to its own; None: nothing is said.

    A prescription of several sets says it of those, and of what comes after them only where that goes on by
    the clock as well. A rest that is written, as an entry or between rounds, is all there is.
    """
    last, following = before.work.of_set(-1), turn.work.of_set(0)
    circuit = turn.circuit
    between_rounds = circuit is not None and before.item == turn.item and before.round != turn.round
    if turn.pause_s is not None or (between_rounds and circuit is not None and circuit.rest is not None):
        return None
    return last.every_s if len(before.work.reps) == 1 or following.every_s is not None else None


def goes_on_in_round(turn: Turn, before: Turn | None) -> bool:
    """Whether a turn is of the same round of a circuit as the one before."""
    return before is not None and (before.item, before.round) == (turn.item, turn.round)


def written_s(turn: Turn, before: Turn, defaults: Defaults, breathing: Breathing) -> float | None:
    """The rest that is written between two turns: as an entry, between rounds, or by the first of the two.

    0 is none at all; None: nothing is said.
    """
    if turn.pause_s is not None:
        return turn.pause_s
    if turn.circuit is not None and before.item == turn.item and before.round != turn.round:
        rest = defaults.round_rest if turn.circuit.rest is None else turn.circuit.rest
        return rest.seconds(breathing)
    return before.work.of_set(-1).given_rest_s
