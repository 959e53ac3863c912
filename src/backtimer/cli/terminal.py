"""The terminal, kept sane: whatever ends the program, it is given back as it was found.

Textual restores the terminal when its app exits, but SIGTERM, SIGHUP and a vanished terminal end the process
before it can, and modes changed behind its back while the process is stopped stay changed. `guarded` covers
these: a signal asks the app to leave, a watchdog does it by force when the app cannot, and the modes saved at
the start are put back at the end.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

if sys.platform != "win32":
    import termios
    import tty

WATCHDOG_S = 2.0
"""How long the app may take to leave after a signal, before it is ended by force."""

LEAVE_SEQUENCES = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l"  # mouse reports
    "\x1b[?2004l\x1b[?1004l\x1b[?2048l"  # bracketed paste, focus reports, in-band resizes
    "\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[0m"  # keyboard protocol, wrap, main screen, cursor, colours
)


def is_interactive() -> bool:
    """Whether both ends of the program are a terminal that can place text."""
    return (
        stdin_is_terminal() and stdout_is_terminal() and os.environ.get("TERM", "") not in ("dumb", "unknown")
    )


def stdin_is_terminal() -> bool:
    """Whether keys can be read."""
    return _is_tty(sys.__stdin__)


def stdout_is_terminal() -> bool:
    """Whether the output goes to a terminal."""
    return _is_tty(sys.__stdout__)


def _is_tty(stream: Any) -> bool:
    try:
        return stream is not None and stream.isatty()
    except (ValueError, OSError):
        return False


def _modes() -> list[Any] | None:
    """The terminal's modes, or None where there are none to save."""
    if sys.platform == "win32":
        return None
    try:
        return termios.tcgetattr(0)
    except (termios.error, OSError, ValueError):
        return None


def _restore(modes: list[Any] | None) -> None:
    if modes is None or sys.platform == "win32":
        return
    # A background process that changes modes is stopped by SIGTTOU: never wait for that here.
    before = signal.getsignal(signal.SIGTTOU)
    in_main = threading.current_thread() is threading.main_thread()
    if in_main:
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    with contextlib.suppress(termios.error, OSError):
        termios.tcsetattr(0, termios.TCSANOW, modes)
    if in_main:
        signal.signal(signal.SIGTTOU, before)


class Guard:
    """What became of the terminal and the signals while the app ran.

    Args:
        modes: Those of the terminal, to be put back; None: there are none.
        leave: Asks the app to exit.
    """

    def __init__(self, modes: list[Any] | None, leave: Callable[[], None]) -> None:
        self.signal_number: int | None = None
        """The signal that ended the app, if one did."""
        self._modes = modes
        self._leave = leave
        self._watchdog: threading.Timer | None = None

    def ask_to_leave(self, number: int) -> None:
        """Ask the app to leave because of this signal, and see to it that it does."""
        if self.signal_number is not None:
            return
        self.signal_number = number
        self._watchdog = threading.Timer(WATCHDOG_S, self.force)
        self._watchdog.daemon = True
        self._watchdog.start()
        with contextlib.suppress(Exception):
            self._leave()

    def force(self) -> None:
        """End the process now, with the terminal restored as far as it is still there."""
        _restore(self._modes)
        with contextlib.suppress(OSError):
            os.set_blocking(1, False)
            os.write(1, LEAVE_SEQUENCES.encode())
        os._exit(128 + (self.signal_number or signal.SIGTERM))


def _end_signals() -> list[int]:
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    return [getattr(signal, name) for name in names if hasattr(signal, name)]


@contextlib.contextmanager
def guarded(leave: Callable[[], None]) -> Iterator[Guard]:
    """Run a full-screen app inside this.

    Args:
        leave: Asks the app to exit; called from a signal handler or another thread.

    Yields:
        The guard, which tells afterwards whether a signal ended the app.
    """
    guard = Guard(_modes(), leave)

    def on_signal(number: int, _frame: FrameType | None) -> None:
        guard.ask_to_leave(number)

    before = {number: signal.signal(number, on_signal) for number in _end_signals()}
    stop_reading, stop_writing = os.pipe()
    watcher = threading.Thread(target=_watch_hangup, args=(guard, stop_reading), daemon=True)
    watcher.start()
    try:
        yield guard
    finally:
        os.close(stop_writing)
        watcher.join(1.0)
        os.close(stop_reading)
        _restore(guard._modes)
        for number, handler in before.items():
            signal.signal(number, handler)
        if guard._watchdog is not None:
            guard._watchdog.cancel()  # the app has left; what comes after it has its own patience
        if guard.signal_number == getattr(signal, "SIGHUP", None):
            _let_go_of_output()


def _let_go_of_output() -> None:
    """Where there may be no terminal any more, Python's last flush would fail and change the exit code."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)


def _watch_hangup(guard: Guard, stop: int) -> None:
    """Notice that the terminal is gone even where no SIGHUP comes (a closed ssh, a killed tmux)."""
    if not hasattr(select, "poll") or not stdin_is_terminal():
        return
    watch = select.poll()
    watch.register(0, 0)  # POLLHUP and POLLERR are always reported
    watch.register(stop, select.POLLIN)
    for number, _what in watch.poll():
        if number == 0:
            guard.ask_to_leave(signal.SIGHUP)


def read_line(prompt: str) -> str:
    """What `input` returns, with no Ctrl+C lost.

    The one that comes when the prompt stands there and the reading has not begun yet would be noticed with
    the next Enter only: a busy machine makes that moment long.

    Raises:
        EOFError: There is no more to read.
        KeyboardInterrupt: Ctrl+C.
    """
    if sys.platform == "win32" or not stdin_is_terminal():
        return input(prompt)
    sys.stdout.write(prompt)
    sys.stdout.flush()
    _wait_for_line()
    return input()


def _wait_for_line() -> None:
    """Wait until something can be read; the handlers of signals run meanwhile."""
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_read, False)
    os.set_blocking(wake_write, False)
    before = signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    try:
        while 0 not in select.select([0, wake_read], [], [])[0]:
            os.read(wake_read, 512)  # of a signal whose handler lets the program go on
    finally:
        signal.set_wakeup_fd(before)
        os.close(wake_read)
        os.close(wake_write)


@contextlib.contextmanager
def single_keys() -> Iterator[bool]:
    """Read keys one by one, without echo, as long as this lasts; signals keep their keys.

    Those that were pressed before are thrown away: they are no answer to what is asked now.

    Yields:
        Whether keys can be read at all.
    """
    modes = _modes() if stdin_is_terminal() else None
    if modes is None or sys.platform == "win32":
        yield stdin_is_terminal()
        return

    def again(_number: int, _frame: FrameType | None) -> None:
        # The shell has put its own modes back while we were stopped.
        with contextlib.suppress(Exception):
            tty.setcbreak(0)

    before = signal.signal(signal.SIGCONT, again)
    tty.setcbreak(0)
    try:
        yield True
    finally:
        signal.signal(signal.SIGCONT, before)
        _restore(modes)
