"""A plan that an earlier version froze, beside a session that was never finished, is gone on with."""

from __future__ import annotations

import json
from pathlib import Path

from backtimer.core.plan.plan import Plan, plan_from_dict, plan_to_dict
from backtimer.core.plan.routine import Position
from backtimer.core.session.events import Ended, Outcome, SetRecord
from backtimer.core.session.session import Session
from backtimer.core.speech.entries import entries
from backtimer.core.speech.explain import explain_lines
from tests.core.session_plans import outcomes, record, run_out, run_until, step_index


def _stored() -> Plan:
    text = Path(__file__).with_name("plan_of_before.json").read_text(encoding="utf-8")
    return plan_from_dict(json.loads(text))


def test_it_is_read_as_it_was() -> None:
    plan = _stored()
    assert plan.exercise("childs-pose").setup == ("Big toes together.",)
    assert plan.exercise("seated-row").position is Position.SEATED
    assert plan.exercise("bird-dog").phases[0].side is None
    assert plan_from_dict(plan_to_dict(plan)) == plan
    assert [entry.text for entry in entries(plan)] == [
        "1 rep each side in turn · hold 3 s",
        "12 s · hold",
        "1 rep",
        "11 s each side · hold",
    ]
    assert explain_lines(plan)[-1].endswith("5 of 5 sets.")


def test_a_session_of_it_goes_on_and_ends() -> None:
    done = SetRecord(0, Outcome.DONE, 1, 14.0, None)
    session = Session(_stored(), (done,))
    session.start(0.0)
    run_until(session, 22.0)
    session.pause(22.0)
    session.resume(50.0)
    run_until(session, 53.0)
    assert step_index(session) == 9, "a long hold goes on where it stopped"
    run_out(session)
    assert outcomes(session) == [Outcome.DONE] * 5
    assert [record(session, index).seconds for index in range(5)] == [14.0, 12.0, 4.0, 11.0, 11.0]
    assert isinstance(session.drain()[-1], Ended)
