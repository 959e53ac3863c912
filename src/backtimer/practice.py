"""A person's practice: their routine, settings and history, opened together for one run of the program.

Both front ends ask here what today asks for, how the streak stands and whether a session is unfinished, and
get the coach that leads one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from backtimer.core.plan import Plan
from backtimer.core.routine import Exercise, Routine
from backtimer.outlook import Outlook
from backtimer.storage.files.problems import ProblemsError
from backtimer.storage.files.told_once import TOLD_SAFETY, remember_told, was_told
from backtimer.storage.history.database import Opened, open_history
from backtimer.storage.history.trouble import HistoryError
from backtimer.storage.text import clean

if TYPE_CHECKING:
    from backtimer.coach import Attendant, Coach
    from backtimer.core.outcomes import SetRecord
    from backtimer.storage.files.paths import Paths
    from backtimer.storage.files.settings import Settings
    from backtimer.storage.history import stored
    from backtimer.storage.history.recorder import Recorder
    from backtimer.storage.history.sessions import History

# The engine, the recorder and the codec of plans are imported where a session begins: together they take
# about 15 ms, and today's first screen needs none of them.


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A session that was begun and not ended."""

    plan: Plan
    stored: stored.Unfinished

    @property
    def local_date(self) -> date:
        """The date it belongs to."""
        return self.stored.session.local_date

    @property
    def done_sets(self) -> int:
        """How many of its sets are done."""
        return self.stored.session.done_sets

    @property
    def planned_sets(self) -> int:
        """How many sets it has."""
        return self.stored.session.planned_sets


def _find(paths: Paths, exercise_id: str) -> Exercise | None:
    """An exercise of the catalogue; None when there is no such one, or its file is broken."""
    from backtimer.storage.files.library import Library, UnknownExerciseError  # noqa: PLC0415 - rarely needed

    with suppress(UnknownExerciseError, ProblemsError):
        return Library(paths).exercise(exercise_id)
    return None


class TakenError(Exception):
    """The unfinished session was taken up in another window meanwhile."""


class Practice(Outlook):
    """What one run of the program works with.

    Args:
        paths: Where the person's files are.
        settings: What they have set.
        routine: The routine that is shown and done.
        now: The local time, with its offset.
        clock: Seconds that go on while the machine sleeps, from any origin.
        chosen: The routine whose due days make the streak, when it is not the one that is done.
        writing: False for who only looks: no file is made, and one that is read-only is no trouble.
        attend: Calls those who attend a session, by its plan and the sets that are done of it.
    """

    def __init__(
        self,
        paths: Paths,
        settings: Settings,
        routine: Routine,
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float],
        chosen: Routine | None = None,
        writing: bool = True,
        attend: Callable[[Plan, Sequence[SetRecord]], Sequence[Attendant]] | None = None,
    ) -> None:
        opened = open_history(paths.history, now, writing=writing)
        super().__init__(settings, routine, opened, now=now, chosen=chosen, find=partial(_find, paths))
        self.theme = settings.theme
        self._paths = paths
        self._clock = clock
        self._attend = attend
        self._attendants: Sequence[Attendant] = ()
        self._recorder: Recorder | None = None
        self._pain_before: int | None = None

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences for the banner: history off, a damaged file moved aside."""
        noticed = [self._opened.notice, *(self._recorder.notices if self._recorder else ())]
        texts = [clean(notice.text()) for notice in noticed if notice is not None]
        return tuple(dict.fromkeys([*texts, *([self._trouble] if self._trouble else [])]))

    @property
    def history(self) -> History | None:
        """The history as it is open now: a recorder opens it anew when it was moved or damaged."""
        return self._now_opened().history

    @property
    def safety_untold(self) -> bool:
        """Whether the safety card is new to this person."""
        return not was_told(self._paths, TOLD_SAFETY)

    def safety_told(self) -> None:
        """Remember that the safety card, or its short form, was told."""
        remember_told(self._paths, TOLD_SAFETY)

    def rate_before(self, pain: int | None) -> None:
        """Remember how much it hurts, 0-10, for the session that begins next; None: not said."""
        self._pain_before = pain

    def begin(self, plan: Plan) -> Coach:
        """A coach for a new session; nothing of it is written before it starts."""
        import json  # noqa: PLC0415

        from backtimer.coach import Coach  # noqa: PLC0415
        from backtimer.core.plan_json import plan_to_dict  # noqa: PLC0415
        from backtimer.rating import RatedRecorder  # noqa: PLC0415
        from backtimer.storage.history.stored import new_session  # noqa: PLC0415

        self.remember_schedule()
        self.take_proposals(plan)
        text = json.dumps(plan_to_dict(plan), ensure_ascii=False, separators=(",", ":"))
        session = new_session(plan, text, self.now(), self._settings.rollover)
        pain, self._pain_before = self._pain_before, None
        self._recorder = RatedRecorder(self._now_opened(), session, pain)
        return Coach(plan, self._clock, self._recorder, attendants=self._call(plan))

    def _call(self, plan: Plan, records: Sequence[SetRecord] = ()) -> Sequence[Attendant]:
        """Those who attend the next session; those of the last one are dismissed."""
        self._dismiss()
        self._attendants = self._attend(plan, records) if self._attend else ()
        return self._attendants

    def _dismiss(self, *, patiently: bool = False) -> None:
        attendants, self._attendants = self._attendants, ()
        for attendant in attendants:
            attendant.close(patiently=patiently)

    def _now_opened(self) -> Opened:
        return self._recorder.opened if self._recorder else self._opened

    def unfinished(self) -> Unfinished | None:
        """The newest session that was begun, not ended, and is not under way in another window.

        One of which no set was reached has nothing to be taken up: it is forgotten. One whose plan is of
        another version cannot be gone on with: what was done of it stays.
        """
        history = self.history
        try:
            while history is not None and (found := history.unfinished()) is not None:
                if not found.records:
                    settled = history.discard(found.session.id)
                else:
                    import json  # noqa: PLC0415 - most starts have nothing to resume

                    from backtimer.core.plan_json import plan_from_dict  # noqa: PLC0415

                    try:
                        return Unfinished(plan_from_dict(json.loads(found.plan)), found)
                    except ValueError:
                        settled = history.keep(found.session.id)
                if not settled:
                    break
        except HistoryError as error:
            self._trouble = str(error)
        return None

    def resume(self, unfinished: Unfinished) -> Coach:
        """A coach that takes a session up again at its first set without a record.

        Raises:
            TakenError: Another window was faster.
        """
        from backtimer.coach import Coach  # noqa: PLC0415
        from backtimer.storage.history.recorder import Recorder  # noqa: PLC0415

        recorder = Recorder.resumed(self._now_opened(), unfinished.stored, unfinished.plan.sets)
        if recorder is None:
            raise TakenError("this session is under way in another window")
        self._recorder = recorder
        session = unfinished.stored.session
        return Coach(
            unfinished.plan,
            self._clock,
            recorder,
            records=unfinished.stored.records,
            credited_s=session.seconds,
            attendants=self._call(unfinished.plan, unfinished.stored.records),
        )

    def keep(self, unfinished: Unfinished) -> None:
        """End an unfinished session with what was done of it."""
        if self.history is not None:
            with self._troubled():
                self.history.keep(unfinished.stored.session.id)

    def discard(self, unfinished: Unfinished) -> None:
        """Take an unfinished session out of the history."""
        if self.history is not None:
            with self._troubled():
                self.history.discard(unfinished.stored.session.id)

    def close(self, *, patiently: bool = False) -> str:
        """Try once more to save what is waiting, and close the history.

        Args:
            patiently: Let the last words of a session be said to the end.

        Returns:
            What could not be saved, as a sentence; empty when all is saved.
        """
        self._dismiss(patiently=patiently)
        lost = ""
        if self._recorder is not None and not self._recorder.retry():
            lost = self._recorder.problem
        if self.history is not None:
            self.history.close()
        return lost
