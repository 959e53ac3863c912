"""Sound that is not there, or goes away and comes back: told on the first screen and in a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audio.fakes import Programs, rendering, words_with_silence, write_wav
from tests.terminal.conftest import Spawn
from tests.terminal.harness import Terminal

VOICES = """\
if any(a.startswith("--voices=") for a in arguments):
    print("Pty Language       Age/Gender VoiceName          File                 Other Languages")
    print(" 5  en              --/M      English            gmw/en")
"""


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    """The only programs that there are."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return Programs(folder)


def heard(programs: Programs) -> dict[str, str]:
    """An environment in which sessions are not mute, and nothing but these programs is found."""
    return {"PATH": str(programs.folder), "BACKTIMER_MUTE": ""}


def add_voice(programs: Programs, before: str = "") -> None:
    source = write_wav(programs.folder / "source.wav", words_with_silence())
    programs.add("espeak-ng", before + VOICES + rendering(source, "-w"))


def unless(works: Path) -> str:
    """The beginning of a program that fails while a file is not there."""
    return f"if not os.path.exists({str(works)!r}): sys.exit(1)\n"


def skip_safety(plain: Terminal) -> None:
    """Let what is told before the first session be read no longer: any key is enough of it."""
    plain.wait_for_output("backtimer safety")
    plain.send("x")


def assert_told_everywhere(spawn: Spawn, programs: Programs, short: Path, words: str) -> None:
    """One after the other: of two sessions at once the second is silent, and tells that instead."""
    today = spawn("today", more_environment=heard(programs))
    today.wait_for(words)
    session = spawn("start", str(short), more_environment=heard(programs))
    session.wait_for(words)
    session.send("\x03")
    assert session.wait_for_end() == 130
    again = ("start", str(short), "--plain", "--unfinished", "later")
    plain = spawn(*again, more_environment=heard(programs))
    skip_safety(plain)
    plain.wait_for(words)


def test_no_player_is_told_on_today_in_the_session_and_in_plain_lines(
    spawn: Spawn, programs: Programs, short: Path
) -> None:
    assert_told_everywhere(spawn, programs, short, "Nothing can be heard")


def test_no_voice_is_told_on_today_in_the_session_and_in_plain_lines(
    spawn: Spawn, programs: Programs, short: Path
) -> None:
    programs.add("paplay")
    assert_told_everywhere(spawn, programs, short, "There is no voice, only tones")


def test_a_server_that_is_not_there_is_told_on_today_until_it_is(
    spawn: Spawn, programs: Programs, tmp_path: Path
) -> None:
    works = tmp_path / "works"
    programs.add("paplay", unless(works))
    add_voice(programs)
    today = spawn("today", more_environment=heard(programs))
    today.wait_for("Nothing can be heard: paplay cannot play (exit code 1).")
    works.touch()
    today.wait_until_gone("Nothing can be heard", seconds=5)
    works.unlink()
    today.wait_for("Nothing can be heard")


def test_a_server_that_goes_away_is_told_in_the_session_until_it_is_back(
    spawn: Spawn, programs: Programs, tmp_path: Path, short: Path
) -> None:
    works = tmp_path / "works"
    works.touch()
    programs.add("paplay", unless(works))
    add_voice(programs)
    session = spawn("start", str(short), more_environment=heard(programs))
    session.wait_for("Press up")
    works.unlink()
    session.wait_for("Nothing can be heard: paplay cannot play (exit code 1).")
    session.send(" ")
    session.wait_for("Space goes on")
    works.touch()
    session.wait_until_gone("Nothing can be heard", seconds=5)


@pytest.mark.parametrize("body", ["sys.exit(1)\n", "time.sleep(60)\n"], ids=["dies", "hangs"])
def test_a_voice_that_fails_is_told_in_plain_lines_until_it_speaks(
    spawn: Spawn, programs: Programs, tmp_path: Path, short: Path, body: str
) -> None:
    works = tmp_path / "works"
    programs.add("paplay")
    add_voice(programs, f"if not os.path.exists({str(works)!r}): {body}")
    session = spawn("start", str(short), "--plain", more_environment=heard(programs))
    skip_safety(session)
    session.wait_for_output("tones instead of words")
    session.send(" ")
    works.touch()
    session.wait_for_output("Sound is back.")


def test_a_voice_that_fails_is_told_on_today(spawn: Spawn, programs: Programs) -> None:
    programs.add("paplay")
    programs.add("espeak-ng", VOICES + "sys.exit(1)")
    today = spawn("today", more_environment=heard(programs))
    today.wait_for("espeak-ng renders nothing (exit code 1)")


def test_silence_that_is_asked_for_is_no_trouble(spawn: Spawn, programs: Programs, short: Path) -> None:
    plain = spawn("start", str(short), "--plain", "--mute", more_environment=heard(programs))
    plain.wait_for_output("Press up")
    assert b"heard" not in plain.raw
