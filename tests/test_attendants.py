"""Who attends a session: the screen stays awake, and it is heard as it is set and as the machine can."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from backtimer import attendants
from backtimer.attendants import (
    Hearing,
    Wakefulness,
    choice_of,
    open_hearing,
    open_sound_check,
)
from backtimer.audio.cache import SoundCache
from backtimer.audio.equipment import Equipment
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.speaker import Speaker
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.session.events import Ended, Paused, PauseReason, Resumed, Started
from backtimer.core.session.session import rehearse
from backtimer.core.speech.cues import LAST_WORDS_S, Cue, Sound, Verbosity
from backtimer.core.speech.script import Script
from backtimer.preferences import Tunable
from tests.audio.fakes import Clock, FakePlayer, FakeVoice
from tests.rules import for_each
from tests.tui.conftest import hold, training, week_routine

PATIENCE_S = 10.0


class Desk:
    """A desktop whose screen can be kept awake, instead of a real one."""

    def __init__(self) -> None:
        self.awake = threading.Event()
        self.dark = threading.Event()

    @contextmanager
    def presenting(self, *, on_fail: str) -> Iterator[None]:
        assert on_fail == "pass"
        self.dark.clear()
        self.awake.set()
        try:
            yield
        finally:
            self.awake.clear()
            self.dark.set()


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = Desk()
    module = ModuleType("wakepy")
    module.keep = SimpleNamespace(presenting=found.presenting)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "wakepy", module)
    return found


def test_it_is_awake_while_the_session_runs_and_not_in_a_pause(desk: Desk) -> None:
    keeper = Wakefulness()
    keeper.attend([Started(0.0)])
    assert desk.awake.wait(PATIENCE_S)
    keeper.attend([Paused(5.0, PauseReason.ASKED)])
    assert desk.dark.wait(PATIENCE_S)
    keeper.attend([Resumed(9.0)])
    assert desk.awake.wait(PATIENCE_S)
    keeper.attend([Ended(60.0, 60.0, True)])
    assert desk.dark.wait(PATIENCE_S)
    keeper.close()


@pytest.mark.parametrize("way", ["dismiss", "close"])
def test_it_rests_when_the_session_is_left(way: str, desk: Desk) -> None:
    keeper = Wakefulness()
    keeper.attend([Started(0.0)])
    assert desk.awake.wait(PATIENCE_S)
    getattr(keeper, way)()
    assert desk.dark.wait(PATIENCE_S)


def test_without_the_library_nothing_happens(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "wakepy", None)
    keeper = Wakefulness()
    keeper.attend([Started(0.0)])
    keeper.close()
    assert capfd.readouterr() == ("", "")


def test_a_library_that_fails_disturbs_nobody(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def presenting(*, on_fail: str) -> object:
        raise RuntimeError("no bus")

    module = ModuleType("wakepy")
    module.keep = SimpleNamespace(presenting=presenting)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "wakepy", module)
    keeper = Wakefulness()
    keeper.attend([Started(0.0)])
    keeper.close()
    assert capfd.readouterr() == ("", "")


# Who makes a session heard


@pytest.fixture
def plan() -> Plan:
    return compile_day(week_routine(monday=training("Strength", hold("knees", 20, 1))), "monday")


def equip(monkeypatch: pytest.MonkeyPatch, player: object, lack: str = "") -> list[tuple[VoiceChoice, float]]:
    """Have this machine own a player, or none; what it was asked for."""
    asked: list[tuple[VoiceChoice, float]] = []

    def find(choice: VoiceChoice, cache: Path, volume: float = 1.0) -> Equipment:
        asked.append((choice, volume))
        return Equipment(player, None, SoundCache(cache), volume, lack=lack)  # type: ignore[arg-type]

    monkeypatch.setattr(attendants, "find_equipment", find)
    return asked


def test_a_session_that_is_to_be_silent_asks_for_nothing(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = equip(monkeypatch, None)
    (one,) = open_hearing(plan, (), Sound(cues=None), tmp_path, lambda: 0.0)
    one.attend([Started(0.0)])
    one.expect([])
    assert one.is_ready_for([]) and not one.audible and not one.problem
    one.close()
    assert open_sound_check(Sound(cues=None), "", tmp_path) is None
    assert asked == []


def test_a_session_that_began_silent_is_heard_as_soon_as_the_sound_is_turned_on(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(0.0)
    asked = equip(monkeypatch, FakePlayer(clock))
    (one,) = open_hearing(plan, (), Sound(cues=None), tmp_path, clock)
    assert isinstance(one, Tunable)
    given: list[Cue] = []
    monkeypatch.setattr(Speaker, "play", lambda _self, cues: given.extend(cues))
    events = list(rehearse(plan))
    half = len(events) // 2
    try:
        one.attend(events[:half])
        one.tune({"volume": 40})
        assert asked == [] and given == []
        one.tune({"cues": Verbosity.TONES})
        assert asked == [(VoiceChoice("none", "", None, "en"), 0.4)] and one.audible
        assert given == [], "what has passed is not told"
        one.attend(events[half:])
        script = Script(plan, verbosity=Verbosity.TONES)
        wanted = [cue.tone for n, event in enumerate(events) for cue in script.cues(event) if n >= half]
        assert [cue.tone for cue in given] == wanted and wanted
        given.clear()
        one.tune({"cues": None})
        one.attend(events[half:])
        assert given == []
    finally:
        one.close()


def test_without_a_player_somebody_says_what_is_missing(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = equip(monkeypatch, None, "Nothing can be heard: install something.")
    (one,) = open_hearing(plan, (), Sound(volume=30), tmp_path, lambda: 0.0)
    assert one.problem == "Nothing can be heard: install something."
    assert not one.audible
    one.attend([Started(0.0)])
    one.expect([])
    one.dismiss()
    one.close()
    assert asked == [(VoiceChoice("auto", "", None, "en"), 0.3)]


def test_with_a_player_the_session_is_heard_and_what_is_lacking_is_told(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(0.0)
    player = FakePlayer(clock)
    equip(monkeypatch, player, "There is no voice, only tones.")
    (one,) = open_hearing(plan, (), Sound(), tmp_path, clock)
    try:
        assert one.audible and one.problem == "There is no voice, only tones."
        player.problem = "Nothing can be heard."
        assert not one.audible and one.problem == "Nothing can be heard."
    finally:
        one.dismiss()


def test_each_text_is_to_be_read_in_its_own_language(tmp_path: Path) -> None:
    plan = compile_day(week_routine(monday=training("Kracht", hold("knees", 20, 1))), "monday")
    dutch = tuple(each._replace(name="Knieën", language="nl") for each in plan.exercises)
    clock = Clock(0.0)
    voice = FakeVoice(tmp_path, clock)
    speaker = Speaker(FakePlayer(clock), voice, clock, tmp_path, threads=False)
    Hearing(plan._replace(exercises=dutch, language="nl"), (), Sound(), speaker)
    assert voice.learned["Knieën"] == "nl" and voice.learned["Kracht"] == "nl"


def test_the_sound_check_looks_for_what_the_session_would_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = equip(monkeypatch, None, "Nothing can be heard.")
    check = open_sound_check(Sound(volume=50, voice="Anna", rate=120), "de", tmp_path)
    assert check is not None
    check.run(lambda seconds: True)
    assert check.problem == "Nothing can be heard."
    assert asked == [(VoiceChoice("auto", "Anna", 120, "de"), 0.5)]


@for_each(
    ("cues", "engine"),
    [(Verbosity.FULL, "say"), (Verbosity.SHORT, "say"), (Verbosity.TONES, "none"), (None, "none")],
)
def test_only_a_session_with_words_has_a_voice(cues: Verbosity | None, engine: str) -> None:
    assert choice_of(Sound(cues=cues, engine="say")).engine == engine


@pytest.mark.parametrize(("patiently", "linger_s"), [(True, LAST_WORDS_S), (False, 0.0)])
def test_the_last_words_are_waited_for_where_there_is_time(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, patiently: bool, linger_s: float
) -> None:
    lingered: list[float] = []
    monkeypatch.setattr(Speaker, "close", lambda self, linger_s=0.0: lingered.append(linger_s))
    clock = Clock(0.0)
    speaker = Speaker(FakePlayer(clock), None, clock, tmp_path, threads=False)
    hearing = Hearing(plan, (), Sound(), speaker)
    hearing.close(patiently=patiently)
    assert lingered == [linger_s]
    hearing.dismiss()
    assert lingered[1:] == [0.0]


@pytest.mark.parametrize("duck", [False, True])
def test_other_players_are_pulled_down_only_when_that_is_set(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, duck: bool
) -> None:
    asked: list[None] = []
    monkeypatch.setattr(attendants, "find_ducker", lambda: asked.append(None))
    clock = Clock(0.0)
    equip(monkeypatch, FakePlayer(clock))
    (one,) = open_hearing(plan, (), Sound(duck=duck), tmp_path, clock)
    one.dismiss()
    assert len(asked) == duck
