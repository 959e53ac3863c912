"""What became of a history while a session was under way, in sentences, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from backtimer.core.agenda import short_date
from backtimer.core.counting import counted
from backtimer.storage.history.backups import backups, folder_of, newest
from backtimer.storage.history.trouble import Notice, Trouble


def loss_texts(notices: Sequence[Notice], now: datetime) -> tuple[str, ...]:
    """A sentence or two for each; the last one also says how to get back what was there."""
    texts = tuple(dict.fromkeys(_text(notice) for notice in notices))
    remedy = remedy_text(notices[-1].path, now) if notices else ""
    return (*texts[:-1], f"{texts[-1]} {remedy}".strip()) if texts else ()


def remedy_text(path: Path, now: datetime) -> str:
    """Which backup there is, and how to get it back; empty without one.

    Args:
        path: The history.
        now: The local time, with its offset.
    """
    found = newest(backups(folder_of(path)), now)
    if found is None:
        return ""
    made = found.made.astimezone(now.tzinfo).date()
    sessions = "" if found.sessions is None else f" with {counted(found.sessions, 'session')}"
    return f"A backup of {short_date(made, now.date())}{sessions} is there: `backtimer restore`"


def _text(notice: Notice) -> str:
    if notice.trouble is Trouble.DAMAGED and notice.moved_to is None:
        return "The history was damaged while it was in use. This session is saved."
    return notice.text()
