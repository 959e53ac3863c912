"""Amounts as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.plan.units import (
    MAX_DURATION_S,
    Breathing,
    Count,
    Duration,
    Reps,
    Unit,
    UnitError,
    clock_text,
    parse_count,
    parse_duration,
    seconds,
)
from tests.rules import for_each


@for_each(
    ("text", "low", "high"),
    [
        ("45", 45, 45),
        ("45s", 45, 45),
        ("1m30s", 90, 90),
        ("1:30", 90, 90),
        ("0:45", 45, 45),
        ("20-30s", 20, 30),
        ("15-20m", 900, 1200),
        ("1h", 3600, 3600),
        ("1h30m", 5400, 5400),
        ("1:00:00", 3600, 3600),
        ("30min", 1800, 1800),
        ("30 min", 1800, 1800),
        ("20 - 30 s", 20, 30),
        ("20–30s", 20, 30),
        ("1 m 30 s", 90, 90),
        ("2.5s", 2.5, 2.5),
        ("1.5m", 90, 90),
        ("50s-1m", 50, 60),
        ("1:00-1:30", 60, 90),
        ("45-60", 45, 60),
        ("010", 10, 10),
        (" 5s ", 5, 5),
        ("24h", 86400, 86400),
        ("5-5s", 5, 5),
        ("30 sec", 30, 30),
        ("30 secs.", 30, 30),
        ("30 s.", 30, 30),
        ("30 Seconds", 30, 30),
        ("2 mins", 120, 120),
        ("3 minutes", 180, 180),
        ("1 hour", 3600, 3600),
        ("1 min 30 sec", 90, 90),
        ("1 minute and 30 seconds", 90, 90),
        ("1 min - 1 min 30 s", 60, 90),
        ("20 to 30 s", 20, 30),
        ("20s to 30s", 20, 30),
        ("3\u00a0s", 3, 3),
        ("20\u2009\u2012\u200930\u202fs", 20, 30),
        *((f"3{dash}5s", 3, 5) for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"),
    ],
)
def test_durations_in_seconds(text: str, low: float, high: float) -> None:
    assert parse_duration(text) == Duration(low, high)


@for_each(
    ("text", "low", "high"),
    [("5 breaths", 5, 5), ("1 breath", 1, 1), ("3-5 breaths", 3, 5), ("3 to 5 Breaths", 3, 5)],
)
def test_durations_in_breaths(text: str, low: float, high: float) -> None:
    found = parse_duration(text)
    assert found == Duration(low, high, Unit.BREATHS)
    assert found.seconds(Breathing(3, 5)) == low * 8


@for_each(
    ("text", "told"),
    [
        ("", "not a duration: nothing"),
        ("soon", "not a duration: soon; write it like 45, 45s, 1m30s, 1:30, 20-30s or 5 breaths"),
        ("0x10", "not a duration"),
        ("1e999", "not a duration"),
        (".inf", "not a duration"),
        ("nan", "not a duration"),
        ("no", "not a duration"),
        ("2026-11-22", "not a duration"),
        ("1_000", "not a duration"),
        ("+5", "not a duration"),
        ("٣", "not a duration"),
        ("３s", "not a duration"),
        ("1:७5", "not a duration"),
        ("5-", "not a duration"),
        ("-", "not a duration"),
        ("1-2-3", "not a duration"),
        ("1:75", "not a duration"),
        ("1:30s", "not a duration"),
        ("30s1m", "not a duration"),
        ("1.2345s", "not a duration"),
        ("-5s", "a duration cannot be negative: -5s"),
        ("- 5s", "a duration cannot be negative"),
        ("–5s", "a duration cannot be negative"),
        ("-5 breaths", "a duration cannot be negative"),
        ("30-20s", "the range 30-20s is the wrong way round: put the smaller end first"),
        ("2m-90s", "the wrong way round"),
        ("5-3 breaths", "the wrong way round"),
        ("1-2m30s", "write the unit at both ends of the range 1-2m30s"),
        ("0", "a duration here must be more than 0: 0"),
        ("0-5s", "a duration here must be more than 0"),
        ("0 breaths", "a duration here must be more than 0"),
        ("00:00", "a duration here must be more than 0"),
        ("25h", "25h is longer than a day"),
        ("99999:00", "not a duration"),
        ("999999999", "longer than a day"),
        ("9999999999", "not a duration"),
        ("1001 breaths", "breaths can be at most 1000"),
        ("2.5 breaths", "not a number of breaths"),
        ("٣ breaths", "not a number of breaths"),
        ("few breaths", "not a number of breaths"),
        ("2,5s", "not a duration: 2,5s; write 2.5s, with a dot"),
        ("2,5 - 3,5 sec", "; write 2.5 - 3.5s, with a dot"),
        ("3x30s", "; write 'sets: 3', and 30s here"),
        ("3 × 30 sec", "; write 'sets: 3', and 30s here"),
        ("2 sets of 30s", "; write 'sets: 2', and 30s here"),
        ("90 s each", "; write 90s: it is for each side already, where the exercise has sides"),
        ("30 s/side", "; write 30s: it is for each side already"),
        ("30 seconds per leg", "; write 30s: it is for each side already"),
        ("“30s”", "; write 30s, without quotes"),
        ("1:30 min", "not a duration: 1:30 min; write it like"),
        ("2.s", "not a duration: 2.s; write it like"),
    ],
)
def test_what_is_no_duration_is_told_in_a_sentence(text: str, told: str) -> None:
    with pytest.raises(UnitError) as caught:
        parse_duration(text)
    assert told in str(caught.value)


def test_nothing_at_all_can_be_an_answer() -> None:
    assert parse_duration("0s", zero=True) == seconds(0)
    assert parse_duration("0-5s", zero=True) == Duration(0, 5)
    with pytest.raises(UnitError, match="negative"):
        parse_duration("-5s", zero=True)


@for_each(
    ("text", "low", "high"),
    [
        ("8", 8, 8),
        ("8-10", 8, 10),
        ("8 – 10", 8, 10),
        ("8\u201110", 8, 10),
        ("8 to 10", 8, 10),
        ("8 – 10 reps", 8, 10),
        ("1 Rep", 1, 1),
        ("010", 10, 10),
        ("1000", 1000, 1000),
    ],
)
def test_counts(text: str, low: int, high: int) -> None:
    assert parse_count(text, "reps", 1000) == Count(low, high)


@for_each(
    ("text", "told"),
    [
        ("", "reps must be a whole number or a range like 8-10, not nothing"),
        ("many", "not many"),
        ("2.5", "not 2.5"),
        ("0x10", "not 0x10"),
        ("1_000", "not 1_000"),
        ("٣", "not ٣"),
        ("8-", "not 8-"),
        ("1e3", "not 1e3"),
        ("-3", "reps cannot be negative: -3"),
        ("0", "reps must be at least 1: 0"),
        ("0-3", "reps must be at least 1: 0-3"),
        ("12-10", "the range 12-10 is the wrong way round"),
        ("1001", "reps can be at most 1000: 1001"),
        ("5-1001", "reps can be at most 1000: 5-1001"),
        ("9" * 5000, "reps can be at most 1000"),
        ("3x10", "not 3x10; write 'sets: 3' and 'reps: 10'"),
        ("3 × 8-10", "; write 'sets: 3' and 'reps: 8-10'"),
        ("3 sets of 10 reps", "; write 'sets: 3' and 'reps: 10'"),
        ("3x30s", "; write 'sets: 3' and 'hold: 30s'"),
        ("x10", "; write 10"),
        ("10 times", "; write 10"),
        ("30 sec", "; a time is a hold: write 'hold: 30s'"),
        ("10, 8, 6", "; a number for every set is a list: write [10, 8, 6]"),
        ("12/10/8", "; a number for every set is a list: write [12, 10, 8]"),
        ("10 per side", "; write 10: reps are per side already, where the exercise has sides"),
        ("10/side", "; write 10: reps are per side already"),
        ("10 each", "; write 10: reps are per side already"),
        ("8-10 reps each leg", "; write 8-10: reps are per side already"),
        ("to failure", "; write max: as many as are comfortable"),
        ("AMRAP", "; write max: as many as are comfortable"),
        ("Max", "; write max: as many as are comfortable"),
        ("as many as possible", "; write max: as many as are comfortable"),
        ("“8”", "; write 8, without quotes"),
        ("10+", "not 10+"),
    ],
)
def test_what_is_no_count_is_told_in_a_sentence(text: str, told: str) -> None:
    with pytest.raises(UnitError) as caught:
        parse_count(text, "reps", 1000)
    assert told in str(caught.value)


@given(text=st.text(max_size=30) | st.text("0123456789-–:.hmins breath", max_size=20), zero=st.booleans())
def test_any_text_is_a_sound_duration_or_a_unit_error(text: str, zero: bool) -> None:
    try:
        found = parse_duration(text, zero=zero)
    except UnitError:
        return
    assert 0 <= found.low <= found.high <= MAX_DURATION_S
    assert zero or found.low > 0


@given(low=st.integers(1, 500), more=st.integers(0, 500), unit=st.sampled_from(["", "s", "m"]))
def test_a_range_is_read_as_it_is_written(low: int, more: int, unit: str) -> None:
    factor = 60 if unit == "m" else 1
    found = parse_duration(f"{low}-{low + more}{unit}")
    assert found == Duration(low * factor, (low + more) * factor)


@given(whole=st.integers(1, 24 * 3600))
def test_what_a_clock_shows_can_be_read(whole: int) -> None:
    assert parse_duration(clock_text(whole)) == seconds(whole)


@for_each(("value", "shown"), [(0, "0:00"), (9.6, "0:10"), (90, "1:30"), (3600, "1:00:00")])
def test_clock(value: float, shown: str) -> None:
    assert clock_text(value) == shown


def test_reps_of_each_set() -> None:
    pyramid = Reps((Count(6, 6), Count(4, 4)))
    assert (pyramid.is_pyramid, pyramid.is_max) == (True, False)
    assert [pyramid.of_set(index) for index in (0, 1)] == [Count(6, 6), Count(4, 4)]
    same = Reps((Count(8, 10),))
    assert not same.is_pyramid
    assert same.of_set(5) == Count(8, 10)
    assert Reps(()).is_max
    assert Reps(()).of_set(0) is None
