"""Cycles: which day a date asks for, by date and waiting, and which dates are due."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.plan.routine import REST_DAY, REST_NAME, WEEKDAYS, Cycle, Day, DayKind, Routine
from backtimer.core.progress.calendar import DayDone, DayState, DoneSession, Due, Schedule, next_due, week
from backtimer.core.progress.cycles import key_on, schedule_of
from backtimer.core.progress.streaks import streak
from tests.rules import for_each

MONDAY = date(2026, 11, 16)
WALK = Day(DayKind.ACTIVITY, activity="Walk")


def routine(*names: str, on: tuple[str, ...] = ()) -> Routine:
    days = {name: REST_DAY if name == REST_NAME else WALK for name in (*names, REST_NAME)}
    return Routine("r", "R", days, cycle=Cycle(names, on))


def later(days: int) -> date:
    return MONDAY + timedelta(days=days)


def test_without_weekdays_it_goes_by_the_date_of_the_choice() -> None:
    cycle = Cycle(("a", "b", "rest"))
    found = [key_on(cycle, later(day), MONDAY, (), MONDAY) for day in range(-1, 5)]
    assert found == ["rest", "a", "b", "rest", "a", "b"]
    assert key_on(cycle, later(0), later(1), (), MONDAY) == "rest", "counted from the day of the choice"


ON = Cycle(("a", "b"), ("monday", "wednesday", "friday"))


@for_each(
    ("done", "today", "expected"),
    [
        # By day, from Monday on, as seen on a day.
        ([], 0, ["a", "rest", "b", "rest", "a", "rest", "rest", "b"]),
        ([(0, "a")], 0, ["a", "rest", "b", "rest", "a", "rest", "rest", "b"]),
        ([], 2, ["a", "rest", "a", "rest", "b", "rest", "rest", "a"]),
        ([(0, "a")], 3, ["a", "rest", "b", "rest", "b", "rest", "rest", "a"]),
        # On another weekday than was asked for: it is done, and nobody does it again.
        ([(0, "a"), (1, "b")], 1, ["a", "b", "a", "rest", "b", "rest", "rest", "a"]),
        # Out of turn: it goes on behind what was done.
        ([(0, "b")], 1, ["b", "rest", "a", "rest", "b", "rest", "rest", "a"]),
        # Of a name that the cycle no longer has.
        ([(0, "old")], 1, ["a", "rest", "a", "rest", "b", "rest", "rest", "a"]),
    ],
)
def test_with_weekdays_the_next_one_waits_until_it_is_done(
    done: list[tuple[int, str]], today: int, expected: list[str]
) -> None:
    past = [DayDone(later(day), name) for day, name in done]
    assert [key_on(ON, later(day), MONDAY, past, later(today)) for day in range(8)] == expected


def test_a_name_that_comes_twice_is_told_apart_by_its_place() -> None:
    cycle = Cycle(("a", "b", "a", "c"), WEEKDAYS)
    past = [DayDone(later(0), "a"), DayDone(later(1), "b"), DayDone(later(2), "a")]
    assert [key_on(cycle, later(day), MONDAY, past[:day], later(day)) for day in range(4)] == list("abac")


@given(
    st.lists(st.sampled_from(["a", "b", "rest"]), min_size=1, max_size=12),
    st.integers(-30, 30),
    st.integers(0, 400),
)
def test_what_is_kept_as_due_is_what_each_date_asks_for(names: list[str], since: int, away: int) -> None:
    found = routine(*names)
    schedule = schedule_of(found, later(0), later(since))
    key = key_on(found.cycle, later(away), later(since), (), MONDAY)
    assert (schedule.on(later(away)) is not None) == (found.days[key].kind is not DayKind.REST)


def test_with_weekdays_those_are_due() -> None:
    schedule = schedule_of(routine("a", "b", on=("friday", "monday")), MONDAY, MONDAY)
    assert schedule == Schedule(MONDAY, "r", {0: Due(), 4: Due()})


def test_a_streak_and_the_week_go_by_every_other_day() -> None:
    schedules = [schedule_of(routine("main", "rest"), MONDAY, MONDAY)]
    done = [DoneSession(later(day), 2, 2) for day in (0, 2, 4, 6, 8)]
    assert streak(schedules, done, later(9)) == 5
    assert streak(schedules, done, later(11)) == 0, "the tenth was due"
    states = [state for _day, state in week(schedules, done, later(9))]
    assert states == [
        DayState.REST,
        DayState.DONE,
        DayState.REST,
        DayState.DUE,
        DayState.REST,
        DayState.DUE,
        DayState.REST,
    ]
    assert next_due(schedules, later(8)) == later(10)


def test_the_next_due_day_of_a_long_cycle_is_found() -> None:
    schedules = [schedule_of(routine("a", *["rest"] * 20), MONDAY, MONDAY)]
    assert next_due(schedules, later(0)) == later(21)
