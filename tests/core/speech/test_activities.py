"""An activity among exercises is done standing: the way down from it, and the way up to it."""

from __future__ import annotations

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan, StepKind
from backtimer.core.plan.routine import WEEKDAYS, Circuit, Day, DayKind, Item, Position, Prescription, Routine
from backtimer.core.plan.units import seconds
from backtimer.core.plan.ways import ON_THE_FLOOR, is_firm, things_needed
from backtimer.core.session.session import Session, Snapshot
from backtimer.core.speech.lead_times import with_time_to_tell
from backtimer.core.speech.phrases import position_words
from backtimer.core.speech.pieces import singly
from backtimer.core.speech.script import Script
from backtimer.core.speech.transcript import script_rows
from backtimer.tui.screens.workout_view import view
from tests.bundled import CATALOGUE, catalogue
from tests.core.plans import count
from tests.rules import for_each

WALK = Prescription("", activity="Walk", duration=seconds(20), note="Take your keys.")
LOW = [name for name in CATALOGUE if catalogue()[name].position is not Position.STANDING]


def day_of(*items: Item) -> Plan:
    day = Day(DayKind.EXERCISES, items=items)
    return with_time_to_tell(compile_day(Routine("my", "My", {"monday": day}, catalogue()), WEEKDAYS[0]))


def told_before(plan: Plan, set_index: int) -> str:
    """All that is heard on the way to a set."""
    begins_s = sum(step.estimate_s for step in plan.steps[: plan.sets[set_index].lead_in])
    works_s = sum(step.estimate_s for step in plan.steps[: plan.sets[set_index].first_step])
    rows = script_rows(plan, Script(plan))
    return " ".join(row.text for row in rows if row.text and begins_s <= row.at_s < works_s)


def moves(position: Position, before: Position) -> list[str]:
    return [move.rstrip(".").lower() for move in singly((position_words(position, before),))]


@for_each("name", LOW)
def test_who_stands_after_a_walk_is_told_the_way_down(name: str) -> None:
    plan, position = day_of(WALK, Prescription(name)), catalogue()[name].position
    told = told_before(plan, 1).lower()
    if position in ON_THE_FLOOR:
        assert all(move in told for move in moves(position, Position.STANDING)[:2]), told
        assert told.index("one knee down") < told.rindex(moves(position, Position.STANDING)[-1][-9:]), told
        assert any(map(is_firm, things_needed(plan))), "there is something to hold on to"
    else:
        assert all(move in told for move in moves(position, Position.STANDING)), told


@for_each(
    ("begins", "items"),
    {
        "an activity": (WALK, Prescription("bird-dog")),
        "two": (WALK, WALK._replace(activity="Swing"), Prescription("bird-dog")),
        "a rest": (Prescription("", rest=seconds(10)), Prescription("bird-dog")),
        "a circuit": (Circuit((WALK, Prescription("bird-dog")), rounds=count(2)),),
    }.items(),
)
def test_whatever_a_day_begins_with_there_is_time_for_what_is_told_first(
    begins: str, items: tuple[Item, ...]
) -> None:
    plan = day_of(*items)
    told = told_before(plan, 0)
    for text in (
        "Take a firm chair without wheels.",
        "Lay the mat in front of it, head end at the chair.",
        "Sharp pain, or pain down your leg? Stop, and press h.",
        "Dizzy or numb? Stop for today.",
        "A rising tone: go. Level: hold. Falling: come back.",
    ):
        assert text in told, begins
    known = with_time_to_tell(plan, [each.id for each in plan.exercises])
    assert "Sharp pain" not in told_before(known, 0)


@for_each("name", LOW)
def test_who_is_to_walk_is_told_the_way_up_and_the_note(name: str) -> None:
    plan, position = day_of(Prescription(name), WALK), catalogue()[name].position
    last = len(plan.sets) - 1
    told = told_before(plan, last).lower()
    assert all(move in told for move in moves(Position.STANDING, position)), told
    assert "take your keys." in told


def at(plan: Plan, index: int) -> Snapshot:
    session = Session(plan)
    session.start(0.0)
    while (now := session.snapshot(session.next_deadline or 0.0)).step_index < index:
        session.tick(session.next_deadline or 0.0)
    return now


@for_each("name", ["superman-legs-down", "pelvic-tilt", "sit-tall"])
def test_the_screen_shows_the_way_up_and_the_note_too(name: str) -> None:
    plan = day_of(Prescription(name), WALK)
    index = next(number for number, step in enumerate(plan.steps) if step.position_change)
    shown = view(plan, at(plan, index), plan.total_s)
    assert shown.phase[0] == "Stand up"
    assert shown.how[-1] == "Take your keys."
    assert shown.how[0] == position_words(Position.STANDING, catalogue()[name].position) + "."
    works = next(number for number, step in enumerate(plan.steps) if step.kind is StepKind.ACTIVITY)
    assert "Take your keys." in view(plan, at(plan, works), plan.total_s).how


WALLED = [
    name
    for name in CATALOGUE
    if (things := catalogue()[name].equipment) and any("wall" in each or "door" in each for each in things)
    if not any("chair" in each for each in things)
]


@for_each("name", WALLED)
def test_a_wall_is_nothing_to_get_up_by(name: str) -> None:
    for order in ((name, "bird-dog"), ("pelvic-tilt", name)):
        plan = day_of(*map(Prescription, order))
        works_s = sum(step.estimate_s for step in plan.steps[: plan.sets[0].first_step])
        told = [row.text for row in script_rows(plan, Script(plan)) if row.at_s < works_s]
        assert "chair" in things_needed(plan)
        assert any(text.startswith("Take a firm chair") for text in told), told
