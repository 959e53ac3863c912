"""A sound server that goes away and comes back, with the real player: told at once, heard again by itself."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backtimer.audio.equipment import find_equipment
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.soundcheck import SoundCheck
from backtimer.audio.speaker import Speaker
from backtimer.core.speech.cues import Cue, Priority, Tone
from tests.audio.sink import Sink
from tests.audio.waiting import until

BACK_S = 5.0
"""A server that is back is heard after this at the latest."""


class Played:
    """A speaker with the real player, and the cues that have begun."""

    def __init__(self, folder: Path) -> None:
        self.begun: list[float] = []
        equipment = find_equipment(VoiceChoice(engine="none"), folder / "sounds")
        assert equipment.player is not None and equipment.player.name == "paplay"
        self.speaker = Speaker(
            equipment.player, None, time.monotonic, equipment.cache, on_start=lambda _, at_s: self._note(at_s)
        )

    def _note(self, at_s: float) -> None:
        self.begun.append(at_s)

    def count(self) -> None:
        """Ask for a tone now, as a session does every second."""
        now = time.monotonic()
        self.speaker.play([Cue(now, now + 0.3, Priority.NOW, tone=Tone.COUNT)])

    def until(self, happened: Callable[[], object]) -> None:
        """Go on like a session until something is so."""
        asked = 0.0

        def again() -> object:
            nonlocal asked
            if time.monotonic() - asked > 0.5:
                asked = time.monotonic()
                self.count()
            return happened()

        until(again)


@pytest.fixture
def played(sink: Sink, tmp_path: Path) -> Iterator[Played]:
    found = Played(tmp_path)
    found.until(lambda: found.begun)
    yield found
    found.speaker.close()


def heard_within(played: Played, sink: Sink, since: float) -> float:
    """How long it took until something loud was recorded."""
    with sink.recording(wait_s=0.0) as recording:
        played.until(recording.is_loud)
    return time.monotonic() - since


def test_a_server_that_stops_is_told_and_heard_again_when_it_is_back(played: Played, sink: Sink) -> None:
    sink.stop()
    played.until(lambda: "Nothing can be heard: paplay cannot play" in played.speaker.problem)
    assert not played.speaker.is_heard
    sink.start()
    assert heard_within(played, sink, time.monotonic()) < BACK_S
    played.until(lambda: played.speaker.problem == "")


def test_a_server_that_hangs_is_told_and_heard_again_without_a_burst(played: Played, sink: Sink) -> None:
    server = sink.process
    os.kill(server, signal.SIGSTOP)
    try:
        # A server that hangs takes some more connections, and then none.
        played.until(lambda: "Nothing can be heard: paplay cannot play" in played.speaker.problem)
        for _ in range(10):
            played.count()
    finally:
        os.kill(server, signal.SIGCONT)
    assert heard_within(played, sink, time.monotonic()) < BACK_S
    played.until(lambda: played.speaker.problem == "")


def test_a_sound_check_follows_the_server(sink: Sink, tmp_path: Path) -> None:
    check = SoundCheck(lambda: find_equipment(VoiceChoice(engine="none"), tmp_path / "sounds"))
    sink.stop()
    check.start()
    try:
        until(lambda: "Nothing can be heard" in check.problem)
        sink.start()
        back = time.monotonic()
        until(lambda: check.problem == "")
        assert time.monotonic() - back < BACK_S
    finally:
        check.stop()
