"""The exercises there are, looked through."""

from __future__ import annotations

import json
import os
import re

import pytest

from backtimer.cli import exercise_list
from backtimer.core.figure.braille import Pen
from tests.bundled import CATALOGUE, catalogue
from tests.cli.conftest import Run

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def ids(run: Run, *asked: str) -> list[str]:
    code, out, err = run("list", "--exercises", *asked)
    assert (code, err) == (0, "")
    return [line.split()[0] for line in out.splitlines()]


def test_without_anything_asked_for_all_are_listed(run: Run) -> None:
    assert ids(run) == CATALOGUE


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["bird"], ["bird-dog", "bird-dog-box"]),
        (["Bird-Dog", "box"], ["bird-dog-box"]),
        (["half circles"], ["head-roll"]),
        (["--equipment", "band"], ["band-outward-rotation", "seated-row"]),
        (["--equipment", "RESISTANCE", "--target", "erector"], ["seated-row"]),
        (["--target", "hip flex", "--position", "half-kneeling"], ["hip-flexor-stretch"]),
        (["--position", "one knee"], ["hip-flexor-stretch"]),
        (["chair", "--target", "quads"], ["sit-to-stand", "squat"]),
        (["bird", "--position", "on all fours", "--target", "lower back"], ["bird-dog", "bird-dog-box"]),
        (["--target", "diaphragm", "--target", "transversus", "--position", "supine"], ["belly-breathing"]),
        (["--position", "prone", "--position", "supine"], []),
        (["lap", "--position", "kneeling"], []),
    ],
)
def test_words_and_facts_can_be_combined(run: Run, asked: list[str], found: list[str]) -> None:
    if found:
        assert ids(run, *asked) == found
    else:
        assert run("list", "--exercises", *asked)[0] == 1


def test_words_are_looked_for_in_all_that_is_told(run: Run) -> None:
    found = ids(run, "pillow", "forehead")
    assert "prone-leg-lift" in found
    assert "squat" not in found


def test_what_is_called_so_comes_before_where_it_is_only_told(run: Run) -> None:
    lines = run("list", "--exercises", "knee")[1].splitlines()
    blank = lines.index("")
    found = [line.split()[0] for line in lines[:blank]]
    assert found.index("knee-rolls") < found.index("childs-pose"), "by how it is placed"
    rest = " ".join(lines[blank + 1 :])
    assert rest.startswith("'knee' is also in what is told of: ") and " squat" in rest
    assert not {*found} & {*rest.replace(",", "").split()}
    assert ids(run, "cobra") == ["press-up"]


def test_each_kind_of_fact_holds_for_all_that_are_found(run: Run) -> None:
    known = catalogue()
    on_back = ids(run, "--position", "on your back")
    assert on_back and {known[each].position.value for each in on_back} == {"supine"}
    assert on_back == ids(run, "--position", "supine")
    bare = ids(run, "--equipment", "none")
    assert bare == [each for each in CATALOGUE if {*known[each].equipment} <= {"mat"}]
    assert ids(run, "--position", "kneeling") == ["childs-pose"], "one knee is another position"


def test_a_fact_alone_means_exercises(run: Run) -> None:
    assert run("list", "--target", "calves")[1] == run("list", "--exercises", "--target", "calves")[1]
    code, out, err = run("list", "knee")
    assert (code, out) == (2, "") and err.endswith("backtimer list --exercises knee\n")


def test_for_programs_it_is_json(run: Run) -> None:
    (found,) = json.loads(run("list", "--json", "--equipment", "band", "--target", "erector")[1])
    assert found == {
        "id": "seated-row",
        "name": "Seated row with a band",
        "phases": ["pull", "return"],
        "position": "floor-seated",
        "sides": "none",
        "equipment": ["mat", "resistance band", "folded towel"],
        "targets": ["erector spinae", "shoulder blade muscles", "latissimus dorsi"],
        "easier": "shoulder-blade-squeeze",
        "harder": "",
        "instead": "shoulder-blade-squeeze",
        "broken": False,
    }
    assert run("list", "--json", "zebra")[:2] == (0, "[]\n")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["bird-dgo"], ["no exercise fits: bird-dgo", "none has 'bird-dgo'; did you mean 'bird-dog'?"]),
        (
            ["--target", "gluets"],
            ["no exercise fits: --target gluets", "none has 'gluets'; did you mean 'glutes'?"],
        ),
        (
            ["--target", "lungs", "--equipment", "none"],
            [
                "no exercise fits: --equipment none, --target lungs",
                "without '--equipment none' there are ",
                "without '--target lungs' there are ",
            ],
        ),
        (["zebra"], ["no exercise fits: zebra", "none has 'zebra'"]),
        (["###"], ["no exercise fits: ###", "none has '###'"]),
        (
            ["--position", "upside"],
            ["no exercise fits: --position upside", "none has 'upside'; there are: floor-seated, half-"],
        ),
        (
            ["--position", "x"],
            ["no exercise fits: --position x", "none has 'x'; there are: floor-seated, half-"],
        ),
    ],
)
def test_where_nothing_fits_that_is_said_and_something_proposed(
    run: Run, asked: list[str], told: list[str]
) -> None:
    code, out, err = run("list", "--exercises", *asked)
    assert (code, out) == (1, "")
    lines = err.splitlines()
    assert len(lines) == len(told)
    for line, begin in zip(lines, told, strict=True):
        assert line.startswith(f"backtimer: {begin}")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A terminal, and how many columns it has."""
    columns = [80]
    monkeypatch.setattr(exercise_list, "stdout_is_terminal", lambda: True)
    monkeypatch.setattr(exercise_list, "terminal_pen", lambda: Pen.BRAILLE)
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_: os.terminal_size((columns[0], 24)))
    return columns


@pytest.mark.parametrize(("wide", "beside"), [(80, True), (40, False), (20, False)])
def test_in_a_terminal_the_figures_of_a_few_are_shown(
    run: Run, terminal: list[int], *, wide: int, beside: bool
) -> None:
    terminal[0] = wide
    lines = ESCAPES.sub("", run("list", "--exercises", "bird")[1]).splitlines()
    assert all(len(line) < wide for line in lines)
    drawn = [line for line in lines if re.search("[\u2801-\u28ff]", line)]
    assert 8 <= len(drawn) <= 16
    title = next(line for line in lines if "Bird-dog" in line)
    assert title.index("Bird-dog") == (28 if beside else 0)
    if wide == 80:
        assert any("Easier: " in line for line in lines)
        assert any(line.endswith("on hands and knees · mat, folded towel") for line in lines)


@pytest.mark.usefixtures("terminal")
def test_of_many_there_is_a_line_each_also_in_a_terminal(run: Run) -> None:
    assert ids(run, "--position", "supine")
    assert "\u28ff" not in run("list", "--exercises")[1]


def test_in_a_pipe_there_is_no_figure(run: Run) -> None:
    _code, out, _err = run("list", "--exercises", "bird-dog", "box")
    assert out.startswith("bird-dog-box  ") and out.isascii() and len(out.splitlines()) == 1
