"""`history` for people: the past at a glance, and one session in full.

Colours come from Rich, which is imported only where there are any: on a terminal, without NO_COLOR.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from backtimer.cli import context
from backtimer.cli.errors import UsageError
from backtimer.cli.terminal import stdout_is_terminal
from backtimer.core.history_view import fitting_weeks, history_rows
from backtimer.core.looking_back import monday_before, weeks_since
from backtimer.core.rows import Look, Row, text_of
from backtimer.core.session_view import session_rows
from backtimer.storage.looking_back import detail_of, look_back
from backtimer.storage.sessions import History
from backtimer.storage.stored import SessionLookupError
from backtimer.storage.text import clean, shorten
from backtimer.storage.trouble import HistoryError

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
    since: date | None = getattr(options, "since", None)
    weeks: int | None = getattr(options, "weeks", None)
    if since is not None and weeks is None:
        weeks = weeks_since(today, since)
    shown, _ = fitting_weeks(width, weeks)
    history = context.open_for_looking()
    if history is None:
        return 1
    try:
        exercise = _exercise(history, getattr(options, "exercise", None))
        first = since or monday_before(today, shown)
        # Of thirty sets a day those of a year take longer to read than all the rest.
        usual = since is None and exercise is None
        sets_since = max(first, monday_before(today, TREND_WEEKS)) if usual else None
        past = look_back(history, today, first, goal=context.goal(), exercise=exercise, sets_since=sets_since)
    except HistoryError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        history.close()
    show_rows(history_rows(past, width, weeks), width)
    return 0


def show_session(prefix: str) -> int:
    """Print the session whose id begins like this, in full."""
    history = context.open_for_looking()
    if history is None:
        return 1
    try:
        detail = detail_of(history, history.session(prefix))
    except (HistoryError, SessionLookupError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        history.close()
    width = _width()
    show_rows(session_rows(detail, width), width)
    return 0


def show_rows(rows: Sequence[Row], width: int) -> None:
    """Print rows; in colours on a terminal that may have them."""
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


def _exercise(history: History, wish: str | None) -> str | None:
    """The id of the exercise that is meant.

    Raises:
        UsageError: Nothing like it was ever done, or it could be two.
    """
    if wish is None:
        return None
    wanted = wish.strip().lower().replace(" ", "-")
    if history.sessions(limit=1, exercise=wanted):
        return wanted
    known = sorted({one.exercise for one in history.past_sets() if one.exercise is not None})
    fitting = [exercise for exercise in known if exercise.startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise UsageError(f"'{shorten(wish)}' could be {' or '.join(clean(each) for each in fitting)}")
    close = get_close_matches(wanted, known, n=1)
    hint = f"; did you mean '{clean(close[0])}'?" if close else ""
    raise UsageError(f"'{shorten(wish)}' was never done{hint}")
