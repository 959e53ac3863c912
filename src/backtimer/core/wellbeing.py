"""Pain: when to advise a professional, and which exercises to offer in an easier form.

Nothing here is a diagnosis. Two things are noticed, and both lead to the same advice, to see a
physiotherapist:

- Pain persists: all ratings of the last two weeks or longer are above zero.
- Pain worsens during exercise: it rose by `MATTERS` points or more, twice in a row.

Source: pain is rated on the Numeric Pain Rating Scale, 0 to 10, on which 2 points are the smallest
difference that matters to those who feel it (Farrar et al., Pain 94, 2001; for the lower back Childs, Piva
and Fritz, Spine 30, 2005). Two weeks, and the advice, are those of the article that the lower-back week
follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backtimer.core.due import after
from backtimer.core.outcomes import Outcome
from backtimer.core.past import PastPain, PastSession, PastSet

MATTERS = 2
"""The smallest difference of two ratings that matters, in points."""

PERSISTS_DAYS = 14
"""From this many days on, between the first and the last of the ratings, pain persists."""

IN_A_ROW = 2
"""How many sessions in a row pain rises in before it is said to worsen."""

FRESH_DAYS = 28
"""Ratings that end longer ago than this tell nothing about now."""

RATINGS_DAYS = 366
"""Ratings from so many days back are enough to go by."""

NO_DIAGNOSIS = "backtimer only looks at your ratings. It makes no diagnosis."


class AdviceKind(StrEnum):
    """What was noticed."""

    PERSISTS = "persists"
    WORSENS = "worsens"


@dataclass(frozen=True, slots=True)
class Advice:
    """Something that a physiotherapist should hear of."""

    kind: AdviceKind
    text: str
    since: date
    """The date of the first rating, or the first session, that it rests on."""


@dataclass(frozen=True, slots=True)
class Hurt:
    """An exercise that hurt, on one side or without one."""

    exercise: str
    side: str | None
    times: int
    """In how many sessions."""
    last: date


def advice(sessions: Iterable[PastSession], pains: Iterable[PastPain], today: date) -> tuple[Advice, ...]:
    """What the ratings give reason to advise; usually nothing.

    Args:
        sessions: Those that were rated, oldest first; others do no harm.
        pains: Ratings that belong to no session.
        today: Ratings dated later than tomorrow come from a clock that was wrong, and are left out.
    """
    latest = after(today)
    known = [session for session in sessions if session.local_date <= latest]
    loose = [rating for rating in pains if rating.local_date <= latest]
    return tuple(found for found in (_persists(known, loose, today), _worsens(known, today)) if found)


def advice_lines(found: Sequence[Advice]) -> tuple[str, ...]:
    """Advice to be shown or spoken, and once that it is no diagnosis; nothing without advice."""
    return (*(each.text for each in found), NO_DIAGNOSIS) if found else ()


def hurts(sets: Iterable[PastSet]) -> tuple[Hurt, ...]:
    """Which exercises hurt, the latest first."""
    marks: dict[tuple[str, str | None], dict[tuple[date, str], None]] = {}
    for one in sets:
        if one.exercise is not None and one.outcome is Outcome.HURT:
            marks.setdefault((one.exercise, one.side), {})[one.local_date, one.session] = None
    found = (
        Hurt(exercise, side, len(where), max(day for day, _ in where))
        for (exercise, side), where in marks.items()
    )
    return tuple(sorted(found, key=lambda hurt: (-hurt.last.toordinal(), hurt.exercise, hurt.side or "")))


def to_ease(sets: Iterable[PastSet], easier: Mapping[str, str]) -> tuple[str, ...]:
    """The exercises to be offered in their easier form next time.

    Those that hurt, until the exercise or its easier form has been done since in a session without hurting.

    Args:
        sets: Of all sessions since the first mark that may still matter, oldest first.
        easier: The id of the easier form, by exercise id; empty or missing: there is none.
    """
    hurt: dict[str, int] = {}
    fine: dict[str, int] = {}
    for number, outcomes in enumerate(_outcomes_of_sessions(sets)):
        for exercise, ends in outcomes.items():
            if Outcome.HURT in ends:
                hurt[exercise] = number
            elif Outcome.DONE in ends:
                fine[exercise] = number
    return tuple(
        exercise
        for exercise, number in hurt.items()
        if easier.get(exercise) and number >= max(fine.get(exercise, -1), fine.get(easier[exercise], -1))
    )


def hurt_words(hurt: Hurt, name: str) -> str:
    """An exercise that hurt: `Bird-dog, left side: hurt on 3 November 2026`."""
    where = name if hurt.side is None else f"{name}, {hurt.side} side"
    when = f"{_spoken(hurt.last)} {hurt.last.year}"
    return (
        f"{where}: hurt on {when}" if hurt.times == 1 else f"{where}: hurt {hurt.times} times, last on {when}"
    )


def _persists(sessions: Sequence[PastSession], pains: Sequence[PastPain], today: date) -> Advice | None:
    ratings = sorted(_ratings(sessions, pains), key=lambda rating: rating[:2])
    run: list[date] = []
    for day, _, pain in ratings:
        if pain > 0:
            run.append(day)
        else:
            run.clear()
    if not run or (run[-1] - run[0]).days < PERSISTS_DAYS or not _is_fresh(run[-1], today):
        return None
    text = (
        f"Every rating of your pain since {_spoken(run[0])} was above zero. "
        "When pain lasts for more than two weeks, see a physiotherapist."
    )
    return Advice(AdviceKind.PERSISTS, text, run[0])


def _worsens(sessions: Sequence[PastSession], today: date) -> Advice | None:
    rated = [(session.local_date, session.rise) for session in sessions if session.rise is not None][
        -IN_A_ROW:
    ]
    if len(rated) < IN_A_ROW or not _is_fresh(rated[-1][0], today):
        return None
    if any(rise < MATTERS for _, rise in rated):
        return None
    text = (
        f"Your pain rose by {MATTERS} points or more in both of the last two sessions you rated. "
        "Go gently, and see a physiotherapist."
    )
    return Advice(AdviceKind.WORSENS, text, rated[0][0])


def _ratings(sessions: Sequence[PastSession], pains: Sequence[PastPain]) -> Iterator[tuple[date, int, int]]:
    """Each rating with its date and its place in the day: the morning's first, those of sessions last."""
    for session in sessions:
        if session.pain_next is not None:
            yield after(session.local_date), 0, session.pain_next
        for pain in (session.pain_before, session.pain):
            if pain is not None:
                yield session.local_date, 2, pain
    for rating in pains:
        yield rating.local_date, 1, rating.pain


def _outcomes_of_sessions(sets: Iterable[PastSet]) -> Iterator[dict[str, set[Outcome]]]:
    """By exercise, how the sets of each session ended; oldest session first."""
    sessions: dict[tuple[date, str], dict[str, set[Outcome]]] = {}
    for one in sets:
        outcomes = sessions.setdefault((one.local_date, one.session), {})
        if one.exercise is not None:
            outcomes.setdefault(one.exercise, set()).add(one.outcome)
    yield from sessions.values()


def _is_fresh(day: date, today: date) -> bool:
    return (today - day).days <= FRESH_DAYS


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B}"
