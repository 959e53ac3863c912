"""Streaks: how many due days in a row were done.

- A due day is done when enough sessions of that date count; a session counts from half of its sets, a day
  that asks for several sessions from half of them, rounded up (`DONE_SHARE` both times).
- Rest days are neutral, whether something was done on them or not. Optional days and days off add when done
  and never break. Today breaks nothing while it lasts.
- Nothing counts before the first schedule, or before the first session.
- A date that the person never had, because they flew west over the date line or their country moved over it,
  is neutral (`due.never_had`).
- A session of tomorrow's date counts, one dated later does not (`due.in_time` tells why).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from backtimer.core.due import (
    DoneSession,
    Off,
    Schedule,
    counts_by_date,
    due_on,
    in_time,
    never_had,
    off_ordinals,
    spells_back,
)


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
    known = tuple(in_time(sessions, today))
    counts = counts_by_date(known)
    if not counts:
        return
    first, last = min(counts), max(today, *counts)
    off = off_ordinals(offs, first, last)

    def must_be_done(day: date) -> bool:
        due = due_on(schedules, day)
        return due is not None and not due.optional and day.toordinal() not in off

    off |= {day.toordinal() for day in never_had(known, must_be_done)}
    begins = today.toordinal()
    # All days of ten years come through here: by their ordinals that is done in half the time.
    done = {day.toordinal(): count for day, count in counts.items()}
    for days, asked in spells_back(schedules, last, first):
        enough = [0 if due is None else due.enough for due in asked]
        breaks = [due is not None and not due.optional for due in asked]
        for day in days:
            weekday = day % 7
            if not enough[weekday]:
                continue
            if done.get(day, 0) >= enough[weekday]:
                yield True
            elif day < begins and breaks[weekday] and day not in off:
                yield False
