"""Tracks as files: what is in them, that they are there in whole or not at all, and how fast they come."""

from __future__ import annotations

import builtins
import errno
import io
import tracemalloc
import wave
from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from backtimer.audio.mp3 import Chapter, MissingExtraError
from backtimer.audio.tones import RATE, tone_s, tone_samples
from backtimer.audio.track import TAIL_S, Track, cue_sheet_of, render, write_track
from backtimer.audio.waves import wav_bytes
from backtimer.core.speech.cues import LAST_WORDS_S, Cue, Priority, Tone
from tests.rules import for_each

ANY = 1e9
CHAPTERS = (Chapter(0.0, "Superman"), Chapter(2.0, "Bird-dog, left side – Übung"))
TOLD = Track("Strength", "Lower back week", CHAPTERS)


class Saying:
    """A voice whose every word is a steady level for 0.1 s a letter."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.said: list[str] = []

    def render(self, text: str) -> Path | None:
        self.said.append(text)
        if text == "unspeakable":
            return None
        file = self._folder / f"{text}.wav"
        file.write_bytes(wav_bytes(array("h", [1000]) * (len(text) * RATE // 10)))
        return file


def words(at_s: float, text: str) -> Cue:
    return Cue(at_s, ANY, Priority.NEEDED, text=text)


def beep(at_s: float, tone: Tone = Tone.COUNT) -> Cue:
    return Cue(at_s, at_s, Priority.NOW, tone=tone)


def rendered(cues: Sequence[Cue], total_s: float, **options: object) -> array[int]:
    samples = array("h")
    for piece in render(cues, total_s, **options):  # type: ignore[arg-type]
        samples += piece
    return samples


def silence(seconds: float) -> Iterator[array[int]]:
    return render([], seconds)


def read(path: Path) -> array[int]:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return array("h", file.readframes(file.getnframes()))


def nothing_else_than(folder: Path, *names: str) -> bool:
    return sorted(each.name for each in folder.iterdir()) == sorted(names)


# Sound


def test_the_last_tone_is_heard_to_its_end_and_the_track_is_as_much_longer_as_its_last_words(
    tmp_path: Path,
) -> None:
    samples = rendered([beep(5.0, Tone.END)], 5.0)
    assert len(samples) / RATE == pytest.approx(5.0 + tone_s(Tone.END) + 2.0, abs=0.001)
    told = rendered([beep(5.0, Tone.END), words(40.0, "over")], 5.0, voice=Saying(tmp_path))
    assert len(told) / RATE == pytest.approx(40.0 + 0.4 + 2.0, abs=0.001), "nobody waits for more"
    assert len(rendered([], 5.0)) / RATE == pytest.approx(5.0, abs=0.001)
    assert tone_s(Tone.END) <= TAIL_S <= LAST_WORDS_S, "no longer than the way up from the floor is told"
    tone = tone_samples(Tone.END)
    assert samples[5 * RATE : 5 * RATE + len(tone)] == tone[: len(samples) - 5 * RATE]


def test_words_and_tones_are_heard(tmp_path: Path) -> None:
    samples = rendered([words(1.0, "three"), beep(2.0)], 4.0, voice=Saying(tmp_path))
    assert set(samples[RATE : RATE + RATE // 2]) == {1000}
    assert samples[2 * RATE : 2 * RATE + 100] == tone_samples(Tone.COUNT)[:100]


def test_volume_is_of_words_and_tones_alike(tmp_path: Path) -> None:
    samples = rendered([words(1.0, "three"), beep(2.0)], 4.0, voice=Saying(tmp_path), volume=0.5)
    assert set(samples[RATE : RATE + RATE // 2]) == {500}
    assert samples[2 * RATE : 2 * RATE + 100] == tone_samples(Tone.COUNT, 0.5)[:100]
    assert not any(rendered([words(1.0, "three"), beep(2.0)], 4.0, voice=Saying(tmp_path), volume=0.0))


def test_without_a_voice_there_are_tones() -> None:
    samples = rendered([words(1.0, "three"), beep(2.0)], 4.0)
    assert not any(samples[: 2 * RATE]) and any(samples[2 * RATE :])


def test_words_that_cannot_be_said_are_told_and_the_rest_is_heard(tmp_path: Path) -> None:
    unspoken: list[str] = []
    cues = [words(0.0, "unspeakable"), words(1.0, "three"), words(2.0, "unspeakable")]
    samples = rendered(cues, 4.0, voice=Saying(tmp_path), on_unspoken=unspoken.append)
    assert unspoken == ["unspeakable"]
    assert set(samples[RATE : RATE + RATE // 2]) == {1000}


def test_a_phrase_is_rendered_once_however_often_it_is_said(tmp_path: Path) -> None:
    voice = Saying(tmp_path)
    rendered([words(float(second), "up") for second in range(50)], 60.0, voice=voice)
    assert voice.said == ["up"]


@for_each("content", [b"", b"RIFF", b"no WAV at all", b"stereo"])
def test_a_wav_that_is_none_is_no_crash(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "odd.wav"
    file.write_bytes(content)
    if content == b"stereo":
        with wave.open(str(file), "wb") as out:
            out.setparams((2, 2, 44_100, 0, "NONE", ""))
            out.writeframes(bytes(4000))

    class Odd:
        def render(self, text: str) -> Path:
            return file

    unspoken: list[str] = []
    assert not any(rendered([words(0.0, "word")], 1.0, voice=Odd(), on_unspoken=unspoken.append))
    assert unspoken == ["word"]


# Files


def test_a_wav_has_all_samples_and_a_cue_sheet_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "monday.WAV"
    cues = [beep(1.0), beep(4.0, Tone.END)]
    sheet = write_track(target, render(cues, 4.0), 4.0, TOLD)
    assert read(target) == rendered(cues, 4.0)
    assert sheet == cue_sheet_of(target) == tmp_path / "monday.cue"
    text = sheet.read_text(encoding="utf-8")
    assert text.startswith('TITLE "Strength"\nFILE "monday.WAV" WAVE\n')
    assert "INDEX 01 00:02:00" in text and "Übung" in text
    assert nothing_else_than(tmp_path, "monday.WAV", "monday.cue")


def test_an_mp3_has_title_and_chapters(tmp_path: Path) -> None:
    from mutagen.mp3 import MP3

    target = tmp_path / "monday.mp3"
    told: list[tuple[float, float]] = []
    assert write_track(target, silence(90.0), 90.0, TOLD, lambda *at: told.append(at)) is None
    found = MP3(target)
    assert found.info is not None and found.tags is not None
    assert found.info.length == pytest.approx(90.0, abs=0.1)
    assert (found.info.channels, found.info.sample_rate) == (1, RATE)
    assert found.tags["TIT2"].text == ["Strength"]
    assert found.tags["TALB"].text == ["Lower back week"]
    contents = found.tags.getall("CTOC")[0]
    parts = {part.element_id: part for part in found.tags.getall("CHAP")}
    listed = [parts[name] for name in contents.child_element_ids]
    assert [(part.start_time, part.end_time) for part in listed] == [(0, 2000), (2000, 90_000)]
    assert [part.sub_frames["TIT2"].text[0] for part in listed] == [each.name for each in CHAPTERS]
    assert target.read_bytes()[:4] == b"ID3\x03"
    assert told[-1] == (90.0, 90.0)
    assert nothing_else_than(tmp_path, "monday.mp3")


def test_an_mp3_of_as_many_chapters_as_there_may_be(tmp_path: Path) -> None:
    from mutagen.id3 import ID3

    listed = tuple(Chapter(index / 10, f"Part {index}") for index in range(255))
    write_track(tmp_path / "many.mp3", silence(26.0), 26.0, Track("T", "A", listed))
    found = ID3(tmp_path / "many.mp3")
    assert len(found.getall("CTOC")[0].child_element_ids) == len(found.getall("CHAP")) == 255


def test_without_the_extra_one_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if name.startswith(("lameenc", "mutagen")):
            raise ModuleNotFoundError(name)
        return real(name, globals, locals, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"pip install 'backtimer\[mp3\]'"):
        write_track(tmp_path / "monday.mp3", silence(1.0), 1.0, TOLD)
    assert nothing_else_than(tmp_path)


def test_what_was_there_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "monday.wav"
    target.write_text("old")
    (tmp_path / "monday.cue").write_text("old")
    write_track(target, silence(1.0), 1.0, TOLD)
    assert len(read(target)) > RATE
    assert "TRACK 02" in (tmp_path / "monday.cue").read_text(encoding="utf-8")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.wav"
    link.symlink_to(tmp_path / "there" / "real.wav")
    write_track(link, silence(1.0), 1.0, TOLD)
    assert link.is_symlink()
    assert nothing_else_than(tmp_path / "there", "real.wav", "real.cue")


@for_each("failure", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
@for_each("name", ["monday.wav", "monday.mp3"])
def test_nothing_is_left_of_what_broke_off_and_what_was_there_is_whole(
    tmp_path: Path, failure: BaseException, name: str
) -> None:
    def breaking() -> Iterator[array[int]]:
        yield array("h", bytes(2 * RATE))
        raise failure

    target = tmp_path / name
    target.write_text("old")
    with pytest.raises(type(failure)):
        write_track(target, breaking(), 10.0, TOLD)
    assert target.read_text() == "old"
    assert nothing_else_than(tmp_path, name)


def test_a_disk_that_is_full_in_the_end_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_track(tmp_path / "monday.wav", silence(1.0), 1.0, TOLD)
    assert nothing_else_than(tmp_path)


def test_what_cannot_be_written_is_refused_before_anything_is_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never() -> Iterator[array[int]]:
        raise AssertionError
        yield

    (tmp_path / "folder.wav").mkdir()
    (tmp_path / "taken.cue").mkdir()
    locked = tmp_path / "locked.wav"
    locked.write_text("old")
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != locked)
    for name, error, told in [
        ("folder.wav", IsADirectoryError, "a folder"),
        ("taken.wav", IsADirectoryError, "a folder"),
        ("missing/monday.wav", FileNotFoundError, "no such folder"),
        ("locked.wav", PermissionError, "write-protected"),
    ]:
        with pytest.raises(error, match=told):
            write_track(tmp_path / name, never(), 1.0, TOLD)
    assert locked.read_text() == "old"


# Bounds


def test_a_session_of_ten_hours_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    def thrown_away(hours: float) -> int:
        total_s = hours * 3600
        cues = (beep(float(second)) for second in range(0, int(total_s), 60))
        tracemalloc.start()
        for _ in render(cues, total_s):
            pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    assert thrown_away(10) < thrown_away(0.1) + 200_000


def test_a_track_of_24_hours_is_still_a_wav() -> None:
    from backtimer.audio.waves import wav_header

    most = round((24 * 3600.0 + TAIL_S) * RATE)
    with wave.open(io.BytesIO(wav_header(most))) as file:
        assert file.getnframes() == most
