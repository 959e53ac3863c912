"""Whatever happens in a session: what is heard stays in order, and out of each other's way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from backtimer.core.plan.plan import Plan
from backtimer.core.session.events import (
    Ended,
    Event,
    HurtAsked,
    LeftOut,
    Paused,
    PauseReason,
    Resumed,
    SetEnded,
    StepEnded,
    StepStarted,
    TakenBack,
)
from backtimer.core.session.session import Session, rehearse
from backtimer.core.session.transitions import Command
from backtimer.core.speech.cues import Priority, Verbosity
from backtimer.core.speech.script import Script
from tests.core.hearing import Sound, hear
from tests.core.session.test_session_properties import Call, calls, play
from tests.core.strategies import plans

SEVERAL = settings(max_examples=60)
TINY_S = 1e-6

verbosities = st.sampled_from(Verbosity)


def nothing_overlaps(sounds: list[Sound]) -> None:
    spoken = [sound for sound in sounds if sound.cue.text]
    for before, after in pairwise(spoken):
        assert before.ends_s <= after.at_s + TINY_S, (before.said, after.said)
    ends_s = -1.0
    for sound in sounds:
        if sound.cue.priority is Priority.NOW:
            assert ends_s <= sound.at_s + TINY_S, (sound, ends_s)
        if sound.cue.text:
            ends_s = sound.ends_s


@SEVERAL
@given(plans(), verbosities, st.booleans())
def test_an_undisturbed_session_is_in_order_and_nothing_overlaps(
    plan: Plan, verbosity: Verbosity, breathing: bool
) -> None:
    events = list(rehearse(plan))
    every_cue_lies_within_its_step(events, Script(plan, verbosity=verbosity), plan)
    sounds = hear(events, Script(plan, verbosity=verbosity, breathing_tones=breathing))
    times = [sound.at_s for sound in sounds]
    assert times == sorted(times)
    nothing_overlaps(sounds)
    assert verbosity is not Verbosity.TONES or not any(sound.cue.text for sound in sounds)


def every_cue_lies_within_its_step(events: Sequence[Event], script: Script, plan: Plan) -> None:
    ends = [event.at_s for event in events if isinstance(event, StepEnded)]
    number = 0
    for event in events:
        for cue in script.cues(event):
            assert cue.at_s >= event.at_s
            # What waits for a key lasts as long as one likes; a rehearsal may give it no time at all.
            if number < len(ends) and plan.steps[number].seconds is not None:
                assert cue.at_s < ends[number] + TINY_S
        number += isinstance(event, StepEnded)


@SEVERAL
@given(plans(), calls(), verbosities, st.booleans())
def test_no_command_brings_the_script_out_of_step(
    plan: Plan, script: list[Call], verbosity: Verbosity, breathing: bool
) -> None:
    events = play(Session(plan), script, None)
    sounds = hear(events, Script(plan, verbosity=verbosity, breathing_tones=breathing))
    assert [sound.event_s for sound in sounds] == sorted(sound.event_s for sound in sounds)
    nothing_overlaps(sorted(sounds, key=lambda sound: sound.at_s))


def test_a_pause_silences_all_that_was_to_come() -> None:
    pauses = 0

    @SEVERAL
    @given(plans(), st.floats(0.0, 30.0), calls(), verbosities)
    def holds(plan: Plan, first_s: float, script: list[Call], verbosity: Verbosity) -> None:
        nonlocal pauses
        events = play(Session(plan), [Call(first_s, Command.PAUSE), *script], None)
        made, paused = Script(plan, verbosity=verbosity), False
        for event in events:
            cues = made.cues(event)
            pain = isinstance(event, Paused) and event.reason in (PauseReason.HURT, PauseReason.WHICH)
            if isinstance(event, Paused | StepStarted) and not pain:
                assert cues[0].cuts
            if isinstance(event, LeftOut | HurtAsked) or (paused and isinstance(event, TakenBack)):
                assert cues[0].cuts and all(cue.at_s < event.at_s + 0.4 for cue in cues)
            elif isinstance(event, Paused):
                paused = True
                pauses += 1
                assert all(cue.at_s < event.at_s + 0.4 for cue in cues)
            elif isinstance(event, Resumed | Ended):
                paused = False
            elif paused:
                assert not cues or isinstance(event, SetEnded)

    holds()
    assert pauses > 10, "too few were met to tell"
