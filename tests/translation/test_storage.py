"""What is said of files and of the history comes through the door, whole, whatever is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from backtimer import RefusedError
from backtimer.language import speaking
from backtimer.storage.files import fields
from backtimer.storage.files.exercise_file import Catalogue, read_exercise
from backtimer.storage.files.library import Library, UnknownExerciseError
from backtimer.storage.files.paths import HOME_VARIABLE, NoHomeError, Paths, find_paths
from backtimer.storage.files.routine_file import read_routine
from backtimer.storage.files.settings import load_settings, save_routine
from backtimer.storage.files.source import ProblemsError, source_of
from backtimer.storage.files.tables import Table
from backtimer.storage.files.yaml_nodes import parse_source
from backtimer.storage.history import backups
from backtimer.storage.history.file import BACKUPS, Notice, Trouble, cause_of
from backtimer.storage.history.health import examine
from backtimer.storage.history.importing import TransferError, import_file, import_text
from backtimer.storage.history.opening import open_history
from backtimer.storage.history.recorder import Recorder
from backtimer.storage.history.rescue import unsaved_text
from backtimer.storage.history.values import AmbiguousSessionError, UnknownSessionError
from tests.rules import for_each
from tests.storage.files import (
    test_days,
    test_entries,
    test_exercise_file,
    test_hostile,
    test_routine_file,
    test_settings,
    test_slips,
    test_yaml_nodes,
)
from tests.storage.histories import STARTED, a_session, clock, done, history_at
from tests.storage.history import test_cause, test_transfer_refused
from tests.storage.routine_files import BIRD_DOG, catalogue_in, load, load_day
from tests.storage.transfers import exported, full, machine
from tests.translation.blanking import Blanking, assert_all_said, cases_of, words_of


@pytest.fixture(autouse=True)
def blanked() -> Iterator[None]:
    with speaking(Blanking()):
        yield


def _vocabulary(kind: object, seen: set[int]) -> set[str]:
    """All the words that files are written in: keys, and what may be chosen."""
    if id(kind) in seen or isinstance(kind, str):
        return set()
    seen.add(id(kind))
    found: set[str] = set()
    if isinstance(kind, Table):
        for field in kind.fields:
            found |= words_of(field.key) | _vocabulary(field.type, seen)
        return found
    found |= {word for text in getattr(kind, "values", ()) for word in words_of(text)}
    for name in ("item", "table", "record", "prescription", "circuit", "_list", "_record", "_words"):
        found |= _vocabulary(getattr(kind, name, None), seen)
    return found


TABLES = (fields.SETTINGS, fields.ROUTINE, fields.EXERCISE_FILE)
WORDS_OF_FILES = frozenset().union(
    *(_vocabulary(table, set()) for table in TABLES),
    fields.DAYS,
    ("sets", "rounds", "lift", "lower", "relax"),
)


def _catalogue_file(directory: Path, text: str) -> None:
    path = directory / "plank.yaml"
    path.write_text(text, encoding="utf-8")
    read_exercise(path, ("cobra",))


def _settings(directory: Path, text: str) -> None:
    path = directory / "settings.yaml"
    path.write_text(text, encoding="utf-8")
    load_settings(path)


def _yaml(_: Path, text: str) -> None:
    parse_source(source_of("file.yaml", text))


TOO_MANY = (
    "flow of flows",
    "flow of pairs",
    "long flow mapping",
    "many complex keys",
    "many items",
    "many keys",
)
"""Hostile texts with too many values, of which the one sentence is told of a `long flow`, too."""

Read = Callable[[Path, str], object]
READERS: tuple[tuple[Read, list[str]], ...] = (
    (load_day, cases_of(test_entries.test_each_mistake_in_an_entry_has_its_own_sentence)),
    (
        lambda directory, day: load(directory, f"format: 1\ndays:\n  sunday: {day}\n"),
        cases_of(test_days.test_each_mistake_in_a_day_has_its_own_sentence),
    ),
    (
        lambda directory, key: load(directory, f"format: 1\ndays:\n  {key}: {{rest: x}}\n"),
        cases_of(test_days.test_a_key_that_is_no_day),
    ),
    (
        lambda directory, days: load(directory, f"format: 1\n{days}"),
        cases_of(test_days.test_no_days_at_all),
    ),
    (
        lambda directory, text: load_day(
            directory, "- {exercise: plank, hold: 1s}", test_exercise_file.own(text)
        ),
        cases_of(test_exercise_file.test_each_mistake_in_an_exercise_has_its_own_sentence),
    ),
    (_catalogue_file, cases_of(test_exercise_file.test_mistakes_in_a_file_of_the_catalogue)),
    (
        lambda directory, value: load(directory, f"{value}days: {{monday: {{rest: true}}}}\n"),
        cases_of(test_routine_file.test_the_format),
    ),
    (
        lambda directory, text: load_day(directory, "- bird-dog", f"defaults: {text}"),
        cases_of(test_routine_file.test_mistakes_in_the_defaults),
    ),
    (
        lambda directory, entries: load(directory, f"format: 1\ndays:\n  monday:\n    exercises:\n{entries}"),
        cases_of(test_slips.test_a_slip_is_told_where_it_was_made),
    ),
    (load, cases_of(test_slips.test_a_slip_in_the_frame_of_a_routine)),
    (_settings, cases_of(test_settings.test_mistakes_in_the_settings)),
    (_yaml, cases_of(test_yaml_nodes.test_what_is_refused_is_refused_in_one_line)),
    (_yaml, ["", "a: &a [*a]", "a: [", "a: 'x", 'a: "\\z"', "a: b: c", "a: @x", "a:\n\t- b", "[" * 40]),
    (load, [text for name, text in test_hostile.TEXTS.items() if name not in TOO_MANY]),
)


@for_each(("read", "text"), [(read, text) for read, texts in READERS for text in texts])
def test_what_is_wrong_in_a_file(read: Read, text: str, tmp_path: Path) -> None:
    catalogue_in(tmp_path)
    with pytest.raises(ProblemsError) as caught:
        read(tmp_path, text)
    for problem in caught.value.problems:
        assert_all_said(
            problem.message, text, *WORDS_OF_FILES, BIRD_DOG, "bird-dog cobra tag:yaml.org U+FF1A plank"
        )


@for_each("data", [b"\xff\xfef", b"", b"%YAML 1\n---\n", b"#" * 300_000])
def test_what_is_no_text(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "week.yaml"
    path.write_bytes(data)
    with pytest.raises(ProblemsError) as caught:
        read_routine(path, Catalogue([]))
    assert_all_said(caught.value.problems[0].message, "KiB")


@pytest.mark.parametrize("name", ["missing.yaml", "", "x" * 300 + ".yaml"])
def test_what_is_no_file(name: str, tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        read_routine(tmp_path / name, Catalogue([]))
    assert_all_said(caught.value.problems[0].message)


def test_what_cannot_be_found(tmp_path: Path) -> None:
    paths = Paths(tmp_path, tmp_path, tmp_path / "cache")
    for library in (Library(paths), Library(paths, bundled=tmp_path / "nowhere")):
        for name in ("lower-bakc", "xyz", "bird-dgo"):
            with pytest.raises(RefusedError) as routine:
                library.load(name)
            assert_all_said(
                str(routine.value), name, "lower-back", "backtimer list", str(tmp_path), "nowhere"
            )
            with pytest.raises(UnknownExerciseError) as exercise:
                library.exercise(name)
            assert_all_said(str(exercise.value), name, "bird-dog", str(tmp_path), "nowhere")


def test_where_no_home_is(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = SimpleNamespace(user_config_path=Path("~"), user_data_path=Path("~"), user_cache_path=Path("~"))
    monkeypatch.setattr("platformdirs.PlatformDirs", lambda *_, **__: nowhere)
    with pytest.raises(NoHomeError) as caught:
        find_paths({})
    assert_all_said(str(caught.value), HOME_VARIABLE)


def test_a_routine_that_cannot_be_set(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("routine: &a x\nsound: {voice: *a}\n", encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        save_routine(path, "Not A Name")
    assert_all_said(caught.value.problems[0].message, "routine", "Not A Name")


@for_each("harm", test_transfer_refused.HARM)
def test_what_is_wrong_in_an_export(harm: str, tmp_path: Path) -> None:
    here, there = machine(tmp_path, "here"), machine(tmp_path, "there")
    full(here)
    text = exported(here)
    content = json.loads(text)
    test_transfer_refused.HARM[harm][0](content)
    changed = json.dumps(content, ensure_ascii=False).replace("Infinity", "1e999")
    with pytest.raises(TransferError) as caught:
        import_text(there, changed)
    assert_all_said(
        str(caught.value), text, "left colour steps skipped partial import log flare-up holiday ill right"
    )


@for_each("data", cases_of(test_transfer_refused.test_what_is_no_export_is_refused))
def test_what_is_no_export(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(TransferError) as caught:
        import_text(machine(tmp_path, "here"), data)
    assert_all_said(str(caught.value))


def test_an_export_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(TransferError) as caught:
        import_file(machine(tmp_path, "here"), tmp_path)
    assert_all_said(str(caught.value), str(tmp_path))


def test_every_trouble_of_the_history(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    for trouble in Trouble:
        for notice in (
            Notice(trouble, path),
            Notice(trouble, path, detail="1"),
            Notice(trouble, path, moved_to=path),
        ):
            assert_all_said(notice.text(), str(path))
    for name in test_cause.REASONS:
        cause = cause_of(test_cause.failing(name))
        assert_all_said(Notice(Trouble.FAILED, path, cause=cause).reason)


def test_how_the_history_is(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    for make in (lambda: None, lambda: path.write_bytes(b""), lambda: path.write_bytes(b"no database" * 99)):
        make()
        for line in examine(path, STARTED).lines():
            assert_all_said(line, str(path), "backups")
    path.unlink()
    full(history_at(path))
    (tmp_path / BACKUPS).write_bytes(b"")
    for line in examine(path, STARTED).lines():
        assert_all_said(line, str(path), "SQLite backups")


def test_a_backup_that_is_offered(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    folder = tmp_path / BACKUPS
    folder.mkdir()
    for name in ("history-20261105T183000Z-1.db", "history-20261106T183000Z-365.db"):
        (folder / name).touch()
        for held in (None, backups.Held(0), backups.Held(1, STARTED)):
            if text := backups.missed_text(path, held, STARTED + timedelta(days=40)):
                assert_all_said(text, "backtimer restore Nov")
    assert_all_said(backups.note_failure(path, "1", STARTED), str(folder))


def test_a_backup_that_cannot_be_restored(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    for backup in (None, tmp_path, tmp_path / "missing"):
        with pytest.raises(backups.BackupError) as caught:
            backups.restore(path, clock(), backup)
        assert_all_said(str(caught.value), str(tmp_path), "missing")


def test_a_session_that_is_not_found() -> None:
    assert_all_said(str(UnknownSessionError("x1")))
    assert_all_said(str(AmbiguousSessionError("12", ("12", "123"))))


@pytest.mark.parametrize("sets", [0, 1, 2])
def test_a_session_that_cannot_be_saved(tmp_path: Path, sets: int) -> None:
    tmp_path.joinpath("history.db").mkdir()
    recorder = Recorder(open_history(tmp_path / "history.db", clock()), a_session())
    recorder.start()
    for index in range(sets):
        recorder.record(done(index))
    assert_all_said(recorder.problem)
    for kept in (None, tmp_path / "kept.json"):
        assert_all_said(unsaved_text([recorder], kept), "backtimer import", str(tmp_path), "kept json")
