"""What holds for every plan that can be compiled."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import LEAD_INS, Plan, SetSpec, Step, StepKind
from backtimer.core.plan.rep import has_sided
from backtimer.core.plan.routine import Circuit, Exercise, Routine, Side, Sides
from backtimer.core.plan.ways import way_s
from backtimer.core.plan.work import MAX_REPS_ESTIMATE, MOST_REPS, OTHER_SIDE
from tests.core.strategies import plans, routines


@given(plans())
def test_what_holds_for_every_plan(plan: Plan) -> None:
    """Of one plan all at once: to make it takes longer than to look at it."""
    sets_and_what_leads_to_them_divide_the_plan(plan)
    steps_take_time_and_add_up(plan)
    reps_are_numbered_and_each_is_begun_and_done_once(plan)
    both_sides_work_for_the_same_time(plan)
    a_plan_ends_with_work(plan)


def sets_and_what_leads_to_them_divide_the_plan(plan: Plan) -> None:
    at = 0
    for index, spec in enumerate(plan.sets):
        assert spec.lead_in == at
        assert spec.lead_in <= spec.first_step <= spec.last_step
        assert all(step.kind in LEAD_INS for step in plan.steps[spec.lead_in : spec.first_step])
        steps = plan.steps[spec.lead_in : spec.last_step + 1]
        assert all(step.set_index == index and step.exercise == spec.exercise for step in steps)
        for end in (plan.steps[spec.first_step], plan.steps[spec.last_step]):
            assert end.kind not in LEAD_INS
        at = spec.last_step + 1
    assert at == len(plan.steps)


def steps_take_time_and_add_up(plan: Plan) -> None:
    assert all(step.estimate_s > 0 for step in plan.steps if not step.beyond)
    assert all(step.seconds in (None, step.estimate_s) for step in plan.steps if not step.beyond)
    assert all(step.estimate_s == 0.0 and plan.sets[step.set_index].as_many for step in _beyond(plan))
    assert plan.total_s == pytest.approx(sum(step.estimate_s for step in plan.steps))
    assert plan.estimated == (any(step.seconds is None for step in plan.steps) or bool(_beyond(plan)))


def _beyond(plan: Plan) -> list[Step]:
    return [step for step in plan.steps if step.beyond]


def reps_are_numbered_and_each_is_begun_and_done_once(plan: Plan) -> None:
    for spec in plan.sets:
        work = plan.steps[spec.first_step : spec.last_step + 1]
        if not spec.by_reps or work[0].kind is StepKind.SELF_PACED:
            assert [step.rep_start for step in work] == [True] + [False] * (len(work) - 1)
            assert not any(step.rep or step.rep_end for step in work)
            continue
        numbers = range(1, (spec.reps or MOST_REPS) + 1)
        expected_reps = [step.rep for step in work if step.rep_end and not step.beyond]
        assert spec.reps or expected_reps[-1] == MAX_REPS_ESTIMATE
        if _is_paired(plan, spec):
            assert [step.rep for step in work if step.rep_start] == list(numbers)
            assert [(s.rep, s.side) for s in work if s.rep_end] == [
                (rep, spec.second_side) for rep in numbers
            ]
            continue
        sides = (OTHER_SIDE[spec.second_side], spec.second_side) if spec.alternate else (spec.side,)
        expected = [(rep, side) for rep in numbers for side in sides]
        assert [(step.rep, step.side) for step in work if step.rep_start] == expected
        assert [(step.rep, step.side) for step in work if step.rep_end] == expected


def _is_paired(plan: Plan, spec: SetSpec) -> bool:
    return spec.exercise is not None and has_sided(plan.exercise(spec.exercise))


def both_sides_work_for_the_same_time(plan: Plan) -> None:
    one_sided = {spec.item for spec in plan.sets if spec.one_sided}
    for item in {spec.item for spec in plan.sets} - one_sided:
        spent = dict.fromkeys(Side, 0.0)
        for spec in plan.sets:
            for step in plan.steps[spec.first_step : spec.last_step + 1] if spec.item == item else ():
                if step.side is not None and step.kind is StepKind.PHASE:
                    spent[step.side] += step.estimate_s * (step.phase != "relax")
        assert spent[Side.LEFT] == pytest.approx(spent[Side.RIGHT])


def a_plan_ends_with_work(plan: Plan) -> None:
    assert plan.steps[-1].kind not in LEAD_INS
    assert [step.kind for step in plan.steps].count(StepKind.PREPARE) <= 1
    assert all(step.kind is not StepKind.PREPARE for step in plan.steps[1:])


def test_every_change_of_side_inside_an_alternating_set_takes_a_switch() -> None:
    switches = 0

    @given(routines())
    def holds(routine: Routine) -> None:
        nonlocal switches
        plan = compile_day(routine._replace(exercises=_alternating(routine)), "monday")
        for spec in plan.sets:
            work = plan.steps[spec.first_step : spec.last_step + 1]
            for before, after in pairwise(work):
                if before.side is not after.side and not _is_paired(plan, spec):
                    assert spec.alternate
                    assert after.kind is StepKind.SWITCH or not _switches(routine, spec.item)
                    switches += after.kind is StepKind.SWITCH

    holds()
    assert switches > 100, "too few were met to tell"


def _alternating(routine: Routine) -> dict[str, Exercise]:
    """The exercises, all with sides that take turns and no switch of their own."""
    return {
        key: each._replace(
            sides=Sides.ALTERNATE,
            prescription=each.prescription and each.prescription._replace(switch=None),
        )
        for key, each in routine.exercises.items()
    }


def _switches(routine: Routine, index: int) -> bool:
    """Whether every prescription of an item of the day gives time to switch."""
    item = routine.days["monday"].items[index]
    asked = item.exercises if isinstance(item, Circuit) else (item,)
    lengths = (routine.defaults.switch if each.switch is None else each.switch for each in asked)
    return all(length.low > 0 for length in lengths)


@given(routines())
def test_a_change_of_position_takes_as_long_as_it_needs_and_nothing_else_is_one(routine: Routine) -> None:
    plan = compile_day(routine, "monday")
    for before, spec in pairwise(plan.sets):
        if spec.exercise is None or before.exercise is None:
            continue
        moves = plan.exercise(spec.exercise).position is not plan.exercise(before.exercise).position
        leads = plan.steps[spec.lead_in : spec.first_step]
        assert [step.position_change for step in leads].count(True) == moves
        needs_s = way_s(plan.exercise(before.exercise).position, plan.exercise(spec.exercise).position)
        if needs_s:
            assert leads[-1].estimate_s >= max(needs_s, routine.defaults.position_change.low)
