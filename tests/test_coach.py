"""The coach: engine, clock and recorder together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

import pytest

from backtimer.coach import EARLY_S, UNMEANT_S, Coach
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Day, DayKind, Exercise, Pace, Position, Prescription, Routine
from backtimer.core.plan.units import Count, Reps, seconds
from backtimer.core.session.events import (
    Coming,
    Ended,
    Event,
    Extended,
    LeftOut,
    Outcome,
    Paused,
    Resumed,
    SetEnded,
    SetRecord,
    StepStarted,
    TakenBack,
)
from backtimer.core.session.transitions import Command, State


@dataclass
class Notebook:
    """A recorder that writes into a list."""

    problem: str = ""
    told: list[object] = field(default_factory=list)

    losses: tuple[str, ...] = ()
    news_in_s: float | None = None
    safe: bool = True

    def is_safe(self, set_index: int) -> bool:
        return self.safe

    def settle(self, timeout_s: float) -> bool:
        return self.safe

    def together(self) -> AbstractContextManager[None]:
        return nullcontext()

    def start(self) -> None:
        self.told.append("start")

    def record(self, record: SetRecord, elapsed_s: float | None = None) -> None:
        self.told.append((record.set_index, record.outcome, elapsed_s))

    def forget(self, set_index: int, elapsed_s: float | None = None) -> None:
        self.told.append(("forget", set_index))

    def exchange(self, plan: Plan, moved: Mapping[int, int]) -> None:
        self.told.append(("exchange", dict(moved)))

    def end(self, seconds: float) -> None:
        self.told.append(("end", seconds))

    def leave(self) -> None:
        self.told.append("leave")

    def rate(self, **ratings: int | None) -> None:
        self.told.append(("rate", ratings["effort"], ratings["pain"]))


class Clock:
    """Time that goes on when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def plan() -> Plan:
    """Get ready 10 s; two holds of 20 s with 45 s of rest between."""
    hang = Exercise(id="hang", name="Hang", position=Position.STANDING)
    asked = Prescription(exercise="hang", sets=Count(2, 2), hold=seconds(20))
    day = Day(kind=DayKind.EXERCISES, items=(asked,))
    return compile_day(Routine("r", "R", {"monday": day}, {"hang": hang}), "monday")


def drive(coach: Coach, clock: Clock, until: float) -> list[object]:
    """Let the shell run: advance at each deadline, up to a moment."""
    events: list[object] = []
    while (delay := coach.delay()) is not None and clock.now + delay <= until:
        clock.now += delay
        coach.advance()
        events += coach.drain()
    clock.now = max(clock.now, until)
    return events


def test_a_set_is_recorded_before_its_event_comes_out(plan: Plan) -> None:
    clock, notebook = Clock(), Notebook()
    coach = Coach(plan, clock, notebook)
    coach.start()
    events = drive(coach, clock, 1030.0)
    assert any(isinstance(event, SetEnded) for event in events)
    assert notebook.told == ["start", (0, "done", 30.0)]
    drive(coach, clock, 1200.0)
    assert coach.state is State.ENDED
    assert notebook.told[1:] == [(0, "done", 30.0), (1, "done", 95.0), ("end", 95.0)]


def test_a_timer_that_fires_a_hair_early_is_on_time(plan: Plan) -> None:
    clock = Clock()
    coach = Coach(plan, clock, Notebook())
    coach.start()
    drive(coach, clock, 1009.0)
    clock.now = 1010.0 - EARLY_S / 2
    coach.advance()
    assert [event.step for event in coach.drain() if isinstance(event, StepStarted)] == [1]


def test_space_after_a_sleep_does_not_go_on_by_itself(plan: Plan) -> None:
    clock = Clock()
    coach = Coach(plan, clock, Notebook())
    coach.start()
    drive(coach, clock, 1015.0)
    clock.now += 3600
    coach.toggle_pause()
    assert coach.snapshot().state is State.PAUSED
    assert [event.reason for event in coach.drain() if isinstance(event, Paused)] == ["slept"]
    coach.toggle_pause()
    assert coach.snapshot().state is State.COUNT_IN


def test_pauses_are_not_credited_and_an_earlier_part_is(plan: Plan) -> None:
    clock, notebook = Clock(), Notebook()
    first = SetRecord(0, Outcome.DONE, None, 20.0)
    coach = Coach(plan, clock, notebook, records=[first], credited_s=30.0)
    coach.start()
    drive(coach, clock, 1010.0)
    coach.toggle_pause()
    clock.now += 500
    coach.toggle_pause()
    drive(coach, clock, clock.now + 100)
    assert coach.state is State.ENDED
    assert notebook.told[-1] == ("end", 50.0)


def test_a_command_that_means_nothing_now_changes_nothing(plan: Plan) -> None:
    coach = Coach(plan, Clock(), Notebook())
    assert not coach.command(Command.NEXT_SET)
    coach.start()
    assert not coach.command(Command.DONE)
    assert coach.command(Command.EXTEND)
    assert coach.snapshot().step_length_s == 20.0


def test_a_session_that_a_command_starts_is_written_down(plan: Plan) -> None:
    notebook = Notebook()
    assert Coach(plan, Clock(), notebook).command(Command.START)
    assert notebook.told == ["start"]


@pytest.mark.parametrize(
    ("before", "command", "brings"),
    [
        ((), Command.PAUSE, Paused),
        ((Command.PAUSE,), Command.RESUME, Resumed),
        ((), Command.NEXT_SET, SetEnded),
        ((Command.NEXT_SET,), Command.PREVIOUS_SET, Coming),
        ((), Command.EXTEND, Extended),
        ((), Command.HURTS, LeftOut),
        ((Command.HURTS,), Command.TAKE_BACK, TakenBack),
        ((), Command.FINISH, Ended),
    ],
)
def test_each_command_does_what_it_says(
    plan: Plan, before: Sequence[Command], command: Command, brings: type[Event]
) -> None:
    clock = Clock()
    coach = Coach(plan, clock, Notebook())
    assert coach.command(Command.START)
    drive(coach, clock, 1015.0)
    for earlier in before:
        assert coach.command(earlier)
    coach.drain()
    assert coach.command(command)
    assert brings in [type(event) for event in coach.drain()]
    assert coach.command(Command.TICK)


def test_leaving_tells_the_recorder_once_and_ended_sessions_are_not_left(plan: Plan) -> None:
    notebook = Notebook()
    coach = Coach(plan, Clock(), notebook)
    coach.leave()
    assert notebook.told == []
    coach.start()
    coach.leave()
    coach.leave()
    assert notebook.told == ["start", "leave"]
    other = Notebook()
    ended = Coach(plan, Clock(), other)
    ended.start()
    ended.command(Command.FINISH)
    ended.drain()
    ended.leave()
    assert "leave" not in other.told


@pytest.fixture
def own_pace() -> Plan:
    """Get ready 10 s; one set that is over when the person says so."""
    return rows(Prescription(exercise="row", sets=Count(1, 1), hold=seconds(20), pace=Pace.SELF))


def rows(asked: Prescription) -> Plan:
    """Get ready 10 s, and then rows."""
    row = Exercise(id="row", name="Row", position=Position.SEATED)
    day = Day(kind=DayKind.EXERCISES, items=(asked,))
    return compile_day(Routine("r", "R", {"monday": day}, {"row": row}), "monday")


def state(coach: Coach) -> State:
    return coach.state


def test_any_key_pauses_and_goes_on_and_ends_a_set_that_waits(own_pace: Plan) -> None:
    clock, notebook = Clock(), Notebook()
    coach = Coach(own_pace, clock, notebook)
    coach.start()
    clock.now += 2
    coach.press()
    assert state(coach) is State.PAUSED
    coach.press()
    assert state(coach) is State.COUNT_IN
    drive(coach, clock, clock.now + 12)
    assert state(coach) is State.WAITING
    coach.press()
    coach.drain()
    assert state(coach) is State.ENDED
    assert "done" in str(notebook.told[1])


def test_a_key_in_the_first_moment_of_a_set_that_waits_was_meant_for_what_came_before(own_pace: Plan) -> None:
    clock = Clock()
    coach = Coach(own_pace, clock, Notebook())
    coach.start()
    drive(coach, clock, 1010.0)
    clock.now = 1010.0 + UNMEANT_S / 2
    coach.press()
    assert state(coach) is State.WAITING
    clock.now = 1010.0 + UNMEANT_S
    coach.press()
    assert state(coach) is State.ENDED


def test_a_key_in_any_phase_of_reps_that_wait_ends_them_but_not_in_their_first_moment() -> None:
    clock = Clock()
    coach = Coach(rows(Prescription("row", reps=Reps(()))), clock, Notebook())
    coach.start()
    drive(coach, clock, 1010.0)
    clock.now = 1010.0 + UNMEANT_S / 2
    coach.press()
    assert state(coach) is State.WAITING
    drive(coach, clock, 1010.0 + 4 * 13 + 2.0)
    clock.now += UNMEANT_S / 2  # of a phase
    coach.press()
    assert state(coach) is State.ENDED
    assert coach.snapshot().records == (SetRecord(0, Outcome.DONE, 13, 54.5),)


class Ear:
    """An attendant who remembers."""

    def __init__(self, notebook: Notebook, audible: bool = True) -> None:
        self.notebook = notebook
        self.audible = audible
        self.problem = ""
        self.heard: list[Event] = []
        self.saved_by_then: list[int] = []
        self.ready = True
        self.asked: list[tuple[Event, ...]] = []

    def attend(self, events: Sequence[Event]) -> None:
        self.heard += events
        self.saved_by_then.append(len(self.notebook.told))

    def expect(self, events: Sequence[Event]) -> None:
        self.expected = tuple(events)

    def is_ready_for(self, events: Sequence[Event]) -> bool:
        self.asked.append(tuple(events))
        return self.ready

    def dismiss(self) -> None:
        self.heard.clear()

    def close(self, *, patiently: bool = False) -> None:
        """Nobody closes it."""


def test_attendants_hear_everything_before_it_is_written_down(plan: Plan) -> None:
    clock, notebook = Clock(), Notebook()
    ear = Ear(notebook)
    coach = Coach(plan, clock, notebook, attendants=[ear])
    coach.start()
    events = drive(coach, clock, 2000.0)
    assert ear.heard == events
    assert ear.saved_by_then[-1] == 2  # the start and the first set: the last one comes with the end
    assert coach.audible


def test_attendants_are_told_what_comes_next(plan: Plan) -> None:
    clock, notebook = Clock(), Notebook()
    ear = Ear(notebook)
    coach = Coach(plan, clock, notebook, attendants=[ear])
    coach.start()
    coach.drain()
    missed = 0
    while (delay := coach.delay()) is not None:
        expected = ear.expected
        clock.now += delay
        coach.advance()
        missed += coach.drain() != expected
    assert state(coach) is State.ENDED
    assert missed == 0


def test_a_session_that_is_left_falls_silent(plan: Plan) -> None:
    clock, notebook = Clock(), Notebook()
    ear = Ear(notebook, audible=False)
    coach = Coach(plan, clock, notebook, attendants=[ear])
    coach.start()
    drive(coach, clock, 1003.0)
    coach.leave()
    assert ear.heard == []
    assert not coach.audible


# The beginning waits for those who are to be heard


def waiting_coach(plan: Plan) -> tuple[Coach, Clock, Notebook, Ear]:
    """A coach that was started while who attends is not ready."""
    clock, notebook = Clock(), Notebook()
    ear = Ear(notebook)
    ear.ready = False
    coach = Coach(plan, clock, notebook, attendants=[ear])
    coach.start()
    return coach, clock, notebook, ear


def test_the_clock_waits_until_the_first_words_can_be_heard(plan: Plan) -> None:
    coach, clock, notebook, ear = waiting_coach(plan)
    assert drive(coach, clock, 1001.5) == [] and coach.state is State.READY
    assert coach.snapshot().step_remaining_s == 10.0, "the screen has the first step to show meanwhile"
    assert notebook.told == []
    ear.ready = True
    events = drive(coach, clock, 1001.7)
    assert isinstance(events[1], StepStarted) and events[1].at_s == pytest.approx(1001.5, abs=0.1)
    assert ear.asked[0] and all(asked == ear.asked[0] for asked in ear.asked)
    assert [type(event) for event in ear.asked[0]] == [type(event) for event in events]


def test_it_waits_three_seconds_at_most(plan: Plan) -> None:
    coach, clock, _, _ = waiting_coach(plan)
    events = drive(coach, clock, 1005.0)
    assert isinstance(events[1], StepStarted) and events[1].at_s == pytest.approx(1003.0, abs=0.1)


def test_one_that_is_taken_up_waits_too(plan: Plan) -> None:
    clock, notebook = Clock(), Notebook()
    ear = Ear(notebook)
    ear.ready = False
    coach = Coach(plan, clock, notebook, [SetRecord(0, Outcome.DONE, None, 20.0)], 30.0, attendants=[ear])
    coach.start()
    assert drive(coach, clock, 1001.0) == []
    assert any(isinstance(event, Coming) for event in ear.asked[0])


@pytest.mark.parametrize("command", [Command.PAUSE, Command.NEXT_SET, Command.FINISH])
def test_a_key_waits_for_nobody(plan: Plan, command: Command) -> None:
    coach, clock, notebook, _ = waiting_coach(plan)
    clock.now += 1.0
    assert coach.command(command)
    assert notebook.told[0] == "start" and coach.state is not State.READY


def test_any_key_pauses_what_has_not_begun(plan: Plan) -> None:
    coach, clock, _, _ = waiting_coach(plan)
    clock.now += 1.0
    coach.press()
    assert coach.state is State.PAUSED
    coach.press()
    assert coach.state is not State.PAUSED


def test_who_leaves_before_it_begins_leaves_it_unfinished(plan: Plan) -> None:
    coach, _, notebook, _ = waiting_coach(plan)
    coach.leave()
    assert notebook.told == ["start", "leave"]


def test_a_clock_that_goes_back_makes_nobody_wait_longer(plan: Plan) -> None:
    coach, clock, _, _ = waiting_coach(plan)
    clock.now -= 3600.0
    coach.advance()
    assert coach.state is State.RUNNING
