"""The line of keys as cells: which keys are in sight where not all of them have room."""

from __future__ import annotations

from backtimer.core.picture.key_line import LineKey, key_row
from backtimer.core.picture.rows import text_of

KEYS = (
    LineKey("enter", "Start"),
    LineKey("↑", "Exercise", "Exercise"),
    LineKey("↓", "Exercise", "Exercise"),
    LineKey("l", "I did it"),
    LineKey("r", "Routine"),
    LineKey("?", "Help"),
    LineKey("q", "Quit"),
)


def line(width: int) -> str:
    row = key_row(KEYS, width)
    assert len(text_of(row)) == width
    return text_of(row).rstrip()


def test_all_keys_stand_in_their_order_where_they_fit() -> None:
    assert line(80) == " enter Start  ↑↓ Exercise  l I did it  r Routine  ? Help  q Quit"
    assert line(59) == " enter Start ↑↓ Exercise l I did it r Routine ? Help q Quit"


def test_no_key_is_cut_in_two_and_help_stays_in_sight() -> None:
    assert line(58) == " enter Start ↑↓ Exercise l I did it r Routine ? Help"
    assert line(50) == " enter Start ↑↓ Exercise l I did it ? Help"
    assert line(30) == " enter Start ? Help"
    assert line(18) == " ? Help"


def test_a_line_in_which_not_even_help_fits_is_cut() -> None:
    assert line(5) == " ? He"
