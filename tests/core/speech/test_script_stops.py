"""What is heard in a pause, after pain, on a detour and at the end: where a session does not just go on."""

from __future__ import annotations

from itertools import pairwise

import pytest

from backtimer.core.plan.routine import Prescription
from backtimer.core.plan.units import seconds
from backtimer.core.session.events import (
    Coming,
    CountIn,
    Outcome,
    Paused,
    PauseReason,
    Resumed,
    SetRecord,
    StepStarted,
)
from backtimer.core.session.session import Session, rehearse
from backtimer.core.speech.cues import Tone
from backtimer.core.speech.pieces import speech_s
from backtimer.core.speech.script import Script
from backtimer.core.speech.timing import AIR_S, TONE_LEAD_S
from tests.core.hearing import hear, rehearsed, transcript, words
from tests.core.plans import DEFAULTS, SUPERMAN, plan_of, times
from tests.core.session_plans import run_until
from tests.core.speech.script_kit import STRETCH, SUPERMAN_PLAN, TWO, UP, between, played


def test_pause_cuts_and_resume_counts_in_and_begins_the_rep_anew() -> None:
    sounds = played(
        SUPERMAN_PLAN,
        (17.0, lambda session, now: session.pause(now)),
        (60.0, lambda session, now: session.resume(now)),
        to_s=66,
    )
    assert between(sounds, 16, 65) == [
        "0:16.00 [exert]",
        "0:16.25 Second one. Lift.",
        "0:17.00 [pause]",
        "0:17.35 Paused. Press any key to go on.",
        "1:00.00 [count]",
        "1:00.12 Three.",
        "1:01.00 [count]",
        "1:01.12 Two.",
        "1:02.00 [count]",
        "1:02.12 One.",
        "1:03.00 [exert]",
        "1:03.25 Second one. Lift.",
    ]
    cut = next(sound for sound in sounds if sound.said == "Second one. Lift.")
    assert cut.ends_s == 17.0


def test_a_long_hold_that_is_carried_on_tells_what_is_left() -> None:
    sounds = played(
        STRETCH,
        (17.0, lambda session, now: session.pause(now)),
        (30.0, lambda session, now: session.resume(now)),
        to_s=37,
    )
    assert between(sounds, 33, 37) == [
        "0:33.00 [hold]",
        "0:33.25 Hold. Left side. 13 seconds more.",
    ]


def test_a_rest_that_is_carried_on_tells_what_is_left() -> None:
    sounds = played(
        SUPERMAN_PLAN,
        (38.0, lambda session, now: session.pause(now)),
        (50.0, lambda session, now: session.resume(now)),
        to_s=60,
    )
    assert "Rest. 35 seconds more. Then set 2 of 2." in words(sounds)


def test_a_machine_that_slept_is_told() -> None:
    script = Script(SUPERMAN_PLAN)
    for event in list(rehearse(SUPERMAN_PLAN))[:3]:
        script.cues(event)
    cues = script.cues(Paused(3.0, PauseReason.SLEPT, 130.0))
    assert [cue.tone or cue.text for cue in cues] == [
        Tone.PAUSE,
        "Paused: the computer was away for 2 minutes 10 seconds. Nothing was counted.",
    ]


def test_that_the_machine_slept_is_told_however_late() -> None:
    script = Script(SUPERMAN_PLAN)
    script.cues(StepStarted(0.0, 0))
    tone, words_of_it = script.cues(Paused(3.0, PauseReason.SLEPT, 9000.0))
    assert tone.latest_s < 4
    assert words_of_it.latest_s > 3.0 + 9000.0


def test_a_clock_that_goes_back_is_told_now_and_the_words_go_on_from_there() -> None:
    script = Script(STRETCH)
    session = Session(STRETCH)
    session.start(5000.0)
    cues = [cue for event in session.drain() for cue in script.cues(event)]
    for second in range(1, 26):
        session.tick(5000.0 + second)
        cues += [cue for event in session.drain() for cue in script.cues(event)]
    before = len(cues)
    session.tick(100.0)
    cues += [cue for event in session.drain() for cue in script.cues(event)]
    told = cues[before:]
    assert [cue.tone or cue.text for cue in told] == [
        Tone.PAUSE,
        "Paused: the clock was set back. Nothing was counted.",
    ]
    assert all(100.0 <= cue.at_s <= 102.0 for cue in told)
    session.resume(110.0)
    for second in range(31):
        session.tick(110.0 + second)
        cues += [cue for event in session.drain() for cue in script.cues(event)]
    after = cues[before + 2 :]
    assert len(after) >= 4, "counts, tones and words as ever"
    assert all(110.0 <= cue.at_s <= 145.0 for cue in after)


def test_more_time_is_told_and_moves_the_counts() -> None:
    sounds = played(STRETCH, (22.0, lambda session, now: session.extend(10, now)), to_s=41)
    assert between(sounds, 21, 36) == ["0:22.00 10 seconds more.", "0:35.00 5 seconds more."]
    assert "0:40.00 [switch]" in transcript(sounds)


def test_a_count_back_from_a_pause_that_does_not_fit_its_second_is_only_a_tone() -> None:
    session = Session(SUPERMAN_PLAN)
    session.start(0.0)
    run_until(session, 12.0)
    session.pause(12.0)
    before = session.drain()
    session.resume(12.0)
    run_until(session, 14.5)
    events = session.drain()
    assert [event.seconds for event in events if isinstance(event, CountIn)] == [3, 2, 1]
    room_s = 1.0 - TONE_LEAD_S - AIR_S
    for length_s, said in ((room_s - 1e-6, 3), (room_s + 1e-6, 0)):
        script = Script(SUPERMAN_PLAN, length=lambda text, length_s=length_s: length_s)  # type: ignore[misc]
        for event in before:
            script.cues(event)
        cues = [cue for event in events for cue in script.cues(event)]
        assert [cue.tone for cue in cues if cue.tone] == [Tone.COUNT] * 3
        assert sum(bool(cue.text) for cue in cues) == said


@pytest.mark.parametrize(("paused_s", "again"), [(2.0, 1), (27.5, 0)])
def test_a_setup_that_was_cut_short_is_told_again(paused_s: float, again: int) -> None:
    plan = plan_of(
        Prescription("superman", reps=times(3)),
        exercises=(SUPERMAN._replace(setup=("Forehead on the mat.",)),),
        defaults=DEFAULTS._replace(prepare=seconds(30)),
    )
    sounds = played(
        plan,
        (paused_s, lambda session, now: session.pause(now)),
        (40.0, lambda session, now: session.resume(now)),
        to_s=50,
    )
    whole = [sound for sound in sounds if sound.ends_s - sound.at_s > speech_s(sound.said) - 0.01]
    told = [sound.at_s > 40.0 for sound in whole if "Forehead on the mat." in sound.said]
    assert told == [bool(again)]


LEFT_OUT = (
    "Stop, and come out slowly. We leave out Superman today. Rest. "
    "When the pain is back to usual, press any key: Knees to chest. "
)


def test_what_hurts_is_named_and_nothing_else_is_heard_until_a_key() -> None:
    sounds = played(
        TWO,
        (12.0, lambda session, now: session.hurts(now)),
        (500.0, lambda session, now: session.resume(now)),
        to_s=510,
    )
    assert between(sounds, 12, 500) == [
        "0:12.00 [pause]",
        f"0:12.35 {LEFT_OUT}Or press f to finish. Press u to take it back.",
    ]
    told = between(sounds, 500, 507)
    assert told[0] == "8:20.00 [rest]"
    assert "Next: Knees to chest. Hands under your shoulders, bottom back" in told[1]


def test_what_hurt_in_a_pause_is_answered_at_once() -> None:
    sounds = played(
        TWO,
        (12.0, lambda session, now: session.pause(now)),
        (20.0, lambda session, now: session.hurts(now)),
        to_s=40,
    )
    assert between(sounds, 20, 21) == [
        "0:20.00 [pause]",
        f"0:20.35 {LEFT_OUT}Or press f to finish. Press u to take it back.",
    ]


def test_the_second_time_the_safety_card_is_heard_as_well() -> None:
    hurts = (12.0, lambda session, now: session.hurts(now)), (40.0, lambda session, now: session.hurts(now))
    first, second = (text for text in words(played(TWO, *hurts, to_s=60)) if text.startswith("Stop, and"))
    assert "Numbness between your legs" not in first
    assert "Numbness between your legs" in second and "go to hospital now" in second


def test_what_is_taken_back_is_heard() -> None:
    sounds = played(
        TWO,
        (12.0, lambda session, now: session.hurts(now)),
        (40.0, lambda session, now: session.take_back(now)),
        to_s=60,
    )
    assert between(sounds, 40, 60) == [
        "0:40.00 [pause]",
        "0:40.35 Superman is back in. Press any key to go on.",
    ]


def test_a_detour_tells_where_it_goes_and_counts_in() -> None:
    plan = plan_of(
        Prescription("superman", reps=times(3)),
        Prescription("cobra", reps=times(3)),
        Prescription("knees-to-chest", hold=seconds(20)),
    )
    sounds = played(
        plan,
        (11.0, lambda session, now: session.next_set(now)),
        (12.0, lambda session, now: session.next_set(now)),
        (21.0, lambda session, now: session.next_set(now)),
        to_s=80,
    )
    assert any(
        text.startswith("Next: Knees to chest. Hands under your shoulders, bottom back")
        for text in words(sounds)
    )


def test_a_way_of_three_seconds_is_used_to_tell_the_set() -> None:
    script = Script(SUPERMAN_PLAN)
    script.cues(StepStarted(0.0, 0))
    cues = script.cues(Coming(5.0, 0, 3.0, 0, 0.0))
    assert [cue.text for cue in cues if cue.text] == ["Next: Superman, set 1 of 2."]
    assert script.cues(CountIn(5.0, 3)) == ()
    assert [cue.text for cue in script.cues(CountIn(7.9, 1)) if cue.text] == ["One."]


def test_a_detour_that_goes_on_after_a_pause_is_told_again() -> None:
    script = Script(TWO)
    script.cues(StepStarted(0.0, 0))
    script.cues(Coming(5.0, 1, 15.0, 0, 0.0))
    script.cues(Paused(8.0, PauseReason.ASKED))
    cues = script.cues(Resumed(20.0))
    assert [cue.text for cue in cues] == ["Going on. Next: Knees to chest."]
    assert cues[0].cuts


FROM_LYING = "Lie still for two breaths, and open your eyes."


@pytest.mark.parametrize(
    ("finish_s", "said"),
    [
        (None, f"That's it, well done. 2 of 2 sets, in 1 minute 31 seconds. {FROM_LYING}"),
        (12.0, f"Stopped. 0 of 2 sets, in 12 seconds. {FROM_LYING}"),
    ],
)
def test_the_end_sums_up(finish_s: float | None, said: str) -> None:
    if finish_s is None:
        sounds = rehearsed(SUPERMAN_PLAN)
    else:
        sounds = played(SUPERMAN_PLAN, (finish_s, lambda session, now: session.finish(now)), to_s=20)
    ended = next(at for at, sound in enumerate(sounds) if sound.said == "[end]")
    off, *up = UP
    off_the_stomach = "Hands under your shoulders, bottom back, up onto hands and knees."
    assert [sound.said for sound in sounds[ended:]] == [
        "[end]",
        said,
        f"A new knee or hip? Get up as you were taught. {off_the_stomach}",
        off,
        *up,
        "That was all.",
    ]
    moves = sounds[ended + 2 : -1]
    assert all(after.at_s - before.ends_s >= 3.0 for before, after in pairwise(moves)), "time for each"


def test_sets_done_earlier_count_in_the_summary() -> None:
    records = (SetRecord(0, Outcome.DONE, 3, 18.0),)
    session = Session(SUPERMAN_PLAN, records)
    session.start(0.0)
    run_until(session, 200.0)
    sounds = hear(session.drain(), Script(SUPERMAN_PLAN, records=records))
    assert any(text.startswith("That's it, well done. 2 of 2 sets") for text in words(sounds))
    assert words(sounds)[0].startswith("Next: Superman")
