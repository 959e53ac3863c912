"""Silence that is asked for by the environment."""

from __future__ import annotations

import os

MUTE = "BACKTIMER_MUTE"


def is_muted() -> bool:
    """Whether the environment asks for silence."""
    return os.environ.get(MUTE, "") not in ("", "0")
