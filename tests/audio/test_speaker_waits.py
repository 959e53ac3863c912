"""When a speaker has something to do again, what is wrong with it, and how long its words take."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtimer.audio.stage import AWAKE_S
from tests.audio.test_speaker import START, Room, tone, words


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_it_comes_back_for_the_next_moment_and_a_little_before_it(tmp_path: Path) -> None:
    room = Room(tmp_path, early_s=0.125)
    room.run(2)  # the quiet sound is over
    now = room.clock.now - START
    room.speaker.play([tone(now + 0.375)])
    assert room.speaker.step() == pytest.approx(0.25)


def test_while_words_wait_for_words_it_looks_closely(room: Room) -> None:
    room.run(2)
    now = room.clock.now - START
    room.speaker.play([words(now, "One."), words(now, "Two.", latest=3)])
    room.run(0.1)
    wait_s = room.speaker.step()
    assert wait_s is not None and 0 < wait_s <= 0.02


def test_while_nothing_is_to_come_it_sleeps_till_the_device_would(room: Room) -> None:
    room.run(2)
    wait_s = room.speaker.step()
    assert wait_s is not None and 1.0 < wait_s <= AWAKE_S


def test_it_is_heard_when_nothing_is_wrong_and_not_when_something_is(room: Room) -> None:
    assert room.speaker.is_heard and room.speaker.problem == ""
    room.voice.problem = "It has no voice."
    assert room.speaker.is_heard and room.speaker.problem == "It has no voice."
    room.player.problem = "Nothing can be heard."
    assert not room.speaker.is_heard and room.speaker.problem == "Nothing can be heard."


def test_the_length_of_words_is_measured_by_rendering_them_and_once(room: Room) -> None:
    assert room.speaker.length_s("Lift.") is None
    assert room.voice.rendered == []
    room.speaker.measure_s("Lift.")
    assert room.voice.rendered == ["Lift."]
    room.voice.lengths["Lift."] = 0.5
    assert room.speaker.measure_s("Lift.") == room.speaker.length_s("Lift.") == 0.5
    assert room.voice.rendered == ["Lift."]


def test_a_voice_that_cannot_render_is_not_measured(tmp_path: Path) -> None:
    room = Room(tmp_path, renders=False)
    assert room.speaker.measure_s("Lift.") is None
    assert room.voice.rendered == []


def test_words_without_words_are_nothing(room: Room) -> None:
    room.speaker.play([words(0, ""), words(0.5, "One.")])
    room.run(3)
    assert room.heard() == [("One.", 0.5)]
