"""What is written in vain, or not done as it is written, is told."""

from __future__ import annotations

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.hints import hints_of_day
from backtimer.core.plan.longer import longer_rests
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import (
    REST_DAY,
    Circuit,
    Day,
    DayKind,
    Exercise,
    Item,
    Phase,
    Position,
    Prescription,
    SetAmounts,
    Sides,
)
from backtimer.core.plan.units import Count, Duration, Reps, seconds
from tests.core.plans import DEFAULTS, count, routine_of, times
from tests.rules import for_each

UP = Exercise("squat", "Squat", Position.STANDING)
STROLL = Exercise("stroll", "Stroll", Position.STANDING, prescription=Prescription(duration=seconds(300)))
MAN = Prescription("superman", reps=times(2))
COBRA = Prescription("cobra", reps=times(2))
LISTED = Prescription("superman", reps=Reps((count(6), count(4))))
HOLDS = (SetAmounts(hold=seconds(8)), SetAmounts(hold=Duration(6, 9)))


def _placed(*items: Item, change_s: float | None = 15) -> list[tuple[str, tuple[int, ...]]]:
    day = Day(DayKind.EXERCISES, items=items)
    defaults = DEFAULTS
    if change_s is not None:
        defaults = DEFAULTS._replace(position_change=seconds(change_s), written=("position_change",))
    hints = hints_of_day(routine_of(day, UP, STROLL, defaults=defaults), "monday")
    return [(hint.text, hint.entry) for hint in hints]


def _hints(*items: Item, change_s: float | None = 15) -> tuple[str, ...]:
    return tuple(text for text, _entry in _placed(*items, change_s=change_s))


@for_each(
    ("items", "told"),
    [
        (
            (Prescription("stroll", reps=times(8)),),
            "'stroll' goes on for a time: write 'duration: 1m' in place of its 'reps'",
        ),
        (
            (Prescription("stroll", hold=seconds(30)),),
            "'stroll' goes on for a time: write 'duration: 1m' in place of its 'hold'",
        ),
        ((MAN._replace(switch=seconds(3)), COBRA), "the 'switch' of 'superman'"),
        ((Prescription("superman", hold=seconds(9), relax=seconds(3)),), "the 'relax' of 'superman'"),
        ((MAN, COBRA._replace(rest=seconds(30))), "the 'rest' of 'cobra' is not used: nothing comes after"),
        (
            (Circuit((MAN, COBRA._replace(rest=seconds(30))), rounds=count(2)),),
            "the 'rest' of 'cobra' is not used between rounds",
        ),
        (
            (MAN, Prescription("squat", reps=times(2))),
            "from 'superman' to 'squat' takes 30 s, from prone to standing: longer than",
        ),
        ((LISTED._replace(hold=Duration(8, 10)),), "the range of the 'hold' of 'superman' is not climbed"),
        (
            (Prescription("superman", hold=seconds(8), by_set=HOLDS),),
            "the range of the 'hold' of 'superman' is not climbed: beside a list it stays low",
        ),
        (
            (LISTED._replace(reps=Reps((Count(6, 8), Count(4, 4)))),),
            "the range of the 'reps' of 'superman' is not climbed",
        ),
        (
            (MAN._replace(rest=Duration(20, 30)), COBRA),
            "the range of the 'rest' of 'superman' is not climbed: it is 20 s",
        ),
        (
            (MAN, Prescription(rest=Duration(20, 30)), COBRA),
            "the range of the rest is not climbed: it is 20 s",
        ),
        (
            (Circuit((MAN, COBRA), rounds=count(2), rest=Duration(20, 30)),),
            "the range of the 'rest' of 'Circuit' is not climbed: it is 20 s",
        ),
        (
            (MAN._replace(rest=seconds(20)), Prescription(rest=seconds(30)), COBRA),
            "the 'rest' of 'superman' is not used: the rest that stands after it is",
        ),
        (
            (MAN, Prescription(rest=seconds(10)), Prescription("bird-dog", reps=times(2))),
            "the rest of 10 s before 'bird-dog' is not used: the way there takes 15 s",
        ),
        (
            (MAN._replace(rest=seconds(5)), Prescription("bird-dog", reps=times(2))),
            "the rest of 5 s before 'bird-dog' is not used: the way there takes 15 s",
        ),
        ((MAN._replace(sides=Sides.LEFT),), "'sides: left' of 'superman': the exercise has no sides"),
    ],
)
def test_each_is_told_once(items: tuple[Item, ...], told: str) -> None:
    (hint,) = _hints(*items)
    assert hint.startswith(told)


@for_each(
    "items",
    [
        (MAN._replace(rest=seconds(30)), COBRA),
        (MAN._replace(rest=seconds(30), sets=count(2)),),
        (Circuit((MAN._replace(rest=seconds(30)), COBRA), rounds=count(2)),),
        (MAN._replace(sides=Sides.ALTERNATE, switch=seconds(3), relax=seconds(4)),),
        (MAN, Prescription("bird-dog", reps=times(2))),
        (LISTED._replace(hold=seconds(8)),),
        (Prescription("superman", reps=times(6, 8), hold=Duration(8, 10)),),
        (MAN._replace(sets=count(2), rest=seconds(20)), Prescription(rest=seconds(30)), COBRA),
        (MAN._replace(sets=count(2), rest=seconds(5)), Prescription("bird-dog", reps=times(2))),
        (Prescription("bird-dog", reps=times(2), sides=Sides.LEFT),),
        (MAN._replace(rest=seconds(30)), Prescription("squat", reps=times(2))),
    ],
)
def test_what_is_done_as_it_is_written_is_not(items: tuple[Item, ...]) -> None:
    assert _hints(*items) == ()


def test_a_change_that_is_long_enough_is_not_told_nor_a_day_of_rest() -> None:
    assert _hints(MAN, Prescription("squat", reps=times(2)), change_s=30) == ()
    assert hints_of_day(routine_of(REST_DAY), "monday") == ()


def test_a_position_change_that_nobody_wrote_is_not_named() -> None:
    assert _hints(MAN, Prescription("squat", reps=times(2)), change_s=None) == ()
    (short,) = _hints(MAN._replace(rest=seconds(20)), Prescription("squat", reps=times(2)), change_s=None)
    assert short == "the rest of 20 s before 'squat' is not used: the way there takes 30 s"
    (none,) = _hints(MAN, Prescription(rest=seconds(0)), Prescription("squat", reps=times(2)), change_s=None)
    assert none == "no rest stands before 'squat', and the way there takes 30 s all the same"


def test_each_is_told_of_the_entry_that_it_is_about() -> None:
    unused = COBRA._replace(rest=seconds(30))
    circuit = Circuit(
        (MAN, MAN._replace(switch=seconds(3)), unused), rounds=Count(2, 2), rest=Duration(20, 30)
    )
    hints = _placed(MAN, circuit, MAN._replace(rest=seconds(9)), Prescription(rest=seconds(9)), COBRA)
    assert [entry for _text, entry in hints] == [(1, 1), (1, 2), (1,), (2,)]


def test_an_activity_has_its_name_in_what_is_told_of_the_way_to_it() -> None:
    [told] = [hint for hint in _hints(MAN, Prescription(activity="Walk")) if "position_change" in hint]
    assert told.startswith("from 'superman' to 'Walk' takes ")


@pytest.mark.parametrize("phases", [("push", "return"), ("push", "hold", "return")])
def test_a_hold_without_a_place_among_phases_of_ones_own_is_told(phases: tuple[str, ...]) -> None:
    own = Exercise("press", "Press", Position.PRONE, phases=tuple(Phase(name, seconds(2)) for name in phases))
    day = Day(DayKind.EXERCISES, items=(Prescription("press", sets=count(2), hold=seconds(9)),))
    routine = routine_of(day, own)._replace(own=("press",))
    told = [hint for hint in hints_of_day(routine, "monday") if "its phases have no hold" in hint.text]
    assert bool(told) is ("hold" not in phases)
    assert not told or told[0].text.startswith("the 'hold' of 'press' comes after 'push'")


def test_of_a_rest_in_rounds_the_longest_of_each_kind_is_told() -> None:
    circuit = Circuit((MAN._replace(rest=seconds(40)), COBRA), rounds=count(2))
    routine = routine_of(Day(DayKind.EXERCISES, items=(circuit,)))
    plan = compile_day(routine, "monday")

    def with_rests(*rests_s: float) -> Plan:
        steps = list(plan.steps)
        for index, rest_s in zip((1, 3), rests_s, strict=True):
            at = plan.sets[index].lead_in
            steps[at] = steps[at]._replace(seconds=rest_s, estimate_s=rest_s)
        return plan._replace(steps=tuple(steps))

    def told(known: Plan, new: Plan) -> list[tuple[str, tuple[int, ...]]]:
        return [(hint.text, hint.entry) for hint in longer_rests(routine, "monday", known, new)]

    longer = "the rest of 40 s before 'cobra' becomes 60 s, for its words: "
    for first_s, second_s in ((40, 60), (60, 40)):
        ((text, entry),) = told(with_rests(first_s, second_s), with_rests(90, 70))
        assert text.startswith(longer) and text.endswith("is new and explained, it is 90 s")
        assert entry == (0, 1)
    at_first = (
        "rests that become longer while exercises are new and explained: 40 s before 'cobra' become 70 s"
    )
    assert told(with_rests(40, 44), with_rests(50, 70)) == [(at_first, ())]
    assert told(with_rests(40, 44), with_rests(44, 44)) == []
