"""The last sessions, one on a row, with what was done of them."""

from __future__ import annotations

from backtimer.core.agenda import GLYPHS, short_date
from backtimer.core.calendar import DayState
from backtimer.core.history_words import ratings_words
from backtimer.core.looking_back import Past, Shown
from backtimer.core.rows import Look, Row, Span, cells, cut, heading, padded, row, width_of
from backtimer.core.words import minutes_text

SESSION_WIDTH = 78
"""All of a session's row has room in it."""

ID_LENGTH = 6
"""As much of an id as is shown; with thousands of sessions it is nearly always enough to find one."""

_TITLE_ROOM = 16


def session_block(past: Past, width: int) -> list[Row]:
    """The last sessions, newest first, with what was done of them."""
    if not past.last:
        return []
    top = heading("Last sessions", "`backtimer history ID` shows one", width)
    return [top, *(session_row(shown, past, width) for shown in reversed(past.last))]


def session_row(shown: Shown, past: Past, width: int) -> Row:
    """One session on a row; what has no room is left out, the least telling first."""
    session = shown.session
    year = "" if (past.today - session.local_date).days < 365 else f" {session.local_date.year}"
    when = f"{session.local_date:%a} {short_date(session.local_date):>6}{year}"
    look, glyph = session_mark(shown)
    sets = f"{session.done_sets}/{session.planned_sets}"
    head: list[Span | str] = [Span(when, Look.QUIET), " ", Span(glyph, look), " ", f"{sets:>5}"]
    tail = f"  {session.id[:ID_LENGTH]}"
    length = f"  {minutes_text(session.seconds):>9}"
    rated = f"  {ratings_words(session):<18}"
    title = session.title or session.day.capitalize()
    room = width - width_of(row(*head)) - 2
    parts: list[Span | str] = []
    for text, look in ((length, Look.PLAIN), (rated, Look.PLAIN), (tail, Look.QUIET)):
        if text.strip() and room - cells(text) >= _TITLE_ROOM:
            parts.append(Span(text, look))
            room -= cells(text)
        elif not text.strip():
            parts.append(text)
            room -= cells(text)
    return cut(row(*head, "  ", padded(title, max(1, room)), *parts), width)


def session_mark(shown: Shown) -> tuple[Look, str]:
    """The sign in front of a session."""
    if shown.hurt:
        return Look.ALERT, "!"
    state = DayState.DONE if shown.session.counts else DayState.PART
    return Look(state.value), "…" if shown.running else GLYPHS[state]
