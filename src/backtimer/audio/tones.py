"""The tones, synthesised: struck notes that ring off, like a marimba, and the swell of a breath.

Each meaning has its own melody, told apart by the number of notes, their direction, their pitch and their
length. All fundamentals lie between 250 and 1000 Hz: hearing that has lost its heights still has those. What
small speakers give begins at 400 Hz or so: the lowest tones have enough above that.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from backtimer.core.speech.cues import Tone
from backtimer.values import NamedTuple

RATE = 22_050
"""Samples a second, of one channel, 16 bit each."""

FULL_SCALE = 32_767
"""The largest sample."""

ATTACK_S = 0.01
"""How long a note swells: a raised cosine, soft enough not to click."""

_RELEASE_S = 0.03
"""How long a note takes to fall to nothing at its end."""

_BREATH_S = 4.0
"""A breath whose length nobody told."""

_STRUCK = ((1, 1.0, 1.0), (2, 0.22, 0.6), (4, 0.16, 0.3))
"""Of a struck note: multiple of its pitch, level, and how long it rings beside the fundamental."""

_DEEP = ((1, 1.0, 1.0), (2, -0.75, 1.0), (3, -0.7, 1.0), (4, -0.4, 0.7))
"""Of one whose pitch a small speaker does not give: the ear makes it out of what lies above. Turned over, the
upper partials do not pile up on the fundamental: the tone is louder than its highest sample lets it seem."""

_DEEP_HZ = 300.0
"""Notes below this are deep."""

_BREATHED = ((1, 0.6), (2, -1.0), (3, -0.5), (4, -0.2))
"""Of a breath, which is as deep: multiple of its pitch, and level."""


class Note(NamedTuple):
    """A struck note."""

    at_s: float
    hz: float
    length_s: float
    decay_s: float
    """After so long it has fallen to 37 %."""


class Melody(NamedTuple):
    """The notes of a tone."""

    peak: float
    """Its loudest sample, as a part of full scale. Ears take high notes for louder than low ones."""
    notes: tuple[Note, ...]

    @property
    def length_s(self) -> float:
        """From the first note to the end of the last."""
        return max(note.at_s + note.length_s for note in self.notes)


@dataclass(frozen=True, slots=True)
class Glide:
    """The swell of a breath: a tone that rises or falls for as long as the breath takes."""

    peak: float
    from_hz: float
    to_hz: float
    crest: float
    """Where it is loudest, as a part of its length."""


SHAPES: Mapping[Tone, Melody | Glide] = MappingProxyType(
    {
        # Up, stay, down: the shape of a rep.
        Tone.EXERT: Melody(0.30, (Note(0, 392.0, 0.15, 0.07), Note(0.11, 587.3, 0.21, 0.09))),
        Tone.HOLD: Melody(0.26, (Note(0, 493.9, 0.28, 0.5),)),
        Tone.RETURN: Melody(0.30, (Note(0, 587.3, 0.15, 0.07), Note(0.11, 392.0, 0.21, 0.09))),
        # From one side to the other, and back.
        Tone.SWITCH: Melody(
            0.30, (Note(0, 349.2, 0.11, 0.06), Note(0.1, 698.5, 0.11, 0.06), Note(0.2, 349.2, 0.14, 0.06))
        ),
        # Deep and alone.
        Tone.REST: Melody(0.34, (Note(0, 261.6, 0.35, 0.16),)),
        # High and short.
        Tone.COUNT: Melody(0.26, (Note(0, 880.0, 0.12, 0.05),)),
        # Twice the same.
        Tone.HALFWAY: Melody(0.27, (Note(0, 659.3, 0.12, 0.05), Note(0.14, 659.3, 0.18, 0.08))),
        # A knock, and a question.
        Tone.WAIT: Melody(
            0.30, (Note(0, 329.6, 0.1, 0.05), Note(0.1, 329.6, 0.1, 0.05), Note(0.2, 493.9, 0.15, 0.09))
        ),
        # Down the stairs.
        Tone.PAUSE: Melody(
            0.34, (Note(0, 523.3, 0.12, 0.06), Note(0.1, 392.0, 0.12, 0.06), Note(0.2, 293.7, 0.15, 0.09))
        ),
        # A chord, note by note, that rings.
        Tone.END: Melody(
            0.34,
            (
                Note(0, 293.7, 0.5, 0.3),
                Note(0.12, 392.0, 0.5, 0.3),
                Note(0.24, 493.9, 0.56, 0.3),
                Note(0.36, 587.3, 0.49, 0.22),
            ),
        ),
        Tone.BREATHE_IN: Glide(0.145, 261.6, 392.0, 0.6),
        Tone.BREATHE_OUT: Glide(0.145, 392.0, 261.6, 0.4),
    }
)
"""What each tone consists of."""

BREATHS = frozenset(tone for tone, shape in SHAPES.items() if isinstance(shape, Glide))
"""The tones that last as long as a breath does; all others are struck."""


def tone_s(tone: Tone, seconds: float = 0.0) -> float:
    """How long a tone is, in seconds.

    Args:
        tone: Which one.
        seconds: Of a breath: how long it lasts; 0 is a calm one. Of no meaning to others.
    """
    shape = SHAPES[tone]
    if isinstance(shape, Melody):
        return shape.length_s
    return seconds if seconds > 0 else _BREATH_S


def tone_samples(tone: Tone, volume: float = 1.0, seconds: float = 0.0) -> array[int]:
    """A tone as samples, the same for the same arguments; it begins and ends in silence.

    Args:
        tone: Which one.
        volume: 0 to 1. At 1 the loudest sample stays well below half of full scale: there is room for words,
            and words as voices render them are about as loud.
        seconds: As for `tone_s`.
    """
    loudness = min(1.0, max(0.0, volume))
    shape = SHAPES[tone]
    if isinstance(shape, Glide):
        return _swell(shape, tone_s(tone, seconds), loudness)
    values, peak = _struck(shape)
    factor = shape.peak * loudness * FULL_SCALE / peak
    return array("h", [round(value * factor) for value in values])


@cache
def _struck(melody: Melody) -> tuple[array[float], float]:
    """The sum of a melody's notes, and the size of its largest sample."""
    sum_of_all = array("f", bytes(4 * (round(melody.length_s * RATE) + 1)))
    for note in melody.notes:
        start = round(note.at_s * RATE)
        for index, value in enumerate(_ringing(note), start):
            sum_of_all[index] += value
    return sum_of_all, max(map(abs, sum_of_all))


def _ringing(note: Note) -> list[float]:
    """One note: its partials, each dying away at its own pace, under a soft beginning and end."""
    count = round(note.length_s * RATE)
    values = [0.0] * count
    for multiple, level, ring in _DEEP if note.hz < _DEEP_HZ else _STRUCK:
        turn = 2 * math.pi * note.hz * multiple / RATE
        fall = -1.0 / (note.decay_s * ring * RATE)
        for index in range(count):
            values[index] += level * math.exp(fall * index) * math.sin(turn * index)
    attack, release = round(ATTACK_S * RATE), round(_RELEASE_S * RATE)
    for index in range(attack):
        values[index] *= 0.5 - 0.5 * math.cos(math.pi * index / attack)
    for index in range(release):
        values[count - 1 - index] *= 0.5 - 0.5 * math.cos(math.pi * index / release)
    return values


def _swell(glide: Glide, length_s: float, loudness: float) -> array[int]:
    """A breath. Its phase is the integral of a pitch that moves steadily."""
    count = round(length_s * RATE)
    if count == 0:
        return array("h")
    start = 2 * math.pi * glide.from_hz / RATE
    bend = math.pi * (glide.to_hz - glide.from_hz) / (RATE * count)
    crests = (_breathed(turn / 100) for turn in range(629))
    scale = glide.peak * loudness * FULL_SCALE / max(crests)
    # u ** skew is half way, where the swell is largest, at the crest.
    skew = math.log(0.5) / math.log(glide.crest)
    samples = array("h", bytes(2 * (count + 1)))
    for index in range(count):
        phase = index * (start + bend * index)
        swell = math.sin(math.pi * (index / count) ** skew)

        samples[index] = round(scale * swell * swell * _breathed(phase))
    return samples


def _breathed(phase: float) -> float:
    """The wave of a breath at a phase of its pitch."""
    return sum(level * math.sin(multiple * phase) for multiple, level in _BREATHED)
