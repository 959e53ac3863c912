"""`history` for people: the past at a glance, and one session in full.

Colours come from Rich, which is imported only where there are any: on a terminal, without NO_COLOR.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date

from backtimer.cli import context
from backtimer.cli.exercise import exercise_id
from backtimer.cli.stand_ins import with_stand_ins
from backtimer.cli.terminal import stdout_is_terminal
from backtimer.core.calendar_view import fitting_weeks
from backtimer.core.history_view import history_rows
from backtimer.core.looking_back import MOST_WEEKS, WEEKS, Past, monday_before, weeks_since
from backtimer.core.rows import Look, Row, text_of
from backtimer.core.session_view import session_rows
from backtimer.storage.history.looking_back import detail_of, look_back

NARROWEST = 20

TREND_WEEKS = 13
"""How far back the trends of all exercises look, unless a date is asked for."""

STYLES = {
    Look.HEADING: "bold cyan",
    Look.STRONG: "bold",
    Look.QUIET: "dim",
    Look.BAR: "cyan",
    Look.ALERT: "red",
    Look.DONE: "green",
    Look.PART: "yellow",
    Look.MISSED: "",
    Look.DUE: "bold",
    Look.OPTIONAL: "blue",
    Look.REST: "dim",
    Look.OFF: "magenta",
    Look.EXTRA: "green",
    Look.CHOSEN: "reverse",
}
"""In the terminal's own sixteen colours, which its owner chose to be readable."""


def show_history(options: argparse.Namespace) -> int:
    """Print the past at a glance."""
    width = _width()
    today = context.today()
    since: date | None = options.since
    asked: int | None = options.weeks
    shown, _ = fitting_weeks(width, asked or (weeks_since(today, since) if since else None))
    history = context.open_for_looking()
    if history is None:
        return 1
    with closing(history):
        exercise = exercise_id(history, options.exercise) if options.exercise is not None else None
        first = since or monday_before(today, shown)
        # Of thirty sets a day those of a year take longer to read than all the rest.
        usual = since is None and exercise is None
        sets_since = max(first, monday_before(today, TREND_WEEKS)) if usual else None
        here = context.offset_min()
        past = look_back(
            history, today, first, goal=context.goal(), exercise=exercise, sets_since=sets_since, here=here
        )
    if since is not None:
        past = replace(past, last=tuple(one for one in past.last if one.session.local_date >= since))
    show_rows(history_rows(past, width, asked or calendar_weeks(past, width, since)), width)
    return 0


def calendar_weeks(past: Past, width: int, since: date | None) -> int:
    """How many weeks of the calendar are shown when no number is asked for.

    Those since a date, or the last 52 where there is room for them, else the last 26. Columns from before
    the history began would be empty: they are left out, as far as 26 remain.
    """
    there = weeks_since(past.today, past.done[0].local_date if past.done else past.today)
    if since is not None:
        return min(weeks_since(past.today, since), there)
    room, _ = fitting_weeks(width)
    return min(room, max(WEEKS, there)) if room == MOST_WEEKS else room


def show_session(prefix: str) -> int:
    """Print the session whose id begins like this, in full."""
    history = context.open_for_looking()
    if history is None:
        return 1
    with closing(history):
        detail = detail_of(history, history.session(prefix))
    width = _width()
    show_rows(session_rows(detail, width), width)
    return 0


def show_rows(rows: Sequence[Row], width: int) -> None:
    """Print rows; in colours on a terminal that may have them."""
    rows = with_stand_ins(rows, sys.stdout.encoding or "utf-8")
    if not stdout_is_terminal() or os.environ.get("NO_COLOR"):
        print("\n".join(text_of(row).rstrip() for row in rows))
        return
    # Late: 60 ms, and only where there are colours.
    from rich.console import Console
    from rich.text import Text

    console = Console(width=width, highlight=False, markup=False, emoji=False)
    for row in rows:
        line = Text(no_wrap=True, overflow="crop", end="")
        for span in row:
            line.append(span.text, STYLES.get(span.look, ""))
        console.print(line)


def _width() -> int:
    return max(NARROWEST, shutil.get_terminal_size().columns)
