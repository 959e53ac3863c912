"""What a person is told once: a small file for each remembers that it was."""

from __future__ import annotations

import os
from contextlib import suppress

from backtimer.storage.files.paths import Paths

TOLD_SAFETY = "safety-card-told"
"""The safety card, or its short form."""

CHOSEN_ROUTINE = "routine-chosen"
"""Which routine to begin with."""


def was_told(paths: Paths, what: str) -> bool:
    """Whether that is remembered; what cannot be looked up counts as told."""
    try:
        (paths.data / what).stat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return True


def remember_told(paths: Paths, what: str) -> None:
    """Remember it; where nothing can be written it is told again another time."""
    with suppress(OSError):
        paths.data.mkdir(parents=True, exist_ok=True)
        os.close(os.open(paths.data / what, os.O_WRONLY | os.O_CREAT, 0o600))
