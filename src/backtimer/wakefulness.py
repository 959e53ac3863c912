"""Keeps the screen awake while a session runs, with the extra `backtimer[awake]`; without it, nothing."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from backtimer.core.events import Ended, Event, Paused, Resumed, Started


class Wakefulness:
    """An attendant of one session, who lets nobody's screen go dark but in a pause.

    wakepy takes 80 ms to import and talks to the desktop over D-Bus or its like, so all of it happens in a
    thread of its own. Where it is missing, or cannot keep anything awake, nothing happens.
    """

    audible = False
    problem = ""

    def __init__(self) -> None:
        self._rest = threading.Event()
        self._thread: threading.Thread | None = None

    def hear(self, events: Sequence[Event]) -> None:
        """Stay awake from the start on and from each pause's end, until the next pause or the end."""
        for event in events:
            if isinstance(event, Started | Resumed):
                self._wake()
            elif isinstance(event, Paused | Ended):
                self.leave()

    def expect(self, events: Sequence[Event]) -> None:
        """Nothing needs to be ready."""

    def leave(self) -> None:
        """The screen may go dark again."""
        self._rest.set()

    def close(self, *, patiently: bool = False) -> None:
        """The same, and wait until it may."""
        self.leave()
        if self._thread is not None:
            self._thread.join(timeout=1.0)
            self._thread = None

    def _wake(self) -> None:
        if self._rest.is_set() or self._thread is None:
            self._rest = threading.Event()
            self._thread = threading.Thread(target=_keep, args=(self._rest,), daemon=True, name="awake")
            self._thread.start()


def _keep(rest: threading.Event) -> None:
    """Keep the screen awake until somebody says it may rest."""
    try:
        from wakepy import keep  # noqa: PLC0415 - an extra, and slow

        with keep.presenting(on_fail="pass"):
            rest.wait()
    except Exception:
        return
