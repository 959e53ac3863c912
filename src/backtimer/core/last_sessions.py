"""The last sessions, one on a row, with what was done of them."""

from __future__ import annotations

from backtimer.core.agenda import GLYPHS, short_date
from backtimer.core.calendar import DayState
from backtimer.core.history_words import ratings_words
from backtimer.core.looking_back import Past, Shown
from backtimer.core.rows import Look, Row, Span, cells, cut, heading, padded, row, width_of
from backtimer.core.words import minutes_text

SESSION_WIDTH = 80
"""All of a session's row has room in it."""

ID_LENGTH = 6
"""As much of an id as is shown; with thousands of sessions it is nearly always enough to find one."""

_TITLE_ROOM = 16


def session_block(past: Past, width: int) -> list[Row]:
    """The last sessions, newest first, with what was done of them."""
    if not past.last:
        return []
    top = heading("Last sessions", "`backtimer history ID` shows one", width)
    return [top, *session_rows(past, width)]


def session_rows(past: Past, width: int) -> list[Row]:
    """The last sessions, newest first, their columns as wide as these sessions need."""
    lengths = max((cells(minutes_text(shown.session.seconds)) for shown in past.last), default=0)
    ratings = max((cells(ratings_words(shown.session)) for shown in past.last), default=0)
    dates = max((cells(short_date(shown.session.local_date, past.today)) for shown in past.last), default=0)
    return [session_row(shown, past, width, lengths, ratings, dates=dates) for shown in reversed(past.last)]


def session_row(
    shown: Shown, past: Past, width: int, lengths: int = 0, ratings: int = 0, *, dates: int = 6
) -> Row:
    """One session on a row; what has no room is left out, the least telling first.

    Args:
        shown: The session.
        past: What is looked back on.
        width: Cells there are.
        lengths: How many cells the lengths of sessions take in their column.
        ratings: How many the words about effort and pain take.
        dates: How many the dates take.
    """
    session = shown.session
    when = f"{session.local_date:%a} {short_date(session.local_date, past.today):>{dates}}"
    look, glyph = session_mark(shown)
    sets = f"{session.done_sets}/{session.planned_sets}"
    head: list[Span | str] = [Span(when, Look.QUIET), " ", Span(glyph, look), " ", f"{sets:>5}"]
    tail = f"  {session.id[:ID_LENGTH]}"
    length = f"  {minutes_text(session.seconds):>{lengths}}"
    rated = f"  {ratings_words(session):<{ratings}}" if ratings else ratings_words(session)
    title = session.title or session.day.capitalize()
    room = width - width_of(row(*head)) - 2
    parts: list[Span | str] = []
    for text, look in ((length, Look.PLAIN), (rated, Look.PLAIN), (tail, Look.QUIET)):
        if room - cells(text) >= _TITLE_ROOM:
            parts.append(Span(text, look))
            room -= cells(text)
    return cut(row(*head, "  ", padded(title, max(1, room)), *parts), width)


def session_mark(shown: Shown) -> tuple[Look, str]:
    """The sign in front of a session."""
    if shown.hurt:
        return Look.ALERT, "!"
    state = DayState.DONE if shown.session.counts else DayState.PART
    return Look(state.value), "…" if shown.running else GLYPHS[state]
