"""`list` and `check`: the routines there are, as files."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from backtimer import RefusedError
from backtimer.cli import context
from backtimer.cli.arguments import Options, call
from backtimer.cli.main import UsageError, not_together
from backtimer.language import _, counted_words, marked
from backtimer.storage.files.library import UnknownRoutineError
from backtimer.storage.files.settings import ROUTINE_KEY, load_settings, names_routine
from backtimer.storage.files.source import Problem, ProblemsError, read_source
from backtimer.storage.text import clean, clean_lines, shorten

_ORIGINS = {"bundled": marked("bundled"), "yours": marked("yours")}
BROKEN_FILE = marked("(broken: see `backtimer check`)")


def list_routines(options: Options) -> int:
    """Print the routines there are, the one in use marked; or the exercises there are."""
    if options.exercises or options.position or options.equipment or options.target or options.json:
        return call("exercise_list:list_exercises", options)
    if options.words:
        told = _("to look for exercises write: {command}")
        words = shorten(" ".join(options.words))
        raise UsageError(told.format(command=f"backtimer list --exercises {words}"))
    in_use = context.settings().routine
    entries = context.library().names()
    width = max((len(entry.name) for entry in entries), default=0)
    titles = {entry.name: _(BROKEN_FILE) if entry.broken else entry.title for entry in entries}
    title_width = max((len(title) for title in titles.values()), default=0)
    for entry in entries:
        mark = "*" if entry.name == in_use else " "
        origin = _(_ORIGINS[entry.origin])
        print(clean(f"{mark} {entry.name:{width}}  {titles[entry.name]:{title_width}}  {origin}"))
    if in_use not in titles:
        print(f"* {clean(in_use)}")
    for stray in context.library().strays():
        print(clean_lines(f"backtimer: {stray.text()}"), file=sys.stderr)
    if lack := context.library().lack:
        print(f"backtimer: {lack}", file=sys.stderr)
        return 1
    return 0


def check(options: Options) -> int:
    """Print all that is wrong in routine files, exit code 2 when anything is; and what is done otherwise."""
    if options.watch:
        if options.hints:
            raise UsageError(not_together("--watch", "--hints"))
        return call("watching:watch", options)  # by its name: 25 ms of plans and words
    library = context.library()
    settings_file = context.paths().settings
    problems: list[Problem] = []
    missing: list[str] = []
    names = options.files or [*map(str, library.own_files()), str(settings_file)]
    if options.hints and not options.files:
        names = _with_the_one_in_use(names)
    hints = [] if options.files else [*library.strays()]
    checked = 0
    for name in names:
        is_settings = Path(name) == settings_file if options.files else name == str(settings_file)
        checked += not is_settings or settings_file.exists()
        try:
            if is_settings:
                problems += _unknown_routine(settings_file)
            else:
                found = library.check(name)
                problems += found
                hints += () if found else library.hints(name)
                hints += library.practice_hints(name) if options.hints and not found else ()
        except ProblemsError as error:
            problems += error.problems
        except UnknownRoutineError as error:
            missing.append(f"backtimer: {error}")
    # A broken exercise is told once, however many routines use it.
    for text in [*dict.fromkeys(problem.text() for problem in problems), *missing]:
        print(clean_lines(text), file=sys.stderr)
    for text in dict.fromkeys(hint.text() for hint in hints):
        print(clean_lines(f"hint: {text}"))
    if problems or missing:
        return 2
    told = counted_words(
        "{number} file checked, no problems.", "{number} files checked, no problems.", checked
    )
    print(told.format(number=checked) if checked else _nothing())
    return 0


def _unknown_routine(file: Path) -> tuple[Problem, ...]:
    """That the settings name a routine that there is not.

    Raises:
        ProblemsError: The file has mistakes.
    """
    named = load_settings(file).routine
    try:
        path = context.library().locate(named)
    except UnknownRoutineError as error:
        told = str(error)
    else:
        if path.exists() or not names_routine(file):
            return ()
        told = _("there is no such file: {path}").format(path=shorten(named))
    source = read_source(file)
    found = re.search(ROUTINE_KEY, source.text, re.MULTILINE)
    line = source.text.count("\n", 0, found.end()) + 1 if found else 0
    return (source.problem(told, line, 1),) if line else (Problem(clean(str(file)), 0, 0, told),)


def _with_the_one_in_use(names: list[str]) -> list[str]:
    """The person's own files, and the routine that is followed, which may have come with backtimer."""
    try:
        in_use = str(context.library().locate(context.settings().routine))
    except RefusedError:
        return names  # what is wrong with it is told elsewhere
    return list(dict.fromkeys([*names, in_use]))


def _nothing() -> str:
    told = _("There are no files of your own in {folder} yet.")
    return told.format(folder=clean(str(context.paths().routines)))
