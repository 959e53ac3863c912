"""How values stand in the columns of the database: ids, texts, ratings, moments, schedules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

from backtimer.core.progress.calendar import Due

MAX_NOTE = 2000
"""Characters of a note."""

YEARS = range(1900, 2200)
"""Of all dates and moments: also a clock that is wrong stays among them."""


def new_id() -> str:
    """An id that no other machine will give."""
    from uuid import uuid4  # 3 ms, and only what is new needs it  # noqa: PLC0415

    return uuid4().hex


def storable(text: str) -> str:
    """Text without lone surrogates (a file's name can have them), which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def check_note(note: str) -> str:
    """A person's own words, as they can be stored.

    Raises:
        ValueError: They are too long.
    """
    if len(note) > MAX_NOTE:
        raise ValueError(f"a note has at most {MAX_NOTE:,} characters, not {len(note):,}")
    return storable(note)


def check_rating(effort: int | None, pain: int | None) -> None:
    """Refuse numbers that are on no scale.

    Raises:
        ValueError: The effort is not in 1-10 (Borg CR10), or the pain not in 0-10 (NPRS).
    """
    if effort is not None and not 1 <= effort <= 10:
        raise ValueError(f"an effort is 1 to 10, not {effort}")
    if pain is not None and not 0 <= pain <= 10:
        raise ValueError(f"a pain is 0 to 10, not {pain}")


def to_utc(moment: datetime) -> str:
    """`2026-11-05T18:30:00.000Z`: of one width, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def offset_of(moment: datetime) -> int:
    """Minutes east of UTC."""
    offset = moment.astimezone().utcoffset() if moment.tzinfo is None else moment.utcoffset()
    return round((offset or timedelta()).total_seconds() / 60)


def to_local(utc: str, offset_min: int) -> datetime:
    """The moment, on the clock of the place where it was noted."""
    return datetime.fromisoformat(utc).astimezone(timezone(timedelta(minutes=offset_min)))


def due_to_json(due: Mapping[int, Due]) -> str:
    """What the weekdays ask for, always in the same words for the same days."""
    import json  # 3 ms, not needed to tell a streak of a history without schedules  # noqa: PLC0415

    days = {str(weekday): {"times": due[weekday].times, "optional": due[weekday].optional} for weekday in due}
    return json.dumps(days, sort_keys=True)


def due_from_json(text: str) -> dict[int, Due]:
    """The reverse of `due_to_json`.

    Raises:
        ValueError: The text is not of that form.
    """
    import json  # noqa: PLC0415 - see above

    try:
        return {
            int(weekday): Due(times=int(asked["times"]), optional=bool(asked["optional"]))
            for weekday, asked in json.loads(text).items()
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not a schedule") from error
