"""Reads from the history what a view of it shows, and no more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from backtimer.core.progress.calendar import presence
from backtimer.core.progress.history import Past, PastSession, PastSet, Shown, Totals, name_of
from backtimer.core.progress.pain import RATINGS_DAYS, advice, advice_lines
from backtimer.core.progress.session_view import Detail, DetailSet
from backtimer.core.progress.streaks import Goal
from backtimer.core.session.events import Outcome
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import SessionState, StoredSession, UnknownSessionError, past_of
from backtimer.storage.text import clean

LAST = 12
"""How many of the last sessions are listed."""

_MOST_PLANS = 8
"""In so many plans the names of exercises are looked for."""


def look_back(
    history: History,
    today: date,
    since: date,
    *,
    goal: Goal | None = None,
    exercise: str | None = None,
    last: int = LAST,
    sets_since: date | None = None,
    here: int | None = None,
) -> Past:
    """What there is to look back on from today.

    Args:
        history: An open one.
        today: The date that a session which starts now belongs to.
        since: Sets and ratings are read from this date on.
        goal: A weekly goal, when there is one.
        exercise: The only one to look at.
        last: How many of the last sessions are told one by one.
        here: Minutes east of UTC where the person is now.
        sets_since: Sets are read from this later date on, for they are many. None: from `since` on.

    Raises:
        HistoryError: The file cannot be read.
    """
    begin = sets_since or since
    sets = _alike(history, begin) if exercise is None else history.past_sets(begin, exercise)
    rated_since = min(since, today - timedelta(days=RATINGS_DAYS)) if exercise is None else since
    rated, pains = history.past_sessions(rated_since), history.past_pains(rated_since)
    sessions = tuple(_fit_to_show(session) for session in rated if session.local_date >= since)
    if exercise is not None:
        with_it = {one.session for one in sets}
        sessions = tuple(session for session in sessions if session.id in with_it)
    totals = history.totals()
    done = history.calendar_sessions()
    return Past(
        today=today,
        since=since,
        schedules=tuple(history.schedules()),
        done=(*done, presence(today, here)) if done and here is not None else tuple(done),
        offs=tuple(history.offs()),
        sessions=sessions,
        sets=sets,
        pains=tuple(each for each in pains if each.local_date >= since) if exercise is None else (),
        advised=advice_lines(advice(rated, pains, today)) if exercise is None else (),
        last=_last(history, last, exercise),
        totals=Totals(totals.sessions, 0, totals.sets, totals.seconds),
        names=exercise_names(history, sets),
        goal=goal,
        sets_since=sets_since,
        exercise=exercise,
    )


def _fit_to_show(session: PastSession) -> PastSession:
    title, day = clean(session.title), clean(session.day)
    if (title, day) == (session.title, session.day):
        return session  # of a year's sessions hardly one needs a copy
    return session._replace(title=title, day=day)


def _alike(history: History, since: date) -> tuple[PastSet, ...]:
    """The sets that were done since a date, those of a session that are alike taken together.

    A trend adds their work up anyway, and there are several times fewer of them to hand over. Their reps are
    those of all of them, the hold is that of each rep, so that their work is what it was; and they hurt when
    one of them did.
    """
    with history.reading() as db:
        rows = db.execute(
            "SELECT local_date, exercise, side, sum(reps), hold_s, total(sets.seconds), "
            "max(outcome = 'hurt'), session_id, alternate "
            "FROM sessions INDEXED BY sessions_calendar CROSS JOIN sets ON session_id = id "
            "WHERE deleted = 0 AND local_date >= ? AND exercise IS NOT NULL AND outcome != 'skipped' "
            "GROUP BY sessions.rowid, exercise, side, hold_s, reps IS NULL",
            (since.isoformat(),),
        )
        dates: dict[str, date] = {}
        found = []
        for day, name, side, reps, hold_s, seconds, hurt, session, alternate in rows:
            if day not in dates:
                dates[day] = date.fromisoformat(day)
            ended = Outcome.HURT if hurt else Outcome.DONE
            found.append(
                PastSet(dates[day], name, side, reps, hold_s, seconds, ended, session, bool(alternate))
            )
        return tuple(found)


def _last(history: History, number: int, exercise: str | None) -> tuple[Shown, ...]:
    """The last sessions, oldest first, without their sets."""
    with history.reading() as db:
        rows = db.execute(
            "SELECT id, local_date, planned_sets, done_sets, seconds, effort, pain_before, pain, pain_next, "
            "routine, day, title, state, source, "
            "EXISTS (SELECT 1 FROM sets WHERE session_id = id AND outcome = 'hurt') FROM sessions "
            "WHERE deleted = 0 AND (? IS NULL OR "
            "EXISTS (SELECT 1 FROM sets WHERE session_id = id AND exercise = ?)) "
            "ORDER BY started DESC, rowid DESC LIMIT ?",
            (exercise, exercise, number),
        ).fetchall()
        return tuple(
            Shown(
                PastSession(row[0], date.fromisoformat(row[1]), *row[2:9], *map(clean, row[9:12])),
                running=row[12] == SessionState.RUNNING,
                logged=row[13] == "log",
                hurt=bool(row[14]),
            )
            for row in reversed(rows)
        )


def shown_of(session: StoredSession) -> Shown:
    """A session as it is told on a line."""
    past = past_of(session)
    return Shown(
        past._replace(routine=clean(past.routine), day=clean(past.day), title=clean(past.title)),
        running=session.state is SessionState.RUNNING,
        logged=session.source == "log",
        hurt=any(one.outcome is Outcome.HURT for one in session.sets),
    )


def detail_of(history: History, session: StoredSession) -> Detail:
    """A session in full.

    Raises:
        HistoryError: The file cannot be read.
    """
    names = names_in_plan(history, session.id)
    corrections = history.corrections.of(session.id)
    return Detail(
        shown=shown_of(session),
        started=session.started,
        ended=session.ended,
        sets=tuple(
            DetailSet(
                index=one.index,
                name=_set_name(session, one.exercise, names),
                side=one.side,
                number=one.set,
                reps=one.reps,
                hold_s=one.hold_s,
                seconds=one.seconds,
                outcome=one.outcome,
            )
            for one in session.sets
        ),
        note=clean(session.note),
        corrections=sum(each.undone is None for each in corrections),
    )


def _set_name(session: StoredSession, exercise: str | None, names: Mapping[str, str]) -> str:
    if exercise is None:
        return clean(session.title) or "Activity"
    return names.get(exercise) or name_of(clean(exercise))


def exercise_names(history: History, sets: Iterable[PastSet]) -> dict[str, str]:
    """The names of exercises, by id: as the newest plans that have them say or, without one, after the id."""
    newest: dict[str, str] = {}
    for one in sets:
        if one.exercise is not None:
            newest[one.exercise] = one.session
    names: dict[str, str] = {}
    unnamed = {exercise: name_of(clean(exercise)) for exercise in newest}
    for _ in range(_MOST_PLANS):
        missing = next((session for exercise, session in newest.items() if exercise not in names), None)
        if missing is None:
            break
        found = names_in_plan(history, missing)
        names = {**found, **names}
        newest = {
            exercise: session
            for exercise, session in newest.items()
            if exercise not in names and session != missing
        }
    return {**unnamed, **names}


def names_in_plan(history: History, session_id: str) -> dict[str, str]:
    """The names that the frozen plan of a session gives its exercises."""
    try:
        plan = json.loads(history.plan_of(session_id))
        return {each["id"]: clean(each["name"]) for each in plan["exercises"]}
    except (UnknownSessionError, ValueError, KeyError, TypeError):
        return {}
