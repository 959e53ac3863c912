"""What the first screen says about one day of the week, as values. Texts of strangers are cleaned here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from backtimer.core.plan.plan import NothingToDoError, Plan, PlanError
from backtimer.core.plan.routine import WEEKDAYS, Day, DayKind, day_title
from backtimer.core.progress.calendar import GLYPHS, OFF_WORDS, STATE_WORDS, DayState, nothing_due_words
from backtimer.core.progress.dates import short_date, short_weekday, weekday_letters, weekday_name
from backtimer.core.speech.entries import entries
from backtimer.core.speech.phrases import minutes_text, sentence
from backtimer.language import _, counted_words, marked
from backtimer.storage.text import clean
from backtimer.tui.widgets.text import SplitLine
from backtimer.tui.widgets.week import DayCell

if TYPE_CHECKING:
    from backtimer.core.progress.calendar import Off
    from backtimer.training import Training

ANY_DAY = marked("Any day can be started: choose it with ← and →.")


class DayView(NamedTuple):
    """One day, ready to be shown."""

    heading: str
    total: str
    """How long it takes; empty on a rest day."""
    facts: str
    """When it is, how it stands, what it takes."""
    lines: tuple[SplitLine, ...]
    """What is to be said, if anything, and the list."""
    plan: Plan | None
    """What Enter starts; None: there is nothing to start."""
    done: bool
    """It is today's, and it has been done."""


def week_cells(week: tuple[tuple[date, DayState], ...], today: date) -> tuple[DayCell, ...]:
    """The days of the week strip."""
    return tuple(
        DayCell(short_weekday(day), weekday_letters(day), GLYPHS[state], state.value, today=day == today)
        for day, state in week
    )


def day_view(training: Training, day: date, state: DayState) -> DayView:
    """What there is to say about a day of this week."""
    key = WEEKDAYS[day.weekday()]
    asked = training.routine.days[key]
    plan, problem = _plan(training, key)
    title = _("Rest") if asked.kind is DayKind.REST and not asked.title else day_title(asked)
    today = day == training.today
    done = today and state is DayState.DONE
    off = training.off_on(day)
    words = _words(training, asked, day, done, off)
    if plan is not None and (sore := training.eased(key)):
        words.append(_eased(sore, day, training.today))
    return DayView(
        heading=clean(f"{weekday_name(day)} – {title}" if title else weekday_name(day)),
        total=_length(plan),
        facts=clean(" · ".join(_facts(training, asked, plan, day, state))),
        lines=_spoken([problem] if problem else words, done) + _lines(plan),
        plan=plan,
        done=done,
    )


def _plan(training: Training, key: str) -> tuple[Plan | None, str]:
    """The plan of a weekday, or why there is none."""
    try:
        return training.plan(key), ""
    except NothingToDoError:
        return None, ""
    except PlanError as problem:
        return None, clean(sentence(str(problem)))


def _length(plan: Plan | None) -> str:
    return minutes_text(plan.total_s, plan.estimated) if plan else ""


def _facts(training: Training, asked: Day, plan: Plan | None, day: date, state: DayState) -> list[str]:
    facts = [_("Today") if day == training.today else short_date(day, training.today)]
    # A day before the first session is no day of rest, only one that nobody asked about.
    if state is not DayState.REST:
        off = training.off_on(day) if state is DayState.OFF else None
        stands = _(STATE_WORDS[state])
        facts.append(stands if off is None else f"{stands}, {_(OFF_WORDS[off.why])}")
    if asked.optional and state is not DayState.OPTIONAL:
        facts.append(_(STATE_WORDS[DayState.OPTIONAL]))
    if asked.times > 1:
        times = counted_words("{number} session a day", "{number} sessions a day", asked.times)
        facts.append(times.format(number=asked.times))
    if plan and plan.equipment:
        facts.append(", ".join(plan.equipment))
    return facts


def _words(training: Training, asked: Day, day: date, done: bool, off: Off | None) -> list[str]:
    today = day == training.today
    resting = asked.kind is DayKind.REST
    said = []
    if off is not None and day >= training.today and not done:
        said.append(nothing_due_words(off, day, training.today))
    if resting:
        said.append(clean(sentence(asked.rest or _("Rest, and let it work"))))
    elif done:
        said.append(_("Done for today."))
    if today and said and (following := training.next_words()):
        said.append(following)
    if resting:
        said.append(_(ANY_DAY))
    return said


def _eased(names: Sequence[str], day: date, today: date) -> str:
    """Which exercises are done in their easier form."""
    *others, last = names
    if others:
        hurt_today = _("{exercises} and {last} hurt: today their easier forms.")
        hurt_then = _("{exercises} and {last} hurt: on {weekday} their easier forms.")
    else:
        hurt_today = _("{last} hurt: today its easier form.")
        hurt_then = _("{last} hurt: on {weekday} its easier form.")
    said = hurt_today if day == today else hurt_then
    return clean(said.format(exercises=", ".join(others), last=last, weekday=weekday_name(day)))


def _spoken(words: list[str], done: bool) -> tuple[SplitLine, ...]:
    """Sentences as lines, each with air below it."""
    style = "done" if done else ""
    return tuple(line for said in words for line in (SplitLine(said, prose=True, style=style), SplitLine()))


def _lines(plan: Plan | None) -> tuple[SplitLine, ...]:
    """Every entry of the day; those of a circuit stand under its heading."""
    if plan is None:
        return ()
    lines: list[SplitLine] = []
    above = ("", -1)
    for entry in entries(plan):
        group = (entry.group, entry.item) if entry.group else ("", -1)
        if entry.group and group != above:
            lines.append(SplitLine(clean(entry.group), heading=True))
        above = group
        indent = 2 if entry.group else 0
        lines.append(SplitLine(clean(entry.name), clean(entry.text), indent=indent))
        if entry.note:
            lines.append(SplitLine(clean(entry.note), indent=indent + 2, aside=True))
    return tuple(lines)
