"""The command line's entry: arguments to commands, mistakes to one clear line and an exit code.

Exit codes: 0 all is well; 1 something asked for is not there, or an error of backtimer's own; 2 bad input;
128+n ended by signal n.
"""

from __future__ import annotations

import argparse
import errno
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn, TypeAlias

from backtimer import __version__

Command = Callable[[argparse.Namespace], int]

UNFINISHED = ("ask", "resume", "save", "discard", "later")
ROUTINE_HELP = "a routine's name (see `backtimer list`) or the path of its file"
DATE_HELP = "2026-11-21, today, tomorrow or a weekday"
DAY_HELP = "a weekday, such as monday or mon (default: today's)"


def run() -> None:
    """Run the program and leave with its exit code."""
    # Nothing that is made while modules load is garbage: looking for some takes a sixth of Textual's import.
    # A session, which is all that lasts, turns the collector on again when it has begun.
    gc.disable()
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: What stands on the command line after the program's name.

    Returns:
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding gets a substitute for what it cannot show, not a crash.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    options = _parser().parse_args(arguments)
    command: Command = options.command
    try:
        code = command(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone; what is still buffered has nowhere to go.
        _forget_output()
        return 128 + getattr(signal, "SIGPIPE", 13)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except Exception as error:
        found = _message_of(error)
        if found is None:
            raise
        if isinstance(error, OSError):
            _forget_output()
        message, code = found
        print(message, file=sys.stderr)
    return code


def _forget_output() -> None:
    """Let what is still buffered go nowhere, instead of failing once more at the exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


_OUTPUT_ERRORS = ("ENOSPC", "EDQUOT", "EFBIG", "EIO")


def _message_of(error: Exception) -> tuple[str, int] | None:
    """The words and the code for a mistake in what we were given; None for a mistake of our own."""
    from backtimer.cli.errors import UsageError
    from backtimer.core.compile import PlanError
    from backtimer.storage.files.library import UnknownRoutineError
    from backtimer.storage.files.problems import ProblemsError
    from backtimer.storage.history.backups import BackupError
    from backtimer.storage.history.corrections import CorrectionError
    from backtimer.storage.history.stored import SessionLookupError
    from backtimer.storage.history.transfer import TransferError
    from backtimer.storage.history.trouble import HistoryError

    if isinstance(error, ProblemsError):
        return str(error), 2
    if isinstance(error, UsageError | UnknownRoutineError | PlanError | CorrectionError):
        return f"backtimer: {error}", 2
    if isinstance(error, BackupError | SessionLookupError | TransferError):
        return str(error), 2
    if isinstance(error, OSError) and error.filename is None:
        # Files have names in their errors: what has none is the output, to a disk that is full, for example.
        name = errno.errorcode.get(error.errno or 0)
        if name in _OUTPUT_ERRORS:
            return f"backtimer: the output cannot be written: {error.strerror}", 1
    return (str(error), 1) if isinstance(error, HistoryError) else None


def _late(module: str, function: str) -> Command:
    """A command whose module is imported when it is called: no command pays for another's imports."""

    def call(options: argparse.Namespace) -> int:
        from importlib import import_module

        command: Command = getattr(import_module(f"backtimer.cli.{module}"), function)
        return command(options)

    return call


class _Parser(argparse.ArgumentParser):
    """Says in one line what is wrong."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        from backtimer.storage.text import clean

        self.exit(2, f"{self.prog}: {clean(message)} (see {self.prog} --help)\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="backtimer",
        description="A guided back-exercise timer for the terminal. Without a command: today's session.",
    )
    parser.add_argument("--version", action="version", version=f"backtimer {__version__}")
    parser.set_defaults(
        command=_late("workout", "today"), plain=False, mute=False, cues=None, start=False, unfinished="ask"
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    today = commands.add_parser("today", help="today's exercises, from the first set to the last")
    today.add_argument(
        "--start", action="store_true", help="begin at once, without a key: for whoever is on the mat already"
    )
    _add_workout_options(today)
    today.set_defaults(command=_late("workout", "today"))

    start = commands.add_parser("start", help="any day of any routine, at once")
    start.add_argument("routine", metavar="ROUTINE", help=ROUTINE_HELP)
    start.add_argument("day", metavar="DAY", nargs="?", help=DAY_HELP)
    _add_workout_options(start)
    start.set_defaults(command=_late("workout", "start"), start=False)

    listing = commands.add_parser("list", help="the routines there are")
    listing.add_argument(
        "--exercises", action="store_true", help="the exercises that routines may name, with their phases"
    )
    listing.set_defaults(command=_late("routines", "list_routines"))

    show = commands.add_parser("show", help="a routine's week at a glance")
    show.add_argument("routine", metavar="ROUTINE", nargs="?", help=ROUTINE_HELP + " (default: yours)")
    show.set_defaults(command=_late("routines", "show"))

    explain = commands.add_parser("explain", help="a day as the coach would tell it, with times")
    explain.add_argument("routine", metavar="ROUTINE", help=ROUTINE_HELP)
    explain.add_argument("day", metavar="DAY", nargs="?", help=DAY_HELP)
    explain.add_argument("--json", action="store_true", help="every step, for programs")
    explain.set_defaults(command=_late("routines", "explain"))

    check = commands.add_parser("check", help="look for mistakes in routine files")
    check.add_argument(
        "files", metavar="FILE", nargs="*", help="routine files (default: all of yours and the settings)"
    )
    check.set_defaults(command=_late("routines", "check"))

    use = commands.add_parser("use", help="choose the routine that `backtimer today` follows")
    use.add_argument("routine", metavar="ROUTINE", help=ROUTINE_HELP)
    use.set_defaults(command=_late("routines", "use"))

    _add_track(commands)
    _add_history(commands)
    _add_diary(commands)
    _add_transfer(commands)

    doctor = commands.add_parser("doctor", help="paths, versions, the terminal and the history's health")
    doctor.set_defaults(command=_late("doctor", "doctor"))
    topics = doctor.add_subparsers(title="topics", metavar="TOPIC")
    audio = topics.add_parser("audio", help="what there is for sound, and each cue with its name")
    audio.set_defaults(command=_late("doctor_audio", "doctor_audio"))
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


def _add_track(commands: _Commands) -> None:
    track = commands.add_parser("track", help="a whole session as an audio file, to take along")
    track.add_argument("routine", metavar="ROUTINE", help=ROUTINE_HELP)
    track.add_argument("day", metavar="DAY", nargs="?", help=DAY_HELP)
    track.add_argument(
        "-o", "--output", metavar="FILE", help="where to: .wav or .mp3 (default: ROUTINE-DAY.wav, here)"
    )
    _add_cues(track)
    track.add_argument(
        "--volume", metavar="0-100", type=_number(0, 100), default=100, help="how loud (default: 100)"
    )
    track.set_defaults(command=_late("track", "track"))


def _add_history(commands: _Commands) -> None:
    history = commands.add_parser("history", help="what was done: calendar, trends, the last sessions")
    history.add_argument(
        "session", metavar="SESSION", nargs="?", help="one session in full; the beginning of its id"
    )
    history.add_argument(
        "--exercise", metavar="EXERCISE", help="only this exercise: its name, or the beginning of it"
    )
    history.add_argument("--since", metavar="DATE", help="only from this date on")
    history.add_argument(
        "--weeks",
        type=int,
        choices=(26, 52),
        help="how far the calendar reaches (default: 52 where there is room for them, else 26)",
    )
    history.add_argument("--json", action="store_true", help="sessions set by set, for programs")
    history.add_argument("--csv", action="store_true", help="sets, for spreadsheets")
    history.add_argument("--delete", action="store_true", help="take SESSION out; it can be undone")
    history.add_argument(
        "--edit",
        metavar="FIELD=VALUE",
        nargs="+",
        help="correct SESSION: effort, pain, note, set3.reps and others",
    )
    history.add_argument("--undo", action="store_true", help="undo the last correction")
    history.set_defaults(command=_late("history", "history"))

    streak = commands.add_parser("streak", help="how many due days in a row were done, on one line")
    streak.add_argument("--json", action="store_true", help="for programs")
    streak.set_defaults(command=_late("history", "streak"))

    progress = commands.add_parser("progress", help="where each exercise stands, and why")
    progress.add_argument("routine", metavar="ROUTINE", nargs="?", help=ROUTINE_HELP + " (default: yours)")
    progress.add_argument("--accept", metavar="EXERCISE", help="say yes to what is proposed for it")
    progress.add_argument("--decline", metavar="EXERCISE", help="say no")
    progress.set_defaults(command=_late("progress", "progress"))


def _add_diary(commands: _Commands) -> None:
    off = commands.add_parser("off", help="days off: a flare-up, a holiday, an illness")
    off.add_argument("from_date", metavar="FROM", nargs="?", help="the first day: " + DATE_HELP)
    off.add_argument("to_date", metavar="TO", nargs="?", help="the last day (default: the first)")
    off.add_argument("--why", choices=("flare-up", "holiday", "ill"), help="the reason")
    off.add_argument("--list", action="store_true", help="the days off that are declared")
    off.add_argument("--end", action="store_true", help="back from today on")
    off.set_defaults(command=_late("off", "off"))

    log = commands.add_parser("log", help="what was done without the timer, or this morning's pain")
    log.add_argument(
        "what",
        metavar="WHAT",
        nargs="+",
        help="`swim 30m`, `lower-back monday`, or `pain 3` (`pain none` takes it back); a date may follow",
    )
    log.add_argument("--date", metavar="DATE", help="when (default: today)")
    log.add_argument("--effort", metavar="1-10", type=_number(1, 10), help="how hard it was")
    log.add_argument("--pain", metavar="0-10", type=_number(0, 10), help="how much it hurt afterwards")
    log.add_argument("--pain-before", metavar="0-10", type=_number(0, 10), help="how much it hurt before")
    log.add_argument("--note", metavar="TEXT", help="a few words")
    log.set_defaults(command=_late("log", "log"))


def _number(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 4 and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"a number from {least} to {most}, please")
        return int(text)

    return read


def _add_transfer(commands: _Commands) -> None:
    export = commands.add_parser("export", help="the whole history as one file")
    export.add_argument("-o", "--output", metavar="FILE", help="where to (default: standard output)")
    export.add_argument(
        "--csv", action="store_true", help="the sets, for spreadsheets, instead of everything as JSON"
    )
    export.set_defaults(command=_late("transfer", "export"))

    taking_in = commands.add_parser("import", help="merge an export into the history")
    taking_in.add_argument(
        "file", metavar="FILE", help="what `backtimer export` wrote; - reads standard input"
    )
    taking_in.set_defaults(command=_late("transfer", "import_"))

    restore = commands.add_parser("restore", help="go back to a backup of the history")
    restore.add_argument("file", metavar="FILE", nargs="?", help="a backup (default: the newest)")
    restore.add_argument("--list", action="store_true", help="the backups there are")
    restore.add_argument("--yes", action="store_true", help="do not ask")
    restore.set_defaults(command=_late("transfer", "restore"))


def _add_workout_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--plain", action="store_true", help="one line an event, for screen readers, logs and pipes"
    )
    parser.add_argument("--mute", action="store_true", help="no sound")
    _add_cues(parser)
    parser.add_argument(
        "--unfinished",
        choices=UNFINISHED,
        default="ask",
        help="what to do with a session that was not ended (default: ask; without a keyboard: later)",
    )


def _add_cues(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cues",
        choices=("full", "short", "tones"),
        help="how much is said: everything, what one must know, or nothing (default: as set, else full)",
    )
