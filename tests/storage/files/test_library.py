"""The library: names, paths, and who wins."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backtimer.storage.files.library import Entry, Library, UnknownExerciseError, UnknownRoutineError
from backtimer.storage.files.paths import Paths
from backtimer.storage.files.source import ProblemsError
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
    (paths.routines / "untitled.yaml").write_text("days: {}", encoding="utf-8")
    (paths.routines / "Not A Name.yaml").write_text("title: x", encoding="utf-8")
    entries = {
        entry.name: (entry.title, entry.broken) for entry in library.names() if entry.origin == "yours"
    }
    assert entries == {
        "broken": ("", True),
        "empty": ("", True),
        "folder": ("", True),
        "list": ("", True),
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
    exercise.write_text("format: 1\nname: Plank\nposition: prone\nsides: left\n", encoding="utf-8")
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
