"""Standard output: what cannot be written to it is never lost without a word, in any command."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sys
from collections.abc import Generator, Iterable, Iterator
from typing import Any

from backtimer.language import _


class OutputError(OSError):
    """What was to be printed cannot be: the disk is full, the output is closed, nobody reads it."""


class _Output(io.FileIO):
    """The descriptor of standard output, whose errors say that they are about it."""

    def write(self, data: Any, /) -> int:
        """Write, or raise `OutputError`."""
        try:
            return super().write(data)
        except OSError as error:
            raise OutputError(error.errno, error.strerror) from error


class _Asides(io.FileIO):
    """The descriptor of standard error: what cannot be told there changes nothing about what is done."""

    def write(self, data: Any, /) -> int:
        """Write, or let it go."""
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def prepare() -> None:
    """See to it that all three streams are there, and that errors of the output are known as such.

    A stream that whoever started us has closed is None in Python: what is printed to it would be lost without
    a word, or go to another stream, and the next file that is opened would take its descriptor. What stands
    for such an output takes nothing, so that printing fails.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR if descriptor == 2 else os.O_RDONLY)  # takes the lowest number
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(_Asides(2, "w", closefd=False)),
        encoding=sys.stderr.encoding if sys.stderr is not None else "utf-8",
        errors="backslashreplace",
        line_buffering=True,
    )
    there = sys.stdout
    encoding = there.encoding if there is not None else "utf-8"
    line_buffering = bool(there is not None and there.isatty())
    raw = _Output(1, "w", closefd=False)
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=encoding, errors="replace", line_buffering=line_buffering
    )


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Within this, what cannot be printed becomes one line on standard error and an exit code.

    Raises:
        SystemExit: With that exit code: that of SIGPIPE when nobody reads any more, else 1.
    """
    left: SystemExit | None = None
    try:
        try:
            yield
        except SystemExit as leaving:
            left = leaving
        if sys.stdout is not None:
            sys.stdout.flush()
    except OutputError as error:
        forget_output()
        if error.errno in (errno.EPIPE, errno.ESHUTDOWN):
            raise SystemExit(128 + getattr(signal, "SIGPIPE", 13)) from None
        why = _("it is closed") if error.errno == errno.EBADF else error.strerror
        with contextlib.suppress(OSError):
            told = _("backtimer: the output cannot be written: {why}").format(why=why)
            print(told, file=sys.stderr, flush=True)
        raise SystemExit(1) from None
    if left is not None:
        raise left


def print_bytes(lines: Iterable[str]) -> None:
    """In UTF-8 whatever the terminal's encoding is: what is piped to a file must come back as it was."""
    sys.stdout.flush()
    try:
        for line in lines:
            sys.stdout.buffer.write(line.encode("utf-8"))
        sys.stdout.buffer.flush()
    finally:
        if isinstance(lines, Generator):
            lines.close()  # it is still reading when the output breaks off, and the history is closed next


def forget_output() -> None:
    """Let what is still buffered go nowhere, instead of failing once more at the exit."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        if nowhere != 1:
            os.close(nowhere)
