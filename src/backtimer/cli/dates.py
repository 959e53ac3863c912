"""Dates, durations and names of exercises as people write them on the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import reduce
from typing import TYPE_CHECKING

from backtimer.cli import context
from backtimer.cli.main import UsageError
from backtimer.core.plan.routine import REST_NAME, WEEKDAYS, name_in_stage, stage_key
from backtimer.core.plan.times_in_words import MOST_WORDS, time_in_words
from backtimer.core.plan.units import UNIT_WORDS, Unit, UnitError, parse_duration
from backtimer.core.progress.dates import full_date, weekday_name
from backtimer.language import _, marked
from backtimer.storage.files.source import suggestion
from backtimer.storage.history.values import YEARS, storable
from backtimer.storage.text import clean, shorten

if TYPE_CHECKING:
    from backtimer.core.plan.routine import Routine
    from backtimer.storage.files.settings import Settings

FORMS = marked("2026-11-21, today, yesterday, tomorrow or a weekday")

_WORDS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"
_LEAST_LETTERS = 3


def past_date(text: str, today: date) -> date:
    """A date up to today; a weekday is the last such day, today included.

    Raises:
        UsageError: It is no date, or one that is still to come.
    """
    found = _date_of(text, today, back=True)
    if found > today:
        raise UsageError(_("{day} is still to come").format(day=shown(found)))
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
    if day.year not in YEARS:
        told = _("{day}? A history goes from {first} to {last}")
        raise UsageError(told.format(day=shown(day), first=YEARS[0], last=YEARS[-1]))
    return day


def is_date(text: str) -> bool:
    """Whether this is a date by itself: in digits, or `today`, `yesterday`."""
    return re.match(_ISO, text) is not None or text.lower() in _WORDS


def is_weekday(text: str) -> bool:
    """Whether this is a weekday, or the beginning of one."""
    word = text.lower()
    return len(word) >= _LEAST_LETTERS and any(day.startswith(word) for day in WEEKDAYS)


def shown(day: date) -> str:
    """`Saturday 21 Nov 2026`."""
    return f"{weekday_name(day)} {full_date(day)}"


def either(choices: Sequence[str]) -> str:
    """`one, or the other`: what can be chosen from, as a part of a sentence."""
    return reduce(lambda one, other: _("{one} or {other}").format(one=one, other=other), choices)


def day_name(text: str | None, today: date) -> str:
    """The weekday that is meant by `monday`, `Mon`, `today` or nothing.

    Raises:
        UsageError: It is no weekday, or could be two.
    """
    if text is None or text.lower() == "today":
        return WEEKDAYS[today.weekday()]
    fitting = [day for day in WEEKDAYS if day.startswith(text.lower())]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(_("'{word}' could be {choices}").format(word=clean(text), choices=either(fitting)))
    if text.lower() == "daily":
        raise UsageError(_("'daily' stands for several days: name one of them, as in 'monday'"))
    told = _("'{word}' is no day of the week").format(word=clean(text))
    raise UsageError(f"{told}{suggestion(text.lower(), WEEKDAYS)}")


def day_of(
    routine: Routine,
    text: str | None,
    settings: Settings,
    on: date | None = None,
    stage: int | None = None,
) -> str:
    """The day of a routine that is meant by `monday`, `Mon`, `today` or nothing; in a cycle by its name, too.

    Args:
        routine: Whose day it is.
        text: What was typed.
        settings: For the history, which knows how far a cycle or a programme is.
        on: The date that is meant by nothing; None: today.
        stage: In which stage; None: in the one of that date.

    Raises:
        UsageError: It is none of its days, or could be two; or there is no such stage.
    """
    today = on or context.local_today()
    check_stage(routine, stage)
    if routine.cycle is None and not routine.stages:
        return day_name(text, today)
    with closing(context.training(settings, routine, writing=False)) as looked:
        programme = looked.programme
        if programme is None:
            return _day_among(routine, text, today, looked.key_on)
        number = programme.place_on(today).stage if stage is None else stage
        part = routine.at_stage(number)

        def key_on(day: date) -> str:
            found = looked.key_on(day)
            if found in routine.stages[number - 1].days:
                return name_in_stage(found)
            return WEEKDAYS[day.weekday()] if part.cycle is None else part.cycle.days[0]

        if part.cycle is None and text is not None:
            return stage_key(number, day_name(text, today))
        return stage_key(number, _day_among(part, text, today, key_on))


def rest_day(key: str, text: str | None, on: date | None = None) -> str:
    """What a day of rest is called: its name or, in a cycle, the weekday that was typed, or today's.

    Args:
        key: Of the day, in its routine.
        text: What was typed.
        on: The date that is meant by nothing; None: today.
    """
    name = name_in_stage(key)
    if name != REST_NAME or (text is not None and text.lower() == name):
        return name
    on = on or context.local_today()
    return day_name(text if text is not None and is_weekday(text) else None, on)


def check_stage(routine: Routine, number: int | None) -> None:
    """Refuse a stage that the routine does not have."""
    if number is None or 1 <= number <= len(routine.stages):
        return
    if not routine.stages:
        raise UsageError(_("{routine} has no stages").format(routine=clean(routine.id)))
    told = _("{routine} has stages 1 to {most}, no stage {number}")
    raise UsageError(told.format(routine=clean(routine.id), most=len(routine.stages), number=number))


def _day_among(routine: Routine, text: str | None, today: date, key_on: Callable[[date], str]) -> str:
    """A day by its name in a cycle, by a weekday, or by today."""
    word = "today" if text is None else text.lower()
    if word in routine.days:
        return word
    if word == "today":
        return key_on(today)
    if not is_weekday(word):
        told = _("'{word}' is no day of {routine}; its days are {days}")
        days = ", ".join(routine.days)
        raise UsageError(told.format(word=clean(word), routine=clean(routine.id), days=days))
    return key_on(coming_date(word, context.local_today()))


def _date_of(text: str, today: date, *, back: bool, start: date | None = None) -> date:
    word = text.strip().lower()
    try:
        if word in _WORDS:
            return today + timedelta(days=_WORDS[word])
        if re.match(_ISO, word):
            return date.fromisoformat(word)
        number = _weekday(word)
        if number is not None:
            begin = start or today
            away = (begin.weekday() - number) % 7 if back else (number - begin.weekday()) % 7
            return begin - timedelta(days=away) if back else begin + timedelta(days=away)
    except (ValueError, OverflowError):
        pass

    told = _("'{word}' is no date; write {forms}")
    raise UsageError(told.format(word=clean(shorten(text)), forms=_(FORMS)))


def _weekday(word: str) -> int | None:
    fitting = [number for number, name in enumerate(WEEKDAYS) if name.startswith(word)]
    return fitting[0] if len(fitting) == 1 and len(word) >= _LEAST_LETTERS else None


_NUMBER = r"[0-9]+(?:\.[0-9]+)?\Z"
_WITH_UNIT = r"([0-9]+(?:\.[0-9]+)?)([a-z]+)\Z"


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
        raise UsageError(_("two dates: '{date}' and --date; one is enough").format(date=clean(words[-1])))
    return behind, past_date(words[-1], today)


def with_one_time(words: list[str]) -> list[str]:
    """`swim 30 minutes`, `a walk 1h 30m`: the words of the time at the end as one word (`30m`, `1h30m`)."""
    rest, time = list(words), ""
    while rest:
        last = rest[-1].lower().removesuffix(".")
        with_unit = re.match(_WITH_UNIT, last)
        if with_unit and with_unit[2] in UNIT_WORDS:
            time = with_unit[1] + UNIT_WORDS[with_unit[2]] + time
            rest = rest[:-1]
        elif len(rest) > 1 and last in UNIT_WORDS and re.match(_NUMBER, rest[-2]):
            time = rest[-2] + UNIT_WORDS[last] + time
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
        told = _("'{number}' of what? write {number}m for minutes, or {number}s")
        raise UsageError(told.format(number=shown_word))
    if re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", word):
        first, second = word.split(":")
        told = _("'{word}' of what? write {first}h{second}m, or {first}m{second}s")
        raise UsageError(told.format(word=word, first=first, second=second))
    try:
        found = parse_duration(word)
    except UnitError as error:
        raise UsageError(clean(str(error))) from error
    if found.low != found.high or found.unit is not Unit.SECONDS:
        told = _("'{word}' is no one time; write it like 30m, 1h or 1m30s")
        raise UsageError(told.format(word=shown_word))
    return found.low


def refuse_time_in_words(words: list[str]) -> None:
    """Refuse what ends with a time that is not written as one, such as `half an hour` or `1,5 h`.

    Raises:
        UsageError: With what to write.
    """
    last = len(words) - (len(words) > 1 and is_weekday(words[-1]))
    for first in range(max(0, last - MOST_WORDS), last):
        text = " ".join(words[first:last])
        if time := time_in_words(text):
            told = _("'{word}' is no time; write {time}")
            raise UsageError(told.format(word=clean(shorten(text)), time=time))


def exercise_key(wish: str) -> str:
    """What someone typed for an exercise, written like an id: `Big lift` is `big-lift`."""
    return storable("-".join(wish.lower().split()))


def exercise_meant(
    wish: str, names: Mapping[str, str], unknown: Callable[[str], str], *, beginnings: bool = False
) -> str:
    """The id of the exercise that is meant by its id or by its name.

    Args:
        wish: What was typed.
        names: The names of all that can be meant, by their ids.
        unknown: What is to be said of another one, as `'bridge' is no exercise of lower-back`.
        beginnings: The beginning of an id or a name is enough, where it is the beginning of one only.

    Raises:
        UsageError: It is none of them, or could be two.
    """
    wanted = exercise_key(wish)
    fitting = [each for each, name in names.items() if wanted in (each, exercise_key(name))]
    if beginnings and not fitting:
        begun = (each for each, name in names.items() if exercise_key(name).startswith(wanted))
        fitting = sorted({*begun, *(each for each in names if each.startswith(wanted))})
    if len(fitting) == 1 or (fitting and not beginnings):
        return fitting[0]
    shown_wish = clean(shorten(wish))
    if fitting:
        choices = either([clean(each) for each in fitting])
        raise UsageError(_("'{word}' could be {choices}").format(word=shown_wish, choices=choices))
    raise UsageError(f"{unknown(shown_wish)}{clean(suggestion(wanted, list(names)))}")
