"""The history: what is asked of an open database about what was done.

What belongs to its other tables is told and asked at the parts of it: `running`, `diary`,
`corrections`, `decisions`. They are imported where they are used: 3 ms, and a streak needs none of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from backtimer.core.progress.calendar import (
    LOST_DATE_MIN,
    DayDone,
    DoneSession,
    Off,
    Schedule,
    WhyOff,
    enough_done,
)
from backtimer.core.progress.history import PastPain, PastSession, PastSet, RatedSession
from backtimer.core.progress.scales import RATINGS, check_ratings
from backtimer.storage.history.file import HistoryFile
from backtimer.storage.history.rows import (
    DUE,
    PLAN_OF,
    Asked,
    ahead_from_json,
    ahead_to_json,
    asked_for,
    due_of,
    due_to_json,
    put_session,
    put_set,
    read_alike_sets,
    read_ends,
    read_heads,
    read_known_exercises,
    read_past_pains,
    read_past_sets,
    read_rated,
    read_sessions,
    read_sets_of,
)
from backtimer.storage.history.values import (
    AmbiguousSessionError,
    NewSession,
    StoredTotals,
    UnknownSessionError,
    check_note,
    offset_of,
    to_utc,
)

if TYPE_CHECKING:
    from backtimer.core.progress.decisions import Ends
    from backtimer.core.session.events import SetRecord
    from backtimer.storage.history.corrections import Corrections
    from backtimer.storage.history.diary import Decisions, Diary
    from backtimer.storage.history.locks import SessionLocks
    from backtimer.storage.history.running import RunningSessions

KNOWN_AFTER = 3
"""Who has done an exercise in so many sessions knows it."""

_KNOWING = (6, 30)
"""In so many of the newest sessions it is looked first what is known."""

_MOST_ASKED = 500
"""Ids that one question names at most: SQLite takes a thousand values everywhere."""

_MOST_NAMED = 5
"""How many ids a message lists at most."""

_AFTER_EVERY_ID = "\U0010ffff"


class _Numbers(dict[str, int]):
    """Numbers by their text, each read once: few of them are different."""

    def __missing__(self, text: str) -> int:
        self[text] = found = int(text)
        return found


class History(HistoryFile):
    """An open history. Made by `opening.open_history`.

    All methods raise `HistoryError` when the file cannot be read or written.
    """

    def __init__(self, db: sqlite3.Connection, path: Path, locks: SessionLocks, *, writable: bool) -> None:
        super().__init__(db, path, writable=writable)
        self.locks = locks

    # -- its parts ----------------------------------------------------------------------------------

    @property
    def running(self) -> RunningSessions:
        """How sessions come in, and those that broke off."""
        from backtimer.storage.history.running import RunningSessions  # noqa: PLC0415 - see the top

        return RunningSessions(self, self.locks)

    @property
    def diary(self) -> Diary:
        """Days off, and pain that belongs to no session."""
        from backtimer.storage.history.diary import Diary  # noqa: PLC0415 - see the top

        return Diary(self)

    @property
    def corrections(self) -> Corrections:
        """Changes to past sessions, which can be undone."""
        from backtimer.storage.history.corrections import Corrections  # noqa: PLC0415 - see the top

        return Corrections(self)

    @property
    def decisions(self) -> Decisions:
        """What was answered to progression's proposals."""
        from backtimer.storage.history.diary import Decisions  # noqa: PLC0415 - see the top

        return Decisions(self)

    # -- the calendar -------------------------------------------------------------------------------

    def calendar_sessions(self) -> list[DoneSession]:
        """All sessions, as the calendar needs them; those still running with what they have.

        Where they began is told of all of them only when some began far from each other, and few people fly
        that far. Otherwise it is told of the last one.
        """
        asked = "FROM sessions INDEXED BY sessions_calendar WHERE deleted = 0 ORDER BY local_date"
        with self.reading() as db:
            # Ten years of days are many: a text of each column, in the order of the index, takes half as long
            # as rows, for each of which the thread lets go of Python. Each value is the tuple it is.
            days, planned, done, spread = db.execute(
                "SELECT group_concat(local_date, ' '), group_concat(planned_sets, ' '), "
                f"group_concat(done_sets, ' '), max(offset_min) - min(offset_min) {asked}"
            ).fetchone()
            if days is None:
                return []
            if spread >= LOST_DATE_MIN:
                rows = db.execute(f"SELECT local_date, planned_sets, done_sets, offset_min {asked}, started")
                return [DoneSession(date.fromisoformat(day), *numbers) for day, *numbers in rows]
            number = _Numbers().__getitem__
            columns = map(date.fromisoformat, days.split(" ")), map(number, planned.split(" "))
            values = zip(*columns, map(number, done.split(" ")), repeat(None), strict=False)
            found: list[DoneSession] = list(map(partial(tuple.__new__, DoneSession), values))
            (offset,) = db.execute(f"SELECT offset_min {asked} DESC LIMIT 1").fetchone()
            found[-1] = found[-1]._replace(offset_min=offset)
            return found

    def schedules(self) -> list[Schedule]:
        """Which days were due from when on, oldest first; those that came by themselves, too."""
        return [each for row in self._schedule_rows() for each in row]

    def _schedule_rows(self) -> list[list[Schedule]]:
        """Each schedule that was kept, with those that followed it by themselves until the next one."""
        with self.reading() as db:
            rows = db.execute(
                f"SELECT from_date, routine, {DUE}, period, stage, ahead FROM schedules ORDER BY from_date"
            ).fetchall()
            kept = [
                [
                    Schedule(date.fromisoformat(day), routine, due_of(due), period, stage),
                    *ahead_from_json(ahead, routine),
                ]
                for day, routine, due, period, stage, ahead in rows
            ]
        ends = [row[0].from_date for row in kept[1:]]
        return [
            [each for at, each in enumerate(row) if at == 0 or end is None or each.from_date < end]
            for row, end in zip(kept, [*ends, None], strict=False)
        ]

    def offs(self) -> list[Off]:
        """The days off that are declared and not withdrawn, by their first day."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT from_date, to_date, why FROM off_days WHERE withdrawn IS NULL "
                "ORDER BY from_date, to_date, why"
            )
            return [
                Off(date.fromisoformat(first), date.fromisoformat(last), WhyOff(why))
                for first, last, why in rows
            ]

    def days_done(self, routine: str, since: date) -> list[DayDone]:
        """Which days of a routine were done from a date on, oldest first; those of which enough was done."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT local_date, day, planned_sets, done_sets FROM sessions "
                "WHERE deleted = 0 AND routine = ? AND local_date >= ? ORDER BY local_date, started",
                (routine, since.isoformat()),
            )
            return [
                DayDone(date.fromisoformat(local_date), day)
                for local_date, day, planned, done in rows
                if enough_done(done, planned)
            ]

    def remember_schedule(self, first: Schedule, *ahead: Schedule) -> None:
        """Note which days are due from a date on; nothing is written when that is what holds already.

        Args:
            first: From that date on.
            ahead: What follows it by itself.
        """
        kept = [row for row in self._schedule_rows() if row[0].from_date <= first.from_date]
        if kept:
            held = [each for each in kept[-1] if each.from_date <= first.from_date]
            in_force = held[-1]
            coming = ahead_to_json(kept[-1][len(held) :])
            asked = (in_force.routine, due_to_json(in_force.due), in_force.period, in_force.stage, coming)
            if asked == (
                first.routine,
                due_to_json(first.due),
                first.period,
                first.stage,
                ahead_to_json(ahead),
            ):
                return
        with self.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO schedules (from_date, routine, due, period, stage, ahead) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    first.from_date.isoformat(),
                    first.routine,
                    due_to_json(first.due),
                    first.period,
                    first.stage,
                    ahead_to_json(ahead),
                ),
            )

    # -- past sessions ------------------------------------------------------------------------------

    def ids_on(self, day: date) -> tuple[str, ...]:
        """The sessions of a day as they began, deleted ones too, so that each keeps its place."""
        with self.reading() as db:
            asked = "SELECT id FROM sessions WHERE local_date = ? ORDER BY started, id"
            return tuple(session_id for (session_id,) in db.execute(asked, (day.isoformat(),)))

    def sessions(
        self, *, since: date | None = None, limit: int | None = None, exercise: str | None = None
    ) -> tuple[PastSession, ...]:
        """Sessions with their sets, oldest first.

        Args:
            since: Only those from this date on.
            limit: Only the newest of them, so many.
            exercise: Only those in which a set of this exercise was reached.
        """
        with self.reading() as db:
            return read_sessions(db, asked_for(since, exercise, limit))

    def heads(
        self,
        *,
        since: date | None = None,
        limit: int | None = None,
        exercise: str | None = None,
        marked: bool = True,
    ) -> tuple[PastSession, ...]:
        """The same without their sets, which are many; `with_sets` adds those of some.

        Unmarked, none is said to have hurt: a look at the sets of each takes as long as all the rest.
        """
        with self.reading() as db:
            return read_heads(db, asked_for(since, exercise, limit), marked=marked)

    def with_sets(self, heads: Iterable[PastSession]) -> tuple[PastSession, ...]:
        """The same sessions with their sets."""
        with self.reading() as db:
            return tuple(head._replace(sets=read_sets_of(db, head)) for head in heads)

    def with_ends(self, heads: Iterable[PastSession]) -> Iterator[tuple[PastSession, Ends]]:
        """The same sessions, and how their sets ended: in a tenth of the time that the sets take."""
        asked = tuple(heads)
        for begin in range(0, len(asked), _MOST_ASKED):
            some = asked[begin : begin + _MOST_ASKED]
            with self.reading() as db:
                ends = read_ends(db, [head.id for head in some])
            yield from ((head, ends.get(head.id, {})) for head in some)

    def activities(self) -> tuple[str, ...]:
        """The words of all that was done and is no exercise, alone or among exercises."""
        with self.reading() as db:
            rows = db.execute(
                "SELECT DISTINCT coalesce(activity, title) FROM sets JOIN sessions ON session_id = id "
                "WHERE exercise IS NULL AND deleted = 0 ORDER BY 1"
            )
            return tuple(words for (words,) in rows)

    def known_exercises(self, among: Iterable[str]) -> frozenset[str]:
        """Those of some exercises that are known: of which a set was done in each of some sessions.

        The newest sessions know most of them. Only for the others are the sets of all looked through, which
        takes a hundred times as long after ten years.
        """
        unknown, known = frozenset(among), frozenset[str]()
        with self.reading() as db:
            for newest in (*_KNOWING, None):
                if unknown:
                    known |= read_known_exercises(db, unknown, KNOWN_AFTER, newest=newest)
                    unknown -= known
        return known

    def hurting(self, since: date) -> frozenset[str]:
        """The ids of the sessions from a date on in which something hurt.

        A set that hurt is none that was done: who did all that was planned has none, and of most sessions no
        set need be looked at.
        """
        with self.reading() as db:
            rows = db.execute(
                "SELECT DISTINCT id FROM sessions INDEXED BY sessions_calendar "
                "CROSS JOIN sets ON session_id = id "
                "WHERE deleted = 0 AND local_date >= ? AND done_sets < planned_sets AND outcome = 'hurt'",
                (since.isoformat(),),
            )
            return frozenset(session_id for (session_id,) in rows)

    def session(self, beginning: str) -> PastSession:
        """The one session whose id begins like this.

        Raises:
            UnknownSessionError: There is none.
            AmbiguousSessionError: There are several.
        """
        wanted = beginning.strip().lower()
        with self.reading() as db:
            span = (wanted, wanted + _AFTER_EVERY_ID) if wanted.isalnum() else ("", "")
            ids = [
                session_id
                for (session_id,) in db.execute(
                    "SELECT id FROM sessions WHERE id >= ? AND id < ? AND deleted = 0 ORDER BY id LIMIT ?",
                    (*span, _MOST_NAMED),
                )
            ]
            if wanted in ids:
                ids = [wanted]
            if len(ids) == 1:
                return read_sessions(db, Asked("id = ?", (ids[0],)))[0]
        if ids:
            raise AmbiguousSessionError(beginning, tuple(ids))
        raise UnknownSessionError(beginning)

    def plan_of(self, session_id: str) -> str:
        """The frozen plan of a session, as JSON.

        Raises:
            UnknownSessionError: There is no such session.
        """
        with self.reading() as db:
            row = db.execute(PLAN_OF, (session_id,)).fetchone()
        if row is None:
            raise UnknownSessionError(session_id)
        return str(row[0])

    def totals(self) -> StoredTotals:
        """How much was done in all."""
        with self.reading() as db:
            row = db.execute(
                "SELECT count(*), coalesce(sum(done_sets), 0), total(seconds) FROM sessions "
                "INDEXED BY sessions_calendar WHERE deleted = 0"
            ).fetchone()
            return StoredTotals(*row)

    def past_sets(self, since: date | None = None, exercise: str | None = None) -> tuple[PastSet, ...]:
        """What was done of each set, oldest first."""
        with self.reading() as db:
            return read_past_sets(db, since, exercise)

    def alike_sets(self, since: date) -> tuple[PastSet, ...]:
        """The same since a date, those of a session that are alike taken together."""
        with self.reading() as db:
            return read_alike_sets(db, since)

    def past_pains(self, since: date | None = None) -> tuple[PastPain, ...]:
        """The ratings of pain that belong to no session, oldest first."""
        with self.reading() as db:
            return read_past_pains(db, since)

    def rated(self, since: date) -> tuple[RatedSession, ...]:
        """The sessions from a date on for which pain was rated, oldest first, for advice about it."""
        with self.reading() as db:
            return read_rated(db, since)

    def has_begun(self) -> bool:
        """Whether a session has begun and not ended; mostly none has, and `running` need not look for one."""
        with self.reading() as db:
            return db.execute("SELECT 1 FROM sessions WHERE state = 'running' LIMIT 1").fetchone() is not None

    def has_partial(self, day: date) -> bool:
        """Whether a session of a day was ended before all of it was done."""
        asked = "SELECT 1 FROM sessions WHERE local_date = ? AND state = 'partial' LIMIT 1"
        with self.reading() as db:
            return db.execute(asked, (day.isoformat(),)).fetchone() is not None

    # -- after the session --------------------------------------------------------------------------

    def to_ask_next(self, today: date) -> PastSession | None:
        """Yesterday's last session that was rated, without sets, unless its next morning was asked for."""
        asked = Asked(
            "deleted = 0 AND local_date = ? AND state != 'running' "
            f"AND coalesce({', '.join(name for name in RATINGS if name != 'pain_next')}) IS NOT NULL",
            ((today - timedelta(days=1)).isoformat(),),
            newest=1,
        )
        with self.reading() as db:
            found = read_heads(db, asked)
            if not found:
                return None
            (answered,) = db.execute(
                "SELECT asked_next OR pain_next IS NOT NULL FROM sessions WHERE id = ?", (found[0].id,)
            ).fetchone()
        return None if answered else found[0]

    def rate(self, session_id: str, **ratings: int | None) -> None:
        """Keep ratings, by their names; None: not said. A next morning is not asked about again then.

        A correction that was made meanwhile, in another window, goes on to hold.

        Raises:
            ValueError: A number that is not on its scale.
        """
        from backtimer.storage.history.corrections import write_beneath  # noqa: PLC0415 - see the top

        check_ratings(**ratings)
        with self.writing() as db:
            self.must_hold(session_id)
            write_beneath(db, session_id, ratings)
            if "pain_next" in ratings:
                db.execute("UPDATE sessions SET asked_next = 1 WHERE id = ?", (session_id,))

    def add_logged(
        self,
        session: NewSession,
        records: Sequence[SetRecord],
        *,
        ended: datetime,
        seconds: float | None = None,
        note: str = "",
        **ratings: int | None,
    ) -> str:
        """Put in a session that was done without the timer; its id.

        Args:
            session: What was planned, and when it began.
            records: What was done of it.
            ended: When it was over.
            seconds: How long it took. None: the sum of its sets.
            note: A person's own words.
            ratings: By their names; None: not said.

        Raises:
            ValueError: A rating that is not on its scale, or a note that is too long.
        """
        check_ratings(**ratings)
        note = check_note(note)
        with self.writing() as db:
            put_session(db, session)
            for record in records:
                put_set(db, session.id, record, session.sets[record.set_index], ended)
            db.execute(
                "UPDATE sessions SET (done_sets, seconds) = (SELECT coalesce(sum(outcome = 'done'), 0), "
                "coalesce(?, total(seconds)) FROM sets WHERE session_id = id), source = 'log', ended = ?, "
                f"ended_offset_min = ?, note = ?{''.join(f', {name} = ?' for name in ratings)} WHERE id = ?",
                (seconds, to_utc(ended), offset_of(ended), note, *ratings.values(), session.id),
            )
            db.execute(
                "UPDATE sessions SET state = iif(done_sets >= planned_sets, 'done', 'partial') WHERE id = ?",
                (session.id,),
            )
        return session.id
