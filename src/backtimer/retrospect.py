"""Looking back: what the screen of the past shows, and how mistakes in it are put right.

Nothing here raises for what can be expected of a file: what went wrong is told in a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from backtimer.core.plan.plan import plan_from_dict
from backtimer.core.progress.calendar import short_date, weekday_name
from backtimer.core.progress.history import Past, monday_before
from backtimer.core.speech.phrases import sentence
from backtimer.storage.history.corrections import Changes, CorrectionError, SetChange
from backtimer.storage.history.file import HistoryError
from backtimer.storage.history.looking_back import detail_of, look_back
from backtimer.storage.history.values import SessionLookupError, offset_of
from backtimer.storage.text import clean

if TYPE_CHECKING:
    from backtimer.core.progress.session_view import Detail
    from backtimer.core.progress.streaks import Goal
    from backtimer.training import Practice, Unfinished

__all__ = ["Changes", "Retrospect", "SetChange"]

DELETED = "Deleted. u brings it back."
DISCARDED = "Discarded. u brings it back."
SAVED = "Saved as it is. u takes that back."


class _Change(NamedTuple):
    """Something that was changed in this run, and can be taken back."""

    session_id: str
    correction: str
    """Its id; empty: there is none."""
    says: str = ""


class Retrospect:
    """The past of a practice.

    Args:
        practice: Whose history it is.
        goal: A weekly goal, if there is one.
    """

    def __init__(self, practice: Practice, goal: Goal | None = None) -> None:
        self._practice = practice
        self._goal = goal
        self.trouble = ""
        """What went wrong last, in a sentence; empty: nothing did."""
        self._made: list[_Change] = []
        """What was changed in this run of the program and holds, oldest first."""

    @property
    def can_undo(self) -> bool:
        """Whether something was changed that can be taken back."""
        return bool(self._made)

    def can_undo_in(self, session_id: str) -> bool:
        """Whether what `u` takes back is seen where a session is shown, or said there."""
        return bool(self._made) and (self._made[-1].session_id == session_id or bool(self.says))

    @property
    def says(self) -> str:
        """What `u` takes back, where that cannot be seen: the last change took a session out, or ended it."""
        return self._made[-1].says if self._made else ""

    def past(self, weeks: int) -> Past | None:
        """What there is to look back on in the last weeks; None when it cannot be read."""
        history, today = self._practice.history, self._practice.today
        if history is not None:
            with self._told():
                here = offset_of(self._practice.now())
                return look_back(history, today, monday_before(today, weeks), goal=self._goal, here=here)
        return None

    def session(self, session_id: str) -> Detail | None:
        """One session in full; None when it is not there any more."""
        history = self._practice.history
        if history is not None:
            with self._told():
                return detail_of(history, history.session(session_id))
        return None

    def edit(self, session_id: str, changes: Changes) -> None:
        """Put something right."""
        history = self._practice.history
        if history is not None:
            with self._told():
                made = history.corrections.edit_session(session_id, changes, self._practice.now())
                self._made.append(_Change(session_id, made))

    def delete(self, session_id: str) -> bool:
        """Take a session out of the history; whether that worked."""
        history = self._practice.history
        if history is not None:
            with self._told():
                made = history.corrections.delete_session(session_id, self._practice.now())
                self._made.append(_Change(session_id, made, DELETED))
                return True
        return False

    def save(self, unfinished: Unfinished) -> None:
        """End a session that broke off with what was done of it."""
        if self._practice.keep(unfinished):
            self._made.append(_Change(unfinished.session_id, "", SAVED))

    def discard(self, unfinished: Unfinished) -> None:
        """Take a session that broke off out of the history."""
        if made := self._practice.discard(unfinished):
            self._made.append(_Change(unfinished.session_id, made, DISCARDED))

    def undo(self) -> str:
        """Take the last change back; of which session it was, empty without one."""
        history = self._practice.history
        if history is not None and self._made:
            change = self._made[-1]
            with self._told():
                try:
                    if change.correction:
                        history.corrections.undo(change.correction, self._practice.now())
                    if change.says in (SAVED, DISCARDED):
                        history.reopen(change.session_id)
                except CorrectionError:  # somebody else was faster
                    self._made.pop()
                    raise
                self._made.pop()
                return change.session_id
        return ""

    def back_words(self, session_id: str, says: str) -> str:
        """What was taken back, where that cannot be seen.

        Args:
            session_id: What `undo` returned.
            says: What was said before.
        """
        if not session_id:
            return ""
        if says == SAVED:
            return "That session waits to be finished again."
        found = self.session(session_id)
        if found is None:
            return "The last change was taken back."
        session = found.session
        day = f"{weekday_name(session.local_date)} {short_date(session.local_date, self._practice.today)}"
        what = "is back" if says else "is as it was before the last change"
        return f"{day}, {session.title or session.routine}: {what}."

    def planned_reps(self, session_id: str) -> dict[int, int]:
        """How many reps the sets of a session were to have, by their places, as far as is known."""
        history = self._practice.history
        if history is not None:
            with self._told():
                try:
                    plan = plan_from_dict(json.loads(history.plan_of(session_id)))
                except ValueError:  # of another version, or damaged
                    return {}
                return {index: one.reps for index, one in enumerate(plan.sets) if one.reps is not None}
        return {}

    @contextmanager
    def _told(self) -> Iterator[None]:
        self.trouble = ""
        try:
            yield
        except (HistoryError, CorrectionError, SessionLookupError, ValueError) as error:
            self.trouble = sentence(clean(str(error)))
