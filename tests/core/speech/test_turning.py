"""Lying or kneeling on one side: which one, before one lies down; and how to change it."""

from __future__ import annotations

import re

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan, StepKind
from backtimer.core.plan.routine import (
    WEEKDAYS,
    Circuit,
    Day,
    DayKind,
    Defaults,
    Exercise,
    Item,
    Position,
    Prescription,
    Routine,
    Side,
    Sides,
)
from backtimer.core.plan.units import Count, Reps, seconds
from backtimer.core.speech.languages import v
from backtimer.core.speech.lead_times import with_time_to_tell
from backtimer.core.speech.phrases import has_side, on_side
from backtimer.core.speech.script import Script
from backtimer.core.speech.transcript import script_rows
from tests.bundled import CATALOGUE, catalogue
from tests.core.hearing import rehearsed
from tests.rules import for_each

LYING = [name for name in CATALOGUE if catalogue()[name].position is Position.SIDE_LYING]
TURNED = [name for name in CATALOGUE if catalogue()[name].position in v.OVER]


def heard(name: str) -> tuple[list[str], int]:
    """All sentences in order, and how often the side changes."""
    day = Day(DayKind.EXERCISES, items=(Prescription(name),))
    plan = compile_day(Routine("alone", "Alone", {"monday": day}, catalogue()), WEEKDAYS[0])
    made = with_time_to_tell(plan)
    changes = sum(one.side is not other.side for one, other in zip(made.sets, made.sets[1:], strict=False))
    assert changes == 2 * made.sets[0].sets - 1
    assert any(step.kind is StepKind.SWITCH for step in made.steps)
    return [text for sound in rehearsed(made) for text in [sound.cue.text] if text], changes


def first_with(said: list[str], words: str) -> int:
    return next(number for number, text in enumerate(said) if words in text)


@for_each("name", LYING)
def test_on_which_side_to_lie_is_told_before_one_lies_down(name: str) -> None:
    said, _ = heard(name)
    left = catalogue()[name].left
    assert re.search(r"\b(left|right) side\b", left), "it says on which side one lies"
    assert first_with(said, left) < first_with(said, "Lie down on that side")
    assert sum(left in text for text in said) == 1


@for_each("name", TURNED)
def test_at_every_change_of_side_it_is_told_how_to_change(name: str) -> None:
    said, changes = heard(name)
    exercise = catalogue()[name]
    over, last = v.OVER[exercise.position], on_side(exercise.setup[-1], Side.RIGHT)
    assert sum(over in text for text in said) == changes
    after = said[first_with(said, over) :]
    assert first_with(after, last.rstrip(".")) < first_with(after, "Three"), "and how to lie or kneel there"


def test_nobody_turns_over_who_lies_on_the_back() -> None:
    assert not any(over in text for over in v.OVER.values() for text in heard("knees-to-chest")[0])


def test_where_each_side_has_its_reps_its_start_is_told_again() -> None:
    said, changes = heard("step-up")
    feet = [on_side(catalogue()["step-up"].setup[-1], side).rstrip(".") for side in Side]
    switches = [number for number, text in enumerate(said) if text.startswith("Switch")]
    assert switches and changes == 3
    for at in switches:
        assert any(foot in text for foot in feet for text in said[at : at + 4])


# Who listens, and does what is said

_LIES_ON = re.compile(r"you lie on your (left|right) side|your (left|right) side down", re.IGNORECASE)
_SIDE = re.compile(r"(Left|Right) side", re.IGNORECASE)
_LIES_DOWN = re.compile(r"lie down on (that|your) side|roll onto your side", re.IGNORECASE)
_OTHER = {"left": "right", "right": "left"}
_LEFT_IS_ON_TOP = {"clamshell", "outward-rotation", "side-leg-raise"}


def day_of(*items: Item) -> Plan:
    day = Day(DayKind.EXERCISES, items=items)
    return compile_day(Routine("alone", "Alone", {"monday": day}, catalogue()), WEEKDAYS[0])


def side_down(exercise: str, side: Side | None) -> str:
    assert side is not None
    return _OTHER[side.value] if exercise in _LEFT_IS_ON_TOP else side.value


def wrong_sides(plan: Plan, *, known: bool = False) -> list[str]:
    """The sets for which she does not lie on the side she works on, or has no time to turn onto it.

    Who knows the exercises knows on which side she lies for the left one.
    """
    made = with_time_to_tell(plan, None if known else ())
    rows = [row for row in script_rows(made, Script(made)) if row.text]
    asked: str | None = None
    lies: str | None = None
    moved_s, at_s, wrong = 0.0, 0.0, []
    for number, spec in enumerate(made.sets):
        lead_s = at_s
        at_s += sum(step.estimate_s for step in made.steps[spec.lead_in : spec.first_step])
        for row in rows:
            if not lead_s <= row.at_s < at_s or row.why == "rested":
                continue
            if found := _LIES_ON.search(row.text):
                asked = (found[1] or found[2]).lower()
            elif known and row.exercise in LYING and (side := _SIDE.match(row.text)):
                asked = side_down(row.exercise, Side(side[1].lower()))
            if "onto your other side" in row.text:
                lies, moved_s = _OTHER[lies or "left"], row.ends_s
            elif _LIES_DOWN.search(row.text):
                lies, asked, moved_s = asked, None, row.ends_s
            elif row.text.startswith(("Crawl to the chair", "Roll onto your back", "Come onto your hands")):
                lies = asked = None
        if spec.exercise in LYING:
            should = side_down(spec.exercise, spec.side)
            if lies != should or at_s - moved_s < 3.0:
                wrong.append(f"{number} {spec.exercise} {spec.side}: lies on {lies}, {at_s - moved_s:.1f} s")
        at_s += sum(step.estimate_s for step in made.steps[spec.first_step : spec.last_step + 1])
    return wrong


ASKED = {
    "each": {},
    "left": {"sides": Sides.LEFT},
    "right": {"sides": Sides.RIGHT},
    "right first": {"first": Side.RIGHT},
}


FOLLOWING = (
    ("each", "each"),
    ("right", "left"),
    ("left", "left"),
    ("each", "right first"),
    ("right first", "right"),
)


@for_each("one", LYING)
def test_she_lies_on_the_side_that_she_works_on(one: str) -> None:
    for other in LYING:
        for how, then in FOLLOWING:
            if one == other and how == then == "each":
                continue  # one after the other without a word between: it is one prescription
            first = Prescription(one, sets=Count(1, 1), **ASKED[how])  # type: ignore[arg-type]
            second = Prescription(other, sets=Count(1, 1), **ASKED[then])  # type: ignore[arg-type]
            assert not wrong_sides(day_of(first, second)), (other, how, then)
            if (how, then) in FOLLOWING[:2]:
                assert not wrong_sides(day_of(first, second), known=True), (other, how, then, "known")
                rounds = Circuit((first, second), rounds=Count(2, 2), rest=seconds(0))
                assert not wrong_sides(day_of(rounds)), (other, how, then, "in rounds")


@for_each("one", LYING)
@for_each("rest_s", [0, 5, 60])
def test_from_set_to_set_and_round_to_round_she_goes_back_to_the_first_side(one: str, rest_s: int) -> None:
    sets = Prescription(one, sets=Count(2, 2), rest=seconds(rest_s))
    assert not wrong_sides(day_of(sets))
    rounds = Circuit((sets._replace(sets=Count(1, 1)),), rounds=Count(2, 2), rest=seconds(rest_s))
    assert not wrong_sides(day_of(rounds))


@for_each("between", ["pelvic-tilt", "bird-dog", "squat", "superman"])
def test_who_lies_down_on_a_side_again_is_told_which_one(between: str) -> None:
    for one in LYING:
        circuit = Circuit((Prescription(one), Prescription(between)), rounds=Count(2, 2))
        assert not wrong_sides(day_of(circuit)), one
        assert not wrong_sides(day_of(circuit), known=True), (one, "known")


BY_SIDE = [
    name
    for name in CATALOGUE
    if catalogue()[name].sides is Sides.EACH and has_side(catalogue()[name].setup[-1])
]


@for_each("name", BY_SIDE)
@for_each("known", [False, True])
def test_another_foot_is_put_on_the_step_also_in_a_prescription_of_its_own(name: str, known: bool) -> None:
    right = Prescription(name, sets=Count(1, 1), sides=Sides.RIGHT)
    left = right._replace(sides=Sides.LEFT)
    made = with_time_to_tell(day_of(right, left), None if known else ())
    begins_s = sum(step.estimate_s for step in made.steps[: made.sets[1].lead_in])
    works_s = sum(step.estimate_s for step in made.steps[: made.sets[1].first_step])
    rows = [row for row in script_rows(made, Script(made)) if begins_s <= row.at_s < works_s]
    there = on_side(catalogue()[name].setup[-1], Side.LEFT)
    ends = [row.ends_s for row in rows if there.rstrip(".") in row.text]
    assert ends and works_s - ends[0] > 3.0, [row.text for row in rows]


@for_each("name", BY_SIDE)
def test_who_comes_back_from_another_exercise_puts_the_first_foot_there_again(name: str) -> None:
    other = next(
        each
        for each in CATALOGUE
        if catalogue()[each].position is catalogue()[name].position and each != name
    )
    rounds = Circuit((Prescription(name), Prescription(other)), rounds=Count(2, 2), rest=seconds(10))
    made = with_time_to_tell(day_of(rounds))
    there = on_side(catalogue()[name].setup[-1], Side.LEFT)
    told = [row.text for row in script_rows(made, Script(made)) if there.rstrip(".") in row.text]
    assert len(told) >= 2


SIDED = [name for name in CATALOGUE if catalogue()[name].sides is not Sides.NONE]


@for_each("name", SIDED)
def test_who_begins_with_the_right_side_is_told_what_right_means(name: str) -> None:
    left = catalogue()[name].left
    right = re.sub(r"\b(left|right)\b", lambda found: _OTHER[found[0]], left)
    asked = [Prescription(name, first=Side.RIGHT)]
    if catalogue()[name].sides is Sides.EACH:  # of the others on one side it is another exercise
        asked += [Prescription(name, sides=Sides.RIGHT)]
    for each in asked:
        made = with_time_to_tell(day_of(each))
        works_s = sum(step.estimate_s for step in made.steps[: made.sets[0].first_step])
        told = [row.text for row in script_rows(made, Script(made)) if row.at_s < works_s]
        assert any(right in text for text in told), told
        assert not any(left in text or "Left is" in text for text in told)


@for_each("position", sorted(v.OVER))
def test_where_no_file_tells_on_which_side_one_lies_who_is_on_the_wrong_one_is_told_to_turn(
    position: Position,
) -> None:
    own = [
        Exercise(each, each.capitalize(), position, Sides.EACH, steps=("Lift it.",))
        for each in ("this", "that")
    ]
    asked = (Prescription(each.id, sets=Count(1, 1), reps=Reps((Count(3, 3),))) for each in own)
    day = Day(DayKind.EXERCISES, items=tuple(asked))
    known = {each.id: each for each in own}
    made = with_time_to_tell(compile_day(Routine("alone", "Alone", {"monday": day}, known), WEEKDAYS[0]))
    told = [row.text for row in script_rows(made, Script(made)) if row.text]
    next_one = told[told.index("Next: That.") :]
    assert any(text.startswith("On the wrong") for text in next_one[: next_one.index("Three.")])
    assert sum(text.startswith("On the wrong") for text in told) == 1, "within one it is known"


@for_each("one", LYING)
@for_each("other", LYING)
def test_who_leaves_no_time_between_two_exercises_has_it_to_turn_over(one: str, other: str) -> None:
    both = [
        Prescription(name, sets=Count(1, 1), duration=seconds(20), switch=seconds(0)) for name in (one, other)
    ]
    day = Day(DayKind.EXERCISES, items=tuple(both))
    own = Routine("my", "My", {"monday": day}, catalogue(), defaults=Defaults(transition=seconds(0)))
    plan = compile_day(own, WEEKDAYS[0])
    assert [spec.side for spec in plan.sets] == [Side.LEFT, Side.RIGHT] * 2
    assert not wrong_sides(plan) + wrong_sides(plan, known=True)


def test_where_nobody_turns_over_a_transition_of_no_time_stays_one() -> None:
    day = Day(DayKind.EXERCISES, items=(Prescription("pelvic-tilt"), Prescription("dead-bug")))
    own = Routine("my", "My", {"monday": day}, catalogue(), defaults=Defaults(transition=seconds(0)))
    plan = compile_day(own, WEEKDAYS[0])
    assert all(step.kind is not StepKind.TRANSITION for step in plan.steps)
