"""Dates, streaks and weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from time import process_time
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.progress.calendar import (
    Adherence,
    DayState,
    DoneSession,
    Due,
    Off,
    Schedule,
    adherence,
    local_date_of,
    next_due,
    schedule_on,
    week,
)
from backtimer.core.progress.streaks import streak
from tests.rules import for_each

MONDAY = date(2026, 11, 2)
WORKDAYS = {weekday: Due() for weekday in range(5)}


def day(offset: int) -> date:
    """Days after that Monday."""
    return MONDAY + timedelta(days=offset)


def weekly(due: dict[int, Due], since: date = date(2026, 1, 1)) -> Schedule:
    return Schedule(since, "lower-back", due)


def full(*offsets: int) -> list[DoneSession]:
    return [DoneSession(day(offset), 10, 10) for offset in offsets]


# -- which date a moment belongs to ---------------------------------------------------------------------


@for_each(
    ("clock", "expected"),
    [
        ("00:00", day(-1)),
        ("00:30", day(-1)),
        ("03:59", day(-1)),
        ("04:00", day(0)),
        ("12:00", day(0)),
        ("23:59", day(0)),
    ],
)
def test_a_day_begins_at_four(clock: str, expected: date) -> None:
    assert local_date_of(datetime.combine(MONDAY, time.fromisoformat(clock))) == expected


@for_each(
    ("rollover", "clock", "expected"),
    [
        ("00:00", "00:00", day(0)),
        ("05:30", "05:29", day(-1)),
        ("05:30", "05:30", day(0)),
        ("00:00:30", "00:00:29", day(-1)),
    ],
)
def test_the_rollover_can_be_set(rollover: str, clock: str, expected: date) -> None:
    moment = datetime.combine(MONDAY, time.fromisoformat(clock))
    assert local_date_of(moment, time.fromisoformat(rollover)) == expected


@for_each(
    ("zone", "before"),
    [
        ("Europe/Berlin", date(2026, 3, 28)),
        ("Europe/Berlin", date(2026, 10, 24)),
        ("America/Los_Angeles", date(2026, 3, 7)),
        ("America/Los_Angeles", date(2026, 10, 31)),
        ("Pacific/Auckland", date(2026, 4, 4)),
        ("Pacific/Auckland", date(2026, 9, 26)),
        ("Australia/Lord_Howe", date(2026, 4, 4)),
    ],
)
def test_in_a_night_of_daylight_saving_the_wall_clock_decides(zone: str, before: date) -> None:
    """Every minute of that night belongs to the evening before, until the clock shows four."""
    there = ZoneInfo(zone)
    instant = datetime.combine(before, time(22, 0), there).astimezone(UTC)
    seen: list[tuple[date, time]] = []
    for _ in range(9 * 60):
        local = instant.astimezone(there)
        seen.append((local_date_of(local), local.time()))
        assert local_date_of(local) == (
            before if local.date() == before or local.hour < 4 else before + timedelta(days=1)
        )
        instant += timedelta(minutes=1)
    assert [now for earlier, now in pairwise(seen) if earlier[0] != now[0]] == [
        (before + timedelta(days=1), time(4, 0))
    ]


def test_flying_from_auckland_to_los_angeles_gives_the_same_date_twice() -> None:
    """The session before the flight and the one after it are a day apart in time, and of one date."""
    at_home = datetime(2026, 11, 6, 18, 0, tzinfo=ZoneInfo("Pacific/Auckland"))
    arrived = (at_home + timedelta(hours=21)).astimezone(ZoneInfo("America/Los_Angeles"))
    assert local_date_of(at_home) == local_date_of(arrived) == date(2026, 11, 6)


def test_flying_east_over_the_date_line_keeps_the_streak() -> None:
    """In Los Angeles it is Thursday again after the Friday in Auckland: Friday's session is not lost."""
    schedules = [weekly(WORKDAYS)]
    sessions = full(0, 1, 2, 3, 4)
    assert streak(schedules, sessions, day(4)) == 5
    assert streak(schedules, sessions, day(3)) == 5
    assert streak(schedules, full(0, 1, 2, 4), day(3)) == 4, "Thursday is not over yet"


def test_a_date_of_years_ahead_counts_for_nothing() -> None:
    """A clock that was wrong once must not make a streak of its own."""
    assert streak([weekly(WORKDAYS)], [*full(0, 1), DoneSession(day(700), 4, 4)], day(1)) == 2


# -- schedules ------------------------------------------------------------------------------------------


def test_the_latest_schedule_that_has_begun_is_in_force() -> None:
    first, second = weekly({}, day(0)), weekly(WORKDAYS, day(10))
    assert schedule_on([second, first], day(-1)) is None
    assert schedule_on([second, first], day(9)) is first
    assert schedule_on([second, first], day(10)) is second
    assert schedule_on([], day(0)) is None


def test_the_next_due_day() -> None:
    schedules = [weekly({0: Due(), 3: Due(), 5: Due(optional=True)})]
    assert next_due(schedules, day(0)) == day(3)
    assert next_due(schedules, day(3)) == day(5)
    assert next_due(schedules, day(3), optional=False) == day(7)
    assert next_due(schedules, day(6)) == day(7)


def test_the_next_due_day_is_a_week_later_at_most() -> None:
    assert next_due([weekly({0: Due()})], day(0)) == day(7)


def test_the_next_due_day_can_be_of_a_schedule_to_come() -> None:
    assert next_due([weekly({}, day(0)), weekly({2: Due()}, day(20))], day(1)) == day(23)
    assert next_due([weekly({0: Due()}, day(-30)), weekly({1: Due()}, day(7))], day(0)) == day(8)


def test_the_next_due_day_is_after_the_days_off() -> None:
    schedules = [weekly({0: Due(), 3: Due()})]
    assert next_due(schedules, day(0), offs=[Off(day(1), day(3))]) == day(7)
    assert next_due(schedules, day(0), offs=[Off(day(2), day(4)), Off(day(6), day(10))]) == day(14)
    assert next_due(schedules, day(0), offs=[Off(day(1), day(2))]) == day(3)
    assert next_due(schedules, day(0), offs=[Off(day(1), date.max)]) is None


def test_there_may_be_no_next_due_day() -> None:
    assert next_due([], day(0)) is None
    assert next_due([weekly({})], day(0)) is None
    assert next_due([weekly({}, date.max)], day(0)) is None
    assert next_due([weekly(WORKDAYS)], date.max) is None


# -- the streak -----------------------------------------------------------------------------------------


def test_rest_days_neither_add_nor_break() -> None:
    schedules = [weekly(WORKDAYS)]
    assert streak(schedules, full(0, 1, 2, 3, 4), day(6)) == 5
    assert streak(schedules, full(0, 1, 2, 3, 4, 5), day(6)) == 5, "a session on a rest day adds nothing"
    assert streak(schedules, full(3, 4, 7, 8), day(8)) == 4


def test_a_missed_day_breaks() -> None:
    assert streak([weekly(WORKDAYS)], full(0, 1, 3, 4), day(4)) == 2
    assert streak([weekly(WORKDAYS)], full(0, 1, 2), day(4)) == 0


def test_today_breaks_nothing_and_adds_when_done() -> None:
    schedules = [weekly(WORKDAYS)]
    assert streak(schedules, full(0, 1, 2), day(3)) == 3
    assert streak(schedules, full(0, 1, 2, 3), day(3)) == 4


def test_optional_days_add_and_never_break() -> None:
    schedules = [weekly({**WORKDAYS, 5: Due(optional=True)})]
    assert streak(schedules, full(3, 4, 5, 7), day(7)) == 4
    assert streak(schedules, full(3, 4, 7), day(7)) == 3


@for_each(("done", "counts"), [(0, False), (4, False), (5, True), (10, True)])
def test_half_of_a_session_counts(done: int, counts: bool) -> None:
    sessions = [*full(0), DoneSession(day(1), 10, done), *full(2)]
    assert streak([weekly(WORKDAYS)], sessions, day(2)) == (3 if counts else 1)


def test_two_halves_too_short_make_no_day() -> None:
    sessions = [DoneSession(day(0), 10, 4), DoneSession(day(0), 10, 4)]
    assert streak([weekly(WORKDAYS)], sessions, day(0)) == 0


def test_a_session_without_sets_counts_for_nothing() -> None:
    assert streak([weekly(WORKDAYS)], [DoneSession(day(0), 0, 0)], day(0)) == 0


@for_each(
    ("times", "sessions", "counts"),
    [(1, 1, True), (2, 1, True), (3, 1, False), (3, 2, True), (4, 2, True), (5, 2, False)],
)
def test_of_several_sessions_a_day_half_count(times: int, sessions: int, counts: bool) -> None:
    schedules = [weekly({weekday: Due(times=times) for weekday in range(7)})]
    assert streak(schedules, full(*[0] * sessions), day(0)) == counts


def test_a_new_routine_never_rewrites_the_past() -> None:
    """Tuesdays were rest days then; that they are due now breaks nothing of that time."""
    old, new = weekly({0: Due(), 2: Due()}), weekly(WORKDAYS, day(7))
    done = full(0, 2, 7, 8)
    assert streak([old, new], done, day(8)) == 4
    assert streak([weekly(WORKDAYS)], done, day(8)) == 2


def test_nothing_before_the_first_schedule_counts() -> None:
    assert streak([weekly(WORKDAYS, day(2))], full(0, 1, 2, 3), day(3)) == 2
    assert streak([], full(0, 1), day(1)) == 0


def test_an_empty_history_has_no_streak() -> None:
    assert streak([weekly(WORKDAYS)], [], day(0)) == 0


# -- the week -------------------------------------------------------------------------------------------


def states(schedules: list[Schedule], sessions: list[DoneSession], today: date, *offs: Off) -> str:
    letters = {
        DayState.REST: ".",
        DayState.DONE: "x",
        DayState.PART: "/",
        DayState.MISSED: "-",
        DayState.OPTIONAL: "o",
        DayState.DUE: "!",
        DayState.OFF: "~",
    }
    found = week(schedules, sessions, today, offs)
    assert [one for one, _ in found] == [day(offset) for offset in range(7)]
    return "".join(letters[state] for _, state in found)


@for_each("today", range(7))
def test_the_week_begins_on_monday(today: int) -> None:
    assert len(states([], [], day(today))) == 7


def test_each_day_of_the_week_has_its_state() -> None:
    schedules = [weekly({**WORKDAYS, 5: Due(optional=True)})]
    sessions = [*full(-7, 0), DoneSession(day(2), 10, 2)]
    assert states(schedules, sessions, day(3)) == "x-/!!o."
    assert states(schedules, [*sessions, *full(3, 5)], day(6)) == "x-/x-x."


def test_today_is_due_until_it_is_done() -> None:
    schedules = [weekly(WORKDAYS)]
    assert states(schedules, full(0), day(1)) == "x!!!!.."
    assert states(schedules, [*full(0), DoneSession(day(1), 10, 1)], day(1)) == "x/!!!.."
    assert states(schedules, full(0, 1), day(1)) == "xx!!!.."


def test_a_session_on_a_rest_day_leaves_it_a_rest_day() -> None:
    assert states([weekly(WORKDAYS)], full(0, 6), day(6))[6] == "."


def test_who_begins_on_thursday_has_missed_nothing() -> None:
    schedules = [weekly(WORKDAYS)]
    assert states(schedules, [], day(3)) == "...!!.."
    assert states(schedules, full(3), day(4)) == "...x!.."
    assert states([weekly(WORKDAYS, day(3))], full(-20), day(3)) == "...!!.."


def test_adherence_is_of_the_days_that_must_be_done() -> None:
    schedules = [weekly({**WORKDAYS, 5: Due(optional=True)})]
    assert adherence(schedules, full(-7, 0, 2), day(3)) == Adherence(2, 5)
    assert adherence(schedules, full(-7, 0, 2, 5), day(6)) == Adherence(2, 5)
    assert adherence(schedules, full(3), day(3)) == Adherence(1, 2)
    assert adherence([], [], day(3)) == Adherence(0, 0)


def test_days_off_ask_for_nothing() -> None:
    schedules = [weekly({**WORKDAYS, 5: Due(optional=True)})]
    off = Off(day(1), day(5))
    assert states(schedules, full(-7, 0), day(3), off) == "x~~~~~."
    assert states(schedules, full(-7, 0), day(6), off) == "x~~~~~."
    assert states(schedules, full(-7, 0, 2, 5), day(6), off) == "x~x~~x.", "what was done counts all the same"
    assert states(schedules, [*full(-7), DoneSession(day(1), 10, 2)], day(6), off) == "-/~~~~."


def test_a_rest_day_within_days_off_is_off() -> None:
    assert states([weekly(WORKDAYS)], full(-7, 6), day(6), Off(day(5), day(6))) == "-----~~"


def test_days_off_that_end_before_they_begin_cover_nothing() -> None:
    assert states([weekly(WORKDAYS)], full(-7), day(6), Off(day(3), day(2))) == "-----.."


def test_adherence_leaves_days_off_out_unless_they_were_done() -> None:
    schedules = [weekly(WORKDAYS)]
    off = Off(day(1), day(2))
    assert adherence(schedules, full(-7, 0), day(3), [off]) == Adherence(1, 3)
    assert adherence(schedules, full(-7, 0, 1), day(3), [off]) == Adherence(2, 4)
    assert adherence(schedules, full(-7), day(6), [Off(day(0), day(6))]) == Adherence(0, 0)


def test_a_session_of_a_wrong_clock_is_not_yet_done() -> None:
    """Only what is dated up to tomorrow is looked at."""
    assert states([weekly(WORKDAYS)], full(0, 4), day(2)) == "x-!!!.."
    assert states([weekly(WORKDAYS)], full(0, 3), day(2)) == "x-!x!.."
    assert adherence([weekly(WORKDAYS)], full(0, 4), day(2)) == Adherence(1, 5)


# -- against a model ------------------------------------------------------------------------------------

dues = st.dictionaries(
    st.integers(0, 6), st.builds(Due, times=st.integers(1, 3), optional=st.booleans()), max_size=7
)
schedule_lists = st.lists(
    st.builds(Schedule, st.integers(-60, 20).map(day), st.just("r"), dues, st.integers(1, 14)),
    max_size=3,
    unique_by=lambda schedule: schedule.from_date,
)
session_lists = st.lists(
    st.builds(DoneSession, st.integers(-40, 0).map(day), st.just(4), st.integers(0, 4), st.none()),
    max_size=60,
)


def naive_streak(schedules: list[Schedule], sessions: list[DoneSession], today: date) -> int:
    """Forward, day by day, asking everything anew."""
    run = 0
    for offset in range(-100, (today - MONDAY).days + 1):
        one = day(offset)
        begun = sorted((s for s in schedules if s.from_date <= one), key=lambda s: s.from_date)
        due = begun[-1].due.get((one - date.min).days % begun[-1].period) if begun else None
        if due is None:
            continue
        good = [s for s in sessions if s.local_date == one and s.done_sets * 2 >= s.planned_sets]
        if len(good) * 2 >= due.times:
            run += 1
        elif not due.optional and one != today:
            run = 0
    return run


@given(schedule_lists, session_lists)
def test_the_streak_is_that_of_a_naive_model(schedules: list[Schedule], sessions: list[DoneSession]) -> None:
    assert streak(schedules, sessions, day(0)) == naive_streak(schedules, sessions, day(0))


@given(schedule_lists, session_lists)
def test_more_done_is_never_less(schedules: list[Schedule], sessions: list[DoneSession]) -> None:
    more = [*sessions, DoneSession(day(-1), 4, 4)]
    assert streak(schedules, more, day(0)) >= streak(schedules, sessions, day(0))


@given(schedule_lists, st.integers(-70, 40).map(day), st.booleans())
def test_the_next_due_day_is_the_first_that_is(
    schedules: list[Schedule], after: date, optional: bool
) -> None:
    expected = None
    for offset in range(1, 200):
        one = after + timedelta(days=offset)
        in_force = schedule_on(schedules, one)
        due = in_force.on(one) if in_force else None
        if due is not None and (optional or not due.optional):
            expected = one
            break
    assert next_due(schedules, after, optional=optional) == expected


def test_ten_years_are_counted_quickly() -> None:
    today = date(2036, 1, 1)
    schedules = [weekly({weekday: Due() for weekday in range(7)}, date(2026, 1, 1))]
    sessions = [DoneSession(today - timedelta(days=offset), 30, 30) for offset in range(3650)]
    begun = process_time()
    assert streak(schedules, sessions, today) == 3650
    assert process_time() - begun < 0.5
