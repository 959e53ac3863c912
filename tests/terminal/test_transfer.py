"""`import` and `restore` in a terminal: the bar, and the question."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from backtimer.cli.main import main
from tests.cli.half_year import make_half_year
from tests.terminal.conftest import Spawn
from tests.terminal.harness import BACKTIMER, environment, history


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a year of another machine."""
    home = tmp_path_factory.mktemp("other")
    make_half_year(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BACKTIMER_HOME", str(home))
        assert main(["export", "-o", str(home / "export.json")]) == 0
    return home / "export.json"


@pytest.mark.parametrize("columns", [80, 24])
def test_an_import_shows_how_far_it_is_on_one_line(spawn: Spawn, export: Path, columns: int) -> None:
    terminal = spawn("import", str(export), columns=columns)
    assert terminal.wait_for_end() == 0
    bars = re.findall(rb"\r(#*-* +[0-9]+ %)", terminal.raw)
    percents = [int(bar.split()[-2]) for bar in bars]
    assert len(bars) > 2 and percents == sorted(percents) and percents[-1] == 100
    assert all(len(bar) < columns for bar in bars)
    said = "".join(terminal.text.split())
    assert said.startswith("107sessionsnew") and "#" not in said and "%" not in said


def test_an_import_into_a_pipe_has_no_bar(home: Path, export: Path) -> None:
    done = subprocess.run(
        [BACKTIMER, "import", str(export)], env=environment(home), capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("107 sessions new") and done.stderr == ""


def test_an_import_from_the_keyboard_says_so_and_can_be_stopped(spawn: Spawn, home: Path) -> None:
    terminal = spawn("import", "-")
    terminal.wait_for("Reading from the keyboard")
    terminal.send("\x03")
    terminal.wait_for("Nothing was changed.")
    assert terminal.wait_for_end() == 130
    assert history(home) == []


@pytest.fixture
def kept(home: Path) -> Path:
    """A copy of a history with one session; the history itself has another one by now."""
    assert main(["log", "swim", "30m"]) == 0
    shutil.copy(home / "history.db", home / "kept.db")
    assert main(["log", "walk", "20m"]) == 0
    return home / "kept.db"


@pytest.mark.parametrize("answer", ["y\r", "YES\r"])
def test_restore_asks_and_does_it(spawn: Spawn, home: Path, kept: Path, answer: str) -> None:
    terminal = spawn("restore", str(kept), columns=200)
    terminal.wait_for("Do it? (y/n)")
    assert "in the place of your history, which is moved aside, not deleted" in terminal.text
    terminal.send(answer)
    terminal.wait_for("1 session restored")
    assert terminal.wait_for_end() == 0
    assert [session["title"] for session in history(home)] == ["swim"]


@pytest.mark.parametrize(
    ("answer", "code"), [("n\r", 1), ("\r", 1), ("yesterday\r", 1), ("\x04", 1), ("\x03", 130)]
)
def test_restore_changes_nothing_without_a_yes(
    spawn: Spawn, home: Path, kept: Path, answer: str, code: int
) -> None:
    terminal = spawn("restore", str(kept))
    terminal.wait_for("Do it? (y/n)")
    terminal.send(answer)
    terminal.wait_for("\nNothing was changed.")
    assert terminal.wait_for_end() == code
    assert [session["title"] for session in history(home)] == ["swim", "walk"]
    assert not [path for path in home.iterdir() if "replaced" in path.name]


def test_the_question_tells_which_backup_it_is(spawn: Spawn, kept: Path) -> None:
    terminal = spawn("restore", columns=200)
    terminal.wait_for("Do it? (y/n)")
    assert re.search(r"\(20..-..-.. ..:.. UTC, weekly, 1 session\)", terminal.text)
    terminal.send("\x03")
    assert terminal.wait_for_end() == 130


def test_what_is_not_there_is_told_before_the_question(spawn: Spawn, home: Path, kept: Path) -> None:
    terminal = spawn("restore", str(home / "nothing.db"))
    assert terminal.wait_for_end() == 2
    assert "there is no such file" in terminal.text and "Do it?" not in terminal.text


def shell(home: Path, line: str) -> subprocess.CompletedProcess[str]:
    """What a line of a shell prints, `backtimer` being ours."""
    return subprocess.run(
        ["bash", "-c", f'backtimer() {{ "{BACKTIMER}" "$@"; }}; {line}'],
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize("command", ["export", "export --csv", "history --csv", "history --json"])
def test_a_reader_that_has_seen_enough_is_no_trouble(home: Path, export: Path, command: str) -> None:
    assert main(["import", str(export)]) == 0
    done = shell(home, f"backtimer {command} | head -n 1; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (141, "", 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", ["export", "history", "history --csv", "streak"])
def test_a_full_disk_is_told_in_one_line(home: Path, export: Path, command: str) -> None:
    assert main(["import", str(export)]) == 0
    done = shell(home, f"backtimer {command} > /dev/full")
    assert done.returncode == 1
    assert done.stderr == "backtimer: the output cannot be written: No space left on device\n"
