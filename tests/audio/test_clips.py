"""A person's own recordings: how they are named, and that they win over the voice."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from backtimer.audio.clips import INDEX, Clips, slug
from backtimer.audio.equipment import find_voice
from backtimer.audio.finding import VoiceChoice
from backtimer.audio.voice import EngineVoice
from backtimer.audio.waves import load, read_wav
from tests.audio.fakes import Programs, rendering, words_with_silence, write_wav
from tests.rules import for_each


def recording(folder: Path, name: str, seconds: float, rate: int = 22_050, channels: int = 1) -> Path:
    """A recording of one loud tone of this length."""
    folder.mkdir(exist_ok=True)
    return write_wav(folder / name, [9_000, -9_000] * round(seconds * rate * channels / 2), rate, channels)


@for_each(
    ("text", "name"),
    [
        ("Lift your hips.", "lift-your-hips"),
        ("Bird-dog. Set 1 of 3, left side.", "bird-dog-set-1-of-3-left-side"),
        ("Don't hold your breath!", "dont-hold-your-breath"),
        ("Knieën omhoog …", "knieën-omhoog"),
        ("Knie\u0308en", "kniëen"),
        ("../../etc/passwd", "etc-passwd"),
        ("…", ""),
    ],
)
def test_the_name_of_a_recording_is_its_words(text: str, name: str) -> None:
    assert slug(text) == name


def test_a_recording_is_of_a_whole_announcement_or_of_its_sentences(tmp_path: Path) -> None:
    whole = recording(tmp_path, "Bird-dog Set 1 of 3.WAV", 1)
    rest = recording(tmp_path, "rest.wav", 1)
    clips = Clips(tmp_path)
    assert [part.clip for part in clips.parts("Bird-dog. Set 1 of 3.")] == [whole]
    found = clips.parts("Lie down. Breathe out. Rest. Set 2.")
    assert [(part.text, part.clip) for part in found] == [
        ("Lie down. Breathe out.", None),
        ("Rest.", rest),
        ("Set 2.", None),
    ]


def test_the_index_tells_what_a_name_does_not(tmp_path: Path) -> None:
    one = recording(tmp_path, "one.wav", 1)
    (tmp_path / INDEX).write_text(
        "\ufeff# mine\none.wav = Lift your hips, and hold them there.\n\n", encoding="utf-8"
    )
    clips = Clips(tmp_path)
    assert clips.parts("Lift your hips, and hold them there.")[0].clip == one
    assert clips.problem == ""


@for_each("line", ["one.wav", "../one.wav = Lift", "none.wav = Lift", "one.wav = …", "= Lift"])
def test_a_line_of_the_index_that_is_none_is_told(tmp_path: Path, line: str) -> None:
    recording(tmp_path.parent, "one.wav", 1)
    recording(tmp_path, "one.wav", 1)
    (tmp_path / INDEX).write_text(f"one.wav = Rest\n{line}\n", encoding="utf-8")
    clips = Clips(tmp_path)
    assert "line 2: a line is FILE.wav = WORDS" in clips.problem
    assert clips.parts("Lift")[0].clip is None
    assert clips.parts("Rest")[0].clip is not None


def test_an_index_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / INDEX).write_bytes(b"\xff\xfe\x00")
    assert "cannot be read: recordings go by their names alone" in Clips(tmp_path).problem


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    clips = Clips(tmp_path / "none")
    assert "cannot be read (No such file or directory): the voice speaks." in clips.problem
    assert clips.parts("Lift.")[0].clip is None


# With a voice beside them

unix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are Unix programs")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    return folder


@pytest.fixture
def voice(programs: Programs, tmp_path: Path, mine: Path) -> EngineVoice:
    """A stand-in that takes half a second for anything, and recordings."""
    source = write_wav(tmp_path / "source.wav", words_with_silence())
    programs.add("espeak-ng", rendering(source, "-w"))
    recording(mine, "lift.wav", 2.0)
    found = find_voice(
        VoiceChoice(clips=str(mine)), tmp_path / "cache", platform="linux", which=programs.which
    )
    assert found is not None
    return found


def said(programs: Programs) -> list[object]:
    return [call["text"] for call in programs.calls("espeak-ng") if call["text"]]


@unix
def test_a_recording_wins_over_the_voice(voice: EngineVoice, programs: Programs) -> None:
    assert voice.render("Lift!") is not None
    assert voice.length_s("Lift!") == pytest.approx(2.0, abs=0.03)
    assert said(programs) == []
    assert voice.render("Lift. And hold. Breathe.") is not None
    assert voice.length_s("Lift. And hold. Breathe.") == pytest.approx(2.0 + 0.18 + 0.52, abs=0.05)
    assert said(programs) == ["And hold. Breathe.\n"]
    assert voice.problem == ""


@unix
def test_a_recording_is_as_loud_as_a_voice(voice: EngineVoice, mine: Path) -> None:
    write_wav(mine / "lift.wav", [300, -300] * 11_025)
    path = voice.render("Lift.")
    assert path is not None
    assert 2_000 < max(read_wav(path)) < 5_000


@unix
def test_another_recording_is_another_phrase(voice: EngineVoice, mine: Path) -> None:
    first = voice.render("Lift.")
    recording(mine, "lift.wav", 1.0)
    assert voice.render("Lift.") != first
    assert voice.length_s("Lift") == pytest.approx(1.0, abs=0.03)


@unix
@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFF\x00\x00\x00\x00WAVEfmt ", b"ID3 an MP3"])
def test_a_broken_recording_is_told_and_the_voice_speaks(
    voice: EngineVoice, programs: Programs, mine: Path, content: bytes
) -> None:
    (mine / "lift.wav").write_bytes(content)
    assert voice.render("Lift.") is not None
    assert said(programs) == ["Lift.\n"]
    assert voice.problem.startswith("The recording lift.wav is no WAV file of plain samples")
    assert voice.render("Lift.") is not None


@unix
def test_a_recording_that_is_a_pipe_is_not_waited_for(
    voice: EngineVoice, programs: Programs, mine: Path
) -> None:
    import os

    (mine / "lift.wav").unlink()
    os.mkfifo(mine / "lift.wav")
    assert voice.render("Lift.") is not None
    assert voice.problem == "The recording lift.wav is no file: the voice speaks instead."


@unix
def test_without_a_voice_recordings_are_heard_all_the_same(
    programs: Programs, tmp_path: Path, mine: Path
) -> None:
    recording(mine, "lift.wav", 2.0)
    choice = VoiceChoice(clips=str(mine))
    voice = find_voice(choice, tmp_path / "cache", platform="linux", which=programs.which)
    assert voice is not None and voice.renders and voice.name == "your recordings"
    assert voice.render("Lift.") is not None
    assert voice.render("Rest.") is None and voice.check() == ""


# Any plain WAV can be read


def wav_of(path: Path, width: int, channels: int, data: bytes, *, extensible: bool = False) -> Path:
    """A WAV file written by hand."""
    kind = 0xFFFE if extensible else 1
    shape = struct.pack(
        "<HHIIHH", kind, channels, 8_000, 8_000 * channels * width, channels * width, 8 * width
    )
    if extensible:
        shape += struct.pack("<HHIH", 22, 8 * width, 0, 1) + bytes.fromhex("000000001000800000aa00389b71")
    chunks = b"fmt " + struct.pack("<I", len(shape)) + shape + b"data" + struct.pack("<I", len(data)) + data
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    return path


@for_each("extensible", [False, True])
@for_each(
    ("width", "frame"),
    [(1, bytes([192])), (2, b"\x00\x40"), (3, b"\x07\x00\x40"), (4, b"\x07\x07\x00\x40")],
)
@for_each("channels", [1, 2, 6])
def test_samples_of_any_width_and_channels_are_read(
    tmp_path: Path, width: int, frame: bytes, channels: int, extensible: bool
) -> None:
    path = wav_of(tmp_path / "a.wav", width, channels, frame * channels * 5, extensible=extensible)
    loaded = load(path)
    assert loaded is not None
    assert (list(loaded[0]), loaded[1]) == ([0x4000] * 5, 8_000)


def test_a_recording_that_was_cut_off_is_none(tmp_path: Path) -> None:
    path = wav_of(tmp_path / "a.wav", 2, 1, b"\x00\x40" * 500)
    path.write_bytes(path.read_bytes()[:-100])
    assert load(path) is None


def test_a_folder_that_can_be_none_is_told() -> None:
    assert "cannot be read (embedded null byte): the voice speaks." in Clips(Path("a\0b")).problem
