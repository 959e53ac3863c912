"""Routines that were chosen by the path of a file: from then on they are found by their names, too."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from backtimer.storage.files.paths import Paths
from backtimer.storage.private import make_folder, replacing

_KEPT = "routine-paths"
"""The file with their paths, a line each, the last one chosen first."""
_MOST = 20


def chosen_paths(paths: Paths) -> dict[str, Path]:
    """The files that are still there, by the names of their routines; of two the last one chosen."""
    found: dict[str, Path] = {}
    for line in _lines(paths):
        path = Path(line)
        with suppress(OSError, ValueError):
            if path.is_absolute() and path.is_file():
                found.setdefault(path.stem, path)
    return found


def remember_path(paths: Paths, path: str) -> None:
    """Keep the absolute path of a file that was chosen; where that cannot be written, nothing is kept."""
    lines = [path, *(line for line in _lines(paths) if line != path)]
    with suppress(OSError, ValueError):
        make_folder(paths.data)
        with replacing(paths.data / _KEPT, lasting=False) as out:
            out.write(("\n".join(lines[:_MOST]) + "\n").encode())


def _lines(paths: Paths) -> list[str]:
    try:
        text = (paths.data / _KEPT).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    return [line for line in text.split("\n") if line][:_MOST]
