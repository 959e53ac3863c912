"""`doctor audio` where there is little to play with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backtimer.cli import doctor_audio
from tests.audio.fakes import Programs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the stand-ins are programs of Linux")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Nothing on the PATH but what the test adds."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(doctor_audio, "_GAP_S", 0.0)
    return Programs(folder)


def test_without_a_player_it_says_what_to_install(run: Run, programs: Programs) -> None:
    programs.add("apt-get")
    code, out, err = run("doctor", "audio")
    assert (code, err) == (1, "")
    assert "player:      none found" in out
    assert "sudo apt install pulseaudio-utils" in out
    assert "sudo apt install espeak-ng" in out
    assert "bell" in out
    assert "exert" not in out


def test_a_player_that_cannot_play_is_told_and_the_next_one_tried(run: Run, programs: Programs) -> None:
    programs.add("paplay", "sys.exit(1)")
    programs.add("aplay")
    code, out, _ = run("doctor", "audio")
    assert code == 0
    assert "paplay cannot play; aplay takes its place." in out
    assert len(programs.calls("aplay")) == 1 + len(doctor_audio.TONES)
    assert "voice:       none found: tones only" in out


def test_no_device_at_all_ends_at_once(run: Run, programs: Programs) -> None:
    programs.add("paplay", "sys.exit(1)")
    code, out, _ = run("doctor", "audio")
    assert code == 1
    assert "Nothing can be heard: paplay cannot play (exit code 1)" in out
    assert len(programs.calls("paplay")) == 1


def test_a_player_that_hangs_is_told(run: Run, programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_audio, "_HANGS_S", 0.0)
    programs.add("paplay", "time.sleep(60)")
    code, out, _ = run("doctor", "audio")
    assert code == 1
    assert "Nothing can be heard: paplay cannot play (it hangs)" in out


def test_why_a_session_is_silent_is_told(
    run: Run, programs: Programs, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKTIMER_MUTE", "1")
    (home / "settings.yaml").write_text("sound: off\n")
    _, out, _ = run("doctor", "audio")
    assert "BACKTIMER_MUTE is set: a session is silent." in out
    assert "The settings say 'off': a session is silent." in out


def test_the_plain_doctor_tells_what_there_is_for_sound_and_plays_nothing(
    run: Run, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BACKTIMER_MUTE", raising=False)
    programs.add("paplay")
    programs.add("apt-get")
    code, out, _ = run("doctor")
    assert code == 0
    assert "sound:       paplay; no voice: tones" in out
    assert out.count("sudo apt install espeak-ng") == 1
    assert "history:" in out
    assert not programs.calls("paplay")


def test_without_a_player_the_plain_doctor_says_so_and_all_is_well(run: Run, programs: Programs) -> None:
    code, out, _ = run("doctor")
    assert code == 0
    assert "sound:       no player: the terminal's bell" in out
