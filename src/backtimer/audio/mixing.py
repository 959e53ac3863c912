"""Cues on one time line become one stream of samples: silence, tones, and words that wait for each other.

The stream comes in short pieces, so that a session of ten hours takes no more memory than one of ten
minutes.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from backtimer.audio.tones import RATE
from backtimer.audio.waves import add
from backtimer.core.cues import Cue, Priority

PIECE = 4 * RATE
"""The most samples of one piece."""

_FADE = round(0.008 * RATE)
"""Samples over which words that are cut off die away."""

Sound: TypeAlias = "Callable[[Cue], array[int] | None]"
"""Gives what is to be heard at a cue; None when there is nothing."""


@dataclass(slots=True)
class _Clip:
    """Something that is being heard, or is about to be."""

    start: int
    samples: array[int]
    words: Priority | None
    """How much it matters, when other words have to wait for it; None: it is no words, or dying away."""

    @property
    def end(self) -> int:
        """The index after its last sample."""
        return self.start + len(self.samples)


def mix(cues: Iterable[Cue], total: int, sound: Sound) -> Iterator[array[int]]:
    """Mix cues to exactly so many samples.

    Tones sound at their moments. Words wait until other words are over. When they would be later than they
    may, words that matter more cut the others off and those that matter no more are not said; neither are
    words that would not be over at the end.

    Args:
        cues: In the order of their moments; seconds from the first sample on.
        total: How many samples there are to be.
        sound: What is to be heard at each cue.
    """
    mixer = _Mixer(total, sound)
    for cue in cues:
        yield from mixer.up_to(min(total, round(cue.at_s * RATE)))
        mixer.take(cue)
    yield from mixer.up_to(total)


class _Mixer:
    """Keeps what is still to be heard."""

    def __init__(self, total: int, sound: Sound) -> None:
        self._total = total
        self._sound = sound
        self._done = 0
        self._clips: list[_Clip] = []

    def up_to(self, end: int) -> Iterator[array[int]]:
        """Give everything before this index that was not given yet."""
        while self._done < end:
            start, self._done = self._done, min(end, self._done + PIECE)
            yield self._piece(start, self._done)
            self._clips = [clip for clip in self._clips if clip.end > self._done]

    def _piece(self, start: int, end: int) -> array[int]:
        piece = array("h", bytes(2 * (end - start)))
        silent_from = start
        for clip in self._clips:
            first, last = max(start, clip.start), min(end, clip.end)
            # Where nothing else is heard yet, and that is nearly everywhere, samples need no adding.
            alone = min(max(first, silent_from), last)
            if first < alone:
                add(piece, first - start, clip.samples[first - clip.start : alone - clip.start])
            if alone < last:
                piece[alone - start : last - start] = clip.samples[alone - clip.start : last - clip.start]
            silent_from = max(silent_from, last)
        return piece

    def take(self, cue: Cue) -> None:
        """Find the place of one more cue; everything before it was given already."""
        now = self._done
        if cue.cuts:
            self._hush(now)
        samples = self._sound(cue)
        if not samples:
            return
        if cue.tone is not None:
            self._clips.append(_Clip(now, samples[: self._total - now], None))
            return
        latest = cue.latest_s * RATE + 1
        start = self._free_from(now)
        if start > latest:
            self._hush(now, than=cue.priority)
            start = self._free_from(now)
        if start <= latest and start + len(samples) <= self._total:
            self._clips.append(_Clip(start, samples, cue.priority))

    def _free_from(self, now: int) -> int:
        return max([now, *(clip.end for clip in self._clips if clip.words is not None)])

    def _hush(self, now: int, than: Priority | None = None) -> None:
        """Let words end here that matter less, or all words; take away those not begun yet."""
        kept = []
        for clip in self._clips:
            if clip.words is None or (than is not None and clip.words <= than):
                kept.append(clip)
            elif clip.start < now:
                kept.append(_Clip(clip.start, _faded(clip.samples, now - clip.start), None))
        self._clips = kept


def _faded(samples: array[int], length: int) -> array[int]:
    """The first samples, the last few of which die away after that."""
    end = samples[length : length + _FADE]
    fading = [round(sample * (1 - index / len(end))) for index, sample in enumerate(end)]
    return samples[:length] + array("h", fading)
