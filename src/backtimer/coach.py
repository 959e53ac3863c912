"""One running workout: the engine, a clock, the recorder and what is heard, as both front ends drive them.

The front end asks `delay()`, arms one timer (or waits for its next frame), calls `advance()` and shows what
`drain()` returns. A set is handed to the recorder before its event reaches the front end, so nothing is shown
as done that has not been saved, or queued with a banner that says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from backtimer.core.events import Ended, Event, LeftOut, SafetyTold, SetEnded, SetRecord, SetReopened
from backtimer.core.outcomes import PauseReason
from backtimer.core.plan import Plan
from backtimer.core.session import Command, Session, Snapshot, State, Which

EXTENSION_S = 10.0
"""What one press of "more time" adds."""

UNMEANT_S = 1.0
"""Nobody is done with a set this soon, nor ready to go on after something hurt."""

SAFETY_S = 18.0
"""What the short form of the safety card takes to be said, or to be read."""

EARLY_S = 0.005
"""A timer may fire this much before its moment; it is taken to be on time."""


class Recorder(Protocol):
    """Where a session is written down; it never raises into the workout."""

    @property
    def problem(self) -> str:
        """A sentence for the banner while something could not be saved; empty when all is well."""

    def start(self) -> None:
        """The session starts or is taken up again."""

    def record(self, record: SetRecord, elapsed_s: float | None = None) -> None:
        """Save a set, or queue it. `elapsed_s`: the session's credited seconds so far."""

    def forget(self, set_index: int, elapsed_s: float | None = None) -> None:
        """What was saved of a set holds no longer; it is to come."""

    def end(self, seconds: float) -> None:
        """The session is over, after this many credited seconds."""

    def leave(self) -> None:
        """The session stays unfinished, to be taken up another time."""

    def rate(self, effort: int | None, pain: int | None) -> None:
        """Save effort (RPE 1-10) and pain (NPRS 0-10); None: not said."""


class Attendant(Protocol):
    """Who is told of all that happens, such as a voice; it never blocks and never raises."""

    @property
    def audible(self) -> bool:
        """Whether it makes the session heard; otherwise the front end may ring the terminal's bell."""

    def hear(self, events: Sequence[Event]) -> None:
        """This happened just now."""

    def expect(self, events: Sequence[Event]) -> None:
        """This will happen next, unless the person presses a key before: it may be prepared to the moment."""

    def leave(self) -> None:
        """The session stays unfinished: nothing more comes."""

    def close(self, *, patiently: bool = False) -> None:
        """Give back whatever is in use; patiently: when the last words have been said."""


class Coach:
    """Leads one session.

    Args:
        plan: What to do.
        clock: Seconds that go on while the machine sleeps, from any origin.
        recorder: Where to write it down.
        records: The sets that an earlier part of this session has done.
        credited_s: Seconds that an earlier part of this session has credited.
        attendants: Who is told of all that happens, before anybody else.
    """

    def __init__(
        self,
        plan: Plan,
        clock: Callable[[], float],
        recorder: Recorder,
        records: Sequence[SetRecord] = (),
        credited_s: float = 0.0,
        *,
        attendants: Sequence[Attendant] = (),
    ) -> None:
        self.plan = plan
        self._clock = clock
        self._recorder = recorder
        self._session = Session(plan, records)
        self._credited_s = credited_s
        self._attendants = tuple(attendants)
        self._left = False
        self._hurt_s = -math.inf
        """When it was last said that something hurts."""

    @property
    def banner(self) -> str:
        """What the person should know about saving; empty when all is well."""
        return self._recorder.problem

    @property
    def audible(self) -> bool:
        """Whether the session is heard, other than by the terminal's bell."""
        return any(attendant.audible for attendant in self._attendants)

    @property
    def state(self) -> State:
        """Where the session stands."""
        return self._session.state

    def allowed(self, command: Command) -> bool:
        """Whether the command means something now."""
        return self._session.allowed(command)

    def tell_safety(self) -> float:
        """Have the short form of the safety card said, before the session begins.

        Returns:
            How many seconds that takes; 0 when nobody says it.
        """
        event = SafetyTold(self._clock())
        for attendant in self._attendants:
            attendant.hear((event,))
        return SAFETY_S if self.audible else 0.0

    def start(self) -> None:
        """Begin, or take up again, with the first step that is to be done."""
        self._recorder.start()
        self._session.start(self._clock())

    def advance(self) -> None:
        """Let the time up to now pass."""
        if self._session.allowed(Command.TICK):
            self._session.tick(self._now())

    def press(self) -> None:
        """Any key, or a tap: "done" where a set waits for the person; otherwise pause, or go on.

        What comes in the first moment of such a set, or after something hurt, was meant for what was before
        it, and does nothing. Where the question is which exercise hurts, it is put again.
        """
        self.advance()
        if self._session.state is not State.WAITING:
            self.toggle_pause()
        elif self.snapshot().step_elapsed_s >= UNMEANT_S:
            self.command(Command.DONE)

    def toggle_pause(self) -> None:
        """Pause, or go on.

        When this very call finds out that the machine slept, the session stays paused: the person pressed the
        key for a session that was still running as far as they could see.
        """
        before = self._session.state
        self.advance()
        if self._session.state is State.PAUSED and before is not State.PAUSED:
            return
        if self.asks_which:
            self._session.hurts(self._clock())  # the question is put again
            return
        if self.stands_for_pain and self._clock() - self._hurt_s < UNMEANT_S:
            return
        if not self.command(Command.RESUME):
            self.command(Command.PAUSE)

    @property
    def asks_which(self) -> bool:
        """Whether it stands still to be told which exercise hurts."""
        return self.snapshot().halt is PauseReason.WHICH

    @property
    def stands_for_pain(self) -> bool:
        """Whether it stands still because something hurts: nothing may go on without a key."""
        return self.snapshot().halt in (PauseReason.HURT, PauseReason.WHICH)

    def hurts(self, which: Which | None = None) -> bool:
        """Say that something hurts.

        Args:
            which: Of two exercises that may be meant. None: not said; asked a second time, the one just done.

        Returns:
            Whether that means something now.
        """
        if which is None and self.asks_which:
            which = Which.WORKED
        self.advance()
        if not self._session.allowed(Command.HURTS):
            return False
        self._session.hurts(self._clock(), which)
        return True

    def command(self, command: Command) -> bool:
        """Carry out a command if it means something now.

        Returns:
            Whether it did.
        """
        self.advance()
        if not self._session.allowed(command):
            return False
        now = self._clock()
        match command:
            case Command.PAUSE:
                self._session.pause(now)
            case Command.RESUME:
                self._session.resume(now)
            case Command.NEXT_SET:
                self._session.next_set(now)
            case Command.PREVIOUS_SET:
                self._session.previous_set(now)
            case Command.EXTEND:
                self._session.extend(EXTENSION_S, now)
            case Command.HURTS:
                self.hurts()
            case Command.TAKE_BACK:
                self._session.take_back(now)
            case Command.DONE:
                self._session.done(now)
            case Command.FINISH:
                self._session.finish(now)
            case Command.START:
                self.start()
            case Command.TICK:
                self._session.tick(now)
        return True

    def leave(self) -> None:
        """Stop here without ending the session: it is offered for resuming at the next start."""
        if not self._left and self._session.state not in (State.READY, State.ENDED):
            self._left = True
            self.drain()
            self._recorder.leave()
            for attendant in self._attendants:
                attendant.leave()

    def rate(self, effort: int | None, pain: int | None) -> None:
        """Keep the person's answer to how hard it was and how much it hurt; None: not said."""
        self._recorder.rate(effort, pain)

    def delay(self) -> float | None:
        """Seconds until `advance` has something to do; None while nothing runs."""
        deadline = self._session.next_deadline
        return None if deadline is None else max(0.0, deadline - self._clock())

    @property
    def credited_s(self) -> float:
        """Seconds of the session so far, those of an earlier part included."""
        return self.snapshot().elapsed_s

    def snapshot(self) -> Snapshot:
        """All that a screen needs to know now; what an earlier part credited is counted in."""
        now = self._session.snapshot(self._clock())
        return replace(now, elapsed_s=now.elapsed_s + self._credited_s) if self._credited_s else now

    def drain(self) -> tuple[Event, ...]:
        """What happened since the last call, each finished set already saved or queued."""
        events = self._session.drain()
        for attendant in self._attendants if events else ():
            attendant.hear(events)  # first: a tone is late sooner than a line in a file
            attendant.expect(self._session.foresee())
        for event in events:
            if isinstance(event, SetReopened) and event.record is None:
                self._recorder.forget(event.set_index, self.credited_s)
            elif isinstance(event, SetEnded | SetReopened) and event.record is not None:
                self._recorder.record(event.record, self.credited_s)
            elif isinstance(event, LeftOut):
                self._hurt_s = self._clock()
            elif isinstance(event, Ended):
                self._recorder.end(self._credited_s + event.credited_s)
        return events

    def _now(self) -> float:
        """The clock, or the deadline itself when a timer woke us a hair too early for it."""
        now = self._clock()
        deadline = self._session.next_deadline
        if deadline is not None and 0 < deadline - now < EARLY_S:
            return deadline
        return now
