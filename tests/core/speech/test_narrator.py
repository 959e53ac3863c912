"""What the coach says on the way to each set and at work, and that there is time to say it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import LEAD_INS, Plan, StepKind
from backtimer.core.plan.routine import Breath, Circuit, Day, DayKind, Pace, Phase, Prescription
from backtimer.core.plan.units import Reps, seconds
from backtimer.core.speech.asides import next_words
from backtimer.core.speech.narrator import Narrator
from backtimer.core.speech.pieces import Piece, Why, in_next, sentences_of, speech_s
from tests.core.plans import BIRD_DOG, COBRA, DEFAULTS, count, plan_of, routine_of, times
from tests.core.strategies import plans
from tests.core.telling import said, say, sayings


def test_the_first_exercise_is_announced_with_all_it_takes() -> None:
    plan = plan_of(Prescription("bird-dog", sets=count(3), reps=times(10), hold=seconds(3)))
    assert say(plan, 0, in_full=True) == (
        "Get ready. You will need a mat within reach. "
        "Take a firm chair without wheels. Put its back against the wall. "
        "Lay the mat in front of it, head end at the chair. "
        "Sharp pain, or pain down your leg? Stop, and press h. "
        "Dizzy or numb? Stop for today. Rest on your side, then get up at the chair. "
        "More pain than before? Do less. "
        "Tired? Rest until the next exercise. "
        "A rising tone: go. Level: hold. Falling: come back. "
        "First: Bird-dog. A new knee or hip? Go down and turn as you were taught. "
        "Come onto your hands and knees. "
        "Breathe out as you lift. 3 sets of 10 reps on each side, in turn. "
        "Hold each one for 3 seconds."
    )


def test_the_way_to_another_position_is_told_from_where_one_is() -> None:
    plan = plan_of(
        Prescription("bird-dog", reps=times(1)),
        Prescription("superman", reps=times(8)),
        Prescription("knees-to-chest", hold=seconds(20)),
    )
    assert sayings(plan, StepKind.TRANSITION) == [
        "Next: Superman. Sit on one hip. Walk your hands halfway to the chair. "
        "Down on the elbow of that hip. "
        "Lie on your side. Move back, to have room to roll. "
        "Stretch the arm you lie on past your ear. Roll onto your stomach. Breathe out as you lift. 8 reps.",
        "Next: Knees to chest. Hands under your shoulders, bottom back, up onto hands and knees. "
        "Crawl forward, hands to the middle of the mat. "
        "Sit on one hip. Walk your hands halfway to the chair. Down on the elbow of that hip. "
        "Lie on your side. Move to the front, then roll onto your back. "
        "Hold for 20 seconds on each side. Left side first.",
    ]


def test_setup_load_and_note_are_told_when_there_is_time() -> None:
    own = COBRA._replace(setup=("hands under the shoulders",))
    asked = Prescription("cobra", reps=times(4), load="red band", note="Small today.")
    full = (
        "Get ready. You will need a mat and a cushion. Press space to pause me, until all is there. "
        "Take a firm chair without wheels. Put its back against the wall. "
        "Lay the mat in front of it, head end at the chair. "
        "Lay your things beside the middle of the mat. "
        "Sharp pain, or pain down your leg? Stop, and press h. "
        "Dizzy or numb? Stop for today. Rest on your side, then get up at the chair. "
        "More pain than before? Do less. "
        "Tired? Rest until the next exercise. "
        "A rising tone: go. Level: hold. Falling: come back. "
        "First: Cobra. A new knee or hip? Go down and turn as you were taught. Lie down on your stomach. "
        "Use the red band. Breathe out as you lift. Small today. 4 reps. Hands under the shoulders."
    )
    assert say(plan_of(asked, exercises=(own,)), 0, in_full=True) == full
    hurried = plan_of(asked, exercises=(own,), defaults=DEFAULTS._replace(prepare=seconds(5)))
    assert say(hurried, 0) == "Get ready. First: Cobra. Lie down on your stomach."


def test_a_load_that_is_but_a_letter_is_called_as_all_others_are() -> None:
    for load, told in (("a", "Use the a."), ("b", "Use the b."), ("a red band", "Use a red band.")):
        plan = plan_of(Prescription("cobra", reps=times(4), load=load), exercises=(COBRA,))
        assert told in say(plan, 0, in_full=True), load


def test_a_circuit_is_called_by_its_title_where_it_begins() -> None:
    plan = plan_of(
        Circuit((Prescription("bird-dog", reps=times(1)),), count(2), title="Warm-up"),
        Circuit((Prescription("superman", reps=times(1)),), title="Strength"),
    )
    assert "Warm-up. First: Bird-dog. " in say(plan, 0, in_full=True)
    [told] = sayings(plan, StepKind.TRANSITION)
    assert told.startswith("Strength. Next: Superman. ")
    [between] = sayings(plan, StepKind.REST)
    assert "Warm-up" not in between


def test_rest_tells_how_long_and_which_set_is_next() -> None:
    plan = plan_of(Prescription("superman", sets=count(3), reps=times(1)))
    assert sayings(plan, StepKind.REST) == [
        "Rest for 45 seconds. Then set 2 of 3.",
        "Rest for 45 seconds. Then set 3 of 3.",
    ]


def test_each_rest_reminds_of_another_fault() -> None:
    own = COBRA._replace(watch=("The neck stays long", "Do not push with the hands."))
    plan = plan_of(Prescription("cobra", sets=count(4), reps=times(1)), exercises=(own,))
    last_words = [text.split(". ", 2)[2] for text in sayings(plan, StepKind.REST)]
    assert last_words == [
        "Do not push with the hands.",
        "Then think of this: the neck stays long.",
        "Then think of this: do not push with the hands.",
    ]


def test_what_reminds_already_is_not_framed_again() -> None:
    frame = "Remember: {what}"
    [once] = in_next(Piece(Why.WATCH, "The neck stays long."), frame)
    assert once.text == "Remember: the neck stays long."
    assert in_next(once, frame) == [once]


def test_a_pyramid_tells_all_its_reps_and_then_each() -> None:
    plan = plan_of(Prescription("superman", reps=Reps((count(3), count(2), count(2)))))
    assert say(plan, 0, in_full=True).endswith("3 sets: 3, 2, 2 reps.")
    assert [text.removeprefix("Rest for 45 seconds. Then ") for text in sayings(plan, StepKind.REST)] == [
        "set 2 of 3, 2 reps. Soon only tones: rising go, falling back.",
        "set 3 of 3.",
    ]


def test_a_circuit_tells_its_rounds() -> None:
    prescriptions = (Prescription("superman", reps=times(2)), Prescription("bird-dog", reps=times(2)))
    plan = plan_of(Circuit(prescriptions, count(2)))
    assert say(plan, 0, in_full=True).endswith(
        "Two exercises, one after the other. Two rounds of that. 2 reps."
    )
    assert sayings(plan, StepKind.REST) == ["Rest for 40 seconds. Next: round 2 of 2, with Superman."]
    assert say(plan, plan.sets[2].first_step - 1) == (
        "Superman. Sit on one hip. Walk your hands halfway to the chair. Down on the elbow of that hip. "
        "Lie on your side. Move back, to have room to roll. "
        "Stretch the arm you lie on past your ear. Roll onto your stomach. 2 reps. "
        "Soon only tones: rising go, falling back."
    )


def test_a_rest_inside_a_circuit_announces_what_follows_it() -> None:
    cobra = Prescription("cobra", reps=times(3))
    plan = plan_of(Circuit((Prescription("superman", reps=times(1), rest=seconds(20)), cobra)))
    assert sayings(plan, StepKind.REST) == [
        "Rest for 20 seconds. Next: Cobra. Breathe out as you lift. 3 reps."
    ]


def test_a_change_of_side_names_the_side() -> None:
    plan = plan_of(Prescription("knees-to-chest", hold=seconds(5)), Prescription("bird-dog", reps=times(1)))
    assert sayings(plan, StepKind.SWITCH) == ["Switch. Right side.", "Switch to the right."]


def test_phases_say_their_word_and_in_the_first_rep_the_breath() -> None:
    plan = plan_of(Prescription("superman", reps=times(2), hold=seconds(3), relax=seconds(1)))
    assert sayings(plan, StepKind.PHASE) == [
        "Lift slowly. Breathe out.",
        "Hold, breathe softly.",
        "Slowly down. Breathe in.",
        "Relax.",
        "Lift.",
        "Hold.",
        "Lower.",
    ]


def test_a_rep_of_an_alternating_set_says_its_side() -> None:
    plan = plan_of(Prescription("bird-dog", reps=times(2)))
    begun = [say(plan, index) for index, step in enumerate(plan.steps) if step.rep_start]
    assert begun == ["Lift left. Breathe out.", "Lift right. Breathe out.", "Lift left.", "Lift right."]


def test_the_exercise_s_own_words_are_said() -> None:
    phases = (Phase("lower", seconds(3), Breath.OUT, "reach long"), Phase("return", seconds(2)))
    own = BIRD_DOG._replace(phases=phases, left="your left arm with your right leg")
    plan = plan_of(Prescription("bird-dog", reps=times(1)), exercises=(own,))
    assert sayings(plan, StepKind.PHASE) == [
        "Reach long, left arm, right leg.",
        "Return.",
        "Reach long, right arm, left leg.",
        "Return.",
    ]


def test_a_set_that_is_one_hold_tells_its_length_side_and_breath() -> None:
    plan = plan_of(
        Prescription("knees-to-chest", hold=seconds(20)), Prescription("superman", duration=seconds(5))
    )
    assert sayings(plan, StepKind.PHASE) == [
        "Hold for 20 seconds. Left side. Breathe slowly.",
        "Hold for 20 seconds. Breathe slowly.",
        "Keep moving for 5 seconds.",
    ]


def test_a_set_that_nothing_leads_to_announces_itself() -> None:
    none = DEFAULTS._replace(
        prepare=seconds(0), rest=seconds(0), transition=seconds(0), position_change=seconds(0)
    )
    plan = plan_of(
        Prescription("superman", sets=count(2), hold=seconds(10)),
        Prescription("cobra", hold=seconds(10)),
        defaults=none,
    )
    assert said(plan) == [
        "Superman. Set 1 of 2. Lie down on your stomach. Hold for 10 seconds. Breathe slowly.",
        "Set 2 of 2. Hold for 10 seconds. Breathe slowly.",
        "Cobra. Hold for 10 seconds. Breathe slowly.",
    ]


def test_self_paced_sets_tell_how_to_end_them() -> None:
    plan = plan_of(
        Prescription("superman", reps=Reps(()), pace=Pace.SELF),
        Prescription("bird-dog", reps=times(6), pace=Pace.SELF),
        Prescription("superman", hold=seconds(20), pace=Pace.SELF),
    )
    assert sayings(plan, StepKind.SELF_PACED) == [
        "As many reps as are comfortable. Done? Press any key.",
        "6 reps on each side, in turn, at your own pace. Done? Press any key.",
        "Hold for about 20 seconds. Done? Press any key.",
    ]


def test_how_to_end_reps_that_go_on_is_told_before_them_where_somebody_can() -> None:
    plan = plan_of(Prescription("superman", sets=count(2), reps=Reps(())))
    told = "2 sets of as many reps as are comfortable. Press any key when you are done."
    assert say(plan, 0, in_full=True).endswith(told)
    alone = sentences_of(Narrator(plan, attended=False).step(0))
    assert "as many reps as are comfortable" in alone and "key" not in alone


@pytest.mark.parametrize(
    ("length_s", "told"),
    [
        (1800, "Light swimming, for 30 minutes."),
        (None, "Light swimming. Take your time. Done? Press any key."),
    ],
)
def test_an_activity_is_told_by_its_name(length_s: float | None, told: str) -> None:
    duration = None if length_s is None else seconds(length_s)
    day = Day(DayKind.ACTIVITY, activity="Light swimming", duration=duration)
    assert say(compile_day(routine_of(day), "monday"), 0) == told


def test_what_comes_next() -> None:
    plan = plan_of(
        Prescription("knees-to-chest", sets=count(2), hold=seconds(20)),
        Circuit((Prescription("superman", reps=times(1), hold=seconds(3)),), count(2)),
    )
    at_work = [next_words(plan, spec.first_step) for spec in plan.sets]
    assert at_work == [
        "Right side",
        "Rest 45 s, then set 2 of 2, left side",
        "Right side",
        "Superman · round 1 of 2 · 1 rep · hold 3 s",
        "Rest 1 min, then Superman · round 2 of 2 · 1 rep · hold 3 s",
        "Then you are done",
    ]
    assert next_words(plan, 0) == "Knees to chest · 20 s on the left side · hold"
    assert next_words(plan, plan.sets[2].lead_in) == "Set 2 of 2, left side"


def test_a_switch_inside_a_set_does_not_come_before_what_comes_next() -> None:
    plan = plan_of(Prescription("bird-dog", reps=times(2)), Prescription("superman", reps=times(1)))
    assert {next_words(plan, index) for index in range(1, plan.sets[0].last_step + 1)} == {"Superman · 1 rep"}


@given(plans())
def test_whatever_begins_something_new_is_said(plan: Plan) -> None:
    texts = said(plan)
    for index in range(len(plan.steps)):
        assert texts[index]
        assert next_words(plan, index)
    for before, spec in pairwise((None, *plan.sets)):
        if spec and spec.exercise and (before is None or before.exercise != spec.exercise):
            leads = " ".join(texts[index] for index in range(spec.lead_in, spec.first_step + 1))
            assert plan.exercise(spec.exercise).name in leads


def test_the_words_fit_the_time_unless_they_are_the_least_there_is() -> None:
    shortened = 0

    @given(plans())
    def holds(plan: Plan) -> None:
        nonlocal shortened
        for step, brief, in_full in zip(plan.steps, said(plan), said(plan, fitting=False), strict=True):
            if step.seconds is not None and step.kind in LEAD_INS:
                assert speech_s(brief) <= max(step.seconds, LEAST_S)
                assert word_set(brief) <= word_set(in_full)
                shortened += brief != in_full

    holds()
    assert shortened > 10, "too few were met to tell"


LEAST_S = 14.0
"""Name, way out, position and side are said, however short the time."""


def word_set(text: str) -> set[str]:
    return {word.strip(".,:").lower() for word in text.split()}
