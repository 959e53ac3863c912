"""The history as rows of text: streak, calendar, totals, trends, effort and pain, the last sessions.

One layout for the command line and the screen, at any width.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from backtimer.core.picture.rows import (
    EMPTY,
    MOST_WIDTH,
    Look,
    Row,
    Span,
    cells,
    cut,
    fit,
    flowing,
    heading,
    merged,
    padded,
    row,
    side_by_side,
    width_of,
    wrapped,
)
from backtimer.core.picture.session_view import Detail, glance_rows
from backtimer.core.picture.trends_view import exercise_block, feeling_block, hours, sets_text, trend_block
from backtimer.core.progress.calendar import EXTRA_GLYPH, EXTRA_WORD, GLYPHS, OFF_WORDS, STATE_WORDS, DayState
from backtimer.core.progress.dates import (
    SHORT_WEEKDAYS,
    date_in_words,
    short_date,
    short_weekday,
    weekday_from_key,
    weekday_name,
)
from backtimer.core.progress.history import (
    MOST_WEEKS,
    WEEKS,
    Heat,
    HeatDay,
    Past,
    PastSession,
    sessions_on,
)
from backtimer.core.progress.streaks import streak_words, weeks_words
from backtimer.core.speech.phrases import minutes_text
from backtimer.language import _, counted_words, marked


def ratings_words(session: PastSession) -> str:
    """`effort 4, pain 2→1`; nothing when it was not rated."""
    before, after = session.pain_before, session.pain
    parts = [] if session.effort is None else [_("effort {number}").format(number=session.effort)]
    if before is not None and after is not None:
        parts.append(_("pain {before}→{after}").format(before=before, after=after))
    elif before is not None:
        parts.append(_("pain before {number}").format(number=before))
    elif after is not None:
        parts.append(_("pain {number}").format(number=after))
    return ", ".join(parts)


SESSION_WIDTH = 80
"""All of a session's row has room in it."""

_TITLE_ROOM = 16


def session_block(past: Past, width: int) -> list[Row]:
    """The last sessions, newest first, with what was done of them."""
    if not past.last:
        return []
    top = heading(_("Last sessions"), _("`backtimer history DATE` shows one"), width)
    return [top, *last_session_rows(past, width)]


def last_session_rows(past: Past, width: int) -> list[Row]:
    """The last sessions, newest first, their columns as wide as these sessions need."""
    lengths = max((cells(minutes_text(session.seconds)) for session in past.last), default=0)
    ratings = max((cells(ratings_words(session)) for session in past.last), default=0)
    dates = max((cells(short_date(session.local_date, past.today)) for session in past.last), default=0)
    return [
        session_row(session, past, width, lengths, ratings, dates=dates) for session in reversed(past.last)
    ]


def session_row(
    session: PastSession, past: Past, width: int, lengths: int = 0, ratings: int = 0, *, dates: int = 6
) -> Row:
    """One session on a row; what has no room is left out, the least telling first.

    Args:
        session: The session.
        past: What is looked back on.
        width: Cells there are.
        lengths: How many cells the lengths of sessions take in their column.
        ratings: How many the words about effort and pain take.
        dates: How many the dates take.
    """
    when = f"{short_weekday(session.local_date)} {short_date(session.local_date, past.today):>{dates}}"
    look, glyph = session_mark(session)
    sets = f"{session.done_sets}/{session.planned_sets}"
    head: list[Span | str] = [Span(when, Look.QUIET), " ", Span(glyph, look), " ", f"{sets:>5}"]
    length = f"  {minutes_text(session.seconds):>{lengths}}"
    words = ratings_words(session)
    rated = f"  {words:<{ratings}}" if words or ratings else ""
    title = session.title or weekday_from_key(session.day)
    room = width - width_of(row(*head)) - 2
    parts: list[Span | str] = []
    for text, look in ((length, Look.PLAIN), (rated, Look.PLAIN)):
        if room - cells(text) >= _TITLE_ROOM:
            parts.append(Span(text, look))
            room -= cells(text)
    return cut(row(*head, "  ", padded(title, max(1, room)), *parts), width)


def session_mark(session: PastSession) -> tuple[Look, str]:
    if session.hurt:
        return Look.ALERT, "!"
    state = DayState.DONE if session.counts else DayState.PART
    return Look(state.value), "…" if session.running else GLYPHS[state]


def label_width() -> int:
    """Cells in front of the calendar's columns."""
    return 1 + max(cells(_(name)) for name in SHORT_WEEKDAYS)


_STATE_LOOKS = {state: Look(state.value) for state in DayState}


def fitting_weeks(width: int, asked: int | None = None) -> tuple[int, int]:
    """How many weeks of the calendar have room, and how many cells each takes.

    Args:
        width: Cells there are.
        asked: How many there should be; None: 52 where there is room for them at their full width, else 26.
    """
    room = max(1, width - label_width())
    weeks = asked or (MOST_WEEKS if room >= 2 * MOST_WEEKS else WEEKS)
    return min(weeks, room), 2 if 2 * weeks <= room else 1


def heat_block(past: Past, width: int, asked: int | None = None) -> list[Row]:
    """The calendar: months, a row for each weekday, and what the signs mean."""
    weeks, cell = fitting_weeks(width, asked)
    shown = past.heat(weeks)
    return [*(cut(each, width) for each in map_rows(shown, cell)), EMPTY, *legend(past, shown, width)]


def map_rows(shown: Heat, cell: int, chosen: date | None = None) -> list[Row]:
    """The names of the months, and a row for each weekday; a day that is looked at stands out."""
    return [_months(shown, cell), *(_weekday(days, cell, chosen) for days in shown.rows)]


def heat_glyph(day: HeatDay) -> Span:
    if day.extra:
        return Span(EXTRA_GLYPH, Look.EXTRA)
    if day.before and day.state is DayState.REST:
        return Span(" ")
    return Span(GLYPHS[day.state], _STATE_LOOKS[day.state])


def day_state_words(past: Past, day: HeatDay) -> str:
    """How a day stands, in words: `done`, `off, holiday`."""
    if day.extra:
        return _(EXTRA_WORD)
    if day.before and day.state is DayState.REST:
        return _("before the first session")
    word = _(STATE_WORDS[day.state])
    why = next((OFF_WORDS[off.why] for off in past.offs if off.covers(day.day)), "")
    return f"{word}, {_(why)}" if day.state is DayState.OFF and why else word


def legend(past: Past, shown: Heat, width: int) -> list[Row]:
    """What the signs of a map mean; only those that are on it."""
    # Of a year's days few are unlike: one of each kind is looked at.
    kinds = {(day.state, day.sets > 0, day.before): day for week in shown.weeks for day in week}
    there = {heat_glyph(day): _legend_word(past, day) for day in kinds.values()}
    order = [Span(GLYPHS[state], _STATE_LOOKS[state]) for state in GLYPHS]
    signs = [*order[:2], Span(EXTRA_GLYPH, Look.EXTRA), *order[2:]]
    return flowing((row(sign, Span(f" {there[sign]}", Look.QUIET)) for sign in signs if sign in there), width)


def day_rows(past: Past, day: HeatDay, width: int) -> list[Row]:
    """A day of the calendar: which one it is, how it stands, and its sessions."""
    rows = [day_heading(past, day, width)]
    found = sessions_on(past, day.day)
    for number, session in enumerate(found, 1):
        label = f"{number} " if len(found) > 1 else ""
        rows.append(cut(row(Span(label, Look.DUE), *session_row(session, past, width - len(label))), width))
    return rows


def day_heading(past: Past, day: HeatDay, width: int) -> Row:
    """Which day it is, and how it stands."""
    when = _("{weekday} {date}").format(weekday=weekday_name(day.day), date=date_in_words(day.day))
    state = day_state_words(past, day)
    if day.day == past.today:
        state = _("today, {state}").format(state=state)
    return cut(row(Span(when, Look.STRONG), Span(f"  {state}", Look.QUIET)), width)


def panel_rows(past: Past, day: HeatDay, detail: Detail | None, width: int, height: int) -> list[Row]:
    """A day beside the calendar: which one it is, how it stands, and one of its sessions.

    Always as high: what stands below does not move while one goes from day to day.

    Args:
        past: What is looked back on.
        day: The day.
        detail: The session that is looked at; None: there is none.
        width: In cells.
        height: In rows.
    """
    rows = [day_heading(past, day, width)]
    found = sessions_on(past, day.day)
    if len(found) > 1:
        parts = []
        for number, session in enumerate(found, 1):
            chosen = detail is not None and session.id == detail.session.id
            title = session.title or weekday_from_key(session.day)
            look = Look.CHOSEN if chosen else Look.QUIET
            parts.append(row(Span(f"{number} ", Look.DUE), Span(fit(title, max(1, width - 2)), look)))
        rows += flowing(parts, width)
    if detail is not None:
        rows += glance_rows(detail, width)
    if len(rows) > height:
        more = len(rows) - height + 1
        told = counted_words("{number} more: enter", "{number} more: enter", more).format(number=more)
        rows = [*rows[: height - 1], row(Span(fit(told, width), Look.QUIET))]
    return rows + [EMPTY] * (height - len(rows))


def _legend_word(past: Past, day: HeatDay) -> str:
    if day.extra:
        return _(EXTRA_WORD)
    word = _(STATE_WORDS[day.state])
    if day.state is DayState.OFF:
        why = dict.fromkeys(_(OFF_WORDS[off.why]) for off in past.offs)
        return f"{word} ({', '.join(why)})"
    return word


def _months(shown: Heat, cell: int) -> Row:
    label = label_width()
    line = " " * label
    for column, name in shown.months:
        at = label + column * cell
        if at >= cells(line):
            line = padded(line, at) + f"{name} "
    return row(Span(line.rstrip(), Look.QUIET))


def _weekday(days: Sequence[HeatDay], cell: int, chosen: date | None) -> Row:
    spans = [Span(padded(short_weekday(days[0].day), label_width()), Look.QUIET)]
    for day in days:
        glyph = heat_glyph(day)
        if day.day == chosen:
            spans += [Span(glyph.text, Look.CHOSEN), Span(" " * (cell - 1))]
        else:
            spans.append(Span(glyph.text.ljust(cell), glyph.look))
    return merged(spans)


NOTHING_YET = marked("Nothing yet. `backtimer today` begins.")

SIDE_BY_SIDE = 116
"""From this width on trends and sessions stand beside each other."""

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
        return wrapped(_(NOTHING_YET), width)
    if past.exercise is not None:
        blocks = [exercise_block(past, width), feeling_block(past, width), session_block(past, width)]
        return _joined(blocks)
    blocks = [overview_block(past, width), heat_block(past, width, weeks)]
    if width >= SIDE_BY_SIDE:
        half = min((width - GUTTER) // 2, max(57, width - GUTTER - SESSION_WIDTH))
        trend_rows = _joined([trend_block(past, half), feeling_block(past, half)])
        left = max((width_of(each) for each in trend_rows), default=0)
        left = left + GUTTER if left else 0
        blocks.append(side_by_side(trend_rows, session_block(past, width - left), left))
    else:
        blocks += [trend_block(past, width), feeling_block(past, width), session_block(past, width)]
    return _joined(blocks)


def overview_block(past: Past, width: int) -> list[Row]:
    """The streak and the week, and below them all that was ever done."""
    streak, week = past.streak(), past.this_week()
    longest = streak.longest
    if past.goal is None:
        words = streak_words(streak.current)
        unit = counted_words("{number} day", "{number} days", longest)
    else:
        words = weeks_words(streak.current)
        unit = counted_words("{number} week", "{number} weeks", longest)
    first = [row(Span(words, Look.STRONG))]
    if longest:
        first.append(row(Span(_("longest"), Look.QUIET), " ", unit.format(number=f"{longest:,}")))
    if week.due:
        share = _("{done} of {asked}").format(done=week.done, asked=week.due)
        first.append(row(Span(_("this week"), Look.QUIET), " ", share))
    totals = past.totals
    sessions = counted_words("{number} session", "{number} sessions", totals.sessions)
    second = [
        row(Span(_("in all"), Look.QUIET), " ", sessions.format(number=f"{totals.sessions:,}")),
        row(sets_text(totals.sets)),
        row(hours(totals.seconds)),
    ]
    return [*flowing(first, width), *flowing(second, width)]


def _joined(blocks: Sequence[list[Row]]) -> list[Row]:
    """Blocks below each other, with air between them."""
    rows: list[Row] = []
    for block in blocks:
        if block:
            rows += [EMPTY, *block] if rows else block
    return rows
