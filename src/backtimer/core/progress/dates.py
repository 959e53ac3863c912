"""How days are named and dates are written, in the language that is spoken."""

from __future__ import annotations

from datetime import date, timedelta

from backtimer.language import _, marked

_NAMES = (
    marked("Monday"),
    marked("Tuesday"),
    marked("Wednesday"),
    marked("Thursday"),
    marked("Friday"),
    marked("Saturday"),
    marked("Sunday"),
)
SHORT_WEEKDAYS = (
    marked("Mon"),
    marked("Tue"),
    marked("Wed"),
    marked("Thu"),
    marked("Fri"),
    marked("Sat"),
    marked("Sun"),
)
_LETTERS = (marked("Mo"), marked("Tu"), marked("We"), marked("Th"), marked("Fr"), marked("Sa"), marked("Su"))
"""Where there is no room for more than two."""

_MONTHS = (
    marked("January"),
    marked("February"),
    marked("March"),
    marked("April"),
    marked("May"),
    marked("June"),
    marked("July"),
    marked("August"),
    marked("September"),
    marked("October"),
    marked("November"),
    marked("December"),
)
_SHORT_MONTHS = (
    marked("Jan"),
    marked("Feb"),
    marked("Mar"),
    marked("Apr"),
    marked("May"),
    marked("Jun"),
    marked("Jul"),
    marked("Aug"),
    marked("Sep"),
    marked("Oct"),
    marked("Nov"),
    marked("Dec"),
)


def weekday_name(day: date) -> str:
    """The weekday of a date, as it begins a line."""
    return _(_NAMES[day.weekday()])


def short_weekday(day: date) -> str:
    """`Mon`."""
    return _(SHORT_WEEKDAYS[day.weekday()])


def weekday_letters(day: date) -> str:
    """`Mo`."""
    return _(_LETTERS[day.weekday()])


def weekday_from_key(key: str) -> str:
    """A day of a routine by its key, as it begins a line: `monday` is Monday, in each stage."""
    name = key.rpartition("/")[2].capitalize()  # as `name_in_stage` has it; a streak needs no routine
    return _(name) if name in _NAMES else name


def short_month(day: date) -> str:
    """`Nov`."""
    return _(_SHORT_MONTHS[day.month - 1])


def day_and_month(day: date) -> str:
    """A date without its year, to be heard: `21 November`."""
    return _("{day} {month}").format(day=day.day, month=_(_MONTHS[day.month - 1]))


def short_date(day: date, today: date) -> str:
    """A date: `21 Nov`, and `21 Nov 2025` where that is not this year."""
    if day.year != today.year:
        return full_date(day)
    return _("{day} {month}").format(day=day.day, month=short_month(day))


def full_date(day: date) -> str:
    """A date that leaves nothing to guess: `21 Nov 2026`."""
    return _("{day} {month} {year}").format(day=day.day, month=short_month(day), year=f"{day.year:04}")


def date_in_words(day: date) -> str:
    """A date with its whole month: `21 November 2026`."""
    month = _(_MONTHS[day.month - 1])
    return _("{day} {month} {year}").format(day=day.day, month=month, year=day.year)


def weekday_and_date(day: date, today: date) -> str:
    """A date with its weekday: `Saturday 28 Nov`."""
    return _("{weekday} {date}").format(weekday=weekday_name(day), date=short_date(day, today))


def session_of_day(day: date, today: date) -> str:
    """A session by its date: `Monday's session from 21 Nov`."""
    return _("{weekday}'s session from {date}").format(weekday=weekday_name(day), date=short_date(day, today))


def when_words(day: date, today: date) -> str:
    """How far away a coming day is, in a word or two: `tomorrow`, `Thursday`, `Monday 30 Nov`."""
    away = (day - today).days
    if away == 1:
        return _("tomorrow")
    return weekday_name(day) if away < 7 else weekday_and_date(day, today)


def monday_before(today: date, weeks: int) -> date:
    """The Monday with which the last weeks begin, today's included."""
    return today - timedelta(days=today.weekday(), weeks=weeks - 1)


def weeks_since(today: date, since: date) -> int:
    """How many weeks have a day from that date up to today."""
    return max(1, (monday_before(today, 1) - monday_before(since, 1)).days // 7 + 1)
