"""Writing one session down while it happens, whatever the disk does.

The recorder keeps everything it was told, in order, and how much of that is on the disk. What waits is
written together, in one transaction, by the writer's thread where there is one; a write that fails is tried
again. When the file is deleted or replaced under our feet, the whole session is written anew into what then
stands at the path. Nothing here raises into the workout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from backtimer.core.plan.plan import Plan, SetSpec, plan_text
from backtimer.core.progress.history import SessionState
from backtimer.core.progress.scales import RATINGS, check_ratings
from backtimer.core.session.events import Outcome, SetRecord
from backtimer.language import _, counted_words
from backtimer.storage.history.backups import Held, offer_text
from backtimer.storage.history.file import HistoryError, Notice, Trouble
from backtimer.storage.history.opening import Opened
from backtimer.storage.history.queries import History
from backtimer.storage.history.running import MovedSet
from backtimer.storage.history.values import Interrupted, NewSession, storable
from backtimer.storage.history.writer import Access, Writer
from backtimer.values import NamedTuple


def loss_texts(notices: Sequence[Notice], held: Held | None, now: datetime) -> tuple[str, ...]:
    """A sentence or two for each; the last one also says how to get back what is missing, if anything is.

    Args:
        notices: What happened to the file, oldest first.
        held: What was in the file that was found then. None: it could not be read.
        now: The local time, with its offset.
    """
    texts = tuple(dict.fromkeys(_text(notice) for notice in notices))
    offer = offer_text(notices[-1].path, held, now) if notices else ""
    return (*texts[:-1], f"{texts[-1]} {offer}".strip()) if texts else ()


def _text(notice: Notice) -> str:
    if notice.trouble is Trouble.DAMAGED and notice.moved_to is None:
        return _("The history was damaged while it was in use. This session is saved.")
    return notice.text()


_MOST_ATTEMPTS = 4

SOON_S = 0.05
"""While something is being written, a look after so long finds it done."""

LATER_S = 1.0
"""While something cannot be written, a look after so long may find it changed."""


class _Entry(NamedTuple):
    """Something that was told. To write it twice does no harm."""

    write: Callable[[History], object]
    set_index: int | None = None
    """The set that it is about."""
    record: SetRecord | None = None
    """How that set went; None: it is to come."""
    leaves: bool = False
    """The session is not under way any more."""
    erases: bool = False
    moved: Mapping[int, int] | None = None
    """The session goes over to another plan: where the sets are in it, by where they were."""


def _records(entries: Iterable[_Entry]) -> dict[int, SetRecord]:
    """The records of sets that these entries leave, by their places."""
    records: dict[int, SetRecord] = {}
    for entry in entries:
        if entry.moved is not None:
            records = {
                (place := entry.moved[index]): record._replace(set_index=place)
                for index, record in records.items()
                if index in entry.moved
            }
        elif entry.record is not None:
            records[entry.record.set_index] = entry.record
        elif entry.set_index is not None:
            records.pop(entry.set_index, None)
    return records


class Recorder:
    """Writes one session down.

    Without a writer each call is on the disk when it returns, or `problem` says why not. With one, each call
    returns at once, the writer's thread writes, and `is_safe` and `settled` tell when that is done.

    Args:
        opened: The history.
        session: The session.
        writer: Who writes, if that is somebody else; it has a connection of its own.
        ratings: What was said before the session; it is kept with its beginning, and not before.
    """

    def __init__(
        self,
        opened: Opened,
        session: NewSession,
        *,
        writer: Writer | None = None,
        ratings: Mapping[str, int | None] | None = None,
    ) -> None:
        self._said_before = {name: value for name, value in (ratings or {}).items() if value is not None}
        self._now = opened.now
        self._session = session
        self._writer = writer
        self._access = writer.access if writer is not None else Access(opened)
        self._log: list[_Entry] = []
        """Grows at its end, and there only: its beginning may be read by the writer's thread meanwhile."""
        self._saved = 0
        """How many of the log are on the disk."""
        self._generation = self._access.generation
        """Of the file in which they are."""
        self._gathering = False

    @classmethod
    def resumed(
        cls, opened: Opened, unfinished: Interrupted, sets: Sequence[SetSpec], *, writer: Writer | None = None
    ) -> Recorder | None:
        """Go on with an interrupted session.

        Args:
            opened: The history it is in.
            unfinished: The session.
            sets: The planned sets of its frozen plan.
            writer: Who writes, if that is somebody else.

        Returns:
            None when another window has it, or it cannot be had from the file any more.
        """
        stored = unfinished.session
        history = opened.history
        try:
            taken = None if history is None or writer is None else history.running.take(stored.id)
            if history is None or taken is False or (taken is None and not history.running.claim(stored.id)):
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
        recorder = cls(opened, session, writer=writer)
        recorder._log.append(recorder._beginning())
        recorder._log += [
            recorder._set_entry(record, stored.started, None)
            for record in unfinished.records
            if record.set_index < len(sets)
        ]
        ratings = {name: value for name in RATINGS if (value := getattr(stored, name)) is not None}
        if ratings:
            recorder._log.append(recorder._rating_entry(ratings))
        recorder._saved = len(recorder._log)
        if taken:
            recorder._log.append(_Entry(lambda history: history.running.claim(stored.id)))
        return recorder

    @property
    def session_id(self) -> str:
        return self._session.id

    @property
    def opened(self) -> Opened:
        """The history as it is open now; not always the one it began with, which is closed then."""
        return self._access.opened

    @property
    def settled(self) -> bool:
        """Whether all that was told is on the disk."""
        return self._saved == len(self._log)

    @property
    def waiting_sets(self) -> int:
        """How many sets were worked on and are not on the disk."""
        records = _records(self._log[self._saved :])
        return sum(record.outcome is not Outcome.SKIPPED for record in records.values())

    @property
    def reason(self) -> str:
        """Why something is not on the disk, as a clause."""
        trouble = self._access.trouble
        return _("the disk does not answer") if trouble is None else trouble.reason

    def is_safe(self, set_index: int) -> bool:
        """Whether all that was told of a set is on the disk."""
        return set_index not in _records(self._log[self._saved :])

    @property
    def problem(self) -> str:
        """What a banner should say as long as it holds; empty when all is well."""
        trouble = self._access.trouble
        waiting = self.waiting_sets
        if trouble is not None:
            what = _("History is off: {reason}.").format(reason=trouble.reason)
        elif waiting and self._writer and self._writer.slow:
            what = _("The disk is slow.")
        else:
            return ""
        if not waiting:
            return what
        sets = counted_words(
            "{number} set is waiting to be saved.", "{number} sets are waiting to be saved.", waiting
        )
        return f"{what} {sets.format(number=waiting)}"

    @property
    def news_in_s(self) -> float | None:
        """After how long `is_safe` and `problem` may say something else; None: when more is told."""
        if self._writer is None or self.settled:
            return None
        return LATER_S if self._access.trouble is not None or self._writer.slow else SOON_S

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What happened to the file meanwhile and was mended, oldest first: to be said once."""
        return self._access.notices

    @property
    def losses(self) -> tuple[str, ...]:
        """What was lost of the history meanwhile, in sentences, with what can be done about it."""
        if not self._access.notices:
            return ()

        return loss_texts(self._access.notices, self._access.held, self._now())

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is told meanwhile is written at its end, all of it in one transaction."""
        self._gathering = True
        try:
            yield
        finally:
            self._gathering = False
            if not self.settled:
                self._hand_on()

    def start(self) -> None:
        """The session begins. Recording or ending does it too, if it was not done."""
        if not self._log:
            self._log.append(self._beginning())
        said, self._said_before = self._said_before, {}
        if said:
            self._log.append(self._rating_entry(said))
        if not self._gathering:
            self._hand_on()

    def record(self, record: SetRecord, elapsed_s: float | None = None) -> None:
        """A set is over. `elapsed_s`: the session's credited time so far, if it is known."""
        self._write(self._set_entry(record, self._now(), elapsed_s))

    def forget(self, set_index: int, elapsed_s: float | None = None) -> None:
        """What was saved of a set holds no longer: it is to come. `elapsed_s` as in `record`."""
        session_id = self.session_id
        self._write(
            _Entry(lambda history: history.running.forget_set(session_id, set_index, elapsed_s), set_index)
        )

    def exchange(self, plan: Plan, moved: Mapping[int, int]) -> None:
        """The session goes over to another plan.

        Args:
            plan: The plan.
            moved: Where the sets are in it that stay, by where they were.
        """
        session_id, at = self.session_id, self._now()
        text = storable(plan_text(plan))
        kept = tuple(
            MovedSet(index, record._replace(set_index=moved[index]), plan.sets[moved[index]], at)
            for index, record in _records(self._log).items()
            if index in moved
        )
        planned = len(plan.sets)
        self._session = self._session._replace(sets=plan.sets, plan=text)
        self._write(
            _Entry(
                lambda history: history.running.change_plan(session_id, text, kept, planned),
                moved=dict(moved),
            )
        )

    def end(self, seconds: float, state: SessionState | None = None) -> None:
        """The session is over. Without a state: done when every planned set was, otherwise partial."""
        session_id, at = self.session_id, self._now()
        self._write(_Entry(lambda history: history.running.end(session_id, state, seconds, at), leaves=True))

    def rate(self, **ratings: int | None) -> None:
        """What was said of the session, by the names of the ratings; None: not said.

        Raises:
            ValueError: A number that is not on its scale.
        """
        check_ratings(**ratings)
        self._write(self._rating_entry(ratings))

    def discard(self) -> None:
        """Take the session out of the history, as if it had not begun."""
        if self._log:
            self._write(_Entry(lambda history: history.running.erase(self.session_id), erases=True))

    def leave(self) -> None:
        """Stop, without ending the session: from now on it is offered for resuming."""
        self._write(_Entry(lambda history: history.running.leave(self.session_id), leaves=True))
        if self._writer is None:
            self.opened.locks.release(self.session_id)

    def settle(self, timeout_s: float) -> bool:
        """Wait until all is on the disk, for so long at most; whether it is."""
        if self._writer is None:
            return self.retry()
        self._writer.wait(timeout_s)
        return self.settled

    def retry(self) -> bool:
        """Write what is waiting, and see that the file is still there; whether all is on the disk."""
        for _attempt in range(_MOST_ATTEMPTS):
            if not self._log:
                return True
            history = self._access.usable()
            if self._generation != self._access.generation:
                self._generation, self._saved = self._access.generation, 0
            if history is None:
                return False
            try:
                self._apply(history)
            except HistoryError as error:
                self._access.trouble = error.notice
                if not self._access.mend(error.notice):
                    return False
            else:
                self._access.trouble = None
                return True
        return False

    def write_into(self, history: History) -> None:
        """Write all that was told into another history.

        Raises:
            HistoryError: It cannot be written to.
        """
        with history.writing():
            for entry in tuple(self._log):
                entry.write(history)

    def _apply(self, history: History) -> None:
        """Write what waits in one transaction, and look whether it is there: only then it counts as saved."""
        upto = len(self._log)
        waiting = self._log[self._saved : upto]
        if not waiting:
            return
        with history.writing():
            for entry in waiting:
                entry.write(history)
        if not any(entry.erases for entry in self._log[:upto]):
            sets = _records(self._log[:upto])
            leaves = any(entry.leaves for entry in waiting)
            self._access.read_back(self.session_id, len(sets), everywhere=leaves)
        self._saved = upto

    def _beginning(self) -> _Entry:
        return _Entry(lambda history: history.running.begin(self._session))

    def _set_entry(self, record: SetRecord, at: datetime, elapsed_s: float | None) -> _Entry:
        spec = self._session.sets[record.set_index]
        return _Entry(
            lambda history: history.running.record_set(self.session_id, record, spec, at, elapsed_s),
            record.set_index,
            record,
        )

    def _rating_entry(self, ratings: Mapping[str, int | None]) -> _Entry:
        return _Entry(lambda history: history.rate(self.session_id, **ratings))

    def _write(self, entry: _Entry) -> None:
        if not self._log:
            self._log.append(self._beginning())
        self._log.append(entry)
        if not self._gathering:
            self._hand_on()

    def _hand_on(self) -> None:
        if self._writer is None:
            self.retry()
        else:
            self._writer.submit(self.retry)
