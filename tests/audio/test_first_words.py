"""The first words of a session are made while today's screen is up, so that nobody waits for them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, cast

import pytest

from backtimer.attendants import Hearing, make_first_words
from backtimer.audio.cache import SoundCache
from backtimer.audio.equipment import Equipment
from backtimer.audio.soundcheck import SoundCheck
from backtimer.audio.speaker import Speaker
from backtimer.core.plan.plan import Plan
from backtimer.core.session.session import Session
from backtimer.core.speech.cues import Sound
from tests.audio.fakes import Clock, FakePlayer, FakeVoice
from tests.audio.test_slow_voice import SlowVoice
from tests.audio.waiting import until
from tests.core.speech.test_listener import plan as bundled


@pytest.fixture
def plan() -> Plan:
    return bundled("lower-back", "monday")


def equipment(folder: Path, voice: FakeVoice | None) -> Equipment:
    player = FakePlayer(Clock())
    return Equipment(cast(Any, player), cast(Any, voice), SoundCache(folder / "sounds"))


def slow_voice(folder: Path) -> SlowVoice:
    return SlowVoice(folder, Clock(), lambda number: 1.5, pace=1.05)


def test_a_session_begins_at_once_with_words_that_were_made_before(plan: Plan, tmp_path: Path) -> None:
    voice = slow_voice(tmp_path)
    make_first_words(plan, Sound(), equipment(tmp_path, voice))
    made = dict(voice.lengths)
    assert len(made) >= 6 and {"Three.", "Two.", "One."} <= set(made), "also for who cuts the get-ready short"
    clock = Clock()
    speaker = Speaker(FakePlayer(clock), voice, clock, tmp_path / "sounds", threads=False)
    hearing = Hearing(plan, (), Sound(), speaker)
    beginning = Session(plan).beginning(clock.now)
    assert not hearing.is_ready_for(beginning), "it has not looked yet"
    while not hearing.is_ready_for(beginning):
        assert speaker.make()
    assert voice.lengths == made, "nothing had to be made anew"


def test_no_more_is_made_than_the_beginning_needs(plan: Plan, tmp_path: Path) -> None:
    voice = slow_voice(tmp_path)
    make_first_words(plan, Sound(), equipment(tmp_path, voice))
    assert len(voice.lengths) <= 30


def test_what_is_not_wanted_any_more_is_not_made(plan: Plan, tmp_path: Path) -> None:
    voice = slow_voice(tmp_path)
    make_first_words(plan, Sound(), equipment(tmp_path, voice), lambda: len(voice.lengths) < 1)
    assert len(voice.lengths) == 1


def test_without_a_voice_that_can_work_ahead_nothing_is_made(plan: Plan, tmp_path: Path) -> None:
    voice = FakeVoice(tmp_path, Clock(), renders=False)
    make_first_words(plan, Sound(), equipment(tmp_path, voice))
    make_first_words(plan, Sound(), equipment(tmp_path, None))
    make_first_words(plan, Sound(), equipment(tmp_path, FakeVoice(tmp_path, Clock()))._replace(player=None))
    assert voice.rendered == []
    assert not (tmp_path / "sounds").exists()


def test_another_day_takes_the_place_of_the_last_one_and_stopping_ends_it(plan: Plan, tmp_path: Path) -> None:
    asked: list[Plan] = []
    unwanted: list[Plan] = []
    go_on = threading.Event()

    def make(plan: Plan, _: Equipment, is_wanted: Any) -> None:
        asked.append(plan)
        assert go_on.wait(10)
        if not is_wanted():
            unwanted.append(plan)

    check = SoundCheck(lambda: equipment(tmp_path, None), make=make)
    other = bundled("lower-back", "friday")
    check.prepare(plan)
    until(lambda: asked == [plan])
    check.prepare(other)
    go_on.set()
    until(lambda: asked == [plan, other] and unwanted == [plan])
    go_on.clear()
    check.prepare(plan)
    until(lambda: len(asked) == 3)
    check.stop()
    go_on.set()
    until(lambda: unwanted == [plan, plan])


def test_an_accident_while_words_are_made_disturbs_nobody(plan: Plan, tmp_path: Path) -> None:
    tried: list[Plan] = []

    def make(plan: Plan, _: Equipment, __: Any) -> None:
        tried.append(plan)
        raise OSError("no such thing")

    check = SoundCheck(lambda: equipment(tmp_path, None), make=make)
    check.prepare(plan)
    check.prepare(plan)
    until(lambda: tried)
    assert check.problem == ""
