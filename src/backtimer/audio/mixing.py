"""A player for a system that plays one file at a time, as Windows does: what is to sound at once is mixed.

A sound that begins while others are heard takes their place together with what is left of them, in one file.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
import weakref
from array import array
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from backtimer.audio.tones import RATE
from backtimer.audio.waves import WaveError, add, read_wav, wav_bytes
from backtimer.language import _

_FILES = 4
"""A mix is written over the one before the last few: the system may still read from the last."""


class OneSound(Protocol):
    """What plays a single file."""

    def start(self, path: Path) -> None:
        """Begin to play a file in the place of what was heard before.

        Raises:
            OSError: It cannot.
        """

    def silence(self) -> None:
        """End what is heard."""


class _Part:
    """One of the sounds that are heard, as a `Sounding`."""

    def __init__(self, player: MixingPlayer, samples: array[int], began_s: float) -> None:
        self.samples = samples
        self.began_s = began_s
        self.ends_s = began_s + len(samples) / RATE
        self._player = player

    def rest(self, now: float) -> array[int]:
        """What is left of it."""
        return self.samples[max(0, round((now - self.began_s) * RATE)) :]

    def stop(self) -> None:
        """Silence it, and not what is heard with it."""
        self._player.stop(self)

    def give_up(self) -> None:
        """Silence it."""
        self.stop()

    def is_over(self) -> bool:
        """Whether its time is over."""
        return self._player.clock() >= self.ends_s


class MixingPlayer:
    """Plays several sounds by what plays one.

    Args:
        name: The program, for people.
        one: Plays a single file.
        clock: Seconds, from any origin.
    """

    def __init__(self, name: str, one: OneSound, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = name
        self.problem = ""
        self.clock = clock
        self._one = one
        self._parts: list[_Part] = []
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._number = 0

    def play(self, path: Path) -> _Part | None:
        """Begin to play a file; what is heard already goes on."""
        with self._lock:
            try:
                samples = read_wav(path)
                now = self._tidied(self.clock())
                part = _Part(self, samples, now)
                self._one.start(path if not self._parts else self._mixed([*self._parts, part], now))
            except (OSError, WaveError) as error:
                reason = error.strerror if isinstance(error, OSError) else None
                told = _("Nothing can be heard: {players} cannot play ({why}). Trying again.")
                self.problem = told.format(players=self.name, why=reason or error)
                return None
            self.problem = ""
            self._parts.append(part)
            return part

    def stop(self, part: _Part) -> None:
        """Silence one sound; the others go on."""
        with self._lock:
            now = self._tidied(self.clock())
            if part not in self._parts:
                return
            self._parts.remove(part)
            part.ends_s = now
            with suppress(OSError):
                if self._parts:
                    self._one.start(self._mixed(self._parts, now))
                else:
                    self._one.silence()

    def _tidied(self, now: float) -> float:
        """The same moment, with what is over by then forgotten."""
        self._parts = [part for part in self._parts if part.ends_s > now]
        return now

    def _mixed(self, parts: list[_Part], now: float) -> Path:
        """What is left of all these, as a file."""
        rests = sorted((part.rest(now) for part in parts), key=len)
        mix = rests.pop()
        for rest in rests:
            add(mix, 0, rest)
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="backtimer-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._number = (self._number + 1) % _FILES
        path = self._folder / f"{self._number}.wav"
        path.write_bytes(wav_bytes(mix))
        return path
