"""The rules of the script, each by a short session."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import Breath, Circuit, Day, DayKind, Pace, Phase, Prescription
from backtimer.core.plan.units import Breathing, Reps, seconds
from backtimer.core.session.events import (
    Coming,
    CountIn,
    Event,
    Outcome,
    Paused,
    PauseReason,
    Resumed,
    SecondLeft,
    SetRecord,
    StepStarted,
)
from backtimer.core.session.session import Session, rehearse
from backtimer.core.speech.cues import Priority, Tone, Verbosity
from backtimer.core.speech.pieces import speech_s
from backtimer.core.speech.script import Script
from backtimer.core.speech.timing import AIR_S, CLEAR_S, LATE_S, TONE_LEAD_S
from tests.core.hearing import Sound, hear, rehearsed, transcript, words
from tests.core.plans import BIRD_DOG, COBRA, DEFAULTS, SUPERMAN, count, plan_of, routine_of, times
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
    "Stand still, and hold on.",
)
"""The way from hands and knees to standing, move by move."""
STRETCH = plan_of(Prescription("knees-to-chest", sets=count(2), hold=seconds(20)))
TWO = plan_of(Prescription("superman", reps=times(3)), Prescription("knees-to-chest", hold=seconds(20)))


def test_a_set_of_reps_from_getting_ready_to_rest() -> None:
    assert between(rehearsed(SUPERMAN_PLAN), 0, 29) == [
        "0:00.00 [rest]",
        "0:00.25 Get ready. You will need a mat within reach. First: Superman. Lie down on your stomach.",
        "0:07.00 [count]",
        "0:07.12 Three.",
        "0:08.00 [count]",
        "0:08.12 Two.",
        "0:09.00 [count]",
        "0:09.12 One.",
        "0:10.00 [exert]",
        "0:10.25 Lift slowly.",
        "0:12.00 [hold]",
        "0:12.25 Hold, breathe softly.",
        "0:14.00 [return]",
        "0:14.25 Slowly down.",
        "0:16.00 [exert]",
        "0:16.25 Second one. Lift.",
        "0:18.00 [hold]",
        "0:18.25 Hold.",
        "0:20.00 [return]",
        "0:20.25 Lower.",
        "0:22.00 [exert]",
        "0:22.12 Last one. Breathe out.",
        "0:24.00 [hold]",
        "0:24.25 Hold.",
        "0:26.00 [return]",
        "0:26.25 Lower. Breathe in.",
        "0:28.00 [rest]",
        "0:28.25 Rest for 45 seconds. Then set 2 of 2. Soon I only count: follow the tones.",
    ]


def test_in_short_the_phases_are_tones() -> None:
    assert between(rehearsed(SUPERMAN_PLAN, SHORT), 9, 18) == [
        "0:09.00 [count]",
        "0:10.00 [exert]",
        "0:10.25 One.",
        "0:12.00 [hold]",
        "0:14.00 [return]",
        "0:16.00 [exert]",
        "0:16.25 Second one.",
    ]


def test_with_tones_nothing_is_said() -> None:
    sounds = rehearsed(STRETCH, TONES)
    assert words(sounds) == []
    assert [said.split(" ")[1].strip("[]") for said in between(sounds, 0, 51)] == [
        "rest",
        *(["count"] * 3),
        "hold",
        "switch",
        *(["count"] * 3),
        "hold",
    ]


def test_a_short_stretch_is_left_in_peace() -> None:
    assert between(rehearsed(STRETCH), 10, 57) == [
        "0:10.00 [hold]",
        "0:10.25 Hold for 20 seconds. Left side. Breathe slowly.",
        "0:25.00 5 seconds more.",
        "0:30.00 [switch]",
        "0:30.12 Switch. Right side.",
        "0:32.00 [count]",
        "0:32.12 Three.",
        "0:33.00 [count]",
        "0:33.12 Two.",
        "0:34.00 [count]",
        "0:34.12 One.",
        "0:35.00 [hold]",
        "0:35.25 Hold for 20 seconds. Breathe slowly.",
        "0:50.00 5 seconds more.",
        "0:55.00 [rest]",
        "0:55.25 And release. Rest for 45 seconds. Then set 2 of 2, left side.",
    ]


def test_a_long_stretch_is_halved_and_told_to_be_nearly_over() -> None:
    plan = plan_of(Prescription("knees-to-chest", sets=count(2), hold=seconds(40)))
    assert between(rehearsed(plan), 10, 50) == [
        "0:10.00 [hold]",
        "0:10.25 Hold for 40 seconds. Left side. Breathe slowly.",
        "0:30.00 [halfway]",
        "0:30.25 Halfway.",
        "0:45.00 5 seconds more.",
    ]


def test_a_hold_that_is_no_stretch_is_counted_out_from_five() -> None:
    sounds = rehearsed(plan_of(Prescription("superman", duration=seconds(20))))
    told = [each.split(" ", 1)[1] for each in between(sounds, 20, 29)]
    assert told == ["[halfway]", "Halfway.", "Five.", "Four.", "Three.", "Two."], (
        "none of the tones that begin"
    )


def test_a_long_rest_tells_how_much_of_it_is_left() -> None:
    plan = plan_of(Prescription("superman", sets=count(2), reps=times(1), rest=seconds(90)))
    sounds = rehearsed(plan)
    rest = next(sound.at_s for sound in sounds if sound.said.startswith("Rest for"))
    assert [said.split(" ", 1)[1] for said in between(sounds, rest, rest + 86)] == [
        "Rest for 1 minute 30 seconds. Then set 2 of 2. Breathe out as you lift.",
        "1 minute left.",
        "30 seconds left.",
        "10 seconds left.",
    ]


def test_each_rep_of_an_alternating_set_tells_number_and_side() -> None:
    plan = plan_of(Prescription("bird-dog", reps=times(2), switch=seconds(1)))
    begun = [said for said in words(rehearsed(plan)) if "eft" in said or "ight" in said]
    assert begun == [
        "Lift left.",
        "Lift right.",
        "Last one, left.",
        "And right.",
    ]
    assert words(rehearsed(plan, SHORT))[1:-1] == [
        "Left.",
        "Right.",
        "Last one, left.",
        "And right.",
    ]


def test_where_there_is_time_limb_number_side_and_breath_are_told() -> None:
    phases = (
        Phase("reach", seconds(4), Breath.OUT, "Reach"),
        Phase("hold"),
        Phase("return", seconds(3), Breath.IN, "And back"),
    )
    slow = BIRD_DOG._replace(left="your left arm with your right leg", phases=phases)
    plan = plan_of(Prescription("bird-dog", reps=times(3), hold=seconds(3)), exercises=(slow,))
    told = [said for said in words(rehearsed(plan)) if "Switch" not in said]
    assert told[
        4 : told.index("That's it, well done. 1 of 1 set, in 1 minute 35 seconds. Rest for two slow breaths.")
    ] == [
        *("Reach, left arm, right leg. Breathe out.", "Hold, breathe softly.", "And back. Breathe in."),
        *("Reach, right arm, left leg. Breathe out.", "Hold, breathe softly.", "And back. Breathe in."),
        *("Second one. Reach, left arm, right leg.", "Hold.", "And back."),
        *("Reach, right arm, left leg.", "Hold.", "And back."),
        *("Last one each side: left arm, right leg.", "Hold.", "And back."),
        *("And right arm, left leg.", "Hold.", "And back."),
    ]


def test_a_phase_of_a_second_keeps_number_and_side() -> None:
    quick = BIRD_DOG._replace(phases=(Phase("lift", seconds(1)), Phase("lower", seconds(1))))
    plan = plan_of(Prescription("bird-dog", reps=times(3), switch=seconds(1)), exercises=(quick,))
    told = [said for said in words(rehearsed(plan)) if said != "Lower."]
    assert told[-8 - len(UP) : -2 - len(UP)] == [
        "Lift left.",
        "Lift right.",
        "Second one.",
        "Lift right.",
        "Last one.",
        "And right.",
    ]


def test_a_number_that_did_not_fit_is_told_in_the_next_phase() -> None:
    hasty = COBRA._replace(phases=(Phase("lift", seconds(0.5)), Phase("lower", seconds(2))))
    sounds = rehearsed(plan_of(Prescription("cobra", reps=times(2)), exercises=(hasty,)))
    assert [said.split(" ", 1)[1] for said in between(sounds, 10, 13)][:4] == [
        "[exert]",
        "[return]",
        "One. Slowly down.",
        "[exert]",
    ]


def test_measured_speech_decides_what_fits() -> None:
    events = list(rehearse(SUPERMAN_PLAN))
    slow = Script(SUPERMAN_PLAN, length=lambda text: 2 * speech_s(text))
    said = [cue.text for event in events for cue in slow.cues(event) if cue.text]
    assert "One." in said
    assert "Hold, breathe softly." not in said
    assert "Hold." in said


def test_without_anything_leading_to_it_a_set_announces_itself() -> None:
    none = DEFAULTS._replace(
        prepare=seconds(0), rest=seconds(0), transition=seconds(0), position_change=seconds(0)
    )
    plan = plan_of(
        Prescription("superman", sets=count(2), reps=times(2)),
        Prescription("cobra", hold=seconds(12)),
        defaults=none,
    )
    told = words(rehearsed(plan))
    assert told[0] == "Superman. One."
    assert any(text.startswith("Set 2 of 2.") for text in told)
    assert any(text.startswith("Cobra.") and "Hold for 12 seconds" in text for text in told)


def test_a_round_is_not_announced_twice_with_next() -> None:
    plan = plan_of(
        Circuit((Prescription("superman", reps=times(1)), Prescription("bird-dog", reps=times(1))), count(2))
    )
    told = words(rehearsed(plan))
    assert any(text.startswith("Rest for 40 seconds. Next: round 2 of 2, with Superman.") for text in told)
    assert any(text.startswith("Superman. Sit on one hip.") for text in told)


def test_a_set_at_ones_own_pace_reminds_gently_and_ever_more_rarely() -> None:
    plan = plan_of(Prescription("superman", reps=Reps(()), pace=Pace.SELF))
    sounds = played(plan, to_s=1200)
    assert any(text.endswith("Done? Press any key.") for text in words(sounds))
    reminders = [sound for sound in sounds if sound.said == "Done? Press any key."]
    gaps = [after.at_s - before.at_s for before, after in pairwise(reminders)]
    assert len(gaps) >= 3
    assert gaps == sorted(gaps)
    assert gaps[0] == 60
    assert gaps[-1] > 200
    assert all(sound.cue.priority is Priority.HELPFUL for sound in reminders)


def test_an_activity_tells_the_time_that_is_left() -> None:
    day = Day(DayKind.ACTIVITY, activity="Light swimming", duration=seconds(1800))
    plan = compile_day(routine_of(day), "monday")
    told = words(rehearsed(plan, SHORT))
    assert told == [
        "Light swimming, for 30 minutes.",
        "5 minutes.",
        "10 minutes.",
        "10 minutes left.",
        "5 minutes left.",
        "1 minute left.",
        "That's it, well done. 1 of 1 set, in 30 minutes.",
    ]
    in_full = words(rehearsed(plan))
    assert in_full[1:5] == ["5 minutes.", "10 minutes.", "Halfway.", "10 minutes left."]


def test_a_good_word_comes_at_most_every_three_minutes_and_first_of_all_goes() -> None:
    plan = plan_of(Prescription("superman", sets=count(6), reps=times(12), hold=seconds(5)))
    sounds = rehearsed(plan)
    good = [sound for sound in sounds if sound.cue.priority is Priority.KIND]
    assert len(good) >= 2
    assert all(after.at_s - before.at_s >= 180 for before, after in pairwise(good))
    assert good[0].at_s >= 180
    assert len({sound.said for sound in good[:3]}) == len(good[:3])
    assert not [sound for sound in rehearsed(plan, SHORT) if sound.cue.priority is Priority.KIND]


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


def test_a_word_follows_its_tone_and_late_ones_are_dropped() -> None:
    for sound in rehearsed(SUPERMAN_PLAN):
        cue = sound.cue
        if cue.tone or cue.priority is Priority.NOW:
            assert cue.latest_s == pytest.approx(cue.at_s + LATE_S)
        assert cue.latest_s >= cue.at_s
    needed = [sound.cue for sound in rehearsed(SUPERMAN_PLAN) if sound.said.startswith("Rest for")]
    assert needed[0].at_s == pytest.approx(28 + CLEAR_S)
    assert needed[0].over_s == pytest.approx(28 + 35 - AIR_S)
    assert needed[0].latest_s == pytest.approx(28 + 45 - AIR_S - speech_s("Rest.")), "its last form"


def test_breaths_are_heard_in_reps_and_in_holds() -> None:
    sounds = rehearsed(STRETCH, breathing_tones=True)
    breaths = [
        (round(s.at_s, 2), s.cue.tone, round(s.cue.seconds, 2)) for s in sounds if "breathe-" in s.said
    ]
    assert breaths[:4] == [
        (10.12, Tone.BREATHE_IN, 3.88),
        (14.0, Tone.BREATHE_OUT, 6.0),
        (20.0, Tone.BREATHE_IN, 4.0),
        (24.0, Tone.BREATHE_OUT, 6.0),
    ]
    in_reps = [s.cue for s in rehearsed(SUPERMAN_PLAN, breathing_tones=True) if "breathe-" in s.said]
    assert [cue.tone for cue in in_reps[:2]] == [Tone.BREATHE_OUT, Tone.BREATHE_IN]
    assert not [s for s in rehearsed(SUPERMAN_PLAN) if "breathe-" in s.said]


def test_a_breath_is_not_told_before_the_count_that_it_follows() -> None:
    pace = DEFAULTS._replace(prepare=seconds(0), breathing=Breathing(2.0, 3.5))
    plan = plan_of(Prescription("superman", hold=seconds(18)), defaults=pace)
    times = [sound.at_s for sound in rehearsed(plan, breathing_tones=True)]
    assert times == sorted(times)


def test_after_a_breath_tone_begins_nothing_is_said_over_the_next() -> None:
    sounds = rehearsed(STRETCH, breathing_tones=True)
    opening = next(sound for sound in sounds if sound.said.startswith("Hold for 20 seconds"))
    assert opening.ends_s <= 14.0 - AIR_S


def test_it_takes_longer_to_say_more() -> None:
    assert speech_s("") == 0
    assert speech_s("One.") < speech_s("One. Lift left.") < speech_s("One. Lift left. Breathe out.")
    assert 0.3 < speech_s("Hold.") < 0.7
    assert 8 < speech_s("word " * 33) < 10


def test_what_was_said_too_long_silences_a_count_rather_than_be_cut() -> None:
    tight = DEFAULTS._replace(prepare=seconds(5))
    plan = plan_of(Prescription("superman", reps=times(1)), defaults=tight)
    sounds = rehearsed(plan)
    announced = next(sound for sound in sounds if "Superman" in sound.said)
    assert "Lie down on your stomach" in announced.said
    assert not [s for s in sounds if s.cue.tone is Tone.COUNT and s.at_s < announced.ends_s]


def test_self_paced_reps_tell_the_pace() -> None:
    plan = plan_of(Prescription("bird-dog", reps=times(6), pace=Pace.SELF))
    assert any(
        text == "6 reps on each side, in turn, at your own pace. Done? Press any key."
        for text in words(rehearsed(plan))
    )


def test_a_second_that_is_not_counted_is_silent() -> None:
    events: list[Event] = [event for event in rehearse(SUPERMAN_PLAN) if isinstance(event, SecondLeft)]
    script = Script(SUPERMAN_PLAN)
    script.cues(StepStarted(0.0, 0))
    assert script.cues(events[0]) == ()


def test_an_exercise_s_own_words_are_said() -> None:
    phases = (Phase("lower", seconds(3), Breath.OUT, "reach long"), Phase("return", seconds(2)))
    plan = plan_of(Prescription("bird-dog", reps=times(1)), exercises=(BIRD_DOG._replace(phases=phases),))
    told = words(rehearsed(plan))
    assert "Reach long, left. Breathe out." in told
    assert "Return." in told


def test_words_wait_for_the_melody_where_there_is_time() -> None:
    said = {sound.said: sound.at_s for sound in rehearsed(SUPERMAN_PLAN)}
    rest = next(at_s for text, at_s in said.items() if text.startswith("Rest for 45 seconds."))
    assert rest == pytest.approx(28 + CLEAR_S)
    room = 2.0 - AIR_S - speech_s("Lift slowly.")
    script = Script(
        SUPERMAN_PLAN, length=lambda text: speech_s(text) + (room - 0.2 if text == "Lift slowly." else 0.0)
    )
    begun = [s for s in hear(rehearse(SUPERMAN_PLAN), script) if s.said == "Lift slowly."]
    assert begun[0].at_s == pytest.approx(10 + TONE_LEAD_S)


def test_after_the_first_set_its_phases_are_tones_but_for_the_first_rep() -> None:
    sounds = rehearsed(SUPERMAN_PLAN)
    second = next(sound.at_s for sound in sounds if "set 2 of 2" in sound.said) + 45
    told = [sound.said for sound in sounds if sound.cue.text and sound.at_s > second - 0.1]
    assert told[:5] == ["Lift slowly.", "Hold, breathe softly.", "Slowly down.", "Second one.", "Last one."]


def test_phases_that_tones_do_not_tell_apart_are_always_said() -> None:
    phases = tuple(Phase(name, seconds(3)) for name in ("curl", "lift", "lower"))
    many = COBRA._replace(phases=phases)
    told = words(rehearsed(plan_of(Prescription("cobra", sets=count(2), reps=times(2)), exercises=(many,))))
    assert told.count("Lower.") + told.count("Slowly down.") == 4


def test_the_breath_is_announced_where_there_is_no_time_for_it_in_the_rep() -> None:
    plan = plan_of(Prescription("superman", reps=times(3)), defaults=DEFAULTS._replace(prepare=seconds(45)))
    told = words(rehearsed(plan))
    announced = next(at for at, text in enumerate(told) if "Breathe out as you lift." in text)
    assert not [text for text in told[announced + 1 :] if "Breathe" in text]


def test_a_set_at_ones_own_pace_says_how_long_it_lasts_when_nobody_has_a_key() -> None:
    plan = plan_of(Prescription("superman", reps=times(10), pace=Pace.SELF))
    script = Script(plan, attended=False)
    told = [cue.text for event in rehearse(plan) for cue in script.cues(event)]
    assert "10 reps, at your own pace. About 40 seconds." in told
    assert not [text for text in told if "key" in text]


def test_that_the_machine_slept_is_told_however_late() -> None:
    script = Script(SUPERMAN_PLAN)
    script.cues(StepStarted(0.0, 0))
    tone, words_of_it = script.cues(Paused(3.0, PauseReason.SLEPT, 9000.0))
    assert tone.latest_s < 4
    assert words_of_it.latest_s > 3.0 + 9000.0


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


def test_a_count_that_just_fits_is_said_and_one_that_does_not_is_only_a_tone() -> None:
    """Between its tone and the next second a count has what is left of it."""
    room_s = 1.0 - TONE_LEAD_S - AIR_S
    for length_s, said in ((room_s - 1e-6, True), (room_s + 1e-6, False)):
        script = Script(SUPERMAN_PLAN, length=lambda text, length_s=length_s: length_s)  # type: ignore[misc]
        cues = [cue for event in rehearse(SUPERMAN_PLAN) for cue in script.cues(event)]
        counts = [cue for cue in cues if cue.text and cue.priority is Priority.NOW]
        tones = [cue for cue in cues if cue.tone is Tone.COUNT]
        assert tones and bool(counts) is said
        assert all(any(each.at_s == tone.at_s + TONE_LEAD_S for tone in tones) for each in counts)


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
