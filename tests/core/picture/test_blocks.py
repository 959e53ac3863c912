"""Blocks of rows: texts that turn their pages, and texts that have to be shorter."""

from __future__ import annotations

from backtimer.core.picture.blocks import pages, shortened
from backtimer.core.picture.rows import text_of

WAY = "Bend your knees, and roll onto your side. Push up onto hands and knees."
NEXT = "Put your knees under your hips."


def told(width: int, height: int) -> list[list[str]]:
    return [[text_of(row) for row in page] for page in pages((WAY, NEXT), width, height)]


def test_a_paragraph_that_is_too_long_for_a_page_is_turned_at_the_end_of_a_sentence() -> None:
    assert told(33, 2) == [
        ["Bend your knees, and roll onto", "your side."],
        ["Push up onto hands and knees.", "Put your knees under your hips."],
    ]


def test_a_paragraph_that_fits_stays_together() -> None:
    assert told(33, 3) == [
        ["Bend your knees, and roll onto", "your side. Push up onto hands and", "knees."],
        ["Put your knees under your hips."],
    ]


def test_nothing_of_a_text_is_lost_at_any_size() -> None:
    for width in (9, 20, 38):
        for height in (1, 2, 5):
            words = " ".join(row for page in told(width, height) for row in page).split()
            assert words == f"{WAY} {NEXT}".split(), (width, height)


def test_where_not_all_fits_whole_parts_go_from_the_end() -> None:
    text = "Then: Rest 20 s, then set 2 of 3, left side"
    assert shortened(text, 43) == text
    assert shortened(text, 38) == "Then: Rest 20 s, then set 2 of 3"
    assert shortened(text, 20) == "Then: Rest 20 s"
    assert shortened(text, 10) == "Then: Res…"
