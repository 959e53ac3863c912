"""What is said around a session: of stopping."""

from __future__ import annotations

from backtimer.core.speech.phrases import stopping_words


def test_stopping_says_what_is_kept_and_what_is_lost() -> None:
    assert stopping_words(0, 6, 0.0) == ("No set is done yet.", "Nothing is lost.")
    assert stopping_words(5, 9, 0.0) == ("5 of 9 sets done, and kept.", "Nothing is lost.")
    kept, lost, _ = stopping_words(0, 1, 22.4)
    assert kept == "No set is done yet." and "22 s" in lost
