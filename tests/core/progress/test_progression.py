"""When a level moves, and what is said of it."""

from __future__ import annotations

import pytest

from backtimer.core.plan.prescription import Level, Ranges
from backtimer.core.plan.routine import Pacing
from backtimer.core.plan.units import Count, Duration, Unit
from backtimer.core.progress.decisions import (
    Move,
    Proposal,
)
from backtimer.core.progress.progression import (
    NEXT_MORNING,
    level_in_force,
    proposal_words,
    propose,
    standing,
)
from tests.core.pasts import day
from tests.core.progress.progression_kit import REPS, TEN, answered, good, moment, proposed, reason
from tests.rules import for_each

# -- the pace of a programme ----------------------------------------------------------------------------


def test_a_programme_may_say_after_how_many_days_and_by_how_much() -> None:
    two_days = Pacing(2, in_days=True, by=2)
    first = [good(0), good(1)]
    assert propose(REPS, Level(8, None, 2), first[:1], day(1), pacing=two_days) is None
    told = standing("x", REPS, first[:1], [], day(1), pacing=two_days)
    assert told.why == "1 of 2 days of good sessions at this level."
    found = propose(REPS, Level(8, None, 2), first, day(2), pacing=two_days)
    assert reason(found) == "10 reps: two sessions of 8, effort 4, no pain"
    hard = [good(0), good(1, effort=9), good(2)]
    assert propose(REPS, Level(8, None, 2), hard, day(3), pacing=two_days) is None, "the days begin anew"
    assert propose(REPS, Level(8, None, 2), hard, day(4), pacing=two_days) is not None


def test_a_programme_may_ask_for_other_sessions_and_never_goes_beyond_the_top() -> None:
    pacing = Pacing(2, by=20)
    found = propose(REPS, Level(8, None, 2), [good(0), good(1)], day(2), pacing=pacing)
    assert found is not None and found.to_level == REPS.top
    assert propose(REPS, Level(8, None, 2), [good(0)], day(2), pacing=pacing) is None


# -- up -------------------------------------------------------------------------------------------------


def test_up_after_three_good_sessions() -> None:
    found = proposed(good(0), good(3), good(7))
    assert found == Proposal(
        Move.UP, TEN, Level(11, None, 2), "11 reps: three sessions of 10, effort 4, no pain"
    )


def test_it_rises_after_the_next_morning_and_once_a_day() -> None:
    thrice_a_day = [good(0)._replace(at=moment(0.1 * number)) for number in range(6)]
    assert proposed(*thrice_a_day, today=0) is None
    assert standing("x", REPS, thrice_a_day, [], day(0)).why == NEXT_MORNING
    assert reason(proposed(*thrice_a_day, today=1)).startswith("11 reps")
    risen = answered(1, Level(11, None, 2))
    later = [good(1)._replace(at=moment(1.1 + 0.1 * number)) for number in range(3)]
    more = {"level": Level(11, None, 2), "decisions": (risen,)}
    assert proposed(*thrice_a_day, *later, today=1, **more) is None  # type: ignore[arg-type]
    assert reason(proposed(*thrice_a_day, *later, today=2, **more)).startswith("12 reps")  # type: ignore[arg-type]


def test_two_are_not_enough() -> None:
    assert proposed(good(0), good(3)) is None
    assert proposed() is None


@for_each(("effort", "goes_up"), [(1, True), (6, True), (7, False), (10, False), (None, True)])
def test_effort_up_to_six_is_good(effort: int | None, goes_up: bool) -> None:
    assert (proposed(good(0), good(1), good(2, effort=effort)) is not None) is goes_up


@for_each(
    ("before", "after", "goes_up"),
    [
        (None, None, True),
        (0, 0, True),
        (None, 0, True),
        (3, None, True),
        (3, 3, True),
        (3, 2, True),
        (3, 4, True),
        (3, 5, False),
        (0, 1, True),
        (0, 2, False),
        (None, 1, True),
        (None, 5, True),
        (None, 6, False),
        (6, 6, True),
        (6, 8, False),
    ],
)
def test_pain_that_is_not_higher_by_what_matters_is_good(
    before: int | None, after: int | None, goes_up: bool
) -> None:
    found = proposed(good(0), good(1, pain_before=before, pain=after), good(2))
    assert (found is not None) is goes_up


@for_each(
    ("before", "next_morning", "goes_up"),
    [(0, 0, True), (0, 2, False), (None, 3, False), (3, 3, True), (3, 5, False)],
)
def test_pain_of_the_next_morning_is_pain(before: int | None, next_morning: int, goes_up: bool) -> None:
    hurting = good(1, pain_before=before)._replace(pain_next=next_morning)
    found = proposed(good(0), hurting, good(2))
    assert (found is not None) is goes_up
    if found is not None and next_morning:
        assert found.reason.endswith("pain no higher than before")
    assert proposed(good(0), good(1), good(2)._replace(pain_next=9)) is None, "which is no reason to go down"


@pytest.mark.parametrize("spoiled", [0, 1, 2])
def test_the_three_are_in_a_row(spoiled: int) -> None:
    results = [good(0), good(1), good(2)]
    results[spoiled] = results[spoiled]._replace(done_sets=2)
    assert proposed(*results) is None
    assert proposed(good(-1)._replace(done_sets=1), good(0), good(1), good(2)) is not None


def test_a_session_that_never_came_to_it_tells_nothing() -> None:
    skipped = good(1)._replace(done_sets=0, attempted=False)
    assert proposed(good(0), skipped, good(2), good(3)) is not None
    assert proposed(skipped, skipped._replace(at=moment(2), local_date=day(2)), good(3)) is None


def test_at_the_top_there_is_no_further_up() -> None:
    assert proposed(good(0), good(1), good(2), level=REPS.top) is None
    assert proposed(good(0), good(1), good(2), ranges=Ranges()) is None


def test_sessions_before_the_present_level_count_no_more() -> None:
    decisions = (answered(2.5, Level(11, None, 2)),)
    level = level_in_force(REPS, decisions)
    assert proposed(good(0), good(1), good(2), level=level, decisions=decisions) is None
    assert proposed(good(1), good(2), good(3), good(4), level=level, decisions=decisions) is None
    later = proposed(good(2), good(3), good(4), good(5), level=level, decisions=decisions)
    assert reason(later) == "12 reps: three sessions of 11, effort 4, no pain"


@for_each(
    ("efforts", "pains", "words"),
    [
        ((4, 4, 4), (0, 0, 0), "effort 4, no pain"),
        ((4, 6, 5), (0, 0, 0), "effort up to 6, no pain"),
        ((None, 6, None), (None, 0, None), "effort 6, no pain"),
        ((None, None, None), (None, None, None), ""),
        ((5, 5, 5), (2, 0, 0), "effort 5, pain no higher than before"),
        ((5, 5, 5), (3, 0, 0), "effort 5, pain up to 3"),
    ],
)
def test_the_reason_tells_only_what_is_known(
    efforts: tuple[int | None, ...], pains: tuple[int | None, ...], words: str
) -> None:
    results = [
        good(offset, effort=effort, pain_before=2, pain=pain)
        for offset, (effort, pain) in enumerate(zip(efforts, pains, strict=True))
    ]
    assert reason(proposed(*results)) == ", ".join(
        part for part in ("11 reps: three sessions of 10", words) if part
    )


@for_each(
    ("ranges", "level", "words"),
    [
        (Ranges(hold=Duration(20, 30)), Level(hold=20), "25 seconds: three sessions of 20 seconds"),
        (
            Ranges(hold=Duration(5, 8, Unit.BREATHS)),
            Level(hold=5, unit=Unit.BREATHS),
            "6 breaths: three sessions of 5",
        ),
        (REPS, Level(12, None, 2), "3 sets: three sessions of 2"),
        (Ranges(Count(8, 9), Duration(50, 60)), Level(9, 55), "1 minute: three sessions of 55 seconds"),
    ],
)
def test_the_reason_names_what_changes(ranges: Ranges, level: Level, words: str) -> None:
    results = [good(offset, effort=None, pain=None) for offset in range(3)]
    assert reason(proposed(*results, level=level, ranges=ranges)) == words


def test_a_proposal_is_a_sentence_with_the_name() -> None:
    found = proposed(good(0), good(3), good(7))
    assert found is not None
    assert proposal_words("Bird-dog", found) == (
        "Bird-dog, 11 reps: three sessions of 10, effort 4, no pain."
    )


# -- down -----------------------------------------------------------------------------------------------


def test_down_after_it_hurt() -> None:
    found = proposed(good(0), good(1), good(2), good(3)._replace(hurt=True))
    assert found == Proposal(Move.DOWN, TEN, Level(9, None, 2), "9 reps: it hurt last time")


@for_each(("after", "goes_down"), [(3, False), (4, False), (5, True), (9, True)])
def test_down_after_pain_rose_by_two_points(after: int, goes_down: bool) -> None:
    found = proposed(good(0), good(1, pain_before=3, pain=after))
    assert (found is not None and found.kind is Move.DOWN) is goes_down
    if after == 5:
        assert reason(found) == "9 reps: pain rose by 2 points last time"


def test_pain_without_a_rating_before_is_no_rise() -> None:
    assert proposed(good(0, pain_before=None, pain=6)) is None


def test_down_after_it_was_left_unfinished_twice_in_a_row() -> None:
    unfinished = [good(offset)._replace(done_sets=2) for offset in range(3)]
    assert proposed(unfinished[0]) is None
    assert reason(proposed(*unfinished[:2])) == "9 reps: not finished twice in a row"
    assert proposed(unfinished[0], good(1), good(2)._replace(done_sets=2)) is None
    assert reason(proposed(good(-1), *unfinished)) == "9 reps: not finished twice in a row"


def test_pain_before_the_last_session_is_over() -> None:
    assert proposed(good(0)._replace(hurt=True), good(1)) is None


def test_after_going_down_the_same_pain_counts_no_more() -> None:
    decisions = (answered(0.1, Level(9, None, 2), kind=Move.DOWN),)
    hurt = good(0)._replace(hurt=True)
    assert proposed(hurt, level=Level(9, None, 2), decisions=decisions) is None


def test_sets_go_down_before_the_hold_and_the_hold_before_the_reps() -> None:
    ranges = Ranges(Count(10, 12), Duration(3, 5), Count(2, 3))
    hurt = good(0)._replace(hurt=True)
    assert reason(proposed(hurt, level=ranges.top, ranges=ranges)) == "2 sets: it hurt last time"
    assert reason(proposed(hurt, level=Level(12, 5, 2), ranges=ranges)) == "4 seconds: it hurt last time"


def test_at_the_bottom_there_is_no_further_down() -> None:
    assert proposed(good(0)._replace(hurt=True), level=REPS.start) is None


# -- back after a break ---------------------------------------------------------------------------------


@for_each(("days", "reps"), [(13, None), (14, 9), (27, 9), (28, 8), (41, 8), (42, 8), (400, 8)])
def test_back_one_rung_for_every_two_weeks(days: int, reps: int | None) -> None:
    found = proposed(good(0), today=days)
    if reps is None:
        assert found is None
    else:
        assert found == Proposal(Move.BACK, TEN, Level(reps, None, 2), f"{reps} reps: a break of {days} days")


def test_a_long_break_can_lead_over_several_measures() -> None:
    found = proposed(good(0), level=Level(12, None, 3), today=28)
    assert reason(found) == "2 sets, 11 reps: a break of 28 days"


def test_at_the_low_end_a_break_changes_nothing() -> None:
    assert proposed(good(0), level=REPS.start, today=100) is None


def test_a_break_comes_before_all_else() -> None:
    results = (good(0), good(1), good(2))
    assert reason(proposed(*results, today=16)) == "9 reps: a break of 14 days"
    assert reason(proposed(*results, today=15)).startswith("11 reps")


def test_who_trained_something_else_had_no_break() -> None:
    assert propose(REPS, TEN, [good(0)], day(20), trained=day(7)) is None
    assert reason(propose(REPS, TEN, [good(0)], day(21), trained=day(7))) == "9 reps: a break of 14 days"
    assert reason(propose(REPS, TEN, [good(0)], day(14), trained=day(-9))) == "9 reps: a break of 14 days"


def test_what_was_never_done_has_no_break() -> None:
    assert proposed(today=100) is None
    assert proposed(good(0)._replace(attempted=False), today=100) is None


def test_a_break_that_was_answered_is_not_answered_twice() -> None:
    first = answered(14.1, Level(9, None, 2), kind=Move.BACK)
    assert proposed(good(0), level=Level(9, None, 2), decisions=(first,), today=27) is None
    found = proposed(good(0), level=Level(9, None, 2), decisions=(first,), today=28)
    assert reason(found) == "8 reps: a break of 28 days"
    second = answered(28.1, Level(8, None, 2), kind=Move.BACK, was=Level(9, None, 2))
    ranges = REPS._replace(reps=Count(5, 12))
    both = (first, second)
    assert proposed(good(0), level=Level(8, None, 2), ranges=ranges, decisions=both, today=41) is None
    found = proposed(good(0), level=Level(8, None, 2), ranges=ranges, decisions=both, today=42)
    assert reason(found) == "7 reps: a break of 42 days"


def test_the_next_break_is_another_one() -> None:
    before = answered(14.1, Level(9, None, 2), kind=Move.BACK)
    found = proposed(good(0), good(15), level=Level(9, None, 2), decisions=(before,), today=29)
    assert reason(found) == "8 reps: a break of 14 days"


def test_a_date_of_years_ahead_is_no_session_yet() -> None:
    ahead = good(700)._replace(hurt=True)
    assert reason(proposed(good(0), good(1), good(2), ahead, today=3)).startswith("11 reps")
    assert reason(proposed(good(0), ahead, today=14)) == "9 reps: a break of 14 days"
