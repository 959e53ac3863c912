"""Words that are late: shorter ones that still fit, and what one must know in any case."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtimer.core.speech.cues import Cue, Priority
from tests.audio.test_speaker import START, Room, tone

FULL = "Bird-dog. Hands and knees. Ten reps, left side."
SHORT, LEAST = "Bird-dog. Hands and knees. Left.", "Bird-dog."
LENGTHS = {FULL: 6.0, SHORT: 4.0, LEAST: 1.0}


@pytest.fixture
def room(tmp_path: Path) -> Room:
    found = Room(tmp_path)
    found.voice.lengths.update(LENGTHS)
    return found


def opening(at: float = 0.0, over: float = 7.0, latest: float = 9.0) -> Cue:
    return Cue(
        START + at,
        START + latest,
        Priority.NEEDED,
        FULL,
        shorter=(SHORT, LEAST),
        over_s=START + over,
    )


def made(room: Room, *texts: str) -> None:
    """Have some words ready, and the voice silent from then on."""
    room.speaker.follow(iter([Cue(0, 0, Priority.NEEDED, text) for text in texts]))
    while room.speaker.make():
        pass


@pytest.mark.parametrize(
    ("late_s", "said"),
    [(0.5, FULL), (1.5, SHORT), (3.5, LEAST), (5.5, LEAST), (8.5, LEAST)],
)
def test_what_is_said_late_is_what_still_fits_and_the_least_in_any_case(
    room: Room, late_s: float, said: str
) -> None:
    made(room, *LENGTHS)
    room.clock.now = START + late_s
    room.speaker.play([opening()])
    room.run(1)
    assert room.heard() == [(said, late_s)]


def test_after_its_last_moment_nothing_of_it_is_said(room: Room) -> None:
    made(room, *LENGTHS)
    room.clock.now = START + 9.5
    room.speaker.play([opening()])
    room.run(3)
    assert room.heard() == []


def test_longer_words_are_waited_for_while_they_can_still_be_over_in_time(room: Room) -> None:
    made(room, LEAST)
    room.speaker.play([opening()])
    room.run(0.5, make=False)
    assert room.heard() == []
    room.run(1)
    assert room.heard() == [(FULL, 0.5)]


def test_what_is_there_is_said_when_nothing_longer_can_be_over_in_time(room: Room) -> None:
    made(room, LEAST)
    room.speaker.play([opening()])
    room.run(5, make=False)
    [(said, at_s)] = room.heard()
    assert said == LEAST and at_s == pytest.approx(3.1, abs=0.1)


def test_words_that_the_voice_cannot_say_give_way_to_those_it_can(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(room, SHORT)
    monkeypatch.setattr(room.voice, "render", lambda text, gently=False: None)
    room.speaker.play([opening()])
    room.run(4)
    assert [said for said, _ in room.heard()] == [SHORT]


def test_what_one_must_know_is_not_cut_by_the_words_of_a_count(room: Room) -> None:
    made(room, *LENGTHS, "Three.")
    room.voice.lengths["Three."] = 0.4
    room.clock.now = START + 6.5
    room.speaker.play([opening(), tone(7), Cue(START + 7.1, START + 7.4, Priority.NOW, "Three.")])
    room.run(3)
    assert room.heard() == [(LEAST, 6.5), ("count", 7)]
    assert not any(note.stopped for note in room.player.notes)


def test_a_voice_that_speaks_by_itself_says_what_still_fits(tmp_path: Path) -> None:
    room = Room(tmp_path, renders=False)
    room.voice.lengths.update(LENGTHS)
    room.clock.now = START + 2.0
    room.speaker.play([opening()])
    room.run(1)
    assert [note.what for note in room.voice.spoken] == [SHORT]


def test_a_voice_that_is_known_to_be_slow_is_asked_at_once_for_what_it_can_say_in_time(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    render = room.voice.render

    def slowly(text: str, *, gently: bool = False) -> Path | None:
        room.clock.now += 3.0
        return render(text)

    monkeypatch.setattr(room.voice, "render", slowly)
    made(room, "Ready.")
    at_s = room.clock.now - START
    room.speaker.play([opening(at_s, over=at_s + 7.5, latest=at_s + 9.0)])
    room.run(4)
    assert [said for said, _ in room.heard()] == [SHORT]
    assert FULL not in room.voice.rendered
