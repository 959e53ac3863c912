"""What is being heard: what gives way to what, to the moment, and what keeps the device awake."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest

from backtimer.audio.renderer import Made
from backtimer.audio.stage import AWAKE_FOR_S, AWAKE_S, TAIL_S, LiveWords, Stage
from backtimer.audio.waves import wav_bytes
from backtimer.core.speech.cues import Cue, Priority, Tone
from backtimer.core.speech.pieces import speech_s
from tests.audio.fakes import Clock, FakePlayer, FakeVoice

START = 100.0


class Scene:
    """A stage, its player and its voice, with a clock that is moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock(START)
        self.player = FakePlayer(self.clock)
        self.voice = FakeVoice(folder, self.clock, renders=False)
        self.started: list[tuple[Cue, float]] = []
        self.stage = Stage(self.player, self.clock, lambda cue, at_s: self.started.append((cue, at_s)))
        self._folder = folder

    def made(self, name: str = "sound", length_s: float = 1.0) -> Made:
        path = self._folder / f"{name}.wav"
        path.write_bytes(wav_bytes(array("h", bytes(2 * round(length_s * 22_050)))))
        return Made(path, length_s)

    def look_at(self, now: float) -> None:
        self.clock.now = now
        self.stage.look(now)

    def keep_awake(self, last_cue_s: float = START, *, quiet: bool = True, probe: bool = True) -> int:
        """How many sounds begin."""
        before = len(self.player.notes)
        sounds = (self.made("quiet") if quiet else None, self.made("probe", 0.2) if probe else None)
        self.stage.keep_awake(self.clock.now, last_cue_s, *sounds)
        return len(self.player.notes) - before


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def words(text: str = "One.", priority: Priority = Priority.NEEDED, latest_s: float = START + 1) -> Cue:
    return Cue(START, latest_s, priority, text=text)


def tone(kind: Tone = Tone.COUNT, priority: Priority = Priority.NOW) -> Cue:
    return Cue(START, START + 1, priority, tone=kind)


def live(scene: Scene, cue: Cue) -> LiveWords:
    return LiveWords(scene.voice, cue, scene.clock, lambda cue, at_s: scene.started.append((cue, at_s)))


# Words that are spoken without a file


def test_live_words_are_over_when_they_have_been_said(scene: Scene) -> None:
    said = live(scene, words())
    assert not said.is_over()
    said.begin()
    assert scene.started == [(words(), START)] and not said.is_over()
    scene.clock.now += scene.voice.speaking_s
    assert said.is_over()


def test_live_words_may_begin_at_their_latest_moment_and_not_after(scene: Scene) -> None:
    in_time, late = live(scene, words()), live(scene, words())
    scene.clock.now = START + 1
    in_time.begin()
    scene.clock.now = START + 1.001
    late.begin()
    assert len(scene.voice.spoken) == 1
    assert late.is_over() and not in_time.is_over()


def test_live_words_that_cannot_be_said_are_over(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scene.voice, "say", lambda text: None)
    said = live(scene, words())
    said.begin()
    assert said.is_over() and scene.started == []


def test_live_words_that_are_silenced_while_they_begin_stop_at_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = live(scene, words())
    say = scene.voice.say

    def slowly(text: str) -> object:
        said.stop()
        return say(text)

    monkeypatch.setattr(scene.voice, "say", slowly)
    said.begin()
    assert scene.voice.spoken[0].stopped
    assert scene.started == [] and said.is_over()


@pytest.mark.parametrize("way", ["stop", "give_up"])
def test_live_words_that_were_silenced_before_are_never_said(scene: Scene, way: str) -> None:
    said = live(scene, words())
    getattr(said, way)()
    said.begin()
    assert scene.voice.spoken == [] and said.is_over()


def test_live_words_are_stopped_or_given_up(scene: Scene) -> None:
    stopped, hung = live(scene, words()), live(scene, words())
    for each in (stopped, hung):
        each.begin()
    stopped.stop()
    hung.give_up()
    assert [note.given_up for note in scene.voice.spoken] == [False, True]
    assert all(note.stopped for note in scene.voice.spoken)


# What gives way


def test_a_sound_that_begins_is_told_and_the_quiet_one_is_not(scene: Scene) -> None:
    assert scene.stage.begin(None, scene.made()) is True
    assert not scene.stage.is_heard() and scene.stage.is_busy()
    assert scene.stage.begin(words(), scene.made()) is True
    assert scene.stage.is_heard()
    assert scene.started == [(words(), START)]


def test_no_more_than_eight_sound_at_once(scene: Scene) -> None:
    begun = [scene.stage.begin(tone(), scene.made()) for _ in range(9)]
    assert begun == [True] * 8 + [False]
    scene.player.works = False
    scene.look_at(START + 2)
    assert scene.stage.begin(tone(), scene.made()) is False


def test_words_that_matter_no_more_wait(scene: Scene) -> None:
    scene.stage.begin(words(), scene.made(length_s=5.0))
    assert not scene.stage.is_free(words("Two."), START)
    assert not scene.stage.is_free(words("Two.", Priority.KIND), START)
    assert not scene.player.notes[0].stopped


def test_words_that_matter_more_wait_as_long_as_they_can(scene: Scene) -> None:
    scene.stage.begin(words(priority=Priority.KIND), scene.made(length_s=1.0))
    ends_s = START + 1.0 + TAIL_S
    assert not scene.stage.is_free(words("Two.", latest_s=ends_s), START)
    assert not scene.player.notes[0].stopped
    assert scene.stage.is_free(words("Two.", latest_s=ends_s - 0.001), START)
    assert scene.player.notes[0].stopped


def test_after_words_and_their_tail_it_is_free_and_tones_are_in_nobodys_way(scene: Scene) -> None:
    scene.stage.begin(tone(), scene.made(length_s=9.0))
    scene.stage.begin(None, scene.made(length_s=9.0))
    assert scene.stage.is_free(words(), START)
    scene.stage.begin(words(), scene.made(length_s=1.0))
    assert not scene.stage.is_free(words(), START + 1.0)
    assert scene.stage.is_free(words(), START + 1.0 + TAIL_S)


def test_a_countdown_silences_live_words_that_matter_less(scene: Scene) -> None:
    needed = scene.stage.say(scene.voice, words())
    now = scene.stage.say(scene.voice, words("Stop.", Priority.NOW))
    for said in (needed, now):
        said.begin()
    scene.stage.interrupt_live(tone(priority=Priority.NEEDED))
    scene.stage.interrupt_live(tone(Tone.BREATHE_OUT))
    assert not any(note.stopped for note in scene.voice.spoken)
    scene.stage.interrupt_live(tone())
    assert [note.stopped for note in scene.voice.spoken] == [True, False]


def test_a_countdown_leaves_words_whose_length_is_known(scene: Scene) -> None:
    scene.stage.begin(words(), scene.made())
    scene.stage.interrupt_live(tone())
    assert not scene.player.notes[0].stopped


def test_hushing_silences_words_and_stopping_everything(scene: Scene) -> None:
    scene.stage.begin(words(), scene.made())
    scene.stage.begin(tone(), scene.made())
    scene.stage.begin(None, scene.made())
    scene.stage.hush()
    assert [note.stopped for note in scene.player.notes] == [True, False, False]
    scene.stage.stop()
    assert all(note.stopped for note in scene.player.notes)


# What hangs


def test_a_player_that_hangs_gets_three_seconds_after_its_sound(scene: Scene) -> None:
    scene.player.hangs = True
    scene.stage.begin(tone(), scene.made(length_s=1.0))
    hung_s = START + 1.0 + TAIL_S + 3.0
    for now in (START + 2, hung_s):
        scene.look_at(now)
    (note,) = scene.player.notes
    assert not note.stopped and scene.stage.is_busy()
    scene.look_at(hung_s + 0.01)
    assert note.given_up and not scene.stage.is_busy()


def test_with_what_hangs_ends_only_what_is_late_too(scene: Scene) -> None:
    scene.player.hangs = True
    scene.stage.begin(tone(), scene.made(length_s=1.0))
    scene.look_at(START + 2)
    scene.stage.begin(tone(), scene.made(length_s=1.0))
    scene.look_at(START + 3.5)
    scene.stage.begin(tone(), scene.made(length_s=1.0))
    live_one = scene.stage.say(scene.voice, words("A long sentence that takes its time.", latest_s=START + 9))
    scene.voice.speaking_s = 100.0
    live_one.begin()
    scene.look_at(START + 4.2)
    assert [note.given_up for note in scene.player.notes] == [True, True, False]
    assert not live_one.is_over()


def test_a_voice_that_hangs_does_not_end_what_the_player_plays(scene: Scene) -> None:
    scene.voice.speaking_s = 100.0
    said = scene.stage.say(scene.voice, words("Lift."))
    said.begin()
    scene.player.hangs = True
    for now in (102.0, 104.0, 106.0):
        scene.look_at(now)
    scene.stage.begin(tone(), scene.made(length_s=0.1))
    scene.look_at(107.0)
    assert scene.voice.spoken[0].given_up
    assert not scene.player.notes[0].given_up


def test_a_voice_that_speaks_by_itself_gets_twice_its_time_and_five_seconds(scene: Scene) -> None:
    scene.voice.speaking_s = 100.0
    text = "A sentence that takes its time to be said."
    scene.stage.say(scene.voice, words(text)).begin()
    hung_s = START + 2 * speech_s(text) + 5.0
    while scene.clock.now + 2 < hung_s:
        scene.look_at(scene.clock.now + 2)
    scene.look_at(hung_s)
    assert not scene.voice.spoken[0].given_up
    scene.look_at(hung_s + 0.01)
    assert scene.voice.spoken[0].given_up


def test_after_a_sleep_what_hangs_is_stopped_and_nobody_is_blamed(scene: Scene) -> None:
    scene.player.hangs = True
    scene.stage.begin(tone(), scene.made())
    scene.look_at(START + 60)
    assert scene.player.notes[0].stopped and not scene.player.notes[0].given_up


# What keeps the device awake


def test_the_device_is_woken_at_the_beginning_and_again_after_four_silent_seconds(scene: Scene) -> None:
    assert scene.keep_awake() == 1
    assert scene.keep_awake() == 0, "the quiet sound is still heard"
    scene.look_at(START + 2)
    scene.look_at(START + 2 + AWAKE_S - 0.1)
    assert scene.keep_awake() == 0
    scene.look_at(START + 2 + AWAKE_S)
    assert scene.keep_awake() == 1


def test_the_device_may_sleep_when_nothing_was_to_be_heard_for_long(scene: Scene) -> None:
    scene.clock.now = START + AWAKE_FOR_S
    assert scene.keep_awake() == 1
    scene.stage.stop()
    scene.look_at(START + AWAKE_FOR_S + AWAKE_S + 0.1)
    assert scene.keep_awake() == 0
    assert scene.stage.until_next(scene.clock.now, START) is None


def test_without_the_quiet_sound_nothing_keeps_awake(scene: Scene) -> None:
    assert scene.keep_awake(quiet=False) == 0


def test_where_nothing_can_be_heard_one_short_sound_at_a_time_finds_out(scene: Scene) -> None:
    scene.player.problem = "Nothing can be heard."
    assert scene.keep_awake(probe=False) == 0
    assert scene.keep_awake() == 1
    assert scene.player.notes[0].what == "probe"
    assert scene.keep_awake() == 0
    scene.look_at(START + 1)
    assert scene.stage.until_next(scene.clock.now, START) == 0.25


def test_it_is_looked_again_when_that_is_worth_while(scene: Scene) -> None:
    assert scene.stage.until_next(START, START) is None, "nothing was heard yet"
    scene.keep_awake()
    assert scene.stage.until_next(START, START) == 0.1
    scene.look_at(START + 2)
    assert scene.stage.until_next(START + 2, START) == pytest.approx(AWAKE_S)
    assert scene.stage.until_next(START + 2 + AWAKE_S, START) == 0.1


def test_a_clock_that_went_back_is_a_new_beginning(scene: Scene) -> None:
    scene.keep_awake()
    scene.look_at(START + 2)
    scene.look_at(START - 50)
    assert scene.stage.until_next(START - 50, START - 50) == pytest.approx(AWAKE_S)
