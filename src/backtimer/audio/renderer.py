"""Makes sounds ahead of their moments, in a thread of its own: tones are synthesised, phrases rendered."""

from __future__ import annotations

import threading
import time
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from backtimer.audio import tones
from backtimer.audio.cache import SoundCache, key_of, wav_length_s
from backtimer.audio.voice import Voice
from backtimer.core.speech.cues import Cue, Tone
from backtimer.values import NamedTuple

_BREATHER_S = 0.03
"""Between two phrases made ahead: the session on the screen goes first."""

_QUIET_S = 1.0
_QUIET_LEVEL = 2
"""Of the sound that wakes a device: 84 dB below full scale; silence would let it sleep on."""


class Wanted(NamedTuple):
    """A sound that is to be there: words, a tone, or the quiet sound when it is neither."""

    text: str = ""
    tone: Tone | None = None
    seconds: float = 0.0

    @staticmethod
    def of(cue: Cue) -> Wanted:
        """What a cue needs."""
        return Wanted(text=cue.text) if cue.tone is None else Wanted(tone=cue.tone, seconds=cue.seconds)


QUIET = Wanted()
"""What wakes the device, and keeps it awake."""

PROBE = Wanted(seconds=0.2)
"""As quiet, and shorter: what finds out whether anything can be played."""

_LATER_S = 0.5
"""How often it is looked whether a voice that failed may be asked again."""


class Made(NamedTuple):
    """A sound on the disk."""

    path: Path
    length_s: float


class Renderer:
    """Makes what is wanted, one after the other.

    Args:
        voice: Renders the words; None: there are none.
        cache: Keeps the tones.
        volume: 0 to 1, of the tones.
        on_made: Called, in the renderer's thread, when something was made or cannot be.
        clock: Seconds, from any origin.
    """

    def __init__(
        self,
        voice: Voice | None,
        cache: SoundCache,
        volume: float,
        on_made: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._voice = voice
        self._cache = cache
        self._volume = volume
        self._on_made = on_made
        self._clock = clock
        self._took_s = 0.0
        """What the voice needs for a phrase, of late."""
        self._began_s: float | None = None
        """Since when a phrase is being made."""
        self._made: dict[Wanted, Made | None] = {}
        self._urgent: deque[Wanted] = deque()
        self._ahead: deque[Wanted] = deque()
        self._later: dict[Wanted, None] = {}
        """Words that the voice could not say just now."""
        self._actions: deque[Callable[[], None]] = deque()
        self._coming: Iterator[Wanted] | None = None
        self._changed = threading.Condition()
        self._closing = False

    def follow(self, sounds: Iterator[Wanted]) -> None:
        """Make these when there is nothing else to make; the next is asked for, here, when it is its turn."""
        with self._changed:
            self._coming = sounds
            self._changed.notify()

    def want(self, sounds: Sequence[Wanted]) -> None:
        """Make these when there is time, in this order, after those wanted before."""
        with self._changed:
            self._ahead.extend(sounds)
            self._changed.notify()

    def need(self, sound: Wanted, *, first: bool = False) -> None:
        """Make this now, unless it is there; `first`: before all else that is needed.

        Words that a resting voice could not say wait until it may be asked again: who needs them asks
        whenever there is news, and that would be news.
        """
        with self._changed:
            if sound in self._later and self._rests(sound):
                return
            if first and sound in self._urgent and self._urgent[0] != sound:
                self._urgent.remove(sound)
            if sound not in self._urgent:
                (self._urgent.appendleft if first else self._urgent.append)(sound)
                self._changed.notify()

    def measure(self, text: str) -> None:
        """Make a phrase to see how long it is; for what is followed, in this thread."""
        self._rendered(text, gently=True)

    @property
    def expected_s(self) -> float:
        """How long it will take, by what was seen so far, until a phrase is made."""
        began_s = self._began_s
        return max(self._took_s, 0.0 if began_s is None else self._clock() - began_s)

    def change(self, voice: Voice | None, volume: float) -> None:
        """Have another voice, or another loudness, from now on; for what is done here by `do`."""
        with self._changed:
            self._voice, self._volume, self._took_s = voice, volume, 0.0
            self._made.clear()
            self._urgent.clear()
            self._ahead.clear()
            self._later.clear()
            self._coming = None

    def do(self, action: Callable[[], None]) -> None:
        """Do something else that takes its time, before making anything."""
        with self._changed:
            self._actions.append(action)
            self._changed.notify()

    def is_settled(self, sound: Wanted) -> bool:
        """Whether it is known if the sound can be had."""
        return sound in self._made

    def made(self, sound: Wanted) -> Made | None:
        """The sound, when it is there."""
        found = self._made.get(sound)
        if found is not None and not found.path.exists():
            del self._made[sound]  # someone has emptied the cache: it is made again
            return None
        return found

    def run(self) -> None:
        """Work until `stop`; the body of the thread."""
        while not self._closing:
            if not self.step():
                with self._changed:
                    if not (self._closing or self._urgent or self._ahead or self._actions or self._coming):
                        self._changed.wait(_LATER_S if self._later else None)
            elif not self._urgent and not self._actions:
                with self._changed:
                    if not (self._closing or self._urgent or self._actions):
                        self._changed.wait(_BREATHER_S)

    def step(self) -> bool:
        """Make one sound, the most urgent one; whether there was one to make."""
        with self._changed:
            if self._closing:
                return False
            action = self._actions.popleft() if self._actions else None
            gently = not self._urgent
            sound = self._next() if action is None else None
        if action is not None:
            action()
            return True
        if sound is None:
            return self._draw()
        made = self._make(sound, gently)
        if made is None and self._is_put_off(sound):
            with self._changed:
                self._later[sound] = None
        else:
            self._made[sound] = made
        self._on_made()
        return True

    def _draw(self) -> bool:
        """Ask for the next sound of those that are followed; whether there was one."""
        coming = self._coming
        sound = None if coming is None else next(coming, None)
        if sound is None:
            with self._changed:
                if self._coming is not coming:
                    return True  # there is something else to follow by now
                self._coming = None
            return False
        if sound not in self._made:
            self.want([sound])
        return True

    def stop(self) -> None:
        """Let the thread end; what it is waiting for must be ended by others."""
        with self._changed:
            self._closing = True
            self._changed.notify()

    def _is_put_off(self, sound: Wanted) -> bool:
        """Whether words that there are none of now may be had later."""
        return bool(sound.text) and self._voice is not None and self._voice.retry_s(sound.text) is not None

    def _rests(self, sound: Wanted) -> bool:
        """Whether the voice that could not say this is still left alone."""
        return self._voice is not None and (self._voice.retry_s(sound.text) or 0.0) > 0

    def _next(self) -> Wanted | None:
        """The next sound that is not settled."""
        if self._later and not self._rests(next(iter(self._later))):
            self._ahead.extend(self._later)
            self._later.clear()
        for waiting in (self._urgent, self._ahead):
            while waiting:
                sound = waiting.popleft()
                if sound not in self._made:
                    return sound
        return None

    def _make(self, sound: Wanted, gently: bool) -> Made | None:
        path: Path | None = None
        if sound.text:
            path = self._rendered(sound.text, gently)
        else:
            key = key_of("tone", _tones_version(), sound.tone, f"{sound.seconds:.3f}", f"{self._volume:.3f}")
            path = self._cache.find(key) or self._cache.add(key, _samples(sound, self._volume))
        length_s = None if path is None else wav_length_s(path)
        return None if path is None or length_s is None else Made(path, length_s)

    def _rendered(self, text: str, gently: bool) -> Path | None:
        """A phrase as a file; how long the voice takes for it is noted."""
        voice = self._voice
        if voice is None or not voice.renders:
            return None
        kept = voice.length_s(text) is not None
        self._began_s = began_s = None if kept else self._clock()
        try:
            return voice.render(text, gently=gently)
        finally:
            if began_s is not None:
                took_s = self._clock() - began_s
                self._took_s = 0.5 * (self._took_s + took_s) if self._took_s else took_s
            self._began_s = None


def _samples(sound: Wanted, volume: float) -> array[int]:
    if sound.tone is not None:
        return tones.tone_samples(sound.tone, volume, sound.seconds)
    half = [_QUIET_LEVEL] * 50 + [-_QUIET_LEVEL] * 50
    return array("h", half * int((sound.seconds or _QUIET_S) * tones.RATE / len(half)))


@lru_cache(maxsize=1)
def _tones_version() -> int:
    """Another version of the module may make other tones."""
    try:
        return Path(tones.__file__).stat().st_mtime_ns
    except OSError:
        return 0
