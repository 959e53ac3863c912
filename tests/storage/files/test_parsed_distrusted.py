"""What is kept but not whole, not ours or not of this version is not believed; nor is it needed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import backtimer
from backtimer.storage.files import parsed
from backtimer.storage.files.library import Library
from backtimer.storage.files.parsed import ParsedCache
from backtimer.storage.files.paths import Paths
from tests.storage.files.kept import WEEK, Reads, kept_week, load


def _home_of(file: Path) -> Paths:
    cache = file.parent.parent
    return Paths(config=cache, data=cache, cache=cache)


def _truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40])


def _flipped(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"Before", b"Befpre"))


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _nonsense(file: Path) -> None:
    file.write_bytes(bytes(range(256)) * 40)


def _huge(file: Path) -> None:
    with file.open("r+b") as out:
        out.truncate(20 * 1024**3)


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _link(file: Path) -> None:
    file.rename(file.with_name("kept"))
    file.symlink_to(file.with_name("kept"))


def _device(file: Path) -> None:
    file.unlink()
    file.symlink_to("/dev/zero")


def _readable_by_all(file: Path) -> None:
    file.chmod(0o644)


def _no_values(file: Path) -> None:
    """Whole, but no routine, as another program with our header would write it."""
    cache = ParsedCache(_home_of(file))
    kept = cache.find(file.name)
    assert kept is not None
    cache.keep(file.name, (kept.value[0], [{"a": 1}]), kept.stamps)


def _no_pair(file: Path) -> None:
    cache = ParsedCache(_home_of(file))
    kept = cache.find(file.name)
    assert kept is not None
    cache.keep(file.name, 7, kept.stamps)


BAD = [
    _truncated,
    _flipped,
    _emptied,
    _nonsense,
    _huge,
    _folder,
    _pipe,
    _link,
    _device,
    _readable_by_all,
    _no_values,
    _no_pair,
]


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes, links and modes")
@pytest.mark.parametrize("spoil", BAD)
def test_what_is_kept_but_not_whole_and_ours_is_ignored(
    spoil: Callable[[Path], None], paths: Paths, bundled: Path, reads: Reads
) -> None:
    spoil(kept_week(paths, bundled))
    assert load(paths, bundled).title == "Before"
    assert reads.count == 2


@pytest.mark.skipif(os.name == "nt", reason="files have no owner")
def test_what_another_person_kept_is_ignored(
    paths: Paths, bundled: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_week(paths, bundled)
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    assert load(paths, bundled).title == "Before"
    assert reads.count == 2


def test_what_another_version_kept_is_ignored(
    paths: Paths, bundled: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_week(paths, bundled)
    monkeypatch.setattr(parsed, "__version__", backtimer.__version__ + "1")
    load(paths, bundled)
    assert reads.count == 2


def test_what_other_modules_of_this_version_kept_is_ignored(
    paths: Paths, bundled: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "reader.py").write_text("1", encoding="utf-8")
    monkeypatch.setattr(parsed, "_READERS", (modules,))
    kept_week(paths, bundled)
    load(paths, bundled)
    assert reads.count == 1
    (modules / "reader.py").write_text("22", encoding="utf-8")
    parsed._program.cache_clear()  # as in the next run of the program
    load(paths, bundled)
    assert reads.count == 2


@pytest.mark.parametrize("in_the_way", ["cache", "parsed"])
def test_where_nothing_can_be_kept_all_goes_on(in_the_way: str, paths: Paths, bundled: Path) -> None:
    place = paths.cache if in_the_way == "cache" else paths.parsed
    if in_the_way == "cache":
        place.rmdir()
    place.write_text("a file", encoding="utf-8")
    for _ in range(2):
        assert load(paths, bundled).title == "Before"
        assert [entry.title for entry in Library(paths, bundled).names()] == ["Before"]
    assert place.read_text(encoding="utf-8") == "a file"


def test_a_full_disk_leaves_what_was_kept(
    paths: Paths, bundled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = kept_week(paths, bundled)
    content = file.read_bytes()
    (bundled / "week.yaml").write_text(WEEK.replace("Before", "Afterwards"), encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        assert load(paths, bundled).title == "Afterwards"
    assert [each.name for each in paths.parsed.iterdir()] == [file.name]
    assert file.read_bytes() == content
