"""`log` and `off`: what was done without the timer, the morning's pain, and days without training."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.dates import coming_date, day_name, in_reach, is_weekday, seconds_in, shown, split_date
from backtimer.cli.main import UsageError, local, wall_clock
from backtimer.core.plan.plan import NothingToDoError, Plan, activity_plan, plan_to_dict
from backtimer.core.plan.routine import WEEKDAYS
from backtimer.core.plan.units import counted
from backtimer.core.progress.calendar import Off, WhyOff
from backtimer.core.session.credit import records_of
from backtimer.core.speech.phrases import minutes_text
from backtimer.storage.files.library import UnknownRoutineError
from backtimer.storage.files.settings import Settings
from backtimer.storage.files.source import is_path
from backtimer.storage.history.diary import DeclaredOff, Diary
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import check_note, new_session
from backtimer.storage.text import clean, shorten

EXAMPLES = "backtimer log swim 30m, backtimer log lower-back monday, or backtimer log pain 3"

_NOON = time(12, 0)

_NONE = "none"
"""Instead of a number: the last pain is taken back."""


def log(options: Options) -> int:
    """Write down what was done, and say back what was understood."""
    words = [word for text in options.what for word in text.split()]
    settings, today = context.settings(), context.local_today()
    words, day = split_date(words, options.date, today)
    in_reach(day)
    if options.note is not None:
        _check_note(options.note)
    pain = _pain(words, options)
    done = _done(words, day, settings) if pain is None else None
    found = context.open_for_writing()
    if found is None:
        return 1
    with closing(found):
        if pain is not None:
            print(_take_back(found, day) if pain == _NONE else _note_pain(found, int(pain), day, today))
        elif done is not None:
            print(_keep(found, done, day, options, settings))
    return 0


class _Done(NamedTuple):
    """What was done, as it was understood."""

    plan: Plan
    words: str


def _pain(words: list[str], options: Options) -> str | None:
    """The pain that is told, `none` to take one back; None when the words are about something else.

    Raises:
        UsageError: It is no number of the scale, or there is more than a number.
    """
    if not words or words[0].lower() != "pain":
        return None
    if options.note or any(each is not None for each in (options.effort, options.pain, options.pain_before)):
        raise UsageError("`log pain` takes the number alone; --effort, --pain and --note belong to a session")
    word = words[1].lower() if len(words) == 2 else ""
    if word != _NONE and not (word.isascii() and word.isdigit() and len(word) < 3 and int(word) <= 10):
        raise UsageError("a pain is a number from 0 to 10: backtimer log pain 3")
    return word


def _check_note(note: str) -> None:
    """See beforehand whether a note can be kept: nothing is written if it cannot.

    Raises:
        UsageError: It is too long.
    """
    try:
        check_note(note)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _done(words: list[str], day: date, settings: Settings) -> _Done:
    """What the words mean: an activity when they end with a time, otherwise a day of a routine.

    Which days are due is remembered, as when a session begins.

    Raises:
        UsageError: Neither; nothing is guessed.
    """
    if not words:
        raise UsageError(f"say what was done: {EXAMPLES}")
    seconds = seconds_in(words[-1])
    if seconds is None:
        return _day_of_routine(words, day, settings)
    what = shorten(clean(" ".join(words[:-1])))
    if not what:
        raise UsageError(f"{clean(words[-1])} of what? {EXAMPLES}")
    chosen = context.chosen_routine(settings)
    if chosen is not None:
        with closing(context.training(settings, chosen)) as training:
            training.remember_schedule()
    name = chosen.id if chosen else settings.routine
    plan = activity_plan(name, WEEKDAYS[day.weekday()], what, seconds)
    return _Done(plan, f"{what}, {minutes_text(seconds)}")


def _day_of_routine(words: list[str], day: date, settings: Settings) -> _Done:
    name, asked = (words[0], words[1:]) if len(words) > 1 or not is_weekday(words[0]) else ("", words)
    if len(asked) > 1:
        raise UsageError(f"how long did it take? Write the time at the end: {EXAMPLES}")
    key = day_name(asked[0] if asked else None, context.local_today() if asked else day)
    try:
        routine = context.library().load(name or settings.routine)
    except UnknownRoutineError as error:
        if is_path(name):
            raise
        raise UsageError(
            f"{error}; for anything else say how long it took: backtimer log swim 30m"
        ) from error
    with closing(context.training(settings, routine)) as training:
        try:
            plan = training.plan(key)
        except NothingToDoError as error:
            hint = "" if asked else f"; say which day was done: backtimer log {clean(routine.id)} DAY"
            raise UsageError(f"{error}{hint}") from error
        training.remember_schedule()
    title = clean(plan.title) or key.capitalize()
    return _Done(
        plan, f"{clean(routine.title)}, {key.capitalize()}: {title}, {counted(len(plan.sets), 'set')}"
    )


def _keep(found: History, done: _Done, day: date, options: Options, settings: Settings) -> str:
    records = records_of(done.plan)
    seconds = sum(record.seconds for record in records)
    started = _began(day, seconds)
    text = json.dumps(plan_to_dict(done.plan), ensure_ascii=False, separators=(",", ":"))
    session = new_session(done.plan, text, started, settings.rollover, day)
    before = sum(each.local_date == day for each in found.calendar_sessions())
    found.add_logged(
        session,
        records,
        ended=started + timedelta(seconds=seconds),
        effort=options.effort,
        pain=options.pain,
        pain_before=options.pain_before,
        note=options.note or "",
    )
    rated = [
        f"{name} {value}"
        for name, value in (
            ("effort", options.effort),
            ("pain before", options.pain_before),
            ("pain", options.pain),
        )
        if value is not None
    ]
    also = f"; session {before + 1} of that day" if before else ""
    return f"Logged for {shown(day)}: {', '.join([done.words, *rated])}{also}. (session {session.id[:8]})"


def _began(day: date, seconds: float) -> datetime:
    """When it began: just now it ended, or it was at noon of an earlier day."""
    if day == context.local_today():
        return wall_clock() - timedelta(seconds=seconds)
    return local(datetime.combine(day, _NOON))


def _note_pain(found: History, pain: int, day: date, today: date) -> str:
    asked = found.to_ask_next(today) if day == today else None
    if asked is not None:
        found.rate(asked.id, pain_next=pain)
        return f"Pain {pain} this morning, the day after {clean(asked.title) or 'the session'}."
    found.diary.add_pain(pain, wall_clock(), day)
    return f"Pain {pain} noted for {shown(day)}."


def _take_back(found: History, day: date) -> str:
    """Withdraw the last pain of a day that belongs to no session."""
    noted = [each for each in found.diary.pains(day) if each.local_date == day]
    if not noted:
        raise UsageError(
            f"no pain is noted for {shown(day)}; the one of the morning after a session is changed with "
            "backtimer history SESSION --edit pain_next="
        )
    found.diary.withdraw_pain(noted[-1].id, wall_clock())
    return f"Pain {noted[-1].pain} of {shown(day)} taken back."


LONGEST_DAYS = 366
"""A longer time is a slip of the fingers."""

_WHYS = ", ".join(WhyOff)


def off(options: Options) -> int:
    """Declare days off, list them, or end them."""
    if options.list and options.end:
        raise UsageError("--list and --end are two different things")
    if (options.list or options.end) and (options.from_date or options.why):
        raise UsageError(f"{'--list' if options.list else '--end'} takes no dates and no reason")
    declared = None if options.list or options.end else _wanted(options, context.local_today())
    found = context.open_for_looking() if options.list else context.open_for_writing()
    if found is None:
        return 1
    with closing(found):
        if options.list:
            print("\n".join(_lines(_holding(found.diary))) or "No days off.")
        elif options.end:
            print(_end(found.diary, context.local_today()))
        elif declared is not None:
            print(_declare(found.diary, declared))
    return 0


def _wanted(options: Options, today: date) -> Off:
    if options.from_date is None:
        raise UsageError("say from when on: backtimer off FROM [TO] --why WHY (or --list, or --end)")
    if options.why is None:
        raise UsageError(f"say why, with --why: {_WHYS}")
    first = in_reach(coming_date(options.from_date, today))
    last = (
        first if options.to_date is None else in_reach(coming_date(options.to_date, today, not_before=first))
    )
    if last < first:
        raise UsageError(f"the days off end ({shown(last)}) before they begin ({shown(first)})")
    if (last - first).days >= LONGEST_DAYS:
        raise UsageError(f"days off are at most {LONGEST_DAYS} at a time")
    return Off(first, last, WhyOff(options.why))


def _declare(diary: Diary, wanted: Off) -> str:
    if any(each.off == wanted for each in _holding(diary)):
        return f"These days are off already: {_words(wanted)}."
    diary.declare_off(wanted, wall_clock())
    return f"Off: {_words(wanted)}. The streak waits."


def _end(diary: Diary, today: date) -> str:
    """Days off that cover today end with yesterday; when there are none, those to come are taken back."""
    holding = _holding(diary)
    present = [each for each in holding if each.off.covers(today)]
    if present:
        for each in present:
            diary.shorten_off(each.id, today - timedelta(days=1), wall_clock())
        return f"Back from today on. That ended: {'; '.join(_words(each.off) for each in present)}."
    coming = [each for each in holding if each.off.from_date > today]
    if not coming:
        raise UsageError("there are no days off to end")
    for each in coming:
        diary.withdraw_off(each.id, wall_clock())
    return f"Taken back: {'; '.join(_words(each.off) for each in coming)}."


def _holding(diary: Diary) -> list[DeclaredOff]:
    return [each for each in diary.declared() if each.withdrawn is None]


def _lines(declared: list[DeclaredOff]) -> list[str]:
    return [_words(each.off) for each in declared]


def _words(off: Off) -> str:
    days = counted((off.to_date - off.from_date).days + 1, "day")
    if off.from_date == off.to_date:
        return f"{shown(off.from_date)} ({off.why})"
    return f"{shown(off.from_date)} to {shown(off.to_date)} ({off.why}, {days})"
