"""Rules that one test asks a case for: all are asked, and what breaks is told by name."""

from __future__ import annotations

import pytest

from tests.rules import Rules


def test_every_rule_of_a_case_is_asked_and_what_breaks_is_named() -> None:
    rules, asked = Rules(), []

    @rules.of_each
    def is_short(name: str) -> None:
        asked.append(name)
        assert len(name) < 4

    @rules.among(["plank"])
    def has_no_k(name: str) -> None:
        assert "k" not in name

    rules.ask("cat")
    with pytest.raises(ExceptionGroup, match="plank breaks: is_short, has_no_k") as found:
        rules.ask("plank")
    assert [type(each) for each in found.value.exceptions] == [AssertionError, AssertionError]
    assert asked == ["cat", "plank"]


def test_a_rule_of_nothing_is_none() -> None:
    with pytest.raises(AssertionError):
        Rules().among([])
