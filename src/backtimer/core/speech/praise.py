"""Good words, now and then."""

from __future__ import annotations

import math
from collections.abc import Iterable

from backtimer.core.speech.cues import Cue, Priority
from backtimer.core.speech.marks import NEAR_S
from backtimer.core.speech.phrases import sentence
from backtimer.language import _, marked

GOOD_WORDS = (marked("Well done"), marked("Good work"), marked("Nice and steady"), marked("Nicely done"))
"""Said now and then, in turn."""

KIND_EVERY_S = 180.0
"""A good word comes at most this often."""


class Praise:
    """The good words of one session."""

    def __init__(self) -> None:
        self._since_s: float | None = None
        """When one was said last; before the first, when the session began."""
        self._done_s = -math.inf
        self._said = 0

    def begin(self, at_s: float) -> None:
        """Note when the session began; of no effect later."""
        if self._since_s is None:
            self._since_s = at_s

    def set_done(self, at_s: float) -> None:
        self._done_s = at_s

    def word(self, at_s: float) -> str:
        """A good word, when one is due: a set was just done, and the last one is long ago."""
        since_s = at_s - (at_s if self._since_s is None else self._since_s)
        if at_s - self._done_s > NEAR_S or since_s < KIND_EVERY_S:
            return ""
        return sentence(_(GOOD_WORDS[self._said % len(GOOD_WORDS)]))

    def note(self, cues: Iterable[Cue]) -> None:
        """Note when one of some cues is a good word."""
        for cue in cues:
            if cue.priority is Priority.KIND:
                self._since_s, self._said = cue.at_s, self._said + 1
