"""The engine: one run through a plan, sans-I/O.

It has no clock: every command is handed `now`, in seconds of any origin. Ask `next_deadline` when to come
back, hand `tick` the moment at which you did, and `drain` what happened. Events carry their planned moments,
so how often it is ticked never changes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from backtimer.core.plan.exchanging import Spliced, ToCome
from backtimer.core.plan.plan import Plan, Step
from backtimer.core.session import hurting
from backtimer.core.session.credit import Omission
from backtimer.core.session.engine import Run
from backtimer.core.session.events import (
    Coming,
    Event,
    Extended,
    Outcome,
    PauseReason,
    Resumed,
    SetRecord,
    Started,
)
from backtimer.core.session.timeline import COUNT_IN, SECOND, Course, to_ns, to_s
from backtimer.core.session.transitions import MOVING, Command, IllegalCommandError, State, Which, targets
from backtimer.values import NamedTuple

MAX_EXTENSION_S = 24 * 3600.0


class Snapshot(NamedTuple):
    """All that a screen needs to know of a session at one moment."""

    state: State
    step_index: int
    step: Step
    step_elapsed_s: float
    step_remaining_s: float | None
    """None while waiting for the person."""
    step_length_s: float | None
    """Extensions included."""
    count_in: int | None
    """Seconds left of the count-in: 3, 2 or 1; in a detour more, before."""
    reps_done: int
    """Complete reps of the current set, per side."""
    elapsed_s: float
    """Credited so far: no pauses, no count-ins, nothing skipped."""
    remaining_s: float
    """To the end of the plan, self-paced sets as estimated; a detour under way is part of it."""
    records: tuple[SetRecord | None, ...]
    """One per planned set; None while it has not been reached."""
    done_sets: int
    planned_sets: int
    coming: Coming | None = None
    """The detour under way, or that is to begin."""
    worked: int | None = None
    """The set last worked on; None: none yet."""
    set_s: float = 0.0
    """Credited time at work in the set that is under way; 0 between sets."""
    halt: PauseReason | None = None
    """Why it stands still; None while it does not."""
    left_out: tuple[int, ...] = ()
    """A set of each exercise that is left out because it hurt, the one said last at the end."""
    over: bool = False
    """Nothing is left to be done: it stands still before the end."""
    unsure: tuple[int, int] | None = None
    """The sets of which either may hurt, if that were said now: of the one just done, and the one to come."""
    reports: int = 0
    """How often it was said that something hurts."""


class Session:
    """One run through a plan.

    Each command first accounts for the time up to `now`, as a tick would, and is then judged by the table in
    `transitions`. One that was possible before, and is no longer, came too late and is dropped. One that is
    not possible raises `IllegalCommandError` and changes nothing. A `now` before the last one pauses it
    there, and time goes on from that `now`; one that is hardly before it counts as the last one.
    """

    def __init__(
        self, plan: Plan, records: Sequence[SetRecord] = (), before: Sequence[SetRecord] = ()
    ) -> None:
        """Prepare a run.

        Args:
            plan: What to go through.
            records: Of an earlier run through the same plan, which this one takes up at the first set without
                a record. Time is credited from zero all the same.
            before: Of the sets which that run left out or broke off, and which are to be done now: where
                nothing more telling comes of one, its record stays. The sets of `records` are passed by.

        Raises:
            ValueError: The plan has no steps, or a record is of a set that it has not.
        """
        self._run = Run(plan, records, before)
        self._takes_up = bool(records or before)

    @property
    def state(self) -> State:
        """Where it stands, as far as time has been accounted for."""
        return self._run.state

    def allowed(self, command: Command) -> bool:
        """Whether a command is possible in the present state; if so, handing it in never raises."""
        return bool(targets(self.state, command))

    @property
    def next_deadline(self) -> float | None:
        """When to tick at the latest, never more than a second ahead; None while time changes nothing."""
        run = self._run
        return run.line.deadline(run.due()) if run.state in MOVING else None

    def drain(self) -> tuple[Event, ...]:
        """What happened since the last time this was asked, in order."""
        events = tuple(self._run.events)
        self._run.events.clear()
        return events

    def foresee(self) -> tuple[Event, ...]:
        """What the next deadline will bring, unless something is commanded before it; changes nothing."""
        if self._run.state not in MOVING:
            return ()
        run = self._run.copy()
        run.events.clear()
        run.catch_up(run.due())
        return tuple(run.events)

    def beginning(self, now: float) -> tuple[Event, ...]:
        """What a start would bring at once; changes nothing."""
        run, self._run = self._run, self._run.copy()
        try:
            self.start(now)
            return self.drain()
        finally:
            self._run = run

    def leave_alone(self) -> None:
        """Nobody can press keys from now on: as many reps as are comfortable are as many as are expected."""
        self._run.course.attended = False

    def start(self, now: float) -> None:
        self._obey(Command.START, now, self._start)

    def tick(self, now: float) -> None:
        """Let time go on; when it went on for too long without a word, pause."""
        self._obey(Command.TICK, now, lambda moment: None)

    def pause(self, now: float) -> None:
        self._obey(Command.PAUSE, now, lambda moment: self._run.halt(moment, PauseReason.ASKED))

    def resume(self, now: float) -> None:
        """Go on after a 3-2-1: with the rep anew or, in a long hold, where it stopped.

        A detour goes on with what is left of it.
        """
        self._obey(Command.RESUME, now, self._resume)

    def next_set(self, now: float) -> None:
        """Leave the set for the next one or, in what leads to a set, go to its work.

        A detour with more than the 3-2-1 left is cut to that.
        """
        self._obey(Command.NEXT_SET, now, self._next_set)

    def previous_set(self, now: float) -> None:
        """Go back to the set before; from the first, to its beginning.

        If it was left out because it hurt, that is taken back.
        """
        self._obey(Command.PREVIOUS_SET, now, lambda moment: hurting.go_back(self._run, moment))

    def extend(self, seconds: float, now: float) -> None:
        """Make the step under way longer.

        Raises:
            ValueError: `seconds` is not above 0, or more than a day.
        """
        if not 0 < seconds <= MAX_EXTENSION_S:
            raise ValueError(f"cannot extend by {seconds} s")
        self._obey(Command.EXTEND, now, lambda moment: self._extend(to_ns(seconds), moment))

    def hurts(self, now: float, which: Which | None = None) -> None:
        """Leave the exercise that hurts out for the rest of the session, and stand still before the next.

        Args:
            now: The moment.
            which: On the way from one exercise to another, the one that is meant. None: not said; then the
                session asks, and stands still until it is told, or until it is resumed.
        """
        self._obey(Command.HURTS, now, lambda moment: hurting.hurts(self._run, which, moment))

    def take_back(self, now: float) -> None:
        """Take back that something hurts, what was said last first; without any, nothing changes."""
        self._obey(Command.TAKE_BACK, now, lambda moment: hurting.take_back(self._run, moment))

    @property
    def to_come(self) -> ToCome | None:
        """What is to come of the exercise that is on, and can be exchanged; None: nothing of it."""
        return to_come(self._run)

    def exchange(self, spliced: Spliced, now: float) -> None:
        """Go over to a plan with another exercise in it, and stand still before that.

        Args:
            spliced: The plan in which just what `to_come` says is exchanged.
            now: The moment.
        """
        self._obey(Command.EXCHANGE, now, lambda moment: exchange(self._run, spliced, moment))

    def done(self, now: float) -> None:
        """End the set that waits for the person to say so."""
        self._obey(Command.DONE, now, self._done)

    def finish(self, now: float) -> None:
        self._obey(Command.FINISH, now, self._finish)

    def snapshot(self, now: float) -> Snapshot:
        """How it stands at a moment; time after the next deadline shows once it was accounted for."""
        run, cursor = self._run, self._run.cursor
        moment = run.line.moment(now)
        if run.state in MOVING:
            moment = min(moment, run.due())
        position = run.position(moment)
        ended = run.state is State.ENDED
        over = ended or run.over or (run.state is State.READY and run.first is None)
        estimate = run.course.estimates[cursor.step] if cursor.length is None else cursor.length
        left = max(estimate - position, 0)
        way = 0 if cursor.coming is None else run.way(moment)
        return Snapshot(
            state=run.state,
            step_index=cursor.step,
            step=run.course.step(cursor.step),
            step_elapsed_s=to_s(position),
            step_remaining_s=None if cursor.length is None else to_s(left),
            step_length_s=None if cursor.length is None else to_s(cursor.length),
            count_in=-(-run.way(moment) // SECOND) if run.state is State.COUNT_IN else None,
            reps_done=run.ledger.reps_done(run.set_index),
            elapsed_s=to_s(run.ledger.elapsed + (0 if ended else position)),
            remaining_s=0.0 if over else to_s(way + left + run.left_after(cursor.step)),
            records=run.ledger.records,
            done_sets=run.ledger.done_sets,
            planned_sets=len(run.course.plan.sets),
            coming=None if ended else cursor.coming,
            worked=run.ledger.set_worked,
            set_s=0.0 if ended else to_s(run.ledger.spent(run.set_index) + run.at_work(position)),
            halt=run.halted if run.state is State.PAUSED else None,
            left_out=tuple(omission.set_index for omission in run.left_out),
            over=run.over,
            unsure=hurting.unsure(run),
            reports=run.reports,
        )

    def _obey(self, command: Command, now: float, action: Callable[[int], None]) -> None:
        """Account for the time, judge the command by the table, and carry it out."""
        possible_before = self.allowed(command)
        run = self._run if possible_before else self._run.copy()
        moment = run.account(now)
        possible = targets(run.state, command)
        if not possible and not possible_before:
            raise IllegalCommandError(self.state, command)
        self._run = run
        if possible:
            action(moment)
            assert run.state in possible, f"{command} led to {run.state}"
            run.catch_up(moment)

    def _start(self, moment: int) -> None:
        run = self._run
        run.tell(Started(run.line.seconds(moment)))
        if self._takes_up and run.waits:
            run.state = State.PAUSED
            run.wait_at(run.first, moment)
            hurting.tell_left_out(run, run.left_out[-1].set_index, moment)
        elif self._takes_up:
            run.land(run.first, moment)
        else:
            run.run_step(moment)

    def _resume(self, moment: int) -> None:
        run, cursor = self._run, self._run.cursor
        led_to = run.halted is PauseReason.HURT or run.is_new
        run.halted, run.is_new = None, False
        if run.over:
            run.end(moment, complete=True)
            return
        run.begin_rep_anew()
        run.tell(Resumed(run.line.seconds(moment)))
        if led_to and run.course.leads_in(cursor.step) and cursor.position == 0:
            run.run_step(moment)  # what leads to the set is warning enough
        else:
            run.count_in(moment)

    def _next_set(self, moment: int) -> None:
        run = self._run
        here, step = run.set_index, run.cursor.step
        if run.over:
            run.end(moment, complete=True)
            return
        if run.halted is PauseReason.HURT and run.state is State.PAUSED:
            hurting.skip_coming(run, moment)
            return
        if run.cursor.coming is not None and run.way(moment) > COUNT_IN:
            run.cut_short(moment)
            return
        run.leave_step(moment)
        if run.course.leads_in(step):
            at_work = run.course.landing(here) in (step, run.course.spec(here).first_step)
            run.land(here, moment, at_work=at_work)
        else:
            run.tell_record(run.ledger.close(here), moment)
            run.land(run.go_past(here), moment)

    def _extend(self, by: int, moment: int) -> None:
        run, cursor = self._run, self._run.cursor
        assert cursor.length is not None
        passed = cursor.half is None and run.course.half_of(cursor.step, cursor.length) is not None
        half = None if passed else run.course.half_of(cursor.step, cursor.length + by)
        cursor.stretch(by, run.position(moment), half)
        run.tell(Extended(run.line.seconds(moment), cursor.step, to_s(by)))

    def _done(self, moment: int) -> None:
        self._run.done(moment)

    def _finish(self, moment: int) -> None:
        run = self._run
        run.leave_step(moment)
        if not run.course.leads_in(run.cursor.step) and run.cursor.coming is None:
            run.tell_record(run.ledger.close(run.set_index), moment)
        run.end(moment, complete=False)


def rehearse(plan: Plan, records: Sequence[SetRecord] = (), *, to_the_last: bool = False) -> Iterator[Event]:
    """The events of a session that is left alone, from 0.0 s on.

    They come from the engine itself. A set that waits for the person is done after its estimate.

    Args:
        plan: What to go through.
        records: Of an earlier part of the session, which this one takes up.
        to_the_last: As many reps as are comfortable are as many as there may be, not those expected.
    """
    session = Session(plan, records)
    if not to_the_last:
        session.leave_alone()
    session.start(0.0)
    began_s = 0.0
    yield from session.drain()
    while (due_s := session.next_deadline) is not None:
        now = due_s
        if session.state is State.WAITING and (shot := session.snapshot(began_s)).step.seconds is None:
            done_s = began_s - shot.step_elapsed_s + shot.step.estimate_s
            if done_s <= due_s:
                now = done_s
                session.tick(now)
                waits = session.state is State.WAITING
                if waits and session.snapshot(now).step_index == shot.step_index:  # not over by itself
                    session.done(now)
        session.tick(now)
        began_s = now
        yield from session.drain()


_OVER = (Outcome.DONE, Outcome.HURT)


def to_come(run: Run) -> ToCome | None:
    """What is to come of the exercise that is on, or that is led to; None: there is nothing of it."""
    here, ledger, course = run.set_index, run.ledger, run.course
    exercise = course.spec(here).exercise
    if exercise is None or run.over:
        return None
    sets = tuple(
        index
        for index, spec in enumerate(course.plan.sets)
        if spec.exercise == exercise and ledger.known(index) not in _OVER and _is_ahead(run, index)
    )
    if not any(run.making_up or index >= here for index in sets):
        return None
    worked = {ledger.set_worked} | ({here} if ledger.under_way(here) else set())
    begun = {index for index in sets if index in worked or ledger.known(index) is Outcome.PARTIAL}
    return ToCome(exercise, sets, frozenset(begun), not course.leads_in(run.cursor.step))


def _is_ahead(run: Run, index: int) -> bool:
    """Whether the run comes to a set that it has not been through, or comes to again."""
    if not run.course.is_open(index):
        return False
    if index in run.owed and run.ledger.records[index] is None:
        return True
    return not run.making_up and index >= run.set_index and index not in run.course.behind


def exchange(run: Run, spliced: Spliced, moment: int) -> None:
    """Go over to a plan with another exercise in it, and stand still before that.

    Args:
        run: It stands still.
        spliced: The plan, with what `to_come` says exchanged.
        moment: When.
    """
    moved, here = spliced.moved, run.set_index
    run.leave_step(moment)
    record = run.ledger.close(here) if run.ledger.under_way(here) else None
    before, place = run.course, _place(run, here, spliced)
    owed = _owed(run, place, spliced)
    course = Course(spliced.plan, (moved[index] for index in before.behind if index in moved))
    course.attended = before.attended
    for exercise in before.barred:
        course.bar(exercise)
    run.ledger = run.ledger.moved_to(course, moved)
    run.course = course
    run.left_out = tuple(_omission(each, moved) for each in run.left_out)
    run.owed = owed
    run.led = None if run.led is None else moved.get(run.led)
    run.began = {moved[index]: elapsed for index, elapsed in run.began.items() if index in moved}
    if record is not None:
        run.tell_record(record._replace(set_index=moved[here]), moment)
    if run.halted is PauseReason.WHICH:
        run.halted = PauseReason.ASKED
    run.is_new = True
    run.wait_at(place, moment)


def _place(run: Run, here: int, spliced: Spliced) -> int:
    """The first set of the other exercise that comes."""
    earlier = [spliced.moved[index] for index in range(here) if index in spliced.moved]
    after = max(earlier, default=-1)
    ahead = [index for index in spliced.taken if index > after]
    return min(ahead) if ahead and not run.making_up else min(spliced.taken)


def _owed(run: Run, place: int, spliced: Spliced) -> frozenset[int]:
    """The sets that are made up for at the end: of those that stay, and of the others that lie behind."""
    kept = {spliced.moved[index] for index in run.owed if index in spliced.moved}
    behind = set(spliced.taken) if run.making_up else {index for index in spliced.taken if index < place}
    return frozenset(kept | behind)


def _omission(omission: Omission, moved: Mapping[int, int]) -> Omission:
    before = tuple(
        (moved[index], None if record is None else record._replace(set_index=moved[index]))
        for index, record in omission.before
        if index in moved
    )
    left = None if omission.left is None else moved.get(omission.left)
    return omission._replace(set_index=moved[omission.set_index], before=before, left=left)
