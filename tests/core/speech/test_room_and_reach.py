"""There is room on the mat, things are within reach, and there are stops on the way up."""

from __future__ import annotations

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.routine import Position, Prescription
from backtimer.core.plan.units import seconds
from backtimer.core.session.session import rehearse
from backtimer.core.speech.phrases import position_words
from backtimer.core.speech.pieces import singly
from backtimer.core.speech.script import Script
from tests.bundled import routine
from tests.core.plans import BIRD_DOG, SUPERMAN, plan_of, times
from tests.rules import for_each
from tests.told import DAYS, day_plan, rows_of

EACH_DAY = for_each(("name", "day"), DAYS)
FLOOR = (Position.QUADRUPED, Position.KNEELING, Position.FLOOR_SEATED, Position.SUPINE, Position.PRONE)


@for_each("before", sorted(set(Position) - {Position.PRONE}))
def test_nobody_rolls_onto_her_stomach_without_room(before: Position) -> None:
    moves = list(singly((position_words(Position.PRONE, before),)))
    assert moves[-3:] == [
        "Move back from your things, to have room to roll.",
        "Stretch the arm you lie on past your ear.",
        "Roll onto your stomach.",
    ]


def test_where_nothing_lies_beside_the_mat_no_things_are_spoken_of() -> None:
    mat = SUPERMAN._replace(equipment=("mat",))
    for things in (("mat",), ("mat", "folded towel")):
        fours = BIRD_DOG._replace(equipment=things)
        plan = plan_of(
            *(Prescription(each, reps=times(2)) for each in ("bird-dog", "superman")), exercises=(fours, mat)
        )
        script = Script(plan)
        told = " ".join(cue.text for event in rehearse(plan) for cue in script.cues(event))
        assert ("Sit on one hip." in told) == (things == ("mat",))
        assert ("away from your things" in told) == (things != ("mat",))


@for_each("before", FLOOR)
def test_on_the_way_up_there_are_two_stops_with_a_hand_on_the_chair(before: Position) -> None:
    moves = list(singly((position_words(Position.STANDING, before),)))
    hands = moves.index("Put both hands on the seat, and wait for a breath.")
    assert moves[hands + 1 :] == [
        "One foot forward, and hold on.",
        "Dizzy? Wait there.",
        "Push up slowly.",
        "Stand tall, one hand on the chair's back.",
    ]


@EACH_DAY
def test_who_has_to_get_up_from_the_floor_has_three_seconds_for_each_move(name: str, day: str) -> None:
    rows = [row for row in rows_of(day_plan(name, day)) if row.text]
    for at, row in enumerate(rows):
        if row.text in ("One foot forward, and hold on.", "Dizzy? Wait there.", "Push up slowly."):
            assert rows[at + 1].at_s - row.ends_s >= 2.9, row


@EACH_DAY
def test_only_who_leaves_it_out_is_told_to_wait(name: str, day: str) -> None:
    for row in rows_of(day_plan(name, day)):
        waits = "wait on your" in row.text.lower() or row.text.endswith("and wait.") if row.text else False
        assert not waits or row.text.startswith("If so, "), row


@EACH_DAY
def test_how_to_stop_for_the_day_ends_with_the_way_up(name: str, day: str) -> None:
    plan = day_plan(name, day)
    told = [row.text for row in rows_of(plan) if row.text]
    lies = any(exercise.position in FLOOR for exercise in plan.exercises)
    assert told.count("Rest on your side, then get up at the chair.") == lies


def test_to_fetch_a_chair_takes_longer_than_to_lay_out_a_towel() -> None:
    rows = [row for row in rows_of(day_plan("gentle-start", "monday")) if row.text]
    chair = next(at for at, row in enumerate(rows) if row.text == "Take a firm chair without wheels.")
    towel = next(at for at, row in enumerate(rows) if row.text.startswith("Stiff neck? Lay"))
    stills = [rows[at + 1].at_s - rows[at].ends_s for at in (chair, towel)]
    assert stills[0] > stills[1] + 1.0 and stills[1] >= 3.0


def test_in_two_seconds_of_changing_sides_the_limbs_that_come_are_named_and_not_in_one() -> None:
    plan = day_plan("lower-back", "monday")
    rows = [row for row in rows_of(plan) if row.text and row.exercise == "bird-dog"]
    ahead = [at for at, row in enumerate(rows) if row.text == "Right arm, left leg."]
    assert len(ahead) >= 27
    assert not [at for at in ahead if "right" in rows[at + 1].text], "not twice"
    hasty = plan_of(Prescription("bird-dog", reps=times(2), switch=seconds(1)))
    script = Script(hasty)
    told = [cue.text for event in rehearse(hasty) for cue in script.cues(event)]
    assert "Right." not in told and "Lift right." in told


@EACH_DAY
def test_how_long_a_rep_is_held_is_told_before_it(name: str, day: str) -> None:
    plan = day_plan(name, day)
    for exercise in plan.exercises:
        spec = next(each for each in plan.sets if each.exercise == exercise.id)
        paired = spec.alternate and any(phase.side is not None for phase in exercise.phases)
        if spec.reps is None or spec.hold_s is None or paired:
            continue
        told = [row.text for row in rows_of(plan) if row.exercise == exercise.id and row.why == "amount"]
        held = f"{spec.hold_s:g} second"
        assert any(held in text for text in told), exercise.id


def test_the_week_is_as_long_as_it_was_with_short_lead_ins() -> None:
    minutes = {day: day_plan("lower-back", day, True).total_s / 60 for day in ("tuesday", "friday")}
    assert 15 <= minutes["tuesday"] <= 20
    assert 19 <= minutes["friday"] <= 21
    assert compile_day(routine("lower-back"), "monday").total_s / 60 <= 33
