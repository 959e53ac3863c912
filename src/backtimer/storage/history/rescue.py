"""The last resort: a session that no history takes, as a file that `import` takes later."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from shlex import quote

from backtimer.language import _, counted_words
from backtimer.storage.history.exporting import export_lines
from backtimer.storage.history.file import free_name, stamp_of
from backtimer.storage.history.opening import in_memory
from backtimer.storage.history.recorder import Recorder
from backtimer.storage.private import replacing

NAME = "backtimer-rescue"

PATIENCE_S = 2.0
"""How long a place may take: the one beside the history may be the very disk that hangs."""


def rescue(recorders: Iterable[Recorder], places: Iterable[Path], now: datetime) -> Path | None:
    """Write all that some recorders were told to a file of its own, readable by its owner only.

    Args:
        recorders: Of the sessions.
        places: Folders, the best first; the file goes to the first one that takes it.
        now: The local time, with its offset.

    Returns:
        The file; None: nowhere could be written.
    """
    history = in_memory()
    try:
        for recorder in recorders:
            recorder.write_into(history)
        text = "".join(export_lines(history))
    finally:
        history.close()
    for place in dict.fromkeys(places):
        found = _within(place / f"{NAME}-{stamp_of(now)}.json", text)
        if found is not None:
            return found
    return None


def places_for(folder: Path) -> list[Path]:
    """Where the file may go: where the history belongs, then any other place that a person finds."""
    places = [folder]
    with suppress(RuntimeError, OSError):
        places.append(Path.home())
    with suppress(OSError):
        places += [Path.cwd(), Path(tempfile.gettempdir())]
    return places


def unsaved_text(recorders: Sequence[Recorder], kept: Path | None) -> str:
    """What was not saved, why, and where it is: in the file that was written, or nowhere."""
    sets = sum(recorder.waiting_sets for recorder in recorders)
    what = (
        counted_words(
            "{number} set was not saved: {reason}.", "{number} sets were not saved: {reason}.", sets
        )
        if sets
        else _("The end of the session was not saved: {reason}.")
    ).format(number=sets, reason=recorders[-1].reason)
    if kept is None:
        return f"{what} {_('No other place could be written to either.')}"
    command = f"backtimer import {quote(str(kept))}"
    where = _("The session is kept in a file. To take it in: {command}").format(command=command)
    return f"{what} {where}"


def _within(path: Path, text: str) -> Path | None:
    """The file, if it could be written in good time; the attempt goes on for itself otherwise."""
    written: list[Path] = []

    def write() -> None:
        with suppress(OSError):
            written.append(_write(path, text))

    thread = threading.Thread(target=write, daemon=True, name="rescue")
    thread.start()
    thread.join(PATIENCE_S)
    return written[0] if written else None


def _write(path: Path, text: str) -> Path:
    path = free_name(path)
    with replacing(path) as out:
        out.write(text.encode("utf-8"))
    return path
