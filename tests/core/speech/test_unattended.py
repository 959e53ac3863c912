"""Where there is no keyboard, nothing asks for a key."""

from __future__ import annotations

from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Pace, Prescription
from backtimer.core.session.events import LeftOut, Paused, PauseReason, StepStarted
from backtimer.core.session.session import Session, rehearse
from backtimer.core.speech.reading import Reading
from backtimer.core.speech.script import Script
from tests.core.plans import count, plan_of, times
from tests.rules import for_each
from tests.told import DAYS, day_plan

OPEN = plan_of(
    Prescription("superman", sets=count(2), reps=times(3), pace=Pace.SELF),
    Prescription("bird-dog", reps=times(4)),
)


def said(plan: Plan, *, attended: bool) -> str:
    script, reading = Script(plan, attended=attended), Reading(plan, attended=attended)
    told: list[str] = []
    for event in rehearse(plan):
        told += [cue.text for cue in script.cues(event)]
        if isinstance(event, StepStarted):
            told.append(reading.step(event.step))
    session = Session(plan)
    session.start(0.0)
    hurt = Script(plan, attended=attended)
    events = [
        *session.drain(),
        LeftOut(20.0, set_index=0, following=1, times=1),
        Paused(30.0, PauseReason.ASKED),
    ]
    told += [cue.text for event in events for cue in hurt.cues(event)]
    return " ".join(told).lower()


@for_each("day", [*DAYS, None], ids=str)
def test_nothing_asks_for_a_key_where_there_is_none(day: tuple[str, str] | None) -> None:
    plan = OPEN if day is None else day_plan(*day)
    assert "press h" in said(plan, attended=True) or "press any key" in said(plan, attended=True)
    told = said(plan, attended=False)
    assert "press h" not in told
    assert " key" not in told
    assert "press f" not in told and "press u" not in told
