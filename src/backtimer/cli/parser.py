"""The command line parsed: as much of argparse's parser as a command line needs, built from the table."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import NoReturn

from backtimer import __version__
from backtimer.cli.arguments import COMMANDS, Options, Subcommand
from backtimer.language import _, counted_words, marked
from backtimer.storage.text import MOST_OF_A_LINE, shorten

PROGRAM = "backtimer"

# Argparse asks gettext for its words, of which no domain of the system's knows anything: it asks our door.
vars(argparse).update(_=_, ngettext=counted_words)

ARGPARSE = (
    marked("usage: "),
    marked("options"),
    marked("positional arguments"),
    marked("show this help message and exit"),
    marked("the following arguments are required: %s"),
    marked("argument %(argument_name)s: %(message)s"),
    marked("invalid choice: %(value)r (choose from %(choices)s)"),
    marked("invalid %(type)s value: %(value)r"),
    marked("expected one argument"),
    marked("expected at least one argument"),
    marked("ambiguous option: %(option)s could match %(matches)s"),
    marked("ignored explicit argument %r"),
)
"""Its words that a command line of ours can meet, for translators."""


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        told = _("{program}: {problem} (see {program} --help)")
        self.exit(2, f"{told.format(program=self.prog, problem=shorten(message, MOST_OF_A_LINE))}\n")


def parsed(arguments: Sequence[str]) -> Options:
    """The options of a command line.

    Where a command is called at once, no other's arguments are made ready; they are needed to list the
    commands, and for a mistake.

    Raises:
        SystemExit: Help was asked for, or it cannot be understood, which has been said.
    """
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        return whole_parser().parse_args(arguments, Options())
    parser = Parser(prog=f"{PROGRAM} {arguments[0]}")
    _furnish(parser, command)
    options, unknown = parser.parse_known_args(arguments[1:], Options())
    if unknown and not command.topics and not any(each.startswith("-") for each in unknown):
        # An option stands between what the command is about: argparse looks there only when asked to.
        options, unknown = parser.parse_known_intermixed_args(arguments[1:], Options())
    if unknown:
        parser.prog = PROGRAM
        parser.error(_("unrecognized arguments: {arguments}").format(arguments=" ".join(unknown)))
    return options


def whole_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = Parser(
        prog=PROGRAM,
        description=_("A guided back-exercise timer for the terminal. Without a command: today's session."),
    )
    told = _("show program's version number and exit")
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}", help=told)
    today = COMMANDS["today"]
    parser.set_defaults(command=today, **today.defaults())
    # Without `prog` argparse would format a usage to find it, which imports what compresses archives.
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND", prog=PROGRAM)
    for name, command in COMMANDS.items():
        _furnish(commands.add_parser(name, help=_(command.told)), command)
    return parser


def _furnish(parser: argparse.ArgumentParser, command: Subcommand) -> None:
    parser.set_defaults(command=command, **command.fixed)
    for names, settings in command.arguments:
        limits = settings.get("within")
        rest = {key: value for key, value in settings.items() if key != "within"}
        rest["help"] = _(settings["help"])
        parser.add_argument(*names, **({**rest, "type": _number(*limits)} if limits else rest))
    if command.topics:
        topics = parser.add_subparsers(title=_("topics"), metavar="TOPIC")
        for name, topic in command.topics.items():
            _furnish(topics.add_parser(name, help=_(topic.told)), topic)


def _number(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 4 and least <= int(text) <= most):
            told = _("a number from {least} to {most}, please")
            raise argparse.ArgumentTypeError(told.format(least=least, most=most))
        return int(text)

    return read
