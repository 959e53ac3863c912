"""What may stand on the command line: a table of the commands, their arguments, and the words of `--help`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from backtimer.language import marked
from backtimer.values import NamedTuple


class Options(SimpleNamespace):
    """What was asked for on the command line, by the names of the arguments."""


class Argument(NamedTuple):
    """One argument of a command."""

    names: tuple[str, ...]
    """`-o`, `--output`; of a positional argument, the name of its value."""
    settings: Mapping[str, Any]
    """What argparse takes besides; `within`, instead of a type, is the range of a whole number."""

    @property
    def attribute(self) -> str:
        """The name of its value in the options."""
        if "dest" in self.settings:
            return str(self.settings["dest"])
        return self.names[-1].lstrip("-").replace("-", "_")

    @property
    def is_required(self) -> bool:
        """Whether the command cannot be called without it."""
        return not self.names[0].startswith("-") and self.settings.get("nargs") not in ("?", "*")

    @property
    def default(self) -> Any:
        """Its value where it is not given."""
        if self.settings.get("action") == "store_true":
            return False
        return self.settings.get("default", [] if self.settings.get("nargs") == "*" else None)


class Subcommand(NamedTuple):
    """A command, and the function that does it: its module is imported when it is called."""

    function: str
    """`module:function`, in this package."""
    told: str
    """What it is for; to be translated where it is shown, as the helps of its arguments are."""
    arguments: tuple[Argument, ...] = ()
    fixed: Mapping[str, Any] = {}
    """Options that this command has without being asked."""
    topics: Mapping[str, Subcommand] = {}
    """Commands below this one, by their names."""

    def defaults(self) -> dict[str, Any]:
        """The options of the command where none is given."""
        return {**{each.attribute: each.default for each in self.arguments}, **self.fixed}


def options_of(arguments: Sequence[str]) -> Options:
    """The options that a command line asks for; `command` is the one that is called.

    Raises:
        SystemExit: Help was asked for, or it cannot be understood, which has been said.
    """
    name = arguments[0] if arguments else "today"
    command = COMMANDS.get(name)
    if command is not None and len(arguments) < 2 and not any(each.is_required for each in command.arguments):
        return Options(command=command, **command.defaults())
    from backtimer.cli.parser import parsed  # late: 7 ms of argparse, only where something is to be parsed

    return parsed(arguments)


def call(function: str, options: Options) -> int:
    """Call a function named as in the table, with the options; its exit code."""
    module, _, name = function.partition(":")
    found: Callable[[Options], int] = getattr(import_module(f"backtimer.cli.{module}"), name)
    return found(options)


def _argument(*names: str, **settings: Any) -> Argument:
    return Argument(names, settings)


def _switch(name: str, told: str) -> Argument:
    return Argument((name,), {"action": "store_true", "help": told})


UNFINISHED = ("ask", "resume", "save", "discard", "later")

_ROUTINE = _argument(
    "routine",
    metavar="ROUTINE",
    help=marked("a routine's name (see `backtimer list`) or the path of its file"),
)
_ROUTINE_OR_YOURS = _argument(
    "routine",
    metavar="ROUTINE",
    nargs="?",
    help=marked("a routine's name (see `backtimer list`) or the path of its file (default: yours)"),
)
_DAY = _argument(
    "day", metavar="DAY", nargs="?", help=marked("a weekday, such as monday or mon (default: today's)")
)
_STAGE_NUMBERS = (1, 60)
"""As many as `MAX_STAGES` says, of whose module most commands have no need."""
_STAGE = _argument(
    "--stage",
    metavar="NUMBER",
    within=_STAGE_NUMBERS,
    help=marked("of a programme: in which stage (default: the one you are in)"),
)
_CUES = _argument(
    "--cues",
    choices=("full", "short", "tones"),
    help=marked("how much is said: everything, what one must know, or nothing (default: as set, else full)"),
)
_FRONT = (
    _switch("--plain", marked("one line an event, for screen readers, logs and pipes")),
    _switch("--mute", marked("no sound")),
    _CUES,
)
_WORKOUT = (
    *_FRONT,
    _argument(
        "--unfinished",
        choices=UNFINISHED,
        default="ask",
        help=marked("what to do with a session that was not ended (default: ask; without a keyboard: later)"),
    ),
    _argument(
        "--swap",
        metavar="OLD=NEW",
        action="append",
        help=marked("for today, one exercise in the place of another, by their ids; also several times"),
    ),
)

COMMANDS: dict[str, Subcommand] = {
    "today": Subcommand(
        "today:lead_today",
        marked("today's exercises, from the first set to the last"),
        (
            _switch("--start", marked("begin at once, without a key: for whoever is on the mat already")),
            *_WORKOUT,
        ),
    ),
    "start": Subcommand(
        "today:start_day",
        marked("any day of any routine, at once"),
        (_ROUTINE, _DAY, _STAGE, *_WORKOUT),
        {"start": False},
    ),
    "resume": Subcommand(
        "today:resume_session",
        marked("go on with what broke off, or was ended early today"),
        _FRONT,
        {"start": False, "unfinished": "resume"},
    ),
    "list": Subcommand(
        "routines:list_routines",
        marked("the routines there are"),
        (
            _argument(
                "words",
                metavar="WORD",
                nargs="*",
                help=marked("with --exercises: only those that have all these words, or begin with them"),
            ),
            _switch("--exercises", marked("the exercises that routines may name, with their phases")),
            _argument(
                "--position",
                metavar="POSITION",
                action="append",
                default=[],
                help=marked("exercises done so: supine, `on your back`, standing and others"),
            ),
            _argument(
                "--equipment",
                metavar="THING",
                action="append",
                default=[],
                help=marked("exercises that need this; none: those that need a mat at most"),
            ),
            _argument(
                "--target",
                metavar="MUSCLE",
                action="append",
                default=[],
                help=marked("exercises for this muscle"),
            ),
            _switch("--json", marked("exercises, for programs")),
        ),
    ),
    "show": Subcommand("show:show", marked("a routine's week at a glance"), (_ROUTINE_OR_YOURS,)),
    "explain": Subcommand(
        "show:explain",
        marked("a day as the coach would tell it, with times"),
        (_ROUTINE, _DAY, _STAGE, _switch("--json", marked("every step, for programs"))),
    ),
    "figure": Subcommand(
        "figure:figure",
        marked("how an exercise is done, as a moving figure"),
        (
            _argument(
                "exercise",
                metavar="EXERCISE",
                help=marked("an exercise's name (see `backtimer list --exercises`), or the path of a file"),
            ),
            _argument(
                "within",
                metavar="NAME",
                nargs="?",
                help=marked("of a routine's file: which of the exercises in it (default: the first)"),
            ),
            _argument("--phase", metavar="PHASE", help=marked("only this phase of it")),
            _argument("--size", metavar="SIZE", help=marked("columns and rows (default: 44x12)")),
            _argument(
                "--svg", metavar="FILE", help=marked("write start, middle and end of each phase as a picture")
            ),
        ),
    ),
    "check": Subcommand(
        "routines:check",
        marked("look for mistakes in routine files"),
        (
            _argument(
                "files",
                metavar="FILE",
                nargs="*",
                help=marked("routine files (default: all of yours and the settings)"),
            ),
            _switch("--hints", marked("also what could be better: order, amounts, rest days; with sources")),
            _switch("--watch", marked("again whenever a file is saved, with the day's plan, until a key")),
        ),
    ),
    "new": Subcommand(
        "authoring:new",
        marked("begin a routine of your own"),
        (
            _argument(
                "name", metavar="NAME", help=marked("what it is to be called: small letters, digits, hyphens")
            ),
            _argument(
                "text",
                metavar="TEXT",
                nargs="*",
                default=[],  # else argparse tells that it must be there
                help=marked("its exercises in a line: `bird-dog 3x10 5s, cat-cow 1m` (default: an example)"),
            ),
            _argument(
                "--from",
                dest="original",
                metavar="ROUTINE",
                help=marked("begin with a copy of this routine"),
            ),
            _switch("--stubs", marked("make exercises that are not known exercises of the routine's own")),
            _switch("--no-editor", marked("do not open it in your editor")),
        ),
    ),
    "edit": Subcommand(
        "authoring:edit",
        marked("open a routine in your editor ($VISUAL, $EDITOR), and check it"),
        (_ROUTINE_OR_YOURS,),
    ),
    "schema": Subcommand(
        "authoring:schema",
        marked("the JSON Schema of our files, for editors"),
        (
            _argument(
                "kind",
                metavar="KIND",
                nargs="?",
                choices=("routine", "exercise", "settings"),
                default="routine",
                help=marked("routine, exercise or settings (default: routine)"),
            ),
            _argument("-o", "--output", metavar="FILE", help=marked("where to (default: standard output)")),
        ),
    ),
    "use": Subcommand(
        "authoring:use", marked("choose the routine that `backtimer today` follows"), (_ROUTINE,)
    ),
    "track": Subcommand(
        "track:track",
        marked("a whole session as an audio file, to take along"),
        (
            _ROUTINE,
            _DAY,
            _STAGE,
            _argument(
                "-o",
                "--output",
                metavar="FILE",
                help=marked("where to: .wav or .mp3 (default: ROUTINE-DAY.wav, here)"),
            ),
            _CUES,
            _argument(
                "--volume",
                metavar="0-100",
                within=(0, 100),
                default=100,
                help=marked("how loud (default: 100)"),
            ),
            _switch("--script", marked("print what will be heard, with its times, and write no file")),
            _switch("--json", marked("the same, for programs")),
        ),
    ),
    "history": Subcommand(
        "history:history",
        marked("what was done: calendar, trends, the last sessions"),
        (
            _argument(
                "session",
                metavar="SESSION",
                nargs="?",
                help=marked("one session in full: its date (2026-11-24, yesterday)"),
            ),
            _argument(
                "--exercise",
                metavar="EXERCISE",
                help=marked("only this exercise: its name, or the beginning of it"),
            ),
            _argument("--since", metavar="DATE", help=marked("only from this date on")),
            _argument(
                "--weeks",
                type=int,
                choices=(26, 52),
                help=marked(
                    "how far the calendar reaches (default: 52 where there is room for them, else 26)"
                ),
            ),
            _switch("--json", marked("sessions set by set, for programs")),
            _switch("--csv", marked("sets, for spreadsheets")),
            _switch("--delete", marked("take SESSION out; it can be undone")),
            _argument(
                "--edit",
                metavar="FIELD=VALUE",
                nargs="+",
                help=marked("correct SESSION: effort, pain, note, set3.reps, set3.seconds and others"),
            ),
            _switch("--undo", marked("undo the last correction")),
        ),
    ),
    "streak": Subcommand(
        "streak:print_streak",
        marked("how many due days in a row were done, on one line"),
        (_switch("--json", marked("for programs")),),
    ),
    "progress": Subcommand(
        "progress:progress",
        marked("where each exercise stands, and why"),
        (
            _ROUTINE_OR_YOURS,
            _argument("--accept", metavar="EXERCISE", help=marked("say yes to what is proposed for it")),
            _argument("--decline", metavar="EXERCISE", help=marked("say no")),
            _argument(
                "--stage",
                metavar="NUMBER",
                within=_STAGE_NUMBERS,
                help=marked("go on to this stage of the programme, or back to it; say no with that of today"),
            ),
        ),
    ),
    "safety": Subcommand(
        "safety:safety", marked("which few signs need a doctor, and how much pain exercise may give")
    ),
    "off": Subcommand(
        "log:off",
        marked("days off: a flare-up, a holiday, an illness"),
        (
            _argument(
                "from_date",
                metavar="FROM",
                nargs="?",
                help=marked("the first day: 2026-11-21, today, tomorrow or a weekday"),
            ),
            _argument("to_date", metavar="TO", nargs="?", help=marked("the last day (default: the first)")),
            _argument("--why", choices=("flare-up", "holiday", "ill"), help=marked("the reason")),
            _switch("--list", marked("the days off that are declared")),
            _switch("--end", marked("back from today on")),
        ),
    ),
    "log": Subcommand(
        "log:log",
        marked("what was done without the timer, or this morning's pain"),
        (
            _argument(
                "what",
                metavar="WHAT",
                nargs="+",
                help=marked(
                    "`swim 30m`, `lower-back monday`, or `pain 3` (`pain none` takes it back); "
                    "a date may follow"
                ),
            ),
            _argument("--date", metavar="DATE", help=marked("when (default: today)")),
            _argument("--effort", metavar="1-10", within=(1, 10), help=marked("how hard it was")),
            _argument("--pain", metavar="0-10", within=(0, 10), help=marked("how much it hurt afterwards")),
            _argument(
                "--pain-before", metavar="0-10", within=(0, 10), help=marked("how much it hurt before")
            ),
            _argument("--note", metavar="TEXT", help=marked("a few words")),
        ),
    ),
    "export": Subcommand(
        "transfer:export",
        marked("the whole history as one file"),
        (
            _argument("-o", "--output", metavar="FILE", help=marked("where to (default: standard output)")),
            _switch("--csv", marked("the sets, for spreadsheets, instead of everything as JSON")),
        ),
    ),
    "import": Subcommand(
        "transfer:import_",
        marked("merge an export into the history"),
        (
            _argument(
                "file", metavar="FILE", help=marked("what `backtimer export` wrote; - reads standard input")
            ),
        ),
    ),
    "restore": Subcommand(
        "transfer:restore_backup",
        marked("go back to a backup of the history"),
        (
            _argument("file", metavar="FILE", nargs="?", help=marked("a backup (default: the newest)")),
            _switch("--list", marked("the backups there are")),
            _switch("--yes", marked("do not ask")),
        ),
    ),
    "doctor": Subcommand(
        "doctor:doctor",
        marked("paths, versions, the terminal and the history's health"),
        topics={
            "audio": Subcommand(
                "doctor:doctor_audio", marked("what there is for sound, and each cue with its name")
            )
        },
    ),
}
"""By the name of each command, in the order of the help."""
