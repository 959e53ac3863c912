"""Who makes a session heard: what is made ahead of it, and what is played of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from backtimer.attendants import Hearing
from backtimer.audio.cache import SoundCache
from backtimer.audio.equipment import Equipment
from backtimer.audio.renderer import Wanted
from backtimer.audio.speaker import Speaker
from backtimer.audio.waves import load
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.exchanging import FormKind, ToCome
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.splicing import spliced
from backtimer.core.session.events import Outcome, SetEnded, SetRecord, StepStarted
from backtimer.core.session.session import rehearse
from backtimer.core.speech.cues import LAST_WORDS_S, Cue, Sound, Tone, Verbosity
from backtimer.core.speech.lead_times import told_as_new
from backtimer.core.speech.pieces import speech_s
from backtimer.core.speech.script import Script
from tests.audio.fakes import Clock, FakePlayer, FakeVoice
from tests.exchanges import SPHINX
from tests.tui.conftest import hold, reps, training, week_routine

if TYPE_CHECKING:
    from backtimer.audio.voice import EngineVoice

START = 0.0


@pytest.fixture
def plan() -> Plan:
    day = training("Strength", reps("superman", 3, 2, 2), hold("knees", 20, 1))
    return compile_day(week_routine(monday=day), "monday")


class Lengths(dict[str, float]):
    """Every phrase takes a second, rendered or not."""

    def get(self, key: str, default: object = None) -> float:
        return 1.0


class Heard:
    """A session's attendant with a speaker that is driven by hand."""

    def __init__(
        self, plan: Plan, folder: Path, sound: Sound, voice: bool, records: Sequence[SetRecord] = ()
    ) -> None:
        self.clock = Clock(START)
        self.player = FakePlayer(self.clock)
        self.voice = FakeVoice(folder, self.clock) if voice else None
        if self.voice is not None:
            self.voice.lengths = Lengths()
        self.begun: list[Cue] = []
        self.speaker = Speaker(
            self.player,
            self.voice,
            self.clock,
            folder / "tones",
            on_start=lambda cue, _: self.begun.append(cue),
            early_s=0.0,
            threads=False,
        )
        self.plan, self.folder = plan, folder
        self.found: list[Sound] = []
        self.other = FakeVoice(folder, self.clock)
        self.other.lengths = Lengths()
        self.hearing = Hearing(plan, tuple(records), sound, self.speaker, find=self._find)

    def _find(self, sound: Sound) -> Equipment:
        self.found.append(sound)
        voice = cast("EngineVoice", self.other)
        return Equipment(self.player, voice, SoundCache(self.folder), sound.volume / 100, lack="Lacking.")

    def make_all(self) -> None:
        while self.speaker.make():
            pass

    def lead(self) -> None:
        """Let the whole session and its last words pass, nothing being made while they last."""
        for event in rehearse(self.plan):
            self._pass_until(event.at_s)
            self.hearing.attend([event])
            self.speaker.step()
        self._pass_until(self.clock.now + LAST_WORDS_S)

    def _pass_until(self, at_s: float) -> None:
        while (wait_s := self.speaker.step()) is not None and self.clock.now + wait_s < at_s:
            self.clock.now += wait_s + 1e-6
        self.clock.now = max(self.clock.now, at_s)


def script_of(plan: Plan, verbosity: Verbosity = Verbosity.FULL) -> list[Cue]:
    made = Script(plan, verbosity=verbosity, length=lambda text: 1.0)
    return [cue for event in rehearse(plan) for cue in made.cues(event)]


def test_all_words_are_made_ahead_in_the_order_in_which_they_are_said(plan: Plan, tmp_path: Path) -> None:
    heard = Heard(plan, tmp_path, Sound(), voice=True)
    assert heard.voice is not None
    heard.make_all()
    expected = list(dict.fromkeys(cue.text for cue in script_of(plan) if cue.text))
    made = [text for text in dict.fromkeys(heard.voice.rendered) if text in expected]
    assert sorted(made) == sorted(expected)
    in_turn = [text for text in expected if not text.startswith("Switch.")]  # a side is there as work begins
    assert [text for text in made if text in in_turn] == in_turn
    first = [next(at for at, text in enumerate(made) if word in text) for word in ("Switch.", "Lift.")]
    assert first[0] <= first[1] + 2


def test_who_goes_on_with_a_session_has_the_sides_early_too(plan: Plan, tmp_path: Path) -> None:
    done = [SetRecord(0, Outcome.DONE, plan.sets[0].reps, 20.0)]
    heard = Heard(plan, tmp_path, Sound(), voice=True, records=done)
    assert heard.voice is not None
    heard.make_all()
    made = list(dict.fromkeys(heard.voice.rendered))
    assert next(at for at, text in enumerate(made) if text.startswith("Switch.")) < len(made) / 2


def test_with_words_made_ahead_a_session_is_heard_without_making_any(plan: Plan, tmp_path: Path) -> None:
    heard = Heard(plan, tmp_path, Sound(), voice=True)
    heard.make_all()
    heard.lead()
    said = [cue.text for cue in heard.begun if cue.text]
    needed = [cue.text for cue in script_of(plan) if cue.text]
    assert len(said) > 10 and said == needed


def test_without_a_voice_the_tones_are_made_ahead_and_heard(plan: Plan, tmp_path: Path) -> None:
    heard = Heard(plan, tmp_path, Sound(breathing=True), voice=False)
    heard.make_all()
    heard.lead()
    tones = [cue.tone for cue in heard.begun]
    expected = Script(plan, breathing_tones=True, length=speech_s)
    wanted = [cue.tone for event in rehearse(plan) for cue in expected.cues(event) if cue.tone is not None]
    assert len(tones) > 10 and None not in tones
    assert tones == wanted


@pytest.mark.parametrize("cues", [Verbosity.SHORT, Verbosity.TONES, None])
def test_from_one_moment_on_less_is_heard(plan: Plan, tmp_path: Path, cues: Verbosity | None) -> None:
    """What is heard from then on is what it would have been, had it been set from the beginning."""
    heard = Heard(plan, tmp_path, Sound(), voice=True)
    heard.make_all()
    events = list(rehearse(plan))
    half = len(events) // 2
    given: list[Cue] = []
    heard.speaker.play = given.extend  # type: ignore[method-assign, assignment]
    heard.hearing.attend(events[:half])
    assert given
    given.clear()
    heard.hearing.tune({"cues": cues})
    heard.hearing.attend(events[half:])
    if cues is None:
        assert given == [] and not heard.hearing.problem
        heard.hearing.tune({"cues": Verbosity.FULL})
        heard.hearing.attend(events[half:])
        assert given, "it is heard again"
        return
    script = Script(plan, verbosity=cues, length=lambda text: 1.0)
    wanted = [cue for index, event in enumerate(events) for cue in script.cues(event) if index >= half]
    assert [(cue.text, cue.tone) for cue in given] == [(cue.text, cue.tone) for cue in wanted]
    assert cues is Verbosity.SHORT or not [cue for cue in given if cue.text]


def test_another_voice_says_what_comes_next(plan: Plan, tmp_path: Path) -> None:
    heard = Heard(plan, tmp_path, Sound(voices="mine"), voice=True)
    heard.make_all()
    events = list(rehearse(plan))
    ended = next(index for index, event in enumerate(events) if isinstance(event, SetEnded))
    half = next(index for index in range(ended, len(events)) if isinstance(events[index], StepStarted))
    heard.hearing.attend(events[: half + 1])
    heard.hearing.tune({"engine": "espeak-ng", "voice": "en-gb"})
    assert heard.found == [], "it is looked for where nobody waits"
    heard.make_all()
    assert heard.found == [Sound(engine="espeak-ng", voice="en-gb", voices="mine")]
    assert heard.hearing.problem == "Lacking."
    script = Script(plan, length=lambda text: 1.0)
    told = [(index, cue.text) for index, event in enumerate(events) for cue in script.cues(event) if cue.text]
    coming = {text for index, text in told if index >= half}
    assert coming == set(heard.other.rendered) & {text for _index, text in told}, "and nothing that was said"
    heard.hearing.tune({"cues": Verbosity.SHORT})
    heard.hearing.tune({"voice": "en-gb"})
    heard.make_all()
    assert len(heard.found) == 1, "it speaks already"


def test_another_loudness_is_that_of_the_next_tone(plan: Plan, tmp_path: Path) -> None:
    heard = Heard(plan, tmp_path, Sound(), voice=True)
    heard.make_all()
    beep = Wanted(tone=Tone.COUNT)
    before = heard.speaker._renderer.made(beep)
    heard.hearing.tune({"volume": 20})
    heard.make_all()
    after = heard.speaker._renderer.made(beep)
    assert before is not None and after is not None and before.path != after.path
    assert max(abs(each) for each in load_samples(after.path)) < max(map(abs, load_samples(before.path))) / 2


def load_samples(path: Path) -> Sequence[int]:
    loaded = load(path)
    assert loaded is not None
    return loaded[0]


def test_from_tones_to_words_a_voice_is_found(plan: Plan, tmp_path: Path) -> None:
    heard = Heard(plan, tmp_path, Sound(Verbosity.TONES), voice=False)
    heard.hearing.tune({"cues": Verbosity.FULL})
    heard.make_all()
    heard.lead()
    assert [cue.text for cue in heard.begun if cue.text], "it speaks"


def test_after_an_exchange_what_is_new_is_made_and_heard(plan: Plan, tmp_path: Path) -> None:
    heard = Heard(plan, tmp_path, Sound(), voice=True)
    heard.make_all()
    assert heard.voice is not None
    made = told_as_new(spliced(plan, ToCome("superman", (0,)), SPHINX, FormKind.EASIER), plan)
    heard.hearing.exchange(made.plan, [None] * len(made.plan.sets), made.moved)
    heard.make_all()
    assert any("Come up on your elbows" in text for text in heard.voice.rendered)
    heard.plan = made.plan
    heard.lead()
    said = " ".join(cue.text for cue in heard.begun)
    assert "Sphinx" in said and "Superman" not in said.replace("In place of Superman", "")
