"""A person's practice: their routine, settings and history, opened together for one run of the program.

Both front ends ask here what today asks for, how the streak stands and whether a session is unfinished, and
get the coach that leads one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from backtimer.core.plan.plan import Plan, plan_from_dict, plan_to_dict
from backtimer.core.plan.routine import Exercise, Routine
from backtimer.core.session.events import Ended, Event, Outcome, SetRecord
from backtimer.outlook import Outlook
from backtimer.storage.files.source import ProblemsError
from backtimer.storage.files.told_once import TOLD_SAFETY, remember_told, was_told
from backtimer.storage.history.file import HistoryError
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.values import Interrupted, new_session
from backtimer.storage.text import clean

if TYPE_CHECKING:
    from backtimer.coach import Attendant, Coach
    from backtimer.storage.files.paths import Paths
    from backtimer.storage.files.settings import Settings
    from backtimer.storage.history.locks import SessionLocks
    from backtimer.storage.history.queries import History
    from backtimer.storage.history.recorder import Recorder
    from backtimer.storage.history.writer import Writer

Result = TypeVar("Result")

# The engine, the recorder and the codec of plans are imported where a session begins: together they take
# about 15 ms, and today's first screen needs none of them.


class Unfinished(NamedTuple):
    """A session that was begun and not ended."""

    plan: Plan
    stored: Interrupted

    @property
    def session_id(self) -> str:
        """Its id in the history."""
        return self.stored.session.id

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

    @property
    def left(self) -> tuple[SetRecord, ...]:
        """The records of the sets that were left out or broken off; an exercise that hurt has none."""
        records = [record for record in self.stored.records if record.set_index < len(self.plan.sets)]
        hurt = {self._exercise(record) for record in records if record.outcome is Outcome.HURT}
        again = (Outcome.SKIPPED, Outcome.PARTIAL)
        return tuple(one for one in records if one.outcome in again and self._exercise(one) not in hurt)

    def _exercise(self, record: SetRecord) -> str | None:
        return self.plan.sets[record.set_index].exercise


def _thawed(text: str) -> Plan:
    """A frozen plan.

    Raises:
        ValueError: It is of another version, or damaged.
    """
    import json  # noqa: PLC0415 - late: 3 ms, most starts have nothing to resume

    return plan_from_dict(json.loads(text))


def _find(paths: Paths, exercise_id: str) -> Exercise | None:
    """An exercise of the catalogue; None when there is no such one, or its file is broken."""
    from backtimer.storage.files.library import Library, UnknownExerciseError  # noqa: PLC0415 - rarely needed

    with suppress(UnknownExerciseError, ProblemsError):
        return Library(paths).exercise(exercise_id)
    return None


READ_WAIT_S = 1.0
"""How long who reads waits for what is being written."""

UNTOLD_S = 0.5
"""So long a wait needs no word."""

PATIENCE_S = 15.0
"""How long to wait for the disk before the program ends: longer than other programs hold the file."""

SAVING = "Saving… Ctrl+C leaves at once."


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
        attend: Calls those who attend a session, by its plan, the sets that are done of it, and whether it is
            to be silent.
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
        attend: Callable[[Plan, Sequence[SetRecord], bool], Sequence[Attendant]] | None = None,
    ) -> None:
        opened = open_history(paths.history, now, writing=writing)
        super().__init__(settings, routine, opened, now=now, chosen=chosen, find=partial(_find, paths))
        self.theme = settings.theme
        self._paths = paths
        self._clock = clock
        self._attend = attend
        self._attendants: Sequence[Attendant] = ()
        self._home = paths.history.parent
        self._writer: Writer | None = None
        self._seen = 0
        """The generation of the file that is read."""
        self._recorders: list[Recorder] = []
        """Of the sessions of this run, the present one last."""
        self._settled = True
        """Nothing is to be said any more about what was written."""
        self._waited_in_vain = False
        self._pain_before: int | None = None

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences for the banner: history off, a damaged file moved aside, what was lost meanwhile."""
        trouble = "" if self._opened.notice is None else self._opened.notice.text()
        # A loss says by itself what is missing now.
        texts = (trouble, *(self.losses or (self._opened.missed,)), self._backup_trouble, self._trouble)
        return tuple(dict.fromkeys(clean(text) for text in texts if text))

    @cached_property
    def _backup_trouble(self) -> str:
        """Why the backup that was due could not be made, if it is time to tell that."""
        if not (trouble := self._opened.backup_trouble):
            return ""
        from backtimer.storage.history.backups import tell_failure  # noqa: PLC0415 - it is rare

        return trouble if tell_failure(self._opened.path, self.now()) else ""

    @property
    def losses(self) -> tuple[str, ...]:
        """What was lost of the history in this run, in sentences."""
        return self._recorders[-1].losses if self._recorders else ()

    @property
    def saving(self) -> bool:
        """Whether something is on its way to the disk, so that the history is better asked a little later."""
        return self._writer is not None and self._writer.busy

    @property
    def history(self) -> History | None:
        """The history, with all that was told to be written.

        That is waited for, for a moment; who must not wait looks at `saving` before.
        """
        writer = self._writer
        if writer is not None:
            if writer.busy and not self._waited_in_vain:
                self._waited_in_vain = not writer.wait(READ_WAIT_S)
            elif writer.idle:
                self._waited_in_vain = False
            self._catch_up(writer)
        return self._opened.history

    def _catch_up(self, writer: Writer) -> None:
        """Read the file that is written to, when it is another one than before."""
        if self._seen == writer.access.openings:
            return
        self._seen = writer.access.openings
        history = self._opened.history
        if history is None or not history.writable or not history.in_place():
            self._opened = self._opened.again()
            self._hurry()

    def _hurry(self) -> None:
        """From now on another connection writes: never wait for it where a screen waits for us."""
        if self._opened.history is not None:
            self._opened.history.hurry()

    def _writes(self) -> Writer:
        """Who writes to the history in this run."""
        if self._writer is None:
            from backtimer.storage.history.writer import Writer  # noqa: PLC0415

            self._writer = Writer(self._opened)
            self._hurry()
        return self._writer

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

        from backtimer.storage.history.recorder import Recorder  # noqa: PLC0415

        writer = self._writes()
        self.take_proposals(plan)
        if self._opened.recording:
            schedule = self._schedule()
            writer.ask(lambda history: history.remember_schedule(schedule))
        text = json.dumps(plan_to_dict(plan), ensure_ascii=False, separators=(",", ":"))
        session = new_session(plan, text, self.now(), self._settings.rollover)
        pain, self._pain_before = self._pain_before, None
        recorder = Recorder(self._opened, session, writer=writer, ratings={"pain_before": pain})
        return self._lead(recorder, plan)

    def _lead(
        self,
        recorder: Recorder,
        plan: Plan,
        records: Sequence[SetRecord] = (),
        credited_s: float = 0.0,
        before: Sequence[SetRecord] = (),
    ) -> Coach:
        """The coach of the next session, and who attends it; those of the last one are dismissed."""
        from backtimer.coach import Coach  # noqa: PLC0415

        self._dismiss()
        self._recorders = [known for known in self._recorders if not known.settled] + [recorder]
        self._settled = False
        self._writes().watch(recorder.retry)
        # Two voices at once are worse than none: who comes second stays silent, and says so.
        floor = Floor(self._opened.locks)
        silent = not floor.taken
        others = self._attend(plan, records, silent) if self._attend else ()
        self._attendants = (floor, *others)
        return Coach(
            plan,
            self._clock,
            recorder,
            records,
            credited_s,
            before=before,
            attendants=self._attendants,
            silent=silent,
        )

    def _dismiss(self, *, patiently: bool = False) -> None:
        attendants, self._attendants = self._attendants, ()
        for attendant in attendants:
            attendant.close(patiently=patiently)

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
                    try:
                        return Unfinished(_thawed(found.plan), found)
                    except ValueError:
                        settled = history.keep(found.session.id)
                if not settled:
                    break
        except HistoryError as error:
            self._trouble = str(error)
        return None

    def ended_early(self) -> Unfinished | None:
        """Today's last session, if it was ended with sets left to do.

        Until the day is over it can be gone on with; of an exercise that hurt nothing is left.
        """
        history = self.history
        if history is not None:
            with self._troubled():
                found = history.ended_early(self.today)
                if found is not None:
                    with suppress(ValueError):  # of another version
                        ended = Unfinished(_thawed(found.plan), found)
                        return ended if ended.left else None
        return None

    def resume(self, unfinished: Unfinished) -> Coach:
        """A coach that takes a session up again at its first set without a record.

        Raises:
            TakenError: Another window was faster.
        """
        reached = {record.set_index for record in unfinished.stored.records}
        # One that was gone on with has a record of every set.
        again = unfinished.left if len(reached) >= len(unfinished.plan.sets) else ()
        return self._take_up(unfinished, again)

    def go_on(self, ended: Unfinished) -> Coach:
        """A coach for what is left of a session that was ended early; the history keeps one session.

        Raises:
            TakenError: Another window was faster.
        """
        if not self._write(lambda history: history.reopen(ended.session_id)):
            raise TakenError("this session cannot be gone on with any more")
        return self._take_up(ended, ended.left)

    def _write(self, do: Callable[[History], Result]) -> Result | None:
        """Have something written, and wait for it for a moment; None when it is not written by then."""
        if self.history is None:
            return None
        results: list[Result] = []
        self._writes().ask(lambda history: results.append(do(history)))
        self._writes().wait(READ_WAIT_S)
        return results[-1] if results else None

    def _take_up(self, unfinished: Unfinished, again: Sequence[SetRecord]) -> Coach:
        from backtimer.storage.history.recorder import Recorder  # noqa: PLC0415

        opened = self._opened if self.history is not None else None
        sets, stored = unfinished.plan.sets, unfinished.stored
        recorder = None if opened is None else Recorder.resumed(opened, stored, sets, writer=self._writes())
        if recorder is None:
            raise TakenError("this session is under way in another window")
        session = stored.session
        records = tuple(record for record in stored.records if record not in again)
        coach = self._lead(recorder, unfinished.plan, records, session.seconds, again)
        coach.rated = (session.effort, session.pain)
        return coach

    def keep(self, unfinished: Unfinished) -> bool:
        """End an unfinished session with what was done of it; whether that worked."""
        return bool(self._write(lambda history: history.keep(unfinished.session_id)))

    def discard(self, unfinished: Unfinished) -> str:
        """Take an unfinished session out of the history.

        Returns:
            The id of the correction that did it, and can be undone; empty when it did not work.
        """
        session_id, now = unfinished.session_id, self.now()

        def take_out(history: History) -> str:
            return history.corrections.delete_session(session_id, now) if history.keep(session_id) else ""

        return self._write(take_out) or ""

    def settle(self, say: Callable[[str], None] = lambda _: None, patience_s: float = PATIENCE_S) -> str:
        """Wait until everything is saved, and keep what cannot be in a file of its own.

        Args:
            say: Told when it takes a while.
            patience_s: How long to wait at most; a disk that hangs is left to itself then.

        Returns:
            What was not saved, and what was lost of the history, in sentences; empty when all is well.
        """
        self._settled = True
        unsaved = ""
        try:
            if not self._save_all(say, patience_s):
                unsaved = self._rescue()
        except KeyboardInterrupt:  # who waits no longer loses nothing
            unsaved = self._rescue()
        return " ".join(text for text in (unsaved, *map(clean, self.losses)) if text)

    def _save_all(self, say: Callable[[str], None], patience_s: float) -> bool:
        """Whether every session of this run is on the disk, in the file that stands at the path now."""
        writer = self._writer
        if writer is None:
            return True
        for recorder in self._recorders:
            writer.submit(recorder.retry)
        if not writer.wait(min(patience_s, UNTOLD_S)) and writer.may_succeed:
            say(SAVING)
            writer.wait(patience_s - UNTOLD_S)
        return writer.idle

    def _rescue(self) -> str:
        """Write the sessions that are not saved to a file that `import` takes; what to say about it."""
        # Hardly ever needed.
        import tempfile  # noqa: PLC0415
        from pathlib import Path  # noqa: PLC0415

        from backtimer.storage.history.rescue import rescue, unsaved_text  # noqa: PLC0415

        lost = [recorder for recorder in self._recorders if not recorder.settled]
        if not lost:
            return ""
        places = [self._home]
        with suppress(RuntimeError, OSError):
            places.append(Path.home())
        with suppress(OSError):
            places += [Path.cwd(), Path(tempfile.gettempdir())]
        return clean(unsaved_text(lost, rescue(lost, places, self.now())))

    def close(
        self,
        *,
        patiently: bool = False,
        say: Callable[[str], None] = lambda _: None,
        patience_s: float = PATIENCE_S,
    ) -> str:
        """Save what is waiting, unless that was settled before, and close the history.

        Args:
            patiently: Let the last words of a session be said to the end.
            say: Told when saving takes a while.
            patience_s: How long to wait for it at most.

        Returns:
            What `settle` has to say; empty when it has said it before.
        """
        self._dismiss(patiently=patiently)
        last_words = "" if self._settled else self.settle(say, patience_s)
        if self._writer is not None:
            self._writer.close()
        if self._opened.history is not None:
            self._opened.history.close()
        return last_words


class Floor:
    """An attendant that says nothing: as long as it is there, no other session is heard.

    Args:
        locks: Of the data directory.
    """

    audible = False
    problem = ""

    def __init__(self, locks: SessionLocks) -> None:
        self._locks = locks
        self.taken = locks.take_floor()
        """Whether this session may be heard."""

    def attend(self, events: Sequence[Event]) -> None:
        """With the end of the session somebody else may be heard."""
        if any(isinstance(event, Ended) for event in events):
            self.dismiss()

    def expect(self, events: Sequence[Event]) -> None:
        """Nothing needs to be ready."""

    def is_ready_for(self, events: Sequence[Event]) -> bool:
        """It is not waited for."""
        return True

    def dismiss(self) -> None:
        """Somebody else may be heard."""
        if self.taken:
            self.taken = False
            self._locks.leave_floor()

    def close(self, *, patiently: bool = False) -> None:
        """The same."""
        self.dismiss()
