"""The thread that writes to the history: who has something to write hands it in and goes on.

What is handed in is done in order. What cannot be done yet is tried again until it can, and keeps its place.
The connection belongs to the thread; nobody else waits for the disk, unless asked to (`wait`). The thread
ends with the process, even in the middle of a write that never comes back.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import closing

from backtimer.storage.history.backups import Held, held_in
from backtimer.storage.history.file import HistoryError, Notice, Trouble, trouble_of
from backtimer.storage.history.opening import Opened, connect_to_read, open_history
from backtimer.storage.history.queries import History

# The history as its writer has it open: looked after, and opened anew when it goes away or breaks.
#
# Whoever writes asks for it before each write. What became of the file meanwhile is kept as notices, and a
# change of the file counts up the generation: what was written to an earlier one is to be written again.

_TRANSIENT = frozenset({Trouble.BUSY, Trouble.FULL})
"""Troubles after which the open file is as good as before."""


class Access:
    """The one open history of a writer.

    Args:
        opened: The history, or what opens it: then that is done where it is first needed, which is the
            thread that keeps it.
    """

    def __init__(self, opened: Opened | Callable[[], Opened]) -> None:
        self._opened = opened if isinstance(opened, Opened) else None
        self._open = opened
        self._notices: list[Notice] = []
        self.held: Held | None = None
        """What was in the file that was found then; None: it could not be read."""
        self._gone: Trouble | None = None
        """What became of the file that was open, as long as there is no other one."""
        self.generation = 0
        """Counts the files that were open, one after the other."""
        self.openings = 0
        """Counts how often the path was opened anew."""
        self.trouble: Notice | None = None
        """Why nothing can be written just now."""
        if self._opened is not None and not self._opened.recording:
            self.trouble = self._opened.notice

    @property
    def opened(self) -> Opened:
        """The history as it is open now; not always the one it began with, which is closed then."""
        if self._opened is None:
            assert not isinstance(self._open, Opened)
            self._take(self._open())
        assert self._opened is not None
        return self._opened

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What happened to the file and was mended, as far as that was possible, oldest first."""
        return tuple(self._notices)

    def usable(self) -> History | None:
        """The open history, or one opened anew when it cannot be written to or has left its path."""
        opened = self.opened
        history = opened.history
        stale = self.trouble is not None and self.trouble.trouble not in _TRANSIENT
        if history is not None and history.writable and history.in_place() and not stale:
            return history
        if history is not None and not history.in_place():
            self._gone = Trouble.REPLACED if opened.path.exists() else Trouble.MOVED
            self.generation += 1
        self.reopen()
        if not self.opened.recording:
            return None
        if self._gone is not None:
            self._note(Notice(self._gone, opened.path))
            self._gone = None
        return self.opened.history

    def reopen(self, *, suspect: bool = False) -> None:
        """Open the same path anew; suspect: a damaged file is looked for everywhere, and moved aside."""
        self._take(self.opened.again(suspect=suspect))

    def mend(self, notice: Notice) -> bool:
        """Whether it makes sense to try once more at once, after doing what can be done."""
        trouble = notice.trouble
        # In a file that was good when it was opened, a table is missing.
        if trouble is Trouble.DAMAGED or (trouble is Trouble.FAILED and notice.detail.startswith("no such ")):
            before = self.generation
            self.reopen(suspect=True)
            if self.opened.recording and self.generation == before:
                # Nothing was to be moved aside: an empty file, in which a new history was begun.
                self._note(Notice(Trouble.DAMAGED, self.opened.path))
                self.generation += 1
            return self.opened.recording
        if trouble is Trouble.LOST:
            # The content was exchanged for that of a copy that does not know what was written.
            self._note(Notice(Trouble.REPLACED, self.opened.path))
            self.generation += 1
            return True
        return trouble is Trouble.MOVED

    def read_back(self, session_id: str, sets: int, *, everywhere: bool = False) -> None:
        """See through a connection of its own that what was written stands in the file.

        Args:
            session_id: What was written of it is looked for.
            sets: How many of its sets there must be.
            everywhere: Read all of the file, too. Damage in other places is noted, and mended by nobody here:
                what was written stands.

        Raises:
            HistoryError: It does not stand there, or cannot be read.
        """
        path = self.opened.path
        try:
            with closing(connect_to_read(path)) as db:
                row = db.execute(
                    "SELECT (SELECT count(*) FROM sets WHERE session_id = id) FROM sessions WHERE id = ?",
                    (session_id,),
                ).fetchone()
                if row is None or row[0] < sets:
                    raise HistoryError(Notice(Trouble.LOST, path))
                if everywhere and not _is_whole(db):
                    self._note(Notice(Trouble.DAMAGED, path))
        except sqlite3.Error as error:
            trouble = trouble_of(error)
            if trouble is Trouble.BUSY:  # somebody else's turn: the write was committed all the same
                return
            raise HistoryError(Notice(trouble, path, detail=str(error))) from error

    def close(self) -> None:
        """Close the file, if it is open."""
        if self._opened is not None and self._opened.history is not None:
            self._opened.history.close()

    def _take(self, opened: Opened) -> None:
        self._opened = opened
        self.openings += 1
        notice = opened.notice
        if notice is not None and notice.moved_to is not None:
            self._note(notice)
            self.generation += 1
        self.trouble = None if opened.recording else notice

    def _note(self, notice: Notice) -> None:
        # Counted before it is told, and before the session under way is written there anew.
        self.held = self._count(notice)
        if notice not in self._notices:
            self._notices.append(notice)

    def _count(self, notice: Notice) -> Held | None:
        history = self.opened.history
        if history is None or (notice.trouble is Trouble.DAMAGED and notice.moved_to is None):
            return None
        try:
            with history.reading() as db:
                return held_in(db, self.opened.path)
        except HistoryError:
            return None


def _is_whole(db: sqlite3.Connection) -> bool:
    try:
        return bool(db.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError as error:
        return trouble_of(error) is not Trouble.DAMAGED


RETRY_S = 1.0
"""After this long what could not be written is tried again."""

WATCH_S = 2.0
"""So often somebody looks whether the file is still there, as long as a session is under way."""

SLOW_S = 3.0
"""A write that takes longer is told: an honest disk takes 10 ms, a very slow one a second."""

_END_S = 0.5
"""How long to wait for the thread to end when there is nothing left to do for it."""

_WILL_PASS = frozenset({Trouble.BUSY, Trouble.FULL})
"""Troubles after which the same write can succeed."""

Task = Callable[[], bool]
"""Writes something; False: it could not be, and is to be tried again."""


class Writer:
    """Writes to one history, in a thread of its own.

    Args:
        opened: The history, as somebody else has it open; the thread opens the same path for itself.
        clock: Seconds that go on, from any origin.
    """

    def __init__(self, opened: Opened, clock: Callable[[], float] = time.monotonic) -> None:
        self.access = Access(lambda: open_history(opened.path, opened.now, locks=opened.locks))
        self._path = opened.path
        self._clock = clock
        self._tasks: deque[Task] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._watched: Task | None = None
        self._closing = False
        self._attempt = 0
        """Counts what was tried."""
        self._failed = 0
        """The last attempt that failed for a reason that does not pass by itself."""
        self._since: float | None = None
        """When the attempt began that is under way."""

    @property
    def slow(self) -> bool:
        """Whether the disk keeps a write waiting for a conspicuously long time."""
        since = self._since
        return since is not None and self._clock() - since > SLOW_S

    @property
    def idle(self) -> bool:
        """Whether all that was handed in is done."""
        return not self._tasks

    @property
    def busy(self) -> bool:
        """Whether something is on its way to the disk that will be there soon."""
        return bool(self._tasks) and self.access.trouble is None and not self.slow

    @property
    def may_succeed(self) -> bool:
        """Whether waiting makes sense for what is not written yet: the disk is slow, or somebody else's."""
        trouble = self.access.trouble
        return trouble is None or trouble.trouble is Trouble.BUSY

    def submit(self, task: Task) -> None:
        """Hand in something to write."""
        with self._changed:
            # One that is the last in line, and not begun, will see what is there to write by then.
            if (
                not self._tasks
                or self._tasks[-1] != task
                or (len(self._tasks) == 1 and self._since is not None)
            ):
                self._tasks.append(task)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="history")
                self._thread.start()
            self._changed.notify_all()

    def ask(self, do: Callable[[History], object]) -> None:
        """Hand in a change of the history that stands for itself."""

        def attempt() -> bool:
            history = self.access.usable()
            if history is None:
                return False
            try:
                do(history)
            except HistoryError as error:
                self.access.trouble = error.notice
                return error.trouble not in _WILL_PASS and not self.access.mend(error.notice)
            self.access.trouble = None
            return True

        self.submit(attempt)

    def watch(self, task: Task | None) -> None:
        """Do this now and then, as long as there is nothing else to do; None: nothing."""
        with self._changed:
            self._watched = task
            self._changed.notify_all()

    def wait(self, timeout_s: float) -> bool:
        """Wait until all that was handed in is done; whether it is.

        A write that fails for a reason that does not pass by itself is not waited for any longer.
        """
        with self._changed:
            begun = self._attempt
            if self._tasks:
                self._changed.notify_all()
            self._changed.wait_for(lambda: not self._tasks or self._failed > begun, timeout_s)
            return not self._tasks

    def close(self) -> None:
        """End the thread, unless it is held up by the disk: then the end of the process does."""
        with self._changed:
            self._closing = True
            self._watched = None
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(_END_S if self._since is None else 0.0)

    # -- in the thread ------------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            with self._changed:
                look_at = self._clock() + WATCH_S
                while not self._tasks and not self._closing:
                    # Whoever waits for this thread wakes it, however often: the look is not put off by that.
                    left = max(0.0, look_at - self._clock()) if self._watched else None
                    woken = self._changed.wait(left)
                    if self._watched and (not woken or self._clock() >= look_at):
                        self._tasks.append(self._watched)
                if self._closing:
                    break
                task = self._tasks[0]
                self._attempt += 1
                self._since = self._clock()
            done = self._try(task)
            with self._changed:
                self._since = None
                trouble = self.access.trouble
                if done:
                    self._tasks.popleft()
                elif trouble is None or trouble.trouble is not Trouble.BUSY:
                    self._failed = self._attempt
                self._changed.notify_all()
                if not done and not self._closing:
                    self._changed.wait(RETRY_S)
        self.access.close()

    def _try(self, task: Task) -> bool:
        try:
            return task()
        except Exception as error:  # whatever it is: the thread must go on
            self.access.trouble = Notice(Trouble.FAILED, self._path, detail=str(error))
            return False
