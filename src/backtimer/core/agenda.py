"""The words for days, weeks and streaks, shared by the screens and the command line."""

from __future__ import annotations

from datetime import date

from backtimer.core.calendar import DayState
from backtimer.core.due import WhyOff
from backtimer.core.plan.routine import WEEKDAYS, Day, DayKind

GLYPHS = {
    DayState.DONE: "✓",
    DayState.PART: "◐",
    DayState.MISSED: "·",
    DayState.DUE: "○",
    DayState.OPTIONAL: "◇",
    DayState.REST: "–",
    DayState.OFF: "~",
}
"""One sign a state, so that colour is never needed to tell them apart."""

EXTRA_GLYPH = "+"
"""Of a day that asked for nothing, and on which something was done all the same."""

EXTRA_WORD = "extra"

STATE_WORDS = {
    DayState.DONE: "done",
    DayState.PART: "partly done",
    DayState.MISSED: "not done",
    DayState.DUE: "to do",
    DayState.OPTIONAL: "optional",
    DayState.REST: "rest",
    DayState.OFF: "off",
}

OFF_WORDS = {WhyOff.FLARE_UP: "flare-up", WhyOff.HOLIDAY: "holiday", WhyOff.ILL: "ill"}


def weekday_name(day: date) -> str:
    """The weekday of a date, as it begins a line."""
    return WEEKDAYS[day.weekday()].capitalize()


def short_date(day: date, today: date) -> str:
    """A date: `21 Nov`, and `21 Nov 2025` where that is not this year."""
    return f"{day.day} {day:%b}" if day.year == today.year else full_date(day)


def full_date(day: date) -> str:
    """A date that leaves nothing to guess: `21 Nov 2026`."""
    return f"{day.day} {day:%b} {day.year:04}"


def when_words(day: date, today: date) -> str:
    """How far away a coming day is, in a word or two: `tomorrow`, `Thursday`, `Monday 30 Nov`."""
    away = (day - today).days
    if away == 1:
        return "tomorrow"
    return weekday_name(day) if away < 7 else f"{weekday_name(day)} {short_date(day, today)}"


def day_title(day: Day) -> str:
    """What a day is called: its title, its activity, or what rest it suggests."""
    if day.kind is DayKind.REST:
        return day.title or day.rest or "Rest"
    return day.title or day.activity
