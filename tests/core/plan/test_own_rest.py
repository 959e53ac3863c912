"""Rests that last until the person goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backtimer.core.plan.plan import plan_from_dict, plan_to_dict
from backtimer.core.plan.routine import Circuit, Prescription
from backtimer.core.plan.units import OWN_REST, seconds
from backtimer.core.session.transitions import State
from backtimer.core.speech.asides import next_words
from tests.core.plans import DEFAULTS, count, plan_of, telling, times
from tests.core.session_plans import begun, step_index
from tests.core.telling import say
from tests.storage.routine_files import load_day, messages

SUPERMAN = Prescription("superman", sets=count(2), reps=times(1), rest=OWN_REST)
COBRA = Prescription("cobra", reps=times(1))


def test_between_sets_it_waits_and_then_there_is_time_to_get_ready() -> None:
    plan = plan_of(SUPERMAN)
    assert telling(plan)[3:] == ["rest -", "transition 5", "lift 2", "lower 2"]
    assert plan.steps[3].estimate_s == 45
    assert plan.estimated
    assert plan_from_dict(json.loads(json.dumps(plan_to_dict(plan)))) == plan


def test_it_is_the_gap_to_what_comes_next_with_the_way_to_it_behind() -> None:
    one = SUPERMAN._replace(sets=None)
    assert telling(plan_of(one, COBRA))[3:5] == ["rest -", "transition 8"]
    assert telling(plan_of(one, Prescription("bird-dog", reps=times(1))))[3:5] == ["rest -", "transition 15"]
    at_once = DEFAULTS._replace(transition=seconds(0))
    assert telling(plan_of(one, COBRA, defaults=at_once))[3:5] == ["rest -", "transition 5"]


def test_between_rounds_and_as_an_entry() -> None:
    one = Prescription("superman", reps=times(1))
    rounds = plan_of(Circuit((one,), count(2), rest=OWN_REST))
    assert telling(rounds)[3:5] == ["rest -", "transition 8"]
    entry = plan_of(one, Prescription(rest=OWN_REST), COBRA)
    assert telling(entry)[3:5] == ["rest -", "transition 8"]


def test_any_key_ends_it_and_work_does_not_begin_without_warning() -> None:
    session = begun(plan_of(SUPERMAN), until=119.5)
    assert (session.state, step_index(session)) == (State.WAITING, 3)
    session.done(120.0)
    assert (session.state, step_index(session)) == (State.RUNNING, 4)
    for moment in (121.0, 122.0, 123.0, 124.0, 124.9):
        session.tick(moment)
    assert step_index(session) == 4
    session.tick(125.0)
    assert step_index(session) == 5


def test_it_is_told_as_that() -> None:
    plan = plan_of(SUPERMAN, COBRA)
    assert say(plan, 3).startswith("Rest as long as you like, then press any key. Then set 2 of 2")
    assert say(plan, 4) == "Get ready."
    assert next_words(plan, 1) == "Rest as long as you like, then set 2 of 2"


def test_a_file_says_it_as_self(tmp_path: Path) -> None:
    text = (
        "- {exercise: cobra, reps: 2, rest: self}\n- rest: self\n"
        "- {rounds: 2, rest: self, exercises: [bird-dog]}"
    )
    one, two, three = load_day(tmp_path, text).days["monday"].items
    assert one.rest == two.rest == three.rest == OWN_REST


@pytest.mark.parametrize("key", ["hold", "duration", "switch"])
def test_nothing_else_is_self(key: str, tmp_path: Path) -> None:
    [told] = messages(tmp_path, f"- {{exercise: cobra, {key}: self}}")
    assert told.startswith(f"'{key}': not a duration: self")
