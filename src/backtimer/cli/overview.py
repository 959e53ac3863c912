"""Lines about the day and the week that several commands print, and what becomes of an unfinished session."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from backtimer.core.plan.plan import PlanError
from backtimer.core.plan.routine import WEEKDAYS, day_title
from backtimer.core.plan.units import counted
from backtimer.core.progress.calendar import OFF_WORDS, short_date, weekday_name, when_words
from backtimer.core.speech.languages import v
from backtimer.core.speech.phrases import left_words, minutes_text
from backtimer.storage.text import clean
from backtimer.training import Practice, TakenError, Unfinished

if TYPE_CHECKING:
    from backtimer.coach import Coach


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
    return f"{v.NEXT.format(what=', '.join(part for part in parts if part))}."


def ended_text(found: Unfinished) -> str:
    """A session of today that was ended early, and how much of it is left."""
    title = clean(found.plan.title) or "Today's session"
    return f"{title} was ended early today. {left_words(len(found.left), found.planned_sets)}."


def unfinished_text(found: Unfinished, today: date) -> str:
    """A session that was begun and not ended, as `Monday's session from 21 Nov: 5 of 9 sets done`."""
    done = f"{found.done_sets} of {counted(found.planned_sets, 'set')} done"
    return f"{weekday_name(found.local_date)}'s session from {short_date(found.local_date, today)}: {done}."


NOTHING_TO_GO_ON_WITH = "There is no session to go on with: none broke off, and none of today has sets left."


def answer_unfinished(practice: Practice, answer: str) -> Coach | None:
    """Do what was answered.

    Args:
        practice: Whose session it is.
        answer: What `--unfinished` says; `ask` and `later` do nothing here.

    Returns:
        The coach of the session, when it is taken up.
    """
    found = practice.unfinished() if answer in ("resume", "save", "discard") else None
    if found is None:
        return _go_on(practice) if answer == "resume" else None
    if answer == "resume":
        with suppress(TakenError):
            return practice.resume(found)
    elif answer == "save":
        practice.keep(found)
    else:
        practice.discard(found)
    return None


def _go_on(practice: Practice) -> Coach | None:
    """The coach for what is left of a session that was ended early today, if there is one."""
    ended = practice.ended_early()
    if ended is not None:
        with suppress(TakenError):
            return practice.go_on(ended)
    return None
