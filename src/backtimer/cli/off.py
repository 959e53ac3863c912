"""`off`: days on which nothing is asked for."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import date, timedelta

from backtimer.cli import context
from backtimer.cli.clock import wall_clock
from backtimer.cli.dates import coming_date, in_reach, shown
from backtimer.cli.errors import UsageError
from backtimer.core.counting import counted
from backtimer.core.due import Off, WhyOff
from backtimer.storage.history.diary import DeclaredOff, Diary

LONGEST_DAYS = 366
"""A longer time is a slip of the fingers."""

_WHYS = ", ".join(WhyOff)


def off(options: argparse.Namespace) -> int:
    """Declare days off, list them, or end them."""
    if options.list and options.end:
        raise UsageError("--list and --end are two different things")
    if (options.list or options.end) and (options.from_date or options.why):
        raise UsageError(f"{'--list' if options.list else '--end'} takes no dates and no reason")
    declared = None if options.list or options.end else _wanted(options, context.today())
    found = context.open_for_looking() if options.list else context.open_for_writing()
    if found is None:
        return 1
    with closing(found):
        if options.list:
            print("\n".join(_lines(_holding(found.diary))) or "No days off.")
        elif options.end:
            print(_end(found.diary, context.today()))
        elif declared is not None:
            print(_declare(found.diary, declared))
    return 0


def _wanted(options: argparse.Namespace, today: date) -> Off:
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
