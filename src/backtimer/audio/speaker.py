"""Plays cues at their moments, in a thread of its own: whoever hands them over never waits.

Tones sound at their moments, whatever else is heard. Words wait until other words are over; when they would
begin later than they may, words that matter more cut the others off, and those that matter no more are not
said. What cannot begin in time is dropped: a cue that comes late is worse than none.
"""

from __future__ import annotations

import atexit
import heapq
import sys
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from backtimer.audio import processes
from backtimer.audio.cache import SoundCache
from backtimer.audio.ducking import Ducker
from backtimer.audio.player import Player
from backtimer.audio.renderer import PROBE, QUIET, Made, Renderer, Wanted
from backtimer.audio.stage import TAIL_S, Stage
from backtimer.audio.tones import BREATHS
from backtimer.audio.voice import RETRY_S, Voice
from backtimer.core.speech.cues import Cue, Priority, Tone
from backtimer.core.speech.pieces import speech_s
from backtimer.language import _
from backtimer.values import NamedTuple

if TYPE_CHECKING:
    from backtimer.audio.equipment import Equipment

_LOOK_CLOSELY_S = 0.02
"""How often it is looked whether words are over while others wait for that."""

EARLY_S = 0.005
"""How long before its moment a cue is begun: about what starting a player takes. It is also just before a
front end wakes for the same moment, and the two do not wait for each other then."""

_LONGEST_WAIT_S = 0.5
"""However far away the next cue is: the machine may sleep, and timers with it."""

_SWITCH_S = 0.001
"""How long one thread of Python may make another wait during a session. Python's own 5 ms would be a whole
frame's bound, and several of them make a tone late."""

_GRACE_S = 0.1
"""Words may be over by so much later than planned: what comes next leaves them a little more than that."""

_QUICK_S = 0.1
"""A voice that needs no more than this for a phrase is asked for phrases only to see how long they are."""

_CLOSING_S = 0.5
"""What a thread gets to end."""

_SPEAKER, _RENDERER = "backtimer-speaker", "backtimer-renderer"
"""The threads."""


class _Waiting(NamedTuple):
    """A cue that is to be heard: the earlier first, tones before words, then what matters more."""

    at_s: float
    words: bool
    priority: Priority
    number: int
    cue: Cue
    sound: Wanted
    expected: bool = False
    """Given ahead of what will ask for it, which has not come yet."""
    cuts: bool = False
    """Silences what was given before it at its own moment, rather than when it was given."""


class Speaker:
    """Plays what it is given.

    Args:
        player: Plays sounds.
        voice: Speaks; None: tones only.
        clock: The clock on which the moments of the cues lie; seconds.
        tones_dir: Where tones are kept, or the cache that keeps them.
        volume: 0 to 1, of the tones; the voice has its own.
        on_start: Told of each cue that begins, and when, in the speaker's thread: for measuring.
        early_s: How long before its moment a cue is begun.
        ducker: Pulls other players down while words sound; None: nobody does.
        threads: False: nothing happens but in `step` and `make`, which is how tests drive it.
    """

    def __init__(
        self,
        player: Player,
        voice: Voice | None,
        clock: Callable[[], float],
        tones_dir: Path | SoundCache,
        volume: float = 1.0,
        *,
        on_start: Callable[[Cue, float], None] | None = None,
        early_s: float = EARLY_S,
        ducker: Ducker | None = None,
        threads: bool = True,
    ) -> None:
        self._player = player
        self._voice = voice
        self._clock = clock
        self._early_s = early_s
        self._ducker = ducker
        self._stage = Stage(player, clock, on_start)
        self._changed = threading.Condition()
        self._news = self._hush = self._closing = False
        self._number = 0
        self._future: list[_Waiting] = []
        self._due: list[_Waiting] = []
        self._expected: frozenset[Cue] = frozenset()
        self._troubles: dict[str, str] = {}
        """By the thread that they are in."""
        self._last_cue_s = clock()
        self._cache = tones_dir if isinstance(tones_dir, SoundCache) else SoundCache(tones_dir)
        self._renderer = Renderer(voice, self._cache, volume, self._wake, clock)
        self._renderer.want(_ALWAYS)
        self._threads: tuple[threading.Thread, ...] = ()
        if threads:
            self._open()

    @property
    def problem(self) -> str:
        """Why something is not heard, as a sentence; empty when all is well."""
        voice = self._voice.problem if self._voice else ""
        cache = self._cache.problem if self._cache.is_off else ""
        return next(iter([*self._troubles.values()]), "") or self._player.problem or cache or voice

    @property
    def is_heard(self) -> bool:
        """Whether sounds can be played; where not, a front end may ring the terminal's bell."""
        return not (self._troubles or self._player.problem)

    def learn(self, texts: Mapping[str, str]) -> None:
        """Have texts that are not the coach's, given with their languages, read by voices of their own."""
        if self._voice is not None:
            self._voice.learn(texts)

    def change(self, find: Callable[[], Equipment], then: Callable[[], None]) -> None:
        """Have another voice, or another loudness, from the next sound on.

        Args:
            find: Looks for what there is; called in the thread that makes sounds, where nobody waits.
            then: Called in the same thread, when that holds.
        """

        def change() -> None:
            found = find()
            self._voice = found.voice
            self._renderer.change(found.voice, found.volume)
            self._renderer.want(_ALWAYS)
            then()
            self._wake()

        self._renderer.do(change)

    def play(self, cues: Sequence[Cue]) -> None:
        """Take cues, each for its moment; one that cuts silences what was given before it.

        What was expected and is not among them was expected wrongly, and is forgotten; what is among them
        has been begun, or will be. Thread-safe, and done at once.
        """
        with self._changed:
            if self._closing:
                return
            expected, self._expected = self._expected, frozenset()
            if not all(cue in expected for cue in cues if cue.cuts):
                expected = frozenset()  # something else has come in between
            self._forget_expected(keep=expected.intersection(cues))
            for cue in cues:
                if cue not in expected:
                    if cue.cuts:
                        self._drop_waiting()
                    self._take(cue)
            self._tell(cues)
        self._need(cues)

    def expect(self, cues: Sequence[Cue]) -> None:
        """Have cues at the ready that will be given to `play` at their moment, unless something comes before.

        They begin at their moment even if `play` is late, and one that cuts does so then. Thread-safe.
        """
        with self._changed:
            if self._closing:
                return
            self._forget_expected()
            self._expected = frozenset(cues)
            for cue in cues:
                self._take(cue, expected=True)
            self._tell(cues)
        self._need(cues)

    def _take(self, cue: Cue, *, expected: bool = False) -> None:
        words = cue.tone is None
        if words and (not cue.text or self._voice is None):
            return
        self._number += 1
        waiting = _Waiting(
            *(cue.at_s, words, cue.priority, self._number, cue, Wanted.of(cue)),
            expected=expected,
            cuts=expected and cue.cuts,
        )
        heapq.heappush(self._future, waiting)

    def _forget_expected(self, keep: Collection[Cue] = ()) -> None:
        """Forget what was expected and has not begun; what is to be kept is expected no longer."""

        def left(waiting: Sequence[_Waiting]) -> list[_Waiting]:
            stay = (one for one in waiting if not one.expected or one.cue in keep)
            return [one._replace(expected=False) if one.expected else one for one in stay]

        self._future, self._due = left(self._future), left(self._due)
        heapq.heapify(self._future)

    def _drop_words_before(self, number: int) -> None:
        """Forget words that were given before."""
        self._future = [one for one in self._future if not (one.words and one.number < number)]
        heapq.heapify(self._future)
        self._due = [one for one in self._due if not (one.words and one.number < number)]

    def _tell(self, cues: Sequence[Cue]) -> None:
        if cues:
            self._last_cue_s = self._clock()
        self._news = True
        self._changed.notify_all()

    def _need(self, cues: Sequence[Cue]) -> None:
        now = self._clock()
        for cue in cues:
            if cue.tone is not None:
                sounds = [Wanted.of(cue)]
            elif cue.text and self._voice is not None and self._voice.renders:
                at_s = max(now, cue.at_s)
                best = next((text for text in _forms(cue) if self._is_promising(cue, text, at_s)), cue.text)
                sounds = [Wanted(best), *(Wanted(text) for text in cue.shorter[-1:])]
            else:
                continue
            for sound in sounds:
                if not self._renderer.is_settled(sound):
                    self._renderer.need(sound)

    def _is_promising(self, cue: Cue, text: str, at_s: float) -> bool:
        """Whether words, begun as soon as they can be had, would be over in time."""
        sound = Wanted(text)
        made = self._renderer.made(sound)
        if made is not None:
            return at_s + made.length_s <= cue.over_s + _GRACE_S
        if self._is_lost(text):
            return False
        takes_s = 0.0 if self._speaks_live else self._renderer.expected_s
        return at_s + takes_s + self._estimate_s(text) <= cue.over_s + _GRACE_S

    @property
    def _speaks_live(self) -> bool:
        """Whether words that are not made are better spoken at once."""
        return self._voice is not None and (self._voice.slow or not self._voice.renders)

    def _is_lost(self, text: str) -> bool:
        """Whether words cannot be had."""
        sound = Wanted(text)
        return self._renderer.is_settled(sound) and not (self._speaks_live or self._renderer.made(sound))

    def _estimate_s(self, text: str) -> float:
        known = self.length_s(text)
        return speech_s(text) if known is None else known

    def follow(self, cues: Iterator[Cue]) -> None:
        """Make what these cues need when there is time, in the order of their need.

        The iterator is run in the thread that makes it, so it may use `measure_s`.
        """
        speaks = self.speaks_from_files
        self._renderer.follow(Wanted.of(cue) for cue in cues if cue.tone is not None or (cue.text and speaks))

    @property
    def speaks_from_files(self) -> bool:
        """Whether words are made before they are said."""
        return self._voice is not None and self._voice.renders

    def length_s(self, text: str) -> float | None:
        """How long it takes to say this; None: not known yet."""
        return self._voice.length_s(text) if self._voice is not None else None

    def measure_s(self, text: str) -> float | None:
        """The same, found out by rendering it if need be, which takes its time: for what `follow` runs.

        A voice that is slow at it is not asked: it has enough to do with what will be said.
        """
        quick = self._voice is not None and self._voice.renders and self._renderer.expected_s <= _QUICK_S
        if quick and self._voice is not None and self._voice.length_s(text) is None:
            self._renderer.measure(text)
        return self.length_s(text)

    def close(self, linger_s: float = 0.0) -> None:
        """Silence everything and end all children, within a second.

        Args:
            linger_s: How long what is being heard, and what waits, may take to come to its end first.
        """
        with self._changed:
            if linger_s > 0 and self._threads:
                self._changed.wait_for(self._is_idle, linger_s)
            if self._closing:
                return
            self._closing = True
            self._future.clear()
            self._due.clear()
            self._changed.notify_all()
        self._renderer.stop()
        self._stage.stop()
        if self._ducker is not None:
            self._ducker.close()
        processes.end_all()
        for thread in self._threads:
            thread.join(_CLOSING_S)
        if self._threads:
            processes.end_all()  # a thread may have started one just then
            atexit.unregister(self.close)
            sys.setswitchinterval(self._switch_s)

    def step(self) -> float | None:
        """Do what is due.

        Returns:
            Seconds until there is something to do again; None: not before more cues come.
        """
        now = self._clock()
        with self._changed:
            hush, self._hush = self._hush, False
            while self._future and self._future[0].at_s <= now + self._early_s:
                waiting = heapq.heappop(self._future)
                if waiting.cuts:
                    self._drop_words_before(waiting.number)
                    hush = True
                self._due.append(waiting)
            due = sorted(self._due)
        if hush:
            self._stage.hush()
        self._stage.look(now)
        for waiting in due:
            if self._closing or (self._hush and waiting.words):
                continue  # these words belong to what was before
            if self._try(waiting, due):
                with self._changed:
                    self._due = [one for one in self._due if one.number != waiting.number]
        quiet, probe = self._renderer.made(QUIET), self._renderer.made(PROBE)
        self._stage.keep_awake(now, self._last_cue_s, quiet, probe)
        if self._ducker is not None:
            self._ducker.hear(self._stage.is_talking(self._clock()))
        with self._changed:
            if self._is_idle():
                self._changed.notify_all()
            return self._until_next()

    def make(self) -> bool:
        """Make one sound ahead; whether there was one to make. Otherwise a thread does that."""
        return self._renderer.step()

    def _open(self) -> None:
        self._switch_s = sys.getswitchinterval()
        sys.setswitchinterval(min(_SWITCH_S, self._switch_s))
        bodies = ((_SPEAKER, self._run), (_RENDERER, self._renderer.run))
        self._threads = tuple(
            threading.Thread(target=self._guarded, args=(name, body), name=name, daemon=True)
            for name, body in bodies
        )
        atexit.register(self.close)
        for thread in self._threads:
            thread.start()

    def _guarded(self, name: str, body: Callable[[], None]) -> None:
        while not self._closing:
            try:
                body()
            except Exception as error:  # a session goes on without sound, and its screen stays whole
                self._troubles[name] = _("Sound has stopped: {why}. Trying again.").format(why=repr(error))
                with self._changed:
                    self._changed.wait_for(lambda: self._closing, RETRY_S)

    def _run(self) -> None:
        while not self._closing:
            wait_s = self.step()
            self._troubles.pop(_SPEAKER, None)
            with self._changed:
                if not (self._news or self._closing):
                    self._changed.wait(wait_s)
                self._news = False

    def _wake(self) -> None:
        self._troubles.pop(_RENDERER, None)
        with self._changed:
            self._news = True
            self._changed.notify_all()

    def _is_idle(self) -> bool:
        waiting = self._future or self._due or self._hush
        return self._closing or not (waiting or self._stage.is_heard())

    def _drop_waiting(self) -> None:
        """Forget what waits; a tone whose moment has come is as good as sounding."""
        now = self._clock()
        self._future = [one for one in self._future if not one.words and one.at_s <= now]
        heapq.heapify(self._future)
        self._due = [one for one in self._due if not one.words]
        self._hush = True

    def _until_next(self) -> float | None:
        """Seconds until something is to be done, as things stand."""
        now = self._clock()
        waits = []
        if self._due:
            waits.append(_LOOK_CLOSELY_S)
        if self._future:
            waits += [max(0.0, self._future[0].at_s - self._early_s - now), _LONGEST_WAIT_S]
        if (looking := self._stage.until_next(now, self._last_cue_s)) is not None:
            waits.append(looking)
        return min(waits, default=None)

    def _try(self, waiting: _Waiting, due: Sequence[_Waiting]) -> bool:
        """Begin a cue that is due, or drop it; False: it still waits."""
        cue, now = waiting.cue, self._clock()
        if now > cue.latest_s:
            return True
        if waiting.words:
            return self._try_words(waiting, due, now)
        made = self._renderer.made(waiting.sound)
        if made is not None:
            self._stage.interrupt_live(cue)
            return self._stage.begin(cue, made) or not self._player.problem
        if self._renderer.is_settled(waiting.sound):
            return True  # it cannot be had
        self._renderer.need(waiting.sound)
        return False

    def _try_words(self, waiting: _Waiting, due: Sequence[_Waiting], now: float) -> bool:
        """The same of words: of all that there is time for, or of what one must know."""
        cue = waiting.cue
        text = next((text for text in _forms(cue) if self._is_promising(cue, text, now)), "")
        text = text or self._least(cue)
        if not text:
            return True  # none of it can be had
        made = self._renderer.made(Wanted(text))
        said = self._as_said(cue, text, now, made)
        if made is not None:
            ends_s = now + made.length_s + TAIL_S
            if not (self._leaves_room(said, due, ends_s) and self._stage.is_free(said, now)):
                return False
            return self._stage.begin(said, made) or not self._player.problem
        if self._voice is not None and self._speaks_live:
            if not self._stage.is_free(said, now):
                return False
            # The voice may take its time to begin: tones do not wait for that.
            self._renderer.do(self._stage.say(self._voice, said).begin)
            return True
        self._renderer.need(Wanted(text), first=True)
        return False

    def _least(self, cue: Cue) -> str:
        """The shortest form that can be had, or may still be; empty when there is none."""
        return next((text for text in reversed(_forms(cue)) if not self._is_lost(text)), "")

    def _as_said(self, cue: Cue, text: str, now: float, made: Made | None) -> Cue:
        """What is said of a cue, and until when it can wait for others to be over."""
        if not cue.shorter:
            return cue
        length_s = self._estimate_s(text) if made is None else made.length_s
        fits_until_s = cue.over_s + _GRACE_S - length_s
        if now <= fits_until_s:
            return cue._replace(text=text, latest_s=fits_until_s, shorter=())
        # It is late, and it is what one must know: the counts that it runs into are tones without words.
        return cue._replace(text=text, priority=Priority.NOW, shorter=())

    def _leaves_room(self, said: Cue, due: Sequence[_Waiting], ends_s: float) -> bool:
        """Whether words that end then are in nobody's way who matters more and is waiting already."""
        return not any(
            other.words and other.priority < said.priority and self._late_s(other.cue) < ends_s
            for other in due
        )

    def _late_s(self, cue: Cue) -> float:
        """Until when all of a cue's words can wait."""
        return min(cue.latest_s, cue.over_s - self._estimate_s(cue.text)) if cue.shorter else cue.latest_s


_ALWAYS = (QUIET, PROBE, *(Wanted(tone=tone) for tone in Tone if tone not in BREATHS))
"""What every session needs, before any phrase; the quiet sound first."""


def _forms(cue: Cue) -> tuple[str, ...]:
    """The words of a cue, and the same in ever fewer."""
    return (cue.text, *cue.shorter)
