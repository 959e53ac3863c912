"""The cache: bounded, whole, and never in the way."""

from __future__ import annotations

import os
import socket
import sys
import threading
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from backtimer.audio.cache import SoundCache, key_of, wav_length_s
from backtimer.audio.waves import wav_bytes, wav_header
from tests.rules import for_each

SECOND = array("h", [100] * 22_050)


def test_what_was_kept_is_found(tmp_path: Path) -> None:
    cache = SoundCache(tmp_path / "sounds")
    assert cache.find("one") is None
    path = cache.add("one", SECOND)
    assert path is not None
    assert SoundCache(tmp_path / "sounds").find("one") == path
    assert cache.length_s("one") == 1.0
    assert cache.size_bytes() == path.stat().st_size


@for_each(
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


def fifo(path: Path) -> None:
    os.mkfifo(path)


def link_to_a_fifo(path: Path) -> None:
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to(path.with_name("pipe"))


def endless(path: Path) -> None:
    """Twenty gigabytes of nothing, which take no room."""
    path.write_bytes(wav_bytes(SECOND))
    os.truncate(path, 20 * 1024**3)


def large(path: Path) -> None:
    """A file whose header tells the truth about two gigabytes."""
    size = 2 * 1024**3
    header = wav_bytes(SECOND)[:44]
    path.write_bytes(
        header[:4] + (size + 36).to_bytes(4, "little") + header[8:40] + size.to_bytes(4, "little")
    )
    os.truncate(path, size + 44)


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # a socket's path must be short
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


def of_somebody_else(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    path.write_bytes(wav_bytes(SECOND))
    os.chown(path, 65534, 65534)


def forbidden(path: Path) -> None:
    path.write_bytes(wav_bytes(SECOND)[:-1])
    path.chmod(0)


ODD: dict[str, Callable[[Path], object]] = {
    "a pipe": fifo,
    "a link to a pipe": link_to_a_fifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a terminal": lambda path: path.symlink_to("/dev/tty"),
    "a circle of links": lambda path: path.symlink_to(path.name),
    "a link to nothing": lambda path: path.symlink_to("nothing"),
    "a folder": lambda path: path.mkdir(),
    "a folder with something in it": lambda path: (path / "x").mkdir(parents=True),
    "a socket": listening,
    "20 GB": endless,
    "2 GB of sound": large,
    "of somebody else": of_somebody_else,
    "forbidden": forbidden,
}


@pytest.mark.skipif(sys.platform == "win32", reason="such files are of Unix")
@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_file_of_ours_is_passed_over_at_once(tmp_path: Path, odd: str) -> None:
    folder = tmp_path / "sounds"
    folder.mkdir()
    ODD[odd](folder / "one.wav")
    ODD["a pipe"](folder / "other.wav")
    cache = SoundCache(folder, limit_bytes=450_000)
    told: list[object] = []

    def use() -> None:
        told.extend((cache.find("one"), cache.length_s("one")))
        told.append(cache.add("one", SECOND))
        for number in range(20):
            told.append(cache.add(f"{number}", SECOND))
        told.append(cache.size_bytes())

    user = threading.Thread(target=use, daemon=True)
    user.start()
    user.join(20)
    assert not user.is_alive(), "it hangs"
    assert told[:2] == [None, None]
    assert all(isinstance(path, Path) and wav_length_s(path) == 1.0 for path in told[-5:-1])
    size = told[-1]
    assert isinstance(size, int) and size <= 450_000


def filled(folder: Path, limit_bytes: int, count: int) -> SoundCache:
    """A cache of that many sounds of 1,044 bytes, each used a second after the one before."""
    cache = SoundCache(folder, limit_bytes)
    for number in range(count):
        path = cache.add(f"{number}", array("h", [7] * 500))
        assert path is not None and path.stat().st_size == 1_044
        os.utime(path, (1_000_000 + number, 1_000_000 + number))
    return cache


def test_a_cache_that_is_full_to_the_byte_keeps_everything(tmp_path: Path) -> None:
    cache = filled(tmp_path / "sounds", 10_440, 10)
    assert cache.size_bytes() == 10_440
    assert all(cache.length_s(f"{number}") for number in range(10))


def test_one_sound_too_much_makes_room_till_just_a_tenth_is_free(tmp_path: Path) -> None:
    cache = filled(tmp_path / "sounds", 10_440, 10)
    cache.add("new", array("h", [7] * 500))
    assert [number for number in range(10) if cache.length_s(f"{number}") is None] == [0, 1]
    assert cache.size_bytes() == 9_396


def test_what_was_just_added_stays_though_it_is_too_large(tmp_path: Path) -> None:
    cache = filled(tmp_path / "sounds", 3_000, 2)
    assert cache.add("large", SECOND) is not None
    assert cache.length_s("large") == 1.0
    assert cache.size_bytes() == 44_144


def test_a_sound_of_ten_minutes_is_ours_and_a_longer_one_is_not(tmp_path: Path) -> None:
    most = 600 * 2 * 22_050
    for size, length_s in ((most, 600.0), (most + 2, None)):
        path = tmp_path / f"{size}.wav"
        with path.open("wb") as out:
            out.write(wav_header(size // 2))
            out.truncate(44 + size)
        assert wav_length_s(path) == length_s


@pytest.mark.skipif(os.name != "posix", reason="there are no such modes")
def test_nobody_else_can_look_into_a_cache_however_it_was_made(tmp_path: Path) -> None:
    folder = tmp_path / "above" / "sounds"
    path = SoundCache(folder).add("one", SECOND)
    assert path is not None
    assert [each.stat().st_mode & 0o777 for each in (folder.parent, folder, path)] == [0o700, 0o700, 0o600]
    folder.chmod(0o750)
    SoundCache(folder).room()
    assert folder.stat().st_mode & 0o777 == 0o700
