"""Whatever sound and voices tell a person can be translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from backtimer.audio import player
from backtimer.audio.cache import SoundCache
from backtimer.audio.clips import Clips, why_unreadable
from backtimer.audio.equipment import _told, find_equipment, find_voice
from backtimer.audio.finding import VoiceChoice, better_voice
from backtimer.audio.track import _refuse
from backtimer.language import speaking
from tests.audio.conftest import programs  # noqa: F401
from tests.audio.fakes import Programs
from tests.pseudo import Bracketing, outside


@pytest.fixture(autouse=True)
def brackets() -> Iterator[None]:
    with speaking(Bracketing()):
        yield


def left_over(text: str) -> list[str]:
    assert "⟦" in text
    return re.findall(r"[^\W\d_]+", outside(text))


def nothing(_name: str) -> None:
    """Finds no program."""


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_what_is_missing_and_how_to_get_it(platform: str, tmp_path: Path) -> None:
    found = find_equipment(VoiceChoice(), tmp_path, platform=platform, which=nothing)
    assert found.lack and found.advice
    for told in (found.lack, *found.advice, *better_voice("espeak-ng", "voices", platform)):
        assert left_over(told) == []


def test_how_loud_the_system_is() -> None:
    told = (*_told(0, True, "up", "unmute"), *_told(3, False, "up", "unmute"))
    assert [left_over(each) for each in told] == [[], [], []]


def test_what_is_wrong_with_recordings(tmp_path: Path) -> None:
    assert left_over(Clips(tmp_path / "none").problem) == []
    (tmp_path / "words.txt").mkdir()
    (tmp_path / "a.wav").mkdir()
    for told in (why_unreadable(tmp_path / "a.wav"), why_unreadable(tmp_path / "b.wav")):
        assert left_over(told) == []
        clips = Clips(tmp_path)
        clips.give_up(tmp_path / "a.wav", told)
        assert left_over(clips.problem) == []


@pytest.mark.parametrize("program", ["sys.exit(1)", "sys.exit(0)"])
def test_a_voice_that_fails(program: str, programs: Programs, tmp_path: Path) -> None:  # noqa: F811
    programs.add("espeak-ng", program)
    choice = VoiceChoice(engine="say", voice="xyzzy")
    voice = find_voice(choice, tmp_path / "cache", platform="linux", which=programs.which)
    assert voice is not None
    told = (voice.name.partition(", ")[2], voice.note, voice.check(), voice.problem)
    for each in told:
        assert left_over(each) == []


def test_a_player_that_fails() -> None:
    playing = player.ProgramPlayer(player.LINUX[:1])
    playing._failed(0, "⟦why⟧")
    assert left_over(playing.problem) == []


def test_a_folder_that_keeps_no_sounds(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = SoundCache(tmp_path / "file" / "sounds")
    cache.room()
    assert left_over(cache.problem) == []


def test_a_track_that_cannot_be_written(tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "none" / "track.wav"):
        with pytest.raises(OSError, match="⟦") as refused:
            _refuse(target)
        assert left_over(str(refused.value.strerror)) == []
