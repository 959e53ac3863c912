"""Circuits that are done straight: all sets of an exercise, then the next one."""

from __future__ import annotations

import json
from itertools import pairwise

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import LEAD_INS, Plan, StepKind, plan_from_dict, plan_to_dict
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.routine import Circuit, Day, DayKind, Item, Prescription, SetAmounts
from backtimer.core.plan.units import OWN_REST, Reps, seconds
from backtimer.core.speech.entries import entries
from backtimer.storage.history.values import set_number
from tests.bundled import routine
from tests.core.plans import DEFAULTS, count, routine_of, telling, times
from tests.core.telling import sayings
from tests.rules import for_each

SUPERMAN = Prescription("superman", reps=times(1))
COBRA = Prescription("cobra", reps=times(1))
BIRD_DOG = Prescription("bird-dog", reps=times(1))
TWO_ROUNDS = Circuit((SUPERMAN, COBRA), count(2), rest=seconds(40))


def straight(*items: Item, levels: dict[str, Level] | None = None, **defaults: object) -> Plan:
    day = Day(DayKind.EXERCISES, "Strength", items)
    asked = routine_of(day, defaults=DEFAULTS._replace(**defaults))  # type: ignore[arg-type]
    return compile_day(asked, "monday", levels=levels, straight=True)


def in_rounds(*items: Item) -> Plan:
    return compile_day(routine_of(Day(DayKind.EXERCISES, "Strength", items)), "monday")


def sets(plan: Plan) -> list[tuple[str | None, int, int, int | None]]:
    return [(spec.exercise, spec.set, spec.sets, spec.round) for spec in plan.sets]


def test_an_exercise_has_all_its_sets_before_the_next_one() -> None:
    plan = straight(TWO_ROUNDS)
    assert sets(plan) == [
        ("superman", 1, 2, None),
        ("superman", 2, 2, None),
        ("cobra", 1, 2, None),
        ("cobra", 2, 2, None),
    ]
    one = ["lift 2", "lower 2"]
    assert telling(plan)[1:] == [*one, "rest 40", *one, "transition 8", *one, "rest 40", *one]
    assert plan_from_dict(json.loads(json.dumps(plan_to_dict(plan)))) == plan


def test_between_sets_is_the_rest_that_is_between_rounds() -> None:
    by_default = straight(TWO_ROUNDS._replace(rest=None))
    assert telling(by_default)[3] == "rest 60"
    pause = Prescription(rest=seconds(50))
    as_entry = straight(Circuit((SUPERMAN, COBRA, pause), count(2), rest=seconds(40)), BIRD_DOG)
    assert [word for word in telling(as_entry) if word.startswith("rest")] == [
        "rest 50",
        "rest 50",
        "rest 35",  # of 50 the way to the next one is a part
    ]
    without = straight(TWO_ROUNDS._replace(rest=seconds(0)))
    assert telling(without)[3] == "rest 45"  # nobody does two sets as one
    own = straight(TWO_ROUNDS._replace(rest=OWN_REST))
    assert telling(own)[3:5] == ["rest -", "transition 5"]


def test_between_exercises_is_the_rest_that_was_between_them() -> None:
    written = Circuit((SUPERMAN._replace(rest=seconds(20)), COBRA), count(2), rest=seconds(40))
    assert telling(straight(written))[3:7] == ["rest 40", "lift 2", "lower 2", "rest 20"]
    pause = Prescription(rest=seconds(25))
    assert telling(straight(Circuit((SUPERMAN, pause, COBRA), count(2), rest=seconds(40))))[6] == "rest 25"


def test_several_sets_in_a_round_keep_the_rest_between_them() -> None:
    twice = SUPERMAN._replace(sets=count(2), rest=seconds(15))
    plan = straight(Circuit((twice, COBRA), count(2), rest=seconds(40)))
    rests = [step.seconds for step in plan.steps if step.kind is StepKind.REST]
    assert rests == [15, 40, 15, 15, 40]  # the fourth: its rest stands before the other exercise
    assert [spec.set for spec in plan.sets if spec.exercise == "superman"] == [1, 2, 3, 4]


def test_lists_go_on_by_round() -> None:
    listed = SUPERMAN._replace(reps=Reps((count(3), count(2))))
    loads = SUPERMAN._replace(load="1 kg", by_set=(SetAmounts(load="1 kg"), SetAmounts(load="2 kg")))
    plan = straight(Circuit((listed, COBRA), count(2)), Circuit((loads, COBRA), count(2)))
    told = [(spec.reps, spec.load) for spec in plan.sets if spec.exercise == "superman"]
    assert told == [(3, ""), (2, ""), (1, "1 kg"), (1, "2 kg")]


def test_each_exercise_has_as_many_sets_as_its_own_level_has_rounds() -> None:
    ranged = Circuit((SUPERMAN, COBRA), count(2, 4))
    plan = straight(ranged, levels={"cobra": Level(rounds=3)})
    assert [spec.exercise for spec in plan.sets] == ["superman"] * 2 + ["cobra"] * 3


def test_records_count_as_they_do_in_rounds() -> None:
    twice = SUPERMAN._replace(sets=count(2))
    circuit = Circuit((twice, COBRA), count(3))

    def kept(plan: Plan) -> list[tuple[str | None, int, int | None]]:
        return sorted((str(spec.exercise), set_number(spec), spec.reps) for spec in plan.sets)

    assert kept(straight(circuit)) == kept(in_rounds(circuit))


@for_each(
    "circuit",
    [
        TWO_ROUNDS._replace(rounds=count(1), title="Warm-up"),
        TWO_ROUNDS._replace(every=seconds(120)),
        Circuit((SUPERMAN, Prescription(activity="Walk", duration=seconds(60))), count(3)),
        Circuit((SUPERMAN, Prescription(rest=seconds(20))), count(3)),
    ],
    ids=["one round", "by the clock", "with a walk", "one exercise"],
)
def test_what_is_wanted_in_rounds_stays_in_them(circuit: Circuit) -> None:
    assert straight(circuit) == in_rounds(circuit)


def test_the_estimate_is_what_the_steps_take_and_the_list_says_sets() -> None:
    plan = straight(TWO_ROUNDS._replace(title="Legs"))
    assert plan.total_s == sum(step.estimate_s for step in plan.steps) == 10 + 4 * 4 + 2 * 40 + 8
    assert [(line.group, line.text) for line in entries(plan)] == [("Legs", "2 × 1 rep")] * 2
    assert {line.group for line in entries(straight(TWO_ROUNDS))} == {""}


def test_the_coach_says_sets_and_the_title_once() -> None:
    said = " ".join(sayings(straight(TWO_ROUNDS._replace(title="Legs"), prepare=seconds(60)), *LEAD_INS))
    assert said.count("Legs") == 1
    assert "set 2 of 2" in said.lower()
    assert "round" not in said.lower()


def test_mondays_changes_of_position_become_two() -> None:
    def changes(plan: Plan) -> int:
        places = [plan.exercise(str(spec.exercise)).position for spec in plan.sets]
        return sum(one is not other for one, other in pairwise(places))

    week = routine("lower-back")
    assert changes(compile_day(week, "monday")) == 8
    assert changes(compile_day(week, "monday", straight=True)) == 2
