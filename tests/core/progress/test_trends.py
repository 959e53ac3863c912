"""What went how over time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.progress.history import (
    Balance,
    PastPain,
    PastSession,
    PastSet,
    Point,
    Totals,
    balance_words,
    efforts,
    pains,
    sparkline,
    totals,
    trend,
    trends,
    work_of,
)
from backtimer.core.session.events import Outcome
from tests.core.pasts import at, day, done, rated
from tests.rules import for_each


@for_each(
    ("reps", "hold_s", "seconds", "work"),
    [(10, 3.0, 70.0, 30.0), (10, None, 40.0, 10.0), (None, 20.0, 17.5, 17.5), (0, 3.0, 2.0, 0.0)],
)
def test_work_is_reps_times_hold(reps: int | None, hold_s: float | None, seconds: float, work: float) -> None:
    assert work_of(done(0, reps=reps, hold_s=hold_s, seconds=seconds)) == work


def test_the_work_of_a_date_is_added_up() -> None:
    found = trend([done(0, hold_s=3), done(0, hold_s=3), done(4, hold_s=4, session="x"), done(4)], "bird-dog")
    assert found is not None
    assert found.points == (Point(day(0), 60), Point(day(4), 50))
    assert (found.sets, found.reps, found.seconds, found.balance) == (4, 40, 240, None)
    assert found.unit == "seconds held"


def test_what_was_begun_counts_and_what_was_skipped_does_not() -> None:
    sets = [done(0), done(0, outcome=Outcome.PARTIAL, reps=4), done(0, outcome=Outcome.SKIPPED, reps=0)]
    found = trend([*sets, done(1, outcome=Outcome.SKIPPED)], "bird-dog")
    assert found is not None
    assert found.points == (Point(day(0), 14),)
    assert found.sets == 1
    assert trend([done(0, outcome=Outcome.SKIPPED)], "bird-dog") is None


def test_units_follow_how_it_is_measured() -> None:
    both = trends([done(0, "row"), done(0, "stretch", reps=None, hold_s=20)])
    assert {each.exercise: each.unit for each in both} == {"row": "reps", "stretch": "seconds"}


def test_the_most_recently_done_comes_first_and_activities_are_none() -> None:
    swim = PastSet(day(9), None, None, None, None, 1800, Outcome.DONE)
    assert [each.exercise for each in trends([done(0, "a"), done(2, "c"), done(2, "b"), swim])] == [
        "b",
        "c",
        "a",
    ]
    assert trends([]) == ()


def test_points_are_in_the_order_of_their_dates() -> None:
    """After a flight over the date line a later session can be of an earlier date."""
    found = trend([done(1), done(0)], "bird-dog")
    assert found is not None
    assert [point.day for point in found.points] == [day(0), day(1)]


# -- left and right -------------------------------------------------------------------------------------


def test_sides_are_weighed_where_they_are_done_apart() -> None:
    sets = [done(0, side="left", reps=8), done(0, side="right", reps=10), done(1, side="left", reps=2)]
    found = trend(sets, "bird-dog")
    assert found is not None
    assert found.balance == Balance(10, 10)


def test_a_single_day_tells_nothing_of_left_and_right() -> None:
    found = trend([done(0, side="left", reps=8), done(0, side="right", reps=4)], "bird-dog")
    assert found is not None and found.balance is None


def test_the_side_of_a_rep_that_hurt_is_no_side_of_the_set() -> None:
    sets = [done(0, alternate=True), done(0, outcome=Outcome.HURT, side="left", reps=3, alternate=True)]
    found = trend(sets, "bird-dog")
    assert found is not None
    assert found.balance is None


@for_each(
    ("left", "right", "words"),
    [
        (100, 100, "left and right even"),
        (90, 100, "left and right even"),
        (100, 90, "left and right even"),
        (80, 100, "left 20 % less than right"),
        (100, 89, "right 11 % less than left"),
        (0, 100, "left 100 % less than right"),
        (0, 0, "left and right even"),
    ],
)
def test_the_balance_in_words(left: float, right: float, words: str) -> None:
    assert balance_words(Balance(left, right)) == words


def test_the_share_of_the_left() -> None:
    assert Balance(30, 70).left_share == 0.3
    assert Balance(0, 0).left_share == 0.5


# -- sessions -------------------------------------------------------------------------------------------


def test_totals_are_of_what_was_begun() -> None:
    sessions = [
        PastSession("a", day(0), at(0), 10, 10, 600),
        PastSession("b", day(0), at(0), 10, 4, 200),
        PastSession("c", day(1), at(1), 10, 0, 0),
    ]
    assert totals(sessions) == Totals(sessions=2, counted=1, sets=14, seconds=800)
    assert totals([]) == Totals(0, 0, 0, 0)


def test_a_session_knows_its_share_and_its_rise() -> None:
    assert PastSession("a", day(0), at(0), 10, 4, 200).share == 0.4
    assert PastSession("a", day(0), at(0), 0, 0, 0).share == 0
    assert rated(0, 2, 5).rise == 3
    assert rated(0, 2).rise is rated(0, None, 2).rise is None


def test_effort_over_time() -> None:
    assert efforts([rated(0, effort=4), rated(1), rated(2, effort=6)]) == (Point(day(0), 4), Point(day(2), 6))


def test_pain_over_time() -> None:
    found = pains([rated(0, 2, 3, 1), rated(1), rated(2, 0)], [PastPain(day(5), 4)])
    assert found.before == (Point(day(0), 2), Point(day(2), 0))
    assert found.after == (Point(day(0), 3),)
    assert found.next_morning == (Point(day(1), 1),)
    assert found.loose == (Point(day(5), 4),)


# -- sparklines -----------------------------------------------------------------------------------------


@for_each(
    ("values", "width", "line"),
    [
        ([0, 1, 2, 3, 4, 5, 6, 7], 8, "▁▂▃▄▅▆▇█"),
        ([10, 12], 8, "▁█"),
        ([5, 5, 5], 8, "▄▄▄"),
        ([1], 8, "▄"),
        ([0, 0, 7, 7], 2, "▁█"),
        ([], 8, ""),
        ([1, 2], 0, ""),
    ],
)
def test_a_line_of_bars(values: list[float], width: int, line: str) -> None:
    assert sparkline(values, width) == line


def test_a_line_on_a_scale_of_its_own() -> None:
    assert sparkline([0, 5, 10], 8, low=0, high=10) == "▁▅█"
    assert sparkline([3, 3], 8, low=0, high=10) == "▃▃"
    assert sparkline([-5, 50], 8, low=0, high=10) == "▁█"


@given(st.lists(st.floats(-1e6, 1e6), max_size=60), st.integers(1, 30))
def test_a_line_is_never_wider_than_its_place(values: list[float], width: int) -> None:
    assert len(sparkline(values, width)) == min(len(values), width)
