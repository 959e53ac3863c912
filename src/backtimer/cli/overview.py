"""Lines about the day and the week that several commands print, and what becomes of an unfinished session."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from backtimer.core.progress.calendar import DayState, off_words, sessions_words
from backtimer.core.speech.phrases import sentence
from backtimer.language import _, marked
from backtimer.storage.history.live import Unfinished
from backtimer.storage.text import clean
from backtimer.training import TakenError, Training

if TYPE_CHECKING:
    from backtimer.coach import Coach


def off_text(training: Training) -> str:
    """That today is a day off, and until when; empty when it is not."""
    today = training.today
    off = training.off_on(today)
    return "" if off is None else sentence(off_words(off, today, today))


def standing_lines(training: Training) -> list[str]:
    """That nothing is due today, or that it is done, and what comes next; none where it is to be done."""
    lines = [line for line in (off_text(training),) if line]
    today = next(each for each in training.week() if each.day == training.today)
    some = sessions_words(today.sessions, training.routine.days[training.day_key].times)
    if today.state is DayState.DONE and not some:
        lines.append(_("Done for today."))
    following = sentence(training.next_words()) if lines and not some else ""
    return [line for line in (*lines, some, following) if line]


def ended_text(found: Unfinished) -> str:
    """A session of today that was ended early, and how much of it is left."""
    told = _("Today's session was ended early today. {left}.")
    if found.plan.title:
        told = _("{session} was ended early today. {left}.")
    return told.format(session=clean(found.plan.title), left=found.left_text)


def unfinished_text(found: Unfinished, today: date) -> str:
    """A session that was begun and not ended, as `Monday's session from 21 Nov: 5 of 9 sets done`."""
    which, how_far = found.words(today)
    return f"{which}: {how_far}."


NOTHING_TO_GO_ON_WITH = marked(
    "There is no session to go on with: none broke off, and none of today has sets left."
)


def answer_unfinished(training: Training, answer: str) -> Coach | None:
    """Do what was answered.

    Args:
        training: Whose session it is.
        answer: What `--unfinished` says; `ask` and `later` do nothing here.

    Returns:
        The coach of the session, when it is taken up.
    """
    found = training.unfinished() if answer in ("resume", "save", "discard") else None
    if found is None:
        return _go_on(training) if answer == "resume" else None
    if answer == "resume":
        with suppress(TakenError):
            return training.resume(found)
    elif answer == "save":
        training.keep(found)
    else:
        training.discard(found)
    return None


def _go_on(training: Training) -> Coach | None:
    """The coach for what is left of a session that was ended early today, if there is one."""
    ended = training.ended_early()
    if ended is not None:
        with suppress(TakenError):
            return training.go_on(ended)
    return None
