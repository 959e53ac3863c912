"""A session that nothing disturbs, from beginning to end, without waiting for it."""

from __future__ import annotations

from collections.abc import Iterator

from backtimer.core.events import Event
from backtimer.core.plan.plan import Plan
from backtimer.core.session import Session
from backtimer.core.transitions import State


def rehearse(plan: Plan) -> Iterator[Event]:
    """The events of a session that is left alone, from 0.0 s on.

    They come from the engine itself. A set that waits for the person is done after its estimate.
    """
    session = Session(plan)
    session.start(0.0)
    began_s = 0.0
    yield from session.drain()
    while (due_s := session.next_deadline) is not None:
        now = due_s
        if session.state is State.WAITING:
            shot = session.snapshot(began_s)
            done_s = began_s - shot.step_elapsed_s + shot.step.estimate_s
            if done_s <= due_s:
                now = done_s
                session.tick(now)
                session.done(now)
        session.tick(now)
        began_s = now
        yield from session.drain()
