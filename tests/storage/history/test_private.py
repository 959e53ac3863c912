"""What backtimer writes is its owner's alone, whatever the umask is."""

from __future__ import annotations

import os
import stat
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backtimer.audio.cache import SoundCache
from backtimer.storage.files.settings import save_routine
from backtimer.storage.history.backups import restore
from backtimer.storage.history.exporting import ENCODING, csv_lines, export_lines, save_lines
from tests.rules import for_each
from tests.storage.histories import a_full_session, a_session, clock, history_at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def all_of(folder: Path) -> dict[str, int]:
    """The modes of everything in a folder."""
    return {str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode) for path in folder.rglob("*")}


@for_each("mask", [0o000, 0o022, 0o077, 0o777])
def test_everything_is_private_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    home, outside = tmp_path / "home", tmp_path / "outside"
    outside.mkdir()
    data = home / "share" / "backtimer" / "history.db"
    with umask(mask):
        history = history_at(data)
        a_full_session(history)
        held = a_session()
        history.running.begin(held)
        history.close()
        history = history_at(data)  # which makes the weekly copy
        save_lines(export_lines(history), outside / "all.json")
        save_lines(csv_lines(history), outside / "sets.csv", ENCODING)
        history.close()
        restore(data, clock())
        save_routine(home / "config" / "backtimer" / "settings.yaml", "gentle-start")
        cache = SoundCache(home / "cache" / "backtimer" / "sounds")
        assert cache.add("tone", array("h", [0] * 100)) is not None
    found = all_of(tmp_path) | all_of(outside)
    for name in ("history.db", "backups", "sessions", "settings.yaml", "tone.wav", "all.json", "sets.csv"):
        assert any(name in path for path in found), name
    folders = {path for path in found if (home / path).is_dir() or (tmp_path / path).is_dir()}
    for path, mode in found.items():
        if path not in ("home", "outside"):
            assert mode == (0o700 if path in folders else 0o600), (path, oct(mode))
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_an_older_folder_of_sounds_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "sounds"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    assert SoundCache(folder).add("tone", array("h", [0] * 100)) is not None
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_settings_that_others_could_read_are_closed_when_they_are_changed(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("routine: lower-back\n", encoding="utf-8")
    path.chmod(0o644)
    save_routine(path, "gentle-start")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "gentle-start" in path.read_text(encoding="utf-8")


@for_each("kind", ["json", "csv"])
@for_each("target", ["file", "link", "hard link", "device", "folder"])
def test_an_export_takes_the_place_of_files_alone(tmp_path: Path, kind: str, target: str) -> None:
    history = history_at(tmp_path / "history.db")
    a_full_session(history)
    out, other = tmp_path / "out", tmp_path / "other"
    if target == "file":
        out.write_text("old")
        out.chmod(0o644)
    elif target == "link":
        other.write_text("old")
        out.symlink_to(other)
    elif target == "hard link":
        other.write_text("old")
        os.link(other, out)
    elif target == "device":
        out = Path(os.devnull)
    else:
        out.mkdir()

    def save() -> None:
        if kind == "json":
            save_lines(export_lines(history), out)
        else:
            save_lines(csv_lines(history), out, ENCODING)

    if target == "folder":
        with pytest.raises(IsADirectoryError):
            save()
        return
    save()
    if target == "device":
        assert stat.S_ISCHR(out.stat().st_mode)
        return
    assert out.stat().st_size > 100 and stat.S_IMODE(out.stat().st_mode) == 0o600
    assert out.is_symlink() == (target == "link")
    if target == "hard link":
        assert other.read_text() == "old", "the other name keeps what it had"
    assert [path.name for path in tmp_path.glob(".*")] == []
