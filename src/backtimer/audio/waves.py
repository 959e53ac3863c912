"""WAV files: what a voice has rendered comes in, what is to be heard goes out."""

from __future__ import annotations

import io
import operator
import sys
import wave
from array import array
from pathlib import Path

from backtimer.audio.tones import FULL_SCALE, RATE


class WaveError(ValueError):
    """A file that is no WAV of ours; the message is a sentence."""


def read_wav(path: Path) -> array[int]:
    """The samples of a WAV file of our own kind: one channel, 16 bit, `RATE` a second.

    Raises:
        WaveError: It is of another kind, or none at all.
        OSError: It cannot be read.
    """
    try:
        with wave.open(str(path), "rb") as file:
            kind = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            content = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise WaveError(f"this is no WAV file: {error}") from error
    if kind != (1, 2, RATE):
        raise WaveError(f"this WAV file has {kind[0]} channels of {8 * kind[1]} bit at {kind[2]} Hz")
    # A file that was cut off may end in the middle of a sample.
    return little_endian(array("h", content[: len(content) // 2 * 2]))


def little_endian(samples: array[int]) -> array[int]:
    """Samples in the byte order of WAV files, or back from it."""
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    return samples


def wav_header(count: int) -> bytes:
    """What stands in a WAV file before this many samples."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.setnframes(count)
        file.writeframesraw(b"")
        return content.getvalue()


def scaled(samples: array[int], volume: float) -> array[int]:
    """Samples at another volume, 0 to 1."""
    if volume >= 1:
        return samples
    return array("h", [round(sample * volume) for sample in samples])


def add(onto: array[int], start: int, samples: array[int]) -> None:
    """Mix samples onto others, from an index on; what is too loud for both becomes as loud as can be."""
    end = start + len(samples)
    sums = list(map(operator.add, onto[start:end], samples))
    try:
        onto[start:end] = array("h", sums)
    except OverflowError:
        onto[start:end] = array("h", [max(-FULL_SCALE - 1, min(FULL_SCALE, each)) for each in sums])
