"""The history as rows of text: streak, calendar, totals, trends, effort and pain, the last sessions.

One layout for the command line and the screen, at any width. The blocks have modules of their own; both find
them here.
"""

from __future__ import annotations

from collections.abc import Sequence

from backtimer.core.calendar_view import LABEL, day_rows, fitting_weeks, heat_block, legend, map_rows
from backtimer.core.goal import GoalWeek
from backtimer.core.history_words import counted_text, hours
from backtimer.core.last_sessions import SESSION_WIDTH, session_block, session_rows
from backtimer.core.looking_back import Past
from backtimer.core.plan.units import streak_words, weeks_words
from backtimer.core.rows import EMPTY, Look, Row, Span, beside, flowing, row, width_of, wrapped
from backtimer.core.trends_view import exercise_block, feeling_block, trend_block

__all__ = [
    "LABEL",
    "NOTHING_YET",
    "day_rows",
    "feeling_block",
    "fitting_weeks",
    "heat_block",
    "history_rows",
    "legend",
    "map_rows",
    "overview_block",
    "session_block",
    "session_rows",
    "trend_block",
]

NOTHING_YET = "Nothing yet. `backtimer today` begins."

SIDE_BY_SIDE = 116
"""From this width on trends and sessions stand beside each other."""

MOST_WIDTH = 160
"""Wider than this nothing is easier to read."""

GUTTER = 3


def history_rows(past: Past, width: int, weeks: int | None = None) -> list[Row]:
    """The whole view.

    Args:
        past: What is looked back on.
        width: Cells there are.
        weeks: How many of the calendar; None: as many as fit, 26 or 52.
    """
    width = max(1, min(width, MOST_WIDTH))
    if not past.totals.sessions and not past.last:
        return wrapped(NOTHING_YET, width)
    if past.exercise is not None:
        blocks = [exercise_block(past, width), feeling_block(past, width), session_block(past, width)]
        return _joined(blocks)
    blocks = [overview_block(past, width), heat_block(past, width, weeks)]
    if width >= SIDE_BY_SIDE:
        half = min((width - GUTTER) // 2, max(57, width - GUTTER - SESSION_WIDTH))
        trend_rows = _joined([trend_block(past, half), feeling_block(past, half)])
        left = max((width_of(each) for each in trend_rows), default=0)
        left = left + GUTTER if left else 0
        blocks.append(beside(trend_rows, session_block(past, width - left), left))
    else:
        blocks += [trend_block(past, width), feeling_block(past, width), session_block(past, width)]
    return _joined(blocks)


def overview_block(past: Past, width: int) -> list[Row]:
    """The streak and the week, and below them all that was ever done."""
    streak, week = past.streak(), past.this_week()
    unit = "day" if past.goal is None else "week"
    words = streak_words(streak.current) if past.goal is None else weeks_words(streak.current)
    first = [row(Span(words, Look.STRONG))]
    if streak.longest:
        first.append(row(Span("longest ", Look.QUIET), counted_text(streak.longest, unit)))
    asked = week.goal if isinstance(week, GoalWeek) else week.due
    if asked:
        first.append(row(Span("this week ", Look.QUIET), f"{week.done} of {asked}"))
    totals = past.totals
    much = (counted_text(totals.sessions, "session"), counted_text(totals.sets, "set"), hours(totals.seconds))
    second = [row(Span("in all ", Look.QUIET), much[0]), row(much[1]), row(much[2])]
    return [*flowing(first, width), *flowing(second, width)]


def _joined(blocks: Sequence[list[Row]]) -> list[Row]:
    """Blocks below each other, with air between them."""
    rows: list[Row] = []
    for block in blocks:
        if block:
            rows += [EMPTY, *block] if rows else block
    return rows
