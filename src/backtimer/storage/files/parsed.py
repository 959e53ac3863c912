"""What was read of files, kept in the cache folder so that it need not be read again at every start.

Reading a routine takes as long as several empty Pythons. What is kept goes with stamps of every file and
folder that it was read from. Whatever is the matter with it, it counts as not there: nothing here fails.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from backtimer import __version__
from backtimer.storage.files.paths import Paths
from backtimer.storage.private import FILE_MODE, make_folder, replacing
from backtimer.values import NamedTuple

MAX_BYTES = 8 * 1024 * 1024

UNSETTLED_NS = 2_000_000_000
"""What changed so shortly before it was kept may change again and bear the same time: some file systems count
in seconds."""

NO_VALUES = (ValueError, TypeError, LookupError, AttributeError)
"""What is raised where something is made of values that nothing was ever kept as."""

_STATUS_CHANGED = 5
_PACKAGE = Path(__file__).parents[2]
_READERS = tuple(_PACKAGE / room for room in ("storage/files", "core/plan", "core/figure", "core/speech"))

Stamp = list[int] | None
"""What a file or a folder is known by; None: there is nothing to see."""


def stamp(path: Path | str) -> Stamp:
    """What tells whether a file has changed, or whether something came to or left a folder.

    The time of the last change of its status is in it, too: that of its content can be set back.
    """
    try:
        found = os.stat(path)  # noqa: PTH116 - called for thousands of files, and a path may be text
    except (OSError, ValueError):
        return None
    # Windows has no such time.
    changed = found.st_mtime_ns if os.name == "nt" else found.st_ctime_ns
    return [found.st_dev, found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, changed]


def stamps_of(paths: Iterable[Path | str]) -> dict[str, Stamp]:
    """The stamps of several files and folders, by their paths; taken before they are read."""
    return {str(path): stamp(path) for path in paths}


class Parsed(NamedTuple):
    """What was kept, and what it was made from."""

    value: Any
    stamps: dict[str, Stamp]
    written_ns: int

    def holds(self, path: Path | str) -> bool:
        """Whether it was made from this file or folder, which has not changed since."""
        if str(path) not in self.stamps:
            return False
        then = self.stamps[str(path)]
        settled = then is None or then[_STATUS_CHANGED] + UNSETTLED_NS <= self.written_ns
        return settled and stamp(path) == then

    def holds_all(self) -> bool:
        """Whether nothing has changed that it was made from."""
        return all(self.holds(path) for path in self.stamps)


class ParsedCache:
    """Values of JSON, by name.

    Args:
        paths: Whose they are. Where that person has nothing yet, looking makes nothing.
    """

    def __init__(self, paths: Paths) -> None:
        self._folder = paths.parsed
        self._signs_of_life = (paths.cache, paths.history, paths.settings, paths.routines)

    def find(self, name: str) -> Parsed | None:
        """What is kept under a name by this version of the program, undamaged and by nobody else."""
        try:
            data, written_ns = _read(self._folder / name)
            head, _, body = data.partition(b"\n")
            if head != _head(body):
                return None
            stamps, value = json.loads(body)
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        return Parsed(value, stamps, written_ns)

    def keep(self, name: str, value: Any, stamps: dict[str, Stamp]) -> None:
        """Keep a value; where nothing can be written it is read anew another time."""
        if all(stamp(path) is None for path in self._signs_of_life):
            return
        with suppress(OSError, ValueError):
            body = json.dumps([stamps, value], separators=(",", ":")).encode("ascii")
            if len(body) < MAX_BYTES - 100:
                make_folder(self._folder)
                with replacing(self._folder / name, lasting=False) as file:
                    file.write(_head(body) + b"\n" + body)

    def of_files(
        self,
        name: str,
        files: Mapping[str, Path],
        read: Callable[[str, Path], Any],
        around: Mapping[str, Stamp],
    ) -> dict[str, Any]:
        """What was read of several files, by their names; only those that have changed are read again.

        Args:
            name: Under which it is kept.
            files: By their names.
            read: Reads one of them, given with its name; None, for one that cannot be read, is not kept, as
                the next time it may be.
            around: The stamps of what else counts: when it has changed, all are read.
        """
        kept = self.find(name)
        known: dict[str, Any] = {}
        if kept is not None and all(kept.holds(path) for path in around):
            known = {path: value for path, value in kept.value.items() if kept.holds(path)}
        stamps = dict(around)
        values: dict[str, Any] = {}
        found: dict[str, Any] = {}
        for each, path in files.items():
            place = str(path)
            before = stamp(path)
            found[each] = known[place] if place in known else read(each, path)
            if found[each] is not None:
                stamps[place], values[place] = before, found[each]
        if kept is None or values.keys() - known.keys() or kept.value.keys() - values.keys():
            self.keep(name, values, stamps)
        return found


def _head(body: bytes) -> bytes:
    return f"backtimer {__version__} {_program(_READERS):08x} {crc32(body):08x}".encode()


@cache
def _program(readers: tuple[Path, ...]) -> int:
    """What the modules that read files are known by: while somebody works on them the version stays.

    It is looked at once in a run, whose modules are loaded.
    """
    known = []
    for folder in readers:
        with suppress(OSError):  # in an archive there is no such folder
            known += [(file.name, stamp(file.path)) for file in os.scandir(folder) if file.name[-3:] == ".py"]
    return crc32(repr(sorted(known)).encode())


def _read(path: Path) -> tuple[bytes, int]:
    """The content of a file of our own, and when it was written.

    Raises:
        OSError: There is none that can be read.
        ValueError: It is no file, or not ours alone, or too large to be one of ours.
    """
    flags = os.O_RDONLY
    for flag in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):  # a pipe must not make us wait
        flags |= getattr(os, flag, 0)
    descriptor = os.open(path, flags)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
            raise ValueError(path)
        if os.name != "nt" and (found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & ~FILE_MODE):
            raise ValueError(path)
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(MAX_BYTES), found.st_mtime_ns
    finally:
        os.close(descriptor)
