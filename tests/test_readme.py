"""The README keeps its word: every command in it runs, every file reads, its pictures are the screens."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from backtimer.cli.main import main
from backtimer.core.speech.phrases import safety_words
from tests import pictures

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

MOST_BYTES = 400_000
"""Of a picture that nobody has to wait for."""


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines() if line]
INSTALL = [line for line in COMMANDS if line.startswith("python3 -m venv")]
PLAIN = [line for line in COMMANDS if line.startswith("backtimer") and "--plain" not in line]
IN_REAL_TIME = [line for line in COMMANDS if "--plain" in line]


def test_every_command_is_one_of_those_that_are_run() -> None:
    assert len(INSTALL) == 2
    assert sorted(INSTALL + PLAIN + IN_REAL_TIME) == sorted(COMMANDS)


@pytest.mark.parametrize("line", PLAIN)
def test_commands(
    line: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # what is written "here" is not to be written into the clone
    assert main(shlex.split(line)[1:]) == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize("line", IN_REAL_TIME)
def test_a_session_that_takes_its_time_begins(line: str, home: Path) -> None:
    # The whole of it takes 24 minutes; tests/terminal plays shorter ones to the end.
    from tests.terminal.harness import BACKTIMER, environment

    with subprocess.Popen(
        [BACKTIMER, *shlex.split(line)[1:]],
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        title, card, first = (process.stdout.readline() for _ in range(3))
        process.terminate()
    assert title.startswith("Strength circuit")
    assert card == f"{safety_words()}\n", "before the very first session"
    assert first.startswith("Get ready.") and "First: Bird-dog." in first


def test_the_routine_and_the_settings_in_it_are_good_files(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    routine, programme, settings = blocks("yaml")
    (home / "routines").mkdir()
    (home / "routines" / "my-back.yaml").write_text(routine, encoding="utf-8")
    (home / "routines" / "programme.yaml").write_text(programme, encoding="utf-8")
    (home / "settings.yaml").write_text(settings, encoding="utf-8")
    assert main(["check"]) == 0, capsys.readouterr().err
    assert main(["use", "my-back"]) == 0
    assert main(["show"]) == 0
    assert "My back" in capsys.readouterr().out


@pytest.mark.parametrize("name", pictures.TAKEN)
async def test_the_pictures_are_the_program_as_it_looks_now(name: str) -> None:
    """Where this fails and the screens are as wanted: `python -m tests.pictures`, and look at them."""
    kept = (pictures.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert f"![{pictures.TOLD[name]}](docs/pictures/{name}.svg)" in README
    assert len(kept) < MOST_BYTES
    assert await pictures.taken(name) == kept


def test_the_picture_of_the_workout_moves_where_motion_is_welcome() -> None:
    kept = (pictures.FOLDER / "workout.svg").read_text(encoding="utf-8")
    animated, named = set(re.findall(r"animation:(k\d+) ", kept)), set(re.findall(r"@keyframes (k\d+)", kept))
    used = set(re.findall(r'class="[mn] (k\d+)"', kept))
    assert used and used == animated == named
    assert "prefers-reduced-motion" in kept
    assert kept.count('class="n k') >= 3, "who wants no motion sees a whole screen"


def test_every_command_of_the_program_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    names = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)
    assert len(names) >= 10
    assert [name for name in names if f"`backtimer {name}" not in README] == []


@pytest.mark.skipif(
    not os.environ.get("CI") or os.name == "nt",
    reason="installs into a new virtual environment from the package index: run with CI=true",
)
def test_the_first_command_ends_in_the_first_screen(tmp_path: Path, home: Path) -> None:
    from tests.terminal.harness import Terminal

    clone = tmp_path / "backtimer"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    proxies = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "http"))}
    line = f"cd {shlex.quote(str(clone))} && {INSTALL[0]}"
    terminal = Terminal(["-c", line], home, command="/bin/bash", more_environment=proxies)
    try:
        terminal.wait_for("q Quit", seconds=300)  # the whole first screen: a key before it means nothing
        terminal.send("q")
        assert terminal.wait_for_end() == 0
    finally:
        terminal.close()
