"""The player of Windows: part of Python there, and one sound at a time."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from backtimer.audio.phrases_cache import wav_length_s
from backtimer.audio.player import Sounding

if sys.platform == "win32":
    import winsound

    class WinsoundPlayer:
        """Plays a file in the background; the next one takes its place."""

        name = "winsound"

        def __init__(self) -> None:
            self.problem = ""
            self._present: _Playing | None = None

        def play(self, path: Path) -> Sounding | None:
            """Begin to play a file."""
            try:
                length_s = wav_length_s(path) or 0.0
                winsound.PlaySound(
                    str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
                )
            except (RuntimeError, OSError) as error:
                self.problem = f"Windows cannot play: {error}"
                return None
            self.problem = ""
            if self._present is not None:
                self._present.ends = 0.0
            self._present = _Playing(time.monotonic() + length_s)
            return self._present

    class _Playing:
        """The sound that is being heard, as long as it is the last one."""

        def __init__(self, ends: float) -> None:
            self.ends = ends

        def stop(self) -> None:
            """Silence it."""
            if not self.is_over():
                self.ends = 0.0
                winsound.PlaySound(None, 0)

        def give_up(self) -> None:
            """Silence it."""
            self.stop()

        def is_over(self) -> bool:
            """Whether its time is over."""
            return time.monotonic() >= self.ends

else:

    class WinsoundPlayer:
        """Stands for the player of Windows where there is none."""

        name = "winsound"
        problem = "There is no such player here."

        def play(self, path: Path) -> Sounding | None:
            """Plays nothing."""
            return None
