"""Rests that a routine writes, and how long they become by the way to what follows and by its words."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from backtimer.core.plan.hints import Hint, too_long_a_way
from backtimer.core.plan.plan import Plan, StepKind
from backtimer.core.plan.routine import Defaults, Routine, Sides
from backtimer.core.plan.turns import PersonalRoutine, Turn, turns, written_s
from backtimer.language import _
from backtimer.values import NamedTuple

_A_LITTLE = 1.1
"""A rest that becomes no longer than this many times itself is as good as kept."""


def rests_between(routine: Routine, day: str) -> Iterator[tuple[int, float, tuple[int, ...]]]:
    """The rests that a day writes between its exercises, and for which the way alone is not too long.

    Yields:
        The index of the set in the plan of the day that follows, the seconds, and the entry that it is of.
    """
    defaults, first = routine.defaults, 0
    before: Turn | None = None
    for turn in turns(PersonalRoutine(routine, defaults.breathing, {}, ()), routine.days[day]):
        rest_s = None if before is None else written_s(turn, before, defaults, defaults.breathing)
        if before is not None and rest_s and isfinite(rest_s) and _is_written(turn, before, defaults):
            too_long = too_long_a_way(defaults, before, turn, rest_s) is not None  # which is told
            yield from () if too_long else ((first, rest_s, turn.entry),)
        first += len(turn.work.reps) * (2 if turn.work.sides is Sides.EACH else 1)
        before = turn


def _is_written(turn: Turn, before: Turn, defaults: Defaults) -> bool:
    """Whether the rest between two turns is the author's own."""
    if turn.pause_s is None and turn.circuit is not None and before.item == turn.item:
        return before.round == turn.round or turn.circuit.rest is not None or "round_rest" in defaults.written
    return True


def longer_rests(routine: Routine, day: str, told: Plan, explained: Plan) -> Iterator[Hint]:
    """Rests that are written and cannot be kept, each entry once: the way and its words take longer.

    Those that are kept as soon as the exercises are known are one hint of the day.

    Args:
        routine: The routine.
        day: The key of the day.
        told: The plan of the day, with the time for all words that are told each time.
        explained: The same for one to whom each exercise is new.
    """
    found: dict[tuple[int, ...], _Longer] = {}
    for index, rest_s, entry in rests_between(routine, day):
        spec = told.sets[index]
        steps = told.steps[spec.lead_in : spec.first_step]
        if any(step.since is not None for step in steps):
            continue
        gap = _Longer(
            rest_s,
            spec.exercise or spec.activity,
            sum(step.estimate_s for step in steps),
            sum(step.estimate_s for step in steps if step.kind is not StepKind.REST),
            sum(step.estimate_s for step in explained.steps[spec.lead_in : spec.first_step]),
        )
        longest = max(found.get(entry, gap), gap, key=lambda each: each.takes_s / each.rest_s)
        found[entry] = longest._replace(new_s=max(gap.new_s, found.get(entry, gap).new_s))
    yield from (Hint(gap.words(), day, entry) for entry, gap in found.items() if gap.is_longer(gap.takes_s))
    at_first = [gap for gap in found.values() if gap.is_longer(gap.new_s) and not gap.is_longer(gap.takes_s)]
    if at_first:
        new = _("rests that become longer while exercises are new and explained: {rests}")
        yield Hint(new.format(rests=", ".join(gap.at_first_words() for gap in at_first)), day)


class _Longer(NamedTuple):
    """A rest as it is written, and as it becomes."""

    rest_s: float
    exercise: str
    takes_s: float
    way_s: float
    """So much of that is not rest."""
    new_s: float
    """What it takes while the exercise is explained."""

    def is_longer(self, takes_s: float) -> bool:
        return takes_s > self.rest_s * _A_LITTLE

    def at_first_words(self) -> str:
        told = _("{rest} s before '{exercise}' become {takes} s")
        return told.format(rest=f"{self.rest_s:g}", exercise=self.exercise, takes=f"{self.new_s:g}")

    def words(self) -> str:
        """What becomes of it."""
        text = self._longer()
        if self.new_s <= self.takes_s:
            return text
        new = _("{hint}; while the exercise is new and explained, it is {time} s")
        return new.format(hint=text, time=f"{self.new_s:g}")

    def _longer(self) -> str:
        left_s = self.takes_s - self.way_s
        longer = (
            _("the rest of {rest} s before '{exercise}' becomes {takes} s, for the way there and its words")
            if not left_s
            else _(
                "the rest of {rest} s before '{exercise}' becomes {takes} s: "
                "{left} s of rest, then {way} s for the way there and its words"
            )
            if self.way_s
            else _(
                "the rest of {rest} s before '{exercise}' becomes {takes} s, for its words: "
                "a rest with words in it is made longer by whole 5 s"
            )
        )
        return longer.format(
            rest=f"{self.rest_s:g}",
            exercise=self.exercise,
            takes=f"{self.takes_s:g}",
            way=f"{self.way_s:g}",
            left=f"{left_s:g}",
        )
