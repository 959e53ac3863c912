"""Other players are pulled down while words sound, and put back: by stand-ins, and on a real sound server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backtimer.audio import ducking
from backtimer.audio.ducking import LOWERED, Ducker, find_ducker
from backtimer.audio.equipment import find_equipment
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.processes import end_all
from backtimer.audio.speaker import Speaker
from backtimer.core.speech.cues import Cue, Priority
from tests.audio.fakes import Clock, FakePlayer, FakeVoice, Programs
from tests.audio.sink import Sink, require
from tests.audio.waiting import until

# By stand-ins: a `pactl` that keeps its streams in a file.

PACTL = """
import json
path = {path!r}
if os.path.exists(path + ".down"): sys.exit(1)
streams = json.load(open(path))
if "list" in arguments:
    print(json.dumps(streams))
else:
    for stream in streams:
        if stream["index"] == int(arguments[1]):
            for channel, value in zip(stream["volume"].values(), arguments[2:]):
                channel["value"] = int(value)
    json.dump(streams, open(path + ".new", "w"))
    os.replace(path + ".new", path)
"""


class Streams:
    """What plays on a stand-in of a server."""

    def __init__(self, programs: Programs) -> None:
        self._path = programs.folder / "streams.json"
        self._path.write_text("[]")
        self.pactl = str(programs.add("pactl", PACTL.format(path=str(self._path))))
        self.programs = programs

    def add(self, number: int, *volumes: int, **properties: str) -> None:
        names = {name.replace("_", "."): value for name, value in properties.items()}
        channels = {f"channel {place}": {"value": volume} for place, volume in enumerate(volumes)}
        self._write([*self._read(), {"index": number, "volume": channels, "properties": names}])

    def remove(self, number: int) -> None:
        self._write([each for each in self._read() if each["index"] != number])

    def volumes(self, number: int) -> tuple[int, ...]:
        [found] = [each for each in self._read() if each["index"] == number]
        return tuple(channel["value"] for channel in found["volume"].values())

    def set(self, number: int, *volumes: int) -> None:
        streams = self._read()
        for stream in streams:
            if stream["index"] == number:
                for channel, value in zip(stream["volume"].values(), volumes, strict=True):
                    channel["value"] = value
        self._write(streams)

    def is_down(self, down: bool) -> None:
        """Let the server be gone, or back."""
        marker = Path(f"{self._path}.down")
        marker.touch() if down else marker.unlink()

    def _read(self) -> list[Any]:
        found: list[Any] = json.loads(self._path.read_text())
        return found

    def _write(self, streams: list[Any]) -> None:
        fresh = self._path.with_suffix(".fresh")
        fresh.write_text(json.dumps(streams))
        fresh.replace(self._path)


@pytest.fixture
def streams(programs: Programs) -> Streams:
    return Streams(programs)


@pytest.fixture
def ducker(streams: Streams, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ducker]:
    monkeypatch.setattr(ducking, "HELD_S", 0.05)
    monkeypatch.setattr(ducking, "LOOK_AGAIN_S", 0.05)
    monkeypatch.setattr(ducking, "RESTS_S", 0.05)
    found = Ducker(streams.pactl)
    yield found
    found.close()


def test_others_are_pulled_down_while_words_sound_and_put_back(streams: Streams, ducker: Ducker) -> None:
    streams.add(4, 65536, 40000, application_name="Music")
    ducker.hear(True)
    until(lambda: streams.volumes(4) == (round(65536 * LOWERED), round(40000 * LOWERED)))
    ducker.hear(False)
    until(lambda: streams.volumes(4) == (65536, 40000))


@pytest.mark.parametrize(
    "properties",
    [
        {"application_name": "backtimer"},
        {"application_process_binary": "espeak-ng"},
        {"application_name": "speech-dispatcher-espeak-ng"},
        {"application_name": "Call", "media_role": "phone"},
        {"application_name": "Reader", "media_role": "a11y"},
    ],
    ids=str,
)
def test_words_of_ours_and_of_others_are_left_alone(
    streams: Streams, ducker: Ducker, properties: dict[str, str]
) -> None:
    streams.add(1, 50000, **properties)
    streams.add(2, 50000, application_name="Music", media_role="music")
    ducker.hear(True)
    until(lambda: streams.volumes(2) != (50000,))
    assert streams.volumes(1) == (50000,)


def test_one_that_begins_while_words_sound_is_pulled_down_too(streams: Streams, ducker: Ducker) -> None:
    streams.add(1, 50000)
    ducker.hear(True)
    until(lambda: streams.volumes(1) != (50000,))
    streams.add(2, 60000)
    until(lambda: streams.volumes(2) == (round(60000 * LOWERED),))
    ducker.hear(False)
    until(lambda: streams.volumes(1) == (50000,) and streams.volumes(2) == (60000,))


def test_what_somebody_has_changed_meanwhile_stays_so(streams: Streams, ducker: Ducker) -> None:
    streams.add(1, 50000)
    streams.add(2, 50000)
    ducker.hear(True)
    until(lambda: streams.volumes(2) != (50000,) and streams.volumes(1) != (50000,))
    streams.set(1, 33333)
    ducker.hear(False)
    until(lambda: streams.volumes(2) == (50000,))
    assert streams.volumes(1) == (33333,)


def test_one_that_is_silent_or_gone_is_no_trouble(streams: Streams, ducker: Ducker) -> None:
    streams.add(1, 0)
    streams.add(2, 50000)
    ducker.hear(True)
    until(lambda: streams.volumes(2) != (50000,))
    assert streams.volumes(1) == (0,)
    streams.remove(2)
    streams.add(3, 50000)
    until(lambda: streams.volumes(3) != (50000,))
    ducker.hear(False)
    until(lambda: streams.volumes(3) == (50000,))


def test_after_a_restart_of_the_server_a_player_is_known_by_its_name(
    streams: Streams, ducker: Ducker
) -> None:
    streams.add(7, 50000, application_name="Music")
    ducker.hear(True)
    until(lambda: streams.volumes(7) != (50000,))
    streams.is_down(True)
    ducker.hear(False)
    count = len(streams.programs.calls("pactl"))
    until(lambda: len(streams.programs.calls("pactl")) > count)
    streams.remove(7)
    streams.add(0, round(50000 * LOWERED), application_name="Music")
    streams.is_down(False)
    until(lambda: streams.volumes(0) == (50000,))


def test_closing_puts_everything_back_and_leaves_no_child(streams: Streams, ducker: Ducker) -> None:
    streams.add(1, 50000)
    ducker.hear(True)
    until(lambda: streams.volumes(1) != (50000,))
    guard = ducker._guard
    assert guard is not None
    ducker.close()
    assert streams.volumes(1) == (50000,)
    assert guard.poll() is not None
    ducker.hear(True)
    assert streams.volumes(1) == (50000,)


def test_while_nothing_is_said_nothing_is_started(streams: Streams, ducker: Ducker) -> None:
    ducker.hear(False)
    ducker.close()
    assert streams.programs.calls("pactl") == []


def test_a_pactl_that_tells_nothing_useful_changes_nothing(programs: Programs) -> None:
    pactl = programs.add("pactl", "print('[{}]')")
    ducker = Ducker(str(pactl))
    ducker.hear(True)
    until(lambda: programs.calls("pactl"))
    ducker.close()
    assert all("list" in str(call["arguments"]) for call in programs.calls("pactl"))


def test_it_is_found_where_there_is_pactl(programs: Programs) -> None:
    assert find_ducker("linux", programs.which) is None
    programs.add("pactl")
    assert find_ducker("linux", programs.which) is not None
    assert find_ducker("win32", programs.which) is None
    assert find_ducker("darwin", programs.which) is None


def test_a_speaker_tells_when_words_sound_and_tones_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bool] = []
    ducker = Ducker("/nowhere/pactl")
    monkeypatch.setattr(ducker, "hear", heard.append)
    clock = Clock()
    voice = FakeVoice(tmp_path, clock)
    speaker = Speaker(
        FakePlayer(clock), voice, clock, tmp_path / "tones", early_s=0, ducker=ducker, threads=False
    )
    while speaker.make():
        pass
    speaker.play([Cue(clock.now + 2, clock.now + 3, Priority.NEEDED, "Lift.")])
    while speaker.make():
        pass
    for _ in range(40):
        speaker.step()
        clock.now += 0.1
    changes = [one for one, before in zip(heard, [None, *heard], strict=False) if one != before]
    assert changes == [False, True, False]
    assert 9 <= sum(heard) <= 13, "about as long as the words"
    speaker.close()


# On a real server.

SAID = "This is a sentence that takes about three seconds to be said, and a little more."

TALKS = """\
import sys, time
from pathlib import Path
from backtimer.attendants import open_speaker
from backtimer.audio.equipment import find_equipment
from backtimer.audio.finding import VoiceChoice
from backtimer.core.speech.cues import Cue, Priority
speaker = open_speaker(find_equipment(VoiceChoice(), Path(sys.argv[1])), time.monotonic, duck=True)
while True:
    now = time.monotonic()
    speaker.play([Cue(now, now + 5, Priority.NEEDED, sys.argv[2])])
    time.sleep(1)
"""


def volumes() -> list[int]:
    """Of the other player."""
    printed = subprocess.run(
        ["pactl", "--format=json", "list", "sink-inputs"], capture_output=True, check=True, text=True
    ).stdout
    found = [each for each in json.loads(printed) if each["properties"].get("application.name") == "pacat"]
    return [channel["value"] for each in found for channel in each["volume"].values()]


def roles_of(name: str) -> set[str]:
    """What a player's streams say that they are."""
    printed = subprocess.run(
        ["pactl", "--format=json", "list", "sink-inputs"], capture_output=True, check=True, text=True
    ).stdout
    found = [each["properties"] for each in json.loads(printed)]
    return {each.get("media.role", "") for each in found if each.get("application.name") == name}


@pytest.fixture
def music(sink: Sink) -> Iterator[None]:
    """Another program that plays on the same server, not as loud as can be."""
    require("pacat", "espeak-ng")
    command = ["pacat", "--raw", "--channels=2", "--volume=60000", "--client-name=pacat", "/dev/zero"]
    player = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(lambda: volumes() == [60000, 60000])
    yield
    player.kill()
    player.wait()


def test_on_a_real_server_music_is_pulled_down_for_the_words_and_put_back(
    sink: Sink, music: None, tmp_path: Path
) -> None:
    found = find_equipment(VoiceChoice(), tmp_path / "sounds")
    ducker = find_ducker()
    assert found.player is not None and ducker is not None
    speaker = Speaker(found.player, found.voice, time.monotonic, found.cache, ducker=ducker)
    try:
        now = time.monotonic()
        speaker.play([Cue(now, now + 5, Priority.NEEDED, SAID)])
        lowered = [round(60000 * LOWERED)] * 2
        until(lambda: volumes() == lowered)
        assert speaker.is_heard and roles_of("backtimer") == {"a11y"}
        until(lambda: volumes() == [60000, 60000])
        now = time.monotonic()
        speaker.play([Cue(now, now + 5, Priority.NEEDED, SAID)])
        until(lambda: volumes() == lowered)
    finally:
        speaker.close()
    assert volumes() == [60000, 60000], "closing puts back at once"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "terminated"])
def test_a_program_that_is_killed_leaves_no_music_low(
    sink: Sink, music: None, tmp_path: Path, number: signal.Signals
) -> None:
    talker = subprocess.Popen(
        [sys.executable, "-c", TALKS, str(tmp_path / "sounds"), SAID], start_new_session=True
    )
    try:
        until(lambda: volumes() == [round(60000 * LOWERED)] * 2)
        os.kill(talker.pid, number)
        until(lambda: volumes() == [60000, 60000])
    finally:
        talker.kill()
        talker.wait()


@pytest.fixture(autouse=True)
def nobody_left() -> Iterator[None]:
    yield
    end_all()
