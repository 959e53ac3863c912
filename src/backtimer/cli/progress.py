"""`progress`: where each exercise stands and why, and answers to what is proposed."""

from __future__ import annotations

import sys
from contextlib import closing

from backtimer.advice import OpenProposal
from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.dates import exercise_meant
from backtimer.cli.main import UsageError
from backtimer.core.plan.prescription import Level
from backtimer.core.plan.routine import day_title
from backtimer.core.progress.progression import Standing, level_words
from backtimer.core.speech.cues import Mode
from backtimer.core.speech.phrases import sentence
from backtimer.storage.text import clean
from backtimer.training import Training


def progress(options: Options) -> int:
    """Print where the exercises of a routine stand, or answer proposals."""
    settings = context.settings()
    routine = context.library().load(options.routine or settings.routine)
    named = options.accept or options.decline
    if options.accept and options.decline:
        raise UsageError("--accept and --decline: one at a time")
    with closing(context.training(settings, routine, writing=named is not None)) as training:
        for notice in training.notices:
            print(notice, file=sys.stderr)
        if training.unreadable:
            return 1
        if named:
            return _answer(training, named, accepted=bool(options.accept), mode=Mode(settings.progression))
        lines = _lines(training, Mode(settings.progression))
    print(clean(routine.title))
    print("\n".join(lines))
    return 0


def _answer(training: Training, named: str, *, accepted: bool, mode: Mode) -> int:
    """Answer what is proposed for an exercise, on every day on which something is."""
    exercise = _exercise(training, named)
    proposed = [
        each for day in training.routine.days for each in training.proposals(day) if each.exercise == exercise
    ]
    if not proposed and mode is not Mode.PROPOSE:
        raise UsageError(f"nothing is asked while the settings say progression: {mode}")
    if not proposed:
        raise UsageError(f"nothing is proposed for {exercise}")
    if not training.history.writable:
        return 1
    known = training.notices
    for each in proposed:
        if not (each.proposal.returns and each is not proposed[0]):  # one answer brings it back on all days
            training.answer(each, accepted)
        print(_answered(each, accepted=accepted))
    troubles = [notice for notice in training.notices if notice not in known]
    for notice in troubles:
        print(notice, file=sys.stderr)
    return 1 if troubles else 0


def _answered(each: OpenProposal, *, accepted: bool) -> str:
    level = each.to_level if accepted else each.from_level
    if each.proposal.returns:
        amount = level_words(level)
        full = f"the full exercise again, {amount}" if amount else "the full exercise again"
        return f"{each.day.capitalize()}, {each.name}: {full if accepted else 'its easier form stays'}."
    stays = "from now on" if accepted else "it stays at"
    return f"{each.day.capitalize()}, {each.name}: {stays} {level_words(level)}."


def _exercise(training: Training, named: str) -> str:
    names = {exercise.id: exercise.name for exercise in training.routine.exercises.values()}
    return exercise_meant(named, names, f"is no exercise of {clean(training.routine.id)}")


def _lines(training: Training, mode: Mode) -> list[str]:
    lines: list[str] = []
    open_ones = False
    for key, day in training.routine.days.items():
        standings = training.standings(key)
        if not standings:
            continue
        lines += ["", f"{key.capitalize()}: {clean(day_title(day))}" if day_title(day) else key.capitalize()]
        back = {each.exercise: each for each in training.proposals(key) if each.proposal.returns}
        for each in standings:
            name = clean(training.routine.exercises[each.exercise].name)
            eased = training.easier_why(each.exercise)
            if each.exercise in back:
                why = f"Proposed: {back[each.exercise].reason}."
            else:
                why = eased or _why(each, mode)
            lines += [f"  {name}: {_level_text(each)}", f"    {why}"]
            asked = each.proposal is not None and not eased and mode is Mode.PROPOSE
            open_ones = open_ones or asked or each.exercise in back
    if not lines:
        return ["", "No day of it has exercises."]
    if open_ones:
        lines += ["", "To answer: backtimer progress --accept EXERCISE, or --decline EXERCISE."]
    return lines


def _level_text(each: Standing) -> str:
    """`3 sets, 9 reps (8 to 12 reps)`."""
    start, top = each.ranges.start, each.ranges.top
    words = level_words(each.level) or "as it is written"
    if not each.ranges.moves:
        return words
    return f"{words} (from {level_words(_moving(start, top))} to {level_words(_moving(top, start))})"


def _moving(level: Level, other: Level) -> Level:
    """As much of an end of the ranges as differs from the other end."""
    return Level(
        level.reps if level.reps != other.reps else None,
        level.hold if level.hold != other.hold else None,
        level.sets if level.sets != other.sets else None,
        level.unit,
        level.rounds if level.rounds != other.rounds else None,
    )


def _why(each: Standing, mode: Mode) -> str:
    if each.proposal is None:
        return each.why
    if mode is Mode.PROPOSE:
        return f"Proposed: {each.proposal.reason}."
    if mode is Mode.AUTO:
        return f"With the next session: {each.proposal.reason}."
    return sentence(f"{each.proposal.reason}, if progression were on")
