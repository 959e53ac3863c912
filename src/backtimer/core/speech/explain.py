"""A plan told as the coach would tell it, with times; and the same as data, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from backtimer.core.plan.plan import Plan, Step, StepKind, goes_on
from backtimer.core.plan.routine import RELAX, Breath, name_in_stage
from backtimer.core.plan.units import clock_text, counted
from backtimer.core.plan.ways import things_needed
from backtimer.core.speech.entries import set_text
from backtimer.core.speech.languages import v
from backtimer.core.speech.marks import StepMarks
from backtimer.core.speech.phrases import (
    breath_word,
    ending_words,
    exercise_name,
    halfway_words,
    lower,
    place,
    sentence,
    time_text,
    time_words,
)
from backtimer.core.speech.pieces import joined
from backtimer.core.speech.reading import Reading
from backtimer.language import _

TimedLine = tuple[float, str]


def explain_dict(plan: Plan) -> dict[str, Any]:
    """A plan as data: numbers, text and None only, in the shape of `backtimer explain --json`."""
    moments, reading = _moments(plan), Reading(plan)
    return {
        "routine": plan.routine,
        "day": plan.day,
        "title": plan.title,
        "total_s": _number(plan.total_s),
        "estimated": plan.estimated,
        "steps": [
            _step(plan, index, at_s, reading.step(index, fitting=True))
            for index, at_s in enumerate(moments[:-1])
            if not plan.steps[index].beyond
        ],
    }


def explain_lines(plan: Plan) -> tuple[str, ...]:
    """A plan as lines of plain text: a header, then `m:ss  sentence` for all that happens."""
    told = list(_told(plan))
    width = max(len(clock_text(at_s)) for at_s, _ in told)
    return (*_header(plan), "", *(f"{clock_text(at_s):>{width}}  {text}" for at_s, text in told))


def _moments(plan: Plan) -> list[float]:
    """When each step begins and, last, when the plan ends; rounded to free sums of their dust."""
    return [round(at_s, 6) for at_s in accumulate((step.estimate_s for step in plan.steps), initial=0.0)]


def _number(value: float | None) -> float | int | None:
    if value is None:
        return None
    value = round(value, 6)
    return int(value) if value == int(value) else value


def _step(plan: Plan, index: int, at_s: float, said: str) -> dict[str, Any]:
    step = plan.steps[index]
    spec = plan.sets[step.set_index]
    in_reps = step.rep is not None or step.kind is StepKind.SELF_PACED
    return {
        "at_s": _number(at_s),
        "seconds": _number(step.seconds),
        "kind": step.kind.value,
        "exercise": step.exercise,
        "side": None if step.side is None else step.side.value,
        "set": spec.set,
        "sets": spec.sets,
        "rep": step.rep,
        "reps": spec.reps if in_reps else None,
        "round": spec.round,
        "rounds": spec.rounds,
        "phase": step.phase,
        "breath": step.breath.value,
        "say": said,
    }


def _header(plan: Plan) -> tuple[str, ...]:
    length = clock_text(plan.total_s)
    in_all = _("About {time} in all") if plan.estimated else _("{time} in all")
    things = ", ".join(things_needed(plan))
    needs = _("you need: {things}").format(things=things) if things else ""
    amount = counted(len(plan.sets), "set") if plan.exercises else ""
    facts = (in_all.format(time=length), amount, needs)
    return (
        f"{name_in_stage(plan.day).capitalize()}: {plan.title} ({plan.routine})",
        " · ".join(fact for fact in facts if fact),
    )


def _told(plan: Plan) -> Iterator[TimedLine]:
    """Every lead-in, one line for the work of each set, the halfway of long holds, and the end."""
    moments, reading = _moments(plan), Reading(plan)
    for set_index, spec in enumerate(plan.sets):
        for index in range(spec.lead_in, spec.first_step):
            yield moments[index], reading.step(index)
        first = plan.steps[spec.first_step]
        yield moments[spec.first_step], _work(plan, set_index, first, reading.step(spec.first_step))
        if spec.by_reps or first.kind is StepKind.SELF_PACED:
            continue
        for index in range(spec.first_step, spec.last_step + 1):  # a hold, with its way in and out
            if index > spec.first_step:
                yield moments[index], _with_estimate(plan.steps[index], reading.step(index))
            half_s = StepMarks(plan, index, moments[index], plan.steps[index].seconds).half_s
            if half_s is not None:
                yield moments[index] + half_s, halfway_words()
    yield moments[-1], ending_words(len(plan.sets), len(plan.sets), complete=True)


def _work(plan: Plan, set_index: int, first: Step, told: str) -> str:
    """The work of one set in a line.

    Args:
        plan: The plan.
        set_index: The set.
        first: Its first step.
        told: What is told as it begins.
    """
    spec = plan.sets[set_index]
    if first.kind is StepKind.ACTIVITY:
        return told
    if not spec.by_reps or first.kind is StepKind.SELF_PACED:
        return _with_estimate(first, told)
    label = ", ".join(part for part in (exercise_name(plan, spec), lower(place(spec))) if part)
    work = sentence(f"{label}: {set_text(plan, set_index)}")
    begins = not goes_on(plan, set_index) and spec.round in (None, 1)
    return f"{work} {_rep(plan, set_index)}" if begins else work


def _with_estimate(step: Step, told: str) -> str:
    """What is told at a step, with what it is expected to take where it waits for a key."""
    return joined((told, v.ABOUT.format(time=time_words(step.estimate_s)))) if step.seconds is None else told


def _rep(plan: Plan, set_index: int) -> str:
    """How one rep goes: `Each rep: lift 2 s, breathe out; hold 3 s; lower 2 s, breathe in.`."""
    spec = plan.sets[set_index]
    steps = plan.steps[spec.first_step : spec.last_step + 1]
    phases: list[str] = []
    between: list[str] = []
    for number, step in enumerate(steps):
        if number and step.rep_start:
            break
        text = _phase_text(step)
        after_rep = any(before.rep_end for before in steps[:number])
        (between if after_rep and step.phase in (None, RELAX) else phases).append(text)
    told = _("Each rep: {phases}.").format(phases="; ".join(phases))
    if not between:
        return told
    return joined((told, _("Between reps: {phases}.").format(phases=", ".join(between))))


def _phase_text(step: Step) -> str:
    time = time_text(step.estimate_s)
    if step.kind is StepKind.SWITCH:
        return _("{time} to switch sides").format(time=time)
    name = lower(step.say or (step.phase or "").replace("-", " ")).rstrip(".")
    breath = "" if step.breath is Breath.FREE else f", {lower(breath_word(step.breath))}"
    return f"{name} {time}{breath}"
