"""Names of routines and exercises, and what tells a name from a path."""

from __future__ import annotations

import os
import re
from pathlib import Path

MAX_NAME = 64
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ENDINGS = (".yaml", ".yml")


def is_name(text: str) -> bool:
    """Whether this can be the name of a routine or an exercise: small letters, digits, single hyphens."""
    return len(text) <= MAX_NAME and _NAME.fullmatch(text) is not None


def is_path(text: str) -> bool:
    """Whether somebody who writes this means a file. A name never does: it has no separator and no ending."""
    separators = {"/", os.sep, os.altsep or "/"}
    return text.endswith(ENDINGS) or any(separator in text for separator in separators)


def files_in(directory: Path) -> dict[str, Path]:
    """The files of a directory that carry a name of ours, by that name. No directory: no files."""
    found: dict[str, Path] = {}
    try:
        entries = sorted(directory.iterdir())
    except OSError:
        return found
    for entry in entries:
        if entry.suffix in ENDINGS and is_name(entry.stem):
            found.setdefault(entry.stem, entry)
    return found
