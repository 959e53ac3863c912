"""What never holds for one year only: the rules of streaks, whatever was done."""

from __future__ import annotations

from datetime import date, timedelta
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.progress.calendar import DoneSession, Due, Off, Schedule, schedule_on
from backtimer.core.progress.streaks import Streak, streak, streaks
from tests.core.progress.test_calendar import WORKDAYS, day, full, schedule_lists, session_lists, weekly

off_lists = st.lists(
    st.builds(
        lambda begin, days: Off(day(begin), day(begin + days)), st.integers(-45, 5), st.integers(-1, 9)
    ),
    max_size=3,
)


def naive(schedules: list[Schedule], sessions: list[DoneSession], today: date, offs: list[Off]) -> Streak:
    """Forward, day by day, asking everything anew."""
    run = longest = 0
    one = day(-100)
    while one <= today:
        schedule = schedule_on(schedules, one)
        due = schedule.on(one) if schedule else None
        if due is not None:
            good = [s for s in sessions if s.local_date == one and s.done_sets * 2 >= s.planned_sets]
            if len(good) * 2 >= due.times:
                run += 1
            elif not due.optional and one != today and not any(o.from_date <= one <= o.to_date for o in offs):
                run = 0
        longest = max(longest, run)
        one += timedelta(days=1)
    return Streak(run, longest)


@given(schedule_lists, session_lists, off_lists)
def test_the_streaks_are_those_of_a_naive_model(
    schedules: list[Schedule], sessions: list[DoneSession], offs: list[Off]
) -> None:
    expected = naive(schedules, sessions, day(0), offs)
    assert streaks(schedules, sessions, day(0), offs) == expected
    assert streak(schedules, sessions, day(0), offs) == expected.current


@given(schedule_lists, session_lists, off_lists, st.lists(st.integers(-60, 1), max_size=20))
def test_sessions_on_rest_days_change_nothing(
    schedules: list[Schedule], sessions: list[DoneSession], offs: list[Off], extra: list[int]
) -> None:
    def rests(one: date) -> bool:
        schedule = schedule_on(schedules, one)
        return schedule is None or schedule.on(one) is None

    more = [*sessions, *(DoneSession(day(offset), 4, 4) for offset in extra if rests(day(offset)))]
    assert streaks(schedules, more, day(0), offs) == streaks(schedules, sessions, day(0), offs)


@given(schedule_lists, session_lists, off_lists, st.integers(-50, 5), st.integers(0, 10))
def test_days_off_never_break(
    schedules: list[Schedule], sessions: list[DoneSession], offs: list[Off], begin: int, days: int
) -> None:
    before = streaks(schedules, sessions, day(0), offs)
    after = streaks(schedules, sessions, day(0), [*offs, Off(day(begin), day(begin + days))])
    assert after.current >= before.current
    assert after.longest >= before.longest


@given(schedule_lists, session_lists, off_lists, st.integers(-50, 0))
def test_more_done_is_never_less(
    schedules: list[Schedule], sessions: list[DoneSession], offs: list[Off], when: int
) -> None:
    before = streaks(schedules, sessions, day(0), offs)
    after = streaks(schedules, [*sessions, DoneSession(day(when), 4, 4)], day(0), offs)
    assert after.current >= before.current
    assert after.longest >= before.longest


def test_days_off_add_nothing() -> None:
    offs = [Off(day(1), day(4))]
    assert streak([weekly(WORKDAYS)], full(0), day(4), offs) == 1
    assert streak([weekly(WORKDAYS)], full(0, 2), day(4), offs) == 2, "what is done on them counts"
    assert streak([weekly(WORKDAYS)], full(0), day(8), offs) == 0, "the Monday after them was missed"


def test_days_off_reach_as_far_as_they_were_declared() -> None:
    assert streak([weekly(WORKDAYS)], full(0, 4), day(4), [Off(day(1), day(3))]) == 2
    assert streak([weekly(WORKDAYS)], full(0, 4), day(4), [Off(day(1), day(2))]) == 1
    assert streak([weekly(WORKDAYS)], full(0, 4), day(4), [Off(day(2), day(3))]) == 1


def test_days_off_may_overlap_and_reach_far() -> None:
    offs = [Off(day(1), day(2)), Off(day(2), day(3)), Off(date.min, day(-1)), Off(day(5), date.max)]
    assert streaks([weekly(WORKDAYS)], full(0, 4), day(30), offs) == Streak(2, 2)


def test_the_longest_is_kept_after_a_break() -> None:
    assert streaks([weekly(WORKDAYS)], full(0, 1, 2, 4), day(4)) == Streak(1, 3)
    assert streaks([weekly(WORKDAYS)], full(0, 1, 2), day(9)) == Streak(0, 3)
    assert streaks([weekly(WORKDAYS)], [], day(9)) == Streak(0, 0)


def test_the_last_of_all_days() -> None:
    everyday = [weekly({weekday: Due() for weekday in range(7)})]
    assert streaks(everyday, [DoneSession(date.max, 1, 1)], date.max) == Streak(1, 1)


def test_ten_years_with_days_off_are_counted_quickly() -> None:
    today = date(2036, 1, 1)
    schedules = [weekly({weekday: Due() for weekday in range(7)}, date(2026, 1, 1))]
    sessions = [DoneSession(today - timedelta(days=offset), 30, 30) for offset in range(0, 3650, 2)]
    offs = [Off(each, each) for each in (today - timedelta(days=offset) for offset in range(1, 3650, 2))]
    begun = process_time()
    assert streaks(schedules, sessions, today, offs) == Streak(1825, 1825)
    assert process_time() - begun < 0.5
