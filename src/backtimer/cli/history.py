"""`history` and `streak`: what was done."""

from __future__ import annotations

import argparse
import json
import sys

from backtimer.cli import context
from backtimer.cli.clock import wall_clock
from backtimer.core import calendar
from backtimer.storage.database import Opened, open_history
from backtimer.storage.sessions import History
from backtimer.storage.stored import StoredSession
from backtimer.storage.text import clean
from backtimer.storage.trouble import HistoryError

SHOWN = 14
"""How many of the last sessions `history` lists."""


def history(options: argparse.Namespace) -> int:
    """Print the sessions: all of them for programs, the last ones for people."""
    found = _open()
    if found is None:
        return 1
    try:
        if options.json:
            from backtimer.storage.history_json import history_json

            print(json.dumps(history_json(found), ensure_ascii=False, indent=2))
        else:
            _list(found.sessions())
    except HistoryError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        found.close()
    return 0


def _list(sessions: tuple[StoredSession, ...]) -> None:
    from backtimer.core.words import minutes_text

    if not sessions:
        print("Nothing yet. `backtimer today` begins.")
        return
    if len(sessions) > SHOWN:
        print(f"The last {SHOWN} of {len(sessions)} sessions:")
    for session in sessions[-SHOWN:]:
        sets = f"{session.done_sets} of {session.planned_sets} sets"
        rated = "".join(
            f", {name} {value}"
            for name, value in (("effort", session.effort), ("pain", session.pain))
            if value is not None
        )
        open_end = ", unfinished" if session.state == "running" else ""
        length = minutes_text(session.seconds)
        print(f"{session.local_date:%a %d %b %Y}  {clean(session.title)}: {sets}, {length}{rated}{open_end}")


def streak(options: argparse.Namespace) -> int:
    """Print how many due days in a row were done, on one line."""
    found = _open()
    if found is None:
        return 1
    today = context.today()
    try:
        schedules, sessions = found.schedules(), found.calendar_sessions()
    except HistoryError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        found.close()
    days = calendar.streak(schedules, sessions, today)
    if options.json:
        week = calendar.adherence(schedules, sessions, today)
        print(json.dumps({"streak": days, "week": {"done": week.done, "due": week.due}}))
    else:
        from backtimer.core.counting import streak_words

        print(f"{streak_words(days)}.")
    return 0


def _open() -> History | None:
    """The history for looking at; troubles are said on stderr."""
    opened: Opened = open_history(context.paths().history, wall_clock, writing=False)
    if opened.notice is not None:
        print(clean(opened.notice.text()), file=sys.stderr)
    return opened.history
