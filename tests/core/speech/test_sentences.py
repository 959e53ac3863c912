"""What the coach says, and that there is time to say it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import LEAD_INS, Plan, StepKind
from backtimer.core.plan.routine import (
    Breath,
    Circuit,
    Day,
    DayKind,
    Exercise,
    Pace,
    Phase,
    Position,
    Prescription,
    Side,
    Sides,
)
from backtimer.core.plan.units import Reps, seconds
from backtimer.core.session.events import PauseReason
from backtimer.core.speech.phrases import (
    breath_word,
    count_words,
    ending_words,
    extended_words,
    faults,
    interrupted_words,
    minutes_text,
    paused_words,
    phase_word,
    position_words,
    rep_words,
    sentence,
    setup_words,
    side_words,
    time_text,
    time_words,
)
from backtimer.core.speech.sentences import next_words, say
from backtimer.core.speech.timing import speech_s
from tests.core.plans import BIRD_DOG, COBRA, DEFAULTS, SUPERMAN, count, plan_of, routine_of, times
from tests.core.strategies import plans


def sayings(plan: Plan, *kinds: StepKind) -> list[str]:
    """What is said at the steps of these kinds."""
    return [say(plan, index) for index, step in enumerate(plan.steps) if step.kind in kinds]


def test_the_first_exercise_is_announced_with_all_it_takes() -> None:
    plan = plan_of(Prescription("bird-dog", sets=count(3), reps=times(10), hold=seconds(3)))
    assert say(plan, 0) == (
        "Get ready. Bird-dog. Come onto your hands and knees. "
        "3 sets of 10 reps on each side, in turn, each held for 3 seconds."
    )


def test_the_way_to_another_position_is_told_from_where_one_is() -> None:
    plan = plan_of(
        Prescription("bird-dog", reps=times(1)),
        Prescription("superman", reps=times(8)),
        Prescription("knees-to-chest", hold=seconds(20)),
    )
    assert sayings(plan, StepKind.TRANSITION) == [
        "Next: Superman. Walk your hands forward. Lower your hips, then your chest. 8 reps.",
        "Next: Knees to chest. Hands under your shoulders. Roll onto your side, then onto your back. "
        "Hold for 20 seconds on each side. Left side first.",
    ]


def test_setup_load_and_note_are_told_when_there_is_time() -> None:
    own = COBRA._replace(setup=("hands under the shoulders",))
    asked = Prescription("cobra", reps=times(4), load="red band", note="Small today.")
    full = (
        "Get ready. Cobra. Lie down on your stomach. Hands under the shoulders. 4 reps. "
        "Use: red band. Small today."
    )
    assert say(plan_of(asked, exercises=(own,)), 0) == full
    short = DEFAULTS._replace(prepare=seconds(5))
    hurried = plan_of(asked, exercises=(own,), defaults=short)
    assert say(hurried, 0) == "Get ready. Cobra. Lie down on your stomach. 4 reps."
    assert say(hurried, 0, in_full=True) == full


def test_rest_tells_how_long_and_which_set_is_next() -> None:
    plan = plan_of(Prescription("superman", sets=count(3), reps=times(1)))
    assert sayings(plan, StepKind.REST) == [
        "Rest for 45 seconds. Next: set 2 of 3.",
        "Rest for 45 seconds. Next: set 3 of 3.",
    ]


def test_each_rest_reminds_of_another_fault() -> None:
    own = COBRA._replace(watch=("The neck stays long", "Do not push with the hands."))
    plan = plan_of(Prescription("cobra", sets=count(4), reps=times(1)), exercises=(own,))
    last_words = [text.split(". ", 2)[2] for text in sayings(plan, StepKind.REST)]
    assert last_words == ["The neck stays long.", "Do not push with the hands.", "The neck stays long."]


def test_a_pyramid_tells_all_its_reps_and_then_each() -> None:
    plan = plan_of(Prescription("superman", reps=Reps((count(3), count(2), count(2)))))
    assert say(plan, 0).endswith("3 sets: 3, 2, 2 reps.")
    assert [text.removeprefix("Rest for 45 seconds. Next: ") for text in sayings(plan, StepKind.REST)] == [
        "set 2 of 3, 2 reps.",
        "set 3 of 3.",
    ]


def test_a_circuit_tells_its_rounds() -> None:
    prescriptions = (Prescription("superman", reps=times(2)), Prescription("bird-dog", reps=times(2)))
    plan = plan_of(Circuit(prescriptions, count(2)))
    assert say(plan, 0).startswith("Get ready. Superman. 2 rounds. Lie down on your stomach.")
    assert sayings(plan, StepKind.REST) == ["Rest for 45 seconds. Next: round 2 of 2, with Superman."]
    assert "Next: Superman. Round 2 of 2." in say(plan, plan.sets[2].first_step - 1)


def test_a_rest_inside_a_circuit_announces_what_follows_it() -> None:
    cobra = Prescription("cobra", reps=times(3))
    plan = plan_of(Circuit((Prescription("superman", reps=times(1), rest=seconds(20)), cobra)))
    assert sayings(plan, StepKind.REST) == ["Rest for 20 seconds. Next: Cobra. 3 reps."]


def test_a_change_of_side_names_the_side() -> None:
    plan = plan_of(Prescription("knees-to-chest", hold=seconds(5)), Prescription("bird-dog", reps=times(1)))
    assert sayings(plan, StepKind.SWITCH) == ["Switch sides. Now the right side.", "Switch to the right."]


def test_phases_say_their_word_and_in_the_first_rep_the_breath() -> None:
    plan = plan_of(Prescription("superman", reps=times(2), hold=seconds(3), relax=seconds(1)))
    assert sayings(plan, StepKind.PHASE) == [
        "Lift. Breathe out.",
        "Hold.",
        "Lower. Breathe in.",
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
    own = BIRD_DOG._replace(phases=phases)
    plan = plan_of(Prescription("bird-dog", reps=times(1)), exercises=(own,))
    assert sayings(plan, StepKind.PHASE) == [
        "Left side: Reach long. Breathe out.",
        "Return.",
        "Right side: Reach long. Breathe out.",
        "Return.",
    ]


def test_a_set_that_is_one_hold_tells_its_length_side_and_breath() -> None:
    plan = plan_of(
        Prescription("knees-to-chest", hold=seconds(20)), Prescription("superman", duration=seconds(5))
    )
    assert sayings(plan, StepKind.PHASE) == [
        "Hold for 20 seconds. Left side. Breathe slowly.",
        "Hold for 20 seconds. Right side. Breathe slowly.",
        "Keep moving for 5 seconds.",
    ]


def test_a_set_that_nothing_leads_to_announces_itself() -> None:
    none = DEFAULTS._replace(
        prepare=seconds(0), rest=seconds(0), position_change=seconds(0), switch=seconds(0)
    )
    plan = plan_of(
        Prescription("superman", sets=count(2), hold=seconds(10)),
        Prescription("cobra", hold=seconds(10), sides=Sides.EACH),
        defaults=none._replace(transition=seconds(0)),
    )
    assert [say(plan, index) for index in range(4)] == [
        "Superman. Lie down on your stomach. Set 1 of 2. Hold for 10 seconds. Breathe slowly.",
        "Set 2 of 2. Hold for 10 seconds. Breathe slowly.",
        "Cobra. Hold for 10 seconds. Left side. Breathe slowly.",
        "Hold for 10 seconds. Right side. Breathe slowly.",
    ]


def test_self_paced_sets_tell_how_to_end_them() -> None:
    plan = plan_of(
        Prescription("superman", reps=Reps(())),
        Prescription("bird-dog", reps=times(6), pace=Pace.SELF),
        Prescription("superman", hold=seconds(20), pace=Pace.SELF),
    )
    assert sayings(plan, StepKind.SELF_PACED) == [
        "As many reps as are comfortable. Press any key when you are done.",
        "6 reps on each side, in turn, at your own pace. Press any key when you are done.",
        "Hold for about 20 seconds. Press any key when you are done.",
    ]


@pytest.mark.parametrize(
    ("length_s", "said"),
    [
        (1800, "Light swimming, for 30 minutes."),
        (None, "Light swimming. Take your time. Press any key when you are done."),
    ],
)
def test_an_activity_is_told_by_its_name(length_s: float | None, said: str) -> None:
    duration = None if length_s is None else seconds(length_s)
    day = Day(DayKind.ACTIVITY, activity="Light swimming", duration=duration)
    assert say(compile_day(routine_of(day), "monday"), 0) == said


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
    for index in range(len(plan.steps)):
        assert say(plan, index)
        assert next_words(plan, index)
    for before, spec in pairwise((None, *plan.sets)):
        if spec and spec.exercise and (before is None or before.exercise != spec.exercise):
            leads = " ".join(say(plan, index) for index in range(spec.lead_in, spec.first_step + 1))
            assert plan.exercise(spec.exercise).name in leads


def test_the_words_fit_the_time_unless_they_are_the_least_there_is() -> None:
    shortened = 0

    @given(plans())
    def holds(plan: Plan) -> None:
        nonlocal shortened
        for index, step in enumerate(plan.steps):
            if step.seconds is not None and step.kind in LEAD_INS:
                said, in_full = say(plan, index), say(plan, index, in_full=True)
                least_s = 3.0
                assert speech_s(said) <= max(step.seconds, least_s)
                assert word_set(said) <= word_set(in_full)
                shortened += said != in_full

    holds()
    assert shortened > 10, "too few were met to tell"


def word_set(text: str) -> set[str]:
    return {word.strip(".,:").lower() for word in text.split()}


@pytest.mark.parametrize("position", Position)
@pytest.mark.parametrize("before", [None, *Position])
def test_every_way_into_a_position_has_words(position: Position, before: Position | None) -> None:
    words = position_words(position, before)
    assert words[0].isupper()
    assert not words.endswith(".")


def test_positions_in_words() -> None:
    assert position_words(Position.PRONE) == "Lie down on your stomach"
    assert position_words(Position.PRONE, Position.SUPINE) == (
        "Bend your knees. Roll onto your side, then onto your stomach"
    )


def test_breaths_sides_and_phases_in_words() -> None:
    assert [breath_word(breath) for breath in (Breath.IN, Breath.OUT, Breath.SLOW, Breath.FREE)] == [
        "Breathe in",
        "Breathe out",
        "Breathe slowly",
        "Breathe freely",
    ]
    assert [side_words(side) for side in (Side.LEFT, Side.RIGHT, None)] == ["Left side", "Right side", ""]
    plan = plan_of(Prescription("superman", duration=seconds(9)), Prescription("bird-dog", reps=times(1)))
    assert [phase_word(step) for step in plan.steps[:4]] == [
        "Get ready",
        "Keep moving",
        "Change position",
        "Lift",
    ]


def test_setup_and_faults_are_sentences() -> None:
    own = Exercise(
        "x", "X", Position.KNEELING, setup=("sit back on your heels",), watch=("no rush", " ", "Breathe.")
    )
    assert setup_words(own) == "Sit back on your heels."
    assert setup_words(SUPERMAN) == "Lie down on your stomach."
    assert faults(own) == ("No rush.", "Breathe.")
    assert sentence("") == ""
    assert sentence("ready?") == "Ready?"


@pytest.mark.parametrize(
    ("value_s", "eye", "ear"),
    [
        (1, "1 s", "1 second"),
        (2.5, "2.5 s", "2.5 seconds"),
        (60, "1 min", "1 minute"),
        (90, "1 min 30 s", "1 minute 30 seconds"),
        (119.7, "2 min", "2 minutes"),
        (59.4, "59.4 s", "59.4 seconds"),
        (59.9999, "1 min", "1 minute"),
        (3600, "1 h", "1 hour"),
        (5400, "1 h 30 min", "1 hour 30 minutes"),
    ],
)
def test_times_for_the_eye_and_for_the_ear(value_s: float, eye: str, ear: str) -> None:
    assert (time_text(value_s), time_words(value_s)) == (eye, ear)


@pytest.mark.parametrize(
    ("total_s", "estimated", "text"),
    [
        (20, False, "20 s"),
        (59.8, False, "1 min"),
        (1320, False, "22 min"),
        (1340, True, "about 22 min"),
        (3600, False, "1 h"),
        (3900, True, "about 1 h 5 min"),
    ],
)
def test_how_long_a_session_takes(total_s: float, estimated: bool, text: str) -> None:
    assert minutes_text(total_s, estimated) == text


def test_counting_in_words() -> None:
    assert [count_words(number) for number in (1, 3, 20, 21)] == ["one", "three", "twenty", "21"]
    assert [rep_words(rep, 3) for rep in (1, 2, 3)] == ["Rep 1 of 3", "Rep 2 of 3", "Last rep"]
    assert (rep_words(1, 1), rep_words(4, None)) == ("Rep 1 of 1", "Rep 4")


def test_words_for_what_happens_on_the_way() -> None:
    assert paused_words(PauseReason.ASKED) == "Paused."
    assert (
        paused_words(PauseReason.SLEPT, 130.0)
        == "Paused: the computer was away for 2 minutes 10 seconds. Nothing was counted."
    )
    assert extended_words(10) == "10 seconds more."
    assert ending_words(9, 9, complete=True) == "Done. 9 of 9 sets."
    assert ending_words(0, 1, complete=False) == "Stopped. 0 of 1 set."
    assert interrupted_words("Strength", 4, 9) == "Strength broke off after 4 of 9 sets."
