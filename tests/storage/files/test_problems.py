"""How a problem is shown."""

from __future__ import annotations

import re
import sys

from hypothesis import given
from hypothesis import strategies as st

from backtimer.storage.files.source import EXCERPT_WIDTH, Problem, ProblemsError, source_of, suggestion
from backtimer.storage.text import _FORBIDDEN, clean, forbidden_in, shorten
from tests.rules import for_each


def excerpt(line: str, column: int, end: int | None) -> list[str]:
    return source_of("f.yaml", f"first\n{line}\n").problem("m", 2, column, end).excerpt.splitlines()


def test_a_problem_is_a_place_a_sentence_and_an_excerpt() -> None:
    assert Problem("f.yaml", 3, 7, "it is wrong").text() == "f.yaml:3:7: it is wrong"
    assert Problem("f.yaml", 0, 0, "it is empty").text() == "f.yaml: it is empty"
    both = ProblemsError([Problem("f.yaml", 1, 1, "a", "  1 | x\n    | ^"), Problem("f.yaml", 0, 0, "b")])
    assert str(both) == "f.yaml:1:1: a\n  1 | x\n    | ^\nf.yaml: b"


@for_each(
    ("line", "column", "end", "underline"),
    [
        ("hold: 5s", 7, 9, "      ^^"),
        ("hold: 5s", 7, None, "      ^^"),
        ("hold:", 6, 6, "     ^"),
        ("hold:", 40, 41, "     ^"),
        ("a:\tb", 4, 5, "   ^"),
        ("日本: 語x", 5, 7, "      ^^^"),
        ("e\u0301: x", 5, 6, "   ^"),
    ],
)
def test_the_place_is_underlined(line: str, column: int, end: int | None, underline: str) -> None:
    shown, below = excerpt(line, column, end)
    assert shown == f"    2 | {line}".replace("\t", " ")
    assert below == f"      | {underline}"


@given(
    line=st.text(st.characters(exclude_categories=["Cc", "Cs", "Mn", "Me"]), min_size=1, max_size=400),
    column=st.integers(1, 500),
    length=st.integers(0, 400),
)
def test_a_long_line_is_cut_around_the_place(line: str, column: int, length: int) -> None:
    if forbidden_in(line):
        return
    shown, below = excerpt(line, column, column + length)
    content, marks = shown.removeprefix("    2 | "), below.removeprefix("      | ")
    assert len(content) <= EXCERPT_WIDTH + 2
    assert marks.strip("^ ") == ""
    assert marks.lstrip()
    if line.isascii() and column <= len(line.rstrip()):
        assert content[len(marks) - len(marks.lstrip())] == line[column - 1]


def test_no_character_slips_through_what_is_looked_at_first() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    forbidden = set(re.findall(_FORBIDDEN, everything))
    assert len(forbidden) > 1000 and max(map(len, forbidden)) == 1
    for character in forbidden:
        assert forbidden_in(character) is not None
        assert clean(character) != character
    for start in range(0, len(everything), 1000):
        allowed = "".join(each for each in everything[start : start + 1000] if each not in forbidden)
        assert forbidden_in(allowed) is None, start
        unchanged = re.sub(r"[\t\n\r]", "", allowed)
        assert clean(unchanged) == unchanged, start
    for character in "\t\n\r":
        assert character not in forbidden and clean(character) != character


@given(text=st.text(st.characters()))
def test_clean_text_is_one_line_of_the_same_length(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert not forbidden_in(cleaned)
    assert len(cleaned.splitlines()) <= 1
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned


@for_each("text", ["\x1b[2J", "\x9b2J", "\x07", "\u202e", "\u2066", "\u2028", "\udcff", "\u200b", "\x7f"])
def test_what_steers_a_terminal_is_replaced(text: str) -> None:
    assert clean(text) == "\ufffd" + text[1:]


def test_ordinary_text_of_any_language_stays() -> None:
    text = "Dehnübung · 日本語 · עברית · می\u200cخواهم · 👩\u200d🦰 ½ × – …"
    assert clean(text) == text


def test_text_is_cut_to_fit_into_a_sentence() -> None:
    assert shorten("x" * 40) == "x" * 40
    assert shorten("x" * 41) == "x" * 39 + "…"


@for_each(
    ("word", "expected"),
    [
        ("holds", "; did you mean 'hold'?"),
        ("HOLD", "; did you mean 'hold'?"),
        ("xyz", ""),
        ("hold" * 1000, ""),
    ],
)
def test_what_may_have_been_meant(word: str, expected: str) -> None:
    assert suggestion(word, ["reps", "hold"]) == expected
