"""What was read is kept, and never believed when anything that it was read from has changed."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from backtimer.core.plan.routine import Circuit, Routine
from backtimer.storage.files import exercise_file
from backtimer.storage.files.library import Library
from backtimer.storage.files.parsed import ParsedCache, stamp, stamps_of
from backtimer.storage.files.paths import Paths, bundled_routines, find_paths
from backtimer.storage.files.routine_file import Reader
from backtimer.storage.files.routine_values import routine_from_values, routine_to_values
from backtimer.storage.files.settings import Settings, load_settings
from backtimer.storage.files.source import ProblemsError
from tests.storage.files.kept import OWN, WEEK, Reads, kept_week, load, settle
from tests.storage.routine_files import BIRD_DOG


def test_what_has_not_changed_is_not_read_again(paths: Paths, bundled: Path, reads: Reads) -> None:
    first = load(paths, bundled)
    settle(paths)
    assert load(paths, bundled) == first
    assert repr(load(paths, bundled)) == repr(first)
    assert reads.count == 1


def test_what_was_kept_at_once_after_a_change_is_read_again(
    paths: Paths, bundled: Path, reads: Reads
) -> None:
    load(paths, bundled)
    load(paths, bundled)
    assert reads.count == 2


def _in_place(paths: Paths, bundled: Path) -> None:
    """As many characters, and the time of the change set back."""
    file = bundled / "week.yaml"
    times = file.stat()
    file.write_text(WEEK.replace("Before", "After!"), encoding="utf-8")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


def _replaced(paths: Paths, bundled: Path) -> None:
    new = bundled / "new"
    new.write_text(WEEK.replace("Before", "After!"), encoding="utf-8")
    shutil.copystat(bundled / "week.yaml", new)
    new.replace(bundled / "week.yaml")


def _longer(paths: Paths, bundled: Path) -> None:
    (bundled / "week.yaml").write_text(WEEK.replace("Before", "Afterwards"), encoding="utf-8")


def _shadowed(paths: Paths, bundled: Path) -> None:
    paths.routines.mkdir(parents=True)
    (paths.routines / "week.yaml").write_text(WEEK.replace("Before", "Mine"), encoding="utf-8")


def _exercise_changed(paths: Paths, bundled: Path) -> None:
    file = bundled / "exercises" / "bird-dog.yaml"
    file.write_text(BIRD_DOG.replace("name: Bird-dog", "name: Dog-bird"), encoding="utf-8")


def _exercise_shadowed(paths: Paths, bundled: Path) -> None:
    own = paths.routines / "exercises" / "bird-dog.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(OWN, encoding="utf-8")


def _linked_elsewhere(paths: Paths, bundled: Path) -> None:
    (bundled / "other").write_text(WEEK.replace("Before", "After!"), encoding="utf-8")
    (bundled / "week.yaml").unlink()
    (bundled / "week.yaml").symlink_to(bundled / "other")


@pytest.mark.parametrize(
    "change",
    [_in_place, _replaced, _longer, _shadowed, _exercise_changed, _exercise_shadowed, _linked_elsewhere],
)
def test_every_change_is_seen(change: Callable[[Paths, Path], None], paths: Paths, bundled: Path) -> None:
    before = load(paths, bundled)
    settle(paths)
    change(paths, bundled)
    after = load(paths, bundled)
    assert after != before
    shutil.rmtree(paths.parsed)
    assert load(paths, bundled) == after


def test_an_exercise_of_ones_own_that_comes_and_goes_is_seen(paths: Paths, bundled: Path) -> None:
    own = paths.routines / "exercises"
    own.mkdir(parents=True)
    (own / "other.yaml").write_text(OWN, encoding="utf-8")
    kept_week(paths, bundled)
    (own / "bird-dog.yaml").write_text(OWN, encoding="utf-8")
    assert load(paths, bundled).exercises["bird-dog"].name == "Mine"
    settle(paths)
    (own / "bird-dog.yaml").unlink()
    assert load(paths, bundled).exercises["bird-dog"].name == "Bird-dog"


def test_an_exercise_that_is_gone_is_told(paths: Paths, bundled: Path) -> None:
    kept_week(paths, bundled)
    (bundled / "exercises" / "bird-dog.yaml").unlink()
    with pytest.raises(ProblemsError, match="no exercise 'bird-dog'"):
        load(paths, bundled)


def test_an_exercise_that_is_only_named_as_easier_is_missed_when_it_is_gone(
    paths: Paths, bundled: Path
) -> None:
    file = bundled / "exercises" / "bird-dog.yaml"
    file.write_text(BIRD_DOG + "easier: cobra\n", encoding="utf-8")
    kept_week(paths, bundled)
    (bundled / "exercises" / "cobra.yaml").unlink()
    with pytest.raises(ProblemsError, match="no exercise 'cobra'"):
        load(paths, bundled)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be read here")
def test_a_file_that_may_no_longer_be_read_is_told(paths: Paths, bundled: Path) -> None:
    kept_week(paths, bundled)
    (bundled / "week.yaml").chmod(0)
    with pytest.raises(ProblemsError, match="no permission"):
        load(paths, bundled)


def test_what_changes_while_it_is_read_is_read_again(
    paths: Paths, bundled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Reader.routine

    def read(reader: Reader, path: Path) -> Routine:
        routine = real(reader, path)
        _longer(paths, bundled)
        _exercise_changed(paths, bundled)
        return routine

    with monkeypatch.context() as patched:
        patched.setattr(Reader, "routine", read)
        assert load(paths, bundled).title == "Before"
    settle(paths)
    assert load(paths, bundled).title == "Afterwards"
    assert load(paths, bundled).exercises["bird-dog"].name == "Dog-bird"


def test_a_relative_path_means_another_file_elsewhere(
    paths: Paths, bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("One", "Two"):
        (tmp_path / title).mkdir()
        (tmp_path / title / "my.yaml").write_text(WEEK.replace("Before", title), encoding="utf-8")
    for title in ("One", "Two", "One"):
        monkeypatch.chdir(tmp_path / title)
        assert load(paths, bundled, "./my.yaml").title == title
        settle(paths)


def test_other_folders_are_other_routines(paths: Paths, bundled: Path, tmp_path: Path) -> None:
    kept_week(paths, bundled)
    _exercise_shadowed(paths._replace(config=tmp_path / "other"), bundled)
    other = load(paths._replace(config=tmp_path / "other"), bundled)
    assert other.exercises["bird-dog"].name == "Mine"


def test_two_routines_with_one_number_are_both_right(
    paths: Paths, bundled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backtimer.storage.files.library._MOST_KEPT", 1)
    (bundled / "other.yaml").write_text(WEEK.replace("Before", "Other"), encoding="utf-8")
    for name, title in 2 * (("week", "Before"), ("other", "Other")):
        assert load(paths, bundled, name).title == title
        settle(paths)
    assert [file.name for file in paths.parsed.iterdir()] == ["routine-00"]


@pytest.mark.skipif(os.name == "nt", reason="there are no modes")
def test_nobody_else_can_look_at_what_is_kept(paths: Paths, bundled: Path) -> None:
    load(paths, bundled)
    Library(paths, bundled).names()
    assert stat.S_IMODE(paths.parsed.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in paths.parsed.iterdir()} == {0o600}


def test_the_list_reads_only_titles_that_changed(paths: Paths, bundled: Path, reads: Reads) -> None:
    (bundled / "other.yaml").write_text(WEEK.replace("Before", "Other"), encoding="utf-8")

    def titles() -> list[str]:
        return [entry.title for entry in Library(paths, bundled).names()]

    assert titles() == ["Other", "Before"]
    settle(paths)
    assert titles() == ["Other", "Before"]
    assert reads.count == 2
    _longer(paths, bundled)
    assert titles() == ["Other", "Afterwards"]
    assert reads.count == 3
    (bundled / "other.yaml").unlink()
    assert titles() == ["Afterwards"]
    assert len(ParsedCache(paths).find("titles").value) == 1  # type: ignore[union-attr]


def test_a_file_that_could_not_be_read_is_tried_again(
    paths: Paths, bundled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Reader, "title", lambda *_: None)
        assert [entry.broken for entry in Library(paths, bundled).names()] == [True]
    settle(paths)
    assert [entry.title for entry in Library(paths, bundled).names()] == ["Before"]


def test_the_list_of_exercises_knows_which_others_there_are(paths: Paths, bundled: Path) -> None:
    file = bundled / "exercises" / "bird-dog.yaml"
    file.write_text(BIRD_DOG + "easier: cobra\n", encoding="utf-8")

    def told() -> list[tuple[str, str, bool]]:
        return [(one.id, one.name, one.broken) for one in Library(paths, bundled).exercises()]

    whole = [("bird-dog", "Bird-dog", False), ("cobra", "Cobra", False)]
    assert told() == whole
    settle(paths)
    assert told() == whole
    cobra = bundled / "exercises" / "cobra.yaml"
    content = cobra.read_text(encoding="utf-8")
    cobra.unlink()
    assert told() == [("bird-dog", "", True)]
    settle(paths)
    cobra.write_text(content, encoding="utf-8")
    assert told() == whole


def test_checking_reads_whatever_is_kept(paths: Paths, bundled: Path) -> None:
    file = kept_week(paths, bundled)
    cache = ParsedCache(paths)
    kept = cache.find(file.name)
    assert kept is not None
    # A file that is flawed, and stamps that say it is the one that was read when it was not.
    (bundled / "week.yaml").write_text(WEEK.replace("Before", "''"), encoding="utf-8")
    cache.keep(file.name, kept.value, stamps_of(kept.stamps))
    settle(paths)
    assert load(paths, bundled).title == "Before"
    assert [problem.line for problem in Library(paths, bundled).check("week")] == [2]


@pytest.mark.parametrize("name", ["lower-back", "gentle-start"])
def test_a_bundled_routine_comes_back_as_it_was(name: str) -> None:
    routine = Reader([bundled_routines() / "exercises"]).routine(bundled_routines() / f"{name}.yaml")
    again = routine_from_values(_through_json(routine_to_values(routine)))
    assert again == routine
    assert repr(again) == repr(routine)  # the types of what is in it, too


EVERYTHING = """\
format: 1
title: Alles, överallt
source: A book
language: nl
defaults: {prepare: 5s, rest: 0s, switch: 3s, transition: 2 breaths, position_change: 20s, round_rest: 1m,
  breathing: {in: 3s, out: 5s}}
days:
  monday:
    title: Strong
    times: 2
    optional: yes
    exercises:
      - {exercise: own, sets: 2-3, reps: [6, 4, 2], hold: 3-5s, tempo: {up: 2s}, rest: 30s, switch: 4s,
         load: red band, pace: self, note: Slowly, sides: each}
      - {exercise: own, sets: 2, reps: max}
      - {title: Round, rounds: 2-3, rest: 40s, exercises: [own, {exercise: own, duration: 30s}]}
  tuesday: {activity: A walk, duration: 20-30m}
  wednesday: {same_as: monday}
  thursday: {rest: A light walk}
exercises:
  own:
    name: Own
    position: side-lying
    sides: each
    targets: [glutes]
    equipment: [mat, band]
    phases: [{do: up, for: 2s, breathe: out, say: Reach}, {do: hold}]
    setup: Lie down
    steps: [Up, Down]
    watch: [The neck]
    easier: easy
    prescription: {sets: 2, reps: 8, hold: 3s, relax: 1s}
  easy: {name: Easy, position: supine, harder: own, prescription: {hold: 10 breaths}}
"""


def _through_json(values: object) -> object:
    return json.loads(json.dumps(values))


def test_everything_a_file_can_say_comes_back(paths: Paths, bundled: Path, reads: Reads) -> None:
    (bundled / "all.yaml").write_text(EVERYTHING, encoding="utf-8")
    first = load(paths, bundled, "all")
    settle(paths)
    again = load(paths, bundled, "all")
    assert reads.count == 1
    assert again == first
    assert repr(again) == repr(first)
    assert isinstance(again.days["monday"].items[2], Circuit)
    assert list(again.exercises) == list(first.exercises)


SETTINGS = """\
routine: gentle-start
rollover: 03:30
theme: light
figure: moving
language: pt-BR
breathing: {in: 3s, out: 5s}
progression: auto
instructions: full
circuits: straight
goal: 3 per week
sound: {cues: short, volume: 30, rate: 120, duck: yes}
"""


@pytest.mark.parametrize("text", [SETTINGS, "sound: off\n", "", "routine: own.yaml\n"])
def test_settings_come_back_and_are_read_when_they_change(
    text: str, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths.config.mkdir()
    paths.settings.write_text(text, encoding="utf-8")
    first = load_settings(paths.settings, ParsedCache(paths))
    settle(paths)
    with monkeypatch.context() as patched:
        patched.setattr(exercise_file, "read_settings", lambda _: pytest.fail("it was read again"))
        again = load_settings(paths.settings, ParsedCache(paths))
    assert repr(again) == repr(first) == repr(load_settings(paths.settings))
    paths.settings.write_text(text + "# more\nrollover: 5\n", encoding="utf-8")
    with pytest.raises(ProblemsError):
        load_settings(paths.settings, ParsedCache(paths))
    paths.settings.unlink()
    assert load_settings(paths.settings, ParsedCache(paths)) == Settings()


@pytest.mark.parametrize(
    "value", [None, 7, [1, 2], ["a", "b", "c", 1, "d", 2, 3, "e", 4], [1, 2, 3, 4, 5, 6, 7, 8, 9]]
)
def test_what_no_settings_were_kept_as_is_ignored(value: object, paths: Paths) -> None:
    paths.config.mkdir()
    paths.settings.write_text(SETTINGS, encoding="utf-8")
    ParsedCache(paths).keep("settings", value, stamps_of([paths.settings]))
    settle(paths)
    assert load_settings(paths.settings, ParsedCache(paths)).routine == "gentle-start"


def test_a_stamp_tells_that_there_is_nothing(tmp_path: Path) -> None:
    assert stamp(tmp_path / "nothing") is None
    assert stamp("a\0b") is None
    assert stamp(tmp_path) is not None


def test_looking_makes_nothing_where_there_is_nothing(home: Path) -> None:
    library = Library(find_paths(os.environ))
    library.load("lower-back")
    library.names()
    library.exercises()
    assert list(home.iterdir()) == []


def test_the_program_itself_keeps_what_it_read(home: Path) -> None:
    paths = find_paths(os.environ)
    paths.history.touch()
    assert Library(paths).load("lower-back").id == "lower-back"
    assert paths.parsed.is_relative_to(home)
    settle(paths)
    assert Library(paths).load("lower-back").id == "lower-back"
