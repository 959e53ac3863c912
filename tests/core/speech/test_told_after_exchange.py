"""Who does another exercise in the place of one is told all of it before its first set, from where she is."""

from __future__ import annotations

import pytest

from backtimer.core.plan.exchanging import FormKind, Spliced
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Position
from backtimer.core.plan.splicing import spliced
from backtimer.core.session.events import StepStarted
from backtimer.core.session.session import Session
from backtimer.core.speech.lead_times import told_as_new
from backtimer.core.speech.phrases import on_side, position_words
from backtimer.core.speech.pieces import singly
from backtimer.core.speech.script import Script
from tests.bundled import catalogue
from tests.core.hearing import Sound, hear
from tests.core.session_plans import only, run_until
from tests.told import day_plan


def after_exchange(plan: Plan, at_s: float, form: str) -> tuple[Spliced, list[Sound], float, float]:
    """The plan that is done then, all that is heard, when it goes on, and when the new work begins."""
    session, script = Session(plan), Script(plan)
    session.start(0.0)
    run_until(session, at_s)
    session.pause(at_s)
    sounds = hear(session.drain(), script)
    coming = session.to_come
    assert coming is not None
    made = told_as_new(spliced(plan, coming, catalogue()[form], FormKind.ALIKE), plan)
    session.exchange(made, at_s)
    sounds += hear(session.drain(), script)
    script, goes_on_s = Script(made.plan, heard=script.heard.moved_to(made.moved)), at_s + 20.0
    session.resume(goes_on_s)
    run_until(session, goes_on_s + 400)
    events = session.drain()
    work = {made.plan.sets[index].first_step for index in made.taken}
    begins_s = next(each.at_s for each in only(events, StepStarted) if each.step in work)
    return made, sounds + hear(events, script), goes_on_s, begins_s


def test_who_ends_right_after_it_is_told_how_to_get_up_from_where_she_is() -> None:
    plan = day_plan("lower-back", "monday")
    session, script = Session(plan), Script(plan)
    at_s = sum(step.estimate_s for step in plan.steps[: plan.sets[1].first_step + 2])
    session.start(0.0)
    run_until(session, at_s)
    session.pause(at_s)
    hear(session.drain(), script)
    coming = session.to_come
    assert coming is not None
    made = told_as_new(spliced(plan, coming, catalogue()["bridge"], FormKind.ALIKE), plan)
    session.exchange(made, at_s)
    session.finish(at_s + 5)
    said = " ".join(
        sound.said
        for sound in hear(session.drain(), Script(made.plan, heard=script.heard.moved_to(made.moved)))
    )
    way = list(singly((position_words(Position.STANDING, Position.PRONE),)))
    assert all(move in said for move in way) and "That was all" in said


@pytest.mark.parametrize("share", [0.3, 0.9])
@pytest.mark.parametrize(
    ("name", "day", "exercise", "form"),
    [
        ("lower-back", "monday", "superman", "bridge"),
        ("lower-back", "monday", "bridge-leg-extension", "side-plank-knees"),
        ("lower-back", "tuesday", "piriformis-stretch", "hamstring-stretch"),
    ],
)
def test_all_of_it_is_told_on_the_way(name: str, day: str, exercise: str, form: str, share: float) -> None:
    plan, new = day_plan(name, day), catalogue()[form]
    own = next(spec for spec in plan.sets if spec.exercise == exercise)
    first_s = sum(step.estimate_s for step in plan.steps[: own.first_step])
    work_s = sum(step.estimate_s for step in plan.steps[own.first_step : own.last_step + 1])
    (made, _moved, taken, _relaid), sounds, goes_on_s, begins_s = after_exchange(
        plan, first_s + share * work_s, form
    )
    told = [sound for sound in sounds if sound.cue.text and goes_on_s <= sound.at_s < begins_s]
    said = " ".join(sound.said for sound in told)
    assert new.name in said
    assert f"In place of {plan.exercise(exercise).name}." in said
    before = " ".join(sound.said for sound in sounds if sound.at_s < goes_on_s)
    for text in (*new.steps, *new.setup, *new.gear, *new.breath):
        for sentence in singly((text,)):
            forms = {sentence, on_side(sentence, made.sets[min(taken)].side)}
            assert any(form in said for form in forms) or (sentence in before and text not in new.steps), (
                sentence
            )
    moves = list(singly((position_words(new.position, plan.exercise(exercise).position),)))
    if new.position is not plan.exercise(exercise).position:
        places = [said.lower().index(move.lower()) for move in moves]
        assert places == sorted(places), "the way from where she is"
    assert all(sound.ends_s <= begins_s for sound in told), "and all of it in time"
    assert "set 2 of" not in said
    assert made.sets[0].exercise is not None
