"""`progress`: where each exercise stands and why, and answers to what is proposed."""

from __future__ import annotations

import sys
from collections.abc import Collection
from contextlib import closing

from backtimer.advice import OpenProposal
from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.dates import check_stage, exercise_meant
from backtimer.cli.main import UsageError, not_together
from backtimer.cli.ranges import ends_words
from backtimer.core.plan.routine import WEEKDAYS, day_title, name_in_stage, stage_words
from backtimer.core.progress.dates import weekday_from_key
from backtimer.core.progress.progression import AT_THE_TOP, Standing, level_words
from backtimer.core.progress.stages import change_words
from backtimer.core.speech.cues import Mode
from backtimer.core.speech.phrases import sentence
from backtimer.language import _
from backtimer.storage.text import clean
from backtimer.training import Training


def progress(options: Options) -> int:
    """Print where the exercises of a routine stand, or answer proposals."""
    settings = context.settings()
    routine = context.library().load(options.routine or settings.routine)
    named = options.accept or options.decline
    if options.accept and options.decline:
        raise UsageError(not_together("--accept", "--decline"))
    if named and options.stage is not None:
        raise UsageError(not_together("--stage", "--accept" if options.accept else "--decline"))
    check_stage(routine, options.stage)
    writing = named is not None or options.stage is not None
    with closing(context.training(settings, routine, writing=writing)) as training:
        for notice in training.notices:
            print(notice, file=sys.stderr)
        if training.unreadable:
            return 1
        if named:
            return _answer(training, named, accepted=bool(options.accept), mode=Mode(settings.progression))
        if options.stage is not None:
            return _go_to_stage(training, options.stage)
        lines = [*_stage_lines(training), *_lines(training, Mode(settings.progression))]
    print(clean(routine.title))
    print("\n".join(lines))
    return 0


def _stage_lines(training: Training) -> list[str]:
    """Where today is in a programme, and what is asked about that."""
    where, asked = training.stage_words(), training.stage_question()
    lines = [where] if where else []
    if asked is not None:
        answer = _("To answer: backtimer progress --stage {yes}, or --stage {no} for not yet.")
        stage = training.place.stage if training.place is not None else 1
        lines += [asked.text, answer.format(yes=asked.proposal.stage, no=stage)]
    return lines


def _go_to_stage(training: Training, number: int) -> int:
    """Go on to a stage, or back to it."""
    if not training.history.writable:
        return 1
    routine = training.routine
    if not training.follows:
        told = _("{routine} is not what you follow: choose it first with backtimer use")
        raise UsageError(told.format(routine=clean(routine.id)))
    known = training.notices
    begins = training.go_to_stage(number)
    title = stage_words(number, routine.stages[number - 1].title)
    print(clean(change_words(title, begins, training.today)))
    troubles = [notice for notice in training.notices if notice not in known]
    for notice in troubles:
        print(notice, file=sys.stderr)
    return 1 if troubles else 0


def _answer(training: Training, named: str, *, accepted: bool, mode: Mode) -> int:
    """Answer what is proposed for an exercise, on every day on which something is."""
    exercise = _exercise(training, named)
    proposed = [
        each for day in training.days_now for each in training.proposals(day) if each.exercise == exercise
    ]
    if not proposed and mode is not Mode.PROPOSE:
        told = _("nothing is asked while the settings say progression: {mode}")
        raise UsageError(told.format(mode=mode))
    if not proposed:
        raise UsageError(_("nothing is proposed for {exercise}").format(exercise=exercise))
    if not training.history.writable:
        return 1
    known = training.notices
    answered: set[str] = set()
    for each in proposed:
        asked = each.day not in answered
        if asked:  # one answer is for all days that ask for the same
            training.answer(each, accepted)
            answered |= each.days
        if asked or each.proposal.returns:  # the full form comes back at the low end of each day
            print(_answered(each, accepted=accepted))
    troubles = [notice for notice in training.notices if notice not in known]
    for notice in troubles:
        print(notice, file=sys.stderr)
    return 1 if troubles else 0


def _answered(each: OpenProposal, *, accepted: bool) -> str:
    level = each.to_level if accepted else each.from_level
    amount = level_words(level)
    if each.proposal.harder:
        told = _("{day}, {name}: from now on {amount}.") if accepted else _("{day}, {name}: it stays.")
        amount = each.proposal.harder
    elif not each.proposal.returns:
        told = (
            _("{day}, {name}: from now on {amount}.")
            if accepted
            else _("{day}, {name}: it stays at {amount}.")
        )
    elif not accepted:
        told = _("{day}, {name}: its easier form stays.")
    elif amount:
        told = _("{day}, {name}: the full exercise again, {amount}.")
    else:
        told = _("{day}, {name}: the full exercise again.")
    days = {each.day} if each.proposal.returns else each.days
    return told.format(day=_days(days), name=each.name, amount=amount)


def _days(days: Collection[str]) -> str:
    """`Monday, Wednesday`; `Every day`; of a cycle `A, B`; of several stages each name once."""
    names = {*map(name_in_stage, days)}
    if names == {*WEEKDAYS}:
        return _("Every day")
    in_order = [day for day in WEEKDAYS if day in names] or sorted(names)
    return ", ".join(map(weekday_from_key, in_order))


def _exercise(training: Training, named: str) -> str:
    names = {exercise.id: exercise.name for exercise in training.routine_now.exercises.values()}
    told = _("'{word}' is no exercise of {routine}")
    routine = clean(training.routine.id)
    return exercise_meant(named, names, lambda word: told.format(word=word, routine=routine))


def _lines(training: Training, mode: Mode) -> list[str]:
    lines: list[str] = []
    open_ones = False
    alike: dict[tuple[str, tuple[Standing, ...]], list[str]] = {}
    exercises = training.routine_now.exercises
    for key in training.days_now:
        if standings := training.standings(key):
            title = day_title(training.routine.days[key])
            alike.setdefault((title, standings), []).append(key)
    for (title, standings), (key, *others) in alike.items():
        days = _days([key, *others])
        lines += ["", f"{days}: {clean(title)}" if title else days]
        others_asked = (one for one in training.proposals(key) if one.proposal.returns or one.proposal.harder)
        back = {one.exercise: one for one in others_asked}
        for each in standings:
            name = clean(exercises[each.exercise].name)
            eased = training.easier_why(each.exercise)
            if each.exercise in back:
                why = _("Proposed: {what}.").format(what=back[each.exercise].reason)
            else:
                why = eased or _why(each, mode)
            if why == _(AT_THE_TOP) and (harder := training.harder_form(each.exercise)):
                why = f"{why} {_('The next form is {name}.').format(name=harder)}"
            lines += [f"  {name}: {_level_text(each)}", f"    {why}"]
            asked = each.proposal is not None and not eased and mode is Mode.PROPOSE
            open_ones = open_ones or asked or each.exercise in back
    if not lines:
        return ["", _("No day of it has exercises.")]
    if open_ones:
        lines += ["", _("To answer: backtimer progress --accept EXERCISE, or --decline EXERCISE.")]
    return lines


def _level_text(each: Standing) -> str:
    """`3 sets, 9 reps (8 to 12 reps)`."""
    words = level_words(each.level) or _("as it is written")
    if not each.ranges.moves:
        return words
    low, high = ends_words(each.ranges)
    return _("{level} (from {low} to {high})").format(level=words, low=low, high=high)


def _why(each: Standing, mode: Mode) -> str:
    if each.proposal is None:
        return each.why
    if mode is Mode.PROPOSE:
        return _("Proposed: {what}.").format(what=each.proposal.reason)
    if mode is Mode.AUTO:
        return _("With the next session: {what}.").format(what=each.proposal.reason)
    return sentence(_("{what}, if progression were on").format(what=each.proposal.reason))
