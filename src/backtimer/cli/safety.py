"""`safety`: which few signs need a doctor, and how much pain exercise may give."""

from __future__ import annotations

import shutil
from contextlib import suppress

from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.history import show_rows
from backtimer.core.picture.safety_card import card_rows
from backtimer.storage.files.paths import NoHomeError
from backtimer.storage.files.remembered import TOLD_SAFETY, remember_told

WIDEST = 80
"""Longer lines are hard to read."""


def safety(options: Options) -> int:
    """Print the safety card and its sources."""
    width = max(1, min(WIDEST, shutil.get_terminal_size().columns))
    show_rows(card_rows(width, sources=True), width)
    with suppress(NoHomeError):  # nobody's card is worth no less
        remember_told(context.paths(), TOLD_SAFETY)
    return 0
