"""The states of a session, the commands it takes, and the one table of what leads where.

The rules behind the table:

- A session begins once and ends once: only READY can be started, and nothing leaves ENDED.
- Time moves RUNNING, WAITING and COUNT_IN only. A tick is welcome in every state, since timers may fire late;
  where time does not move it changes nothing.
- Work never goes on without warning: what was paused begins with a COUNT_IN, and so does a set that nothing
  in the plan leads to from the one last worked on. That one is as long as the way takes.
- A session that sleeps through its deadline pauses by itself, so a tick may lead from any moving state to
  PAUSED.
- In PAUSED one may move between sets, and stays PAUSED.
- Whatever hurts, the session is PAUSED: nothing is done after it without a key. That it hurt can be taken
  back as long as the session lasts.
- What is done in the place of something else is chosen while the session is PAUSED, and it stays PAUSED.
- Only a timed step that is under way can be made longer; only a set that waits for the person can be `done`.
  Where its reps have a tempo, time moves it on from rep to rep, as far as there are any.
- A session that has begun can be finished from every state.
- A command that the table does not name for a state is illegal: it raises and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a session stands."""

    READY = "ready"
    RUNNING = "running"
    """A timed step is under way."""
    WAITING = "waiting"
    """A set is under way that is over when the person says so."""
    COUNT_IN = "count_in"
    """3-2-1, then work goes on; before it, where there is a way to go, the time for that."""
    PAUSED = "paused"
    ENDED = "ended"


class Command(StrEnum):
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    TICK = "tick"
    NEXT_SET = "next_set"
    PREVIOUS_SET = "previous_set"
    EXTEND = "extend"
    HURTS = "hurts"
    TAKE_BACK = "take_back"
    EXCHANGE = "exchange"
    DONE = "done"
    FINISH = "finish"


class Which(StrEnum):
    """Which exercise hurts, when that is said on the way from one to another."""

    WORKED = "worked"
    """The one just done."""
    COMING = "coming"


class IllegalCommandError(Exception):
    """The command means nothing in the state the session is in; nothing was changed."""

    def __init__(self, state: State, command: Command) -> None:
        super().__init__(f"{command} is not possible while {state}")
        self.state = state
        self.command = command


_READY, _RUNNING, _WAITING = State.READY, State.RUNNING, State.WAITING
_COUNT_IN, _PAUSED, _ENDED = State.COUNT_IN, State.PAUSED, State.ENDED

TRANSITIONS: Mapping[State, Mapping[Command, frozenset[State]]] = {
    State.READY: {
        Command.START: frozenset({_RUNNING, _WAITING, _COUNT_IN, _PAUSED, _ENDED}),
        Command.TICK: frozenset({_READY}),
    },
    State.RUNNING: {
        Command.TICK: frozenset({_RUNNING, _WAITING, _COUNT_IN, _PAUSED, _ENDED}),
        Command.PAUSE: frozenset({_PAUSED}),
        Command.NEXT_SET: frozenset({_RUNNING, _COUNT_IN, _ENDED}),
        Command.PREVIOUS_SET: frozenset({_RUNNING, _COUNT_IN}),
        Command.EXTEND: frozenset({_RUNNING}),
        Command.HURTS: frozenset({_PAUSED}),
        Command.TAKE_BACK: frozenset({_RUNNING, _COUNT_IN}),
        Command.FINISH: frozenset({_ENDED}),
    },
    State.WAITING: {
        Command.TICK: frozenset({_WAITING, _RUNNING, _COUNT_IN, _PAUSED, _ENDED}),
        Command.PAUSE: frozenset({_PAUSED}),
        Command.NEXT_SET: frozenset({_RUNNING, _COUNT_IN, _ENDED}),
        Command.PREVIOUS_SET: frozenset({_RUNNING, _COUNT_IN}),
        Command.HURTS: frozenset({_PAUSED}),
        Command.TAKE_BACK: frozenset({_WAITING, _RUNNING, _COUNT_IN}),
        Command.DONE: frozenset({_RUNNING, _WAITING, _COUNT_IN, _ENDED}),
        Command.FINISH: frozenset({_ENDED}),
    },
    State.COUNT_IN: {
        Command.TICK: frozenset({_COUNT_IN, _RUNNING, _WAITING, _PAUSED, _ENDED}),
        Command.PAUSE: frozenset({_PAUSED}),
        Command.NEXT_SET: frozenset({_RUNNING, _COUNT_IN, _ENDED}),
        Command.PREVIOUS_SET: frozenset({_RUNNING, _COUNT_IN}),
        Command.HURTS: frozenset({_PAUSED}),
        Command.TAKE_BACK: frozenset({_RUNNING, _COUNT_IN}),
        Command.FINISH: frozenset({_ENDED}),
    },
    State.PAUSED: {
        Command.TICK: frozenset({_PAUSED}),
        Command.RESUME: frozenset({_COUNT_IN, _RUNNING, _ENDED}),
        Command.NEXT_SET: frozenset({_PAUSED, _ENDED}),
        Command.PREVIOUS_SET: frozenset({_PAUSED}),
        Command.HURTS: frozenset({_PAUSED}),
        Command.TAKE_BACK: frozenset({_PAUSED}),
        Command.EXCHANGE: frozenset({_PAUSED}),
        Command.FINISH: frozenset({_ENDED}),
    },
    State.ENDED: {
        Command.TICK: frozenset({_ENDED}),
    },
}
"""State × command -> the states it may lead to."""

MOVING = frozenset({State.RUNNING, State.WAITING, State.COUNT_IN})
"""The states in which time moves the session on."""


def targets(state: State, command: Command) -> frozenset[State]:
    """The states a command may lead to; empty when it is illegal."""
    return TRANSITIONS[state].get(command, frozenset())
