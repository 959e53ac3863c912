"""What keeps one who lies there from harm, guessing and looking: down, up, round, and what is offered."""

from __future__ import annotations

from itertools import accumulate, pairwise

from backtimer.core.plan.plan import Plan, StepKind
from backtimer.core.plan.routine import Position
from backtimer.core.speech.cues import Tone
from backtimer.core.speech.phrases import position_words, rest_words, sentence
from backtimer.core.speech.pieces import singly
from backtimer.core.speech.placing import lies_on_a_side
from backtimer.core.speech.transcript import Row
from backtimer.core.speech.vocabulary import OVER
from tests.rules import for_each
from tests.told import DAYS, day_plan, for_her, rows_of

EACH_DAY = for_each(("name", "day"), DAYS)
MANNERS = for_each("known", [False, True], ids=["full", "short"])

TIRING = (Position.PRONE, Position.QUADRUPED, Position.KNEELING, Position.HALF_KNEELING)
FLOOR = (Position.SUPINE, Position.PRONE, Position.QUADRUPED, Position.KNEELING, Position.FLOOR_SEATED)

MORE = ("superman", "standing-forward-bend")
"""Exercises that have more to offer to who knows them."""

LIFTS_LEGS = (("lower-back", "monday"), ("between", "monday"))
"""Days with the superman on which both legs are offered; nobody lifts her legs on her first days."""

NEVER_AT_EASE = (
    ("extension", "monday"),  # told on the chair first, then with the forehead on her hands: she sees nothing
    ("desk", "monday"),  # on a chair she keeps her eyes open
)
"""Days on which nobody is told what to do while she lies or sits at ease on the floor."""

ROLLS_OVER = sentence(OVER[Position.SIDE_LYING])


def spoken(plan: Plan, from_s: float = 0.0, to_s: float = float("inf")) -> list[Row]:
    return [row for row in rows_of(plan) if row.text and from_s <= row.at_s < to_s]


def begins(plan: Plan) -> list[float]:
    return list(accumulate((step.estimate_s for step in plan.steps), initial=0.0))


def before_set(plan: Plan, at: int) -> list[Row]:
    spec, starts = plan.sets[at], begins(plan)
    return spoken(plan, starts[spec.lead_in], starts[spec.first_step])


def starts_from(first: Position) -> Position:
    """Where one is told what to do at first: on a chair, where the position of that tires."""
    return Position.SEATED if first in TIRING else Position.STANDING


def is_in_order(moves: list[str], told: list[str]) -> bool:
    told = [for_her(text) for text in told]
    places = [told.index(move) for move in moves if move in told]
    return len(places) == len(moves) and places == sorted(places)


@EACH_DAY
def test_the_way_down_to_the_floor_and_up_from_it_is_told_move_by_move(name: str, day: str) -> None:
    plan = day_plan(name, day)
    first, last = (plan.exercise(plan.sets[at].exercise or "").position for at in (0, -1))
    down = list(singly((position_words(first, starts_from(first)),)))
    assert is_in_order(down, [row.text for row in before_set(plan, 0)])
    if last not in FLOOR:
        return
    up = list(singly((position_words(Position.STANDING, last),)))
    end = spoken(plan, plan.total_s - 0.01)
    assert is_in_order(up, [row.text for row in end])
    told = [row for row in end if row.text in up]
    assert all(after.at_s - before.ends_s >= 2.9 for before, after in pairwise(told)), "time for each"


def test_nobody_comes_down_onto_her_stomach_hips_first() -> None:
    for before in set(Position) - {Position.PRONE, Position.SUPINE, Position.SIDE_LYING}:
        way = position_words(Position.PRONE, before)
        assert way.endswith(
            "Walk your hands halfway to the chair. Down on the elbow of that hip. "
            "Lie on your side, facing your things. "
            "Move back from your things, to have room to roll. "
            "Stretch the arm you lie on past your ear. Roll onto your stomach"
        ), before


@MANNERS
@EACH_DAY
def test_more_is_offered_once_and_only_to_who_has_done_a_set(name: str, day: str, known: bool) -> None:
    plan = day_plan(name, day, known)
    starts = begins(plan)
    for exercise in plan.exercises:
        mine = [spec for spec in plan.sets if spec.exercise == exercise.id]
        told = [row.at_s for row in spoken(plan) if row.text in exercise.make_harder]
        assert len(told) <= 1
        assert all(at_s > starts[mine[0].last_step] for at_s in told)
        assert exercise.id in MORE or not exercise.make_harder
    if day == "monday":
        lifts = any("both straight legs" in row.text for row in spoken(plan))
        assert lifts == (known and (name, day) in LIFTS_LEGS)


@MANNERS
def test_who_comes_back_to_the_band_is_told_to_look_and_has_time_to_take_it(known: bool) -> None:
    plan = day_plan("lower-back", "thursday", known)
    rounds = [at for at, spec in enumerate(plan.sets) if spec.exercise == "seated-row"]
    for at in rounds:
        told = before_set(plan, at)
        texts = [row.text for row in told]
        taken = next(place for place, text in enumerate(texts) if text.startswith("Take both handles"))
        assert texts[taken + 3] == "Take one handle in each hand, arms straight, legs as you like."
        for row, following in pairwise(told[taken : taken + 5]):
            assert following.at_s - row.ends_s >= 3.9, "time for each"
        if at != rounds[0]:
            assert "Turn to the foot end, knees bent, take your time." in texts
        if not known and at == rounds[0]:
            assert texts.index("Open your eyes.") < texts.index(
                "Turn to the foot end, knees bent, take your time."
            )


def test_the_pillow_is_pushed_aside_by_one_who_is_off_it_before_she_lies_down() -> None:
    plan = day_plan("lower-back", "monday")
    for at, spec in enumerate(plan.sets):
        if spec.exercise != "bridge-leg-extension":
            continue
        told = [row.text for row in before_set(plan, at)]
        assert is_in_order(
            [
                "Hands under your shoulders, bottom back, up onto hands and knees.",
                "Lay the pillow and the towel back beside the mat.",
                "Sit on the hip away from your things.",
                "Walk your hands halfway to the chair.",
                "Down on the elbow of that hip.",
                "Lie on your side, facing your things.",
                "Move towards your things, then roll onto your back.",
            ],
            told,
        )


@MANNERS
@EACH_DAY
def test_a_rest_that_is_told_in_seconds_is_one(name: str, day: str, known: bool) -> None:
    """Nobody is called back into place at once who was told to rest for ten seconds.

    To roll over is no call back: she does it at first, to rest on the side on which it goes on.
    """
    rows = spoken(day_plan(name, day, known))
    for at, row in enumerate(rows):
        if not row.text.startswith("Rest for "):
            continue
        rests_s = row.ends_s
        moves = [each for each in rows[at:] if each.why == "position"]
        if moves and moves[0].text == ROLLS_OVER:
            rests_s = moves.pop(0).ends_s
        assert not moves or moves[0].at_s - rests_s >= 5.5, row


def test_a_rest_without_time_for_it_is_a_short_pause() -> None:
    assert rest_words(15.0, still_s=4.0) == "Short pause"
    assert rest_words(20.0, still_s=9.0) == "Short pause"
    assert rest_words(15.0, still_s=11.0) == "Rest for 15 seconds"


def test_a_rest_is_told_as_it_is_written_whatever_is_said_before_it() -> None:
    assert rest_words(26.0, whole_s=30.0) == "Rest for 30 seconds"
    assert rest_words(18.0, whole_s=30.0) == "Rest for 15 seconds", "gone into late"


def test_what_is_no_way_back_is_never_left_to_a_tone() -> None:
    """In the cat-cow the second move is no return: its falling tone would mislead."""
    plan = day_plan("lower-back", "tuesday")
    starts = begins(plan)
    moves = [at for at, step in enumerate(plan.steps) if step.exercise == "cat-cow" and step.phase == "round"]
    told = [row.at_s for row in spoken(plan) if row.text == "Round your back."]
    assert len(moves) == 12
    assert all(any(starts[at] <= at_s < starts[at + 1] for at_s in told) for at in moves)


@EACH_DAY
def test_the_end_of_every_stretch_is_told_and_not_with_the_sound_of_a_beginning(name: str, day: str) -> None:
    plan = day_plan(name, day)
    starts = begins(plan)
    for at, step in enumerate(plan.steps):
        if step.kind is not StepKind.PHASE or step.phase != "hold" or step.estimate_s < 15.0:
            continue
        heard = [row for row in rows_of(plan) if starts[at] <= row.at_s < starts[at + 1]]
        left = [row for row in heard if row.text == "5 seconds more."]
        assert [round(starts[at + 1] - row.at_s, 2) for row in left] == [5.0]
        assert not [row for row in heard if row.tone is Tone.COUNT]


@EACH_DAY
def test_with_which_limb_it_begins_is_told_last_before_the_way_and_never_as_what_left_is(
    name: str, day: str
) -> None:
    plan = day_plan(name, day)
    assert not any(row.text.startswith("Left is") for row in spoken(plan))
    for exercise in plan.exercises:
        if not exercise.left:
            continue
        first = next(at for at, spec in enumerate(plan.sets) if spec.exercise == exercise.id)
        told = before_set(plan, first)
        texts = [row.text for row in told]
        named = next(at for at, text in enumerate(texts) if exercise.left in text)
        if lies_on_a_side(exercise):  # she has to know on which side she is to lie down
            assert named < next(at for at, row in enumerate(told) if row.why == "position")
            continue
        assert named > max(texts.index(text) for text in singly(exercise.steps))


@EACH_DAY
def test_eyes_are_closed_only_by_one_who_is_down_already(name: str, day: str) -> None:
    rows = spoken(day_plan(name, day))
    told = [at for at, row in enumerate(rows) if row.text == "You can close your eyes."]
    if (name, day) in NEVER_AT_EASE:
        assert not told
        assert not [row for row in rows if "pen your eyes" in row.text and row.why != "end"]
        return
    assert len(told) == 1, "once"
    down = [at for at, row in enumerate(rows) if row.why == "position"]
    assert told[0] > down[0]
    assert rows[told[0] + 1].text == "Only listen."
    opened = [at for at, row in enumerate(rows) if "pen your eyes" in row.text and row.why != "end"]
    assert len(opened) <= 1, "and no refrain"
    assert all(at > told[0] for at in opened)


def test_one_comes_up_from_a_deep_bend_bit_by_bit() -> None:
    rows = spoken(day_plan("lower-back", "tuesday"))
    up = [at for at, row in enumerate(rows) if row.text == "Chest up, back straight."]
    assert len(up) == 3
    for at in up:
        assert rows[at].at_s - rows[at - 1].ends_s >= 1.0
        assert rows[at + 1].at_s - rows[at].ends_s >= 1.0


def test_the_side_of_an_exercise_with_two_limbs_is_named_by_both_in_every_rep() -> None:
    """Who moves only the leg has to know which one."""
    plan = day_plan("between", "monday")
    told = [row.text for row in spoken(plan) if row.exercise == "bird-dog"]
    bare = [text for text in told if text.rstrip(".").endswith((" left", " right"))]
    assert set(bare) <= {"10 seconds left."}
    assert not [text for text in told if text.rstrip(".").endswith(" arm")]
    assert "Left arm, right leg." in told and "Right arm, left leg." in told


@MANNERS
@EACH_DAY
def test_who_is_told_to_sit_as_she_likes_has_twenty_seconds_for_it(name: str, day: str, known: bool) -> None:
    rows = [row for row in rows_of(day_plan(name, day, known)) if row.text]
    for at, row in enumerate(rows):
        if row.text == "Sit as you like.":
            up = next(each for each in rows[at:] if each.text == "Come back up to kneeling.")
            assert up.at_s - row.ends_s >= 19.9


@EACH_DAY
@MANNERS
def test_nobody_rolls_onto_her_stomach_in_a_moment(name: str, day: str, known: bool) -> None:
    told = spoken(day_plan(name, day, known))
    rolls = [(row, then) for row, then in pairwise(told) if row.text == "Roll onto your stomach."]
    assert all(then.at_s - row.at_s >= 4.8 for row, then in rolls)


def test_before_reps_without_words_it_is_told_also_where_there_are_only_two() -> None:
    told = [row.text for row in spoken(day_plan("mcgill-three", "monday"))]
    counts = told.index("Soon only tones: rising go, falling back.")
    assert told[counts - 1] == "Then set 2 of 3."
    assert told.count(told[counts]) == 1
