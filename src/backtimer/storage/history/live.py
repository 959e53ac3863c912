"""The history while the program runs: read here, written on a thread of its own, saved before the end.

What cannot be read or written is told on the banner, and stands in nobody's way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from backtimer.core.plan.plan import Plan, plan_from_dict
from backtimer.core.plan.units import sets_done
from backtimer.core.progress.dates import session_of_day
from backtimer.core.session.events import Ended, Event, Outcome, SetRecord
from backtimer.core.speech.phrases import left_words
from backtimer.language import _, marked
from backtimer.storage.history.backups import tell_failure
from backtimer.storage.history.file import HistoryError
from backtimer.storage.history.opening import Opened, empty_history
from backtimer.storage.history.values import Interrupted
from backtimer.storage.text import clean
from backtimer.values import NamedTuple

if TYPE_CHECKING:
    from backtimer.core.plan.plan import SetSpec
    from backtimer.storage.history.locks import SessionLocks
    from backtimer.storage.history.queries import History
    from backtimer.storage.history.recorder import Recorder
    from backtimer.storage.history.values import NewSession
    from backtimer.storage.history.writer import Writer

Result = TypeVar("Result")

READ_WAIT_S = 1.0
"""How long who reads waits for what is being written."""

UNTOLD_S = 0.5
"""So long a wait needs no word."""

PATIENCE_S = 15.0
"""How long to wait for the disk before the program ends: longer than other programs hold the file."""

SAVING = marked("Saving… Ctrl+C leaves at once.")


class LiveHistory:
    """One history, for one run of the program.

    Args:
        opened: The history, or why there is none: an empty one stands in its place then.
        folder: Where what cannot be saved is kept, if that is possible.
    """

    def __init__(self, opened: Opened, folder: Path) -> None:
        self._opened = opened
        self._folder = folder
        self._trouble = ""
        self._writer: Writer | None = None
        self._seen = 0
        """The generation of the file that is read."""
        self._recorders: list[Recorder] = []
        """Of the sessions of this run, the present one last."""
        self._settled = True
        """Nothing is to be said any more about what was written."""
        self._waited_in_vain = False

    @property
    def missing(self) -> bool:
        """Whether there is no history that could be read; the notices say why."""
        return self._current().history is None

    @property
    def recording(self) -> bool:
        """Whether sessions can be written down."""
        return self._opened.recording

    @property
    def locks(self) -> SessionLocks:
        """Those of the sessions under way."""
        return self._opened.locks

    @property
    def history(self) -> History:
        """The history, with all that was told to be written; without one, an empty one.

        What is written is waited for, for a moment; who must not wait looks at `saving` before.
        """
        return self._current().history or self._nothing

    @cached_property
    def _nothing(self) -> History:
        return empty_history(self._opened.path, self._opened.locks)

    def _current(self) -> Opened:
        """What is open, with all that was told to be written."""
        writer = self._writer
        if writer is not None:
            if writer.busy and not self._waited_in_vain:
                self._waited_in_vain = not writer.wait(READ_WAIT_S)
            elif writer.idle:
                self._waited_in_vain = False
            self._catch_up(writer)
        return self._opened

    def _catch_up(self, writer: Writer) -> None:
        """Read the file that is written to, when it is another one than before."""
        if self._seen == writer.access.openings:
            return
        self._seen = writer.access.openings
        history = self._opened.history
        if history is None or not history.writable or not history.in_place():
            self._opened = self._opened.again()
            self._hurry()

    def _hurry(self) -> None:
        """From now on another connection writes: never wait for it where a screen waits for us."""
        if self._opened.history is not None:
            self._opened.history.hurry()

    def read(self, ask: Callable[[History], Result], otherwise: Result) -> Result:
        """Ask the history something, or change it at once; `otherwise` where that fails, which is told."""
        try:
            return ask(self.history)
        except HistoryError as error:
            self._trouble = str(error)
            return otherwise

    # -- what the person should know ----------------------------------------------------------------

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences for the banner: history off, a damaged file moved aside, what was lost meanwhile."""
        trouble = "" if self._opened.notice is None else self._opened.notice.text()
        # A loss says by itself what is missing now.
        texts = (trouble, *(self.losses or (self._opened.missed,)), self._backup_trouble, self._trouble)
        return tuple(dict.fromkeys(clean(text) for text in texts if text))

    @cached_property
    def _backup_trouble(self) -> str:
        """Why the backup that was due could not be made, if it is time to tell that."""
        if not (trouble := self._opened.backup_trouble):
            return ""
        return trouble if tell_failure(self._opened.path, self._opened.now()) else ""

    @property
    def losses(self) -> tuple[str, ...]:
        """What was lost of the history in this run, in sentences."""
        return self._recorders[-1].losses if self._recorders else ()

    # -- writing ------------------------------------------------------------------------------------

    @property
    def saving(self) -> bool:
        """Whether something is on its way to the disk, so that the history is better asked a little later."""
        return self._writer is not None and self._writer.busy

    def ask(self, do: Callable[[History], object]) -> None:
        """Have something written, and go on."""
        self._writes().ask(do)

    def write(self, do: Callable[[History], Result]) -> Result | None:
        """Have something written, and wait for it for a moment; None when it is not written by then."""
        if self.missing:
            return None
        results: list[Result] = []
        self.ask(lambda history: results.append(do(history)))
        self._writes().wait(READ_WAIT_S)
        return results[-1] if results else None

    def record(self, session: NewSession, pain_before: int | None) -> Recorder:
        """Who writes a new session down; how much it hurt before goes with its beginning."""
        ratings = {"pain_before": pain_before}
        return self._watched(self._recorder(self._opened, session, writer=self._writes(), ratings=ratings))

    def take_up(self, stored: Interrupted, sets: Sequence[SetSpec]) -> Recorder | None:
        """Who goes on writing an interrupted session down; None: it cannot be had."""
        recorder = self._recorder.resumed(self._current(), stored, sets, writer=self._writes())
        return None if recorder is None else self._watched(recorder)

    @property
    def _recorder(self) -> type[Recorder]:
        from backtimer.storage.history.recorder import Recorder  # noqa: PLC0415 - late: 7 ms, see `_writes`

        return Recorder

    def _watched(self, recorder: Recorder) -> Recorder:
        self._recorders = [known for known in self._recorders if not known.settled] + [recorder]
        self._settled = False
        self._writes().watch(recorder.retry)
        return recorder

    def _writes(self) -> Writer:
        """Who writes to the history in this run."""
        if self._writer is None:
            # late: 4 ms, today's first screen writes nothing
            from backtimer.storage.history.writer import Writer  # noqa: PLC0415

            self._writer = Writer(self._opened)
            self._hurry()
        return self._writer

    # -- the end ------------------------------------------------------------------------------------

    def settle(self, say: Callable[[str], None] = lambda _: None, patience_s: float = PATIENCE_S) -> str:
        """Wait until everything is saved, and keep what cannot be in a file of its own.

        Args:
            say: Told when it takes a while.
            patience_s: How long to wait at most; a disk that hangs is left to itself then.

        Returns:
            What was not saved, and what was lost of the history, in sentences; empty when all is well.
        """
        self._settled = True
        unsaved = ""
        try:
            if not self._save_all(say, patience_s):
                unsaved = self._rescue()
        except KeyboardInterrupt:  # who waits no longer loses nothing
            unsaved = self._rescue()
        return " ".join(text for text in (unsaved, *map(clean, self.losses)) if text)

    def _save_all(self, say: Callable[[str], None], patience_s: float) -> bool:
        """Whether every session of this run is on the disk, in the file that stands at the path now."""
        writer = self._writer
        if writer is None:
            return True
        for recorder in self._recorders:
            writer.submit(recorder.retry)
        if not writer.wait(min(patience_s, UNTOLD_S)) and writer.may_succeed:
            say(_(SAVING))
            writer.wait(patience_s - UNTOLD_S)
        return writer.idle

    def _rescue(self) -> str:
        """Write the sessions that are not saved to a file that `import` takes; what to say about it."""
        lost = [recorder for recorder in self._recorders if not recorder.settled]
        if not lost:
            return ""
        # late: 3 ms, hardly ever needed
        from backtimer.storage.history.rescue import places_for, rescue, unsaved_text  # noqa: PLC0415

        kept = rescue(lost, places_for(self._folder), self._opened.now())
        return clean(unsaved_text(lost, kept))

    def close(self, say: Callable[[str], None], patience_s: float) -> str:
        """Save what is waiting, unless that was settled before, and close the file.

        Returns:
            What `settle` has to say; empty when it has said it before.
        """
        last_words = "" if self._settled else self.settle(say, patience_s)
        if self._writer is not None:
            self._writer.close()
        if self._opened.history is not None:
            self._opened.history.close()
        return last_words


class Unfinished(NamedTuple):
    """A session that was begun and not ended."""

    plan: Plan
    stored: Interrupted

    @property
    def session_id(self) -> str:
        return self.stored.session.id

    @property
    def local_date(self) -> date:
        return self.stored.session.local_date

    @property
    def done_sets(self) -> int:
        """How many of its sets are done."""
        return self.stored.session.done_sets

    @property
    def planned_sets(self) -> int:
        """How many sets it has."""
        return self.stored.session.planned_sets

    def words(self, today: date) -> tuple[str, str]:
        """Which session it is, and how far it came: `Monday's session from 21 Nov`, `5 of 9 sets done`."""
        return session_of_day(self.local_date, today), sets_done(self.done_sets, self.planned_sets)

    @property
    def left_text(self) -> str:
        """`Go on: 1 of 3 sets left`."""
        return left_words(len(self.left), self.planned_sets)

    @property
    def left(self) -> tuple[SetRecord, ...]:
        """The records of the sets that were left out or broken off.

        An exercise that hurt has none, nor has one in whose place another was done.
        """
        records = [record for record in self.stored.records if record.set_index < len(self.plan.sets)]
        over = {self._exercise(record) for record in records if record.outcome is Outcome.HURT}
        over |= {spec.in_place_of for spec in self.plan.sets if spec.in_place_of}
        again = (Outcome.SKIPPED, Outcome.PARTIAL)
        return tuple(one for one in records if one.outcome in again and self._exercise(one) not in over)

    def _exercise(self, record: SetRecord) -> str | None:
        return self.plan.sets[record.set_index].exercise


def unfinished_in(history: History) -> Unfinished | None:
    """The newest session that was interrupted.

    One of which no set was reached is forgotten; one whose plan is of another version ends with what it has.
    """
    if history.writable and not history.has_begun():
        history.locks.sweep()
        return None  # as nearly always, and told without the millisecond that `running` takes to load
    while (found := history.running.unfinished()) is not None:
        if found.records:
            with suppress(ValueError):  # of another version
                return _thawed(found)
        settle = history.running.keep if found.records else history.running.discard
        if not settle(found.session.id):
            break
    return None


def ended_early_in(history: History, day: date) -> Unfinished | None:
    """The last session of a date, if something is left of it."""
    found = history.running.ended_early(day) if history.has_partial(day) else None
    if found is not None:
        with suppress(ValueError):  # of another version
            ended = _thawed(found)
            return ended if ended.left else None
    return None


def _thawed(stored: Interrupted) -> Unfinished:
    """A session with its frozen plan.

    Raises:
        ValueError: The plan is of another version, or damaged.
    """
    return Unfinished(plan_from_dict(json.loads(stored.plan)), stored)


class Floor:
    """An attendant that says nothing: as long as it is there, no other session is heard.

    Args:
        locks: Of the data directory.
    """

    audible = False
    problem = ""

    def __init__(self, locks: SessionLocks) -> None:
        self._locks = locks
        self.taken = locks.take_floor()
        """Whether this session may be heard."""

    def attend(self, events: Sequence[Event]) -> None:
        """With the end of the session somebody else may be heard."""
        if any(isinstance(event, Ended) for event in events):
            self.dismiss()

    def expect(self, events: Sequence[Event]) -> None:
        """Nothing needs to be ready."""

    def is_ready_for(self, events: Sequence[Event]) -> bool:
        """It is not waited for."""
        return True

    def dismiss(self) -> None:
        """Somebody else may be heard."""
        if self.taken:
            self.taken = False
            self._locks.leave_floor()

    def close(self, *, patiently: bool = False) -> None:
        self.dismiss()
