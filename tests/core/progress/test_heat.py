"""The heat map's columns, rows and labels; test_year.py has its days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from backtimer.core.progress.calendar import DayState
from backtimer.core.progress.history import Heat, heat
from tests.core.progress.test_calendar import WORKDAYS, day, full, weekly
from tests.rules import for_each


def map_of(today: date, weeks: int = 26) -> Heat:
    return heat([weekly(WORKDAYS)], full(0, 0, 2), [], today, weeks)


@pytest.mark.parametrize("weeks", [1, 26, 52])
def test_a_column_is_a_week_and_the_last_one_is_the_present(weeks: int) -> None:
    found = map_of(day(9), weeks)
    assert len(found.weeks) == weeks
    days = [one.day for column in found.weeks for one in column]
    assert days == [day(13 - 7 * weeks + 1 + offset) for offset in range(7 * weeks)]


def test_a_row_is_a_weekday() -> None:
    rows = map_of(day(9)).rows
    assert [len(row) for row in rows] == [26] * 7
    assert [{one.day.weekday() for one in row} for row in rows] == [{number} for number in range(7)]


def test_a_day_tells_what_was_done() -> None:
    monday, tuesday, *_, sunday = map_of(day(3), 1).weeks[0]
    assert (monday.state, monday.sessions, monday.sets) == (DayState.DONE, 2, 20)
    assert (tuesday.state, tuesday.sessions, tuesday.before) == (DayState.MISSED, 0, False)
    assert (sunday.state, sunday.extra) == (DayState.REST, False)


def test_before_the_first_session_there_is_nothing_to_tell() -> None:
    found = {one.day: one for column in map_of(day(3), 2).weeks for one in column}
    assert all(found[day(offset)].before for offset in range(-7, 0))
    assert all(found[day(offset)].state is DayState.REST for offset in range(-7, 0))
    assert not any(found[day(offset)].before for offset in range(7))


def test_with_an_empty_history_the_days_to_come_are_due() -> None:
    found = heat([weekly(WORKDAYS)], [], [], day(2), 1).weeks[0]
    assert [one.state.value for one in found] == ["rest", "rest", "due", "due", "due", "rest", "rest"]
    assert [one.before for one in found] == [True, True, *[False] * 5]


def test_months_are_named_where_they_begin() -> None:
    """The twelve weeks begin on 24 August: September would touch a name in the first column."""
    found = map_of(date(2026, 11, 11), 12)
    assert found.weeks[0][0].day == date(2026, 8, 24)
    assert found.months == ((1, "Sep"), (5, "Oct"), (9, "Nov"))


def test_the_first_column_is_named_when_there_is_room() -> None:
    assert map_of(date(2026, 11, 11), 14).months[:2] == ((0, "Aug"), (3, "Sep"))
    assert map_of(date(2026, 11, 18), 1).months == ((0, "Nov"),)


@for_each("back", range(0, 40))
def test_the_names_of_months_never_touch(back: int) -> None:
    months = map_of(date(2026, 11, 11) - timedelta(weeks=back), 26).months
    columns = [column for column, _ in months]
    assert columns[0] <= 4
    assert all(after - before > 2 for before, after in pairwise(columns))
