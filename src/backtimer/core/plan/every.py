"""What says `every`: whether there is time for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backtimer.core.plan.compile import Layout, lead_to
from backtimer.core.plan.hints import Hint
from backtimer.core.plan.plan import Plan, PlanError
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.routine import Circuit, Day, Routine, Sides
from backtimer.core.plan.turns import (
    PersonalRoutine,
    Turn,
    at_entry,
    goes_on_in_round,
    new_round_every,
    next_set_every_s,
    prescriptions_of,
    turns,
)
from backtimer.core.plan.ways import way_s
from backtimer.core.plan.work import Work
from backtimer.language import _
from backtimer.values import NamedTuple


def check_every(routine: Routine, day: str, tops: Mapping[str, Level]) -> None:
    """Refuse a day in which something takes longer than its `every`, at the low end of its ranges or the top.

    It may where the person says when it is over, and at the top of a range that no routine says.

    Args:
        routine: The routine.
        day: The key of the day.
        tops: By exercise id, the top of those of its ranges that the routine says.

    Raises:
        PlanError: With what it is.
    """
    if says_every(routine, routine.days[day]):
        _check_at(routine, day, {})
        _check_at(routine, day, tops)


def _check_at(
    routine: Routine, day: str, levels: Mapping[str, Level], *, with_way_back: bool = False
) -> None:
    pace = routine.defaults.breathing
    layout, before, untimed = Layout(day, pace), None, False
    for turn in turns(PersonalRoutine(routine, pace, levels, ()), routine.days[day]):
        work = turn.work
        every = None if before is None else new_round_every(turn, before)
        takes_s = layout.round_s
        if with_way_back and before is not None:
            back_s = way_s(before.work.exercise.position, turn.work.exercise.position)
            takes_s += max(back_s, routine.defaults.position_change.seconds(pace)) if back_s else 0.0
        if every is not None and not untimed and takes_s > every.seconds(pace):
            told = (
                _(
                    "at the top of its ranges a round takes {time} s, longer than its 'every' of {every} s; "
                    "ask for less in it, for a quicker 'tempo', or for less 'relax'"
                )
                if levels
                else _(
                    "a round takes {time} s, longer than its 'every' of {every} s; ask for less in it, "
                    "for a quicker 'tempo', or for less 'relax'"
                )
            )
            with at_entry(turn.item):
                raise PlanError(told.format(time=f"{takes_s:g}", every=f"{every.seconds(pace):g}"))
        with at_entry(*turn.entry):
            for index in range(len(work.reps)) if work.of_set(0).every_s is not None else ():
                _check_set(work, index, at_top=bool(levels))
        untimed = work.open_ended or (untimed and goes_on_in_round(turn, before))
        lead_to(turn, before, layout, routine, pace)
        layout.work(turn)
        before = turn


def late_at_tops(routine: Routine, day: str, tops: Mapping[str, Level]) -> Iterator[Hint]:
    """What takes longer than its `every` at the top of all ranges, a round with the way to its beginning.

    Args:
        routine: The routine.
        day: The key of the day.
        tops: By exercise id, the top of all its ranges.
    """
    try:
        _check_at(routine, day, tops, with_way_back=True)
    except PlanError as late:
        text = _("{late}, or write amounts in place of the exercises' own").format(late=late)
        yield Hint(text, day, late.entry)


def says_every(routine: Routine, day: Day) -> bool:
    asked = [each for item in day.items for each in prescriptions_of(item)]
    own = (routine.exercises[each.exercise].prescription for each in asked if each.exercise)
    circuits = (item.every for item in day.items if isinstance(item, Circuit))
    return any(each.every for each in asked) or any(each and each.every for each in own) or any(circuits)


def _check_set(work: Work, index: int, *, at_top: bool) -> None:
    every_s = work.of_set(index).every_s
    if every_s is None or not work.is_late(index, every_s):
        return
    told = (
        _(
            "{exercise}: at the top of its ranges a set takes {time} s, longer than its 'every' of "
            "{every} s; ask for less in it, for a quicker 'tempo', or for less 'relax'"
        )
        if at_top
        else _(
            "{exercise}: a set takes {time} s, longer than its 'every' of {every} s; ask for less in it, "
            "for a quicker 'tempo', or for less 'relax'"
        )
    )
    time, every = f"{work.set_s(index):g}", f"{every_s:g}"
    raise PlanError(told.format(exercise=work.exercise.id, time=time, every=every))


class Interval(NamedTuple):
    """From the beginning of one set to that of another so long is to pass, as the routine says."""

    since: int
    """The index of a set in the plan of the day."""
    until: int
    every_s: float
    entry: tuple[int, ...]
    """The entry of the day that begins then."""


def intervals(routine: Routine, day: str) -> Iterator[Interval]:
    """What a day says of `every`, where each set is over by the clock."""
    if not says_every(routine, routine.days[day]):
        return
    before: Turn | None = None
    first = of_round = 0
    for turn in turns(PersonalRoutine(routine, routine.defaults.breathing, {}, ()), routine.days[day]):
        if before is not None:
            every, alone_s = new_round_every(turn, before), next_set_every_s(turn, before)
            if every is not None:
                yield Interval(of_round, first, every.seconds(routine.defaults.breathing), turn.entry)
            elif alone_s is not None and not before.work.of_set(-1).open_ended:
                yield Interval(first - _sides(before.work), first, alone_s, turn.entry)
        if not goes_on_in_round(turn, before):
            of_round = first
        for index in range(len(turn.work.reps)):
            every_s = turn.work.of_set(index - 1).every_s if index else None
            if every_s is not None and not turn.work.of_set(index - 1).open_ended:
                yield Interval(first - _sides(turn.work), first, every_s, turn.entry)
            first += _sides(turn.work)
        before = turn


def _sides(work: Work) -> int:
    """How many sets of the plan a set on all its sides is."""
    return 2 if work.sides is Sides.EACH else 1


def late_beginnings(routine: Routine, day: str, told: Plan, explained: Plan) -> Iterator[Hint]:
    """What begins later than its `every` says, each entry once: the way to it and its words take longer.

    Args:
        routine: The routine.
        day: The key of the day.
        told: The plan of the day, with the time for all words that are told each time.
        explained: The same for one to whom each exercise is new.
    """
    late: dict[tuple[int, ...], Hint] = {}
    late_at_first: dict[tuple[int, ...], Hint] = {}
    for each in intervals(routine, day):
        exercise = told.sets[each.until].exercise or told.sets[each.until].activity
        takes_s, new_s = (_passes_s(plan, each) for plan in (told, explained))
        if takes_s > each.every_s:
            text = _(
                "'{exercise}' begins after {time} s, later than the 'every' of {every} s: so long takes what "
                "is before it, with the way and its words"
            ).format(exercise=exercise, time=f"{takes_s:g}", every=f"{each.every_s:g}")
            late.setdefault(each.entry, Hint(text, day, each.entry))
        elif new_s > each.every_s:
            text = _(
                "'{exercise}' begins after {time} s, later than the 'every' of {every} s, while what comes "
                "is new and explained"
            ).format(exercise=exercise, time=f"{new_s:g}", every=f"{each.every_s:g}")
            late_at_first.setdefault(each.entry, Hint(text, day, each.entry))
    yield from sorted((late_at_first | late).values(), key=lambda hint: hint.entry)


def _passes_s(plan: Plan, interval: Interval) -> float:
    """The seconds from the beginning of one set to that of the other; 0 where the person says so."""
    since, until = (plan.sets[index].first_step for index in (interval.since, interval.until))
    steps = plan.steps[since:until]
    return 0.0 if any(step.seconds is None for step in steps) else sum(step.estimate_s for step in steps)
