"""The history as rows of text: streak, calendar, totals, trends, effort and pain, the last sessions.

One layout for the command line and the screen, at any width. The blocks have modules of their own; both find
them here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from backtimer.core.picture.rows import (
    EMPTY,
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
from backtimer.core.plan.units import streak_words, weeks_words
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
    Point,
    Trend,
    balance_words,
    efforts,
    pains,
    sessions_on,
    sparkline,
    trends,
)
from backtimer.core.progress.pain import hurt_exercises, hurt_words
from backtimer.core.speech.phrases import minutes_text, number_text
from backtimer.language import _, counted_words, marked


def sets_text(number: int) -> str:
    """A count with its thousands apart: `109,500 sets`."""
    return counted_words("{number} set", "{number} sets", number).format(number=f"{number:,}")


def hours(seconds: float) -> str:
    """A long time, no finer than it matters: `41 min`, `9 h 20 min`, `2,028 h`."""
    if seconds < 360_000:
        return minutes_text(seconds)
    return _("{number} h").format(number=f"{round(seconds / 3600):,}")


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


def since_words(past: Past) -> str:
    """The day from which on things are looked at."""
    begin = past.sets_since or past.since
    day = max(past.done[0].local_date, begin) if past.done else begin
    return short_date(day, past.today)


MOST_SPARK = 26

_LEAST_SPARK = 10

_SOME_DAYS = 3

_UNITS = {"reps × seconds": marked("reps × s"), "reps": marked("reps"), "seconds": marked("s")}
"""What work is counted in, in short."""

_MOST_HURTS = 4


def trend_block(past: Past, width: int) -> list[Row]:
    """A row for each exercise: its work over time, then and now, left against right."""
    found = trends(past.sets)
    if not found:
        return []
    aside = _("reps × hold a day, since {date}").format(date=since_words(past))
    rows = [heading(_("Exercises"), aside, width)]
    names = {each.exercise: past.name(each.exercise) for each in found}
    facts = {each.exercise: _then_and_now(each) for each in found}
    fact_width = max(cells(fact) for fact in facts.values())
    left = width - fact_width - 4
    name_width = min(max(cells(name) for name in names.values()), max(8, left - _LEAST_SPARK))
    balances = {each.exercise: _uneven(each) for each in found}
    uneven = max((cells(words) for words in balances.values()), default=0)
    room = left - name_width
    beside_it = uneven > 0 and room - 3 - uneven >= 8
    spark = max(0, min(MOST_SPARK, room - (3 + uneven if beside_it else 0)))
    for each in found:
        balance = balances[each.exercise]
        line: list[Span | str] = [padded(names[each.exercise], name_width), "  "]
        if spark >= 4:
            values = [point.value for point in each.points]
            line += [Span(padded(_bars(values, spark), spark), Look.BAR), "  "]
        line.append(
            padded(facts[each.exercise], fact_width) if beside_it and balance else facts[each.exercise]
        )
        if beside_it and balance:
            line.append(Span(f"   {balance}", Look.PART))
        rows.append(cut(row(*line), width))
        if balance and not beside_it:
            rows.append(cut(row(Span(f"  {balance}", Look.PART)), width))
    if any(each.balance for each in found) and not uneven:
        rows.append(row(Span(fit(_("Left and right are even."), width), Look.QUIET)))
    return rows


def exercise_block(past: Past, width: int) -> list[Row]:
    """One exercise: its name, how much there was of it, and its work over time."""
    exercise = past.exercise or ""
    rows = [row(Span(fit(past.name(exercise), width), Look.STRONG))]
    found = next((each for each in trends(past.sets) if each.exercise == exercise), None)
    if found is None:
        none = _("Not done since {date}.").format(date=since_words(past))
        return [*rows, *wrapped(none, width, Look.QUIET)]
    much = [row(sets_text(found.sets))]
    if found.reps:
        reps = counted_words("{number} rep", "{number} reps", found.reps)
        much.append(row(reps.format(number=f"{found.reps:,}")))
    since = row(Span(_("since {date}").format(date=since_words(past)), Look.QUIET))
    rows += flowing([*much, row(hours(found.seconds)), since], width)
    values = [point.value for point in found.points]
    best = max(found.points, key=lambda point: point.value)
    rows += [EMPTY, heading(_("A day"), _(found.unit), width)]
    rows.append(row(Span(_bars(values, min(width, 2 * MOST_SPARK)), Look.BAR)))
    record = _("{number} on {date}").format(
        number=number_text(best.value), date=short_date(best.day, past.today)
    )
    most = row(Span(_("most"), Look.QUIET), " ", record)
    change = row(Span(_("then and now"), Look.QUIET), " ", _then_and_now(found))
    rows += flowing([change, most], width)
    if found.balance is not None:
        share = row(Span(_("balance"), Look.QUIET), " ", balance_words(found.balance))
        rows += [EMPTY, *_balance_bar(found.balance.left_share, width), *flowing([share], width)]
    return rows


def feeling_block(past: Past, width: int) -> list[Row]:
    """Effort and pain over time, what hurt, and what to make of it."""
    series = pains(past.sessions, past.pains)
    kinds: list[tuple[str, Sequence[Point], int]] = [
        (_("effort"), efforts(past.sessions), 1),
        (_("pain before"), series.before, 0),
        (_("pain after"), series.after, 0),
        (_("next morning"), series.next_morning, 0),
        (_("other days"), series.loose, 0),
    ]
    rated = [kind for kind in kinds if kind[1]]
    sore = hurt_exercises(past.sets)
    if not rated and not sore and not past.advised:
        return []
    rows = [heading(_("Effort and pain"), _("0 to 10"), width)]
    label = max((cells(name) for name, _points, _lowest in rated), default=0)
    widest = cells(_last_rating(10)) + 2 + cells(_mean_rating([10]))
    spark = max(0, min(MOST_SPARK, width - label - 4 - widest))
    for name, points, lowest in rated:
        values = [point.value for point in points]
        line: list[Span | str] = [Span(padded(name, label + 2), Look.QUIET)]
        if spark >= 4:
            line += [Span(padded(_bars(values, spark, lowest), spark), Look.BAR), "  "]
        line.append(_last_rating(values[-1]))
        line.append(Span(f"  {_mean_rating(values)}", Look.QUIET))
        rows.append(cut(row(*line), width))
    for hurt in sore[:_MOST_HURTS]:
        rows += wrapped(hurt_words(hurt, past.name(hurt.exercise)), width, Look.ALERT)
    for said in past.advised:
        rows += wrapped(said, width)
    return rows


def _last_rating(value: float) -> str:
    return _("last {number}").format(number=number_text(value))


def _mean_rating(values: Sequence[float]) -> str:
    return _("mean {number}").format(number=f"{sum(values) / len(values):.1f}")


def _balance_bar(left_share: float, width: int) -> list[Row]:
    left_label, right_label = f"{_('left')} ", f" {_('right')}"
    room = min(width - 3 - cells(left_label) - cells(right_label), 40)
    if room < 8:
        return []
    left = round(room * left_share)
    return [
        row(
            Span(left_label, Look.QUIET),
            Span("█" * left, Look.BAR),
            "░" * (room - left),
            Span(right_label, Look.QUIET),
        )
    ]


def _bars(values: Sequence[float], width: int, rating_from: int | None = None) -> str:
    """Values as small bars, which never touch those of the row above."""
    if rating_from is None:
        line = sparkline(values, width)
    else:
        line = sparkline(values, width, low=rating_from, high=10)
    return line.replace("█", "▇")


def _then_and_now(found: Trend) -> str:
    """The work of a day at first and now: means of some days each, as no two days are alike."""
    first = _mean(found.points[:_SOME_DAYS])
    last = _mean(found.points[-_SOME_DAYS:])
    unit = _(_UNITS[found.unit])
    return f"{last:,} {unit}" if first == last else f"{first:,} → {last:,} {unit}"


def _mean(points: Sequence[Point]) -> int:
    return round(sum(point.value for point in points) / len(points))


def _uneven(found: Trend) -> str:
    return "" if found.balance is None or found.balance.even else balance_words(found.balance)


SESSION_WIDTH = 80
"""All of a session's row has room in it."""

ID_LENGTH = 6
"""As much of an id as is shown; with thousands of sessions it is nearly always enough to find one."""

_TITLE_ROOM = 16


def session_block(past: Past, width: int) -> list[Row]:
    """The last sessions, newest first, with what was done of them."""
    if not past.last:
        return []
    top = heading(_("Last sessions"), _("`backtimer history ID` shows one"), width)
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
    tail = f"  {session.id[:ID_LENGTH]}"
    length = f"  {minutes_text(session.seconds):>{lengths}}"
    words = ratings_words(session)
    rated = f"  {words:<{ratings}}" if words or ratings else ""
    title = session.title or weekday_from_key(session.day)
    room = width - width_of(row(*head)) - 2
    parts: list[Span | str] = []
    for text, look in ((length, Look.PLAIN), (rated, Look.PLAIN), (tail, Look.QUIET)):
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
    days = [day for week in shown.weeks for day in week]
    there = {heat_glyph(day): _legend_word(past, day) for day in days}
    order = [Span(GLYPHS[state], _STATE_LOOKS[state]) for state in GLYPHS]
    signs = [*order[:2], Span(EXTRA_GLYPH, Look.EXTRA), *order[2:]]
    return flowing((row(sign, Span(f" {there[sign]}", Look.QUIET)) for sign in signs if sign in there), width)


def day_rows(past: Past, day: HeatDay, width: int) -> list[Row]:
    """A day of the calendar: which one it is, how it stands, and its sessions."""
    when = _("{weekday} {date}").format(weekday=weekday_name(day.day), date=date_in_words(day.day))
    state = day_state_words(past, day)
    if day.day == past.today:
        state = _("today, {state}").format(state=state)
    rows = [cut(row(Span(when, Look.STRONG), Span(f"  {state}", Look.QUIET)), width)]
    found = sessions_on(past, day.day)
    for number, session in enumerate(found, 1):
        label = f"{number} " if len(found) > 1 else ""
        rows.append(cut(row(Span(label, Look.DUE), *session_row(session, past, width - len(label))), width))
    return rows


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
