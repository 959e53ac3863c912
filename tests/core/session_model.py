"""A slow, plain model of a session, which the engine is compared with.

It lives in quarter seconds, moves one at a time, and finds everything out by looking through lists. It knows
nothing of events, and has its own idea of what is allowed where.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from backtimer.core.events import Outcome, SetRecord
from backtimer.core.plan import Plan, SetSpec, Step, StepKind

QUARTERS = 4
"""In a second."""

ALLOWED = {
    "ready": {"start"},
    "running": {"pause", "next_set", "previous_set", "extend", "hurts", "finish"},
    "waiting": {"pause", "next_set", "previous_set", "hurts", "done", "finish"},
    "count_in": {"pause", "next_set", "previous_set", "hurts", "finish"},
    "paused": {"resume", "next_set", "previous_set", "hurts", "finish"},
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
        self.comings: list[tuple[int, int | None, float, float]] = []
        """The detours that have begun, and how long they were."""
        self.length: int | None = None
        self.pieces: list[Piece] = []
        self.attempt = 0
        """Grows when a try at a set begins and when it ends, so that the pieces of each are told apart."""
        self.trying: int | None = None
        """The set whose work has begun, and was neither left nor is over."""
        self.worked: int | None = None

    def copy(self) -> Model:
        other = copy(self)
        other.records, other.pieces = list(self.records), list(self.pieces)
        other.comings = list(self.comings)
        return other

    # What can be asked

    @property
    def elapsed(self) -> float:
        under_way = 0 if self.state == "ended" else self.at
        return (sum(piece.quarters for piece in self.pieces) + under_way) / QUARTERS

    @property
    def reps_done(self) -> int:
        spec, done = self.here, []
        if spec.reps is None:
            return 0
        ends = [i for i in self.work_of(spec) if self.plan.steps[i].rep_end]
        for side in {self.plan.steps[i].side for i in ends}:
            these = [i for i in ends if self.plan.steps[i].side == side]
            done.append(sum(p.complete and p.step in these for p in self.tried()))
        return min(done, default=0)

    @property
    def remaining(self) -> float:
        if self.state == "ended":
            return 0.0
        ahead = [s for s in self.plan.steps[self.step + 1 :] if not self.has_hurt(self.spec_of(s))]
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

    def has_hurt(self, spec: SetSpec) -> bool:
        return any(
            record is not None
            and record.outcome is Outcome.HURT
            and self.plan.sets[record.set_index].exercise == spec.exercise
            for record in self.records
        )

    def tried(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.attempt == self.attempt]

    def at_work(self) -> bool:
        return self.step in self.work_of(self.here)

    def worked_set(self) -> int | None:
        return None if self.worked is None else self.plan.steps[self.worked].set_index

    def position(self, index: int) -> object:
        exercise = self.plan.sets[index].exercise
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
        rests = [
            step.estimate_s
            for step in self.plan.steps
            if step.kind is StepKind.REST and first <= step.set_index <= last
        ]
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
            self.state = "paused"

    def go(self, step: int) -> None:
        self.step, self.at, self.left, self.detour = step, 0, 0, None
        seconds = self.now_step.seconds
        self.length = None if seconds is None else round(seconds * QUARTERS)

    def run(self) -> None:
        self.left, self.detour = 0, None
        self.state = "waiting" if self.length is None else "running"
        if self.now_step.kind in WORK:
            if self.trying is None:
                self.attempt += 1
            self.worked, self.trying = self.step, self.now_step.set_index
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
        here = self.now_step.set_index
        following = self.open_set(range(here + 1, len(self.plan.sets)))
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
            if not self.has_hurt(self.plan.sets[index]):
                return index
        return None

    # Sets

    def keep(self, record: SetRecord) -> None:
        before = self.records[record.set_index]
        if before is None or ORDER.index(record.outcome) >= ORDER.index(before.outcome):
            self.records[record.set_index] = record

    def something_done(self) -> bool:
        """Some step of work was completed, or time was spent on something that counts by the moment."""
        for piece in self.tried():
            step = self.plan.steps[piece.step]
            by_moment = step.phase == "hold" or step.seconds is None or self.spec_of(step).reps is None
            if step.kind in WORK and (piece.complete or (by_moment and piece.quarters)):
                return True
        return False

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
        spent = [p.quarters for p in self.tried() if self.plan.steps[p.step].kind in WORK]
        side = spec.side
        if outcome is Outcome.HURT and self.worked in self.work_of(spec):
            assert self.worked is not None
            side = side or self.plan.steps[self.worked].side
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
            reps = None if spec.reps is None else 0
            self.records[index] = SetRecord(index, Outcome.SKIPPED, reps, 0.0, side)

    def end(self) -> None:
        self.state = "ended"
        for index in range(len(self.plan.sets)):
            self.skip(index)

    def leave(self) -> None:
        self.pieces.append(Piece(self.attempt, self.step, self.at, complete=False))
        self.at = 0

    def go_round(self, index: int, rest: float, least: float) -> None:
        """Go to a set on a way that is not in the plan."""
        worked, change = self.worked_set(), 3.0
        if worked is None or self.position(worked) != self.position(index):
            change = self.plan.position_change_s
        elif self.plan.sets[worked].exercise != self.plan.sets[index].exercise:
            change = self.plan.transition_s
        self.go(self.plan.sets[index].first_step)
        self.left = round(max(rest + change, least) * QUARTERS)
        self.detour, self.told = (index, worked, rest), False
        if self.state != "paused":
            self.count_in()

    def count_in(self) -> None:
        self.state, self.left = "count_in", max(self.left, 3 * QUARTERS)
        if self.detour and not self.told:
            self.told = True
            self.comings.append((*self.detour, self.left / QUARTERS))

    def land(self, index: int | None, *, on_work: bool = False, hurt: bool = False) -> None:
        if index is None:
            self.end()
            return
        spec = self.plan.sets[index]
        before = spec.first_step - 1
        leads = {StepKind.PREPARE, StepKind.TRANSITION, StepKind.SWITCH}
        planned = before >= spec.lead_in and self.plan.steps[before].kind in leads
        in_time = not hurt or self.plan.steps[before].estimate_s >= self.ease()
        if on_work:
            self.go(spec.first_step)
            if self.state != "paused":
                self.count_in()
        elif planned and in_time and self.lead_in_holds(index):
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
        missing = [
            i for i, r in enumerate(self.records) if r is None and not self.has_hurt(self.plan.sets[i])
        ]
        self.land(missing[0] if missing else None)

    def pause(self) -> None:
        self.state = "paused"

    def resume(self) -> None:
        step = self.now_step
        in_rep = step.kind in WORK and not (step.phase == "relax" and self.after_rep())
        moves = step.phase != "hold" and self.here.reps is not None
        anew = self.length is not None and (self.length <= 10 * QUARTERS or moves)
        if in_rep and self.trying is not None and anew:
            start = max(i for i in self.work_of(self.here) if i <= self.step and self.plan.steps[i].rep_start)
            while self.pieces and self.pieces[-1].attempt == self.attempt and self.pieces[-1].step >= start:
                self.pieces.pop()
            self.go(start)
        self.count_in()

    def after_rep(self) -> bool:
        """Whether the step stands between the end of a rep and the beginning of the next."""
        for i in range(self.step, self.here.first_step - 1, -1):
            if self.plan.steps[i].rep_end and i < self.step:
                return True
            if self.plan.steps[i].rep_start:
                return False
        return False

    def next_set(self) -> None:
        here = self.now_step.set_index
        if self.detour and self.left > 3 * QUARTERS:
            self.left = 3 * QUARTERS
            return
        self.leave()
        if self.at_work():
            self.close()
            self.land(self.open_set(range(here + 1, len(self.plan.sets))))
        else:
            directly_before = self.step == self.here.first_step - 1
            last = self.plan.steps[self.here.first_step - 1]
            self.land(here, on_work=directly_before or last.kind is StepKind.REST)

    def previous_set(self) -> None:
        here = self.now_step.set_index
        self.leave()
        if self.at_work():
            if self.something_done():
                self.close()
            self.stop_trying()
        before = self.open_set(range(here - 1, -1, -1))
        self.land(here if before is None else before)

    def extend(self, quarters: int) -> None:
        assert self.length is not None
        self.length += quarters

    def done(self) -> None:
        self.complete()

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

    def hurts(self) -> None:
        here = self.now_step.set_index
        under_way = self.trying == here
        worked = None if under_way else self.worked
        hurt = here if worked is None else self.bearer(self.plan.steps[worked].set_index)
        spec = self.plan.sets[hurt]
        if worked is not None and self.has_hurt(spec):
            return
        leaves = self.here.exercise == spec.exercise
        if leaves:
            self.leave()
        known = self.records[hurt]
        news = known is None or known.outcome is not Outcome.HURT
        if known is not None and not under_way:
            side = known.side
            if side is None and self.worked in self.work_of(spec):
                assert self.worked is not None
                worked_side = self.plan.steps[self.worked].side
                side = None if worked_side is None else str(worked_side)
            self.records[hurt] = SetRecord(hurt, Outcome.HURT, known.reps, known.seconds, side)
        elif hurt == here:
            self.close(Outcome.HURT)
        else:
            step = self.step
            self.step, self.attempt = spec.first_step, self.attempt + 1
            self.close(Outcome.HURT)
            self.step = step
        for index, each in enumerate(self.plan.sets):
            if each.exercise == spec.exercise:
                self.skip(index)
        if leaves:
            self.land(self.open_set(range(here, len(self.plan.sets))), hurt=True)
        elif news:
            way = self.left
            if not self.at_work():
                rest = self.plan.steps[self.step + 1 : self.here.first_step]
                assert self.length is not None
                way += self.length - self.at + round(sum(step.estimate_s for step in rest) * QUARTERS)
            if way < self.ease() * QUARTERS:
                self.leave()
                self.land(here, hurt=True)

    def finish(self) -> None:
        self.leave()
        if self.at_work() and not self.detour:
            self.close()
        self.end()
