"""The heat map: how each day of the last weeks stands, a column a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backtimer.core.calendar import DayBook, DayState, week_of
from backtimer.core.due import DoneSession, Off, Schedule

WEEKS = 26


@dataclass(frozen=True, slots=True)
class HeatDay:
    """One day of the map."""

    day: date
    state: DayState
    sessions: int
    """Those that count."""
    sets: int
    before: bool
    """Before the first session: there is nothing to tell of it."""

    @property
    def extra(self) -> bool:
        """Something was done though nothing was asked for."""
        return self.sets > 0 and self.state in (DayState.REST, DayState.OFF)


@dataclass(frozen=True, slots=True)
class Heat:
    """The map."""

    weeks: tuple[tuple[HeatDay, ...], ...]
    """Its columns, oldest first; of seven days each, Monday first, days to come included."""

    @property
    def rows(self) -> tuple[tuple[HeatDay, ...], ...]:
        """A row for each weekday, Monday first."""
        return tuple(zip(*self.weeks, strict=True))

    @property
    def months(self) -> tuple[tuple[int, str], ...]:
        """The columns in which a month begins, with its short name (`Nov`).

        The first column has the name of its month too, unless another month begins so soon that the two
        names would touch.
        """
        begins = [
            (column, f"{day.day:%b}")
            for column, days in enumerate(self.weeks)
            for day in days
            if day.day.day == 1
        ]
        if self.weeks and (not begins or begins[0][0] > _ROOM_FOR_A_NAME):
            begins.insert(0, (0, f"{self.weeks[0][0].day:%b}"))
        return tuple(begins)


_ROOM_FOR_A_NAME = 2


def heat(
    schedules: Sequence[Schedule],
    sessions: Sequence[DoneSession],
    offs: Sequence[Off],
    today: date,
    weeks: int = WEEKS,
) -> Heat:
    """How the last weeks stand, the present one included.

    Args:
        schedules: In any order.
        sessions: All of them, or at least the first and those of these weeks.
        offs: Days declared off.
        today: The last column is its week.
        weeks: How many columns.
    """
    book = DayBook(schedules, sessions, today, offs)
    ends = (today - timedelta(weeks=back) for back in range(weeks - 1, -1, -1))
    return Heat(tuple(tuple(_day(book, day) for day in week_of(end)) for end in ends))


def _day(book: DayBook, day: date) -> HeatDay:
    before = book.is_before(day)
    return HeatDay(day, book.state(day), book.sessions_on(day), book.sets_on(day), before)
