"""Rows of text: each cell of a width is used, and none beyond it."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

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
    text_of,
    width_of,
    wrapped,
)
from tests.rules import for_each

texts = st.text(st.sampled_from("ab é体幹e\u0301…"), max_size=24)
looks = st.sampled_from([Look.PLAIN, Look.BAR, Look.CHOSEN])
rows = st.lists(st.builds(Span, texts, looks), max_size=5).map(tuple)


def lines(found: list[Row]) -> list[str]:
    return [text_of(each) for each in found]


@for_each(
    ("text", "taken"), [("", 0), ("abc", 3), ("é", 1), ("e\u0301", 1), ("体幹", 4), ("ａ", 2), ("…", 1)]
)
def test_cells_are_what_a_terminal_draws(text: str, taken: int) -> None:
    assert cells(text) == taken


@for_each(
    ("text", "width", "found"),
    [
        ("Bird-dog", 8, "Bird-dog"),
        ("Bird-dog", 7, "Bird-d…"),
        ("Bird-dog", 1, "…"),
        ("Bird-dog", 0, ""),
        ("体幹", 4, "体幹"),
        ("体幹", 3, "体…"),
        ("体幹", 2, "…"),
    ],
)
def test_what_is_cut_says_so(text: str, width: int, found: str) -> None:
    assert fit(text, width) == found


@given(texts, st.integers(0, 12))
def test_a_column_is_exactly_as_wide_as_it_is(text: str, width: int) -> None:
    assert cells(padded(text, width)) == width


def test_text_is_broken_between_words_and_fills_its_rows() -> None:
    assert lines(wrapped("one two three", 13)) == ["one two three"]
    assert lines(wrapped("one two three", 12)) == ["one two", "three"]
    assert lines(wrapped("one two three", 7)) == ["one two", "three"]
    assert lines(wrapped("one two three", 6)) == ["one", "two", "three"]
    assert lines(wrapped("one two three", 4)) == ["one", "two", "thr…"]
    assert lines(wrapped("  one \n two ", 80)) == ["one two"]
    assert wrapped("", 10) == []


def test_an_indent_is_part_of_the_width_and_of_every_row() -> None:
    assert lines(wrapped("one two three", 9, indent=2)) == ["  one two", "  three"]
    assert lines(wrapped("one two three", 8, indent=2)) == ["  one", "  two", "  three"]
    assert lines(wrapped("one", 2, indent=2)) == ["  …"]  # a row has one cell at least
    assert wrapped("one two", 3, Look.ALERT) == [(Span("one", Look.ALERT),), (Span("two", Look.ALERT),)]


@given(st.lists(st.text("ab体", min_size=1, max_size=3), max_size=8), st.integers(9, 36), st.integers(0, 3))
def test_wrapped_rows_hold_all_words_and_no_row_could_take_the_next_one(
    words: list[str], width: int, indent: int
) -> None:
    found = lines(wrapped(" ".join(words), width, indent=indent))
    assert [word for line in found for word in line.split()] == words
    for line, following in itertools.pairwise(found):
        assert cells(line) <= width < cells(f"{line} {following.split()[0]}")


@for_each(
    ("width", "found"), [(11, "Last  aside"), (10, "Last"), (4, "Last"), (3, "La…"), (80, "Last  aside")]
)
def test_the_words_beside_a_heading_are_whole_or_not_there(width: int, found: str) -> None:
    assert text_of(heading("Last", "aside", width)) == found


def test_a_heading_alone_has_nothing_beside_it() -> None:
    assert text_of(heading("Last", "", 80)) == "Last"
    assert heading("Last", "aside", 80)[0] == Span("Last", Look.HEADING)
    assert heading("Last", "aside", 80)[1].look is Look.QUIET


@for_each(
    ("text", "width", "found"),
    [("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 3, "ab…"), ("abcdef", 1, "…")],
)
def test_a_row_is_cut_wherever_its_pieces_end(text: str, width: int, found: str) -> None:
    for pieces in ([text], [text[:3], text[3:]], list(text)):
        assert text_of(cut(row(*pieces), width)) == found


@given(rows, st.integers(0, 40))
def test_no_row_is_wider_than_it_may_be_and_what_fits_stays(a_row: Row, width: int) -> None:
    assert width_of(cut(a_row, width)) <= width
    if width_of(a_row) <= width:
        assert cut(a_row, width) == a_row


def test_blocks_next_to_each_other_keep_their_columns() -> None:
    left, right = [row("one"), row("two"), row("a long one")], [row("1"), EMPTY, row("3"), row("4")]
    assert lines(side_by_side(left, right, 5)) == ["one  1", "two", "a lo…3", "     4"]


def test_short_rows_flow_as_long_as_there_is_room() -> None:
    parts = [row("one"), row("two"), row("three")]
    assert lines(flowing(parts, 17)) == ["one   two   three"]
    assert lines(flowing(parts, 16)) == ["one   two", "three"]
    assert lines(flowing(parts, 9)) == ["one   two", "three"]
    assert lines(flowing(parts, 8)) == ["one", "two", "three"]
    assert lines(flowing(parts, 7, gap=1)) == ["one two", "three"]
    assert lines(flowing(parts, 4)) == ["one", "two", "thr…"]
    assert flowing([], 9) == []


@given(rows)
def test_merging_changes_nothing_that_is_seen(a_row: Row) -> None:
    found = merged(a_row)

    def seen(each: Row) -> list[tuple[str, Look]]:
        return [(sign, span.look) for span in each for sign in span.text if sign != " "]

    assert text_of(found) == text_of(a_row)
    assert seen(found) == seen(a_row)
    assert len(found) <= len(a_row)


def test_pieces_of_one_look_are_one_but_what_is_chosen_stands_alone() -> None:
    bar, chosen = Span("a", Look.BAR), Span("a", Look.CHOSEN)
    assert merged((bar, Span("b", Look.BAR), Span(" ", Look.QUIET))) == (Span("ab ", Look.BAR),)
    assert merged((bar, Span("b", Look.QUIET))) == (bar, Span("b", Look.QUIET))
    assert merged((chosen, chosen)) == (chosen, chosen)
    assert merged((bar, Span(" ", Look.CHOSEN), Span(" "))) == (bar, Span(" ", Look.CHOSEN), Span(" "))
