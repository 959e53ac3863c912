"""The speaker: each cue at its moment, words that give way, and an end that is one."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from backtimer.attendants import open_speaker
from backtimer.audio.equipment import find_equipment
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.player import REST_S, ProgramPlayer
from backtimer.audio.speaker import Speaker
from backtimer.audio.stage import AWAKE_FOR_S, AWAKE_S
from backtimer.audio.tones import tone_s
from backtimer.core.speech.cues import Cue, Priority, Tone
from tests.audio.fakes import (
    Clock,
    FakePlayer,
    FakeVoice,
    Note,
    Programs,
)
from tests.audio.waiting import until

START = 100.0


class Room:
    """A speaker without threads, driven by hand."""

    def __init__(self, folder: Path, *, renders: bool = True, early_s: float = 0.0) -> None:
        self.clock = Clock(START)
        self.player = FakePlayer(self.clock)
        self.voice = FakeVoice(folder, self.clock, renders)
        self.started: list[tuple[str, float]] = []
        self.speaker = Speaker(
            self.player,
            self.voice,
            self.clock,
            folder / "tones",
            on_start=self._note,
            early_s=early_s,
            threads=False,
        )
        while self.speaker.make():
            pass
        self.speaker.step()  # the quiet sound
        self.player.notes.clear()

    def _note(self, cue: Cue, now: float) -> None:
        self.started.append((cue.text or str(cue.tone), round(now - START, 2)))

    def run(self, seconds: float, make: bool = True) -> None:
        """Let time pass, in steps as long as the speaker asks for."""
        end = self.clock.now + seconds
        while True:
            wait_s = self.speaker.step()
            if make and self.speaker.make():
                continue
            if self.clock.now >= end:
                return
            self.clock.now = min(end, self.clock.now + (seconds if wait_s is None else wait_s + 1e-6))

    def heard(self) -> list[tuple[str, float]]:
        return self.started


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def tone(at: float, kind: Tone = Tone.COUNT, latest: float = 0.3, **others: object) -> Cue:
    return Cue(START + at, START + at + latest, Priority.NOW, tone=kind, **others)  # type: ignore[arg-type]


def words(
    at: float, text: str, latest: float = 1.0, priority: Priority = Priority.NEEDED, cuts: bool = False
) -> Cue:
    return Cue(START + at, START + at + latest, priority, text=text, cuts=cuts)


def test_each_cue_is_heard_at_its_moment(room: Room) -> None:
    room.speaker.play([tone(1), words(2.5, "Hold."), tone(2, Tone.EXERT)])
    room.run(5)
    assert room.heard() == [("count", 1), ("exert", 2), ("Hold.", 2.5)]


def test_a_tone_comes_before_words_of_the_same_moment(room: Room) -> None:
    room.speaker.play([words(1, "Rest."), tone(1, Tone.REST)])
    room.run(3)
    assert room.heard() == [("rest", 1), ("Rest.", 1)]


def test_what_is_too_late_is_dropped(room: Room) -> None:
    room.speaker.play([tone(1), words(1, "Hold.")])
    room.clock.now += 60  # the machine slept
    room.run(3)
    assert room.heard() == []


def test_no_wait_is_long_while_something_is_to_come(room: Room) -> None:
    room.speaker.play([tone(3600)])
    wait_s = room.speaker.step()
    assert wait_s is not None
    assert wait_s <= 0.5


def test_words_wait_for_words(room: Room) -> None:
    room.speaker.play([words(1, "One."), words(1.5, "Two.", latest=2)])
    room.run(5)
    (_, first), (_, second) = room.heard()
    assert first == 1
    assert 2.0 <= second <= 2.2
    assert not any(note.stopped for note in room.player.notes)


def test_tones_do_not_wait_for_words(room: Room) -> None:
    room.speaker.play([words(1, "One."), tone(1.5)])
    room.run(3)
    assert room.heard() == [("One.", 1), ("count", 1.5)]
    assert not any(note.stopped for note in room.player.notes)


def test_words_that_matter_more_cut_off_words_that_would_make_them_late(room: Room) -> None:
    room.voice.lengths["Well done, that was a long and good hold."] = 4.0
    kind = words(1, "Well done, that was a long and good hold.", priority=Priority.KIND)
    room.speaker.play([kind, words(2, "Roll over.", latest=0.5)])
    room.run(5)
    assert [name for name, _ in room.heard()] == [kind.text, "Roll over."]
    assert room.heard()[1][1] == 2
    assert room.player.notes[0].stopped


def test_words_that_matter_no_more_are_not_said_when_late(room: Room) -> None:
    room.voice.lengths["Superman. Set 1 of 3."] = 4.0
    room.speaker.play([words(1, "Superman. Set 1 of 3."), words(2, "Nice.", 0.5, Priority.KIND)])
    room.run(6)
    assert [name for name, _ in room.heard()] == ["Superman. Set 1 of 3."]
    assert not room.player.notes[0].stopped


def test_words_that_matter_less_let_those_pass_that_would_be_late(room: Room) -> None:
    room.voice.lengths.update({"Setup, which takes long.": 3.0, "Left side.": 1.0, "Before.": 1.0})
    room.speaker.play(
        [
            words(0, "Before."),
            words(0.5, "Setup, which takes long.", 9.0, Priority.HELPFUL),
            words(0.6, "Left side.", 1.0),
        ]
    )
    room.run(9)
    assert [name for name, _ in room.heard()] == ["Before.", "Left side.", "Setup, which takes long."]


def test_a_cue_that_cuts_silences_words_and_forgets_what_waits_but_tones_ring_out(room: Room) -> None:
    room.voice.lengths["A long explanation."] = 5.0
    room.speaker.play([words(0, "A long explanation."), tone(0.4, Tone.END), tone(2), words(3, "Later.")])
    room.run(0.5)
    room.speaker.play([tone(0.5, Tone.PAUSE, cuts=True), words(1.0, "Paused.")])
    room.run(6)
    assert room.heard() == [("A long explanation.", 0), ("end", 0.4), ("pause", 0.5), ("Paused.", 1.0)]
    assert [note.stopped for note in room.player.notes[:4]] == [True, False, False, False]


def test_a_tone_whose_moment_has_come_survives_a_cut(room: Room) -> None:
    room.speaker.play([tone(0), words(0, "Old.")])
    room.speaker.play([tone(0, Tone.REST, cuts=True)])
    room.run(2)
    assert room.heard() == [("count", 0), ("rest", 0)]


def test_a_cut_without_a_sound_silences_too(room: Room) -> None:
    room.speaker.play([words(0, "One."), words(0.2, "Two.")])
    room.run(0.1)
    room.speaker.play([Cue(START, START, Priority.NOW, cuts=True)])
    room.run(4)
    assert room.heard() == [("One.", 0)]
    assert room.player.notes[0].stopped


def test_what_is_followed_is_made_in_the_order_of_need_and_once(room: Room) -> None:
    room.speaker.follow(iter([words(9, text) for text in ("A.", "B.", "A.", "", "C.")]))
    assert room.voice.rendered == []
    room.speaker.play([words(5, "C.")])  # comes first: it is needed soon
    room.run(7)
    assert room.voice.rendered == ["C.", "A.", "B."]


def test_words_that_are_not_made_at_their_moment_are_heard_as_soon_as_they_are(room: Room) -> None:
    room.speaker.play([words(0, "One.", latest=2)])
    room.run(1, make=False)
    assert room.heard() == []
    room.run(2)
    assert room.heard() == [("One.", 1)]


def test_words_that_are_made_too_late_are_dropped(room: Room) -> None:
    room.speaker.play([words(0, "One.", latest=0.5), tone(0.8)])
    room.run(0.6, make=False)
    room.run(2)
    assert room.heard() == [("count", 0.8)]


def test_breaths_are_as_long_as_they_are_to_be(room: Room) -> None:
    breath = tone(1, Tone.BREATHE_IN, seconds=6.0)
    room.speaker.follow(iter([breath]))
    while room.speaker.make():
        pass
    room.speaker.play([breath])
    room.run(2, make=False)
    note = room.player.notes[0]
    room.run(4.8)
    assert not note.is_over()
    room.run(0.4)
    assert note.is_over()
    assert tone_s(Tone.BREATHE_IN, 6.0) == 6.0


def test_a_voice_that_cannot_render_speaks_at_the_moment(tmp_path: Path) -> None:
    room = Room(tmp_path, renders=False)
    room.speaker.follow(iter([words(1, "One.")]))
    room.speaker.play([words(1, "One."), words(1.2, "Two.", latest=3)])
    room.run(5)
    assert room.voice.rendered == []
    assert [note.what for note in room.voice.spoken] == ["One.", "Two."]
    assert room.heard()[0] == ("One.", 1)
    assert 2.0 <= room.heard()[1][1] < 2.3


def test_a_slow_voice_speaks_what_is_not_there_yet_and_plays_what_is(room: Room) -> None:
    room.speaker.follow(iter([words(0, "Ready.")]))
    while room.speaker.make():
        pass
    room.voice.slow = True
    room.speaker.play([words(0, "Ready."), words(2, "New.")])
    room.run(0.5, make=False)
    assert [note.what for note in room.player.notes] == ["Ready."]


def test_a_countdown_is_not_talked_over_by_words_of_unknown_length(tmp_path: Path) -> None:
    room = Room(tmp_path, renders=False)
    room.voice.speaking_s = 30.0
    room.speaker.play([words(0, "A sentence without end."), tone(1, Tone.BREATHE_IN, seconds=2.0), tone(2)])
    room.run(1.5)
    assert not room.voice.spoken[0].stopped
    room.run(1)
    assert room.voice.spoken[0].stopped


def test_live_words_that_are_cut_before_they_begin_are_never_said(tmp_path: Path) -> None:
    room = Room(tmp_path, renders=False)
    room.speaker.play([words(0, "One.")])
    while room.speaker.make():
        pass
    room.speaker.step()  # the voice has been asked
    room.speaker.play([Cue(START, START, Priority.NOW, cuts=True)])
    room.speaker.step()
    room.run(1)
    assert room.voice.spoken == []


def test_without_a_voice_there_are_tones(tmp_path: Path) -> None:
    clock = Clock()
    player = FakePlayer(clock)
    speaker = Speaker(player, None, clock, tmp_path, threads=False)
    breath = tone(0, Tone.BREATHE_IN, seconds=3.0)
    speaker.follow(iter([words(0, "Lift."), breath]))
    while speaker.make():
        pass
    speaker.play([words(0, "Lift."), tone(0), breath])
    speaker.step()
    assert len(player.notes) == 2, "both were made ahead"
    assert speaker.length_s("Lift.") is None
    assert speaker.problem == ""


def test_the_device_is_woken_and_kept_awake_for_a_while(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.run(AWAKE_S * 5)
    assert 3 <= len(room.player.notes) <= 5
    room.run(AWAKE_FOR_S)
    count = len(room.player.notes)
    room.run(600)
    assert len(room.player.notes) == count
    assert room.heard() == []


def test_a_player_that_hangs_is_ended_and_there_are_never_many(room: Room) -> None:
    room.player.hangs = True
    room.speaker.play([tone(number / 10) for number in range(50)])
    room.run(2)
    assert sum(not note.is_over() for note in room.player.notes) <= 8
    first = room.player.notes[:8]
    room.run(5)
    assert all(note.stopped and note.given_up for note in first)


def test_what_was_playing_when_the_machine_fell_asleep_is_ended_and_nobody_is_blamed(room: Room) -> None:
    room.player.hangs = True
    room.speaker.play([tone(0)])
    room.run(0.5)
    room.clock.now += 3600
    room.run(0.5)
    assert all(note.stopped and not note.given_up for note in room.player.notes[:2])


def test_nothing_to_play_with_is_no_error(room: Room) -> None:
    room.player.works = False
    room.player.problem = "Nothing can be heard."
    room.speaker.play([tone(0), words(0, "One.")])
    room.run(2)
    assert room.heard() == []
    assert room.speaker.problem == "Nothing can be heard."
    assert not room.speaker.is_heard


def test_after_the_end_nothing_is_taken(room: Room) -> None:
    room.speaker.play([words(0, "One.")])
    room.run(0.2)
    room.speaker.close()
    assert room.player.notes[0].stopped
    room.speaker.play([tone(0)])
    room.speaker.expect([tone(0)])
    room.run(1)
    assert room.heard() == [("One.", 0)]
    assert len(room.player.notes) == 1


def test_the_caller_never_waits_for_a_player_that_does(tmp_path: Path) -> None:
    inside, leave = threading.Event(), threading.Event()
    clock = Clock()

    class Stuck(FakePlayer):
        def play(self, path: Path) -> Note | None:
            inside.set()
            leave.wait(20)
            return None

    speaker = Speaker(Stuck(clock), FakeVoice(tmp_path, clock), clock, tmp_path / "tones")
    try:
        assert inside.wait(20)
        speaker.play([tone(0), words(0, "One.")])
        speaker.follow(iter([words(0, "Two.")]))
        speaker.play([tone(0)._replace(cuts=True)])
        assert not leave.is_set()
    finally:
        leave.set()
        speaker.close()


def test_threads_play_and_end_with_all_children(programs: Programs, tmp_path: Path) -> None:
    programs.add("paplay", "time.sleep(60)")
    found = find_equipment(VoiceChoice(), tmp_path / "sounds", platform="linux", which=programs.which)
    assert found.voice is None
    assert "espeak-ng" in found.advice[0]
    speaker = open_speaker(found, Clock(START))
    assert speaker is not None
    before = threading.active_count()
    speaker.play([tone(0)])
    until(lambda: programs.calls("paplay"))
    closing = threading.Thread(target=speaker.close)
    closing.start()
    closing.join(5)
    assert not closing.is_alive()
    assert threading.active_count() == before - 2


def test_closing_lingers_until_the_last_words_are_over(programs: Programs, tmp_path: Path) -> None:
    marker = tmp_path / "over"
    programs.add("paplay", f"time.sleep(0.3)\nopen({str(marker)!r}, 'a').write('x')")
    found = find_equipment(
        VoiceChoice(engine="none"), tmp_path / "sounds", platform="linux", which=programs.which
    )
    speaker = open_speaker(found, Clock(START))
    assert speaker is not None
    assert not found.advice
    speaker.play([tone(0, Tone.END)])
    speaker.close(linger_s=20)
    assert marker.exists()


def test_without_a_player_there_is_no_speaker_and_advice(programs: Programs, tmp_path: Path) -> None:
    found = find_equipment(VoiceChoice(), tmp_path, platform="linux", which=programs.which)
    assert open_speaker(found, Clock()) is None
    assert any("pulseaudio-utils" in sentence for sentence in found.advice)
    assert found.lack == "Nothing can be heard: install the package pulseaudio-utils."


def test_a_resting_player_costs_nothing(programs: Programs, tmp_path: Path) -> None:
    programs.add("paplay", "sys.exit(1)")
    clock = Clock(START)
    found = find_equipment(VoiceChoice(), tmp_path / "sounds", platform="linux", which=programs.which)
    assert isinstance(found.player, ProgramPlayer)
    found.player._clock = clock
    speaker = Speaker(found.player, None, clock, tmp_path / "sounds", threads=False)
    while speaker.make():
        pass
    speaker.step()
    until(lambda: (speaker.step(), found.player is not None and found.player.problem)[1])
    for number in range(20):
        clock.now = START + number * REST_S / 20
        speaker.play([tone(number * REST_S / 20)])
        speaker.step()
    assert len(programs.calls("paplay")) == 1


# What is expected


def test_what_is_expected_is_heard_at_its_moment_however_late_it_is_asked_for(room: Room) -> None:
    coming = [tone(1, Tone.HOLD, cuts=True), words(1.5, "Hold.")]
    room.speaker.expect(coming)
    room.run(1.25)
    room.speaker.play(coming)  # a front end that is late
    room.run(3)
    assert room.heard() == [("hold", 1), ("Hold.", 1.5)]


def test_what_was_expected_wrongly_is_not_heard(room: Room) -> None:
    room.speaker.expect([tone(1, Tone.HOLD, cuts=True), words(1.2, "Hold.")])
    room.run(0.5)
    room.speaker.play([tone(0.5, Tone.PAUSE, cuts=True), words(0.7, "Paused.")])
    room.run(3)
    assert room.heard() == [("pause", 0.5), ("Paused.", 0.7)]


def test_an_event_that_asks_for_nothing_takes_back_what_was_expected(room: Room) -> None:
    room.speaker.expect([tone(1)])
    room.run(0.5)
    room.speaker.play([])
    room.run(3)
    assert room.heard() == []


def test_other_words_than_expected_take_their_place(room: Room) -> None:
    begins = tone(1, Tone.EXERT, cuts=True)
    room.speaker.expect([begins, words(1.2, "One. Lift.")])
    room.run(1.1)
    room.speaker.play([begins, words(1.2, "Lift.")])
    room.run(3)
    assert room.heard() == [("exert", 1), ("Lift.", 1.2)]


def test_what_is_expected_cuts_at_its_moment_and_not_before(room: Room) -> None:
    room.speaker.play([words(0, "A sentence of words.")])
    room.run(0.2)
    room.speaker.expect([tone(0.6, Tone.HOLD, cuts=True)])
    room.run(0.2)
    (said,) = room.player.notes
    assert not said.stopped
    room.run(0.4)
    assert said.stopped
    assert room.heard() == [("A sentence of words.", 0), ("hold", 0.6)]


def test_what_was_confirmed_before_its_moment_is_not_forgotten_with_the_next(room: Room) -> None:
    coming = [tone(1, Tone.HOLD, cuts=True), words(1.5, "Hold.")]
    room.speaker.expect(coming)
    room.run(1.1)
    room.speaker.play(coming)
    room.speaker.expect([tone(2)])
    room.run(3)
    assert room.heard() == [("hold", 1), ("Hold.", 1.5), ("count", 2)]


def test_a_cue_begins_a_little_before_its_moment_for_the_time_that_a_player_takes(tmp_path: Path) -> None:
    room = Room(tmp_path, early_s=0.25)
    room.speaker.play([tone(1), words(2, "Hold.")])
    room.run(3)
    assert room.heard() == [("count", 0.75), ("Hold.", 1.75)]
