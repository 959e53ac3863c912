"""What a track says: the script of a session that runs by itself."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from backtimer.audio.track import TAIL_S, in_order, unattended
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Pace, Prescription
from backtimer.core.plan.units import seconds
from backtimer.core.session.events import Event, Halfway, Started
from backtimer.core.speech.cues import Cue, Priority, Tone, Verbosity
from backtimer.core.speech.pieces import speech_s
from backtimer.core.speech.script import Script
from tests.core.plans import count, plan_of, times


def cue(at_s: float, text: str = "", *, cuts: bool = False, priority: Priority = Priority.NEEDED) -> Cue:
    tone = None if text else Tone.COUNT
    return Cue(at_s, at_s + 9.0, priority, text=text, tone=tone, cuts=cuts)


def heard(plan: Plan, verbosity: Verbosity = Verbosity.FULL) -> list[Cue]:
    return list(unattended(plan, Script(plan, verbosity=verbosity, attended=False)))


@pytest.mark.parametrize("late_s", [0.0, 0.4, 5.0])
def test_cues_come_in_the_order_of_their_moments(late_s: float) -> None:
    events: list[Event] = [Started(0.0), Halfway(1.0, 0), Halfway(1.0, 1), Halfway(3.0, 2)]

    def cues_at(event: Event) -> Iterable[Cue]:
        return (cue(event.at_s), cue(event.at_s + late_s, "short"))

    found = [each.at_s for each in in_order(events, cues_at)]
    assert found == sorted(found) and len(found) == 8


def test_of_one_moment_tones_come_first_and_then_what_matters_most() -> None:
    asked = (cue(1.0, "kind", priority=Priority.KIND), cue(1.0, "now", priority=Priority.NOW), cue(1.0))
    assert [each.text for each in in_order([Started(1.0)], lambda event: asked)] == ["", "now", "kind"]


def test_a_cue_that_cuts_takes_away_what_has_not_come_yet() -> None:
    asked = {0.0: (cue(0.5, "heard"), cue(7.0, "gone")), 5.0: (cue(5.0, cuts=True), cue(5.2, "new"))}
    found = in_order([Started(0.0), Halfway(5.0, 0)], lambda event: asked[event.at_s])
    assert [each.text for each in found] == ["heard", "", "new"]


def test_the_times_are_those_of_the_plan() -> None:
    plan = plan_of(Prescription("superman", sets=count(2), reps=times(3)))
    moments = {round(cue.at_s, 6) for cue in heard(plan) if cue.tone is not None}
    at_s = 0.0
    for step in plan.steps:
        assert round(at_s, 6) in moments
        at_s += step.estimate_s
    assert at_s == plan.total_s == max(moments)


def test_a_track_has_no_keys_to_press(plan_at_own_pace: Plan) -> None:
    found = heard(plan_at_own_pace)
    said = " ".join(each.text for each in found)
    assert "at your own pace. About 40 seconds." in said and " key " not in f" {said} "
    assert not any(each.text == "" and each.tone is None for each in found)
    assert max(each.at_s for each in found) <= plan_at_own_pace.total_s + TAIL_S


def test_a_track_does_not_say_what_was_done() -> None:
    plan = plan_of(Prescription("superman", sets=count(2), reps=times(3)))
    last = [each for each in heard(plan) if each.at_s >= plan.total_s]
    assert [each.tone for each in last if each.tone] == [Tone.END]
    assert last[1].text == "That's it, well done. Lie still for two breaths, and open your eyes."
    assert last[-1].text == "That was all."
    assert last[-1].at_s + speech_s(last[-1].text) <= plan.total_s + TAIL_S, "the file ends before it is said"
    assert [each.tone for each in heard(plan, Verbosity.TONES) if each.at_s >= plan.total_s] == [Tone.END]


@pytest.fixture
def plan_at_own_pace() -> Plan:
    """Two sets that wait for the person."""
    return plan_of(
        Prescription("superman", reps=times(10), pace=Pace.SELF), Prescription("cobra", hold=seconds(20))
    )
