"""Rules that one test asks a case for: all are asked, and what breaks is told by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules import Rules, for_each


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
    assert [type(error) for error in found.value.exceptions] == [AssertionError, AssertionError]
    assert asked == ["cat", "plank"]


def test_a_rule_of_nothing_is_none() -> None:
    with pytest.raises(AssertionError):
        Rules().among([])


def test_each_case_is_asked_and_all_that_fail_are_named() -> None:
    seen: list[tuple[int, str]] = []

    @for_each("one", [1, pytest.param(2, id="two")])
    @for_each(("other", "more"), [("a", 1), ("b", 2)], ids=["A", "B"])
    def test(one: int, other: str, more: int) -> None:
        seen.append((one, other))
        assert (one, more) != (2, 1)
        assert one == 2 or other == "a"

    with pytest.raises(ExceptionGroup) as told:
        test()
    assert seen == [(1, "a"), (1, "b"), (2, "a"), (2, "b")]
    assert "2 of 2 cases: 1, two" in str(told.value)
    assert [str(inner) for inner in told.value.exceptions] == [
        "1 of 2 cases: B (1 sub-exception)",
        "1 of 2 cases: A (1 sub-exception)",
    ]


def test_a_case_that_pytest_itself_fails_or_skips_is_one_case_among_others() -> None:
    seen: list[int] = []

    @for_each("one", [1, 2, 3])
    def test(one: int) -> None:
        seen.append(one)
        if one == 1:
            pytest.skip("not here")
        with pytest.raises(ValueError, match="three"):
            raise ValueError("three") if one == 3 else KeyError(one) if one > 3 else ValueError("two")

    @for_each("one", [1, 2])
    def nothing_raised(one: int) -> None:
        seen.append(one)
        with pytest.raises(ValueError, match="one"):
            pass

    with pytest.raises(BaseExceptionGroup, match="1 of 3 cases: 2"):
        test()
    with pytest.raises(BaseExceptionGroup, match="2 of 2 cases: 1, 2"):
        nothing_raised()
    assert seen == [1, 2, 3, 1, 2]


@for_each("one", [1, 2])
def test_what_is_no_parameter_is_a_fixture_and_each_case_has_a_folder(one: int, tmp_path: Path) -> None:
    assert one in (1, 2) and not list(tmp_path.iterdir())
    (tmp_path / "mark").touch()


def test_nothing_is_asked_of_nothing() -> None:
    with pytest.raises(AssertionError, match="asked of nothing"):
        for_each("one", [])
