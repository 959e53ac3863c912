"""The cache: bounded, whole, and never in the way."""

from __future__ import annotations

import os
from array import array
from pathlib import Path

import pytest

from backtimer.audio.phrases_cache import SoundCache, key_of, wav_length_s

SECOND = array("h", [100] * 22_050)


def test_what_was_kept_is_found(tmp_path: Path) -> None:
    cache = SoundCache(tmp_path / "sounds")
    assert cache.find("one") is None
    path = cache.add("one", SECOND)
    assert path is not None
    assert SoundCache(tmp_path / "sounds").find("one") == path
    assert cache.length_s("one") == 1.0
    assert cache.size_bytes() == path.stat().st_size


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[:20],
        lambda data: b"",
        lambda data: bytes(len(data)),
        lambda data: data + b"\0",
        lambda data: data.replace(b"WAVE", b"EVAW"),
    ],
)
def test_a_damaged_file_is_not_found(tmp_path: Path, damage: object) -> None:
    cache = SoundCache(tmp_path)
    path = cache.add("one", SECOND)
    assert path is not None
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert cache.find("one") is None
    assert cache.length_s("one") is None
    assert cache.add("one", SECOND) == path
    assert cache.find("one") == path


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = SoundCache(tmp_path, limit_bytes=450_000)
    for number in range(10):  # 44 kB each
        path = cache.add(f"{number}", SECOND)
        assert path is not None
        os.utime(path, (1_000_000 + number, 1_000_000 + number))
    assert cache.find("0") is not None  # used now
    cache.add("new", SECOND)
    assert cache.size_bytes() <= 450_000
    assert cache.find("1") is None
    assert cache.find("0") is not None
    assert cache.find("new") is not None


def test_what_an_interrupted_writer_left_goes_too(tmp_path: Path) -> None:
    left = tmp_path / ".one.1.2.new"
    left.write_bytes(bytes(500_000))
    os.utime(left, (1_000_000, 1_000_000))
    SoundCache(tmp_path, limit_bytes=450_000).add("one", SECOND)
    assert not left.exists()


def test_a_folder_that_cannot_be_makes_a_temporary_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = SoundCache(tmp_path / "file" / "sounds")
    path = cache.add("one", SECOND)
    assert path is not None
    assert wav_length_s(path) == 1.0
    assert cache.find("one") == path
    assert "cannot be kept" in cache.problem
    folder = path.parent
    del cache
    assert not folder.exists()


def test_nowhere_to_write_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(**_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", no_room)
    (tmp_path / "file").write_text("in the way")
    cache = SoundCache(tmp_path / "file")
    assert cache.add("one", SECOND) is None
    assert cache.room() is None
    assert cache.find("one") is None
    assert cache.problem


def test_keys_tell_their_parts_apart() -> None:
    assert key_of("a", "bc") != key_of("ab", "c")
    assert key_of("a", None) != key_of("a", "")
    assert key_of("\ud800") and "/" not in key_of("../x")
