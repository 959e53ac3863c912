"""From each position to each other there are words, and time to hear them and to do it."""

from __future__ import annotations

from itertools import permutations

from backtimer.core.plan.routine import Position
from backtimer.core.plan.ways import way_s
from backtimer.core.speech.phrases import position_words, sentence
from backtimer.core.speech.pieces import speech_s
from tests.rules import for_each

PAIRS = list(permutations(Position, 2))
MOST_WORDS = 12


@for_each(("before", "after"), PAIRS)
def test_every_way_has_words_of_its_own_that_are_over_before_it_is(before: Position, after: Position) -> None:
    words = position_words(after, before)
    assert words != position_words(after)
    assert speech_s(sentence(words)) < way_s(before, after)
    assert all(len(part.split()) <= MOST_WORDS for part in words.split(". "))


def test_nobody_who_lies_stands_up_without_a_hand_on_a_chair() -> None:
    lying = (Position.SUPINE, Position.PRONE, Position.SIDE_LYING)
    for before in (*lying, Position.QUADRUPED, Position.KNEELING, Position.FLOOR_SEATED):
        assert "chair" in position_words(Position.STANDING, before)


def test_the_floor_and_the_chair_are_two_seats() -> None:
    assert position_words(Position.SEATED) != position_words(Position.FLOOR_SEATED)
    for before in set(Position) - {Position.SEATED, Position.FLOOR_SEATED}:
        assert "chair" in position_words(Position.SEATED, before)
        ends = position_words(Position.FLOOR_SEATED, before).split(". ")[-1]
        assert "chair" not in ends and "seat" not in ends
