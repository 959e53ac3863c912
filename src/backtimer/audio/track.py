"""A whole session as one audio file, to take away on a phone.

The file has its name only when it is complete: it is written under another name beside it first, and nothing
is left of that when something goes wrong. What is in memory is never more than a few seconds of sound.
"""

from __future__ import annotations

import heapq
import math
import os
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Protocol, TypeAlias

from backtimer.audio.mp3 import MOST_IN_CUE_SHEET, MOST_IN_MP3, Chapter, Mp3, cue_sheet
from backtimer.audio.tones import RATE, tone_s, tone_samples
from backtimer.audio.waves import WaveError, add, little_endian, read_wav, scaled, wav_header
from backtimer.core.plan.plan import Plan
from backtimer.core.session.events import Event
from backtimer.core.session.session import rehearse
from backtimer.core.speech.cues import LAST_WORDS_S, Cue, Priority, Tone
from backtimer.core.speech.script import Script
from backtimer.language import _
from backtimer.values import NamedTuple

# The cues of a session that nobody watches: what a track says.
#
# Its script is to be one that knows of nobody who attends: `Script(..., attended=False)`.


def unattended(plan: Plan, script: Script) -> Iterator[Cue]:
    """What is to be heard of a plan from its beginning to its end, in order of time, from 0.0 s on.

    A set at one's own pace gets the time it is expected to take.
    """
    return in_order(rehearse(plan), script.cues)


def in_order(events: Iterable[Event], cues_at: Callable[[Event], Iterable[Cue]]) -> Iterator[Cue]:
    """The cues that events ask for, in the order of their moments, which may lie after later events'.

    As for the speaker, a cue that cuts takes away what was asked for before and has not come yet, and of one
    moment come tones first, then words by what they matter.
    """
    waiting: list[tuple[float, bool, int, int, Cue]] = []
    number = 0
    for event in events:
        while waiting and waiting[0][0] < event.at_s:
            yield heapq.heappop(waiting)[-1]
        for cue in cues_at(event):
            if cue.cuts:
                waiting.clear()
            number += 1
            heapq.heappush(waiting, (cue.at_s, cue.tone is None, int(cue.priority), number, cue))
    while waiting:
        yield heapq.heappop(waiting)[-1]


# Cues on one time line become one stream of samples: silence, tones, and words that wait for each other.
#
# The stream comes in short pieces, so that a session of ten hours takes no more memory than one of ten
# minutes.

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


def mix(cues: Iterable[Cue], total: int, sound: Sound, least: int | None = None) -> Iterator[array[int]]:
    """Mix cues to so many samples, or to as many as there is something to be heard in.

    Tones sound at their moments. Words wait until other words are over. When they would be later than they
    may, words that matter more cut the others off and those that matter no more are not said; neither are
    words that would not be over at the end.

    Args:
        cues: In the order of their moments; seconds from the first sample on.
        total: How many samples there are to be.
        sound: What is to be heard at each cue.
        least: So many there are at least, and a moment after the last sound; None: all of them.
    """
    mixer = _Mixer(total, sound)
    for cue in cues:
        yield from mixer.up_to(min(total, round(cue.at_s * RATE)))
        mixer.take(cue)
    yield from mixer.up_to(total if least is None else min(total, max(least, mixer.ends + _AFTER)))


class _Mixer:
    """Keeps what is still to be heard."""

    def __init__(self, total: int, sound: Sound) -> None:
        self._total = total
        self._sound = sound
        self._done = 0
        self._clips: list[_Clip] = []

    @property
    def ends(self) -> int:
        """When all that is heard, or about to be, is over."""
        return max([self._done, *(clip.end for clip in self._clips)])

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
        if self._place(samples, cue.priority, now, min(cue.latest_s, _fits_until_s(cue, samples))):
            return
        for text in cue.shorter:
            samples = self._sound(cue._replace(text=text)) or samples
            if self._place(samples, cue.priority, now, min(cue.latest_s, _fits_until_s(cue, samples))):
                return
        if cue.shorter:  # what one must know is said late rather than not at all
            self._place(samples, Priority.NOW, now, cue.latest_s)

    def _place(self, samples: array[int], priority: Priority, now: int, latest_s: float) -> bool:
        """Let words be heard as soon as others are over, if that is not too late; whether it is not."""
        latest = latest_s * RATE + 1
        start = self._free_from(now)
        if start > latest:
            self._hush(now, than=priority)
            start = self._free_from(now)
        if start > latest or start + len(samples) > self._total:
            return False
        self._clips.append(_Clip(start, samples, priority))
        return True

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


def _fits_until_s(cue: Cue, samples: array[int]) -> float:
    """Until when words can begin and be over in time, where there are shorter ones."""
    return cue.over_s - len(samples) / RATE if cue.shorter else math.inf


def _faded(samples: array[int], length: int) -> array[int]:
    """The first samples, the last few of which die away after that."""
    end = samples[length : length + _FADE]
    fading = [round(sample * (1 - index / len(end))) for index, sample in enumerate(end)]
    return samples[:length] + array("h", fading)


FORMATS = {".wav": MOST_IN_CUE_SHEET, ".mp3": MOST_IN_MP3}
"""What a file's name may end in, and how many chapters it can have then."""

TAIL_S = max(tone_s(Tone.END), LAST_WORDS_S)
"""A track goes on so long after the session's end, at most, for the last tone and the last words."""

_AFTER = 2 * RATE
"""It ends so long after the last of them."""

_REMEMBERED = 48
"""Sounds of a kind that are kept in memory; a sentence takes some 300 kilobytes."""

Progress = Callable[[float, float], None]
"""Told how many seconds are done, of how many."""


class Renders(Protocol):
    """As much of a voice as a track needs."""

    def render(self, text: str) -> Path | None:
        """The words as a WAV file; None: they cannot be said."""


class Track(NamedTuple):
    """What a track is to be called, and what can be found in it."""

    title: str
    album: str
    """The name of the routine."""
    chapters: tuple[Chapter, ...]


class _Writer(Protocol):
    """A format."""

    def head(self) -> bytes:
        """What the file begins with."""

    def encode(self, samples: array[int]) -> bytes:
        """More of it."""

    def rest(self) -> bytes:
        """What it ends with."""


def render(
    cues: Iterable[Cue],
    total_s: float,
    voice: Renders | None = None,
    *,
    volume: float = 1.0,
    on_unspoken: Callable[[str], None] = lambda text: None,
) -> Iterator[array[int]]:
    """Cues as samples, piece by piece.

    Args:
        cues: In the order of their moments; seconds from the first sample on.
        total_s: When the session is over; the sound goes on until the last word is said.
        voice: Who says the words; None: nobody does.
        volume: 0 to 1, of words and tones alike.
        on_unspoken: Given the words that the voice could not say.
    """

    @lru_cache(maxsize=_REMEMBERED)
    def spoken(text: str) -> array[int] | None:
        file = voice.render(text) if voice is not None else None
        if file is not None:
            with suppress(OSError, WaveError):
                return scaled(read_wav(file), volume)
        if voice is not None:
            on_unspoken(text)
        return None

    @lru_cache(maxsize=_REMEMBERED)
    def sounding(tone: Tone, seconds: float) -> array[int]:
        return tone_samples(tone, volume, seconds)

    def sound(cue: Cue) -> array[int] | None:
        return spoken(cue.text) if cue.tone is None else sounding(cue.tone, cue.seconds)

    return mix(cues, round((total_s + TAIL_S) * RATE), sound, round(total_s * RATE))


def write_track(
    target: Path,
    pieces: Iterable[array[int]],
    total_s: float,
    track: Track,
    progress: Progress = lambda done_s, total_s: None,
) -> Path | None:
    """Write a track; its format is told by the end of its name. What was there before is replaced.

    Args:
        target: Where to.
        pieces: What `render` gives.
        total_s: When the session is over.
        track: Its title and chapters.
        progress: Told how far it is, after every piece.

    Returns:
        The cue sheet beside it, if its format needs one for the chapters.

    Raises:
        MissingExtraError: For an MP3 something must be installed first.
        OSError: It cannot be written. Nothing was changed.
    """
    target = Path(os.path.realpath(target))
    sheet = cue_sheet_of(target)
    writer: _Writer = _Wav() if sheet else Mp3(track.title, track.album, track.chapters, total_s)
    _refuse(target, sheet)
    with _unfinished(target) as (name, out):
        out.write(writer.head())
        done = 0
        for piece in pieces:
            out.write(writer.encode(piece))
            done += len(piece)
            progress(min(total_s, done / RATE), total_s)
        out.write(writer.rest())
        if sheet is not None:  # how many there are is known only now
            out.seek(0)
            out.write(wav_header(done))
        _finish(out)
        if sheet is not None:
            _write_sheet(sheet, track, target.name)
        name.replace(target)
    return sheet


def cue_sheet_of(target: Path) -> Path | None:
    """Where the chapters of a track are written, when they are not in the track itself."""
    return target.with_suffix(".cue") if target.suffix.lower() == ".wav" else None


class _Wav:
    """A WAV file; the number of its samples is written when they are."""

    def head(self) -> bytes:
        return wav_header(0)

    def encode(self, samples: array[int]) -> bytes:
        return little_endian(samples).tobytes()

    def rest(self) -> bytes:
        return b""


def _refuse(*targets: Path | None) -> None:
    """See beforehand what would go wrong in the end; a file that is not to be written can be replaced."""
    for target in targets:
        if target is None:
            continue
        if target.is_dir():
            raise IsADirectoryError(0, _("it is a folder"), str(target))
        if target.exists() and not target.is_file():
            raise OSError(0, _("it is a device, not a file"), str(target))
        if not target.parent.is_dir():
            raise FileNotFoundError(0, _("there is no such folder"), str(target.parent))
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(0, _("it is write-protected"), str(target))


@contextmanager
def _unfinished(target: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A file beside the target that is gone when the block is left, unless it was moved before."""
    name = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with name.open("wb") as out:
            yield name, out
    finally:
        with suppress(OSError):
            name.unlink(missing_ok=True)


def _finish(out: IO[bytes]) -> None:
    """Close a file whose content is on the disk."""
    out.flush()
    os.fsync(out.fileno())
    out.close()


def _write_sheet(sheet: Path, track: Track, file_name: str) -> None:
    # A file's name may hold bytes that are no text; players look for those very bytes.
    content = cue_sheet(track.chapters, track.title, file_name).encode("utf-8", "surrogateescape")
    with _unfinished(sheet) as (name, out):
        out.write(content)
        _finish(out)
        name.replace(sheet)
