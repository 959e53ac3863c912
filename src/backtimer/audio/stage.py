"""What is being heard, what gives way to what, and words that are spoken without a file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from backtimer.audio.player import Player, Sounding
from backtimer.audio.renderer import Made
from backtimer.audio.tones import BREATHS
from backtimer.audio.voice import Voice
from backtimer.core.speech.cues import Cue, Priority
from backtimer.core.speech.pieces import speech_s


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


AWAKE_S = 4.0
"""After so much silence a quiet sound keeps the device awake: sound servers let one sleep after 5 s, and
headphones swallow what wakes them."""

_LOOK_S = 0.1
"""How often it is looked whether sounds are over."""

AWAKE_FOR_S = 300.0
"""How long after the last cue the device is kept awake: the longest rests are shorter."""

TAIL_S = 0.1
"""How much longer than its file a sound may be heard: a player fills its buffers first."""

_HUNG_S = 3.0
"""A player that takes so much longer than its file hangs: it is ended, and another one has its turn."""

_HUNG_VOICE_S = 5.0
"""A voice that speaks by itself hangs after so much more than twice the time that its words should take."""

_PROBE_S = 0.25
"""How often a player that failed is offered a sound: it decides itself when it has rested."""

_MOST_AT_ONCE = 8
"""Sounds at the same time; when there are more, players hang."""


@dataclass(slots=True)
class _Heard:
    """Something that is being heard."""

    sounding: Sounding
    cue: Cue | None
    """None: the quiet sound."""
    ends_s: float | None
    """When it will be over; None: nobody knows."""
    hung_s: float
    """When it should have been over long ago."""

    def is_said(self, now: float) -> bool:
        """Whether these are words that are still being said."""
        if self.cue is None or self.cue.tone is not None:
            return False
        return not self.sounding.is_over() if self.ends_s is None else now < self.ends_s


class Stage:
    """The sounds that are being heard. Used by one thread, but for `stop`.

    Args:
        player: Plays sounds.
        clock: Seconds, the clock of the cues.
        on_start: Told of each cue that begins, and when.
    """

    def __init__(
        self,
        player: Player,
        clock: Callable[[], float],
        on_start: Callable[[Cue, float], None] | None = None,
    ) -> None:
        self._player = player
        self._clock = clock
        self._on_start = on_start
        self._heard: list[_Heard] = []
        self._last_sound_s: float | None = None
        self._looked_s = clock()

    def is_free(self, cue: Cue, now: float) -> bool:
        """Whether nothing is being said; what matters less is cut off when it would last too long."""
        for heard in self._heard:
            if heard.is_said(now):
                if heard.ends_s is not None and heard.ends_s <= cue.latest_s:
                    return False
                if heard.cue is not None and heard.cue.priority <= cue.priority:
                    return False
        self.silence(lambda heard: heard.is_said(now))
        return True

    def interrupt_live(self, cue: Cue) -> None:
        """Words whose length nobody knew when they were planned do not talk over a countdown."""
        if cue.priority is Priority.NOW and cue.tone not in BREATHS:
            self.silence(lambda heard: heard.ends_s is None and _matters_less(heard.cue, cue))

    def silence(self, which: Callable[[_Heard], bool]) -> None:
        """Silence words; tones ring out."""
        kept = []
        for heard in self._heard:
            if heard.cue is not None and heard.cue.tone is None and which(heard):
                heard.sounding.stop()
            else:
                kept.append(heard)
        self._heard = kept

    def begin(self, cue: Cue | None, made: Made) -> bool:
        """Play a sound; False where that cannot be now, or there are too many already."""
        sounding = self._player.play(made.path) if len(self._heard) < _MOST_AT_ONCE else None
        now = self._clock()
        if sounding is None:
            return False
        ends_s = now + made.length_s + TAIL_S
        self._heard.append(_Heard(sounding, cue, ends_s, ends_s + _HUNG_S))
        if cue is not None and self._on_start is not None:
            self._on_start(cue, now)
        return True

    def say(self, voice: Voice, cue: Cue) -> LiveWords:
        """Give words to a voice that speaks by itself; whoever can wait lets them begin."""
        live = LiveWords(voice, cue, self._clock, self._on_start)
        hung_s = self._clock() + 2 * speech_s(cue.text) + _HUNG_VOICE_S
        self._heard.append(_Heard(live, cue, None, hung_s))
        return live

    def look(self, now: float) -> None:
        """Forget what is over, and end what hangs."""
        # Whatever was being heard when the machine fell asleep hangs through no fault of the player.
        slept = now - self._looked_s > _HUNG_S
        if self._heard or now < self._looked_s:  # a clock that went back
            self._last_sound_s = now
        self._looked_s = now
        kept, gave_up = [], False
        for heard in self._heard:
            if heard.sounding.is_over():
                continue
            if now > heard.hung_s:
                if slept:
                    heard.sounding.stop()
                else:
                    heard.sounding.give_up()
                    gave_up = gave_up or heard.ends_s is not None
                continue
            kept.append(heard)
        self._heard = kept
        if gave_up:
            self._end_late(now)

    def _end_late(self, now: float) -> None:
        """End what hangs with it: a server that comes back would play it all at once."""
        late = [heard for heard in self._heard if heard.ends_s is not None and now > heard.ends_s]
        for heard in late:
            heard.sounding.give_up()
        self._heard = [heard for heard in self._heard if heard not in late]

    def keep_awake(self, now: float, last_cue_s: float, quiet: Made | None, probe: Made | None) -> None:
        """Play the quiet sound: at the beginning, and when it has been silent for a while.

        Where nothing can be heard, a short one finds out when something can again.
        """
        if self._player.problem:
            if probe is not None and not self._heard:
                self.begin(None, probe)
            return
        if quiet is None or self._heard or now - last_cue_s > AWAKE_FOR_S:
            return
        if self._last_sound_s is None or now - self._last_sound_s >= AWAKE_S:
            self._last_sound_s = now
            self.begin(None, quiet)

    def until_next(self, now: float, last_cue_s: float) -> float | None:
        """Seconds until it is worth while to look again."""
        if self._heard:
            return _LOOK_S
        if self._player.problem:
            return _PROBE_S
        if self._last_sound_s is None or now - last_cue_s > AWAKE_FOR_S:
            return None
        return max(_LOOK_S, self._last_sound_s + AWAKE_S - now)

    def is_heard(self) -> bool:
        """Whether something with a meaning is being heard."""
        return any(heard.cue is not None for heard in self._heard)

    def is_talking(self, now: float) -> bool:
        """Whether anything is being said."""
        return any(heard.is_said(now) for heard in self._heard)

    def is_busy(self) -> bool:
        """Whether anything is being played."""
        return bool(self._heard)

    def hush(self) -> None:
        """Silence all words."""
        self.silence(lambda heard: True)

    def stop(self) -> None:
        """Silence everything; any thread may ask for it."""
        for heard in tuple(self._heard):
            heard.sounding.stop()


def _matters_less(one: Cue | None, other: Cue) -> bool:
    return one is not None and one.priority > other.priority
