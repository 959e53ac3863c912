"""How things went over time, in rows: each exercise then and now, effort and pain."""

from __future__ import annotations

from collections.abc import Sequence

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
    padded,
    row,
    wrapped,
)
from backtimer.core.progress.dates import (
    short_date,
)
from backtimer.core.progress.history import (
    Past,
    Point,
    Trend,
    balance_words,
    efforts,
    pains,
    sparkline,
    trends,
)
from backtimer.core.progress.pain import hurt_exercises, hurt_words
from backtimer.core.speech.phrases import minutes_text, number_text, time_text
from backtimer.language import _, counted_words


def sets_text(number: int) -> str:
    """A count with its thousands apart: `109,500 sets`."""
    return counted_words("{number} set", "{number} sets", number).format(number=f"{number:,}")


def hours(seconds: float) -> str:
    """A long time, no finer than it matters: `41 min`, `9 h 20 min`, `2,028 h`."""
    if seconds < 360_000:
        return minutes_text(seconds)
    return _("{number} h").format(number=f"{round(seconds / 3600):,}")


def since_words(past: Past) -> str:
    """The day from which on things are looked at."""
    begin = past.sets_since or past.since
    day = max(past.done[0].local_date, begin) if past.done else begin
    return short_date(day, past.today)


MOST_SPARK = 26

_LEAST_SPARK = 10

_SOME_DAYS = 3

_MOST_HURTS = 4


def trend_block(past: Past, width: int) -> list[Row]:
    """A row for each exercise: its work over time, then and now, left against right."""
    found = trends(past.sets)
    if not found:
        return []
    aside = _("a day, since {date}").format(date=since_words(past))
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
        number=work_words(best.value, found.unit), date=short_date(best.day, past.today)
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
    return (
        work_words(last, found.unit)
        if first == last
        else f"{_short_work(first, found.unit)} → {work_words(last, found.unit)}"
    )


def work_words(value: float, unit: str) -> str:
    """The work of a day as people say it: `17 reps`, `1 min 44 s held`, `78 s`."""
    if unit == "reps":
        return counted_words("{number} rep", "{number} reps", round(value)).format(number=f"{round(value):,}")
    told = time_text(round(value))
    return _("{time} held").format(time=told) if unit == "seconds held" else told


def _short_work(value: float, unit: str) -> str:
    """The same before another one, which says the unit."""
    return f"{round(value):,}" if unit == "reps" else time_text(round(value))


def _mean(points: Sequence[Point]) -> int:
    return round(sum(point.value for point in points) / len(points))


def _uneven(found: Trend) -> str:
    return "" if found.balance is None or found.balance.even else balance_words(found.balance)
