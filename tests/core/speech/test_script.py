"""The rules of the script at work and in rests, each by a short session."""

from __future__ import annotations

from itertools import pairwise

import pytest

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.routine import Breath, Circuit, Day, DayKind, Pace, Phase, Prescription
from backtimer.core.plan.units import Breathing, Reps, seconds
from backtimer.core.session.events import (
    Event,
    SecondLeft,
    StepStarted,
)
from backtimer.core.session.session import rehearse
from backtimer.core.speech.cues import CLEAR_S, TONE_LEAD_S, Priority, Tone
from backtimer.core.speech.pieces import speech_s
from backtimer.core.speech.script import Script
from backtimer.core.speech.timing import AIR_S, LATE_S
from tests.core.hearing import hear, rehearsed, words
from tests.core.plans import BIRD_DOG, COBRA, DEFAULTS, count, plan_of, routine_of, times
from tests.core.speech.script_kit import SHORT, STRETCH, SUPERMAN_PLAN, TONES, UP, between, played


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
        "0:28.25 Rest for 45 seconds. Then set 2 of 2. Soon only tones: rising go, falling back.",
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
