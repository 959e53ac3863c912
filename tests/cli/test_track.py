"""`track`: a session as a file, what is printed about it, and how it is refused."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import wave
from array import array
from contextlib import suppress
from pathlib import Path

import pytest

from backtimer.audio.finding import VoiceChoice
from backtimer.audio.tones import RATE
from backtimer.audio.waves import wav_bytes
from backtimer.cli import track
from tests.cli.conftest import Run

SHORT = """\
format: 1
title: Short
defaults: {prepare: 4s, rest: 5s}
days:
  monday:
    title: Two things
    exercises:
      - {exercise: superman, sets: 2, reps: 2}
      - {exercise: cobra, reps: 8, pace: self}
  tuesday: {activity: A walk, duration: 30s}
  wednesday: {rest: Nothing at all}
exercises:
  superman: {name: Superman, position: prone}
  cobra: {name: Cobra, position: prone}
"""


class Saying:
    """A voice without a program: a steady level for as long as the words are."""

    name = "a steady one"
    renders = True
    slow = False
    problem = ""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.said: list[str] = []
        self.learned: dict[str, str] = {}

    def render(self, text: str, *, gently: bool = False) -> Path | None:
        self.said.append(text)
        file = self._folder / f"{len(text)}.wav"
        file.write_bytes(wav_bytes(array("h", [3000]) * (len(text) * RATE // 20)))
        return file

    def length_s(self, text: str) -> float | None:
        return len(text) / 20

    def retry_s(self, text: str) -> float | None:
        return None

    def learn(self, texts: dict[str, str]) -> None:
        """Note which texts are in which language."""
        self.learned = texts

    def say(self, text: str) -> None:
        raise AssertionError("a track is not spoken aloud")


@pytest.fixture(autouse=True)
def voice(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Saying:
    """The only voice there is."""
    found = Saying(tmp_path_factory.mktemp("phrases"))
    monkeypatch.setattr(track, "find_voice", lambda choice, cache: found)
    return found


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: Path) -> Path:
    """The current folder; a routine called `short` is in the home."""
    (home / "routines").mkdir()
    (home / "routines" / "short.yaml").write_text(SHORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def seconds_of(path: Path) -> float:
    with wave.open(str(path)) as file:
        return int(file.getnframes()) / RATE


def files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_track_is_as_long_as_its_plan_and_lists_its_chapters(run: Run, here: Path) -> None:
    code, out, err = run("track", "short", "monday", "-o", "my.wav")
    assert code == 0
    assert [line.split("  ", 1)[1] for line in out.splitlines()] == [
        "Superman, set 1 of 2",
        "Superman, set 2 of 2",
        "Cobra",
    ]
    assert out.startswith("0:00  ") or out.startswith(" 0:00  ")
    assert err.endswith("written to my.wav, its chapters in my.cue.\n")
    # 4 s to get ready, 2 × 2 reps of 4 s, 5 s of rest, 10 s to the next, 8 reps of 4 s as expected.
    total_s = json.loads(run("explain", "short", "monday", "--json")[1])["total_s"]
    assert total_s >= 4 + 8 + 5 + 8 + 10 + 32, "what the author wrote, at least"
    script = json.loads(run("track", "short", "monday", "--script", "--json")[1])
    last_s = max(cue["ends_s"] for cue in script["cues"])
    assert last_s - 5.0 <= seconds_of(here / "my.wav") <= last_s + 10.0, "nobody waits for more"
    assert files(here) == ["my.cue", "my.wav"]


def test_the_words_are_those_of_the_script_but_for_keys(run: Run, voice: Saying) -> None:
    run("track", "short", "monday", "-o", "my.wav")
    said = " ".join(voice.said)
    assert (
        "Superman" in said
        and "Cobra" in said
        and any(text.startswith("That's it, well done.") for text in voice.said)
    )
    heard = set(voice.said)
    assert not any(text.startswith("Press any key") for text in heard)


def test_a_default_name_comes_from_routine_and_day(run: Run, here: Path) -> None:
    code, _, err = run("track", "short", "tue", "--cues", "tones")
    assert code == 0 and "short-tuesday.wav" in err
    assert files(here) == ["short-tuesday.cue", "short-tuesday.wav"]


def test_tones_need_no_voice(run: Run, voice: Saying) -> None:
    code, _, err = run("track", "short", "monday", "--cues", "tones")
    assert code == 0 and voice.said == [] and "voice" not in err


@pytest.mark.parametrize("renders", [None, False])
def test_without_a_voice_there_are_tones_and_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, voice: Saying, here: Path, renders: bool | None
) -> None:
    asked: list[VoiceChoice] = []

    def find(choice: VoiceChoice, cache: Path) -> Saying | None:
        asked.append(choice)
        voice.renders = False
        return None if renders is None else voice

    monkeypatch.setattr(track, "find_voice", find)
    code, _, err = run("track", "short", "monday", "-o", "my.wav")
    assert code == 0
    assert err.splitlines()[0] == "backtimer: no voice was found, so there are only tones"
    assert len(err.splitlines()) == 2
    assert [choice.engine for choice in asked] == ["auto", "espeak-ng"]
    with wave.open(str(here / "my.wav")) as file:
        assert any(file.readframes(20 * RATE))


class Hanging(Saying):
    """One that says a few words, and then nothing any more."""

    problem = "A steady one hangs."

    def render(self, text: str, *, gently: bool = False) -> Path | None:
        if len(self.said) < 3:
            return super().render(text)
        self.said.append(text)
        return None

    def retry_s(self, text: str) -> float | None:
        return 30.0


def test_a_voice_that_hangs_is_given_up_and_there_are_tones(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, here: Path
) -> None:
    hanging = Hanging(tmp_path_factory.mktemp("hanging"))
    monkeypatch.setattr(track, "find_voice", lambda choice, cache: hanging)
    code, _, err = run("track", "short", "monday", "-o", "my.wav")
    assert code == 0
    assert len(hanging.said) <= 3 + track.MOST_IN_VAIN, "each attempt takes seconds"
    assert err.splitlines()[:2] == ["backtimer: A steady one hangs.", "backtimer: there are only tones"]
    assert files(here) == ["my.cue", "my.wav"]
    with wave.open(str(here / "my.wav")) as file:
        assert any(file.readframes(20 * RATE))


def test_words_that_cannot_be_said_do_not_end_the_others(run: Run, voice: Saying) -> None:
    voice.retry_s = lambda text: 30.0  # type: ignore[method-assign]
    said, render = voice.said, voice.render

    def every_other(text: str, *, gently: bool = False) -> Path | None:
        made = render(text)
        return made if len(said) % 2 else None

    voice.render = every_other  # type: ignore[method-assign]
    code, _, err = run("track", "short", "monday", "-o", "my.wav")
    assert code == 0 and "there are only tones" not in err
    assert "the voice could not say" in err


def test_volume(run: Run, here: Path) -> None:
    peaks = []
    for volume in ("100", "50", "0"):
        assert run("track", "short", "monday", "-o", "my.wav", "--volume", volume)[0] == 0
        with wave.open(str(here / "my.wav")) as file:
            peaks.append(max(array("h", file.readframes(file.getnframes()))))
    assert peaks[0] > 0 and peaks[1] == pytest.approx(peaks[0] / 2, rel=0.01) and peaks[2] == 0


def test_an_mp3(run: Run, here: Path) -> None:
    from mutagen.mp3 import MP3

    code, out, err = run("track", "short", "monday", "-o", "My.MP3")
    assert code == 0 and err.endswith("written to My.MP3.\n")
    found = MP3(here / "My.MP3")
    assert found.tags is not None
    assert found.tags["TIT2"].text == ["Two things"] and found.tags["TALB"].text == ["Short"]
    assert len(found.tags.getall("CHAP")) == len(out.splitlines()) == 3
    assert files(here) == ["My.MP3"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["short", "wednesday"], "wednesday is a rest day in short"),
        (["short", "monday", "-o", "my.ogg"], "my.ogg: the name of a track ends in .wav or .mp3"),
        (["short", "monday", "-o", ""], "the name of a track ends in"),
        (["short", "monday", "-o", "my"], "my: the name of a track ends in .wav or .mp3"),
        (["short", "monday", "-o", "no/my.wav"], "no/my.wav cannot be written: there is no such folder"),
        (["short", "monday", "-o", "folder.wav"], "folder.wav cannot be written: it is a folder"),
        (["short", "monday", "-o", "pipe.wav"], "pipe.wav cannot be written: it is a device, not a file"),
        (["short", "monday", "-o", "\x1b[31m.ogg"], "\ufffd[31m.ogg: the name"),
        (["short", "monday", "--volume", "101"], "a number from 0 to 100, please"),
        (["short", "monday", "--volume", "-3"], "volume"),
        (["short", "monday", "--cues", "loud"], "loud"),
        (["short", "someday"], "someday"),
        (["shorter", "monday"], "shorter"),
    ],
)
def test_what_cannot_be_is_one_line(run: Run, here: Path, arguments: list[str], told: str) -> None:
    (here / "folder.wav").mkdir()
    os.mkfifo(here / "pipe.wav")
    code, out, err = run("track", *arguments)
    assert (code, out) == (2, "")
    assert told in err and len(err.splitlines()) == 1
    assert files(here) == ["folder.wav", "pipe.wav"]
    assert (here / "pipe.wav").is_fifo()


def test_a_full_disk_is_one_line_and_leaves_nothing(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    code, out, err = run("track", "short", "monday", "-o", "my.wav")
    assert (code, out, err) == (2, "", "backtimer: my.wav cannot be written: No space left on device\n")
    assert files(here) == []


def test_a_missing_extra_is_one_line(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lameenc", None)
    code, out, err = run("track", "short", "monday", "-o", "my.mp3")
    assert (code, out) == (2, "")
    assert "pip install 'backtimer[mp3]'" in err and len(err.splitlines()) == 1
    assert files(here) == []


def test_no_bar_where_nobody_looks(run: Run) -> None:
    assert "\r" not in run("track", "short", "monday")[2]


@pytest.mark.skipif(os.name == "nt", reason="signals are those of Unix")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_session_that_is_broken_off_leaves_nothing(here: Path, number: signal.Signals) -> None:
    # A whole day takes a while to write: it is interrupted as soon as its unfinished file is there.
    day = SHORT.replace("sets: 2, reps: 2", "sets: 99, reps: 40").replace("rest: 5s", "rest: 120s")
    routine = here / "long-day.yaml"
    routine.write_text(day, encoding="utf-8")
    out = here / "out"
    out.mkdir()
    arguments = ["track", str(routine), "monday", "-o", str(out / "my.wav"), "--cues", "tones"]
    with subprocess.Popen(
        [sys.executable, "-m", "backtimer", *arguments], stdout=subprocess.DEVNULL
    ) as process:
        while not files(out):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
            assert process.returncode is None, "it ended before it was interrupted"
        process.send_signal(number)
        assert process.wait(20) == 128 + number
    assert files(out) == []


def test_a_track_is_read_in_the_language_of_each_text(run: Run, voice: Saying, home: Path) -> None:
    (home / "routines" / "dutch.yaml").write_text(
        "format: 1\nlanguage: nl\ndays: {monday: {exercises: [{exercise: brug, reps: 1}, superman]}}\n"
        "exercises: {brug: {name: De brug, position: supine}}\n",
        encoding="utf-8",
    )
    assert run("track", "dutch", "monday", "-o", "my.wav")[0] == 0
    assert voice.learned["De brug"] == "nl" and voice.learned["Superman"] == "en"


def test_the_script_is_what_will_be_heard_with_its_times(run: Run, here: Path) -> None:
    code, out, _ = run("track", "short", "monday", "--script", "--json")
    told = json.loads(out)
    cues = told["cues"]
    assert code == 0 and files(here) == [], "no file is written"
    assert set(told) == {"total_s", "cues"}
    assert all(list(cue) == ["at_s", "ends_s", "tone", "text", "exercise", "why"] for cue in cues)
    assert all((cue["tone"] is None) != (cue["text"] is None) for cue in cues)
    starts = [cue["at_s"] for cue in cues]
    assert starts == sorted(starts) and all(cue["ends_s"] >= cue["at_s"] for cue in cues)
    names = [cue for cue in cues if cue["why"] == "name"]
    assert [(cue["text"], cue["exercise"]) for cue in names] == [
        ("Superman.", "superman"),
        ("Next: Cobra.", "cobra"),
    ]
    assert cues[-1]["why"] == "end" and cues[-1]["at_s"] >= told["total_s"]
    assert not any("key" in (cue["text"] or "") for cue in cues)


def test_the_script_in_lines_has_a_time_and_why_each_is_said(run: Run, here: Path) -> None:
    code, out, _ = run("track", "short", "monday", "--script")
    assert code == 0
    assert all(re.match(r" *\d+:\d\d\.\d  [a-z_]+ +\S", line) for line in out.splitlines())
    assert re.search(r"name +Superman\.", out)
    tones = run("track", "short", "monday", "--script", "--cues", "tones")[1]
    assert "Superman" not in tones and "[rest]" in tones
