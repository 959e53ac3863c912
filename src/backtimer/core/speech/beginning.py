"""What is told once to a beginner: when to stop, what the tones mean, that nobody has to look."""

from __future__ import annotations

from backtimer.core.plan.plan import Plan, StepKind
from backtimer.core.plan.ways import ON_THE_FLOOR
from backtimer.core.speech.heard import Heard
from backtimer.core.speech.pieces import Piece, Why, framed
from backtimer.language import _


def where_in_programme(plan: Plan, language: str) -> list[Piece]:
    """That a stage begins, and which week it is.

    Args:
        plan: What is done.
        language: Of the routine's own texts, where it is not the coach's.
    """
    pieces: list[Piece] = []
    if plan.new_stage:
        title = Piece(Why.NOTE, plan.new_stage, language=language, tells=plan.new_stage)
        pieces += framed(title, _("A new stage begins: {what}"))
    elif plan.new_stage is not None:
        begins = _("A new stage begins")
        pieces.append(Piece(Why.NOTE, begins, tells=begins))
    if plan.week:
        pieces.append(Piece(Why.NOTE, plan.week, tells=plan.week))
    return pieces


def when_to_stop(plan: Plan, *, attended: bool) -> list[Piece]:
    """At which pain to stop, and how to get up then; and at which to do less."""
    if plan.knows_all:
        return []
    less = Piece(Why.NOTE, _("More pain than before? Do less"))
    lies = any(exercise.position in ON_THE_FLOOR for exercise in plan.exercises)
    up = [Piece(Why.NOTE, _("Rest on your side, then get up at the chair"))] if lies else []
    tired = Piece(Why.NOTE, _("Tired? Rest until the next exercise"))
    if attended:
        sharp = Piece(Why.NOTE, _("Sharp pain, or pain down your leg? Stop, and press h"))
        return [sharp, Piece(Why.NOTE, _("Dizzy or numb? Stop for today")), *up, less, tired]
    sharp = Piece(Why.NOTE, _("Sharp pain, numb, dizzy, or pain down your leg? Stop for today"))
    return [sharp, *up, Piece(Why.NOTE, _("And ask your doctor")), less, tired]


def what_tones_mean(plan: Plan) -> list[Piece]:
    """What the tones of work mean: later they tell much alone."""
    moves = any(step.kind is StepKind.PHASE and not step.rep_start for step in plan.steps)
    if not moves or plan.knows_all:
        return []
    return [Piece(Why.NOTE, _("A rising tone: go. Level: hold. Falling: come back"))]


def about_eyes(heard: Heard) -> list[Piece]:
    """That nobody has to look, to who lies or sits on the floor: nothing to be seen is needed."""
    eyes = Piece(Why.NOTE, _("You can close your eyes"))
    return [] if eyes.said in heard.said else [eyes]


def look_again(heard: Heard) -> list[Piece]:
    """Once, where a way begins on which one has to see, to who was told that she need not look."""
    eyes = Piece(Why.EQUIPMENT, _("Open your eyes"))
    return [eyes] if about_eyes(heard) == [] and eyes.said not in heard.said else []
