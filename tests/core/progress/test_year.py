"""A year of training, week by week, with the streaks that it gives, counted by hand.

Every session begins at a moment of its own, on the clock of the place where the person is: in Auckland, from
11 April in Los Angeles, from 17 September in Auckland again. Each line of the table tells what was done on
the seven days of a week, and how things stand on its Sunday.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backtimer.core.progress.calendar import DayState, DoneSession, Due, Off, Schedule, WhyOff, local_date_of
from backtimer.core.progress.history import heat
from backtimer.core.progress.streaks import Goal, Streak, streak, streaks
from tests.rules import for_each

AUCKLAND, LOS_ANGELES = ZoneInfo("Pacific/Auckland"), ZoneInfo("America/Los_Angeles")

OPTIONAL = Due(optional=True)

SCHEDULES = [
    # Mondays, Tuesdays, Thursdays and Fridays; Saturdays as one likes.
    Schedule(date(2026, 1, 1), "lower-back", {0: Due(), 1: Due(), 3: Due(), 4: Due(), 5: OPTIONAL}),
    # Three short sessions on Mondays, one on Wednesdays and Fridays; Saturdays as one likes.
    Schedule(date(2026, 7, 6), "short", {0: Due(times=3), 2: Due(), 4: Due(), 5: OPTIONAL}),
]

OFFS = [
    Off(date(2026, 2, 24), date(2026, 3, 1), WhyOff.FLARE_UP),
    Off(date(2026, 3, 12), date(2026, 3, 13), WhyOff.FLARE_UP),
    Off(date(2026, 5, 11), date(2026, 5, 17), WhyOff.HOLIDAY),
    Off(date(2026, 9, 16), date(2026, 9, 16), WhyOff.HOLIDAY),
    Off(date(2026, 10, 6), date(2026, 10, 11), WhyOff.ILL),
    Off(date(2026, 11, 2), date(2026, 11, 4), WhyOff.HOLIDAY),
    Off(date(2026, 11, 18), date(2026, 11, 18), WhyOff.HOLIDAY),
    Off(date(2026, 12, 24), date(2027, 1, 1), WhyOff.HOLIDAY),
]

GOAL = Goal(3)

# . nothing   x a session   h half of one   l less than half   2 3 so many sessions
# n a session begun at half past three in the night that follows
# f one at six in Auckland, before the flight, and one on the evening of the same date in Los Angeles
# w a session on a computer whose clock is two years ahead
#
# Monday, Monday to Sunday, days in a row, the most ever, weeks in a row with three sessions
YEAR = [
    ("2026-01-05", "...xx..", 2, 2, 0),  # the first session is on Thursday
    ("2026-01-12", "xx.xx..", 6, 6, 1),
    ("2026-01-19", "xx.xxx.", 11, 11, 2),  # the optional Saturday adds
    ("2026-01-26", "xxxxx.x", 15, 15, 3),  # the sessions on rest days do not
    ("2026-02-02", "hx.xh..", 19, 19, 4),  # halves count
    ("2026-02-09", "xl.xx..", 2, 20, 5),  # less than half breaks
    ("2026-02-16", "x2.xx..", 6, 20, 6),  # twice a day is one day
    ("2026-02-23", "x......", 7, 20, 6),  # a flare-up from Tuesday on, declared until Sunday
    ("2026-03-02", "x..xx..", 2, 20, 7),  # Tuesday is missed: the flare-up was declared for as long as that
    ("2026-03-09", "xx.h...", 5, 20, 8),  # a flare-up on Thursday and Friday; what was done counts
    ("2026-03-16", "xx.xx..", 9, 20, 9),
    ("2026-03-23", "xx.xx..", 13, 20, 10),
    ("2026-03-30", "xx.xxn.", 18, 20, 11),  # the night in which the clocks in Auckland go back
    ("2026-04-06", "xx.xxf.", 23, 23, 12),  # over the date line: Saturday comes twice
    ("2026-04-13", "xx.xx..", 27, 27, 13),
    ("2026-04-20", "xx.xx..", 31, 31, 14),
    ("2026-04-27", "xx.xw..", 0, 34, 15),  # Friday's session is dated two years ahead
    ("2026-05-04", "xx.xx..", 4, 34, 16),
    ("2026-05-11", ".......", 4, 34, 16),  # a holiday
    ("2026-05-18", "xx.xx..", 8, 34, 17),
    ("2026-05-25", "xx.xx.x", 12, 34, 18),
    ("2026-06-01", ".x.xx..", 3, 34, 19),
    ("2026-06-08", "xx.xx..", 7, 34, 20),
    ("2026-06-15", "xx.x...", 0, 34, 21),
    ("2026-06-22", "xx.....", 0, 34, 21),  # the week is not over yet
    ("2026-06-29", "xx.xx..", 4, 34, 1),
    ("2026-07-06", "2.x.x..", 7, 34, 2),  # from now on three on Mondays, of which two are enough
    ("2026-07-13", "x.x.x..", 2, 34, 3),  # and one is not
    ("2026-07-20", "3.x.x..", 5, 34, 4),
    ("2026-07-27", "2xx.x..", 8, 34, 5),
    ("2026-08-03", "2.h.h..", 11, 34, 6),
    ("2026-08-10", "2.x.x..", 14, 34, 7),
    ("2026-08-17", "2.x.x..", 17, 34, 8),
    ("2026-08-24", "2.x.x..", 20, 34, 9),
    ("2026-08-31", "2.x.x..", 23, 34, 10),
    ("2026-09-07", "2.x.x..", 26, 34, 11),
    ("2026-09-14", "2...x..", 28, 34, 12),  # back over the date line: there is no Wednesday, declared off
    ("2026-09-21", "2.x.xn.", 32, 34, 13),  # the night in which the clocks in Auckland go forward
    ("2026-09-28", "2.x.x..", 35, 35, 14),
    ("2026-10-05", "2......", 36, 36, 14),  # ill from Tuesday on
    ("2026-10-12", "..x.x..", 2, 36, 14),
    ("2026-10-19", "2.x.x..", 5, 36, 1),
    ("2026-10-26", "2.x.x..", 8, 36, 2),
    ("2026-11-02", "....x..", 9, 36, 2),  # three days off: one session keeps the weeks, and does not add
    ("2026-11-09", "2.x.x..", 12, 36, 3),
    ("2026-11-16", "2......", 0, 36, 3),  # Wednesday off, Friday missed: two sessions keep the weeks
    ("2026-11-23", "2.x.x..", 3, 36, 4),
    ("2026-11-30", "2.x.x..", 6, 36, 5),
    ("2026-12-07", "2.x.xx.", 10, 36, 6),
    ("2026-12-14", "2.x.x..", 13, 36, 7),
    ("2026-12-21", "2.x....", 15, 36, 8),  # a holiday from Thursday on
    ("2026-12-28", ".......", 15, 36, 8),
]

SETS_DONE = {"h": 5, "l": 4}


def place_on(day: date) -> ZoneInfo:
    return LOS_ANGELES if date(2026, 4, 11) <= day < date(2026, 9, 16) else AUCKLAND


def clock(day: date, at: time, place: ZoneInfo) -> datetime:
    """A moment on the clock of a place."""
    return datetime.combine(day, at, place)


def moments(day: date, letter: str) -> Iterator[datetime]:
    """When the sessions of a day began, each on the clock there."""
    place = place_on(day)
    if letter == "n":
        yield clock(day + timedelta(days=1), time(3, 30), place)
    elif letter == "f":
        yield clock(day, time(6, 0), AUCKLAND)
        yield clock(day, time(21, 0), LOS_ANGELES)
    elif letter == "w":
        yield clock(day.replace(year=day.year + 2), time(19, 0), place)
    elif letter != ".":
        for number in range(int(letter) if letter.isdigit() else 1):
            yield clock(day, time(7 + 6 * number, 30), place)


def sessions_until(sunday: date) -> list[DoneSession]:
    found = []
    for monday, letters, *_ in YEAR:
        for offset, letter in enumerate(letters):
            day = date.fromisoformat(monday) + timedelta(days=offset)
            if day <= sunday:
                sets = SETS_DONE.get(letter, 10)
                found += [DoneSession(local_date_of(moment), 10, sets) for moment in moments(day, letter)]
    return found


@for_each(("monday", "letters", "current", "longest", "weeks"), YEAR, ids=[line[0] for line in YEAR])
def test_the_streaks_are_those_counted_by_hand(
    monday: str, letters: str, current: int, longest: int, weeks: int
) -> None:
    sunday = date.fromisoformat(monday) + timedelta(days=6)
    sessions = sessions_until(sunday)
    assert streaks(SCHEDULES, sessions, sunday, OFFS) == Streak(current, longest)
    assert streak(SCHEDULES, sessions, sunday, OFFS) == current
    most_weeks = max(line[4] for line in YEAR if line[0] <= monday)
    assert streaks((), sessions, sunday, OFFS, GOAL) == Streak(weeks, most_weeks)


def test_the_clocks_do_change_in_the_nights_of_the_table() -> None:
    back = [*moments(date(2026, 4, 4), "n"), *moments(date(2026, 4, 4), "x")]
    forward = [*moments(date(2026, 9, 26), "n"), *moments(date(2026, 9, 26), "x")]
    for night, day in (back, forward):
        assert night.utcoffset() != day.utcoffset()
        assert local_date_of(night) == local_date_of(day)


def test_after_the_flight_it_is_friday_again_and_saturday_counts_already() -> None:
    landed = clock(date(2026, 4, 11), time(20, 0), AUCKLAND).astimezone(LOS_ANGELES)
    assert local_date_of(landed) == date(2026, 4, 10)
    before_the_flight = [
        *sessions_until(date(2026, 4, 10)),
        DoneSession(local_date_of(next(moments(date(2026, 4, 11), "f"))), 10, 10),
    ]
    assert streak(SCHEDULES, before_the_flight, date(2026, 4, 11), OFFS) == 23
    assert streak(SCHEDULES, before_the_flight, date(2026, 4, 10), OFFS) == 23


def test_without_the_holiday_the_wednesday_that_never_was_would_be_missed() -> None:
    sunday = date(2026, 9, 20)
    offs = [off for off in OFFS if off.from_date != date(2026, 9, 16)]
    assert streak(SCHEDULES, sessions_until(sunday), sunday, offs) == 1


def test_a_session_dated_ahead_counts_when_its_date_comes() -> None:
    ahead = date(2028, 5, 1)
    assert ahead in {session.local_date for session in sessions_until(date(2026, 12, 31))}
    forever = [Schedule(date(2026, 7, 6), "short", {ahead.weekday(): Due()})]
    assert streak(forever, sessions_until(date(2026, 12, 31)), ahead) == 1


LETTERS = {
    DayState.REST: ".",
    DayState.DONE: "x",
    DayState.PART: "/",
    DayState.MISSED: "-",
    DayState.OPTIONAL: "o",
    DayState.DUE: "!",
    DayState.OFF: "~",
}


@for_each(
    ("monday", "expected"),
    [
        ("2025-12-29", "......."),
        ("2026-01-05", "...xxo."),
        ("2026-01-26", "xx+xxo+"),
        ("2026-02-09", "x/.xxo."),
        ("2026-02-23", "x~~~~~~"),
        ("2026-03-09", "xx.x~o."),
        ("2026-04-27", "xx.x-o."),
        ("2026-07-13", "/.x.xo."),
        ("2026-12-21", "x.x~~~~"),
        ("2026-12-28", "~~~~~o."),
    ],
)
def test_the_map_shows_each_day_as_it_was(monday: str, expected: str) -> None:
    today = date(2027, 1, 3)
    weeks = heat(SCHEDULES, sessions_until(today), OFFS, today, weeks=53).weeks
    found = next(days for days in weeks if days[0].day == date.fromisoformat(monday))
    assert "".join("+" if day.extra else LETTERS[day.state] for day in found) == expected
