"""A slow, plain model of a session, which the engine is compared with.

It lives in quarter seconds, moves one at a time, and finds everything out by looking through lists. It knows
nothing of events, and has its own idea of what is allowed where.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from backtimer.core.plan.plan import Plan, SetSpec, Step, StepKind
from backtimer.core.plan.routine import Position
from backtimer.core.plan.ways import way_s
from backtimer.core.session.events import Outcome, SetRecord

QUARTERS = 4
"""In a second."""

ALLOWED = {
    "ready": {"start"},
    "running": {"pause", "next_set", "previous_set", "extend", "hurts", "take_back", "finish"},
    "waiting": {"pause", "next_set", "previous_set", "hurts", "take_back", "done", "finish"},
    "count_in": {"pause", "next_set", "previous_set", "hurts", "take_back", "finish"},
    "paused": {"resume", "next_set", "previous_set", "hurts", "take_back", "finish"},
    "ended": set(),
}

ORDER = [Outcome.SKIPPED, Outcome.PARTIAL, Outcome.DONE, Outcome.HURT]
WORK = {StepKind.PHASE, StepKind.ACTIVITY, StepKind.SELF_PACED}


@dataclass(frozen=True)
class Piece:
    """Time spent on a step."""

    attempt: int
    step: int
    quarters: int
    complete: bool


@dataclass
class Left:
    """An exercise that is left out."""

    exercise: str | None
    mark: int
    was: dict[int, SetRecord | None]
    """The sets that it concerned, as they were."""
    left: int | None
    """The set that was being done, or led to."""
    worked_since: bool = False


class Model:
    """What should be true of a session."""

    def __init__(self, plan: Plan, records: list[SetRecord]) -> None:
        self.plan = plan
        self.records: list[SetRecord | None] = [None] * len(plan.sets)
        for record in records:
            self.records[record.set_index] = record
        self.resumed = bool(records)
        self.state = "ready"
        self.step, self.at = 0, 0
        self.left = 0
        """Of a count-in: under way, or kept in a pause."""
        self.detour: tuple[int, int | None, float] | None = None
        """The set that the count-in leads to, the one it comes from, and the rest that is part of it."""
        self.told = False
        self.begun = False
        """The step at hand has run, for a while."""
        self.led: int | None = None
        """A set that was left on the way to it, since anything was worked on."""
        self.comings: list[tuple[int, int | None, float, float]] = []
        """The detours that have begun, and how long they were."""
        self.length: int | None = None
        self.pieces: list[Piece] = []
        self.attempt = 0
        """Grows when a try at a set begins and when it ends, so that the pieces of each are told apart."""
        self.trying: int | None = None
        """The set whose work has begun, and was neither left nor is over."""
        self.worked: int | None = None
        self.why: str | None = None
        """Why it stands still."""
        self.over = False
        """It stands before the end."""
        self.out: list[Left] = []
        self.open_again: set[int] = set()
        """Sets that were left out and are not any more."""
        self.only_those = False
        """The end was reached, and only those come."""
        self.said = 0
        """How often it hurt."""
        for exercise in dict.fromkeys(
            plan.sets[r.set_index].exercise for r in records if r.outcome == "hurt"
        ):
            own = [r for r in records if plan.sets[r.set_index].exercise == exercise]
            last = max(r.set_index for r in own if r.outcome == "hurt")
            was = {r.set_index: self.was(r) for r in own if r.outcome in ("hurt", "skipped")}
            self.out.append(Left(exercise, last, was, last))
        self.out.sort(key=lambda each: each.mark)

    def was(self, record: SetRecord) -> SetRecord | None:
        """A set of an earlier part as it was before it hurt: done, if all of it was."""
        spec = self.plan.sets[record.set_index]
        if record.outcome == "skipped":
            return None
        work = [self.plan.steps[i] for i in self.work_of(spec)]
        whole = sum(step.estimate_s for step in work if self.is_measured(step))
        if record.reps != spec.reps if spec.reps is not None else record.seconds < whole:
            return None
        side = None if spec.side is None else str(spec.side)
        return SetRecord(record.set_index, Outcome.DONE, record.reps, record.seconds, side)

    def copy(self) -> Model:
        other = copy(self)
        other.records, other.pieces = list(self.records), list(self.pieces)
        other.comings = list(self.comings)
        other.out = [copy(each) for each in self.out]
        other.open_again = set(self.open_again)
        return other

    # What can be asked

    @property
    def elapsed(self) -> float:
        under_way = 0 if self.state == "ended" else self.at
        return (sum(piece.quarters for piece in self.pieces) + under_way) / QUARTERS

    @property
    def reps_done(self) -> int:
        spec, done = self.here, []
        if not self.in_reps(spec):
            return 0
        ends = [i for i in self.work_of(spec) if self.plan.steps[i].rep_end]
        for side in {self.plan.steps[i].side for i in ends}:
            these = [i for i in ends if self.plan.steps[i].side == side]
            done.append(sum(p.complete and p.step in these for p in self.tried()))
        return min(done, default=0)

    @property
    def remaining(self) -> float:
        if self.state == "ended" or self.over:
            return 0.0
        here = self.now_step.set_index
        owed = [i for i in self.owed() if i != here]
        if self.only_those:
            sets = [i for i in owed if i != here]
        else:
            further = [i for i in range(here + 1, len(self.plan.sets)) if not self.is_out(i)]
            sets = further + [i for i in owed if i < here]
        ahead = [s for s in self.plan.steps[self.step + 1 :] if s.set_index == here]
        ahead += [s for i in sets for s in self.plan.steps if s.set_index == i]
        planned = self.now_step.estimate_s if self.length is None else self.length / QUARTERS
        way = self.left / QUARTERS if self.detour else 0.0
        return way + max(planned - self.at / QUARTERS, 0.0) + sum(step.estimate_s for step in ahead)

    # Looking things up

    @property
    def now_step(self) -> Step:
        return self.plan.steps[self.step]

    @property
    def here(self) -> SetSpec:
        return self.spec_of(self.now_step)

    def spec_of(self, step: Step) -> SetSpec:
        return self.plan.sets[step.set_index]

    def work_of(self, spec: SetSpec) -> range:
        return range(spec.first_step, spec.last_step + 1)

    def in_reps(self, spec: SetSpec) -> bool:
        return spec.reps is not None or spec.as_many

    def counts_as_they_come(self, spec: SetSpec) -> bool:
        """As many reps as are comfortable, each in its tempo."""
        return spec.as_many and self.plan.steps[spec.first_step].seconds is not None

    def is_out(self, index: int) -> bool:
        return any(each.exercise == self.plan.sets[index].exercise for each in self.out)

    def owed(self) -> list[int]:
        return sorted(i for i in self.open_again if self.records[i] is None and not self.is_out(i))

    def tried(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.attempt == self.attempt]

    def at_work(self) -> bool:
        return self.step in self.work_of(self.here)

    def worked_set(self) -> int | None:
        return None if self.worked is None else self.plan.steps[self.worked].set_index

    def position(self, index: int) -> Position | None:
        exercise = self.plan.sets[index].exercise
        if exercise is None:
            return Position.STANDING
        return next((each.position for each in self.plan.exercises if each.id == exercise), None)

    def lead_in_holds(self, index: int) -> bool:
        """Whether what is planned before a set is right after the set last worked on."""
        worked = self.worked_set()
        if worked is None or index == 0:
            return worked is None and index == 0
        directly = self.plan.steps[self.plan.sets[index].first_step - 1]
        moves = directly.kind is StepKind.TRANSITION and directly.set_index == index
        return worked == index - 1 or (moves and self.position(worked) == self.position(index - 1))

    def longest_rest(self, first: int, last: int) -> float:
        """The longest gap before these sets in which one rests, from end to end."""
        rests = []
        for index in range(first, last + 1):
            spec = self.plan.sets[index]
            lead = self.plan.steps[spec.lead_in : spec.first_step]
            if "rest" in [step.kind for step in lead]:
                rests.append(sum(step.estimate_s for step in lead))
        return max(rests, default=0.0)

    def ease(self) -> float:
        return max(10.0, self.plan.transition_s)

    # Time

    def pass_time(self, quarters: int) -> None:
        for _ in range(quarters):
            if self.state == "count_in":
                self.left -= 1
                if self.left == 0:
                    self.run()
            elif self.state in ("running", "waiting"):
                self.at += 1
                if self.at == self.length:
                    self.complete()

    def sleep(self) -> None:
        if self.state in ("running", "waiting", "count_in"):
            self.state, self.why = "paused", "slept"

    def go(self, step: int) -> None:
        self.step, self.at, self.left, self.detour, self.begun = step, 0, 0, None, False
        seconds = self.now_step.seconds
        self.length = None if seconds is None else round(seconds * QUARTERS)

    def run(self) -> None:
        self.left, self.detour, self.begun = 0, None, True
        waits = self.length is None or (self.at_work() and self.counts_as_they_come(self.here))
        self.state = "waiting" if waits else "running"
        if self.now_step.kind in WORK:
            if self.trying is None:
                self.attempt += 1
            self.worked, self.trying, self.led = self.step, self.now_step.set_index, None
            for each in self.out:
                each.worked_since = True
        if self.length == 0:
            self.complete()

    def complete(self) -> None:
        self.pieces.append(Piece(self.attempt, self.step, self.at, complete=True))
        self.at = 0
        if self.step != self.here.last_step:
            self.go(self.step + 1)
            self.run()
            return
        self.close(Outcome.DONE)
        self.go_on()

    def go_on(self) -> None:
        """A set is over: go to what follows."""
        here = self.now_step.set_index
        following = self.next_after(here)
        if following is None:
            self.end()
            return
        rest = self.longest_rest(here + 1, following)
        if not self.lead_in_holds(following) or rest > self.longest_rest(following, following):
            self.go_round(following, rest, 3.0)
        else:
            self.go(self.plan.sets[following].lead_in)
            self.run()

    def open_set(self, among: range) -> int | None:
        for index in among:
            if not self.is_out(index):
                return index
        return None

    def next_after(self, here: int) -> int | None:
        ahead = self.open_set(range(here + 1, len(self.plan.sets)))
        if ahead is not None and not self.only_those:
            return ahead
        self.only_those = True
        return min((i for i in self.owed() if i != here), default=None)

    # Sets

    def keep(self, record: SetRecord) -> None:
        before = self.records[record.set_index]
        if before is None or ORDER.index(record.outcome) >= ORDER.index(before.outcome):
            self.records[record.set_index] = record

    def something_done(self) -> bool:
        """Some step of work was completed, or time was spent on something that counts by the moment."""
        for piece in self.tried():
            step = self.plan.steps[piece.step]
            if self.is_measured(step) and (piece.complete or (self.by_moment(step) and piece.quarters)):
                return True
        return False

    def by_moment(self, step: Step) -> bool:
        """Whether each moment of a step of work counts for itself."""
        fills_set = not self.in_reps(self.spec_of(step)) and self.is_measured(step)
        return step.phase == "hold" or step.seconds is None or fills_set

    def is_measured(self, step: Step) -> bool:
        """Whether a set is told by the time of a step: where one hold is all of it, by that of the hold."""
        spec = self.spec_of(step)
        held = any(self.plan.steps[i].phase == "hold" for i in self.work_of(spec))
        return step.kind in WORK and (step.phase == "hold" or self.in_reps(spec) or not held)

    def close(self, outcome: Outcome | None = None) -> None:
        """The set at hand is over or left; the time on its step is in the pieces already."""
        spec = self.here
        if outcome is None:
            outcome = Outcome.PARTIAL if self.something_done() else Outcome.SKIPPED
        reps = spec.reps
        if reps is not None and outcome is not Outcome.DONE:
            reps = self.reps_done
            if outcome is not Outcome.SKIPPED and self.plan.steps[spec.first_step].seconds is None:
                reps = None
        if self.counts_as_they_come(spec):
            reps = self.reps_done
        spent = [p.quarters for p in self.tried() if self.is_measured(self.plan.steps[p.step])]
        side = spec.side
        if outcome is Outcome.HURT and self.worked in self.work_of(spec):
            assert self.worked is not None
            side = side or self.plan.steps[self.worked].side
        elif outcome is Outcome.HURT and self.worked is not None:
            of_it = self.plan.steps[self.worked]
            side = side or (of_it.side if of_it.exercise == spec.exercise else None)
        name = None if side is None else str(side)
        self.keep(SetRecord(self.plan.sets.index(spec), outcome, reps, sum(spent) / QUARTERS, name))
        self.stop_trying()

    def stop_trying(self) -> None:
        self.attempt += 1
        self.trying = None

    def skip(self, index: int) -> None:
        if self.records[index] is None:
            spec = self.plan.sets[index]
            side = None if spec.side is None else str(spec.side)
            reps = 0 if spec.reps is not None or self.counts_as_they_come(spec) else None
            self.records[index] = SetRecord(index, Outcome.SKIPPED, reps, 0.0, side)

    def end(self) -> None:
        self.state = "ended"
        for index in range(len(self.plan.sets)):
            self.skip(index)

    def leave(self) -> None:
        if (self.begun or (self.detour and self.told)) and self.trying != self.now_step.set_index:
            self.led = self.now_step.set_index
        self.pieces.append(Piece(self.attempt, self.step, self.at, complete=False))
        self.at = 0

    def explained_in(self, worked: int | None, index: int) -> float:
        """How long the plan leads to an exercise that did not come before: it is explained in that time."""
        spec = self.plan.sets[index]
        come = {each.exercise for each in self.plan.sets[: (worked or 0) + 1]}
        lead = self.plan.steps[spec.lead_in : spec.first_step][-1:]
        if spec.exercise in come or [step.kind for step in lead] != ["transition"]:
            return 0.0
        planned = self.position(index - 1)
        come_from = Position.STANDING if worked is None else self.position(worked) or planned
        after = self.position(index)
        if planned is None or come_from is None or after is None:
            return lead[0].estimate_s
        return lead[0].estimate_s + max(way_s(come_from, after) - way_s(planned, after), 0.0)

    def comes_from(self, index: int) -> int | None:
        """The set of another exercise in whose position she may be, since she was on the way to it."""
        led, worked = self.led, self.worked_set()
        if led is None or self.plan.sets[led].exercise == self.plan.sets[index].exercise:
            return None
        return led if worked is None or self.position(led) is not self.position(worked) else None

    def go_round(self, index: int, rest: float, least: float) -> None:
        """Go to a set on a way that is not in the plan."""
        worked, led = self.worked_set(), self.comes_from(index)
        change = max(self.change(each, index) for each in {worked, worked if led is None else led})
        gap = max(rest, change)
        if worked is not None and self.position(worked) is not self.position(index):
            rest = max(rest - change, 0.0)
        self.go(self.plan.sets[index].first_step)
        self.left = round(max(gap, least) * QUARTERS)
        self.detour, self.told = (index, worked, rest), False
        if self.state != "paused":
            self.count_in()

    def change(self, worked: int | None, index: int) -> float:
        """How long it takes from one set to another."""
        change = 3.0
        before, after = None if worked is None else self.position(worked), self.position(index)
        if worked is None or before != after:
            change = self.plan.position_change_s
            come_from = Position.STANDING if worked is None else before
            if come_from is not None and after is not None:
                change = max(change, way_s(come_from, after))
        elif self.plan.sets[worked].exercise != self.plan.sets[index].exercise:
            change = self.plan.transition_s
        elif self.plan.sets[worked].side != self.plan.sets[index].side and after in (
            Position.SIDE_LYING,
            Position.HALF_KNEELING,
        ):
            change = max(change, self.plan.transition_s)
        if (
            worked is None
            or before != after
            or self.plan.sets[worked].exercise != self.plan.sets[index].exercise
        ):
            change = max(change, self.explained_in(worked, index))
        return change

    def count_in(self) -> None:
        self.state, self.left = "count_in", max(self.left, 3 * QUARTERS)
        if self.detour and not self.told:
            self.told = True
            self.comings.append((*self.detour, self.left / QUARTERS))

    def land(self, index: int | None, *, on_work: bool = False, hurt: bool = False) -> None:
        if index is None:
            self.end()
            return
        self.over = False
        spec = self.plan.sets[index]
        before = spec.first_step - 1
        leads = {StepKind.PREPARE, StepKind.TRANSITION, StepKind.SWITCH}
        planned = before >= spec.lead_in and self.plan.steps[before].kind in leads
        in_time = not hurt or self.plan.steps[before].estimate_s >= self.ease()
        if on_work:
            self.go(spec.first_step)
            if self.state != "paused":
                self.count_in()
        elif planned and in_time and self.comes_from(index) is None and self.lead_in_holds(index):
            self.go(before)
            if self.state != "paused":
                self.run()
        else:
            self.go_round(index, 0.0, self.ease() if hurt else 3.0)

    # Commands

    def start(self) -> None:
        if not self.resumed:
            self.go(0)
            self.run()
            return
        missing = [i for i, r in enumerate(self.records) if r is None and not self.is_out(i)]
        first = missing[0] if missing else None
        marks = [i for i, r in enumerate(self.records) if r is not None and r.outcome == "hurt"]
        later = self.records[max(marks) + 1 :] if marks else []
        if marks and not any(r is not None and r.outcome in ("done", "partial", "hurt") for r in later):
            self.state, self.why = "paused", "hurt"
            self.step = len(self.plan.steps) - 1
            self.wait_before(first)
        else:
            self.land(first)

    def wait_before(self, index: int | None) -> None:
        """Stand still before a set or, without one, before the end."""
        if index is None:
            self.over = True
            self.go(self.here.first_step)
        else:
            self.land(index, hurt=True)

    def pause(self) -> None:
        self.state, self.why = "paused", "asked"

    def resume(self) -> None:
        pain, self.why = self.why == "hurt", None
        if self.over:
            self.end()
            return
        if pain and self.step < self.here.first_step and self.at == 0:
            self.run()
            return
        step = self.now_step
        in_rep = step.kind in WORK and not self.after_rep()
        anew = self.length is not None and (self.length <= 10 * QUARTERS or not self.by_moment(step))
        if in_rep and self.trying is not None and anew:
            start = max(i for i in self.work_of(self.here) if i <= self.step and self.plan.steps[i].rep_start)
            while self.pieces and self.pieces[-1].attempt == self.attempt and self.pieces[-1].step >= start:
                self.pieces.pop()
            self.go(start)
        self.count_in()

    def after_rep(self) -> bool:
        """Whether the step stands between the end of a rep, or of a set's hold, and the next beginning."""
        for i in range(self.step, self.here.first_step - 1, -1):
            before = self.plan.steps[i]
            held = before.phase == "hold" and not self.in_reps(self.here)
            if (before.rep_end or held) and i < self.step:
                return True
            if self.plan.steps[i].rep_start:
                return False
        return False

    def next_set(self) -> None:
        here = self.now_step.set_index
        if self.over:
            self.end()
            return
        if self.state == "paused" and self.why == "hurt":
            self.leave()
            self.skip(here)
            self.wait_before(self.next_after(here))
            return
        if self.detour and self.left > 3 * QUARTERS:
            self.left = 3 * QUARTERS
            return
        self.leave()
        if self.at_work():
            self.close()
            self.land(self.next_after(here))
        else:
            directly_before = self.step == self.here.first_step - 1
            last = self.plan.steps[self.here.first_step - 1]
            self.land(here, on_work=directly_before or last.kind is StepKind.REST)

    def previous_set(self) -> None:
        here = self.now_step.set_index
        self.leave()
        if self.over and self.out:
            last = self.out[-1]
            self.let_in(last)
            self.only_those = False
            stays = last.mark if self.is_out(here) else here
            self.land(stays if last.left is None else last.left, hurt=True)
            return
        if self.at_work():
            if self.something_done():
                self.close()
            self.stop_trying()
        self.only_those = False
        before = max(here - 1, 0)
        omitted = [each for each in self.out if each.exercise == self.plan.sets[before].exercise]
        if not omitted:
            self.land(before)
            return
        self.let_in(omitted[0])
        run = [i for i in range(before + 1) if all(self.undone(j, before) for j in range(i, before + 1))]
        self.land(run[0] if run else before, hurt=True)

    def undone(self, index: int, like: int) -> bool:
        same = self.plan.sets[index].exercise == self.plan.sets[like].exercise
        return same and self.records[index] is None

    def extend(self, quarters: int) -> None:
        assert self.length is not None
        self.length += quarters

    def done(self) -> None:
        if self.length is None:
            self.complete()
            return
        outcome = Outcome.DONE if self.reps_done else None
        self.leave()
        self.close(outcome)
        self.go_on()

    def bearer(self, over: int) -> int:
        record = self.records[over]
        if record is None or record.outcome is not Outcome.DONE:
            return over
        spec = self.plan.sets[over]
        alike = [
            i
            for i, each in enumerate(self.plan.sets)
            if i > over
            and self.records[i] is None
            and each.exercise == spec.exercise
            and each.side == spec.side
        ]
        return min(alike, default=over)

    def doubt(self) -> tuple[int, int] | None:
        """The set worked on last and the one to come, if either may be meant by what hurts."""
        here, worked = self.now_step.set_index, self.worked_set()
        if worked is None or self.over or self.trying == here:
            return None
        same = self.plan.sets[worked].exercise == self.plan.sets[here].exercise
        return None if same else (worked, here)

    def hurts(self, which: str | None = None) -> None:
        here = self.now_step.set_index
        if which is None:
            self.said += (self.state, self.why) != ("paused", "which")
            if self.state == "paused" and self.why == "hurt" and self.out:
                self.ease_out()
                return
            if self.doubt():
                self.state, self.why = "paused", "which"
                return
        under_way = self.trying == here
        worked = None if under_way or which == "coming" else self.worked
        hurt = here if worked is None else self.bearer(self.plan.steps[worked].set_index)
        spec = self.plan.sets[hurt]
        if not self.is_out(hurt):
            self.leave_out(hurt, spec, under_way)
        self.ease_out()

    def leave_out(self, hurt: int, spec: SetSpec, under_way: bool) -> None:
        here = self.now_step.set_index
        leaves = self.here.exercise == spec.exercise
        if leaves:
            self.leave()
        known = self.records[hurt]
        was: dict[int, SetRecord | None] = {hurt: known}
        if known is not None and not (under_way and hurt == here):
            side = known.side
            if side is None and self.worked is not None:
                of_it = self.plan.steps[self.worked]
                if of_it.exercise == spec.exercise and of_it.side is not None:
                    side = str(of_it.side)
            self.records[hurt] = SetRecord(hurt, Outcome.HURT, known.reps, known.seconds, side)
        elif hurt == here:
            self.close(Outcome.HURT)
        else:
            step, left, detour = self.step, self.left, self.detour
            self.step, self.attempt = spec.first_step, self.attempt + 1
            self.close(Outcome.HURT)
            self.step, self.left, self.detour = step, left, detour
        for index, each in enumerate(self.plan.sets):
            if each.exercise == spec.exercise and self.records[index] is None:
                was[index] = None
                self.skip(index)
        self.out.append(Left(spec.exercise, hurt, was, here if leaves else None))
        if leaves:
            self.state = "paused"
            self.wait_before(self.next_after(here))

    def ease_out(self) -> None:
        """Stand still until a key is pressed, with time to get to what comes."""
        self.state, self.why = "paused", "hurt"
        if self.over:
            return
        way = self.left
        if not self.at_work():
            rest = self.plan.steps[self.step + 1 : self.here.first_step]
            assert self.length is not None
            way += self.length - self.at + round(sum(step.estimate_s for step in rest) * QUARTERS)
        if way < self.ease() * QUARTERS:
            here = self.now_step.set_index
            self.leave()
            self.land(here, hurt=True)

    def take_back(self) -> None:
        if not self.out:
            return
        last = self.out[-1]
        self.let_in(last)
        if last.left is not None and not last.worked_since:
            self.leave()
            self.only_those = False
            self.land(last.left, hurt=True)
        elif self.over:
            following = self.next_after(self.now_step.set_index)
            if following is not None:
                self.wait_before(following)

    def let_in(self, left: Left) -> None:
        self.out.remove(left)
        for index, record in left.was.items():
            self.records[index] = record
            if record is None:
                self.open_again.add(index)
        if self.state == "paused":
            self.why = "asked"

    def finish(self) -> None:
        self.leave()
        if self.at_work() and not self.detour:
            self.close()
        self.end()
