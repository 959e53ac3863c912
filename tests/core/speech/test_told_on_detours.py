"""Who skips, goes back or takes a session up again is told where she is: name, position, side."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan, exercise_of_set
from backtimer.core.plan.routine import Day, DayKind, Position, Prescription, Routine, Side
from backtimer.core.session.events import Coming, Event, Outcome, SetRecord, StepStarted
from backtimer.core.session.session import Session
from backtimer.core.session.transitions import Which
from backtimer.core.speech.cues import Tone
from backtimer.core.speech.lead_times import with_time_to_tell
from backtimer.core.speech.phrases import position_words
from backtimer.core.speech.pieces import Why, singly
from backtimer.core.speech.script import Script
from tests.bundled import catalogue
from tests.core.hearing import Sound, hear
from tests.core.session_plans import run_until
from tests.rules import for_each
from tests.told import day_plan, rows_of

DAYS = [("lower-back", "monday"), ("lower-back", "tuesday"), ("gentle-start", "monday")]

Move = Callable[[Session, float], None]


def heard(plan: Plan, moves: list[tuple[float, Move]], to_s: float) -> tuple[list[Sound], list[Event]]:
    session = Session(plan)
    events: list[Event] = []
    session.start(0.0)
    for at_s, move in moves:
        run_until(session, at_s)
        move(session, at_s)
        events += session.drain()
    run_until(session, to_s)
    events += session.drain()
    return hear(events, Script(plan)), events


def first_work(plan: Plan, events: list[Event], since_s: float) -> StepStarted:
    return next(
        event
        for event in events
        if isinstance(event, StepStarted)
        and event.at_s >= since_s
        and event.step >= plan.sets[plan.steps[event.step].set_index].first_step
    )


def told_before(sounds: list[Sound], from_s: float, to_s: float) -> str:
    return " ".join(sound.said for sound in sounds if sound.cue.text and from_s <= sound.at_s <= to_s + 1.0)


@for_each("skips", [1, 2, 3, 4])
@for_each(("name", "day"), DAYS)
def test_who_skips_is_told_the_exercise_its_position_and_its_side(name: str, day: str, skips: int) -> None:
    plan = day_plan(name, day)
    begins_s = plan.steps[0].estimate_s + 5.0
    moves = [(begins_s + number, lambda session, now: session.next_set(now)) for number in range(skips)]
    sounds, events = heard(plan, moves, begins_s + 200)
    last_s = moves[-1][0]
    work = first_work(plan, events, last_s)
    set_index = plan.steps[work.step].set_index
    exercise = exercise_of_set(plan, set_index)
    assert exercise is not None
    told = told_before(sounds, begins_s, work.at_s)
    if exercise.id != plan.exercises[0].id:
        assert exercise.name in told
    if exercise.position is not plan.exercises[0].position:
        way = list(singly((position_words(exercise.position, plan.exercises[0].position),)))
        assert in_order(told, way)
    side = plan.sets[set_index].side
    if side is not None and set_index:
        assert f"{side.value} side" in told.lower()


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_a_new_exercise_is_explained_to_who_skips_to_it(name: str, day: str) -> None:
    plan = day_plan(name, day)
    others = (i for i, spec in enumerate(plan.sets) if spec.exercise != plan.sets[0].exercise)
    target = next(others)
    records = tuple(SetRecord(index, Outcome.DONE, 1, 5.0) for index in range(target))
    session = Session(plan, records)
    session.start(0.0)
    run_until(session, 150.0)
    events = list(session.drain())
    sounds = hear(events, Script(plan, records=records))
    work = first_work(plan, events, 0.0)
    told = told_before(sounds, 0.0, work.at_s)
    exercise = exercise_of_set(plan, target)
    assert exercise is not None and exercise.name in told
    assert exercise.steps[0] in told


def test_who_goes_on_with_a_key_at_once_hears_at_least_the_name() -> None:
    plan = day_plan("lower-back", "monday")
    begins_s = plan.steps[0].estimate_s + 5.0
    moves: list[tuple[float, Move]] = [
        (begins_s + number / 2, lambda session, now: session.next_set(now)) for number in range(4)
    ]
    sounds, events = heard(plan, moves, begins_s + 30)
    work = first_work(plan, events, moves[-1][0])
    exercise = exercise_of_set(plan, plan.steps[work.step].set_index)
    assert exercise is not None
    assert exercise.name in told_before(sounds, begins_s, work.at_s)


def test_every_tone_has_a_reason_of_its_own_in_the_script() -> None:
    assert {tone.why for tone in Tone} <= {why.value for why in Why}


@pytest.mark.parametrize(("day", "leaves_s"), [("monday", 5.0), ("thursday", 5.0)])
def test_a_rest_on_a_detour_is_told_as_it_is_left(day: str, leaves_s: float) -> None:
    """In a circuit whose first exercise is left out: the way out is told before the rest, and takes time."""
    plan = day_plan("lower-back", day)
    at_s = sum(step.estimate_s for step in plan.steps[: plan.sets[0].first_step]) + leaves_s
    moves: list[tuple[float, Move]] = [
        (at_s, lambda session, now: session.hurts(now)),
        (at_s + 60, lambda session, now: session.resume(now)),
    ]
    sounds, events = heard(plan, moves, plan.total_s)
    rests = [event for event in events if isinstance(event, Coming) and event.rest_s]
    assert rests
    for rest in rests:
        said = next(sound for sound in sounds if sound.at_s >= rest.at_s and "Rest" in sound.cue.text)
        found = re.search(r"Rest for (?:(\d+) minutes?)? ?(?:(\d+) seconds?)?\.", said.cue.text)
        assert found is not None, said.cue.text
        rest_s = int(found[1] or 0) * 60 + int(found[2] or 0)
        let_go_s = 30.0 if day == "thursday" else 0.0  # the band is let go first, with time for each move
        assert -1.0 <= rest.rest_s - rest_s < 5.0 + let_go_s, "all of it, from the end of the work on"


def test_who_skips_while_time_is_given_to_lay_things_out_is_told_the_way_at_once() -> None:
    plan = day_plan("lower-back", "monday")
    superman = next(spec for spec in plan.sets if spec.exercise == "superman")
    leads_s = sum(step.estimate_s for step in plan.steps[: superman.lead_in])
    rows = [sound for sound in heard(plan, [], leads_s + 120)[0] if sound.at_s >= leads_s]
    laid_s = next(sound.at_s for sound in rows if "front of your face" in sound.cue.text) + 4.0
    sounds, _ = heard(plan, [(laid_s, lambda session, now: session.next_set(now))], laid_s + 20)
    told = [sound for sound in sounds if sound.cue.text and sound.at_s >= laid_s - 0.01]
    assert told[0].at_s == pytest.approx(laid_s)
    assert told[0].cue.text == (
        "Next: Superman. Sit on the hip away from your things. "
        "Walk your hands halfway to the chair. Down on the elbow of that hip. "
        "Lie on your side, facing your things. Move back from your things, to have room to roll. "
        "Stretch the arm you lie on past your ear. Roll onto your stomach."
    )


@pytest.mark.parametrize("while_told", ["Take a firm chair", "Your bottom stays down"])
def test_who_pauses_on_a_long_way_is_told_the_rest_of_it_and_not_all_again(while_told: str) -> None:
    """At first the band has been fixed; later she lies there, and hears what to do."""
    plan = day_plan("lower-back", "thursday")
    paused_s = next(row.at_s + 0.5 for row in rows_of(plan) if (row.text or "").startswith(while_told))
    moves: list[tuple[float, Move]] = [
        (paused_s, lambda session, now: session.pause(now)),
        (paused_s + 30, lambda session, now: session.resume(now)),
    ]
    sounds, _ = heard(plan, moves, plan.steps[0].estimate_s + 60)
    before = " ".join(sound.cue.text for sound in sounds if sound.at_s < paused_s)
    after = " ".join(sound.cue.text for sound in sounds if sound.at_s > paused_s + 30)
    assert "Lay the handles" in before and "Lay the handles" not in after
    assert ("Put it at the other end" in after) == (while_told == "Take a firm chair")
    assert "and your feet do not push. Hold it there, and breathe on." in after
    assert "Pelvic tilt" in after and "roll onto your back" in after, "she may have got up"
    assert ("Gently tighten" in after) == (while_told == "Take a firm chair")


def test_who_leaves_the_first_one_out_before_she_is_down_is_told_the_way_from_where_she_is() -> None:
    """On Monday she sits on a chair, and listens: she is not on hands and knees yet."""
    plan = day_plan("lower-back", "monday")
    skips = ((60.0, Session.next_set), (61.0, Session.next_set))
    moves: list[tuple[float, Move]] = list(skips)
    sounds, events = heard(plan, moves, 250)
    work = first_work(plan, events, 61.0)
    told = told_before(sounds, 61.0, work.at_s)
    assert plan.sets[plan.steps[work.step].set_index].exercise == "superman"
    assert "All others: sit on the chair, and only listen. You will lie on your stomach." in told
    way = list(singly((position_words(Position.PRONE, Position.SEATED),)))
    places = [told.index(move) for move in way]
    assert places == sorted(places) and way[0] == "Stand up slowly, and turn to the chair."
    assert "Back to your hands and knees" not in told
    assert "aside" not in told, "nothing was laid out"


def way_words(before: Position, after: Position) -> list[str]:
    return list(singly((position_words(after, before),)))


def in_order(told: str, moves: list[str]) -> bool:
    """Also where it is told for whom a move is."""
    places = [told.lower().find(move.rstrip(".").lower()) for move in moves]
    return -1 not in places and places == sorted(places)


def test_who_leaves_one_out_when_she_is_in_its_position_is_told_the_way_from_there() -> None:
    """On Monday she has got down to hands and knees: she is not on the chair any more."""
    plan = day_plan("lower-back", "monday")
    down_s = plan.steps[0].estimate_s - 6.0
    moves: list[tuple[float, Move]] = [(down_s, Session.next_set), (down_s + 1, Session.next_set)]
    sounds, events = heard(plan, moves, down_s + 200)
    work = first_work(plan, events, down_s + 1)
    assert plan.sets[plan.steps[work.step].set_index].exercise == "superman"
    told = told_before(sounds, down_s + 1, work.at_s)
    assert in_order(told, way_words(Position.QUADRUPED, Position.PRONE))
    assert "Stand up" not in told and "seat" not in told
    assert "All others: sit on the hip away from your things, and only listen." in told


@pytest.mark.parametrize(("told_s", "place"), [(12.0, Position.SUPINE), (-8.0, Position.QUADRUPED)])
def test_who_leaves_one_out_on_the_way_comes_from_where_that_had_brought_her(
    told_s: float, place: Position
) -> None:
    """From the beginning of the way to cat-cow, in which she only listens; or from its end."""
    plan = day_plan("lower-back", "tuesday")
    cat_cow = next(spec for spec in plan.sets if spec.exercise == "cat-cow")
    begins_s = sum(step.estimate_s for step in plan.steps[: cat_cow.lead_in])
    ends_s = sum(step.estimate_s for step in plan.steps[: cat_cow.first_step])
    at_s = (begins_s if told_s > 0 else ends_s) + told_s
    moves: list[tuple[float, Move]] = [
        (at_s, lambda session, now: session.hurts(now, Which.COMING)),
        (at_s + 40, Session.resume),
    ]
    sounds, events = heard(plan, moves, at_s + 200)
    stopped = told_before(sounds, at_s, at_s + 40)
    assert "flat back" not in stopped, "nothing was done of it that she could come out of"
    work = first_work(plan, events, at_s)
    assert plan.sets[plan.steps[work.step].set_index].exercise == "childs-pose"
    told = told_before(sounds, at_s + 40, work.at_s)
    assert in_order(told, way_words(place, Position.KNEELING))
    assert in_order(told, way_words(Position.SUPINE, Position.KNEELING)[:1]) == (place is Position.SUPINE)


def test_who_ends_a_session_is_told_the_way_up_from_where_she_is() -> None:
    """After two exercises left out, from hands and knees; not from where the plan would have her."""
    plan = day_plan("lower-back", "monday")
    down_s = plan.steps[0].estimate_s - 6.0
    moves: list[tuple[float, Move]] = [
        (down_s, Session.next_set),
        (down_s + 1, Session.next_set),
        (down_s + 8, Session.finish),
    ]
    sounds, _ = heard(plan, moves, down_s + 9)
    told = told_before(sounds, down_s + 8, down_s + 75)
    assert in_order(told, way_words(Position.QUADRUPED, Position.STANDING))


def test_who_stands_still_on_a_way_that_the_plan_has_not_is_told_it_when_she_goes_on() -> None:
    """It hurts once more before the way was told: going on, she hears the rest of it all."""
    plan = day_plan("gentle-start", "monday")
    bird_dog = next(spec for spec in plan.sets if spec.exercise == "bird-dog")
    at_s = sum(step.estimate_s for step in plan.steps[: bird_dog.lead_in]) + 15.0
    moves: list[tuple[float, Move]] = [
        (at_s, lambda session, now: session.hurts(now, Which.COMING)),
        (at_s + 20, Session.resume),
        (at_s + 30, Session.pause),
        (at_s + 60, Session.resume),
    ]
    sounds, events = heard(plan, moves, at_s + 200)
    work = first_work(plan, events, at_s + 60)
    assert plan.sets[plan.steps[work.step].set_index].exercise == "childs-pose"
    told = told_before(sounds, at_s + 60, work.at_s)
    assert told.startswith("Going on. Next: Child's pose.")
    assert in_order(told, way_words(Position.PRONE, Position.KNEELING))
    assert "breathe out as you bend" in told.lower(), "what was not told before is told now"


def test_who_turns_to_another_in_the_midst_of_a_way_goes_it_to_its_end() -> None:
    """She lies on her side, on the way to her back, and the other exercise is on the back, too."""
    plan = day_plan("morning", "monday")
    side = next(row for row in rows_of(plan) if row.text.startswith("Lie on your side"))
    at_s = side.ends_s + 1.0
    moves: list[tuple[float, Move]] = [
        (at_s, lambda session, now: session.hurts(now)),
        (at_s + 20, Session.resume),
    ]
    sounds, events = heard(plan, moves, at_s + 200)
    work = first_work(plan, events, at_s)
    assert plan.sets[plan.steps[work.step].set_index].exercise == "pelvic-rock"
    told = told_before(sounds, at_s + 20, work.at_s)
    assert "Move towards your things, then roll onto your back." in told
    assert "Sit on the hip away from your things." not in told


def test_who_goes_back_to_the_first_side_is_told_to_roll_over_again() -> None:
    day = Day(DayKind.EXERCISES, items=(Prescription("clamshell"),))
    plan = with_time_to_tell(
        compile_day(Routine("alone", "Alone", {"monday": day}, catalogue()), "monday"), None
    )

    def back(session: Session, now: float) -> None:
        session.previous_set(now)

    begins_s = sum(step.estimate_s for step in plan.steps[: plan.sets[1].first_step]) + 8.0
    sounds, events = heard(plan, [(begins_s, back), (begins_s + 1.0, back)], begins_s + 60)
    work = first_work(plan, events, begins_s + 1.5)
    assert plan.sets[plan.steps[work.step].set_index].side is Side.LEFT
    told = told_before(sounds, begins_s, work.at_s)
    assert "Lie down, move forward, roll over your back onto your other side." in told
