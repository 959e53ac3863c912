"""The calendar as rows: a column a week, what its signs mean, and one of its days with its sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from backtimer.core.agenda import EXTRA_GLYPH, EXTRA_WORD, GLYPHS, OFF_WORDS, STATE_WORDS, weekday_name
from backtimer.core.calendar import DayState
from backtimer.core.heat import Heat, HeatDay
from backtimer.core.last_sessions import session_row
from backtimer.core.looking_back import MOST_WEEKS, WEEKS, Past, shown_on
from backtimer.core.rows import EMPTY, Look, Row, Span, cut, flowing, merged, row

LABEL = 4
"""Cells in front of the calendar's columns."""

_STATE_LOOKS = {state: Look(state.value) for state in DayState}


def fitting_weeks(width: int, asked: int | None = None) -> tuple[int, int]:
    """How many weeks of the calendar have room, and how many cells each takes.

    Args:
        width: Cells there are.
        asked: How many there should be; None: 52 where there is room for them at their full width, else 26.
    """
    room = max(1, width - LABEL)
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
    """The sign of a day."""
    if day.extra:
        return Span(EXTRA_GLYPH, Look.EXTRA)
    if day.before and day.state is DayState.REST:
        return Span(" ")
    return Span(GLYPHS[day.state], _STATE_LOOKS[day.state])


def day_words(past: Past, day: HeatDay) -> str:
    """How a day stands, in words: `done`, `off, holiday`."""
    if day.extra:
        return EXTRA_WORD
    if day.before and day.state is DayState.REST:
        return "before the first session"
    word = STATE_WORDS[day.state]
    why = next((OFF_WORDS[off.why] for off in past.offs if off.covers(day.day)), "")
    return f"{word}, {why}" if day.state is DayState.OFF and why else word


def legend(past: Past, shown: Heat, width: int) -> list[Row]:
    """What the signs of a map mean; only those that are on it."""
    days = [day for week in shown.weeks for day in week]
    there = {heat_glyph(day): _legend_word(past, day) for day in days}
    order = [Span(GLYPHS[state], _STATE_LOOKS[state]) for state in GLYPHS]
    signs = [*order[:2], Span(EXTRA_GLYPH, Look.EXTRA), *order[2:]]
    return flowing((row(sign, Span(f" {there[sign]}", Look.QUIET)) for sign in signs if sign in there), width)


def day_rows(past: Past, day: HeatDay, width: int) -> list[Row]:
    """A day of the calendar: which one it is, how it stands, and its sessions."""
    date_words = f"{weekday_name(day.day)} {day.day.day} {day.day:%B} {day.day.year}"
    state = "today, " if day.day == past.today else ""
    rows = [
        cut(row(Span(date_words, Look.STRONG), Span(f"  {state}{day_words(past, day)}", Look.QUIET)), width)
    ]
    found = shown_on(past, day.day)
    for number, shown in enumerate(found, 1):
        label = f"{number} " if len(found) > 1 else ""
        rows.append(cut(row(Span(label, Look.DUE), *session_row(shown, past, width - len(label))), width))
    return rows


def _legend_word(past: Past, day: HeatDay) -> str:
    if day.extra:
        return EXTRA_WORD
    if day.state is DayState.OFF:
        why = dict.fromkeys(OFF_WORDS[off.why] for off in past.offs)
        return f"{STATE_WORDS[day.state]} ({', '.join(why)})"
    return STATE_WORDS[day.state]


def _months(shown: Heat, cell: int) -> Row:
    line = " " * LABEL
    for column, name in shown.months:
        at = LABEL + column * cell
        if at >= len(line):
            line = line.ljust(at) + f"{name} "
    return row(Span(line.rstrip(), Look.QUIET))


def _weekday(days: Sequence[HeatDay], cell: int, chosen: date | None) -> Row:
    spans = [Span(f"{days[0].day:%a} ", Look.QUIET)]
    for day in days:
        glyph = heat_glyph(day)
        if day.day == chosen:
            spans += [Span(glyph.text, Look.CHOSEN), Span(" " * (cell - 1))]
        else:
            spans.append(Span(glyph.text.ljust(cell), glyph.look))
    return merged(spans)
