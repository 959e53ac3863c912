"""Dates as people write them on the command line."""

from __future__ import annotations

import re
from datetime import date, timedelta

from backtimer.cli.errors import UsageError

FORMS = "2026-11-21, today, yesterday, tomorrow or a weekday"

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_LEAST_LETTERS = 3


def past_date(text: str, today: date) -> date:
    """A date up to today; a weekday is the last such day, today included.

    Raises:
        UsageError: It is no date, or one that is still to come.
    """
    found = _date_of(text, today, back=True)
    if found > today:
        raise UsageError(f"{shown(found)} is still to come")
    return found


def coming_date(text: str, today: date, *, not_before: date | None = None) -> date:
    """Any date; a weekday is the next such day, counted from `not_before` (or today), that one included.

    Raises:
        UsageError: It is no date.
    """
    return _date_of(text, today, back=False, start=not_before)


def in_reach(day: date) -> date:
    """The same day.

    Raises:
        UsageError: It is of a year that no history holds: a slip of the fingers.
    """
    from backtimer.storage.history.columns import YEARS

    if day.year not in YEARS:
        raise UsageError(f"{shown(day)}? A history goes from {YEARS[0]} to {YEARS[-1]}")
    return day


def is_date(text: str) -> bool:
    """Whether this is a date by itself: in digits, or `today`, `yesterday`."""
    return _ISO.match(text) is not None or text.lower() in _WORDS


def is_weekday(text: str) -> bool:
    """Whether this is a weekday, or the beginning of one."""
    word = text.lower()
    return len(word) >= _LEAST_LETTERS and any(day.startswith(word) for day in _WEEKDAYS)


def shown(day: date) -> str:
    """`Saturday 21 Nov 2026`."""
    from backtimer.core.agenda import full_date, weekday_name

    return f"{weekday_name(day)} {full_date(day)}"


def _date_of(text: str, today: date, *, back: bool, start: date | None = None) -> date:
    word = text.strip().lower()
    try:
        if word in _WORDS:
            return today + timedelta(days=_WORDS[word])
        if _ISO.match(word):
            return date.fromisoformat(word)
        number = _weekday(word)
        if number is not None:
            begin = start or today
            away = (begin.weekday() - number) % 7 if back else (number - begin.weekday()) % 7
            return begin - timedelta(days=away) if back else begin + timedelta(days=away)
    except (ValueError, OverflowError):
        pass
    from backtimer.storage.text import clean, shorten

    raise UsageError(f"'{clean(shorten(text))}' is no date; write {FORMS}")


def _weekday(word: str) -> int | None:
    fitting = [number for number, name in enumerate(_WEEKDAYS) if name.startswith(word)]
    return fitting[0] if len(fitting) == 1 and len(word) >= _LEAST_LETTERS else None
