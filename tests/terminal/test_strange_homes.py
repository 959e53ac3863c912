"""Homes that are somebody else's, or none at all, and time zones that are none: told, no traceback."""

from __future__ import annotations

import io
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backtimer.cli.arguments import COMMANDS
from backtimer.cli.main import main
from tests.audio.sink import require
from tests.terminal.harness import BACKTIMER, environment

SOMEBODY = 54321
"""A user that no system knows."""

ARGUMENTS = {
    "today": "today --plain",
    "start": "start gentle-start monday --plain",
    "explain": "explain lower-back monday",
    "figure": "figure bird-dog",
    "use": "use gentle-start",
    "track": "track lower-back monday -o {away}/track.wav --cues tones",
    "off": "off --list",
    "log": "log swim 30m",
    "import": "import /dev/null",
    "new": "new mine",
}

LINES = [ARGUMENTS.get(name, name) for name in COMMANDS]

WITHOUT_POWERS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--")
"""What makes root a user like others where permissions are concerned."""


def told(line: str, away: Path, *before: str, **more: str | None) -> tuple[int, str, str]:
    """What a command says; a session is ended after a while, which is no failure."""
    settled = {**environment(away), **more}
    started = subprocess.Popen(
        [*before, BACKTIMER, *line.format(away=away).split()],
        env={name: value for name, value in settled.items() if value is not None},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        out, err = started.communicate(timeout=6)
    except subprocess.TimeoutExpired:
        started.terminate()
        out, err = started.communicate(timeout=20)
    assert "Traceback" not in err, err
    return started.returncode, out, err


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Path]:
    """A home that we may not look into."""
    folder = tmp_path / "theirs"
    for name in (".config/backtimer/routines", ".local/share/backtimer", ".cache/backtimer"):
        (folder / name).mkdir(parents=True)
    if os.geteuid() == 0:
        require(WITHOUT_POWERS[0])
        for each in (folder, *folder.rglob("*")):
            os.chown(each, SOMEBODY, SOMEBODY)
        folder.chmod(0o700)
    else:
        folder.chmod(0)
    yield folder
    folder.chmod(0o700)


@pytest.mark.parametrize("line", LINES)
def test_the_home_of_somebody_else(theirs: Path, line: str) -> None:
    before = WITHOUT_POWERS if os.geteuid() == 0 else ()
    code, out, err = told(line, theirs, *before, BACKTIMER_HOME=None)
    if line == "doctor":
        assert code == 1
        assert "cannot be read: Permission denied" in out and "encoding:" in out and "history:" in out
    elif line == "safety":
        assert (code, err) == (0, "") and "Go to hospital now" in out, "the card is for everybody"
    elif line == "schema" or line.startswith("figure"):
        assert (code, err) == (0, "") and "ird-dog" in out, "what comes with the program is for everybody"
    else:
        assert code != 0
        assert err and len(err.splitlines()) == 1


@pytest.mark.parametrize("line", LINES)
def test_no_home_at_all(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unknown(user: int) -> object:
        raise KeyError(user)

    monkeypatch.setattr("pwd.getpwuid", unknown)
    monkeypatch.delenv("HOME")
    monkeypatch.delenv("BACKTIMER_HOME")
    monkeypatch.chdir(tmp_path)
    code = main(line.format(away=tmp_path).split())
    printed = capsys.readouterr()
    if line == "safety":
        assert (code, printed.err) == (0, "") and "Go to hospital now" in printed.out
    else:
        assert code == 1
        assert "there is no home directory" in (printed.out if line == "doctor" else printed.err)
    assert not list(tmp_path.iterdir()), "nobody means a folder that is called '~'"


@pytest.fixture(params=["UTC+99", "UTC-99"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A time zone that is none, in this process."""
    wanted: str = request.param
    with monkeypatch.context() as patch:
        patch.setenv("TZ", wanted)
        time.tzset()
        yield wanted
    time.tzset()


SESSIONS = [line for line in LINES if line.endswith(" --plain")]
"""They take their time, and are ended by a signal."""


@pytest.mark.parametrize("line", [*sorted({*LINES} - {*SESSIONS}), "log swim 30m --date yesterday"])
def test_a_time_zone_that_is_none(
    home: Path, line: str, zone: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(line.format(away=home).split()) in (0, 1, 2)
    assert f"The time zone '{zone}' (TZ) is a day or more away from UTC" in capsys.readouterr().err


@pytest.mark.parametrize("line", SESSIONS)
def test_a_session_in_a_time_zone_that_is_none(home: Path, line: str, zone: str) -> None:
    started = subprocess.Popen(
        [BACKTIMER, *line.split()],
        env=environment(home, TZ=zone),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None and started.stderr is not None
    assert f"The time zone '{zone}' (TZ) is a day or more away from UTC" in started.stderr.readline()
    begun = any(line.startswith("Get ready.") for line in started.stdout)
    assert begun, "it begins all the same"
    started.terminate()
    _, err = started.communicate(timeout=20)
    assert "Traceback" not in err
    assert started.returncode in (0, 1, 2, 143)


@pytest.mark.parametrize("zone", ["", "foo", ":/dev/zero", "UTC+3:30:15", "A" * 5000, "../../etc/passwd"])
def test_time_zones_that_are_odd_and_can_be_used(home: Path, zone: str) -> None:
    assert told("log swim 30m", home, TZ=zone)[0] == 0
