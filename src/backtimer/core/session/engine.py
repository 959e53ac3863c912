"""How time moves a session through its plan: marks, steps and sets as they come.

`session` turns commands into the moves that are here. Moments are nanoseconds, see `timeline`.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from backtimer.core.plan.plan import Plan
from backtimer.core.session.credit import Ledger, Omission, omissions_of, waits_for_a_key
from backtimer.core.session.events import (
    Coming,
    CountIn,
    Ended,
    Event,
    Halfway,
    Outcome,
    Paused,
    PauseReason,
    RepDone,
    SecondLeft,
    SecondWaited,
    SetEnded,
    SetRecord,
    StepEnded,
    StepStarted,
)
from backtimer.core.session.timeline import COUNT_IN, EASE, READY, SECOND, Course, TimeLine, to_ns, to_s
from backtimer.core.session.transitions import MOVING, Command, State, targets


@dataclass(slots=True)
class Cursor:
    """The place in one step. Positions are nanoseconds from its beginning."""

    step: int
    length: int | None
    """Extensions included; None: it waits for the person."""
    half: int | None
    """The position of a halfway mark that has not been passed."""
    position: int = 0
    """Where it stands while its time does not run."""
    zero: int = 0
    """The moment at which the position was 0, while its time runs."""
    seen: int = -1
    """Up to here (included) all marks have been told."""
    begun: bool = False
    """Whether the step has been told to have started."""
    counts: int = 0
    """The whole seconds that the next mark of the count-in tells to be left."""
    ends: int = 0
    """The moment at which the count-in ends."""
    way: int = 0
    """How long the count-in must be at least for there to be time to get to the step."""
    coming: Coming | None = None
    """The detour that the count-in is; None: it only goes on with what the plan leads to."""
    told: bool = False
    """Whether the detour has begun."""
    most: int | None = None
    """Where a step that waits for the person is over by itself; None: nowhere."""

    def run(self, moment: int) -> None:
        """Let its time run from where it stands."""
        self.zero = moment - self.position
        self.seen = self.position or -1
        self.begun = True
        self.way, self.coming = 0, None

    def restart(self, step: int, length: int | None, half: int | None) -> None:
        """Go back to the beginning of a step that had begun before."""
        self.step, self.length, self.half, self.position = step, length, half, 0

    def stretch(self, by: int, position: int, half: int | None) -> None:
        """Make the step longer; marks that then lie behind are not told."""
        assert self.length is not None
        self.length += by
        self.seen = position
        self.half = half if half is not None and half > position else None

    def count(self, moment: int, length: int) -> None:
        """Let a count-in of this length begin."""
        self.ends = moment + length
        self.counts = length // SECOND

    def next_mark(self) -> int:
        """The position of the next mark: a whole second, halfway, or the end."""
        if self.length is None:
            seen = max(self.seen, 0)
            if self.most is None:
                return (seen // SECOND + 1) * SECOND
            left = (self.most - seen - 1) // SECOND  # whole seconds, for the last ones are counted
            return self.most - left * SECOND
        whole = (self.length - self.seen - 1) // SECOND
        mark = self.length - whole * SECOND
        return mark if self.half is None else min(mark, self.half)

    def next_count(self) -> int:
        """The moment of the next second of the count-in, or of its end."""
        return self.ends - self.counts * SECOND


SLEPT_S = 2.0
"""A clock that is silent for longer than this after a deadline has slept."""


class Run:
    """The place in a plan, and the moves from there."""

    def __init__(self, plan: Plan, records: Sequence[SetRecord], before: Sequence[SetRecord] = ()) -> None:
        self.course = Course(plan, (record.set_index for record in records) if before else ())
        self.ledger = Ledger(self.course, records, before)
        self.line = TimeLine()
        self.events: list[Event] = []
        self.state = State.READY
        self.left_out: tuple[Omission, ...] = omissions_of(plan, self.ledger.records)
        """What is left out because it hurt, in the order in which that was said."""
        for omission in self.left_out:
            self.course.bar(omission.exercise)
        self.owed: frozenset[int] = frozenset()
        """Sets that were taken back; those that lie behind are made up for at the end."""
        self.led: int | None = None
        """A set that was left on the way to it, since work was last done: she may be in its position."""
        self.began: dict[int, int] = {}
        """How much had been credited when the work of a set began, in this run."""
        self.making_up = False
        """Whether the end of the plan was reached, and only what is owed comes."""
        self.over = False
        """Whether nothing is left to be done but to end."""
        self.halted: PauseReason | None = None
        """Why it stands still, if it does."""
        self.reports = 0
        """How often it was said that something hurts."""
        self.is_new = False
        """Whether another exercise has just taken the place of the one that was on."""
        self.waits = waits_for_a_key(self.ledger.records)
        """Whether what it takes up stood still because something hurt."""
        self.first = self._first_missing()
        """The set with which a run that takes up another begins; None: there is nothing left to do."""
        if self.first is None:
            self.cursor = self._cursor_at(len(plan.steps) - 1)
        else:
            begun = records or before
            self.cursor = self._way_to(self.first, self._ease(self.waits)) if begun else self._cursor_at(0)

    def copy(self) -> Run:
        """A run at the same place, which time can move on without moving this one."""
        other = copy(self)
        other.ledger, other.cursor, other.line = self.ledger.copy(), copy(self.cursor), copy(self.line)
        other.events, other.began = list(self.events), dict(self.began)
        return other

    @property
    def set_index(self) -> int:
        """The set that the step belongs or leads to."""
        return self.course.set_of(self.cursor.step)

    def tell(self, event: Event) -> None:
        self.events.append(event)

    def tell_record(self, record: SetRecord | None, moment: int) -> None:
        """Report a set that is over, if there is a new record of it."""
        if record is not None:
            self.tell(SetEnded(self.line.seconds(moment), record))

    # Time

    def account(self, now: float) -> int:
        """Let everything happen that is due; pause where the clock was last heard if it slept, or went back.

        Returns:
            The moment that `now` means.
        """
        heard = self.line.last
        back = self.line.turn_back(now)
        if back and self.state in MOVING:
            self.halt(heard, PauseReason.SET_BACK, back)
            return heard
        moment = self.line.hear(now)
        if self.state in MOVING and moment > self.due() + to_ns(SLEPT_S):
            self.halt(heard, PauseReason.SLEPT, moment - heard)
        self.catch_up(moment)
        return moment

    def catch_up(self, moment: int) -> None:
        """Let everything happen that is due by a moment."""
        possible = targets(self.state, Command.TICK)
        while self.state in MOVING and (due := self.due()) <= moment:
            self._reach(due)
        assert self.state in possible, f"time led to {self.state}"

    def due(self) -> int:
        """The moment at which something happens next, in a state that time moves."""
        if self.state is State.COUNT_IN:
            return self.cursor.next_count()
        return self.cursor.zero + self.cursor.next_mark()

    def position(self, moment: int) -> int:
        """How much of the step has been done."""
        if self.state in (State.RUNNING, State.WAITING):
            return moment - self.cursor.zero
        return self.cursor.position

    def at_work(self, position: int) -> int:
        """How much of a position in the step is work of the set under way."""
        step = self.cursor.step
        return position if self.ledger.under_way(self.set_index) and self.course.is_work(step) else 0

    def _reach(self, moment: int) -> None:
        """Something is due at this very moment: let it happen."""
        if self.state is State.COUNT_IN:
            self._count(moment)
            return
        cursor, at_s = self.cursor, self.line.seconds(moment)
        cursor.seen = moment - cursor.zero
        if cursor.length is None:
            if cursor.seen == cursor.most:
                self.complete_step(moment)
            else:
                self.tell(SecondWaited(at_s, cursor.step, cursor.seen // SECOND))
            return
        if cursor.seen == cursor.half:
            cursor.half = None
            self.tell(Halfway(at_s, cursor.step))
        seconds, rest = divmod(cursor.length - cursor.seen, SECOND)
        if seconds and not rest:
            self.tell(SecondLeft(at_s, cursor.step, seconds))
        elif cursor.seen == cursor.length:
            self.complete_step(moment)

    def _count(self, moment: int) -> None:
        left = self.cursor.counts
        if left == 0:
            self.run_step(moment)
            return
        self.cursor.counts -= 1
        if left * SECOND <= COUNT_IN:
            self.tell(CountIn(self.line.seconds(moment), left))

    # Moves

    def run_step(self, moment: int) -> None:
        """Let the time of the step run from where it stands."""
        again, step = self.cursor.begun, self.cursor.step
        if not again and step == self.course.spec(self.set_index).first_step:
            self.began[self.set_index] = self.ledger.elapsed
        self.cursor.run(moment)
        self.ledger.begin(self.cursor.step)
        if self.course.is_work(step):
            self.led = None
        if self.left_out and self.course.is_work(self.cursor.step):
            self.left_out = tuple(each._replace(passed=True) for each in self.left_out)
        self.state = State.WAITING if self.course.waits(self.cursor.step) else State.RUNNING
        own = self.cursor.length if self.course.step(step).since is not None else None
        self.tell(StepStarted(self.line.seconds(moment), step, again, None if own is None else to_s(own)))

    def count_in(self, moment: int) -> None:
        """Begin the 3-2-1, or what is left of the way, after which the step runs from where it stands."""
        self.state = State.COUNT_IN
        cursor = self.cursor
        length = max(COUNT_IN, cursor.way)
        cursor.count(moment, length)
        if cursor.coming is not None and not cursor.told:
            cursor.told = True
            at_s, seconds = self.line.seconds(moment), to_s(length)
            cursor.coming = cursor.coming._replace(at_s=at_s, seconds=seconds)
            self.tell(cursor.coming)
        if self.due() == moment:
            self._count(moment)

    def halt(self, moment: int, reason: PauseReason, gap: int = 0, *, silently: bool = False) -> None:
        self.cursor.position, self.cursor.way = self.position(moment), self.way(moment)
        self.state, self.halted = State.PAUSED, reason
        if not silently:
            self.tell(Paused(self.line.seconds(moment), reason, to_s(gap)))

    def wait_at(self, set_index: int | None, moment: int) -> None:
        """Stand still before a set, with time to get there; without one, before the end."""
        assert self.state is State.PAUSED, f"nothing waits while {self.state}"
        if set_index is None:
            self.over = True
            self.cursor = self._cursor_at(self.course.spec(self.set_index).first_step)
        else:
            self.land(set_index, moment, at_ease=True)

    def begin_rep_anew(self) -> None:
        """Go back to where work goes on after a pause; in a long hold or outside reps, that is here."""
        anew = self.course.going_on(self.cursor.step, self.cursor.length)
        if anew is not None:
            self.ledger.drop_rep()
            length = self.course.lengths[anew]
            self.cursor.restart(anew, length, self.course.half_of(anew, length))

    def complete_step(self, moment: int) -> None:
        """End the step as planned, and begin what follows."""
        step, at_s = self.cursor.step, self.line.seconds(moment)
        self.cursor.position = self.position(moment)
        self.ledger.complete(step, self.cursor.position)
        self.tell(StepEnded(at_s, step))
        if self.course.ends_rep(step):
            self.tell(RepDone(at_s, step))
        if self.course.ends_set(step):
            self._end_set(Outcome.DONE, moment)
        else:
            self._begin(step + 1, moment)

    def done(self, moment: int) -> None:
        """The person says that the set is over: of reps in their tempo, those that are complete count.

        Before the first is, nothing has been done: then it is as if she had gone to the next set.
        """
        if self.cursor.length is None:
            self.complete_step(moment)
            return
        self.leave_step(moment)
        self._end_set(Outcome.DONE if self.ledger.reps_done(self.set_index) else None, moment)

    def _end_set(self, outcome: Outcome | None, moment: int) -> None:
        """Record the set, and begin what follows."""
        here = self.set_index
        self.tell_record(self.ledger.close(here, outcome), moment)
        following = self.go_past(here)
        if following is None:
            self.end(moment, complete=True)
        elif self._flows_to(following):
            self._begin(self.course.spec(following).lead_in, moment)
        else:
            rest = self.course.rest_before(range(here + 1, following + 1))
            self.cursor = self._detour(following, rest=rest)
            self.count_in(moment)

    def go_past(self, here: int) -> int | None:
        """The set that comes after one: the next open one; behind the last, what is owed; None: the end."""
        ahead = None if self.making_up else self.course.next_from(here + 1)
        if ahead is not None:
            return ahead
        self.making_up = True
        return min(self._owed_but(here), default=None)

    def left_after(self, step: int) -> int:
        """How long it takes from the end of a step to the end of the session, as planned."""
        here = self.course.set_of(step)
        owed = self._owed_but(here)
        if self.making_up:
            left = sum(self.course.estimates[step + 1 : self.course.spec(here).last_step + 1])
        else:
            left, owed = self.course.left_after(step), [each for each in owed if each < here]
        return left + sum(self.course.time_of(each) for each in owed)

    def _owed_but(self, here: int) -> list[int]:
        if not self.owed:
            return []
        records = self.ledger.records
        return [
            each for each in self.owed if each != here and records[each] is None and self.course.is_open(each)
        ]

    def leave_step(self, moment: int) -> None:
        """Take what was done of the step into the books; it is not gone on with."""
        if (self.cursor.begun or self.cursor.told) and not self.ledger.under_way(self.set_index):
            self.led = self.set_index
        self.cursor.position = self.position(moment)
        self.ledger.leave(self.cursor.step, self.cursor.position)

    def land(
        self, set_index: int | None, moment: int, *, at_work: bool = False, at_ease: bool = False
    ) -> None:
        """Jump to a set: to what directly leads to it or, if nothing does, to a detour before its work.

        Args:
            set_index: Which; None: there is none, so this is the end.
            moment: When.
            at_work: Go to the 3-2-1 before its work, whatever leads to it.
            at_ease: Take no less time than it takes to ease out of what hurts.
        """
        if set_index is None:
            self.end(moment, complete=True)
            return
        self.over = False
        work = self.course.spec(set_index).first_step
        self.cursor = self._cursor_at(work) if at_work else self._way_to(set_index, self._ease(at_ease))
        if self.state is State.PAUSED:
            return
        if self.cursor.step == work:
            self.count_in(moment)
        else:
            self.run_step(moment)

    def cut_short(self, moment: int) -> None:
        """Of the way to a set, leave no more than the 3-2-1."""
        self.cursor.way = COUNT_IN
        if self.state is State.COUNT_IN:
            self.count_in(moment)

    def ease(self, moment: int) -> None:
        """See to it that there is time to ease out of what hurts before the work that comes."""
        if self.over:
            return
        left, cursor = self.way(moment), self.cursor
        if self.course.leads_in(cursor.step):
            left += (cursor.length or 0) - self.position(moment) + self.course.to_work(cursor.step)
        if left < self._ease(True):
            self.leave_step(moment)
            self.land(self.set_index, moment, at_ease=True)

    def way(self, moment: int) -> int:
        """What is left of the count-in; of one that stands still, what it must be at least."""
        return self.cursor.ends - moment if self.state is State.COUNT_IN else self.cursor.way

    def end(self, moment: int, *, complete: bool) -> None:
        """End the session; what was not reached is recorded as skipped."""
        for set_index, record in enumerate(self.ledger.records):
            if record is None:
                self.tell_record(self.ledger.close(set_index, Outcome.SKIPPED), moment)
        self.state = State.ENDED
        self.tell(Ended(self.line.seconds(moment), to_s(self.ledger.elapsed), complete))

    def _begin(self, step: int, moment: int) -> None:
        self.cursor = self._cursor_at(step)
        planned = self.course.step(step)
        if planned.every_s is not None and planned.since in self.began:
            taken = self.ledger.elapsed - self.began[planned.since]
            self.cursor.length = max(READY, to_ns(planned.every_s) - taken)
        self.run_step(moment)

    def _flows_to(self, set_index: int) -> bool:
        """Whether the whole lead-in of a set is right after the set that was completed."""
        worked = self.ledger.set_worked
        if worked is None or not self.course.leads_from(worked, set_index):
            return False
        left_out = range(worked + 1, set_index)
        return self.course.rest_before(left_out) <= self.course.rest_before((set_index,))

    def _way_to(self, set_index: int, least: int = COUNT_IN) -> Cursor:
        """The place from which to get to a set: what directly leads to it, or a detour before its work."""
        landing = self.course.landing(set_index)
        planned = landing != self.course.spec(set_index).first_step
        long_enough = least <= COUNT_IN or self.course.estimates[landing] >= least
        right = self._led_to(set_index) is None and self.course.leads_from(self.ledger.set_worked, set_index)
        if planned and long_enough and right:
            return self._cursor_at(landing)
        return self._detour(set_index, least=least)

    def _detour(self, set_index: int, *, rest: int = 0, least: int = COUNT_IN) -> Cursor:
        """A place before the work of a set, with a way that the plan does not have."""
        worked, led = self.ledger.set_worked, self._led_to(set_index)
        cursor = self._cursor_at(self.course.spec(set_index).first_step)
        change = self.course.change(worked, set_index, led)
        cursor.way = max(rest, change, least)
        if self.course.moves(worked, set_index):  # the way is part of the rest
            rest = max(rest - change, 0)
        cursor.coming = Coming(0.0, set_index, to_s(cursor.way), worked, to_s(rest), led)
        return cursor

    def _led_to(self, set_index: int) -> int | None:
        """The set in whose position she may be, before she goes to one of another exercise."""
        led, spec = self.led, self.course.spec
        if led is None or spec(led).exercise == spec(set_index).exercise:
            return None
        return led if self.course.is_elsewhere(led, self.ledger.set_worked) else None

    def _ease(self, at_ease: bool) -> int:
        return max(EASE, to_ns(self.course.plan.transition_s)) if at_ease else COUNT_IN

    def _cursor_at(self, step: int) -> Cursor:
        length = self.course.lengths[step]
        return Cursor(step, length, self.course.half_of(step, length), most=self.course.most_of(step))

    def _first_missing(self) -> int | None:
        records = self.ledger.records
        return next((i for i, r in enumerate(records) if r is None and self.course.is_open(i)), None)
