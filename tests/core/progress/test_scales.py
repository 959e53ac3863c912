"""Effort and pain, typed: the same keys wherever they are asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.progress.scales import EFFORT, NUMBER_KEYS, PAIN, TEN_S, Answers, Scale
from tests.rules import for_each

ROW = {EFFORT: 0, PAIN: 1}


def typed(scale: Scale, *keys: tuple[str, float], start: int | None = None) -> int | None:
    """What stands there after keys at their times."""
    answers = Answers([EFFORT, PAIN], [start, start])
    for key, at in keys:
        answers.key(ROW[scale], key, at)
    return answers.values[ROW[scale]]


@for_each("scale", [EFFORT, PAIN])
@for_each("number", range(1, 10))
def test_a_digit_is_itself_and_replaces(scale: Scale, number: int) -> None:
    assert typed(scale, (str(number), 0.0)) == number
    assert typed(scale, ("7", 0.0), (str(number), 0.1)) == number


def test_nought_is_nought_and_no_effort() -> None:
    assert typed(PAIN, ("0", 0.0)) == 0
    assert typed(PAIN, ("x", 0.0), ("0", 0.1)) == 0
    assert typed(EFFORT, ("0", 0.0)) is None
    assert typed(EFFORT, ("4", 0.0), ("0", 0.1)) == 4


@pytest.mark.parametrize("scale", [EFFORT, PAIN])
def test_ten(scale: Scale) -> None:
    assert typed(scale, ("x", 0.0)) == typed(scale, ("X", 0.0)) == 10
    assert typed(scale, ("1", 5.0), ("0", 5.0 + TEN_S)) == 10
    assert typed(scale, ("1", 5.0), ("1", 5.9), ("0", 6.5)) == 10
    assert typed(scale, ("1", 5.0), ("0", 5.3), ("0", 5.6)) == 10, "a nought that is held down"


def test_too_late_for_ten() -> None:
    late = ("0", 5.0 + TEN_S + 0.01)
    assert typed(PAIN, ("1", 5.0), late) == 0
    assert typed(EFFORT, ("1", 5.0), late) == 1
    assert typed(PAIN, ("1", 5.0), ("0", 4.0)) == 0, "a clock that went back"


def test_another_key_between_them_makes_no_ten() -> None:
    assert typed(PAIN, ("1", 0.0), ("2", 0.1), ("0", 0.2)) == 0
    assert typed(PAIN, ("1", 0.0), ("backspace", 0.1), ("0", 0.2)) == 0
    answers = Answers([EFFORT, PAIN])
    answers.key(0, "1", 0.0)
    answers.settle()
    assert answers.key(1, "0", 0.2) == 1
    assert answers.values == [1, 0]


def test_the_nought_of_a_ten_belongs_to_its_one() -> None:
    answers = Answers([EFFORT, PAIN])
    assert answers.key(0, "1", 0.0) == 0
    assert answers.key(1, "0", 0.4) == 0, "the next question is open by then"
    assert answers.values == [10, None]


@pytest.mark.parametrize("key", ["backspace", "delete"])
def test_cleared_is_cleared(key: str) -> None:
    assert typed(PAIN, (key, 0.0), start=4) is None


@pytest.mark.parametrize("key", ["minus", "-"])
def test_a_minus_sign_clears_nothing(key: str) -> None:
    assert typed(PAIN, (key, 0.0), start=4) == 4


@given(
    st.lists(st.tuples(st.sampled_from([*NUMBER_KEYS, "backspace", "enter", "y", "²", "٣"]), st.floats(0, 3)))
)
def test_nothing_that_is_typed_leaves_the_scale(keys: list[tuple[str, float]]) -> None:
    answers, now = Answers([EFFORT, PAIN]), 0.0
    for key, later in keys:
        now += later
        before = list(answers.values)
        row = answers.key(0, key, now)
        assert (row is None) <= (answers.values == before)
        assert answers.values[0] is None or 1 <= answers.values[0] <= 10
