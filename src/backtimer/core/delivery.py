"""Cues that keep out of each other's way: when a tone sounds, and which words there is time for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from backtimer.core.beats import NEAR_S
from backtimer.core.cues import Cue, Priority, Tone
from backtimer.core.speech import MUST, Length, Piece, spoken

TONE_LEAD_S = 0.12
"""A word comes at least this much after the tone of the same moment."""

CLEAR_S = 0.25
"""After so long the melody of most tones has been heard: where there is time, words wait for that."""

_CLEAR_S: Mapping[Tone, float] = {
    Tone.COUNT: TONE_LEAD_S,
    Tone.SWITCH: 0.35,
    Tone.WAIT: 0.35,
    Tone.PAUSE: 0.35,
    Tone.END: 0.6,
}
"""The same of shorter and longer ones."""

AIR_S = 0.15
"""Silence between the end of what is said and what comes next."""

LATE_S = 0.3
"""A tone or a count that is later than this would mislead."""


@dataclass(frozen=True, slots=True)
class Until:
    """By when a sentence must be over."""

    soft_s: float
    """The next moment with something to hear, which can be silent for what one must know."""
    hard_s: float
    """The next moment that cannot: the end of the step."""


def after(at_s: float, tone: Tone) -> tuple[float, ...]:
    """When words can begin that come with a tone: as is best, and at the earliest."""
    return at_s + _CLEAR_S.get(tone, CLEAR_S), at_s + TONE_LEAD_S


def in_order(cues: Iterable[Cue]) -> list[Cue]:
    """Cues by their moments."""
    return sorted(cues, key=lambda cue: cue.at_s)


class Delivery:
    """Makes the cues of one session, and knows until when something is being said.

    Args:
        length: How long it takes to say a text.
        on_cut: Told what is cut short, by the moment when it began.
    """

    def __init__(self, length: Length, on_cut: Callable[[float], None] = lambda since_s: None) -> None:
        self.length = length
        self._on_cut = on_cut
        self.busy_s = -math.inf
        """Until when something is being said."""
        self._since_s = -math.inf

    def turn_back(self, by_s: float) -> None:
        """The clock of the moments went back by so much."""
        self.busy_s, self._since_s = self.busy_s - by_s, self._since_s - by_s

    def is_talking(self, at_s: float) -> bool:
        """Whether something that was more needed is still being said, or about to be."""
        return self.busy_s > at_s + NEAR_S

    def was_talking(self, at_s: float) -> bool:
        """The same of what had begun before, rather than of what belongs to this very moment."""
        return self._since_s < at_s - NEAR_S and self.is_talking(at_s)

    def tone(self, at_s: float, tone: Tone, priority: Priority = Priority.NOW, *, cuts: bool = False) -> Cue:
        """A tone at its moment; one that cuts ends what is being said."""
        if cuts:
            if self.is_talking(at_s):
                self._on_cut(self._since_s)
            self.busy_s = at_s
        return Cue(at_s, at_s + LATE_S, priority, tone=tone, cuts=cuts)

    def breath(self, at_s: float, tone: Tone, seconds: float, *, lead: bool) -> Cue:
        """A breath; `lead`: another tone begins at its moment."""
        lead_s = TONE_LEAD_S if lead else 0.0
        at_s, seconds = at_s + lead_s, max(seconds - lead_s, 0.1)
        return Cue(at_s, at_s + LATE_S, Priority.HELPFUL, tone=tone, seconds=seconds)

    def text(
        self, at_s: float, text: str, priority: Priority, until_s: float = math.inf, *, cuts: bool = False
    ) -> Cue:
        """Words at their moment, and until when they are worth beginning with."""
        ends_s = at_s + self.length(text)
        self._since_s, self.busy_s = at_s, ends_s
        late_s = LATE_S if priority in (Priority.NOW, Priority.KIND) else max(until_s - ends_s, 0.0)
        return Cue(at_s, at_s + late_s, priority, text=text, cuts=cuts)

    def first_that_fits(
        self,
        starts_s: Sequence[float],
        texts: Iterable[str],
        until_s: float,
        priority: Priority = Priority.NEEDED,
    ) -> list[Cue]:
        """The first of several texts that is over in time; nothing, if none is.

        Args:
            starts_s: When it can begin, the best first.
            texts: What could be said, the best first.
            until_s: What comes next.
            priority: How much it matters.
        """
        until_s -= AIR_S
        for text in texts:
            for start_s in starts_s if text else ():
                if start_s + self.length(text) <= until_s:
                    return [self.text(start_s, text, priority, until_s)]
        return []

    def sentences(
        self,
        starts_s: Sequence[float],
        pieces: Sequence[Piece],
        until: Until,
        *,
        kind: str = "",
        cuts: bool = False,
    ) -> list[Cue]:
        """As many of the pieces as there is time for.

        Args:
            starts_s: When it can begin, the best first.
            pieces: What there is to say.
            until: By when it must be over.
            kind: A good word to come first, if there is time for it and all else.
            cuts: Whether it silences what was before.
        """
        start_s = starts_s[-1]
        said, end_s = self._fit(start_s, pieces, until)
        if not said:
            return []
        for best_s in reversed(starts_s):
            if best_s + self.length(said) <= end_s:
                start_s = best_s
        cues: list[Cue] = []
        if kind:
            later_s = start_s + self.length(kind) + _KIND_AIR_S
            everything = spoken(pieces, None)
            if later_s + self.length(everything) <= until.soft_s - AIR_S:
                cues.append(self.text(start_s, kind, Priority.KIND))
                start_s, said = later_s, everything
        return [*cues, self.text(start_s, said, Priority.NEEDED, end_s, cuts=cuts)]

    def _fit(self, start_s: float, pieces: Sequence[Piece], until: Until) -> tuple[str, float]:
        """What can be said, and by when it must be over."""
        soft_s, hard_s = until.soft_s - AIR_S, until.hard_s - AIR_S
        most = [piece for piece in pieces if piece.need <= MUST]
        for some, end_s, least in ((pieces, soft_s, MUST), (most, hard_s, MUST), (most, hard_s, 0)):
            said = spoken(some, end_s - start_s, self.length, least=least)
            if start_s + self.length(said) <= end_s:
                return said, end_s
        return "", hard_s


_KIND_AIR_S = 0.4
