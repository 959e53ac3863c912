"""The command line's entry: arguments to commands, mistakes to one clear line and an exit code.

Exit codes: 0 all is well; 1 something asked for is not there, or an error of backtimer's own; 2 bad input;
128+n ended by signal n.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from backtimer import RefusedError
from backtimer.cli.arguments import Subcommand, call, options_of
from backtimer.cli.output import OutputError, prepare, told
from backtimer.language import _
from backtimer.storage.text import clean, clean_lines, shorten


class UsageError(RefusedError):
    """Something asked for on the command line cannot be; the message is one sentence."""


def not_together(option: str, other: str) -> str:
    """What is said of two options that do not go together."""
    return _("{option} and {other}: one at a time").format(option=option, other=other)


def session_clock() -> Callable[[], float]:
    """Seconds that go on while the machine sleeps.

    `time.monotonic` stands still during sleep on Linux and macOS; `CLOCK_BOOTTIME` (Linux) and the system's
    `CLOCK_MONOTONIC` (macOS, where Python's own monotonic clock is another one) do not. On Windows
    `time.monotonic` counts sleep.
    """
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        clock_id = getattr(time, name, None)
        if clock_id is not None:
            return lambda: time.clock_gettime(clock_id)
    return time.monotonic


def wall_clock() -> datetime:
    """The local date and time, with the offset in force; in UTC where the time zone that is set is none."""
    return local(datetime.now(UTC))


def local(moment: datetime) -> datetime:
    """A moment, or a local date and time, with the offset in force then."""
    try:
        return moment.astimezone()
    except (ValueError, OverflowError):  # no offset is a day or more
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def zone_problem() -> str:
    """What is the matter with the time zone, as a sentence; empty when it can be used."""
    try:
        datetime.now(UTC).astimezone()
    except (ValueError, OverflowError):
        shown = clean(shorten(os.environ.get("TZ", "")))
        return _(
            "The time zone '{zone}' (TZ) is a day or more away from UTC: dates and times are in UTC."
        ).format(zone=shown)
    return ""


def run() -> None:
    """Run the program and leave with its exit code."""
    # Nothing that is made while modules load is garbage: looking for some takes a sixth of Textual's import.
    # A session, which is all that lasts, turns the collector on again when it has begun.
    gc.disable()
    prepare()
    try:
        code = main(sys.argv[1:])
    finally:
        gc.freeze()  # all of it ends now: looking for garbage in it takes a twelfth of what `streak` costs
    sys.exit(code)


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
    from backtimer.cli.context import in_wanted_language  # late: it takes its clocks from here

    code = 0
    with in_wanted_language(), told():
        code = _obey(arguments)
    return code  # noqa: RET504 - what was printed is written in between


def _obey(arguments: Sequence[str]) -> int:
    options = options_of(arguments)
    if "TZ" in os.environ and (problem := zone_problem()):
        print(f"backtimer: {problem}", file=sys.stderr)
    command: Subcommand = options.command
    try:
        return call(command.function, options)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except OutputError:
        raise
    except RefusedError as error:
        print(clean_lines(error.line()), file=sys.stderr)
        return error.exit_code
    except OSError as error:
        # What the system does not let us do is no mistake of our own: which file, and why, says it all.
        where = f"{clean(os.fsdecode(error.filename))}: " if isinstance(error.filename, str | bytes) else ""
        print(clean_lines(f"backtimer: {where}{error.strerror or error}"), file=sys.stderr)
        return 1


MUTE = "BACKTIMER_MUTE"


def is_muted() -> bool:
    """Whether the environment asks for silence."""
    return os.environ.get(MUTE, "") not in ("", "0")
