"""Several sounds by a player that plays one at a time: nothing cuts off what is heard."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest

from backtimer.audio.mixing import MixingPlayer
from backtimer.audio.player import find_player
from backtimer.audio.speaker import Speaker
from backtimer.audio.tones import RATE
from backtimer.audio.waves import read_wav, wav_bytes
from backtimer.core.speech.cues import Cue, Priority, Tone
from tests.audio.fakes import Clock, FakeVoice


class OneFile:
    """Plays one file at a time, on a clock that is moved by hand, and remembers all that was heard."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.works = True
        self.heard = array("h")
        self._origin = clock.now
        self._playing: tuple[float, array[int]] = (clock.now, array("h"))
        self.starts: list[Path] = []

    def start(self, path: Path) -> None:
        if not self.works:
            raise OSError("no device")
        self._record()
        self.starts.append(path)
        self._playing = (self.clock.now, read_wav(path))

    def silence(self) -> None:
        self._record()
        self._playing = (self.clock.now, array("h"))

    def _record(self) -> None:
        """Take down what was heard until now."""
        began_s, samples = self._playing
        passed = round((self.clock.now - self._origin) * RATE) - len(self.heard)
        skipped = len(self.heard) - round((began_s - self._origin) * RATE)
        part = samples[skipped : skipped + passed]
        self.heard += part + array("h", bytes(2 * (passed - len(part))))

    def levels(self) -> list[int]:
        """What was heard, every tenth of a second, in its middle."""
        self._record()
        return [self.heard[index] for index in range(RATE // 20, len(self.heard), RATE // 10)]


class Bench:
    def __init__(self, folder: Path) -> None:
        self.clock = Clock(0.0)
        self.one = OneFile(self.clock)
        self.player = MixingPlayer("one", self.one, self.clock)
        self._folder = folder

    def sound(self, level: int, seconds: float) -> Path:
        path = self._folder / f"{level}.wav"
        path.write_bytes(wav_bytes(array("h", [level] * round(seconds * RATE))))
        return path


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_sound_that_is_alone_is_played_from_its_own_file(bench: Bench) -> None:
    path = bench.sound(100, 0.5)
    assert bench.player.play(path) is not None
    bench.clock.now = 1.0
    bench.player.play(path)
    assert bench.one.starts == [path, path]


def test_words_go_on_while_a_tone_begins_and_ends(bench: Bench) -> None:
    words = bench.player.play(bench.sound(1000, 1.0))
    bench.clock.now = 0.3
    tone = bench.player.play(bench.sound(50, 0.2))
    assert words is not None and tone is not None
    bench.clock.now = 0.6
    assert tone.is_over() and not words.is_over()
    bench.clock.now = 1.2
    assert words.is_over()
    assert bench.one.levels() == [1000] * 3 + [1050] * 2 + [1000] * 5 + [0] * 2


def test_words_that_are_silenced_leave_the_tone_to_ring_out(bench: Bench) -> None:
    words = bench.player.play(bench.sound(1000, 1.0))
    bench.clock.now = 0.2
    tone = bench.player.play(bench.sound(50, 0.5))
    bench.clock.now = 0.4
    assert words is not None and tone is not None
    words.stop()
    assert words.is_over() and not tone.is_over()
    words.stop()
    bench.clock.now = 1.0
    assert bench.one.levels() == [1000] * 2 + [1050] * 2 + [50] * 3 + [0] * 3


def test_the_last_one_that_is_silenced_leaves_silence(bench: Bench) -> None:
    words = bench.player.play(bench.sound(1000, 1.0))
    bench.clock.now = 0.2
    assert words is not None
    words.give_up()
    bench.clock.now = 0.5
    assert bench.one.levels() == [1000] * 2 + [0] * 3


def test_what_is_too_loud_together_is_as_loud_as_can_be(bench: Bench) -> None:
    bench.player.play(bench.sound(30_000, 0.5))
    bench.player.play(bench.sound(29_000, 0.5))
    bench.clock.now = 0.5
    assert bench.one.levels() == [32_767] * 5


def test_a_device_that_fails_is_told_until_it_plays(bench: Bench, tmp_path: Path) -> None:
    bench.one.works = False
    assert bench.player.play(bench.sound(100, 0.5)) is None
    assert bench.player.problem == "Nothing can be heard: one cannot play (no device). Trying again."
    bench.one.works = True
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF")
    assert bench.player.play(broken) is None and bench.player.problem
    assert bench.player.play(bench.sound(100, 0.5)) is not None
    assert bench.player.problem == ""


def test_a_speaker_loses_no_word_to_a_count(bench: Bench, tmp_path: Path) -> None:
    voice = FakeVoice(tmp_path, bench.clock)
    voice.lengths["Three."] = 1.0
    speaker = Speaker(bench.player, voice, bench.clock, tmp_path / "tones", early_s=0, threads=False)
    cues = [
        Cue(2.0, 2.3, Priority.NOW, "Three."),
        Cue(2.3, 2.6, Priority.NOW, tone=Tone.COUNT),
    ]
    speaker.follow(iter(cues))
    while speaker.make():
        pass
    speaker.play(cues)
    for _ in range(400):
        speaker.step()
        bench.clock.now += 0.01
    heard = bench.one.levels()
    assert heard[20:23] == [9] * 3 and heard[26:29] == [9] * 3, "the words, before the tone and after it"
    assert heard[31:] == [0] * len(heard[31:])


def test_windows_has_such_a_player() -> None:
    player = find_player("win32")
    assert player is not None and player.name == "winsound" and player.problem == ""
