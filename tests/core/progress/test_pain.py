"""When to advise a professional, and which exercises to ease."""

from __future__ import annotations

import pytest

from backtimer.core.progress.history import PastPain, PastSession
from backtimer.core.progress.pain import (
    NO_DIAGNOSIS,
    AdviceKind,
    Hurt,
    advice,
    advice_lines,
    hurt_exercises,
    hurt_words,
)
from backtimer.core.session.events import Outcome
from tests.core.pasts import day, done, rated
from tests.rules import for_each


def kinds(sessions: list[PastSession], today: int, *pains: PastPain) -> list[str]:
    return [found.kind.value for found in advice(sessions, pains, day(today))]


# -- pain that persists ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("last", "expected"), [(13, []), (14, ["persists"]), (15, ["persists"])])
def test_pain_persists_from_fourteen_days_on(last: int, expected: list[str]) -> None:
    assert kinds([rated(0, after=2), rated(5, after=2), rated(last, after=2)], last) == expected


@pytest.mark.parametrize("free", [0, 7, 14])
def test_one_rating_without_pain_ends_it(free: int) -> None:
    painful = [rated(offset, after=3) for offset in (0, 7, 14)]
    sessions = sorted([*painful, rated(free, after=0)], key=lambda session: session.local_date)
    assert kinds(sessions, 14) == []


def test_after_a_rating_without_pain_the_days_are_counted_anew() -> None:
    sessions = [rated(0, after=3), rated(10, after=0), rated(11, after=2), rated(24, after=2)]
    assert kinds(sessions, 24) == []
    assert kinds([*sessions, rated(25, after=2)], 25) == ["persists"]


def test_ratings_of_every_kind_count() -> None:
    assert kinds([rated(0, before=2, after=2), rated(13, before=2)], 13) == []
    assert kinds([rated(0, before=2, after=2), rated(13, next_morning=2)], 14) == ["persists"]
    assert kinds([rated(14, before=2)], 14, PastPain(day(0), 1)) == ["persists"]
    assert kinds([rated(0, before=2), rated(14, before=2)], 14, PastPain(day(7), 0)) == []
    assert kinds([], 14, PastPain(day(0), 3), PastPain(day(14), 3)) == ["persists"]


def test_what_was_not_rated_tells_nothing() -> None:
    assert kinds([rated(0, after=1), rated(7), rated(14, after=1)], 14) == ["persists"]
    assert kinds([rated(offset) for offset in range(20)], 20) == []
    assert kinds([rated(0, after=5)], 28) == [], "one rating spans nothing"


def test_within_a_day_the_morning_comes_first() -> None:
    """Free of pain before the session of the 14th day, in pain after it: counted anew from that day."""
    assert kinds([rated(0, after=2), rated(14, before=0, after=2)], 14) == []
    assert kinds([rated(0, after=2), rated(13, next_morning=0), rated(14, before=1)], 14) == []
    first_free = [rated(0, before=0, after=2), rated(14, after=2)]
    assert kinds(first_free, 14) == ["persists"]


def test_ratings_of_long_ago_tell_nothing_about_now() -> None:
    sessions = [rated(0, after=3), rated(14, after=3)]
    assert kinds(sessions, 14 + 28) == ["persists"]
    assert kinds(sessions, 14 + 29) == []


def test_ratings_of_a_wrong_clock_are_left_out() -> None:
    sessions = [rated(0, after=3), rated(14, after=3)]
    assert kinds(sessions, 13) == ["persists"], "tomorrow, over the date line"
    assert kinds(sessions, 12) == []
    assert kinds([rated(0, after=3)], 12, PastPain(day(14), 3)) == []


@for_each(
    ("pains", "expected"),
    [
        ((7, 6, 5, 4, 3, 2, 1, 1), []),
        ((7, 7, 7, 7, 7, 7, 7, 7), ["persists"]),
        ((4, 4, 4, 3, 3, 2, 2, 2), []),
        ((5, 5, 5, 4, 4, 4, 4, 4), ["persists"]),
        ((3, 3, 3, 2, 2, 2, 2, 2), []),
        ((1, 1, 1, 1, 1, 1, 1, 1), ["persists"]),
        ((1, 2, 3, 4, 5, 6, 7, 7), ["persists"]),
        ((7, 5, 3, 3, 5, 7, 7, 7), ["persists"]),
    ],
)
def test_who_improves_is_not_told_that_pain_persists(pains: tuple[int, ...], expected: list[str]) -> None:
    """Less by 2 points, or by 30 %, in the last week's mean against the first week's."""
    sessions = [rated(number * 3, before=pain, after=pain) for number, pain in enumerate(pains)]
    assert kinds(sessions, 21) == expected


# -- one session, and the morning after it ---------------------------------------------------------------


@pytest.mark.parametrize(("after", "expected"), [(7, []), (8, ["severe"]), (10, ["severe"])])
def test_one_session_that_ends_at_eight_is_enough(after: int, expected: list[str]) -> None:
    assert kinds([rated(0, before=after, after=after)], 0) == expected


def test_only_the_last_session_that_was_rated_is_looked_at() -> None:
    assert kinds([rated(0, 5, 8), rated(2)], 2) == ["severe"]
    assert kinds([rated(0, 5, 8), rated(2, 5, 5)], 2) == []
    assert kinds([rated(0, 5, 8)], 29) == []


@for_each(
    ("before", "after", "morning", "expected"),
    [
        (2, 2, 4, []),
        (2, 2, 5, ["morning"]),
        (2, 4, 5, ["morning"]),
        (4, 1, 4, []),
        (None, 2, 5, ["morning"]),
        (None, None, 9, []),
        (0, 0, None, []),
    ],
)
def test_a_morning_three_points_worse_is_enough(
    before: int | None, after: int | None, morning: int | None, expected: list[str]
) -> None:
    assert kinds([rated(0, before, after, morning)], 1) == expected


def test_the_morning_may_be_noted_without_the_session() -> None:
    assert kinds([rated(0, 2, 2)], 1, PastPain(day(1), 5)) == ["morning"]
    assert kinds([rated(0, 2, 2)], 2, PastPain(day(2), 5)) == []


# -- pain that worsens ----------------------------------------------------------------------------------


@for_each(
    ("rises", "expected"),
    [
        ([(3, 5)], []),
        ([(3, 5), (3, 5)], ["worsens"]),
        ([(3, 4), (3, 5)], []),
        ([(3, 5), (3, 4)], []),
        ([(0, 2), (1, 7)], ["worsens"]),
        ([(3, 5), (5, 3), (3, 5)], []),
        ([(3, 5), (3, 5), (3, 3)], []),
        ([(3, 3), (3, 5), (3, 5)], ["worsens"]),
    ],
)
def test_pain_worsens_after_two_rises_of_two_points_in_a_row(
    rises: list[tuple[int, int]], expected: list[str]
) -> None:
    sessions = [rated(offset, before, after) for offset, (before, after) in enumerate(rises)]
    assert kinds(sessions, len(rises)) == expected


def test_a_session_that_was_not_rated_twice_lies_in_between() -> None:
    sessions = [rated(0, 1, 3), rated(1, 1), rated(2, None, 4), rated(3), rated(4, 1, 3)]
    assert kinds(sessions, 4) == ["worsens"]


def test_rises_of_long_ago_tell_nothing_about_now() -> None:
    sessions = [rated(0, 0, 2), rated(1, 0, 2)]
    assert kinds(sessions, 1 + 28) == ["worsens"]
    assert kinds(sessions, 1 + 29) == []


# -- the words ------------------------------------------------------------------------------------------


def test_advice_is_calm_says_why_and_is_no_diagnosis() -> None:
    found = advice([rated(0, 1, 3), rated(14, 1, 3)], [], day(14))
    assert [each.kind for each in found] == [AdviceKind.PERSISTS, AdviceKind.WORSENS]
    assert [each.since for each in found] == [day(0), day(0)]
    assert advice_lines(found) == (
        "Your pain has not become less since 2 November. "
        "After two weeks it is good to see a physiotherapist.",
        "Your pain rose by 2 points or more, in two sessions running. Take the easier forms, and see a "
        "physiotherapist. New numbness or weakness? See `backtimer safety` now.",
        NO_DIAGNOSIS,
    )


def test_without_advice_nothing_is_said() -> None:
    assert advice([], [], day(0)) == ()
    assert advice_lines(()) == ()


# -- exercises that hurt --------------------------------------------------------------------------------

HURT = Outcome.HURT


def test_marks_are_counted_by_exercise_and_side() -> None:
    sets = [
        done(0, "bird-dog", HURT, side="left"),
        done(0, "bird-dog", HURT, side="left"),
        done(2, "bird-dog", HURT, side="left"),
        done(3, "bird-dog", HURT, side="right"),
        done(3, "superman", HURT),
        done(3, "cobra"),
    ]
    assert hurt_exercises(sets) == (
        Hurt("bird-dog", "right", 1, day(3)),
        Hurt("superman", None, 1, day(3)),
        Hurt("bird-dog", "left", 2, day(2)),
    )


def test_marks_are_told_in_words() -> None:
    left, once = Hurt("bird-dog", "left", 2, day(2)), Hurt("superman", None, 1, day(3))
    assert hurt_words(left, "Bird-dog") == "Bird-dog, left side: hurt 2 times, last on 4 November 2026"
    assert hurt_words(once, "Superman") == "Superman: hurt on 5 November 2026"
