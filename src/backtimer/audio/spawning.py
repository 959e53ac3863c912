"""Starts processes without making the screen wait.

`subprocess` keeps Python's lock while the system makes the child and the child becomes its program: some
milliseconds on a busy machine, in which no frame is drawn. The C library's `posix_spawn`, called by ctypes,
does the same with the lock released. It is used on Linux; elsewhere `subprocess` has to do.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, Protocol

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
