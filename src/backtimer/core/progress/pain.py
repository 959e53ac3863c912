"""Pain: when to advise a professional.

Nothing here is a diagnosis. Four things are noticed, and all lead to the same advice, to see a
physiotherapist:

- Pain persists: all ratings of the last two weeks or longer are above zero, and those of the last week are
  not clearly below those of the first.
- Pain worsens during exercise: it rose by `MATTERS` points or more, twice in a row.
- One session, the last one that was rated, ended with pain of `SEVERE` or more.
- On the morning after it pain was `MORNING` points higher than before it.

Sources: pain is rated on the Numeric Pain Rating Scale, 0 to 10, on which 2 points, or 30 % of what it was at
first, are the smallest difference that matters to those who feel it (Ostelo et al., Spine 33, 2008; Suzuki et
al. 2020; before them Farrar et al., Pain 94, 2001, and for the lower back Childs, Piva and Fritz, Spine 30,
2005; read as abstracts). Two weeks, and the advice, are those of the article that the lower-back week
follows.
A little more pain in the first weeks of exercise is expected (the review for the WHO guideline, 2023), so one
rise alone is no reason. `SEVERE` and `MORNING` are clinical judgement: well above the 5 that physiotherapists
allow while exercising, and more than the smallest difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Protocol

from backtimer.core.progress.calendar import after
from backtimer.core.progress.dates import date_in_words, day_and_month
from backtimer.core.progress.history import PastPain, PastSet
from backtimer.core.session.events import Outcome
from backtimer.language import _, counted_words, marked
from backtimer.values import NamedTuple

MATTERS = 2
"""The smallest difference of two ratings that matters, in points."""

PERSISTS_DAYS = 14
"""From this many days on, between the first and the last of the ratings, pain persists."""

IN_A_ROW = 2
"""How many sessions in a row pain rises in before it is said to worsen."""

WEEK_DAYS = 7
"""The first and the last so many days are held against each other."""

LESS = 0.7
"""What is left of the pain of the first week when it became less by a part that matters: 30 %."""

SEVERE = 8
"""A session that ends with so much pain is a reason by itself."""

MORNING = 3
"""So many points more on the next morning are, too."""

FRESH_DAYS = 28
"""Ratings that end longer ago than this tell nothing about now."""

_TINY = 1e-9

RATINGS_DAYS = 366
"""Ratings from so many days back are enough to go by."""

NO_DIAGNOSIS = marked(
    "backtimer sees only your numbers. It cannot tell what you have. "
    "Signs that need a doctor: `backtimer safety`."
)

EASIER = marked("Take the easier forms, and see a physiotherapist.")

NEW_SIGNS = marked("New numbness or weakness? See `backtimer safety` now.")


class AdviceKind(StrEnum):
    """What was noticed."""

    PERSISTS = "persists"
    WORSENS = "worsens"
    SEVERE = "severe"
    MORNING = "morning"


class Advice(NamedTuple):
    """Something that a physiotherapist should hear of."""

    kind: AdviceKind
    text: str
    since: date
    """The date of the first rating, or the first session, that it rests on."""


class Rated(Protocol):
    """What advice needs of a session: a past one has it, and so has what is read of a year of them."""

    @property
    def local_date(self) -> date: ...

    @property
    def pain_before(self) -> int | None: ...

    @property
    def pain(self) -> int | None: ...

    @property
    def pain_next(self) -> int | None: ...

    @property
    def rise(self) -> int | None: ...


class Hurt(NamedTuple):
    """An exercise that hurt, on one side or without one."""

    exercise: str
    side: str | None
    times: int
    """In how many sessions."""
    last: date


def advice(sessions: Iterable[Rated], pains: Iterable[PastPain], today: date) -> tuple[Advice, ...]:
    """What the ratings give reason to advise; usually nothing.

    Args:
        sessions: Those that were rated, oldest first; others do no harm.
        pains: Ratings that belong to no session.
        today: Ratings dated later than tomorrow come from a clock that was wrong, and are left out.
    """
    latest = after(today)
    known = [session for session in sessions if session.local_date <= latest]
    loose = [rating for rating in pains if rating.local_date <= latest]
    found = (
        _persists(known, loose, today),
        _worsens(known, today),
        _is_severe(known, today),
        _is_worse_next_morning(known, loose, today),
    )
    return tuple(each for each in found if each)


def advice_lines(found: Sequence[Advice]) -> tuple[str, ...]:
    """Advice to be shown or spoken, and once that it is no diagnosis; nothing without advice."""
    return (*(each.text for each in found), _(NO_DIAGNOSIS)) if found else ()


def hurt_exercises(sets: Iterable[PastSet]) -> tuple[Hurt, ...]:
    """Which exercises hurt, the latest first."""
    marks: dict[tuple[str, str | None], dict[tuple[date, str], None]] = {}
    for one in sets:
        if one.exercise is not None and one.outcome is Outcome.HURT:
            marks.setdefault((one.exercise, one.side), {})[one.local_date, one.session] = None
    found = (
        Hurt(exercise, side, len(where), max(day for day, _session in where))
        for (exercise, side), where in marks.items()
    )
    return tuple(sorted(found, key=lambda hurt: (-hurt.last.toordinal(), hurt.exercise, hurt.side or "")))


def hurt_words(hurt: Hurt, name: str) -> str:
    """An exercise that hurt: `Bird-dog, left side: hurt on 3 November 2026`."""
    where = name
    if hurt.side is not None:
        where = (_("{name}, left side") if hurt.side == "left" else _("{name}, right side")).format(name=name)
    when = date_in_words(hurt.last)
    if hurt.times == 1:
        return _("{where}: hurt on {date}").format(where=where, date=when)
    return counted_words(
        "{where}: hurt {number} time, last on {date}",
        "{where}: hurt {number} times, last on {date}",
        hurt.times,
    ).format(where=where, number=hurt.times, date=when)


def _persists(sessions: Sequence[Rated], pains: Sequence[PastPain], today: date) -> Advice | None:
    ratings = sorted(_ratings(sessions, pains), key=lambda rating: rating[:2])
    run: list[tuple[date, int]] = []
    for day, _place, pain in ratings:
        if pain > 0:
            run.append((day, pain))
        else:
            run.clear()
    if not run:
        return None
    first, last = run[0][0], run[-1][0]
    if (last - first).days < PERSISTS_DAYS or not _is_fresh(last, today) or _became_less(run):
        return None
    text = _(
        "Your pain has not become less since {date}. After two weeks it is good to see a physiotherapist."
    ).format(date=day_and_month(first))
    return Advice(AdviceKind.PERSISTS, text, first)


def _became_less(run: Sequence[tuple[date, int]]) -> bool:
    """Whether the last week's mean is below the first week's by a difference that matters."""
    first, last = run[0][0], run[-1][0]
    before = _mean([pain for day, pain in run if (day - first).days < WEEK_DAYS])
    now = _mean([pain for day, pain in run if (last - day).days < WEEK_DAYS])
    return before - now >= MATTERS or now <= before * LESS + _TINY


def _mean(pains: Sequence[int]) -> float:
    return sum(pains) / len(pains)


def _worsens(sessions: Sequence[Rated], today: date) -> Advice | None:
    rises = ((session.local_date, session.rise) for session in reversed(sessions))
    lately = ((day, rise) for day, rise in rises if rise is not None)
    rated = list(islice(lately, IN_A_ROW))[::-1]  # of a year only the last ones are looked at
    if len(rated) < IN_A_ROW or not _is_fresh(rated[-1][0], today):
        return None
    if any(rise < MATTERS for _day, rise in rated):
        return None
    noticed = _("Your pain rose by {points} points or more, in two sessions running.").format(points=MATTERS)
    return Advice(AdviceKind.WORSENS, _with_what_to_do(noticed), rated[0][0])


def _is_severe(sessions: Sequence[Rated], today: date) -> Advice | None:
    last = next((session for session in reversed(sessions) if session.pain is not None), None)
    if last is None or last.pain is None or last.pain < SEVERE or not _is_fresh(last.local_date, today):
        return None
    noticed = _("Your last session ended with pain of {pain} of 10.").format(pain=last.pain)
    return Advice(AdviceKind.SEVERE, _with_what_to_do(noticed), last.local_date)


def _with_what_to_do(noticed: str) -> str:
    return " ".join((noticed, _(EASIER), _(NEW_SIGNS)))


def _is_worse_next_morning(
    sessions: Sequence[Rated], pains: Sequence[PastPain], today: date
) -> Advice | None:
    """The last session that was rated at all, and the morning after it."""
    rated = [each for each in sessions if each.pain is not None or each.pain_before is not None]
    if not rated or not _is_fresh(rated[-1].local_date, today):
        return None
    last = rated[-1]
    before = last.pain_before if last.pain_before is not None else last.pain
    loose = [each.pain for each in pains if each.local_date == after(last.local_date)]
    morning = last.pain_next if last.pain_next is not None else next(iter(loose), None)
    if before is None or morning is None or morning - before < MORNING:
        return None
    than_before = _(
        "On the morning after your last session your pain was {pain} of 10, "
        "{points} points more than before it."
    )
    than_after = _(
        "On the morning after your last session your pain was {pain} of 10, "
        "{points} points more than after it."
    )
    noticed = than_before if last.pain_before is not None else than_after
    text = _with_what_to_do(noticed.format(pain=morning, points=morning - before))
    return Advice(AdviceKind.MORNING, text, last.local_date)


def _ratings(sessions: Sequence[Rated], pains: Sequence[PastPain]) -> Iterator[tuple[date, int, int]]:
    """Each rating with its date and its place in the day: the morning's first, those of sessions last."""
    for session in sessions:
        if session.pain_next is not None:
            yield after(session.local_date), 0, session.pain_next
        for pain in (session.pain_before, session.pain):
            if pain is not None:
                yield session.local_date, 2, pain
    for rating in pains:
        yield rating.local_date, 1, rating.pain


def _is_fresh(day: date, today: date) -> bool:
    return (today - day).days <= FRESH_DAYS
