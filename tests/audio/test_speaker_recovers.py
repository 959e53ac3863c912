"""The speaker when a player, a voice or a thread fails: what is told, and that sound comes back by itself."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from backtimer.audio.equipment import find_equipment
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.player import Sounding
from backtimer.audio.speaker import Speaker
from backtimer.audio.stage import AWAKE_FOR_S
from backtimer.audio.voice import RETRY_S, EngineVoice
from tests.audio.fakes import Clock, FakePlayer, Programs, rendering, words_with_silence, write_wav
from tests.audio.test_speaker import START, Room, tone, words
from tests.audio.waiting import until


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_what_cannot_be_played_now_is_played_within_its_time(room: Room) -> None:
    room.player.works, room.player.problem = False, "Nothing can be heard."
    room.speaker.play([tone(0), words(0, "One.", latest=5.0)])
    room.run(2)
    assert room.heard() == []
    room.player.works, room.player.problem = True, ""
    room.run(4)
    assert [what for what, _ in room.heard()] == ["One."]


def test_a_player_that_failed_is_tried_again_without_any_cue(room: Room) -> None:
    room.player.works, room.player.problem = False, "Nothing can be heard."
    room.run(AWAKE_FOR_S + 60)
    room.player.works = True
    wait_s = room.speaker.step()
    assert wait_s is not None and wait_s <= 1.0
    room.run(3)
    assert room.player.notes, "a quiet sound finds out"


def test_all_that_hangs_with_a_player_ends_with_the_first(room: Room) -> None:
    room.player.hangs = True
    room.speaker.play([tone(number / 10) for number in range(6)])
    room.run(3.45)
    assert room.player.notes[0].given_up
    assert all(note.stopped for note in room.player.notes[:6]), "a server that comes back plays no burst"


def test_a_voice_that_hangs_while_it_speaks_is_ended(tmp_path: Path) -> None:
    room = Room(tmp_path, renders=False)
    room.voice.speaking_s = 3600.0
    room.speaker.play([words(0, "One.", latest=1.0)])
    room.run(20)
    assert room.voice.spoken[0].given_up
    room.voice.speaking_s = 1.0
    room.speaker.play([words(21, "Two.")])
    room.run(3)
    assert [note.what for note in room.voice.spoken] == ["One.", "Two."]


def test_words_that_an_engine_could_not_say_are_made_when_it_can_again(
    programs: Programs, tmp_path: Path
) -> None:
    works = tmp_path / "works"
    source = write_wav(tmp_path / "source.wav", words_with_silence())
    programs.add(
        "espeak-ng", f"if not os.path.exists({str(works)!r}): sys.exit(1)\n" + rendering(source, "-w")
    )
    programs.add("paplay")
    clock = Clock(START)
    found = find_equipment(VoiceChoice(), tmp_path / "sounds", platform="linux", which=programs.which)
    assert found.player is not None and isinstance(found.voice, EngineVoice)
    found.voice._clock = clock
    speaker = Speaker(found.player, found.voice, clock, tmp_path / "sounds", threads=False)
    texts = [f"Number {number}." for number in range(5)]
    speaker.follow(iter([words(9, text) for text in texts]))
    while speaker.make():
        pass
    assert "espeak-ng renders nothing" in speaker.problem
    works.touch()
    clock.now += RETRY_S
    while speaker.make():
        pass
    assert "renders nothing" not in speaker.problem
    assert all(speaker.length_s(text) for text in texts)


def test_an_accident_in_a_thread_is_told_and_sound_goes_on(tmp_path: Path) -> None:
    class Stumbling(FakePlayer):
        stumbles = True

        def play(self, path: Path) -> Sounding | None:
            if self.stumbles:
                raise ValueError("by accident")
            return super().play(path)

    player = Stumbling(Clock(START))
    speaker = Speaker(player, None, time.monotonic, tmp_path / "tones")
    try:
        until(lambda: "Sound has stopped" in speaker.problem)
        player.stumbles = False
        until(lambda: speaker.problem == "" and player.notes)
    finally:
        speaker.close()
