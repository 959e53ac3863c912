"""WAV files: what a voice has rendered comes in, what is to be heard goes out."""

from __future__ import annotations

import io
import math
import operator
import struct
import sys
import time
import wave
from array import array
from pathlib import Path
from typing import IO

from backtimer.audio.tones import FULL_SCALE, RATE

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
"""The chunks of a file without extras: RIFF, its format, and what is before the samples."""

_PCM = 1
"""Samples as they are, not compressed."""

_BYTES = 2
"""Of a sample."""

HEADER_BYTES = _HEADER.size


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
    """What stands in a WAV file of our own kind before this many samples."""
    size = _BYTES * count
    shape = (16, _PCM, 1, RATE, _BYTES * RATE, _BYTES, 8 * _BYTES)
    return _HEADER.pack(b"RIFF", size + _HEADER.size - 8, b"WAVE", b"fmt ", *shape, b"data", size)


def wav_bytes(samples: array[int]) -> bytes:
    """Samples as the content of a WAV file."""
    return wav_header(len(samples)) + little_endian(samples).tobytes()


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


# What a voice has rendered becomes what is played: one channel, 16 bit, `RATE` a second, trimmed.
#
# This runs beside a session that is on the screen: it works on a few thousand samples at a time and lets
# others go on between two such pieces.

QUIET = 48
"""Samples up to this size are silence: 57 dB below full scale."""

MOST_SILENCE_S = 0.03
"""Silence longer than this, at the beginning or the end, is taken away: a count is heard on its beat."""

_KEPT_S = 0.01
"""What is left of it: consonants begin softly."""

_PIECE = 2_000
"""Samples between two pauses: less than a millisecond of work."""


def load(path: Path) -> tuple[array[int], int] | None:
    """The samples of a WAV file of a voice or a recorder, mixed to one channel, and their rate.

    Samples may have 8 to 32 bits, and any number of channels. None: it is no such file, or not whole.
    """
    try:
        with path.open("rb") as file, wave.open(_without_extension(file), "rb") as content:
            channels, width, rate = content.getnchannels(), content.getsampwidth(), content.getframerate()
            frames = content.getnframes()
            data = content.readframes(frames)
    except (wave.Error, EOFError, OSError):
        return None
    if not (1 <= width <= 4 and channels >= 1 and 4_000 <= rate <= 192_000):
        return None
    if frames == 0 or len(data) != frames * channels * width:
        return None
    samples = _as_16_bit(data, width)
    if channels > 1:
        each = [samples[channel::channels] for channel in range(channels)]
        samples = array("h", [sum(frame) // channels for frame in zip(*each, strict=True)])
    return samples, rate


_EXTENSIBLE = 0xFFFE
"""The number of a format that is told later in the same chunk: recorders of 24 bit use it."""


def _without_extension(file: IO[bytes]) -> IO[bytes]:
    """The same file with its format told at once, as `wave` knows it."""
    head = file.read(48)
    file.seek(0)
    at = head.find(b"fmt ") + 8
    if at < 8 or len(head) < at + 26 or int.from_bytes(head[at : at + 2], "little") != _EXTENSIBLE:
        return file
    data = bytearray(file.read())
    data[at : at + 2] = data[at + 24 : at + 26]
    return io.BytesIO(data)


def _as_16_bit(data: bytes, width: int) -> array[int]:
    """Samples of another width: the upper bits, or all there are."""
    if width == 1:
        return array("h", [(value - 128) << 8 for value in data])
    if width == 2:
        return little_endian(array("h", data))
    upper = bytearray(2 * (len(data) // width))
    upper[::2], upper[1::2] = data[width - 2 :: width], data[width - 1 :: width]
    return little_endian(array("h", bytes(upper)))


LEVEL = 3_500
"""What words are as loud as, the root of the mean square while they sound: 19 dB below full scale."""

_MOST_GAIN = 8.0
_ACTIVE = 0.1
"""A stretch counts as sounding from this part of the loudest one on."""


def levelled(samples: array[int], rate: int) -> array[int]:
    """Samples brought to the loudness of other voices, as far as that can be without distortion."""
    length = max(1, rate // 20)
    powers = []
    for start in range(0, len(samples), length):
        piece = samples[start : start + length]
        powers.append(sum(map(operator.mul, piece, piece)) / len(piece))
        time.sleep(0)
    top = max(powers, default=0.0)
    sounding = [power for power in powers if power > top * _ACTIVE**2]
    if not sounding or top < QUIET**2:
        return samples
    gain = LEVEL / math.sqrt(sum(sounding) / len(sounding))
    gain = min(gain, _MOST_GAIN, (FULL_SCALE - 1) / max(map(abs, samples)))
    louder = array("h")
    for start in range(0, len(samples), _PIECE):
        louder.extend([round(sample * gain) for sample in samples[start : start + _PIECE]])
        time.sleep(0)
    return louder


def shaped(samples: array[int], rate: int, volume: float = 1.0) -> array[int]:
    """Samples as they are to be played; none when all of it is silence.

    Args:
        samples: Of one channel.
        rate: How many of them are a second.
        volume: 0 to 1.
    """
    trimmed = _trimmed(samples, rate)
    if rate != RATE:
        trimmed = _resampled(trimmed, rate)
    if volume >= 1:
        return trimmed
    quieter = array("h")
    for start in range(0, len(trimmed), _PIECE):
        quieter += scaled(trimmed[start : start + _PIECE], max(0.0, volume))
        time.sleep(0)
    return quieter


def _trimmed(samples: array[int], rate: int) -> array[int]:
    """Without the silence around it, where that is long."""
    first = next((index for index, sample in enumerate(samples) if abs(sample) > QUIET), None)
    if first is None:
        return array("h")
    last = next(index for index in range(len(samples) - 1, -1, -1) if abs(samples[index]) > QUIET)
    most, kept = int(MOST_SILENCE_S * rate), int(_KEPT_S * rate)
    start = first - kept if first > most else 0
    end = last + 1 + kept if len(samples) - last - 1 > most else len(samples)
    return samples[start:end]


def _resampled(samples: array[int], rate: int) -> array[int]:
    """At our rate, by the straight line between neighbours: speech has little above what that blurs."""
    if not samples:
        return samples
    count = max(1, len(samples) * RATE // rate)
    step = rate / RATE
    padded = samples + array("h", [samples[-1]])
    result = array("h")
    for start in range(0, count, _PIECE):
        for index in range(start, min(count, start + _PIECE)):
            place = index * step
            before = int(place)
            one = padded[before]
            result.append(int(one + (padded[before + 1] - one) * (place - before)))
        time.sleep(0)
    return result
