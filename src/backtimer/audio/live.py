"""Words that a voice speaks at once, without a file."""

from __future__ import annotations

import threading
from collections.abc import Callable

from backtimer.audio.player import Sounding
from backtimer.audio.voice import Voice
from backtimer.core.cues import Cue


class LiveWords:
    """What a voice has been asked to say, from the asking on: it can be silenced before it has begun.

    Args:
        voice: Who says it.
        cue: The words, and the latest moment to begin.
        clock: The clock of that moment.
        on_start: Told when it begins.
    """

    def __init__(
        self,
        voice: Voice,
        cue: Cue,
        clock: Callable[[], float],
        on_start: Callable[[Cue, float], None] | None = None,
    ) -> None:
        self._voice = voice
        self._cue = cue
        self._clock = clock
        self._on_start = on_start
        self._lock = threading.Lock()
        self._sounding: Sounding | None = None
        self._over = False

    def begin(self) -> None:
        """Let the voice speak, unless it is too late; takes as long as the engine needs to start."""
        if self._over or self._clock() > self._cue.latest_s:
            self._over = True
            return
        sounding = self._voice.say(self._cue.text)
        with self._lock:
            self._sounding = sounding
            unwanted = self._over
            self._over = unwanted or sounding is None
        if sounding is None:
            return
        if unwanted:
            sounding.stop()
        elif self._on_start is not None:
            self._on_start(self._cue, self._clock())

    def stop(self) -> None:
        """Silence it."""
        with self._lock:
            self._over = True
            sounding = self._sounding
        if sounding is not None:
            sounding.stop()

    def give_up(self) -> None:
        """Silence it, and tell that the voice hangs."""
        with self._lock:
            self._over = True
            sounding = self._sounding
        if sounding is not None:
            sounding.give_up()

    def is_over(self) -> bool:
        """Whether it has been said, or cannot be."""
        return self._over or (self._sounding is not None and self._sounding.is_over())
