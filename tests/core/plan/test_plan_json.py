"""A frozen plan comes back as it was, and nothing else is taken for one."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtimer.core.plan.plan import Plan, plan_from_dict, plan_to_dict
from backtimer.core.plan.routine import Prescription
from backtimer.core.plan.units import seconds
from tests.core.plans import count, plan_of, times
from tests.core.strategies import plans
from tests.rules import for_each

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)

Data = dict[str, Any]


def frozen() -> Data:
    """A small plan, as data."""
    asked = Prescription("bird-dog", sets=count(2), reps=times(1), hold=seconds(3), load="8 kg")
    data: Data = json.loads(json.dumps(plan_to_dict(plan_of(asked))))
    return data


@given(plans())
def test_there_and_back(plan: Plan) -> None:
    assert plan_from_dict(json.loads(json.dumps(plan_to_dict(plan), allow_nan=False))) == plan


def test_what_is_said_many_times_is_written_once() -> None:
    long = plan_of(Prescription("bird-dog", sets=count(10), reps=times(10), hold=seconds(3)))
    data = plan_to_dict(long)
    assert len(data["shapes"]) < 12
    assert len(json.dumps(data)) < 20 * len(long.steps)


def test_defaults_are_left_out() -> None:
    step = frozen()["shapes"][0]
    assert "say" not in step
    assert "side" not in step


def edit(path: tuple[str | int, ...], value: object) -> Callable[[Data], None]:
    """Something that sets one value deep inside."""

    def change(data: Data) -> None:
        place: Any = data
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


@for_each(
    ("change", "complaint"),
    [
        (edit(("format",), 2), "format 1"),
        (edit(("format",), True), "format 1"),
        (edit(("routine",), None), "plan.routine must be text"),
        (edit(("colour",), "red"), "unknown key 'colour'"),
        (edit(("steps",), {}), "plan.steps must be a list"),
        (edit(("steps", 0), []), "must have 3 parts"),
        (edit(("steps", 0, 0), 99), "a shape that is not there"),
        (edit(("steps", 0, 0), -1), "0 or more"),
        (edit(("steps", 1, 1), 1), "does not fit its set"),
        (edit(("steps", 1, 1), 10**9), "does not fit its set"),
        (edit(("steps", 1, 2), 1.5), "whole number"),
        (edit(("shapes", 0), []), "must be a mapping"),
        (edit(("shapes", 0, "kind"), "dance"), "must be one of prepare"),
        (edit(("shapes", 0, "seconds"), -1), "0 or more"),
        (edit(("shapes", 0, "seconds"), float("nan")), "0 or more"),
        (edit(("shapes", 0, "estimate_s"), float("inf")), "0 or more"),
        (edit(("shapes", 0, "estimate_s"), 11), "two lengths"),
        (edit(("shapes", 0, "estimate_s"), True), "must be a number"),
        (edit(("shapes", 0, "kind"), "phase"), "no lead-in"),
        (edit(("shapes", 1, "exercise"), "handstand"), "does not fit its set"),
        (edit(("shapes", 1, "rep_start"), 1), "true or false"),
        (edit(("sets",), []), "do not fit"),
        (edit(("sets", 0, "last_step"), 10**9), "does not fit its steps"),
        (edit(("sets", 1, "lead_in"), 0), "does not fit its steps"),
        (edit(("sets", 0, "first_step"), 0), None),
        (edit(("exercises",), []), "not known"),
        (edit(("exercises", 0, "position"), "flying"), "must be one of standing"),
        (edit(("breathing", "in_s"), "4"), "plan.breathing.in_s"),
    ],
)
def test_what_is_not_a_plan_is_refused(change: Callable[[Data], None], complaint: str | None) -> None:
    data = frozen()
    change(data)
    if complaint is None:
        assert plan_from_dict(data).sets[0].first_step == 0
        return
    with pytest.raises(ValueError, match=complaint):
        plan_from_dict(data)


@for_each("key", ["routine", "steps", "shapes", "sets", "exercises", "format"])
def test_what_lacks_something_is_refused(key: str) -> None:
    data = frozen()
    del data[key]
    with pytest.raises(ValueError, match=r"lacks|format"):
        plan_from_dict(data)


@given(json_values)
def test_anything_else_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="plan"):
        plan_from_dict(data)


@given(json_values, st.data())
def test_a_value_of_another_kind_is_refused_or_read(value: object, choice: st.DataObject) -> None:
    data = copy.deepcopy(frozen())
    part = choice.draw(st.sampled_from(("shapes", "sets", "exercises")))
    key = choice.draw(st.sampled_from(sorted(data[part][0])))
    data[part][0][key] = value
    try:
        plan = plan_from_dict(data)
    except ValueError:
        return
    assert plan_from_dict(plan_to_dict(plan)) == plan
