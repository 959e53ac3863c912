"""Writing one session down while it happens, whatever the disk does.

The recorder keeps everything it was told, in order, and how much of that is on the disk. A write that fails
is tried again with the next one. When the file is deleted or replaced under our feet, the whole session is
written anew into what then stands at the path. Nothing here raises into the workout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backtimer.core.outcomes import SetRecord
from backtimer.core.plan import SetSpec
from backtimer.storage.history.columns import check_rating
from backtimer.storage.history.database import Opened
from backtimer.storage.history.sessions import History
from backtimer.storage.history.stored import NewSession, SessionState, Unfinished
from backtimer.storage.history.trouble import HistoryError, Notice, Trouble

_TRANSIENT = frozenset({Trouble.BUSY, Trouble.FULL})
"""Troubles after which the open file is as good as before."""

_MOST_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class _Begin:
    session: NewSession

    def apply(self, history: History, session_id: str) -> None:
        history.begin(self.session)


@dataclass(frozen=True, slots=True)
class _Set:
    record: SetRecord
    spec: SetSpec
    at: datetime
    elapsed_s: float | None

    def apply(self, history: History, session_id: str) -> None:
        history.record_set(session_id, self.record, self.spec, self.at, self.elapsed_s)


@dataclass(frozen=True, slots=True)
class _Forget:
    set_index: int
    elapsed_s: float | None

    def apply(self, history: History, session_id: str) -> None:
        history.forget_set(session_id, self.set_index, self.elapsed_s)


@dataclass(frozen=True, slots=True)
class _End:
    state: SessionState | None
    seconds: float
    at: datetime

    def apply(self, history: History, session_id: str) -> None:
        history.end(session_id, self.state, self.seconds, self.at)


@dataclass(frozen=True, slots=True)
class _Rate:
    effort: int | None
    pain: int | None

    def apply(self, history: History, session_id: str) -> None:
        history.rate(session_id, self.effort, self.pain)


@dataclass(frozen=True, slots=True)
class _RateBefore:
    pain: int | None

    def apply(self, history: History, session_id: str) -> None:
        history.rate_before(session_id, self.pain)


@dataclass(frozen=True, slots=True)
class _Erase:
    def apply(self, history: History, session_id: str) -> None:
        history.erase(session_id)


_Write = _Begin | _Set | _Forget | _End | _Rate | _RateBefore | _Erase
"""All can be repeated without harm."""


class Recorder:
    """Writes one session down. Each call is on the disk when it returns, or `problem` says why not."""

    def __init__(self, opened: Opened, session: NewSession) -> None:
        self._opened = opened
        self._session = session
        self._log: list[_Write] = []
        self._saved = 0
        """How many of the log are on the disk."""
        self._trouble: Notice | None = None if opened.recording else opened.notice
        self._notices: list[Notice] = []

    @classmethod
    def resumed(cls, opened: Opened, unfinished: Unfinished, sets: Sequence[SetSpec]) -> Recorder | None:
        """Go on with an interrupted session.

        Args:
            opened: The history it is in.
            unfinished: The session.
            sets: The planned sets of its frozen plan.

        Returns:
            None when another window has it, or it cannot be had from the file any more.
        """
        stored = unfinished.session
        try:
            if opened.history is None or not opened.history.claim(stored.id):
                return None
        except HistoryError:
            return None
        session = NewSession(
            id=stored.id,
            routine=stored.routine,
            day=stored.day,
            title=stored.title,
            local_date=stored.local_date,
            started=stored.started,
            sets=tuple(sets),
            plan=unfinished.plan,
        )
        recorder = cls(opened, session)
        recorder._log.append(_Begin(session))
        recorder._log += [
            _Set(record, sets[record.set_index], stored.started, None)
            for record in unfinished.records
            if record.set_index < len(sets)
        ]
        recorder._saved = len(recorder._log)
        return recorder

    @property
    def session_id(self) -> str:
        """The session's id."""
        return self._session.id

    @property
    def opened(self) -> Opened:
        """The history as it is open now; not always the one it began with, which is closed then."""
        return self._opened

    @property
    def waiting_sets(self) -> int:
        """How many sets are done and not on the disk."""
        return len({write.record.set_index for write in self._log[self._saved :] if isinstance(write, _Set)})

    @property
    def problem(self) -> str:
        """What a banner should say as long as it holds; empty when all is well."""
        if self._trouble is None:
            return ""
        waiting = self.waiting_sets
        sets = {0: "", 1: " 1 set is waiting to be saved."}.get(
            waiting, f" {waiting} sets are waiting to be saved."
        )
        return f"History is off: {self._trouble.reason}.{sets}"

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What happened to the file meanwhile and was mended, oldest first: to be said once."""
        return tuple(self._notices)

    def start(self) -> None:
        """The session begins. Recording or ending does it too, if it was not done."""
        if not self._log:
            self._log.append(_Begin(self._session))
        self.retry()

    def record(self, record: SetRecord, elapsed_s: float | None = None) -> None:
        """A set is over. `elapsed_s`: the session's credited time so far, if it is known."""
        self._write(_Set(record, self._session.sets[record.set_index], self._opened.now(), elapsed_s))

    def forget(self, set_index: int, elapsed_s: float | None = None) -> None:
        """What was saved of a set holds no longer: it is to come. `elapsed_s` as in `record`."""
        self._write(_Forget(set_index, elapsed_s))

    def end(self, seconds: float, state: SessionState | None = None) -> None:
        """The session is over. Without a state: done when every planned set was, otherwise partial."""
        self._write(_End(state, seconds, self._opened.now()))

    def rate(self, effort: int | None, pain: int | None) -> None:
        """How hard it was, 1-10, and how much it hurt, 0-10; None: not said.

        Raises:
            ValueError: A number that is not on its scale.
        """
        check_rating(effort, pain)
        self._write(_Rate(effort, pain))

    def rate_before(self, pain: int | None) -> None:
        """How much it hurts before the session, 0-10; None: not said.

        Raises:
            ValueError: A number that is not on the scale.
        """
        check_rating(None, pain)
        self._write(_RateBefore(pain))

    def discard(self) -> None:
        """Take the session out of the history, as if it had not begun."""
        if self._log:
            self._log, self._saved = [_Erase()], 0
            self.retry()

    def retry(self) -> bool:
        """Write what is waiting, and see that the file is still there; whether all is on the disk."""
        for _ in range(_MOST_ATTEMPTS):
            if not self._log:
                return True
            history = self._usable()
            if history is None:
                return False
            try:
                while self._saved < len(self._log):
                    self._log[self._saved].apply(history, self.session_id)
                    self._saved += 1
            except HistoryError as error:
                self._trouble = error.notice
                if not self._mend(error.trouble):
                    return False
            else:
                self._trouble = None
                return True
        return False

    def leave(self) -> None:
        """Stop, without ending the session: from now on it is offered for resuming."""
        self.retry()
        self._opened.locks.release(self.session_id)

    def _write(self, write: _Write) -> None:
        if not self._log:
            self._log.append(_Begin(self._session))
        self._log.append(write)
        self.retry()

    def _usable(self) -> History | None:
        """The open history, or one opened anew when it cannot be written to or has left its path."""
        history = self._opened.history
        stale = self._trouble is not None and self._trouble.trouble not in _TRANSIENT
        if history is not None and history.writable and history.in_place() and not stale:
            return history
        if history is not None and not history.in_place():
            self._notices.append(Notice(Trouble.MOVED, self._opened.path))
            self._saved = 0
        self._reopen()
        return self._opened.history if self._opened.recording else None

    def _reopen(self, *, suspect: bool = False) -> None:
        self._opened = self._opened.again(suspect=suspect)
        notice = self._opened.notice
        if notice is not None and notice.moved_to is not None:
            self._notices.append(notice)
            self._saved = 0
        self._trouble = None if self._opened.recording else notice

    def _mend(self, trouble: Trouble) -> bool:
        """Whether it makes sense to try once more at once, after doing what can be done."""
        if trouble is Trouble.DAMAGED:
            self._reopen(suspect=True)
            return self._opened.recording
        if trouble is Trouble.LOST:
            # The file was exchanged by a copy that does not know the session: write all of it.
            self._saved = 0
            return True
        return trouble is Trouble.MOVED
