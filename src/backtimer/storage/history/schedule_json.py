"""Which days are due, as it is kept: 3 ms of JSON that a history without schedules can do without."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from backtimer.core.progress.calendar import Due, Schedule


def due_to_json(due: Mapping[int, Due]) -> str:
    """What the days ask for, always in the same words for the same days."""
    days = {str(weekday): {"times": due[weekday].times, "optional": due[weekday].optional} for weekday in due}
    return json.dumps(days, sort_keys=True)


def due_from_json(text: str) -> dict[int, Due]:
    """The reverse of `due_to_json`.

    Raises:
        ValueError: The text is not of that form.
    """
    try:
        return {
            int(weekday): Due(times=int(asked["times"]), optional=bool(asked["optional"]))
            for weekday, asked in json.loads(text).items()
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not a schedule") from error


def ahead_to_json(ahead: Sequence[Schedule]) -> str:
    """What follows a schedule by itself, as `tables.ahead` reads it; of one routine."""
    rows = [
        {
            "from_date": each.from_date.isoformat(),
            "due": json.loads(due_to_json(each.due)),
            "period": each.period,
            "stage": each.stage,
        }
        for each in ahead
    ]
    return json.dumps(rows, sort_keys=True)


def ahead_from_json(text: str, routine: str) -> list[Schedule]:
    """The reverse of `ahead_to_json`.

    Raises:
        ValueError: The text is not of that form.
    """
    if text == "[]":
        return []
    try:
        return [
            Schedule(
                date.fromisoformat(each["from_date"]),
                routine,
                due_from_json(json.dumps(each["due"])),
                int(each["period"]),
                int(each["stage"]),
            )
            for each in json.loads(text)
        ]
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not a schedule") from error
