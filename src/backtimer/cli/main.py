"""The command line's entry: arguments to commands, mistakes to one clear line and an exit code.

Exit codes: 0 all is well; 1 something asked for is not there, or an error of backtimer's own; 2 bad input;
128+n ended by signal n.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
from collections.abc import Sequence

from backtimer.cli.arguments import Command, parser_for


def run() -> None:
    """Run the program and leave with its exit code."""
    # Nothing that is made while modules load is garbage: looking for some takes a sixth of Textual's import.
    # A session, which is all that lasts, turns the collector on again when it has begun.
    gc.disable()
    _hold_standard_error()
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
    options = parser_for(arguments).parse_args(arguments)
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


def _hold_standard_error() -> None:
    """Where standard error is closed, let nothing else take its place and get what is meant for it."""
    try:
        os.fstat(2)
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        if nowhere != 2:
            os.dup2(nowhere, 2)
            os.close(nowhere)


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
