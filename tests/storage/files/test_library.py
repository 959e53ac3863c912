"""The library: names, paths, and who wins."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backtimer.storage.files.library import Entry, Library, UnknownExerciseError, UnknownRoutineError
from backtimer.storage.files.paths import Paths
from backtimer.storage.files.source import ProblemsError
from tests.storage.files.kept import settle
from tests.storage.routine_files import catalogue_in

WEEK = "format: 1\ntitle: {title}\ndays: {{monday: {{exercises: [bird-dog]}}}}\n"


def write(path: Path, title: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(WEEK.format(title=title), encoding="utf-8")
    return path


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    directory = tmp_path / "bundled"
    catalogue_in(directory)
    write(directory / "lower-back.yaml", "Lower back week")
    write(directory / "gentle-start.yaml", "Gentle start")
    return directory


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(config=tmp_path / "config", data=tmp_path / "data", cache=tmp_path / "cache")


@pytest.fixture
def library(paths: Paths, bundled: Path) -> Library:
    return Library(paths, bundled)


def test_what_is_bundled_is_found_without_a_config_directory(library: Library, bundled: Path) -> None:
    assert library.names() == (
        Entry("gentle-start", "Gentle start", "bundled", bundled / "gentle-start.yaml"),
        Entry("lower-back", "Lower back week", "bundled", bundled / "lower-back.yaml"),
    )
    assert library.load("lower-back").title == "Lower back week"
    assert library.load("lower-back").id == "lower-back"


def test_what_is_yours_wins(library: Library, paths: Paths) -> None:
    own = write(paths.routines / "lower-back.yaml", "Mine")
    write(paths.routines / "evening.yml", "Evening")
    assert [(entry.name, entry.title, entry.origin) for entry in library.names()] == [
        ("evening", "Evening", "yours"),
        ("gentle-start", "Gentle start", "bundled"),
        ("lower-back", "Mine", "yours"),
    ]
    assert library.load("lower-back").title == "Mine"
    assert library.locate("lower-back") == own


def test_broken_files_are_on_the_list_and_marked(library: Library, paths: Paths) -> None:
    paths.routines.mkdir(parents=True)
    (paths.routines / "broken.yaml").write_text("title: [", encoding="utf-8")
    (paths.routines / "empty.yaml").touch()
    (paths.routines / "folder.yaml").mkdir()
    (paths.routines / "list.yaml").write_text("- a", encoding="utf-8")
    flawed = {"rest": "monday: rest", "unknown": "monday: {exercises: [cat-kow]}"}
    for name, day in flawed.items():
        (paths.routines / f"{name}.yaml").write_text(f"format: 1\ntitle: x\ndays: {{{day}}}")
    (paths.routines / "no-format.yaml").write_text("title: x\ndays: {monday: {rest: }}", encoding="utf-8")
    (paths.routines / "rich.yaml").write_text("{\\rtf1\\ansi title: x}", encoding="utf-8")
    (paths.routines / "page.yaml").write_text("<html>title: x</html>", encoding="utf-8")
    (paths.routines / "untitled.yaml").write_text("format: 1\ndays: {monday: {rest: }}", encoding="utf-8")
    (paths.routines / "Not A Name.yaml").write_text("title: x", encoding="utf-8")
    entries = {
        entry.name: (entry.title, entry.broken) for entry in library.names() if entry.origin == "yours"
    }
    assert entries == {
        "broken": ("", True),
        "empty": ("", True),
        "folder": ("", True),
        "list": ("", True),
        "no-format": ("", True),
        "page": ("", True),
        "rest": ("", True),
        "rich": ("", True),
        "unknown": ("", True),
        "untitled": ("untitled", False),
    }
    with pytest.raises(ProblemsError):
        library.load("broken")


@pytest.mark.parametrize("path", ["{}/my-week.yaml", "{}/My Week.yml", "{}/no-ending"])
def test_what_has_a_separator_or_an_ending_is_a_path(path: str, library: Library, tmp_path: Path) -> None:
    file = write(Path(path.format(tmp_path)), "Elsewhere")
    assert library.load(str(file)).title == "Elsewhere"
    assert library.load(str(file)).id == file.stem


def test_a_path_may_be_relative_but_a_name_never_reads_the_current_directory(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    write(here / "my-week.yaml", "Here")
    write(here / "my-week", "Here")
    write(here / "lower-back", "Here")
    monkeypatch.chdir(here)
    assert library.load("my-week.yaml").title == "Here"
    assert library.load("./my-week").title == "Here"
    assert library.load("lower-back").title == "Lower back week"
    with pytest.raises(UnknownRoutineError):
        library.load("my-week")


@pytest.mark.parametrize(
    "name", ["..", ".", "~", "", "lower back", "Lower-Back", "exercises", "x" * 300, "a\x1b[2J"]
)
def test_what_is_no_name_is_unknown(name: str, library: Library) -> None:
    with pytest.raises(UnknownRoutineError) as caught:
        library.load(name)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


def test_a_path_that_leads_nowhere_is_a_problem_of_that_file(library: Library, tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        library.load(f"{tmp_path}/../nowhere")
    assert str(caught.value) == f"{tmp_path}/../nowhere: there is no such file"


def test_an_unknown_name_is_told_with_what_may_have_been_meant(library: Library) -> None:
    with pytest.raises(UnknownRoutineError) as caught:
        library.load("lower-bakc")
    expected = (
        "there is no routine 'lower-bakc'; did you mean 'lower-back'? 'backtimer list' shows those there are"
    )
    assert str(caught.value) == expected
    with pytest.raises(UnknownRoutineError) as caught:
        library.load("xyz")
    assert str(caught.value) == "there is no routine 'xyz'; 'backtimer list' shows those there are"


def test_exercises_are_found_by_their_id_and_your_own_win(library: Library, paths: Paths) -> None:
    assert library.exercise("bird-dog").name == "Bird-dog"
    with pytest.raises(UnknownExerciseError, match=r"no exercise 'brid-dog'; did you mean 'bird-dog'\?"):
        library.exercise("brid-dog")


def test_a_bundled_routine_uses_your_own_exercise(paths: Paths, bundled: Path) -> None:
    own = paths.routines / "exercises" / "bird-dog.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        "format: 1\nname: My bird\nposition: quadruped\nprescription: {reps: 3}\n", encoding="utf-8"
    )
    assert Library(paths, bundled).load("lower-back").exercises["bird-dog"].name == "My bird"


def test_checking_tells_what_is_wrong_with_a_routine_or_an_exercise(library: Library, tmp_path: Path) -> None:
    exercise = tmp_path / "plank.yaml"
    exercise.write_text("format: 1\nname: Plank\nposition: prone\nsides: both\n", encoding="utf-8")
    week = write(tmp_path / "week.yaml", "''")
    assert library.check("lower-back") == ()
    assert [problem.line for problem in library.check(str(exercise))] == [4]
    assert [problem.line for problem in library.check(str(week))] == [2]
    assert [problem.message for problem in library.check(str(tmp_path / "no.yaml"))] == [
        "there is no such file"
    ]
    with pytest.raises(UnknownRoutineError):
        library.check("nothing")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be read here")
def test_a_directory_that_may_not_be_read_hides_nothing_else(library: Library, paths: Paths) -> None:
    paths.routines.mkdir(parents=True)
    paths.routines.chmod(0)
    try:
        assert [entry.name for entry in library.names()] == ["gentle-start", "lower-back"]
    finally:
        paths.routines.chmod(0o700)


def test_files_that_nobody_can_ask_for_are_told_with_what_to_do(library: Library, paths: Paths) -> None:
    for name in (
        "evening.yml",
        "rücken.yaml",
        "My Back.yaml",
        "week_1.yaml",
        "Loud.YAML",
        "\u80cc.yaml",
        "lower-back (conflicted copy 2026-11-27).yaml",
        "lower-back.sync-conflict-20261127-101010-ABCDEFG.yaml",
        "evening (1).yaml",
        "evening - Copy.yml",
        ".#evening.yaml",
        "._evening.yaml",
        "#evening.yaml#",
        "evening.yaml~",
        "evening.yaml.bak",
        "notes.txt",
        "exercises/Side Plank.yaml",
    ):
        write(paths.routines / name, name)
    copy = "it looks like a copy of another file and is not used: delete it, or give it another name"
    impossible = (
        "no one can ask for it by its name, which may have small letters, digits and single hyphens only: "
    )
    told = {Path(each.path).name: each.message for each in library.strays()}
    assert told == {
        "rücken.yaml": f"{impossible}rename it to rucken.yaml",
        "My Back.yaml": f"{impossible}rename it to my-back.yaml",
        "week_1.yaml": f"{impossible}rename it to week-1.yaml",
        "Loud.YAML": f"{impossible}rename it to loud.yaml",
        "\u80cc.yaml": "no one can ask for it by its name: "
        "rename it with small letters, digits and single hyphens",
        "lower-back (conflicted copy 2026-11-27).yaml": copy,
        "lower-back.sync-conflict-20261127-101010-ABCDEFG.yaml": copy,
        "evening (1).yaml": copy,
        "evening - Copy.yml": copy,
        "Side Plank.yaml": f"{impossible}rename it to side-plank.yaml",
    }
    assert [path.name for path in library.own_files()] == ["evening.yml"]
    assert [entry.name for entry in library.names() if entry.origin == "yours"] == ["evening"]


def test_the_list_knows_when_an_exercise_becomes_flawed(paths: Paths, bundled: Path) -> None:
    write(paths.routines / "evening.yaml", "Evening")
    own = paths.routines / "exercises" / "bird-dog.yaml"
    own.parent.mkdir()
    sound = "format: 1\nname: Mine\nposition: prone\nprescription: {reps: 8}\n"
    for text, broken in ((sound, False), ("format: 1\n", True)):
        own.write_text(text, encoding="utf-8")
        for _again in range(2):
            entries = Library(paths, bundled).names()
            assert [each.broken for each in entries if each.name == "evening"] == [broken]
            settle(paths)


def test_a_link_to_itself_hides_no_other_stray(library: Library, paths: Paths) -> None:
    write(paths.routines / "My Back.yaml", "x")
    (paths.routines / "loop.yaml").symlink_to("loop.yaml")
    assert [Path(each.path).name for each in library.strays()] == ["My Back.yaml"]
    assert {each.name: each.broken for each in library.names() if each.origin == "yours"} == {"loop": True}


def test_of_two_files_with_one_name_the_one_that_is_not_used_is_told(library: Library, paths: Paths) -> None:
    used = write(paths.routines / "evening.yaml", "One")
    write(paths.routines / "evening.yml", "Other")
    write(paths.routines / "Evening.yaml", "Third")
    assert library.locate("evening") == used
    assert [(Path(each.path).name, each.message.split(":")[0]) for each in library.strays()] == [
        (
            "Evening.yaml",
            "no one can ask for it by its name, which may have small letters, digits and single hyphens only",
        ),
        ("evening.yml", "it is not used"),
    ]
    assert library.strays()[0].message.endswith("rename it to evening-2.yaml")


@pytest.mark.parametrize("name", ["my-back", "My Back", "my_back"])
def test_who_asks_for_a_file_with_an_impossible_name_is_told_so(
    name: str, library: Library, paths: Paths
) -> None:
    write(paths.routines / "My Back.yaml", "Mine")
    with pytest.raises(UnknownRoutineError) as caught:
        library.load(name)
    told = str(caught.value)
    assert told.startswith(f"there is no routine '{name}'; My Back.yaml: no one can ask for it by its name")
    assert told.endswith("rename it to my-back.yaml")


def test_a_text_that_a_comment_cuts_off_is_hinted_at(library: Library, tmp_path: Path) -> None:
    week = tmp_path / "week.yaml"
    week.write_text(
        "format: 1\ntitle: Back #2  # mine\ndays:\n  monday:\n    title: Strong # all of it\n"
        "    exercises:\n      - exercise: bird-dog\n        note: 'Slot #3'\n        hold: 3s #slow\n"
    )
    assert [(each.line, each.column, each.message) for each in library.hints(str(week))] == [
        (
            2,
            13,
            "what stands behind ' #' is a comment, and no part of 'title'; if it belongs to it, "
            'put all of it in quotes: "Back #2  # mine"',
        )
    ]
    exercise = tmp_path / "plank.yaml"
    exercise.write_text("format: 1\nname: Plank #1\nposition: prone\n")
    assert [each.line for each in library.hints(str(exercise))] == [2]
