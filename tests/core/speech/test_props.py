"""Where one is when it is told what to do, and what lies about: laid out, put aside, and laid out again."""

from __future__ import annotations

import re
from itertools import accumulate

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan, position_before
from backtimer.core.plan.routine import WEEKDAYS, Day, DayKind, Position, Prescription, Routine
from backtimer.core.plan.units import seconds
from backtimer.core.plan.ways import ON_FEET, needs_support, things_needed
from backtimer.core.speech.lead_times import with_time_to_tell
from backtimer.core.speech.narrator import Narrator
from backtimer.core.speech.phrases import on_side
from backtimer.core.speech.pieces import Piece, Why, singly
from backtimer.core.speech.transcript import Row
from tests.bundled import CATALOGUE, catalogue
from tests.rules import for_each
from tests.told import DAYS, day_plan, for_her, rows_of

EACH_DAY = for_each(("name", "day"), DAYS)
MANNERS = for_each("known", [False, True], ids=["full", "short"])

TIRING = (Position.PRONE, Position.QUADRUPED, Position.KNEELING, Position.HALF_KNEELING)


def words_before(plan: Plan, set_index: int) -> list[Row]:
    """What is said on the way to a set."""
    begins_s = list(accumulate((step.estimate_s for step in plan.steps), initial=0.0))
    spec = plan.sets[set_index]
    from_s, to_s = begins_s[spec.lead_in], begins_s[spec.first_step]
    return [row for row in rows_of(plan) if row.text and from_s <= row.at_s < to_s]


@EACH_DAY
def test_one_is_in_place_before_it_is_told_what_to_do_but_where_that_tires(name: str, day: str) -> None:
    """Nobody listens with folded arms: where only the end of it is new, that comes last, too."""
    plan = day_plan(name, day)
    heard: set[str] = set()
    for exercise in plan.exercises:
        first = next(at for at, spec in enumerate(plan.sets) if spec.exercise == exercise.id)
        told = words_before(plan, first)
        there = position_before(plan, first) is exercise.position
        *begun, _end = singly(exercise.setup)
        only_the_end = there and heard.issuperset(begun)
        heard.update(singly(exercise.setup))
        listens = ", and only listen."  # on one hip, on the way
        moves = [
            at for at, row in enumerate(told) if row.why == "position" and not row.text.endswith(listens)
        ]
        steps = [at for at, row in enumerate(told) if row.text in list(singly(exercise.steps))]
        assert steps
        gets_up = exercise.position is Position.STANDING and not there and first
        if exercise.position in TIRING or gets_up:
            assert max(steps) < min(moves), exercise.id
            continue
        setup = [on_side(text, plan.sets[first].side) for text in singly(exercise.setup)]
        if only_the_end:
            assert min(moves) > max(steps), exercise.id
            assert [told[at].text for at in moves] == setup[-1:]
            continue
        assert min(moves) < min(steps), exercise.id
        after = [told[at].text for at in moves if at > max(steps)]
        takes = [at for at, text in enumerate(setup) if text.startswith(("Take ", "No band? "))]
        grip = takes[0] if takes else max(len(setup) - 1, 1)
        assert after == setup[grip:], "the end of it, before the count; and what the hands are full for"


@EACH_DAY
@MANNERS
def test_nobody_waits_long_on_hands_and_knees_for_the_count(name: str, day: str, known: bool) -> None:
    plan = day_plan(name, day, known)
    for at in range(len(plan.sets)):
        told = words_before(plan, at)
        counted = next((at for at, row in enumerate(told) if row.text == "Three."), None)
        if counted and told[counted - 1].why == "position":
            assert told[counted].at_s - told[counted - 1].ends_s <= 8.0, told[counted - 1]


@MANNERS
def test_what_is_put_aside_is_laid_out_again_in_the_next_round(known: bool) -> None:
    """Nobody is told to lie on a pillow that was pushed away."""
    plan = day_plan("lower-back", "monday", known)
    for at, spec in enumerate(plan.sets):
        told = [for_her(row.text) for row in words_before(plan, at)]
        laid = "Lay the pillow a hand in front of your belly."
        assert (laid in told) == (spec.exercise == "superman"), spec
        if spec.exercise == "bridge-leg-extension":
            way = [
                "Lay the pillow and the towel back beside the mat.",
                "Sit on the hip away from your things.",
                "Move towards your things, then roll onto your back.",
            ]
            assert [text for text in told if text in way] == way


def test_what_only_some_lay_out_for_the_next_exercise_is_put_aside_by_all() -> None:
    told = [row.text for row in rows_of(day_plan("gentle-start", "monday")) if row.text]
    off = told.index("Lay the pillow back beside the mat.")
    assert told[off + 1 : off + 4] == [
        "Crawl forward, hands to the middle of the mat.",
        "Sore knees? Lay the towel under them.",
        "Not needed? Lay it beside the mat.",
    ]


def test_what_is_laid_under_one_who_lies_is_laid_while_she_is_on_her_side() -> None:
    plan = day_plan("between", "monday")
    at = next(at for at, spec in enumerate(plan.sets) if spec.exercise == "superman")
    assert position_before(plan, at) is Position.SUPINE
    told = [for_her(row.text) for row in words_before(plan, at)]
    side = told.index("With bent knees, roll onto your side, facing your things.")
    assert told[side - 1 : side + 6] == [
        "Open your eyes.",
        "With bent knees, roll onto your side, facing your things.",
        "Move back from your things, to have room to roll.",
        "Lay the pillow a hand in front of your belly.",
        "Lay the towel a hand in front of your face.",
        "Stretch the arm you lie on past your ear.",
        "Roll onto your stomach.",
    ]


def test_from_hands_and_knees_one_comes_onto_the_stomach_over_the_side_where_the_things_are() -> None:
    """Not arms first, which is a press-up over a pillow that she cannot see."""
    plan = day_plan("lower-back", "monday")
    for number, at in enumerate(at for at, spec in enumerate(plan.sets) if spec.exercise == "superman"):
        told = [for_her(row.text) for row in words_before(plan, at)]
        down = told.index("Walk your hands halfway to the chair.")
        assert told[down - 1] == "Lay the towel back beside the mat.", (
            "she does not reach her knees from there"
        )
        if number:
            assert told[down - 2] == "Sit on the hip away from your things."
        else:  # she sits there, and has listened so
            assert told.count("Sit on the hip away from your things, and only listen.") == 1
            assert "Sit on the hip away from your things." not in told
        assert told[down : down + 8] == [
            "Walk your hands halfway to the chair.",
            "Down on the elbow of that hip.",
            "Lie on your side, facing your things.",
            "Move back from your things, to have room to roll.",
            "Lay the pillow a hand in front of your belly.",
            "Lay the towel a hand in front of your face.",
            "Stretch the arm you lie on past your ear.",
            "Roll onto your stomach.",
        ]


@EACH_DAY
@MANNERS
def test_nothing_is_pushed_aside_and_laid_out_again_at_once(name: str, day: str, known: bool) -> None:
    rows = [row for row in rows_of(day_plan(name, day, known)) if row.text]
    things = ("towel", "pillow")
    for at, row in enumerate(rows):
        if not row.text.startswith("Lay ") or not row.text.endswith(" back beside the mat."):
            continue
        soon = [then.text for then in rows[at + 1 :] if then.at_s < row.at_s + 20.0]
        if "Lie on your side, facing your things." in soon:
            continue  # it lay under her knees, and she lays it out from where she reaches it
        laid = " ".join(text for text in soon if re.search(r"\b(Lay|Open|Pull) the ", text))
        assert not [thing for thing in things if thing in row.text and thing in laid], (row, laid)


@EACH_DAY
def test_eyes_are_opened_before_one_rolls_or_gets_up_and_once(name: str, day: str) -> None:
    rows = [row for row in rows_of(day_plan(name, day)) if row.text]
    opens = [at for at, row in enumerate(rows) if row.text == "Open your eyes."]
    assert len(opens) <= 1
    for at in opens:
        assert for_her(rows[at + 1].text) == "With bent knees, roll onto your side, facing your things."
        assert any(row.text == "You can close your eyes." for row in rows[:at])


@EACH_DAY
def test_where_the_chair_stands_is_told_in_the_same_words_and_one_has_room_before_it(
    name: str, day: str
) -> None:
    if name not in ("lower-back", "gentle-start", "between"):
        return  # on a chair from the first to the last, or on the mat alone
    told = [row.text for row in words_before(day_plan(name, day), 0)]
    where = ["Put its back against the wall.", "Lay the mat in front of it, head end at the chair."]
    if day == "thursday":  # the mat lies where the band is, and only there
        assert not [text for text in where if text in told]
        mat = told.index("Now all lay the mat, foot end a step from the band.")
        where = ["Put it at the other end, its back against something firm."]
        assert mat < told.index(where[0])
    for text in ("Take a firm chair without wheels.", *where):
        assert told.count(text) == 1
    room = told.index("Crawl back, until your hands are in the middle of the mat.")
    assert told[room - 1] == "Hands on the mat."


STANDING_OR_ON_THE_CHAIR = [
    name for name in CATALOGUE if catalogue()[name].position in ON_FEET and catalogue()[name].equipment
]


@for_each("name", STANDING_OR_ON_THE_CHAIR)
def test_who_comes_down_from_a_chair_has_laid_her_mat_before_it(name: str) -> None:
    day = Day(DayKind.EXERCISES, items=(Prescription(name), Prescription("pelvic-tilt")))
    compiled = compile_day(Routine("my", "My", {"monday": day}, catalogue()), WEEKDAYS[0])
    told = [row.text for row in rows_of(with_time_to_tell(compiled)) if row.text]
    placed = [
        "Take a firm chair without wheels.",
        "Put its back against the wall.",
        "Lay the mat in front of it, head end at the chair.",
    ]
    assert [text for text in told if text in placed] == placed
    assert told.index(placed[-1]) < told.index("Hands on the mat.")


@for_each(
    "first",
    [
        (),
        (Prescription("", activity="Walk", duration=seconds(20)),),
        (Prescription("squat"),),
        (Prescription("sit-to-stand"),),
    ],
)
@for_each("name", ["superman-legs-down", "bird-dog", "pelvic-tilt", "clamshell"])
def test_who_comes_down_from_her_feet_has_three_seconds_for_each_move(
    first: tuple[Prescription, ...], name: str
) -> None:
    day = Day(DayKind.EXERCISES, items=(*first, Prescription(name)))
    compiled = compile_day(Routine("my", "My", {"monday": day}, catalogue()), WEEKDAYS[0])
    rows = [row for row in rows_of(with_time_to_tell(compiled)) if row.text]
    moves = ("one knee down, then the other.", "hands on the mat.", "crawl back, until ")
    down = [at for at, row in enumerate(rows) if row.text.lower().removeprefix("now all: ").startswith(moves)]
    assert len(down) == 3
    for at in (down[0] - 1, *down):
        assert rows[at + 1].at_s - rows[at].ends_s >= 2.7, rows[at]


@EACH_DAY
def test_what_to_hold_on_to_is_asked_for_at_the_start(name: str, day: str) -> None:
    plan = day_plan(name, day)
    start = [row.text for row in words_before(plan, 0)]
    firm = [text for text in start if "chair" in text]
    later = [row.text for row in rows_of(plan) if row.text and ("chair" in row.text or "firm" in row.text)]
    assert bool(firm) == bool(later)
    held = [thing for thing in things_needed(plan) if re.search("chair|wall|table|bench", thing)]
    assert held or not firm


def test_who_ends_on_the_floor_needs_something_to_hold_on_to() -> None:
    assert needs_support(day_plan("lower-back", "monday"))
    assert needs_support(day_plan("lower-back", "friday"))
    assert not needs_support(day_plan("lower-back", "tuesday")), "there is a chair"


@EACH_DAY
def test_the_tones_are_explained_once_to_who_does_not_know_all_of_it(name: str, day: str) -> None:
    told = [row.text for row in rows_of(day_plan(name, day)) if "rising tone" in row.text]
    briefly = "Soon only tones: rising go, falling back."
    assert [text for text in told if text != briefly] == [
        "A rising tone: go. Level: hold. Falling: come back."
    ]
    assert told.count(briefly) <= 1
    assert not [row for row in rows_of(day_plan(name, day, known=True)) if "tone" in row.text]


@EACH_DAY
def test_the_way_to_another_position_is_told_move_by_move_with_time_for_each(name: str, day: str) -> None:
    plan = day_plan(name, day)
    narrator = Narrator(plan)
    for at, spec in enumerate(plan.sets):
        for step in range(spec.lead_in, spec.first_step):
            pieces = narrator.lead(step)
            moves: list[Piece] = [piece for piece in pieces if piece.why is Why.POSITION]
            assert all(piece.then_s >= 1.0 for piece in moves)
            assert all(len(list(singly((piece.text,)))) == 1 for piece in moves)
            narrator.learn(at, [piece.said for piece in pieces], pieces)
