"""`log` and `off`: what was done without the timer, the morning's pain, and days without training."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime, time, timedelta

from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.dates import (
    coming_date,
    day_name,
    day_of,
    in_reach,
    is_weekday,
    seconds_in,
    shown,
    split_date,
)
from backtimer.cli.main import UsageError, local, wall_clock
from backtimer.core.plan.plan import NothingToDoError, Plan, activity_plan, plan_text
from backtimer.core.plan.routine import WEEKDAYS, name_in_stage
from backtimer.core.progress.calendar import OFF_WORDS, Off, WhyOff
from backtimer.core.progress.dates import weekday_from_key
from backtimer.core.session.credit import records_of
from backtimer.core.speech.phrases import minutes_text
from backtimer.language import _, counted_words, marked
from backtimer.storage.files.library import UnknownRoutineError
from backtimer.storage.files.settings import Settings
from backtimer.storage.files.source import is_path
from backtimer.storage.history.diary import DeclaredOff, Diary
from backtimer.storage.history.queries import History
from backtimer.storage.history.values import check_note, new_session
from backtimer.storage.text import clean, shorten
from backtimer.values import NamedTuple

EXAMPLES = marked("backtimer log swim 30m, backtimer log lower-back monday, or backtimer log pain 3")

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
        raise UsageError(
            _("`log pain` takes the number alone; --effort, --pain and --note belong to a session")
        )
    word = words[1].lower() if len(words) == 2 else ""
    if word != _NONE and not (word.isascii() and word.isdigit() and len(word) < 3 and int(word) <= 10):
        raise UsageError(_("a pain is a number from 0 to 10: backtimer log pain 3"))
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
        raise UsageError(_("say what was done: {examples}").format(examples=_(EXAMPLES)))
    seconds = seconds_in(words[-1])
    if seconds is None:
        return _day_of_routine(words, day, settings)
    what = shorten(clean(" ".join(words[:-1])))
    if not what:
        raise UsageError(_("{time} of what? {examples}").format(time=clean(words[-1]), examples=_(EXAMPLES)))
    chosen = context.chosen_routine(settings)
    if chosen is not None:
        with closing(context.training(settings, chosen)) as training:
            training.remember_schedule()
    name = chosen.id if chosen else settings.routine
    plan = activity_plan(name, WEEKDAYS[day.weekday()], what, seconds)
    return _Done(plan, f"{what}, {minutes_text(seconds)}")


def _day_of_routine(words: list[str], day: date, settings: Settings) -> _Done:
    name, asked = (words[0], words[1:]) if len(words) > 1 or not is_weekday(words[0]) else ("", words)
    if name and not asked and _is_in_cycle(name, settings):
        name, asked = "", words
    if len(asked) > 1:
        told = _("how long did it take? Write the time at the end: {examples}")
        raise UsageError(told.format(examples=_(EXAMPLES)))
    word = asked[0] if asked else None
    try:
        routine = context.library().load(name or settings.routine)
    except UnknownRoutineError as error:
        day_name(word, day)  # what is no day is told first
        if is_path(name):
            raise
        told = _("{problem}; for anything else say how long it took: backtimer log swim 30m")
        raise UsageError(told.format(problem=error)) from error
    key = day_of(routine, word, settings, None if asked else day)
    with closing(context.training(settings, routine)) as training:
        try:
            plan = training.plan(key)
        except NothingToDoError as error:
            told = "{problem}" if asked else _("{problem}; say which day was done: {command}")
            command = f"backtimer log {clean(routine.id)} DAY"
            raise UsageError(told.format(problem=error, command=command)) from error
        training.remember_schedule()
    weekday, sets = weekday_from_key(key), len(plan.sets)
    counted = counted_words("{number} set", "{number} sets", sets).format(number=sets)
    return _Done(plan, f"{clean(routine.title)}, {weekday}: {clean(plan.title) or weekday}, {counted}")


def _is_in_cycle(word: str, settings: Settings) -> bool:
    """Whether a word names a day of a cycle that is followed."""
    chosen = context.chosen_routine(settings)
    return chosen is not None and word.lower() in {*map(name_in_stage, chosen.days)} - {*WEEKDAYS}


def _keep(found: History, done: _Done, day: date, options: Options, settings: Settings) -> str:
    records = records_of(done.plan)
    seconds = sum(record.seconds for record in records)
    started = _began(day, seconds)
    text = plan_text(done.plan)
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
        told.format(number=value)
        for told, value in (
            (_("effort {number}"), options.effort),
            (_("pain before {number}"), options.pain_before),
            (_("pain {number}"), options.pain),
        )
        if value is not None
    ]
    told = _("Logged for {day}: {what}.")
    if before:
        told = _("Logged for {day}: {what}; session {number} of that day.")
    what = ", ".join([done.words, *rated])
    return told.format(day=shown(day), what=what, number=before + 1)


def _began(day: date, seconds: float) -> datetime:
    """When it began: just now it ended, or it was at noon of an earlier day."""
    if day == context.local_today():
        return wall_clock() - timedelta(seconds=seconds)
    return local(datetime.combine(day, _NOON))


def _note_pain(found: History, pain: int, day: date, today: date) -> str:
    asked = found.to_ask_next(today) if day == today else None
    if asked is not None:
        found.rate(asked.id, pain_next=pain)
        told = _("Pain {number} this morning, the day after the session.")
        if asked.title:
            told = _("Pain {number} this morning, the day after {session}.")
        return told.format(number=pain, session=clean(asked.title))
    found.diary.add_pain(pain, wall_clock(), day)
    return _("Pain {number} noted for {day}.").format(number=pain, day=shown(day))


def _take_back(found: History, day: date) -> str:
    """Withdraw the last pain of a day that belongs to no session."""
    noted = [each for each in found.diary.pains(day) if each.local_date == day]
    if not noted:
        told = _(
            "no pain is noted for {day}; the one of the morning after a session is changed with "
            "backtimer history SESSION --edit pain_next="
        )
        raise UsageError(told.format(day=shown(day)))
    found.diary.withdraw_pain(noted[-1].id, wall_clock())
    return _("Pain {number} of {day} taken back.").format(number=noted[-1].pain, day=shown(day))


LONGEST_DAYS = 366
"""A longer time is a slip of the fingers."""

_WHYS = ", ".join(WhyOff)


def off(options: Options) -> int:
    """Declare days off, list them, or end them."""
    if options.list and options.end:
        raise UsageError(_("--list and --end are two different things"))
    if (options.list or options.end) and (options.from_date or options.why):
        option = "--list" if options.list else "--end"
        raise UsageError(_("{option} takes no dates and no reason").format(option=option))
    declared = None if options.list or options.end else _wanted(options, context.local_today())
    found = context.open_for_looking() if options.list else context.open_for_writing()
    if found is None:
        return 1
    with closing(found):
        if options.list:
            print("\n".join(_lines(_holding(found.diary))) or _("No days off."))
        elif options.end:
            print(_end(found.diary, context.local_today()))
        elif declared is not None:
            print(_declare(found.diary, declared))
    if not options.list:
        _lay_out_again(context.settings())
    return 0


def _lay_out_again(settings: Settings) -> None:
    """Keep on which dates the stages of a programme begin now, as days off do not count among its weeks."""
    chosen = context.chosen_routine(settings)
    if chosen is not None and chosen.stages:
        with closing(context.training(settings, chosen)) as training:
            training.remember_schedule()


def _wanted(options: Options, today: date) -> Off:
    if options.from_date is None:
        raise UsageError(_("say from when on: backtimer off FROM [TO] --why WHY (or --list, or --end)"))
    if options.why is None:
        raise UsageError(_("say why, with --why: {reasons}").format(reasons=_WHYS))
    first = in_reach(coming_date(options.from_date, today))
    last = (
        first if options.to_date is None else in_reach(coming_date(options.to_date, today, not_before=first))
    )
    if last < first:
        told = _("the days off end ({last}) before they begin ({first})")
        raise UsageError(told.format(last=shown(last), first=shown(first)))
    if (last - first).days >= LONGEST_DAYS:
        raise UsageError(_("days off are at most {number} at a time").format(number=LONGEST_DAYS))
    return Off(first, last, WhyOff(options.why))


def _declare(diary: Diary, wanted: Off) -> str:
    if any(each.off == wanted for each in _holding(diary)):
        return _("These days are off already: {days}.").format(days=_words(wanted))
    diary.declare_off(wanted, wall_clock())
    return _("Off: {days}. The streak waits.").format(days=_words(wanted))


def _end(diary: Diary, today: date) -> str:
    """Days off that cover today end with yesterday; when there are none, those to come are taken back."""
    holding = _holding(diary)
    present = [each for each in holding if each.off.covers(today)]
    if present:
        for each in present:
            diary.shorten_off(each.id, today - timedelta(days=1), wall_clock())
        ended = "; ".join(_words(each.off) for each in present)
        return _("Back from today on. That ended: {days}.").format(days=ended)
    coming = [each for each in holding if each.off.from_date > today]
    if not coming:
        raise UsageError(_("there are no days off to end"))
    for each in coming:
        diary.withdraw_off(each.id, wall_clock())
    return _("Taken back: {days}.").format(days="; ".join(_words(each.off) for each in coming))


def _holding(diary: Diary) -> list[DeclaredOff]:
    return [each for each in diary.declared() if each.withdrawn is None]


def _lines(declared: list[DeclaredOff]) -> list[str]:
    return [_words(each.off) for each in declared]


def _words(off: Off) -> str:
    first, last, why = shown(off.from_date), shown(off.to_date), _(OFF_WORDS[off.why])
    if off.from_date == off.to_date:
        return f"{first} ({why})"
    number = (off.to_date - off.from_date).days + 1
    days = counted_words("{number} day", "{number} days", number).format(number=number)
    return _("{first} to {last} ({why}, {days})").format(first=first, last=last, why=why, days=days)
