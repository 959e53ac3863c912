"""How far a session is, as marks: its rounds and sets, and the lines of its list."""

from __future__ import annotations

from collections.abc import Sequence

from backtimer.core.picture.moment import AgendaLine, Mark, Tally
from backtimer.core.picture.workout_parts import MOST_MARKS
from backtimer.core.plan.plan import Plan, SetSpec
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.core.session.session import Snapshot
from backtimer.core.speech.entries import entries
from backtimer.core.speech.languages import v
from backtimer.core.speech.phrases import lower
from backtimer.storage.text import clean

_MARK_OF = {
    Outcome.DONE: Mark.DONE,
    Outcome.PARTIAL: Mark.PARTIAL,
    Outcome.SKIPPED: Mark.SKIPPED,
    Outcome.HURT: Mark.HURT,
}
_WORST_FIRST = (Mark.HURT, Mark.SKIPPED, Mark.PARTIAL, Mark.TO_COME, Mark.DONE)
"""A set done on each side is two; together they are as the one that went worse."""


def tallies_of(
    plan: Plan, spec: SetSpec, records: Sequence[SetRecord | None], current: int
) -> tuple[Tally, ...]:
    """The round, the set and the load of what is shown."""
    tallies = []
    if spec.rounds is not None and spec.round is not None and spec.rounds > 1:
        marks = _round_marks(plan, spec, records)
        tallies.append(Tally(lower(v.ROUND_OF.format(round=spec.round, rounds=spec.rounds)), marks))
    if spec.exercise is not None and (spec.sets > 1 or not tallies):
        marks = _set_marks(plan, spec, records, current)
        tallies.append(Tally(lower(v.SET_OF.format(set=spec.set, sets=spec.sets)), marks))
    if spec.load:
        tallies.append(Tally(clean(spec.load)))
    return tuple(tallies)


def _set_marks(
    plan: Plan, spec: SetSpec, records: Sequence[SetRecord | None], current: int
) -> tuple[Mark, ...]:
    """A mark for each set of this exercise in this entry of the day (and round), both sides together."""
    if spec.sets > MOST_MARKS:
        return ()
    found: dict[int, list[Mark]] = {}
    for index, other in enumerate(plan.sets):
        if (other.item, other.round, other.exercise) == (spec.item, spec.round, spec.exercise):
            mark = Mark.NOW if index == current else _mark(records[index])
            found.setdefault(other.set, []).append(mark)
    return tuple(_together(found.get(number, [])) for number in range(1, spec.sets + 1))


def _round_marks(plan: Plan, spec: SetSpec, records: Sequence[SetRecord | None]) -> tuple[Mark, ...]:
    """A mark for each round of this circuit, all its exercises together; one to come has no outcome yet."""
    if spec.rounds is None or spec.rounds > MOST_MARKS:
        return ()
    found: dict[int | None, list[Mark]] = {spec.round: [Mark.NOW]}
    for index, other in enumerate(plan.sets):
        if other.item == spec.item:
            found.setdefault(other.round, []).append(_mark(records[index]))

    def mark(number: int) -> Mark:
        marks = found.get(number, [])
        to_come = number > (spec.round or 0) and Mark.TO_COME in marks
        return Mark.TO_COME if to_come else _together(marks)

    return tuple(mark(number) for number in range(1, spec.rounds + 1))


def _mark(record: SetRecord | None) -> Mark:
    return Mark.TO_COME if record is None else _MARK_OF[record.outcome]


def _together(marks: Sequence[Mark]) -> Mark:
    if Mark.NOW in marks:
        return Mark.NOW
    return next((mark for mark in _WORST_FIRST if mark in marks), Mark.TO_COME)


def agenda_of(plan: Plan, now: Snapshot) -> tuple[AgendaLine, ...]:
    """The session's list, with what is done of each line."""
    lines = entries(plan)
    return (
        tuple(AgendaLine(clean(line.name), clean(line.text), _agenda_mark(line.sets, now)) for line in lines)
        if len(lines) > 1
        else ()
    )


def _agenda_mark(sets: Sequence[int], now: Snapshot) -> Mark:
    if now.step.set_index in sets:
        return Mark.NOW
    marks = [_mark(now.records[index]) for index in sets]
    if Mark.TO_COME in marks and any(mark not in (Mark.TO_COME, Mark.HURT) for mark in marks):
        return Mark.PARTIAL
    return _together(marks)
