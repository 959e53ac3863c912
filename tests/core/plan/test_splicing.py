"""A plan in which another exercise is done in the place of what is to come of one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.exchanging import FormKind, Spliced, ToCome
from backtimer.core.plan.plan import Plan, PlanError, SetSpec, StepKind, plan_from_dict, plan_to_dict
from backtimer.core.plan.routine import (
    Circuit,
    Day,
    DayKind,
    Exercise,
    Item,
    Pace,
    Position,
    Prescription,
    Side,
    Sides,
)
from backtimer.core.plan.splicing import spliced
from backtimer.core.plan.units import Count, seconds
from backtimer.core.plan.ways import way_s
from backtimer.core.speech.entries import entries
from backtimer.core.speech.lead_times import told_as_new, with_time_to_tell
from tests.bundled import CATALOGUE, catalogue
from tests.core.plans import count, routine_of, times
from tests.rules import for_each
from tests.told import day_plan

HOLD = Exercise("hold", "Hold", Position.PRONE, prescription=Prescription(sets=count(2), hold=seconds(20)))
KNEEL = Exercise("kneel", "Kneel", Position.KNEELING, Sides.EACH, prescription=Prescription(reps=times(4)))
LIFT = Exercise("lift", "Lift", Position.PRONE, prescription=Prescription(sets=count(3), reps=times(8)))
TURN = Exercise("turn", "Turn", Position.SUPINE, Sides.EACH, prescription=Prescription(reps=times(3)))


def plan_of(*items: Item, straight: bool = False) -> Plan:
    routine = routine_of(Day(DayKind.EXERCISES, items=items), LIFT, TURN, HOLD)
    return compile_day(routine, "monday", straight=straight)


def of(plan: Plan, exercise: str) -> tuple[int, ...]:
    return tuple(index for index, spec in enumerate(plan.sets) if spec.exercise == exercise)


def leads(plan: Plan, index: int) -> list[tuple[StepKind, float | None]]:
    spec = plan.sets[index]
    return [(step.kind, step.seconds) for step in plan.steps[spec.lead_in : spec.first_step]]


def test_a_rest_stays_as_long_and_has_the_way_at_its_end() -> None:
    plan = plan_of(Prescription("lift", rest=seconds(60)))
    made = spliced(plan, ToCome("lift", (1, 2)), KNEEL, FormKind.ALIKE).plan
    way = way_s(Position.PRONE, Position.KNEELING)
    assert leads(made, 1) == [(StepKind.REST, 60 - way), (StepKind.TRANSITION, way)]
    assert [(spec.set, spec.sets, spec.side) for spec in made.sets[1:]] == [
        (1, 2, Side.LEFT),
        (1, 2, Side.RIGHT),
        (2, 2, Side.LEFT),
        (2, 2, Side.RIGHT),
    ]
    assert leads(made, 3) == [(StepKind.REST, 60.0)]


def test_an_easier_form_with_fewer_sets_ends_sooner_and_what_follows_is_led_to_from_it() -> None:
    plan = plan_of(Prescription("lift"), Prescription("turn"))
    made = spliced(plan, ToCome("lift", (0, 1, 2)), HOLD, FormKind.EASIER)
    assert [spec.exercise for spec in made.plan.sets] == ["hold", "hold", "turn", "turn"]
    assert made.moved == {3: 2, 4: 3}
    assert leads(made.plan, 2) == leads(plan, 3), "from the same position it is the same way"


def test_a_circuit_done_straight_and_one_that_begins_every_so_often() -> None:
    circuit = Circuit((Prescription("lift", sets=count(1)), Prescription("turn")), Count(3, 3))
    straight = plan_of(circuit, straight=True)
    made = spliced(straight, ToCome("lift", of(straight, "lift")[1:]), HOLD, FormKind.ALIKE).plan
    assert [spec.exercise for spec in made.sets][:3] == ["lift", "hold", "hold"]
    timed = plan_of(circuit._replace(every=seconds(300)))
    made = spliced(timed, ToCome("lift", of(timed, "lift")[1:]), HOLD, FormKind.ALIKE).plan
    assert [(spec.exercise, spec.round) for spec in made.sets if spec.exercise != "turn"] == [
        ("lift", 1),
        ("hold", 2),
        ("hold", 3),
    ]
    assert all(step.since is None or step.since < step.set_index for step in made.steps)


def test_what_was_done_and_what_is_done_have_a_line_each_on_the_list() -> None:
    circuit = Circuit((Prescription("lift", sets=count(1)), Prescription("turn")), Count(3, 3))
    plan = plan_of(circuit)
    made = spliced(plan, ToCome("lift", of(plan, "lift")[1:]), HOLD, FormKind.ALIKE).plan
    assert [(entry.name, len(entry.sets)) for entry in entries(made)] == [
        ("Lift", 1),
        ("Turn", 6),
        ("Hold", 2),
    ]


@pytest.mark.parametrize("form", [Exercise("bare", "Bare", Position.PRONE), LIFT])
def test_what_says_nowhere_how_much_takes_what_was_asked_and_nothing_takes_its_own_place(
    form: Exercise,
) -> None:
    plan = plan_of(Prescription("lift"))
    coming = ToCome("lift", (0, 1, 2))
    if form is LIFT:
        with pytest.raises(PlanError, match="lift cannot be done in the place of lift"):
            spliced(plan, coming, form, FormKind.ALIKE)
    else:
        made = spliced(plan, coming, form, FormKind.ALIKE).plan
        assert [(spec.reps, spec.sets) for spec in made.sets] == [(8, 3)] * 3


@dataclass(frozen=True)
class Case:
    plan: Plan
    exercise: Exercise
    form: Exercise
    kind: FormKind

    def made(self, since: int, *, begun: bool) -> Spliced:
        own = of(self.plan, self.exercise.id)[since:]
        coming = ToCome(self.exercise.id, own, frozenset(own[:1]) if begun else frozenset())
        return spliced(self.plan, coming, self.form, self.kind)


def cases() -> list[Case]:
    found = []
    for name, day in (("lower-back", "monday"), ("lower-back", "friday")):
        plan = day_plan(name, day)
        used = {each.id for each in plan.exercises}
        for exercise in plan.exercises:
            forms = [(exercise.easier, FormKind.EASIER), (exercise.harder, FormKind.HARDER)]
            forms += [(each, FormKind.ALIKE) for each in CATALOGUE[:: len(CATALOGUE) // 2]]
            found += [
                Case(plan, exercise, catalogue()[form], kind)
                for form, kind in forms
                if form and form not in used
            ]
    return found


def worked_s(plan: Plan, sets: tuple[int, ...]) -> float:
    specs = [plan.sets[index] for index in sets]
    steps = [step for spec in specs for step in plan.steps[spec.first_step : spec.last_step + 1]]
    return sum(step.estimate_s for step in steps if step.kind is StepKind.PHASE and step.phase != "relax")


def same_but_for_its_place(one: SetSpec, other: SetSpec) -> bool:
    places = {"first_step": 0, "last_step": 0, "lead_in": 0}
    return one._replace(**places) == other._replace(**places)  # type: ignore[arg-type]


def test_what_holds_for_everything_that_is_exchanged() -> None:
    """What stays is as it was, there is time for each way, both sides get the same, and easier is no more."""
    seen = cases()
    assert len(seen) > 20
    for case in seen:
        for since in (0, 1):
            if since >= len(of(case.plan, case.exercise.id)):
                continue
            made = case.made(since, begun=since == 1)
            plan = made.plan
            assert plan_from_dict(plan_to_dict(plan)) == plan, case
            for was, now in made.moved.items():
                assert same_but_for_its_place(case.plan.sets[was], plan.sets[now])
            for index, (before, spec) in enumerate(zip(plan.sets, plan.sets[1:], strict=False), start=1):
                least_s = way_s(
                    plan.exercise(before.exercise or "").position, plan.exercise(spec.exercise or "").position
                )
                assert sum(seconds or 0.0 for _, seconds in leads(plan, index)) >= least_s, (case, index)
            sides = [plan.sets[index].side for index in made.taken]
            if not any(plan.sets[index].one_sided for index in made.taken):
                assert sides.count(Side.LEFT) == sides.count(Side.RIGHT)
            if case.kind is FormKind.EASIER and not since:
                assert (
                    worked_s(plan, made.taken) <= worked_s(case.plan, of(case.plan, case.exercise.id)) + 1e-6
                )


def begins(plan: Plan) -> list[float]:
    """When each set begins, from the first on."""
    starts = [0.0, *accumulate(step.estimate_s for step in plan.steps)]
    return [starts[spec.first_step] - starts[plan.sets[0].first_step] for spec in plan.sets]


MINUTE = Prescription("lift", sets=count(4), every=seconds(90))


@for_each("form", [HOLD, KNEEL, TURN, Exercise("bare", "Bare", Position.STANDING)])
def test_sets_done_in_the_place_of_others_begin_on_the_minute(form: Exercise) -> None:
    plan = plan_of(MINUTE)
    made = spliced(plan, ToCome("lift", (2, 3)), form, FormKind.ALIKE).plan
    first = [at for at, spec in zip(begins(made), made.sets, strict=True) if not spec.is_second]
    assert first == [0, 90, 180, 270]


def test_what_fills_its_interval_leaves_a_rest_to_what_is_shorter() -> None:
    plan = plan_of(MINUTE._replace(every=seconds(32)))
    assert begins(plan) == [0, 32, 64, 96]
    made = spliced(plan, ToCome("lift", (1, 2, 3)), HOLD, FormKind.ALIKE).plan
    assert begins(made)[2:] == [begins(made)[1] + 32, begins(made)[1] + 64]


def test_rounds_stay_on_the_minute_whatever_is_done_in_them() -> None:
    circuit = Circuit(
        (Prescription("lift", sets=count(1)), Prescription("turn")), Count(4, 4), every=seconds(240)
    )
    plan = plan_of(circuit)
    for exercise in ("lift", "turn"):
        made = spliced(plan, ToCome(exercise, of(plan, exercise)[2:]), HOLD, FormKind.ALIKE).plan
        rounds = [spec.round for spec in made.sets]
        assert [begins(made)[rounds.index(number)] for number in (1, 2, 3, 4)] == [0, 240, 480, 720]


def test_where_the_person_says_when_it_is_over_the_rest_is_counted_from_what_is_done() -> None:
    plan = plan_of(MINUTE._replace(pace=Pace.SELF))
    bare = Exercise("bare", "Bare", Position.KNEELING)
    made = spliced(plan, ToCome("lift", (1, 2, 3)), bare, FormKind.ALIKE).plan
    rests = [step for step in made.steps if step.kind is StepKind.REST]
    assert [(step.set_index, step.since) for step in rests] == [(1, 0), (2, 1), (3, 2)]
    way_s = way_s_of(made, 1)
    assert [step.every_s for step in rests] == [90 - way_s, 90, 90]
    by_clock = spliced(plan, ToCome("lift", (1, 2, 3)), HOLD, FormKind.ALIKE).plan
    assert leads(by_clock, 2) == [(StepKind.REST, 70)], "a number that holds is told"


def way_s_of(plan: Plan, index: int) -> float:
    return sum(seconds or 0.0 for kind, seconds in leads(plan, index) if kind is StepKind.TRANSITION)


def test_what_was_begun_leads_on_at_once_and_what_comes_is_counted_from_what_is_done() -> None:
    plan = plan_of(MINUTE)
    made = spliced(plan, ToCome("lift", (1, 2, 3), frozenset({1})), HOLD, FormKind.ALIKE).plan
    assert [kind for kind, _ in leads(made, 2)] == [StepKind.TRANSITION]
    at = begins(made)
    assert [later - at[2] for later in at[3:]] == [90, 180]


def test_what_is_told_of_another_exercise_leaves_it_on_the_minute() -> None:
    words = ("Bend down, and take hold of the chair.", "Lift one foot.", "Let it down slowly.")
    plan = with_time_to_tell(plan_of(MINUTE))
    made = spliced(plan, ToCome("lift", (2, 3)), KNEEL._replace(steps=words), FormKind.ALIKE)
    told = told_as_new(made, plan, None)
    first = [at for at, spec in zip(begins(told.plan), told.plan.sets, strict=True) if not spec.is_second]
    assert first == [0, 90, 180, 270]
