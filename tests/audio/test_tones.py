"""The tones: what they consist of, how they begin and end, and that nobody takes one for another."""

from __future__ import annotations

import io
import itertools
import math
import wave
from array import array
from collections.abc import Sequence

import pytest

from backtimer.audio.equipment import find_voice
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.tones import BREATHS, RATE, SHAPES, Melody, Note, tone_s, tone_samples
from backtimer.audio.waves import read_wav, wav_bytes
from backtimer.core.speech.cues import Tone
from tests.audio.sink import require
from tests.rules import for_each

FULL = 32_768
STRUCK = sorted(set(SHAPES) - BREATHS)
SWELLS = sorted(BREATHS)


def notes_of(tone: Tone) -> tuple[Note, ...]:
    """Those of a struck tone; a breath has none."""
    shape = SHAPES[tone]
    return shape.notes if isinstance(shape, Melody) else ()


def strength(samples: array[int], hz: float) -> float:
    """How much of a frequency there is (Goertzel), under a window that keeps neighbours out."""
    count = len(samples)
    coefficient = 2 * math.cos(2 * math.pi * hz / RATE)
    one = two = 0.0
    for index, sample in enumerate(samples):
        windowed = sample * (0.5 - 0.5 * math.cos(2 * math.pi * (index + 0.5) / count))
        one, two = windowed + coefficient * one - two, one
    return math.sqrt(max(0.0, one * one + two * two - coefficient * one * two)) / count


def part(samples: array[int], start_s: float, end_s: float) -> array[int]:
    return samples[round(start_s * RATE) : round(end_s * RATE)]


def crossings(samples: array[int]) -> int:
    return sum((one < 0) != (other < 0) for one, other in itertools.pairwise(samples))


def heard(tone: Tone, *, small: bool = False) -> list[float]:
    """A tone as an ear takes it: the strength of each whole tone, every 50 ms, as one vector.

    Args:
        tone: Which one.
        small: Through a small speaker.
    """
    samples = (
        array("h", map(round, through_small_speaker(tone_samples(tone)))) if small else tone_samples(tone)
    )
    padded = samples + array("h", bytes(2 * max(0, round(0.36 * RATE) - len(samples))))
    vector = [
        strength(part(padded, slot * 0.05, slot * 0.05 + 0.06), 250 * 2 ** (step / 6))
        for slot in range(6)
        for step in range(14)
    ]
    length = math.hypot(*vector)
    return [value / length for value in vector]


CUT_OFF_HZ = 400.0
"""Below this a telephone's or a laptop's speaker gives next to nothing."""

PHRASES = (
    "Bird-dog. Come onto your hands and knees. Left side.",
    "Rest for twenty seconds. Next: bridge.",
    "Breathe out as you lift.",
    "Hold for twenty seconds.",
    "Three.",
)


def through_small_speaker(samples: array[int]) -> list[float]:
    """What is left of samples above the cut-off: a Butterworth filter of the fourth order."""
    passed = [float(sample) for sample in samples]
    turn = 2 * math.pi * CUT_OFF_HZ / RATE
    for quality in (0.5412, 1.3066):
        alpha, cosine = math.sin(turn) / (2 * quality), math.cos(turn)
        whole, side = (1 + cosine) / 2, 1 + alpha
        one = two = before = before_that = 0.0
        for index, value in enumerate(passed):
            found = (whole * (value - 2 * one + two) + 2 * cosine * before - (1 - alpha) * before_that) / side
            two, one, before_that, before = one, value, before, found
            passed[index] = found
    return passed


def level_db(samples: Sequence[float]) -> float:
    """The root of the mean square of where something is heard: up to 20 dB below the loudest moment."""
    slot = round(0.02 * RATE)
    squares = [
        sum(value * value for value in samples[start : start + slot]) / slot
        for start in range(0, len(samples) - slot, slot)
    ]
    loud = [square for square in squares if square > max(squares) / 100]
    return 10 * math.log10(sum(loud) / len(loud))


@pytest.fixture(scope="module")
def words_db(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How loud words are through a small speaker."""
    require("espeak-ng")
    voice = find_voice(VoiceChoice(engine="espeak-ng"), tmp_path_factory.mktemp("words"))
    assert voice is not None
    found = [voice.render(text) for text in PHRASES]
    levels = [level_db(through_small_speaker(read_wav(path))) for path in found if path is not None]
    assert len(levels) == len(PHRASES)
    return sum(levels) / len(levels)


@pytest.mark.parametrize("tone", list(Tone))
def test_a_small_speaker_gives_every_tone_about_as_loud_as_words(tone: Tone, words_db: float) -> None:
    tone_db = level_db(through_small_speaker(tone_samples(tone, seconds=4.0)))
    assert -3.3 <= tone_db - words_db <= 4.0


def test_every_meaning_has_a_tone() -> None:
    assert set(SHAPES) == set(Tone)
    assert {Tone.BREATHE_IN, Tone.BREATHE_OUT} == BREATHS


@for_each("tone", STRUCK)
def test_a_struck_tone_is_short(tone: Tone) -> None:
    assert 0.1 <= tone_s(tone) <= (1.0 if tone is Tone.END else 0.35)
    assert tone_s(tone, seconds=9.0) == tone_s(tone)
    assert len(tone_samples(tone)) / RATE == pytest.approx(tone_s(tone), abs=0.001)


@for_each("tone", STRUCK)
def test_each_note_sounds_at_its_pitch_and_no_other_is_stronger(tone: Tone) -> None:
    samples = tone_samples(tone)
    notes = notes_of(tone)
    starts = [note.at_s for note in notes] + [notes[-1].at_s + notes[-1].length_s]
    for note, end in zip(notes, starts[1:], strict=True):
        assert 250 <= note.hz <= 1000
        # What rang before rings on for a while: a note is strongest in its second half.
        own = part(samples, note.at_s + 0.3 * (end - note.at_s), end)
        others = {250 * 2 ** (step / 12) for step in range(40)}
        far = [hz for hz in others if abs(math.log2(hz / note.hz)) > 0.45]
        if tone is not Tone.END:
            assert strength(own, note.hz) > 1.3 * max(strength(own, hz) for hz in far)
        else:
            assert strength(own, note.hz) > 2 * strength(own, note.hz * 1.12)


@for_each("tone", list(Tone))
def test_a_tone_begins_and_ends_in_silence_and_softly(tone: Tone) -> None:
    samples = tone_samples(tone)
    peak = max(map(abs, samples))
    assert samples[0] == 0 and abs(samples[-1]) <= 1
    assert max(map(abs, part(samples, 0, 0.002))) < 0.12 * peak
    assert max(map(abs, part(samples, 0, 0.004))) < 0.5 * peak
    assert max(map(abs, samples[-round(0.002 * RATE) :])) < 0.05 * peak


@for_each("tone", list(Tone))
def test_no_jump_is_larger_than_the_pitch_explains(tone: Tone) -> None:
    samples = tone_samples(tone)
    highest = max((note.hz for note in notes_of(tone)), default=392.0)
    peak = max(map(abs, samples))
    # The partials together rise 2.1 times as steeply as their fundamental; those of deep tones, which have
    # more of them, 2.6 times. A click jumps by the peak.
    steep = 2.7 if tone in (Tone.REST, *BREATHS) else 2.2
    bound = peak * steep * 2 * math.pi * highest / RATE
    assert bound < peak
    assert max(abs(one - other) for one, other in itertools.pairwise(samples)) <= bound


@for_each("tone", list(Tone))
def test_nothing_is_far_above_the_notes(tone: Tone) -> None:
    samples = tone_samples(tone, seconds=0.5)
    pitches = [note.hz for note in notes_of(tone)] or [320.0]
    strongest = max(strength(samples, hz) for hz in pitches)
    for hz in (5_000, 6_500, 8_000, 9_500):
        assert strength(samples, hz) < 0.002 * strongest


@for_each("tone", list(Tone))
def test_there_is_room_for_words(tone: Tone) -> None:
    peak = max(map(abs, tone_samples(tone))) / FULL
    least, most = (0.05, 0.15) if tone in BREATHS else (0.2, 0.5)
    assert least < peak < most


@pytest.mark.parametrize("small", [False, True], ids=["large", "small"])
def test_no_tone_can_be_taken_for_another(small: bool) -> None:
    vectors = {tone: heard(tone, small=small) for tone in STRUCK}
    alike = {
        (one, other): sum(a * b for a, b in zip(vectors[one], vectors[other], strict=True))
        for one, other in itertools.combinations(STRUCK, 2)
    }
    worst = max(alike, key=lambda pair: alike[pair])
    assert alike[worst] < 0.7, f"{worst}: {alike[worst]:.2f}"


@for_each("tone", list(Tone))
@for_each("volume", [0.0, 0.25, 0.5])
def test_volume_scales(tone: Tone, volume: float) -> None:
    loud, soft = tone_samples(tone), tone_samples(tone, volume)
    assert len(loud) == len(soft)
    assert max(abs(one * volume - other) for one, other in zip(loud, soft, strict=True)) <= 1


def test_a_volume_beyond_the_scale_is_the_end_of_the_scale() -> None:
    assert tone_samples(Tone.REST, 7.0) == tone_samples(Tone.REST, 1.0)
    assert not any(tone_samples(Tone.REST, -1.0))


@for_each("tone", SWELLS)
@for_each("seconds", [1.0, 4.0, 6.5])
def test_a_breath_lasts_as_long_as_it_is_told(tone: Tone, seconds: float) -> None:
    assert tone_s(tone, seconds) == seconds
    assert len(tone_samples(tone, seconds=seconds)) / RATE == pytest.approx(seconds, abs=0.001)


def test_a_breath_of_no_told_length_is_a_calm_one() -> None:
    assert 3 <= tone_s(Tone.BREATHE_IN) == len(tone_samples(Tone.BREATHE_IN)) // RATE <= 6


def test_in_rises_and_out_falls() -> None:
    for tone, sign in ((Tone.BREATHE_IN, 1), (Tone.BREATHE_OUT, -1)):
        samples = tone_samples(tone, seconds=4.0)
        rates = [crossings(part(samples, start, start + 0.5)) for start in (0.25, 1.0, 1.75, 2.5, 3.25)]
        assert all(sign * (later - earlier) > 5 for earlier, later in itertools.pairwise(rates)), rates


@pytest.mark.parametrize("tone", SWELLS)
def test_a_breath_swells_and_ebbs_gently(tone: Tone) -> None:
    samples = tone_samples(tone, seconds=4.0)
    loudness = [max(map(abs, part(samples, slot * 0.25, slot * 0.25 + 0.25))) for slot in range(16)]
    crest = loudness.index(max(loudness))
    assert 5 <= crest <= 10
    assert loudness[: crest + 1] == sorted(loudness[: crest + 1])
    assert loudness[crest:] == sorted(loudness[crest:], reverse=True)


def test_the_shortest_breath_is_no_mistake() -> None:
    assert max(map(abs, tone_samples(Tone.BREATHE_IN, seconds=0.02)))
    assert not any(tone_samples(Tone.BREATHE_IN, seconds=1e-9))


@for_each("tone", list(Tone))
def test_the_same_every_time(tone: Tone) -> None:
    assert tone_samples(tone, 0.6, 1.5) == tone_samples(tone, 0.6, 1.5)


def test_the_bytes_are_a_wav_file_of_these_samples() -> None:
    samples = tone_samples(Tone.COUNT)
    with wave.open(io.BytesIO(wav_bytes(samples))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        assert file.readframes(file.getnframes()) == samples.tobytes()
