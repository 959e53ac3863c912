"""What small files remember: what was told once, and what is exchanged until the day is over."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from backtimer.core.plan.exchanging import FormKind, Swap
from backtimer.storage.files.paths import Paths
from backtimer.storage.private import make_folder, replacing

_FILE = "exchanged-today.json"

_MOST = 64 * 1024
"""Bytes; what is longer is none of ours."""


def read_swaps(paths: Paths, today: date, routine: str, day: str) -> dict[str, Swap]:
    """By exercise id, what is done in its place on a date; what cannot be read is nothing.

    Args:
        paths: Where the person's files are.
        today: The date.
        routine: The id of the routine.
        day: The day of it.
    """
    kept = _kept(paths, today).get(f"{routine} {day}", {})
    found: dict[str, Swap] = {}
    for exercise, swap in kept.items() if isinstance(kept, dict) else ():
        with suppress(ValueError, TypeError):
            form, why = swap
            if isinstance(form, str):
                found[exercise] = Swap(form, FormKind(why))
    return found


def keep_swaps(paths: Paths, today: date, routine: str, day: str, swaps: Mapping[str, Swap]) -> bool:
    """Keep them for the rest of the date; whether that worked. Those of other dates are gone."""
    kept = {**_kept(paths, today), f"{routine} {day}": {name: list(swap) for name, swap in swaps.items()}}
    text = json.dumps({"date": today.isoformat(), "swaps": kept})
    try:
        make_folder(paths.data)
        with replacing(paths.data / _FILE, lasting=False) as out:
            out.write(text.encode("utf-8", "replace"))
    except (OSError, ValueError):
        return False
    return True


def _kept(paths: Paths, today: date) -> dict[str, object]:
    try:
        with (paths.data / _FILE).open("rb") as file:
            data = json.loads(file.read(_MOST))
        if data["date"] == today.isoformat() and isinstance(data["swaps"], dict):
            swaps: dict[str, object] = data["swaps"]
            return swaps
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        pass
    return {}


TOLD_SAFETY = "safety-card-told"
"""The safety card, or its short form."""

CHOSEN_ROUTINE = "routine-chosen"
"""Which routine to begin with."""


def was_told(paths: Paths, what: str) -> bool:
    """Whether that is remembered; what cannot be looked up counts as told."""
    try:
        (paths.data / what).stat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return True


def remember_told(paths: Paths, what: str) -> None:
    """Remember it; where nothing can be written it is told again another time."""
    with suppress(OSError):
        paths.data.mkdir(parents=True, exist_ok=True)
        os.close(os.open(paths.data / what, os.O_WRONLY | os.O_CREAT, 0o600))
