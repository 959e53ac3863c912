"""`check --watch`: what is wrong in a file, and the day that it makes, anew whenever the file is saved."""

from __future__ import annotations

import shutil
import signal
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from backtimer import RefusedError
from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.keys import Keys
from backtimer.cli.main import UsageError
from backtimer.cli.terminal import is_interactive
from backtimer.core.plan.compile import compile_day
from backtimer.core.plan.plan import Plan
from backtimer.core.plan.routine import WEEKDAYS, DayKind, Routine, stage_key
from backtimer.core.plan.units import clock_text
from backtimer.core.progress.dates import weekday_from_key
from backtimer.core.speech.entries import entries
from backtimer.core.speech.lead_times import as_told
from backtimer.core.speech.phrases import minutes_text, sentence
from backtimer.language import _, counted_words
from backtimer.storage.files.library import Library
from backtimer.storage.files.parsed import Stamp, stamps_of
from backtimer.storage.files.source import Problem, ProblemsError
from backtimer.storage.text import clean

LOOK_S = 0.4
"""How often the files are looked at."""

OPEN, CLOSE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
"""To another screen without a cursor, and back to what was there before."""
HOME, CLEAR_LINE, CLEAR_BELOW = "\x1b[H", "\x1b[K", "\x1b[J"


def watch(options: Options) -> int:
    """Show how the files stand until a key is pressed."""
    if not is_interactive():
        raise UsageError(_("--watch takes a terminal: without one, call check again when a file has changed"))
    names: list[str] = options.files
    for name in names:
        context.library().locate(name)  # a name that there is not is refused at once
    keys = Keys()
    sys.stdout.write(OPEN)
    try:
        with keys.reading():
            _loop(names, keys)
    finally:
        sys.stdout.write(CLOSE)
        sys.stdout.flush()
    return 0 if keys.signal_number in (None, signal.SIGINT) else 128 + int(keys.signal_number or 0)


def _loop(names: Sequence[str], keys: Keys) -> None:
    shown: object = None
    lines: list[str] = []
    stamps: dict[str, Stamp] = {}
    missing: tuple[str, ...] = ()
    while keys.signal_number is None:
        library = context.library()
        files, gone = _files(names, library)
        now = stamps_of([*files, *library.exercise_files()])
        if now != stamps or gone != missing or not lines:
            stamps, missing, lines = now, gone, page(files, library, gone)
        size = shutil.get_terminal_size()
        if (lines, size) != shown:
            shown = (lines, size)
            _paint(lines, size.columns, size.lines)
        if keys.wait(LOOK_S):
            return


def _files(names: Sequence[str], library: Library) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The files that are meant, the one saved last first; and what there is to say of those that are gone."""
    found, gone = [], []
    for name in names:
        try:
            found.append(library.locate(name))
        except (
            RefusedError
        ) as error:  # for a moment, too, while an editor puts a new file in the old one's place
            gone.append(sentence(str(error)))
    return tuple(sorted(found if names else library.own_files(), key=_saved, reverse=True)), tuple(gone)


def _saved(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def page(files: Sequence[Path], library: Library, gone: Sequence[str] = ()) -> list[str]:
    """What is shown: all that is wrong or, where nothing is, the day that the file saved last makes.

    Args:
        files: The one that was saved last first.
        library: What reads them.
        gone: What there is to say of those that were asked for and are not there.
    """
    if not files:
        return [*gone] or [_("There are no files of your own yet: begin one with backtimer new.")]
    told = [*gone, ""] if gone else []
    problems: dict[str, Problem] = {}
    for path in files:
        problems |= {problem.text(): problem for problem in library.check(str(path))}
    if not problems:
        try:
            return [*told, *_sound(files[0], library)]
        except ProblemsError as error:  # it was saved anew since
            problems = {problem.text(): problem for problem in error.problems}
    many = counted_words("{number} problem", "{number} problems", len(problems))
    return [*told, many.format(number=len(problems)), "", *"\n\n".join(problems).splitlines()]


def _sound(path: Path, library: Library) -> list[str]:
    """Of a file without problems: the next day that it makes, and hints.

    Raises:
        ProblemsError: It has problems after all.
    """
    lines = [_("{file}: no problems.").format(file=path.name)]
    if path.parent.name != "exercises":
        lines += ["", *_day_lines(library.load(str(path)))]
    if hints := library.hints(str(path)):
        lines += ["", *(_("hint: {hint}").format(hint=hint.message) for hint in hints)]
    return lines


def _day_lines(routine: Routine) -> Iterator[str]:
    """The day of today or, where that asks for no exercises, the next one that does."""
    for weekday in _days_in_order(routine):
        if routine.days[weekday].kind is DayKind.EXERCISES:
            chosen = context.settings()
            plan = as_told(
                compile_day(routine, weekday, chosen.breathing, straight=chosen.straight), chosen.instructions
            )
            length = minutes_text(plan.total_s, plan.estimated)
            yield f"{weekday_from_key(weekday)}: {plan.title} · {length}"
            yield from order_lines(plan)
            return
    yield _("No day has exercises.")


def _days_in_order(routine: Routine) -> Iterator[str]:
    """Its days, those of a week from today on; stage by stage."""
    today = context.local_today().weekday()
    week = (*WEEKDAYS[today:], *WEEKDAYS[:today])
    for number in range(1, len(routine.stages) + 1):
        part = routine.at_stage(number)
        yield from (stage_key(number, name) for name in (week if part.cycle is None else part.days))
    if not routine.stages:
        yield from week if routine.cycle is None else routine.days


def order_lines(plan: Plan) -> Iterator[str]:
    """What is done, in order, each with the time at which its turn comes for the first time."""
    width = len(clock_text(plan.total_s))
    group = ""
    for entry in entries(plan):
        if entry.group and entry.group != group:
            yield f"{'':{width}}  {entry.group}"
        group = entry.group
        first_step = plan.sets[entry.sets[0]].lead_in
        at_s = sum(step.estimate_s for step in plan.steps[:first_step])
        indent = "  " if entry.group else ""
        yield f"{clock_text(at_s):>{width}}  {indent}{entry.name}: {entry.text}"
    yield f"{clock_text(plan.total_s)}  {_('the end')}"


def _paint(lines: Sequence[str], columns: int, rows: int) -> None:
    """Write the page over the one before, as much of it as there is room for."""
    wide = max(20, columns - 1)
    folded: list[str] = []
    for line in lines:
        shown = clean(line)
        is_excerpt = "|" in shown[:8]  # its underline must stay below its place
        cut = [shown[:wide]] if is_excerpt else textwrap.wrap(shown, wide, subsequent_indent="  ")
        folded += cut or [""]
    room = max(2, rows - 2)
    if len(folded) > room:
        more = len(folded) - room + 1
        told = counted_words("… {number} line more", "… {number} lines more", more)
        folded = [*folded[: room - 1], told.format(number=more)]
    folded += ["", _("Any key ends it.")]
    sys.stdout.write(HOME + "\n".join(f"{line}{CLEAR_LINE}" for line in folded) + CLEAR_BELOW)
    sys.stdout.flush()
