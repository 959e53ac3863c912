"""`doctor audio` where there is little to play with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from backtimer.audio.equipment import system_silences
from backtimer.cli import doctor
from backtimer.core.speech.cues import Tone
from tests.audio.fakes import Programs, rendering, words_with_silence, write_wav

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the stand-ins are programs of Linux")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Nothing on the PATH but what the test adds."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(doctor, "_GAP_S", 0.0)
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
    assert len(programs.calls("aplay")) == 1 + len(Tone)
    assert "voice:       none found: tones only" in out


def test_each_tone_is_told_with_what_it_means(run: Run, programs: Programs) -> None:
    programs.add("paplay")
    _, out, _ = run("doctor", "audio")
    names = [str(tone) for tone in Tone]
    told = [line for line in out.splitlines() if line.split(":")[0].replace(" ", "-") in names]
    assert [line.split(":")[0].replace(" ", "-") for line in told] == names
    assert "count: each of 3, 2, 1" in told
    assert told[-2:] == ["breathe in", "breathe out"]


def test_no_device_at_all_ends_at_once(run: Run, programs: Programs) -> None:
    programs.add("paplay", "sys.exit(1)")
    code, out, _ = run("doctor", "audio")
    assert code == 1
    assert "Nothing can be heard: paplay cannot play (exit code 1)" in out
    assert len(programs.calls("paplay")) == 1


def test_a_player_that_hangs_is_told(run: Run, programs: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_HANGS_S", 0.0)
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


VOICES = """\
if any(a.startswith("--voices=") for a in arguments):
    print("Pty Language       Age/Gender VoiceName          File                 Other Languages")
    if "--voices=en" in arguments:
        print(" 5  en              --/M      English            gmw/en")
"""


def add_voice(programs: Programs, before: str = "") -> None:
    source = write_wav(programs.folder / "source.wav", words_with_silence())
    programs.add("espeak-ng", before + VOICES + rendering(source, "-w"))


def test_a_voice_that_is_there_is_told(run: Run, programs: Programs) -> None:
    programs.add("paplay")
    add_voice(programs)
    code, out, _ = run("doctor")
    assert code == 0
    assert "sound:       paplay; espeak-ng, English" in out


@pytest.mark.parametrize("body", ["sys.exit(1)\n", VOICES + "sys.exit(0)\n"])
@pytest.mark.parametrize("command", ["doctor", "doctor audio"])
def test_no_voice_is_claimed_that_cannot_speak(run: Run, programs: Programs, command: str, body: str) -> None:
    programs.add("paplay")
    programs.add("espeak-ng", body)
    _, out, _ = run(*command.split())
    assert "espeak-ng, English" not in out
    assert "espeak-ng renders nothing" in out


@pytest.mark.parametrize("command", ["doctor", "doctor audio"])
def test_a_language_without_a_voice_is_told(run: Run, programs: Programs, home: Path, command: str) -> None:
    programs.add("paplay")
    add_voice(programs)
    routine = home / "routines" / "week.yaml"
    routine.parent.mkdir()
    routine.write_text("format: 1\ntitle: Week\nlanguage: nl\ndays: {daily: {exercises: [superman]}}\n")
    (home / "settings.yaml").write_text("routine: week\n")
    _, out, _ = run(*command.split())
    assert "espeak-ng has no voice for 'nl'; its usual voice speaks." in out
    assert "Dutch" not in out


PACTL = """\
answers = {{
    "get-default-sink": {sink!r},
    "get-sink-mute": "Mute: {mute}" if os.environ["LC_ALL"] == "C" else "Stumm: ja",
    "get-sink-volume": "Volume: front-left: 1 / {volume}% / -1 dB, front-right: 0 / 0% / -inf dB",
}}
assert arguments[1:] in ([], ["@DEFAULT_SINK@"])
print(answers[arguments[0]])
"""


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (("speakers", "no", 50), ""),
        (("speakers", "no", 15), ""),
        (("speakers", "yes", 50), "is muted; to hear something: pactl set-sink-mute @DEFAULT_SINK@ no"),
        (("speakers", "no", 0), "volume is at 0: nothing can be heard; louder: pactl set-sink-volume"),
        (("speakers", "no", 14), "volume is at 14%, which is hard to hear"),
        (("auto_null", "no", 50), "sees nothing to play on"),
    ],
)
def test_what_the_system_makes_silent_is_told(
    run: Run, programs: Programs, state: tuple[str, str, int], told: str
) -> None:
    sink, mute, volume = state
    programs.add("paplay")
    programs.add("pactl", PACTL.format(sink=sink, mute=mute, volume=volume))
    code, out, _ = run("doctor", "audio")
    assert code == 0 and told in out
    assert ("The system" in out) is bool(told)


@pytest.mark.parametrize(
    ("platform", "program", "printed", "told"),
    [
        ("linux", "wpctl", "Volume: 0.40 [MUTED]", "is muted; to hear something: wpctl set-mute"),
        ("linux", "wpctl", "Volume: 0.00", "at 0: nothing can be heard; louder: wpctl set-volume"),
        ("linux", "wpctl", "Volume: 0.40", ""),
        ("darwin", "osascript", "output volume:0, input volume:75, output muted:true", "is muted"),
        ("darwin", "osascript", "output volume:0, output muted:false", "at 0: nothing can be heard"),
        ("darwin", "osascript", "output volume:missing value, output muted:missing value", ""),
        ("win32", "pactl", "Mute: yes", ""),
    ],
)
def test_the_same_on_other_systems(
    programs: Programs, platform: str, program: str, printed: str, told: str
) -> None:
    programs.add(program, f"print({printed!r})")
    found = " ".join(system_silences(platform, programs.which))
    assert told in found and bool(found) is bool(told)


def test_a_system_that_does_not_answer_is_not_spoken_of(programs: Programs) -> None:
    programs.add("pactl", "sys.exit(1)")
    assert system_silences("linux", programs.which) == ()
    (programs.folder / "wpctl").mkdir()
    (programs.folder / "pactl").unlink()
    assert system_silences("linux", programs.which) == ()


def test_a_volume_of_nothing_is_told(run: Run, programs: Programs, home: Path) -> None:
    programs.add("paplay")
    (home / "settings.yaml").write_text("sound: {volume: 0}\n")
    _, out, _ = run("doctor", "audio")
    assert "The settings say 'volume: 0': a session is silent." in out


def test_how_to_get_a_clearer_voice_is_told_with_the_folder_for_it(
    run: Run, programs: Programs, home: Path
) -> None:
    programs.add("paplay")
    add_voice(programs)
    _, out, _ = run("doctor", "audio")
    assert "voice:       espeak-ng, English" in out
    assert f"--download-dir {home / 'voices'}" in out
    assert "pip install 'backtimer[voice]'" in out
    assert f"voice: {doctor.PHRASE}" in out.splitlines(), "told before it is heard"


def test_recordings_are_looked_for_beside_the_settings(run: Run, programs: Programs, home: Path) -> None:
    programs.add("paplay")
    add_voice(programs)
    (home / "settings.yaml").write_text("sound: {clips: mine}\n")
    _, out, _ = run("doctor", "audio")
    assert f"The recordings in {home / 'mine'} cannot be read (No such file or directory)" in out
    (home / "mine").mkdir()
    (home / "mine" / "lift.wav").touch()
    assert "recordings" not in run("doctor", "audio")[1]


@pytest.mark.parametrize("folder", ["~nobody-of-this-name/mine", "/nowhere/at-all"])
def test_a_folder_of_recordings_that_is_not_there_stops_nothing(
    run: Run, programs: Programs, home: Path, folder: str
) -> None:
    programs.add("paplay")
    add_voice(programs)
    (home / "settings.yaml").write_text(f"sound: {{clips: {folder}}}\n")
    code, out, _ = run("doctor", "audio")
    assert code == 0 and f"The recordings in {folder} cannot be read" in out
