"""Samples as files, and what becomes of those that a voice has rendered."""

from __future__ import annotations

import io
import wave
from array import array
from pathlib import Path

import pytest

from backtimer.audio.tones import FULL_SCALE, RATE
from backtimer.audio.waves import (
    HEADER_BYTES,
    LEVEL,
    QUIET,
    WaveError,
    add,
    levelled,
    load,
    read_wav,
    scaled,
    shaped,
    wav_bytes,
    wav_header,
)
from tests.audio.fakes import write_wav
from tests.rules import for_each

LOUD = QUIET + 1


@pytest.mark.parametrize("count", [0, 1, 1_000])
def test_the_header_is_what_others_write(count: int) -> None:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(bytes(2 * count))
    assert wav_header(count) == content.getvalue()[:HEADER_BYTES]
    assert wav_bytes(array("h", bytes(2 * count))) == content.getvalue()


def test_a_file_of_ours_is_read_as_it_was_written(tmp_path: Path) -> None:
    samples = array("h", [1, -2, 32_767, -32_768])
    path = tmp_path / "ours.wav"
    path.write_bytes(wav_bytes(samples))
    assert read_wav(path) == samples


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_of_a_file_that_is_cut_off_the_whole_samples_are_read(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "cut.wav"
    path.write_bytes(wav_bytes(array("h", [1, 2, 3]))[:-cut])
    assert read_wav(path) == array("h", [1, 2, 3][: (6 - cut) // 2])


@pytest.mark.parametrize(("rate", "channels"), [(RATE + 1, 1), (RATE, 2)])
def test_a_file_of_another_kind_is_told_from_ours(tmp_path: Path, rate: int, channels: int) -> None:
    path = write_wav(tmp_path / "other.wav", [1, 2, 3, 4], rate, channels)
    with pytest.raises(WaveError, match=f"{channels} channels of 16 bit at {rate} Hz"):
        read_wav(path)


def test_no_wav_at_all_is_told(tmp_path: Path) -> None:
    path = tmp_path / "text.wav"
    path.write_text("no sound")
    with pytest.raises(WaveError, match="no WAV file"):
        read_wav(path)
    assert load(path) is None
    assert load(tmp_path / "missing.wav") is None


def test_samples_are_mixed_where_they_belong_and_nowhere_else() -> None:
    onto = array("h", [10, 20, 30, 40, 50])
    add(onto, 1, array("h", [1, 2, 3]))
    assert onto == array("h", [10, 21, 32, 43, 50])


def test_what_is_too_loud_for_both_becomes_as_loud_as_can_be() -> None:
    onto = array("h", [32_000, -32_000, 5])
    add(onto, 0, array("h", [1_000, -1_000, 5]))
    assert onto == array("h", [32_767, -32_768, 10])


def test_at_full_volume_samples_stay_and_below_they_shrink() -> None:
    samples = array("h", [100, -50])
    assert scaled(samples, 1.0) is samples
    assert scaled(samples, 0.5) == array("h", [50, -25])


@for_each(("rate", "known"), [(3_999, False), (4_000, True), (192_000, True), (192_001, False)])
def test_rates_that_voices_have_are_taken(tmp_path: Path, rate: int, known: bool) -> None:
    samples = array("h", [1, 2, 3])
    found = load(write_wav(tmp_path / "voice.wav", samples, rate))
    assert found == ((samples, rate) if known else None)


def test_several_channels_become_one(tmp_path: Path) -> None:
    found = load(write_wav(tmp_path / "two.wav", [10, 20, -5, -15], channels=2))
    assert found == (array("h", [15, -10]), RATE)
    found = load(write_wav(tmp_path / "three.wav", [1, 2, 3], channels=3))
    assert found == (array("h", [2]), RATE)


def test_a_file_without_samples_or_cut_off_is_none_of_a_voice(tmp_path: Path) -> None:
    assert load(write_wav(tmp_path / "empty.wav", [])) is None
    path = write_wav(tmp_path / "cut.wav", [1, 2, 3])
    path.write_bytes(path.read_bytes()[:-2])
    assert load(path) is None


def test_samples_of_eight_bit_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "wide.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(b"\x00\x80\xff")
    assert load(path) == (array("h", [-32_768, 0, 32_512]), RATE)


def test_long_silence_around_words_becomes_ten_milliseconds_and_short_silence_stays() -> None:
    most, kept = int(0.03 * RATE), int(0.01 * RATE)
    words = array("h", [LOUD, 0, -LOUD])
    silence = array("h", [QUIET])
    assert shaped(silence * (most + 1) + words + silence * (most + 1), RATE) == (
        silence * kept + words + silence * kept
    )
    short = silence * most + words + silence * most
    assert shaped(short, RATE) == short


def test_nothing_but_silence_is_nothing() -> None:
    assert shaped(array("h", [QUIET, -QUIET] * 100), RATE) == array("h")
    assert shaped(array("h", [QUIET, -QUIET] * 100), RATE // 2) == array("h")


def test_another_rate_becomes_ours_by_the_line_between_neighbours() -> None:
    assert shaped(array("h", [100, 300, 500]), RATE // 2) == array("h", [100, 200, 300, 400, 500, 500])
    assert shaped(array("h", [100, 200, 300, 400]), 2 * RATE) == array("h", [100, 300])


def test_a_long_text_of_another_rate_loses_nothing_where_pieces_meet() -> None:
    ramp = array("h", range(100, 5_100))
    assert shaped(ramp, 2 * RATE) == ramp[::2]
    assert shaped(ramp, 2 * RATE, volume=0.5) == array("h", [round(each / 2) for each in ramp[::2]])


@pytest.mark.parametrize("volume", [0.0, -1.0])
def test_without_volume_there_are_samples_that_nobody_hears(volume: float) -> None:
    assert shaped(array("h", [1_000, -1_000]), RATE, volume) == array("h", [0, 0])


@for_each("loudness", [450, 3_000, 20_000, 32_000])
def test_words_are_brought_to_one_loudness(loudness: int) -> None:
    words = array("h", [0] * 8_000 + [loudness, -loudness] * 4_000 + [loudness // 100] * 8_000)
    found = levelled(words, RATE)
    assert len(found) == len(words)
    assert max(found) == pytest.approx(LEVEL, rel=0.1)


def test_what_is_brought_to_one_loudness_is_never_distorted() -> None:
    peaky = array("h", ([100, -100] * 50 + [30_000]) * 500)
    assert max(levelled(peaky, RATE)) <= FULL_SCALE
    assert levelled(array("h"), RATE) == array("h")
    assert levelled(array("h", [3, -3] * 5_000), RATE) == array("h", [3, -3] * 5_000), "it is silence"
