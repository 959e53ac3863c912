"""The command line's entry: arguments to commands, mistakes to one clear line and an exit code.

Exit codes: 0 all is well; 1 something asked for is not there, or an error of backtimer's own; 2 bad input;
128+n ended by signal n.
"""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence

from backtimer import __version__

Command = Callable[[argparse.Namespace], int]

UNFINISHED = ("ask", "resume", "save", "discard", "later")
ROUTINE_HELP = "a routine's name (see `backtimer list`) or the path of its file"
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
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 128 + getattr(signal, "SIGPIPE", 13)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except Exception as error:
        message = _message_of(error)
        if message is None:
            raise
        print(message, file=sys.stderr)
        return 2
    return code


def _message_of(error: Exception) -> str | None:
    """The words for a mistake in what we were given; None for a mistake of our own."""
    from backtimer.cli.errors import UsageError
    from backtimer.core.compile import PlanError
    from backtimer.storage.library import UnknownRoutineError
    from backtimer.storage.problems import ProblemsError

    if isinstance(error, ProblemsError):
        return str(error)
    if isinstance(error, UsageError | UnknownRoutineError | PlanError):
        return f"backtimer: {error}"
    return None


def _late(module: str, function: str) -> Command:
    """A command whose module is imported when it is called: no command pays for another's imports."""

    def call(options: argparse.Namespace) -> int:
        from importlib import import_module

        command: Command = getattr(import_module(f"backtimer.cli.{module}"), function)
        return command(options)

    return call


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="backtimer",
        description="A guided back-exercise timer for the terminal. Without a command: today's session.",
    )
    parser.add_argument("--version", action="version", version=f"backtimer {__version__}")
    parser.set_defaults(command=_late("workout", "today"), plain=False, mute=False, unfinished="ask")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    today = commands.add_parser("today", help="today's exercises, from the first set to the last")
    _add_workout_options(today)
    today.set_defaults(command=_late("workout", "today"))

    start = commands.add_parser("start", help="any day of any routine, at once")
    start.add_argument("routine", metavar="ROUTINE", help=ROUTINE_HELP)
    start.add_argument("day", metavar="DAY", nargs="?", help=DAY_HELP)
    _add_workout_options(start)
    start.set_defaults(command=_late("workout", "start"))

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

    history = commands.add_parser("history", help="what was done")
    history.add_argument("--json", action="store_true", help="everything, for programs")
    history.set_defaults(command=_late("history", "history"))

    streak = commands.add_parser("streak", help="how many due days in a row were done, on one line")
    streak.add_argument("--json", action="store_true", help="for programs")
    streak.set_defaults(command=_late("history", "streak"))

    doctor = commands.add_parser("doctor", help="paths, versions, the terminal and the history's health")
    doctor.set_defaults(command=_late("doctor", "doctor"))
    return parser


def _add_workout_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--plain", action="store_true", help="one line an event, for screen readers, logs and pipes"
    )
    parser.add_argument("--mute", action="store_true", help="no bell")
    parser.add_argument(
        "--unfinished",
        choices=UNFINISHED,
        default="ask",
        help="what to do with a session that was not ended (default: ask; without a keyboard: later)",
    )
