"""The moves of the exercises: their breath, their time, and their sides."""

from __future__ import annotations

import re

from backtimer.core.plan.plan import StepKind
from backtimer.core.plan.routine import (
    HOLD,
    Breath,
    Exercise,
    PhaseSide,
    Position,
    Side,
    Sides,
)
from backtimer.core.speech.pieces import speech_s
from tests.bundled import (
    CATALOGUE,
    GOES_ON,
    HELD,
    SLOW_VOICE,
    alone,
    catalogue,
    own,
    words,
)
from tests.rules import Rules, for_each

RULES = Rules()


SIDED = [name for name in CATALOGUE if catalogue()[name].sides is not Sides.NONE]


BOTH_IN_A_REP = [name for name in CATALOGUE if any(phase.side for phase in catalogue()[name].phases)]


LOWERED_FIRST = {"squat", "wall-sit", "split-squat", "lunge", "push-up-wall"}
"""They begin with the way down; the effort is to come up again."""


OWN_BREATHS = {
    "childs-pose": [Breath.FREE, Breath.OUT, Breath.FREE, Breath.FREE],
    "hamstring-pnf": [Breath.OUT, Breath.SLOW, Breath.OUT, Breath.SLOW, Breath.FREE],
    "bird-dog-box": [Breath.OUT, *[Breath.FREE] * 4, Breath.IN],
    "knee-hugs": [*[Breath.OUT, Breath.IN] * 2, Breath.FREE, Breath.FREE],
    "box-breathing": [Breath.IN, Breath.FREE, Breath.OUT, Breath.FREE],
    "sun-salutation": [
        *(Breath.IN, Breath.OUT, Breath.IN, Breath.FREE, Breath.OUT, Breath.IN),
        *(Breath.OUT, Breath.IN, Breath.OUT, Breath.IN, Breath.OUT),
    ],
}
"""Those with more moves than one and its return."""


BREATH_FIRST = {"cat-cow", "seated-cat-cow", "belly-breathing"}
"""They begin with the breath in."""


OWN_PACE = {
    "hamstring-pnf": {"straighten": 5, "stretch": 20, "push": 6, "closer": 20, "lower": 5},
    "bird-dog-box": dict.fromkeys(("out", "up", "in", "down"), 2),
    "pelvic-floor-flick": {"squeeze": 2},
    "knee-hugs": {"hug": 5, "hug both": 6, "lower both": 5},
}
"""Phases that are no plain move, and how long they take."""


def on_their_own(exercise: Exercise) -> list[Breath | None]:
    """The breaths of the phases that move, in order."""
    return [phase.breathe for phase in exercise.phases if phase.name != HOLD]


@RULES.of_each
def the_breath_goes_out_on_the_effort_and_in_on_the_return(name: str) -> None:
    exercise = catalogue()[name]
    breaths = on_their_own(exercise)
    if name in GOES_ON:
        assert not breaths
    elif name in BREATH_FIRST:
        assert breaths == [Breath.IN, Breath.OUT]
    elif name == "both-knees-to-chest":
        assert breaths == [Breath.FREE, Breath.FREE]
    elif name in LOWERED_FIRST:
        assert breaths == [Breath.IN, Breath.OUT]
    elif name in OWN_BREATHS:
        assert breaths == OWN_BREATHS[name]
    elif name in HELD:
        *placing, into, out = breaths
        assert (into, out) == (Breath.OUT, Breath.FREE)
        assert placing in ([], [Breath.FREE]), "the effort comes after the leg is laid in its place"
    elif name in BOTH_IN_A_REP:
        assert breaths == [Breath.OUT, *[Breath.FREE] * 4, Breath.IN], "few rules on the way"
    else:
        assert breaths == [Breath.OUT, Breath.IN]
    told = " ".join(exercise.breath).lower()
    for breath, said in ((Breath.IN, "breathe in"), (Breath.OUT, "breathe out")):
        assert (said in told) == (breath in breaths), told
    holds = [phase for phase in exercise.phases if phase.name == HOLD]
    assert all(phase.breathe in (None, Breath.FREE, Breath.SLOW) for phase in holds)
    if holds:
        assert ("breathe slowly" if name in HELD else "breathe softly while you hold") in told


@RULES.among(HELD)
def getting_into_a_stretch_and_out_of_it_has_its_time(name: str) -> None:
    *into, hold, out = catalogue()[name].phases
    assert (hold.name, hold.breathe) == (HOLD, Breath.SLOW)
    assert out.duration is not None
    *placing, pull = [phase.duration.low for phase in into if phase.duration is not None]
    assert 3 <= pull <= 7
    most_s = 15 if name == "childs-pose" else 11  # hands, elbows, pillow and head, one after the other
    assert 5 <= pull + sum(placing) <= most_s
    if "One hand lifts its leg" in " ".join(catalogue()[name].steps):
        assert placing == [8], "a stiff hip takes its time"
    assert 4 <= out.duration.low == out.duration.high <= 10


@RULES.among(HELD)
def the_way_out_of_a_stretch_is_over_when_its_phase_is(name: str) -> None:
    """It is told once, as the phase begins, in words that fit into it."""
    exercise = catalogue()[name]
    out = exercise.phases[-1]
    assert out.duration is not None
    assert SLOW_VOICE * speech_s(" ".join(exercise.out)) < out.duration.low


@RULES.among([name for name in CATALOGUE if name not in HELD])
def the_pace_is_one_that_a_sore_back_can_follow(name: str) -> None:
    exercise = catalogue()[name]
    for phase in exercise.phases:
        if phase.name == HOLD:
            assert phase.duration is None, "the prescription says it"
            continue
        assert phase.duration is not None
        if own_s := OWN_PACE.get(name, {}).get(phase.name):
            assert phase.duration.low == phase.duration.high == own_s
            continue
        known = name == "bridge-leg-extension" and phase.name in ("extend", "return")  # the hips are up
        assert (2 if known else 3) <= phase.duration.low == phase.duration.high <= 4, phase


@RULES.among(SIDED)
def a_change_of_side_has_its_time(name: str) -> None:
    exercise = catalogue()[name]
    switch = own(exercise).switch
    if name in BOTH_IN_A_REP:
        assert switch is None, "one rep does both sides"
        return
    assert switch is not None
    least, most = (2, 2) if exercise.sides is Sides.ALTERNATE else (8, 10)
    if exercise.position in (Position.SIDE_LYING, Position.HALF_KNEELING):
        least, most = 12, 15  # one rolls over, or changes knees
    assert least <= switch.low <= most
    if exercise.sides is Sides.ALTERNATE:
        switches = [step for step in alone(name).steps if step.kind is StepKind.SWITCH]
        breather = own(exercise).breather
        assert {step.seconds for step in switches} == {2.0} | ({breather.low} if breather else set())


@RULES.of_each
def every_phase_that_moves_says_what_to_do(name: str) -> None:
    for phase in catalogue()[name].phases:
        if phase.name == HOLD:
            assert not phase.say
            continue
        assert re.match(r"[A-Z][A-Za-z ,']*\Z", phase.say), phase
        length_s = 3.0 if phase.duration is None else phase.duration.low
        assert len(words(phase.say)) <= max(4, 1.5 * length_s), f"{phase.say} in {length_s:g} s"


@for_each("name", CATALOGUE)
def test_an_exercise_keeps_to_every_rule(name: str) -> None:
    RULES.ask(name)


def test_the_hips_go_up_and_come_down_in_every_pair_of_legs() -> None:
    exercise = catalogue()["bridge-leg-extension"]
    told = [(phase.say or phase.name, phase.side) for phase in exercise.phases]
    first = [
        ("Straighten that leg", PhaseSide.FIRST),
        (HOLD, PhaseSide.FIRST),
        ("Foot down", PhaseSide.FIRST),
    ]
    second = [(what, PhaseSide.SECOND) for what, _ in first]
    up, down = [("Hips up slowly", None)], [("Hips down slowly", None)]
    assert told == [*up, *first, *second, *down]
    assert own(exercise).relax is not None
    assert exercise.out == ("Rest, feet where they are.",)


def test_one_pair_of_legs_is_one_rep_of_the_bridge() -> None:
    plan = alone("bridge-leg-extension")
    rep = [step for step in plan.steps if step.set_index == 0 and step.rep == 1 and step.phase]
    assert [step.side for step in rep if step.phase == HOLD] == [Side.LEFT, Side.RIGHT]
    assert [step.side for step in rep if step.phase in ("lift", "lower")] == [None, None]
    assert plan.sets[0].reps == 8
    up_s = sum(step.seconds or 0 for step in rep if step.phase not in ("lift", "lower", "relax"))
    assert up_s <= 20, "not as long as a sore back holds a plain bridge at the most"


def test_a_breath_that_rests_is_short_and_nothing_leads_there() -> None:
    """Stillness with an open throat, which nobody has to keep up; no exercise proposes it."""
    box = catalogue()["box-breathing"]
    still = [phase for phase in box.phases if phase.breathe is Breath.FREE]
    assert [phase.duration.low for phase in still if phase.duration is not None] == [3.0, 3.0]
    assert "Want air sooner? Take it." in box.breath
    assert box.ask_first[0].startswith(
        "Heart trouble, high blood pressure, or pregnant? Breathe in and out only"
    )
    assert all(
        "box-breathing" not in (each.easier, each.harder, each.instead) for each in catalogue().values()
    )
