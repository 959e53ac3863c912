"""Exercises, of a routine's own and of the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtimer.core.plan.routine import Position, Prescription
from backtimer.core.plan.units import Count, Reps
from backtimer.storage.files.exercise_file import Catalogue, read_exercise
from backtimer.storage.files.source import ProblemsError
from tests.rules import for_each
from tests.storage.routine_files import catalogue_in, load_day, messages


def own(exercise: str) -> str:
    return f"exercises: {{plank: {exercise}}}"


@for_each(
    ("exercise", "told"),
    [
        ("{name: Plank}", "an exercise must say 'position'"),
        ("{naem: Plank, position: prone}", "unknown key 'naem' in an exercise; did you mean 'name'?"),
        ("{name: Plank, position: lying}", "'position' must be one of standing, seated, supine, prone"),
        ("{name: Plank, position: prone, sides: both}", "'sides' must be one of none, each, alternate"),
        (
            "{name: Plank, position: prone, targets: Hips}",
            "'targets' must be a list, not text; write [Hips]",
        ),
        ("{name: Plank, position: prone, watch: [[Hips]]}", "an entry of 'watch' must be text, not a list"),
        (
            "{name: Plank, position: prone, left: your left leg}",
            "'left' is said, and it has no sides; add 'sides: each' or 'alternate'",
        ),
        (
            "{name: Plank, position: prone, phases: [{do: up, side: first}]}",
            "a rep that does one side does the other, too: no phase says 'side: second'",
        ),
        (
            "{name: Plank, position: prone, phases: [{do: up, side: second}, {do: up, side: first}]}",
            "'side: first' comes first",
        ),
        (
            "{name: Plank, position: prone, sides: each, "
            "phases: [{do: up, side: first}, {do: up, side: second}]}",
            "a rep whose phases say a side does both; write 'sides: alternate' in place of 'each'",
        ),
        (
            "{name: Plank, position: prone, prescription: {reps: 3, sides: each}, "
            "phases: [{do: up, side: first}, {do: up, side: second}]}",
            "a rep whose phases say a side does both; write 'sides: alternate' in place of 'each'",
        ),
        ("{name: Plank, position: prone, phases: []}", "'phases' is an empty list"),
        ("{name: Plank, position: prone, phases: [lift]}", "an entry of 'phases' must be a mapping"),
        ("{name: Plank, position: prone, phases: [{for: 2s}]}", "a phase must say 'do'"),
        ("{name: Plank, position: prone, phases: [{do: lift, for: 0s}]}", "'for': a duration here must be"),
        (
            "{name: Plank, position: prone, phases: [{do: lift, breathe: up}]}",
            "'breathe' must be one of in, out",
        ),
        (
            "{name: Plank, position: prone, easier: cobar}",
            "there is no exercise 'cobar'; did you mean 'cobra'?",
        ),
        ("{name: Plank, position: prone, harder: squat}", "there is no exercise 'squat'"),
        (
            "{name: Plank, position: prone, easier: [cobra]}",
            "'easier' must be the name of an exercise, not a list",
        ),
        ("{name: Plank, position: prone, prescription: 3x8}", "'prescription' must be a mapping"),
        ("{name: Plank, position: prone, prescription: {exercise: x}}", "unknown key 'exercise' in a presc"),
        (
            "{name: Plank, position: prone, prescription: {tempo: {up: 1s}}}",
            "has no phase 'up'; its phases are lift",
        ),
        ("{name: Plank, position: prone, prescription: {reps: [3, 2], sets: 3}}", "a pyramid of 2 is 2 sets"),
        (
            "{name: Plank, position: prone, prescription: {hold: 0-5s}}",
            "'hold': a duration here must be more than 0",
        ),
    ],
)
def test_each_mistake_in_an_exercise_has_its_own_sentence(exercise: str, told: str, tmp_path: Path) -> None:
    found = messages(tmp_path, "- {exercise: plank, hold: 1s}", own(exercise))
    assert len(found) == 1, found
    assert told in found[0]


@for_each("name", ["Plank", "side_plank", "-plank", "plank-", "a--b", "плank", "x" * 65, "a b", "''"])
def test_an_id_is_small_letters_digits_and_hyphens(name: str, tmp_path: Path) -> None:
    (found,) = messages(tmp_path, "- bird-dog", f"exercises: {{{name}: {{name: x, position: prone}}}}")
    assert "cannot be the name of an exercise: use small letters" in found


def test_an_exercise_may_name_others_of_its_file(tmp_path: Path) -> None:
    exercises = """
        exercises:
          a: {name: A, position: prone, harder: b, prescription: {hold: 2s}}
          b: {name: B, position: prone, easier: a}
        """
    assert load_day(tmp_path, "- a", exercises).exercises["a"].harder == "b"


def test_own_phases_can_be_given_a_tempo_and_lists_may_be_empty(tmp_path: Path) -> None:
    exercise = (
        "{name: x, position: prone, equipment: [], phases: [{do: press up}], "
        "prescription: {reps: 3, tempo: {press up: 4s}}}"
    )
    found = load_day(tmp_path, "- plank", own(exercise)).exercises["plank"]
    assert [phase.name for phase in found.phases] == ["press up"]
    assert found.equipment == ()


def test_a_day_may_take_sets_from_the_own_pyramid_only_as_they_are(tmp_path: Path) -> None:
    pyramid = own("{name: x, position: prone, prescription: {reps: [3, 2]}}")
    (found,) = messages(tmp_path, "- {exercise: plank, sets: 3}", pyramid)
    assert found == "a pyramid of 2 is 2 sets; leave 'sets' out"
    assert messages(tmp_path, "- {exercise: plank, sets: 2}", pyramid) == []
    assert messages(tmp_path, "- {exercise: plank, sets: 3, reps: 4}", pyramid) == []


def test_a_file_of_the_catalogue(tmp_path: Path) -> None:
    catalogue = Catalogue([catalogue_in(tmp_path)])
    exercise = catalogue.exercise("bird-dog")
    assert exercise.id == "bird-dog"
    assert exercise.prescription is not None
    assert exercise.prescription.reps == Reps((Count(10, 12),))
    assert exercise.prescription.exercise == Prescription().exercise == ""
    assert catalogue.exercise("bird-dog") is exercise  # read once
    with pytest.raises(KeyError):
        catalogue.exercise("squat")


@for_each(
    ("text", "told"),
    [
        ("name: Plank\nposition: prone\n", "1:1: an exercise must say 'format'"),
        ("format: 3\nnaem: Plank\n", "1:9: this file is of format 3: it needs a newer backtimer"),
        ("format: 1\nname: P\nposition: prone\neasier: cobar\n", "4:9: there is no exercise 'cobar'"),
        ("[]", "1:1: each line is a key, a colon and a value, as in"),
    ],
)
def test_mistakes_in_a_file_of_the_catalogue(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "plank.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_exercise(path, ("cobra",))
    (problem,) = caught.value.problems
    assert f"{problem.line}:{problem.column}: {problem.message}".startswith(told)


def test_the_first_directory_wins_and_other_files_are_no_exercises(tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    for directory, name in ((mine, "Mine"), (theirs, "Theirs")):
        directory.mkdir()
        text = f"format: 1\nname: {name}\nposition: prone\n"
        for file in ("plank.yaml", "Plank.yaml", ".hidden.yaml", "notes.txt", f"only-{name.lower()}.yml"):
            (directory / file).write_text(text, encoding="utf-8")
    catalogue = Catalogue([mine, theirs, tmp_path / "missing"])
    assert set(catalogue.files) == {"plank", "only-mine", "only-theirs"}
    assert catalogue.exercise("plank").name == "Mine"


@for_each(
    ("equipment", "position"),
    [
        ("[mat, resistance band]", Position.FLOOR_SEATED),
        ("[exercise mat]", Position.FLOOR_SEATED),
        ("[mat, chair]", Position.SEATED),
        ("[a chair without wheels]", Position.SEATED),
        ("[]", Position.SEATED),
    ],
)
def test_who_sat_on_a_mat_before_the_floor_had_a_word_sits_on_the_floor(
    equipment: str, position: Position, tmp_path: Path
) -> None:
    path = tmp_path / "row.yaml"
    path.write_text(f"format: 1\nname: Row\nposition: seated\nequipment: {equipment}\n", encoding="utf-8")
    assert read_exercise(path).position is position


def test_what_stands_in_for_missing_equipment_has_to_exist(tmp_path: Path) -> None:
    path = tmp_path / "row.yaml"
    path.write_text("format: 1\nname: Row\nposition: seated\ninstead: cobar\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match="there is no exercise 'cobar'"):
        read_exercise(path, ("cobra",))
