"""The thread that writes to the history: who has something to write hands it in and goes on.

What is handed in is done in order. What cannot be done yet is tried again until it can, and keeps its place.
The connection belongs to the thread; nobody else waits for the disk, unless asked to (`wait`). The thread
ends with the process, even in the middle of a write that never comes back.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from backtimer.storage.history.access import Access
from backtimer.storage.history.database import Opened, open_history
from backtimer.storage.history.sessions import History
from backtimer.storage.history.trouble import HistoryError, Notice, Trouble

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
                while not self._tasks and not self._closing:
                    if not self._changed.wait(WATCH_S if self._watched else None) and self._watched:
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
