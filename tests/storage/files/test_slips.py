"""What people write by a slip of the hand: the place that is to blame, and what to write instead."""

from __future__ import annotations

from pathlib import Path

from tests.rules import for_each
from tests.storage.routine_files import load, problems

NBSP = "\u00a0"


def told(directory: Path, entries: str) -> list[str]:
    """What is wrong with a Monday of these entries, which begin in line 5."""
    return problems(directory, f"format: 1\ndays:\n  monday:\n    exercises:\n{entries}")


@for_each(
    ("entries", "expected"),
    [
        (
            f"      - exercise: bird-dog\n        reps:{NBSP}8\n        hold: 3s\n",
            "6:14: this is a special blank (U+00A0) that YAML does not take for one: write an ordinary blank",
        ),
        (
            f"      - {{exercise: bird-dog, reps:{NBSP}8}}\n",
            "5:35: this is a special blank (U+00A0) that YAML does not take for one: write an ordinary blank",
        ),
        (
            f"      - exercise: bird-dog\n  {NBSP}{NBSP}    reps: 8\n",
            "6:3: this is a special blank (U+00A0) that YAML does not take for one: write an ordinary blank",
        ),
        (
            "      - exercise: bird-dog\n        reps:8\n        hold: 3s\n",
            "6:9: a blank is missing after the colon: write 'reps: 8'",
        ),
        (
            "      - exercise: bird-dog\n        hold: 3s\n        reps:8\n",
            "7:9: a blank is missing after the colon: write 'reps: 8'",
        ),
        (
            "      - exercise:bird-dog\n",
            "5:9: a blank is missing after the colon: write 'exercise: bird-dog'",
        ),
        (
            "      - {exercise: bird-dog, reps:8, hold: 3s}\n",
            "5:30: a blank is missing after the colon: write 'reps: 8'",
        ),
        (
            "      - exercise: bird-dog\n        reps = 8\n        hold: 3s\n",
            "6:9: a key has a colon: write 'reps: 8'",
        ),
        (
            "      - exercise: bird-dog\n        reps=8\n",
            "6:9: a key has a colon: write 'reps: 8'",
        ),
        (
            "      - exercise\uff1a bird-dog\n        reps: 8\n",
            "5:9: this colon (U+FF1A) is none of YAML: write 'exercise:', with an ordinary one",
        ),
        (
            "      * bird-dog\n      * cobra\n",
            "5:7: an entry of a list begins with a dash: write '- bird-dog'",
        ),
        (
            "      -bird-dog\n      -cobra\n",
            "5:7: a blank is missing after the dash: write '- bird-dog'",
        ),
        (
            "      -exercise: bird-dog\n       reps: 8\n",
            "5:7: a blank is missing after the dash: write '- exercise: bird-dog'",
        ),
        (
            "      - bird-dog\n      bird-dog\n",
            "6:7: a dash is missing before an entry of a list: write '- bird-dog'",
        ),
        (
            "      - bird-dog\n      exercise: bird-dog\n        reps: 8\n",
            "6:7: a dash is missing before an entry of a list: write '- exercise: bird-dog'",
        ),
        (
            "      bird-dog\n      cobra\n",
            "5:7: 'exercises' must be a list, not text; begin each entry with '- '",
        ),
        (
            "      exercise: bird-dog\n      reps: 8\n",
            "5:7: 'exercises' must be a list, not a mapping (key: value); begin its first line with '- '",
        ),
        (
            "      - exercise: bird-dog\n        reps 8-10\n        hold: 3s\n",
            "6:9: a colon is missing: write 'reps: 8-10'",
        ),
        (
            "      - exercise: bird-dog\n        hold: 3s\n        reps 8-10\n",
            "7:9: a colon is missing: write 'reps: 8-10'",
        ),
        (
            "      - exercise: bird-dog\n        reps: 8\n         hold: 3s\n",
            "7:10: this line is indented further than line 6: begin it in column 9, as there",
        ),
        (
            "      - exercise: bird-dog\n          reps: 8\n",
            "6:11: this line is indented further than line 5: begin it in column 9, as there",
        ),
        (
            "      - exercise: bird-dog\n       reps: 8\n",
            "6:8: this line is indented less than line 5: begin it in column 9, as there",
        ),
        (
            "      - bird-dog\n     - bird-dog\n",
            "6:6: this line is indented less than line 5: begin it in column 7, as there",
        ),
        (
            "      - bird-dog\n        - bird-dog\n",
            "6:9: this line is indented further than line 5: begin it in column 7, as there",
        ),
        (
            "<<<<<<< HEAD\n      - bird-dog\n=======\n      - cobra\n>>>>>>> laptop\n",
            "5:1: a mark of an unfinished merge: keep one of the two versions, "
            "and take out the lines that begin with <<<<<<<, ======= and >>>>>>>",
        ),
        (
            "      - {exercise: bird-dog, note: “Slowly: in and out”}\n",
            "5:36: “ is no quotation mark in YAML: write \" or '",
        ),
        ("\t- bird-dog\n", "5:1: this is not valid YAML here: indent with blanks, not with tabs"),
        (
            "      - {exercise: bird-dog, reps: 8, hold: 2,5s}\n",
            "5:47: a comma ends a value here: write a number with a dot, as in 2.5s",
        ),
    ],
)
def test_a_slip_is_told_where_it_was_made(entries: str, expected: str, tmp_path: Path) -> None:
    assert told(tmp_path, entries) == [expected]


@for_each(
    ("text", "expected"),
    [
        ("format: 1\ndays\n  monday:\n    exercises: [bird-dog]\n", "2:1: a colon is missing: write 'days:'"),
        (
            "format: 1\ndays:\n  monday:\n    exercises\n      - bird-dog\n",
            "4:5: a colon is missing: write 'exercises:'",
        ),
        (
            "format: 1\ndays\uff1a\n  monday:\n    exercises: [bird-dog]\n",
            "2:1: this colon (U+FF1A) is none of YAML: write 'days:', with an ordinary one",
        ),
        (
            "format: 1\ndays:\n  monday\n    exercises: [bird-dog]\n",
            "3:3: a colon is missing: write 'monday:'",
        ),
        (
            "format: 1\n title: Mine\ndays: {monday: {rest: x}}\n",
            "2:2: this line is indented further than line 1: begin it in column 1, as there",
        ),
        (
            "format: 1\ndays:\n  monday: {rest: x}\n   tuesday: {rest: y}\n",
            "4:4: this line is indented further than line 3: begin it in column 3, as there",
        ),
        (
            "format: 1\ndays:\n  monday: {rest: x}\n tuesday: {rest: y}\n",
            "4:2: this line is indented less than line 3: begin it in column 3, as there",
        ),
    ],
)
def test_a_slip_in_the_frame_of_a_routine(text: str, expected: str, tmp_path: Path) -> None:
    assert problems(tmp_path, text) == [expected]


def test_what_looks_like_a_slip_is_none_where_nothing_is_wrong(tmp_path: Path) -> None:
    text = f"""\
format: 1
title: Back:strong and steady
days:
  monday:
    exercises:
      - exercise: bird-dog
        note: >-
          -slowly
          reps 8, as{NBSP}ever
      - {{exercise: cobra, reps:{NBSP}{NBSP} 8, hold: 2s}}
"""
    found = problems(tmp_path, text)
    assert [each.split(": ")[0] for each in found] == ["10:32"]  # the last line has one; the others are text
    routine = load(tmp_path, text.replace(f":{NBSP}{NBSP} ", ": "))
    assert routine.title == "Back:strong and steady"


def test_the_body_of_a_mistyped_key_is_read_all_the_same(tmp_path: Path) -> None:
    text = """\
format: 1
days:
  Monday:
    exersises:
      - {exercise: bird-dog, resp: 3x10}
      - {exercise: brid-dog}
"""
    assert problems(tmp_path, text) == [
        "3:3: 'Monday' is no day; did you mean 'monday'?",
        "4:5: unknown key 'exersises' in a day; did you mean 'exercises'?",
        "5:30: unknown key 'resp' in a prescription; did you mean 'reps'?",
        "5:36: reps must be a whole number or a range like 8-10, not 3x10; write 'sets: 3' and 'reps: 10'",
        "6:20: there is no exercise 'brid-dog'; did you mean 'bird-dog'?",
    ]


@for_each("key", ["weekdays", "Monday", "montag", "zzz"])
def test_the_body_of_a_day_that_is_none_is_read_all_the_same(key: str, tmp_path: Path) -> None:
    text = f"format: 1\ndays:\n  {key}: [brid-dog]\n  monday: {{rest: x}}\n"
    first, second, third = problems(tmp_path, text)
    assert first.startswith(f"3:3: '{key}' is no day")
    assert "put the list under 'exercises:'" in second
    assert third.endswith("there is no exercise 'brid-dog'; did you mean 'bird-dog'?")


def test_an_exercise_of_an_impossible_name_is_known_by_the_one_that_is_told(tmp_path: Path) -> None:
    text = """\
format: 1
days: {monday: {exercises: [dead-bug]}}
exercises:
  Dead Bug: {name: Dead bug, position: supine, prescription: {reps: x8}}
"""
    assert problems(tmp_path, text) == [
        "4:3: 'Dead Bug' cannot be the name of an exercise: use small letters, digits and single hyphens, "
        "as in bird-dog; write dead-bug",
        "4:69: reps must be a whole number or a range like 8-10, not x8; write 8",
    ]


@for_each(
    ("key", "meant"),
    [
        ("weight: 8 kg", "load"),
        ("repetitions: 8", "reps"),
        ("time: 30s", "duration"),
        ("pause: 30s", "rest"),
        ("comment: x", "note"),
        ("resp: 8", "reps"),
        ("REPS: 8", "reps"),
        ("hodl: 3s", "hold"),
        ("vidoe: x", ""),
        ("pain: x", ""),
        ("exercise_name: x", ""),
    ],
)
def test_the_key_that_is_meant(key: str, meant: str, tmp_path: Path) -> None:
    first = told(tmp_path, f"      - {{exercise: bird-dog, {key}}}\n")[0]
    assert first.endswith(f"did you mean '{meant}'?") if meant else "it may say" in first


def test_another_form_is_neither_the_exercise_itself_nor_both(tmp_path: Path) -> None:
    for said, expected in {
        "easier: x": "an exercise is not its own 'easier'",
        "harder: x": "an exercise is not its own 'harder'",
        "instead: x": "an exercise is not its own 'instead'",
        "easier: cobra, harder: cobra": "'cobra' is both 'easier' and 'harder'",
    }.items():
        own = f"exercises: {{x: {{name: X, position: prone, prescription: {{reps: 5}}, {said}}}}}\n"
        (found,) = problems(tmp_path, f"format: 1\ndays: {{monday: {{exercises: [x]}}}}\n{own}")
        assert expected in found


def test_nothing_is_its_own_easier_form(tmp_path: Path) -> None:
    text = """\
format: 1
days: {monday: {exercises: [side-plank]}}
exercises:
  side-plank: {name: Side plank, position: side-lying, easier: side-plnk, prescription: {reps: 8}}
"""
    (found,) = problems(tmp_path, text)
    assert found.startswith("4:64: there is no exercise 'side-plnk'; 'backtimer list --exercises'")


def test_an_alias_is_blamed_where_it_is_used_and_its_content_where_it_stands(tmp_path: Path) -> None:
    text = """\
format: 1
days:
  monday: &day {exercises: [brid-dog]}
  tuesday: {exercises: *day}
  friday: *day
"""
    assert problems(tmp_path, text) == [
        "3:29: there is no exercise 'brid-dog'; did you mean 'bird-dog'?",
        "4:24: 'exercises' must be a list, not a mapping (key: value); begin its first line with '- '",
    ]


def test_a_mistake_of_an_anchored_day_is_told_once(tmp_path: Path) -> None:
    text = "format: 1\ndays:\n  monday: &day {title: x}\n  tuesday: *day\n  friday: *day\n"
    assert problems(tmp_path, text) == [
        "3:11: say what this day asks for: exercises, activity, rest or same_as"
    ]
