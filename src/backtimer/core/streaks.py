"""Streaks: how many due days in a row were done.

- A due day is done when enough sessions of that date count; a session counts from half of its sets, a day
  that asks for several sessions from half of them, rounded up (`DONE_SHARE` both times).
- Rest days are neutral, whether something was done on them or not. Optional days and days off add when done
  and never break. Today breaks nothing while it lasts.
- Nothing counts before the first schedule, or before the first session.
- A session of tomorrow's date counts, one dated later does not (`due.in_time` tells why).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from backtimer.core.due import DoneSession, Off, Schedule, counts_by_date, days_back, in_time, off_ordinals


@dataclass(frozen=True, slots=True)
class Streak:
    """How many in a row: of due days or, with a weekly goal, of weeks."""

    current: int
    longest: int
    """Ever; the current one included."""


def streak(
    schedules: Sequence[Schedule], sessions: Sequence[DoneSession], today: date, offs: Sequence[Off] = ()
) -> int:
    """How many due days in a row were done, counted back from today."""
    count = 0
    for adds in _days_that_matter(schedules, sessions, today, offs):
        if not adds:
            break
        count += 1
    return count


def streaks(
    schedules: Sequence[Schedule], sessions: Sequence[DoneSession], today: date, offs: Sequence[Off] = ()
) -> Streak:
    """The present streak, and the longest there ever was."""
    return run_lengths(_days_that_matter(schedules, sessions, today, offs))


def run_lengths(newest_first: Iterable[bool]) -> Streak:
    """The newest run of True, and the longest."""
    current: int | None = None
    longest = run = 0
    for adds in newest_first:
        if adds:
            run += 1
            longest = max(longest, run)
        else:
            current = run if current is None else current
            run = 0
    return Streak(run if current is None else current, longest)


def _days_that_matter(
    schedules: Sequence[Schedule], sessions: Sequence[DoneSession], today: date, offs: Sequence[Off]
) -> Iterator[bool]:
    """True for each day that adds, False for each that breaks, newest first; neutral days are left out."""
    counts = counts_by_date(in_time(sessions, today))
    if not counts:
        return
    first, last = min(counts), max(today, *counts)
    off = off_ordinals(offs, first, last)
    for day, due in days_back(schedules, last, first):
        if due is None:
            continue
        if counts.get(day, 0) >= due.enough:
            yield True
        elif day < today and not due.optional and day.toordinal() not in off:
            yield False
