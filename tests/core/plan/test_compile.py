"""How a day becomes a plan, rule by rule."""

from __future__ import annotations

import json
from time import process_time
from typing import Any

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import (
    LEAD_INS,
    MAX_STEPS,
    MAX_TOTAL_S,
    NothingToDoError,
    Plan,
    PlanError,
    Step,
    StepKind,
    new_round,
    plan_from_dict,
    plan_to_dict,
)
from backtimer.core.plan.routine import (
    REST_DAY,
    Breath,
    Circuit,
    Day,
    DayKind,
    Defaults,
    Exercise,
    Pace,
    Position,
    Prescription,
    Side,
    Sides,
)
from backtimer.core.plan.units import Breathing, Duration, Reps, seconds
from backtimer.core.plan.work import MAX_REPS_ESTIMATE, MOST_REPS
from tests.core.plans import (
    COBRA,
    DEFAULTS,
    SUPERMAN,
    count,
    one_set,
    plan_of,
    routine_of,
    telling,
    times,
)


def test_reps_are_lift_and_lower() -> None:
    plan = plan_of(Prescription("superman", reps=times(2)))
    assert telling(plan) == ["prepare 10", "lift 2", "lower 2", "lift 2", "lower 2"]
    assert [step.rep for step in plan.steps] == [None, 1, 1, 2, 2]
    assert [step.rep_start for step in plan.steps] == [False, True, False, True, False]
    assert [step.rep_end for step in plan.steps] == [False, False, True, False, True]
    assert [step.breath for step in plan.steps[1:3]] == [Breath.OUT, Breath.IN]


def test_a_hold_goes_into_every_rep() -> None:
    plan = plan_of(Prescription("superman", reps=times(2), hold=seconds(3)))
    assert telling(plan)[1:] == ["lift 2", "hold 3", "lower 2"] * 2
    assert plan.sets[0].hold_s == 3


def test_ranges_are_taken_at_their_low_end() -> None:
    plan = plan_of(Prescription("superman", sets=count(2, 3), reps=times(1, 10), hold=Duration(3, 5)))
    assert telling(plan) == [
        "prepare 10",
        "lift 2",
        "hold 3",
        "lower 2",
        "rest 45",
        "lift 2",
        "hold 3",
        "lower 2",
    ]
    assert [(spec.set, spec.sets, spec.reps) for spec in plan.sets] == [(1, 2, 1), (2, 2, 1)]


def test_rest_that_the_day_writes_is_all_there_is_to_the_next_set_and_exercise() -> None:
    plan = plan_of(
        Prescription("superman", sets=count(3), reps=times(1), rest=seconds(20)),
        Prescription("cobra", reps=times(1)),
    )
    kinds = [step.kind for step in plan.steps if step.kind is not StepKind.PHASE]
    assert kinds == [StepKind.PREPARE, StepKind.REST, StepKind.REST, StepKind.REST]
    assert [step.seconds for step in plan.steps if step.kind is StepKind.REST] == [20, 20, 20]


def test_each_side_is_a_set_of_its_own() -> None:
    plan = plan_of(Prescription("knees-to-chest", sets=count(2), hold=seconds(20)))
    assert telling(plan) == [
        "prepare left 10",
        "hold left 20",
        "switch right 5",
        "hold right 20",
        "rest left 45",
        "hold left 20",
        "switch right 5",
        "hold right 20",
    ]
    assert [(spec.set, spec.side) for spec in plan.sets] == [
        (1, Side.LEFT),
        (1, Side.RIGHT),
        (2, Side.LEFT),
        (2, Side.RIGHT),
    ]
    assert [(spec.lead_in, spec.first_step) for spec in plan.sets] == [(0, 1), (2, 3), (4, 5), (6, 7)]


def test_alternating_sides_change_at_every_rep_and_count_per_side() -> None:
    plan = plan_of(Prescription("bird-dog", reps=times(2)))
    assert telling(plan) == [
        "prepare 10",
        "lift left 2",
        "lower left 2",
        "switch right 5",
        "lift right 2",
        "lower right 2",
        "switch left 5",
        "lift left 2",
        "lower left 2",
        "switch right 5",
        "lift right 2",
        "lower right 2",
    ]
    assert [step.rep for step in plan.steps if step.rep_start] == [1, 1, 2, 2]
    (spec,) = plan.sets
    assert (spec.side, spec.alternate, spec.reps) == (None, True, 2)


def test_no_time_to_switch_means_no_switch() -> None:
    plan = plan_of(Prescription("bird-dog", reps=times(1), switch=seconds(0)))
    assert telling(plan) == ["prepare 10", "lift left 2", "lower left 2", "lift right 2", "lower right 2"]


def test_an_exercise_s_own_switch_holds_over_the_default() -> None:
    own = Exercise(
        "lunge", "Lunge", Position.STANDING, Sides.EACH, prescription=Prescription(switch=seconds(3))
    )
    assert telling(one_set(own, Prescription("lunge", hold=seconds(9)))) == [
        "hold left 9",
        "switch right 3",
        "hold right 9",
    ]


@pytest.mark.parametrize("measure", [{"hold": seconds(20)}, {"duration": seconds(20)}])
def test_alternating_without_reps_is_each(measure: dict[str, Any]) -> None:
    plan = plan_of(Prescription("bird-dog")._replace(**measure))
    assert [spec.side for spec in plan.sets] == [Side.LEFT, Side.RIGHT]
    assert not any(spec.alternate for spec in plan.sets)


def test_sides_of_the_prescription_win() -> None:
    plan = plan_of(Prescription("bird-dog", reps=times(1), sides=Sides.NONE))
    assert telling(plan) == ["prepare 10", "lift 2", "lower 2"]


def test_to_another_exercise_takes_a_transition_or_a_change_of_position() -> None:
    plan = plan_of(
        Prescription("superman", reps=times(1)),
        Prescription("cobra", reps=times(1)),
        Prescription("knees-to-chest", reps=times(1)),
    )
    moves = [step for step in plan.steps if step.kind is StepKind.TRANSITION]
    assert [(step.seconds, step.position_change) for step in moves] == [(8, False), (25, True)]
    assert [(step.exercise, step.side, step.set_index) for step in moves] == [
        ("cobra", None, 1),
        ("knees-to-chest", Side.LEFT, 2),
    ]


def test_lead_ins_without_length_are_left_out() -> None:
    nothing = DEFAULTS._replace(
        prepare=seconds(0), rest=seconds(0), transition=seconds(0), position_change=seconds(0)
    )
    plan = plan_of(
        Prescription("superman", sets=count(2), reps=times(1)),
        Prescription("cobra", reps=times(1)),
        defaults=nothing,
    )
    assert {step.kind for step in plan.steps} == {StepKind.PHASE}
    assert all(spec.lead_in == spec.first_step for spec in plan.sets)


def test_a_circuit_goes_round() -> None:
    plan = plan_of(
        Circuit(
            (
                Prescription("superman", reps=times(1)),
                Prescription("bird-dog", hold=seconds(9), sides=Sides.NONE),
            ),
            rounds=count(2, 3),
            rest=seconds(50),
            title="Core",
        )
    )
    assert telling(plan) == [
        "prepare 10",
        "lift 2",
        "lower 2",
        "transition 15",
        "hold 9",
        "rest 30",
        "transition 20",
        "lift 2",
        "lower 2",
        "transition 15",
        "hold 9",
    ]
    assert [(spec.round, spec.rounds, spec.set, spec.sets) for spec in plan.sets] == [
        (1, 2, 1, 1),
        (1, 2, 1, 1),
        (2, 2, 1, 1),
        (2, 2, 1, 1),
    ]
    assert {spec.circuit for spec in plan.sets} == {"Core"}
    assert plan.sets[2].lead_in == 5


def test_rounds_in_one_position_need_no_change_after_the_rest() -> None:
    circuit = Circuit(
        (Prescription("superman", reps=times(1)), Prescription("cobra", reps=times(1))), count(2)
    )
    kinds = [told for told in telling(plan_of(circuit)) if told[0] not in "l"]
    assert kinds == ["prepare 10", "transition 8", "rest 60", "transition 8"]


def test_in_a_circuit_only_the_day_itself_asks_for_more_than_one_set() -> None:
    own = Exercise(
        "bridge",
        "Bridge",
        Position.PRONE,
        prescription=Prescription(sets=count(3), reps=times(2), rest=seconds(7)),
    )
    once = plan_of(Circuit((Prescription("bridge"),), count(2)), exercises=(own,))
    assert [(spec.round, spec.set, spec.sets) for spec in once.sets] == [(1, 1, 1), (2, 1, 1)]
    twice = plan_of(Circuit((Prescription("bridge", sets=count(2)),), count(2)), exercises=(own,))
    assert [(spec.round, spec.set, spec.sets) for spec in twice.sets] == [
        (1, 1, 2),
        (1, 2, 2),
        (2, 1, 2),
        (2, 2, 2),
    ]
    assert [step.seconds for step in twice.steps if step.kind is StepKind.REST] == [7, 60, 7]


def test_rest_inside_a_circuit_replaces_the_transition() -> None:
    plan = plan_of(
        Circuit(
            (
                Prescription("superman", reps=times(1), rest=seconds(20)),
                Prescription("cobra", reps=times(1), rest=seconds(25)),
                Prescription("bird-dog", reps=times(1), rest=seconds(30), sides=Sides.NONE),
            ),
            count(2),
        ),
        Prescription("bird-dog", hold=seconds(5), sides=Sides.NONE),
    )
    between = [told for told in telling(plan) if told[0] not in "l"]
    one_round = ["rest 20", "rest 10", "transition 15"]
    assert between == [
        "prepare 10",
        *one_round,
        "rest 40",
        "transition 20",
        *one_round,
        "rest 30",
        "hold 5",
    ]


def test_the_exercise_s_own_rest_does_not_stand_between_the_exercises_of_a_circuit() -> None:
    own = COBRA._replace(prescription=Prescription(reps=times(1), rest=seconds(20)))
    plan = plan_of(
        Circuit((Prescription("cobra"), Prescription("superman", reps=times(1)))), exercises=(own,)
    )
    assert [step.kind for step in plan.steps if step.kind in LEAD_INS] == [
        StepKind.PREPARE,
        StepKind.TRANSITION,
    ]


def test_a_pyramid_sets_the_number_of_sets() -> None:
    pyramid = Reps((count(3), count(2, 4), count(1)))
    plan = plan_of(Prescription("superman", reps=pyramid))
    assert [(spec.set, spec.sets, spec.reps) for spec in plan.sets] == [(1, 3, 3), (2, 3, 2), (3, 3, 1)]
    with pytest.raises(PlanError, match="a pyramid of 3 is 3 sets, not 2"):
        plan_of(Prescription("superman", reps=pyramid, sets=count(2)))


def test_a_pyramid_of_the_day_overrules_the_exercise_s_sets() -> None:
    own = COBRA._replace(prescription=Prescription(sets=count(5), reps=times(4)))
    plan = plan_of(Prescription("cobra", reps=Reps((count(2), count(1)))), exercises=(own,))
    assert [spec.reps for spec in plan.sets] == [2, 1]


def test_an_exercise_s_own_pyramid_in_a_circuit_is_one_set_a_round() -> None:
    own = COBRA._replace(prescription=Prescription(reps=Reps((count(3), count(2)))))
    plan = plan_of(Circuit((Prescription("cobra"),), count(2)), exercises=(own,))
    assert [spec.reps for spec in plan.sets] == [3, 3]


def test_a_list_in_a_circuit_goes_by_round_when_it_is_as_long_as_the_rounds() -> None:
    pyramid = Prescription("superman", reps=Reps((count(6), count(4), count(2))))
    by_round = plan_of(Circuit((pyramid, Prescription("cobra", reps=times(1))), count(3)))
    assert [(spec.round, spec.set, spec.sets, spec.reps) for spec in by_round.sets] == [
        (1, 1, 1, 6),
        (1, 1, 1, 1),
        (2, 1, 1, 4),
        (2, 1, 1, 1),
        (3, 1, 1, 2),
        (3, 1, 1, 1),
    ]
    for circuit in (
        Circuit((pyramid,), count(2)),
        Circuit((pyramid,), count(3, 4)),
        Circuit((pyramid._replace(sets=count(3)),), count(3)),
    ):
        plan = plan_of(circuit)
        assert [spec.reps for spec in plan.sets] == [6, 4, 2] * circuit.rounds.low


def test_no_time_at_all_leaves_a_phase_out() -> None:
    held = Prescription("superman", sets=count(2), reps=times(1), hold=seconds(3))
    own = (SUPERMAN._replace(prescription=held),)
    assert telling(plan_of(Prescription("superman"), exercises=own))[1:4] == ["lift 2", "hold 3", "lower 2"]
    for said in (
        Prescription("superman", hold=seconds(0)),
        Prescription("superman", tempo=(("hold", seconds(0)),)),
    ):
        plan = plan_of(said, exercises=own)
        assert telling(plan)[1:] == ["lift 2", "lower 2", "rest 45", "lift 2", "lower 2"]
        assert [spec.hold_s for spec in plan.sets] == [None, None]


def _expected(plan: Plan) -> list[Step]:
    return [step for step in plan.steps if not step.beyond]


def test_as_many_as_are_comfortable_keep_their_tempo_beyond_those_that_are_expected() -> None:
    plan = plan_of(Prescription("superman", sets=count(2), reps=Reps(()), relax=seconds(1)))
    first = plan.sets[0]
    work = plan.steps[first.first_step : first.last_step + 1]
    assert [step.rep for step in work if step.rep_end] == list(range(1, MOST_REPS + 1))
    assert all(step.seconds and step.kind is StepKind.PHASE for step in work)
    usual = plan_of(Prescription("superman", sets=count(2), reps=times(MAX_REPS_ESTIMATE), relax=seconds(1)))
    assert telling(plan._replace(steps=tuple(_expected(plan)))) == telling(usual)
    assert (plan.total_s, plan.estimated, usual.estimated) == (usual.total_s, True, False)
    assert [(spec.reps, spec.as_many) for spec in plan.sets] == [(None, True)] * 2
    assert plan_from_dict(json.loads(json.dumps(plan_to_dict(plan)))) == plan


@pytest.mark.parametrize("exercise", ["bird-dog", "knees-to-chest", "superman"])
def test_as_many_as_are_comfortable_honour_the_sides(exercise: str) -> None:
    many, few = (
        plan_of(Prescription(exercise, reps=reps, hold=seconds(1))) for reps in (Reps(()), times(10))
    )
    assert [spec.side for spec in many.sets] == [spec.side for spec in few.sets]
    ends = [(step.rep, step.side) for step in _expected(many) if step.rep_end]
    assert ends == [(step.rep, step.side) for step in few.steps if step.rep_end]


def test_as_many_as_are_comfortable_at_ones_own_pace_wait_for_the_person() -> None:
    plan = plan_of(Prescription("bird-dog", sets=count(2), reps=Reps(()), hold=seconds(1), pace=Pace.SELF))
    assert telling(plan) == ["prepare 10", "self_paced -", "rest 45", "self_paced -"]
    assert plan.steps[1].estimate_s == 20 * 5 + 19 * 5
    assert plan.estimated
    assert [(spec.reps, spec.as_many, spec.hold_s) for spec in plan.sets] == [(None, True, 1)] * 2


@pytest.mark.parametrize(
    ("asked", "sides", "estimate_s"),
    [
        (Prescription("superman", reps=times(6), relax=seconds(1)), [None], 6 * 4 + 5),
        (Prescription("knees-to-chest", hold=seconds(20)), [Side.LEFT, Side.RIGHT], 20),
        (Prescription("superman", duration=seconds(40)), [None], 40),
    ],
)
def test_at_one_s_own_pace(asked: Prescription, sides: list[Side | None], estimate_s: float) -> None:
    plan = plan_of(asked._replace(pace=Pace.SELF))
    work = [step for step in plan.steps if step.kind is StepKind.SELF_PACED]
    assert [step.side for step in work] == sides
    assert all(step.seconds is None and step.estimate_s == estimate_s and step.rep_start for step in work)
    assert not any(spec.as_many for spec in plan.sets)


def test_the_day_can_undo_an_exercise_s_own_pace() -> None:
    own = COBRA._replace(prescription=Prescription(reps=times(2), pace=Pace.SELF))
    assert plan_of(Prescription("cobra"), exercises=(own,)).estimated
    assert not plan_of(Prescription("cobra", pace=Pace.TIMED), exercises=(own,)).estimated


def test_an_amount_that_nobody_gives_is_a_problem() -> None:
    with pytest.raises(PlanError, match="cobra: how much"):
        plan_of(Prescription("cobra"))


def test_an_unknown_exercise_is_a_problem() -> None:
    with pytest.raises(PlanError, match="not known: handstand"):
        plan_of(Prescription("handstand", reps=times(1)))


def test_an_activity_is_one_long_step() -> None:
    day = Day(DayKind.ACTIVITY, activity="Light swimming", duration=seconds(1800))
    plan = compile_day(routine_of(day), "monday")
    assert telling(plan) == ["activity 1800"]
    assert (plan.title, plan.activity, plan.total_s, plan.estimated) == (
        "Light swimming",
        "Light swimming",
        1800,
        False,
    )
    assert [(spec.exercise, spec.set, spec.sets) for spec in plan.sets] == [(None, 1, 1)]


def test_an_activity_without_a_duration_waits() -> None:
    plan = compile_day(routine_of(Day(DayKind.ACTIVITY, activity="Yoga")), "monday")
    assert telling(plan) == ["activity -"]
    assert (plan.total_s, plan.estimated) == (1800, True)


@pytest.mark.parametrize(
    "day", [REST_DAY, Day(DayKind.EXERCISES), Day(DayKind.EXERCISES, items=(Circuit(()),))]
)
def test_a_day_without_anything_to_do(day: Day) -> None:
    with pytest.raises(NothingToDoError):
        compile_day(routine_of(day), "monday")


def test_a_day_that_the_routine_does_not_have() -> None:
    with pytest.raises(PlanError, match="no day called funday"):
        compile_day(routine_of(REST_DAY), "funday")


def test_a_plan_knows_its_equipment_and_positions() -> None:
    plan = plan_of(
        Prescription("superman", reps=times(1)),
        Prescription("cobra", reps=times(1)),
        Prescription("knees-to-chest", hold=seconds(5)),
    )
    assert plan.equipment == ("mat", "cushion")
    assert plan.positions == ("prone", "supine")
    assert plan.total_s == 10 + 4 + 8 + 4 + 25 + 5 + 5 + 5


def test_the_routine_s_title_stands_in_for_the_day_s() -> None:
    assert plan_of(Prescription("superman", reps=times(1)), title="").title == "My week"


def test_more_steps_than_a_plan_may_have_are_refused_at_once() -> None:
    huge = Prescription("superman", sets=count(100), reps=times(1000))
    began = process_time()
    with pytest.raises(PlanError, match="more than 20,000 steps"):
        plan_of(*[Circuit((huge,) * 50, count(100))] * 50)
    assert process_time() - began < 5


def test_exactly_as_many_steps_as_a_plan_may_have_are_fine() -> None:
    none = DEFAULTS._replace(prepare=seconds(0), rest=seconds(0))
    asked = Prescription("superman", sets=count(10), reps=times(1000))
    assert len(plan_of(asked, defaults=none).steps) == MAX_STEPS
    with pytest.raises(PlanError, match="steps"):
        plan_of(asked._replace(sets=count(11)), defaults=none)


def test_longer_than_a_day_is_refused() -> None:
    with pytest.raises(PlanError, match="longer than 24 hours"):
        plan_of(Prescription("superman", hold=seconds(MAX_TOTAL_S)))
    with pytest.raises(PlanError, match="longer than 24 hours"):
        plan_of(Prescription("superman", sets=count(2), hold=seconds(43_200), pace=Pace.SELF))


def test_times_that_nobody_chose() -> None:
    *pauses, breathing, written, progress, first = Defaults()
    assert pauses == [seconds(length) for length in (10, 45, 5, 10, 15, 60)]
    assert (breathing, written, progress, first) == (Breathing(), (), None, Side.LEFT)


def test_a_round_begins_with_the_first_of_its_sets() -> None:
    one, two, three = (
        Prescription(each, reps=times(1)) for each in ("superman", "bird-dog", "knees-to-chest")
    )
    made = plan_of(two, Circuit((one, three), rounds=count(2)), Circuit((one,), rounds=count(1)), two)
    rounds = [(spec.exercise, spec.round) for index, spec in enumerate(made.sets) if new_round(made, index)]
    assert rounds == [("superman", 1), ("superman", 2), ("superman", 1)]
