"""Child processes: players and voices, none of which outlives backtimer.

A child gets no terminal: its streams are the null device, and it stands in a session of its own, so that
Ctrl+C in the terminal does not reach it. That leaves it to us to end it: at exit, and, on Linux, when
backtimer is killed: `setpriv` asks the system to kill the child with the thread that started it, and then
becomes the player, so that it costs no process. (A hook between fork and exec could ask the same, but copies
all of backtimer's memory map first.) Where there is no `setpriv`, a child still plays one phrase and ends.
"""

from __future__ import annotations

import atexit
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

# Starts processes without making the screen wait.
#
# `subprocess` keeps Python's lock while the system makes the child and the child becomes its program: some
# milliseconds on a busy machine, in which no frame is drawn. The C library's `posix_spawn`, called by
# ctypes, does the same with the lock released. It is used on Linux; elsewhere `subprocess` has to do.

try:
    import ctypes
except ImportError:  # a Python that was built without it
    ctypes = None  # type: ignore[assignment]

_LOOK_S = 0.004
"""How often it is looked whether a process that is waited for has ended."""


class Process(Protocol):
    """A process that was started: `subprocess.Popen`, or ours."""

    pid: int

    def poll(self) -> int | None:
        """Its exit code, negative when a signal ended it; None while it runs."""

    def kill(self) -> None:
        """End it, and on Unix all of its session."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; `subprocess.TimeoutExpired` when that takes too long."""


class Spawned:
    """A process in a session of its own. Any thread may use it."""

    def __init__(self, pid: int, command: Sequence[str]) -> None:
        self.pid = pid
        self._command = command
        self._lock = threading.Lock()
        self._code: int | None = None

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        with self._lock:
            if self._code is None:
                try:
                    pid, status = os.waitpid(self.pid, os.WNOHANG)
                except ChildProcessError:  # someone else has asked first
                    self._code = 0
                else:
                    self._code = os.waitstatus_to_exitcode(status) if pid else None
            return self._code

    def kill(self) -> None:
        """End it, with all that it has started."""
        with self._lock:
            if self._code is None:  # so that the number is still its own
                with suppress(OSError):
                    os.killpg(self.pid, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if deadline is not None and time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(list(self._command), timeout or 0.0)
            time.sleep(_LOOK_S)
        return code


class Popen(subprocess.Popen[bytes]):
    """A process as `subprocess` starts it, in a session of its own where there are such."""

    def kill(self) -> None:
        """End it, and on Unix all of its session."""
        if sys.platform == "win32" or self.poll() is not None:
            super().kill()
            return
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except OSError:  # the session is just being made
            super().kill()


def start(command: Sequence[str], stdin: int, stdout: int, added: Mapping[str, str] | None = None) -> Process:
    """Start a process in a session of its own; its standard error is the null device.

    Args:
        command: The program and its arguments; no shell reads them.
        stdin: The descriptor it reads from, or `subprocess.DEVNULL`.
        stdout: The descriptor it writes to, or `subprocess.DEVNULL`.
        added: What its environment has besides ours.

    Raises:
        OSError: It cannot be started.
    """
    try:
        if sys.platform.startswith("linux") and ctypes is not None:
            return _spawned(command, stdin, stdout, added)
        return Popen(
            list(command),
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            start_new_session=True,
            env={**os.environ, **added} if added else None,
            creationflags=_CREATION,
        )
    except ValueError as error:  # a null in an argument, or half a character
        raise OSError(f"it cannot be called so: {error}") from error


def _spawned(command: Sequence[str], stdin: int, stdout: int, added: Mapping[str, str] | None) -> Spawned:
    program = shutil.which(command[0])
    if program is None:
        raise FileNotFoundError(2, "it is not there", command[0])
    library = _library()
    environment = os.environb | {os.fsencode(k): os.fsencode(v) for k, v in (added or {}).items()}
    # Descriptors of Python's own are closed in the child without being asked (PEP 446).
    null = os.open(os.devnull, os.O_RDWR)
    actions = ctypes.create_string_buffer(_ROOM)
    try:
        library.posix_spawn_file_actions_init(actions)
        try:
            for target, source in enumerate((stdin, stdout, null)):
                given = null if source == subprocess.DEVNULL else source
                library.posix_spawn_file_actions_adddup2(actions, given, target)
            pid = ctypes.c_int()
            error = library.posix_spawn(
                ctypes.byref(pid),
                os.fsencode(program),
                actions,
                _attributes(),
                _strings([os.fsencode(part) for part in command]),
                _strings([name + b"=" + value for name, value in environment.items()]),
            )
        finally:
            library.posix_spawn_file_actions_destroy(actions)
    finally:
        os.close(null)
    if error:
        raise OSError(error, os.strerror(error), program)
    return Spawned(pid.value, command)


_ROOM = 1024
"""Bytes for a structure of the C library; the largest there is takes 336."""

_SETSIGDEF, _SETSID = 0x04, 0x80
"""Flags, the same in glibc and musl."""


@lru_cache(maxsize=1)
def _library() -> Any:
    library = ctypes.CDLL(None)
    library.posix_spawn.restype = ctypes.c_int
    return library


@lru_cache(maxsize=1)
def _attributes() -> Any:
    """A new session; and the signals that Python ignores are as a program expects them."""
    library = _library()
    signals = ctypes.create_string_buffer(_ROOM)
    library.sigemptyset(signals)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        library.sigaddset(signals, int(number))
    attributes = ctypes.create_string_buffer(_ROOM)
    library.posix_spawnattr_init(attributes)
    library.posix_spawnattr_setsigdefault(attributes, signals)
    library.posix_spawnattr_setflags(attributes, ctypes.c_short(_SETSIGDEF | _SETSID))
    return attributes


def _strings(parts: Sequence[bytes]) -> Any:
    if any(b"\0" in part for part in parts):
        raise ValueError("there is a null in it")
    return (ctypes.c_char_p * (len(parts) + 1))(*parts, None)


if sys.platform == "win32":
    _CREATION = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _CREATION = 0


LONGEST_TEXT = 2_000
"""No phrase has more characters; what a pipe takes at once is far more."""

_GENTLY = 10
"""How much less the children matter to the system that prepare what is needed later."""

_BRIEF_S = 0.4
"""What a child gets that is about to end by itself."""

_living: set[Process] = set()
_brief: set[Process] = set()
_lock = threading.Lock()


class Child:
    """A process that was started."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.pid = process.pid
        self.was_ended = False
        """Ended by us, so that its exit code means nothing."""

    def exit_code(self) -> int | None:
        """How it ended; None while it runs."""
        code = self._process.poll()
        if code is not None:
            _forget(self._process)
        return code

    def end(self) -> None:
        """End it now, and all that it started."""
        if self.exit_code() is None:
            self.was_ended = True
            _end(self._process)


def spawn(
    command: Sequence[str],
    text: str | None = None,
    environment: Mapping[str, str] | None = None,
    *,
    brief: bool = False,
) -> Child:
    """Start a process.

    Args:
        command: The program and its arguments; no shell reads them.
        text: What it is to read from its standard input; None: nothing.
        environment: What its environment has besides ours.
        brief: It has one thing to tell another program and ends by itself; it is given the time for that.

    Raises:
        OSError: It cannot be started.
    """
    process = _start(command, text, subprocess.DEVNULL, environment)
    if brief:
        with _lock:
            _brief.add(process)
    return Child(process)


def run(
    command: Sequence[str],
    text: str | None = None,
    *,
    timeout_s: float,
    gently: bool = False,
    environment: Mapping[str, str] | None = None,
) -> tuple[int | None, str]:
    """Run a process to its end.

    Args:
        command: The program and its arguments; no shell reads them.
        text: What it is to read from its standard input; None: nothing.
        timeout_s: When it is killed.
        gently: Others go first.
        environment: What its environment has besides ours.

    Returns:
        Its exit code, None when it was killed for taking too long, and what it printed.

    Raises:
        OSError: It cannot be started.
    """
    deadline = time.monotonic() + timeout_s
    reading, writing = os.pipe()
    try:
        try:
            process = _start(command, text, writing, environment)
        finally:
            os.close(writing)
        if gently:
            with suppress(OSError, AttributeError):  # Windows has another way, which matters less there
                os.setpriority(os.PRIO_PROCESS, process.pid, _GENTLY)
        try:
            printed = _read(reading, deadline)
            code = process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            return None, ""
        finally:
            _end(process)
    finally:
        os.close(reading)
    return code, printed.decode("utf-8", "replace")


def end_all() -> None:
    """End every child that is still running."""
    with _lock:
        running, brief = tuple(_living), tuple(_brief)
    for process in brief:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_BRIEF_S)
    for process in running:
        process.kill()
    for process in running:
        _end(process)


def one_line(text: str) -> str:
    """A text as a program can take it: one line without control characters, not too long."""
    return "".join(sign if sign.isprintable() else " " for sign in text[:LONGEST_TEXT])


@lru_cache(maxsize=1)
def leash() -> tuple[str, ...]:
    """What goes before a command so that the system kills it when backtimer is gone."""
    if not sys.platform.startswith("linux"):
        return ()
    found = shutil.which("setpriv")
    if found is None or Path(found).resolve().name == "busybox":  # whose own knows no such option
        return ()
    return (found, "--pdeathsig", "KILL", "--")


def _start(
    command: Sequence[str], text: str | None, stdout: int, environment: Mapping[str, str] | None
) -> Process:
    stdin = subprocess.DEVNULL if text is None else _pipe_with(text)
    try:
        process = start([*leash(), *command], stdin, stdout, environment)
    finally:
        if text is not None:
            os.close(stdin)
    with _lock:
        for ended in [other for other in _living if other.poll() is not None]:
            _living.discard(ended)
            _brief.discard(ended)
        _living.add(process)
    return process


def _pipe_with(text: str) -> int:
    """The end to read from of a pipe that holds a text and nothing more; a pipe takes so much at once."""
    reading, writing = os.pipe()
    try:
        os.write(writing, one_line(text).encode("utf-8", "replace") + b"\n")
    finally:
        os.close(writing)
    return reading


def _read(descriptor: int, deadline: float) -> bytes:
    """All that is printed until the deadline."""
    printed = b""
    while True:
        if sys.platform != "win32":  # there, only sockets can be waited for
            ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                return printed
        piece = os.read(descriptor, 65_536)
        if not piece:
            return printed
        printed += piece


def _end(process: Process) -> None:
    """End a process at once, if it has not ended: what is being said is not wanted any more."""
    if process.poll() is None:
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(1.0)
    _forget(process)


def _forget(process: Process) -> None:
    with _lock:
        _living.discard(process)
        _brief.discard(process)


atexit.register(end_all)
