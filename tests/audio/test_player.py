"""The player: which one there is, how it is called, and what happens when it fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backtimer.audio.player import REST_S, Player, ProgramPlayer, Sounding, find_player
from backtimer.audio.processes import end_all, leash, run_child, spawn
from tests.audio.fakes import Clock, Programs
from tests.audio.waiting import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are Unix programs")


def found(programs: Programs, platform: str = "linux") -> Player:
    player = find_player(platform, programs.which)
    assert player is not None
    return player


def played(player: Player, path: Path) -> Sounding:
    sounding = player.play(path)
    assert sounding is not None
    until(sounding.is_over)
    return sounding


@pytest.mark.parametrize(
    ("platform", "there", "name"),
    [
        ("linux", ["aplay", "pw-play", "paplay"], "paplay"),
        ("linux", ["aplay", "pw-play"], "pw-play"),
        ("linux", ["aplay"], "aplay"),
        ("darwin", ["afplay", "paplay"], "afplay"),
    ],
)
def test_the_best_player_there_is(programs: Programs, platform: str, there: list[str], name: str) -> None:
    for program in there:
        programs.add(program)
    assert found(programs, platform).name == name


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_no_player_is_none(programs: Programs, platform: str) -> None:
    assert find_player(platform, programs.which) is None


@pytest.mark.parametrize("program", ["paplay", "pw-play", "aplay"])
def test_a_file_whose_name_looks_like_an_option_is_a_file(
    programs: Programs, program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.add(program)
    monkeypatch.chdir(tmp_path)
    played(found(programs), Path("--device=x.wav"))
    arguments = programs.calls(program)[0]["arguments"]
    assert isinstance(arguments, list)
    assert arguments[-2:] == ["--", str(tmp_path / "--device=x.wav")]


def test_a_child_has_a_session_of_its_own_and_no_input(programs: Programs, tmp_path: Path) -> None:
    programs.add("paplay")
    played(found(programs), tmp_path / "a.wav")
    call = programs.calls("paplay")[0]
    assert call["session"] == call["pid"] != os.getsid(0)
    assert call["text"] == ""


def test_stopping_ends_the_player_and_is_no_failure(programs: Programs, tmp_path: Path) -> None:
    programs.add("paplay", "time.sleep(60)")
    player = found(programs)
    sounding = player.play(tmp_path / "a.wav")
    assert sounding is not None
    until(lambda: programs.calls("paplay"))
    assert not sounding.is_over()
    sounding.stop()
    assert sounding.is_over()
    assert player.problem == ""
    pid = programs.calls("paplay")[0]["pid"]
    assert isinstance(pid, int)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_player_that_fails_gives_way_to_the_next(programs: Programs, tmp_path: Path) -> None:
    programs.add("paplay", "sys.exit(1)")
    programs.add("aplay")
    player = found(programs)
    played(player, tmp_path / "a.wav")
    assert player.name == "aplay"
    played(player, tmp_path / "b.wav")
    assert player.problem == ""
    assert len(programs.calls("aplay")) == 1


def test_a_player_that_hangs_gives_way_to_the_next(programs: Programs, tmp_path: Path) -> None:
    programs.add("paplay", "time.sleep(60)")
    programs.add("aplay")
    player = found(programs)
    hung = [player.play(tmp_path / "a.wav"), player.play(tmp_path / "b.wav")]
    until(lambda: len(programs.calls("paplay")) == 2)
    for sounding in hung:
        assert sounding is not None
        sounding.give_up()
        assert sounding.is_over()
    assert player.name == "aplay"
    assert player.problem == ""
    for call in programs.calls("paplay"):
        assert isinstance(call["pid"], int)
        with pytest.raises(ProcessLookupError):
            os.kill(call["pid"], 0)


def test_when_the_only_player_hangs_it_is_told(programs: Programs, tmp_path: Path) -> None:
    programs.add("paplay", "time.sleep(60)")
    player = found(programs)
    sounding = player.play(tmp_path / "a.wav")
    assert sounding is not None
    sounding.give_up()
    assert "paplay cannot play (it hangs)" in player.problem


def test_without_a_device_it_is_told_once_and_there_is_no_storm(programs: Programs, tmp_path: Path) -> None:
    programs.add("paplay", "sys.exit(1)")
    clock = Clock()
    base = found(programs)
    assert isinstance(base, ProgramPlayer)
    player = ProgramPlayer(base._programs, clock)
    played(player, tmp_path / "a.wav")
    assert "paplay cannot play (exit code 1)" in player.problem
    for _ in range(50):
        assert player.play(tmp_path / "a.wav") is None
    assert len(programs.calls("paplay")) == 1

    programs.add("paplay")  # the headset is back
    clock.now += REST_S
    played(player, tmp_path / "a.wav")
    assert player.problem == ""


def test_a_program_that_cannot_be_started_is_a_failure_and_no_error(
    programs: Programs, tmp_path: Path
) -> None:
    programs.add("afplay").chmod(0o644)
    player = found(programs, "darwin")
    sounding = player.play(tmp_path / "a.wav")
    if sounding is not None:
        until(sounding.is_over)
    assert player.problem


def test_arguments_that_no_system_takes_are_an_os_error() -> None:
    with pytest.raises(OSError):
        spawn(["true", "a\0b"])


def test_a_child_that_hangs_is_killed_after_its_time(programs: Programs) -> None:
    programs.add("hangs", "time.sleep(60)")
    code, printed = run_child(["hangs"], "text", timeout_s=0.5)
    assert (code, printed) == (None, "")
    assert programs.calls("hangs")[0]["text"] == "text\n"


def test_a_child_reads_one_line_without_control_characters(programs: Programs) -> None:
    programs.add("reads", "print('heard')")
    assert run_child(["reads"], "a\nb\x1b]0;c\ud800 é", timeout_s=10) == (0, "heard\n")
    assert programs.calls("reads")[0]["text"] == "a b ]0;c? é\n".replace("?", " ")


def test_ending_all_ends_what_a_child_has_started_too(programs: Programs, tmp_path: Path) -> None:
    marker = tmp_path / "grandchild"
    programs.add(
        "starts", f"pid = os.fork()\nif pid: open({str(marker)!r}, 'w').write(str(pid))\ntime.sleep(60)"
    )
    spawn(["starts"])
    until(lambda: marker.exists() and marker.read_text())
    end_all()
    until(lambda: _is_gone(int(marker.read_text())))


def _is_gone(pid: int) -> bool:
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        return False


@pytest.mark.skipif(not leash(), reason="setpriv of util-linux is not here")
def test_a_hung_player_dies_with_a_killed_backtimer(programs: Programs) -> None:
    programs.add("paplay", "time.sleep(60)")
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from backtimer.audio.speaker import Speaker\n"
        "from backtimer.audio.player import find_player\n"
        "from backtimer.core.speech.cues import Cue, Priority, Tone\n"
        "now = time.monotonic()\n"
        "speaker = Speaker(find_player(), None, time.monotonic, Path(sys.argv[1]))\n"
        "speaker.play([Cue(now, now + 30, Priority.NOW, tone=Tone.COUNT)])\n"
        "time.sleep(60)\n"
    )
    backtimer = subprocess.Popen([sys.executable, "-c", code, str(programs.folder / "sounds")])
    try:
        until(lambda: programs.calls("paplay"))
    finally:
        backtimer.send_signal(signal.SIGKILL)
        backtimer.wait()
    for call in programs.calls("paplay"):
        pid = call["pid"]
        assert isinstance(pid, int)
        until(lambda pid=pid: _is_gone(pid))  # type: ignore[misc]
