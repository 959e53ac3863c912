"""What the words of `log` are: a time at their end, also in several words, and a date behind it."""

from __future__ import annotations

import re
from datetime import date

from backtimer.cli.dates import is_date, is_weekday, past_date
from backtimer.cli.errors import UsageError
from backtimer.core.units import Unit, UnitError, parse_duration
from backtimer.storage.text import clean, shorten

_UNITS = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "m"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
}

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z")
_WITH_UNIT = re.compile(r"([0-9]+(?:\.[0-9]+)?)([a-z]+)\Z")


def split_date(words: list[str], named: str | None, today: date) -> tuple[list[str], date]:
    """The words without a date at their end, with their time in one word, and the date that is meant.

    A weekday is a date behind a time or a pain; elsewhere it is a day of a routine.

    Raises:
        UsageError: There are two dates, or it is one that is still to come.
    """
    behind = with_one_time(words[:-1])
    pain = len(behind) == 2 and behind[0].lower() == "pain"
    dated = bool(words) and (
        is_date(words[-1])
        or (is_weekday(words[-1]) and (pain or (len(behind) > 1 and behind[-1][:1].isdigit())))
    )
    if not dated:
        return with_one_time(words), today if named is None else past_date(named, today)
    if named is not None:
        raise UsageError(f"two dates: '{clean(words[-1])}' and --date; one is enough")
    return behind, past_date(words[-1], today)


def with_one_time(words: list[str]) -> list[str]:
    """`swim 30 minutes`, `a walk 1h 30m`: the words of the time at the end as one word (`30m`, `1h30m`)."""
    rest, time = list(words), ""
    while rest:
        with_unit = _WITH_UNIT.match(rest[-1].lower())
        if with_unit and with_unit[2] in _UNITS:
            time = with_unit[1] + _UNITS[with_unit[2]] + time
            rest = rest[:-1]
        elif len(rest) > 1 and rest[-1].lower() in _UNITS and _NUMBER.match(rest[-2]):
            time = rest[-2] + _UNITS[rest[-1].lower()] + time
            rest = rest[:-2]
        else:
            break
    return [*rest, time] if time else list(words)


def seconds_in(word: str) -> float | None:
    """The time a word tells; None when it tells none.

    Raises:
        UsageError: It begins like one, and could be two different times, or is none.
    """
    if not word[:1].isdigit():
        return None
    shown_word = clean(shorten(word))
    if word.isdigit():
        raise UsageError(f"'{shown_word}' of what? write {shown_word}m for minutes, or {shown_word}s")
    if re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", word):
        first, second = word.split(":")
        raise UsageError(f"'{word}' of what? write {first}h{second}m, or {first}m{second}s")
    try:
        found = parse_duration(word)
    except UnitError as error:
        raise UsageError(clean(str(error))) from error
    if found.low != found.high or found.unit is not Unit.SECONDS:
        raise UsageError(f"'{shown_word}' is no one time; write it like 30m, 1h or 1m30s")
    return found.low
