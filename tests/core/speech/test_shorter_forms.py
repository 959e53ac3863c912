"""What is said when there is no time left for all of it: name, position and side are in every form."""

from __future__ import annotations

from backtimer.core.plan.plan import LEAD_INS, StepKind, exercise_of_set, goes_on, position_before
from backtimer.core.plan.routine import Position
from backtimer.core.session.events import StepStarted
from backtimer.core.session.session import rehearse
from backtimer.core.speech.cues import Cue, Priority, Verbosity
from backtimer.core.speech.languages import v
from backtimer.core.speech.phrases import exercise_name, position_words
from backtimer.core.speech.pieces import singly
from backtimer.core.speech.script import Script
from tests.core.speech.test_listener import DAYS, plan
from tests.rules import for_each


@for_each(("routine", "day"), DAYS)
@for_each("verbosity", [Verbosity.FULL, Verbosity.SHORT])
def test_every_form_of_a_lead_in_names_the_exercise_its_position_and_its_side(
    routine: str, day: str, verbosity: Verbosity
) -> None:
    made = plan(routine, day)
    script = Script(made, verbosity=verbosity)
    looked_at = 0
    for event in rehearse(made):
        cues: list[Cue] = [cue for cue in script.cues(event) if cue.priority is Priority.NEEDED and cue.text]
        if not isinstance(event, StepStarted) or not cues:
            continue
        step = made.steps[event.step]
        spec = made.sets[step.set_index]
        for cue in cues:
            forms = (cue.text, *cue.shorter)
            assert list(forms) == sorted(set(forms), key=len, reverse=True)
            assert cue.at_s <= cue.latest_s
        if step.kind not in LEAD_INS or step.kind is StepKind.SWITCH or goes_on(made, step.set_index):
            continue
        if made.steps[event.step + 1].kind in LEAD_INS:  # the way there tells it
            continue
        exercise = exercise_of_set(made, step.set_index)
        must = [exercise_name(made, spec)]
        before = position_before(made, step.set_index)
        if exercise is not None and before is not exercise.position:
            tires = exercise.position in v.TIRING
            down = position_words(
                exercise.position, before or (Position.SEATED if tires else Position.STANDING)
            )
            must += (move.rstrip(".") for move in singly((down,)))  # a move may end with "and listen"
        if spec.side is not None:
            must.append(f"{spec.side.value} side")
        for word in must:
            assert any(word.lower() in cue.text.lower() for cue in cues), word
            for cue in cues:
                forms = (cue.text, *cue.shorter)
                if word.lower() in cue.text.lower():
                    looked_at += 1
                    assert all(word.lower() in form.lower() for form in forms), (word, forms)
    assert looked_at > 5
