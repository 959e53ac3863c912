"""Lines about the day and the week that several commands print."""

from __future__ import annotations

from datetime import date

from backtimer.core.agenda import OFF_WORDS, day_title, short_date, weekday_name, when_words
from backtimer.core.counting import counted
from backtimer.core.plan import PlanError
from backtimer.core.routine import WEEKDAYS
from backtimer.core.words import left_words, minutes_text
from backtimer.storage.text import clean
from backtimer.training import Practice, Unfinished


def off_text(practice: Practice) -> str:
    """That today is a day off, and until when; empty when it is not."""
    off = practice.off_today()
    if off is None:
        return ""
    until = "today" if off.to_date == practice.today else f"until {when_words(off.to_date, practice.today)}"
    return f"Off {until} ({OFF_WORDS[off.why]})."


def next_session_text(practice: Practice) -> str:
    """Which session comes next, and how long it takes; empty when none ever does."""
    day = practice.next_due()
    if day is None:
        return ""
    key = WEEKDAYS[day.weekday()]
    try:
        plan = practice.plan(key)
        length = minutes_text(plan.total_s, plan.estimated)
    except PlanError:
        length = ""
    parts = (when_words(day, practice.today), day_title(practice.routine.days[key]), length)
    return f"Next: {', '.join(part for part in parts if part)}."


def ended_text(found: Unfinished) -> str:
    """A session of today that was ended early, and how much of it is left."""
    title = clean(found.plan.title) or "Today's session"
    return f"{title} was ended early today. {left_words(len(found.left), found.planned_sets)}."


def unfinished_text(found: Unfinished, today: date) -> str:
    """A session that was begun and not ended, as `Monday's session from 21 Nov: 5 of 9 sets done`."""
    done = f"{found.done_sets} of {counted(found.planned_sets, 'set')} done"
    return f"{weekday_name(found.local_date)}'s session from {short_date(found.local_date, today)}: {done}."
