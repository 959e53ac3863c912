"""What days of a cycle may be called."""

from __future__ import annotations

from backtimer.core.plan.routine import WEEKDAYS
from backtimer.language import _, marked
from backtimer.storage.files.field_types import Value, parse_name
from backtimer.storage.files.shapes import NAME_PATTERN, Book, Shape, plain_shape
from backtimer.storage.text import shorten

NOT_IN_A_CYCLE = (*WEEKDAYS, "daily", "today", "yesterday", "tomorrow")
"""What commands, and other routines, mean something else by."""


def _day_name_shape(_book: Book) -> Shape:
    return {**plain_shape(NAME_PATTERN), "not": {"enum": list(NOT_IN_A_CYCLE)}}


def parse_day_name(text: str) -> str:
    """The name of a day of a cycle.

    Raises:
        ValueError: It does not look like one, or is that of a weekday.
    """
    if text.lower() in NOT_IN_A_CYCLE:
        told = _("'{text}' cannot be the name of a day in a cycle: give it one of its own, as in day-a")
        raise ValueError(told.format(text=shorten(text)))
    told = _(
        "'{text}' cannot be the name of a day: use small letters, digits and single hyphens, as in day-a"
    )
    return parse_name(text, told)


DAY_NAME = Value(marked("the name of a day"), lambda text, _: parse_day_name(text), _day_name_shape)
