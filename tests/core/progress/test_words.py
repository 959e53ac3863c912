"""Durations and dates, as they are written and said everywhere."""

from __future__ import annotations

from datetime import date

from backtimer.core.progress.dates import full_date, short_date, when_words
from backtimer.core.speech.phrases import minutes_text, rough_time
from tests.rules import for_each


@for_each(
    ("value_s", "seen", "heard"),
    [
        (0, "0 s", "0 seconds"),
        (59.4, "59 s", "59 seconds"),
        (59.5, "1 min", "1 minute"),
        (90, "1 min 30 s", "1 minute 30 seconds"),
        (100, "1 min 40 s", "1 minute 40 seconds"),
        (120, "2 min", "2 minutes"),
        (150, "2 min 30 s", "2 minutes 30 seconds"),
        (179.4, "2 min 59 s", "2 minutes 59 seconds"),
        (179.5, "3 min", "3 minutes"),
        (209, "3 min", "3 minutes"),
        (330, "6 min", "6 minutes"),
        (1320, "22 min", "22 minutes"),
        (3599, "1 h", "1 hour"),
        (5400, "1 h 30 min", "1 hour 30 minutes"),
    ],
)
def test_a_duration_is_no_finer_and_no_coarser_than_it_matters(value_s: float, seen: str, heard: str) -> None:
    assert minutes_text(value_s) == seen
    assert rough_time(value_s) == heard


@for_each(
    ("value_s", "seen"),
    [(44, "about 44 s"), (97, "about 1 min 40 s"), (176, "about 3 min"), (700, "about 12 min")],
)
def test_an_estimate_claims_no_seconds(value_s: float, seen: str) -> None:
    assert minutes_text(value_s, estimated=True) == seen


def test_a_year_is_said_where_it_is_not_this_one() -> None:
    today = date(2026, 1, 2)
    assert short_date(date(2026, 11, 21), today) == "21 Nov"
    assert short_date(date(2025, 12, 31), today) == "31 Dec 2025"
    assert when_words(date(2026, 1, 20), today) == "Tuesday 20 Jan"
    assert when_words(date(2027, 1, 20), today) == "Wednesday 20 Jan 2027"
    assert full_date(date(2026, 1, 2)) == "2 Jan 2026"
