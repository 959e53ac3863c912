"""What the backups hold that the history does not, and how to get it back: to be said where it is missed.

Sessions never become fewer by themselves: deleting one only marks it. So a history with fewer sessions than
one of its backups was deleted, damaged or replaced, whenever that was. Only who restored an older backup on
purpose has it so, which is noted beside the backups.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from backtimer.core.agenda import short_date
from backtimer.core.counting import counted
from backtimer.storage.history.backups import Backup, backups, folder_of, newest, settled


def missed_text(history: Path, held: int | None, now: datetime) -> str:
    """That sessions are missing, which backup has them, and how to get them back; empty when none are.

    Args:
        history: Its path.
        held: How many of its sessions are over. None: it is not there, or cannot be read.
        now: The local time, with its offset.
    """
    offer = offer_text(history, held, now)
    lead = "Sessions are missing from the history." if held else "The sessions of the history are gone."
    return offer and f"{lead} {offer}"


def offer_text(history: Path, held: int | None, now: datetime) -> str:
    """Which backup has the sessions that are missing, and how to get them back; empty when none are.

    Args:
        history: Its path.
        held: As for `missed_text`.
        now: The local time, with its offset.
    """
    copies = backups(folder_of(history))
    if held is not None:
        copies = tuple(each for each in copies if not settled(history, each, held))
        if held:
            copies = tuple(each for each in copies if each.sessions is not None and each.sessions > held)
    best = max(copies, key=lambda each: (each.sessions or 0, each.made), default=None)
    return "" if best is None or best.sessions == 0 else _offer(best, history, now)


def day_text(moment: datetime, now: datetime) -> str:
    """`20 Nov`, with the year where it is not this one."""
    return short_date(moment.astimezone(now.tzinfo).date(), now.date())


def _offer(backup: Backup, history: Path, now: datetime) -> str:
    """`A backup of 20 Nov with 365 sessions is there: backtimer restore`, named if there is a newer one."""
    day = day_text(backup.made, now)
    sessions = "" if backup.sessions is None else f" with {counted(backup.sessions, 'session')}"
    last = newest(backups(folder_of(history)), now)
    name = "" if last is not None and last.path == backup.path else f" {backup.path.name}"
    return f"A backup of {day}{sessions} is there: `backtimer restore{name}`"
