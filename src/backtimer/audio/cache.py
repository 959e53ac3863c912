"""Rendered phrases and tones on the disk, so that a phrase is rendered once and not in every session.

A folder of WAV files, named after what they hold. It has a bound in bytes; what was not used for longest goes
first. Nothing in it is precious: what is damaged or missing is made again, and where no file can be written
there are none.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
import threading
import weakref
from array import array
from contextlib import suppress
from pathlib import Path

from backtimer.audio.tones import RATE
from backtimer.audio.waves import HEADER_BYTES, wav_bytes, wav_header
from backtimer.language import _

LIMIT_BYTES = 32 * 1024 * 1024
"""About twelve minutes of speech: some ten routines."""

_MOST_BYTES = 600 * 2 * RATE
"""No sound lasts longer than ten minutes: what is larger is none of ours."""

_LOOKING = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a pipe would be waited for
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
"""How a file of the cache is opened."""


class SoundCache:
    """A folder of WAV files of one channel, 16 bit, `RATE` a second. Used by several threads.

    Args:
        folder: Where; it is made when there is something to write. When that fails, a temporary folder takes
            its place, which is taken away at the end.
        limit_bytes: How much may be in it.
    """

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self.problem = ""
        """Why nothing can be kept in the folder, as a sentence; empty when all is well."""
        self._lock = threading.Lock()
        self._used: int | None = None
        self._temporary: Path | None = None
        self._off = False

    @property
    def is_off(self) -> bool:
        """Whether no file can be written anywhere: there are no sounds but those that are there."""
        return self._off

    def find(self, key: str) -> Path | None:
        """The file of this key, if it is there and whole; it counts as used now."""
        path = self._path(key)
        if wav_length_s(path) is None:
            return None
        with suppress(OSError):
            os.utime(path)
        return path

    def length_s(self, key: str) -> float | None:
        """How long the sound of this key lasts; None when it is not there."""
        return wav_length_s(self._path(key))

    def add(self, key: str, samples: array[int]) -> Path | None:
        """Keep a sound; None when no file can be written."""
        content = wav_bytes(samples)
        with self._lock:
            path = self._write(self._path(key), content)
            if path is None:
                return None
            self._used = None if self._used is None else self._used + len(content)
            if self._used is None or self._used > self.limit_bytes:
                self._used = self._make_room(keep=path)
        return path

    def size_bytes(self) -> int:
        """How much is in it."""
        return sum(size for _, size, _ in self._files())

    def room(self) -> Path | None:
        """A folder that can be written to, for a voice to render into; None when there is none."""
        with self._lock:
            return self._room()

    def _path(self, key: str) -> Path:
        return (self._temporary or self.folder) / f"{key}.wav"

    def _room(self) -> Path | None:
        if self._off:
            return None
        if self._temporary is not None:
            return self._temporary
        try:
            _make_private(self.folder)
            if self.folder.stat().st_mode & 0o077:  # it is of a time when others could look into it
                self.folder.chmod(0o700)
            if not os.access(self.folder, os.W_OK | os.X_OK):
                raise PermissionError(13, _("it cannot be written to"))
        except OSError as error:
            return self._elsewhere(error)
        return self.folder

    def _elsewhere(self, error: OSError) -> Path | None:
        told = _("Sounds cannot be kept in {folder}: {why}.")
        self.problem = told.format(folder=self.folder, why=error.strerror or error)
        try:
            self._temporary = Path(tempfile.mkdtemp(prefix="backtimer-"))
        except OSError:
            self._off = True
            return None
        weakref.finalize(self, shutil.rmtree, self._temporary, ignore_errors=True)
        return self._temporary

    def _write(self, path: Path, content: bytes) -> Path | None:
        """Put a file in its place all at once: another backtimer may be playing from here."""
        for _attempt in range(2):  # the folder, then the temporary one
            room = self._room()
            if room is None:
                return None
            target = room / path.name
            temporary = room / f".{path.stem}.{os.getpid()}.{threading.get_ident()}.new"
            try:
                _write_private(temporary, content)
                temporary.replace(target)
            except OSError as error:
                with suppress(OSError):
                    temporary.unlink()
                if wav_length_s(target) is not None:
                    return target  # another backtimer was quicker, and Windows lets nobody replace what plays
                if self._temporary is not None:
                    self._off = True
                    return None
                self._elsewhere(error)
            else:
                return target
        return None

    def _make_room(self, keep: Path) -> int:
        """Take away what was not used for longest until a tenth of the bound is free.

        Returns:
            How many bytes are left.
        """
        files = sorted(self._files())
        used = sum(size for _, size, _ in files)
        if used <= self.limit_bytes:
            return used
        for _used, size, path in files:
            if used <= self.limit_bytes * 0.9:
                break
            if path == keep:
                continue
            with suppress(OSError):
                path.unlink()
                used -= size
        return used

    def _files(self) -> list[tuple[float, int, Path]]:
        """When each file was used last, its size, its path; what interrupted writers left is among them."""
        found = []
        with suppress(OSError), os.scandir(self._temporary or self.folder) as entries:
            for entry in entries:
                if entry.name.endswith((".wav", ".new")):
                    with suppress(OSError):
                        state = entry.stat(follow_symlinks=False)
                        if _is_ours(state) and state.st_size <= _MOST_BYTES:
                            found.append((state.st_mtime, state.st_size, Path(entry.path)))
        return found


def _make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, that only their owner can look into."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        _make_private(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)  # a strict umask takes even what the owner needs


def _write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whatever the umask."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
    path.chmod(0o600)


def key_of(*parts: object) -> str:
    """A name for what these parts describe: as good as never the same for two."""
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:32]


def wav_length_s(path: Path) -> float | None:
    """How long a file of ours lasts; None when it is missing, cut off or damaged, or anything but a file.

    What stands in its place may be a pipe that nobody writes to, a device, or a file without end: none of
    them is waited for, or read.
    """
    try:
        descriptor = os.open(path, _LOOKING)
    except (OSError, ValueError):
        return None
    try:
        state = os.fstat(descriptor)
        data = state.st_size - HEADER_BYTES
        if not (_is_ours(state) and 0 < data <= _MOST_BYTES):
            return None
        header = os.read(descriptor, HEADER_BYTES)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    count, rest = divmod(data, 2)
    return count / RATE if not rest and header == wav_header(count) else None


def _is_ours(state: os.stat_result) -> bool:
    """Whether this is a file, and not somebody else's."""
    mine = not hasattr(os, "getuid") or state.st_uid == os.getuid()
    return stat.S_ISREG(state.st_mode) and mine
