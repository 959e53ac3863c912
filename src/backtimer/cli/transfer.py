"""`export`, `import` and `restore`: the whole history as a file, and back."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from backtimer.cli import context
from backtimer.cli.arguments import Options
from backtimer.cli.main import UsageError, wall_clock
from backtimer.cli.output import print_bytes
from backtimer.cli.terminal import read_line
from backtimer.core.plan.units import counted
from backtimer.language import _, counted_words
from backtimer.storage.history import backups
from backtimer.storage.history.backups import Backup
from backtimer.storage.history.exporting import ENCODING, csv_lines, export_lines, save_lines
from backtimer.storage.history.importing import Imported, import_file, import_text
from backtimer.storage.history.queries import History
from backtimer.storage.text import clean

_LENGTH = 30
"""Characters of the bar, where there is room for them."""

_PERCENT = len(" 100 %")


class Bar:
    """A line on stderr that grows.

    Args:
        columns: Of the terminal. The last one stays free: a full line would begin another.
    """

    def __init__(self, columns: int) -> None:
        self._shown = -1
        self._length = max(0, min(_LENGTH, columns - _PERCENT - 1))
        self._all = min(columns - 1, self._length + _PERCENT + len("^C"))

    def __call__(self, done: float, total: float) -> None:
        """Show how far it is; nothing is written while the percentage stays the same."""
        percent = int(100 * done / total) if total else 100
        if percent != self._shown:
            self._shown = percent
            filled = self._length * percent // 100
            sys.stderr.write(f"\r{'#' * filled}{'-' * (self._length - filled)} {percent:3} %")
            sys.stderr.flush()

    def wipe(self) -> None:
        """Take the line away."""
        if self._shown >= 0:
            self._shown = -1
            sys.stderr.write("\r" + " " * self._all + "\r")
            sys.stderr.flush()


def export(options: Options) -> int:
    """Write all of the history as JSON, or its sets as CSV."""
    target = None if options.output in (None, "-") else Path(options.output)
    if target is not None:
        _refuse_history(target)
    found = context.open_for_looking()
    if found is None:
        return 1
    with closing(found):
        if target is None:
            print_bytes(_export_lines(found, csv=options.csv))
            return 0
        try:
            _save(found, target, csv=options.csv)
        except OSError as error:
            told = _("{file} cannot be written: {why}")
            why = error.strerror or error
            raise UsageError(told.format(file=clean(str(target)), why=why)) from error
        sessions = found.totals().sessions
    told = counted_words(
        "{number} session exported to {file}.", "{number} sessions exported to {file}.", sessions
    )
    print(told.format(number=sessions, file=clean(str(target))), file=sys.stderr)
    return 0


def _refuse_history(target: Path) -> None:
    with suppress(OSError):
        if target.samefile(context.paths().history):
            raise UsageError(_("this file is the history itself; choose another one"))


def _export_lines(found: History, *, csv: bool) -> Iterable[str]:
    if csv:
        return csv_lines(found)
    return export_lines(found)


def _save(found: History, target: Path, *, csv: bool) -> None:
    save_lines(_export_lines(found, csv=csv), target, ENCODING if csv else "utf-8")


def import_(options: Options) -> int:
    """Take in an export, and say what came of it."""
    found = context.open_for_writing()
    if found is None:
        return 1
    bar = Bar(shutil.get_terminal_size().columns) if sys.stderr.isatty() else None
    with closing(found):
        try:
            if options.file == "-":
                if sys.stdin.isatty():
                    print(_("Reading from the keyboard: an export, please."), file=sys.stderr)
                done = import_text(found, sys.stdin.buffer.read(), bar)
            else:
                done = import_file(found, Path(options.file), bar)
        except KeyboardInterrupt:
            if bar is not None:
                bar.wipe()
            print(_("Stopped. Nothing was changed."), file=sys.stderr)
            raise
        finally:
            if bar is not None:
                bar.wipe()
    print(_report(done))
    return 0


def _report(done: Imported) -> str:
    """What an import did: `3 sessions new, 1 changed, 360 there already.`, and what else is new."""
    new, changed, same = done.sessions_new, done.sessions_changed, done.sessions_same
    sessions = counted_words(
        "{new} session new, {changed} changed, {same} there already",
        "{new} sessions new, {changed} changed, {same} there already",
        new,
    ).format(new=new, changed=changed, same=same)
    things = (
        (done.schedules, "schedule"),
        (done.offs, "declaration of days off"),
        (done.pains, "rating of pain"),
        (done.decisions, "decision"),
        (done.stages, "change of stage"),
    )
    others = [counted(number, thing) for number, thing in things if number]
    if not others:
        return f"{sessions}."
    return _("{sessions}; also new or changed: {others}.").format(sessions=sessions, others=", ".join(others))


def restore_backup(options: Options) -> int:
    """Put a backup in the place of the history, after a yes."""
    history = context.paths().history
    known = backups.backups_of(history)
    if options.list:
        if options.file is not None:
            raise UsageError(_("--list takes no file"))
        for each in known:
            print(f"{clean(each.path.name)}  {_words(each)}")
        if not known:
            print(_("No backups yet."))
        return 0
    if options.file is not None:
        if not options.file:  # of a variable that is not set, for example: the newest was not asked for
            raise UsageError(_("the name of the backup is empty"))
        chosen = next((each.path for each in known if each.path.name == options.file), Path(options.file))
    elif (last := backups.newest(known, wall_clock())) is not None:
        chosen = last.path
    else:
        raise UsageError(_("there is no backup yet"))
    if not options.yes:
        code = _agreed(chosen, known)
        if code is not None:
            print(_("Nothing was changed."))
            return code
    try:
        done = backups.restore(history, wall_clock, chosen)
    except OSError as error:
        told = _("it cannot be restored: {why}")
        raise UsageError(told.format(why=error.strerror or error)) from error
    told = counted_words(
        "{number} session restored from {backup}.",
        "{number} sessions restored from {backup}.",
        done.sessions,
    ).format(number=done.sessions, backup=clean(str(done.backup)))
    if done.moved_to is not None:
        moved = _("What was there is now {place}.").format(place=clean(str(done.moved_to)))
        told = f"{told} {moved}"
    print(told)
    return 0


def _words(backup: Backup) -> str:
    """When a backup was made, why, and how many sessions it holds."""
    words = f"{backup.made:%Y-%m-%d %H:%M} UTC, {_(backup.kind)}"
    if backup.sessions is None:
        return words
    sessions = counted_words("{number} session", "{number} sessions", backup.sessions)
    return f"{words}, {sessions.format(number=backup.sessions)}"


def _agreed(chosen: Path, known: Sequence[Backup]) -> int | None:
    """Ask on the terminal; None for a yes, otherwise the exit code."""
    if not sys.stdin.isatty():
        raise UsageError(_("this replaces the history: say --yes to do it without being asked"))
    if not chosen.is_file():
        told = _("this is a folder: {path}") if chosen.is_dir() else _("there is no such file: {path}")
        raise UsageError(told.format(path=clean(str(chosen))))
    own = (f"{clean(each.path.name)} ({_words(each)})" for each in known if each.path == chosen)
    what = next(own, clean(str(chosen)))
    told = _("This puts {backup} in the place of your history, which is moved aside, not deleted.")
    print(told.format(backup=what))
    try:
        return None if read_line(_("Do it? (y/n) ")).strip().lower() in ("y", "yes") else 1
    except EOFError:
        print()  # the answer is missing, and with it the end of the line
        return 1
    except KeyboardInterrupt:
        print()
        return 128 + signal.SIGINT
