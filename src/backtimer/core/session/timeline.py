"""A plan as the engine sees it: lengths in nanoseconds, and what each step means for going on.

Everything is worked out once, so that each question takes the same short time in a plan of any length.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from backtimer.core.plan.plan import (
    COUNTED_S,
    LONG_HOLD_S,
    READY_S,
    Plan,
    SetSpec,
    Step,
    StepKind,
    measured_steps,
)
from backtimer.core.plan.routine import HOLD, Position, Side
from backtimer.core.plan.ways import ON_ONE_SIDE, way_s

# Moments as whole nanoseconds since the first one heard of.
#
# Sums of whole numbers are exact, so a deadline is never off however many steps came before it.

SECOND = 1_000_000_000

BACK = SECOND // 10
"""A clock goes back when it shows this much less than before: timers that fire early differ by less."""


def to_ns(seconds: float) -> int:
    return round(seconds * SECOND)


def to_s(nanoseconds: int) -> float:
    return nanoseconds / SECOND


class TimeLine:
    """Goes between the caller's seconds, of any origin, and the engine's nanoseconds, which never go back."""

    def __init__(self) -> None:
        self._origin_s: float | None = None
        self.last = 0
        """The last moment heard of."""

    def moment(self, now: float) -> int:
        """The moment that `now` means, at the earliest the last one heard of.

        Raises:
            ValueError: `now` is no finite number.
        """
        if not math.isfinite(now):
            raise ValueError(f"not a moment: {now}")
        if self._origin_s is None:
            return self.last
        return max(self.last, to_ns(now - self._origin_s))

    def hear(self, now: float) -> int:
        """Take note of `now`, and tell the moment that it means."""
        self.last = self.moment(now)
        if self._origin_s is None:
            self._origin_s = now
        return self.last

    def turn_back(self, now: float) -> int:
        """Take `now`, on a clock that has gone back, for the last moment heard of.

        Returns:
            By how much the clock has gone back; 0 when it has not.
        """
        if not math.isfinite(now):
            raise ValueError(f"not a moment: {now}")
        if self._origin_s is None:
            return 0
        gap = self.last - to_ns(now - self._origin_s)
        if gap <= BACK:
            return 0
        self._origin_s = now - to_s(self.last)
        return gap

    def seconds(self, moment: int) -> float:
        """A moment on the caller's own time line."""
        return (self._origin_s or 0.0) + moment / SECOND

    def deadline(self, moment: int) -> float:
        """The first of the caller's seconds at which a moment has come.

        Far from the origin, floats are coarser than nanoseconds: the nearest one may lie just before it.
        """
        now = self.seconds(moment)
        while to_ns(now - (self._origin_s or 0.0)) < moment:
            now = math.nextafter(now, math.inf)
        return now


LONG_HOLD = to_ns(LONG_HOLD_S)

COUNT_IN = COUNTED_S * SECOND
"""The 3-2-1 before work: the shortest way to any set."""

READY = to_ns(READY_S)
"""The shortest rest that lasts until a certain time."""

EASE = 10 * SECOND
"""The shortest way to a set for one who has to ease out of what hurts first."""

_LANDINGS = frozenset({StepKind.PREPARE, StepKind.TRANSITION, StepKind.SWITCH})
"""The steps on which a jump to a set lands, when one stands directly before its work."""


class Course:
    """The facts of a plan that a run through it needs, and which of its sets lie ahead.

    Ahead are all but those of an exercise that hurt, unless that is taken back.

    Args:
        plan: What is run through.
        behind: Sets that are passed by on the way on; one can go back to them.
    """

    def __init__(self, plan: Plan, behind: Iterable[int] = ()) -> None:
        if not plan.steps or not plan.sets:
            raise ValueError("a plan without steps cannot be run")
        self.plan = plan
        self.lengths = tuple(None if step.seconds is None else to_ns(step.seconds) for step in plan.steps)
        """None: the step waits for the person."""
        self.estimates = tuple(to_ns(step.estimate_s) for step in plan.steps)
        self.attended = True
        """Someone can press keys; otherwise a set of as many reps as are comfortable has those expected."""
        known = {exercise.id: exercise.position for exercise in plan.exercises}
        self._positions = tuple(
            Position.STANDING if spec.exercise is None else known.get(spec.exercise) for spec in plan.sets
        )
        self._measured = frozenset(index for spec in plan.sets for index in measured_steps(plan, spec))
        self._rep_starts = self._find_rep_starts()
        self._rep_sides = self._find_rep_sides()
        self._barred: set[str | None] = set()
        self._behind = frozenset(behind)
        self._left = self._sum_up()

    def step(self, index: int) -> Step:
        return self.plan.steps[index]

    def spec(self, set_index: int) -> SetSpec:
        return self.plan.sets[set_index]

    def set_of(self, index: int) -> int:
        """The set a step belongs or leads to."""
        return self.plan.steps[index].set_index

    def time_of(self, set_index: int) -> int:
        """How long a set takes, with all that leads to it."""
        spec = self.spec(set_index)
        return sum(self.estimates[spec.lead_in : spec.last_step + 1])

    def leads_in(self, index: int) -> bool:
        """Whether a step comes before the work of its set. A switch between two reps does not."""
        return index < self.spec(self.set_of(index)).first_step

    def is_work(self, index: int) -> bool:
        """Whether the time of a step is credited to its set."""
        return self.step(index).kind in (StepKind.PHASE, StepKind.ACTIVITY, StepKind.SELF_PACED)

    def waits(self, index: int) -> bool:
        """Whether the person says when the set of a step is over: it is at her own pace, or has no number."""
        step = self.step(index)
        if step.seconds is None:
            return True
        return self.attended and self.spec(step.set_index).as_many and not self.leads_in(index)

    def ends_set(self, index: int) -> bool:
        """Whether a set is over when a step has run to its end."""
        if index == self.spec(self.set_of(index)).last_step:
            return True
        step = self.step(index)
        return not self.attended and self.step(index + 1).beyond and (step.rep_end or not step.beyond)

    def is_hold(self, index: int) -> bool:
        """Whether each moment of a step counts for itself, rather than only its end."""
        step = self.step(index)
        if not self.is_work(index):
            return False
        fills_set = not self.spec(step.set_index).by_reps and self.is_measured(index)
        return step.phase == HOLD or step.seconds is None or fills_set

    def is_measured(self, index: int) -> bool:
        """Whether the time of a step is what its set is recorded with: not that of the way into one hold."""
        return index in self._measured

    def ends_rep(self, index: int) -> bool:
        """Whether a rep is complete when a step ends."""
        step = self.step(index)
        return step.kind is StepKind.PHASE and step.rep_end and self.spec(step.set_index).by_reps

    def rep_sides(self, set_index: int) -> frozenset[Side | None]:
        """The sides on which a rep must be done to count: both in an alternating set.

        Where a rep does both sides itself, it is done with the second.
        """
        return self._rep_sides[set_index]

    def rep_start(self, index: int) -> int | None:
        """The first step of the rep that a step is part of.

        A set without reps is its own rep, over with its hold. None outside reps: in what leads to a set, in a
        change of side, and in what follows when a rep is done.
        """
        return self._rep_starts[index]

    def half_of(self, index: int, length: int | None) -> int | None:
        """Where the halfway mark of a step of this length is, if it has one."""
        kind = self.step(index).kind
        if length is None or kind not in (StepKind.PHASE, StepKind.ACTIVITY):
            return None
        return length // 2 if kind is StepKind.ACTIVITY or length > LONG_HOLD else None

    def most_of(self, index: int) -> int | None:
        """Where a step that waits for the person is over by itself; None: nowhere."""
        most_s = self.spec(self.set_of(index)).most_s
        return None if most_s is None or self.step(index).kind is not StepKind.SELF_PACED else to_ns(most_s)

    def going_on(self, index: int, length: int | None) -> int | None:
        """Where to begin anew after a pause in a step of this length; None: carry on where it stopped.

        A long hold carries on, as does all else that counts by the moment; a movement does not, however long.
        """
        if length is None or (length > LONG_HOLD and self.is_hold(index)):
            return None
        return self._rep_starts[index]

    def landing(self, set_index: int) -> int:
        """The step on which a jump to a set lands: what directly leads to it, unless that is a rest."""
        spec = self.spec(set_index)
        before = spec.first_step - 1
        if before >= spec.lead_in and self.step(before).kind in _LANDINGS:
            return before
        return spec.first_step

    def leads_from(self, worked: int | None, set_index: int) -> bool:
        """Whether what the plan has before a set is right for one who comes from another.

        It is after the set that it was planned to follow. A transition is, too, for one who is in the same
        position as if she came from there: its words and its length hold.

        Args:
            worked: The set last worked on; None: none yet.
            set_index: The set to go to.
        """
        if worked is None:
            return set_index == 0
        if worked == set_index - 1:
            return True
        landing = self.step(self.landing(set_index))
        if set_index == 0 or landing.kind is not StepKind.TRANSITION:
            return False
        return self._positions[set_index - 1] == self._positions[worked]

    def moves(self, worked: int | None, set_index: int) -> bool:
        """Whether the way from one set to another is one to another position."""
        return worked is not None and self._positions[worked] != self._positions[set_index]

    def is_elsewhere(self, led: int, worked: int | None) -> bool:
        """Whether who was on the way to a set may be in another position than that last worked in."""
        return worked is None or self.moves(worked, led)

    def change(self, worked: int | None, set_index: int, led: int | None = None) -> int:
        """How long it takes to get from one set to another: into its position, or only to its exercise.

        It is as long as the plan itself takes, where the exercise is new.

        Args:
            worked: The set last worked on; None: none yet.
            set_index: The set to go to.
            led: A set on the way to which she was, so that she may come from there.
        """
        return max(self._change(worked, set_index), 0 if led is None else self._change(led, set_index))

    def _change(self, worked: int | None, set_index: int) -> int:
        new = self._explained_in(worked, set_index)
        if worked is None:  # she stands or sits, yet
            first = self._positions[set_index]
            least_s = way_s(Position.STANDING, first) if first is not None else 0.0
            return max(to_ns(max(self.plan.position_change_s, least_s)), new)
        if self.moves(worked, set_index):
            before, coming = self._positions[worked], self._positions[set_index]
            least_s = way_s(before, coming) if before is not None and coming is not None else 0.0
            return max(to_ns(max(self.plan.position_change_s, least_s)), new)
        if self.spec(worked).exercise != self.spec(set_index).exercise:
            return max(to_ns(self.plan.transition_s), new)
        turns = self.spec(worked).side is not self.spec(set_index).side
        if turns and self._positions[set_index] in ON_ONE_SIDE:  # the whole body turns over
            return max(to_ns(self.plan.transition_s), COUNT_IN)
        return COUNT_IN

    def _explained_in(self, worked: int | None, set_index: int) -> int:
        """How long the plan takes to lead to a set of an exercise that did not come before.

        In that time it is explained; so it is for one who comes to it from elsewhere.
        """
        landing = self.landing(set_index)
        exercise = self.spec(set_index).exercise
        come = self.plan.sets[: (0 if worked is None else worked) + 1]
        if self.step(landing).kind is not StepKind.TRANSITION or any(s.exercise == exercise for s in come):
            return 0
        return self.estimates[landing] + self._longer(worked, set_index)

    def _longer(self, worked: int | None, set_index: int) -> int:
        """How much longer the way to a set is than from the one that the plan has before it."""
        planned, coming = self._positions[set_index - 1], self._positions[set_index]
        before = Position.STANDING if worked is None else self._positions[worked]
        if planned is None or before is None or coming is None:
            return 0
        return max(to_ns(way_s(before, coming) - way_s(planned, coming)), 0)

    def rest_before(self, sets: Iterable[int]) -> int:
        """The longest gap with a rest that the plan has before any of these sets; 0 if there is none.

        The way to the set is part of it.
        """
        gaps = (range(self.spec(each).lead_in, self.spec(each).first_step) for each in sets)
        rested = (gap for gap in gaps if any(self.step(i).kind is StepKind.REST for i in gap))
        return max((sum(self.estimates[i] for i in gap) for gap in rested), default=0)

    def to_work(self, index: int) -> int:
        """How long it takes from the end of a step that leads to a set to the work of that set."""
        return sum(self.estimates[index + 1 : self.spec(self.set_of(index)).first_step])

    def bar(self, exercise: str | None) -> None:
        """Leave an exercise out from now on."""
        self._barred.add(exercise)
        self._left = self._sum_up()

    def unbar(self, exercise: str | None) -> None:
        self._barred.discard(exercise)
        self._left = self._sum_up()

    def is_open(self, set_index: int) -> bool:
        """Whether a set may be gone to."""
        return self.spec(set_index).exercise not in self._barred

    @property
    def behind(self) -> frozenset[int]:
        """Sets that are passed by on the way on."""
        return self._behind

    @property
    def barred(self) -> frozenset[str | None]:
        """The exercises that are left out."""
        return frozenset(self._barred)

    def next_from(self, set_index: int) -> int | None:
        """The first open set that lies ahead, at or after an index; None: there is none."""
        return next((i for i in range(set_index, len(self.plan.sets)) if self._is_ahead(i)), None)

    def left_after(self, index: int) -> int:
        """Nanoseconds of all steps ahead after one, as planned."""
        return self._left[index]

    def _is_ahead(self, set_index: int) -> bool:
        return self.is_open(set_index) and set_index not in self._behind

    def _sum_up(self) -> tuple[int, ...]:
        left, sums = 0, []
        for step, estimate in zip(reversed(self.plan.steps), reversed(self.estimates), strict=True):
            sums.append(left)
            if self._is_ahead(step.set_index):
                left += estimate
        return tuple(reversed(sums))

    def _find_rep_starts(self) -> tuple[int | None, ...]:
        starts: list[int | None] = []
        start: int | None = None
        for index, step in enumerate(self.plan.steps):
            if not self.is_work(index):
                start = None
            elif step.rep_start or index == self.spec(step.set_index).first_step:
                start = index
            starts.append(start)
            held = step.phase == HOLD and not self.spec(step.set_index).by_reps
            if step.rep_end or held:
                start = None
        return tuple(starts)

    def _find_rep_sides(self) -> tuple[frozenset[Side | None], ...]:
        sides: list[set[Side | None]] = [set() for _ in self.plan.sets]
        for index, step in enumerate(self.plan.steps):
            if self.ends_rep(index):
                sides[step.set_index].add(step.side)
        return tuple(frozenset(each) for each in sides)
