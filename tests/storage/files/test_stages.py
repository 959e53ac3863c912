"""Routines with stages: what is read, and what is wrong in which of them."""

from __future__ import annotations

from pathlib import Path

from backtimer.core.plan.routine import REST_DAY, WEEKDAYS, Cycle, Day, DayKind, ProgrammeStage
from backtimer.core.plan.units import Count
from backtimer.storage.files.library import Library
from backtimer.storage.files.paths import find_paths
from backtimer.storage.files.routine_values import routine_from_values, routine_to_values
from tests.rules import for_each
from tests.storage.routine_files import load, problems

WALK, SWIM = Day(DayKind.ACTIVITY, activity="Walk"), Day(DayKind.ACTIVITY, activity="Swim")
TWO = """\
format: 1
stages:
  - title: Calm
    weeks: 2
    days: {monday: {activity: Walk}, friday: {same_as: monday}}
  - weeks: 2-4
    days: {daily: {activity: Swim}, sunday: {rest: Rest}}
  - cycle: [a, rest]
    days: {a: {activity: Walk}}
"""


def test_each_stage_has_days_of_its_own(tmp_path: Path) -> None:
    found = load(tmp_path, TWO)
    assert found.cycle is None
    assert found.stages == (
        ProgrammeStage("Calm", WEEKDAYS, Count(2, 2)),
        ProgrammeStage("", tuple(f"stage-2/{day}" for day in WEEKDAYS), Count(2, 4)),
        ProgrammeStage("", ("stage-3/a", "stage-3/rest"), None, Cycle(("a", "rest"))),
    )
    assert [stage.fixed_weeks for stage in found.stages] == [2, None, None]
    assert found.days["monday"] == WALK and found.days["friday"] == WALK._replace(same_as="monday")
    assert found.days["tuesday"] == REST_DAY == found.days["stage-3/rest"]
    assert found.days["stage-2/monday"] == SWIM and found.days["stage-2/sunday"].kind is DayKind.REST
    assert routine_from_values(routine_to_values(found)) == found


def test_a_stage_stands_alone_as_a_routine(tmp_path: Path) -> None:
    found = load(tmp_path, TWO)
    third = found.at_stage(3)
    assert (list(third.days), third.cycle, third.stages) == (["a", "rest"], Cycle(("a", "rest")), ())
    assert [found.stage_of(key) for key in ("monday", "stage-2/monday", "stage-3/a")] == [1, 2, 3]
    assert third.stage_of("a") == 0


STAGE = "  - days: {monday: {activity: Walk}}\n"


@for_each(
    ("text", "told"),
    [
        (
            "stages:\n" + STAGE + "days: {monday: {activity: Walk}}\n",
            ["4:1: a routine with stages has its 'days' in each of them: move it there"],
        ),
        (
            "cycle: [a]\nstages:\n" + STAGE,
            ["2:1: a routine with stages has its 'cycle' in each of them: move it there"],
        ),
        ("stages:\n" + STAGE + "  - title: Strong\n", ["4:5: stage 2: a stage must say 'days'"]),
        (
            "stages:\n" + STAGE + "  - {weeks: 2, days: {mon: {activity: Walk}}}\n",
            ["4:23: stage 2: 'mon' is no day; did you mean 'monday'?"],
        ),
        (
            "stages:\n" + STAGE + "  - {days: {monday: {same_as: friday}}}\n",
            ["4:31: stage 2: there is nothing to repeat: 'friday' is not one of this stage"],
        ),
        (
            "stages:\n" + STAGE + "  - {cycle: [a, c], days: {a: {activity: Walk}}}\n",
            ["4:17: stage 2: 'c' of the cycle is not described under 'days'"],
        ),
        (
            "stages:\n  - {weeks: 0, days: {monday: {activity: Walk}}}\n" + STAGE,
            ["3:13: stage 1: weeks must be at least 1"],
        ),
        (
            "stages:\n" + STAGE + "  - {week: 2, days: {monday: {activity: Walk}}}\n",
            ["4:6: stage 2: unknown key 'week' in a stage; did you mean 'weeks'?"],
        ),
        (
            "stages:\n  - days: {monday: {exercises: [{exercise: nod, reps: 9, every: 5s}]}}\n"
            + STAGE
            + "  - days: {friday: {exercises: [{exercise: nod, reps: 9, every: 5s}]}}\n"
            "exercises: {nod: {name: Nod, position: seated}}\n",
            ["3:33: stage 1: nod: a set takes ", "5:33: stage 3: nod: a set takes "],
        ),
        ("stages: []\n", ["2:9: 'stages' is an empty list"]),
        (
            "stages: {a: {days: {monday: {activity: Walk}}}}\n",
            ["2:9: 'stages' must be a list, not a mapping"],
        ),
        ("stages:\n  - {weeks: 2-}\n", ["3:5: a stage must say 'days'", "3:13: weeks"]),
    ],
)
def test_what_is_wrong_is_told_with_its_stage(tmp_path: Path, text: str, told: list[str]) -> None:
    found = problems(tmp_path, "format: 1\n" + text)
    assert len(found) == len(told), found
    for one, begin in zip(found, told, strict=True):
        assert one.startswith(begin), found


def test_what_others_call_stages_is_understood(tmp_path: Path) -> None:
    found = problems(tmp_path, "format: 1\nphases:\n" + STAGE)
    assert any("unknown key 'phases' in a routine; did you mean 'stages'?" in each for each in found)


def test_a_hint_names_the_stage(tmp_path: Path) -> None:
    paths = find_paths({"BACKTIMER_HOME": str(tmp_path)})
    paths.routines.mkdir()
    text = "format: 1\nstages:\n" + STAGE + "  - days: {monday: {exercises: [cat-cow, {rest: 30s}]}}\n"
    (paths.routines / "mine.yaml").write_text(text, encoding="utf-8")
    (hint,) = Library(paths).hints("mine")
    assert hint.message == "stage 2, monday: the rest at the end is not used: nothing comes after it"


def test_a_hint_at_what_could_be_better_stands_at_its_entry(tmp_path: Path) -> None:
    paths = find_paths({"BACKTIMER_HOME": str(tmp_path)})
    paths.routines.mkdir()
    text = (
        "format: 1\nstages:\n"
        + STAGE
        + "  - days: {monday: {exercises: [cat-cow, {exercise: plank, hold: 40s}]}}\n"
    )
    (paths.routines / "mine.yaml").write_text(text, encoding="utf-8")
    (hint,) = Library(paths).practice_hints("mine")
    assert hint.message.startswith("stage 2, monday: 'plank' is held for 40 s")
    assert text.splitlines()[hint.line - 1][hint.column - 1 :].startswith("{exercise: plank")
