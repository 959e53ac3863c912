"""What may stand on the command line: the commands, their arguments, and the words of `--help`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import NoReturn

from backtimer import __version__

Command = Callable[[argparse.Namespace], int]

UNFINISHED = ("ask", "resume", "save", "discard", "later")
ROUTINE_HELP = "a routine's name (see `backtimer list`) or the path of its file"
DATE_HELP = "2026-11-21, today, tomorrow or a weekday"
DAY_HELP = "a weekday, such as monday or mon (default: today's)"


def parser_for(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of a command line.

    Where a command is called at once, no other's arguments are made ready; they are needed to list the
    commands, and for a mistake.
    """
    parser = _Parser(
        prog="backtimer",
        description="A guided back-exercise timer for the terminal. Without a command: today's session.",
    )
    parser.add_argument("--version", action="version", version=f"backtimer {__version__}")
    parser.set_defaults(
        command=_late("today", "today"), plain=False, mute=False, cues=None, start=False, unfinished="ask"
    )
    # Without `prog` argparse would format a usage to find it, which imports what compresses archives.
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", prog=parser.prog)
    called = arguments[0] if arguments and arguments[0] in COMMANDS else None
    for name, (told, add_arguments) in COMMANDS.items():
        if called is None or name == called:
            add_arguments(commands.add_parser(name, help=told))
    return parser


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
        from backtimer.storage.text import MOST_OF_A_LINE, shorten

        self.exit(2, f"{self.prog}: {shorten(message, MOST_OF_A_LINE)} (see {self.prog} --help)\n")


def _today(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--start", action="store_true", help="begin at once, without a key: for whoever is on the mat already"
    )
    _add_workout_options(parser)
    parser.set_defaults(command=_late("today", "today"))


def _start(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE", help=ROUTINE_HELP)
    parser.add_argument("day", metavar="DAY", nargs="?", help=DAY_HELP)
    _add_workout_options(parser)
    parser.set_defaults(command=_late("today", "start"), start=False)


def _resume(parser: argparse.ArgumentParser) -> None:
    _add_front_options(parser)
    parser.set_defaults(command=_late("today", "resume"), start=False, unfinished="resume")


def _list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--exercises", action="store_true", help="the exercises that routines may name, with their phases"
    )
    parser.set_defaults(command=_late("routines", "list_routines"))


def _show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE", nargs="?", help=ROUTINE_HELP + " (default: yours)")
    parser.set_defaults(command=_late("routines", "show"))


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE", help=ROUTINE_HELP)
    parser.add_argument("day", metavar="DAY", nargs="?", help=DAY_HELP)
    parser.add_argument("--json", action="store_true", help="every step, for programs")
    parser.set_defaults(command=_late("routines", "explain"))


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", metavar="FILE", nargs="*", help="routine files (default: all of yours and the settings)"
    )
    parser.set_defaults(command=_late("routines", "check"))


def _use(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE", help=ROUTINE_HELP)
    parser.set_defaults(command=_late("routines", "use"))


def _track(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE", help=ROUTINE_HELP)
    parser.add_argument("day", metavar="DAY", nargs="?", help=DAY_HELP)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to: .wav or .mp3 (default: ROUTINE-DAY.wav, here)"
    )
    _add_cues(parser)
    parser.add_argument(
        "--volume", metavar="0-100", type=_number(0, 100), default=100, help="how loud (default: 100)"
    )
    parser.set_defaults(command=_late("track", "track"))


def _history(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "session", metavar="SESSION", nargs="?", help="one session in full; the beginning of its id"
    )
    parser.add_argument(
        "--exercise", metavar="EXERCISE", help="only this exercise: its name, or the beginning of it"
    )
    parser.add_argument("--since", metavar="DATE", help="only from this date on")
    parser.add_argument(
        "--weeks",
        type=int,
        choices=(26, 52),
        help="how far the calendar reaches (default: 52 where there is room for them, else 26)",
    )
    parser.add_argument("--json", action="store_true", help="sessions set by set, for programs")
    parser.add_argument("--csv", action="store_true", help="sets, for spreadsheets")
    parser.add_argument("--delete", action="store_true", help="take SESSION out; it can be undone")
    parser.add_argument(
        "--edit",
        metavar="FIELD=VALUE",
        nargs="+",
        help="correct SESSION: effort, pain, note, set3.reps and others",
    )
    parser.add_argument("--undo", action="store_true", help="undo the last correction")
    parser.set_defaults(command=_late("history", "history"))


def _streak(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(command=_late("streak", "streak"))


def _progress(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE", nargs="?", help=ROUTINE_HELP + " (default: yours)")
    parser.add_argument("--accept", metavar="EXERCISE", help="say yes to what is proposed for it")
    parser.add_argument("--decline", metavar="EXERCISE", help="say no")
    parser.set_defaults(command=_late("progress", "progress"))


def _safety(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_late("safety", "safety"))


def _off(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("from_date", metavar="FROM", nargs="?", help="the first day: " + DATE_HELP)
    parser.add_argument("to_date", metavar="TO", nargs="?", help="the last day (default: the first)")
    parser.add_argument("--why", choices=("flare-up", "holiday", "ill"), help="the reason")
    parser.add_argument("--list", action="store_true", help="the days off that are declared")
    parser.add_argument("--end", action="store_true", help="back from today on")
    parser.set_defaults(command=_late("log", "off"))


def _log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        metavar="WHAT",
        nargs="+",
        help="`swim 30m`, `lower-back monday`, or `pain 3` (`pain none` takes it back); a date may follow",
    )
    parser.add_argument("--date", metavar="DATE", help="when (default: today)")
    parser.add_argument("--effort", metavar="1-10", type=_number(1, 10), help="how hard it was")
    parser.add_argument("--pain", metavar="0-10", type=_number(0, 10), help="how much it hurt afterwards")
    parser.add_argument("--pain-before", metavar="0-10", type=_number(0, 10), help="how much it hurt before")
    parser.add_argument("--note", metavar="TEXT", help="a few words")
    parser.set_defaults(command=_late("log", "log"))


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", help="where to (default: standard output)")
    parser.add_argument(
        "--csv", action="store_true", help="the sets, for spreadsheets, instead of everything as JSON"
    )
    parser.set_defaults(command=_late("transfer", "export"))


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="what `backtimer export` wrote; - reads standard input")
    parser.set_defaults(command=_late("transfer", "import_"))


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", help="a backup (default: the newest)")
    parser.add_argument("--list", action="store_true", help="the backups there are")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(command=_late("transfer", "restore"))


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_late("doctor", "doctor"))
    topics = parser.add_subparsers(title="topics", metavar="TOPIC")
    audio = topics.add_parser("audio", help="what there is for sound, and each cue with its name")
    audio.set_defaults(command=_late("doctor", "doctor_audio"))


def _number(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 4 and least <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"a number from {least} to {most}, please")
        return int(text)

    return read


def _add_front_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--plain", action="store_true", help="one line an event, for screen readers, logs and pipes"
    )
    parser.add_argument("--mute", action="store_true", help="no sound")
    _add_cues(parser)


def _add_workout_options(parser: argparse.ArgumentParser) -> None:
    _add_front_options(parser)
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


COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "today": ("today's exercises, from the first set to the last", _today),
    "start": ("any day of any routine, at once", _start),
    "resume": ("go on with what broke off, or was ended early today", _resume),
    "list": ("the routines there are", _list),
    "show": ("a routine's week at a glance", _show),
    "explain": ("a day as the coach would tell it, with times", _explain),
    "check": ("look for mistakes in routine files", _check),
    "use": ("choose the routine that `backtimer today` follows", _use),
    "track": ("a whole session as an audio file, to take along", _track),
    "history": ("what was done: calendar, trends, the last sessions", _history),
    "streak": ("how many due days in a row were done, on one line", _streak),
    "progress": ("where each exercise stands, and why", _progress),
    "safety": ("which few signs need a doctor, and how much pain exercise may give", _safety),
    "off": ("days off: a flare-up, a holiday, an illness", _off),
    "log": ("what was done without the timer, or this morning's pain", _log),
    "export": ("the whole history as one file", _export),
    "import": ("merge an export into the history", _import),
    "restore": ("go back to a backup of the history", _restore),
    "doctor": ("paths, versions, the terminal and the history's health", _doctor),
}
"""By the name of each command, in the order of the help: what it is for, and what adds its arguments."""
