"""`new`, `edit`, `schema` and `use`: a routine of one's own, written in an editor, and followed."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from time import monotonic

from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.main import UsageError, not_together
from backtimer.cli.output import print_bytes
from backtimer.cli.terminal import read_line, stdin_is_terminal, stdout_is_terminal
from backtimer.language import _
from backtimer.storage.files.drafts import copy_of, template, written_out
from backtimer.storage.files.library import Library, remember_path
from backtimer.storage.files.line_entries import each_of, unknown_of
from backtimer.storage.files.schema import save_schemas, schema_text
from backtimer.storage.files.settings import save_routine
from backtimer.storage.files.shorthand import Shorthand
from backtimer.storage.files.source import as_name, files_in, is_name, is_path, read_source
from backtimer.storage.private import make_folder, open_private
from backtimer.storage.text import clean, clean_lines, shorten

AT_ONCE_S = 1.0
"""Nobody reads a file in less; an editor that comes back sooner has a window of its own."""


def schema(options: Options) -> int:
    """Print the schema of a kind of file, or write it into one."""
    text = schema_text(options.kind, context.library().exercise_names())
    if options.output in (None, "-"):
        print_bytes([text])
    else:
        Path(options.output).write_text(text, encoding="utf-8")
    return 0


def new(options: Options) -> int:
    """Write a new routine file, and open it where there is an editor."""
    library = context.library()
    name: str = options.name
    _refuse_name(name, library)
    line = " ".join(options.text)
    if line and options.original:
        raise UsageError(not_together("TEXT", "--from"))
    if line:
        shorthand = Shorthand(library.exercise_names(), library.exercise)
        wishes = shorthand.read(line, stubs=options.stubs)
        taken = {wish.name: shorthand.taken_for(wish) for wish in each_of(wishes)}
        read_as = [wish.read_as for each in wishes for wish in (*each.inside, each) if wish.read_as]
        text = written_out(name, wishes)
        if problems := library.problems_in(name, text):
            raise UsageError("; ".join(dict.fromkeys(problem.message for problem in problems)))
        own = unknown_of(wishes)
    else:
        own, taken, read_as = (), {}, []
        original = read_source(library.locate(options.original)).text if options.original else ""
        text = copy_of(original, name) if options.original else template(name)
    path = _write(context.paths().routines / f"{name}.yaml", text)
    print(clean(_("{file} is written.").format(file=path)))
    for name_said, exercise in taken.items():
        if exercise:
            told = _("'{name}' is taken for '{exercise}'.")
            print(clean(told.format(name=shorten(name_said), exercise=exercise)))
    for told in read_as:
        print(clean(told))
    for wish in own:
        told = _("'{exercise}' is new: say in the file in which position it is done.")
        print(told.format(exercise=wish.exercise))
    keep_schemas(library)
    if not options.no_editor and _can_edit():
        return _edit(path, name)[0]
    print(_("Read it over with: {command}").format(command=f"backtimer check {name}"))
    print(_("Follow it from now on with: {command}").format(command=f"backtimer use {name}"))
    return 0


def edit(options: Options) -> int:
    """Open a routine in the editor; of one that comes with backtimer, a copy of one's own."""
    library = context.library()
    name: str = context.settings().routine if options.routine is None else options.routine
    path = library.locate(name)
    if is_path(name) and not path.exists():
        raise UsageError(_("there is no file {file}").format(file=clean(name)))
    if not _can_edit():
        told = _("{file} cannot be opened here: it takes a terminal, and an editor in $VISUAL or $EDITOR")
        raise UsageError(told.format(file=clean(str(path))))
    own, copied = context.paths().routines, ""
    if not is_path(name) and path.parent != own:
        copied = copy_of(read_source(path).text)
        path = _write(own / f"{name}.yaml", copied)
        told = _("{routine} comes with backtimer: {file} is your own copy, and takes its place.")
        print(clean(told.format(routine=name, file=path)))
    if path.parent == own:
        keep_schemas(library)
    wanted = False
    try:
        code, wanted = _edit(path, name)
        return code
    finally:
        if copied and not wanted and _text_of(path) == copied:
            _take_away(path, name)


def _take_away(path: Path, name: str) -> None:
    """Delete a copy that nothing was changed in."""
    try:
        path.unlink()
    except OSError:  # where an editor has it open, Windows lets nobody take it away
        return
    told = _("Nothing was changed, so no copy is kept: {routine} is the one that comes with backtimer.")
    print(clean(told.format(routine=name)))


def _text_of(path: Path) -> str | None:
    """What a file says; None: it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _refuse_name(name: str, library: Library) -> None:
    """See that a routine can have this name, and that none has it."""
    if not is_name(name):
        meant = as_name(name.removesuffix(".yaml").removesuffix(".yml"))
        told = (
            _("'{name}' cannot be the name of a routine; write {meant}")
            if meant
            else _("'{name}' cannot be the name of a routine: use small letters, digits and single hyphens")
        )
        raise UsageError(told.format(name=shorten(name), meant=meant))
    own = files_in(context.paths().routines)
    if name in own or name in {entry.name for entry in library.names()}:
        told = _("there is a routine '{name}' already: change it with {command}, or take another name")
        raise UsageError(told.format(name=name, command=f"backtimer edit {name}"))


def _write(path: Path, text: str) -> Path:
    """Write a file that was not there.

    Raises:
        UsageError: There is one.
    """
    make_folder(path.parent)
    try:
        descriptor = open_private(path, os.O_WRONLY | os.O_EXCL)
    except FileExistsError:
        raise UsageError(_("there is a file {file} already").format(file=clean(str(path)))) from None
    with os.fdopen(descriptor, "wb") as out:
        out.write(text.encode())
    return path


def _editor() -> list[str]:
    """The command of the person's editor; nothing where none is named."""
    for name in ("VISUAL", "EDITOR"):
        if said := os.environ.get(name, "").strip():
            try:
                return shlex.split(said, posix=os.name != "nt")
            except ValueError:  # a quote that is never closed
                return [said]
    return []


def _can_edit() -> bool:
    return bool(_editor()) and stdin_is_terminal() and stdout_is_terminal()


def _edit(path: Path, name: str) -> tuple[int, bool]:
    """Open a file until it has no mistakes, or its author has had enough; then offer to follow it.

    Returns:
        The exit code, and whether the file is wanted even if nothing was changed in it.
    """
    while True:
        command, before = [*_editor(), str(path)], _text_of(path)
        opened_s = monotonic()
        try:
            code = subprocess.run(command, check=False).returncode
        except OSError as error:
            told = _("the editor '{editor}' cannot be started: {why}")
            raise UsageError(told.format(editor=shorten(command[0]), why=error.strerror)) from error
        if code:
            told = _("The editor ended with {code}; {file} is as it was saved last.")
            print(told.format(code=code, file=clean(str(path))), file=sys.stderr)
            return 1, False
        at_once = monotonic() - opened_s < AT_ONCE_S
        if at_once and before is not None and before == _text_of(path):
            # a window of its own: nobody has written anything yet
            print(clean(_("The editor came back at once. Write in {file} and save it.").format(file=path)))
            then = _("Then read it over with: {command}")
            print(clean(then.format(command=f"backtimer check {name}")))
            return 0, True
        library = context.library()
        problems = library.check(str(path))
        if not problems:
            break
        for problem in problems:
            print(clean_lines(problem.text()), file=sys.stderr)
        if not _says_yes(_("Open it again? [Y/n] "), usually=True):
            return 2, False
    print(_("{file}: no problems.").format(file=clean(str(path))))
    for hint in library.hints(str(path)):
        print(clean_lines(f"hint: {hint.text()}"))
    if name != context.settings().routine:
        question = _("Follow {routine} from now on? [y/N] ").format(routine=clean(name))
        if _says_yes(question, usually=False):
            return follow(name), True
    return 0, False


def _says_yes(question: str, *, usually: bool) -> bool:
    """Whether the answer is yes; Enter alone is the usual one, and no answer at all is no."""
    try:
        answer = read_line(question).strip().lower()
    except EOFError:
        print()
        return False
    return usually if not answer else answer.startswith(("y", _("yes")[:1]))


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
