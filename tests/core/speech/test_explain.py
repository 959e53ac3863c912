"""A plan told in lines, and as data."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Circuit, Day, DayKind, Pace, Prescription
from backtimer.core.plan.units import Reps, clock_text, seconds
from backtimer.core.speech.explain import explain_dict, explain_lines
from tests.core.plans import count, plan_of, routine_of, times
from tests.core.strategies import plans
from tests.core.telling import said

KEYS = [
    "at_s",
    "seconds",
    "kind",
    "exercise",
    "side",
    "set",
    "sets",
    "rep",
    "reps",
    "round",
    "rounds",
    "phase",
    "breath",
    "say",
]


def test_a_day_is_told_with_times() -> None:
    plan = plan_of(
        Prescription("bird-dog", reps=times(2), hold=seconds(3)),
        Prescription("knees-to-chest", sets=count(2), hold=seconds(20)),
    )
    assert explain_lines(plan) == (
        "Monday: Strength (my-week)",
        "3:26 in all · 5 sets · you need: mat, chair",
        "",
        "0:00  Get ready. You will need a mat within reach. "
        "Take a firm chair without wheels. Put its back against the wall. "
        "Lay the mat in front of it, head end at the chair. "
        "Sharp pain, or pain down your leg? Stop, and press h. "
        "Dizzy or numb? Stop for today. Rest on your side, then get up at the chair. "
        "More pain than before? Do less. "
        "Tired? Rest until the next exercise. "
        "A rising tone: go. Level: hold. Falling: come back. "
        "First: Bird-dog. A new knee or hip? Go down and turn as you were taught. "
        "Come onto your hands and knees. "
        "Breathe out as you lift. 2 reps on each side, in turn. "
        "Hold each one for 3 seconds.",
        "0:10  Bird-dog: 2 reps each side in turn · hold 3 s. "
        "Each rep: lift 2 s, breathe out; hold 3 s; lower 2 s, breathe in. "
        "Between reps: 5 s to switch sides.",
        "0:53  Next: Knees to chest. Sit on one hip. Walk your hands "
        "halfway to the chair. Down on the elbow of that hip. Lie on your side. "
        "Move to the front, then roll onto your back. "
        "2 sets of 20 seconds on each side. Left side first.",
        "1:11  Hold for 20 seconds. Left side. Breathe slowly.",
        "1:31  Switch. Right side.",
        "1:36  Hold for 20 seconds. Breathe slowly.",
        "1:56  And release. Rest for 45 seconds. Then set 2 of 2, left side.",
        "2:41  Hold for 20 seconds. Left side. Breathe slowly.",
        "3:01  Switch. Right side.",
        "3:06  Hold for 20 seconds. Breathe slowly.",
        "3:26  That's it, well done. 5 of 5 sets.",
    )


def test_an_estimated_total_is_marked() -> None:
    plan = plan_of(Prescription("superman", reps=Reps(()), pace=Pace.SELF))
    lines = explain_lines(plan)
    assert lines[1].startswith("About 0:50 in all")
    assert lines[-2].endswith("Done? Press any key. About 40 seconds.")


def test_as_many_as_are_comfortable_are_told_with_how_to_end_them_and_how_a_rep_goes() -> None:
    lines = explain_lines(plan_of(Prescription("superman", reps=Reps(()))))
    assert lines[1].startswith("About 0:50 in all")
    assert lines[3].endswith("As many reps as are comfortable. Press any key when you are done.")
    assert "as many as are comfortable. Each rep: lift 2 s" in lines[4]
    assert lines[5].startswith("0:50")


def test_how_a_rep_goes_is_told_once_and_the_sets_are_named() -> None:
    superman = Prescription("superman", reps=times(2), relax=seconds(1))
    lines = explain_lines(plan_of(Circuit((superman,), count(2))))
    work = [line[6:] for line in lines[3:] if " reps." in line and "Superman, " in line]
    assert work == [
        "Superman, round 1 of 2: 2 reps. Each rep: lift 2 s, breathe out; lower 2 s, breathe in. "
        "Between reps: relax 1 s.",
        "Superman, round 2 of 2: 2 reps.",
    ]


def test_an_activity_is_told() -> None:
    day = Day(DayKind.ACTIVITY, title="Active recovery", activity="Yoga", duration=seconds(5400))
    assert explain_lines(compile_day(routine_of(day), "monday")) == (
        "Monday: Active recovery (my-week)",
        "1:30:00 in all",
        "",
        "   0:00  Yoga, for 1 hour 30 minutes.",
        "  45:00  Halfway.",
        "1:30:00  That's it, well done. 1 of 1 set.",
    )


def test_the_data_of_a_step() -> None:
    plan = plan_of(Circuit((Prescription("bird-dog", reps=times(2), hold=seconds(2.5)),), count(2)))
    data = explain_dict(plan)
    assert {key: data[key] for key in ("routine", "day", "title", "total_s", "estimated")} == {
        "routine": "my-week",
        "day": "monday",
        "title": "Strength",
        "total_s": 152,
        "estimated": False,
    }
    assert data["steps"][5] == {
        "at_s": 21.5,
        "seconds": 2,
        "kind": "phase",
        "exercise": "bird-dog",
        "side": "right",
        "set": 1,
        "sets": 1,
        "rep": 1,
        "reps": 2,
        "round": 1,
        "rounds": 2,
        "phase": "lift",
        "breath": "out",
        "say": "Lift right. Breathe out.",
    }
    switch = data["steps"][4]
    assert (switch["kind"], switch["side"], switch["rep"], switch["reps"], switch["phase"]) == (
        "switch",
        "right",
        None,
        None,
        None,
    )


def test_a_self_paced_step_has_no_seconds_and_counts_as_estimated() -> None:
    plan = plan_of(Prescription("superman", sets=count(2), reps=Reps(()), pace=Pace.SELF))
    steps = explain_dict(plan)["steps"]
    assert [(step["at_s"], step["seconds"], step["kind"]) for step in steps] == [
        (0, 10, "prepare"),
        (10, None, "self_paced"),
        (50, 45, "rest"),
        (95, None, "self_paced"),
    ]


def test_whole_numbers_are_written_as_such() -> None:
    text = json.dumps(explain_dict(plan_of(Prescription("superman", reps=times(1)))))
    assert ".0" not in text


@given(plans())
def test_data_and_lines_tell_every_plan(plan: Plan) -> None:
    the_data_is_the_plan(plan)
    the_lines_run_from_the_start_to_the_end_and_stay_few(plan)


def the_data_is_the_plan(plan: Plan) -> None:
    data = explain_dict(plan)
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    expected = [index for index, step in enumerate(plan.steps) if not step.beyond]
    assert len(data["steps"]) == len(expected)
    at_s, told = 0.0, said(plan)
    for index, shown in zip(expected, data["steps"], strict=True):
        step = plan.steps[index]
        assert list(shown) == KEYS
        assert shown["at_s"] == pytest.approx(at_s)
        assert (shown["seconds"] is None) == (step.seconds is None)
        assert shown["say"] == told[index]
        at_s += step.estimate_s
    assert data["total_s"] == pytest.approx(at_s)


def the_lines_run_from_the_start_to_the_end_and_stay_few(plan: Plan) -> None:
    lines = explain_lines(plan)
    assert lines[2] == ""
    told = lines[3:]
    assert all(re.match(r" *(\d+:)?\d+:\d\d  \S", line) for line in told)
    assert told[0].split()[0] == "0:00"
    assert told[-1].split()[0] == clock_text(plan.total_s)
    leads = sum(spec.first_step - spec.lead_in for spec in plan.sets)
    holds = sum(spec.last_step - spec.first_step for spec in plan.sets if spec.reps is None)
    assert len(told) <= leads + 2 * len(plan.sets) + 2 * holds + 1
