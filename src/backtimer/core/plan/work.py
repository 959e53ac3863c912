"""The work of a prescription: amounts in seconds and reps, ready to be laid out as steps."""

from __future__ import annotations

from backtimer.core.plan.plan import READY_S
from backtimer.core.plan.rep import RepPhase
from backtimer.core.plan.routine import HOLD, RELAX, Breath, Exercise, Position, Prescription, Side, Sides
from backtimer.core.plan.units import Breathing
from backtimer.core.plan.ways import ON_ONE_SIDE
from backtimer.values import NamedTuple

MAX_REPS_ESTIMATE = 10
"""How many reps are expected of a set of as many as are comfortable."""

MOST_REPS = 50
"""How many reps such a set has tempo for; with the last of them it is over."""


BREATHER_REPS = 6
"""A set of so many reps a side, or more, has a breather in its middle, if it has one at all."""

OTHER_SIDE = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


class Work(NamedTuple):
    """One prescription, ready to be laid out as steps."""

    exercise: Exercise
    sides: Sides
    reps: tuple[int | None, ...]
    """One entry per set: its reps per side, or None when a set has none, or as many as are comfortable."""
    phases: tuple[RepPhase, ...]
    """One rep; or, in a set without reps, the hold with the way in and out, or the movement that fills it."""
    by_reps: bool
    """Whether a set is made of reps."""
    continuous: bool
    """A set is one movement that goes on for a time."""
    self_paced: bool
    relax_s: float
    """Between reps."""
    switch_s: float
    rest_s: float
    """Between its sets."""
    given_rest_s: float | None
    """The rest that the day itself gives; None: it says nothing of rest."""
    load: str
    note: str
    breaths: int = 0
    """So many breaths the hold that fills a set takes, where its author counts it in breaths; else 0."""
    first: Side = Side.LEFT
    """The side that comes first, where it has both."""
    only: Side | None = None
    """The one side that it is done on."""
    every_s: float | None = None
    """From the beginning of a set to that of the next."""
    as_long: bool = False
    """A hold that is over when the person says so."""
    most_s: float | None = None
    """When it is over at the latest."""
    each: tuple[Work, ...] = ()
    """The work of each set, where lists make them different; else empty."""
    in_place_of: str = ""
    """The id of the exercise in whose place it is done; empty: in none's."""
    breather_s: float = 0.0
    """In place of the change of side in the middle of a long set."""

    @property
    def open_ended(self) -> bool:
        """Whether the person says when some set of it is over."""
        sets = self.each or (self,)
        return any(one.self_paced or (one.by_reps and None in one.reps) for one in sets)

    def of_set(self, index: int) -> Work:
        """The work of the set with this 0-based index, alone where it has amounts of its own."""
        return self.each[index] if self.each else self

    def set_s(self, index: int) -> float:
        """What the set with this 0-based index takes, on all its sides."""
        one = self.of_set(index)
        side_s = one.estimate_s(0 if self.each else index)
        return 2 * side_s + one.turning_s if one.sides is Sides.EACH else side_s

    @property
    def turning_s(self) -> float:
        """From a set on one side to that on the other: nobody turns over in no time."""
        return self.switch_s or READY_S * (self.exercise.position in ON_ONE_SIDE)

    def rest_after_s(self, index: int) -> float:
        """The rest between a set and the next one of its own: as it is said, or what remains."""
        one = self.of_set(index)
        return one.rest_s if one.every_s is None else max(0.0, one.every_s - self.set_s(index))

    def is_late(self, index: int, every_s: float) -> bool:
        """Whether the set with this 0-based index takes longer than that; not if she says when it ends."""
        return self.set_s(index) > every_s and not self.of_set(index).open_ended

    def alone(self, index: int) -> Work:
        """The set with this 0-based index, as the only one."""
        return self.each[index] if self.each else self._replace(reps=self.reps[index : index + 1])

    @property
    def least(self) -> Work:
        """With all sets as the shortest of them."""
        if not self.each:
            return self
        least = min(self.each, key=lambda work: work.estimate_s(0))
        return least._replace(reps=least.reps * len(self.reps))

    @property
    def hold_s(self) -> float | None:
        """The hold in every rep, or the one that fills a set; None when there is none."""
        held = (phase.seconds for phase in self.phases if phase.name == HOLD)
        return None if self.continuous else next(held, None)

    @property
    def length_s(self) -> float | None:
        """What one that fills a set takes; None: the person says when it is over."""
        return None if self.self_paced else self.phases[0].seconds

    @property
    def held(self) -> RepPhase:
        """The hold, or in its place the first phase."""
        return next((phase for phase in self.phases if phase.name == HOLD), self.phases[0])

    @property
    def paired(self) -> bool:
        """One rep uses both sides, one after the other."""
        return any(phase.side is not None for phase in self.phases)

    @property
    def last_of_rep(self) -> int:
        """Index of the phase with which a rep is done: the last one that is not there to relax.

        Of a rep that uses both sides it is the last one of the second: what follows is the way back.
        """
        if self.paired:
            second = OTHER_SIDE[self.first]
            return max(index for index, phase in enumerate(self.phases) if phase.side is second)
        working = [index for index, phase in enumerate(self.phases) if phase.name != RELAX]
        return working[-1] if working else len(self.phases) - 1

    @property
    def before_switch(self) -> tuple[RepPhase, ...]:
        """A rep that a change of side follows: that takes its time from the relaxing at its end."""
        *others, last = self.phases
        if last.name != RELAX or not others:
            return self.phases
        left_s = last.seconds - self.switch_s
        return (*others, last._replace(seconds=left_s)) if left_s > 0 else tuple(others)

    def breather_after(self, reps: int | None) -> int | None:
        """After how many reps a side there is a breather in a set of so many; None: there is none."""
        in_turn = self.sides is Sides.ALTERNATE and not self.paired
        long = reps is not None and reps >= BREATHER_REPS and self.breather_s > self.switch_s
        return reps // 2 if reps is not None and long and in_turn else None

    @property
    def gap_s(self) -> float:
        """What stands between two reps in a set, beyond the reps themselves."""
        if self.sides is not Sides.ALTERNATE or self.paired:
            return self.relax_s
        absorbed_s = sum(p.seconds for p in self.phases) - sum(p.seconds for p in self.before_switch)
        return max(self.relax_s, self.switch_s) - absorbed_s

    def estimate_s(self, set_index: int) -> float:
        """What the set with this 0-based index is expected to take (one side of it, where it is `each`)."""
        rep_s = sum(phase.seconds for phase in self.phases)
        if not self.by_reps:
            return rep_s
        breathes = self.breather_after(self.reps[set_index]) is not None
        reps = self.reps[set_index] or MAX_REPS_ESTIMATE
        if self.sides is Sides.ALTERNATE and not self.paired:
            reps *= 2
        return reps * rep_s + (reps - 1) * self.gap_s + breathes * (self.breather_s - self.switch_s)


ACTIVITY_ESTIMATE_S = 1800.0
"""What an activity without a duration is expected to take."""


def activity_work(asked: Prescription, breathing: Breathing) -> Work:
    """An activity among the exercises of a day: one movement, done standing, of an exercise without an id."""
    length_s = ACTIVITY_ESTIMATE_S if asked.duration is None else asked.duration.seconds(breathing)
    moving = RepPhase(HOLD, length_s, Breath.FREE)
    one = Exercise("", asked.activity, Position.STANDING)
    untimed = asked.duration is None
    return Work(
        one, Sides.NONE, (None,), (moving,), False, True, untimed, 0.0, 0.0, 0.0, None, "", asked.note
    )
