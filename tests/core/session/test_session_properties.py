"""What holds for every plan, every way of ticking, and every sequence of commands."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from backtimer.core.plan.plan import Plan
from backtimer.core.session.events import (
    Coming,
    CountIn,
    Ended,
    Event,
    Outcome,
    Paused,
    Resumed,
    SetEnded,
    SetRecord,
    SetReopened,
    Started,
    StepStarted,
)
from backtimer.core.session.session import Session
from backtimer.core.session.transitions import Command, IllegalCommandError, State, Which
from tests.core.session_model import ALLOWED, QUARTERS, Model
from tests.core.session_plans import hold, only, plan, reps, rest, run_out, transition
from tests.core.strategies import plans

OFTEN = settings(max_examples=60)

PLAIN = (
    Command.PAUSE,
    Command.RESUME,
    Command.NEXT_SET,
    Command.PREVIOUS_SET,
    Command.HURTS,
    Command.TAKE_BACK,
    Command.DONE,
    Command.FINISH,
)


@dataclass(frozen=True)
class Call:
    """A command, so long after the one before."""

    after_s: float
    command: Command
    seconds: float = 1.0
    """For an extension."""

    def __call__(self, session: Session, now: float) -> None:
        try:
            if self.command is Command.EXTEND:
                session.extend(self.seconds, now)
            else:
                getattr(session, self.command.value)(now)
        except IllegalCommandError:
            pass


def calls(least_after: float = 0.0) -> st.SearchStrategy[list[Call]]:
    after = st.floats(least_after, 30.0)
    plain = st.builds(Call, after, st.sampled_from(PLAIN))
    likely = st.builds(Call, after, st.sampled_from((Command.PAUSE, Command.RESUME, Command.DONE)))
    extend = st.builds(Call, after, st.just(Command.EXTEND), st.floats(0.001, 20.0))
    return st.lists(plain | likely | extend, max_size=12)


def play(session: Session, script: list[Call], ticks: random.Random | None) -> tuple[Event, ...]:
    """Start at 0, hand in the script, tick as it comes, and finish a minute after the last command.

    Args:
        session: A new session.
        script: The commands.
        ticks: Tick at random moments up to 2 s after each deadline; None: at each deadline.
    """
    events: list[Event] = []
    session.start(0.0)
    now = 0.0
    for call in [*script, Call(60.0, Command.FINISH)]:
        due_call = now + call.after_s
        while (due := session.next_deadline) is not None:
            tick = due if ticks is None else ticks.uniform(now, due + 1.999)
            if tick >= due_call:
                break
            session.tick(tick)
            now = max(now, tick)
            events.extend(session.drain())
        call(session, due_call)
        now = due_call
    events.extend(session.drain())
    return tuple(events)


@OFTEN
@given(plans(), calls(), st.integers(0, 2**32))
def test_what_holds_for_every_plan_and_all_commands(made: Plan, script: list[Call], seed: int) -> None:
    """Of one plan all at once: to make it takes longer than to run it."""
    session = Session(made)
    events = play(session, script, None)
    assert play(Session(made), script, random.Random(seed)) == events, "by ticks"
    records = session.snapshot(0.0).records
    events_are_in_order_and_end_once(events, records)
    credited_time_is_within_the_time_that_passed_without_pauses(events, records)


def events_are_in_order_and_end_once(events: Sequence[Event], records: Sequence[SetRecord | None]) -> None:
    moments = [event.at_s for event in events]
    assert moments == sorted(moments)
    assert isinstance(events[0], Started)
    assert [isinstance(event, Ended) for event in events] == [False] * (len(events) - 1) + [True]
    kept: dict[int, SetRecord] = {}
    tell(kept, events)
    assert tuple(kept[index] for index in range(len(records))) == records


def credited_time_is_within_the_time_that_passed_without_pauses(
    events: Sequence[Event], records: Sequence[SetRecord | None]
) -> None:
    ended = events[-1]
    assert isinstance(ended, Ended)
    stood_still, since = 0.0, None
    for event in events:
        if isinstance(event, Paused | Coming | CountIn) and since is None:
            since = event.at_s
        elif isinstance(event, StepStarted | Ended) and since is not None:
            stood_still += event.at_s - since
            since = None
    assert -1e-6 <= ended.credited_s <= ended.at_s - stood_still + 1e-6
    last_try = [record for record in records if record is not None]
    assert sum(record.seconds for record in last_try) <= ended.credited_s + 1e-6


@OFTEN
@given(plans(), calls(), st.lists(st.floats(0.0, 1.0), min_size=1, max_size=60))
def test_time_left_is_never_negative_and_time_done_only_grows(
    made: Plan, script: list[Call], gaps: list[float]
) -> None:
    session = Session(made)
    session.start(0.0)
    now, before = 0.0, session.snapshot(0.0)
    queue = list(script)
    for gap in gaps:
        now += gap
        view = session.snapshot(now)
        assert view.remaining_s >= 0
        assert view.step_elapsed_s >= 0
        assert view.step_remaining_s is None or view.step_remaining_s >= 0
        assert view.elapsed_s >= before.elapsed_s
        session.tick(now)
        before = session.snapshot(now)
        assert before.elapsed_s >= view.elapsed_s
        if queue and now >= queue[0].after_s:
            queue.pop(0)(session, now)
            dropped = any(isinstance(event, Resumed) for event in session.drain())
            after = session.snapshot(now)
            assert after.elapsed_s >= before.elapsed_s or dropped
            before = after


@OFTEN
@given(plans(), st.floats(-1e6, 1e6), st.lists(st.floats(0.0, 15.0), min_size=1, max_size=5))
def test_without_a_break_it_runs_as_planned(made: Plan, origin: float, gaps: list[float]) -> None:
    assume(not made.estimated)
    a_run_without_a_break_is_the_plan(made, origin)
    what_is_left_shrinks_as_time_passes(made, gaps)


def a_run_without_a_break_is_the_plan(made: Plan, origin: float) -> None:
    session = Session(made)
    session.start(origin)
    run_out(session)
    ended = session.drain()[-1]
    assert isinstance(ended, Ended)
    assert ended.complete
    assert ended.credited_s == pytest.approx(made.total_s, abs=1e-6)
    for spec, record in zip(made.sets, session.snapshot(origin).records, strict=True):
        assert record is not None
        steps = made.steps[spec.first_step : spec.last_step + 1]
        held = [step for step in steps if step.phase == "hold" and spec.reps is None]
        worked = sum(step.estimate_s for step in held or steps if step.kind != "switch")
        assert (record.outcome, record.reps) == (Outcome.DONE, spec.reps)
        assert record.seconds == pytest.approx(worked, abs=1e-6)
        assert record.side == spec.side


def what_is_left_shrinks_as_time_passes(made: Plan, gaps: list[float]) -> None:
    """Done and left always make up the whole plan, as long as nothing is waited for or skipped."""
    session = Session(made)
    session.start(0.0)
    now = 0.0
    for gap in gaps:
        now += gap
        while (due := session.next_deadline) is not None and due <= now:
            session.tick(due)
        view = session.snapshot(now)
        assert view.elapsed_s + view.remaining_s == pytest.approx(made.total_s, abs=1e-6)


ROUND = (transition(11.65), reps("bird-dog", 10, lift=2.1, lower=1.9), rest(20), hold("plank", 28.35))
HOUR = plan(*ROUND * 36)


@settings(max_examples=20)
@given(st.integers(0, 2**32), st.sampled_from((0.0, 12345.678, 1.7e9)))
def test_an_hour_ends_within_a_millisecond_of_the_plan(seed: int, origin: float) -> None:
    ticks = random.Random(seed)
    assert HOUR.total_s == pytest.approx(3600.0)
    session = Session(HOUR)
    session.start(origin)
    while (due := session.next_deadline) is not None:
        session.tick(due + ticks.uniform(0.0, 1.9))
    ended = session.drain()[-1]
    assert isinstance(ended, Ended)
    assert ended.at_s - origin == pytest.approx(3600.0, abs=1e-3)
    assert ended.credited_s == pytest.approx(3600.0, abs=1e-3)


def test_twenty_thousand_steps_do_not_drift() -> None:
    made = plan(*(reps("bird-dog", 1000, lift=1 / 3, lower=0.1),) * 10)
    assert len(made.steps) == 20_000
    session = Session(made)
    session.start(1e6 + 0.1)
    while (due := session.next_deadline) is not None:
        session.tick(due + 1.9)
    ended = session.drain()[-1]
    assert ended.at_s - (1e6 + 0.1) == pytest.approx(10_000 * (1 / 3 + 0.1), abs=1e-3)


def tell(told: dict[int, SetRecord], events: Sequence[Event]) -> None:
    """Keep what is recorded, by the events alone."""
    for event in events:
        if isinstance(event, SetEnded):
            told[event.record.set_index] = event.record
        elif isinstance(event, SetReopened) and event.record is None:
            told.pop(event.set_index, None)
        elif isinstance(event, SetReopened) and event.record is not None:
            told[event.set_index] = event.record


class SessionMachine(RuleBasedStateMachine):
    """Any commands at any time: the session agrees with the model, and only the legal is done."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0
        self.told: dict[int, SetRecord] = {}
        self.comings: list[tuple[int, int | None, float, float]] = []

    @initialize(
        made=plans(), earlier=st.lists(st.sampled_from(Outcome), max_size=3), origin=st.sampled_from((0, 7))
    )
    def begin(self, made: Plan, earlier: list[Outcome], origin: int) -> None:
        records = [
            SetRecord(index, outcome, spec.reps, 1.0, None if spec.side is None else spec.side.value)
            for index, (outcome, spec) in enumerate(zip(earlier, made.sets, strict=False))
        ]
        self.now = origin
        self.session, self.model = Session(made, records), Model(made, records)
        self.told = {record.set_index: record for record in records}
        self.session.start(self.clock)
        self.model.start()

    @property
    def clock(self) -> float:
        return self.now / QUARTERS

    @rule(quarters=st.integers(0, 8))
    def tick(self, quarters: int) -> None:
        self.now += quarters
        self.session.tick(self.clock)
        self.model.pass_time(quarters)

    @rule(seconds=st.integers(1, 40))
    def run(self, seconds: int) -> None:
        for _ in range(seconds):
            self.tick(QUARTERS)

    @rule(quarters=st.integers(13, 4000))
    def sleep(self, quarters: int) -> None:
        self.now += quarters
        self.session.tick(self.clock)
        self.model.sleep()

    @rule(quarters=st.integers(0, 8), command=st.sampled_from(PLAIN))
    def command(self, quarters: int, command: Command) -> None:
        self.hand_in(quarters, command, 0)

    @rule(quarters=st.integers(0, 8))
    def pause_and_resume(self, quarters: int) -> None:
        self.hand_in(quarters, Command.PAUSE, 0)
        self.hand_in(quarters, Command.RESUME, 0)

    @rule(quarters=st.integers(0, 8), which=st.sampled_from(Which))
    def hurts(self, quarters: int, which: Which) -> None:
        self.hand_in(quarters, Command.HURTS, 0, which)

    @rule(quarters=st.integers(0, 8))
    def hurts_and_is_taken_back(self, quarters: int) -> None:
        self.hand_in(quarters, Command.HURTS, 0)
        self.hand_in(quarters, Command.TAKE_BACK, 0)

    @rule(quarters=st.integers(0, 8), by=st.integers(1, 60))
    def extend(self, quarters: int, by: int) -> None:
        self.hand_in(quarters, Command.EXTEND, by)

    @precondition(lambda self: self.session.state in (State.RUNNING, State.WAITING, State.COUNT_IN))
    @rule(quarters=st.integers(13, 4000), command=st.sampled_from(PLAIN))
    def command_after_sleep(self, quarters: int, command: Command) -> None:
        self.hand_in(quarters, command, 0)

    def hand_in(self, quarters: int, command: Command, by: int, which: Which | None = None) -> None:
        """Hand a command to both; the model says beforehand what becomes of it."""
        self.now += quarters
        ahead = self.model.copy()
        if quarters > 3 * QUARTERS:
            ahead.sleep()
        else:
            ahead.pass_time(quarters)
        before, possible = command.value in ALLOWED[self.model.state], command.value in ALLOWED[ahead.state]
        assert self.session.allowed(command) is before
        if not before and not possible:
            with pytest.raises(IllegalCommandError):
                self.call(command, by, which)
            self.now -= quarters
            return
        self.call(command, by, which)
        self.model = ahead
        if possible:
            if command is Command.EXTEND:
                ahead.extend(by)
            elif command is Command.HURTS:
                ahead.hurts(which)
            else:
                getattr(ahead, command.value)()

    def call(self, command: Command, by: int, which: Which | None) -> None:
        if command is Command.EXTEND:
            self.session.extend(by / QUARTERS, self.clock)
        elif command is Command.HURTS:
            self.session.hurts(self.clock, which)
        else:
            getattr(self.session, command.value)(self.clock)

    @invariant()
    def the_session_agrees_with_the_model(self) -> None:
        if not hasattr(self, "session"):
            return
        model, view = self.model, self.session.snapshot(self.clock)
        assert view.state == model.state
        assert view.records == tuple(model.records)
        assert view.elapsed_s == model.elapsed
        assert view.remaining_s == model.remaining
        assert view.done_sets == sum(r is not None and r.outcome is Outcome.DONE for r in model.records)
        if model.state != "ended":
            assert (view.step_index, view.step_elapsed_s) == (model.step, model.at / QUARTERS)
            assert view.reps_done == model.reps_done
            assert (view.coming is None) is (model.detour is None)
            assert view.unsure == model.doubt()
            assert (view.over, view.reports) == (model.over, model.said)
            assert view.left_out == tuple(each.mark for each in model.out)
            assert view.halt == (model.why if model.state == "paused" else None)
        assert view.count_in == (ceil(model.left / QUARTERS) if model.state == "count_in" else None)
        deadline = self.session.next_deadline
        assert (deadline is not None) is (view.state in (State.RUNNING, State.WAITING, State.COUNT_IN))
        assert deadline is None or self.clock < deadline <= self.clock + 1

    @invariant()
    def what_was_told_is_what_is_recorded(self) -> None:
        if not hasattr(self, "session"):
            return
        events = self.session.drain()
        tell(self.told, events)
        for coming in only(events, Coming):
            self.comings.append((coming.set_index, coming.after, coming.rest_s, coming.seconds))
        assert self.comings == self.model.comings
        records = self.session.snapshot(self.clock).records
        assert self.told == {record.set_index: record for record in records if record is not None}


TestSessionMachine = SessionMachine.TestCase
TestSessionMachine.settings = settings(max_examples=60, stateful_step_count=30)


@OFTEN
@given(plans(), calls())
def test_what_is_foreseen_is_what_happens(made: Plan, script: list[Call]) -> None:
    session = Session(made)
    session.start(0.0)
    session.drain()
    now = 0.0
    for call in script:
        due_call = now + call.after_s
        while (due := session.next_deadline) is not None and due < due_call:
            foreseen = session.foresee()
            session.tick(due)
            assert session.drain() == foreseen
        call(session, due_call)
        session.drain()
        now = due_call
