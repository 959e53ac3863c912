"""The table of transitions, and what a session does with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum

import pytest

from backtimer.core.plan.exchanging import Spliced
from backtimer.core.plan.plan import Plan
from backtimer.core.session.session import Session
from backtimer.core.session.transitions import (
    MOVING,
    TRANSITIONS,
    Command,
    IllegalCommandError,
    State,
    targets,
)
from tests.core.session_plans import hold, plan, prepare, reps, rest, run_until, self_paced, transition
from tests.rules import for_each

PLAN = plan(prepare(5), reps("bird-dog", 2), rest(5), self_paced("bridge"), transition(3), hold("plank", 20))

SAME = Spliced(PLAN, {index: index for index in range(len(PLAN.sets))}, (0,))

COMMANDS: dict[Command, Callable[[Session, float], None]] = {
    Command.START: Session.start,
    Command.PAUSE: Session.pause,
    Command.RESUME: Session.resume,
    Command.TICK: Session.tick,
    Command.NEXT_SET: Session.next_set,
    Command.PREVIOUS_SET: Session.previous_set,
    Command.EXTEND: lambda session, now: session.extend(10.0, now),
    Command.HURTS: Session.hurts,
    Command.TAKE_BACK: Session.take_back,
    Command.EXCHANGE: lambda session, now: session.exchange(SAME, now),
    Command.DONE: Session.done,
    Command.FINISH: Session.finish,
}


def _ready() -> Session:
    return Session(PLAN)


def _running() -> Session:
    session = _ready()
    session.start(0.0)
    run_until(session, 7.5)
    return session


def _waiting() -> Session:
    session = _ready()
    session.start(0.0)
    run_until(session, 20.5)
    return session


def _paused() -> Session:
    session = _running()
    session.pause(7.5)
    return session


def _count_in() -> Session:
    session = _paused()
    session.resume(8.0)
    return session


def _ended() -> Session:
    session = _running()
    session.finish(7.5)
    return session


SESSIONS: dict[State, Callable[[], Session]] = {
    State.READY: _ready,
    State.RUNNING: _running,
    State.WAITING: _waiting,
    State.COUNT_IN: _count_in,
    State.PAUSED: _paused,
    State.ENDED: _ended,
}

PAIRS = [(state, command) for state in State for command in Command]
LEGAL = [pair for pair in PAIRS if targets(*pair)]
ILLEGAL = [pair for pair in PAIRS if not targets(*pair)]


def insides(thing: object) -> object:
    """All that an object holds, as plain values that can be compared."""
    if isinstance(thing, Plan | Enum):
        return id(thing)
    if is_dataclass(thing):
        return type(thing), {each.name: insides(getattr(thing, each.name)) for each in fields(thing)}
    if isinstance(thing, dict):
        return {key: insides(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [insides(each) for each in thing]
    if isinstance(thing, set | frozenset):
        return {repr(each) for each in thing}
    if hasattr(thing, "__dict__"):
        return type(thing), insides(vars(thing))
    return thing


def test_the_table_names_every_state() -> None:
    assert set(TRANSITIONS) == set(State)
    assert all(row and all(row.values()) for row in TRANSITIONS.values())


def test_only_ready_starts_and_nothing_leaves_ended() -> None:
    assert [state for state in State if targets(state, Command.START)] == [State.READY]
    assert set().union(*TRANSITIONS[State.ENDED].values()) == {State.ENDED}
    assert all(State.READY not in targets(state, command) for state, command in LEGAL if state != State.READY)


def test_a_tick_is_welcome_everywhere_and_moves_only_what_time_moves() -> None:
    for state in State:
        possible = targets(state, Command.TICK)
        assert state in possible
        assert (possible == {state}) is (state not in MOVING)


@for_each("state", State)
def test_the_sessions_of_this_test_are_in_the_state_they_claim(state: State) -> None:
    assert SESSIONS[state]().state is state


@for_each(("state", "command"), ILLEGAL)
@for_each("late", [0.0, 0.75])
def test_an_illegal_command_raises_and_changes_nothing(state: State, command: Command, late: float) -> None:
    session = SESSIONS[state]()
    now = 20.5 + late if state is State.WAITING else 8.0 + late
    before = insides(session)
    assert not session.allowed(command)
    with pytest.raises(IllegalCommandError) as caught:
        COMMANDS[command](session, now)
    assert insides(session) == before
    assert (caught.value.state, caught.value.command) == (state, command)
    assert state.value in str(caught.value)
    assert command.value in str(caught.value)


def test_an_illegal_command_does_not_even_let_time_pass() -> None:
    session = _ready()
    session.start(0.0)
    run_until(session, 12.5)
    session.drain()
    before = insides(session)
    with pytest.raises(IllegalCommandError):
        session.resume(13.5)
    assert insides(session) == before
    assert session.drain() == ()
    session.tick(13.5)
    assert session.snapshot(13.5).done_sets == 1


@for_each(("state", "command"), LEGAL)
def test_a_legal_command_leads_where_the_table_says(state: State, command: Command) -> None:
    session = SESSIONS[state]()
    assert session.allowed(command)
    COMMANDS[command](session, 20.5 if state is State.WAITING else 8.0)
    assert session.state in targets(state, command)


@for_each("state", State)
def test_a_snapshot_changes_nothing(state: State) -> None:
    session = SESSIONS[state]()
    session.snapshot(9.0)
    before = insides(session)
    session.snapshot(20.75)
    assert insides(session) == before


def test_what_compares_insides_sees_a_change() -> None:
    session = _running()
    before = insides(session)
    session.tick(7.75)
    assert insides(session) != before
