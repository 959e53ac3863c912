"""Whether a session would be heard, found out with a player and a voice that do as they are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from backtimer.audio.cache import SoundCache
from backtimer.audio.equipment import Equipment
from backtimer.audio.player import REST_S
from backtimer.audio.soundcheck import AGAIN_S, FOR_S, SoundCheck
from tests.audio.fakes import Clock, FakePlayer
from tests.audio.waiting import until


class Bench:
    """A check that runs in the test's own thread; what happens at each nap stands in a list."""

    def __init__(self, folder: Path, *, voice: Any = None, lack: str = "", player: Any = True) -> None:
        self.clock = Clock()
        self.player = FakePlayer(self.clock)
        self.equipment = Equipment(
            cast(Any, self.player if player else None), cast(Any, voice), SoundCache(folder), lack=lack
        )
        self.check = SoundCheck(lambda: self.equipment, self.clock)
        self.naps: list[float] = []
        self.told: list[str] = []

    def run(self, looks: int, at_each: Callable[[int], None] = lambda number: None) -> None:
        """Look so many times, doing something after each look."""

        def nap(seconds: float) -> bool:
            self.clock.now += seconds
            if seconds < 1.0:
                return False
            self.naps.append(seconds)
            self.told.append(self.check.problem)
            at_each(len(self.naps))
            return len(self.naps) >= looks

        self.check.run(nap)


def voice_that(*troubles: str, problem: str = "") -> Any:
    """A voice that has these troubles, one each time it is asked, and none after that."""
    left = list(troubles)
    asked: list[None] = []

    def check() -> str:
        asked.append(None)
        return left.pop(0) if left else ""

    return SimpleNamespace(check=check, problem=problem, asked=asked)


def test_all_is_well_with_a_player_and_a_voice_that_is_asked_once(tmp_path: Path) -> None:
    voice = voice_that()
    bench = Bench(tmp_path, voice=voice)
    bench.run(3)
    assert bench.told == ["", "", ""]
    assert bench.naps == [AGAIN_S] * 3
    assert len(voice.asked) == 1 and len(bench.player.notes) == 3


def test_without_a_player_what_is_missing_is_told_and_nothing_tried(tmp_path: Path) -> None:
    bench = Bench(tmp_path, lack="Nothing can be heard: install something.", player=None)
    bench.run(1)
    assert bench.check.problem == "Nothing can be heard: install something."
    assert bench.naps == []


def test_a_voice_that_cannot_speak_is_asked_again_until_it_can(tmp_path: Path) -> None:
    voice = voice_that("It has no voice.", "It hangs.")
    bench = Bench(tmp_path, voice=voice)
    bench.run(4)
    assert bench.told == ["It has no voice.", "It hangs.", "", ""]
    assert bench.naps == [REST_S, REST_S, AGAIN_S, AGAIN_S]
    assert len(voice.asked) == 3


def test_what_is_lacking_or_noted_is_told_though_all_can_be_heard(tmp_path: Path) -> None:
    lacking = Bench(tmp_path, lack="There is no voice, only tones.")
    lacking.run(1)
    assert lacking.told == ["There is no voice, only tones."] and lacking.naps == [AGAIN_S]
    noted = Bench(tmp_path, voice=voice_that(problem="Its usual voice speaks."))
    noted.run(1)
    assert noted.told == ["Its usual voice speaks."] and noted.naps == [AGAIN_S]


def test_a_player_that_fails_is_told_and_tried_again_till_it_plays(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.player.works, bench.player.problem = False, "Nothing can be heard."

    def mend(number: int) -> None:
        if number == 2:
            bench.player.works, bench.player.problem = True, ""

    bench.run(3, mend)
    assert bench.told == ["Nothing can be heard."] * 2 + [""]
    assert bench.naps == [REST_S, REST_S, AGAIN_S]


def test_each_of_three_players_has_its_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(tmp_path)
    names = iter(["second", "third", "fourth"])
    tried: list[str] = []

    def play(path: Path) -> None:
        tried.append(bench.player.name)
        monkeypatch.setattr(bench.player, "name", next(names))

    monkeypatch.setattr(bench.player, "play", play)
    bench.run(1)
    assert tried == ["fake", "second", "third"]


def test_a_player_that_plays_is_tried_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.run(1)
    assert len(bench.player.notes) == 1


def test_after_long_without_trouble_it_looks_seldom(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.run(200)
    began = bench.naps.index(FOR_S)
    assert FOR_S / AGAIN_S - 5 < began <= FOR_S / AGAIN_S
    assert set(bench.naps[began:]) == {FOR_S}


def test_a_stop_while_the_quiet_sound_is_heard_ends_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.check.run(lambda seconds: True)
    assert bench.player.notes[0].stopped


def test_where_no_sound_can_be_made_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(tmp_path)
    monkeypatch.setattr(bench.equipment.cache, "add", lambda key, samples: None)
    bench.equipment.cache.problem = "Sounds cannot be kept."
    bench.run(1)
    assert bench.told == ["Sounds cannot be kept."]


def test_an_accident_is_told_and_stays_in_its_thread(tmp_path: Path) -> None:
    def find() -> Equipment:
        raise RuntimeError("no such thing")

    check = SoundCheck(find)
    assert check.problem == ""
    check.start()
    until(lambda: check.problem == "Sound cannot be checked: RuntimeError('no such thing').")
    check.stop()


def test_one_that_is_started_again_looks_again(tmp_path: Path) -> None:
    looks: list[None] = []
    clock = Clock()

    def find() -> Equipment:
        looks.append(None)
        return Equipment(None, None, SoundCache(tmp_path), lack="Nothing.")

    check = SoundCheck(find, clock)
    check.start()
    until(lambda: len(looks) == 1)
    check.start()
    until(lambda: len(looks) == 2)
    check.stop()
