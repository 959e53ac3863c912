"""Plans written by hand, and what drives a session through them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import UnionType
from typing import Any, TypeVar, overload

from backtimer.core.plan.plan import Plan, SetSpec, Step, StepKind
from backtimer.core.plan.routine import Side
from backtimer.core.plan.units import Breathing
from backtimer.core.session.events import Event, Outcome, SetRecord
from backtimer.core.session.session import Session
from backtimer.core.session.transitions import State, Which

E = TypeVar("E", bound=Event)

DONE, PARTIAL, SKIPPED, HURT = Outcome.DONE, Outcome.PARTIAL, Outcome.SKIPPED, Outcome.HURT


@dataclass(frozen=True)
class Lead:
    """A step that leads to the set after it."""

    kind: StepKind
    seconds: float


@dataclass(frozen=True)
class Work:
    """One set. Its steps are (phase, seconds); a rep is all of them."""

    exercise: str | None
    phases: tuple[tuple[str, float | None], ...]
    reps: int | None = None
    side: Side | None = None
    alternate: bool = False
    switch: float = 0
    relax: float = 0
    kind: StepKind = StepKind.PHASE
    estimate: float = 30
    round: int | None = None
    expected: int | None = None
    """Of as many reps as are comfortable: how many are expected; `reps` is how many there are at most."""

    def steps(self, index: int) -> Iterator[Step]:
        if self.kind is not StepKind.PHASE or self.reps is None:
            phase, seconds = self.phases[0]
            estimate = self.estimate if seconds is None else seconds
            name = phase if self.kind is StepKind.PHASE else None
            yield Step(
                self.kind, seconds, estimate, index, self.exercise, self.side, phase=name, rep_start=True
            )
            return
        turns = [
            (rep, side)
            for rep in range(1, self.reps + 1)
            for side in ((Side.LEFT, Side.RIGHT) if self.alternate else (self.side,))
        ]
        for number, (rep, side) in enumerate(turns):
            if number and self.relax:
                yield self._step(StepKind.PHASE, self.relax, index, turns[number - 1][1], phase="relax")
            if number and self.alternate and self.switch:
                yield self._step(StepKind.SWITCH, self.switch, index, side)
            for place, (phase, seconds) in enumerate(self.phases):
                assert seconds is not None
                first, last = place == 0, place == len(self.phases) - 1
                yield Step(
                    StepKind.PHASE,
                    seconds,
                    0.0 if self.expected is not None and rep > self.expected else seconds,
                    index,
                    self.exercise,
                    side,
                    rep,
                    phase,
                    rep_start=first,
                    rep_end=last,
                )

    def _step(
        self, kind: StepKind, seconds: float, index: int, side: Side | None, phase: str | None = None
    ) -> Step:
        return Step(kind, seconds, seconds, index, self.exercise, side, phase=phase)


def prepare(seconds: float) -> Lead:
    return Lead(StepKind.PREPARE, seconds)


def rest(seconds: float) -> Lead:
    return Lead(StepKind.REST, seconds)


def transition(seconds: float) -> Lead:
    return Lead(StepKind.TRANSITION, seconds)


def switch(seconds: float) -> Lead:
    return Lead(StepKind.SWITCH, seconds)


def reps(
    exercise: str,
    count: int,
    lift: float = 2,
    lower: float = 2,
    *,
    side: Side | None = None,
    relax: float = 0,
) -> Work:
    """Reps of lift and lower."""
    return Work(exercise, (("lift", lift), ("lower", lower)), count, side, relax=relax)


def alternating(exercise: str, count: int, seconds: float = 2, switch: float = 0) -> Work:
    """Reps of one phase, left and right in turn."""
    return Work(exercise, (("lift", seconds),), count, alternate=True, switch=switch)


def as_many(
    exercise: str, expected: int = 3, most: int = 6, seconds: float = 2, *, alternate: bool = False
) -> Work:
    """As many reps as are comfortable, of lift and lower."""
    phases = (("lift", seconds), ("lower", seconds))
    return Work(exercise, phases, most, alternate=alternate, expected=expected)


def hold(exercise: str, seconds: float, side: Side | None = None) -> Work:
    return Work(exercise, (("hold", seconds),), side=side)


def self_paced(exercise: str, count: int | None = None, estimate: float = 30) -> Work:
    return Work(exercise, (("", None),), count, kind=StepKind.SELF_PACED, estimate=estimate)


def activity(seconds: float | None) -> Work:
    return Work(None, (("", seconds),), kind=StepKind.ACTIVITY, estimate=1800)


@dataclass
class _Sheet:
    steps: list[Step] = field(default_factory=list)
    sets: list[SetSpec] = field(default_factory=list)


def plan(*parts: Lead | Work) -> Plan:
    """A plan of these parts, in order."""
    sheet, lead_in = _Sheet(), 0
    for place, part in enumerate(parts):
        index = len(sheet.sets)
        if isinstance(part, Lead):
            following = next(each for each in parts[place:] if isinstance(each, Work))
            sheet.steps.append(
                Step(part.kind, part.seconds, part.seconds, index, following.exercise, following.side)
            )
            continue
        first = len(sheet.steps)
        sheet.steps.extend(part.steps(index))
        sheet.sets.append(
            SetSpec(
                exercise=part.exercise,
                side=part.side,
                set=1,
                sets=1,
                reps=part.reps if part.expected is None else None,
                round=None,
                rounds=None,
                first_step=first,
                last_step=len(sheet.steps) - 1,
                lead_in=lead_in,
                item=index,
                alternate=part.alternate,
                as_many=part.expected is not None,
            )
        )
        lead_in = len(sheet.steps)
    return Plan("by-hand", "monday", "By hand", tuple(sheet.steps), tuple(sheet.sets), (), Breathing())


def run_until(session: Session, until: float) -> None:
    """Tick at each deadline up to a moment, and at that moment."""
    while (due := session.next_deadline) is not None and due <= until:
        session.tick(due)
    session.tick(until)


def hurt_and_on(session: Session, now: float, which: Which | None = None) -> None:
    """It hurts, and the person goes on at once."""
    session.hurts(now, which)
    assert session.state is State.PAUSED
    session.resume(now)


def run_out(session: Session) -> None:
    """Tick at each deadline until there is none."""
    while (due := session.next_deadline) is not None:
        session.tick(due)


@overload
def only(events: Iterable[Event], kind: type[E]) -> list[E]: ...
@overload
def only(events: Iterable[Event], kind: UnionType) -> list[Event]: ...
def only(events: Iterable[Event], kind: type[E] | UnionType) -> list[Any]:
    """The events of one kind, or of several."""
    return [event for event in events if isinstance(event, kind)]


def begun(made: Plan, at: float = 0.0, until: float | None = None) -> Session:
    """A session that was started, ran until a moment, and whose events so far are drained."""
    session = Session(made)
    session.start(at)
    if until is not None:
        run_until(session, until)
    session.drain()
    return session


def outcomes(session: Session) -> list[Outcome | None]:
    records = session.snapshot(0).records
    return [None if record is None else record.outcome for record in records]


def record(session: Session, index: int) -> SetRecord:
    found = session.snapshot(0).records[index]
    assert found is not None
    return found


def step_index(session: Session) -> int:
    return session.snapshot(0).step_index


ROUND = (reps("bird-dog", 2), transition(12), hold("plank", 4))
ROUNDS = plan(*ROUND, rest(6), *ROUND, rest(6), *ROUND)
