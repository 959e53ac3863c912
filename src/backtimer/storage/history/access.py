"""The history as its writer has it open: looked after, and opened anew when it goes away or breaks.

Whoever writes asks for it before each write. What became of the file meanwhile is kept as notices, and a
change of the file counts up the generation: what was written to an earlier one is to be written again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

from backtimer.storage.history.database import Opened, connect_to_read
from backtimer.storage.history.sessions import History
from backtimer.storage.history.trouble import HistoryError, Notice, Trouble, trouble_of

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
        self.held: int | None = None
        """How many sessions were over in the file that was found then; None: it could not be read."""
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

    def _count(self, notice: Notice) -> int | None:
        history = self.opened.history
        if history is None or (notice.trouble is Trouble.DAMAGED and notice.moved_to is None):
            return None
        from backtimer.storage.history.backups import sessions_in  # noqa: PLC0415 - rarely needed

        try:
            with history.reading() as db:
                return sessions_in(db)
        except HistoryError:
            return None


def _is_whole(db: sqlite3.Connection) -> bool:
    try:
        return bool(db.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError as error:
        return trouble_of(error) is not Trouble.DAMAGED
