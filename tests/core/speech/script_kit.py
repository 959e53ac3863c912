"""Short sessions, and what is heard of them."""

from __future__ import annotations

from collections.abc import Callable

from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Prescription
from backtimer.core.plan.units import seconds
from backtimer.core.session.events import (
    Event,
)
from backtimer.core.session.session import Session
from backtimer.core.speech.cues import Verbosity
from backtimer.core.speech.script import Script
from tests.core.hearing import Sound, hear, transcript
from tests.core.plans import count, plan_of, times
from tests.core.session_plans import run_until

FULL, SHORT, TONES = Verbosity.FULL, Verbosity.SHORT, Verbosity.TONES


def between(sounds: list[Sound], from_s: float, to_s: float) -> list[str]:
    """What is heard in a span of time."""
    return transcript(sound for sound in sounds if from_s <= sound.at_s < to_s)


def played(
    plan: Plan,
    *moves: tuple[float, Callable[[Session, float], None]],
    verbosity: Verbosity = FULL,
    to_s: float,
) -> list[Sound]:
    """What is heard of a session in which something is asked for at these moments."""
    session = Session(plan)
    events: list[Event] = []
    session.start(0.0)
    for at_s, move in moves:
        run_until(session, at_s)
        move(session, at_s)
        events += session.drain()
    run_until(session, to_s)
    events += session.drain()
    return hear(events, Script(plan, verbosity=verbosity))


SUPERMAN_PLAN = plan_of(Prescription("superman", sets=count(2), reps=times(3), hold=seconds(2)))


UP = (
    "Crawl to the chair.",
    "Put both hands on the seat, and wait for a breath.",
    "One foot forward, and hold on.",
    "Dizzy? Wait there.",
    "Push up slowly.",
    "Stand tall, one hand on the chair's back.",
)
"""The way from hands and knees to standing, move by move."""


STRETCH = plan_of(Prescription("knees-to-chest", sets=count(2), hold=seconds(20)))


TWO = plan_of(Prescription("superman", reps=times(3)), Prescription("knees-to-chest", hold=seconds(20)))
