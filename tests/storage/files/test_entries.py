"""The entries of a day: what is a mistake in a prescription or a circuit, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.routine import Prescription, SetAmounts
from backtimer.core.plan.units import LONGEST, MOST, Count, Reps, seconds
from tests.rules import for_each
from tests.storage.routine_files import load_day, messages


def test_lists_say_something_for_every_set(tmp_path: Path) -> None:
    text = "- {exercise: cobra, hold: [10s, 8s], rest: [20s, 30 sec], load: [red band], note: x}"
    (found,) = load_day(tmp_path, text).days["monday"].items
    assert isinstance(found, Prescription)
    assert (found.hold, found.rest, found.load) == (seconds(10), seconds(20), "red band")
    assert found.by_set == (
        SetAmounts(hold=seconds(10), rest=seconds(20)),
        SetAmounts(hold=seconds(8), rest=seconds(30)),
    )


@for_each(
    ("entry", "expected"),
    [
        (
            "- {exercise: cobra, hold: [10s, 8s], rest: [20s, 30s, 40s]}",
            "lists have one entry for each set: 'hold' has 2, and 'rest' has 3",
        ),
        (
            "- {exercise: cobra, reps: [6, 4], load: [1 kg, 2 kg, 3 kg]}",
            "lists have one entry for each set: 'reps' has 2, and 'load' has 3",
        ),
        ("- {exercise: cobra, hold: [10s, 8s], sets: 3}", "a pyramid of 2 is 2 sets; leave 'sets' out"),
        ("- {exercise: cobra, hold: [10s, soon]}", "an entry of 'hold': not a duration: soon"),
        ("- {exercise: cobra, hold: [0s, 0s]}", "cobra: a set takes no time"),
        ("- {exercise: cobra, reps: 3, rest: []}", "'rest' is an empty list"),
    ],
)
def test_mistakes_in_lists(entry: str, expected: str, tmp_path: Path) -> None:
    assert any(told.startswith(expected) for told in messages(tmp_path, entry))


def test_max_is_for_reps_for_holds_and_in_lists(tmp_path: Path) -> None:
    said = ("hold: max", "hold: [10s, max]", "reps: [3, max]", "hold: max 1 min", "hold: [10s, max 30s]")
    text = "\n".join(f"- {{exercise: cobra, {amount}}}" for amount in said)
    one, two, three, four, five = load_day(tmp_path, text).days["monday"].items
    assert isinstance(four, Prescription) and isinstance(five, Prescription)
    assert four.hold == LONGEST._replace(high=60)
    assert [each.hold for each in five.by_set] == [seconds(10), LONGEST._replace(high=30)]
    assert isinstance(one, Prescription) and isinstance(two, Prescription) and isinstance(three, Prescription)
    assert one.hold == LONGEST
    assert [each.hold for each in two.by_set] == [seconds(10), LONGEST]
    assert three.reps == Reps((Count(3, 3), MOST))


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            "- {exercise: cobra, hold: to failure}",
            "'hold': write max, for as long as is comfortable, in place of to failure",
        ),
        ("- {exercise: cobra, duration: max}", "'duration': not a duration: max"),
        ("- {exercise: cobra, reps: 3, hold: max}", "cobra: 'hold: max' is a set of its own"),
    ],
)
def test_mistakes_with_max(entry: str, expected: str, tmp_path: Path) -> None:
    assert any(told.startswith(expected) for told in messages(tmp_path, entry))


def test_a_duration_may_leave_the_hold_out(tmp_path: Path) -> None:
    routine = load_day(tmp_path, "- {exercise: bird-dog, duration: 30s, hold: 0s}")
    assert "hold" not in {step.phase for step in compile_day(routine, "monday").steps}


def test_rests_and_activities_are_entries_of_their_own(tmp_path: Path) -> None:
    text = "- rest: 1m\n- {activity: Walk, duration: 5m, note: Slowly}\n- activity: Swim\n- {rest: 30 sec}"
    assert load_day(tmp_path, text).days["monday"].items == (
        Prescription(rest=seconds(60)),
        Prescription(activity="Walk", duration=seconds(300), note="Slowly"),
        Prescription(activity="Swim"),
        Prescription(rest=seconds(30)),
    )


@for_each(
    ("entry", "expected"),
    [
        ("- {rest: 1m, reps: 3}", "a prescription must say 'exercise'"),
        ("- {activity: ''}", "'activity' has no text"),
        ("- {activity: Walk, reps: 3}", "unknown key 'reps' in an activity in a list"),
    ],
)
def test_mistakes_in_what_is_no_exercise(entry: str, expected: str, tmp_path: Path) -> None:
    assert any(told.startswith(expected) for told in messages(tmp_path, entry))


@for_each(
    ("entry", "told"),
    [
        ("- {exercise: cobra, hold: -5s}", "'hold': a duration cannot be negative: -5s"),
        ("- {exercise: cobra, hold: 0s}", "cobra: a set takes no time; give it a longer hold or duration"),
        ("- {exercise: cobra, hold: 0-5s}", "'hold': a duration here must be more than 0: 0-5s"),
        ("- {exercise: cobra, hold: NaN}", "'hold': not a duration: NaN"),
        ('- {exercise: cobra, hold: "a\\nb"}', "'hold': not a duration: a b; write it like"),
        ('- {exercise: cobra, sets: "2\\n3"}', "sets must be a whole number or a range like 8-10, not 2 3"),
        ("- {exercise: cobra, hold: .inf}", "'hold': not a duration: .inf"),
        ("- {exercise: cobra, hold: 1e999}", "'hold': not a duration: 1e999"),
        ("- {exercise: cobra, hold: 30-20s}", "the range 30-20s is the wrong way round"),
        ("- {exercise: cobra, hold: 0x10}", "'hold': not a duration: 0x10"),
        ("- {exercise: cobra, hold: no}", "'hold': not a duration: no"),
        ("- {exercise: cobra, hold: 2026-11-22}", "'hold': not a duration: 2026-11-22"),
        ("- {exercise: cobra, hold: 25h}", "'hold': 25h is longer than a day"),
        ("- {exercise: cobra, hold: 5-3 breaths}", "the range 5-3 breaths is the wrong way round"),
        ("- {exercise: cobra, hold: }", "'hold' has no value"),
        ("- {exercise: cobra, hold: {a: 5s}}", "'hold' must be a duration, not a mapping"),
        ("- {exercise: cobra, hold: {low: 5s}}", "'hold' must be a duration, not a mapping"),
        (f"- {{exercise: cobra, hold: {'9' * 61}}}", "'hold': this is too long for a duration"),
        ("- {exercise: cobra, reps: 0}", "reps must be at least 1: 0"),
        ("- {exercise: cobra, reps: -3}", "reps cannot be negative: -3"),
        ("- {exercise: cobra, reps: 1001}", "reps can be at most 1000: 1001"),
        ("- {exercise: cobra, reps: many}", "reps must be a whole number or a range like 8-10, not many"),
        ("- {exercise: cobra, reps: 1_000}", "reps must be a whole number or a range like 8-10, not 1_000"),
        ("- {exercise: cobra, reps: [6, 0]}", "reps must be at least 1: 0"),
        ("- {exercise: cobra, reps: []}", "'reps' is an empty list"),
        ("- {exercise: cobra, reps: [[6]]}", "an entry of 'reps' must be a number, not a list"),
        ("- {exercise: cobra, reps: [6, 4], sets: 3}", "a pyramid of 2 is 2 sets; leave 'sets' out"),
        ("- {exercise: cobra, reps: 3, duration: 5s}", "a prescription says either 'reps' or 'duration'"),
        ("- {exercise: cobra, duration: 5s, hold: 3s}", "a prescription says either 'hold' or 'duration'"),
        ("- {exercise: cobra, reps: 3, hold: 2s, tempo: {hold: 3s}}", "'hold' is said twice"),
        ("- {exercise: cobra, reps: 3, tempo: {lfit: 2s}}", "has no phase 'lfit'; did you mean 'lift'?"),
        ("- {exercise: bird-dog, tempo: {lift: 2s}}", "has no phase 'lift'; its phases are reach, hold"),
        ("- {exercise: cobra, reps: 3, tempo: {lift: 0-2s}}", "'lift': a duration here must be more than 0"),
        (
            "- {exercise: cobra, reps: 3, tempo: 2s}",
            "'tempo' names the phases of the exercise, each with its length",
        ),
        ("- {exercise: cobra, reps: 3, pace: slef}", "'pace' must be one of timed, self, not 'slef'"),
        ("- {exercise: cobra, reps: 3, sides: both}", "'sides' must be one of none, each, alternate"),
        (
            "- {exercise: cobra, reps: 3, load: {a: 8 kg}}",
            "'load' must be text; one with a colon in it needs quotes: \"a: 8 kg\"",
        ),
        ("- {exercise: cobra, reps: 3, note: ''}", "'note' has no text"),
        (f"- {{exercise: cobra, reps: 3, note: {'x' * 2001}}}", "'note' is longer than 2,000 characters"),
        ("- {exercise: cobra, reps: 3, reps: 4}", "'reps' is here twice; first in line 5"),
        ("- {exercise: cobra, reps: 3, colour: red}", "unknown key 'colour' in a prescription; it may say"),
        ("- cobra", "say how much of 'cobra': reps, hold or duration"),
        ("- {exercise: cobra, sets: 3, pace: self}", "say how much of 'cobra': reps, hold or duration"),
        ("- {reps: 3}", "a prescription must say 'exercise'"),
        (
            "- {exercice: cobra, reps: 3}",
            "unknown key 'exercice' in a prescription; did you mean 'exercise'?",
        ),
        ("- Cobra", "there is no exercise 'Cobra'; did you mean 'cobra'?"),
        ("- ../cobra", "there is no exercise '../cobra'; did you mean 'cobra'?"),
        ("- ..", "'..' cannot be the name of an exercise"),
        ("- brid-dog", "there is no exercise 'brid-dog'; did you mean 'bird-dog'?"),
        ("- squat", "there is no exercise 'squat'"),
        ("- [cobra]", "an entry of 'exercises' must be the name of an exercise, not a list"),
        ("- ", "an entry of 'exercises' has no value"),
        ("- {rounds: 0, exercises: [bird-dog]}", "rounds must be at least 1: 0"),
        ("- {rounds: 2}", "a circuit must say 'exercises'"),
        ("- {rounds: 2, exercises: []}", "'exercises' is an empty list"),
        ("- {rounds: 2, exercises: bird-dog}", "'exercises' must be a list, not text; write [bird-dog]"),
        ("- {exercises: [{rounds: 2, exercises: [bird-dog]}]}", "a circuit cannot stand inside a circuit"),
        ("- {rounds: 2, exercises: [bird-dog], hold: 3s}", "unknown key 'hold' in a circuit"),
    ],
)
def test_each_mistake_in_an_entry_has_its_own_sentence(entry: str, told: str, tmp_path: Path) -> None:
    found = messages(tmp_path, entry)
    assert len(found) == 1, found
    assert told in found[0]


@for_each(
    "entry",
    [
        "- {exercise: cobra, reps: max, hold: 3s}",
        "- {exercise: cobra, reps: '8 – 10'}",
        "- {exercise: cobra, reps: 010}",
        "- {exercise: cobra, sets: 3, reps: [6, 4, 2]}",
        "- {exercise: cobra, sets: 2-3, reps: [6, 4, 2]}",
        "- {exercise: cobra, hold: 1:30}",
        "- {exercise: cobra, hold: 30 s, rest: 0}",
        "- {exercise: bird-dog, tempo: {reach: 1s, hold: 2s, return: 1s, relax: 0s}}",
        "- {rounds: 2-3, exercises: [bird-dog]}",
        "- {exercises: [bird-dog, {exercise: cobra, reps: max}]}",
    ],
)
def test_what_is_not_a_mistake(entry: str, tmp_path: Path) -> None:
    assert messages(tmp_path, entry) == []


@pytest.mark.parametrize("key", ["figure", "phases", "position"])
def test_what_an_exercise_says_itself_is_told_to_be_said_there(key: str, tmp_path: Path) -> None:
    [told] = messages(tmp_path, f"- {{exercise: cobra, reps: 2, {key}: cobra}}")
    assert told.startswith(f"unknown key '{key}' in a prescription: its exercise says that, in its own entry")
