"""Whoever waits for the last words of a session waits long enough, on every bundled day."""

from __future__ import annotations

from collections.abc import Iterable

from backtimer.audio.track import TAIL_S
from backtimer.core.plan.plan import Plan
from backtimer.core.session.events import Event
from backtimer.core.session.session import Session, rehearse
from backtimer.core.speech.cues import LAST_WORDS_S
from backtimer.core.speech.pieces import speech_s
from backtimer.core.speech.script import Script
from tests.core.session_plans import run_until
from tests.rules import for_each
from tests.told import DAYS, day_plan

SLOWER = 1.15
"""So much slower than is estimated a calm voice speaks."""

EACH_DAY = for_each(("name", "day"), DAYS)


def slowly(text: str) -> float:
    return speech_s(text) * SLOWER


def last_words_s(plan: Plan, events: Iterable[Event], *, attended: bool) -> float:
    """From the end of a session until its last words are said."""
    script = Script(plan, length=slowly, attended=attended)
    ended_s, said_s = 0.0, 0.0
    for event in events:
        ended_s = event.at_s
        said_s = max((cue.at_s + slowly(cue.text) for cue in script.cues(event)), default=said_s)
    assert said_s > ended_s
    return said_s - ended_s


@EACH_DAY
def test_the_last_words_of_a_session_are_said_before_the_voice_is_closed(name: str, day: str) -> None:
    plan = day_plan(name, day)
    assert last_words_s(plan, rehearse(plan), attended=True) <= LAST_WORDS_S


@EACH_DAY
def test_the_last_words_of_a_track_are_on_it(name: str, day: str) -> None:
    plan = day_plan(name, day)
    assert last_words_s(plan, rehearse(plan), attended=False) <= TAIL_S


@EACH_DAY
def test_so_are_those_of_a_session_that_is_ended_in_any_exercise(name: str, day: str) -> None:
    plan = day_plan(name, day)
    first_sets = {spec.exercise: spec for spec in reversed(plan.sets)}
    for spec in first_sets.values():
        session = Session(plan)
        session.start(0.0)
        ends_s = sum(step.estimate_s for step in plan.steps[: spec.first_step]) + 1.0
        run_until(session, ends_s)
        session.finish(ends_s)
        assert last_words_s(plan, session.drain(), attended=True) <= LAST_WORDS_S, spec.exercise
