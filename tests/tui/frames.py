"""Golden-text frames: the whole screen as text, compared with a file.

Set BACKTIMER_UPDATE_FRAMES=1 to write the files anew; then look at what changed in them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot

MOST_PAUSES = 20
"""How often a screen may be waited for."""

FOLDER = Path(__file__).parent / "frames"


def frame(app: App[Any]) -> str:
    """What is on the screen now, as lines of text without trailing blanks."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


async def see_frame(pilot: Pilot[Any], name: str) -> None:
    """Compare the screen with the file of this name, once what lies under a dialog is painted as well."""
    path = FOLDER / f"{name}.txt"
    for _ in range(MOST_PAUSES):
        if path.exists() and frame(pilot.app) == path.read_text(encoding="utf-8"):
            return
        await pilot.pause()
    check_frame(pilot.app, name)


def check_frame(app: App[Any], name: str) -> None:
    """Compare the screen with the file of this name, or write it when asked to."""
    path = FOLDER / f"{name}.txt"
    seen = frame(app)
    if os.environ.get("BACKTIMER_UPDATE_FRAMES") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(seen, encoding="utf-8")
        return
    assert path.exists(), f"no such frame: {path.name}; write it with BACKTIMER_UPDATE_FRAMES=1"
    assert seen == path.read_text(encoding="utf-8")
