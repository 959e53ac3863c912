"""What `check --watch` shows: the times at which each exercise begins, and where it cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest

from backtimer.cli import context
from backtimer.cli.watching import _files, order_lines, page
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.units import clock_text
from tests.cli.conftest import Run


def test_times_are_those_of_the_plan() -> None:
    plan = compile_day(context.library().load("lower-back"), "monday")
    lines = list(order_lines(plan))
    assert "3 rounds" in lines[0]
    at_s, starts = 0.0, {}
    for index, step in enumerate(plan.steps):
        for number, spec in enumerate(plan.sets):
            if spec.lead_in == index:
                starts[number] = clock_text(at_s)
        at_s += step.estimate_s
    times = [line.split()[0] for line in lines if line[:1].isdigit() or line.lstrip()[:1].isdigit()]
    assert times[0] == starts[0] == "0:00" and times[-1] == clock_text(plan.total_s)
    assert set(times[:-1]) <= set(starts.values()) and times[:-1] == sorted(times[:-1], key=_seconds)


def _seconds(clock: str) -> int:
    minutes, seconds = clock.split(":")
    return int(minutes) * 60 + int(seconds)


def test_a_page_without_files_and_of_an_exercise(home: Path) -> None:
    library = context.library()
    assert "backtimer new" in page((), library)[0]
    own = home / "routines" / "exercises" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("format: 1\nname: Mine\nposition: supine\n")
    assert page([own], context.library()) == ["mine.yaml: no problems."]


def test_of_a_file_that_is_gone_nothing_else_is_shown_in_its_place(home: Path) -> None:
    folder = home / "routines"
    folder.mkdir(parents=True)
    (folder / "flawed.yaml").write_text("format: 1\ndays: {monday: {exercises: [cat-kow]}}\n")
    (folder / "good.yaml").write_text("format: 1\ndays: {monday: {exercises: [cat-cow]}}\n")
    files, gone = _files(["week"], context.library())
    shown = page(files, context.library(), gone)
    assert shown == ["There is no routine 'week'; 'backtimer list' shows those there are."]
    files, gone = _files(["week", "good"], context.library())
    assert page(files, context.library(), gone)[:3] == [*shown, "", "good.yaml: no problems."]


def test_a_file_that_is_saved_while_it_is_looked_at_does_no_harm(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = home / "routines" / "week.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("format: 1\ndays: {monday: {exercises: [cat-kow]}}\n")
    library = context.library()
    monkeypatch.setattr(library, "check", lambda _: ())  # as it was a moment before
    assert page([own], library)[0] == "1 problem"


def test_it_takes_a_terminal(run: Run) -> None:
    code, out, err = run("check", "--watch")
    assert (code, out) == (2, "") and "takes a terminal" in err
