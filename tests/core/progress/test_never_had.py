"""Dates that a person never had: neutral by themselves, from where their sessions began."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.progress.calendar import (
    DayBook,
    DayState,
    DoneSession,
    Due,
    Off,
    Schedule,
    adherence,
    local_date_of,
    never_had,
    presence,
)
from backtimer.core.progress.history import heat
from backtimer.core.progress.streaks import Goal, goal_week, streak, streaks
from tests.rules import for_each

DAILY = [Schedule(date(2000, 1, 1), "r", dict.fromkeys(range(7), Due()))]


def at(moment: datetime) -> DoneSession:
    """A session that begins at a moment, where its clock shows that."""
    offset = moment.utcoffset()
    assert offset is not None
    return DoneSession(local_date_of(moment), 4, 4, round(offset.total_seconds() / 60))


def evenings(zone: ZoneInfo, first: date, days: int) -> list[DoneSession]:
    begin = datetime(first.year, first.month, first.day, 18, tzinfo=zone)
    return [at(begin + timedelta(days=number)) for number in range(days)]


def apia() -> list[DoneSession]:
    """Every date that there was in Apia, where Friday 30 December 2011 was left out."""
    zone = ZoneInfo("Pacific/Apia")
    return [*evenings(zone, date(2011, 12, 20), 10), *evenings(zone, date(2011, 12, 31), 5)]


def flight(leave: str, arrive: str) -> list[DoneSession]:
    """Ten evenings in one place and, after a date that is missing, five in another."""
    return [
        *evenings(ZoneInfo(leave), date(2026, 3, 1), 10),
        *evenings(ZoneInfo(arrive), date(2026, 3, 12), 5),
    ]


WEST = [
    ("America/Los_Angeles", "Pacific/Auckland"),
    ("America/Los_Angeles", "Asia/Tokyo"),
    ("Pacific/Honolulu", "Australia/Sydney"),
    ("America/Lima", "Asia/Shanghai"),
    ("Pacific/Pago_Pago", "Pacific/Kiritimati"),
]


def test_the_day_that_apia_left_out_breaks_nothing() -> None:
    sessions, today = apia(), date(2012, 1, 4)
    assert streak(DAILY, sessions, today) == 15
    assert streaks(DAILY, sessions, today).longest == 15
    book = DayBook(DAILY, sessions, today)
    assert book.state(date(2011, 12, 30)) is DayState.REST
    assert book.state(date(2011, 12, 29)) is DayState.DONE
    assert adherence(DAILY, [*sessions[:10], *sessions[10:12]], date(2012, 1, 1)).due == 6


@for_each(("leave", "arrive"), WEST)
def test_a_flight_west_over_the_date_line_breaks_nothing(leave: str, arrive: str) -> None:
    sessions = flight(leave, arrive)
    today = sessions[-1].local_date
    assert streak(DAILY, sessions, today) == 15
    [row] = [
        day for week in heat(DAILY, sessions, [], today).weeks for day in week if day.day == date(2026, 3, 11)
    ]
    assert row.state is DayState.REST


@for_each(("leave", "arrive"), WEST)
def test_before_the_first_session_over_there_the_streak_holds_too(leave: str, arrive: str) -> None:
    there = flight(leave, arrive)[10]
    assert there.offset_min is not None
    sessions = [*flight(leave, arrive)[:10], presence(there.local_date, there.offset_min)]
    assert streak(DAILY, sessions, there.local_date) == 10
    assert streak(DAILY, sessions[:10], there.local_date) == 0, "nobody knows where the person is"


@for_each(
    ("leave", "arrive"),
    [
        ("Europe/London", "Asia/Tokyo"),
        ("Pacific/Auckland", "America/Los_Angeles"),
        ("Europe/Berlin", "America/New_York"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("America/New_York", "America/Los_Angeles"),
    ],
)
def test_a_date_that_was_there_breaks_as_ever(leave: str, arrive: str) -> None:
    sessions = flight(leave, arrive)
    assert streak(DAILY, sessions, sessions[-1].local_date) == 5


def test_one_date_is_forgiven_and_no_more() -> None:
    sessions = flight("America/Los_Angeles", "Pacific/Auckland")
    later = [*sessions[:9], *sessions[10:]]  # the evening before the flight was missed, too
    assert streak(DAILY, later, sessions[-1].local_date) == 5


def test_a_date_in_the_gap_that_asked_for_something_is_the_one_that_is_forgiven() -> None:
    """Tuesday was left out, Wednesday and Thursday are rest days, and training goes on on Friday."""
    week = [Schedule(date(2000, 1, 1), "r", {0: Due(), 1: Due(), 4: Due()})]
    monday = datetime(2026, 3, 9, 18, tzinfo=ZoneInfo("America/Los_Angeles"))
    friday = datetime(2026, 3, 13, 18, tzinfo=ZoneInfo("Pacific/Auckland"))
    sessions = [at(monday), at(friday)]
    assert streak(week, sessions, date(2026, 3, 13)) == 2
    assert DayBook(week, sessions, date(2026, 3, 13)).state(date(2026, 3, 10)) is DayState.REST


def test_a_day_off_needs_no_forgiving() -> None:
    sessions = flight("America/Los_Angeles", "Pacific/Auckland")
    missing = [*sessions[:9], *sessions[10:]]
    offs = [Off(date(2026, 3, 11), date(2026, 3, 11))]
    assert streak(DAILY, missing, sessions[-1].local_date, offs) == 14


def test_daylight_saving_is_no_journey() -> None:
    zone = ZoneInfo("Europe/Berlin")
    sessions = [*evenings(zone, date(2026, 3, 20), 9), *evenings(zone, date(2026, 3, 30), 3)]
    assert streak(DAILY, sessions, date(2026, 4, 1)) == 3


def test_a_weekly_goal_is_lowered_by_a_date_that_was_left_out() -> None:
    """Seven a week, in a week that had six days."""
    sessions = apia()
    goal = Goal(7)
    assert goal_week(goal, sessions[:12], date(2012, 1, 1)).due == 6
    assert streaks((), sessions[:12], date(2012, 1, 2), (), goal).current == 0
    whole = [*evenings(ZoneInfo("Pacific/Apia"), date(2011, 12, 19), 11), *sessions[10:12]]
    assert streaks((), whole, date(2012, 1, 2), (), goal).current == 1, (
        "neutral: the week before it counts on"
    )


offsets = st.integers(-12 * 60, 14 * 60) | st.none()


@given(
    st.lists(st.tuples(st.integers(0, 40), offsets), max_size=12),
    st.sets(st.integers(0, 40)),
)
def test_only_dates_between_sessions_that_asked_are_forgiven(
    told: list[tuple[int, int | None]], asking: set[int]
) -> None:
    begin = date(2026, 1, 1)
    sessions = [DoneSession(begin + timedelta(days=days), 4, 4, offset) for days, offset in told]
    asks = {begin + timedelta(days=days) for days in asking}
    lost = never_had(sessions, asks.__contains__)
    dates = {session.local_date for session in sessions}
    assert lost <= asks and not lost & {each.local_date for each in sessions if each.offset_min is not None}
    assert all(min(dates) < day < max(dates) for day in lost)
    assert (
        never_had(tuple(DoneSession(each.local_date, 4, 4) for each in sessions), asks.__contains__) == set()
    )


def test_the_offsets_of_a_session_are_those_of_where_it_began() -> None:
    west = timezone(timedelta(hours=-10))
    assert at(datetime(2011, 12, 29, 18, tzinfo=west)).offset_min == -600


@pytest.mark.parametrize(("minutes", "lost"), [(719, set()), (720, {date(2026, 3, 11)})])
def test_half_a_day_between_two_clocks_leaves_out_a_date(minutes: int, lost: set[date]) -> None:
    sessions = [
        DoneSession(date(2026, 3, 10), 4, 4, -300),
        DoneSession(date(2026, 3, 12), 4, 4, minutes - 300),
    ]
    assert never_had(sessions, lambda _: True) == lost
