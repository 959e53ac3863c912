"""The small words of the coach."""

from __future__ import annotations

from backtimer.core.plan.routine import Breath, Prescription, Side
from backtimer.core.plan.units import seconds
from backtimer.core.session.events import PauseReason
from backtimer.core.speech.phrases import (
    breath_word,
    count_words,
    ending_words,
    extended_words,
    minutes_text,
    of_side,
    on_side,
    paused_words,
    phase_word,
    rep_words,
    rest_words,
    sentence,
    side_words,
    stopping_words,
    time_text,
    time_words,
)
from tests.core.plans import plan_of, times
from tests.rules import for_each


def test_stopping_says_what_is_kept_and_what_is_lost() -> None:
    assert stopping_words(0, 6, 0.0) == ("No set is done yet.", "Nothing is lost.")
    assert stopping_words(5, 9, 0.0) == ("5 of 9 sets done, and kept.", "Nothing is lost.")
    kept, lost, _ = stopping_words(0, 1, 22.4)
    assert kept == "No set is done yet." and "22 s" in lost


@for_each(
    ("left", "right"),
    [
        ("your left arm with your right leg", "your right arm with your left leg"),
        ("Left arm and right leg", "Right arm and left leg"),
        ("LEFT foot in front", "Right foot in front"),
        ("the foot in front", ""),
    ],
)
def test_of_the_right_side_it_is_the_other_limb_however_it_is_written(left: str, right: str) -> None:
    assert of_side(left, Side.RIGHT) == right
    assert of_side(left, Side.LEFT) == left


def test_breaths_sides_and_phases_in_words() -> None:
    assert [breath_word(breath) for breath in (Breath.IN, Breath.OUT, Breath.SLOW, Breath.FREE)] == [
        "Breathe in",
        "Breathe out",
        "Breathe slowly",
        "Breathe freely",
    ]
    assert [side_words(side) for side in (Side.LEFT, Side.RIGHT, None)] == ["Left side", "Right side", ""]
    plan = plan_of(Prescription("superman", duration=seconds(9)), Prescription("bird-dog", reps=times(1)))
    assert [phase_word(step) for step in plan.steps[:4]] == [
        "Get ready",
        "Keep moving",
        "Change position",
        "Lift",
    ]


def test_sentences() -> None:
    assert sentence("") == ""
    assert sentence("ready?") == "Ready?"


@for_each(
    ("value_s", "eye", "ear"),
    [
        (1, "1 s", "1 second"),
        (2.5, "2.5 s", "2.5 seconds"),
        (60, "1 min", "1 minute"),
        (90, "1 min 30 s", "1 minute 30 seconds"),
        (119.7, "2 min", "2 minutes"),
        (59.4, "59.4 s", "59.4 seconds"),
        (59.9999, "1 min", "1 minute"),
        (3600, "1 h", "1 hour"),
        (5400, "1 h 30 min", "1 hour 30 minutes"),
    ],
)
def test_times_for_the_eye_and_for_the_ear(value_s: float, eye: str, ear: str) -> None:
    assert (time_text(value_s), time_words(value_s)) == (eye, ear)


@for_each(
    ("total_s", "estimated", "text"),
    [
        (20, False, "20 s"),
        (59.8, False, "1 min"),
        (1320, False, "22 min"),
        (1340, True, "about 22 min"),
        (3600, False, "1 h"),
        (3900, True, "about 1 h 5 min"),
    ],
)
def test_how_long_a_session_takes(total_s: float, estimated: bool, text: str) -> None:
    assert minutes_text(total_s, estimated) == text


def test_counting_in_words() -> None:
    assert [count_words(number) for number in (1, 3, 20, 21)] == ["one", "three", "twenty", "21"]
    assert [rep_words(rep, 3) for rep in (1, 2, 3)] == ["Rep 1 of 3", "Rep 2 of 3", "Last rep"]
    assert (rep_words(1, 1), rep_words(4, None)) == ("Rep 1 of 1", "Rep 4")


def test_words_for_what_happens_on_the_way() -> None:
    assert paused_words(PauseReason.ASKED) == "Paused."
    assert (
        paused_words(PauseReason.SLEPT, 130.0)
        == "Paused: the computer was away for 2 minutes 10 seconds. Nothing was counted."
    )
    assert extended_words(10) == "10 seconds more."
    assert ending_words(9, 9, complete=True) == "That's it, well done. 9 of 9 sets."
    assert ending_words(0, 1, complete=False) == "Stopped. 0 of 1 set."


@for_each(
    ("left_s", "words"),
    [
        (51.0, "Rest for 50 seconds"),
        (49.7, "Rest for 50 seconds"),
        (48.9, "Rest for 45 seconds"),
        (89.9, "Rest for 1 minute 30 seconds"),
        (10.0, "Rest for 10 seconds"),
        (8.9, "Rest"),
        (0.0, "Rest"),
    ],
)
def test_a_rest_is_told_rounded_down_and_a_short_one_has_no_number(left_s: float, words: str) -> None:
    assert rest_words(left_s) == words


@for_each(
    ("text", "left", "right"),
    [
        ("Lift that foot, and take the thigh.", "Lift your left foot, and take the thigh.", "right foot"),
        ("That foot far back", "Your left foot far back", "Your right foot"),
        ("Do that, and thatch a hand.", "Do that, and thatch a hand.", "Do that"),
    ],
)
def test_that_limb_is_named_by_its_side(text: str, left: str, right: str) -> None:
    assert on_side(text, None) == text
    assert on_side(text, Side.LEFT) == left
    assert right in on_side(text, Side.RIGHT)
