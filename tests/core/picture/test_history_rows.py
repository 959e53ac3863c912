"""What is looked back on, laid out for a width: what has room for all of it stands beside, else below."""

from __future__ import annotations

import pytest

from backtimer.core.picture.history_view import (
    GUTTER,
    SESSION_WIDTH,
    SIDE_BY_SIDE,
    history_rows,
)
from backtimer.core.picture.rows import Look, cells, text_of, width_of
from backtimer.core.picture.trends_view import trend_block
from backtimer.core.progress.history import Past
from tests.core.pasts import day, done, rated
from tests.rules import for_each

LONG = "bridge-with-one-leg-stretched-out-and-arms-overhead"


def past_of(exercise: str, sessions: int = 9) -> Past:
    """An exercise that was done better on the right from session to session."""
    sets = [
        done(2 * number, exercise, side=side, reps=reps)
        for number in range(sessions)
        for side, reps in (("left", 6), ("right", 10 + number))
    ]
    held = [rated(2 * number, after=number) for number in range(sessions)]
    return Past(
        today=day(2 * sessions),
        since=day(0),
        schedules=(),
        done=(),
        offs=(),
        sets=tuple(sets),
        sessions=tuple(held),
        last=tuple(held),
    )


@pytest.mark.parametrize("exercise", ["plank", LONG])
def test_what_is_uneven_is_told_whole_and_leaves_the_bars_their_room(exercise: str) -> None:
    for width in range(60, 140):
        rows = trend_block(past_of(exercise), width)
        seen = "\n".join(map(text_of, rows))
        assert "% less than right" in seen, width
        [bars] = [span for row in rows for span in row if span.look is Look.BAR]
        assert cells(bars.text) >= 8, width


@for_each("width", [SIDE_BY_SIDE, 130, 140, 150, 160, 200])
def test_beside_the_exercises_sessions_have_the_room_they_need(width: int) -> None:
    rows = history_rows(past_of(LONG), width)
    [heading] = [text_of(row) for row in rows if "Last sessions" in text_of(row)]
    column = heading.index("Last sessions")
    assert column > 0, "beside the exercises"
    room = min(width, 160) - column
    # Of the exercises so much stays that they can be told apart, but never more than sessions have.
    assert room >= min(SESSION_WIDTH, min(width, 160) - 60)
    assert room >= min(SESSION_WIDTH, column - GUTTER)
    assert all(width_of(row) <= width for row in rows)


def test_in_a_narrow_terminal_one_comes_below_the_other() -> None:
    seen = [text_of(row) for row in history_rows(past_of(LONG), SIDE_BY_SIDE - 1)]
    assert [row for row in seen if row.startswith("Last sessions")]
