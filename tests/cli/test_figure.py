"""`backtimer figure`: text in a pipe, pictures, refusals; and the picture that moves, in a real terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from backtimer.cli.figure import shade_inks
from backtimer.cli.main import main
from backtimer.core.figure.colours import DARK_GROUND, LIGHT_GROUND, Shade
from tests.cli.conftest import Run

OWN = """format: 1
name: Own
position: standing
phases: [{do: lift, for: 1s}, {do: lower, for: 1s}]
figure: {poses: {start: {}, up: {arm: 90}}, phases: {lift: up, lower: start}}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    return file


def test_a_pipe_gets_the_pose_in_which_each_phase_ends(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figure", "bird-dog"]) == 0
    printed = capsys.readouterr().out
    assert "Bird-dog · reach\n" in printed
    assert "Bird-dog · return\n" in printed
    assert "⣿" in printed
    assert "\x1b" not in printed
    assert max(map(len, printed.splitlines())) <= 44


def test_one_phase_in_another_size(home: Path, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figure", str(own), "--phase", "lift", "--size", "26x8"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Own · lift"
    assert len(lines) == 1 + 8 + 1
    assert max(map(len, lines)) <= 26


def test_the_colours_go_with_the_ground(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    found = {}
    for theme in ("", "theme: dark", "theme: light"):
        for ground in ("15;0", "0;15"):
            (home / "settings.yaml").write_text(theme, encoding="utf-8")
            monkeypatch.setenv("COLORFGBG", ground)
            found[theme, ground] = shade_inks()[Shade.MOVER]
    dark, light = (
        "\x1b[38;2;{};{};{}m".format(*bytes.fromhex(colours[Shade.MOVER][1:]))
        for colours in (DARK_GROUND, LIGHT_GROUND)
    )
    assert list(found.values()) == [dark, light, dark, dark, light, light]
    monkeypatch.setenv("NO_COLOR", "1")
    assert shade_inks()[Shade.MOVER] == "\x1b[1m"


WEEK = """format: 1
title: Week
days: {monday: {exercises: [bird-dog, {exercise: own, reps: 2}, {exercise: other, hold: 9s}]}}
exercises:
  own:
    name: Own
    position: standing
    phases: [{do: lift, for: 1s}, {do: lower, for: 1s}]
    figure: {poses: {start: {}, up: {arm: 90}}, phases: {lift: up, lower: start}}
  other: {name: Other, position: prone, figure: bird-dog}
"""


BARE = "format: 1\ntitle: Week\ndays: {monday: {exercises: [bird-dog]}}\n"


@pytest.mark.parametrize(
    ("named", "shown"), [([], "Own · lift"), (["other"], "Other · "), (["bird-dog"], "Bird-dog · reach")]
)
def test_a_routines_file_shows_the_exercises_in_it(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], named: list[str], shown: str
) -> None:
    file = tmp_path / "week.yaml"
    file.write_text(WEEK, encoding="utf-8")
    assert main(["figure", str(file), *named]) == 0
    assert capsys.readouterr().out.startswith(shown)


@pytest.mark.parametrize(
    ("text", "named", "told"),
    [
        (WEEK, "owm", "has no exercise 'owm'; did you mean 'own'?"),
        (WEEK, "juggling", "has no exercise 'juggling'; those in it are own, other, bird-dog"),
        (BARE, None, "a routine without exercises of its own; say which one it uses: bird-dog"),
        (OWN, "other", "is the file of one exercise, 'week'"),
    ],
)
def test_of_a_file_that_has_no_such_exercise_it_is_told(
    tmp_path: Path, run: Run, text: str, named: str | None, told: str
) -> None:
    file = tmp_path / "week.yaml"
    file.write_text(text, encoding="utf-8")
    code, _out, err = run("figure", str(file), *([named] if named else []))
    assert code == 2 and told in err


def test_a_picture_has_start_middle_and_end(home: Path, own: Path, tmp_path: Path) -> None:
    picture = tmp_path / "own.svg"
    assert main(["figure", str(own), "--svg", str(picture)]) == 0
    labels = [each.text for each in ElementTree.parse(picture).iter() if each.tag.endswith("}text")]
    assert labels == ["Own · lift"] * 3 + ["Own · lower"] * 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["brid-dog"], "backtimer: there is no exercise 'brid-dog'; did you mean 'bird-dog'?"),
        (["bird-dog", "--phase", "raech"], "has no phase 'raech'; did you mean 'reach'?"),
        (["bird-dog", "--size", "44"], "'44' is no size: write columns and rows as in 44x12"),
        (["bird-dog", "--size", "900x9"], "at most 300x100"),
        (["bird-dog", "--size", "44x12", "--svg", "x.svg"], "--svg and --size: one at a time"),
        (["./nothing.yaml"], "nothing.yaml"),
        (["bird-dog", "reach"], "'bird-dog' is no file: in place of 'reach' write --phase, or the path"),
    ],
)
def test_what_cannot_be_is_told_with_exit_code_2(
    home: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figure", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_mistake_in_a_file_is_told_with_its_place(
    home: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own.write_text(OWN.replace("arm: 90", "arn: 90"), encoding="utf-8")
    assert main(["figure", str(own)]) == 2
    assert "own.yaml:5:34: unknown key 'arn' in a pose; did you mean 'arm'?" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
def test_it_plays_in_its_place_and_reads_the_file_again(home: Path, own: Path) -> None:
    import pexpect

    child = pexpect.spawn(
        sys.executable,
        ["-m", "backtimer", "figure", str(own)],
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=20,
        env={name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")},
    )
    child.expect("Own · lift")
    child.setwinsize(8, 30)
    child.expect("\x1b\\[6A")
    child.setwinsize(24, 80)
    child.expect("\x1b\\[13A")
    own.write_text(OWN.replace("arm: 90", "arn: 90"), encoding="utf-8")
    child.expect(r"\^\^\^")
    own.write_text(OWN.replace("lift: up", "lift: [start, up]"), encoding="utf-8")
    child.expect("Own · lower")
    child.send("q")
    child.expect("\x1b\\[\\?25h")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
