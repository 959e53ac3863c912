"""Which days are due, as it is kept: as JSON, for which Python's reader (3 ms) is loaded only in programmes.

What a schedule asks for is written by hand and read by SQLite; mostly nothing follows it by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from backtimer.core.progress.calendar import Due, Schedule

DUE = (
    "iif(json_valid(due) AND json_type(due) = 'object', (SELECT coalesce(group_concat(key || ' ' || "
    "coalesce(iif(type = 'object', json_extract(value, '$.times') || ' ' || "
    "json_extract(value, '$.optional'), ''), ''), ','), '') FROM json_each(due)), NULL)"
)
"""SQL that makes `0 1 0,2 1 1` of `due`: place, sessions, optional; NULL of what is no schedule."""


def due_of(told: str | None) -> dict[int, Due]:
    """What `DUE` tells.

    Raises:
        ValueError: What was kept is no schedule.
    """
    if told is None:
        raise ValueError(_NONE)
    days = (map(int, each.split(" ")) for each in told.split(",") if told)
    return {place: Due(times, optional == 1) for place, times, optional in days}


_NONE = "not a schedule"


def due_to_json(due: Mapping[int, Due]) -> str:
    """What the days ask for, always in the same words for the same days."""
    days = (
        f'"{weekday}": {{"optional": {"true" if due[weekday].optional else "false"}, '
        f'"times": {due[weekday].times}}}'
        for weekday in sorted(due, key=str)
    )
    return f"{{{', '.join(days)}}}"


def ahead_to_json(ahead: Sequence[Schedule]) -> str:
    """What follows a schedule by itself, as `tables.ahead` reads it; of one routine."""
    rows = (
        f'{{"due": {due_to_json(each.due)}, "from_date": "{each.from_date}", '
        f'"period": {each.period}, "stage": {each.stage}}}'
        for each in ahead
    )
    return f"[{', '.join(rows)}]"


def ahead_from_json(text: str, routine: str) -> list[Schedule]:
    """The reverse of `ahead_to_json`.

    Raises:
        ValueError: The text is not of that form.
    """
    if text == "[]":
        return []
    import json  # noqa: PLC0415 - late: see the top

    try:
        return [
            Schedule(
                date.fromisoformat(each["from_date"]),
                routine,
                {
                    int(place): Due(int(asked["times"]), bool(asked["optional"]))
                    for place, asked in each["due"].items()
                },
                int(each["period"]),
                int(each["stage"]),
            )
            for each in json.loads(text)
        ]
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(_NONE) from error
