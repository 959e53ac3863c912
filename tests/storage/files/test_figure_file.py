"""What an exercise file says of its figure: read, borrowed, and refused with the place and what to write."""

from __future__ import annotations

from pathlib import Path

from backtimer.core.figure.positions import figure_from
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import plan_from_dict, plan_to_dict
from backtimer.core.plan.routine import Position
from backtimer.storage.files.exercise_file import Catalogue
from backtimer.storage.files.source import ProblemsError
from tests.rules import for_each
from tests.storage.routine_files import load

HEAD = """format: 1
name: Own
position: supine
phases: [{do: lift, for: 2s}, {do: hold, for: 2s}, {do: lower, for: 2s}]
prescription: {sets: 1, reps: 3}
"""


def catalogue(folder: Path, **files: str) -> Catalogue:
    for name, figure in files.items():
        (folder / f"{name}.yaml").write_text(f"{HEAD}{figure}\n", encoding="utf-8")
    return Catalogue([folder])


def problems(folder: Path, figure: str, **others: str) -> list[str]:
    try:
        catalogue(folder, own=figure, **others).exercise("own")
    except ProblemsError as error:
        return [f"{problem.line}:{problem.column}: {problem.message}" for problem in error.problems]
    return []


def test_a_figure_is_read_with_its_poses_and_phases(tmp_path: Path) -> None:
    up = "{spine: [212, 216], leg: [[30, 3], -90]}"
    said = f"figure: {{view: [30, 8], poses: {{start: {{}}, up: {up}}}, phases: {{lift: up}}}}"
    own = catalogue(tmp_path, own=said).exercise("own")
    figure = figure_from(own.figure, own.position)
    assert (figure.yaw, figure.pitch) == (30.0, 8.0)
    assert figure.phases == {"lift": ("up",)}
    assert figure.poses["up"].angle("lumbar") == (212.0, 0.0)
    assert figure.poses["up"].angle("thigh_right") == (30.0, 3.0)
    assert figure.poses["up"].angle("foot_right") == (0.0, 0.0)
    assert figure.poses["up"].angle("upper_arm_left") == figure.start.angle("upper_arm_left")


def test_a_figure_may_be_another_exercise_s(tmp_path: Path) -> None:
    found = catalogue(tmp_path, own="figure: other", other="figure: {poses: {start: {}}}")
    assert found.exercise("own").figure == found.exercise("other").figure != ""


@for_each(
    ("figure", "told"),
    [
        (
            "figure: {poses: {start: {arn: 4}}}",
            "6:26: unknown key 'arn' in a pose; did you mean 'arm'?",
        ),
        (
            "figure: {poses: {start: {arm: up}}}",
            "6:31: 'arm' must be a number of degrees from -360 to 360, not 'up'",
        ),
        (
            "figure: {poses: {start: {arm: [1, 2, 3, 4]}}}",
            "6:31: 'arm' has one direction for each part, at most 3: upper arm, forearm, hand",
        ),
        (
            "figure: {poses: {start: {leg: [[1]]}}}",
            "6:32: thigh of 'leg' must be a direction, or [direction, turn outwards]",
        ),
        (
            "figure: {poses: {start: {on: [hnads]}}}",
            "6:31: an entry of 'on' must be one of ",
        ),
        (
            "figure: {poses: {start: {from: hands-and-kness}}}",
            "6:32: there is no pose 'hands-and-kness' above this one; did you mean 'hands-and-knees'?",
        ),
        (
            "figure: {poses: {start: {}}, phases: {lift: upp}}",
            "6:45: the figure has no pose 'upp'; its poses are start",
        ),
        (
            "figure: {poses: {start: {}}, phases: {lfit: start}}",
            "6:39: the exercise has no phase 'lfit'; did you mean 'lift'?",
        ),
        ("figure: {from: supin}", "6:16: 'from' must be one of "),
        ("figure: {props: [chiar]}", "6:18: an entry of 'props' must be one of "),
        ("figure: {poses: {Start: {}}}", "6:18: 'Start' cannot be the name of a pose"),
        ("figure: {poses: {start: {holds: {foot: head}}}}", "6:34: 'foot' is no hand"),
        ("figure: {}\nwatch: {}", "7:8: 'watch' must be a list"),
        (
            "figure: [1]",
            "6:9: 'figure' must be a mapping (key: value) or the name of an exercise, not a list",
        ),
        ("figure: nobody", "6:9: there is no exercise 'nobody'"),
        ("figure: broken", "6:9: the file of 'broken' has mistakes"),
        ("figure: borrower", "6:9: 'borrower' has no figure of its own"),
        ("figure: plain", "6:9: 'plain' has no figure of its own"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, figure: str, told: str) -> None:
    others = {"broken": "figure: {poses: 1}", "borrower": "figure: plain", "plain": ""}
    found = problems(tmp_path, figure, **others)
    assert len(found) == 1, found
    assert found[0].startswith(told)


def test_a_routine_s_own_exercise_borrows_within_the_file_and_of_the_catalogue(tmp_path: Path) -> None:
    text = """format: 1
days: {monday: {exercises: [mine, yours]}}
exercises:
  mine: {name: Mine, position: supine, prescription: {reps: 3}, figure: yours}
  yours: {name: Yours, position: supine, prescription: {reps: 3}, figure: {poses: {start: {}, up: {arm: 90}}}}
"""
    routine = load(tmp_path, text)
    assert routine.exercises["mine"].figure == routine.exercises["yours"].figure != ""


def test_a_session_frozen_with_its_plan_keeps_its_figures(tmp_path: Path) -> None:
    text = """format: 1
days: {monday: {exercises: [mine]}}
exercises: {mine: {name: Mine, position: prone, prescription: {reps: 3}, figure: {poses: {start: {arm: 90}}}}}
"""
    plan = compile_day(load(tmp_path, text), "monday")
    frozen = plan_to_dict(plan)
    assert plan_from_dict(frozen) == plan
    figure = figure_from(plan.exercises[0].figure, Position.PRONE)
    assert figure.start.angle("hand_left") == (90.0, 0.0)
    del frozen["exercises"][0]["figure"]  # of a session from before there were figures
    assert plan_from_dict(frozen).exercises[0].figure == ""
