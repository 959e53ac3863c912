"""Where the style sheets of the screens are."""

from __future__ import annotations

from pathlib import Path

from backtimer.storage.files.paths import on_disk

_FOLDER = Path(__file__).parents[1]


def style_sheet(name: str) -> Path:
    """The path of a style sheet, which Textual opens."""
    return on_disk(_FOLDER / name)
