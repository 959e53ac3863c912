"""Each thing is followed through every bundled day by the words alone: where it lies, and under whom."""

from __future__ import annotations

from itertools import accumulate

from backtimer.core.plan.plan import Plan, exercise_of_set, position_before
from backtimer.core.plan.routine import Exercise, Position
from backtimer.core.speech.heard import things_in
from backtimer.core.speech.pieces import singly
from backtimer.core.speech.transcript import Row
from tests.rules import for_each
from tests.told import DAYS, day_plan, rows_of

EACH_DAY = for_each(("name", "day"), DAYS)
MANNERS = for_each("known", [False, True], ids=["full", "short"])

LYING = (Position.SUPINE, Position.PRONE, Position.SIDE_LYING)
THINGS = ("towel", "pillow")


def before_set(plan: Plan, at: int) -> list[Row]:
    starts = list(accumulate((step.estimate_s for step in plan.steps), initial=0.0))
    spec = plan.sets[at]
    from_s, to_s = starts[spec.lead_in], starts[spec.first_step]
    return [row for row in rows_of(plan) if row.text and from_s <= row.at_s < to_s]


def places(exercise: Exercise) -> dict[str, list[str]]:
    """What an exercise says of where its things lie."""
    texts = [*singly(exercise.gear), *singly(exercise.setup)]
    return {thing: [text for text in texts if thing in things_in(exercise, text)] for thing in THINGS}


def lays(text: str, thing: str) -> bool:
    laying = ("Lay the", "lay the", "Sit on the", f"Open the {thing} wide")
    return f"{thing}" in text and any(word in text for word in laying)


def is_at_home(exercise: Exercise, thing: str, where: str) -> bool:
    """Whether a thing may lie there: the exercise says so, or asks for it with the same question."""
    mine = places(exercise)[thing]
    need = where.split("?", maxsplit=1)[0] if "?" in where else None
    return where in mine or any(need == text.split("?")[0] for text in mine)


@MANNERS
@EACH_DAY
def test_whatever_lies_on_the_mat_is_where_the_exercise_wants_it(name: str, day: str, known: bool) -> None:
    """Also what only some lay out, as for sore knees: it is never left under her, nor in two places."""
    plan = day_plan(name, day, known)
    lie: dict[str, str] = {}
    for at in range(len(plan.sets)):
        exercise = exercise_of_set(plan, at)
        assert exercise is not None
        for row in before_set(plan, at):
            for thing in THINGS:
                if row.text.endswith("beside the mat.") and f"the {thing}" in row.text:
                    lie.pop(thing, None)
                elif row.why in ("equipment", "position") and lays(row.text, thing):
                    lie[thing] = row.text
        for thing, where in lie.items():
            assert is_at_home(exercise, thing, where), f"set {at}, {exercise.id}: the {thing}: {where}"
        for thing, texts in places(exercise).items():
            needed = [text for text in texts if "?" not in text and lays(text, thing)]
            assert not needed or lie.get(thing) in needed, f"set {at}, {exercise.id}: no {thing}"
            for text in texts:  # who knows that she needs it lays it out untold
                if "?" in text and lays(text, thing) and exercise.id in plan.known:
                    lie.setdefault(thing, text)


@MANNERS
@EACH_DAY
def test_nothing_is_pushed_aside_by_one_who_lies_or_sits_on_it(name: str, day: str, known: bool) -> None:
    plan = day_plan(name, day, known)
    for at in range(len(plan.sets)):
        exercise, before = exercise_of_set(plan, at), position_before(plan, at)
        told = before_set(plan, at)
        pushed = next(
            (place for place, row in enumerate(told) if row.text.endswith("back beside the mat.")), None
        )
        if pushed is None or exercise is None or before is exercise.position:
            continue
        moved = [row for row in told[:pushed] if row.why == "position"]
        # on the way down to lie one sits down first, off what the knees are on
        sits = exercise.position in LYING
        lies = before in LYING or before is Position.FLOOR_SEATED or sits
        assert bool(moved) == lies, (at, exercise.id)


@MANNERS
@EACH_DAY
def test_to_lay_out_and_to_push_aside_has_its_time(name: str, day: str, known: bool) -> None:
    rows = [row for row in rows_of(day_plan(name, day, known)) if row.text]
    for at, row in enumerate(rows[:-1]):
        if row.why != "equipment" or not any(f"the {thing}" in row.text for thing in THINGS):
            continue
        least_s = 0.9 if row.text.endswith("back beside the mat.") else 1.3 if known else 2.0
        assert rows[at + 1].at_s - row.ends_s >= least_s, row.text


def test_what_was_put_aside_is_offered_again_in_each_round_to_whom_it_helps() -> None:
    for day, text in (
        ("monday", "Sore knees? Lay the towel under them."),
        ("thursday", "Stiff neck? Lay the folded towel where your head will be."),
    ):
        told = [row.text for row in rows_of(day_plan("lower-back", day))]
        assert told.count(text) == 3, text


def test_the_chair_and_the_mat_have_their_places_before_the_small_things_and_the_time_for_all() -> None:
    for day in ("monday", "tuesday"):
        told = [row.text for row in rows_of(day_plan("lower-back", day)) if row.text]
        mat = next(at for at, text in enumerate(told) if "head end at the chair" in text)
        assert told.index("Lay your things beside the middle of the mat.") > mat
        pause = next(at for at, text in enumerate(told) if text.endswith("pause me, until all is there."))
        assert pause < mat, "before anything has to be fetched"


def test_a_band_is_let_go_as_slowly_in_each_round() -> None:
    rows = [row for row in rows_of(day_plan("lower-back", "thursday")) if row.text]
    lets_go = [at for at, row in enumerate(rows) if row.text.startswith("First bend your knees, then both")]
    assert len(lets_go) == 3
    for at in lets_go:
        assert rows[at + 1].at_s - rows[at].ends_s >= 4.0 and rows[at + 2].at_s - rows[at + 1].ends_s >= 4.0


def test_a_new_knee_gets_up_as_she_was_taught_and_hears_it_once() -> None:
    for day in ("monday", "tuesday", "friday"):
        told = [row.text for row in rows_of(day_plan("lower-back", day)) if row.text]
        knee = told.index("A new knee or hip? Get up as you were taught.")
        assert told.count(told[knee]) == 1
        assert knee < next(at for at, text in enumerate(told) if text.lower().endswith("crawl to the chair."))
        known = [row.text for row in rows_of(day_plan("lower-back", day, known=True))]
        assert told[knee] not in known
