"""The recorder of a session whose pain before it is known."""

from __future__ import annotations

from backtimer.storage.history.database import Opened
from backtimer.storage.history.recorder import Recorder
from backtimer.storage.history.stored import NewSession
from backtimer.storage.history.writer import Writer


class RatedRecorder(Recorder):
    """Writes the pain before the session down with its beginning, and not before.

    Args:
        opened: The history.
        session: The session.
        pain_before: 0-10; None: not said.
        writer: Who writes.
    """

    def __init__(
        self, opened: Opened, session: NewSession, pain_before: int | None, *, writer: Writer | None = None
    ) -> None:
        super().__init__(opened, session, writer=writer)
        self._pain_before = pain_before

    def start(self) -> None:
        """The session begins."""
        with self.together():
            super().start()
            pain, self._pain_before = self._pain_before, None
            if pain is not None:
                self.rate_before(pain)
