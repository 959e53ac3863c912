"""What was done and what is left out: the time credited, the record of each set, and what hurt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace

from backtimer.core.plan.plan import Plan, measured_s
from backtimer.core.plan.routine import Side
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.core.session.timeline import Course, to_s
from backtimer.values import NamedTuple

_ORDER = {outcome: place for place, outcome in enumerate(Outcome)}


@dataclass(slots=True)
class _Attempt:
    """One try at a set."""

    set_index: int
    spent: int = 0
    """Nanoseconds of work that the set is measured by, those of the step under way left out."""
    pieces: int = 0
    """Steps of work completed, and holds begun."""
    reps: dict[Side | None, int] = field(default_factory=dict)


class _Mark(NamedTuple):
    """What the books said when the rep under way began."""

    elapsed: int
    spent: int
    pieces: int


def _name(side: Side | None) -> str | None:
    return None if side is None else side.value


class Ledger:
    """Keeps the books of a run; it knows what was done, and not what time it is."""

    def __init__(
        self, course: Course, records: Iterable[SetRecord] = (), before: Iterable[SetRecord] = ()
    ) -> None:
        self._course = course
        self._records: list[SetRecord | None] = [None] * len(course.plan.sets)
        self._frozen: tuple[SetRecord | None, ...] | None = None
        self._before: dict[int, SetRecord] = {}
        """What is known of sets that are to be done once more, from an earlier part of the session."""
        self._attempt: _Attempt | None = None
        self._mark = _Mark(0, 0, 0)
        self.elapsed = 0
        """Nanoseconds run, those of the step under way left out."""
        self.last_worked: int | None = None
        """The step of work last begun."""
        self.done_sets = 0
        for record in records:
            if not 0 <= record.set_index < len(self._records):
                raise ValueError(f"the plan has no set {record.set_index}")
            self._keep(record)
        self._before = {record.set_index: record for record in before}

    def copy(self) -> Ledger:
        """An independent ledger that says the same."""
        other = copy(self)
        other._records = list(self._records)
        if self._attempt is not None:
            other._attempt = replace(self._attempt, reps=dict(self._attempt.reps))
        return other

    def moved_to(self, course: Course, moved: Mapping[int, int]) -> Ledger:
        """The same books of another plan, without the sets that are not in it.

        Args:
            course: That plan; no set is under way.
            moved: Where the sets are in it, by where they were.
        """
        other = copy(self)
        other._course, other._frozen, other._attempt = course, None, None
        other._records = [None] * len(course.plan.sets)
        other._before = {
            moved[index]: record._replace(set_index=moved[index])
            for index, record in self._before.items()
            if index in moved
        }
        for record in self._records:
            if record is not None and (place := moved.get(record.set_index)) is not None:
                other._records[place] = record._replace(set_index=place)
        kept = [each for each in other._records if each is not None]
        other.done_sets = sum(each.outcome is Outcome.DONE for each in kept)
        if self.last_worked is not None:
            worked = self._course.set_of(self.last_worked)
            first = self._course.spec(worked).first_step
            place = moved.get(worked)
            other.last_worked = (
                None if place is None else course.spec(place).first_step + self.last_worked - first
            )
        return other

    def known(self, set_index: int) -> Outcome | None:
        """What is known of a set, from an earlier part of the session, too."""
        record = self._records[set_index] or self._before.get(set_index)
        return None if record is None else record.outcome

    @property
    def records(self) -> tuple[SetRecord | None, ...]:
        """One per planned set; None while it has not been reached."""
        if self._frozen is None:
            self._frozen = tuple(self._records)
        return self._frozen

    @property
    def set_worked(self) -> int | None:
        """The set last worked on; None: none yet."""
        return None if self.last_worked is None else self._course.set_of(self.last_worked)

    def reps_done(self, set_index: int) -> int:
        """Complete reps of a set, per side, in the try that is under way; 0 if none is."""
        attempt = self._attempt
        sides = self._course.rep_sides(set_index)
        if attempt is None or attempt.set_index != set_index or not sides:
            return 0
        return min(attempt.reps.get(side, 0) for side in sides)

    def under_way(self, set_index: int) -> bool:
        """Whether work on a set has begun and is not over."""
        return self._attempt is not None and self._attempt.set_index == set_index

    def spent(self, set_index: int) -> int:
        """Nanoseconds at work in a set under way, those of its present step left out; 0 if it is not."""
        attempt = self._attempt
        return attempt.spent if attempt is not None and attempt.set_index == set_index else 0

    def begin(self, step: int) -> None:
        """A step begins, or goes on."""
        if not self._course.is_work(step):
            return
        set_index = self._course.set_of(step)
        if self._attempt is None or self._attempt.set_index != set_index:
            self._attempt = _Attempt(set_index)
        if self._course.rep_start(step) == step:
            self._mark = _Mark(self.elapsed, self._attempt.spent, self._attempt.pieces)
        self.last_worked = step

    def complete(self, step: int, spent: int) -> None:
        """A step has run to its end, and took so long."""
        self._spend(step, spent, counts=True)
        if self._attempt is not None and self._course.ends_rep(step):
            side = self._course.step(step).side
            self._attempt.reps[side] = self._attempt.reps.get(side, 0) + 1

    def leave(self, step: int, spent: int) -> None:
        """A step is left before its end, after so long."""
        self._spend(step, spent, counts=spent > 0 and self._course.is_hold(step))

    def drop_rep(self) -> None:
        """The rep under way begins anew: what was spent on it is not credited."""
        if self._attempt is not None:
            self.elapsed = self._mark.elapsed
            self._attempt.spent, self._attempt.pieces = self._mark.spent, self._mark.pieces

    def close(self, set_index: int, outcome: Outcome | None = None) -> SetRecord | None:
        """A set is over, or left.

        Args:
            set_index: Which.
            outcome: How; None: partial or skipped, by what was done of it.

        Returns:
            The record, if it stands: one that tells more, of an earlier try, is kept in its place.
        """
        attempt = self._attempt
        if attempt is None or attempt.set_index != set_index:
            attempt = _Attempt(set_index)
        spec = self._course.spec(set_index)
        if outcome is None:
            outcome = Outcome.PARTIAL if attempt.pieces else Outcome.SKIPPED
        reps = spec.reps
        untold = spec.as_many and bool(self._course.rep_sides(set_index))
        if untold or (reps is not None and outcome is not Outcome.DONE):
            reps = self._reps_of_part(set_index, outcome)
        side = spec.side
        if outcome is Outcome.HURT:
            side = side or self._side_worked(set_index)
        if self._attempt is attempt:
            self._attempt = None
        return self._keep(SetRecord(set_index, outcome, reps, to_s(attempt.spent), _name(side)))

    def abandon(self, set_index: int) -> SetRecord | None:
        """A set is left to be come to again: recorded only if something of it was done."""
        if self._attempt is not None and self._attempt.pieces:
            return self.close(set_index)
        self._attempt = None
        return None

    def hurt(self, set_index: int) -> SetRecord | None:
        """It hurt in a set: the one under way, or one that was over already. None: that is known."""
        known = self._records[set_index]
        if known is None or self.under_way(set_index):
            return self.close(set_index, Outcome.HURT)
        if known.outcome is Outcome.HURT:
            return None
        side = known.side or _name(self._side_worked(set_index))
        return self._keep(known._replace(outcome=Outcome.HURT, side=side))

    def put_back(self, set_index: int, record: SetRecord | None) -> None:
        """Let a set have the record that it had before, or none."""
        before = self._records[set_index]
        was_done = before is not None and before.outcome is Outcome.DONE
        self.done_sets += (record is not None and record.outcome is Outcome.DONE) - was_done
        self._records[set_index] = record
        self._frozen = None

    def to_mark(self, set_index: int) -> int:
        """The set that bears the mark when it hurt after a set was over.

        What was done stays done: the next set of the exercise, on the same side, has hurt before it began.
        Only when there is none does the set itself bear the mark.
        """
        record, spec = self._records[set_index], self._course.spec(set_index)
        if record is None or record.outcome is not Outcome.DONE:
            return set_index
        for later in range(set_index + 1, len(self._records)):
            other = self._course.spec(later)
            if self._records[later] is None and (other.exercise, other.side) == (spec.exercise, spec.side):
                return later
        return set_index

    def _side_worked(self, set_index: int) -> Side | None:
        """The side of the step of work last begun, if it was of the exercise of this set."""
        worked = self.last_worked
        if worked is None or self._course.step(worked).exercise != self._course.spec(set_index).exercise:
            return None
        return self._course.step(worked).side

    def _reps_of_part(self, set_index: int, outcome: Outcome) -> int | None:
        """The reps of a set that was not done; not known where the person counts them."""
        counted = bool(self._course.rep_sides(set_index)) or outcome is Outcome.SKIPPED
        return self.reps_done(set_index) if counted else None

    def _spend(self, step: int, spent: int, *, counts: bool) -> None:
        self.elapsed += spent
        if self._attempt is not None and self._course.is_measured(step):
            self._attempt.spent += spent
            self._attempt.pieces += counts

    def _keep(self, record: SetRecord) -> SetRecord | None:
        before = self._records[record.set_index]
        known = before or self._before.get(record.set_index)
        if known is not None and _ORDER[record.outcome] < _ORDER[known.outcome]:
            self._records[record.set_index], self._frozen = known, None
            return None
        was_done = before is not None and before.outcome is Outcome.DONE
        self.done_sets += (record.outcome is Outcome.DONE) - was_done
        self._records[record.set_index] = record
        self._frozen = None
        return record


class Omission(NamedTuple):
    """An exercise that is left out because it hurt, and what it takes to take that back."""

    exercise: str | None
    set_index: int
    """The set that bears the mark."""
    before: tuple[tuple[int, SetRecord | None], ...]
    """The sets that it changed, each with the record that it had before; None: it had none."""
    left: int | None
    """The set that was left because of it; None: the session was on its way to another exercise."""
    passed: bool = False
    """Whether anything was worked on since."""


def omissions_of(plan: Plan, records: Sequence[SetRecord | None]) -> tuple[Omission, ...]:
    """What an earlier part of a session left out, as its records tell.

    What the marked sets were before is not written down: one that ran to its end was done, another is open.
    Of the rest of the exercise, what was skipped is open.
    """
    found = []
    known = [each for each in records if each is not None]
    for exercise in dict.fromkeys(plan.sets[each.set_index].exercise for each in known if _hurt(each)):
        own = [each for each in known if plan.sets[each.set_index].exercise == exercise]
        marked = [each for each in own if _hurt(each)]
        before: list[tuple[int, SetRecord | None]] = [
            (each.set_index, _as_done(plan, each) if _hurt(each) else None)
            for each in own
            if _hurt(each) or each.outcome is Outcome.SKIPPED
        ]
        index = marked[-1].set_index
        found.append(Omission(exercise, index, tuple(before), index))
    return tuple(sorted(found, key=lambda each: each.set_index))


def records_of(plan: Plan, indexes: Collection[int] | None = None) -> tuple[SetRecord, ...]:
    """The records of sets that were done as planned, and took as long as planned; the others were skipped.

    Args:
        plan: What was done.
        indexes: Which sets of it. None: all.
    """
    return tuple(
        SetRecord(index, Outcome.DONE, spec.reps, measured_s(plan, spec))
        if indexes is None or index in indexes
        else SetRecord(index, Outcome.SKIPPED, None if spec.reps is None else 0, 0.0)
        for index, spec in enumerate(plan.sets)
    )


def waits_for_a_key(records: Sequence[SetRecord | None]) -> bool:
    """Whether a session that broke off stood still because something hurt, as far as its records can tell.

    They do not say when each was made. When nothing behind the last mark was worked on, the person may not
    have pressed a key since; then it waits once more rather than once too little.
    """
    marks = [each.set_index for each in records if each is not None and _hurt(each)]
    if not marks:
        return False
    later = records[max(marks) + 1 :]
    return all(each is None or each.outcome is Outcome.SKIPPED for each in later)


def _hurt(record: SetRecord) -> bool:
    return record.outcome is Outcome.HURT


def _as_done(plan: Plan, record: SetRecord) -> SetRecord | None:
    """The record of a set that hurt as it was before, if it had been done."""
    spec = plan.sets[record.set_index]
    planned_s = measured_s(plan, spec)
    whole = record.reps == spec.reps if spec.reps is not None else record.seconds >= planned_s > 0
    return record._replace(outcome=Outcome.DONE, side=_name(spec.side)) if whole else None
