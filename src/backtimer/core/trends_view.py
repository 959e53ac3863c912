"""How things went over time, as rows: the work of the exercises, left against right, effort and pain."""

from __future__ import annotations

from collections.abc import Sequence

from backtimer.core.agenda import short_date
from backtimer.core.history_words import counted_text, hours, since_words
from backtimer.core.looking_back import Past
from backtimer.core.rows import (
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
from backtimer.core.trends import Point, Trend, balance_words, efforts, pains, sparkline, trends
from backtimer.core.wellbeing import hurt_words, hurts
from backtimer.core.words import number_text

MOST_SPARK = 26

_LEAST_SPARK = 10

_SOME_DAYS = 3

_UNITS = {"reps × seconds": "reps × s", "reps": "reps", "seconds": "s"}

_FEELING_FACT = len("last 10  mean 10.0")

_MOST_HURTS = 4


def trend_block(past: Past, width: int) -> list[Row]:
    """A row for each exercise: its work over time, then and now, left against right."""
    found = trends(past.sets)
    if not found:
        return []
    rows = [heading("Exercises", f"reps × hold a day, since {since_words(past)}", width)]
    names = {each.exercise: past.name(each.exercise) for each in found}
    facts = {each.exercise: _then_and_now(each) for each in found}
    fact_width = max(len(fact) for fact in facts.values())
    left = width - fact_width - 4
    name_width = min(max(cells(name) for name in names.values()), max(8, left - _LEAST_SPARK))
    balances = {each.exercise: _uneven(each) for each in found}
    uneven = max((len(words) for words in balances.values()), default=0)
    room = left - name_width
    beside_it = uneven > 0 and room - 3 - uneven >= 8
    spark = max(0, min(MOST_SPARK, room - (3 + uneven if beside_it else 0)))
    for each in found:
        balance = balances[each.exercise]
        line: list[Span | str] = [padded(names[each.exercise], name_width), "  "]
        if spark >= 4:
            values = [point.value for point in each.points]
            line += [Span(padded(_bars(values, spark), spark), Look.BAR), "  "]
        line.append(facts[each.exercise].ljust(fact_width) if beside_it and balance else facts[each.exercise])
        if beside_it and balance:
            line.append(Span(f"   {balance}", Look.PART))
        rows.append(cut(row(*line), width))
        if balance and not beside_it:
            rows.append(cut(row(Span(f"  {balance}", Look.PART)), width))
    if any(each.balance for each in found) and not uneven:
        rows.append(row(Span(fit("Left and right are even.", width), Look.QUIET)))
    return rows


def exercise_block(past: Past, width: int) -> list[Row]:
    """One exercise: its name, how much there was of it, and its work over time."""
    exercise = past.exercise or ""
    rows = [row(Span(fit(past.name(exercise), width), Look.STRONG))]
    found = next((each for each in trends(past.sets) if each.exercise == exercise), None)
    if found is None:
        return [*rows, *wrapped(f"Not done since {since_words(past)}.", width, Look.QUIET)]
    reps = [row(counted_text(found.reps, "rep"))] if found.reps else []
    since = row(Span(f"since {since_words(past)}", Look.QUIET))
    sets = row(counted_text(found.sets, "set"))
    rows += flowing([sets, *reps, row(hours(found.seconds)), since], width)
    values = [point.value for point in found.points]
    best = max(found.points, key=lambda point: point.value)
    rows += [EMPTY, heading("A day", found.unit, width)]
    rows.append(row(Span(_bars(values, min(width, 2 * MOST_SPARK)), Look.BAR)))
    most = row(Span("most ", Look.QUIET), f"{number_text(best.value)} on {short_date(best.day, past.today)}")
    change = row(Span("then and now ", Look.QUIET), _then_and_now(found))
    rows += flowing([change, most], width)
    if found.balance is not None:
        share = row(Span("balance ", Look.QUIET), balance_words(found.balance))
        rows += [EMPTY, *_balance_bar(found.balance.left_share, width), *flowing([share], width)]
    return rows


def feeling_block(past: Past, width: int) -> list[Row]:
    """Effort and pain over time, what hurt, and what to make of it."""
    series = pains(past.sessions, past.pains)
    kinds: list[tuple[str, Sequence[Point], int]] = [
        ("effort", efforts(past.sessions), 1),
        ("pain before", series.before, 0),
        ("pain after", series.after, 0),
        ("next morning", series.next_morning, 0),
        ("other days", series.loose, 0),
    ]
    rated = [kind for kind in kinds if kind[1]]
    sore = hurts(past.sets)
    if not rated and not sore and not past.advised:
        return []
    rows = [heading("Effort and pain", "0 to 10", width)]
    label = max((len(name) for name, _, _ in rated), default=0)
    spark = max(0, min(MOST_SPARK, width - label - 4 - _FEELING_FACT))
    for name, points, lowest in rated:
        values = [point.value for point in points]
        line: list[Span | str] = [Span(name.ljust(label + 2), Look.QUIET)]
        if spark >= 4:
            line += [Span(padded(_bars(values, spark, lowest), spark), Look.BAR), "  "]
        line.append(f"last {number_text(values[-1])}")
        line.append(Span(f"  mean {sum(values) / len(values):.1f}", Look.QUIET))
        rows.append(cut(row(*line), width))
    for hurt in sore[:_MOST_HURTS]:
        rows += wrapped(hurt_words(hurt, past.name(hurt.exercise)), width, Look.ALERT)
    for said in past.advised:
        rows += wrapped(said, width)
    return rows


def _balance_bar(left_share: float, width: int) -> list[Row]:
    room = min(width - 14, 40)
    if room < 8:
        return []
    left = round(room * left_share)
    return [
        row(
            Span("left ", Look.QUIET),
            Span("█" * left, Look.BAR),
            "░" * (room - left),
            Span(" right", Look.QUIET),
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
    unit = _UNITS[found.unit]
    return f"{last:,} {unit}" if first == last else f"{first:,} → {last:,} {unit}"


def _mean(points: Sequence[Point]) -> int:
    return round(sum(point.value for point in points) / len(points))


def _uneven(found: Trend) -> str:
    return "" if found.balance is None or found.balance.even else balance_words(found.balance)
