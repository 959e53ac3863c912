"""Which routine a history tells that was followed, read in a moment and without opening all of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_WAIT_S = 0.2

_LAST = (
    "SELECT routine FROM schedules ORDER BY from_date DESC LIMIT 1",
    "SELECT routine FROM sessions WHERE deleted = 0 ORDER BY started DESC LIMIT 1",
)
"""Whose days were due last; where that is not known, of what the last session was."""


def followed_routine(path: Path) -> str:
    """The id of the routine that was followed last; empty where nothing was done, or nothing can be read."""
    if not path.is_file():
        return ""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT_S)) as db:
            rows = (db.execute(question).fetchone() for question in _LAST)
            return next((str(found[0]) for found in rows if found), "")
    except sqlite3.Error:  # opening it will say what is the matter
        return ""
