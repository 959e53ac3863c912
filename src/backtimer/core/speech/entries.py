"""A plan as the lines of a day's list: one line per prescription, whatever its sets, sides and rounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backtimer.core.plan.plan import (
    Plan,
    SetSpec,
    StepKind,
    goes_on,
    has_open_end,
    new_round,
    reps_of_all,
)
from backtimer.core.speech.phrases import exercise_name, on_one_side, time_text
from backtimer.language import _, counted_words
from backtimer.values import NamedTuple


class DayEntry(NamedTuple):
    """One line of a day's list."""

    item: int
    """Which entry of the day it comes from, 0-based; the lines of a circuit share it."""
    exercise: str | None
    """Its id; None for an activity."""
    name: str
    """Of the exercise, or the activity in words."""
    amount: str
    """`3 × 10 reps`, `2 × 20 s each side`."""
    hold: str
    """`hold 3 s` in every rep; `hold` or `keep moving` for a set that is one; or nothing."""
    load: str
    note: str
    group: str
    """`Circuit · 3 rounds`, or just its title where it is done straight; empty outside a circuit."""
    seconds: float
    """Its work and all that leads to it; the entries of a plan add up to its total."""
    estimated: bool
    sets: tuple[int, ...]
    """Indexes into `Plan.sets`."""

    @property
    def text(self) -> str:
        """How much: `3 × 10 reps each side · hold 3 s · red band`."""
        return " · ".join(part for part in (self.amount, self.hold, self.load) if part)


def entries(plan: Plan) -> tuple[DayEntry, ...]:
    """The lines of a day's list, in order."""
    return tuple(_entry(plan, indexes) for indexes in _grouped(plan))


def set_text(plan: Plan, set_index: int) -> str:
    """How much one set is: `10 reps each side · hold 3 s`; the side itself where it has one."""
    spec = plan.sets[set_index]
    much = _amount(plan, spec)
    if spec.alternate:
        much = _in_turns(much)
    elif spec.side is not None:
        much = on_one_side(much, spec)
    return " · ".join(part for part in (much, hold_text(plan, spec), spec.load) if part)


def hold_text(plan: Plan, spec: SetSpec) -> str:
    """`hold 3 s` in every rep; `hold` or `keep moving` for a set that is one; or nothing."""
    if spec.exercise is None:
        return ""
    if not spec.by_reps:
        return _("keep moving") if plan.steps[spec.first_step].continuous else _("hold")
    return "" if spec.hold_s is None else _("hold {time}").format(time=time_text(spec.hold_s))


def _grouped(plan: Plan) -> Iterator[list[int]]:
    """Indexes of the sets of each line; in a circuit those of all rounds together."""
    lines: dict[tuple[int, int, str], list[int]] = {}
    number = 0
    for index, spec in enumerate(plan.sets):
        if index == 0 or plan.sets[index - 1].item != spec.item or new_round(plan, index):
            number = 0
        elif not goes_on(plan, index):
            number += 1
        # In a later round an exercise may be left out that was done in fewer rounds.
        other = (
            spec.exercise or "" if spec.in_place_of else ""
        )  # beside the line of what it is done in place of
        while (spec.item, number, other) in lines and plan.sets[
            lines[spec.item, number, other][0]
        ].exercise != spec.exercise:
            number += 1
        lines.setdefault((spec.item, number, other), []).append(index)
    yield from lines.values()


def _entry(plan: Plan, indexes: list[int]) -> DayEntry:
    specs = [plan.sets[index] for index in indexes]
    first = specs[0]
    amount = _amount_of_all(plan, indexes)
    if first.one_sided:
        amount = on_one_side(amount, first)
    elif first.side is not None:
        amount = _("{amount} each side").format(amount=amount)
    elif first.alternate:
        amount = _in_turns(amount)
    steps = [step for spec in specs for step in plan.steps[spec.lead_in : spec.last_step + 1]]
    return DayEntry(
        item=first.item,
        exercise=first.exercise,
        name=exercise_name(plan, first),
        amount=amount,
        hold=_of_all(hold_text(plan, spec) for spec in specs),
        load=_of_all(spec.load for spec in specs),
        note=first.note,
        group=_group(first),
        seconds=sum(step.estimate_s for step in steps),
        estimated=has_open_end(steps),
        sets=tuple(indexes),
    )


def _of_all(texts: Iterable[str]) -> str:
    """What is said of all sets of an entry, each different thing once."""
    return ", ".join(dict.fromkeys(text for text in texts if text))


def _amount_of_all(plan: Plan, indexes: list[int]) -> str:
    """How much a prescription is, its sets included; in a circuit: in one round, or in each of them."""
    set_index, first = indexes[0], plan.sets[indexes[0]]
    reps = reps_of_all(plan, set_index)
    if first.sets == 1 and first.round is not None:
        by_round = [plan.sets[index].reps for index in indexes if plan.sets[index].side is first.side]
        reps = by_round if len(set(by_round)) > 1 else reps
    sides = [plan.sets[index] for index in indexes if plan.sets[index].side is first.side]
    amounts = [_amount(plan, spec) for spec in sides]
    if not first.by_reps and len(set(amounts)) > 1:
        return ", ".join(amounts)
    if len(set(reps)) > 1:
        text = counted_words("{number} rep", "{number} reps", max(2, reps[-1] or 0))
        many = _("as many as are comfortable")
        return text.format(number=", ".join(many if number is None else str(number) for number in reps))
    one = _amount(plan, plan.sets[set_index])
    return one if len(reps) == 1 else f"{len(reps)} × {one}"


def _amount(plan: Plan, spec: SetSpec) -> str:
    if spec.reps is not None:
        return counted_words("{number} rep", "{number} reps", spec.reps).format(number=spec.reps)
    if spec.as_many:
        return _("as many as are comfortable")
    if spec.as_long and spec.most_s is not None:
        return _("as long as is comfortable, at most {time}").format(time=time_text(spec.most_s))
    if spec.as_long:
        return _("as long as is comfortable")
    step = plan.steps[spec.first_step]
    length = time_text(step.estimate_s if spec.hold_s is None else spec.hold_s)
    if step.seconds is not None:
        return length
    if step.kind is StepKind.ACTIVITY:
        return _("as long as you like")
    return _("about {time}").format(time=length)


def _in_turns(amount: str) -> str:
    return _("{amount} each side in turn").format(amount=amount)


def _group(spec: SetSpec) -> str:
    if spec.rounds is None:
        return spec.circuit  # done straight
    rounds = counted_words("{number} round", "{number} rounds", spec.rounds).format(number=spec.rounds)
    return f"{spec.circuit or _('Circuit')} · {rounds}"
