"""`list`, `check` and `use`: the routines there are, as files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.main import UsageError
from backtimer.language import _, counted_words, marked
from backtimer.storage.files.library import UnknownRoutineError
from backtimer.storage.files.settings import load_settings, save_routine
from backtimer.storage.files.source import Problem, ProblemsError, is_path
from backtimer.storage.text import clean, clean_lines

_ORIGINS = {"bundled": marked("bundled"), "yours": marked("yours")}
_BROKEN = marked("(broken: see `backtimer check`)")


def list_routines(options: Options) -> int:
    """Print the routines there are, the one in use marked; or the exercises there are."""
    if options.exercises:
        return _list_exercises()
    in_use = context.settings().routine
    entries = context.library().names()
    width = max((len(entry.name) for entry in entries), default=0)
    titles = {entry.name: _(_BROKEN) if entry.broken else entry.title for entry in entries}
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


def _list_exercises() -> int:
    """Print each exercise: its id, its name, and the phases that a `tempo` may time."""
    entries = context.library().exercises()
    width = max((len(entry.id) for entry in entries), default=0)
    for entry in entries:
        phases = f" ({', '.join(entry.phases)})" if entry.phases else ""
        told = _(_BROKEN) if entry.broken else entry.name + phases
        print(clean(f"{entry.id:{width}}  {told}"))
    return 0


def check(options: Options) -> int:
    """Print all that is wrong in routine files, exit code 2 when anything is; and what is done otherwise."""
    library = context.library()
    settings_file = context.paths().settings
    problems: list[Problem] = []
    missing: list[str] = []
    names = options.files or [*map(str, library.own_files()), str(settings_file)]
    hints = [] if options.files else [*library.strays()]
    for name in names:
        try:
            if Path(name) == settings_file:
                load_settings(settings_file)
            else:
                found = library.check(name)
                problems += found
                hints += () if found else library.hints(name)
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
    checked = len([name for name in names if Path(name) != settings_file or settings_file.exists()])
    told = counted_words(
        "{number} file checked, no problems.", "{number} files checked, no problems.", checked
    )
    print(told.format(number=checked) if checked else _nothing())
    return 0


def _nothing() -> str:
    told = _("There are no files of your own in {folder} yet.")
    return told.format(folder=clean(str(context.paths().routines)))


def use(options: Options) -> int:
    """Choose the routine that `today` follows, and keep from when its days are due."""
    library = context.library()
    routine = library.load(options.routine)
    name = os.path.abspath(options.routine) if is_path(options.routine) else options.routine  # noqa: PTH100
    paths = context.paths()
    try:
        save_routine(paths.settings, name)
    except OSError as error:
        told = _("{file} cannot be written: {why}")
        raise UsageError(told.format(file=clean(str(paths.settings)), why=error.strerror)) from error
    training = context.training(context.settings(), routine)
    try:
        training.remember_schedule()
        for notice in training.notices:
            print(clean(notice), file=sys.stderr)
    finally:
        training.close()
    print(clean(_("From now on: {routine}.").format(routine=routine.title)))
    return 0
