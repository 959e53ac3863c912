"""A whole session as one audio file, to take away on a phone.

The file has its name only when it is complete: it is written under another name beside it first, and nothing
is left of that when something goes wrong. What is in memory is never more than a few seconds of sound.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Protocol

from backtimer.audio.chapters import MOST_IN_CUE_SHEET, MOST_IN_MP3, Chapter, cue_sheet
from backtimer.audio.mixing import mix
from backtimer.audio.mp3 import Mp3
from backtimer.audio.tones import RATE, tone_s, tone_samples
from backtimer.audio.waves import WaveError, little_endian, read_wav, scaled, wav_header
from backtimer.core.cues import Cue, Tone

FORMATS = {".wav": MOST_IN_CUE_SHEET, ".mp3": MOST_IN_MP3}
"""What a file's name may end in, and how many chapters it can have then."""

TAIL_S = tone_s(Tone.END)
"""A track goes on so long after the session's end, for the last tone."""

_REMEMBERED = 48
"""Sounds of a kind that are kept in memory; a sentence takes some 300 kilobytes."""

Progress = Callable[[float, float], None]
"""Told how many seconds are done, of how many."""


class Renders(Protocol):
    """As much of a voice as a track needs."""

    def render(self, text: str) -> Path | None:
        """The words as a WAV file; None: they cannot be said."""


@dataclass(frozen=True, slots=True)
class Track:
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
        total_s: When the session is over; the sound goes on for `TAIL_S` more.
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

    return mix(cues, samples_in(total_s), sound)


def samples_in(total_s: float) -> int:
    """How many samples the track of a session has."""
    return round((total_s + TAIL_S) * RATE)


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
    writer: _Writer = _Wav(total_s) if sheet else Mp3(track.title, track.album, track.chapters, total_s)
    _refuse(target, sheet)
    with _unfinished(target) as (name, out):
        out.write(writer.head())
        done = 0
        for piece in pieces:
            out.write(writer.encode(piece))
            done += len(piece)
            progress(min(total_s, done / RATE), total_s)
        out.write(writer.rest())
        _finish(out)
        if sheet is not None:
            _write_sheet(sheet, track, target.name)
        name.replace(target)
    return sheet


def cue_sheet_of(target: Path) -> Path | None:
    """Where the chapters of a track are written, when they are not in the track itself."""
    return target.with_suffix(".cue") if target.suffix.lower() == ".wav" else None


class _Wav:
    """A WAV file; the number of its samples is known before they are."""

    def __init__(self, total_s: float) -> None:
        self._count = samples_in(total_s)

    def head(self) -> bytes:
        return wav_header(self._count)

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
            raise IsADirectoryError(0, "it is a folder", str(target))
        if target.exists() and not target.is_file():
            raise OSError(0, "it is a device, not a file", str(target))
        if not target.parent.is_dir():
            raise FileNotFoundError(0, "there is no such folder", str(target.parent))
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(0, "it is write-protected", str(target))


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
