"""`use`: the routine that `today` follows, and what editors need beside one's own."""

from __future__ import annotations

import os
import sys

from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.main import UsageError
from backtimer.language import _
from backtimer.storage.files.chosen_paths import remember_path
from backtimer.storage.files.library import Library
from backtimer.storage.files.schema import save_schemas
from backtimer.storage.files.settings import save_routine
from backtimer.storage.files.source import is_path
from backtimer.storage.text import clean


def use(options: Options) -> int:
    """Choose the routine that `today` follows."""
    return follow(options.routine)


def follow(asked: str) -> int:
    """Make `today` follow a routine, by its name or the path of its file; keep from when its days are due."""
    library = context.library()
    routine = library.load(asked)
    paths, path = context.paths(), library.locate(asked)
    by_path = is_path(asked) or not library.has(asked)
    name = os.path.abspath(path) if by_path else asked  # noqa: PTH100
    try:
        save_routine(paths.settings, name)
    except OSError as error:
        told = _("{file} cannot be written: {why}")
        raise UsageError(told.format(file=clean(str(paths.settings)), why=error.strerror)) from error
    if by_path:
        remember_path(paths, name)
    if path.parent == paths.routines:
        keep_schemas(library)
    training = context.training(context.settings(), routine)
    try:
        training.remember_schedule()
        for notice in training.notices:
            print(clean(notice), file=sys.stderr)
    finally:
        training.close()
    print(clean(_("From now on: {routine}.").format(routine=routine.title)))
    return 0


def keep_schemas(library: Library) -> None:
    """Write what editors ask for beside the routines; one writes just as well without."""
    try:
        save_schemas(context.paths().routines, library.exercise_names())
    except OSError as error:
        told = _("your editor will not know the format: {file} cannot be written: {why}")
        shown = clean(os.fsdecode(error.filename or context.paths().routines))
        print(told.format(file=shown, why=error.strerror), file=sys.stderr)
