"""Output that cannot be written, for every command there is: one line, and an exit code that is not 0."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backtimer.cli.arguments import COMMANDS
from backtimer.cli.main import main
from tests.terminal.harness import BACKTIMER, environment

ARGUMENTS = {
    "today": "today --plain",
    "start": "start {brief} --plain",
    "show": "show lower-back",
    "explain": "explain lower-back monday",
    "figure": "figure bird-dog",
    "check": "check lower-back",
    "use": "use gentle-start",
    "track": "track {brief} -o {home}/track.wav --cues tones",
    "off": "off --list",
    "log": "log pain 3",
    "import": "import {export}",
    "new": "new mine",
    "restore": "restore --list",
}
"""What a command needs to print something; the others need nothing."""

LINES = [ARGUMENTS.get(name, name) for name in COMMANDS if name != "edit"] + [  # it prints to a terminal only
    "--help",
    "--version",
    "today --help",
    "list --exercises",
    "explain lower-back monday --json",
    "history --json",
    "history --csv",
    "streak --json",
    "export --csv",
    "doctor audio",
]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose history has an entry, and beside it the export of that: made once, and copied by each."""
    place = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BACKTIMER_HOME", str(place / "home"))
        assert main(["log", "swim", "30m"]) == 0
        assert main(["export", "-o", str(place / "export.json")]) == 0
    return place


@pytest.fixture
def export(home: Path, prepared: Path) -> Path:
    """The export of the history that is in this home."""
    shutil.copytree(prepared / "home", home, dirs_exist_ok=True)
    return prepared / "export.json"


FORKING = """
import argparse, csv, gc, importlib, json, os, pkgutil, signal, sys
import yaml, sqlite3, wave, backtimer.audio, backtimer.cli, backtimer.storage.history
from backtimer.cli.main import run

for place in (backtimer.audio, backtimer.cli, backtimer.storage.history):
    for module in pkgutil.iter_modules(place.__path__, place.__name__ + "."):
        importlib.import_module(module.name)
gc.collect()
gc.freeze()

def begin(arguments, environment, out, err):
    signal.alarm(60)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = arguments
    nowhere = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nowhere, 0)
    os.close(nowhere)
    if err is None:
        os.close(2)
        sys.stderr = None
    else:
        os.dup2(os.open(err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    if out is None:
        os.close(1)
        sys.stdout = None
    elif out == "nobody":
        reading, writing = os.pipe()
        os.close(reading)
        os.dup2(writing, 1)
    else:
        os.dup2(os.open(out, os.O_WRONLY), 1)

for line in iter(sys.stdin.readline, ""):
    pid = os.fork()
    if not pid:
        begin(*json.loads(line))
        break
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
else:
    sys.exit()
run()
"""
"""Runs one command after the other, each in a fork of a process that has read the modules: as from a shell,
for a third of what it takes to start Python and read them.
"""


@pytest.fixture(scope="module")
def forks() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", FORKING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(60) == 0


class Shell:
    """Runs a command of this home: its exit code, and what it says on standard error."""

    def __init__(self, home: Path, brief: Path, export: Path, forks: subprocess.Popen[str]) -> None:
        self.home = home
        self._names = {"home": home, "brief": brief, "export": export}
        self._forks = forks

    def __call__(self, line: str, after: str, out: int = subprocess.DEVNULL) -> tuple[int, str]:
        """In a shell, with what stands behind the command there."""
        done = subprocess.run(
            ["bash", "-c", f'"{BACKTIMER}" {line.format(**self._names)} {after}'],
            env=environment(self.home),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stderr

    def fork(self, line: str, out: str | None, *, err: bool = True) -> tuple[int, str]:
        """The same without a shell. No `out`, or no `err`: it is closed; `nobody`: its reader has gone."""
        told = self.home / "told"
        arguments = line.format(**self._names).split()
        asked = [arguments, environment(self.home), out, str(told) if err else None]
        assert self._forks.stdin is not None and self._forks.stdout is not None
        self._forks.stdin.write(json.dumps(asked) + "\n")
        self._forks.stdin.flush()
        code = int(self._forks.stdout.readline())
        text = told.read_text() if err else ""
        assert "Traceback" not in text
        return code, text


@pytest.fixture
def shell(home: Path, brief: Path, export: Path, forks: subprocess.Popen[str]) -> Shell:
    return Shell(home, brief, export, forks)


LOST = [
    (None, ">&-", "it is closed"),
    ("/dev/full", "> /dev/full", "No space left on device"),
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize(("out", "_after", "why"), LOST, ids=["closed", "full"])
def test_lost_output_is_told(shell: Shell, line: str, out: str | None, _after: str, why: str) -> None:
    if out and not Path(out).exists():
        pytest.skip("no device that is always full")
    code, told = shell.fork(line, out)
    assert code == 1
    assert told.splitlines()[-1] == f"backtimer: the output cannot be written: {why}"


@pytest.mark.parametrize("line", ["list", "history --csv", "--version"])
@pytest.mark.parametrize(("out", "after", "why"), LOST, ids=["closed", "full"])
def test_lost_output_is_told_in_a_shell(
    shell: Shell, line: str, out: str | None, after: str, why: str
) -> None:
    if out and not Path(out).exists():
        pytest.skip("no device that is always full")
    code, told = shell(line, after)
    assert code == 1
    assert told.splitlines()[-1] == f"backtimer: the output cannot be written: {why}"


@pytest.mark.parametrize("line", LINES)
def test_a_reader_that_has_gone_ends_a_command_as_it_ends_others(shell: Shell, line: str) -> None:
    code, told = shell.fork(line, "nobody")
    assert code == 141
    assert "output" not in told


def test_a_reader_that_has_gone_ends_a_command_of_a_shell(shell: Shell) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        code, told = shell("history --csv", "", writing)
    finally:
        os.close(writing)
    assert code == 141
    assert "output" not in told


@pytest.mark.parametrize("line", LINES)
def test_without_a_place_for_either_there_is_still_an_exit_code(shell: Shell, line: str) -> None:
    assert shell.fork(line, None, err=False) == (1, "")


def test_without_a_place_for_either_there_is_an_exit_code_in_a_shell(shell: Shell) -> None:
    assert shell("list", ">&- 2>&-") == (1, "")


@pytest.mark.parametrize("line", ["restore", "import -"])
def test_without_standard_input_a_question_is_refused(shell: Shell, line: str) -> None:
    code, _ = shell(line, "<&-")
    assert code == 2


@pytest.mark.parametrize(
    "line",
    ["off", "restore nothing.db --yes", "log swim", "show nothing", "list --nothing", "history --json"],
)
def test_what_cannot_be_told_on_standard_error_changes_no_exit_code(shell: Shell, line: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    code, _ = shell(line, "")
    assert shell(line, "2> /dev/full")[0] == shell(line, "2>&-")[0] == code


def test_a_remark_that_cannot_be_told_keeps_no_command_from_running(shell: Shell) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    done = subprocess.run(
        ["bash", "-c", f'"{BACKTIMER}" streak 2> /dev/full'],
        env=environment(shell.home, TZ="UTC+99"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0 and done.stdout
