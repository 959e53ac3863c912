"""The past sessions of one person: looked back on and put right, and what was put right taken back.

Nothing here raises for what can be expected of a file: what went wrong is told in a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from backtimer.core.picture.session_view import Detail
from backtimer.core.plan.plan import Plan, plan_from_dict
from backtimer.core.progress.dates import monday_before, short_date, weekday_name
from backtimer.core.progress.history import Past
from backtimer.core.progress.streaks import Goal
from backtimer.core.session.credit import records_of
from backtimer.core.session.events import SetRecord
from backtimer.core.speech.phrases import sentence
from backtimer.language import _, marked
from backtimer.storage.history.corrections import Changes, CorrectionError
from backtimer.storage.history.file import HistoryError
from backtimer.storage.history.looking_back import detail_of, look_back
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import SessionLookupError, offset_of
from backtimer.storage.text import clean
from backtimer.values import NamedTuple

Result = TypeVar("Result")

DELETED = marked("Deleted. u brings it back.")
DISCARDED = marked("Discarded. u brings it back.")
TAKEN_BACK = marked("The last change was taken back.")
SAVED = marked("Saved as it is. u takes that back.")
LOGGED = marked("Written down: {what}. u takes it out again.")


class _Change(NamedTuple):
    """Something that was changed in this run, and can be taken back."""

    session_id: str
    correction: str
    """Its id; empty: there is none."""
    says: str = ""
    what: str = ""
    """What was written down, if it is that."""


class PastSessions:
    """What was done, and what was changed of it in this run of the program.

    Args:
        history: Gives the history as it is now.
        now: The local time, with its offset.
        today: The date that a session which starts now belongs to.
        goal: A weekly goal, if there is one.
    """

    def __init__(
        self,
        history: Callable[[], History],
        now: Callable[[], datetime],
        today: Callable[[], date],
        goal: Goal | None,
    ) -> None:
        self._history = history
        self._now = now
        self._today = today
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

    def all_of(self, plan: Plan) -> tuple[SetRecord, ...]:
        """The records of a session in which all of a plan was done."""
        return records_of(plan)

    @property
    def says(self) -> str:
        """What `u` takes back, where that cannot be seen: the last change took a session out, or ended it."""
        last = self._made[-1] if self._made else None
        return _(last.says).format(what=last.what) if last is not None and last.says else ""

    def look_back(self, weeks: int) -> Past | None:
        """What there is to look back on in the last weeks; None when it cannot be read."""
        today, here = self._today(), offset_of(self._now())

        def read(history: History) -> Past:
            return look_back(history, today, monday_before(today, weeks), goal=self._goal, here=here)

        return self._tell(read)

    def session(self, session_id: str) -> Detail | None:
        """One session in full; None when it is not there any more."""
        return self._tell(lambda history: detail_of(history, history.session(session_id)))

    def edit(self, session_id: str, changes: Changes) -> None:
        """Put something right."""
        made = self._tell(lambda history: history.corrections.edit_session(session_id, changes, self._now()))
        if made is not None:
            self._made.append(_Change(session_id, made))

    def delete(self, session_id: str) -> bool:
        """Take a session out of the history; whether that worked."""
        made = self._tell(lambda history: history.corrections.delete_session(session_id, self._now()))
        if made is not None:
            self._made.append(_Change(session_id, made, DELETED))
        return made is not None

    def was_kept(self, session_id: str) -> None:
        """Note that a session that broke off was ended with what was done of it."""
        self._made.append(_Change(session_id, "", SAVED))

    def was_discarded(self, session_id: str, correction: str) -> None:
        """Note that a session that broke off was taken out by a correction."""
        self._made.append(_Change(session_id, correction, DISCARDED))

    def was_logged(self, session_id: str, what: str) -> None:
        """Note that a session was written down that was done without the timer."""
        self._made.append(_Change(session_id, "", LOGGED, what))

    def undo(self, here: str = "") -> tuple[str, str]:
        """Take the last change back, and say so where that cannot be seen.

        Args:
            here: The session that is shown, if one is: what becomes of it is seen.

        Returns:
            Of which session the change was, empty without one; and a sentence, empty where there is nothing
            to say.
        """
        says = self._made[-1].says if self._made else ""
        session_id = self._tell(self._undo) or ""
        words = self.trouble
        if not words and session_id and session_id != here:
            words = self._back_words(session_id, says)
        return session_id, words

    def _undo(self, history: History) -> str:
        if not self._made:
            return ""
        change = self._made[-1]
        try:
            if change.correction:
                history.corrections.undo(change.correction, self._now())
            if change.says in (SAVED, DISCARDED):
                history.running.reopen(change.session_id)
            elif change.says == LOGGED:
                history.corrections.delete_session(change.session_id, self._now())
        except CorrectionError:  # somebody else was faster
            self._made.pop()
            raise
        self._made.pop()
        return change.session_id

    def _back_words(self, session_id: str, says: str) -> str:
        """What was taken back, of which was said this before."""
        if says == SAVED:
            return _("That session waits to be finished again.")
        if says == LOGGED:
            return _("Taken out again.")
        found = self.session(session_id)
        if found is None:
            return _(TAKEN_BACK)
        session = found.session
        day = f"{weekday_name(session.local_date)} {short_date(session.local_date, self._today())}"
        told = _("{day}, {session}: is as it was before the last change.")
        if says:
            told = _("{day}, {session}: is back.")
        return told.format(day=day, session=session.title or session.routine)

    def planned_reps(self, session_id: str) -> dict[int, int]:
        """How many reps the sets of a session were to have, by their places, as far as is known."""

        def read(history: History) -> dict[int, int]:
            text = history.plan_of(session_id)
            try:
                plan = plan_from_dict(json.loads(text))
            except ValueError:  # of another version, or damaged
                return {}
            return {index: one.reps for index, one in enumerate(plan.sets) if one.reps is not None}

        return self._tell(read) or {}

    def _tell(self, do: Callable[[History], Result]) -> Result | None:
        """Do something with the history; None where that fails, and why is told."""
        self.trouble = ""
        try:
            return do(self._history())
        except (HistoryError, CorrectionError, SessionLookupError, ValueError) as error:
            self.trouble = sentence(clean(str(error)))
            return None
