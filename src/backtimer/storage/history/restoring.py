"""Putting a copy in the place of the history, so that a kill at any moment leaves one of the two, whole.

The copy is made complete beside the history first, under a name that says where the present one goes:
`history-restoring-20261120T183000Z.db`, and `history-replaced-20261120T183000Z.db` for the other. From the
moment it has that name the restore counts as agreed: whoever opens the history next finishes what was cut
short. Where the file system knows links, a file stands at the history's path all the time.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from backtimer.storage.history.file import beside, free_name
from backtimer.storage.history.locks import one_at_a_time, process_lives, sweep_lock
from backtimer.storage.history.schema import APPLICATION_ID
from backtimer.storage.private import sync_folder

_READY, _REPLACED = "restoring", "replaced"
_BELONGING = ("-journal", "-wal", "-shm")
_MAGIC = b"SQLite format 3\0"
_APPLICATION_ID_AT = 68
_UNFINISHED = r"\..+\.(\d{1,10})\.new(?:-journal|-wal|-shm)?\Z"


def ready_name(history: Path, stamp: str) -> Path:
    """Where the copy that is to replace the history is made, so that a name for that one is free, too."""
    free = free_name(history.with_name(f"{history.stem}-{_REPLACED}-{stamp}{history.suffix}"))
    return history.with_name(free.name.replace(f"-{_REPLACED}-", f"-{_READY}-", 1))


def put_in_place(history: Path, ready: Path) -> Path | None:
    """Move the history aside and a complete copy to its place.

    Returns:
        Where the history went; None when there was none.

    Raises:
        OSError: It cannot be done. The history is as it was, and the copy is gone, as far as that can be.
    """
    moves: list[tuple[Path, Path]] = []
    try:
        return _put(history, ready, moves)
    except BaseException:
        with suppress(OSError):
            for moved, origin in reversed(moves):
                if _same(moved, origin):  # renaming one name of a file to its other one does nothing
                    moved.unlink()
                else:
                    moved.rename(origin)
            if os.path.lexists(history) or not moves:
                ready.unlink(missing_ok=True)
        raise


def _put(history: Path, ready: Path, moves: list[tuple[Path, Path]]) -> Path | None:
    """The same without the way back; what is moved is noted, with where it came from."""
    sync_folder(history.parent)
    aside: Path | None = None
    if os.path.lexists(history):
        aside = _aside_of(history, ready)
        # The journal first: left beside another file, SQLite would take it for that one's.
        for ending in _BELONGING:
            with suppress(FileNotFoundError):
                beside(history, ending).rename(beside(aside, ending))
                moves.append((beside(aside, ending), beside(history, ending)))
        if not os.path.lexists(aside):
            if not _link(history, aside):
                history.rename(aside)
            moves.append((aside, history))
    ready.replace(history)
    moves.clear()
    sync_folder(history.parent)
    return aside


def finish(history: Path) -> bool:
    """Finish a restore that was cut short.

    Returns:
        Whether there is nothing to finish any more; False: another process is at it.

    Raises:
        OSError: There is one, and it cannot be finished.
    """
    if not _waiting(history):
        return True
    with one_at_a_time(history.with_suffix(".lock")) as alone:
        if alone:
            for ready in _waiting(history):
                _put(history, ready, [])
    return alone


def clean_up(history: Path, *folders: Path) -> None:
    """Remove what killed processes were still writing, here and in other folders of the history's."""
    for folder in (history.parent, *folders):
        for name in _names(folder):
            match = re.match(_UNFINISHED, name) if name[:1] == "." else None
            if match and not _lives(int(match[1])):
                with suppress(OSError):
                    (folder / name).unlink()
    sweep_lock(history.with_suffix(".lock"))


def _waiting(history: Path) -> list[Path]:
    """The complete copies that were to replace the history, oldest first."""
    begin = f"{history.stem}-{_READY}-"
    found = [
        history.with_name(name)
        for name in _names(history.parent)
        if name.startswith(begin) and name.endswith(history.suffix)
    ]
    return sorted(path for path in found if _is_history(path))


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names are all that is needed, at every start
    except OSError:
        return []


def _is_history(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            header = file.read(_APPLICATION_ID_AT + 4)
    except OSError:
        return False
    return header.startswith(_MAGIC) and header[_APPLICATION_ID_AT:] == APPLICATION_ID.to_bytes(4, "big")


def _aside_of(history: Path, ready: Path) -> Path:
    """Where the history goes: the same place, when a try before this one has moved parts of it there."""
    aside = history.with_name(ready.name.replace(f"-{_READY}-", f"-{_REPLACED}-", 1))
    if not os.path.lexists(aside) or _same(aside, history):
        return aside
    return free_name(aside)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _link(history: Path, aside: Path) -> bool:
    """Give the file a second name, so that none is missing meanwhile; False where there are no links."""
    try:
        os.link(history, aside, follow_symlinks=False)
    except (OSError, NotImplementedError):
        return False
    return True


def _lives(pid: int) -> bool:
    """Whether a process may still be writing. Our own id is that of a dead one: we are not writing yet."""
    return pid != os.getpid() and process_lives(pid)
