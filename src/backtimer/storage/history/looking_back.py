"""Reads from the history what a view of it shows, and no more."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from backtimer.core.picture.session_view import Detail
from backtimer.core.progress.calendar import presence
from backtimer.core.progress.decisions import IN_PLACE_OF
from backtimer.core.progress.history import Past, PastSession, PastSet, Totals, name_of
from backtimer.core.progress.pain import RATINGS_DAYS, advice, advice_lines
from backtimer.core.progress.streaks import Goal
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import UnknownSessionError
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
    sets = history.alike_sets(begin) if exercise is None else history.past_sets(begin, exercise)
    sessions = tuple(map(fit_to_show, history.heads(since=since, marked=False)))
    if exercise is not None:
        with_it = {one.session for one in sets}
        sessions = tuple(session for session in sessions if session.id in with_it)
    rated_since = min(since, today - timedelta(days=RATINGS_DAYS))
    pains = history.past_pains(rated_since) if exercise is None else ()
    advised = advice_lines(advice(history.rated(rated_since), pains, today)) if exercise is None else ()
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
        pains=tuple(each for each in pains if each.local_date >= since),
        advised=advised,
        last=tuple(map(fit_to_show, history.heads(limit=last, exercise=exercise))),
        totals=Totals(totals.sessions, 0, totals.sets, totals.seconds),
        names=exercise_names(history, sets),
        goal=goal,
        sets_since=sets_since,
        exercise=exercise,
    )


def fit_to_show(session: PastSession) -> PastSession:
    """A session whose texts can do nothing to a screen."""
    texts = session.routine, session.day, session.title, session.note
    fit = _fit(texts)
    if fit == texts:
        return session  # of a year's sessions hardly one needs a copy
    routine, day, title, note = fit
    return session._replace(routine=routine, day=day, title=title, note=note)


@lru_cache(maxsize=64)
def _fit(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The same, made fit: those of a year's sessions are few, and come again and again."""
    return tuple(map(clean, texts))


def detail_of(history: History, session: PastSession) -> Detail:
    """A session in full.

    Args:
        history: The history it is in.
        session: The session, with its sets.

    Raises:
        HistoryError: The file cannot be read.
    """
    planned = names_in_plan(history, session.id)
    names: dict[str | None, str] = {None: clean(session.title) or "Activity"}
    for one in session.sets:
        if one.exercise is not None:
            names[one.exercise] = planned.get(one.exercise) or name_of(clean(one.exercise))
    corrections = history.corrections.of(session.id)
    hold = sum(each.undone is None for each in corrections)
    sets = sets_in_plan(history, session.id)
    activities = {index: clean(str(one["activity"])) for index, one in sets.items() if one.get("activity")}
    notes = {index: clean(str(one.get("note", ""))) for index, one in sets.items() if one.get(IN_PLACE_OF)}
    loads = {one.set_index: clean(one.load) for one in session.sets if one.load}
    return Detail(fit_to_show(session), names, hold, activities, notes, loads)


def sets_in_plan(history: History, session_id: str) -> dict[int, dict[str, object]]:
    """What the frozen plan of a session says of its sets."""
    try:
        plan = json.loads(history.plan_of(session_id))
        return {index: one for index, one in enumerate(plan["sets"]) if isinstance(one, dict)}
    except (UnknownSessionError, ValueError, KeyError, TypeError):
        return {}


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
