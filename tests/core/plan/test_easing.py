"""Exercises that hurt are replaced by their easier form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan, PlanError, StepKind
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.routine import (
    Circuit,
    Day,
    DayKind,
    Exercise,
    Item,
    Phase,
    Position,
    Prescription,
    Sides,
)
from backtimer.core.plan.units import Count, Reps, seconds
from tests.core.plans import COBRA, SUPERMAN, count, routine_of, times

SPHINX = Exercise(
    "sphinx", "Sphinx", Position.PRONE, easier="prone-rest", prescription=Prescription(hold=seconds(20))
)
PRONE_REST = Exercise("prone-rest", "Prone rest", Position.PRONE, Sides.NONE)
HARD = COBRA._replace(easier="sphinx", prescription=Prescription(sets=count(2), reps=times(8), load="8 kg"))


def plan_of(*items: Item, easier: tuple[str, ...], levels: dict[str, Level] | None = None) -> Plan:
    routine = routine_of(Day(DayKind.EXERCISES, items=items), HARD, SPHINX, PRONE_REST)
    return compile_day(routine, "monday", levels=levels, easier=easier)


def test_the_easier_form_comes_with_its_own_amounts() -> None:
    asked = Prescription("cobra", sets=count(3), rest=seconds(20), load="12 kg", note="Slowly.")
    (spec,) = plan_of(asked, easier=("cobra",)).sets
    assert (spec.exercise, spec.reps, spec.hold_s, spec.load) == ("sphinx", None, 20, "")
    assert spec.note == "In place of Cobra, which hurt."


def test_only_what_hurt_is_replaced() -> None:
    plan = plan_of(Prescription("cobra"), Prescription("superman", reps=times(3)), easier=("cobra",))
    assert [spec.exercise for spec in plan.sets] == ["sphinx", "superman"]
    assert [exercise.id for exercise in plan.exercises] == ["sphinx", "superman"]
    assert plan.sets[1].note == ""


def test_nothing_is_replaced_unless_it_hurt() -> None:
    asked = Prescription("cobra", reps=times(4), hold=seconds(2))
    assert plan_of(asked, easier=("sphinx", "nobody")) == plan_of(asked, easier=())


def test_without_an_easier_form_it_stays() -> None:
    asked = Prescription("superman", reps=times(3))
    assert SUPERMAN.easier == ""
    assert plan_of(asked, easier=("superman",)) == plan_of(asked, easier=())


def test_an_easier_form_that_is_not_known_is_none() -> None:
    lost = COBRA._replace(easier="nowhere", prescription=Prescription(reps=times(8)))
    routine = routine_of(Day(DayKind.EXERCISES, items=(Prescription("cobra"),)), lost)
    assert compile_day(routine, "monday", easier=("cobra",)) == compile_day(routine, "monday")


def test_when_the_easier_form_hurt_too_its_own_one_is_taken() -> None:
    """That one has no amounts of its own, and takes those of the exercise it stands for."""
    plan = plan_of(Prescription("cobra", sets=count(2), reps=times(5)), easier=("cobra", "sphinx"))
    assert [(spec.exercise, spec.reps, spec.load) for spec in plan.sets] == [("prone-rest", 5, "")] * 2


def test_two_that_name_each_other_end_somewhere() -> None:
    one = COBRA._replace(easier="superman", prescription=Prescription(reps=times(8)))
    other = SUPERMAN._replace(easier="cobra", prescription=Prescription(reps=times(3)))
    routine = routine_of(Day(DayKind.EXERCISES, items=(Prescription("cobra"),)), one, other)
    plan = compile_day(routine, "monday", easier=("cobra", "superman"))
    assert [spec.exercise for spec in plan.sets] == ["superman"]
    alone = COBRA._replace(easier="cobra", prescription=Prescription(reps=times(8)))
    routine = routine_of(Day(DayKind.EXERCISES, items=(Prescription("cobra"),)), alone)
    assert [spec.note for spec in compile_day(routine, "monday", easier=("cobra",)).sets] == [""]


def test_in_a_circuit_it_keeps_its_place_and_the_rest_of_the_day() -> None:
    circuit = Circuit(
        (Prescription("cobra", rest=seconds(7)), Prescription("superman", reps=times(2))), count(2)
    )
    plan = plan_of(circuit, easier=("cobra",))
    assert [(spec.exercise, spec.round, spec.sets) for spec in plan.sets] == [
        ("sphinx", 1, 1),
        ("superman", 1, 1),
        ("sphinx", 2, 1),
        ("superman", 2, 1),
    ]
    rests = [step.seconds for step in plan.steps if step.kind is StepKind.REST]
    assert rests[0] == 7


def test_the_level_of_what_hurt_is_not_that_of_the_easier_form() -> None:
    plan = plan_of(Prescription("cobra"), easier=("cobra",), levels={"cobra": Level(8, 60, 2)})
    assert [spec.hold_s for spec in plan.sets] == [20]


def test_an_exercise_that_is_not_known_is_still_a_problem() -> None:
    with pytest.raises(PlanError, match="not known: nobody"):
        plan_of(Prescription("nobody"), easier=("nobody",))


def test_one_whose_reps_take_no_time_is_held_as_long_as_a_rep_was_asked() -> None:
    """A plank is a hold and nothing else; without amounts of its own it was no day at all any more."""
    full = COBRA._replace(easier="plank")
    plank = Exercise("plank", "Plank", Position.PRONE, phases=(Phase("hold"),))
    routine = routine_of(
        Day(DayKind.EXERCISES, items=(Prescription("cobra", sets=count(2), reps=times(3)),)), full, plank
    )
    plan = compile_day(routine, "monday", easier=("cobra",))
    assert {(spec.exercise, spec.reps) for spec in plan.sets} == {("plank", 3)}
    assert work_of(plan)[3] <= work_of(compile_day(routine, "monday"))[3]


@pytest.mark.parametrize("own", [Prescription(sets=count(2)), Prescription(rest=seconds(10))])
def test_one_that_does_not_say_how_much_is_held_as_long_as_a_rep_was_asked(own: Prescription) -> None:
    full = COBRA._replace(easier="plank")
    plank = Exercise("plank", "Plank", Position.PRONE, prescription=own)
    routine = routine_of(
        Day(DayKind.EXERCISES, items=(Prescription("cobra", sets=count(2), reps=times(3)),)), full, plank
    )
    plan = compile_day(routine, "monday", easier=("cobra",))
    assert [spec.exercise for spec in plan.sets] == ["plank"] * (2 if own.sets else 1)
    assert work_of(plan)[3] <= work_of(compile_day(routine, "monday"))[3]


# Never more work


def work_of(plan: Plan) -> tuple[int, int, float, float]:
    """Sets, the most reps of one, the longest hold, and the seconds of work in all, relaxing left out."""
    sets = {(spec.item, spec.round, spec.set) for spec in plan.sets}
    reps: dict[tuple[int, int | None, int], int] = {}
    for spec in plan.sets:
        key = (spec.item, spec.round, spec.set)
        reps[key] = reps.get(key, 0) + (spec.reps or 0) * (2 if spec.alternate else 1)
    working = [step for step in plan.steps if step.kind is StepKind.PHASE and step.phase != "relax"]
    return (
        len(sets),
        max(reps.values(), default=0),
        max((spec.hold_s or 0.0 for spec in plan.sets), default=0.0),
        sum(step.estimate_s for step in working),
    )


def test_two_sets_of_three_do_not_become_six_a_side() -> None:
    full = COBRA._replace(easier="reach")
    reach = Exercise(
        "reach",
        "Reach",
        Position.QUADRUPED,
        Sides.EACH,
        prescription=Prescription(sets=count(2), reps=times(6), hold=seconds(5)),
    )
    day = Day(
        DayKind.EXERCISES, items=(Prescription("cobra", sets=count(2), reps=times(3), hold=seconds(2)),)
    )
    routine = routine_of(day, full, reach)
    plan = compile_day(routine, "monday", easier=("cobra",))
    assert {(spec.exercise, spec.side, spec.reps, spec.hold_s) for spec in plan.sets} == {
        ("reach", "left", 1, 2.0),
        ("reach", "right", 1, 2.0),
    }
    assert work_of(plan)[3] <= work_of(compile_day(routine, "monday"))[3]


HOLDS = st.sampled_from((None, 2.0, 5.0, 20.0))


@st.composite
def prescriptions(draw: st.DrawFn, exercise: str = "") -> Prescription:
    """Sets of reps, of holds, or of movement."""
    sets = count(draw(st.integers(1, 4)))
    kind = draw(st.sampled_from(("reps", "hold", "duration")))
    held = draw(HOLDS)
    if kind == "reps":
        low = draw(st.integers(1, 12))
        reps = Reps((Count(low, low + draw(st.integers(0, 4))),))
        return Prescription(exercise, sets=sets, reps=reps, hold=seconds(held) if held else None)
    length = seconds(draw(st.sampled_from((4.0, 15.0, 60.0))))
    if kind == "hold":
        return Prescription(exercise, sets=sets, hold=length)
    return Prescription(exercise, sets=sets, duration=length)


@settings(max_examples=200, deadline=None)
@given(
    prescriptions("full"),
    prescriptions() | st.none(),
    st.tuples(st.sampled_from(Sides), st.sampled_from(Sides)),
    st.tuples(st.booleans(), st.booleans()),
    st.integers(0, 5),
)
def test_the_easier_form_is_never_more_work(
    asked: Prescription,
    own: Prescription | None,
    sides: tuple[Sides, Sides],
    manner: tuple[bool, bool],
    level: int,
) -> None:
    in_circuit, only_held = manner
    full_sides, easy_sides = sides
    full = Exercise("full", "Full", Position.PRONE, full_sides, easier="easy")
    easy = Exercise("easy", "Easy", Position.PRONE, easy_sides, prescription=own)
    if only_held:
        easy = easy._replace(phases=(Phase("hold"),))
    item: Item = Circuit((asked,), count(2)) if in_circuit else asked
    routine = routine_of(Day(DayKind.EXERCISES, items=(item,)), full, easy)
    levels = {"full": Level(level or None, 30.0, level or None), "easy": Level(50, 90.0, 9)}
    before = compile_day(routine, "monday")
    after = compile_day(routine, "monday", levels=levels, easier=("full",))
    assert {spec.exercise for spec in after.sets} == {"easy"}
    sets, reps, hold_s, work_s = work_of(before)
    now = work_of(after)
    one_rep_s = min(step.estimate_s for step in after.steps if step.kind is StepKind.PHASE) * 2
    assert now[0] <= sets
    assert not reps or now[1] <= max(reps, 1 if easy_sides is Sides.NONE else 2)
    assert not (hold_s and reps and now[1]) or now[2] <= hold_s
    smallest = (2 if easy_sides is not Sides.NONE else 1) * one_rep_s * (2 if in_circuit else 1)
    assert now[3] <= max(work_s, smallest) + 1e-6
