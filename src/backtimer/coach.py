"""One running workout: the engine, a clock, the recorder and what is heard, as both front ends drive them.

The front end asks `delay()`, arms one timer (or waits for its next frame), calls `advance()` and shows what
`drain()` returns. A set is handed to the recorder before its event reaches the front end; the recorder writes
on its own time, and `is_safe` says when a set may be shown as done. No second waits for a disk.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from backtimer.core.plan.plan import Plan, PlanError
from backtimer.core.session.events import (
    Ended,
    Event,
    LeftOut,
    Outcome,
    PauseReason,
    SafetyTold,
    SetEnded,
    SetRecord,
    SetReopened,
)
from backtimer.core.session.session import Session, Snapshot
from backtimer.core.session.transitions import Command, State, Which
from backtimer.language import _, marked

if TYPE_CHECKING:
    from backtimer.core.plan.exchanging import Spliced, ToCome
    from backtimer.core.plan.forms import Form

EXTENSION_S = 10.0
"""What one press of "more time" adds."""

UNMEANT_S = 1.0
"""Nobody is done with a set this soon, nor ready to go on after something hurt."""

SAFETY_S = 18.0
"""What the short form of the safety card takes to be said, or to be read."""

VOICE_S = 3.0
"""So long a session waits, at most, until its first words can be heard."""

READY_S = 0.05
"""How often it is looked whether they can."""

MOST_DELAY_S = 1.0
"""Deadlines are no further away than this, but on a clock that has gone back."""

EARLY_S = 0.005
"""A timer may fire this much before its moment; it is taken to be on time."""

_ORDERS: Mapping[Command, Callable[[Session, float], None]] = {
    Command.START: Session.start,
    Command.TICK: Session.tick,
    Command.PAUSE: Session.pause,
    Command.RESUME: Session.resume,
    Command.NEXT_SET: Session.next_set,
    Command.PREVIOUS_SET: Session.previous_set,
    Command.EXTEND: lambda session, now: session.extend(EXTENSION_S, now),
    Command.TAKE_BACK: Session.take_back,
    Command.DONE: Session.done,
    Command.FINISH: Session.finish,
}
"""What each command asks of the session, at a moment; `hurts` has a question to put besides."""

SILENT = marked("Another session is under way in another window, so this one is silent.")


class SessionRecorder(Protocol):
    """Where a session is written down; it never raises into the workout, and never keeps it waiting."""

    @property
    def problem(self) -> str:
        """A sentence for the banner while something could not be saved; empty when all is well."""

    @property
    def losses(self) -> tuple[str, ...]:
        """What was lost of the history meanwhile, in sentences that hold to the end of the session."""

    @property
    def news_in_s(self) -> float | None:
        """After how long `is_safe` and `problem` may say something else; None: when more is told."""

    def is_safe(self, set_index: int) -> bool:
        """Whether all that was told of a set is saved."""

    def settle(self, timeout_s: float) -> bool:
        """Wait until all that was told is saved, for so long at most; whether it is."""

    def together(self) -> AbstractContextManager[None]:
        """What is told meanwhile is saved as one: all of it or nothing."""

    def start(self) -> None:
        """The session starts or is taken up again."""

    def record(self, record: SetRecord, elapsed_s: float | None = None) -> None:
        """Save a set, or queue it. `elapsed_s`: the session's credited seconds so far."""

    def forget(self, set_index: int, elapsed_s: float | None = None) -> None:
        """What was saved of a set holds no longer; it is to come."""

    def exchange(self, plan: Plan, moved: Mapping[int, int]) -> None:
        """The session goes over to another plan; `moved`: where the sets are in it, by where they were."""

    def end(self, seconds: float) -> None:
        """The session is over, after this many credited seconds."""

    def leave(self) -> None:
        """The session stays unfinished, to be taken up another time."""

    def rate(self, **ratings: int | None) -> None:
        """Save effort (RPE 1-10) and pain (NPRS 0-10); None: not said."""


class Attendant(Protocol):
    """Who is told of all that happens, such as a voice; it never blocks and never raises."""

    @property
    def audible(self) -> bool:
        """Whether it makes the session heard; otherwise the front end may ring the terminal's bell."""

    @property
    def problem(self) -> str:
        """Why it cannot do its part, as a sentence for the banner; empty when all is well."""

    def attend(self, events: Sequence[Event]) -> None:
        """This happened just now."""

    def expect(self, events: Sequence[Event]) -> None:
        """This will happen next, unless the person presses a key before: it may be prepared to the moment."""

    def is_ready_for(self, events: Sequence[Event]) -> bool:
        """Whether what a session begins with can have its part at once; asked again until it can.

        What is not ready is made so from the first time on. What never will be is no reason to wait.
        """

    def dismiss(self) -> None:
        """The session stays unfinished: nothing more comes."""

    def close(self, *, patiently: bool = False) -> None:
        """Give back whatever is in use; patiently: when the last words have been said."""


@runtime_checkable
class FollowsPlans(Protocol):
    """An attendant who has to know of another plan."""

    def exchange(self, plan: Plan, records: Sequence[SetRecord | None], moved: Mapping[int, int]) -> None:
        """The session goes over to this plan; `moved`: where the sets are in it, by where they were."""


class Exchanges(Protocol):
    """What may be done in the place of an exercise."""

    def forms(self, plan: Plan, coming: ToCome) -> tuple[Form, ...]:
        """What what is to come of an exercise can be exchanged for."""

    def made(self, plan: Plan, coming: ToCome, form: Form) -> Spliced:
        """The plan with that in it; raises `PlanError` where it cannot be done there."""


class Coach:
    """Leads one session.

    Args:
        plan: What to do.
        clock: Seconds that go on while the machine sleeps, from any origin.
        recorder: Where to write it down.
        records: The sets that an earlier part of this session has done.
        credited_s: Seconds that an earlier part of this session has credited.
        before: What the earlier part has of sets that are to be done once more.
        attendants: Who is told of all that happens, before anybody else.
        silent: Another session is heard; of this one nothing is.
        exchanges: What may be done in the place of an exercise; None: nothing.
    """

    rated: tuple[int | None, int | None] = (None, None)
    """Effort and pain, as the person has rated the session so far."""

    def __init__(
        self,
        plan: Plan,
        clock: Callable[[], float],
        recorder: SessionRecorder,
        records: Sequence[SetRecord] = (),
        credited_s: float = 0.0,
        *,
        before: Sequence[SetRecord] = (),
        attendants: Sequence[Attendant] = (),
        silent: bool = False,
        exchanges: Exchanges | None = None,
    ) -> None:
        self._exchanges = exchanges
        self.plan = plan
        self.silent = silent
        self._clock = clock
        self._recorder = recorder
        self._session = Session(plan, records, before)
        self._beginning: tuple[Event, ...] = ()
        """What the session begins with."""
        self._begins_s: float | None = None
        """When it begins at the latest, while it waits for those who attend."""
        self._credited_s = credited_s
        self._attendants = tuple(attendants)
        self._left = False
        self._hurt_s = -math.inf
        """When it was last said that something hurts."""

    @property
    def banner(self) -> str:
        """What the person should know about saving, and about silence; empty when all is well."""
        said = (_(SILENT) if self.silent else "", self._recorder.problem, *self._recorder.losses)
        return " ".join(text for text in said if text)

    @property
    def losses(self) -> tuple[str, ...]:
        """What was lost of the history while the session was under way, in sentences."""
        return self._recorder.losses

    @property
    def unsaved(self) -> str:
        """Why something waits to be saved, and what; empty when all is saved, or soon will be."""
        return self._recorder.problem

    def is_safe(self, set_index: int) -> bool:
        """Whether a set that is over is saved, so that it may be shown as done."""
        return self._recorder.is_safe(set_index)

    def settle(self, timeout_s: float) -> bool:
        """Wait until everything is saved, for so long at most; whether it is."""
        return self._recorder.settle(timeout_s)

    @property
    def unheard(self) -> str:
        """Why the session is not heard as it should be, as a sentence; empty when it is."""
        return next((attendant.problem for attendant in self._attendants if attendant.problem), "")

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
            attendant.attend((event,))
        return SAFETY_S if self.audible else 0.0

    def start(self) -> None:
        """Begin, or take up again, with the first step that is to be done.

        What is heard of it must be there: for that its clock waits, a few seconds at most, or until a key.
        """
        now = self._clock()
        self._beginning = self._session.beginning(now)
        self._begins_s = now + VOICE_S
        self.advance()

    def _begin(self) -> None:
        self._begins_s = None
        self._recorder.start()
        self._session.start(self._clock())

    def _is_waited_for(self) -> bool:
        """Whether someone who attends is not ready, and has some time left."""
        if self._begins_s is None or not 0 < self._begins_s - self._clock() <= VOICE_S:
            return False
        ready = [one.is_ready_for(self._beginning) for one in self._attendants]
        return not all(ready)  # and not at the first who is not: each is to begin

    def _catch_up(self) -> None:
        """Come up to date for what the person wants, who waits for nobody."""
        if self._begins_s is not None:
            self._begin()
        self.advance()

    def advance(self) -> None:
        """Let the time up to now pass."""
        if self._begins_s is not None and not self._is_waited_for():
            self._begin()
        if self._session.allowed(Command.TICK):
            self._session.tick(self._now())

    def leave_alone(self) -> None:
        """Nobody can press keys: a set of as many reps as are comfortable has as many as are expected."""
        self._session.leave_alone()

    def press(self) -> None:
        """Any key, or a tap: "done" where a set waits for the person; otherwise pause, or go on.

        What comes in the first moment of such a set, or after something hurt, was meant for what was before
        it, and does nothing. Where the question is which exercise hurts, it is put again.
        """
        self._catch_up()
        if self._session.state is not State.WAITING:
            self.toggle_pause()
        elif self.snapshot().set_s >= UNMEANT_S:
            self.command(Command.DONE)

    def toggle_pause(self) -> None:
        """Pause, or go on.

        When this very call finds out that the machine slept, the session stays paused: the person pressed the
        key for a session that was still running as far as they could see.
        """
        before = self._session.state
        self._catch_up()
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
        self._catch_up()
        if not self._session.allowed(Command.HURTS):
            return False
        self._session.hurts(self._clock(), which)
        return True

    def command(self, command: Command) -> bool:
        """Carry out a command if it means something now.

        Returns:
            Whether it did.
        """
        if command is Command.HURTS:
            return self.hurts()
        self._catch_up()
        if not self._session.allowed(command):
            return False
        if command is Command.START:
            self._recorder.start()
        _ORDERS[command](self._session, self._clock())
        return True

    @property
    def exchangeable(self) -> bool:
        """Whether something of the exercise that is on is to come, and may be another one."""
        begun = self._session.allowed(Command.PAUSE) or self._session.allowed(Command.EXCHANGE)
        may = self._exchanges is not None and begun and not self.asks_which
        return may and self._session.to_come is not None

    def forms(self) -> tuple[Form, ...]:
        """What the exercise that is on can be exchanged for."""
        coming = self._session.to_come
        return () if self._exchanges is None or coming is None else self._exchanges.forms(self.plan, coming)

    def exchange(self, form: Form) -> Spliced | None:
        """Do another exercise in the place of the one that is on, from here on; None: that cannot be.

        It stands still before it. What has happened was drained before: it is of the plan until now.
        """
        coming = self._session.to_come
        if self._exchanges is None or coming is None or not self._session.allowed(Command.EXCHANGE):
            return None
        try:
            spliced = self._exchanges.made(self.plan, coming, form)
        except PlanError:
            return None
        self._session.exchange(spliced, self._clock())
        self.plan = spliced.plan
        self._recorder.exchange(spliced.plan, spliced.moved)
        records = self._session.snapshot(self._clock()).records
        for attendant in self._attendants:
            if isinstance(attendant, FollowsPlans):
                attendant.exchange(spliced.plan, records, spliced.moved)
        return spliced

    def leave(self) -> None:
        """Stop here without ending the session: it is offered for resuming at the next start."""
        if self._begins_s is not None:
            self._begin()
        if not self._left and self._session.state not in (State.READY, State.ENDED):
            self._left = True
            self.drain()
            self._recorder.leave()
            for attendant in self._attendants:
                attendant.dismiss()

    def rate(self, effort: int | None, pain: int | None) -> None:
        """Keep the person's answer to how hard it was and how much it hurt; None: not said."""
        self.rated = (effort, pain)
        self._recorder.rate(effort=effort, pain=pain)

    def delay(self) -> float | None:
        """Seconds until `advance` has something to do, or saving has news; None while nothing runs."""
        if self._begins_s is not None:
            return READY_S
        deadline = self._session.next_deadline
        left = None if deadline is None else min(MOST_DELAY_S, max(0.0, deadline - self._clock()))
        news = self._recorder.news_in_s
        return left if news is None else news if left is None else min(left, news)

    def time(self) -> float:
        """What its clock says."""
        return self._clock()

    @property
    def credited_s(self) -> float:
        """Seconds of the session so far, those of an earlier part included."""
        return self.snapshot().elapsed_s

    def snapshot(self) -> Snapshot:
        """All that a screen needs to know now; what an earlier part credited is counted in."""
        now = self._session.snapshot(self._clock())
        return now._replace(elapsed_s=now.elapsed_s + self._credited_s) if self._credited_s else now

    def drain(self) -> tuple[Event, ...]:
        """What happened since the last call, each finished set already saved or queued."""
        events = self._session.drain()
        for attendant in self._attendants if events else ():
            attendant.attend(events)  # first: a tone is late sooner than a line in a file
            attendant.expect(self._session.foresee())
        if any(isinstance(event, LeftOut) for event in events):
            self._hurt_s = self._clock()
        if any(isinstance(event, SetEnded | SetReopened | Ended) for event in events):
            with self._recorder.together():
                self._write_down(events)
        return events

    def shown(self) -> Snapshot:
        """As `snapshot`, for a screen: a set that is done and not safe yet is still to come."""
        now = self.snapshot()
        early = {
            record.set_index
            for record in now.records
            if record is not None
            and record.outcome in (Outcome.DONE, Outcome.PARTIAL)
            and not self._recorder.is_safe(record.set_index)
        }
        if not early:
            return now
        return now._replace(
            records=tuple(None if index in early else record for index, record in enumerate(now.records))
        )

    def _write_down(self, events: Sequence[Event]) -> None:
        """Have the recorder keep what became of the sets, and of the session."""
        for event in events:
            if isinstance(event, SetReopened) and event.record is None:
                self._recorder.forget(event.set_index, self.credited_s)
            elif isinstance(event, SetEnded | SetReopened) and event.record is not None:
                self._recorder.record(event.record, self.credited_s)
            elif isinstance(event, Ended):
                self._recorder.end(self._credited_s + event.credited_s)

    def _now(self) -> float:
        """The clock, or the deadline itself when a timer woke us a hair too early for it."""
        now = self._clock()
        deadline = self._session.next_deadline
        if deadline is not None and 0 < deadline - now < EARLY_S:
            return deadline
        return now
